"""What a job engine promises to the rest of the service. Adapters live beside this file.

A job is a row that is due at an instant. It is enqueued, cancelled and moved inside the caller's
transaction, so that it exists exactly when the change that wanted it does. Its arguments are ids only.
"""

import random
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, Protocol, TypeAlias

from sqlalchemy.ext.asyncio import AsyncConnection

Lane: TypeAlias = Literal["urgent", "publish", "webhook", "bulk"]
LANES: tuple[Lane, ...] = ("urgent", "publish", "webhook", "bulk")

_ID = re.compile(r"[A-Za-z0-9_.:-]{1,80}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """The right to work on a job: valid while the row still carries this owner and this fence.

    `fence` grows by one with each claim, so that work done under an older claim can be told apart.
    """

    owner: str
    fence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A claimed job, as its handler sees it. `attempt` counts claims since the last `Later`, from 1."""

    id: str
    kind: str
    revision: int
    args: Mapping[str, str]
    lane: Lane
    run_at: datetime
    attempt: int
    lease: Lease


@dataclass(frozen=True, slots=True)
class Later:
    """A handler's wish to be called again at `run_at`; no failure, and the attempts start over."""

    run_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """A job that was given up, kept until somebody replays or removes it."""

    id: str
    kind: str
    revision: int
    args: Mapping[str, str]
    lane: Lane
    attempts: int
    reason: str
    died_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Backoff:
    """How long to wait after a failed attempt, and after how many to give up."""

    first: timedelta = timedelta(seconds=5)
    most: timedelta = timedelta(minutes=15)
    max_attempts: int = 8

    def delay(self, attempt: int, dice: random.Random) -> timedelta:
        """Return the wait after failed attempt number `attempt`: doubled each time, half of it by chance."""
        full: timedelta = min(self.first * (1 << min(attempt - 1, 20)), self.most)
        return full / 2 + full / 2 * dice.random()


Handler: TypeAlias = Callable[[Job], Awaitable[Later | None]]
"""Does the work. Returns None when it is done; an exception means another attempt."""

Buried: TypeAlias = Callable[[AsyncConnection, Job, str], Awaitable[None]]
"""Told, in the same transaction, that a job became a dead letter and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """How jobs of one kind and revision are done."""

    handler: Handler
    backoff: Backoff = field(default_factory=Backoff)
    on_dead: Buried | None = None


class Engine(Protocol):
    """Durable jobs with leases, retries, dead letters and schedules."""

    @property
    def owner(self) -> str:
        """The name under which this process holds leases; another one in every process."""
        ...

    def handle(
        self,
        kind: str,
        handler: Handler,
        *,
        revision: int = 1,
        backoff: Backoff = ...,
        on_dead: Buried | None = None,
    ) -> None:
        """Say who does jobs of this kind and revision.

        A release that changes the meaning of a job's arguments takes the next revision and keeps the old
        handler, because jobs may have been enqueued months ago.
        """
        ...

    def every(self, name: str, kind: str, interval: timedelta, *, revision: int = 1, lane: Lane = "bulk") -> None:
        """Enqueue a job of `kind` every `interval`, without drift; missed turns are made up by one."""
        ...

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
        """Add a job in the caller's transaction and return its id.

        While a live job with the same `dedup_key` exists nothing is added and its id is returned.

        Raises:
            ValueError: an argument is not an id, or the lane is unknown.
        """
        ...

    async def cancel(self, tx: AsyncConnection, dedup_key: str) -> bool:
        """Remove the waiting job with this key. False: there is none, or it is already being worked on."""
        ...

    async def reschedule(self, tx: AsyncConnection, dedup_key: str, run_at: datetime) -> bool:
        """Move the waiting job with this key. False: there is none, or it is already being worked on."""
        ...

    async def dead_letters(self, tx: AsyncConnection, *, limit: int = 100) -> Sequence[DeadLetter]:
        """Return the jobs that were given up, newest first."""
        ...

    async def replay(self, tx: AsyncConnection, job_id: str) -> bool:
        """Give a dead letter a fresh set of attempts. False: no such dead letter, or its key lives again."""
        ...

    async def run(self) -> None:
        """Work until `stop` is called, then let started jobs finish."""
        ...

    async def drain(self) -> int:
        """Do everything that is due now and return how many jobs ran; for tests and one-shot commands."""
        ...

    def stop(self) -> None:
        """Ask `run` to take no further job and to return when the started ones are done."""
        ...


def checked_args(args: Mapping[str, str]) -> Mapping[str, str]:
    """Return `args` when each of them is an id: no texts, no tokens, no personal data in job rows.

    Raises:
        ValueError: one is not; the message names it without showing its value.
    """
    for name, value in args.items():
        if not _ID.fullmatch(value):
            raise ValueError(f"job argument {name!r} must be an id of at most 80 letters, digits and _ . : -")
    return args
