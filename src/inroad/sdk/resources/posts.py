"""Posts by members and organizations (versioned API).

Source: "Posts API", learn.microsoft.com /linkedin/marketing/community-management/shares/posts-api
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias, get_args

import msgspec

from inroad.common.urn import Urn
from inroad.contract.limits import MAX_COMMENTARY
from inroad.contract.media import MAX_ALT_TEXT, MULTI_IMAGE_COUNT
from inroad.sdk.errors import InvalidArgument, NotFound
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, Response, operation, paged
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
from inroad.sdk.restli.encode import encode_key
from inroad.sdk.text import LittleText, PlainText, escape, plain_length

Visibility: TypeAlias = Literal["PUBLIC", "CONNECTIONS", "LOGGED_IN", "CONTAINER"]
FeedDistribution: TypeAlias = Literal["MAIN_FEED", "NONE"]
ViewContext: TypeAlias = Literal["READER", "AUTHOR"]
PostOrder: TypeAlias = Literal["LAST_MODIFIED", "CREATED"]
PollDuration: TypeAlias = Literal["ONE_DAY", "THREE_DAYS", "SEVEN_DAYS", "FOURTEEN_DAYS"]

MAX_PAGE = 100
"""Posts per page of the finder by author."""

MAX_POLL_QUESTION = 140
MAX_POLL_OPTION = 30
POLL_OPTION_COUNT = (2, 4)
"""Characters of a poll's question and of each answer; fewest and most answers. Source: "Poll Post API"."""

_VISIBILITIES = get_args(Visibility)
_AUTHORS = ("person", "organization", "organizationBrand")
_POSTS = ("share", "ugcPost")
_MEDIA = ("image", "video", "document")


class Media(Entity, frozen=True):
    """One picture, video or document of a post; a document needs a title."""

    id: UrnText
    title: str | None = None
    alt_text: str | None = None


class PostImage(Entity, frozen=True):
    """One of several pictures of a post."""

    id: UrnText
    alt_text: str | None = None


class MultiImage(Entity, frozen=True):
    """Two to twenty pictures."""

    images: tuple[PostImage, ...]


class Article(Entity, frozen=True):
    """A link with its preview. LinkedIn does not read the page: without a title there is none."""

    source: str
    title: str | None = None
    description: str | None = None
    thumbnail: UrnText | None = None
    thumbnail_alt_text: str | None = None


class Reference(Entity, frozen=True):
    """Something else on LinkedIn: an event, a job."""

    id: UrnText


class PollOption(Entity, frozen=True):
    """One answer of a poll, 1 to 30 characters. The counts are LinkedIn's."""

    text: PlainText
    vote_count: int | None = None
    is_voted_by_viewer: bool | None = None


class PollSettings(Entity, frozen=True):
    """How long a poll is open. LinkedIn takes one vote of each member and shows the author who voted what."""

    duration: PollDuration | str = "THREE_DAYS"
    vote_selection_type: str = "SINGLE_VOTE"
    is_voter_visible_to_author: bool = True


class Poll(Entity, frozen=True):
    """A question of 1 to 140 characters and two to four answers; see `poll`. `unique_voters_count` is LinkedIn's.

    Source: "Poll Post API", learn.microsoft.com /linkedin/marketing/community-management/shares/poll-post-api
    """

    question: PlainText
    options: tuple[PollOption, ...] = ()
    settings: PollSettings = PollSettings()
    unique_voters_count: int | None = None


class PostContent(Entity, frozen=True):
    """What a post shows beside its text. At most one is there; kinds without a field here are in none."""

    media: Media | None = None
    multi_image: MultiImage | None = None
    article: Article | None = None
    reference: Reference | None = None
    poll: Poll | None = None
    carousel: Mapping[str, Any] | None = None
    celebration: Mapping[str, Any] | None = None


Content: TypeAlias = Media | MultiImage | Article | Reference | Poll


class Distribution(Entity, frozen=True):
    """Where a post is shown. `feed_distribution` is NONE for a post that only ads use."""

    feed_distribution: str = "MAIN_FEED"
    target_entities: tuple[Mapping[str, Any], ...] = ()
    third_party_distribution_channels: tuple[str, ...] = ()


class LifecycleInfo(Entity, frozen=True):
    """What LinkedIn says about a post's state beside the state."""

    is_edited_by_author: bool = False
    content_status: str | None = None
    review_status: str | None = None


class ReshareContext(Entity, frozen=True):
    """What a reshare shares, and the post at the top of the chain."""

    parent: UrnText
    root: UrnText | None = None


class Post(Entity, frozen=True):
    """A post. `commentary` is little text: `inroad.little.plain` gives what readers see."""

    id: UrnText
    author: UrnText
    commentary: str = ""
    visibility: str = "PUBLIC"
    lifecycle_state: str = "PUBLISHED"
    lifecycle_state_info: LifecycleInfo | None = None
    distribution: Distribution | None = None
    content: PostContent | None = None
    reshare_context: ReshareContext | None = None
    is_reshare_disabled_by_author: bool = False
    created_at: Millis | None = None
    published_at: Millis | None = None
    last_modified_at: Millis | None = None


class Created(msgspec.Struct, frozen=True):
    """What LinkedIn made, and its id of the call."""

    urn: Urn
    request_id: str | None = None


class _CreatedBody(Entity, frozen=True):
    id: str = ""


_CREATED = decoder(_CreatedBody)
_POST = decoder(Post)
_POST_PAGE = decoder(Elements[Post])
_POST_BATCH = decoder(Results[Post])


def pictures(images: Sequence[PostImage]) -> Media | MultiImage:
    """Return the content of a post with these pictures: one, or two to twenty.

    Raises:
        InvalidArgument: there are none, or too many.
    """
    if len(images) == 1:
        return Media(id=images[0].id, alt_text=images[0].alt_text)
    return MultiImage(images=tuple(images))


def poll(question: str, *options: str, duration: PollDuration = "THREE_DAYS") -> Poll:
    """Return the content of a post that asks a question.

    Args:
        question: 1 to 140 characters; plain text.
        options: Two to four answers of 1 to 30 characters each; plain text.
        duration: How long it is open.

    Raises:
        InvalidArgument: LinkedIn is known to refuse the value.
    """
    asked = Poll(
        question=PlainText(question),
        options=tuple(PollOption(text=PlainText(option)) for option in options),
        settings=PollSettings(duration=duration),
    )
    _check_poll(asked)
    return asked


def render(
    *,
    author: Urn | str,
    commentary: LittleText,
    visibility: Visibility = "PUBLIC",
    content: Content | None = None,
    reshare_of: Urn | str | None = None,
    is_reshare_disabled: bool = False,
    feed_distribution: FeedDistribution = "MAIN_FEED",
) -> bytes:
    """Return the body of a create, the same bytes for the same values.

    Keep them to send the same again: LinkedIn answers an identical post with `DuplicatePost` and the first one's URN.

    Args:
        author: A person or organization URN.
        commentary: Little text, at most 3,000 characters after parsing; may be empty beside content or a reshare.
        visibility: Who may see it.
        content: Media, pictures, a link or a reference.
        reshare_of: The share or ugcPost that this post shares.
        is_reshare_disabled: Whether members are kept from sharing it.
        feed_distribution: NONE keeps it out of feeds and off the page.

    Raises:
        InvalidArgument: LinkedIn is known to refuse the value.
    """
    if visibility not in _VISIBILITIES:
        raise InvalidArgument(f"visibility must be one of {', '.join(_VISIBILITIES)}, got {visibility!r}")
    if content is None and reshare_of is None and not commentary:
        raise InvalidArgument("a post needs commentary, content or a post to reshare")
    body: dict[str, object] = {
        "author": str(as_urn(author, *_AUTHORS, name="author")),
        "commentary": _commentary(commentary),
        "visibility": visibility,
        "distribution": {
            "feedDistribution": feed_distribution,
            "targetEntities": [],
            "thirdPartyDistributionChannels": [],
        },
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": is_reshare_disabled,
    }
    if content is not None:
        body["content"] = _content_to_wire(content)
    if reshare_of is not None:
        body["reshareContext"] = {"parent": str(as_urn(reshare_of, *_POSTS, name="reshare_of"))}
    return msgspec.json.encode(body)


class Posts(Resource[IO]):
    """Posts by members and organizations (versioned API)."""

    @operation
    def create(
        self,
        *,
        author: Urn | str,
        text: str | None = None,
        commentary: LittleText | None = None,
        visibility: Visibility = "PUBLIC",
        content: Content | None = None,
        reshare_of: Urn | str | None = None,
        is_reshare_disabled: bool = False,
        feed_distribution: FeedDistribution = "MAIN_FEED",
    ) -> Flow[Urn]:
        """Publish a post and return its URN. Never repeated on its own: LinkedIn has no idempotency key.

        Args:
            author: A person or organization URN.
            text: What readers see; escaped for LinkedIn, `#words` become hashtags.
            commentary: Little text, with mentions and hashtags, instead of `text`.
            visibility: Who may see it.
            content: Media, pictures, a link or a reference; its owner must be the author.
            reshare_of: The share or ugcPost that this post shares.
            is_reshare_disabled: Whether members are kept from sharing it.
            feed_distribution: NONE keeps it out of feeds and off the page.

        Raises:
            InvalidArgument: LinkedIn is known to refuse the value.
            DuplicatePost: the author has posted the same before; `urn` is what LinkedIn names.
            Forbidden: the token lacks the scope, or the member is no administrator of the organization.
            TransportError: nobody knows whether it was published, unless `sent` is False.

        Scopes: w_member_social, or w_organization_social for an organization.
        Source: "Posts API", learn.microsoft.com /linkedin/marketing/community-management/shares/posts-api
        """
        if text is not None and commentary is not None:
            raise InvalidArgument("text and commentary are two texts; give one")
        little = commentary if commentary is not None else escape(text or "", auto_hashtags=True)
        body = render(
            author=author,
            commentary=little,
            visibility=visibility,
            content=content,
            reshare_of=reshare_of,
            is_reshare_disabled=is_reshare_disabled,
            feed_distribution=feed_distribution,
        )
        return (yield from _send(body)).urn

    @operation
    def send(self, body: bytes) -> Flow[Created]:
        """Publish a post whose body was made by `render`, byte for byte; return its URN with LinkedIn's id of the call.

        Raises:
            DuplicatePost: the author has posted the same before; `urn` is what LinkedIn names.
            TransportError: nobody knows whether it was published, unless `sent` is False.
        """
        return (yield from _send(body))

    @operation
    def get(self, urn: Urn | str, *, view_context: ViewContext = "READER") -> Flow[Post]:
        """Return a post.

        Args:
            urn: A share or ugcPost URN.
            view_context: AUTHOR shows drafts as well.

        Raises:
            NotFound: there is no such post.
            Forbidden: the token may not read it; w_member_social alone does not read posts.

        Scopes: r_organization_social, or r_member_social, which LinkedIn no longer gives.
        """
        params = None if view_context == "READER" else {"viewContext": view_context}
        response = yield Request("GET", _path(urn), params)
        return response.decode(_POST)

    @operation
    def batch_get(self, urns: Sequence[Urn | str], *, view_context: ViewContext = "READER") -> Flow[Batch[Post]]:
        """Return several posts by URN; those that cannot be read are in `missing`.

        Raises:
            Forbidden: among others, in the development tier, where LinkedIn does not offer it.
        """
        keys = as_batch([as_urn(urn, *_POSTS, name="urns") for urn in urns], name="urns")
        params: dict[str, object] = {"ids": keys}
        if view_context != "READER":
            params["viewContext"] = view_context
        response = yield Request("GET", "/rest/posts", params, restli_method="BATCH_GET")
        return read_batch(response, _POST_BATCH)

    @paged
    def find_by_author(
        self,
        *,
        author: Urn | str,
        count: int = 10,
        order: PostOrder = "LAST_MODIFIED",
        view_context: ViewContext = "READER",
    ) -> Flow[Page[Post]]:
        """Yield an author's posts, newest first.

        Args:
            author: A person or organization URN.
            count: Posts per page, 1 to 100. Pages are fetched as you iterate.
            order: By last change or by creation.
            view_context: AUTHOR shows drafts as well.

        Raises:
            BadRequest: the author is a person and the token lacks r_member_social.
            Forbidden: the token lacks the scope, or the member is no administrator of the organization.

        Scopes: r_organization_social for an organization's posts.
        """
        params: dict[str, object] = {
            "q": "author",
            "author": as_urn(author, *_AUTHORS, name="author"),
            "count": as_count(count, MAX_PAGE),
            "sortBy": order,
        }
        if view_context != "READER":
            params["viewContext"] = view_context
        return (yield from pages(Request("GET", "/rest/posts", params, restli_method="FINDER"), _POST_PAGE))

    @operation
    def update(
        self,
        urn: Urn | str,
        *,
        commentary: LittleText | None = None,
        call_to_action: str | None = None,
        landing_page: str | None = None,
    ) -> Flow[None]:
        """Change a published post; what is not given stays. Pictures, visibility and author cannot be changed.

        Raises:
            InvalidArgument: nothing is given, or the text is too long.
            NotFound: there is no such post.
        """
        changes: dict[str, object] = {}
        if commentary is not None:
            changes["commentary"] = _commentary(commentary)
        if call_to_action is not None:
            changes["contentCallToActionLabel"] = call_to_action
        if landing_page is not None:
            changes["contentLandingPage"] = landing_page
        if not changes:
            raise InvalidArgument("an update changes something; give commentary, call_to_action or landing_page")
        yield Request("POST", _path(urn), json={"patch": {"$set": changes}}, restli_method="PARTIAL_UPDATE")

    @operation
    def delete(self, urn: Urn | str) -> Flow[None]:
        """Delete a post. One that is gone already is no error."""
        try:
            yield Request("DELETE", _path(urn), restli_method="DELETE")
        except NotFound:
            # Documented as idempotent; in practice a second delete answers 404.
            return


def created_from(response: Response) -> Created:
    """Return what a create made: the URN in the header, else the one in the body.

    Raises:
        UnexpectedResponse: neither names one.
    """
    text = response.headers.get("x-restli-id") or response.headers.get("x-linkedin-id")
    if not text and response.content:
        text = response.decode(_CREATED).id
    try:
        return Created(Urn.parse(text or ""), response.request_id)
    except ValueError as cause:
        raise response.unexpected(f"the answer to a create names no URN: {cause}") from cause


def check_text(text: str | None, most: int, *, name: str) -> None:
    """Refuse a text that is longer than LinkedIn takes."""
    if text is not None and len(text) > most:
        raise InvalidArgument(f"{name} has at most {most:,} characters, got {len(text):,}")


def _send(body: bytes) -> Flow[Created]:
    response = yield Request("POST", "/rest/posts", content=body, content_type="application/json", repeatable=False)
    return created_from(response)


def _path(urn: Urn | str) -> str:
    return f"/rest/posts/{encode_key(as_urn(urn, *_POSTS, name='urn'))}"


def _commentary(commentary: LittleText) -> str:
    length = plain_length(commentary)
    if length > MAX_COMMENTARY:
        raise InvalidArgument(f"commentary has at most {MAX_COMMENTARY:,} characters, got {length:,}")
    return str(commentary)


def _content_to_wire(content: Content) -> dict[str, object]:
    match content:
        case Media():
            return {"media": _media_to_wire(content)}
        case MultiImage(images=images):
            fewest, most = MULTI_IMAGE_COUNT
            if not fewest <= len(images) <= most:
                raise InvalidArgument(f"a post shows 1 image or {fewest} to {most}, got {len(images)}")
            return {"multiImage": {"images": [_image_to_wire(image) for image in images]}}
        case Article():
            return {"article": _article_to_wire(content)}
        case Poll():
            return {"poll": _poll_to_wire(content)}
        case Reference(id=urn):
            return {"reference": {"id": str(urn)}}


def _poll_to_wire(poll: Poll) -> dict[str, object]:
    _check_poll(poll)
    return {
        "question": str(poll.question),
        "options": [{"text": str(option.text)} for option in poll.options],
        "settings": {"duration": poll.settings.duration, "voteSelectionType": poll.settings.vote_selection_type},
    }


def _check_poll(poll: Poll) -> None:
    if not 1 <= len(poll.question) <= MAX_POLL_QUESTION:
        raise InvalidArgument(f"a poll's question has 1 to {MAX_POLL_QUESTION} characters, got {len(poll.question)}")
    fewest, most = POLL_OPTION_COUNT
    if not fewest <= len(poll.options) <= most:
        raise InvalidArgument(f"a poll has {fewest} to {most} options, got {len(poll.options)}")
    for option in poll.options:
        if not 1 <= len(option.text) <= MAX_POLL_OPTION:
            raise InvalidArgument(f"a poll's option has 1 to {MAX_POLL_OPTION} characters, got {len(option.text)}")


def _media_to_wire(media: Media) -> dict[str, str]:
    urn = as_urn(media.id, *_MEDIA, name="content.id")
    if urn.kind == "document" and not media.title:
        raise InvalidArgument("a document needs a title")
    check_text(media.alt_text, MAX_ALT_TEXT, name="alt_text")
    return _given(id=str(urn), title=media.title, altText=media.alt_text)


def _image_to_wire(image: PostImage) -> dict[str, str]:
    check_text(image.alt_text, MAX_ALT_TEXT, name="alt_text")
    return _given(id=str(as_urn(image.id, "image", name="images")), altText=image.alt_text)


def _article_to_wire(article: Article) -> dict[str, str]:
    if not article.source.startswith(("https://", "http://")):
        raise InvalidArgument(f"source must begin with https:// or http://, got {article.source[:80]!r}")
    # The page gives the description the bound of the alternative text.
    check_text(article.description, MAX_ALT_TEXT, name="description")
    check_text(article.thumbnail_alt_text, MAX_ALT_TEXT, name="thumbnail_alt_text")
    thumbnail = None if article.thumbnail is None else str(as_urn(article.thumbnail, "image", name="thumbnail"))
    return _given(
        source=article.source,
        title=article.title,
        description=article.description,
        thumbnail=thumbnail,
        thumbnailAltText=article.thumbnail_alt_text,
    )


def _given(**members: str | None) -> dict[str, str]:
    # LinkedIn refuses null: what is not given is left out.
    return {name: value for name, value in members.items() if value is not None}
