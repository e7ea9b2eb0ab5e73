"""The SQL of people, sessions, links and keys."""

import json
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from inroad.common.clock import from_millis, to_millis
from inroad.common.secret import Secret
from inroad.service.accounts.model import ApiKey, CliCode, Person, Session, SignInLink, Workspace

_Row: TypeAlias = Row[Any]

_PERSON = "people.id, people.email, people.name, people.password_hash, people.created_at"


async def insert_workspace(tx: AsyncConnection, workspace: Workspace) -> None:
    """Add a workspace."""
    await tx.execute(
        text("INSERT INTO workspaces (id, name, created_at) VALUES (:id, :name, :created_at)"),
        {"id": workspace.id, "name": workspace.name, "created_at": to_millis(workspace.created_at)},
    )


async def insert_person(tx: AsyncConnection, person: Person) -> None:
    """Add a person."""
    await tx.execute(
        text(
            "INSERT INTO people (id, email, name, password_hash, created_at)"
            " VALUES (:id, :email, :name, :password_hash, :created_at)"
        ),
        {
            "id": person.id,
            "email": person.email,
            "name": person.name,
            "password_hash": person.password_hash.reveal(),
            "created_at": to_millis(person.created_at),
        },
    )


async def insert_membership(
    tx: AsyncConnection, workspace_id: str, person_id: str, *, role: str, created_at: datetime
) -> None:
    """Make the person a member of the workspace."""
    await tx.execute(
        text(
            "INSERT INTO memberships (workspace_id, person_id, role, created_at)"
            " VALUES (:workspace_id, :person_id, :role, :created_at)"
        ),
        {
            "workspace_id": workspace_id,
            "person_id": person_id,
            "role": role,
            "created_at": to_millis(created_at),
        },
    )


async def role_of(tx: AsyncConnection, workspace_id: str, person_id: str) -> str | None:
    """Return the person's role in the workspace, or None for a stranger."""
    statement = text("SELECT role FROM memberships WHERE workspace_id = :workspace_id AND person_id = :person_id")
    values = {"workspace_id": workspace_id, "person_id": person_id}
    return (await tx.execute(statement, values)).scalar_one_or_none()


async def has_owner(tx: AsyncConnection) -> bool:
    """Tell whether anyone owns a workspace yet."""
    return (await tx.execute(text("SELECT 1 FROM memberships WHERE role = 'owner' LIMIT 1"))).first() is not None


async def first_owner(tx: AsyncConnection) -> Person | None:
    """Return the person who has owned a workspace the longest."""
    statement = text(
        f"SELECT {_PERSON} FROM people JOIN memberships ON memberships.person_id = people.id"  # noqa: S608 - constant
        " WHERE memberships.role = 'owner' ORDER BY memberships.created_at LIMIT 1"
    )
    row = (await tx.execute(statement)).one_or_none()
    return None if row is None else _person(row)


async def first_workspace(tx: AsyncConnection, person_id: str) -> str | None:
    """Return the id of the workspace that the person joined first."""
    statement = text(
        "SELECT workspace_id FROM memberships WHERE person_id = :person_id ORDER BY created_at, workspace_id LIMIT 1"
    )
    return (await tx.execute(statement, {"person_id": person_id})).scalar_one_or_none()


async def person_by_email(tx: AsyncConnection, email: str) -> Person | None:
    """Return the person with this address, which is in lower case."""
    statement = text(f"SELECT {_PERSON} FROM people WHERE email = :email")  # noqa: S608 - constant
    row = (await tx.execute(statement, {"email": email})).one_or_none()
    return None if row is None else _person(row)


async def replace_password_hash(tx: AsyncConnection, person_id: str, *, old: Secret, new: Secret) -> None:
    """Keep a new hash in place of `old`; does nothing when another one has taken its place meanwhile."""
    await tx.execute(
        text("UPDATE people SET password_hash = :new WHERE id = :id AND password_hash = :old"),
        {"id": person_id, "old": old.reveal(), "new": new.reveal()},
    )


async def insert_session(tx: AsyncConnection, session: Session, cookie_hash: str) -> None:
    """Add a session."""
    await tx.execute(
        text(
            "INSERT INTO sessions (id, cookie_hash, person_id, workspace_id, address, created_at, seen_at, ends_at)"
            " VALUES (:id, :cookie_hash, :person_id, :workspace_id, :address, :created_at, :seen_at, :ends_at)"
        ),
        {
            "id": session.id,
            "cookie_hash": cookie_hash,
            "person_id": session.person_id,
            "workspace_id": session.workspace_id,
            "address": session.address,
            "created_at": to_millis(session.created_at),
            "seen_at": to_millis(session.seen_at),
            "ends_at": to_millis(session.ends_at),
        },
    )


async def session_by_cookie(tx: AsyncConnection, cookie_hash: str) -> tuple[Session, Person, Workspace, str] | None:
    """Return the session with its person, workspace and the person's role there; None without membership."""
    statement = text(
        f"SELECT {_PERSON}, sessions.id AS session_id, sessions.workspace_id, sessions.address,"  # noqa: S608 - constant
        " sessions.created_at AS session_created_at, sessions.seen_at, sessions.ends_at, sessions.revoked_at,"
        " workspaces.name AS workspace_name, workspaces.created_at AS workspace_created_at, memberships.role"
        " FROM sessions JOIN people ON people.id = sessions.person_id"
        " JOIN workspaces ON workspaces.id = sessions.workspace_id"
        " JOIN memberships ON memberships.workspace_id = sessions.workspace_id"
        " AND memberships.person_id = sessions.person_id WHERE sessions.cookie_hash = :cookie_hash"
    )
    row = (await tx.execute(statement, {"cookie_hash": cookie_hash})).one_or_none()
    if row is None:
        return None
    session = Session(
        id=row.session_id,
        person_id=row.id,
        workspace_id=row.workspace_id,
        address=row.address,
        created_at=from_millis(row.session_created_at),
        seen_at=from_millis(row.seen_at),
        ends_at=from_millis(row.ends_at),
        revoked_at=_instant(row.revoked_at),
    )
    workspace = Workspace(
        id=row.workspace_id, name=row.workspace_name, created_at=from_millis(row.workspace_created_at)
    )
    return session, _person(row), workspace, row.role


async def sessions_of(tx: AsyncConnection, person_id: str) -> list[Session]:
    """Return the person's sessions that were not revoked, newest first."""
    statement = text(
        "SELECT id, person_id, workspace_id, address, created_at, seen_at, ends_at, revoked_at FROM sessions"
        " WHERE person_id = :person_id AND revoked_at IS NULL ORDER BY created_at DESC, id"
    )
    return [_session(row) for row in await tx.execute(statement, {"person_id": person_id})]


async def touch_session(tx: AsyncConnection, session_id: str, seen_at: datetime) -> None:
    """Note that the session was used."""
    await tx.execute(
        text("UPDATE sessions SET seen_at = :seen_at WHERE id = :id AND seen_at < :seen_at"),
        {"id": session_id, "seen_at": to_millis(seen_at)},
    )


async def revoke_session_by_cookie(tx: AsyncConnection, cookie_hash: str, at: datetime) -> Session | None:
    """End the session of this cookie and return it; None when there is none that lives."""
    statement = text(
        "UPDATE sessions SET revoked_at = :at WHERE cookie_hash = :cookie_hash AND revoked_at IS NULL"
        " RETURNING id, person_id, workspace_id, address, created_at, seen_at, ends_at, revoked_at"
    )
    row = (await tx.execute(statement, {"cookie_hash": cookie_hash, "at": to_millis(at)})).one_or_none()
    return None if row is None else _session(row)


async def revoke_session(tx: AsyncConnection, session_id: str, *, person_id: str, at: datetime) -> bool:
    """End this session of this person; False when there is none that lives."""
    statement = text(
        "UPDATE sessions SET revoked_at = :at WHERE id = :id AND person_id = :person_id AND revoked_at IS NULL"
        " RETURNING id"
    )
    values = {"id": session_id, "person_id": person_id, "at": to_millis(at)}
    return (await tx.execute(statement, values)).first() is not None


async def insert_link(tx: AsyncConnection, link: SignInLink, token_hash: str, *, created_at: datetime) -> None:
    """Add a one-time link."""
    await tx.execute(
        text(
            "INSERT INTO sign_in_links (id, token_hash, kind, person_id, created_at, expires_at)"
            " VALUES (:id, :token_hash, :kind, :person_id, :created_at, :expires_at)"
        ),
        {
            "id": link.id,
            "token_hash": token_hash,
            "kind": link.kind,
            "person_id": link.person_id,
            "created_at": to_millis(created_at),
            "expires_at": to_millis(link.expires_at),
        },
    )


async def delete_links(tx: AsyncConnection, kind: str) -> None:
    """Forget every link of this kind."""
    await tx.execute(text("DELETE FROM sign_in_links WHERE kind = :kind"), {"kind": kind})


async def link_by_token(tx: AsyncConnection, token_hash: str) -> SignInLink | None:
    """Return the link with this token."""
    statement = text(
        "SELECT id, kind, person_id, expires_at, used_at FROM sign_in_links WHERE token_hash = :token_hash"
    )
    row = (await tx.execute(statement, {"token_hash": token_hash})).one_or_none()
    if row is None:
        return None
    return SignInLink(
        id=row.id,
        kind=row.kind,
        person_id=row.person_id,
        expires_at=from_millis(row.expires_at),
        used_at=_instant(row.used_at),
    )


async def use_link(tx: AsyncConnection, link_id: str, at: datetime) -> bool:
    """Use the link up; False when someone else just did."""
    statement = text("UPDATE sign_in_links SET used_at = :at WHERE id = :id AND used_at IS NULL RETURNING id")
    return (await tx.execute(statement, {"id": link_id, "at": to_millis(at)})).first() is not None


async def count_attempt(tx: AsyncConnection, key: str, *, at: datetime, window_began: datetime) -> tuple[int, datetime]:
    """Count one attempt; return how many there were in the window, and since when."""
    statement = text(
        "INSERT INTO sign_in_attempts (key, attempts, since) VALUES (:key, 1, :at)"
        " ON CONFLICT (key) DO UPDATE SET"
        " attempts = CASE WHEN sign_in_attempts.since <= :began THEN 1 ELSE sign_in_attempts.attempts + 1 END,"
        " since = CASE WHEN sign_in_attempts.since <= :began THEN excluded.since ELSE sign_in_attempts.since END"
        " RETURNING attempts, since"
    )
    values = {"key": key, "at": to_millis(at), "began": to_millis(window_began)}
    row = (await tx.execute(statement, values)).one()
    return row.attempts, from_millis(row.since)


async def forget_attempts(tx: AsyncConnection, key: str) -> None:
    """Start counting from nothing."""
    await tx.execute(text("DELETE FROM sign_in_attempts WHERE key = :key"), {"key": key})


async def insert_api_key(tx: AsyncConnection, key: ApiKey, key_hash: str) -> None:
    """Add an API key."""
    await tx.execute(
        text(
            "INSERT INTO api_keys (id, workspace_id, person_id, name, prefix, key_hash, scopes, created_at, expires_at)"
            " VALUES (:id, :workspace_id, :person_id, :name, :prefix, :key_hash, :scopes, :created_at, :expires_at)"
        ),
        {
            "id": key.id,
            "workspace_id": key.workspace_id,
            "person_id": key.person_id,
            "name": key.name,
            "prefix": key.prefix,
            "key_hash": key_hash,
            "scopes": json.dumps(sorted(key.scopes)),
            "created_at": to_millis(key.created_at),
            "expires_at": None if key.expires_at is None else to_millis(key.expires_at),
        },
    )


async def api_key_by_hash(tx: AsyncConnection, key_hash: str) -> ApiKey | None:
    """Return the key with this hash."""
    statement = text("SELECT * FROM api_keys WHERE key_hash = :key_hash")
    row = (await tx.execute(statement, {"key_hash": key_hash})).one_or_none()
    return None if row is None else _api_key(row)


async def api_keys_in(tx: AsyncConnection, workspace_id: str) -> list[ApiKey]:
    """Return the workspace's keys, newest first."""
    statement = text("SELECT * FROM api_keys WHERE workspace_id = :workspace_id ORDER BY created_at DESC, id")
    return [_api_key(row) for row in await tx.execute(statement, {"workspace_id": workspace_id})]


async def touch_api_key(tx: AsyncConnection, key_id: str, used_at: datetime) -> None:
    """Note that the key was used."""
    await tx.execute(
        text("UPDATE api_keys SET used_at = :used_at WHERE id = :id"), {"id": key_id, "used_at": to_millis(used_at)}
    )


async def revoke_api_key(tx: AsyncConnection, key_id: str, *, workspace_id: str, at: datetime) -> ApiKey | None:
    """End the workspace's key and return it; None when there is none that lives."""
    statement = text(
        "UPDATE api_keys SET revoked_at = :at WHERE id = :id AND workspace_id = :workspace_id"
        " AND revoked_at IS NULL RETURNING *"
    )
    values = {"id": key_id, "workspace_id": workspace_id, "at": to_millis(at)}
    row = (await tx.execute(statement, values)).one_or_none()
    return None if row is None else _api_key(row)


async def insert_cli_code(tx: AsyncConnection, code: CliCode, code_hash: str, *, port: int) -> None:
    """Add a login code for a command line."""
    await tx.execute(
        text(
            "INSERT INTO cli_codes (code_hash, workspace_id, person_id, challenge, port, expires_at)"
            " VALUES (:code_hash, :workspace_id, :person_id, :challenge, :port, :expires_at)"
        ),
        {
            "code_hash": code_hash,
            "workspace_id": code.workspace_id,
            "person_id": code.person_id,
            "challenge": code.challenge,
            "port": port,
            "expires_at": to_millis(code.expires_at),
        },
    )


async def use_cli_code(tx: AsyncConnection, code_hash: str, at: datetime) -> CliCode | None:
    """Use the code up and return it; None when it is unknown or used already."""
    statement = text(
        "UPDATE cli_codes SET used_at = :at WHERE code_hash = :code_hash AND used_at IS NULL"
        " RETURNING workspace_id, person_id, challenge, expires_at, used_at"
    )
    row = (await tx.execute(statement, {"code_hash": code_hash, "at": to_millis(at)})).one_or_none()
    if row is None:
        return None
    return CliCode(
        workspace_id=row.workspace_id,
        person_id=row.person_id,
        challenge=row.challenge,
        expires_at=from_millis(row.expires_at),
        used_at=from_millis(row.used_at),
    )


def _person(row: _Row) -> Person:
    return Person(
        id=row.id,
        email=row.email,
        name=row.name,
        password_hash=Secret(row.password_hash),
        created_at=from_millis(row.created_at),
    )


def _session(row: _Row) -> Session:
    return Session(
        id=row.id,
        person_id=row.person_id,
        workspace_id=row.workspace_id,
        address=row.address,
        created_at=from_millis(row.created_at),
        seen_at=from_millis(row.seen_at),
        ends_at=from_millis(row.ends_at),
        revoked_at=_instant(row.revoked_at),
    )


def _api_key(row: _Row) -> ApiKey:
    return ApiKey(
        id=row.id,
        workspace_id=row.workspace_id,
        person_id=row.person_id,
        name=row.name,
        prefix=row.prefix,
        scopes=frozenset(json.loads(row.scopes)),
        created_at=from_millis(row.created_at),
        expires_at=_instant(row.expires_at),
        used_at=_instant(row.used_at),
        revoked_at=_instant(row.revoked_at),
    )


def _instant(millis: int | None) -> datetime | None:
    return None if millis is None else from_millis(millis)
