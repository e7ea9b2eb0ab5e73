"""What people do with posts: plan, list, look at, move, cancel, settle doubts."""

import random
import re
import uuid
from collections.abc import AsyncIterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal, TypeAlias

from sqlalchemy.ext.asyncio import AsyncConnection

from inroad.common.clock import Clock, to_millis
from inroad.common.urn import Urn
from inroad.sdk.text import escape, utf16_length
from inroad.service.database import Database
from inroad.service.engine.port import Engine
from inroad.service.errors import InvalidInput, Missing, ServiceError
from inroad.service.publishing import model, quota, store
from inroad.service.publishing.desk import Desk, fire_key, prepare_key
from inroad.service.publishing.effects import Policy
from inroad.service.publishing.media import MediaStore
from inroad.service.publishing.model import Attachment, Finding, Media, Plan, Post, State
from inroad.service.publishing.outbox import Outbox, enqueue_read_back
from inroad.service.publishing.ports import AuditLog, Author, Connections, Facts
from inroad.service.publishing.store import Evidence
from inroad.service.publishing.upkeep import Upkeep
from inroad.service.publishing.walltime import Fold, resolve, zone_named
from inroad.service.who import Gate, Who

Decision: TypeAlias = Literal["it_is_there", "send_again", "drop"]

_MAX_NAME = 200
_ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
_FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
_NAMED_URN = re.compile(r"urn:li:(?:share|ugcPost):\d+")


class NotReady(ServiceError):
    """The post cannot be planned as it is; `findings` says why, errors first."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        errors = [finding for finding in findings if finding.severity == "error"]
        super().__init__("; ".join(error.message for error in errors), fix="; ".join(error.fix for error in errors))
        self.findings = list(findings)


class TooLate(ServiceError):
    """The post has gone out, or may have; it cannot be held any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostView:
    """A post as lists show it. `link` is its address at LinkedIn once it has one."""

    post: Post
    author: Author | None
    attachments: Sequence[Attachment]
    link: str | None
    findings: Sequence[Finding] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPage:
    """A post with everything that is known about it."""

    view: PostView
    timeline: Sequence[Evidence]
    body_sha256: str | None
    request_id: str | None
    attempts: int
    may_cancel: bool
    may_move: bool
    needs_decision: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaView:
    """A stored picture, and what there is to know about it."""

    media: Media
    findings: Sequence[Finding]


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterView:
    """A quota counter of today."""

    scope: str
    subject: str
    endpoint: str
    used: int
    cap: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A post as a person asks for it."""

    author_id: str
    text: str
    media: Sequence[tuple[str, str]]
    local_time: datetime | None
    zone: str
    fold: Fold
    visibility: str


class Publishing:
    """Posts of workspaces, from the plan to the proof."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        gate: Gate,
        *,
        engine: Engine,
        connections: Connections,
        audit: AuditLog,
        media: MediaStore,
        lead_time: timedelta = timedelta(minutes=5),
        link_base: str = "https://www.linkedin.com",
        policy: Policy = Policy(),  # noqa: B008 - frozen
        dice: random.Random | None = None,
    ) -> None:
        self._db = db
        self._clock = clock
        self._gate = gate
        self._audit = audit
        self._engine = engine
        self._link_base = link_base.rstrip("/")
        self._desk = Desk(
            db=db,
            engine=engine,
            connections=connections,
            clock=clock,
            media=media,
            lead_time=lead_time,
            policy=policy,
            dice=dice or random.Random(),  # noqa: S311 - spreads retries, guards nothing
        )
        self._outbox = Outbox(self._desk)
        self._upkeep = Upkeep(self._desk, self._outbox)
        self._upkeep.register_jobs()

    # -- planning

    async def preflight(
        self,
        who: Who,
        *,
        author_id: str,
        text: str,
        media: Sequence[tuple[str, str]] = (),
        local_time: datetime | None = None,
        zone: str = "UTC",
        fold: Fold = 0,
        visibility: str = "PUBLIC",
    ) -> list[Finding]:
        """Return what `schedule_post` would find wrong or doubtful, without planning anything."""
        wish = Wish(
            author_id=author_id,
            text=text,
            media=media,
            local_time=local_time,
            zone=zone,
            fold=fold,
            visibility=visibility,
        )
        async with self._db.read() as tx:
            await self._gate.check(tx, who, "posts.read")
            try:
                plan, author = await self._plan(tx, who, wish)
            except InvalidInput as problem:
                return [Finding(severity="error", where=problem.field, message=str(problem), fix=problem.fix)]
            return await self._findings(tx, plan, author)

    async def schedule_post(
        self,
        who: Who,
        *,
        author_id: str,
        text: str,
        media: Sequence[tuple[str, str]] = (),
        local_time: datetime | None = None,
        zone: str = "UTC",
        fold: Fold = 0,
        visibility: str = "PUBLIC",
    ) -> PostView:
        """Plan a post and return it.

        Args:
            who: The person.
            author_id: Whom it is posted as.
            text: What readers see; `#words` become hashtags.
            media: Pictures of the library with their alternative texts, in their order.
            local_time: Wall-clock time in `zone`, without an offset; None: at once.
            zone: A name of the tz database.
            fold: For a time that comes twice: 0 the earlier, 1 the later.
            visibility: PUBLIC, CONNECTIONS or LOGGED_IN.

        Raises:
            NotReady: something is wrong; `.findings` says what, where, and what to do.
            TimeInGap, UnknownZone: there is no such time, or zone.
            Missing: no such author or picture in this workspace.
        """
        wish = Wish(
            author_id=author_id,
            text=text,
            media=media,
            local_time=local_time,
            zone=zone,
            fold=fold,
            visibility=visibility,
        )
        async with self._db.write() as tx:
            await self._gate.check(tx, who, "posts.write")
            plan, author = await self._plan(tx, who, wish)
            findings = await self._findings(tx, plan, author)
            if any(finding.severity == "error" for finding in findings):
                raise NotReady(findings)
            post = self._new_post(who, plan, wish)
            await store.insert_post(tx, post)
            await store.attach(tx, post.id, plan.attachments)
            await self._line(tx, post, "scheduled", person_id=who.person_id, **_when(post))
            await self._desk.enqueue_prepare(tx, post)
            await self._record(tx, who, "schedule_post", post, after=_facts(post))
        return replace(self._view(post, author, plan.attachments), findings=findings)

    async def reschedule_post(
        self, who: Who, post_id: str, *, local_time: datetime | None, zone: str, fold: Fold = 0
    ) -> PostView:
        """Give a post another time, None: at once. A failed post is planned anew by this.

        Raises:
            TooLate: it was sent already.
            NotReady: the time is over, or the author cannot be posted as.
        """
        async with self._db.write() as tx:
            await self._gate.check(tx, who, "posts.write")
            post = await self._post(tx, who, post_id)
            attached = (await store.attachments(tx, [post.id]))[post.id]
            zone_named(zone)
            when = None if local_time is None else resolve(local_time, zone, fold=fold)
            due_at = None if when is None else when.instant
            plan = Plan(
                text=post.text,
                visibility=post.visibility,
                attachments=attached,
                due_at=due_at,
                twice=when is not None and when.twice,
                fold=fold,
            )
            author = await self._author(tx, who, post.author_id)
            findings = await self._findings(tx, plan, author, except_post=post.id)
            if any(finding.severity == "error" for finding in findings):
                raise NotReady(findings)
            if await store.is_under_way(tx, post.id) or post.state not in model.MOVABLE:
                raise TooLate(f"the post cannot be moved: it is {_STATE_WORDS[post.state]}")
            moved = replace(
                post, wall_time=local_time, zone=zone, fold=fold, due_at=due_at or self._clock.now(), state="scheduled"
            )
            await store.plan_post(tx, post.id, wall_time=local_time, zone=zone, fold=fold, due_at=moved.due_at)
            await self._start_over(tx, moved, from_states=model.MOVABLE, kinds=("post", "image"))
            await self._line(tx, moved, "rescheduled", person_id=who.person_id, **_when(moved))
            await self._record(tx, who, "reschedule_post", post, before=_facts(post), after=_facts(moved))
        return replace(self._view(moved, author, attached), findings=findings)

    async def cancel_post(self, who: Who, post_id: str) -> PostView:
        """Cancel a post that was not sent yet. When this returns, it will not be sent.

        Raises:
            TooLate: it was sent already.
        """
        async with self._db.write() as tx:
            await self._gate.check(tx, who, "posts.write")
            post = await self._post(tx, who, post_id)
            # The effects first: sending starts with them, and whoever changes the row first has decided.
            await store.cancel_effects(tx, post.id)
            under_way = await store.is_under_way(tx, post.id)
            if under_way or not await store.move_post(tx, post.id, expected=model.CANCELLABLE, to="cancelled"):
                raise TooLate(f"the post cannot be cancelled: it is {_STATE_WORDS[post.state]}")
            await self._engine.cancel(tx, prepare_key(post.id))
            await self._engine.cancel(tx, fire_key(post.id))
            await self._line(tx, post, "cancelled", person_id=who.person_id)
            await self._record(tx, who, "cancel_post", post, before=_facts(post), after={"state": "cancelled"})
        return await self._shown(replace(post, state="cancelled", reason=None))

    async def pause_publishing(self, who: Who) -> None:
        """Send nothing more of this workspace until `resume_publishing`."""
        async with self._db.write() as tx:
            await self._gate.check(tx, who, "posts.write")
            if await store.pause(tx, who.workspace_id, person_id=who.person_id, since=self._clock.now()):
                await self._record_workspace(tx, who, "pause_publishing")

    async def resume_publishing(self, who: Who) -> None:
        """Let the workspace's posts go out again; those that are due go out at once."""
        async with self._db.write() as tx:
            await self._gate.check(tx, who, "posts.write")
            if await store.unpause(tx, who.workspace_id):
                await self._record_workspace(tx, who, "resume_publishing")

    async def paused_since(self, who: Who) -> datetime | None:
        """Return since when the workspace's publishing is paused; None: it is not."""
        async with self._db.read() as tx:
            await self._gate.check(tx, who, "posts.read")
            return await store.paused_since(tx, who.workspace_id)

    # -- looking

    async def list_posts(
        self,
        who: Who,
        *,
        states: Sequence[State] = (),
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int = 100,
        soonest_first: bool = False,
    ) -> list[PostView]:
        """Return the workspace's posts, those with the latest time first; the other way round when asked."""
        async with self._db.read() as tx:
            await self._gate.check(tx, who, "posts.read")
            posts = await store.posts_of(
                tx,
                who.workspace_id,
                states=states,
                since=to_millis(since or _ALWAYS),
                until=to_millis(until or _FOREVER),
                limit=limit,
                soonest_first=soonest_first,
            )
            attached = await store.attachments(tx, [post.id for post in posts])
            authors = {id: await self._desk.connections.author(tx, id) for id in {post.author_id for post in posts}}
        return [self._view(post, authors[post.author_id], attached[post.id]) for post in posts]

    async def count_posts(self, who: Who) -> Mapping[State, int]:
        """Return how many posts the workspace has in each state that occurs."""
        async with self._db.read() as tx:
            await self._gate.check(tx, who, "posts.read")
            return await store.count_posts(tx, who.workspace_id)

    async def post(self, who: Who, post_id: str) -> PostPage:
        """Return a post with its timeline.

        Raises:
            Missing: no such post in this workspace.
        """
        async with self._db.read() as tx:
            await self._gate.check(tx, who, "posts.read")
            post = await self._post(tx, who, post_id)
            effect = next((e for e in await store.effects_of(tx, post.id) if e.kind == "post"), None)
            view = self._view(
                post,
                await self._desk.connections.author(tx, post.author_id),
                (await store.attachments(tx, [post.id]))[post.id],
            )
            timeline = await store.evidence_of(tx, post.id)
        return PostPage(
            view=view,
            timeline=timeline,
            body_sha256=None if effect is None else effect.body_sha256,
            request_id=None if effect is None else effect.request_id,
            attempts=0 if effect is None else effect.attempts,
            may_cancel=post.state in model.CANCELLABLE,
            may_move=post.state in model.MOVABLE,
            needs_decision=post.state == "needs_review",
        )

    async def quota_today(self, who: Who) -> list[CounterView]:
        """Return today's counters of the apps that the workspace's authors are connected by."""
        authors = await self._desk.connections.authors(who)
        async with self._db.read() as tx:
            await self._gate.check(tx, who, "posts.read")
            day = quota.day_of(self._clock.now())
            rows = await store.usage(tx, sorted({author.app_id for author in authors}), day)
        return [
            CounterView(scope=scope, subject=subject, endpoint=endpoint, used=used, cap=cap)
            for scope, subject, endpoint, used, cap in rows
        ]

    # -- media

    async def store_media(self, who: Who, filename: str, data: AsyncIterable[bytes]) -> MediaView:
        """Take a picture into the workspace's library and return it with what there is to know about it.

        Raises:
            MediaRefused: it is no picture that LinkedIn takes, or too large; nothing was kept.
            StorageFull: there is no room; nothing was kept.
        """
        async with self._db.read() as tx:
            await self._gate.check(tx, who, "posts.write")
        name = _clean_name(filename)
        stored = await self._desk.media.take_in(data, name=name)
        picture = Media(
            id=uuid.uuid4().hex,
            sha256=stored.sha256,
            name=name,
            content_type=stored.content_type,
            size=stored.size,
            width=stored.width,
            height=stored.height,
            frames=stored.frames,
        )
        async with self._db.write() as tx:
            await self._gate.check(tx, who, "posts.write")
            kept = await store.insert_media(
                tx,
                picture,
                workspace_id=who.workspace_id,
                person_id=who.person_id,
                created_at=self._clock.now(),
            )
            if kept.id == picture.id:
                await self._audit.record(
                    tx,
                    workspace_id=who.workspace_id,
                    person_id=who.person_id,
                    action="store_media",
                    subject=f"media:{kept.id}",
                    after={"name": kept.name, "sha256": kept.sha256, "size": kept.size},
                    request_id=who.request_id,
                )
        return MediaView(media=kept, findings=list(model.picture_findings(kept)))

    async def media_file(self, who: Who, media_id: str) -> tuple[Media, str]:
        """Return a picture of the library and the path of its bytes.

        Raises:
            Missing: no such picture in this workspace.
        """
        async with self._db.read() as tx:
            await self._gate.check(tx, who, "posts.read")
            found = await self._media(tx, who, media_id)
        return found, str(self._desk.media.path(found.sha256))

    # -- doubts

    async def resolve_review(self, who: Who, post_id: str, decision: Decision, *, urn: str | None = None) -> PostView:
        """Settle by a person's word whether a post whose outcome is not known is published.

        Args:
            who: The person.
            post_id: A post that needs review.
            decision: `it_is_there`: it is live, at `urn`. `send_again`: it is not; publish it now. `drop`: leave it.
            urn: The post's URN, or any text that holds it, such as its address at LinkedIn.

        Raises:
            InvalidInput: the URN is missing, is no post's, or is another post's of this service.
            TooLate: the post does not wait for a decision.
        """
        async with self._db.write() as tx:
            await self._gate.check(tx, who, "posts.write")
            post = await self._post(tx, who, post_id)
            if post.state != "needs_review":
                raise TooLate(f"the post does not wait for a decision: it is {_STATE_WORDS[post.state]}")
            if decision == "it_is_there":
                await self._accept(tx, post, _urn_in(urn))
            elif decision == "send_again":
                moved = replace(post, state="scheduled", due_at=self._clock.now())
                await store.plan_post(
                    tx, post.id, wall_time=post.wall_time, zone=post.zone, fold=post.fold, due_at=moved.due_at
                )
                await self._start_over(tx, moved, from_states=("needs_review",), kinds=("post",))
            else:
                await store.renew_effects(tx, post.id, kinds=("post",), states=("needs_review",))
                await store.cancel_effects(tx, post.id)
                await store.move_post(tx, post.id, expected=("needs_review",), to="cancelled", reason=post.reason)
            await self._line(tx, post, "resolved", person_id=who.person_id, decision=decision, urn=urn)
            await self._record(tx, who, "resolve_review", post, before=_facts(post), after={"decision": decision})
            after = await self._post(tx, who, post_id)
        return await self._shown(after)

    async def _accept(self, tx: AsyncConnection, post: Post, urn: Urn) -> None:
        (effect,) = [e for e in await store.effects_of(tx, post.id) if e.kind == "post"]
        holder = await store.holder_of(tx, str(urn))
        if holder is not None and holder != effect.id:
            raise InvalidInput("urn", f"{urn} is another post of this service already")
        author = await self._desk.connections.author(tx, post.author_id)
        readable = author is not None and model.may_read(author)
        await store.confirm(tx, [(effect.id, str(urn), None)], at=self._clock.now())
        await store.publish_posts(
            tx, [(post.id, str(urn), "pending" if readable else "unreadable")], at=self._clock.now()
        )
        if readable:
            await enqueue_read_back(self._desk, tx, post.id)

    async def recover(self) -> int:
        """Pick up what a dead process left behind, before the engine starts; return how many sends are in doubt."""
        return await self._upkeep.recover()

    # -- inside

    async def _start_over(
        self,
        tx: AsyncConnection,
        post: Post,
        *,
        from_states: "frozenset[State] | tuple[State, ...]",
        kinds: Sequence[str],
    ) -> None:
        """Make a post scheduled again: its unsent effects are intents anew, its pictures at LinkedIn are kept."""
        await store.renew_effects(tx, post.id, kinds=kinds, states=("intent", "rejected", "needs_review"))
        await store.move_post(tx, post.id, expected=from_states, to="scheduled")
        await self._engine.cancel(tx, fire_key(post.id))
        await self._engine.cancel(tx, prepare_key(post.id))
        await self._desk.enqueue_prepare(tx, post)

    async def _plan(self, tx: AsyncConnection, who: Who, wish: Wish) -> tuple[Plan, Author]:
        zone_named(wish.zone)
        author = await self._author(tx, who, wish.author_id)
        attached = [Attachment(await self._media(tx, who, media_id), alt_text) for media_id, alt_text in wish.media]
        when = None if wish.local_time is None else resolve(wish.local_time, wish.zone, fold=wish.fold)
        plan = Plan(
            text=wish.text.replace("\r\n", "\n").strip(),
            visibility=wish.visibility,
            attachments=attached,
            due_at=None if when is None else when.instant,
            twice=when is not None and when.twice,
            fold=wish.fold,
        )
        return plan, author

    async def _findings(
        self, tx: AsyncConnection, plan: Plan, author: Author, *, except_post: str = ""
    ) -> list[Finding]:
        now = self._clock.now()
        same = None
        if plan.text:
            same = await store.same_text_at(tx, author.id, plan.text, near=plan.due_at or now, except_post=except_post)
        markup = utf16_length(escape(plan.text, auto_hashtags=True))
        return model.preflight(plan, author, now=now, markup_length=markup, same_text_at=same)

    def _new_post(self, who: Who, plan: Plan, wish: Wish) -> Post:
        now = self._clock.now()
        return Post(
            id=uuid.uuid4().hex,
            workspace_id=who.workspace_id,
            author_id=wish.author_id,
            text=plan.text,
            visibility=model.visibility_named(plan.visibility),
            wall_time=wish.local_time,
            zone=wish.zone,
            fold=wish.fold,
            due_at=plan.due_at or now,
            state="scheduled",
            reason=None,
            urn=None,
            proof=None,
            person_id=who.person_id,
            created_at=now,
            published_at=None,
        )

    async def _post(self, tx: AsyncConnection, who: Who, post_id: str) -> Post:
        found = await store.post(tx, post_id, who.workspace_id)
        if found is None:
            raise Missing("there is no such post in this workspace")
        return found

    async def _author(self, tx: AsyncConnection, who: Who, author_id: str) -> Author:
        found = await self._desk.connections.author(tx, author_id)
        if found is None or found.workspace_id != who.workspace_id:
            raise Missing("there is no such author in this workspace")
        return found

    async def _media(self, tx: AsyncConnection, who: Who, media_id: str) -> Media:
        found = await store.media(tx, who.workspace_id, media_id)
        if found is None:
            raise Missing("there is no such picture in this workspace")
        return found

    async def _shown(self, post: Post) -> PostView:
        async with self._db.read() as tx:
            author = await self._desk.connections.author(tx, post.author_id)
            attached = (await store.attachments(tx, [post.id]))[post.id]
        return self._view(post, author, attached)

    def _view(self, post: Post, author: Author | None, attached: Sequence[Attachment]) -> PostView:
        link = None if post.urn is None else model.post_link(post.urn, base=self._link_base)
        return PostView(post=post, author=author, attachments=attached, link=link)

    async def _line(self, tx: AsyncConnection, post: Post, step: str, **detail: str | int | bool | None) -> None:
        line = Evidence(at=self._clock.now(), step=step, detail=detail)
        await store.add_evidence(tx, [(post.id, line)])

    async def _record(
        self,
        tx: AsyncConnection,
        who: Who,
        action: str,
        post: Post,
        *,
        before: Facts | None = None,
        after: Facts | None = None,
    ) -> None:
        await self._audit.record(
            tx,
            workspace_id=who.workspace_id,
            person_id=who.person_id,
            action=action,
            subject=f"post:{post.id}",
            before=before,
            after=after,
            request_id=who.request_id,
        )

    async def _record_workspace(self, tx: AsyncConnection, who: Who, action: str) -> None:
        await self._audit.record(
            tx,
            workspace_id=who.workspace_id,
            person_id=who.person_id,
            action=action,
            subject=f"workspace:{who.workspace_id}",
            request_id=who.request_id,
        )


_STATE_WORDS: dict[State, str] = {
    "draft": "a draft",
    "scheduled": "scheduled",
    "preparing": "being prepared",
    "prepared": "ready to go out",
    "sending": "going out right now",
    "verifying": "sent, and LinkedIn's answer was lost",
    "published": "published already",
    "failed": "failed",
    "cancelled": "cancelled",
    "needs_review": "waiting for somebody to look whether it is published",
}


def _facts(post: Post) -> Facts:
    return {
        "state": post.state,
        "due_at": post.due_at.isoformat(),
        "wall_time": None if post.wall_time is None else post.wall_time.isoformat(),
        "zone": post.zone,
        "author_id": post.author_id,
        "text_sha256": model.digest(post.text.encode()),
    }


def _when(post: Post) -> dict[str, str | None]:
    wall_time = None if post.wall_time is None else post.wall_time.isoformat()
    return {"due_at": post.due_at.isoformat(), "wall_time": wall_time, "zone": post.zone}


def _urn_in(words: str | None) -> Urn:
    found = _NAMED_URN.search((words or "").replace("%3A", ":"))
    if found is None:
        raise InvalidInput(
            "urn",
            "the post's address or URN is needed",
            fix="copy the post's link at LinkedIn; it holds a urn:li:share or urn:li:ugcPost",
        )
    return Urn.parse(found.group())


def _clean_name(filename: str) -> str:
    """Return a file's name without folders and without characters that do not print."""
    last = re.split(r"[/\\]", filename)[-1]
    name = "".join(character for character in last if character.isprintable()).strip()
    return name[-_MAX_NAME:] or "picture"
