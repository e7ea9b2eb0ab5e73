"""Comments and reactions of a world, and what a seed tells of the time before.

URNs in here hold the world's own member ids. An *entity* is a post's canonical URN or `comment:{id}`.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Literal, TypeAlias

import msgspec

from inroad.sandbox.resources.posts.state import Post
from inroad.sandbox.world import World

ReactionType: TypeAlias = Literal["LIKE", "PRAISE", "APPRECIATION", "EMPATHY", "INTEREST", "ENTERTAINMENT", "MAYBE"]

CROWD_SPAN = timedelta(days=14)
"""Reactions that a seed only counts came within so many days of the post."""

_CROWD_TYPES: tuple[tuple[float, ReactionType], ...] = (
    (0.72, "LIKE"),
    (0.84, "PRAISE"),
    (0.90, "EMPATHY"),
    (0.95, "INTEREST"),
    (0.98, "APPRECIATION"),
    (1.00, "ENTERTAINMENT"),
)


class Reaction(msgspec.Struct, kw_only=True):
    """One actor's reaction to one entity. `agent` is the member behind an organization."""

    actor: str
    type: ReactionType
    created_at: datetime
    modified_at: datetime
    agent: str | None = None


class Comment(msgspec.Struct, kw_only=True):
    """One comment, or a reply to one: `parent` is then the first-level comment's id."""

    id: str
    post: str
    actor: str
    text: str
    created_at: datetime
    modified_at: datetime
    agent: str | None = None
    parent: str | None = None
    attributes: list[Any] = []
    image: str | None = None  # a URN of the generation of the API that sent it

    @property
    def entity(self) -> str:
        """Where reactions to this comment are kept."""
        return f"comment:{self.id}"


class Thread(msgspec.Struct, kw_only=True):
    """What one entity has gathered. `crowd` counts reactions of people outside this world, which a seed brings."""

    reactions: dict[str, Reaction] = {}  # by actor
    comments: list[str] = []  # ids, oldest first: of a post the first level, of a comment its replies
    is_closed: bool = False
    crowd: int = 0
    crowd_since: datetime | None = None
    crowd_until: datetime | None = None


class Social(msgspec.Struct):
    """Every comment and every reaction of a world."""

    threads: dict[str, Thread] = {}  # by entity
    comments: dict[str, Comment] = {}  # by id

    def thread(self, entity: str) -> Thread:
        """Return what the entity has gathered, an empty thread when that is nothing."""
        return self.threads.get(entity) or Thread()

    def open_thread(self, entity: str) -> Thread:
        """Return the entity's thread for writing."""
        return self.threads.setdefault(entity, Thread())

    def under(self, entity: str) -> Iterator[Comment]:
        """Yield the comments directly under a post or a comment, oldest first."""
        return (self.comments[key] for key in self.thread(entity).comments)

    def of_post(self, post: str) -> Iterator[Comment]:
        """Yield a post's comments, each followed by its replies."""
        for comment in self.under(post):
            yield comment
            yield from self.under(comment.entity)

    def add_comment(self, comment: Comment) -> None:
        """Keep a new comment."""
        self.comments[comment.id] = comment
        self.open_thread(comment.post if comment.parent is None else f"comment:{comment.parent}").comments.append(
            comment.id
        )

    def remove_comment(self, comment: Comment) -> None:
        """Forget a comment, its replies and what they gathered."""
        for reply in list(self.under(comment.entity)):
            self.remove_comment(reply)
        self.threads.pop(comment.entity, None)
        above = comment.post if comment.parent is None else f"comment:{comment.parent}"
        self.thread(above).comments.remove(comment.id)
        del self.comments[comment.id]

    def remove_comments(self, post: str) -> None:
        """Forget all comments of a post."""
        for comment in list(self.under(post)):
            self.remove_comment(comment)

    def forget(self, post: str) -> None:
        """Forget everything that a post has gathered: comments and reactions go with it."""
        self.remove_comments(post)
        self.threads.pop(post, None)


def reactions_to(world: World, entity: str) -> list[Reaction]:
    """Return the reactions to an entity, oldest first, those of the crowd included."""
    thread = world.state(Social).thread(entity)
    return sorted((*_crowd(world, entity, thread), *thread.reactions.values()), key=lambda r: r.created_at)


def reaction_count(world: World, entity: str) -> int:
    """Return how many reactions an entity has."""
    thread = world.state(Social).thread(entity)
    return thread.crowd + len(thread.reactions)


def reaction_of(world: World, entity: str, actor: str) -> Reaction | None:
    """Return the actor's reaction to an entity."""
    thread = world.state(Social).thread(entity)
    found = thread.reactions.get(actor)
    if found is None and thread.crowd:
        found = next((r for r in _crowd(world, entity, thread) if r.actor == actor), None)
    return found


def comment_count(world: World, entity: str) -> tuple[int, int]:
    """Return how many comments stand directly under an entity, and how many with the replies."""
    social = world.state(Social)
    direct = social.thread(entity).comments
    return len(direct), len(direct) + sum(len(social.thread(f"comment:{key}").comments) for key in direct)


def gather_crowd(world: World, post: Post, count: int) -> None:
    """Let so many people outside this world have reacted to a post of the past."""
    if count > 0:
        thread = world.state(Social).open_thread(post.urn)
        thread.crowd = count
        thread.crowd_since = post.created_at
        thread.crowd_until = max(post.created_at, min(world.clock.now(), post.created_at + CROWD_SPAN))


def _crowd(world: World, entity: str, thread: Thread) -> Iterator[Reaction]:
    """Yield the reactions behind the crowd's count: the same people at every call."""
    if thread.crowd_since is None or thread.crowd_until is None:
        return
    span = thread.crowd_until - thread.crowd_since
    for number in range(thread.crowd):
        digest = hashlib.sha256(f"{world.seed}\0{entity}\0{number}".encode()).digest()
        early = (int.from_bytes(digest[:4]) / 2**32) ** 2  # most react on the first days
        kind = int.from_bytes(digest[4:8]) / 2**32
        at = thread.crowd_since + span * early
        yield Reaction(
            actor=f"urn:li:person:{digest[8:13].hex()}",
            type=next(name for bound, name in _CROWD_TYPES if kind < bound),
            created_at=at,
            modified_at=at,
        )
