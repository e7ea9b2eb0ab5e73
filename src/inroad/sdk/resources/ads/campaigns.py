"""Campaigns (versioned API).

Source: "Create and Manage Campaigns", learn.microsoft.com
/linkedin/marketing/integrations/ads/account-structure/create-and-manage-campaigns
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal, TypeAlias

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, operation, paged
from inroad.sdk.resources.ads import calls
from inroad.sdk.resources.ads.calls import (
    ACCOUNT,
    CAMPAIGN,
    CAMPAIGN_GROUP,
    Key,
    SortOrder,
    created_urn,
    number_of,
    urn_of,
)
from inroad.sdk.resources.ads.targeting_criteria import TargetingCriteria, check_criteria
from inroad.sdk.resources.ads.values import (
    STAMPED,
    ChangeAuditStamps,
    EntityVersion,
    Money,
    Record,
    RunSchedule,
    to_wire,
)
from inroad.sdk.resources.entity import Batch, Elements, Entity, Locale, Results, UrnText, decoder
from inroad.sdk.restli.batch import BatchCreated, BatchResult
from inroad.sdk.restli.patch import Patch

CampaignType: TypeAlias = Literal["TEXT_AD", "SPONSORED_UPDATES", "SPONSORED_INMAILS", "DYNAMIC"]
CampaignStatus: TypeAlias = Literal[
    "ACTIVE", "PAUSED", "ARCHIVED", "COMPLETED", "CANCELED", "DRAFT", "PENDING_DELETION", "REMOVED"
]
"""COMPLETED, CANCELED and REMOVED are LinkedIn's to set."""

CampaignFormat: TypeAlias = Literal[
    "STANDARD_UPDATE",
    "SINGLE_VIDEO",
    "CAROUSEL",
    "SPONSORED_UPDATE_NATIVE_DOCUMENT",
    "SPONSORED_UPDATE_EVENT",
    "SPOTLIGHT",
    "FOLLOW_COMPANY",
    "JOBS",
    "SPONSORED_INMAIL",
    "SPONSORED_MESSAGE",
    "TEXT_AD",
]
"""TEXT_AD is UNCONFIRMED: another source says TEXT."""

Objective: TypeAlias = Literal[
    "BRAND_AWARENESS",
    "ENGAGEMENT",
    "LEAD_GENERATION",
    "WEBSITE_VISIT",
    "WEBSITE_CONVERSION",
    "VIDEO_VIEW",
    "JOB_APPLICANT",
    "TALENT_LEAD",
]
"""LinkedIn's page prints some in the plural; every live writer, and analytics, use these."""

CostType: TypeAlias = Literal["CPM", "CPC", "CPV"]
PacingStrategy: TypeAlias = Literal["LIFETIME", "ACCELERATED"]
PoliticalIntent: TypeAlias = Literal["POLITICAL", "NOT_POLITICAL", "NOT_DECLARED"]
CreativeSelection: TypeAlias = Literal["OPTIMIZED", "ROUND_ROBIN"]
OptimizationTarget: TypeAlias = Literal[
    "NONE",
    "ENHANCED_CONVERSION",
    "MAX_IMPRESSION",
    "MAX_REACH",
    "MAX_CLICK",
    "MAX_CONVERSION",
    "MAX_VIDEO_VIEW",
    "MAX_LEAD",
    "MAX_QUALIFIED_LEAD",
    "TARGET_COST_PER_CLICK",
    "TARGET_COST_PER_IMPRESSION",
    "TARGET_COST_PER_VIDEO_VIEW",
    "CAP_COST_AND_MAXIMIZE_CLICKS",
    "CAP_COST_AND_MAXIMIZE_IMPRESSIONS",
    "CAP_COST_AND_MAXIMIZE_VIDEO_VIEWS",
    "CAP_COST_AND_MAXIMIZE_LEADS",
]

_PLURALS = {
    "WEBSITE_VISITS": "WEBSITE_VISIT",
    "WEBSITE_CONVERSIONS": "WEBSITE_CONVERSION",
    "VIDEO_VIEWS": "VIDEO_VIEW",
    "JOB_APPLICANTS": "JOB_APPLICANT",
    "TALENT_LEADS": "TALENT_LEAD",
}


class UrnLists(Entity, frozen=True):
    """What is wanted and what is not, as URNs in text."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


class OffsitePreferences(Entity, frozen=True):
    """Where in the Audience Network a campaign runs: `urn:li:iabCategory:...` and publisher restriction files."""

    iab_categories: UrnLists | None = None
    publisher_restriction_files: UrnLists | None = None


class TimeSpan(Entity, frozen=True):
    """A length of time, such as 7 DAY."""

    duration: int
    unit: str


class FrequencyPreference(Entity, frozen=True):
    """How often a member is to see the campaign at most."""

    frequency: int
    time_span: TimeSpan
    optimization_type: str = "MAX_FREQUENCY"


class OptimizationPreference(Entity, frozen=True):
    """What delivery aims at; from version 202408 on."""

    frequency_optimization_preference: FrequencyPreference | None = None


class AdCampaign(Record, frozen=True):
    """A campaign. Every field but the id is missing when it was not asked for.

    `daily_budget` is spent per UTC day. `unit_cost` is a bid, a target or a cap, by `optimization_target_type`.
    `serving_statuses` is RUNNABLE alone, or what holds it. `targeting` is the form of old campaigns, read only.
    """

    READ_ONLY: ClassVar[frozenset[str]] = STAMPED | {
        "account",
        "type",
        "objectiveType",
        "targeting",
        "pacingStrategy",
        "storyDeliveryEnabled",
        "accountInfo",
        "campaignGroupInfo",
        "associatedEntityInfo",
    }

    id: int
    account: UrnText | None = None
    campaign_group: UrnText | None = None
    associated_entity: UrnText | None = None
    name: str = ""
    type: str = ""
    format: str | None = None
    objective_type: str | None = None
    status: str = ""
    cost_type: str | None = None
    unit_cost: Money | None = None
    daily_budget: Money | None = None
    total_budget: Money | None = None
    pacing_strategy: str | None = None
    locale: Locale | None = None
    run_schedule: RunSchedule | None = None
    targeting_criteria: TargetingCriteria | None = None
    targeting: Mapping[str, Any] | None = None
    optimization_target_type: str | None = None
    optimization_preference: OptimizationPreference | None = None
    creative_selection: str | None = None
    offsite_delivery_enabled: bool | None = None
    offsite_preferences: OffsitePreferences | None = None
    audience_expansion_enabled: bool | None = None
    connected_television_only: bool | None = None
    story_delivery_enabled: bool | None = None
    political_intent: str | None = None
    serving_statuses: tuple[str, ...] = ()
    test: bool = False
    version: EntityVersion | None = None
    change_audit_stamps: ChangeAuditStamps | None = None
    account_info: Mapping[str, Any] | None = None
    campaign_group_info: Mapping[str, Any] | None = None
    associated_entity_info: Mapping[str, Any] | None = None

    @property
    def urn(self) -> Urn:
        """The campaign's URN."""
        return Urn(CAMPAIGN, str(self.id))

    @property
    def objective(self) -> str | None:
        """The objective in the singular, in whichever way LinkedIn spelled it."""
        return None if self.objective_type is None else _PLURALS.get(self.objective_type, self.objective_type)

    @property
    def is_running(self) -> bool:
        """Whether nothing keeps the campaign from being shown."""
        return self.serving_statuses == ("RUNNABLE",)


class NewCampaign(Entity, frozen=True):
    """What a campaign is created of. Currency and locale must be the account's and one that LinkedIn supports.

    A daily or a total budget is needed, a total one with pacing LIFETIME. Automatic bidding takes CPM and no
    `unit_cost`. `offsite_delivery_enabled` (the Audience Network) and `political_intent` have no default at LinkedIn:
    whoever targets members in the EU must declare the latter. A lead or sponsored campaign names the organization that
    it advertises as `associated_entity`.
    """

    campaign_group: Urn
    name: str
    type: CampaignType
    cost_type: CostType
    locale: Locale
    run_schedule: RunSchedule
    targeting_criteria: TargetingCriteria
    offsite_delivery_enabled: bool
    political_intent: PoliticalIntent
    status: CampaignStatus = "DRAFT"
    objective_type: Objective | None = None
    format: CampaignFormat | None = None
    associated_entity: Urn | None = None
    unit_cost: Money | None = None
    daily_budget: Money | None = None
    total_budget: Money | None = None
    pacing_strategy: PacingStrategy | None = None
    optimization_target_type: OptimizationTarget | None = None
    optimization_preference: OptimizationPreference | None = None
    creative_selection: CreativeSelection | None = None
    offsite_preferences: OffsitePreferences | None = None
    audience_expansion_enabled: bool | None = None
    connected_television_only: bool | None = None


_CAMPAIGN = decoder(AdCampaign)
_CAMPAIGN_PAGE = decoder(Elements[AdCampaign])
_CAMPAIGN_BATCH = decoder(Results[AdCampaign])


class AdCampaigns(Resource[IO]):
    """Campaigns of an ad account (versioned API)."""

    @operation
    def create(self, account: Key, campaign: NewCampaign) -> Flow[Urn]:
        """Create a campaign and return its URN. Never repeated on its own.

        Args:
            account: The account's URN or its number.
            campaign: What to create.

        Raises:
            InvalidArgument: LinkedIn is known to refuse it: no budget, two currencies, television without the network.
            BadRequest: MULTIPLE_VALIDATIONS_FAILED and others; `fields` names the places.
            Unprocessable: a value has another type than LinkedIn's schema.

        Scopes: rw_ads.
        Roles: CAMPAIGN_MANAGER and above.
        """
        response = yield Request("POST", _collection(account), json=_body(account, campaign), repeatable=False)
        return created_urn(response, CAMPAIGN)

    @operation
    def batch_create(self, account: Key, campaigns: Sequence[NewCampaign]) -> Flow[list[BatchCreated]]:
        """Create several campaigns; the answer says of each, in order, its number or what is wrong.

        Scopes: rw_ads.
        """
        bodies = [_body(account, campaign) for campaign in campaigns]
        return (yield from calls.batch_create(_collection(account), bodies))

    @operation
    def get(self, account: Key, campaign: Key, *, fields: Sequence[str] | None = None) -> Flow[AdCampaign]:
        """Return a campaign.

        Args:
            account: The account's URN or its number.
            campaign: The campaign's URN or its number.
            fields: Only these of LinkedIn's names; `accountInfo`, `campaignGroupInfo` and `associatedEntityInfo` come
                only when they are named.

        Raises:
            NotFound: there is no such campaign in the account, or the member has no role on it.

        Scopes: r_ads or rw_ads.
        """
        return (yield from calls.get(_path(account, campaign), _CAMPAIGN, fields, "id"))

    @operation
    def batch_get(
        self, account: Key, campaigns: Sequence[Key], *, fields: Sequence[str] | None = None
    ) -> Flow[Batch[AdCampaign]]:
        """Return several campaigns by URN; those that cannot be read are in `missing`.

        Scopes: r_ads or rw_ads.
        """
        keys = [_number(campaign) for campaign in campaigns]
        return (yield from calls.batch_get(_collection(account), keys, _CAMPAIGN_BATCH, _urn, fields, "id"))

    @paged
    def find_by_search(
        self,
        account: Key,
        *,
        ids: Sequence[Key] | None = None,
        campaign_groups: Sequence[Key] | None = None,
        associated_entities: Sequence[Urn | str] | None = None,
        names: Sequence[str] | None = None,
        types: Sequence[CampaignType] | None = None,
        statuses: Sequence[CampaignStatus] | None = None,
        test: bool | None = None,
        sort_order: SortOrder | None = None,
        page_size: int = 100,
        fields: Sequence[str] | None = None,
    ) -> Flow[Page[AdCampaign]]:
        """Yield the campaigns of an account that fit; without criteria all of them.

        LinkedIn has no "changed since": whoever wants what is new reads all and compares `change_audit_stamps`.

        Args:
            account: The account's URN or its number.
            ids: One of these campaigns.
            campaign_groups: In one of these groups.
            associated_entities: For one of these organizations or persons.
            names: One of these names.
            types: One of these types.
            statuses: One of these statuses.
            test: Only test campaigns, or only others.
            sort_order: By number.
            page_size: Campaigns per page, 1 to 1,000. Pages are fetched as you iterate.
            fields: Only these of LinkedIn's names.

        Scopes: r_ads or rw_ads.
        """
        groups = campaign_groups
        wanted = calls.criteria(
            id=None if ids is None else [urn_of(id, CAMPAIGN, name="ids") for id in ids],
            campaignGroup=None
            if groups is None
            else [urn_of(g, CAMPAIGN_GROUP, name="campaign_groups") for g in groups],
            associatedEntity=associated_entities,
            name=names,
            type=types,
            status=statuses,
            test=test,
        )
        return (
            yield from calls.search(
                _collection(account), wanted, _CAMPAIGN_PAGE, page_size=page_size, sort_order=sort_order, fields=fields
            )
        )

    @operation
    def update(self, account: Key, campaign: Key, patch: Patch) -> Flow[None]:
        """Change some of a campaign's fields. Records such as targeting criteria are replaced as a whole.

        A draft whose start has passed is activated or archived only by a patch that also moves the start ahead.

        Args:
            account: The account's URN or its number.
            campaign: The campaign's URN or its number.
            patch: What `change(before, after)` returned, or a `Patch` with LinkedIn's names.

        Raises:
            BadRequest: STATUS_CHANGE_NOT_ALLOWED, DATE_TOO_EARLY, IMMUTABLE_CAMPAIGN_OBJECTIVE_TYPE and others.

        Scopes: rw_ads.
        Roles: CAMPAIGN_MANAGER and above.
        """
        yield from calls.update(_path(account, campaign), patch)

    @operation
    def batch_update(self, account: Key, changes: Mapping[Key, Patch]) -> Flow[BatchResult[Key, int]]:
        """Change several campaigns; the answer says of each whether it was, by the key that was given.

        Scopes: rw_ads.
        Roles: CAMPAIGN_MANAGER and above.
        """
        return (yield from calls.batch_update(_collection(account), changes, _number))

    @operation
    def delete(self, account: Key, campaign: Key) -> Flow[None]:
        """Delete a draft campaign; any other is set to PENDING_DELETION with `update`.

        Raises:
            BadRequest: DELETE_ALLOWED_ONLY_FOR_DRAFT_STATUS.
            NotFound: there is no such campaign.

        Scopes: rw_ads.
        Roles: CAMPAIGN_MANAGER and above.
        """
        yield Request("DELETE", _path(account, campaign), restli_method="DELETE")

    @operation
    def batch_delete(self, account: Key, campaigns: Sequence[Key]) -> Flow[BatchResult[Key, int]]:
        """Delete several draft campaigns; the answer says of each whether it is gone.

        Scopes: rw_ads.
        """
        return (yield from calls.batch_delete(_collection(account), campaigns, _number))


def _collection(account: Key) -> str:
    return f"/rest/adAccounts/{number_of(account, ACCOUNT, name='account')}/adCampaigns"


def _path(account: Key, campaign: Key) -> str:
    return calls.entity_path(_collection(account), _number(campaign))


def _number(campaign: Key) -> int:
    return number_of(campaign, CAMPAIGN, name="campaign")


def _urn(key: str) -> Urn:
    return urn_of(key, CAMPAIGN, name="campaign")


def _body(account: Key, campaign: NewCampaign) -> object:
    if not campaign.name.strip():
        raise InvalidArgument("a campaign needs a name")
    urn_of(campaign.campaign_group, CAMPAIGN_GROUP, name="campaign_group")
    budgets = [money for money in (campaign.daily_budget, campaign.total_budget) if money is not None]
    if not budgets:
        raise InvalidArgument("a campaign needs a daily_budget or a total_budget")
    prices = budgets if campaign.unit_cost is None else [*budgets, campaign.unit_cost]
    if len({money.currency_code for money in prices}) > 1:
        raise InvalidArgument("budgets and unit_cost must be in the account's one currency")
    if campaign.connected_television_only and not campaign.offsite_delivery_enabled:
        raise InvalidArgument("connected_television_only needs offsite_delivery_enabled")
    start, end = campaign.run_schedule.start, campaign.run_schedule.end
    if end is not None and end <= start:
        raise InvalidArgument("run_schedule must end after it starts")
    check_criteria(campaign.targeting_criteria)
    return {"account": str(urn_of(account, ACCOUNT, name="account")), **to_wire(campaign)}
