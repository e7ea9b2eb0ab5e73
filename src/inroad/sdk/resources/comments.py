"""Comments and replies (versioned API). Their texts are plain: escaping one as little text publishes the backslashes.

A comment is addressed by its URN, which names its thread: `urn:li:comment:(urn:li:activity:7,9)`. Who knows the post
and the comment's number only makes one with `comment_urn`.
Source: "Comments API", learn.microsoft.com /linkedin/marketing/community-management/shares/comments-api
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument, NotFound
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, Response, Sleep, operation, paged
from inroad.sdk.resources.entity import (
    Batch,
    Elements,
    Entity,
    Results,
    UrnText,
    as_batch,
    as_count,
    as_urn,
    decoder,
    pages,
    read_batch,
)
from inroad.sdk.resources.ugc_posts import AuditStamp
from inroad.sdk.restli.encode import encode_key
from inroad.sdk.text import Mention, PlainText, utf16_length

MAX_COMMENT_ADVISED = 1_250
"""Characters of a comment in LinkedIn's own composer. UNCONFIRMED for the API, so nothing is refused for it."""

ACTORS = ("person", "organization", "organizationBrand")
POSTS = ("share", "ugcPost", "activity")

_BASE = "/rest/socialActions"
_MEMBER = "com.linkedin.common.MemberAttributedEntity"
_COMPANY = "com.linkedin.common.CompanyAttributedEntity"
_FIRST_WAIT = 1.5
_LONGEST_WAIT = 12.0


class SocialStamp(AuditStamp, frozen=True):
    """Who did something, and when; `impersonator` is the member who did it for an organization."""

    impersonator: UrnText | None = None


class TextAttribute(Entity, frozen=True):
    """A stretch of a text, in UTF-16 units, and what it names."""

    start: int
    length: int
    value: Mapping[str, Any] = {}


class CommentMessage(Entity, frozen=True):
    """A comment's text and the names in it."""

    text: PlainText = PlainText("")
    attributes: tuple[TextAttribute, ...] = ()


class LikesSummary(Entity, frozen=True):
    """How many reacted, with whatever reaction."""

    total_likes: int = 0
    aggregated_total_likes: int = 0
    liked_by_current_user: bool = False
    selected_likes: tuple[str, ...] = ()


class CommentsSummary(Entity, frozen=True):
    """How many commented; `comments_state` is OPEN or CLOSED where LinkedIn says it."""

    total_first_level_comments: int = 0
    aggregated_total_comments: int = 0
    comments_state: str | None = None
    selected_comments: tuple[str, ...] = ()


class Comment(Entity, frozen=True):
    """A comment or a reply. `actor` is missing for a member who hides; `agent` is who acted for an organization."""

    id: str
    object: UrnText
    actor: UrnText | None = None
    agent: UrnText | None = None
    parent_comment: UrnText | None = None
    message: CommentMessage = CommentMessage()
    content: tuple[Mapping[str, Any], ...] = ()
    created: SocialStamp | None = None
    last_modified: SocialStamp | None = None
    likes_summary: LikesSummary = LikesSummary()
    comments_summary: CommentsSummary = CommentsSummary()
    # The legacy API writes `$URN`, recordings of 2025 and later have `commentUrn`.
    _urn: UrnText | None = msgspec.field(name="$URN", default=None)
    _comment_urn: UrnText | None = msgspec.field(name="commentUrn", default=None)

    @property
    def urn(self) -> Urn:
        """The comment's URN, from whichever field is there."""
        return self._comment_urn or self._urn or Urn("comment", f"({self.object},{self.id})")

    @property
    def text(self) -> PlainText:
        """What readers see."""
        return self.message.text


_COMMENT = decoder(Comment)
_COMMENT_PAGE = decoder(Elements[Comment])
_COMMENT_BATCH = decoder(Results[Comment])


def comment_urn(thread: Urn | str, id: str | int) -> Urn:
    """Return the URN of the comment with this number on a post.

    Args:
        thread: A share, ugcPost or activity URN. LinkedIn's own comment URNs name the activity.
        id: The comment's number.

    Raises:
        InvalidArgument: `thread` is no post, or `id` no number.
    """
    number = str(id)
    if not number.isascii() or not number.isdigit():
        raise InvalidArgument(f"a comment's id is a number, got {number[:80]!r}")
    return Urn("comment", f"({as_urn(thread, *POSTS, name='thread')},{number})")


class Comments(Resource[IO]):
    """Comments and replies (versioned API)."""

    @paged
    def list(self, thread: Urn | str, *, count: int = 10) -> Flow[Page[Comment]]:
        """Yield the comments of a post, or the replies to a comment.

        Args:
            thread: A share, ugcPost, activity or comment URN. A post's list holds first-level comments only.
            count: Comments per page, 1 to 100. Pages are fetched as you iterate.

        Raises:
            Forbidden: the token lacks the scope, or the post is a stranger's.

        Scopes: r_organization_social_feed, or r_member_social_feed or w_member_social_feed for the member's own posts.
        Roles: ADMINISTRATOR or DIRECT_SPONSORED_CONTENT_POSTER of the organization.
        """
        return (yield from list_comments(_BASE, thread, count))

    @operation
    def get(self, urn: Urn | str) -> Flow[Comment]:
        """Return a comment.

        Raises:
            NotFound: there is no such comment.
            Forbidden: the token lacks the scope, or the post is a stranger's.

        Scopes: as for `list`.
        """
        return (yield from get_comment(_BASE, urn))

    @operation
    def batch_get(self, urns: Sequence[Urn | str]) -> Flow[Batch[Comment]]:
        """Return several comments of one thread by URN; those that cannot be read are in `missing`.

        Raises:
            InvalidArgument: the comments are of several threads.
            Forbidden: among others, in the development tier, where LinkedIn does not offer it.

        Scopes: as for `list`.
        """
        return (yield from batch_get_comments(_BASE, urns))

    @operation
    def create(
        self,
        post: Urn | str,
        *,
        actor: Urn | str,
        text: str,
        mentions: Sequence[Mention] = (),
        image: Urn | str | None = None,
        patience_seconds: float = 0.0,
    ) -> Flow[Comment]:
        """Comment on a post and return the comment. Never repeated on its own, but for `patience_seconds`.

        Args:
            post: A share, ugcPost or activity URN.
            actor: The person or organization that comments.
            text: What readers see; plain text. LinkedIn's composer takes 1,250 characters (UNCONFIRMED for the API).
            mentions: Names that stand in the text, in order, and whom they link to.
            image: An image URN to show. LinkedIn's page refuses images in comments with a 403.
            patience_seconds: How long to go on trying while LinkedIn says that a new post has no activity yet, which it
                does for up to half a minute after the post was made. Such a refused create has done nothing.

        Raises:
            InvalidArgument: a mention's name does not stand in the text, or there is nothing to say.
            NotFound: there is no such post, or it is too young.
            Forbidden: the token lacks the scope, comments are closed, or an image was given.
            RateLimited: more comments in a minute than LinkedIn takes of one member.

        Scopes: w_member_social_feed, or w_organization_social_feed for an organization.
        Roles: ADMINISTRATOR, DIRECT_SPONSORED_CONTENT_POSTER or RECRUITING_POSTER of the organization.
        """
        target = as_urn(post, *POSTS, name="post")
        body = comment_body(actor, target, text, mentions)
        if image is not None:
            body["content"] = [{"entity": {"image": str(as_urn(image, "image", name="image"))}}]
        return (yield from create_comment(_BASE, target, body, patience_seconds))

    @operation
    def reply(self, urn: Urn | str, *, actor: Urn | str, text: str, mentions: Sequence[Mention] = ()) -> Flow[Comment]:
        """Reply to a comment and return the reply. Never repeated on its own.

        A reply to a reply is attached to the first-level comment (UNCONFIRMED: a recorded answer would show its
        `parentComment`).

        Args:
            urn: The comment's URN.
            actor: The person or organization that replies.
            text: What readers see; plain text.
            mentions: Names that stand in the text, in order, and whom they link to.

        Raises:
            InvalidArgument: a mention's name does not stand in the text, or the text is empty.
            NotFound: there is no such comment.

        Scopes: as for `create`.
        """
        parent = as_urn(urn, "comment", name="urn")
        thread, _ = comment_place(parent)
        body = comment_body(actor, thread, text, mentions)
        body["parentComment"] = str(parent)
        return (yield from create_comment(_BASE, parent, body, 0.0))

    @operation
    def edit(
        self, urn: Urn | str, *, actor: Urn | str, text: str, mentions: Sequence[Mention] = ()
    ) -> Flow[Comment | None]:
        """Change a comment's text; return the comment as it is now, None when LinkedIn does not show it.

        Args:
            urn: The comment's URN.
            actor: Its author.
            text: The text to stand instead; plain text.
            mentions: Names that stand in the text, in order, and whom they link to.

        Raises:
            InvalidArgument: a mention's name does not stand in the text, or the text is empty.
            NotFound: there is no such comment.

        Scopes: as for `create`.
        """
        return (yield from edit_comment(_BASE, urn, actor, text, mentions))

    @operation
    def delete(self, urn: Urn | str, *, actor: Urn | str) -> Flow[None]:
        """Delete a comment. One that is gone already is no error.

        Args:
            urn: The comment's URN.
            actor: Its author, or the organization whose post it stands under.

        Scopes: as for `create`.
        """
        yield from delete_comment(_BASE, urn, actor)


def list_comments(base: str, thread: Urn | str, count: int) -> Flow[Page[Comment]]:
    """Ask for the comments of a thread, at the versioned or the legacy base."""
    params = {"start": 0, "count": as_count(count, 100)}
    return (yield from pages(Request("GET", _collection(base, thread), params), _COMMENT_PAGE))


def get_comment(base: str, urn: Urn | str) -> Flow[Comment]:
    """Ask for one comment."""
    response = yield Request("GET", _path(base, urn))
    return response.decode(_COMMENT)


def batch_get_comments(base: str, urns: Sequence[Urn | str]) -> Flow[Batch[Comment]]:
    """Ask for several comments of one thread."""
    asked = as_batch([as_urn(urn, "comment", name="urns") for urn in urns], name="urns")
    places = {id: (thread, urn) for urn in asked for thread, id in [comment_place(urn)]}
    threads = {thread for thread, _ in places.values()}
    if len(threads) > 1:
        raise InvalidArgument(f"urns must be comments of one thread, got {len(threads)} threads")
    request = Request("GET", _collection(base, threads.pop()), {"ids": list(places)}, restli_method="BATCH_GET")
    response = yield request
    return read_batch(response, _COMMENT_BATCH, lambda key: _asked(key, places))


def create_comment(base: str, target: Urn, body: Mapping[str, object], patience_seconds: float) -> Flow[Comment]:
    """Send a comment; while its post is too young, wait and send it again."""
    request = Request("POST", _collection(base, target), json=body)
    pause, left = _FIRST_WAIT, patience_seconds
    while True:
        try:
            response = yield request
        except NotFound:
            # "Unable to obtain activity for urn:li:share:...", 1 to 30 seconds after the post was made: nothing was
            # created. LinkedIn gives it no code of its own.
            if left <= 0:
                raise
        else:
            return response.decode(_COMMENT)
        pause = min(pause, left)
        yield Sleep(pause)
        left -= pause
        pause = min(pause * 2, _LONGEST_WAIT)


def edit_comment(
    base: str, urn: Urn | str, actor: Urn | str, text: str, mentions: Sequence[Mention]
) -> Flow[Comment | None]:
    """Send a comment's new text."""
    body = {"patch": {"message": {"$set": _message(text, mentions)}}}
    params = {"actor": as_urn(actor, *ACTORS, name="actor")}
    response = yield Request("POST", _path(base, urn), params, json=body, restli_method="PARTIAL_UPDATE")
    return _comment_if_any(response)


def delete_comment(base: str, urn: Urn | str, actor: Urn | str) -> Flow[None]:
    """Delete a comment unless it is gone."""
    try:
        yield Request("DELETE", _path(base, urn), {"actor": as_urn(actor, *ACTORS, name="actor")})
    except NotFound:
        return


def comment_body(actor: Urn | str, post: Urn | str, text: str, mentions: Sequence[Mention] = ()) -> dict[str, object]:
    """Return what a comment is created of."""
    return {
        "actor": str(as_urn(actor, *ACTORS, name="actor")),
        "object": str(post),
        "message": _message(text, mentions),
    }


def comment_place(urn: Urn) -> tuple[Urn, str]:
    """Return the thread that a comment's URN names, and the comment's number."""
    if len(urn.parts) != 2:
        raise InvalidArgument(f"a comment URN names its thread and its number, got {str(urn)!r}")
    thread, id = urn.parts
    return as_urn(thread, *POSTS, "comment", name="the comment's thread"), id


def _message(text: str, mentions: Sequence[Mention]) -> dict[str, object]:
    if not text.strip():
        raise InvalidArgument("a comment needs text")
    message: dict[str, object] = {"text": str(text)}
    attributes = _attributes(text, mentions)
    if attributes:
        message["attributes"] = attributes
    return message


def _attributes(text: str, mentions: Sequence[Mention]) -> "Sequence[Mapping[str, object]]":
    found: list[Mapping[str, object]] = []
    begin = 0
    for mention in mentions:
        at = text.find(mention.name, begin)
        if at < 0:
            raise InvalidArgument(f"the mention {mention.name!r} does not stand in the text, or not in this order")
        begin = at + len(mention.name)
        # UTF-16 units: UNCONFIRMED; a comment with an emoji before a mention would tell.
        start, length = utf16_length(text[:at]), utf16_length(mention.name)
        found.append({"start": start, "length": length, "value": _named(mention.urn)})
    return found


def _named(urn: Urn) -> Mapping[str, object]:
    if as_urn(urn, "person", "organization", name="mentions").kind == "person":
        return {_MEMBER: {"member": str(urn)}}
    return {_COMPANY: {"company": str(urn)}}


def _comment_if_any(response: Response) -> Comment | None:
    return response.decode(_COMMENT) if response.content else None


def _collection(base: str, thread: Urn | str) -> str:
    return f"{base}/{encode_key(as_urn(thread, *POSTS, 'comment', name='thread'))}/comments"


def _path(base: str, urn: Urn | str) -> str:
    thread, id = comment_place(as_urn(urn, "comment", name="urn"))
    return f"{_collection(base, thread)}/{encode_key(id)}"


def _asked(key: str, places: Mapping[str, tuple[Urn, Urn]]) -> Urn:
    if key not in places:
        raise ValueError(f"{key!r} was not asked for")
    return places[key][1]
