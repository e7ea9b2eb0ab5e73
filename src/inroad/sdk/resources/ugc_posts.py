"""Posts through the legacy API, `/v2/ugcPosts`: plain text, legacy assets. New programs use `posts`.

Source: "UGC Post API", learn.microsoft.com /linkedin/marketing/community-management/shares/ugc-post-api; "Share on
LinkedIn", /linkedin/consumer/integrations/self-serve/share-on-linkedin
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias, get_args

import msgspec

from inroad.common.urn import Urn
from inroad.contract.limits import MAX_COMMENTARY
from inroad.sdk.errors import InvalidArgument, NotFound
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, operation, paged
from inroad.sdk.resources.entity import (
    Batch,
    Elements,
    Entity,
    Millis,
    Results,
    UrnText,
    as_batch,
    as_count,
    as_urn,
    decoder,
    pages,
    read_batch,
)
from inroad.sdk.resources.posts import created_from
from inroad.sdk.restli.encode import encode_key
from inroad.sdk.text import utf16_length

UgcVisibility: TypeAlias = Literal["PUBLIC", "CONNECTIONS", "LOGGED_IN"]
UgcOrder: TypeAlias = Literal["LAST_MODIFIED", "CREATED"]

SHARE_CONTENT = "com.linkedin.ugc.ShareContent"
MEMBER_VISIBILITY = "com.linkedin.ugc.MemberNetworkVisibility"
MAX_IMAGES = 20
"""Pictures of one post; the legacy page gives no number, this is the versioned API's."""

_AUTHORS = ("person", "organization")
_POSTS = ("share", "ugcPost")
_VISIBILITIES = get_args(UgcVisibility)


class UgcMedia(msgspec.Struct, frozen=True, kw_only=True):
    """A picture or a video to post: the URN that `assets` gave, and texts for it."""

    asset: Urn
    title: str | None = None
    description: str | None = None


class UgcArticle(msgspec.Struct, frozen=True, kw_only=True):
    """A link to post. LinkedIn reads the page for its preview; title and description overrule it."""

    url: str
    title: str | None = None
    description: str | None = None


class AuditStamp(Entity, frozen=True):
    """Who did something, and when."""

    actor: UrnText | None = None
    time: Millis | None = None


class _Commentary(Entity, frozen=True):
    text: str = ""


class ShareMedia(Entity, frozen=True):
    """One medium of a post, as read."""

    status: str | None = None
    media: UrnText | None = None
    original_url: str | None = None


class _ShareContent(Entity, frozen=True):
    share_commentary: _Commentary = _Commentary()
    share_media_category: str = "NONE"
    media: tuple[ShareMedia, ...] = ()


class _SpecificContent(Entity, frozen=True):
    share: _ShareContent = msgspec.field(name=SHARE_CONTENT, default=_ShareContent())


class UgcPost(Entity, frozen=True):
    """A post, as the legacy API shows it."""

    id: UrnText
    author: UrnText
    lifecycle_state: str
    specific_content: _SpecificContent = _SpecificContent()
    visibility: Mapping[str, Any] = {}
    created: AuditStamp | None = None
    last_modified: AuditStamp | None = None
    first_published_at: Millis | None = None

    @property
    def text(self) -> str:
        """What readers see."""
        return self.specific_content.share.share_commentary.text

    @property
    def media_category(self) -> str:
        """NONE, ARTICLE, IMAGE, VIDEO or another of LinkedIn's names."""
        return self.specific_content.share.share_media_category

    @property
    def media(self) -> tuple[ShareMedia, ...]:
        """The post's media."""
        return self.specific_content.share.media


_POST = decoder(UgcPost)
_POST_PAGE = decoder(Elements[UgcPost])
_POST_BATCH = decoder(Results[UgcPost])


class UgcPosts(Resource[IO]):
    """Posts through the legacy API."""

    @operation
    def create(
        self,
        *,
        author: Urn | str,
        text: str,
        visibility: UgcVisibility = "PUBLIC",
        images: Sequence[UgcMedia] = (),
        video: UgcMedia | None = None,
        article: UgcArticle | None = None,
    ) -> Flow[Urn]:
        """Publish a post and return its URN. Never repeated on its own: LinkedIn has no idempotency key.

        Args:
            author: A person or organization URN.
            text: What readers see, at most 3,000 characters. Plain text: nothing is escaped here.
            visibility: Who may see it.
            images: Pictures, uploaded with `assets`.
            video: A video, uploaded with `assets`, instead of pictures.
            article: A link, instead of either.

        Raises:
            InvalidArgument: LinkedIn is known to refuse the value.
            DuplicatePost: the author has posted the same before; `urn` is what LinkedIn names.
            Forbidden: the author is not the token's member, or not an organization that the member may post for.

        Scopes: w_member_social, or w_organization_social for an organization.
        """
        if visibility not in _VISIBILITIES:
            raise InvalidArgument(f"visibility must be one of {', '.join(_VISIBILITIES)}, got {visibility!r}")
        _check_text(text)
        category, media = _media_to_wire(images, video, article)
        if not text and not media:
            raise InvalidArgument("a post needs text, pictures, a video or a link")
        share: dict[str, object] = {"shareCommentary": {"text": str(text)}, "shareMediaCategory": category}
        if media:
            share["media"] = media
        body = {
            "author": str(as_urn(author, *_AUTHORS, name="author")),
            "lifecycleState": "PUBLISHED",
            "specificContent": {SHARE_CONTENT: share},
            "visibility": {MEMBER_VISIBILITY: visibility},
        }
        response = yield Request("POST", "/v2/ugcPosts", json=body, repeatable=False)
        return created_from(response).urn

    @operation
    def get(self, urn: Urn | str) -> Flow[UgcPost]:
        """Return a post.

        Raises:
            NotFound: there is no such post.
            Forbidden: the token may not read it; w_member_social alone does not read posts.

        Scopes: r_organization_social, or r_member_social, which LinkedIn no longer gives.
        """
        response = yield Request("GET", _path(urn))
        return response.decode(_POST)

    @operation
    def batch_get(self, urns: Sequence[Urn | str]) -> Flow[Batch[UgcPost]]:
        """Return several posts by URN; those that cannot be read are in `missing`."""
        keys = as_batch([as_urn(urn, *_POSTS, name="urns") for urn in urns], name="urns")
        response = yield Request("GET", "/v2/ugcPosts", {"ids": keys}, restli_method="BATCH_GET")
        return read_batch(response, _POST_BATCH)

    @paged
    def find_by_authors(
        self, *, authors: Sequence[Urn | str], count: int = 10, order: UgcOrder = "LAST_MODIFIED"
    ) -> Flow[Page[UgcPost]]:
        """Yield the authors' posts, newest first.

        Args:
            authors: Person or organization URNs.
            count: Posts per page, 1 to 100. Pages are fetched as you iterate.
            order: By last change or by creation.

        Scopes: r_organization_social, or r_member_social, which LinkedIn no longer gives.
        """
        params: dict[str, object] = {
            "q": "authors",
            "authors": as_batch([as_urn(author, *_AUTHORS, name="authors") for author in authors], name="authors"),
            "count": as_count(count, 100),
            "sortBy": order,
        }
        return (yield from pages(Request("GET", "/v2/ugcPosts", params), _POST_PAGE))

    @operation
    def update(self, urn: Urn | str, *, text: str) -> Flow[None]:
        """Change a post's text. Pictures, visibility and author cannot be changed.

        Args:
            urn: A share or ugcPost URN.
            text: What readers see, at most 3,000 characters. Plain text: nothing is escaped here.

        Raises:
            InvalidArgument: the text is too long.
            NotFound: there is no such post.

        Scopes: w_member_social, or w_organization_social for an organization.
        """
        _check_text(text)
        changes = {SHARE_CONTENT: {"$set": {"shareCommentary": {"text": str(text)}}}}
        body = {"patch": {"specificContent": changes}}
        yield Request("POST", _path(urn), json=body, restli_method="PARTIAL_UPDATE")

    @operation
    def delete(self, urn: Urn | str) -> Flow[None]:
        """Delete a post. One that is gone already is no error."""
        try:
            yield Request("DELETE", _path(urn))
        except NotFound:
            return


def _path(urn: Urn | str) -> str:
    return f"/v2/ugcPosts/{encode_key(as_urn(urn, *_POSTS, name='urn'))}"


def _check_text(text: str) -> None:
    length = utf16_length(text)
    if length > MAX_COMMENTARY:
        raise InvalidArgument(f"text has at most {MAX_COMMENTARY:,} characters, got {length:,}")


def _media_to_wire(
    images: Sequence[UgcMedia], video: UgcMedia | None, article: UgcArticle | None
) -> tuple[str, list[dict[str, object]]]:
    if bool(images) + (video is not None) + (article is not None) > 1:
        raise InvalidArgument("a post shows images, a video or an article; give one of them")
    if len(images) > MAX_IMAGES:
        raise InvalidArgument(f"a post shows at most {MAX_IMAGES} images, got {len(images)}")
    if images:
        return "IMAGE", [_asset_to_wire(image, "images") for image in images]
    if video is not None:
        return "VIDEO", [_asset_to_wire(video, "video")]
    if article is not None:
        if not article.url.startswith(("https://", "http://")):
            raise InvalidArgument(f"url must begin with https:// or http://, got {article.url[:80]!r}")
        return "ARTICLE", [{"status": "READY", "originalUrl": article.url, **_texts(article)}]
    return "NONE", []


def _asset_to_wire(media: UgcMedia, name: str) -> dict[str, object]:
    # Image and video URNs of the versioned API do not work here.
    asset = as_urn(media.asset, "digitalmediaAsset", name=name)
    return {"status": "READY", "media": str(asset), **_texts(media)}


def _texts(source: UgcMedia | UgcArticle) -> dict[str, object]:
    texts = {"title": source.title, "description": source.description}
    return {name: {"text": text} for name, text in texts.items() if text is not None}
