"""The SQL of apps, grants, authors and the vault's keys."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from inroad.common.clock import from_millis, to_millis
from inroad.common.urn import Urn
from inroad.service.connections.model import (
    App,
    Author,
    Connection,
    ConnectState,
    FoundAuthor,
    Grant,
    KeyEncryptionKey,
    WorkspaceKey,
    author_problem,
)

_Row: TypeAlias = Row[Any]

# Keys


async def newest_kek(tx: AsyncConnection) -> KeyEncryptionKey | None:
    """Return the key-encryption key that wraps new data keys."""
    statement = text("SELECT * FROM key_encryption_keys ORDER BY version DESC LIMIT 1")
    row = (await tx.execute(statement)).one_or_none()
    return None if row is None else _kek(row)


async def kek(tx: AsyncConnection, kek_id: str) -> KeyEncryptionKey:
    """Return this key-encryption key."""
    statement = text("SELECT * FROM key_encryption_keys WHERE id = :id")
    return _kek((await tx.execute(statement, {"id": kek_id})).one())


async def insert_kek(tx: AsyncConnection, key: KeyEncryptionKey) -> None:
    """Add a key-encryption key."""
    await tx.execute(
        text(
            "INSERT INTO key_encryption_keys (id, version, root_key_id, wrapped, created_at)"
            " VALUES (:id, :version, :root_key_id, :wrapped, :created_at)"
        ),
        {
            "id": key.id,
            "version": key.version,
            "root_key_id": key.root_key_id,
            "wrapped": key.wrapped,
            "created_at": to_millis(key.created_at),
        },
    )


async def retire_keks(tx: AsyncConnection, *, before_version: int, at: datetime) -> None:
    """Note that the older key-encryption keys wrap nothing new any more."""
    await tx.execute(
        text("UPDATE key_encryption_keys SET retired_at = :at WHERE version < :version AND retired_at IS NULL"),
        {"version": before_version, "at": to_millis(at)},
    )


async def workspace_key(tx: AsyncConnection, workspace_id: str) -> WorkspaceKey | None:
    """Return the workspace's wrapped data key."""
    statement = text("SELECT id, workspace_id, kek_id, wrapped FROM workspace_keys WHERE workspace_id = :workspace_id")
    row = (await tx.execute(statement, {"workspace_id": workspace_id})).one_or_none()
    return None if row is None else _workspace_key(row)


async def workspace_keys(tx: AsyncConnection) -> list[WorkspaceKey]:
    """Return every wrapped data key."""
    rows = await tx.execute(text("SELECT id, workspace_id, kek_id, wrapped FROM workspace_keys ORDER BY id"))
    return [_workspace_key(row) for row in rows]


async def insert_workspace_key(tx: AsyncConnection, key: WorkspaceKey, *, created_at: datetime) -> None:
    """Add a workspace's data key unless it has one."""
    await tx.execute(
        text(
            "INSERT INTO workspace_keys (id, workspace_id, kek_id, wrapped, created_at, wrapped_at)"
            " VALUES (:id, :workspace_id, :kek_id, :wrapped, :at, :at) ON CONFLICT (workspace_id) DO NOTHING"
        ),
        {
            "id": key.id,
            "workspace_id": key.workspace_id,
            "kek_id": key.kek_id,
            "wrapped": key.wrapped,
            "at": to_millis(created_at),
        },
    )


async def rewrap_workspace_key(tx: AsyncConnection, key_id: str, *, kek_id: str, wrapped: bytes, at: datetime) -> None:
    """Keep the data key as wrapped by another key-encryption key."""
    await tx.execute(
        text("UPDATE workspace_keys SET kek_id = :kek_id, wrapped = :wrapped, wrapped_at = :at WHERE id = :id"),
        {"id": key_id, "kek_id": kek_id, "wrapped": wrapped, "at": to_millis(at)},
    )


# Apps


async def upsert_app(tx: AsyncConnection, app: App, client_secret: bytes) -> None:
    """Add the app, or keep its new name, secret and products; its id stays."""
    await tx.execute(
        text(
            "INSERT INTO apps (id, workspace_id, name, client_id, client_secret, products, created_at)"
            " VALUES (:id, :workspace_id, :name, :client_id, :client_secret, :products, :created_at)"
            " ON CONFLICT (id) DO UPDATE SET name = excluded.name, client_secret = excluded.client_secret,"
            " products = excluded.products"
        ),
        {
            "id": app.id,
            "workspace_id": app.workspace_id,
            "name": app.name,
            "client_id": app.client_id,
            "client_secret": client_secret,
            "products": _texts(app.products),
            "created_at": to_millis(app.created_at),
        },
    )


async def app(tx: AsyncConnection, app_id: str, *, workspace_id: str) -> App | None:
    """Return the workspace's app with this id."""
    statement = text("SELECT * FROM apps WHERE id = :id AND workspace_id = :workspace_id")
    row = (await tx.execute(statement, {"id": app_id, "workspace_id": workspace_id})).one_or_none()
    return None if row is None else _app(row)


async def app_by_client_id(tx: AsyncConnection, client_id: str, *, workspace_id: str) -> App | None:
    """Return the workspace's app with this client id."""
    statement = text("SELECT * FROM apps WHERE client_id = :client_id AND workspace_id = :workspace_id")
    row = (await tx.execute(statement, {"client_id": client_id, "workspace_id": workspace_id})).one_or_none()
    return None if row is None else _app(row)


async def apps_in(tx: AsyncConnection, workspace_id: str) -> list[App]:
    """Return the workspace's apps, oldest first."""
    statement = text("SELECT * FROM apps WHERE workspace_id = :workspace_id ORDER BY created_at, id")
    return [_app(row) for row in await tx.execute(statement, {"workspace_id": workspace_id})]


async def workspace_ids(tx: AsyncConnection) -> list[str]:
    """Return every workspace."""
    return list((await tx.execute(text("SELECT id FROM workspaces ORDER BY id"))).scalars())


async def client_secret(tx: AsyncConnection, app_id: str) -> bytes:
    """Return the app's sealed secret."""
    statement = text("SELECT client_secret FROM apps WHERE id = :id")
    return bytes((await tx.execute(statement, {"id": app_id})).scalar_one())


# States of the callback


async def insert_state(tx: AsyncConnection, state_hash: str, state: ConnectState) -> None:
    """Remember what a state stands for."""
    await tx.execute(
        text(
            "INSERT INTO connect_states (state_hash, session_id, workspace_id, app_id, scopes, redirect_url,"
            " return_path, expires_at) VALUES (:state_hash, :session_id, :workspace_id, :app_id, :scopes,"
            " :redirect_url, :return_path, :expires_at)"
        ),
        {
            "state_hash": state_hash,
            "session_id": state.session_id,
            "workspace_id": state.workspace_id,
            "app_id": state.app_id,
            "scopes": _texts(state.scopes),
            "redirect_url": state.redirect_url,
            "return_path": state.return_path,
            "expires_at": to_millis(state.expires_at),
        },
    )


async def state(tx: AsyncConnection, state_hash: str) -> ConnectState | None:
    """Return what a state stands for."""
    statement = text("SELECT * FROM connect_states WHERE state_hash = :state_hash")
    row = (await tx.execute(statement, {"state_hash": state_hash})).one_or_none()
    if row is None:
        return None
    return ConnectState(
        session_id=row.session_id,
        workspace_id=row.workspace_id,
        app_id=row.app_id,
        scopes=_set(row.scopes),
        redirect_url=row.redirect_url,
        return_path=row.return_path,
        expires_at=from_millis(row.expires_at),
        used_at=_instant(row.used_at),
    )


async def use_state(tx: AsyncConnection, state_hash: str, at: datetime) -> bool:
    """Use the state up; False when someone else just did."""
    statement = text(
        "UPDATE connect_states SET used_at = :at WHERE state_hash = :state_hash AND used_at IS NULL"
        " RETURNING state_hash"
    )
    return (await tx.execute(statement, {"state_hash": state_hash, "at": to_millis(at)})).first() is not None


async def forget_states(tx: AsyncConnection, *, expired_before: datetime) -> None:
    """Delete states that nobody can come back with."""
    await tx.execute(
        text("DELETE FROM connect_states WHERE expires_at < :before"), {"before": to_millis(expired_before)}
    )


# Connections and grants


async def upsert_connection(tx: AsyncConnection, connection: Connection) -> str:
    """Add the connection or renew the one of this member through this app; return its id."""
    statement = text(
        "INSERT INTO connections (id, workspace_id, app_id, member_urn, member_name, scopes_asked, scopes_granted,"
        " connected_by, connected_at) VALUES (:id, :workspace_id, :app_id, :member_urn, :member_name, :scopes_asked,"
        " :scopes_granted, :connected_by, :connected_at) ON CONFLICT (workspace_id, app_id, member_urn) DO UPDATE SET"
        " member_name = excluded.member_name, scopes_asked = excluded.scopes_asked,"
        " scopes_granted = excluded.scopes_granted, connected_by = excluded.connected_by,"
        " connected_at = excluded.connected_at, disconnected_at = NULL RETURNING id"
    )
    values = {
        "id": connection.id,
        "workspace_id": connection.workspace_id,
        "app_id": connection.app_id,
        "member_urn": str(connection.member_urn),
        "member_name": connection.member_name,
        "scopes_asked": _texts(connection.scopes_asked),
        "scopes_granted": _texts(connection.scopes_granted),
        "connected_by": connection.connected_by,
        "connected_at": to_millis(connection.connected_at),
    }
    kept_id: str = (await tx.execute(statement, values)).scalar_one()
    return kept_id


async def connection(tx: AsyncConnection, connection_id: str) -> Connection | None:
    """Return this connection."""
    statement = text("SELECT * FROM connections WHERE id = :id")
    row = (await tx.execute(statement, {"id": connection_id})).one_or_none()
    return None if row is None else _connection(row)


async def connection_of(tx: AsyncConnection, *, workspace_id: str, app_id: str, member_urn: Urn) -> Connection | None:
    """Return the connection of this member through this app."""
    statement = text(
        "SELECT * FROM connections WHERE workspace_id = :workspace_id AND app_id = :app_id AND member_urn = :member_urn"
    )
    values = {"workspace_id": workspace_id, "app_id": app_id, "member_urn": str(member_urn)}
    row = (await tx.execute(statement, values)).one_or_none()
    return None if row is None else _connection(row)


async def connections_in(tx: AsyncConnection, workspace_id: str) -> list[Connection]:
    """Return the workspace's connections that were not disconnected, oldest first."""
    statement = text(
        "SELECT * FROM connections WHERE workspace_id = :workspace_id AND disconnected_at IS NULL"
        " ORDER BY connected_at, member_name, id"
    )
    return [_connection(row) for row in await tx.execute(statement, {"workspace_id": workspace_id})]


async def mark_disconnected(tx: AsyncConnection, connection_id: str, at: datetime) -> None:
    """Note that the connection is over."""
    await tx.execute(
        text("UPDATE connections SET disconnected_at = :at WHERE id = :id"),
        {"id": connection_id, "at": to_millis(at)},
    )


async def replace_grant(tx: AsyncConnection, grant: Grant) -> None:
    """Keep the tokens of a fresh consent in place of any earlier ones; a lease on those ends."""
    await tx.execute(
        text(
            "INSERT INTO grants (connection_id, workspace_id, access_token, refresh_token, issued_at,"
            " access_expires_at, refresh_expires_at) VALUES (:connection_id, :workspace_id, :access_token,"
            " :refresh_token, :issued_at, :access_expires_at, :refresh_expires_at)"
            " ON CONFLICT (connection_id) DO UPDATE SET access_token = excluded.access_token,"
            " refresh_token = excluded.refresh_token, issued_at = excluded.issued_at,"
            " access_expires_at = excluded.access_expires_at, refresh_expires_at = excluded.refresh_expires_at,"
            " refused_at = NULL, refusal = NULL, lease_holder = NULL, lease_until = NULL"
        ),
        _grant_values(grant),
    )


async def renew_grant(tx: AsyncConnection, grant: Grant, *, lease_holder: str) -> bool:
    """Keep refreshed tokens and end the lease; False when the lease was lost meanwhile."""
    statement = text(
        "UPDATE grants SET access_token = :access_token, refresh_token = :refresh_token, issued_at = :issued_at,"
        " access_expires_at = :access_expires_at, refresh_expires_at = :refresh_expires_at, refused_at = NULL,"
        " refusal = NULL, lease_holder = NULL, lease_until = NULL"
        " WHERE connection_id = :connection_id AND workspace_id = :workspace_id AND lease_holder = :lease_holder"
        " RETURNING connection_id"
    )
    return (await tx.execute(statement, {**_grant_values(grant), "lease_holder": lease_holder})).first() is not None


async def grant(tx: AsyncConnection, connection_id: str) -> Grant | None:
    """Return the connection's grant; None after it was disconnected."""
    statement = text("SELECT * FROM grants WHERE connection_id = :connection_id")
    row = (await tx.execute(statement, {"connection_id": connection_id})).one_or_none()
    return None if row is None else _grant(row)


async def grants_in(tx: AsyncConnection, workspace_id: str) -> dict[str, Grant]:
    """Return the workspace's grants by connection."""
    statement = text("SELECT * FROM grants WHERE workspace_id = :workspace_id")
    rows = await tx.execute(statement, {"workspace_id": workspace_id})
    return {row.connection_id: _grant(row) for row in rows}


async def delete_grant(tx: AsyncConnection, connection_id: str) -> Grant | None:
    """Forget the connection's tokens, and return them once more."""
    statement = text("DELETE FROM grants WHERE connection_id = :connection_id RETURNING *")
    row = (await tx.execute(statement, {"connection_id": connection_id})).one_or_none()
    return None if row is None else _grant(row)


async def take_lease(
    tx: AsyncConnection, connection_id: str, *, holder: str, now: datetime, until: datetime
) -> Grant | None:
    """Take the right to refresh this grant and return it; None while someone else has it, or there is no grant."""
    statement = text(
        "UPDATE grants SET lease_holder = :holder, lease_until = :until WHERE connection_id = :connection_id"
        " AND (lease_until IS NULL OR lease_until <= :now) RETURNING *"
    )
    values = {"connection_id": connection_id, "holder": holder, "now": to_millis(now), "until": to_millis(until)}
    row = (await tx.execute(statement, values)).one_or_none()
    return None if row is None else _grant(row)


async def release_lease(
    tx: AsyncConnection, connection_id: str, *, holder: str, refusal: str | None, at: datetime
) -> None:
    """Give the right to refresh back; with a refusal, note what LinkedIn said."""
    await tx.execute(
        text(
            "UPDATE grants SET lease_holder = NULL, lease_until = NULL, refused_at = COALESCE(:refused_at, refused_at),"
            " refusal = COALESCE(:refusal, refusal) WHERE connection_id = :connection_id AND lease_holder = :holder"
        ),
        {
            "connection_id": connection_id,
            "holder": holder,
            "refused_at": None if refusal is None else to_millis(at),
            "refusal": refusal,
        },
    )


async def note_refusal(tx: AsyncConnection, connection_id: str, *, refusal: str, at: datetime) -> None:
    """Note that LinkedIn refused the access token."""
    await tx.execute(
        text("UPDATE grants SET refused_at = :at, refusal = :refusal WHERE connection_id = :connection_id"),
        {"connection_id": connection_id, "refusal": refusal, "at": to_millis(at)},
    )


# Authors

_AUTHORS = (
    "SELECT authors.*, connections.app_id, connections.member_urn, connections.member_name,"
    " connections.scopes_granted, COALESCE(grants.issued_at, connections.connected_at) AS issued_at, apps.products,"
    " grants.access_expires_at,"
    " grants.refresh_expires_at, CASE WHEN grants.refresh_token IS NULL THEN 0 ELSE 1 END AS refreshes FROM authors"
    " JOIN connections ON connections.id = authors.connection_id JOIN apps ON apps.id = connections.app_id"
    " LEFT JOIN grants ON grants.connection_id = authors.connection_id"
)


async def upsert_author(
    tx: AsyncConnection, found: FoundAuthor, *, id: str, workspace_id: str, connection_id: str, seen_at: datetime
) -> None:
    """Add the author, or keep its new name, role and picture; its id stays."""
    await tx.execute(
        text(
            "INSERT INTO authors (id, workspace_id, connection_id, urn, kind, name, role, picture_url, seen_at)"
            " VALUES (:id, :workspace_id, :connection_id, :urn, :kind, :name, :role, :picture_url, :seen_at)"
            " ON CONFLICT (connection_id, urn) DO UPDATE SET name = excluded.name, role = excluded.role,"
            " picture_url = excluded.picture_url, seen_at = excluded.seen_at, lost_at = NULL"
        ),
        {
            "id": id,
            "workspace_id": workspace_id,
            "connection_id": connection_id,
            "urn": str(found.urn),
            "kind": found.kind,
            "name": found.name,
            "role": found.role,
            "picture_url": found.picture_url,
            "seen_at": to_millis(seen_at),
        },
    )


async def lose_authors(tx: AsyncConnection, connection_id: str, *, keep: Iterable[Urn], at: datetime) -> None:
    """Note that the connection speaks for none but these any more."""
    kept = {str(urn) for urn in keep}
    statement = text("SELECT id, urn FROM authors WHERE connection_id = :connection_id AND lost_at IS NULL")
    rows = (await tx.execute(statement, {"connection_id": connection_id})).all()
    for row in rows:
        if row.urn not in kept:
            await tx.execute(
                text("UPDATE authors SET lost_at = :at WHERE id = :id"), {"id": row.id, "at": to_millis(at)}
            )


async def authors_in(tx: AsyncConnection, workspace_id: str, *, at: datetime) -> list[Author]:
    """Return the authors of the workspace's connections that were not disconnected: members first, then by name."""
    statement = text(
        f"{_AUTHORS} WHERE authors.workspace_id = :workspace_id AND connections.disconnected_at IS NULL"
        " AND authors.lost_at IS NULL ORDER BY authors.kind, authors.name, authors.id"
    )
    return [_author(row, at) for row in await tx.execute(statement, {"workspace_id": workspace_id})]


async def author(tx: AsyncConnection, author_id: str, *, at: datetime) -> Author | None:
    """Return this author, whether it can be posted as or not."""
    row = (await tx.execute(text(f"{_AUTHORS} WHERE authors.id = :id"), {"id": author_id})).one_or_none()
    return None if row is None else _author(row, at)


def _kek(row: _Row) -> KeyEncryptionKey:
    return KeyEncryptionKey(
        id=row.id,
        version=row.version,
        root_key_id=row.root_key_id,
        wrapped=bytes(row.wrapped),
        created_at=from_millis(row.created_at),
    )


def _workspace_key(row: _Row) -> WorkspaceKey:
    return WorkspaceKey(id=row.id, workspace_id=row.workspace_id, kek_id=row.kek_id, wrapped=bytes(row.wrapped))


def _app(row: _Row) -> App:
    return App(
        id=row.id,
        workspace_id=row.workspace_id,
        name=row.name,
        client_id=row.client_id,
        products=_set(row.products),
        created_at=from_millis(row.created_at),
    )


def _connection(row: _Row) -> Connection:
    return Connection(
        id=row.id,
        workspace_id=row.workspace_id,
        app_id=row.app_id,
        member_urn=Urn.parse(row.member_urn),
        member_name=row.member_name,
        scopes_asked=_set(row.scopes_asked),
        scopes_granted=_set(row.scopes_granted),
        connected_by=row.connected_by,
        connected_at=from_millis(row.connected_at),
        disconnected_at=_instant(row.disconnected_at),
    )


def _grant(row: _Row) -> Grant:
    return Grant(
        connection_id=row.connection_id,
        workspace_id=row.workspace_id,
        access_token=bytes(row.access_token),
        refresh_token=None if row.refresh_token is None else bytes(row.refresh_token),
        issued_at=from_millis(row.issued_at),
        access_expires_at=from_millis(row.access_expires_at),
        refresh_expires_at=_instant(row.refresh_expires_at),
        refused_at=_instant(row.refused_at),
        refusal=row.refusal,
    )


def _grant_values(grant: Grant) -> dict[str, object]:
    return {
        "connection_id": grant.connection_id,
        "workspace_id": grant.workspace_id,
        "access_token": grant.access_token,
        "refresh_token": grant.refresh_token,
        "issued_at": to_millis(grant.issued_at),
        "access_expires_at": to_millis(grant.access_expires_at),
        "refresh_expires_at": None if grant.refresh_expires_at is None else to_millis(grant.refresh_expires_at),
    }


def _author(row: _Row, at: datetime) -> Author:
    until = _instant(row.access_expires_at)
    if until is not None and row.refreshes:
        until = max(until, _instant(row.refresh_expires_at) or until)
    granted = _set(row.scopes_granted)
    return Author(
        id=row.id,
        workspace_id=row.workspace_id,
        connection_id=row.connection_id,
        app_id=row.app_id,
        products=_set(row.products),
        member_urn=Urn.parse(row.member_urn),
        member_name=row.member_name,
        urn=Urn.parse(row.urn),
        kind=row.kind,
        name=row.name,
        role=row.role,
        picture_url=row.picture_url,
        scopes=granted,
        issued_at=from_millis(row.issued_at),
        usable_until=until,
        problem=author_problem(row.kind, granted=granted, lost_at=_instant(row.lost_at), usable_until=until, at=at),
    )


def _texts(values: Iterable[str]) -> str:
    return json.dumps(sorted(values))


def _set(values: str) -> frozenset[str]:
    return frozenset(json.loads(values))


def _instant(millis: int | None) -> datetime | None:
    return None if millis is None else from_millis(millis)
