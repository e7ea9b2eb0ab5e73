"""The audit chain's SQL."""

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from inroad.service.audit.model import GENESIS, Entry


async def take_place(tx: AsyncConnection, workspace_id: str) -> tuple[int, str]:
    """Return the next entry's number and the hash before it; others wait until this transaction ends."""
    statement = text(
        "INSERT INTO audit_heads (workspace_id, seq, hash) VALUES (:workspace_id, 1, :genesis)"
        " ON CONFLICT (workspace_id) DO UPDATE SET seq = audit_heads.seq + 1 RETURNING seq, hash"
    )
    row = (await tx.execute(statement, {"workspace_id": workspace_id, "genesis": GENESIS})).one()
    return row.seq, row.hash


async def append(tx: AsyncConnection, entry: Entry) -> None:
    """Add the entry and make it the chain's head."""
    await tx.execute(
        text(
            "INSERT INTO audit_entries (workspace_id, seq, at, person_id, action, subject, before, after, request_id,"
            " previous_hash, hash) VALUES (:workspace_id, :seq, :at, :person_id, :action, :subject, :before, :after,"
            " :request_id, :previous_hash, :hash)"
        ),
        {
            "workspace_id": entry.workspace_id,
            "seq": entry.seq,
            "at": entry.at,
            "person_id": entry.person_id,
            "action": entry.action,
            "subject": entry.subject,
            "before": entry.before,
            "after": entry.after,
            "request_id": entry.request_id,
            "previous_hash": entry.previous_hash,
            "hash": entry.hash,
        },
    )
    await tx.execute(
        text("UPDATE audit_heads SET hash = :hash WHERE workspace_id = :workspace_id"),
        {"hash": entry.hash, "workspace_id": entry.workspace_id},
    )


async def head(tx: AsyncConnection, workspace_id: str) -> tuple[int, str]:
    """Return the number and hash of the chain's last entry; (0, GENESIS) for an empty chain."""
    statement = text("SELECT seq, hash FROM audit_heads WHERE workspace_id = :workspace_id")
    row = (await tx.execute(statement, {"workspace_id": workspace_id})).one_or_none()
    return (0, GENESIS) if row is None else (row.seq, row.hash)


async def page_between(tx: AsyncConnection, workspace_id: str, seq: int, last: int, count: int) -> list[Entry]:
    """Return up to `count` entries that follow number `seq` and do not pass number `last`, oldest first."""
    statement = text(
        "SELECT * FROM audit_entries WHERE workspace_id = :workspace_id AND seq > :seq AND seq <= :last"
        " ORDER BY seq LIMIT :count"
    )
    values = {"workspace_id": workspace_id, "seq": seq, "last": last, "count": count}
    rows = await tx.execute(statement, values)
    return [_entry(row) for row in rows.mappings()]


async def newest(tx: AsyncConnection, workspace_id: str, subject: str | None, count: int) -> list[Entry]:
    """Return the last `count` entries, newest first; with a subject, only those about it."""
    about = "" if subject is None else " AND subject = :subject"
    statement = text(
        f"SELECT * FROM audit_entries WHERE workspace_id = :workspace_id{about} ORDER BY seq DESC LIMIT :count"  # noqa: S608 - no value in the text
    )
    values: dict[str, str | int] = {"workspace_id": workspace_id, "count": count}
    if subject is not None:
        values["subject"] = subject
    rows = await tx.execute(statement, values)
    return [_entry(row) for row in rows.mappings()]


def _entry(row: RowMapping) -> Entry:
    return Entry(**row)
