"""The metrics of `adAnalytics`: what each is made of, since which version, and where it has no value.

Source: "Ads Reporting Schema", learn.microsoft.com /linkedin/marketing/integrations/ads-reporting/ads-reporting-schema
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

Driver: TypeAlias = Literal["impressions", "engagement", "conversion"]
Trait: TypeAlias = Literal[
    "any", "sponsored", "carousel", "message", "leads", "conversions", "jobs", "event", "video", "document"
]
"""What a creative must be for a metric to have numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One metric.

    Counts follow `driver` at `rate`; sums and ratios are made of other metrics of the same row.
    """

    name: str
    kind: Literal["count", "cost", "usd", "value", "sum", "ratio", "price", "reach", "penetration"]
    driver: Driver = "impressions"
    rate: float = 0.0
    trait: Trait = "any"
    parts: tuple[str, ...] = ()
    scale: float = 1.0
    since: str = ""
    is_demographic: bool = True
    twin: str = field(default="")  # metrics with one twin rise and fall together


def _counts(
    names: str, driver: Driver, trait: Trait = "any", *, since: str = "", demographic: bool = True
) -> list[Metric]:
    """Read `name rate` pairs."""
    found: list[Metric] = []
    for pair in names.split(","):
        name, rate = pair.split()
        found.append(
            Metric(
                name=name,
                kind="count",
                driver=driver,
                rate=float(rate),
                trait=trait,
                since=since,
                is_demographic=demographic,
            )
        )
    return found


def _sum(name: str, *parts: str) -> Metric:
    return Metric(name=name, kind="sum", parts=parts)


def _ratio(name: str, over: str, under: str, *, scale: float = 1.0, since: str = "") -> Metric:
    return Metric(name=name, kind="ratio", parts=(over, under), scale=scale, since=since)


def _price(name: str, under: str, *, since: str = "") -> Metric:
    return Metric(name=name, kind="price", parts=("costInLocalCurrency", under), since=since)


_EVENTS: Final = "202601"
_WATCHED: Final = ("", "Over15Seconds", "Over30Seconds", "Over2Minutes")

_PLAIN: Final = (
    *_counts("impressions 1", "impressions"),
    *_counts(
        "clicks 0.0082,landingPageClicks 0.0054,actionClicks 0.0012,otherEngagements 0.0009,reactions 0.0031,"
        "likes 0.0026,comments 0.0004,commentLikes 0.0001,shares 0.0002,follows 0.0003,companyPageClicks 0.0008,"
        "subscriptionClicks 0.00005,dwellSeconds 2.6",
        "engagement",
    ),
    *_counts("cardImpressions 1.9,cardClicks 0.006", "engagement", "carousel", demographic=False),
    *_counts(
        "sends 1,opens 0.41,adUnitClicks 0.011,textUrlClicks 0.014,headlineClicks 0.01,headlineImpressions 0.9,"
        "leadGenerationMailContactInfoShares 0.002,leadGenerationMailInterestedClicks 0.004",
        "impressions",
        "message",
    ),
    *_counts(
        "oneClickLeadFormOpens 0.0061,oneClickLeads 0.0007,qualifiedLeads 0.0003,validWorkEmailLeads 0.0004,"
        "talentLeads 0.00002",
        "conversion",
        "leads",
    ),
    *_counts(
        "externalWebsitePostClickConversions 0.00045,externalWebsitePostViewConversions 0.00022",
        "conversion",
        "conversions",
    ),
    *_counts(
        "postClickJobApplications 0.0004,postViewJobApplications 0.0002,postClickJobApplyClicks 0.0011,"
        "postViewJobApplyClicks 0.0005",
        "conversion",
        "jobs",
    ),
    *_counts("postClickRegistrations 0.0006,postViewRegistrations 0.0002", "conversion", "event"),
    *_counts(
        "eventViews 0.05,eventViewsOver15Seconds 0.031,eventViewsOver30Seconds 0.022,eventViewsOver2Minutes 0.009,"
        "eventWatchTime 4.2",
        "engagement",
        "event",
        since=_EVENTS,
    ),
    *_counts(
        "videoStarts 0.62,videoViews 0.31,videoFirstQuartileCompletions 0.2,videoMidpointCompletions 0.13,"
        "videoThirdQuartileCompletions 0.09,videoCompletions 0.07,fullScreenPlays 0.004",
        "engagement",
        "video",
    ),
    *_counts("videoWatchTime 3.4", "engagement", "video", since=_EVENTS),
    *_counts(
        "documentFirstQuartileCompletions 0.05,documentMidpointCompletions 0.031,"
        "documentThirdQuartileCompletions 0.02,documentCompletions 0.014,downloadClicks 0.003",
        "engagement",
        "document",
    ),
)
_SUMS: Final = (
    _sum("totalEngagements", "clicks", "reactions", "comments", "shares", "follows", "otherEngagements"),
    _sum("externalWebsiteConversions", "externalWebsitePostClickConversions", "externalWebsitePostViewConversions"),
    _sum("jobApplications", "postClickJobApplications", "postViewJobApplications"),
    _sum("jobApplyClicks", "postClickJobApplyClicks", "postViewJobApplyClicks"),
    _sum("registrations", "postClickRegistrations", "postViewRegistrations"),
)
_VIRAL_SHARE: Final = 0.06
_VIRAL_NAMES: Final = (
    "CardClicks",
    "CardImpressions",
    "Clicks",
    "CommentLikes",
    "Comments",
    "CompanyPageClicks",
    "DocumentFirstQuartileCompletions",
    "DocumentMidpointCompletions",
    "DocumentThirdQuartileCompletions",
    "DocumentCompletions",
    "DownloadClicks",
    "ExternalWebsitePostClickConversions",
    "ExternalWebsitePostViewConversions",
    "Follows",
    "FullScreenPlays",
    "Impressions",
    "LandingPageClicks",
    "Likes",
    "OneClickLeadFormOpens",
    "OneClickLeads",
    "OtherEngagements",
    "PostClickJobApplications",
    "PostClickJobApplyClicks",
    "PostClickRegistrations",
    "PostViewJobApplications",
    "PostViewJobApplyClicks",
    "PostViewRegistrations",
    "Reactions",
    "Shares",
    "SubscriptionClicks",
    "VideoStarts",
    "VideoViews",
    "VideoFirstQuartileCompletions",
    "VideoMidpointCompletions",
    "VideoThirdQuartileCompletions",
    "VideoCompletions",
)


def _viral() -> Iterable[Metric]:
    """Yield the same metrics after reshares, none of which the plain ones contain."""
    plain = {m.name: m for m in _PLAIN}
    for name in _VIRAL_NAMES:
        source = plain[name[0].lower() + name[1:]]
        yield Metric(
            name=f"viral{name}",
            kind="count",
            driver=source.driver,
            rate=source.rate * _VIRAL_SHARE,
            trait=source.trait if source.trait != "any" else "sponsored",
            is_demographic=source.is_demographic,
        )
    for total in _SUMS:
        name = f"viral{total.name[0].upper()}{total.name[1:]}"
        yield _sum(name, *(f"viral{part[0].upper()}{part[1:]}" for part in total.parts))


_ALL: Final = (
    *_PLAIN,
    *_SUMS,
    *_viral(),
    Metric(name="costInLocalCurrency", kind="cost"),
    Metric(name="costInUsd", kind="usd"),
    Metric(
        name="conversionValueInLocalCurrency",
        kind="value",
        parts=("externalWebsitePostClickConversions", "externalWebsitePostViewConversions"),
        trait="conversions",
        is_demographic=False,
    ),
    Metric(name="approximateMemberReach", kind="reach", parts=("impressions",), is_demographic=False),
    Metric(name="audiencePenetration", kind="penetration", parts=("impressions",), since="202411"),
    _ratio("averageDwellTime", "dwellSeconds", "impressions", since="202411"),
    _price("costPerQualifiedLead", "qualifiedLeads"),
    _ratio("averageVideoWatchTime", "videoWatchTime", "videoViews", since=_EVENTS),
    *(_ratio(f"averageEventWatchTime{end}", "eventWatchTime", f"eventViews{end}", since=_EVENTS) for end in _WATCHED),
    *(_price(f"costPerEventView{end}", f"eventViews{end}", since=_EVENTS) for end in _WATCHED),
)

METRICS: Final[Mapping[str, Metric]] = {m.name: m for m in _ALL}
"""Name -> metric; `dwellSeconds` is the sandbox's own and cannot be asked for."""

HIDDEN: Final = frozenset({"dwellSeconds"})
KEYS: Final = ("dateRange", "pivotValues")
DEFAULT: Final = ("dateRange", "pivotValues", "impressions", "clicks")
CONVERSION_METRICS: Final = frozenset({"externalWebsitePostClickConversions", "externalWebsitePostViewConversions"})
REVENUE: Final = (
    "revenueWonInUsd",
    "returnOnAdSpend",
    "closedWonOpportunities",
    "openOpportunities",
    "opportunityAmountInUsd",
    "opportunityWinRate",
    "averageDealSizeInUsd",
    "averageDaysToClose",
)


def is_known(name: str, version: str) -> bool:
    """Tell whether a header version has this metric."""
    metric = METRICS.get(name)
    return metric is not None and name not in HIDDEN and version[:6] >= metric.since


def bases(names: Iterable[str]) -> list[str]:
    """Return the counted metrics and costs that some metrics are made of."""
    found: dict[str, None] = {}
    for name in names:
        metric = METRICS[name]
        for part in metric.parts or (name,):
            found.update(dict.fromkeys(bases([part]) if METRICS[part].parts else [part]))
        if metric.kind == "usd":
            found["costInUsd"] = None
    return list(found)
