"""Creatives: what of a campaign is shown (versioned API).

A creative's key is its URN, where accounts, groups and campaigns have numbers.
Source: "Create and Manage Creatives", learn.microsoft.com
/linkedin/marketing/integrations/ads/account-structure/create-and-manage-creatives
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal, TypeAlias

import msgspec

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, Response, operation, paged
from inroad.sdk.resources.ads import calls
from inroad.sdk.resources.ads.calls import ACCOUNT, CAMPAIGN, CREATIVE, Key, SortOrder, created_urn, number_of, urn_of
from inroad.sdk.resources.ads.values import Record, check_length, to_wire
from inroad.sdk.resources.entity import (
    Batch,
    Elements,
    Entity,
    Millis,
    Results,
    UrnText,
    as_count,
    as_urn,
    decoder,
    pages,
)
from inroad.sdk.restli.batch import BatchCreated, BatchResult
from inroad.sdk.restli.patch import Patch
from inroad.sdk.restli.shape import is_object

CreativeStatus: TypeAlias = Literal["ACTIVE", "PAUSED", "DRAFT", "ARCHIVED", "CANCELED", "PENDING_DELETION", "REMOVED"]
LeadLabel: TypeAlias = Literal[
    "APPLY",
    "DOWNLOAD",
    "VIEW_QUOTE",
    "LEARN_MORE",
    "SIGN_UP",
    "SUBSCRIBE",
    "REGISTER",
    "REQUEST_DEMO",
    "JOIN",
    "ATTEND",
    "UNLOCK_FULL_DOCUMENT",
]

MAX_CREATIVES_PAGE = 100
"""Creatives per page of the finder by criteria."""

MAX_TEXT_HEADLINE, MAX_TEXT_DESCRIPTION = 25, 75
MAX_SPOTLIGHT_HEADLINE, MAX_SPOTLIGHT_DESCRIPTION, MAX_SPOTLIGHT_CALL = 50, 70, 18
MAX_ORGANIZATION_NAME = 25


class TextAd(Entity, frozen=True):
    """A headline of at most 25 characters, a description of at most 75, a page to land on, perhaps a small image."""

    headline: str
    description: str
    landing_page: str
    image: UrnText | None = None


class SpotlightAd(Entity, frozen=True):
    """A headline (50), a call to action (18), a page to land on; a description (70) or a background image."""

    headline: str
    call_to_action: str
    landing_page: str
    logo: UrnText | None = None
    organization_name: str | None = None
    description: str | None = None
    background_image: UrnText | None = None
    show_member_profile_photo: bool | None = None


class AdText(Entity, frozen=True):
    """One of LinkedIn's prepared texts, or one's own: exactly one of both."""

    pre_approved: str | None = None
    custom: str | None = None


class FollowAd(Entity, frozen=True):
    """Invites members to follow an organization. UNCONFIRMED: how long its own texts may be."""

    headline: AdText
    description: AdText
    call_to_action: str | None = None
    logo: UrnText | None = None
    organization_name: str | None = None
    show_member_profile_photo: bool | None = None


class JobsAd(Entity, frozen=True):
    """Shows an organization's jobs. UNCONFIRMED: how long its own texts may be."""

    headline: AdText
    button_label: AdText
    logo: UrnText | None = None
    organization_name: str | None = None
    show_member_profile_photo: bool | None = None


class EventAd(Entity, frozen=True):
    """Shows an event; what follows `hide_preview_video` is LinkedIn's to set."""

    post: UrnText
    event: UrnText
    hide_preview_video: bool | None = None
    direct_sponsored_content: bool | None = None
    pre_event_registration_image: UrnText | None = None
    content_author: UrnText | None = None


class CreativeContent(Entity, frozen=True):
    """What is shown: exactly one of these.

    `reference` is a share, a ugcPost, or for message and conversation ads an adInMailContent.
    """

    reference: UrnText | None = None
    text_ad: TextAd | None = None
    spotlight: SpotlightAd | None = None
    follow: FollowAd | None = None
    jobs: JobsAd | None = None
    event_ad: EventAd | None = None
    third_party_vast_tag_video_ad: Mapping[str, Any] | None = None


class Review(Entity, frozen=True):
    """What LinkedIn thinks of a creative: PENDING, APPROVED, REJECTED or NEEDS_REVIEW."""

    status: str
    rejection_reasons: tuple[str, ...] = ()


class LeadCallToAction(Entity, frozen=True):
    """The button that opens a lead form: `urn:li:adForm:{id}`, with the number of the lead form."""

    destination: UrnText
    label: str


class Creative(Record, frozen=True):
    """A creative. Every field but the id is missing when it was not asked for.

    `intended_status` is what was asked for; parents may overrule it. `review` is missing while it is a draft.
    """

    READ_ONLY: ClassVar[frozenset[str]] = frozenset(
        {
            "id",
            "account",
            "campaign",
            "isServing",
            "isTest",
            "servingHoldReasons",
            "review",
            "createdAt",
            "createdBy",
            "lastModifiedAt",
            "lastModifiedBy",
        }
    )

    id: UrnText
    account: UrnText | None = None
    campaign: UrnText | None = None
    name: str | None = None
    content: CreativeContent | None = None
    intended_status: str = ""
    is_serving: bool = False
    is_test: bool = False
    serving_hold_reasons: tuple[str, ...] = ()
    review: Review | None = None
    leadgen_call_to_action: LeadCallToAction | None = None
    created_at: Millis | None = None
    created_by: UrnText | None = None
    last_modified_at: Millis | None = None
    last_modified_by: UrnText | None = None

    @property
    def urn(self) -> Urn:
        """The creative's URN."""
        return self.id


class NewCreative(Entity, frozen=True):
    """What a creative is created of; its type must fit the campaign's format."""

    campaign: Urn
    content: CreativeContent
    intended_status: CreativeStatus = "DRAFT"
    name: str | None = None
    leadgen_call_to_action: LeadCallToAction | None = None


class InlinePost(Entity, frozen=True):
    """A post that is made together with its creative and shown as an ad only.

    `content` is as in the posts API: `{"media": {"id", "title"}}`, `{"article": {"source", "title", "thumbnail"}}`.
    """

    author: Urn
    commentary: str
    content: Mapping[str, object] | None = None
    content_landing_page: str | None = None
    content_call_to_action_label: str | None = None
    is_reshare_disabled_by_author: bool = False


class SponsoredPostContext(Entity, frozen=True):
    """What makes a post direct sponsored content."""

    dsc_ad_account: UrnText | None = None
    dsc_ad_type: str | None = None
    dsc_name: str | None = None
    dsc_status: str | None = None
    is_dsc: bool | None = None


class SponsoredPost(Entity, frozen=True):
    """A post that an ad account shows, with what makes it one; `posts.get` has the rest."""

    id: UrnText
    author: UrnText | None = None
    commentary: str = ""
    lifecycle_state: str = ""
    ad_context: SponsoredPostContext = SponsoredPostContext()
    content: Mapping[str, Any] | None = None
    created_at: Millis | None = None
    last_modified_at: Millis | None = None


_CREATIVE = decoder(Creative)
_CREATIVE_PAGE = decoder(Elements[Creative])
_CREATIVE_BATCH = decoder(Results[Creative])
_POST_PAGE = decoder(Elements[SponsoredPost])


class Creatives(Resource[IO]):
    """Creatives of an ad account (versioned API)."""

    @operation
    def create(self, account: Key, creative: NewCreative) -> Flow[Urn]:
        """Create a creative and return its URN. Never repeated on its own.

        Args:
            account: The account's URN or its number.
            creative: What to create; a lead campaign's needs `leadgen_call_to_action`.

        Raises:
            InvalidArgument: the content is none or several, or a text is too long.
            NotFound: among others, a spotlight ad of a page without logo or name, a jobs ad of one without jobs.
            ServerError: among others for good, when it is ACTIVE under a draft campaign or shows a draft post.

        Scopes: rw_ads; for an organization's post also w_organization_social.
        Roles: CREATIVE_MANAGER and above; for an organization's content a page role.
        """
        response = yield Request("POST", _collection(account), json=_body(creative), repeatable=False)
        return created_urn(response, CREATIVE)

    @operation
    def batch_create(self, account: Key, creatives: Sequence[NewCreative]) -> Flow[list[BatchCreated]]:
        """Create several creatives; the answer says of each, in order, its URN or what is wrong.

        Scopes: rw_ads.
        """
        return (yield from calls.batch_create(_collection(account), [_body(creative) for creative in creatives]))

    @operation
    def create_inline(
        self,
        account: Key,
        *,
        campaign: Key,
        post: InlinePost,
        intended_status: CreativeStatus = "DRAFT",
        name: str | None = None,
        leadgen_call_to_action: LeadCallToAction | None = None,
    ) -> Flow[Urn]:
        """Create a post and the creative that shows it in one call; return the creative's URN. Never repeated.

        Args:
            account: The account's URN or its number.
            campaign: The campaign's URN or its number.
            post: The post; its author must be an organization.
            intended_status: The creative's status.
            name: The creative's name.
            leadgen_call_to_action: For a lead campaign.

        Raises:
            InvalidArgument: the author is no organization.
            Unprocessable: the post is a member's, who has not agreed.

        UNCONFIRMED: the answer's body; the URN is taken from its header when it is there.

        Scopes: rw_ads and w_organization_social.
        Roles: CREATIVE_MANAGER and above; ADMINISTRATOR or DIRECT_SPONSORED_CONTENT_POSTER of the page.
        """
        as_urn(post.author, "organization", "organizationBrand", name="author")
        context = {"dscAdAccount": str(urn_of(account, ACCOUNT, name="account")), "dscStatus": "ACTIVE"}
        shown = {"visibility": "PUBLIC", "lifecycleState": "PUBLISHED", **to_wire(post), "adContext": context}
        creative = {
            "campaign": str(urn_of(campaign, CAMPAIGN, name="campaign")),
            "intendedStatus": intended_status,
            "inlineContent": {"post": shown},
        }
        if name is not None:
            creative["name"] = name
        if leadgen_call_to_action is not None:
            creative["leadgenCallToAction"] = to_wire(leadgen_call_to_action)
        params = {"action": "createInline"}
        body = {"creative": creative}
        response = yield Request(
            "POST", _collection(account), params, json=body, restli_method="ACTION", repeatable=False
        )
        return _inline_urn(response)

    @operation
    def get(self, account: Key, creative: Key, *, fields: Sequence[str] | None = None) -> Flow[Creative]:
        """Return a creative.

        Args:
            account: The account's URN or its number.
            creative: The creative's URN or its number.
            fields: Only these of LinkedIn's names.

        Raises:
            NotFound: there is no such creative in the account, or the member has no role on it.

        Scopes: r_ads or rw_ads.
        """
        return (yield from calls.get(_path(account, creative), _CREATIVE, fields, "id"))

    @operation
    def batch_get(
        self, account: Key, creatives: Sequence[Key], *, fields: Sequence[str] | None = None
    ) -> Flow[Batch[Creative]]:
        """Return several creatives by URN; those that cannot be read are in `missing`.

        Scopes: r_ads or rw_ads.
        """
        keys = [_urn(creative) for creative in creatives]
        return (yield from calls.batch_get(_collection(account), keys, _CREATIVE_BATCH, _urn, fields, "id"))

    @paged
    def find_by_criteria(
        self,
        account: Key,
        *,
        creatives: Sequence[Key] | None = None,
        campaigns: Sequence[Key] | None = None,
        content_references: Sequence[Urn | str] | None = None,
        intended_statuses: Sequence[CreativeStatus] | None = None,
        lead_forms: Sequence[Urn | str] | None = None,
        is_test_account: bool | None = None,
        sort_order: SortOrder = "ASCENDING",
        page_size: int = 100,
        fields: Sequence[str] | None = None,
    ) -> Flow[Page[Creative]]:
        """Yield the creatives of an account that fit; without criteria all of them.

        A page may hold fewer than asked for while more follow: LinkedIn leaves broken creatives out.

        Args:
            account: The account's URN or its number.
            creatives: One of these.
            campaigns: In one of these campaigns.
            content_references: Showing one of these shares or ugcPosts.
            intended_statuses: One of these statuses.
            lead_forms: Opening one of these forms, as their URNs stand in `leadgen_call_to_action.destination`.
            is_test_account: Only creatives of test accounts, or only others.
            sort_order: By number.
            page_size: Creatives per page, 1 to 100. Pages are fetched as you iterate.
            fields: Only these of LinkedIn's names.

        Scopes: r_ads or rw_ads.
        """
        params: dict[str, object] = {"q": "criteria", "sortOrder": sort_order}
        params["pageSize"] = as_count(page_size, MAX_CREATIVES_PAGE, name="page_size")
        lists: Mapping[str, Sequence[object] | None] = {
            "creatives": None if creatives is None else [_urn(creative) for creative in creatives],
            "campaigns": None if campaigns is None else [urn_of(c, CAMPAIGN, name="campaigns") for c in campaigns],
            "contentReferences": content_references,
            "intendedStatuses": intended_statuses,
            "leadgenCreativeCallToActionDestinations": lead_forms,
        }
        for name, values in lists.items():
            if values is not None and not values:
                raise InvalidArgument(f"{name} must hold one value at least, or be left out")
        params.update({name: list(values) for name, values in lists.items() if values is not None})
        if is_test_account is not None:
            params["isTestAccount"] = is_test_account
        request = Request("GET", _collection(account), calls.with_fields(params, fields, "id"), restli_method="FINDER")
        return (yield from pages(request, _CREATIVE_PAGE))

    @paged
    def find_sponsored_posts(
        self, account: Key, *, ad_types: Sequence[str] | None = None, count: int = 100
    ) -> Flow[Page[SponsoredPost]]:
        """Yield the posts that exist for an ad account's ads only: the posts API's finder `dscAdAccount`.

        Args:
            account: The account's URN or its number.
            ad_types: Only these, such as VIDEO, STANDARD, CAROUSEL.
            count: Posts per page, 1 to 100. Pages are fetched as you iterate.

        Scopes: r_organization_social or r_ads (UNCONFIRMED which; a 403 would name it).
        """
        params: dict[str, object] = {"q": "dscAdAccount", "dscAdAccount": urn_of(account, ACCOUNT, name="account")}
        params.update(calls.offset_params(count, 100))
        if ad_types is not None:
            params["dscAdTypes"] = list(ad_types)
        return (yield from pages(Request("GET", "/rest/posts", params, restli_method="FINDER"), _POST_PAGE))

    @operation
    def update(self, account: Key, creative: Key, patch: Patch) -> Flow[None]:
        """Change some of a creative's fields; what it refers to cannot be changed.

        Args:
            account: The account's URN or its number.
            creative: The creative's URN or its number.
            patch: What `change(before, after)` returned, or a `Patch` with LinkedIn's names.

        Raises:
            BadRequest: STATUS_CHANGE_NOT_ALLOWED and others.
            ServerError: among others for good, when it is set ACTIVE under a draft campaign.

        Scopes: rw_ads.
        Roles: CREATIVE_MANAGER and above.
        """
        yield from calls.update(_path(account, creative), patch)

    @operation
    def batch_update(self, account: Key, changes: Mapping[Key, Patch]) -> Flow[BatchResult[Key, int]]:
        """Change several creatives; the answer says of each whether it was, by the key that was given.

        Scopes: rw_ads.
        Roles: CREATIVE_MANAGER and above.
        """
        return (yield from calls.batch_update(_collection(account), changes, _urn))

    @operation
    def delete(self, account: Key, creative: Key) -> Flow[None]:
        """Delete a draft creative, one of a draft campaign, or a video that failed.

        Any other is set to PENDING_DELETION with `update`.

        Raises:
            BadRequest: DELETE_ALLOWED_ONLY_FOR_DRAFT_STATUS.
            NotFound: there is no such creative.

        Scopes: rw_ads.
        Roles: CREATIVE_MANAGER and above.
        """
        yield Request("DELETE", _path(account, creative), restli_method="DELETE")

    @operation
    def batch_delete(self, account: Key, creatives: Sequence[Key]) -> Flow[BatchResult[Key, int]]:
        """Delete several draft creatives; the answer says of each whether it is gone.

        Scopes: rw_ads.
        """
        return (yield from calls.batch_delete(_collection(account), creatives, _urn))


def _collection(account: Key) -> str:
    return f"/rest/adAccounts/{number_of(account, ACCOUNT, name='account')}/creatives"


def _path(account: Key, creative: Key) -> str:
    return calls.entity_path(_collection(account), _urn(creative))


def _urn(creative: Key) -> Urn:
    return urn_of(creative, CREATIVE, name="creative")


def _body(creative: NewCreative) -> object:
    urn_of(creative.campaign, CAMPAIGN, name="campaign")
    check_content(creative.content)
    return to_wire(creative)


def check_content(content: CreativeContent) -> None:
    """Refuse content that LinkedIn is known to refuse: none or two kinds of it, texts that are too long."""
    kinds = [name for name, value in msgspec.structs.asdict(content).items() if value is not None]
    if len(kinds) != 1:
        raise InvalidArgument(f"a creative shows exactly one thing, got {', '.join(kinds) or 'none'}")
    if content.text_ad is not None:
        check_length(content.text_ad.headline, MAX_TEXT_HEADLINE, name="headline")
        check_length(content.text_ad.description, MAX_TEXT_DESCRIPTION, name="description")
    if content.spotlight is not None:
        _check_spotlight(content.spotlight)
    texts: list[AdText] = []
    if content.follow is not None:
        texts += [content.follow.headline, content.follow.description]
    if content.jobs is not None:
        texts += [content.jobs.headline, content.jobs.button_label]
    if any((text.pre_approved is None) == (text.custom is None) for text in texts):
        raise InvalidArgument("a text is either pre_approved or custom")


def _check_spotlight(ad: SpotlightAd) -> None:
    check_length(ad.headline, MAX_SPOTLIGHT_HEADLINE, name="headline")
    check_length(ad.call_to_action, MAX_SPOTLIGHT_CALL, name="call_to_action")
    check_length(ad.description, MAX_SPOTLIGHT_DESCRIPTION, name="description")
    check_length(ad.organization_name, MAX_ORGANIZATION_NAME, name="organization_name")
    if (ad.description is None) == (ad.background_image is None):
        raise InvalidArgument("a spotlight ad has either a description or a background_image")


def _inline_urn(response: Response) -> Urn:
    if response.headers.get("x-restli-id") or response.headers.get("x-linkedin-id"):
        return created_urn(response, CREATIVE)
    body: object = response.json()
    value = body.get("value") if is_object(body) else None
    named = value.get("creative", value.get("id")) if is_object(value) else value
    if not isinstance(named, str | int):
        raise response.unexpected("the answer to createInline names no creative")
    return _urn(named)
