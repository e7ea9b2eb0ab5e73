"""What every step of publishing works with: the database, the engine, the connections, the clock, the rules."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from inroad.common.clock import Clock
from inroad.sdk.client import AsyncClient
from inroad.service.database import Database
from inroad.service.engine.port import Engine, Lane
from inroad.service.publishing import quota, store
from inroad.service.publishing.effects import Policy
from inroad.service.publishing.media import MediaStore
from inroad.service.publishing.model import Post
from inroad.service.publishing.ports import Author, Connections
from inroad.service.publishing.store import Detail, Evidence

PREPARE = "publish.prepare"
FIRE = "publish.fire"
READ_BACK = "publish.read_back"
TIDY = "publish.tidy"

Key = TypeVar("Key")
Found = TypeVar("Found")


class SingleFlight(Generic[Key, Found]):
    """Answer callers that ask for the same thing at the same time with one look-up."""

    def __init__(self, look_up: Callable[[Key], Awaitable[Found]]) -> None:
        self._look_up = look_up
        self._flying: dict[Key, asyncio.Task[Found]] = {}

    async def get(self, key: Key) -> Found:
        """Return what the look-up returns, or raise what it raises."""
        task = self._flying.get(key)
        if task is None:
            task = asyncio.ensure_future(self._look_up_once(key))
            self._flying[key] = task
            task.add_done_callback(lambda _: self._flying.pop(key, None))
        return await asyncio.shield(task)

    async def _look_up_once(self, key: Key) -> Found:
        return await self._look_up(key)


@dataclass(slots=True, kw_only=True)
class Desk:
    """The tools of the trade, handed to every step."""

    db: Database
    engine: Engine
    connections: Connections
    clock: Clock
    media: MediaStore
    lead_time: timedelta = timedelta(minutes=5)
    policy: Policy = field(default_factory=Policy)
    dice: random.Random = field(default_factory=random.Random)
    _clients: SingleFlight[str, AsyncClient] = field(init=False)

    def __post_init__(self) -> None:
        self._clients = SingleFlight(self.connections.client_for)

    def now(self) -> datetime:
        """Return the present instant."""
        return self.clock.now()

    async def client_for(self, author: Author) -> AsyncClient:
        """Return a client for the author's connection.

        Raises:
            LinkError: the grant is over.
        """
        return await self._clients.get(author.connection_id)

    async def note(
        self,
        tx: AsyncConnection,
        post_id: str,
        step: str,
        *,
        effect_id: str | None = None,
        **detail: str | int | bool | None,
    ) -> None:
        """Add a line to a post's timeline."""
        facts: Detail = detail
        line = Evidence(at=self.now(), step=step, detail=facts, effect_id=effect_id)
        await store.add_evidence(tx, [(post_id, line)])

    async def may_call(self, author: Author, endpoint: str, *, priority: quota.Priority = "publish") -> bool:
        """Reserve a call that is no effect; False when the day's calls are used up."""
        async with self.db.write() as tx:
            (room,) = await quota.reserve(tx, [quota.call_of(author, endpoint)], now=self.now(), priority=priority)
        return room

    async def enqueue_prepare(self, tx: AsyncConnection, post: Post) -> None:
        """Have a post prepared some time before it is due; at once when that is over."""
        now, run_at, post_id = self.now(), post.due_at - self.lead_time, post.id
        lane: Lane = "urgent" if run_at <= now else "bulk"
        await self.engine.enqueue(
            tx, PREPARE, {"post_id": post_id}, run_at=max(run_at, now), dedup_key=prepare_key(post_id), lane=lane
        )

    async def enqueue_fire(self, tx: AsyncConnection, post_id: str, *, run_at: datetime) -> None:
        """Have a prepared post sent at that time; at once when it is over."""
        await self.engine.enqueue(
            tx,
            FIRE,
            {"post_id": post_id},
            run_at=max(run_at, self.now()),
            dedup_key=fire_key(post_id),
            lane="publish",
        )


def prepare_key(post_id: str) -> str:
    """Return the key of a post's preparing job."""
    return f"prepare:{post_id}"


def fire_key(post_id: str) -> str:
    """Return the key of a post's sending job."""
    return f"fire:{post_id}"
