"""SQL of the local engine's jobs and schedules. Instants are milliseconds."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from inroad.common.clock import from_millis
from inroad.service.engine.port import DeadLetter, Job, Lane, Lease

_COLUMNS = "id, kind, revision, args, lane, run_at, attempts, lease_owner, fence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A turn of a periodic schedule that has come."""

    name: str
    kind: str
    revision: int
    lane: Lane
    every_ms: int
    next_at: int


_INSERT = text("""
    INSERT INTO jobs (id, kind, revision, args, lane, state, run_at, dedup_key, attempts, fence)
    VALUES (:id, :kind, :revision, :args, :lane, 'waiting', :run_at, :dedup_key, 0, 0)
    ON CONFLICT DO NOTHING RETURNING id""")


async def insert_job(
    tx: AsyncConnection,
    *,
    id: str,
    kind: str,
    revision: int,
    args: Mapping[str, str],
    lane: str,
    run_at: int,
    dedup_key: str | None,
) -> bool:
    """Add a waiting job; False when a live one has its key."""
    row = {"id": id, "kind": kind, "revision": revision, "args": json.dumps(dict(args)), "lane": lane}
    found = await tx.execute(_INSERT, {**row, "run_at": run_at, "dedup_key": dedup_key})
    return found.first() is not None


async def live_job(tx: AsyncConnection, dedup_key: str) -> str | None:
    """Return the id of the live job with this key."""
    found = await tx.execute(text("SELECT id FROM jobs WHERE dedup_key = :key AND state <> 'dead'"), {"key": dedup_key})
    return cast("str | None", found.scalar())


async def delete_waiting(tx: AsyncConnection, dedup_key: str) -> bool:
    """Remove the waiting job with this key; False when there is none."""
    found = await tx.execute(
        text("DELETE FROM jobs WHERE dedup_key = :key AND state = 'waiting' RETURNING id"), {"key": dedup_key}
    )
    return found.first() is not None


async def move_waiting(tx: AsyncConnection, dedup_key: str, run_at: int) -> bool:
    """Move the waiting job with this key; False when there is none."""
    statement = "UPDATE jobs SET run_at = :run_at WHERE dedup_key = :key AND state = 'waiting' RETURNING id"
    found = await tx.execute(text(statement), {"key": dedup_key, "run_at": run_at})
    return found.first() is not None


_CLAIM = text(f"""
    UPDATE jobs SET state = 'running', lease_owner = :owner, lease_until = :until, fence = fence + 1,
        attempts = attempts + 1
    WHERE id IN (SELECT id FROM jobs WHERE state = 'waiting' AND lane = :lane AND run_at <= :now
                 ORDER BY run_at LIMIT :most)
    RETURNING {_COLUMNS}""")  # noqa: S608 - column names


async def claim(tx: AsyncConnection, *, owner: str, lane: Lane, most: int, now: int, until: int) -> list[Job]:
    """Take up to `most` due jobs of a lane under a lease, earliest first."""
    found = await tx.execute(_CLAIM, {"owner": owner, "lane": lane, "most": most, "now": now, "until": until})
    return sorted((_job(row) for row in found), key=lambda job: job.run_at)


async def next_due(tx: AsyncConnection, lane: Lane) -> int | None:
    """Return when the lane's earliest waiting job is due."""
    found = await tx.execute(
        text("SELECT min(run_at) FROM jobs WHERE state = 'waiting' AND lane = :lane"), {"lane": lane}
    )
    return cast("int | None", found.scalar())


_HELD = "id = :id AND state = 'running' AND lease_owner = :owner AND fence = :fence"


def _held(job: Job) -> dict[str, object]:
    return {"id": job.id, "owner": job.lease.owner, "fence": job.lease.fence}


async def delete_done(tx: AsyncConnection, jobs: Sequence[Job]) -> None:
    """Remove jobs that are done; those whose lease was lost stay."""
    await tx.execute(text(f"DELETE FROM jobs WHERE {_HELD}"), [_held(job) for job in jobs])  # noqa: S608


async def put_back(tx: AsyncConnection, moves: Sequence[tuple[Job, int, int, str | None]]) -> None:
    """Give jobs back to be run at an instant, with their count of attempts and the last failure."""
    statement = f"""UPDATE jobs SET state = 'waiting', run_at = :run_at, attempts = :attempts, reason = :reason,
        lease_owner = NULL, lease_until = NULL WHERE {_HELD}"""  # noqa: S608
    rows = [{**_held(job), "run_at": at, "attempts": n, "reason": why} for job, at, n, why in moves]
    await tx.execute(text(statement), rows)


async def bury(tx: AsyncConnection, job: Job, *, reason: str, at: int) -> bool:
    """Make a job a dead letter; False when its lease was lost."""
    statement = f"""UPDATE jobs SET state = 'dead', reason = :reason, died_at = :at, lease_owner = NULL,
        lease_until = NULL WHERE {_HELD} RETURNING id"""  # noqa: S608
    found = await tx.execute(text(statement), {**_held(job), "reason": reason, "at": at})
    return found.first() is not None


async def extend(tx: AsyncConnection, jobs: Sequence[Job], *, owner: str, until: int) -> dict[str, int]:
    """Extend the leases on `jobs`; return job id -> fence of everything that the owner holds."""
    if jobs:
        statement = f"UPDATE jobs SET lease_until = :until WHERE {_HELD}"  # noqa: S608
        await tx.execute(text(statement), [{**_held(job), "until": until} for job in jobs])
    statement = "SELECT id, fence FROM jobs WHERE state = 'running' AND lease_owner = :owner"
    return {row.id: row.fence for row in await tx.execute(text(statement), {"owner": owner})}


async def free_lost(tx: AsyncConnection, *, now: int) -> int:
    """Give back jobs whose lease ran out; return how many."""
    statement = """UPDATE jobs SET state = 'waiting', lease_owner = NULL, lease_until = NULL
        WHERE state = 'running' AND lease_until <= :now RETURNING id"""
    return len((await tx.execute(text(statement), {"now": now})).all())


async def free_others(tx: AsyncConnection, *, owner: str) -> int:
    """Give back the jobs of every other owner, whatever their leases say; return how many."""
    statement = """UPDATE jobs SET state = 'waiting', lease_owner = NULL, lease_until = NULL
        WHERE state = 'running' AND lease_owner <> :owner RETURNING id"""
    return len((await tx.execute(text(statement), {"owner": owner})).all())


async def dead_letters(tx: AsyncConnection, limit: int) -> list[DeadLetter]:
    """Return dead letters, newest first."""
    statement = """SELECT id, kind, revision, args, lane, attempts, reason, died_at FROM jobs
        WHERE state = 'dead' ORDER BY died_at DESC, id LIMIT :limit"""
    found = await tx.execute(text(statement), {"limit": limit})
    return [
        DeadLetter(
            id=row.id,
            kind=row.kind,
            revision=row.revision,
            args=json.loads(row.args),
            lane=row.lane,
            attempts=row.attempts,
            reason=row.reason,
            died_at=from_millis(row.died_at),
        )
        for row in found
    ]


async def revive(tx: AsyncConnection, job_id: str, *, now: int) -> bool:
    """Make a dead letter a waiting job again; False when there is none or its key is taken by a live job."""
    statement = """UPDATE jobs SET state = 'waiting', run_at = :now, attempts = 0, died_at = NULL
        WHERE id = :id AND state = 'dead' AND NOT EXISTS (
            SELECT 1 FROM jobs AS other WHERE other.dedup_key = jobs.dedup_key AND other.state <> 'dead')
        RETURNING id"""
    return (await tx.execute(text(statement), {"id": job_id, "now": now})).first() is not None


async def upsert_schedule(
    tx: AsyncConnection, *, name: str, kind: str, revision: int, lane: str, every_ms: int, first_at: int
) -> None:
    """Write down a schedule; its next turn is kept unless the interval changed."""
    statement = """INSERT INTO schedules (name, kind, revision, lane, every_ms, next_at)
        VALUES (:name, :kind, :revision, :lane, :every_ms, :first_at)
        ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, revision = excluded.revision, lane = excluded.lane,
            next_at = CASE WHEN schedules.every_ms = excluded.every_ms THEN schedules.next_at
                           ELSE excluded.next_at END,
            every_ms = excluded.every_ms"""
    row = {"name": name, "kind": kind, "revision": revision, "lane": lane, "every_ms": every_ms}
    await tx.execute(text(statement), {**row, "first_at": first_at})


async def due_schedules(tx: AsyncConnection, *, now: int) -> list[Schedule]:
    """Return the schedules whose turn has come."""
    statement = "SELECT name, kind, revision, lane, every_ms, next_at FROM schedules WHERE next_at <= :now"
    found = await tx.execute(text(statement), {"now": now})
    return [Schedule(**row) for row in found.mappings()]


async def set_next_turn(tx: AsyncConnection, name: str, next_at: int) -> None:
    """Move a schedule to its next turn."""
    await tx.execute(text("UPDATE schedules SET next_at = :at WHERE name = :name"), {"name": name, "at": next_at})


async def next_turn(tx: AsyncConnection) -> int | None:
    """Return when the next schedule has its turn."""
    return cast("int | None", (await tx.execute(text("SELECT min(next_at) FROM schedules"))).scalar())


def _job(row: Row[tuple[object, ...]]) -> Job:
    return Job(
        id=row.id,
        kind=row.kind,
        revision=row.revision,
        args=json.loads(row.args),
        lane=row.lane,
        run_at=from_millis(row.run_at),
        attempt=row.attempts,
        lease=Lease(owner=row.lease_owner, fence=row.fence),
    )
