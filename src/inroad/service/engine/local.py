"""The job engine of a small deployment: one process, one SQLite file.

It sleeps until the next job is due or something is enqueued, claims due jobs in groups, and writes their
ends in groups. That one process has the file to itself (`Database` sees to it) is what makes it sound.
"""

import asyncio
import logging
import random
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from sqlalchemy.ext.asyncio import AsyncConnection

from inroad.common.clock import Clock, SystemClock, to_millis
from inroad.service.database import Database
from inroad.service.engine import store
from inroad.service.engine.group import Grouped
from inroad.service.engine.port import (
    LANES,
    Backoff,
    Buried,
    DeadLetter,
    Handler,
    Job,
    Lane,
    Work,
    checked_args,
)

BUDGETS: Mapping[Lane, int] = {"urgent": 16, "publish": 1024, "webhook": 32, "bulk": 8}
"""How many jobs of each lane run at the same time.

Publishing waits for LinkedIn and for little else, so that what is due together may wait together. Measured with a
thousand posts due at one instant, 100 ms an answer: the last of them reaches LinkedIn 1.6 s late with 128, 0.7 s late
with 1,024 (and as many connections as that takes).
"""

LEASE = timedelta(seconds=30)
_BEATS_PER_LEASE = 3
_LONGEST_SLEEP_SECONDS = 30.0  # a machine that was asleep, or a clock that was set, is noticed after so long
_CLAIM_AGAIN = timedelta(seconds=2)  # after the database failed, as when the disk is full
_ENDINGS_LINGER_SECONDS = 0.02  # an ending that is lost costs another look at a job that is done
_MAX_REASON = 500

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Done:
    job: Job


@dataclass(frozen=True, slots=True)
class _Back:
    job: Job
    run_at: int
    attempts: int
    reason: str | None


_Ending: TypeAlias = _Done | _Back


@dataclass(frozen=True, slots=True, kw_only=True)
class _Periodic:
    name: str
    kind: str
    revision: int
    lane: Lane
    interval: timedelta


class LocalEngine:
    """Durable jobs on SQLite. `port.Engine` says what each method promises."""

    def __init__(
        self,
        database: Database,
        *,
        clock: Clock | None = None,
        budgets: Mapping[Lane, int] = BUDGETS,
        lease: timedelta = LEASE,
        dice: random.Random | None = None,
    ) -> None:
        self._database = database
        self._clock = clock or SystemClock()
        self._budgets = budgets
        self._lease = lease
        self._dice = dice or random.Random()  # noqa: S311 - spreads retries, guards nothing
        self._work: dict[tuple[str, int], Work] = {}
        self._periodic: list[_Periodic] = []
        self._running: dict[str, tuple[Job, asyncio.Task[None]]] = {}
        self._endings: Grouped[_Ending, None] = Grouped(
            database, self._write_endings, linger_seconds=_ENDINGS_LINGER_SECONDS
        )
        self._wake = asyncio.Event()
        self._stopping = False
        self._owner = uuid.uuid4().hex

    @property
    def owner(self) -> str:
        """The name under which this process holds leases."""
        return self._owner

    def handle(
        self,
        kind: str,
        handler: Handler,
        *,
        revision: int = 1,
        backoff: Backoff = Backoff(),  # noqa: B008 - frozen
        on_dead: Buried | None = None,
    ) -> None:
        """Say who does jobs of this kind and revision."""
        if (kind, revision) in self._work:
            raise ValueError(f"jobs of kind {kind!r}, revision {revision}, already have a handler")
        self._work[kind, revision] = Work(handler=handler, backoff=backoff, on_dead=on_dead)

    def every(self, name: str, kind: str, interval: timedelta, *, revision: int = 1, lane: Lane = "bulk") -> None:
        """Enqueue a job of `kind` every `interval`, from the time that the engine is first recovered."""
        self._periodic.append(_Periodic(name=name, kind=kind, revision=revision, lane=lane, interval=interval))

    async def enqueue(
        self,
        tx: AsyncConnection,
        kind: str,
        args: Mapping[str, str],
        *,
        run_at: datetime,
        dedup_key: str | None = None,
        lane: Lane = "bulk",
        revision: int = 1,
    ) -> str:
        """Add a job in the caller's transaction and return its id."""
        if lane not in LANES:
            raise ValueError(f"no lane {lane!r}: there are {', '.join(LANES)}")
        job_id = uuid.uuid4().hex
        added = await store.insert_job(
            tx,
            id=job_id,
            kind=kind,
            revision=revision,
            args=checked_args(args),
            lane=lane,
            run_at=to_millis(run_at),
            dedup_key=dedup_key,
        )
        self.wake()
        if added or dedup_key is None:
            return job_id
        return await store.live_job(tx, dedup_key) or job_id

    async def cancel(self, tx: AsyncConnection, dedup_key: str) -> bool:
        """Remove the waiting job with this key."""
        return await store.delete_waiting(tx, dedup_key)

    async def reschedule(self, tx: AsyncConnection, dedup_key: str, run_at: datetime) -> bool:
        """Move the waiting job with this key."""
        self.wake()
        return await store.move_waiting(tx, dedup_key, to_millis(run_at))

    async def dead_letters(self, tx: AsyncConnection, *, limit: int = 100) -> Sequence[DeadLetter]:
        """Return the jobs that were given up, newest first."""
        return await store.dead_letters(tx, limit)

    async def replay(self, tx: AsyncConnection, job_id: str) -> bool:
        """Give a dead letter a fresh set of attempts."""
        self.wake()
        return await store.revive(tx, job_id, now=self._now())

    def wake(self) -> None:
        """Look for due jobs as soon as the transactions under way are through.

        It may be called before the caller's transaction is committed: claiming is a write transaction too,
        and waits in the writers' queue until that one is.
        """
        self._wake.set()

    def stop(self) -> None:
        """Ask `run` to take no further job and to return when the started ones are done."""
        self._stopping = True
        self._wake.set()

    async def recover(self) -> int:
        """Take back what dead processes held and write down the schedules; return how many jobs came back.

        Every lease of another owner is void at once, without waiting for its end: only one process at a time
        can have the file open.
        """
        async with self._database.write() as tx:
            freed = await store.free_others(tx, owner=self.owner)
            for one in self._periodic:
                every_ms = one.interval // timedelta(milliseconds=1)
                await store.upsert_schedule(
                    tx,
                    name=one.name,
                    kind=one.kind,
                    revision=one.revision,
                    lane=one.lane,
                    every_ms=every_ms,
                    first_at=self._now() + every_ms,
                )
        if freed:
            _log.warning("took back %d jobs that a process left unfinished", freed)
        return freed

    async def run(self) -> None:
        """Work until `stop` is called, then let started jobs finish."""
        await self.recover()
        heart = asyncio.create_task(self._beat())
        try:
            while not self._stopping:
                self._wake.clear()
                await self._sleep(await self._start_due())
            while self._running:
                await asyncio.wait([task for _, task in self._running.values()])
        finally:
            heart.cancel()
            await asyncio.gather(heart, return_exceptions=True)
            self._stopping = False

    async def drain(self) -> int:
        """Do everything that is due now, and what that makes due, and return how many jobs ran."""
        count = 0
        await self.recover()
        while True:
            claimed, _ = await self._claim()
            if not claimed:
                return count
            count += len(claimed)
            for job in claimed:
                self._start(job)
            while self._running:
                await asyncio.wait([task for _, task in self._running.values()])

    async def sweep(self) -> None:
        """Extend this process's leases, stop work whose lease was lost, give back leases that ran out."""
        mine = list(self._running.values())
        until = self._now() + self._lease_ms
        async with self._database.write() as tx:
            held = await store.extend(tx, [job for job, _ in mine], owner=self.owner, until=until)
            freed = await store.free_lost(tx, now=self._now())
        for job, task in mine:
            if held.get(job.id) != job.lease.fence and not task.done():
                task.cancel("the job's lease was lost")
        if freed:
            self.wake()

    def _now(self) -> int:
        return to_millis(self._clock.now())

    @property
    def _lease_ms(self) -> int:
        return self._lease // timedelta(milliseconds=1)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(self._lease.total_seconds() / _BEATS_PER_LEASE)
            try:
                await self.sweep()
            except Exception:
                _log.exception("the sweep of leases failed; trying again at the next beat")

    async def _start_due(self) -> int | None:
        """Start what is due; return when to look again: the next due time, at once when there may be more."""
        try:
            claimed, next_due = await self._claim()
        except Exception:
            _log.exception("due jobs cannot be claimed; trying again in %s", _CLAIM_AGAIN)
            return self._now() + _CLAIM_AGAIN // timedelta(milliseconds=1)
        for job in claimed:
            self._start(job)
        return self._now() if claimed else next_due

    async def _sleep(self, next_due: int | None) -> None:
        if self._stopping:
            return
        seconds = _LONGEST_SLEEP_SECONDS
        if next_due is not None:
            seconds = min(seconds, max(0.0, (next_due - self._now()) / 1000))
        try:
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        except TimeoutError:
            return

    async def _claim(self) -> tuple[list[Job], int | None]:
        """Claim what is due and fits the budgets; also say when something is due next."""
        in_use = dict.fromkeys(LANES, 0)
        for job, _ in self._running.values():
            in_use[job.lane] += 1
        now, claimed, next_due = self._now(), list[Job](), list[int]()
        async with self._database.write() as tx:
            await self._take_turns(tx, now)
            for lane in LANES:
                free = self._budgets.get(lane, 1) - in_use[lane]
                if free > 0:
                    until = now + self._lease_ms
                    claimed += await store.claim(tx, owner=self.owner, lane=lane, most=free, now=now, until=until)
                    next_due += [at] if (at := await store.next_due(tx, lane)) is not None else []
            next_due += [at] if (at := await store.next_turn(tx)) is not None else []
        return claimed, min(next_due, default=None)

    async def _take_turns(self, tx: AsyncConnection, now: int) -> None:
        for turn in await store.due_schedules(tx, now=now):
            await store.insert_job(
                tx,
                id=uuid.uuid4().hex,
                kind=turn.kind,
                revision=turn.revision,
                args={},
                lane=turn.lane,
                run_at=turn.next_at,
                dedup_key=f"schedule:{turn.name}",
            )
            missed = (now - turn.next_at) // turn.every_ms
            await store.set_next_turn(tx, turn.name, turn.next_at + (missed + 1) * turn.every_ms)

    def _start(self, job: Job) -> None:
        task = asyncio.create_task(self._do(job), name=f"job {job.kind} {job.id}")
        self._running[job.id] = (job, task)
        task.add_done_callback(lambda ended: self._ended(job, ended))

    def _ended(self, job: Job, task: asyncio.Task[None]) -> None:
        self._running.pop(job.id, None)
        self._wake.set()
        if not task.cancelled() and (problem := task.exception()) is not None:
            # The row still says running; nobody extends its lease, and the sweep gives it back.
            _log.error("the end of job %s (%s) could not be written", job.id, job.kind, exc_info=problem)

    async def _do(self, job: Job) -> None:
        work = self._work.get((job.kind, job.revision))
        if work is None:
            await self._bury(job, None, f"no handler for jobs of kind {job.kind!r}, revision {job.revision}")
            return
        if job.attempt > work.backoff.max_attempts:
            await self._bury(job, work, f"given up: {job.attempt - 1} attempts ended with the process")
            return
        try:
            outcome = await work.handler(job)
        except Exception as problem:
            _log.exception("job %s (%s) failed at attempt %d", job.id, job.kind, job.attempt)
            await self._failed(job, work, f"{type(problem).__name__}: {problem}"[:_MAX_REASON])
        else:
            await self._endings.submit(
                _Done(job) if outcome is None else _Back(job, to_millis(outcome.run_at), 0, None)
            )

    async def _failed(self, job: Job, work: Work, reason: str) -> None:
        if job.attempt >= work.backoff.max_attempts:
            await self._bury(job, work, reason)
            return
        run_at = to_millis(self._clock.now() + work.backoff.delay(job.attempt, self._dice))
        await self._endings.submit(_Back(job, run_at, job.attempt, reason))

    async def _bury(self, job: Job, work: Work | None, reason: str) -> None:
        async with self._database.write() as tx:
            if await store.bury(tx, job, reason=reason, at=self._now()) and work is not None and work.on_dead:
                await work.on_dead(tx, job, reason)
        _log.error("job %s (%s) is a dead letter: %s", job.id, job.kind, reason)

    @staticmethod
    async def _write_endings(tx: AsyncConnection, endings: Sequence[_Ending]) -> Sequence[None]:
        done = [e.job for e in endings if isinstance(e, _Done)]
        back = [(e.job, e.run_at, e.attempts, e.reason) for e in endings if isinstance(e, _Back)]
        if done:
            await store.delete_done(tx, done)
        if back:
            await store.put_back(tx, back)
        return [None] * len(endings)
