"""The engine's jobs of publishing, and what keeps any post from being forgotten."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from inroad.service.engine.port import Backoff, Job
from inroad.service.errors import InvalidInput
from inroad.service.publishing import store
from inroad.service.publishing.desk import FIRE, PREPARE, READ_BACK, TIDY, Desk, prepare_key
from inroad.service.publishing.effects import Verdict
from inroad.service.publishing.fire import Fire
from inroad.service.publishing.outbox import Outbox
from inroad.service.publishing.prepare import Prepare
from inroad.service.publishing.proof import ReadBack
from inroad.service.publishing.walltime import resolve

_TIDY_EVERY = timedelta(seconds=30)
_PATIENT = Backoff(first=timedelta(seconds=2), most=timedelta(minutes=5), max_attempts=12)


class Upkeep:
    """Registers the jobs, and picks up what was left behind."""

    def __init__(self, desk: Desk, outbox: Outbox) -> None:
        self._desk = desk
        self._outbox = outbox

    def register_jobs(self) -> None:
        """Tell the engine who does which job."""
        desk, engine = self._desk, self._desk.engine
        prepare, fire = Prepare(desk, self._outbox), Fire(desk, self._outbox)
        read_back = ReadBack(desk, self._outbox)
        engine.handle(PREPARE, prepare.run, backoff=_PATIENT, on_dead=prepare.given_up)
        engine.handle(FIRE, fire.run, backoff=_PATIENT, on_dead=fire.given_up)
        engine.handle(READ_BACK, read_back.run, backoff=_PATIENT, on_dead=read_back.given_up)
        engine.handle(TIDY, self._tidy)
        engine.every(TIDY, TIDY, _TIDY_EVERY, lane="urgent")

    async def recover(self) -> int:
        """Pick up what a dead process left behind, before the engine starts; return how many sends are in doubt."""
        async with self._desk.db.write() as tx:
            left = await store.abandoned(tx, owner=self._desk.engine.owner)
            for effect in left:
                why = "the process that sent it ended before the answer came"
                unseen = effect.kind == "image"  # starting an upload twice harms nobody
                await self._outbox.move(tx, effect, Verdict(state="intent" if unseen else "unknown", why=why))
            await self._follow_zone_rules(tx)
            await self._adopt_idle(tx)
        return len(left)

    async def _tidy(self, _: Job) -> None:
        async with self._desk.db.write() as tx:
            await self._adopt_idle(tx)

    async def _adopt_idle(self, tx: AsyncConnection) -> None:
        """Give every unfinished post a job, should one have none: nothing is forgotten in silence."""
        for post in await store.idle_posts(tx, ("scheduled", "preparing")):
            await self._desk.enqueue_prepare(tx, post)
        for post in await store.idle_posts(tx, ("prepared", "sending", "verifying")):
            await self._desk.enqueue_fire(tx, post.id, run_at=post.due_at)

    async def _follow_zone_rules(self, tx: AsyncConnection) -> None:
        """Work out planned instants again: a country may have changed its clocks since they were planned."""
        desk = self._desk
        for post in await store.planned_posts(tx, after=desk.now()):
            if post.wall_time is None:
                continue
            try:
                due_at = resolve(post.wall_time, post.zone, fold=1 if post.fold else 0).instant
            except InvalidInput:
                continue  # the time fell into a new gap: it keeps its instant
            if due_at != post.due_at:
                await store.plan_post(
                    tx, post.id, wall_time=post.wall_time, zone=post.zone, fold=post.fold, due_at=due_at
                )
                await desk.engine.reschedule(tx, prepare_key(post.id), due_at - desk.lead_time)
                why = f"the clock rules of {post.zone} changed"
                await desk.note(tx, post.id, "rescheduled", why=why, due_at=due_at.isoformat())
