"""Connect members of LinkedIn, keep their tokens fresh, disconnect them: decide, write, audit in one transaction."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NoReturn
from uuid import uuid4

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from inroad.common.clock import Clock
from inroad.common.secret import Secret
from inroad.sdk.client import AsyncClient
from inroad.sdk.errors import Error as LinkedInError
from inroad.sdk.errors import OAuthError
from inroad.sdk.tokens import Token
from inroad.service.audit.actions import Audit
from inroad.service.audit.model import Facts
from inroad.service.connections import model, store
from inroad.service.connections.grants import Grants
from inroad.service.connections.linkedin import Credentials, LinkedIn
from inroad.service.connections.model import (
    DEFAULT_PRODUCTS,
    App,
    Author,
    Connection,
    ConnectionView,
    ConnectState,
    FoundAuthor,
    Goal,
    Grant,
)
from inroad.service.database import Database
from inroad.service.errors import (
    ConsentRefused,
    InvalidInput,
    LinkError,
    Missing,
    NotAllowed,
    StateRefused,
)
from inroad.service.settings import GivenApp
from inroad.service.who import Gate, Who

_log = structlog.get_logger(__name__)

_STATE_REFUSALS = {
    "unknown": "LinkedIn came back with a state that this service did not hand out; nothing was connected",
    "used": "this answer from LinkedIn was used already; nothing was connected again",
    "expired": "connecting took longer than 10 minutes; nothing was connected",
    "foreign": "this connection was begun in another browser or session; nothing was connected",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Connected:
    """What came of a callback: the connection, where the browser goes next, and what LinkedIn did not tell."""

    connection: ConnectionView
    return_path: str
    is_new: bool
    organizations_problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Disconnected:
    """What a person should know after disconnecting."""

    member_name: str
    is_revoked: bool
    advice: str


class Connections:
    """A workspace's connections to LinkedIn."""

    def __init__(
        self,
        db: Database,
        audit: Audit,
        gate: Gate,
        clock: Clock,
        *,
        grants: Grants,
        linkedin: LinkedIn,
        callback_url: str,
        given_app: GivenApp | None = None,
    ) -> None:
        self._db = db
        self._audit = audit
        self._gate = gate
        self._clock = clock
        self._grants = grants
        self._linkedin = linkedin
        self._callback_url = callback_url
        self._given_app = given_app

    # Apps

    async def register_app(
        self,
        who: Who,
        *,
        name: str,
        client_id: str,
        client_secret: Secret,
        products: Iterable[str] = DEFAULT_PRODUCTS,
    ) -> App:
        """Keep an app of LinkedIn's developer portal; the same client id again changes the one that is there.

        Args:
            who: The person.
            name: What people here call it.
            client_id: From the app's Auth tab.
            client_secret: From there too. It is sealed, and never shown again.
            products: What the app has on its Products tab; the names of `inroad.contract.scopes.PRODUCTS`.

        Raises:
            InvalidInput: a field cannot be used.
        """
        name, client_id, chosen = model.check_app(name, client_id, products)
        secret = Secret(client_secret.reveal().strip())
        if not secret:
            raise InvalidInput("client_secret", "the client secret is on the app's Auth tab, below the client id")
        async with self._db.write() as tx:
            await self._gate.check(tx, who, "connections.manage")
            return await self._keep_app(
                tx,
                name=name,
                client_id=client_id,
                client_secret=secret,
                products=chosen,
                workspace_id=who.workspace_id,
                person_id=who.person_id,
                request_id=who.request_id,
            )

    async def give_app(
        self, tx: AsyncConnection, *, workspace_id: str, person_id: str | None = None, request_id: str = ""
    ) -> None:
        """Give a workspace the app of the settings, if there is one, as it is there now."""
        given = self._given_app
        if given is None:
            return
        name, client_id, products = model.check_app(given.client_id, given.client_id, given.products)
        before = await store.app_by_client_id(tx, client_id, workspace_id=workspace_id)
        if before is not None and await self._is_as_given(tx, before, given.client_secret, products):
            return
        await self._keep_app(
            tx,
            name=name if before is None else before.name,
            client_id=client_id,
            client_secret=given.client_secret,
            products=products,
            workspace_id=workspace_id,
            person_id=person_id,
            request_id=request_id,
        )

    async def give_apps(self) -> None:
        """Give every workspace the app of the settings, if there is one."""
        async with self._db.write() as tx:
            for workspace_id in await store.workspace_ids(tx):
                await self.give_app(tx, workspace_id=workspace_id)

    async def _is_as_given(self, tx: AsyncConnection, app: App, secret: Secret, products: frozenset[str]) -> bool:
        credentials = await self._grants.credentials(tx, app)
        return credentials.client_secret == secret and app.products == products

    async def _keep_app(
        self,
        tx: AsyncConnection,
        *,
        name: str,
        client_id: str,
        client_secret: Secret,
        products: frozenset[str],
        workspace_id: str,
        person_id: str | None,
        request_id: str,
    ) -> App:
        before = await store.app_by_client_id(tx, client_id, workspace_id=workspace_id)
        app = App(
            id=_id() if before is None else before.id,
            workspace_id=workspace_id,
            name=name,
            client_id=client_id,
            products=products,
            created_at=self._clock.now() if before is None else before.created_at,
        )
        await store.upsert_app(tx, app, await self._grants.seal_client_secret(tx, app, client_secret))
        await self._audit.record(
            tx,
            workspace_id=workspace_id,
            person_id=person_id,
            action="register_app" if before is None else "change_app",
            subject=f"app:{app.id}",
            before=None if before is None else _app_facts(before),
            after=_app_facts(app),
            request_id=request_id,
        )
        return app

    async def list_apps(self, who: Who) -> list[App]:
        """Return the workspace's apps, oldest first."""
        async with self._db.read() as tx:
            await self._gate.check(tx, who, "connections.read")
            return await store.apps_in(tx, who.workspace_id)

    # Connecting

    async def begin_connect(
        self, who: Who, *, app_id: str, goals: Iterable[Goal] = tuple(model.GOALS), return_path: str = "/connections"
    ) -> str:
        """Return the address of LinkedIn's consent page for this person's session.

        Args:
            who: The person, signed in with a session.
            app_id: The app to connect through.
            goals: What the person wants to do; what the app's products do not grant is left out.
            return_path: Where to go afterwards, on this service.

        Raises:
            Missing: the workspace has no such app.
            NotAllowed: asked with an API key: consent takes a browser.
        """
        return_path = model.check_return_path(return_path)
        session_id = _session(who)
        secret, now = secrets.token_urlsafe(32), self._clock.now()
        async with self._db.write() as tx:
            await self._gate.check(tx, who, "connections.manage")
            app = await self._app(tx, app_id, who.workspace_id)
            state = ConnectState(
                session_id=session_id,
                workspace_id=who.workspace_id,
                app_id=app.id,
                scopes=model.scopes_to_ask(app.products, goals),
                redirect_url=self._callback_url,
                return_path=return_path,
                expires_at=now + model.STATE_LIFE,
                used_at=None,
            )
            await store.forget_states(tx, expired_before=now - timedelta(days=1))
            await store.insert_state(tx, _hash(secret), state)
            credentials = await self._grants.credentials(tx, app)
        return self._linkedin.consent_url(
            credentials, redirect_url=state.redirect_url, scopes=state.scopes, state=secret
        )

    async def finish_connect(self, who: Who, params: Mapping[str, str]) -> Connected:
        """Turn LinkedIn's callback into a connection with its authors, or renew the one that is there.

        Args:
            who: The person, in the session that began it.
            params: The callback's query, as it came.

        Raises:
            StateRefused: the state is unknown, used, too old or of another session. It is written to the audit log.
            ConsentRefused: LinkedIn sent an error, or did not accept the code.
            LinkError: LinkedIn could not be reached, or did not say who the member is.
        """
        state, app, credentials = await self._redeem_state(who, params.get("state", ""))
        if "error" in params or not params.get("code"):
            await self._refuse_consent(
                who, app, error=params.get("error", "missing_code"), description=params.get("error_description", "")
            )
        token = await self._exchange(who, app, credentials, code=params["code"], redirect_url=state.redirect_url)
        found, organizations_problem = await self._find_authors(token, state.scopes)
        return await self._keep(who, app, token, found, state=state, organizations_problem=organizations_problem)

    async def _redeem_state(self, who: Who, secret: str) -> tuple[ConnectState, App, Credentials]:
        now, state_hash, refusal = self._clock.now(), _hash(secret), None
        async with self._db.write() as tx:
            await self._gate.check(tx, who, "connections.manage")
            state = await store.state(tx, state_hash) if secret else None
            if state is None:
                refusal = "unknown"
            elif (state.session_id, state.workspace_id) != (who.session_id, who.workspace_id):
                refusal = "foreign"
            elif not await store.use_state(tx, state_hash, now):
                refusal = "used"
            elif now >= state.expires_at:
                refusal = "expired"
            else:
                app = await self._app(tx, state.app_id, who.workspace_id)
                return state, app, await self._grants.credentials(tx, app)
            await self._record(
                tx, who, "refuse_callback", "callback", after={"reason": refusal, "address": who.address}
            )
        raise StateRefused(_STATE_REFUSALS[refusal], reason=refusal, fix="start again with Connect LinkedIn")

    async def _exchange(self, who: Who, app: App, credentials: Credentials, *, code: str, redirect_url: str) -> Token:
        try:
            return await self._linkedin.exchange(credentials, code=code, redirect_url=redirect_url)
        except OAuthError as error:
            if error.error == "invalid_client":
                await self._record_refusal(who, app, error.error)
                raise ConsentRefused(
                    f'LinkedIn does not accept the client secret of the app "{app.name}"; nothing was connected',
                    error=error.error,
                    fix="enter the app's secret again, from the Auth tab in LinkedIn's developer portal",
                ) from error
            await self._record_refusal(who, app, error.error)
            raise ConsentRefused(
                f"LinkedIn did not accept the code that it sent ({error}); nothing was connected",
                error=error.error,
                fix="start again with Connect LinkedIn: a code works once",
            ) from error
        except LinkedInError as error:
            raise LinkError(
                f"LinkedIn gave no usable answer ({error}); nothing was connected", fix="try again in a moment"
            ) from error

    async def _find_authors(self, token: Token, asked: frozenset[str]) -> tuple[list[FoundAuthor], str | None]:
        scopes = token.scopes or asked  # LinkedIn grants all or nothing; an answer without scopes means all
        try:
            member = await self._linkedin.find_member(token, scopes)
        except LinkedInError as error:
            raise LinkError(
                f"LinkedIn did not say who the member is ({error}); nothing was connected",
                fix="the app needs the product Sign In with LinkedIn using OpenID Connect",
            ) from error
        if not scopes & set(model.ADMIN_SCOPES):
            return [member], None
        try:
            return [member, *await self._linkedin.find_organizations(token)], None
        except LinkedInError as error:
            # The member is connected all the same: one missing half is no reason to throw away the other.
            _log.warning("organizations_not_listed", error=str(error))
            return [member], f"LinkedIn did not list the pages that {member.name} administers ({error})"

    async def _keep(
        self,
        who: Who,
        app: App,
        token: Token,
        found: list[FoundAuthor],
        *,
        state: ConnectState,
        organizations_problem: str | None,
    ) -> Connected:
        now, member = self._clock.now(), found[0]
        async with self._db.write() as tx:
            await self._gate.check(tx, who, "connections.manage")
            before = await store.connection_of(tx, workspace_id=who.workspace_id, app_id=app.id, member_urn=member.urn)
            connection = Connection(
                id=_id() if before is None else before.id,
                workspace_id=who.workspace_id,
                app_id=app.id,
                member_urn=member.urn,
                member_name=member.name,
                scopes_asked=state.scopes,
                scopes_granted=token.scopes or state.scopes,
                connected_by=who.person_id,
                connected_at=now,
            )
            connection = replace(connection, id=await store.upsert_connection(tx, connection))
            await store.replace_grant(tx, await self._grants.sealed(tx, connection.id, who.workspace_id, token))
            await self._write_authors(tx, connection, found, forget=organizations_problem is None)
            await self._record(
                tx,
                who,
                "connect_account" if before is None else "reconnect_account",
                f"connection:{connection.id}",
                before=None if before is None else _connection_facts(before),
                after={**_connection_facts(connection), "authors": sorted(str(author.urn) for author in found)},
            )
            view = (await self._views(tx, who.workspace_id, only=connection.id))[0]
        return Connected(
            connection=view,
            return_path=state.return_path,
            is_new=before is None,
            organizations_problem=organizations_problem,
        )

    async def _write_authors(
        self, tx: AsyncConnection, connection: Connection, found: list[FoundAuthor], *, forget: bool
    ) -> None:
        now = self._clock.now()
        for author in found:
            await store.upsert_author(
                tx,
                author,
                id=_id(),
                workspace_id=connection.workspace_id,
                connection_id=connection.id,
                seen_at=now,
            )
        if forget:
            await store.lose_authors(tx, connection.id, keep=[author.urn for author in found], at=now)

    async def _refuse_consent(self, who: Who, app: App, *, error: str, description: str) -> NoReturn:
        await self._record_refusal(who, app, error)
        message, fix = model.consent_problem(error, description, app_name=app.name)
        raise ConsentRefused(message, error=error, fix=fix)

    async def _record_refusal(self, who: Who, app: App, error: str) -> None:
        async with self._db.write() as tx:
            await self._record(tx, who, "refuse_consent", f"app:{app.id}", after={"error": error[:100]})

    # Looking

    async def list_connections(self, who: Who) -> list[ConnectionView]:
        """Return the workspace's connections with their authors and how long they last, oldest first."""
        async with self._db.read() as tx:
            await self._gate.check(tx, who, "connections.read")
            return await self._views(tx, who.workspace_id)

    async def authors(self, who: Who) -> list[Author]:
        """Return whom the workspace may post as: members first, then organizations by name."""
        async with self._db.read() as tx:
            await self._gate.check(tx, who, "connections.read")
            return await store.authors_in(tx, who.workspace_id, at=self._clock.now())

    async def author(self, tx: AsyncConnection, author_id: str) -> Author | None:
        """Return this author of any workspace, whether it can be posted as or not; for other rooms' actions."""
        return await store.author(tx, author_id, at=self._clock.now())

    async def refresh_authors(self, who: Who, connection_id: str) -> list[Author]:
        """Ask LinkedIn again which organizations the member administers.

        Raises:
            Missing: the workspace has no such connection.
            LinkError: LinkedIn could not be asked, or the grant is over.
        """
        async with self._db.read() as tx:
            await self._gate.check(tx, who, "connections.manage")
            connection = await self._connection(tx, connection_id, who.workspace_id)
        token = await self._grants.token_for(connection.id)
        found, problem = await self._find_authors(token, connection.scopes_granted)
        if problem is not None:
            raise LinkError(problem, fix="try again in a moment")
        async with self._db.write() as tx:
            await self._write_authors(tx, connection, found, forget=True)
            authors = await store.authors_in(tx, who.workspace_id, at=self._clock.now())
        return [author for author in authors if author.connection_id == connection.id]

    async def _views(self, tx: AsyncConnection, workspace_id: str, *, only: str | None = None) -> list[ConnectionView]:
        now = self._clock.now()
        apps = {app.id: app for app in await store.apps_in(tx, workspace_id)}
        grants = await store.grants_in(tx, workspace_id)
        authors = await store.authors_in(tx, workspace_id, at=now)
        return [
            _view(connection, apps[connection.app_id], grants[connection.id], authors, now)
            for connection in await store.connections_in(tx, workspace_id)
            if connection.id in grants and only in {None, connection.id}
        ]

    # Tokens

    async def client_for(self, connection_id: str) -> AsyncClient:
        """Return a client whose token works now. It shares its connections with others and is not closed by its user.

        A token near its end is refreshed first, by one task of one process at a time.

        Raises:
            ConnectionExpired: the grant is over, or LinkedIn refused to renew it; names who must connect again.
            LinkError: the token is over and LinkedIn could not be reached to renew it.
        """
        return self._linkedin.client(await self._grants.token_for(connection_id))

    async def note_refusal(self, connection_id: str, code: str) -> None:
        """Write down that LinkedIn refused the connection's token, with LinkedIn's code for it, for the pages."""
        async with self._db.write() as tx:
            await store.note_refusal(tx, connection_id, refusal=code[:100], at=self._clock.now())

    # Disconnecting

    async def disconnect(self, who: Who, connection_id: str) -> Disconnected:
        """Forget a connection's tokens, and ask LinkedIn to end them.

        The tokens are forgotten whatever LinkedIn answers; revoking is not documented there, so its success is told
        and not relied on.

        Raises:
            Missing: the workspace has no such connection, or not any more.
        """
        async with self._db.write() as tx:
            await self._gate.check(tx, who, "connections.manage")
            connection = await self._connection(tx, connection_id, who.workspace_id)
            grant = await store.grant(tx, connection.id)
            if grant is None:
                raise Missing("this connection was disconnected already")
            token = await self._grants.opened(tx, grant, connection)
            credentials = await self._grants.credentials(tx, await self._app(tx, connection.app_id, who.workspace_id))
            await store.delete_grant(tx, connection.id)
            await store.mark_disconnected(tx, connection.id, self._clock.now())
            await self._record(
                tx,
                who,
                "disconnect_account",
                f"connection:{connection.id}",
                before=_connection_facts(connection),
            )
        is_revoked = await self._linkedin.revoke(credentials, token)
        where = (
            "LinkedIn confirmed that the access is over"
            if is_revoked
            else "LinkedIn did not confirm that the access is over"
        )
        return Disconnected(
            member_name=connection.member_name,
            is_revoked=is_revoked,
            advice=f"the keys are forgotten here; {where}. {connection.member_name} can check and end it at"
            f" {model.PERMITTED_SERVICES}",
        )

    # Pieces

    async def _app(self, tx: AsyncConnection, app_id: str, workspace_id: str) -> App:
        app = await store.app(tx, app_id, workspace_id=workspace_id)
        if app is None:
            raise Missing("there is no such app in this workspace")
        return app

    async def _connection(self, tx: AsyncConnection, connection_id: str, workspace_id: str) -> Connection:
        connection = await store.connection(tx, connection_id)
        if connection is None or connection.workspace_id != workspace_id:
            raise Missing("there is no such connection in this workspace")
        return connection

    async def _record(
        self,
        tx: AsyncConnection,
        who: Who,
        action: str,
        subject: str,
        *,
        before: Facts | None = None,
        after: Facts | None = None,
    ) -> None:
        await self._audit.record(
            tx,
            workspace_id=who.workspace_id,
            person_id=who.person_id,
            action=action,
            subject=subject,
            before=before,
            after=after,
            request_id=who.request_id,
        )


def _view(connection: Connection, app: App, grant: Grant, authors: list[Author], now: datetime) -> ConnectionView:
    return ConnectionView(
        connection=connection,
        app=app,
        state=model.state_of(grant, now),
        issued_at=grant.issued_at,
        access_expires_at=grant.access_expires_at,
        refresh_expires_at=grant.refresh_expires_at,
        usable_until=grant.usable_until,
        renews_itself=grant.may_refresh(now),
        refusal=grant.refusal,
        missing=model.missing_scopes(connection.scopes_asked, connection.scopes_granted),
        authors=tuple(author for author in authors if author.connection_id == connection.id),
    )


def _session(who: Who) -> str:
    if who.session_id is None:
        raise NotAllowed("LinkedIn asks a person for consent; an API key cannot connect", fix="use the browser")
    return who.session_id


def _app_facts(app: App) -> Facts:
    return {"name": app.name, "client_id": app.client_id, "products": sorted(app.products)}


def _connection_facts(connection: Connection) -> Facts:
    return {
        "app": connection.app_id,
        "member": str(connection.member_urn),
        "scopes_asked": sorted(connection.scopes_asked),
        "scopes_granted": sorted(connection.scopes_granted),
    }


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _id() -> str:
    return uuid4().hex
