"""What adAnalytics can count: metrics and pivots, their types and where they hold.

Source: "Reporting" and "Metrics Available", learn.microsoft.com
/linkedin/marketing/integrations/ads-reporting/ads-reporting and /ads-reporting-schema
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

MetricKind: TypeAlias = Literal["long", "decimal", "double", "record"]

Pivot: TypeAlias = Literal[
    "ACCOUNT",
    "CAMPAIGN_GROUP",
    "CAMPAIGN",
    "CREATIVE",
    "SHARE",
    "COMPANY",
    "CONVERSION",
    "CONVERSATION_NODE",
    "CONVERSATION_NODE_OPTION_INDEX",
    "SERVING_LOCATION",
    "CARD_INDEX",
    "PLACEMENT_NAME",
    "IMPRESSION_DEVICE_TYPE",
    "EVENT_STAGE",
    "OBJECTIVE_TYPE",
    "MEMBER_COMPANY_SIZE",
    "MEMBER_INDUSTRY",
    "MEMBER_SENIORITY",
    "MEMBER_JOB_TITLE",
    "MEMBER_JOB_FUNCTION",
    "MEMBER_COUNTRY_V2",
    "MEMBER_REGION_V2",
    "MEMBER_COUNTY",
    "MEMBER_COMPANY",
    "MEMBER_DESIGNATED_MARKET_AREA",
]
"""What rows are told apart by; MEMBER_DESIGNATED_MARKET_AREA from version 202609 on."""

KEYS = ("dateRange", "pivotValues")
"""Without these two a row cannot be told from another; they come only when they are named."""

MAX_FIELDS = 20
"""Entries of `fields`. UNCONFIRMED whether the keys count; they are counted here."""

MAX_METRICS = MAX_FIELDS - len(KEYS)
"""Metrics of one call."""

MAX_ROWS = 15_000
"""Rows of an answer. LinkedIn cuts off without a sign: an answer with as many is taken for cut off."""

MAX_PIVOTS = 3
"""Pivots of the finders `statistics` and `attributedRevenueMetrics`."""

MAX_REACH_DAYS = 92
"""Days over which reach is counted."""

MEMBER_PREFIX = "MEMBER_"

ENTITY_PIVOTS: Mapping[str, str] = {
    "ACCOUNT": "sponsoredAccount",
    "CAMPAIGN_GROUP": "sponsoredCampaignGroup",
    "CAMPAIGN": "sponsoredCampaign",
    "CREATIVE": "sponsoredCreative",
}
"""Pivots whose values say whose row it is, and the kinds of their URNs."""

REVENUE_PIVOTS = frozenset({"ACCOUNT", "CAMPAIGN_GROUP", "CAMPAIGN"})
"""Pivots of the finder `attributedRevenueMetrics`."""

RENAMED_PIVOTS: Mapping[str, str] = {"MEMBER_COUNTRY": "MEMBER_COUNTRY_V2", "MEMBER_REGION": "MEMBER_REGION_V2"}
"""Pivots that LinkedIn refuses, and what they are called now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """Something that is counted.

    `decimal` is money: a text on the wire. `is_demographic` tells whether it comes with MEMBER_ pivots. Reach and
    ratios are not additive: over days, campaigns or pivots they must be asked for, never summed.
    """

    name: str
    kind: MetricKind = "long"
    is_demographic: bool = True
    is_reach: bool = False
    is_ratio: bool = False
    since: str | None = None

    @property
    def is_counter(self) -> bool:
        """Whether nothing counted is zero; of ratios and reach it is unknown."""
        return self.kind in {"long", "decimal"} and not self.is_reach and not self.is_ratio


def _metrics(
    names: str, kind: MetricKind = "long", since: str | None = None, *, is_ratio: bool = False
) -> tuple[Metric, ...]:
    return tuple(
        Metric(
            name=name.removeprefix("-"),
            kind=kind,
            is_demographic=not name.startswith("-"),
            is_ratio=is_ratio,
            since=since,
        )
        for name in names.split()
    )


# A dash before a name: not with MEMBER_ pivots.
_VIRAL = (
    "-CardClicks -CardImpressions Clicks CommentLikes Comments CompanyPageClicks DocumentFirstQuartileCompletions "
    "DocumentMidpointCompletions DocumentThirdQuartileCompletions DocumentCompletions DownloadClicks "
    "ExternalWebsiteConversions ExternalWebsitePostClickConversions ExternalWebsitePostViewConversions Follows "
    "FullScreenPlays Impressions JobApplications JobApplyClicks LandingPageClicks Likes OneClickLeadFormOpens "
    "OneClickLeads OtherEngagements PostClickJobApplications PostClickJobApplyClicks PostClickRegistrations "
    "PostViewJobApplications PostViewJobApplyClicks PostViewRegistrations Reactions Registrations Shares "
    "SubscriptionClicks TotalEngagements VideoStarts VideoViews VideoFirstQuartileCompletions "
    "VideoMidpointCompletions VideoThirdQuartileCompletions VideoCompletions"
)

_ALL = (
    *_metrics("impressions clicks landingPageClicks"),
    *_metrics("costInLocalCurrency costInUsd", "decimal"),
    Metric(name="approximateMemberReach", is_demographic=False, is_reach=True),
    Metric(name="audiencePenetration", kind="double", is_reach=True, since="202411"),
    Metric(name="averageDwellTime", is_ratio=True, since="202411"),
    *_metrics("totalEngagements otherEngagements likes reactions comments commentLikes shares follows"),
    *_metrics("companyPageClicks subscriptionClicks -cardClicks -cardImpressions"),
    *_metrics("sends opens actionClicks adUnitClicks textUrlClicks headlineClicks headlineImpressions"),
    *_metrics("leadGenerationMailContactInfoShares leadGenerationMailInterestedClicks"),
    *_metrics("oneClickLeads oneClickLeadFormOpens qualifiedLeads validWorkEmailLeads talentLeads"),
    *_metrics("externalWebsiteConversions externalWebsitePostClickConversions externalWebsitePostViewConversions"),
    *_metrics("-conversionValueInLocalCurrency", "decimal"),
    *_metrics("jobApplications jobApplyClicks registrations postClickJobApplications postClickJobApplyClicks"),
    *_metrics("postClickRegistrations postViewJobApplications postViewJobApplyClicks postViewRegistrations"),
    *_metrics("eventViews eventViewsOver15Seconds eventViewsOver30Seconds eventViewsOver2Minutes", since="202601"),
    *_metrics("eventWatchTime", since="202601"),
    *_metrics("averageEventWatchTime averageEventWatchTimeOver15Seconds", since="202601", is_ratio=True),
    *_metrics("averageEventWatchTimeOver30Seconds averageEventWatchTimeOver2Minutes", since="202601", is_ratio=True),
    *_metrics("videoStarts videoViews videoFirstQuartileCompletions videoMidpointCompletions"),
    *_metrics("videoThirdQuartileCompletions videoCompletions fullScreenPlays"),
    *_metrics("videoWatchTime", since="202601"),
    *_metrics("averageVideoWatchTime", since="202601", is_ratio=True),
    *_metrics("documentFirstQuartileCompletions documentMidpointCompletions documentThirdQuartileCompletions"),
    *_metrics("documentCompletions downloadClicks"),
    *_metrics(" ".join(f"-viral{n[1:]}" if n.startswith("-") else f"viral{n}" for n in _VIRAL.split())),
    *_metrics("costPerQualifiedLead", "decimal", is_ratio=True),
    *_metrics("costPerEventView costPerEventViewOver15Seconds", "decimal", "202601", is_ratio=True),
    *_metrics("costPerEventViewOver30Seconds costPerEventViewOver2Minutes", "decimal", "202601", is_ratio=True),
    Metric(name="revenueAttributionMetrics", kind="record"),
)

METRICS: Mapping[str, Metric] = {metric.name: metric for metric in _ALL}
"""Every metric that is known, by name. LinkedIn adds some without notice: others may be asked for all the same."""

REVENUE_METRICS = (
    "revenueWonInUsd",
    "returnOnAdSpend",
    "closedWonOpportunities",
    "openOpportunities",
    "opportunityAmountInUsd",
    "opportunityWinRate",
    "averageDealSizeInUsd",
    "averageDaysToClose",
)
"""What `revenueAttributionMetrics` holds."""


def is_demographic(pivots: tuple[str, ...]) -> bool:
    """Tell whether rows are of kinds of members: approximate, noisy, and only the larger groups."""
    return any(pivot.startswith(MEMBER_PREFIX) for pivot in pivots)
