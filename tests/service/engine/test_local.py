"""What only the local engine does: it runs in this process, sleeps and wakes."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from inroad.common.clock import SystemClock
from inroad.service.database import Database
from inroad.service.engine import local
from inroad.service.engine.local import LocalEngine
from inroad.service.engine.port import Job
from inroad.service.errors import StorageFull


@pytest.fixture
def engine(db: Database) -> LocalEngine:
    return LocalEngine(db, clock=SystemClock(), budgets={"urgent": 2, "publish": 3, "bulk": 1})


async def enqueue(db: Database, engine: LocalEngine, kind: str, lane: str, *, wait: float = 0.0) -> None:
    async with db.write() as tx:
        run_at = SystemClock().now() + timedelta(seconds=wait)
        await engine.enqueue(tx, kind, {}, run_at=run_at, lane=lane)  # type: ignore[arg-type]


async def test_enqueued_job_wakes_a_sleeping_engine(db: Database, engine: LocalEngine) -> None:
    done = asyncio.Event()

    async def work(job: Job) -> None:
        done.set()

    engine.handle("work", work)
    running = asyncio.create_task(engine.run())
    await asyncio.sleep(0)
    await enqueue(db, engine, "work", "publish")
    async with asyncio.timeout(5):
        await done.wait()
        engine.stop()
        await running


async def test_engine_wakes_when_a_future_job_is_due(db: Database, engine: LocalEngine) -> None:
    done = asyncio.Event()

    async def work(job: Job) -> None:
        done.set()

    engine.handle("work", work)
    running = asyncio.create_task(engine.run())
    await enqueue(db, engine, "work", "publish", wait=0.05)
    async with asyncio.timeout(5):
        await done.wait()
        engine.stop()
        await running


async def test_lane_keeps_to_its_budget_and_does_not_hold_up_others(db: Database, engine: LocalEngine) -> None:
    gate, urgent_done, at_once, most = asyncio.Event(), asyncio.Event(), 0, 0

    async def publish(job: Job) -> None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await gate.wait()
        at_once -= 1

    async def urgent(job: Job) -> None:
        urgent_done.set()

    engine.handle("publish", publish)
    engine.handle("urgent", urgent)
    for _ in range(9):
        await enqueue(db, engine, "publish", "publish")
    running = asyncio.create_task(engine.run())
    await enqueue(db, engine, "urgent", "urgent")
    async with asyncio.timeout(5):
        await urgent_done.wait()
        gate.set()
        engine.stop()
        await running

    assert most == 3


async def test_stop_lets_started_jobs_finish(db: Database, engine: LocalEngine) -> None:
    started, gate, finished = asyncio.Event(), asyncio.Event(), False

    async def work(job: Job) -> None:
        nonlocal finished
        started.set()
        await gate.wait()
        finished = True

    engine.handle("work", work)
    await enqueue(db, engine, "work", "publish")
    running = asyncio.create_task(engine.run())
    async with asyncio.timeout(5):
        await started.wait()
        engine.stop()
        await asyncio.sleep(0)
        gate.set()
        await running

    assert finished
    async with db.read() as tx:
        assert (await tx.execute(text("SELECT count(*) FROM jobs"))).scalar() == 0


async def test_work_whose_lease_was_lost_is_stopped(db: Database, engine: LocalEngine) -> None:
    started, stopped = asyncio.Event(), asyncio.Event()

    async def work(job: Job) -> None:
        started.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            stopped.set()
            raise

    engine.handle("work", work)
    await enqueue(db, engine, "work", "publish")
    running = asyncio.create_task(engine.run())
    async with asyncio.timeout(5):
        await started.wait()
        async with db.write() as tx:  # somebody else claims it
            await tx.execute(text("UPDATE jobs SET lease_owner = 'other', fence = fence + 1"))
        await engine.sweep()
        await stopped.wait()
        engine.stop()
        await running
    async with db.read() as tx:
        owner = (await tx.execute(text("SELECT lease_owner FROM jobs"))).scalar()

    assert owner == "other"


async def test_lease_that_ran_out_is_given_back_by_the_sweep(db: Database, engine: LocalEngine) -> None:
    await enqueue(db, engine, "work", "publish")
    async with db.write() as tx:
        await tx.execute(text("UPDATE jobs SET state = 'running', lease_owner = 'gone', lease_until = 1, fence = 4"))
    await engine.sweep()
    async with db.read() as tx:
        row = (await tx.execute(text("SELECT state, lease_owner, fence FROM jobs"))).one()

    assert tuple(row) == ("waiting", None, 4)


async def test_engine_outlives_a_database_that_fails_for_a_while(
    db: Database, engine: LocalEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "_CLAIM_AGAIN", timedelta(milliseconds=10))
    done, failures, claim = asyncio.Event(), 0, engine._claim

    async def full() -> tuple[list[Job], int | None]:
        nonlocal failures
        failures += 1
        if failures < 3:
            raise StorageFull("no room")
        return await claim()

    async def work(job: Job) -> None:
        done.set()

    monkeypatch.setattr(engine, "_claim", full)
    engine.handle("work", work)
    await enqueue(db, engine, "work", "publish")
    running = asyncio.create_task(engine.run())
    async with asyncio.timeout(5):
        await done.wait()
        engine.stop()
        await running

    assert failures >= 3
