"""Mark effects as sent before any byte leaves, and write down what came of it; many of them in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from inroad.common.urn import Urn
from inroad.service.engine.group import Grouped
from inroad.service.engine.port import Job, Later
from inroad.service.publishing import quota, store
from inroad.service.publishing.desk import READ_BACK, Desk
from inroad.service.publishing.effects import PUT_OFF, Effect, EffectState, Verdict
from inroad.service.publishing.model import Proof, State, may_read
from inroad.service.publishing.ports import Author
from inroad.service.publishing.store import Detail, Evidence, Send


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The wish to send an effect under a job's lease, with the call that it costs."""

    job: Job
    effect: Effect
    call: quota.Call


@dataclass(frozen=True, slots=True)
class NoRoom:
    """The day's calls are used up; try at `until`."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Barred:
    """The effect may not be sent now: cancelled, paused, moved on by somebody else, or the lease was lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """What an effect made, and how we know."""

    effect: Effect
    author: Author
    urn: Urn
    request_id: str | None
    how: str
    detail: Detail


_CONFIRM_LINGER_SECONDS = 0.005  # under load, answers that come together are written together

_STEPS: dict[EffectState, str] = {
    "intent": PUT_OFF,
    "unknown": "answer_lost",
    "rejected": "refused",
    "needs_review": "needs_review",
}
_POST_STATES: dict[EffectState, State] = {
    "intent": "prepared",
    "unknown": "verifying",
    "rejected": "failed",
    "needs_review": "needs_review",
}


class Outbox:
    """Where sending begins and ends."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._openings: Grouped[Opening, Effect | NoRoom | Barred] = Grouped(desk.db, self._open)
        self._confirmations: Grouped[Confirmation, None] = Grouped(
            desk.db, self._confirm, linger_seconds=_CONFIRM_LINGER_SECONDS
        )

    async def open(self, opening: Opening) -> Effect | NoRoom | Barred:
        """Reserve the call and mark the effect as sent; when this returns an effect, that is committed."""
        return await self._openings.submit(opening)

    async def confirm(self, confirmation: Confirmation) -> None:
        """Write down what an effect made, and for posts that they are published.

        Raises:
            IntegrityError: the URN is the result of another effect.
        """
        await self._confirmations.submit(confirmation)

    async def conclude(self, effect: Effect, verdict: Verdict, call: quota.Call) -> Later | None:
        """Write down that a send came to nothing, for now or for good; return when to go on."""
        desk = self._desk
        async with desk.db.write() as tx:
            if verdict.refund and effect.sent_at is not None:
                await quota.refund(tx, call, reserved_at=effect.sent_at)
            if verdict.day_limit:
                await quota.learn(tx, call, level=verdict.level, now=desk.now())
            await self.move(tx, effect, verdict)
        return None if verdict.retry_at is None else Later(verdict.retry_at)

    async def move(self, tx: AsyncConnection, effect: Effect, verdict: Verdict) -> bool:
        """Move an effect and its post as the verdict says; False when somebody else moved it meanwhile."""
        desk = self._desk
        await desk.note(
            tx,
            effect.post_id,
            verdict.step or _STEPS[verdict.state],
            effect_id=effect.id,
            why=verdict.why,
            until=None if verdict.retry_at is None else verdict.retry_at.isoformat(),
            request_id=verdict.request_id,
        )
        moved = await store.settle(
            tx,
            effect,
            verdict.state,
            at=desk.now(),
            request_id=verdict.request_id,
            backed_off=verdict.step == PUT_OFF,
            uncounted=verdict.step == PUT_OFF,
        )
        if moved and effect.kind == "post":
            await store.move_post(
                tx,
                effect.post_id,
                expected=("prepared", "sending", "verifying", "published"),
                to=_POST_STATES[verdict.state],
                reason=verdict.why,
            )
        elif moved and verdict.state == "rejected":  # of a picture
            await store.move_post(
                tx, effect.post_id, expected=("preparing",), to="failed", reason=f"a picture was refused: {verdict.why}"
            )
        return moved

    async def _open(self, tx: AsyncConnection, openings: Sequence[Opening]) -> Sequence[Effect | NoRoom | Barred]:
        desk = self._desk
        now = desk.now()
        rooms = await quota.reserve(tx, [o.call for o in openings], now=now)
        sends = [
            Send(effect_id=o.effect.id, job_id=o.job.id, lease=o.job.lease)
            for o, room in zip(openings, rooms, strict=True)
            if room
        ]
        marked = await store.mark_sent(tx, sends, now=now) if sends else {}
        answers: list[Effect | NoRoom | Barred] = []
        lines: list[tuple[str, Evidence]] = []
        for opening, room in zip(openings, rooms, strict=True):
            effect = marked.get(opening.effect.id)
            if effect is not None:
                answers.append(effect)
                lines.append((effect.post_id, _sent(effect, now)))
            elif room:
                await quota.refund(tx, opening.call, reserved_at=now)
                answers.append(Barred())
            else:
                until = quota.next_day(now) + desk.policy.day_jitter * desk.dice.random()
                answers.append(NoRoom(until))
                lines.append((opening.effect.post_id, _parked(opening.effect, now, until)))
        if lines:
            await store.add_evidence(tx, lines)
        return answers

    async def _confirm(self, tx: AsyncConnection, batch: Sequence[Confirmation]) -> Sequence[None]:
        desk = self._desk
        now = desk.now()
        await store.confirm(tx, [(c.effect.id, str(c.urn), c.request_id) for c in batch], at=now)
        lines: list[tuple[str, Evidence]] = []
        published: list[tuple[str, str, Proof]] = []
        for c in batch:
            detail = {"urn": str(c.urn), "request_id": c.request_id, "how": c.how, **c.detail}
            step = "confirmed" if c.effect.kind == "post" else "uploaded"
            lines.append((c.effect.post_id, Evidence(at=now, step=step, detail=detail, effect_id=c.effect.id)))
            if c.effect.kind != "post":
                continue
            readable = may_read(c.author)
            published.append((c.effect.post_id, str(c.urn), "pending" if readable else "unreadable"))
            if readable:
                await enqueue_read_back(desk, tx, c.effect.post_id)
            else:
                lines.append((c.effect.post_id, _unreadable(c.author, now)))
        if published:
            await store.publish_posts(tx, published, at=now)
        await store.add_evidence(tx, lines)
        return [None] * len(batch)


async def enqueue_read_back(desk: Desk, tx: AsyncConnection, post_id: str) -> None:
    """Have a published post read back and compared."""
    await desk.engine.enqueue(
        tx, READ_BACK, {"post_id": post_id}, run_at=desk.now(), dedup_key=f"read:{post_id}", lane="bulk"
    )


def _sent(effect: Effect, now: datetime) -> Evidence:
    detail: Detail = {
        "attempt": effect.attempts,
        "sha256": effect.body_sha256,
        "bytes": None if effect.body is None else len(effect.body),
        "resend": effect.is_in_doubt,
    }
    step = "sent" if effect.kind == "post" else "upload_started"
    return Evidence(at=now, step=step, detail=detail, effect_id=effect.id)


def _parked(effect: Effect, now: datetime, until: datetime) -> Evidence:
    why = "the calls that LinkedIn allows per day are used up"
    return Evidence(at=now, step=PUT_OFF, detail={"why": why, "until": until.isoformat()}, effect_id=effect.id)


def _unreadable(author: Author, now: datetime) -> Evidence:
    scope = "r_member_social" if author.kind == "member" else "r_organization_social"
    why = f"the connection has no {scope}, so the post cannot be read back"
    return Evidence(at=now, step="not_read_back", detail={"why": why})
