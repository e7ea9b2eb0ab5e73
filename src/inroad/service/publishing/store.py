"""SQL of publishing. Instants are milliseconds in the tables and instants everywhere else."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias, cast, get_args

from sqlalchemy import Row, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from inroad.common.clock import from_millis, to_millis
from inroad.service.engine.port import Lease
from inroad.service.publishing.effects import TRANSITIONS as EFFECT_TRANSITIONS
from inroad.service.publishing.effects import Effect, EffectState
from inroad.service.publishing.model import TRANSITIONS as POST_TRANSITIONS
from inroad.service.publishing.model import Attachment, Media, Post, Proof, State

Detail: TypeAlias = Mapping[str, "str | int | bool | None"]

# ---- posts

_POST = """id, workspace_id, author_id, text, visibility, wall_time, zone, fold, due_at, state, reason, urn, proof,
    person_id, created_at, published_at"""


async def insert_post(tx: AsyncConnection, post: Post) -> None:
    """Add a post."""
    statement = f"""INSERT INTO posts ({_POST}) VALUES (:id, :workspace_id, :author_id, :text, :visibility, :wall_time,
        :zone, :fold, :due_at, :state, :reason, :urn, :proof, :person_id, :created_at, :published_at)"""  # noqa: S608
    row = {
        "id": post.id,
        "workspace_id": post.workspace_id,
        "author_id": post.author_id,
        "text": post.text,
        "visibility": post.visibility,
        "wall_time": None if post.wall_time is None else post.wall_time.isoformat(),
        "zone": post.zone,
        "fold": post.fold,
        "due_at": to_millis(post.due_at),
        "state": post.state,
        "reason": post.reason,
        "urn": post.urn,
        "proof": post.proof,
        "person_id": post.person_id,
        "created_at": to_millis(post.created_at),
        "published_at": None,
    }
    await tx.execute(text(statement), row)


async def post(tx: AsyncConnection, post_id: str, workspace_id: str | None = None) -> Post | None:
    """Return a post; of that workspace only, when one is given."""
    statement = f"""SELECT {_POST} FROM posts
        WHERE id = :id AND (workspace_id = :workspace_id OR :any_workspace = 1)"""  # noqa: S608
    values = {"id": post_id, "workspace_id": workspace_id or "", "any_workspace": int(workspace_id is None)}
    row = (await tx.execute(text(statement), values)).first()
    return None if row is None else _post(row)


async def posts_of(
    tx: AsyncConnection,
    workspace_id: str,
    *,
    states: Sequence[State],
    since: int,
    until: int,
    limit: int,
    soonest_first: bool,
) -> list[Post]:
    """Return a workspace's posts due in [since, until); of those states only, when some are given."""
    order = "ASC" if soonest_first else "DESC"
    statement = text(
        f"""SELECT {_POST} FROM posts WHERE workspace_id = :workspace_id AND due_at >= :since AND due_at < :until
        AND state IN :states ORDER BY due_at {order}, id LIMIT :limit"""  # noqa: S608
    ).bindparams(bindparam("states", expanding=True))
    values = {
        "workspace_id": workspace_id,
        "since": since,
        "until": until,
        "states": list(states or get_args(State)),
        "limit": limit,
    }
    return [_post(row) for row in await tx.execute(statement, values)]


async def count_posts(tx: AsyncConnection, workspace_id: str) -> dict[State, int]:
    """Return how many posts a workspace has in each state that occurs."""
    statement = "SELECT state, count(*) AS posts FROM posts WHERE workspace_id = :workspace_id GROUP BY state"
    rows = await tx.execute(text(statement), {"workspace_id": workspace_id})
    return {row.state: row.posts for row in rows}


async def same_text_at(
    tx: AsyncConnection, author_id: str, words: str, *, near: datetime, except_post: str
) -> datetime | None:
    """Return the time nearest to `near` at which the author has another post with this text, planned or out."""
    statement = """SELECT due_at FROM posts WHERE author_id = :author_id AND text = :words AND id <> :except_post
        AND state IN ('scheduled', 'preparing', 'prepared', 'sending', 'verifying', 'published')
        ORDER BY abs(due_at - :near) LIMIT 1"""
    values = {"author_id": author_id, "words": words, "except_post": except_post, "near": to_millis(near)}
    found = (await tx.execute(text(statement), values)).scalar()
    return None if found is None else from_millis(found)


async def move_post(
    tx: AsyncConnection, post_id: str, *, expected: Iterable[State], to: State, reason: str | None = None
) -> bool:
    """Change a post's state when it is one of `expected` and the table allows the step; False when not."""
    statement = text(
        "UPDATE posts SET state = :to, reason = :reason WHERE id = :id AND state IN :expected RETURNING id"
    ).bindparams(bindparam("expected", expanding=True))
    allowed = [state for state in expected if state == to or to in POST_TRANSITIONS[state]]
    values = {"id": post_id, "to": to, "reason": reason, "expected": allowed}
    return (await tx.execute(statement, values)).first() is not None


async def plan_post(
    tx: AsyncConnection, post_id: str, *, wall_time: datetime | None, zone: str, fold: int, due_at: datetime
) -> None:
    """Give a post another time."""
    statement = "UPDATE posts SET wall_time = :wall_time, zone = :zone, fold = :fold, due_at = :due_at WHERE id = :id"
    values = {
        "id": post_id,
        "wall_time": None if wall_time is None else wall_time.isoformat(),
        "zone": zone,
        "fold": fold,
        "due_at": to_millis(due_at),
    }
    await tx.execute(text(statement), values)


_PUBLISH = text("""UPDATE posts SET state = 'published', reason = NULL, urn = :urn, proof = :proof,
    published_at = :at WHERE id = :id AND state IN ('sending', 'verifying', 'needs_review')""")


async def publish_posts(tx: AsyncConnection, rows: Sequence[tuple[str, str, Proof]], *, at: datetime) -> None:
    """Mark posts (id, URN, proof) as published."""
    values = [{"id": id, "urn": urn, "proof": proof, "at": to_millis(at)} for id, urn, proof in rows]
    await tx.execute(_PUBLISH, values)


async def set_proof(tx: AsyncConnection, post_id: str, proof: Proof) -> None:
    """Note what reading the post back showed."""
    await tx.execute(text("UPDATE posts SET proof = :proof WHERE id = :id"), {"id": post_id, "proof": proof})


async def idle_posts(tx: AsyncConnection, states: Sequence[State]) -> list[Post]:
    """Return posts in those states that no live job looks after."""
    statement = text(
        f"""SELECT {_POST} FROM posts WHERE state IN :states AND NOT EXISTS (
            SELECT 1 FROM jobs WHERE jobs.state <> 'dead'
            AND jobs.dedup_key IN ('prepare:' || posts.id, 'fire:' || posts.id))"""  # noqa: S608
    ).bindparams(bindparam("states", expanding=True))
    return [_post(row) for row in await tx.execute(statement, {"states": list(states)})]


async def planned_posts(tx: AsyncConnection, *, after: datetime) -> list[Post]:
    """Return scheduled posts with a wall-clock time that are due later than `after`."""
    statement = f"""SELECT {_POST} FROM posts WHERE state = 'scheduled' AND wall_time IS NOT NULL
        AND due_at > :after"""  # noqa: S608
    return [_post(row) for row in await tx.execute(text(statement), {"after": to_millis(after)})]


def _post(row: Row[Any]) -> Post:
    return Post(
        id=row.id,
        workspace_id=row.workspace_id,
        author_id=row.author_id,
        text=row.text,
        visibility=row.visibility,
        wall_time=None if row.wall_time is None else datetime.fromisoformat(row.wall_time),
        zone=row.zone,
        fold=row.fold,
        due_at=from_millis(row.due_at),
        state=row.state,
        reason=row.reason,
        urn=row.urn,
        proof=row.proof,
        person_id=row.person_id,
        created_at=from_millis(row.created_at),
        published_at=_instant(row.published_at),
    )


# ---- media

_MEDIA = "id, sha256, name, content_type, size, width, height, frames"


async def insert_media(
    tx: AsyncConnection, media: Media, *, workspace_id: str, person_id: str, created_at: datetime
) -> Media:
    """Add a picture to the workspace's library, or return the one with the same content and name."""
    statement = f"""INSERT INTO media ({_MEDIA}, workspace_id, person_id, created_at)
        VALUES (:id, :sha256, :name, :content_type, :size, :width, :height, :frames, :workspace_id, :person_id,
            :created_at)
        ON CONFLICT (workspace_id, sha256, name) DO UPDATE SET name = excluded.name
        RETURNING {_MEDIA}"""  # noqa: S608
    values = {
        "id": media.id,
        "sha256": media.sha256,
        "name": media.name,
        "content_type": media.content_type,
        "size": media.size,
        "width": media.width,
        "height": media.height,
        "frames": media.frames,
        "workspace_id": workspace_id,
        "person_id": person_id,
        "created_at": to_millis(created_at),
    }
    return _media((await tx.execute(text(statement), values)).one())


async def media(tx: AsyncConnection, workspace_id: str, media_id: str) -> Media | None:
    """Return a picture of the workspace's library."""
    statement = f"SELECT {_MEDIA} FROM media WHERE workspace_id = :workspace_id AND id = :id"  # noqa: S608
    row = (await tx.execute(text(statement), {"workspace_id": workspace_id, "id": media_id})).first()
    return None if row is None else _media(row)


async def attach(tx: AsyncConnection, post_id: str, attachments: Sequence[Attachment]) -> None:
    """Give a new post its pictures, in their order."""
    if not attachments:
        return
    statement = """INSERT INTO post_media (post_id, position, media_id, alt_text)
        VALUES (:post_id, :position, :media_id, :alt_text)"""
    rows = [
        {"post_id": post_id, "position": position, "media_id": one.media.id, "alt_text": one.alt_text}
        for position, one in enumerate(attachments)
    ]
    await tx.execute(text(statement), rows)


async def attachments(tx: AsyncConnection, post_ids: Sequence[str]) -> dict[str, list[Attachment]]:
    """Return the pictures of posts, in their order."""
    statement = text(
        """SELECT post_media.post_id, post_media.alt_text, media.id, media.sha256, media.name, media.content_type,
            media.size, media.width, media.height, media.frames
        FROM post_media JOIN media ON media.id = post_media.media_id
        WHERE post_media.post_id IN :ids ORDER BY post_media.post_id, post_media.position"""
    ).bindparams(bindparam("ids", expanding=True))
    found: dict[str, list[Attachment]] = {id: [] for id in post_ids}
    if post_ids:
        for row in await tx.execute(statement, {"ids": list(post_ids)}):
            found[row.post_id].append(Attachment(_media(row), row.alt_text))
    return found


def _media(row: Row[Any]) -> Media:
    return Media(
        id=row.id,
        sha256=row.sha256,
        name=row.name,
        content_type=row.content_type,
        size=row.size,
        width=row.width,
        height=row.height,
        frames=row.frames,
    )


# ---- pauses


async def pause(tx: AsyncConnection, workspace_id: str, *, person_id: str, since: datetime) -> bool:
    """Pause the workspace's publishing; False when it is paused already."""
    statement = """INSERT INTO publishing_pauses (workspace_id, person_id, since)
        VALUES (:workspace_id, :person_id, :since) ON CONFLICT DO NOTHING RETURNING workspace_id"""
    values = {"workspace_id": workspace_id, "person_id": person_id, "since": to_millis(since)}
    return (await tx.execute(text(statement), values)).first() is not None


async def unpause(tx: AsyncConnection, workspace_id: str) -> bool:
    """Let the workspace publish again; False when it is not paused."""
    statement = "DELETE FROM publishing_pauses WHERE workspace_id = :workspace_id RETURNING workspace_id"
    return (await tx.execute(text(statement), {"workspace_id": workspace_id})).first() is not None


async def paused_since(tx: AsyncConnection, workspace_id: str) -> datetime | None:
    """Return since when the workspace's publishing is paused."""
    statement = "SELECT since FROM publishing_pauses WHERE workspace_id = :workspace_id"
    return _instant((await tx.execute(text(statement), {"workspace_id": workspace_id})).scalar())


# ---- effects

_EFFECT = """id, workspace_id, post_id, kind, position, state, body, body_sha256, attempts, resends, backoffs, looks,
    sent_at, doubt_since, result_urn, request_id, available_at"""


async def add_effects(tx: AsyncConnection, effects: Sequence[Mapping[str, str | int]]) -> None:
    """Add effects in state `intent`, each (id, workspace_id, post_id, kind, position), unless they are there."""
    statement = """INSERT INTO effects (id, workspace_id, post_id, kind, position, state, attempts, resends, backoffs,
        looks) VALUES (:id, :workspace_id, :post_id, :kind, :position, 'intent', 0, 0, 0, 0)
        ON CONFLICT (post_id, kind, position) DO NOTHING"""
    await tx.execute(text(statement), list(effects))


async def effects_of(tx: AsyncConnection, post_id: str) -> list[Effect]:
    """Return a post's effects: pictures by their position, then the post itself."""
    statement = f"SELECT {_EFFECT} FROM effects WHERE post_id = :post_id ORDER BY kind, position"  # noqa: S608
    return [_effect(row) for row in await tx.execute(text(statement), {"post_id": post_id})]


async def post_effects(tx: AsyncConnection, post_ids: Sequence[str]) -> list[tuple[Effect, Post]]:
    """Return posts with the effect that publishes them, those that have one."""
    columns = ", ".join(f"effects.{c.strip()} AS e_{c.strip()}" for c in _EFFECT.split(","))
    statement = text(
        f"""SELECT {columns}, {", ".join(f"posts.{c.strip()}" for c in _POST.split(","))}
        FROM effects JOIN posts ON posts.id = effects.post_id
        WHERE effects.kind = 'post' AND effects.post_id IN :ids"""  # noqa: S608
    ).bindparams(bindparam("ids", expanding=True))
    rows = await tx.execute(statement, {"ids": list(post_ids)})
    return [(_effect(row, "e_"), _post(row)) for row in rows]


async def freeze_body(tx: AsyncConnection, effect_id: str, *, body: bytes, sha256: str) -> bool:
    """Give an effect that is still an intent, and was never in doubt, the bytes that it sends."""
    statement = """UPDATE effects SET body = :body, body_sha256 = :sha256
        WHERE id = :id AND state = 'intent' AND doubt_since IS NULL RETURNING id"""
    return (await tx.execute(text(statement), {"id": effect_id, "body": body, "sha256": sha256})).first() is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """The wish to send an effect, under a job's lease."""

    effect_id: str
    job_id: str
    lease: Lease


_MARK_SENT = text("""
    UPDATE effects SET state = 'sent', sent_at = :now, lease_owner = :owner, fence = :fence, attempts = attempts + 1,
        resends = resends + CASE WHEN doubt_since IS NULL THEN 0 ELSE 1 END, looks = 0
    WHERE id = :effect_id AND state IN ('intent', 'unknown')
      AND EXISTS (SELECT 1 FROM jobs WHERE jobs.id = :job_id AND jobs.state = 'running'
                  AND jobs.lease_owner = :owner AND jobs.fence = :fence AND jobs.lease_until > :now)
      AND EXISTS (SELECT 1 FROM posts WHERE posts.id = effects.post_id AND posts.state =
                  CASE WHEN effects.kind = 'image' THEN 'preparing'
                       WHEN effects.state = 'unknown' THEN 'verifying' ELSE 'prepared' END)
      AND NOT EXISTS (SELECT 1 FROM publishing_pauses
                      WHERE publishing_pauses.workspace_id = effects.workspace_id)""")
_MARKED = text(f"""SELECT {_EFFECT} FROM effects WHERE state = 'sent' AND lease_owner = :owner AND sent_at = :now
    AND id IN :ids""").bindparams(bindparam("ids", expanding=True))  # noqa: S608
_POSTS_SENDING = text("""UPDATE posts SET state = 'sending' WHERE id = :id""")


async def mark_sent(tx: AsyncConnection, sends: Sequence[Send], *, now: datetime) -> dict[str, Effect]:
    """Mark effects as sent, each in one statement that checks lease, fence, cancellation and pause once more.

    Commit before any byte leaves. Return those that were marked, by id, as they are now.
    """
    at, owner = to_millis(now), sends[0].lease.owner
    rows = [
        {"effect_id": s.effect_id, "job_id": s.job_id, "owner": s.lease.owner, "fence": s.lease.fence, "now": at}
        for s in sends
    ]
    before = await _attempts(tx, [s.effect_id for s in sends])
    await tx.execute(_MARK_SENT, rows)
    found = await tx.execute(_MARKED, {"owner": owner, "now": at, "ids": [s.effect_id for s in sends]})
    marked = {effect.id: effect for effect in map(_effect, found) if effect.attempts > before[effect.id]}
    sending = [{"id": effect.post_id} for effect in marked.values() if effect.kind == "post"]
    if sending:
        await tx.execute(_POSTS_SENDING, sending)
    return marked


async def _attempts(tx: AsyncConnection, effect_ids: Sequence[str]) -> dict[str, int]:
    statement = text("SELECT id, attempts FROM effects WHERE id IN :ids").bindparams(bindparam("ids", expanding=True))
    return {row.id: row.attempts for row in await tx.execute(statement, {"ids": list(effect_ids)})}


_CONFIRM = text("""UPDATE effects SET state = 'confirmed', result_urn = :urn,
    request_id = coalesce(:request_id, request_id), settled_at = :at
    WHERE id = :id AND state IN ('sent', 'unknown', 'needs_review')""")


async def confirm(tx: AsyncConnection, rows: Sequence[tuple[str, str, str | None]], *, at: datetime) -> None:
    """Note what effects (id, URN, request id) made. A URN that another effect has is an integrity error.

    An answer that arrives late, after its lease was lost, is evidence all the same: no fence is asked for.
    """
    values = [{"id": id, "urn": urn, "request_id": request_id, "at": to_millis(at)} for id, urn, request_id in rows]
    await tx.execute(_CONFIRM, values)


async def settle(
    tx: AsyncConnection,
    effect: Effect,
    to: EffectState,
    *,
    at: datetime,
    request_id: str | None = None,
    backed_off: bool = False,
    uncounted: bool = False,
) -> bool:
    """Move an effect on from the send that `effect` shows; False when something else moved it since.

    `uncounted`: a resend that LinkedIn surely did not carry out does not count as one.

    Raises:
        ValueError: the table of transitions has no such step.
    """
    if to not in EFFECT_TRANSITIONS[effect.state]:
        raise ValueError(f"an effect does not go from {effect.state} to {to}")
    statement = """UPDATE effects SET state = :to, request_id = coalesce(:request_id, request_id),
        backoffs = backoffs + :backoff, resends = resends - CASE WHEN resends > 0 THEN :uncounted ELSE 0 END,
        settled_at = CAST(:settled_at AS BIGINT),
        doubt_since = CASE WHEN :doubts = 1 THEN coalesce(doubt_since, sent_at) ELSE doubt_since END
        WHERE id = :id AND state = :state AND attempts = :attempts RETURNING id"""
    values = {
        "id": effect.id,
        "to": to,
        "request_id": request_id,
        "backoff": int(backed_off),
        "uncounted": int(uncounted),
        "settled_at": to_millis(at) if to in ("rejected", "needs_review") else None,
        "doubts": int(to in ("unknown", "needs_review")),
        "state": effect.state,
        "attempts": effect.attempts,
    }
    return (await tx.execute(text(statement), values)).first() is not None


async def count_look(tx: AsyncConnection, effect_id: str) -> None:
    """Count a look at LinkedIn that did not show the effect's result."""
    await tx.execute(text("UPDATE effects SET looks = looks + 1 WHERE id = :id"), {"id": effect_id})


async def set_available(tx: AsyncConnection, effect_id: str, at: datetime) -> None:
    """Note that a picture can be shown, or may be taken to be."""
    await tx.execute(
        text("UPDATE effects SET available_at = :at WHERE id = :id"), {"id": effect_id, "at": to_millis(at)}
    )


async def renew_effects(
    tx: AsyncConnection, post_id: str, *, kinds: Sequence[str], states: Sequence[EffectState]
) -> None:
    """Make effects intents again, by a person's order: what was in doubt before is settled by it."""
    statement = text(
        """UPDATE effects SET state = 'intent', resends = 0, backoffs = 0, looks = 0, doubt_since = NULL,
            result_urn = NULL, settled_at = NULL, available_at = NULL
        WHERE post_id = :post_id AND kind IN :kinds AND state IN :states"""
    ).bindparams(bindparam("kinds", expanding=True), bindparam("states", expanding=True))
    await tx.execute(statement, {"post_id": post_id, "kinds": list(kinds), "states": list(states)})


async def cancel_effects(tx: AsyncConnection, post_id: str) -> None:
    """Cancel a post's intents: nothing of them can be marked sent any more."""
    statement = "UPDATE effects SET state = 'cancelled' WHERE post_id = :post_id AND state IN ('intent', 'rejected')"
    await tx.execute(text(statement), {"post_id": post_id})


async def is_under_way(tx: AsyncConnection, post_id: str) -> bool:
    """Tell whether the post was sent and may be published."""
    statement = """SELECT 1 FROM effects WHERE post_id = :post_id AND kind = 'post'
        AND state IN ('sent', 'unknown', 'confirmed', 'needs_review')"""
    return (await tx.execute(text(statement), {"post_id": post_id})).first() is not None


async def abandoned(tx: AsyncConnection, *, owner: str) -> list[Effect]:
    """Return effects that another process marked sent and did not settle."""
    statement = f"SELECT {_EFFECT} FROM effects WHERE state = 'sent' AND lease_owner <> :owner"  # noqa: S608
    return [_effect(row) for row in await tx.execute(text(statement), {"owner": owner})]


async def holder_of(tx: AsyncConnection, urn: str) -> str | None:
    """Return the id of the effect whose result this URN is."""
    statement = "SELECT id FROM effects WHERE result_urn = :urn"
    return cast("str | None", (await tx.execute(text(statement), {"urn": urn})).scalar())


async def taken_urns(tx: AsyncConnection, urns: Sequence[str], *, except_effect: str) -> frozenset[str]:
    """Return those URNs that are the result of another effect."""
    if not urns:
        return frozenset()
    statement = text("SELECT result_urn FROM effects WHERE result_urn IN :urns AND id <> :except_effect").bindparams(
        bindparam("urns", expanding=True)
    )
    found = await tx.execute(statement, {"urns": list(urns), "except_effect": except_effect})
    return frozenset(row.result_urn for row in found)


def _effect(row: Row[Any], prefix: str = "") -> Effect:
    def column(name: str) -> Any:
        return getattr(row, prefix + name)

    return Effect(
        id=column("id"),
        workspace_id=column("workspace_id"),
        post_id=column("post_id"),
        kind=column("kind"),
        position=column("position"),
        state=column("state"),
        body=column("body"),
        body_sha256=column("body_sha256"),
        attempts=column("attempts"),
        resends=column("resends"),
        backoffs=column("backoffs"),
        looks=column("looks"),
        sent_at=_instant(column("sent_at")),
        doubt_since=_instant(column("doubt_since")),
        result_urn=column("result_urn"),
        request_id=column("request_id"),
        available_at=_instant(column("available_at")),
    )


# ---- evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One line of a post's timeline."""

    at: datetime
    step: str
    detail: Detail
    effect_id: str | None = None


_ADD_EVIDENCE = text("""INSERT INTO evidence (post_id, effect_id, at, step, detail)
    VALUES (:post_id, :effect_id, :at, :step, :detail)""")


async def add_evidence(tx: AsyncConnection, rows: Sequence[tuple[str, Evidence]]) -> None:
    """Add lines to the timelines of posts, each (post id, line)."""
    values = [
        {
            "post_id": post_id,
            "effect_id": line.effect_id,
            "at": to_millis(line.at),
            "step": line.step,
            "detail": json.dumps(dict(line.detail), ensure_ascii=False),
        }
        for post_id, line in rows
    ]
    await tx.execute(_ADD_EVIDENCE, values)


async def evidence_of(tx: AsyncConnection, post_id: str) -> list[Evidence]:
    """Return a post's timeline, earliest first."""
    statement = "SELECT at, step, detail, effect_id FROM evidence WHERE post_id = :post_id ORDER BY id"
    return [
        Evidence(at=from_millis(row.at), step=row.step, detail=json.loads(row.detail), effect_id=row.effect_id)
        for row in await tx.execute(text(statement), {"post_id": post_id})
    ]


# ---- quota


async def open_day(
    tx: AsyncConnection, *, app_id: str, scope: str, subject: str, endpoint: str, day: str, cap: int | None
) -> None:
    """Make a day's counter, unless it is there."""
    statement = """INSERT INTO quota_days (app_id, scope, subject, endpoint, day, used, cap)
        VALUES (:app_id, :scope, :subject, :endpoint, :day, 0, :cap) ON CONFLICT DO NOTHING"""
    values = {"app_id": app_id, "scope": scope, "subject": subject, "endpoint": endpoint, "day": day, "cap": cap}
    await tx.execute(text(statement), values)


_OURS = """app_id = :app_id AND endpoint = :endpoint AND day = :day
    AND ((scope = 'app' AND subject = '') OR (scope = 'member' AND subject = :member))"""
# CAST: PostgreSQL has to know the type of a bare parameter in arithmetic.
_FITS = """(cap IS NULL OR CAST(:count AS INTEGER) < 0
    OR (used + CAST(:count AS INTEGER)) * 100 <= cap * (100 - CAST(:kept_back AS INTEGER)))"""
_TAKE = text(f"""UPDATE quota_days SET used = used + CAST(:count AS INTEGER) WHERE {_OURS} AND {_FITS}
    AND (SELECT count(*) FROM quota_days AS each_one
         WHERE {_OURS} AND {_FITS}) = 2 RETURNING scope""")  # noqa: S608


async def take_quota(
    tx: AsyncConnection, *, app_id: str, member: str, endpoint: str, day: str, count: int, kept_back: int
) -> bool:
    """Add `count` uses to the counters of app and member, in one statement for both or none; False: no room.

    `kept_back` is the share of each cap that this call leaves to others, in percent.
    """
    values = {"app_id": app_id, "member": member, "endpoint": endpoint, "day": day}
    found = await tx.execute(_TAKE, {**values, "count": count, "kept_back": kept_back})
    return len(found.all()) == 2


async def close_day(tx: AsyncConnection, *, app_id: str, scope: str, subject: str, endpoint: str, day: str) -> int:
    """Leave no further use of a day's counter; return how many were counted."""
    statement = """UPDATE quota_days SET cap = used WHERE app_id = :app_id AND scope = :scope AND subject = :subject
        AND endpoint = :endpoint AND day = :day RETURNING used"""
    values = {"app_id": app_id, "scope": scope, "subject": subject, "endpoint": endpoint, "day": day}
    return int((await tx.execute(text(statement), values)).scalar() or 0)


async def caps(tx: AsyncConnection, app_id: str, endpoint: str, day: str) -> dict[str, list[int]]:
    """Return the caps, by scope, that were set or learned for an endpoint and hold on that day."""
    statement = """SELECT scope, cap FROM quota_caps WHERE app_id = :app_id AND endpoint = :endpoint
        AND (until IS NULL OR until >= :day)"""
    found: dict[str, list[int]] = {}
    for row in await tx.execute(text(statement), {"app_id": app_id, "endpoint": endpoint, "day": day}):
        found.setdefault(row.scope, []).append(row.cap)
    return found


async def set_cap(
    tx: AsyncConnection,
    *,
    app_id: str,
    scope: str,
    endpoint: str,
    cap: int,
    source: str,
    set_at: int,
    until: str | None,
) -> None:
    """Write down a cap. One that a person set is not replaced by a learned one."""
    statement = """INSERT INTO quota_caps (app_id, scope, endpoint, cap, source, set_at, until)
        VALUES (:app_id, :scope, :endpoint, :cap, :source, :set_at, :until)
        ON CONFLICT (app_id, scope, endpoint) DO UPDATE SET cap = excluded.cap, source = excluded.source,
            set_at = excluded.set_at, until = excluded.until
        WHERE quota_caps.source = 'learned' OR excluded.source = 'setting'"""
    values = {"app_id": app_id, "scope": scope, "endpoint": endpoint, "cap": cap, "source": source}
    await tx.execute(text(statement), {**values, "set_at": set_at, "until": until})


async def apply_cap(tx: AsyncConnection, *, app_id: str, scope: str, endpoint: str, day: str, cap: int) -> None:
    """Make a cap hold for the counters that the day has already."""
    statement = """UPDATE quota_days SET cap = :cap
        WHERE app_id = :app_id AND scope = :scope AND endpoint = :endpoint AND day = :day"""
    values = {"app_id": app_id, "scope": scope, "endpoint": endpoint, "day": day, "cap": cap}
    await tx.execute(text(statement), values)


async def usage(tx: AsyncConnection, app_ids: Sequence[str], day: str) -> list[tuple[str, str, str, int, int | None]]:
    """Return a day's counters (scope, subject, endpoint, used, cap) of apps."""
    statement = text(
        """SELECT scope, subject, endpoint, used, cap FROM quota_days WHERE app_id IN :app_ids AND day = :day
        ORDER BY endpoint, scope, subject"""
    ).bindparams(bindparam("app_ids", expanding=True))
    found = await tx.execute(statement, {"app_ids": list(app_ids), "day": day})
    return [(row.scope, row.subject, row.endpoint, row.used, row.cap) for row in found]


def _instant(millis: int | None) -> datetime | None:
    return None if millis is None else from_millis(millis)
