"""Grants: tokens sealed and opened, and renewed ahead of their end by one task of one process at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncConnection

from inroad.common.clock import Clock
from inroad.common.secret import Secret
from inroad.sdk.errors import Error as LinkedInError
from inroad.sdk.errors import OAuthError
from inroad.sdk.tokens import Token
from inroad.service.audit.actions import Audit
from inroad.service.connections import model, store
from inroad.service.connections.linkedin import Credentials, LinkedIn
from inroad.service.connections.model import App, Connection, Grant, next_step, place_of
from inroad.service.connections.seal import Place
from inroad.service.connections.vault import Vault
from inroad.service.database import Database
from inroad.service.errors import ConnectionExpired, LinkError, Missing

_POLL_SECONDS = 0.25  # while another process renews a token that is over


@dataclass(frozen=True, slots=True)
class _Lease:
    """The right to renew one grant, and what that takes."""

    holder: str
    connection: Connection
    grant: Grant
    token: Token
    credentials: Credentials


class Grants:
    """The tokens behind the connections."""

    def __init__(
        self,
        db: Database,
        audit: Audit,
        clock: Clock,
        *,
        vault: Vault,
        linkedin: LinkedIn,
        refresh_ahead: timedelta,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._db = db
        self._audit = audit
        self._clock = clock
        self._vault = vault
        self._linkedin = linkedin
        self._refresh_ahead = refresh_ahead
        self._sleep = sleep
        self._refreshing: dict[str, asyncio.Lock] = {}

    async def token_for(self, connection_id: str) -> Token:
        """Return a token that works now; one near its end is renewed first.

        Raises:
            ConnectionExpired: the grant is over, or LinkedIn refused to renew it; names who must connect again.
            LinkError: the token is over and LinkedIn could not be reached to renew it.
        """
        async with self._db.read() as tx:
            connection, grant = await self._granted(tx, connection_id)
            step = next_step(grant, self._clock.now(), ahead=self._refresh_ahead)
            if step == "use":
                return await self.opened(tx, grant, connection)
        if step == "expired":
            raise _expired(connection, grant)
        lock = self._refreshing.setdefault(connection_id, asyncio.Lock())
        async with lock:
            return await self._refreshed(connection_id)

    async def _refreshed(self, connection_id: str) -> Token:
        holder, waited = uuid4().hex, timedelta()
        while True:
            found = await self._lease(connection_id, holder)
            if isinstance(found, Token):
                return found
            if isinstance(found, _Lease):
                return await self._renew(found)
            if waited > model.LEASE_LIFE:
                raise LinkError(
                    f"the token of {found.member_name} is being renewed elsewhere and does not come",
                    fix="nothing to do: it is tried again",
                )
            await self._sleep(_POLL_SECONDS)
            waited += timedelta(seconds=_POLL_SECONDS)

    async def _lease(self, connection_id: str, holder: str) -> "Token | _Lease | Connection":
        """Return a token that works by now, or the right to renew it; the connection while someone else renews it."""
        now = self._clock.now()
        async with self._db.write() as tx:
            connection, grant = await self._granted(tx, connection_id)
            leased = await store.take_lease(tx, connection_id, holder=holder, now=now, until=now + model.LEASE_LIFE)
            grant = leased or grant
            step = next_step(grant, now, ahead=self._refresh_ahead)
            if step == "expired":
                raise _expired(connection, grant)
            token = await self.opened(tx, grant, connection)
            if step == "refresh" and leased is not None:
                app = await store.app(tx, connection.app_id, workspace_id=connection.workspace_id)
                assert app is not None  # a foreign key holds it
                credentials = await self.credentials(tx, app)
                return _Lease(holder, connection, grant, token, credentials)
            if leased is not None:  # someone else renewed it just now
                await store.release_lease(tx, connection_id, holder=holder, refusal=None, at=now)
            return token if now < grant.access_expires_at else connection

    async def _renew(self, lease: "_Lease") -> Token:
        name, grant = lease.connection.member_name, lease.grant
        try:
            renewed = await self._linkedin.refresh(lease.credentials, lease.token)
        except OAuthError as error:
            await self._release(lease, refusal=error.error)
            if self._clock.now() < grant.access_expires_at:
                return lease.token
            raise ConnectionExpired(
                f"LinkedIn refused to renew the connection of {name} ({error})", fix=_reconnect(lease.connection)
            ) from error
        except LinkedInError as error:
            await self._release(lease, refusal=None)
            if self._clock.now() < grant.access_expires_at:
                return lease.token
            raise LinkError(
                f"the connection of {name} must be renewed and LinkedIn gave no usable answer ({error})",
                fix="nothing to do: it is tried again",
            ) from error
        except BaseException:
            await self._release(lease, refusal=None)
            raise
        await self._keep(lease, lease.token.renewed_by(renewed))
        return lease.token.renewed_by(renewed)

    async def _keep(self, lease: "_Lease", renewed: Token) -> None:
        async with self._db.write() as tx:
            sealed = await self.sealed(tx, lease.connection.id, lease.connection.workspace_id, renewed)
            if not await store.renew_grant(tx, sealed, lease_holder=lease.holder):
                return  # disconnected or connected again meanwhile: that counts
            await self._audit.record(
                tx,
                workspace_id=lease.connection.workspace_id,
                person_id=None,
                action="refresh_token",
                subject=f"connection:{lease.connection.id}",
                before={"access_expires_at": lease.grant.access_expires_at.isoformat()},
                after={"access_expires_at": sealed.access_expires_at.isoformat()},
            )

    async def _release(self, lease: "_Lease", *, refusal: str | None) -> None:
        connection, now = lease.connection, self._clock.now()
        async with self._db.write() as tx:
            await store.release_lease(tx, connection.id, holder=lease.holder, refusal=refusal, at=now)
            if refusal is not None:
                await self._audit.record(
                    tx,
                    workspace_id=connection.workspace_id,
                    person_id=None,
                    action="refuse_refresh",
                    subject=f"connection:{connection.id}",
                    after={"error": refusal[:100]},
                )

    async def _granted(self, tx: AsyncConnection, connection_id: str) -> tuple[Connection, Grant]:
        connection = await store.connection(tx, connection_id)
        if connection is None:
            raise Missing("there is no such connection")
        grant = await store.grant(tx, connection_id)
        if grant is None:
            raise ConnectionExpired(
                f"the connection of {connection.member_name} was disconnected", fix=_reconnect(connection)
            )
        return connection, grant

    async def credentials(self, tx: AsyncConnection, app: App) -> Credentials:
        """Return the app's name and proof at LinkedIn."""
        blob = await store.client_secret(tx, app.id)
        return Credentials(
            client_id=app.client_id, client_secret=await self._vault.unseal(tx, _secret_place(app), blob)
        )

    async def seal_client_secret(self, tx: AsyncConnection, app: App, secret: Secret) -> bytes:
        """Return the app's secret sealed for its row."""
        return await self._vault.seal(tx, _secret_place(app), secret)

    async def sealed(self, tx: AsyncConnection, connection_id: str, workspace_id: str, token: Token) -> Grant:
        """Return the token as a grant that can be written down."""
        access, refresh = _token_places(connection_id, workspace_id)
        now = self._clock.now()
        return Grant(
            connection_id=connection_id,
            workspace_id=workspace_id,
            access_token=await self._vault.seal(tx, access, token.access),
            refresh_token=None if token.refresh is None else await self._vault.seal(tx, refresh, token.refresh),
            issued_at=token.issued_at or now,
            access_expires_at=token.expires_at or now + model.ACCESS_LIFE,
            refresh_expires_at=token.refresh_expires_at if token.refresh is not None else None,
        )

    async def opened(self, tx: AsyncConnection, grant: Grant, connection: Connection) -> Token:
        """Return the token of a grant."""
        access, refresh = _token_places(grant.connection_id, grant.workspace_id)
        return Token(
            access=await self._vault.unseal(tx, access, grant.access_token),
            scopes=connection.scopes_granted,
            issued_at=grant.issued_at,
            expires_at=grant.access_expires_at,
            refresh=None if grant.refresh_token is None else await self._vault.unseal(tx, refresh, grant.refresh_token),
            refresh_expires_at=grant.refresh_expires_at,
        )


def _expired(connection: Connection, grant: Grant) -> ConnectionExpired:
    ended = grant.usable_until.strftime("%Y-%m-%d %H:%M UTC")
    why = "" if grant.refresh_token is not None else "; LinkedIn gave no refresh token for it"
    return ConnectionExpired(
        f"the connection of {connection.member_name} ended on {ended}{why}", fix=_reconnect(connection)
    )


def _reconnect(connection: Connection) -> str:
    return f"{connection.member_name} must connect LinkedIn again, on the Connections page"


def _secret_place(app: App) -> Place:
    return place_of("client_secret", table="apps", workspace_id=app.workspace_id, row_id=app.id)


def _token_places(connection_id: str, workspace_id: str) -> tuple[Place, Place]:
    return (
        place_of("access_token", table="grants", workspace_id=workspace_id, row_id=connection_id),
        place_of("refresh_token", table="grants", workspace_id=workspace_id, row_id=connection_id),
    )
