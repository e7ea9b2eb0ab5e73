"""The second job of a post: at its time, send it once and find out what became of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from inroad.sdk.client import AsyncClient
from inroad.sdk.errors import BadRequest, Error, Forbidden, Unauthorized
from inroad.service.engine.group import Grouped
from inroad.service.engine.port import Job, Later
from inroad.service.errors import LinkError
from inroad.service.publishing import evidence, quota, store
from inroad.service.publishing.desk import Desk
from inroad.service.publishing.effects import (
    Absent,
    Effect,
    EffectState,
    Look,
    Resend,
    Review,
    Sighting,
    Verdict,
    Wait,
    could_be_ours,
    find_ours,
    judge_failure,
    next_step,
)
from inroad.service.publishing.model import Post, may_read
from inroad.service.publishing.outbox import Barred, Confirmation, NoRoom, Opening, Outbox
from inroad.service.publishing.ports import Author

_PAUSE_POLL = timedelta(seconds=15)
_ASK_AGAIN = timedelta(seconds=10)
_LONG_AGO = timedelta(days=1)


class Fire:
    """Sends prepared posts; the engine calls `run` for jobs of kind `publish.fire`."""

    def __init__(self, desk: Desk, outbox: Outbox) -> None:
        self._desk = desk
        self._outbox = outbox
        self._loads: Grouped[str, tuple[Effect, Post, Author | None] | None] = Grouped(
            desk.db, self._load, begin=desk.db.read
        )

    async def run(self, job: Job) -> Later | None:
        """Bring a post one step nearer to a settled outcome."""
        found = await self._loads.submit(job.args["post_id"])
        if found is None:
            return None
        effect, post, author = found
        if author is None:
            raise LookupError(f"the author of post {post.id} is gone")
        if effect.state == "intent" and post.state == "prepared":
            if post.due_at > self._desk.now():
                return Later(post.due_at)
            return await self._send(job, effect, author)
        if effect.state == "sent":
            doubted = await self.doubt(effect, "the process that sent it ended before the answer came")
            return await self._find_out(job, doubted, author)
        if effect.state == "unknown":
            return await self._find_out(job, effect, author)
        return None

    async def given_up(self, tx: AsyncConnection, job: Job, reason: str) -> None:
        """Leave no post behind in silence when its job became a dead letter."""
        for effect, _ in await store.post_effects(tx, [job.args["post_id"]]):
            why = f"the work on it failed again and again: {reason}"
            if effect.state == "intent":
                await self._outbox.move(tx, effect, Verdict(state="rejected", why=why))
            elif effect.state in ("sent", "unknown"):
                await self._outbox.move(tx, effect, Verdict(state="needs_review", why=why))

    async def doubt(self, effect: Effect, why: str) -> Effect:
        """Move an effect that a dead process left in `sent` to `unknown`, and return it so."""
        async with self._desk.db.write() as tx:
            await self._outbox.move(tx, effect, Verdict(state="unknown", why=why))
        return replace(effect, state="unknown", doubt_since=effect.doubt_since or effect.sent_at)

    async def _load(
        self, tx: AsyncConnection, post_ids: Sequence[str]
    ) -> Sequence[tuple[Effect, Post, Author | None] | None]:
        found = {post.id: (effect, post) for effect, post in await store.post_effects(tx, post_ids)}
        authors = {
            author_id: await self._desk.connections.author(tx, author_id)
            for author_id in {post.author_id for _, post in found.values()}
        }
        return [(*found[id], authors[found[id][1].author_id]) if id in found else None for id in post_ids]

    async def _send(self, job: Job, effect: Effect, author: Author) -> Later | None:
        desk, outbox = self._desk, self._outbox
        if effect.body is None:
            raise LookupError(f"effect {effect.id} was never given a body")
        call = quota.call_of(author, quota.CREATE_POST)
        try:
            client = await desk.client_for(author)
        except LinkError as problem:
            state: EffectState = "needs_review" if effect.is_in_doubt else "rejected"
            return await outbox.conclude(effect, Verdict(state=state, why=str(problem)), call)
        opened = await outbox.open(Opening(job=job, effect=effect, call=call))
        if isinstance(opened, NoRoom):
            return Later(opened.until)
        if isinstance(opened, Barred):
            return await self._why_barred(effect)
        try:
            created = await client.posts.send(effect.body)
        except Exception as problem:
            return await self._failed(client, opened, author, problem, call)
        return await self._confirmed(
            Confirmation(
                effect=opened,
                author=author,
                urn=created.urn,
                request_id=created.request_id,
                how="answer",
                detail={"attempt": opened.attempts},
            )
        )

    async def _why_barred(self, effect: Effect) -> Later | None:
        """Return when to try again; None when the post is not to be sent by this job any more."""
        async with self._desk.db.read() as tx:
            paused = await store.paused_since(tx, effect.workspace_id)
            found = await store.post_effects(tx, [effect.post_id])
        if not found or found[0][0].state not in ("intent", "unknown"):
            return None
        if found[0][1].state not in ("prepared", "verifying"):
            return None
        return Later(self._desk.now() + (_PAUSE_POLL if paused else timedelta(seconds=1)))

    async def _failed(
        self, client: AsyncClient, effect: Effect, author: Author, problem: Exception, call: quota.Call
    ) -> Later | None:
        desk = self._desk
        now = desk.now()
        verdict = judge_failure(
            problem,
            effect,
            now=now,
            granted_at=author.issued_at or now - _LONG_AGO,
            policy=desk.policy,
            jitter=desk.dice.random(),
        )
        if verdict.named:
            return await self._check_named(client, effect, author, verdict, call)
        return await self._outbox.conclude(effect, verdict, call)

    async def _check_named(
        self, client: AsyncClient, effect: Effect, author: Author, verdict: Verdict, call: quota.Call
    ) -> Later | None:
        """Decide whether the post that LinkedIn names as the original of our resend is ours."""
        desk, outbox, urn = self._desk, self._outbox, verdict.urn
        if urn is None:
            why = f"LinkedIn says that the post exists, but not where: {verdict.why}"
            return await outbox.conclude(effect, Verdict(state="needs_review", why=why), call)
        async with desk.db.read() as tx:
            holder = await store.holder_of(tx, str(urn))
        if holder is not None and holder != effect.id:
            why = f"LinkedIn refused it as a duplicate of {urn}, another post of this service"
            return await outbox.conclude(effect, Verdict(state="rejected", why=why), call)
        verified = await self._verify(client, effect, author, urn=str(urn))
        if verified == "missing":
            why = f"LinkedIn names {urn} as the same post, but there is no such post"
            return await outbox.conclude(effect, Verdict(state="unknown", why=why, retry_at=desk.now()), call)
        if verified == "differs":
            why = f"LinkedIn names {urn} as the same post, but that one says something else"
            return await outbox.conclude(effect, Verdict(state="needs_review", why=why), call)
        asked_at = effect.sent_at or desk.now()
        since = effect.doubt_since or asked_at
        if not could_be_ours(urn, doubt_since=since, asked_at=asked_at, was_read=verified == "equal"):
            why = f"LinkedIn says that the post exists, and names {urn}, which is not from the time of our send"
            return await outbox.conclude(effect, Verdict(state="needs_review", why=why), call)
        return await self._confirmed(
            Confirmation(
                effect=effect,
                author=author,
                urn=urn,
                request_id=verdict.request_id,
                how="duplicate",
                detail={"attempt": effect.attempts, "read": verified == "equal"},
            )
        )

    async def _verify(
        self, client: AsyncClient, effect: Effect, author: Author, *, urn: str
    ) -> evidence.Comparison | None:
        """Return what reading the named post shows; None when it cannot be read."""
        if not may_read(author) or not await self._desk.may_call(author, quota.GET_POST):
            return None
        try:
            return evidence.compare(await evidence.read_post(client, urn), evidence.sent_by(effect))
        except Error:
            return None

    async def _confirmed(self, confirmation: Confirmation) -> Later | None:
        try:
            await self._outbox.confirm(confirmation)
        except IntegrityError:
            effect, urn = confirmation.effect, confirmation.urn
            why = f"LinkedIn answered with {urn}, which is another post of this service already"
            async with self._desk.db.write() as tx:
                await self._outbox.move(tx, effect, Verdict(state="needs_review", why=why))
        return None

    async def _find_out(self, job: Job, effect: Effect, author: Author) -> Later | None:
        """Take the next step toward knowing whether a send whose answer was lost made a post."""
        desk = self._desk
        step = next_step(effect, can_list=may_read(author), now=desk.now(), policy=desk.policy)
        if isinstance(step, Look):
            return await self._look(job, effect, author)
        return await self._take(step, job, effect, author)

    async def _take(
        self, step: Wait | Look | Resend | Absent | Review, job: Job, effect: Effect, author: Author
    ) -> Later | None:
        desk = self._desk
        if isinstance(step, Wait):
            return Later(step.until)
        if isinstance(step, Resend):
            return await self._send(job, effect, author)
        if isinstance(step, Review):
            async with desk.db.write() as tx:
                await self._outbox.move(tx, effect, Verdict(state="needs_review", why=step.why))
            return None
        why = f"{effect.looks} looks at the author's posts did not show it: it was not published"
        async with desk.db.write() as tx:
            await self._outbox.move(tx, effect, Verdict(state="intent", why=why, retry_at=desk.now(), step="absent"))
        return Later(desk.now())

    async def _look(self, job: Job, effect: Effect, author: Author) -> Later | None:
        desk = self._desk
        now, since = desk.now(), effect.doubt_since or desk.now()
        if not await desk.may_call(author, quota.LIST_POSTS):
            return Later(quota.next_day(now))
        try:
            client = await desk.client_for(author)
            seen = await evidence.list_since(client, author, since)
        except (LinkError, Unauthorized) as problem:
            return await self._take(Review(f"the connection ended before it was known: {problem}"), job, effect, author)
        except (Forbidden, BadRequest) as problem:
            async with desk.db.write() as tx:
                await desk.note(tx, effect.post_id, "not_listed", effect_id=effect.id, why=str(problem))
            step = next_step(effect, can_list=False, now=now, policy=desk.policy)
            return await self._take(step, job, effect, author)
        except Error:
            return Later(now + _ASK_AGAIN)
        return await self._judge_listing(job, effect, author, seen)

    async def _judge_listing(self, job: Job, effect: Effect, author: Author, seen: Sequence[Sighting]) -> Later | None:
        desk, sent = self._desk, evidence.sent_by(effect)
        async with desk.db.write() as tx:
            taken = await store.taken_urns(tx, [str(s.urn) for s in seen], except_effect=effect.id)
            ours = find_ours(
                seen,
                author=sent.author,
                text=sent.text,
                media=sent.media,
                sent_at=effect.doubt_since or desk.now(),
                now=desk.now(),
                taken=taken,
            )
            if ours is None:
                await store.count_look(tx, effect.id)
                await desk.note(tx, effect.post_id, "looked", effect_id=effect.id, posts=len(seen), found=False)
        if ours is None:
            return await self._find_out(job, replace(effect, looks=effect.looks + 1), author)
        return await self._confirmed(
            Confirmation(
                effect=effect,
                author=author,
                urn=ours.urn,
                request_id=None,
                how="listing",
                detail={"attempt": effect.attempts, "posts": len(seen)},
            )
        )
