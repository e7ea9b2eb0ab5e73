"""LinkedIn as the connections need it: consent, tokens, who the member is and what they administer. No decisions."""

from collections.abc import Sequence
from dataclasses import dataclass

from inroad.common.clock import Clock
from inroad.common.secret import Secret
from inroad.common.urn import Urn
from inroad.contract.roles import POSTING_ROLES
from inroad.sdk.client import AsyncClient
from inroad.sdk.drivers import AsyncTransport
from inroad.sdk.errors import ApiError
from inroad.sdk.oauth import AsyncOAuth
from inroad.sdk.tokens import Token
from inroad.sdk.wire import Environment
from inroad.service.connections.model import FoundAuthor, strongest_role

_LOOKUP_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """An app's name and proof at LinkedIn."""

    client_id: str
    client_secret: Secret


class LinkedIn:
    """Calls LinkedIn through one transport, whose connections every client shares."""

    def __init__(self, transport: AsyncTransport, *, environment: Environment, version: str, clock: Clock) -> None:
        self._transport = transport
        self._environment = environment
        self._version = version
        self._clock = clock

    def client(self, token: Token) -> AsyncClient:
        """Return a client for this token. It holds nothing that needs closing."""
        return AsyncClient(
            token, environment=self._environment, version=self._version, transport=self._transport, clock=self._clock
        )

    def consent_url(self, credentials: Credentials, *, redirect_url: str, scopes: frozenset[str], state: str) -> str:
        """Return the address of the consent page."""
        return self._oauth(credentials, redirect_url).authorization_url(sorted(scopes), state)

    async def exchange(self, credentials: Credentials, *, code: str, redirect_url: str) -> Token:
        """Return the tokens for an authorization code."""
        return await self._oauth(credentials, redirect_url).exchange_code(code)

    async def refresh(self, credentials: Credentials, token: Token) -> Token:
        """Return what LinkedIn gives for the token's refresh token."""
        return await self._oauth(credentials).refresh(token)

    async def revoke(self, credentials: Credentials, token: Token) -> bool:
        """Ask LinkedIn to end the tokens, and tell whether it said yes; it documents no such call."""
        oauth = self._oauth(credentials)
        is_refresh_over = token.refresh is None or await oauth.revoke(token.refresh)
        return await oauth.revoke(token.access) and is_refresh_over

    async def find_member(self, token: Token, scopes: frozenset[str]) -> FoundAuthor:
        """Return the token's member, from the API that the scopes open."""
        client = self.client(token)
        if "openid" in scopes:
            info = await client.userinfo.get()
            return FoundAuthor(
                urn=info.urn, kind="member", name=info.display_name or str(info.urn), picture_url=info.picture
            )
        profile = await client.me.get()
        return FoundAuthor(
            urn=profile.urn,
            kind="member",
            name=profile.display_name or str(profile.urn),
            picture_url=profile.picture_url,
        )

    async def find_organizations(self, token: Token) -> list[FoundAuthor]:
        """Return the organizations for which the member has a role that may post, from all pages of the list."""
        client = self.client(token)
        roles: dict[Urn, list[str]] = {}
        async for acl in client.organization_acls.find_by_role_assignee(state="APPROVED"):
            if acl.organization is not None and acl.role in POSTING_ROLES:
                roles.setdefault(acl.organization, []).append(acl.role)
        names = await self._names(client, list(roles))
        return [
            FoundAuthor(
                urn=urn,
                kind="organization",
                name=names.get(urn) or f"Organization {urn.id}",
                role=strongest_role(held),
            )
            for urn, held in roles.items()
        ]

    async def _names(self, client: AsyncClient, urns: Sequence[Urn]) -> dict[Urn, str]:
        names: dict[Urn, str] = {}
        for start in range(0, len(urns), _LOOKUP_SIZE):
            try:
                found = await client.organizations.lookup(urns[start : start + _LOOKUP_SIZE])
            except ApiError:  # the Development tier has no BATCH_GET
                names |= await self._names_one_by_one(client, urns[start : start + _LOOKUP_SIZE])
            else:
                names |= {urn: organization.display_name for urn, organization in found.items()}
        return names

    async def _names_one_by_one(self, client: AsyncClient, urns: Sequence[Urn]) -> dict[Urn, str]:
        names: dict[Urn, str] = {}
        for urn in urns:
            try:
                names[urn] = (await client.organizations.get(urn)).display_name
            except ApiError:  # a role below administrator does not open it; the number must do
                continue
        return names

    def _oauth(self, credentials: Credentials, redirect_url: str | None = None) -> AsyncOAuth:
        return AsyncOAuth(
            credentials.client_id,
            credentials.client_secret,
            redirect_uri=redirect_url,
            environment=self._environment,
            transport=self._transport,
            clock=self._clock,
        )
