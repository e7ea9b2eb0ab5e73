"""The first job of a post: ahead of its time, upload its pictures and freeze the bytes that will be sent.

Starting an upload twice is harmless: the first one's address is left unused. So a picture whose upload broke off
is simply begun again, while finished ones are kept.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from inroad.common.urn import Urn
from inroad.sdk.client import AsyncClient
from inroad.sdk.errors import ApiError, Error, Forbidden, InvalidArgument, RateLimited, TransportError, Unauthorized
from inroad.sdk.resources.posts import PostImage, pictures, render
from inroad.sdk.text import escape
from inroad.service.engine.group import Grouped
from inroad.service.engine.port import Job, Later
from inroad.service.errors import LinkError
from inroad.service.publishing import quota, store
from inroad.service.publishing.desk import Desk
from inroad.service.publishing.effects import PUT_OFF, Effect, Verdict, judge_failure
from inroad.service.publishing.model import Attachment, Finding, Post, author_findings, digest
from inroad.service.publishing.outbox import Barred, Confirmation, NoRoom, Opening, Outbox
from inroad.service.publishing.ports import Author

_RECONNECT_POLL = timedelta(minutes=1)
_PAUSE_POLL = timedelta(seconds=15)
_FIRST_POLL = timedelta(seconds=1)
_LONGEST_POLL = timedelta(seconds=15)
_PROCESSING_LIMIT = timedelta(minutes=30)

UNREADABLE_GRACE = timedelta(seconds=5)
"""How long a picture is given when its state cannot be read; a create that comes too early is put off and repeated.

Source: "Images API" says that w_member_social may not read a picture's state; in October 2026 it could.
"""

_UPLOAD_RETRIES = 8


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A post with what it takes to prepare it."""

    post: Post
    author: Author
    attached: Sequence[Attachment]


class Prepare:
    """Prepares posts; the engine calls `run` for jobs of kind `publish.prepare`."""

    def __init__(self, desk: Desk, outbox: Outbox) -> None:
        self._desk = desk
        self._outbox = outbox
        self._loads: Grouped[str, _Loaded | None] = Grouped(desk.db, self._load, begin=desk.db.read)
        self._beginnings: Grouped[tuple[Post, int], bool] = Grouped(desk.db, self._begin)
        self._freezings: Grouped[_Loaded, None] = Grouped(desk.db, self._freeze)

    async def run(self, job: Job) -> Later | None:
        """Bring a post one step nearer to being prepared."""
        desk = self._desk
        found = await self._loads.submit(job.args["post_id"])
        if found is None or found.post.state not in ("scheduled", "preparing"):
            return None
        post, author = found.post, found.author
        obstacles = _obstacles(author, post, desk.now())
        if obstacles:
            return await self._wait_for_person(post, obstacles[0])
        if not await self._beginnings.submit((post, len(found.attached))):
            return None
        try:
            client = await desk.client_for(author)
        except LinkError as problem:
            await self._fail(post, str(problem))
            return None
        return await self._upload_all(job, client, found)

    async def given_up(self, tx: AsyncConnection, job: Job, reason: str) -> None:
        """Leave no post behind in silence when its job became a dead letter."""
        why = f"it could not be prepared: {reason}"
        if await store.move_post(tx, job.args["post_id"], expected=("scheduled", "preparing"), to="failed", reason=why):
            await self._desk.note(tx, job.args["post_id"], "failed", why=why)

    async def _load(self, tx: AsyncConnection, post_ids: Sequence[str]) -> Sequence[_Loaded | None]:
        attached = await store.attachments(tx, post_ids)
        loaded: list[_Loaded | None] = []
        for post_id in post_ids:
            post = await store.post(tx, post_id)
            author = None if post is None else await self._desk.connections.author(tx, post.author_id)
            loaded.append(None if post is None or author is None else _Loaded(post, author, attached[post_id]))
        return loaded

    async def _begin(self, tx: AsyncConnection, posts: Sequence[tuple[Post, int]]) -> Sequence[bool]:
        return [await self._begin_one(tx, post, pictures_count) for post, pictures_count in posts]

    async def _begin_one(self, tx: AsyncConnection, post: Post, pictures_count: int) -> bool:
        if post.state == "scheduled":
            if not await store.move_post(tx, post.id, expected=("scheduled",), to="preparing"):
                return False
            await self._desk.note(tx, post.id, "preparing", pictures=pictures_count)
        wanted = [("image", position) for position in range(pictures_count)] + [("post", 0)]
        await store.add_effects(
            tx,
            [
                {
                    "id": uuid.uuid4().hex,
                    "workspace_id": post.workspace_id,
                    "post_id": post.id,
                    "kind": kind,
                    "position": position,
                }
                for kind, position in wanted
            ],
        )
        return True

    async def _upload_all(self, job: Job, client: AsyncClient, found: _Loaded) -> Later | None:
        post, author, attached = found.post, found.author, found.attached
        for position, attachment in enumerate(attached):
            effect = await self._effect(post, position)
            if effect.state == "sent":
                effect = await self._restart(effect)
            if effect.state == "intent":
                outcome = await self._upload(job, client, author, effect, attachment)
                if not isinstance(outcome, Confirmation):
                    return outcome
            elif effect.state != "confirmed":
                return None
        for position, attachment in enumerate(attached):
            effect = await self._effect(post, position)
            if effect.available_at is None:
                wait = await self._ask_state(client, author, post, effect, attachment)
                if wait is not None:
                    return wait if isinstance(wait, Later) else None
        await self._freezings.submit(found)
        return None

    async def _effect(self, post: Post, position: int) -> Effect:
        async with self._desk.db.read() as tx:
            effects = await store.effects_of(tx, post.id)
        return next(e for e in effects if e.kind == "image" and e.position == position)

    async def _restart(self, effect: Effect) -> Effect:
        """Take an upload that broke off from its beginning."""
        why = "the upload broke off; it starts again"
        async with self._desk.db.write() as tx:
            await self._outbox.move(tx, effect, Verdict(state="intent", why=why))
            effects = await store.effects_of(tx, effect.post_id)
        return next(e for e in effects if e.id == effect.id)

    async def _upload(
        self, job: Job, client: AsyncClient, author: Author, effect: Effect, attachment: Attachment
    ) -> Confirmation | Later | None:
        call = quota.call_of(author, quota.START_UPLOAD)
        opened = await self._outbox.open(Opening(job=job, effect=effect, call=call))
        if isinstance(opened, NoRoom):
            return Later(opened.until)
        if isinstance(opened, Barred):
            return await self._why_barred(effect)
        media = attachment.media
        try:
            upload = await client.images.initialize_upload(author.urn)
            await client.images.put(upload, self._desk.media.path(media.sha256), content_type=media.content_type)
        except Error as problem:
            return await self._upload_failed(opened, author, problem, call)
        confirmation = Confirmation(
            effect=opened,
            author=author,
            urn=upload.urn,
            request_id=None,
            how="answer",
            detail={"name": media.name, "sha256": media.sha256, "bytes": media.size},
        )
        await self._outbox.confirm(confirmation)
        return confirmation

    async def _upload_failed(self, effect: Effect, author: Author, problem: Error, call: quota.Call) -> Later | None:
        desk = self._desk
        now = desk.now()
        verdict = judge_failure(
            problem,
            effect,
            now=now,
            granted_at=author.issued_at or now - timedelta(days=1),
            policy=desk.policy,
            jitter=desk.dice.random(),
        )
        if verdict.state == "unknown":  # nobody sees an upload that was started twice
            if effect.backoffs >= _UPLOAD_RETRIES:
                verdict = Verdict(state="rejected", why=verdict.why)
            else:
                wait: timedelta = min(_FIRST_POLL * (1 << effect.backoffs), timedelta(minutes=2))
                verdict = Verdict(state="intent", why=verdict.why, retry_at=now + wait, step=PUT_OFF)
        return await self._outbox.conclude(effect, verdict, call)

    async def _why_barred(self, effect: Effect) -> Later | None:
        desk = self._desk
        async with desk.db.read() as tx:
            post = await store.post(tx, effect.post_id)
            paused = await store.paused_since(tx, effect.workspace_id)
        if post is None or post.state != "preparing":
            return None
        return Later(desk.now() + (_PAUSE_POLL if paused else _FIRST_POLL))

    async def _ask_state(
        self, client: AsyncClient, author: Author, post: Post, effect: Effect, attachment: Attachment
    ) -> Later | Finding | None:
        """Return None once the picture can be posted, when to ask again, or why it never will."""
        desk, name = self._desk, attachment.media.name
        uploaded_at = effect.sent_at or desk.now()
        if not await desk.may_call(author, quota.GET_IMAGE):
            return await self._grant_grace(effect, name, uploaded_at, "the calls of the day are used up")
        try:
            image = await client.images.get(effect.result_urn or "")
        except (Forbidden, Unauthorized) as problem:
            return await self._grant_grace(effect, name, uploaded_at, str(problem))
        except (RateLimited, TransportError, ApiError):
            return Later(desk.now() + _poll_wait(desk.now() - uploaded_at))
        if image.is_available:
            await self._set_available(effect, "available", name=name, urn=str(image.id))
            return None
        if image.is_failed or desk.now() - uploaded_at > _PROCESSING_LIMIT:
            why = f"LinkedIn could not process {name} ({image.status})"
            await self._fail(post, why)
            return Finding(severity="error", where="media", message=why)
        return Later(desk.now() + _poll_wait(desk.now() - uploaded_at))

    async def _grant_grace(self, effect: Effect, name: str, uploaded_at: datetime, why: str) -> Later | None:
        ready_at = uploaded_at + UNREADABLE_GRACE
        if self._desk.now() < ready_at:
            return Later(ready_at)
        await self._set_available(effect, "taken_as_available", name=name, why=why)
        return None

    async def _set_available(self, effect: Effect, step: str, **detail: str) -> None:
        desk = self._desk
        async with desk.db.write() as tx:
            await store.set_available(tx, effect.id, desk.now())
            await desk.note(tx, effect.post_id, step, effect_id=effect.id, **detail)

    async def _freeze(self, tx: AsyncConnection, batch: Sequence[_Loaded]) -> Sequence[None]:
        for one in batch:
            await self._freeze_one(tx, one)
        return [None] * len(batch)

    async def _freeze_one(self, tx: AsyncConnection, found: _Loaded) -> None:
        """Make the final bytes and have them sent at the post's time."""
        desk, post = self._desk, found.post
        effects = await store.effects_of(tx, post.id)
        urns = {e.position: e.result_urn or "" for e in effects if e.kind == "image"}
        (effect,) = [e for e in effects if e.kind == "post"]
        try:
            body = _body(found.author, post, found.attached, urns)
        except InvalidArgument as problem:
            await self._move_to_failed(tx, post, f"LinkedIn would refuse it: {problem}")
            return
        frozen = await store.freeze_body(tx, effect.id, body=body, sha256=digest(body))
        current = await store.post(tx, post.id)  # it may have been moved or cancelled meanwhile
        if not frozen or current is None:
            return
        if not await store.move_post(tx, post.id, expected=("preparing",), to="prepared"):
            return
        await desk.note(
            tx, post.id, "prepared", effect_id=effect.id, sha256=digest(body), bytes=len(body), pictures=len(urns)
        )
        await desk.enqueue_fire(tx, post.id, run_at=current.due_at)

    async def _wait_for_person(self, post: Post, obstacle: Finding) -> Later | None:
        """Give a person until the post's time to mend the connection."""
        desk = self._desk
        now = desk.now()
        if now >= post.due_at:
            await self._fail(post, f"{obstacle.message}; {obstacle.fix}")
            return None
        if post.reason != obstacle.message:
            async with desk.db.write() as tx:
                if await store.move_post(tx, post.id, expected=(post.state,), to=post.state, reason=obstacle.message):
                    await desk.note(tx, post.id, "waiting_for_connection", why=obstacle.message)
        return Later(min(now + _RECONNECT_POLL, post.due_at))

    async def _fail(self, post: Post, why: str) -> None:
        async with self._desk.db.write() as tx:
            await self._move_to_failed(tx, post, why)

    async def _move_to_failed(self, tx: AsyncConnection, post: Post, why: str) -> None:
        if await store.move_post(tx, post.id, expected=("scheduled", "preparing"), to="failed", reason=why):
            await self._desk.note(tx, post.id, "failed", why=why)


def _obstacles(author: Author, post: Post, now: datetime) -> list[Finding]:
    """Return what keeps the connection from posting at the post's time: its end before then counts too."""
    return list(author_findings(author, at=max(post.due_at, now), now=now))


def _poll_wait(elapsed: timedelta) -> timedelta:
    return min(max(elapsed / 2, _FIRST_POLL), _LONGEST_POLL)


def _body(author: Author, post: Post, attached: Sequence[Attachment], urns: dict[int, str]) -> bytes:
    images = [
        PostImage(id=Urn.parse(urns[position]), alt_text=attachment.alt_text or None)
        for position, attachment in enumerate(attached)
    ]
    return render(
        author=author.urn,
        commentary=escape(post.text, auto_hashtags=True),
        visibility=post.visibility,
        content=pictures(images) if images else None,
    )
