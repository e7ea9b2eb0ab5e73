"""What every adapter of the engine port must do; a second adapter joins by the fixture `new_engine`."""

import asyncio
import contextlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from inroad.service.database import Database
from inroad.service.engine.port import Backoff, Engine, Job, Later

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class TurnedClock(Protocol):
    def now(self) -> datetime: ...
    def advance(self, by: timedelta) -> None: ...


class Recorder:
    """A handler that remembers what it was given and does what it was told to."""

    def __init__(self, *outcomes: Later | Exception | None) -> None:
        self.jobs: list[Job] = []
        self._outcomes = list(outcomes)

    async def __call__(self, job: Job) -> Later | None:
        self.jobs.append(job)
        outcome = self._outcomes.pop(0) if self._outcomes else None
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


async def add(db: Database, engine: Engine, *, run_at: datetime = NINE, **more: Any) -> str:
    async with db.write() as tx:
        return await engine.enqueue(tx, "greet", more.pop("args", {"post_id": "p1"}), run_at=run_at, **more)


async def test_due_job_is_done_once(db: Database, engine: Engine) -> None:
    handler = Recorder()
    engine.handle("greet", handler)
    job_id = await add(db, engine, lane="urgent")

    count = await engine.drain() + await engine.drain()

    assert count == 1
    assert [(job.id, job.args, job.lane, job.attempt) for job in handler.jobs] == [
        (job_id, {"post_id": "p1"}, "urgent", 1)
    ]


async def test_job_waits_for_its_time(db: Database, engine: Engine, clock: TurnedClock) -> None:
    handler = Recorder()
    engine.handle("greet", handler)
    await add(db, engine, run_at=NINE + timedelta(minutes=1))

    early = await engine.drain()
    clock.advance(timedelta(minutes=1))
    on_time = await engine.drain()

    assert (early, on_time) == (0, 1)


async def test_job_of_a_transaction_that_failed_does_not_exist(db: Database, engine: Engine) -> None:
    engine.handle("greet", Recorder())
    with contextlib.suppress(LookupError):
        async with db.write() as tx:
            await engine.enqueue(tx, "greet", {}, run_at=NINE)
            raise LookupError

    assert await engine.drain() == 0


async def test_second_job_with_a_live_key_is_not_added(db: Database, engine: Engine) -> None:
    handler = Recorder()
    engine.handle("greet", handler)
    first = await add(db, engine, dedup_key="k")
    second = await add(db, engine, dedup_key="k")
    await engine.drain()
    third = await add(db, engine, dedup_key="k")
    await engine.drain()

    assert first == second != third
    assert len(handler.jobs) == 2


async def test_cancelled_job_is_not_done(db: Database, engine: Engine) -> None:
    engine.handle("greet", Recorder())
    await add(db, engine, dedup_key="k")
    async with db.write() as tx:
        cancelled, again = await engine.cancel(tx, "k"), await engine.cancel(tx, "k")

    assert (cancelled, again, await engine.drain()) == (True, False, 0)


async def test_rescheduled_job_is_done_at_its_new_time(db: Database, engine: Engine, clock: TurnedClock) -> None:
    engine.handle("greet", Recorder())
    await add(db, engine, dedup_key="k")
    async with db.write() as tx:
        moved = await engine.reschedule(tx, "k", NINE + timedelta(hours=1))

    early = await engine.drain()
    clock.advance(timedelta(hours=1))

    assert (moved, early, await engine.drain()) == (True, 0, 1)


async def test_failed_job_is_tried_again_after_a_growing_wait(db: Database, engine: Engine, clock: TurnedClock) -> None:
    handler = Recorder(OSError("one"), OSError("two"))
    engine.handle("greet", handler, backoff=Backoff(first=timedelta(seconds=10), most=timedelta(minutes=1)))
    await add(db, engine)

    await engine.drain()
    at_once = await engine.drain()
    clock.advance(timedelta(seconds=10))
    after_ten = await engine.drain()
    clock.advance(timedelta(seconds=20))
    after_twenty_more = await engine.drain()

    assert (at_once, after_ten, after_twenty_more) == (0, 1, 1)
    assert [job.attempt for job in handler.jobs] == [1, 2, 3]
    assert [job.lease.fence for job in handler.jobs] == [1, 2, 3]


async def test_job_that_keeps_failing_becomes_a_dead_letter(db: Database, engine: Engine, clock: TurnedClock) -> None:
    told: list[tuple[str, str]] = []

    async def on_dead(tx: AsyncConnection, job: Job, reason: str) -> None:
        told.append((job.args["post_id"], reason))

    handler = Recorder(OSError("one"), OSError("two"))
    engine.handle("greet", handler, backoff=Backoff(max_attempts=2), on_dead=on_dead)
    job_id = await add(db, engine)
    for _ in range(3):
        await engine.drain()
        clock.advance(timedelta(hours=1))
    async with db.read() as tx:
        (letter,) = await engine.dead_letters(tx)

    assert told == [("p1", "OSError: two")]
    assert (letter.id, letter.kind, letter.attempts, letter.reason) == (job_id, "greet", 2, "OSError: two")


async def test_replayed_dead_letter_is_done(db: Database, engine: Engine) -> None:
    handler = Recorder(OSError("one"))
    engine.handle("greet", handler, backoff=Backoff(max_attempts=1))
    job_id = await add(db, engine)
    await engine.drain()
    async with db.write() as tx:
        replayed, again = await engine.replay(tx, job_id), await engine.replay(tx, job_id)
    await engine.drain()
    async with db.read() as tx:
        letters = await engine.dead_letters(tx)

    assert (replayed, again, len(handler.jobs), list(letters)) == (True, False, 2, [])


async def test_dead_letter_whose_key_lives_again_is_not_replayed(db: Database, engine: Engine) -> None:
    engine.handle("greet", Recorder(OSError("one")), backoff=Backoff(max_attempts=1))
    job_id = await add(db, engine, dedup_key="k")
    await engine.drain()
    await add(db, engine, dedup_key="k", run_at=NINE + timedelta(days=1))
    async with db.write() as tx:
        assert not await engine.replay(tx, job_id)


async def test_job_of_an_unknown_revision_is_kept_as_a_dead_letter(db: Database, engine: Engine) -> None:
    engine.handle("greet", Recorder(), revision=1)
    await add(db, engine, revision=2)
    await engine.drain()
    async with db.read() as tx:
        (letter,) = await engine.dead_letters(tx)

    assert letter.reason == "no handler for jobs of kind 'greet', revision 2"


async def test_each_revision_has_its_own_handler(db: Database, engine: Engine) -> None:
    old, new = Recorder(), Recorder()
    engine.handle("greet", old, revision=1)
    engine.handle("greet", new, revision=2)
    await add(db, engine, revision=1)
    await add(db, engine, revision=2)
    await engine.drain()

    assert (len(old.jobs), len(new.jobs)) == (1, 1)


async def test_job_put_off_comes_back_without_counting_as_a_failure(
    db: Database, engine: Engine, clock: TurnedClock
) -> None:
    handler = Recorder(Later(NINE + timedelta(seconds=30)), Later(NINE + timedelta(seconds=60)))
    engine.handle("greet", handler, backoff=Backoff(max_attempts=1))
    await add(db, engine)
    for _ in range(3):
        await engine.drain()
        clock.advance(timedelta(seconds=30))

    assert [job.attempt for job in handler.jobs] == [1, 1, 1]
    assert [job.lease.fence for job in handler.jobs] == [1, 2, 3]


@pytest.mark.parametrize("value", ["Hello, world", "", "a" * 81, "token with spaces", "Zürich"])
async def test_argument_that_is_no_id_is_refused(db: Database, engine: Engine, value: str) -> None:
    with pytest.raises(ValueError, match="job argument 'post_id' must be an id"):
        await add(db, engine, args={"post_id": value})


async def test_work_of_a_dead_process_is_taken_back_at_once(db: Database, new_engine: Callable[[], Engine]) -> None:
    dead, alive, handler, started = new_engine(), new_engine(), Recorder(), asyncio.Event()

    async def never_ends(job: Job) -> None:
        started.set()
        await asyncio.Event().wait()

    dead.handle("greet", never_ends)
    alive.handle("greet", handler)
    await add(db, dead)
    running = asyncio.create_task(dead.drain())
    await started.wait()
    running.cancel()
    count = await alive.drain()

    assert count == 1
    assert [(job.attempt, job.lease.fence) for job in handler.jobs] == [(2, 2)]
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()


async def test_job_that_kills_its_process_each_time_is_given_up(db: Database, new_engine: Callable[[], Engine]) -> None:
    killed = 0

    async def kills(job: Job) -> None:
        nonlocal killed
        killed += 1
        raise asyncio.CancelledError  # ends the task as a killed process would: nothing is written

    for _ in range(4):
        engine = new_engine()
        engine.handle("greet", kills, backoff=Backoff(max_attempts=2))
        if killed == 0:
            await add(db, engine)
        await engine.drain()
    async with db.read() as tx:
        (letter,) = await engine.dead_letters(tx)

    assert killed == 2
    assert letter.reason == "given up: 2 attempts ended with the process"


async def test_schedule_takes_its_turns_without_drift(db: Database, engine: Engine, clock: TurnedClock) -> None:
    handler = Recorder()
    engine.handle("tidy", handler)
    engine.every("tidying", "tidy", timedelta(minutes=1))
    await engine.drain()
    clock.advance(timedelta(seconds=61))
    await engine.drain()
    clock.advance(timedelta(seconds=60))
    await engine.drain()

    assert [job.run_at for job in handler.jobs] == [NINE + timedelta(minutes=1), NINE + timedelta(minutes=2)]


async def test_missed_turns_are_made_up_by_one(db: Database, engine: Engine, clock: TurnedClock) -> None:
    handler = Recorder()
    engine.handle("tidy", handler)
    engine.every("tidying", "tidy", timedelta(minutes=1))
    await engine.drain()
    clock.advance(timedelta(minutes=10, seconds=30))
    await engine.drain()
    clock.advance(timedelta(seconds=30))
    await engine.drain()

    assert [job.run_at for job in handler.jobs] == [NINE + timedelta(minutes=1), NINE + timedelta(minutes=11)]


async def test_future_jobs_are_found_by_index_only(db: Database, engine: Engine) -> None:
    async with db.read() as tx:
        plan = await tx.execute(
            text(
                "EXPLAIN QUERY PLAN SELECT id FROM jobs WHERE state = 'waiting' AND lane = 'publish'"
                " AND run_at <= 5 ORDER BY run_at LIMIT 9"
            )
        )
        steps = [row.detail for row in plan]

    assert steps == ["SEARCH jobs USING INDEX jobs_due (lane=? AND run_at<?)"]
