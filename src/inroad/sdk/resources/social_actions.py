"""Likes, comments and their counts through the legacy API, `/v2/socialActions`.

New programs use `comments`, `reactions` and `social_metadata`. This one opens with the plain
social scopes, so an app without the Community Management product can comment with it. Comments are the versioned API's:
same type, text only.
Source: "Network Update Social Actions", learn.microsoft.com
/linkedin/marketing/community-management/shares/network-update-social-actions
"""

from collections.abc import Sequence

import msgspec

from inroad.common.urn import Urn
from inroad.sdk.errors import NotFound
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, operation, paged
from inroad.sdk.resources.comments import (
    ACTORS,
    POSTS,
    Comment,
    CommentsSummary,
    LikesSummary,
    SocialStamp,
    batch_get_comments,
    comment_body,
    comment_place,
    create_comment,
    delete_comment,
    edit_comment,
    get_comment,
    list_comments,
)
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
from inroad.sdk.restli.encode import encode_key
from inroad.sdk.text import Mention

_BASE = "/v2/socialActions"
_TARGETS = (*POSTS, "comment")


class SocialSummary(Entity, frozen=True):
    """How many liked and commented. The likes count every kind of reaction."""

    target: UrnText | None = None
    likes_summary: LikesSummary = LikesSummary()
    comments_summary: CommentsSummary = CommentsSummary()


class Like(Entity, frozen=True):
    """A like; the legacy API shows every reaction as one. `agent` is who acted for an organization."""

    actor: UrnText
    object: UrnText
    id: str | None = None
    agent: UrnText | None = None
    created: SocialStamp | None = None
    last_modified: SocialStamp | None = None
    urn: UrnText | None = msgspec.field(name="$URN", default=None)


_SUMMARY = decoder(SocialSummary)
_SUMMARY_BATCH = decoder(Results[SocialSummary])
_LIKE = decoder(Like)
_LIKE_PAGE = decoder(Elements[Like])
_LIKE_BATCH = decoder(Results[Like])


class SocialActions(Resource[IO]):
    """Likes, comments and their counts through the legacy API.

    Scopes: r_organization_social or r_member_social to read, w_organization_social or w_member_social to write; three
    published clients use it with w_member_social alone.
    """

    @operation
    def get(self, urn: Urn | str) -> Flow[SocialSummary]:
        """Return how many liked and commented a post or a comment.

        Raises:
            Forbidden: the token lacks the scope, or the post is a stranger's.
        """
        response = yield Request("GET", _path(urn))
        return response.decode(_SUMMARY)

    @operation
    def batch_get(self, urns: Sequence[Urn | str]) -> Flow[Batch[SocialSummary]]:
        """Return the counts of several posts or comments by URN; those that cannot be read are in `missing`."""
        keys = as_batch([as_urn(urn, *_TARGETS, name="urns") for urn in urns], name="urns")
        response = yield Request("GET", _BASE, {"ids": keys}, restli_method="BATCH_GET")
        return read_batch(response, _SUMMARY_BATCH)

    @paged
    def list_likes(self, urn: Urn | str, *, count: int = 10) -> Flow[Page[Like]]:
        """Yield the likes of a post or a comment.

        Args:
            urn: A share, ugcPost, activity or comment URN.
            count: Likes per page, 1 to 100. Pages are fetched as you iterate.
        """
        params = {"start": 0, "count": as_count(count, 100)}
        return (yield from pages(Request("GET", f"{_path(urn)}/likes", params), _LIKE_PAGE))

    @operation
    def get_like(self, urn: Urn | str, *, actor: Urn | str) -> Flow[Like]:
        """Return an actor's like of a post or a comment.

        Raises:
            NotFound: the actor has not liked it.
        """
        response = yield Request("GET", _like_path(urn, actor))
        return response.decode(_LIKE)

    @operation
    def batch_get_likes(self, urn: Urn | str, *, actors: Sequence[Urn | str]) -> Flow[Batch[Like]]:
        """Return several actors' likes of a post or a comment, by actor; who has not liked it is in `missing`."""
        keys = as_batch([as_urn(actor, *ACTORS, name="actors") for actor in actors], name="actors")
        response = yield Request("GET", f"{_path(urn)}/likes", {"ids": keys}, restli_method="BATCH_GET")
        return read_batch(response, _LIKE_BATCH)

    @operation
    def create_like(self, urn: Urn | str, *, actor: Urn | str) -> Flow[Like]:
        """Like a post or a comment. Never repeated on its own.

        Args:
            urn: A share, ugcPost, activity or comment URN.
            actor: The person or organization that likes it.

        Raises:
            NotFound: there is no such post, or it is a few seconds old.
        """
        target = as_urn(urn, *_TARGETS, name="urn")
        body = {"actor": str(as_urn(actor, *ACTORS, name="actor")), "object": str(target)}
        response = yield Request("POST", f"{_path(target)}/likes", json=body)
        return response.decode(_LIKE)

    @operation
    def delete_like(self, urn: Urn | str, *, actor: Urn | str) -> Flow[None]:
        """Take a like back. One that is gone already is no error."""
        # The parameter repeats the key; LinkedIn needs it for organizations.
        params = {"actor": as_urn(actor, *ACTORS, name="actor")}
        try:
            yield Request("DELETE", _like_path(urn, actor), params)
        except NotFound:
            return

    @paged
    def list_comments(self, thread: Urn | str, *, count: int = 10) -> Flow[Page[Comment]]:
        """Yield the comments of a post, or the replies to a comment.

        Args:
            thread: A share, ugcPost, activity or comment URN.
            count: Comments per page, 1 to 100. Pages are fetched as you iterate.

        Raises:
            Forbidden: the post is a stranger's.
        """
        return (yield from list_comments(_BASE, thread, count))

    @operation
    def get_comment(self, urn: Urn | str) -> Flow[Comment]:
        """Return a comment by its URN."""
        return (yield from get_comment(_BASE, urn))

    @operation
    def batch_get_comments(self, urns: Sequence[Urn | str]) -> Flow[Batch[Comment]]:
        """Return several comments of one thread by URN; those that cannot be read are in `missing`."""
        return (yield from batch_get_comments(_BASE, urns))

    @operation
    def create_comment(
        self,
        thread: Urn | str,
        *,
        actor: Urn | str,
        text: str,
        mentions: Sequence[Mention] = (),
        patience_seconds: float = 0.0,
    ) -> Flow[Comment]:
        """Comment on a post, or reply to a comment. Never repeated on its own, but for `patience_seconds`.

        Args:
            thread: A share, ugcPost, activity or comment URN.
            actor: The person or organization that comments.
            text: What readers see; plain text. A comment with a picture is a 500 here, so there is none.
            mentions: Names that stand in the text, in order, and whom they link to.
            patience_seconds: How long to go on trying while a new post has no activity yet; see `comments.create`.

        Raises:
            InvalidArgument: a mention's name does not stand in the text, or the text is empty.
            NotFound: there is no such post, or it is too young.
        """
        target = as_urn(thread, *_TARGETS, name="thread")
        post = comment_place(target)[0] if target.is_kind("comment") else target
        body = comment_body(actor, post, text, mentions)
        if target.is_kind("comment"):
            body["parentComment"] = str(target)
        return (yield from create_comment(_BASE, target, body, patience_seconds))

    @operation
    def edit_comment(
        self, urn: Urn | str, *, actor: Urn | str, text: str, mentions: Sequence[Mention] = ()
    ) -> Flow[Comment | None]:
        """Change a comment's text; return the comment as it is now, None when LinkedIn does not show it."""
        return (yield from edit_comment(_BASE, urn, actor, text, mentions))

    @operation
    def delete_comment(self, urn: Urn | str, *, actor: Urn | str) -> Flow[None]:
        """Delete a comment. One that is gone already is no error."""
        yield from delete_comment(_BASE, urn, actor)


def _path(urn: Urn | str) -> str:
    return f"{_BASE}/{encode_key(as_urn(urn, *_TARGETS, name='urn'))}"


def _like_path(urn: Urn | str, actor: Urn | str) -> str:
    return f"{_path(urn)}/likes/{encode_key(as_urn(actor, *ACTORS, name='actor'))}"
