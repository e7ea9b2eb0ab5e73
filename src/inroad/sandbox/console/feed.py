"""How posts are shown: in the feed, on their author's page, alone."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import quote, urlsplit

import msgspec

from inroad.sandbox.console.people import Card, card_of, picture_address
from inroad.sandbox.console.render import ago
from inroad.sandbox.resources.little import Element, Hashtag, Mention
from inroad.sandbox.resources.media.state import Media, Medium
from inroad.sandbox.resources.posts.rules import is_web_address, lifecycle, published_at
from inroad.sandbox.resources.posts.state import Article, MediaItem, Poll, Post, Posts
from inroad.sandbox.resources.social.state import Comment, Social, reaction_count
from inroad.sandbox.world import World

FOLD_AFTER = 700
"""Characters that a list shows of a text. LinkedIn folds much earlier, which would hide what tests look for."""

_STATES = {
    "DRAFT": "Draft",
    "PUBLISH_REQUESTED": "Waits for its media",
    "PUBLISH_FAILED": "Media failed, not published",
}
_AUDIENCES = {"CONNECTIONS": "Connections only", "LOGGED_IN": "Signed-in members", "CONTAINER": "Container"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text: plain, a hashtag, or a link to a member or page."""

    kind: Literal["text", "hashtag", "mention"]
    text: str
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture of a post; `src` is None while the world has no bytes that a browser shows."""

    src: str | None
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An article's card; `href` is None for anything but a web address."""

    href: str | None
    host: str
    title: str
    description: str
    picture: Picture | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer of a poll, with its share of the votes in twentieths (the style sheet knows those widths)."""

    text: str
    votes: int
    twentieths: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A poll."""

    text: str
    choices: tuple[Choice, ...]
    votes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A comment."""

    author: Card
    text: str
    at: datetime
    ago: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One post as a page shows it."""

    urn: str
    urns: tuple[str, ...]
    href: str
    author: Card
    sender: Card | None  # the member behind an organization's post
    at: datetime
    ago: str
    is_edited: bool
    audience: str
    state: str
    pieces: tuple[Piece, ...]
    is_folded: bool
    pictures: tuple[Picture, ...]
    attachment: str  # video or document, in words
    link: Link | None
    poll: Question | None
    reactions: int
    comments: tuple[Said, ...]
    reshared: "Shown | None"


def feed(world: World) -> list[Post]:
    """Return the posts that a reader of the feed meets, newest first."""
    posts = world.state(Posts).by_urn.values()
    return _newest(
        p for p in posts if p.deleted_at is None and p.feed != "NONE" and _lifecycle(world, p) == "PUBLISHED"
    )


def posts_of(world: World, author_urn: str) -> list[Post]:
    """Return an author's posts, newest first, those that wait or failed included."""
    return _newest(world.state(Posts).of_author(author_urn))


def shown(world: World, post: Post, *, alone: bool = False) -> Shown:
    """Return a post as a page shows it; `alone` with its whole text."""
    media = _media(world, post)
    at = published_at(post, media)
    author = card_of(world, post.author)
    parent = world.state(Posts).live(post.parent) if post.parent else None
    return Shown(
        urn=post.urn,
        urns=post.urns,
        href=f"/feed/update/{quote(post.urn, safe=':')}",
        author=author,
        sender=card_of(world, post.actor) if author.is_organization and post.actor != post.author else None,
        at=at,
        ago=ago(at, world.clock.now()),
        is_edited=post.is_edited,
        audience=_AUDIENCES.get(post.visibility, ""),
        state=_STATES.get(_lifecycle(world, post), ""),
        pieces=tuple(_piece(world, e) for e in post.elements),
        is_folded=not alone and len(post.text) > FOLD_AFTER,
        pictures=tuple(_picture(world, item) for item in post.media if item.kind == "image"),
        attachment=next((_attachment(item) for item in post.media if item.kind != "image"), ""),
        link=_link(world, post.content) if isinstance(post.content, Article) else None,
        poll=_question(post.content) if isinstance(post.content, Poll) else None,
        reactions=reaction_count(world, post.urn),
        comments=tuple(_said(world, c) for c in world.state(Social).of_post(post.urn)),
        reshared=shown(world, _without_parent(parent)) if parent is not None else None,
    )


def record(post: Post) -> str:
    """Return a post as the world keeps it, for the curious."""
    return json.dumps(msgspec.to_builtins(post), indent=2, ensure_ascii=False)


def _newest(posts: Iterable[Post]) -> list[Post]:
    return sorted(posts, key=lambda p: (p.created_at, p.share), reverse=True)


def _media(world: World, post: Post) -> list[Medium]:
    known = world.state(Media).by_id
    return [known[item.id] for item in post.media if item.id in known]


def _lifecycle(world: World, post: Post) -> str:
    now = world.clock.now()
    return lifecycle(post, (m.status(now) for m in _media(world, post)))


def _piece(world: World, element: Element) -> Piece:
    if isinstance(element, Hashtag):
        return Piece("hashtag", f"#{element.word}")
    if isinstance(element, Mention):
        return Piece("mention", element.name, card_of(world, element.urn).href)
    return Piece("text", element.text)


def _picture(world: World, item: MediaItem) -> Picture:
    medium = world.state(Media).by_id.get(item.id)
    is_there = medium is not None and medium.status(world.clock.now()) == "AVAILABLE"
    return Picture(
        src=picture_address(world, item.id) if is_there else None,
        alt=item.alt_text or "",
        width=medium.width if medium else 0,
        height=medium.height if medium else 0,
    )


def _attachment(item: MediaItem) -> str:
    return f"{item.kind.capitalize()}: {item.title}" if item.title else item.kind.capitalize()


def _link(world: World, article: Article) -> Link:
    host = (urlsplit(article.source).hostname or "") if is_web_address(article.source) else ""
    thumbnail = MediaItem(id=article.thumbnail, alt_text=article.thumbnail_alt_text) if article.thumbnail else None
    return Link(
        href=article.source if is_web_address(article.source) else None,
        host=host.removeprefix("www."),
        title=article.title or article.source,
        description=article.description or "",
        picture=_picture(world, thumbnail) if thumbnail else None,
    )


def _question(poll: Poll) -> Question:
    votes = sum(option.votes for option in poll.options)
    return Question(
        text=poll.question,
        choices=tuple(
            Choice(text=o.text, votes=o.votes, twentieths=round(20 * o.votes / votes) if votes else 0)
            for o in poll.options
        ),
        votes=votes,
    )


def _said(world: World, comment: Comment) -> Said:
    return Said(
        author=card_of(world, comment.actor),
        text=comment.text,
        at=comment.created_at,
        ago=ago(comment.created_at, world.clock.now()),
    )


def _without_parent(post: Post) -> Post:
    """Return the post without what it reshares itself: a feed shows one level."""
    return msgspec.structs.replace(post, parent=None)
