"""The one post store: what `/rest/posts`, `/v2/ugcPosts` and the console show in their own ways.

URNs in here hold the world's own member ids; resources translate them for each app.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal, TypeAlias

import msgspec

from inroad.common.clock import to_millis
from inroad.common.urn import Urn
from inroad.sandbox.resources.little import Element, plain
from inroad.sandbox.world import World

Family: TypeAlias = Literal["share", "ugcPost"]


class MediaItem(msgspec.Struct, kw_only=True, tag="media"):
    """One medium of a post; `id` is that of the media store."""

    id: str
    kind: Literal["image", "video", "document"] = "image"
    title: str | None = None
    description: str | None = None  # legacy only
    alt_text: str | None = None


class MultiImage(msgspec.Struct, kw_only=True, tag="multiImage"):
    """Two to twenty pictures."""

    images: list[MediaItem]


class Article(msgspec.Struct, kw_only=True, tag="article"):
    """A link with its card; `thumbnail` is a medium's id."""

    source: str
    title: str | None = None
    description: str | None = None
    thumbnail: str | None = None
    thumbnail_alt_text: str | None = None


class PollOption(msgspec.Struct, kw_only=True):
    """One answer of a poll."""

    text: str
    votes: int = 0


class Poll(msgspec.Struct, kw_only=True, tag="poll"):
    """A question with two to four answers."""

    question: str
    options: list[PollOption]
    duration: str


Content: TypeAlias = MediaItem | MultiImage | Article | Poll


class Post(msgspec.Struct, kw_only=True):
    """One post. It has three numbers, of which `family` says which one the API calls its id."""

    family: Family
    share: int
    ugc_post: int
    activity: int
    author: str
    actor: str  # the member who sent it
    created_at: datetime
    modified_at: datetime
    elements: tuple[Element, ...] = ()
    content: Content | None = None
    visibility: str = "PUBLIC"
    feed: str = "MAIN_FEED"
    targets: list[Any] = []
    channels: list[Any] = []
    lifecycle: str = "PUBLISHED"  # what the author asked for; media may hold it back
    is_edited: bool = False
    is_reshare_disabled: bool = False
    parent: str | None = None  # canonical URN of the post that this one reshares
    root: str | None = None
    container: str | None = None
    landing_page: str | None = None
    call_to_action: str | None = None
    ad_context: dict[str, Any] | None = None
    revision: int = 1
    fingerprint: str = ""
    deleted_at: datetime | None = None

    @property
    def urn(self) -> str:
        """The post's id in the API."""
        return f"urn:li:{self.family}:{self.share if self.family == 'share' else self.ugc_post}"

    @property
    def urns(self) -> tuple[str, str, str]:
        """The three URNs that name this post."""
        return (f"urn:li:share:{self.share}", f"urn:li:ugcPost:{self.ugc_post}", f"urn:li:activity:{self.activity}")

    @property
    def text(self) -> str:
        """The text as a reader sees it."""
        return plain(self.elements)

    @property
    def media(self) -> tuple[MediaItem, ...]:
        """The media that the post shows itself; an article's thumbnail is none of them."""
        if isinstance(self.content, MediaItem):
            return (self.content,)
        return tuple(self.content.images) if isinstance(self.content, MultiImage) else ()


class Posts(msgspec.Struct):
    """Every post of a world, deleted ones included."""

    by_urn: dict[str, Post] = {}  # by canonical URN, in order of creation
    names: dict[str, str] = {}  # any URN of a post -> its canonical one
    by_author: dict[str, list[str]] = {}
    by_fingerprint: dict[str, list[str]] = {}

    def add(self, post: Post) -> None:
        """Keep a new post."""
        self.by_urn[post.urn] = post
        self.names.update(dict.fromkeys(post.urns, post.urn))
        self.by_author.setdefault(post.author, []).append(post.urn)
        self.note_fingerprint(post)

    def note_fingerprint(self, post: Post) -> None:
        """Make the post findable by what it says."""
        if post.fingerprint:
            self.by_fingerprint.setdefault(post.fingerprint, []).append(post.urn)

    def named(self, urn: str | Urn) -> Post | None:
        """Return the post that any of its three URNs names, deleted ones included."""
        canonical = self.names.get(str(urn))
        return None if canonical is None else self.by_urn[canonical]

    def live(self, urn: str | Urn) -> Post | None:
        """Return the post that any of its three URNs names, None when it was deleted."""
        post = self.named(urn)
        return None if post is None or post.deleted_at is not None else post

    def of_author(self, author: str) -> Iterator[Post]:
        """Yield the author's posts that are not deleted, oldest first."""
        posts = (self.by_urn[urn] for urn in self.by_author.get(author, ()))
        return (p for p in posts if p.deleted_at is None)

    def with_fingerprint(self, fingerprint: str) -> Iterator[Post]:
        """Yield the posts that say the same, newest first, deleted ones included."""
        return (self.by_urn[urn] for urn in reversed(self.by_fingerprint.get(fingerprint, ())))


def new_number(world: World, at: datetime) -> int:
    """Return an id that no post has yet; its upper bits are the instant, as LinkedIn's ids are time-ordered."""
    names = world.state(Posts).names
    while True:
        number = (to_millis(at) << 22) | world.random.getrandbits(22)
        if not any(f"urn:li:{kind}:{number}" in names for kind in ("share", "ugcPost", "activity")):
            return number


def new_post(world: World, *, family: Family, author: str, actor: str, at: datetime) -> Post:
    """Return an empty post with numbers of its own; it is not kept yet."""
    return Post(
        family=family,
        share=new_number(world, at),
        ugc_post=new_number(world, at),
        activity=new_number(world, at),
        author=author,
        actor=actor,
        created_at=at,
        modified_at=at,
    )
