"""Sign in and out, first-run links, API keys, command line logins: decide, write, audit in one transaction."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncConnection

from inroad.common.clock import Clock
from inroad.common.secret import Secret
from inroad.service.accounts import model, store
from inroad.service.accounts.model import (
    ApiKey,
    CliCode,
    IssuedKey,
    Person,
    Session,
    SessionView,
    SignedIn,
    SignInLink,
    Workspace,
)
from inroad.service.accounts.passwords import Passwords
from inroad.service.audit.actions import Audit
from inroad.service.audit.model import INSTALLATION
from inroad.service.database import Database
from inroad.service.errors import LinkRefused, Missing, NotAllowed, SignInRefused, TooManyAttempts
from inroad.service.who import Gate, Permission, Who

CLI_SCOPES: frozenset[Permission] = frozenset({"posts.read", "posts.write", "connections.read"})
CLI_KEY_LIFE = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRules:
    """How long sessions live."""

    idle: timedelta
    longest: timedelta


class Founded(Protocol):
    """What happens in the transaction that makes a workspace."""

    async def __call__(self, tx: AsyncConnection, *, workspace_id: str, person_id: str, request_id: str) -> None:
        """Give the new workspace what it starts with."""
        ...


class Accounts:
    """People and how they prove who they are."""

    def __init__(
        self,
        db: Database,
        audit: Audit,
        gate: Gate,
        clock: Clock,
        *,
        public_url: str,
        rules: SessionRules,
        passwords: Passwords | None = None,
        on_founded: Founded | None = None,
    ) -> None:
        self._db = db
        self._audit = audit
        self._gate = gate
        self._clock = clock
        self._public_url = public_url
        self._rules = rules
        self._passwords = passwords or Passwords()
        self._on_founded = on_founded

    # The first owner, and links

    async def has_owner(self) -> bool:
        """Tell whether the installation belongs to someone yet."""
        async with self._db.read() as tx:
            return await store.has_owner(tx)

    async def create_first_run_link(self) -> str:
        """Return the address at which the first owner introduces themselves; an earlier one stops working.

        Raises:
            NotAllowed: there is an owner already.
        """
        token, now = model.new_secret(), self._clock.now()
        link = SignInLink(
            id=_id(), kind="first_run", person_id=None, expires_at=now + model.FIRST_RUN_LINK_LIFE, used_at=None
        )
        async with self._db.write() as tx:
            await self._db.serialize(tx, "first run")
            if await store.has_owner(tx):
                raise NotAllowed("this installation has an owner already; sign in instead")
            await store.delete_links(tx, "first_run")
            await store.insert_link(tx, link, model.hash_of(token), created_at=now)
        return f"{self._public_url}/first-run/{token.reveal()}"

    async def create_sign_in_link(self) -> str:
        """Return an address that signs the first owner in, once, within minutes. For whoever runs the machine.

        Raises:
            Missing: nobody owns this installation yet.
        """
        token, now = model.new_secret(), self._clock.now()
        async with self._db.write() as tx:
            owner = await store.first_owner(tx)
            if owner is None:
                raise Missing("nobody owns this installation yet", fix="use the first-run link")
            link = SignInLink(
                id=_id(), kind="sign_in", person_id=owner.id, expires_at=now + model.SIGN_IN_LINK_LIFE, used_at=None
            )
            await store.insert_link(tx, link, model.hash_of(token), created_at=now)
        return f"{self._public_url}/sign-in/{token.reveal()}"

    async def check_link(self, token: str, *, kind: str) -> None:
        """Return when the link would still be accepted, so that a page can say so before anything is typed.

        Raises:
            LinkRefused: it is unknown, used or too old.
        """
        async with self._db.read() as tx:
            await self._usable_link(tx, token, kind)

    async def redeem_link(
        self, token: str, *, email: str, name: str, password: Secret, request_id: str, address: str
    ) -> SignedIn:
        """Make the first owner and their workspace from a first-run link, and sign them in.

        Raises:
            LinkRefused: the link is unknown, used or too old; nothing was made.
            InvalidInput: a field cannot be used; the link still works.
        """
        email, name = model.check_email(email), model.check_name("name", name)
        password_hash = await self._passwords.hash(model.check_password(password))
        now = self._clock.now()
        person = Person(id=_id(), email=email, name=name, password_hash=password_hash, created_at=now)
        workspace = Workspace(id=_id(), name=f"{name}'s workspace"[: model.MAX_NAME], created_at=now)
        async with self._db.write() as tx:
            await self._db.serialize(tx, "first run")
            link = await self._usable_link(tx, token, "first_run")
            if not await store.use_link(tx, link.id, now) or await store.has_owner(tx):
                raise LinkRefused("this link was used already")
            await store.insert_workspace(tx, workspace)
            await store.insert_person(tx, person)
            await store.insert_membership(tx, workspace.id, person.id, role="owner", created_at=now)
            await self._audit.record(
                tx,
                workspace_id=workspace.id,
                person_id=person.id,
                action="create_owner",
                subject=f"person:{person.id}",
                after={"email": email, "name": name, "role": "owner"},
                request_id=request_id,
            )
            if self._on_founded is not None:
                await self._on_founded(tx, workspace_id=workspace.id, person_id=person.id, request_id=request_id)
            return await self._begin_session(tx, person.id, workspace.id, request_id=request_id, address=address)

    async def redeem_sign_in_link(self, token: str, *, request_id: str, address: str) -> SignedIn:
        """Sign in the person whom the link was made for.

        Raises:
            LinkRefused: it is unknown, used or too old.
        """
        now = self._clock.now()
        async with self._db.write() as tx:
            link = await self._usable_link(tx, token, "sign_in")
            if not await store.use_link(tx, link.id, now):
                raise LinkRefused("this link was used already")
            workspace_id = await store.first_workspace(tx, link.person_id or "")
            if link.person_id is None or workspace_id is None:
                raise LinkRefused("the person of this link is a member of no workspace any more")
            return await self._begin_session(tx, link.person_id, workspace_id, request_id=request_id, address=address)

    async def _usable_link(self, tx: AsyncConnection, token: str, kind: str) -> SignInLink:
        link = await store.link_by_token(tx, model.hash_of(Secret(token)))
        if link is None or link.kind != kind:
            raise LinkRefused("this link is unknown; a newer one may have taken its place")
        fault = link.fault(self._clock.now())
        if fault is not None:
            raise LinkRefused(fault)
        return link

    # Sessions

    async def sign_in(
        self, email: str, password: Secret, *, request_id: str, address: str, previous_cookie: Secret | None = None
    ) -> SignedIn:
        """Begin a session for whoever knows the password. The session of `previous_cookie` ends.

        Raises:
            SignInRefused: the address or the password is wrong; the text does not say which.
            TooManyAttempts: for this account or from this address, whoever exists.
        """
        email = email.strip().lower()
        account_key = _attempt_key("account", email)
        async with self._db.write() as tx:
            refusals = [
                await self._attempt(tx, account_key, model.MAX_ATTEMPTS["account"]),
                await self._attempt(tx, _attempt_key("address", address), model.MAX_ATTEMPTS["address"]),
            ]
            person = await store.person_by_email(tx, email)
        for refusal in refusals:
            if refusal is not None:
                raise refusal
        kept = None if person is None else person.password_hash
        fits = len(password.reveal()) <= model.MAX_PASSWORD and await self._passwords.fits(password, kept)
        if person is None or not fits:
            await self._record_refusal(person, request_id=request_id, address=address)
            raise SignInRefused("the e-mail address or the password is wrong")
        renewed = await self._passwords.hash(password) if self._passwords.is_outdated(person.password_hash) else None
        async with self._db.write() as tx:
            await store.forget_attempts(tx, account_key)
            if renewed is not None:
                await store.replace_password_hash(tx, person.id, old=person.password_hash, new=renewed)
            if previous_cookie is not None:
                await store.revoke_session_by_cookie(tx, model.hash_of(previous_cookie), self._clock.now())
            workspace_id = await store.first_workspace(tx, person.id)
            if workspace_id is None:
                raise NotAllowed("you are a member of no workspace", fix="ask an owner to invite you")
            return await self._begin_session(tx, person.id, workspace_id, request_id=request_id, address=address)

    async def session_of(self, cookie: Secret) -> SessionView | None:
        """Return the live session of this cookie, or None. Using it keeps it from going idle."""
        now = self._clock.now()
        async with self._db.read() as tx:
            found = await store.session_by_cookie(tx, model.hash_of(cookie))
        if found is None:
            return None
        session, person, workspace, role = found
        if not session.is_alive(now, idle=self._rules.idle):
            return None
        if now - session.seen_at >= model.SEEN_GRAIN:
            async with self._db.write() as tx:
                await store.touch_session(tx, session.id, now)
        return SessionView(
            session=session, person=person, workspace=workspace, role=role, csrf_token=model.csrf_token(cookie)
        )

    async def sign_out(self, cookie: Secret, *, request_id: str) -> None:
        """End the session of this cookie, if there is one."""
        async with self._db.write() as tx:
            session = await store.revoke_session_by_cookie(tx, model.hash_of(cookie), self._clock.now())
            if session is not None:
                await self._record_session(tx, session, "sign_out", request_id)

    async def list_sessions(self, who: Who) -> list[Session]:
        """Return the caller's own live sessions, newest first."""
        now = self._clock.now()
        async with self._db.read() as tx:
            sessions = await store.sessions_of(tx, who.person_id)
        return [session for session in sessions if session.is_alive(now, idle=self._rules.idle)]

    async def revoke_session(self, who: Who, session_id: str) -> None:
        """End one of the caller's own sessions, on whatever device.

        Raises:
            Missing: the caller has no such session.
        """
        async with self._db.write() as tx:
            if not await store.revoke_session(tx, session_id, person_id=who.person_id, at=self._clock.now()):
                raise Missing("you have no such session")
            await self._audit.record(
                tx,
                workspace_id=who.workspace_id,
                person_id=who.person_id,
                action="revoke_session",
                subject=f"session:{session_id}",
                request_id=who.request_id,
            )

    async def _begin_session(
        self, tx: AsyncConnection, person_id: str, workspace_id: str, *, request_id: str, address: str
    ) -> SignedIn:
        cookie, now = model.new_secret(), self._clock.now()
        session = Session(
            id=_id(),
            person_id=person_id,
            workspace_id=workspace_id,
            address=address,
            created_at=now,
            seen_at=now,
            ends_at=now + self._rules.longest,
        )
        await store.insert_session(tx, session, model.hash_of(cookie))
        await self._record_session(tx, session, "sign_in", request_id)
        return SignedIn(cookie=cookie, session=session)

    async def _record_session(self, tx: AsyncConnection, session: Session, action: str, request_id: str) -> None:
        await self._audit.record(
            tx,
            workspace_id=session.workspace_id,
            person_id=session.person_id,
            action=action,
            subject=f"session:{session.id}",
            after={"address": session.address},
            request_id=request_id,
        )

    async def _record_refusal(self, person: Person | None, *, request_id: str, address: str) -> None:
        async with self._db.write() as tx:
            await self._audit.record(
                tx,
                workspace_id=INSTALLATION,
                person_id=None,
                action="refuse_sign_in",
                subject="person:unknown" if person is None else f"person:{person.id}",
                after={"address": address},
                request_id=request_id,
            )

    async def _attempt(self, tx: AsyncConnection, key: str, most: int) -> TooManyAttempts | None:
        now = self._clock.now()
        attempts, since = await store.count_attempt(tx, key, at=now, window_began=now - model.ATTEMPT_WINDOW)
        if attempts <= most:
            return None
        retry_at = since + model.ATTEMPT_WINDOW
        minutes = max(1, -((now - retry_at) // timedelta(minutes=1)))
        unit = "minute" if minutes == 1 else "minutes"
        return TooManyAttempts(f"too many attempts to sign in; try again in {minutes} {unit}", retry_at=retry_at)

    # API keys and command line logins

    async def issue_api_key(
        self, who: Who, *, name: str, scopes: frozenset[str], life: timedelta | None = None
    ) -> IssuedKey:
        """Return a new API key, whose text is shown now and never again.

        Args:
            who: Signed in with a session: a key cannot make keys.
            name: What it is for, for the list.
            scopes: Permissions that the key has, at most those of its person.
            life: How long it works; None for until it is revoked.

        Raises:
            NotAllowed: not an owner, or asked with an API key.
            InvalidInput: a scope that does not exist, or a name that cannot be used.
        """
        granted, name = model.check_scopes(scopes), model.check_name("name", name)
        async with self._db.write() as tx:
            await self._check_session(tx, who)
            return await self._issue(tx, who, name=name, scopes=granted, life=life)

    async def list_api_keys(self, who: Who) -> list[ApiKey]:
        """Return the workspace's keys, newest first, without their texts."""
        async with self._db.read() as tx:
            await self._gate.check(tx, who, "keys.manage")
            return await store.api_keys_in(tx, who.workspace_id)

    async def revoke_api_key(self, who: Who, key_id: str) -> None:
        """End a key of the workspace.

        Raises:
            Missing: there is no such key, or not any more.
        """
        async with self._db.write() as tx:
            await self._gate.check(tx, who, "keys.manage")
            key = await store.revoke_api_key(tx, key_id, workspace_id=who.workspace_id, at=self._clock.now())
            if key is None:
                raise Missing("there is no such API key in this workspace")
            await self._record_key(tx, who, "revoke_api_key", key)

    async def who_of_api_key(self, text: Secret, *, request_id: str, address: str) -> Who | None:
        """Return whom the key speaks for, narrowed to its scopes; None when it does not count."""
        now = self._clock.now()
        async with self._db.read() as tx:
            key = await store.api_key_by_hash(tx, model.hash_of(text))
        if key is None or not key.is_alive(now):
            return None
        if key.used_at is None or now - key.used_at >= model.SEEN_GRAIN:
            async with self._db.write() as tx:
                await store.touch_api_key(tx, key.id, now)
        return Who(
            person_id=key.person_id,
            workspace_id=key.workspace_id,
            request_id=request_id,
            address=address,
            scopes=key.scopes,
        )

    async def create_cli_code(self, who: Who, *, challenge: str, port: int) -> Secret:
        """Return a code that a command line on this computer exchanges for an API key.

        Args:
            who: The person who agreed, signed in with a session.
            challenge: The command line's PKCE challenge (S256).
            port: The loopback port that the browser is sent back to.
        """
        challenge, port = model.check_challenge(challenge), model.check_port(port)
        code = model.new_secret()
        async with self._db.write() as tx:
            await self._check_session(tx, who)
            kept = CliCode(
                workspace_id=who.workspace_id,
                person_id=who.person_id,
                challenge=challenge,
                expires_at=self._clock.now() + model.CLI_CODE_LIFE,
                used_at=None,
            )
            await store.insert_cli_code(tx, kept, model.hash_of(code), port=port)
        return code

    async def redeem_cli_code(self, code: Secret, *, verifier: str, request_id: str, address: str) -> IssuedKey:
        """Exchange a login code for an API key.

        Raises:
            LinkRefused: the code is unknown, used, too old, or the verifier is not the challenge's. The code is
                used up in every case.
        """
        now = self._clock.now()
        async with self._db.write() as tx:
            kept = await store.use_cli_code(tx, model.hash_of(code), now)
        if kept is None or now >= kept.expires_at:
            raise LinkRefused("this login code is unknown, used or too old", fix="run inroad login again")
        if not model.is_verifier(verifier) or model.s256(verifier) != kept.challenge:
            raise LinkRefused("this login code was made for another command line", fix="run inroad login again")
        who = Who(person_id=kept.person_id, workspace_id=kept.workspace_id, request_id=request_id, address=address)
        async with self._db.write() as tx:
            await self._gate.check(tx, who, "keys.manage")
            return await self._issue(tx, who, name="command line", scopes=CLI_SCOPES, life=CLI_KEY_LIFE)

    async def _check_session(self, tx: AsyncConnection, who: Who) -> None:
        if who.session_id is None:
            raise NotAllowed("an API key cannot make API keys", fix="sign in with the browser")
        await self._gate.check(tx, who, "keys.manage")

    async def _issue(
        self, tx: AsyncConnection, who: Who, *, name: str, scopes: frozenset[Permission], life: timedelta | None
    ) -> IssuedKey:
        secret, now = model.new_api_key(), self._clock.now()
        key = ApiKey(
            id=_id(),
            workspace_id=who.workspace_id,
            person_id=who.person_id,
            name=name,
            prefix=model.readable_prefix(secret),
            scopes=scopes,
            created_at=now,
            expires_at=None if life is None else now + life,
            used_at=None,
            revoked_at=None,
        )
        await store.insert_api_key(tx, key, model.hash_of(secret))
        await self._record_key(tx, who, "issue_api_key", key)
        return IssuedKey(text=secret, key=key)

    async def _record_key(self, tx: AsyncConnection, who: Who, action: str, key: ApiKey) -> None:
        await self._audit.record(
            tx,
            workspace_id=who.workspace_id,
            person_id=who.person_id,
            action=action,
            subject=f"api_key:{key.id}",
            after={"name": key.name, "prefix": key.prefix, "scopes": sorted(key.scopes)},
            request_id=who.request_id,
        )


def _id() -> str:
    return uuid4().hex


def _attempt_key(scope: str, value: str) -> str:
    return f"{scope}:{hashlib.sha256(value.encode()).hexdigest()}"
