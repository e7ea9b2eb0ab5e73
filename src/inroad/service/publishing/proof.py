"""After publishing: read the post back, where the connection may, and compare it with what was meant."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from inroad.sdk.errors import ApiError, Error, Forbidden, Unauthorized
from inroad.service.engine.port import Job, Later
from inroad.service.errors import LinkError
from inroad.service.publishing import evidence, quota, store
from inroad.service.publishing.desk import Desk
from inroad.service.publishing.effects import Effect, Verdict
from inroad.service.publishing.model import Post
from inroad.service.publishing.outbox import Outbox

_ASK_AGAIN = timedelta(seconds=10)
_MISSING_AFTER = timedelta(minutes=2)
"""How long a post may take to show. UNCONFIRMED: entities were seen to lag 1 to 30 s behind their creation."""


class ReadBack:
    """Reads published posts back; the engine calls `run` for jobs of kind `publish.read_back`."""

    def __init__(self, desk: Desk, outbox: Outbox) -> None:
        self._desk = desk
        self._outbox = outbox

    async def run(self, job: Job) -> Later | None:
        """Read a post back once; note what it shows, or when to ask again."""
        desk = self._desk
        async with desk.db.read() as tx:
            found = await store.post_effects(tx, [job.args["post_id"]])
            author = await desk.connections.author(tx, found[0][1].author_id) if found else None
        if author is None or found[0][1].urn is None or found[0][1].state != "published":
            return None
        effect, post = found[0]
        if not await desk.may_call(author, quota.GET_POST, priority="background"):
            return Later(quota.next_day(desk.now()))
        try:
            client = await desk.client_for(author)
            seen = await evidence.read_post(client, post.urn or "")
        except (LinkError, Forbidden, Unauthorized) as problem:
            await self._unreadable(post, str(problem))
            return None
        except Error as problem:
            if isinstance(problem, ApiError) and problem.status < 429:
                await self._unreadable(post, str(problem))
                return None
            return Later(desk.now() + _ASK_AGAIN)
        return await self._note(effect, post, evidence.compare(seen, evidence.sent_by(effect)))

    async def given_up(self, tx: AsyncConnection, job: Job, reason: str) -> None:
        """Say on the timeline that the post was not read back."""
        await store.set_proof(tx, job.args["post_id"], "unreadable")
        await self._desk.note(tx, job.args["post_id"], "not_read_back", why=reason)

    async def _unreadable(self, post: Post, why: str) -> None:
        async with self._desk.db.write() as tx:
            await store.set_proof(tx, post.id, "unreadable")
            await self._desk.note(tx, post.id, "not_read_back", why=why)

    async def _note(self, effect: Effect, post: Post, outcome: evidence.Comparison) -> Later | None:
        desk = self._desk
        if outcome == "missing" and desk.now() - (post.published_at or desk.now()) < _MISSING_AFTER:
            return Later(desk.now() + _ASK_AGAIN)
        async with desk.db.write() as tx:
            await store.set_proof(tx, post.id, outcome)
            await desk.note(tx, post.id, "read_back", effect_id=effect.id, urn=post.urn, outcome=outcome)
            if outcome == "missing":
                why = f"LinkedIn said that it published {post.urn}, but there is no such post"
                await self._outbox.move(tx, effect, Verdict(state="needs_review", why=why))
        return None
