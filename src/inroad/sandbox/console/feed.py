"""How posts are shown: in the feed, on their author's page, alone."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import quote, urlsplit

import msgspec

from inroad.sandbox.console.acting import REACTIONS
from inroad.sandbox.console.people import Card, card_of, picture_address
from inroad.sandbox.console.render import ago
from inroad.sandbox.resources.little import Element, Hashtag, Mention
from inroad.sandbox.resources.media.state import Media, Medium
from inroad.sandbox.resources.posts.rules import is_web_address, lifecycle, published_at
from inroad.sandbox.resources.posts.state import Article, MediaItem, Poll, Post, Posts
from inroad.sandbox.resources.social.entity import comment_urn
from inroad.sandbox.resources.social.state import Comment, Social, comment_count, reaction_count, reactions_to
from inroad.sandbox.world import World

FOLD_AFTER = 700
"""Characters that a list shows of a text. LinkedIn folds much earlier, which would hide what tests look for."""

_STATES = {
    "DRAFT": "Draft",
    "PUBLISH_REQUESTED": "Waits for its media",
    "PUBLISH_FAILED": "Media failed, not published",
}
_PAPERS = (("pdf", "PDF"), ("presentation", "Slides"), ("word", "Text"))
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
class Film:
    """A video of a post; `src` is None while there is nothing to play."""

    src: str | None
    poster: str | None
    captions: str | None  # WebVTT only: browsers read nothing else
    title: str
    content_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document of a post; `href` is None while there is nothing to save."""

    href: str | None
    title: str
    kind: str
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A comment, with its replies."""

    urn: str
    anchor: str
    author: Card
    text: str
    picture: str | None
    at: datetime
    ago: str
    is_edited: bool
    reactions: int
    own: str  # the viewer's reaction, empty for none
    replies: "tuple[Said, ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One post as a page shows it."""

    urn: str
    anchor: str
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
    film: Film | None
    paper: Paper | None
    link: Link | None
    poll: Question | None
    reactions: int
    kinds: str  # of reactions that came, the most frequent first, in words
    own: str  # the viewer's reaction, empty for none
    comments: tuple[Said, ...]
    comment_count: int
    takes_comments: bool
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


def _sender(world: World, post: Post) -> Card | None:
    """Return who posted for an organization: a member by the world's own id; in a seed, the organization itself."""
    if post.actor == post.author:
        return None
    return card_of(world, post.actor if post.actor.startswith("urn:") else f"urn:li:person:{post.actor}")


def shown(world: World, post: Post, *, alone: bool = False, viewer: str = "") -> Shown:
    """Return a post as a page shows it to a viewer (a world's URN); `alone` with its whole text and its comments."""
    media = _media(world, post)
    at = published_at(post, media)
    author = card_of(world, post.author)
    parent = world.state(Posts).live(post.parent) if post.parent else None
    return Shown(
        urn=post.urn,
        anchor=f"p{post.activity}",
        urns=post.urns,
        href=f"/feed/update/{quote(post.urn, safe=':')}",
        author=author,
        sender=_sender(world, post) if author.is_organization else None,
        at=at,
        ago=ago(at, world.clock.now()),
        is_edited=post.is_edited,
        audience=_AUDIENCES.get(post.visibility, ""),
        state=_STATES.get(_lifecycle(world, post), ""),
        pieces=tuple(_piece(world, e) for e in post.elements),
        is_folded=not alone and len(post.text) > FOLD_AFTER,
        pictures=tuple(_picture(world, item) for item in post.media if item.kind == "image"),
        film=next((_film(world, item) for item in post.media if item.kind == "video"), None),
        paper=next((_paper(world, item) for item in post.media if item.kind == "document"), None),
        link=_link(world, post.content) if isinstance(post.content, Article) else None,
        poll=_question(post.content) if isinstance(post.content, Poll) else None,
        reactions=reaction_count(world, post.urn),
        kinds=_kinds(world, post),
        own=_own(world, post.urn, viewer),
        comments=tuple(_said(world, post, c, viewer) for c in world.state(Social).under(post.urn)) if alone else (),
        comment_count=comment_count(world, post.urn)[1],
        takes_comments=not world.state(Social).thread(post.urn).is_closed,
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


def _film(world: World, item: MediaItem) -> Film:
    medium = world.state(Media).by_id.get(item.id)
    is_there = medium is not None and medium.status(world.clock.now()) == "AVAILABLE" and medium.file is not None
    captions = world.blobs.get(medium.captions) if medium is not None else None
    return Film(
        src=f"/media/dms/video/{item.id}/0" if is_there else None,
        poster=picture_address(world, medium.thumbnail) if medium is not None else None,
        captions=f"/media/dms/captions/{item.id}/0" if captions and captions.content_type == "text/vtt" else None,
        title=item.title or "",
        content_type=medium.content_type if medium is not None else "",
    )


def _paper(world: World, item: MediaItem) -> Paper:
    medium = world.state(Media).by_id.get(item.id)
    is_there = medium is not None and medium.status(world.clock.now()) == "AVAILABLE" and medium.file is not None
    kind = medium.content_type if medium is not None else ""
    return Paper(
        href=f"/media/dms/document/{item.id}/0" if is_there else None,
        title=item.title or "Document",
        kind=next((word for part, word in _PAPERS if part in kind), "Document"),
        pages=medium.pages if medium is not None else 0,
    )


def _kinds(world: World, post: Post) -> str:
    words: dict[str, str] = dict(REACTIONS)
    kinds = Counter(r.type for r in reactions_to(world, post.urn))
    return ", ".join(f"{words.get(kind, 'Curious')} {count}" for kind, count in kinds.most_common())


def _own(world: World, entity: str, viewer: str) -> str:
    found = world.state(Social).thread(entity).reactions.get(viewer)
    return "" if found is None else found.type


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


def _said(world: World, post: Post, comment: Comment, viewer: str) -> Said:
    return Said(
        urn=comment_urn(post, comment),
        anchor=f"c{comment.id}",
        author=card_of(world, comment.actor),
        text=comment.text,
        picture=None if comment.image is None else picture_address(world, comment.image.rpartition(":")[2]),
        at=comment.created_at,
        ago=ago(comment.created_at, world.clock.now()),
        is_edited=comment.modified_at > comment.created_at,
        reactions=reaction_count(world, comment.entity),
        own=_own(world, comment.entity, viewer),
        replies=tuple(_said(world, post, reply, viewer) for reply in world.state(Social).under(comment.entity)),
    )


def _without_parent(post: Post) -> Post:
    """Return the post without what it reshares itself: a feed shows one level."""
    return msgspec.structs.replace(post, parent=None)
