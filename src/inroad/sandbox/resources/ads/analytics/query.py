"""What a request of `adAnalytics` asks for: facets, dates, pivots, fields, and everything that is wrong with them."""

import calendar
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from typing import Final

from inroad.common.urn import Urn
from inroad.sandbox.answers import bad_query, missing_parameter, sentence
from inroad.sandbox.call import Call
from inroad.sandbox.masks import MaskError, parse_fields
from inroad.sandbox.resources.ads import params
from inroad.sandbox.resources.ads.access import number_in, readable
from inroad.sandbox.resources.ads.analytics.metrics import DEFAULT, KEYS, METRICS, REVENUE, is_known
from inroad.sandbox.resources.ads.analytics.pivots import (
    ENTITY_PIVOTS,
    MEMBER_PIVOTS,
    REVENUE_PIVOTS,
    SINCE,
    SLOT_PIVOTS,
    STATISTICS_ONLY,
    company_of,
    share_of,
)
from inroad.sandbox.resources.ads.analytics.table import Period
from inroad.sandbox.resources.ads.schema import CAMPAIGN_TYPES, OBJECTIVES
from inroad.sandbox.resources.ads.state import Ads, Campaign, Creative, ads_of

FACETS: Final = ("accounts", "campaignGroups", "campaigns", "creatives", "shares", "companies")
GRANULARITIES: Final = ("ALL", "DAILY", "MONTHLY", "YEARLY")
SORTS: Final[Mapping[str, str]] = {
    "COST_IN_LOCAL_CURRENCY": "costInLocalCurrency",
    "IMPRESSIONS": "impressions",
    "CLICKS": "clicks",
    "ONE_CLICK_LEADS": "oneClickLeads",
    "OPENS": "opens",
    "SENDS": "sends",
    "EXTERNAL_WEBSITE_CONVERSIONS": "externalWebsiteConversions",
}
MAX_FIELDS: Final = 20
MAX_PIVOTS: Final = 3
REVENUE_SPAN: Final = (30, 366)
_DAILY_FOR: Final = timedelta(days=182)
_YEARS: Final = 10
_MEMBER_YEARS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """What `fields` names."""

    keys: tuple[str, ...]
    metrics: tuple[str, ...]
    entries: int


def fields_of(call: Call) -> Fields:
    """Return the fields of a delivery report, each once; impressions and clicks without `fields`.

    Raises:
        Refusal: 400 for more than twenty, and for names that the version does not have.
    """
    names = _names(call)
    if names is None:
        return _sorted(DEFAULT)
    for name in names:
        if name not in KEYS and not is_known(name, call.version or ""):
            raise params.field_invalid("fields", f"ERROR :: /{name} :: unrecognized field found but not allowed")
    counted = [n for n in names if n not in KEYS] if call.switches["adanalytics.count_keys"] == "off" else names
    if len(counted) > MAX_FIELDS:
        # UNCONFIRMED: the code of the refusal.
        raise params.field_invalid("fields", f"ERROR :: /fields :: at most {MAX_FIELDS} fields, got {len(counted)}")
    return _sorted(names)


def _names(call: Call) -> Sequence[str] | None:
    text = call.params.get("fields")
    if text is None:
        return None
    try:
        mask = parse_fields(str(text))
    except MaskError as fault:
        raise bad_query() from fault
    return tuple(mask.kept)


def _sorted(names: Sequence[str]) -> Fields:
    return Fields(
        keys=tuple(n for n in KEYS if n in names),
        metrics=tuple(n for n in names if n in METRICS),
        entries=len(names),
    )


def revenue_fields(call: Call) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return keys and members of `revenueAttributionMetrics` that a revenue report is to show."""
    text = call.params.get("fields")
    if text is None:
        return KEYS, REVENUE
    try:
        mask = parse_fields(str(text))
    except MaskError as fault:
        raise bad_query() from fault
    for name in mask.kept:
        if name not in (*KEYS, "revenueAttributionMetrics"):
            raise params.field_invalid("fields", f"ERROR :: /{name} :: unrecognized field found but not allowed")
    inner = mask.kept.get("revenueAttributionMetrics")
    wanted = REVENUE if inner is None else tuple(n for n in REVENUE if n in inner.kept)
    shown = wanted if "revenueAttributionMetrics" in mask.kept else ()
    return tuple(k for k in KEYS if k in mask.kept), shown


def pivot_of(call: Call) -> tuple[str, ...]:
    """Return the one pivot of `q=analytics`; none is no pivot."""
    sent = params.text(call, "pivot")
    if sent is None:
        return ()
    known = {*ENTITY_PIVOTS, *SLOT_PIVOTS, *MEMBER_PIVOTS} - STATISTICS_ONLY
    if sent not in known or _is_later(call, sent):
        raise params.field_invalid("pivot", f'ERROR :: /pivot :: "{sent}" is not an enum symbol')
    return (sent,)


def pivots_of(call: Call) -> tuple[str, ...]:
    """Return the one to three pivots of `q=statistics`, none of which may be of members (OBSERVED)."""
    sent = params.items(call, "pivots")
    if sent is None:
        raise missing_parameter("pivots")
    if not 1 <= len(sent) <= MAX_PIVOTS:
        raise params.field_invalid("pivots", f"ERROR :: /pivots :: takes 1 to {MAX_PIVOTS} pivots, got {len(sent)}")
    for pivot in sent:
        if pivot not in (*ENTITY_PIVOTS, *SLOT_PIVOTS):
            raise params.field_invalid("pivots", f'ERROR :: /pivots :: "{pivot}" is not an allowed pivot')
    return tuple(dict.fromkeys(sent))


def revenue_pivots(call: Call) -> tuple[str, ...]:
    """Return the pivots of a revenue report."""
    sent = params.items(call, "pivots")
    if sent is None:
        raise missing_parameter("pivots")
    if not 1 <= len(sent) <= MAX_PIVOTS or not set(sent) <= set(REVENUE_PIVOTS):
        raise params.field_invalid("pivots", "ERROR :: /pivots :: takes ACCOUNT, CAMPAIGN_GROUP or CAMPAIGN")
    return tuple(dict.fromkeys(sent))


def _is_later(call: Call, pivot: str) -> bool:
    return (call.version or "")[:6] < SINCE.get(pivot, "")


def granularity_of(call: Call) -> str:
    """Return the granularity, which is required."""
    found = params.symbol(call, "timeGranularity", GRANULARITIES)
    if found is None:
        raise missing_parameter("timeGranularity")
    return found


def span_of(call: Call) -> tuple[date, date]:
    """Return the first and the last day asked for; an open end is today."""
    asked = params.days(call, "dateRange")
    if asked is None:
        raise missing_parameter("dateRange")
    today = call.now.astimezone(UTC).date()
    end = today if asked.end is None else asked.end
    if end < asked.start:
        raise params.field_invalid("dateRange", "ERROR :: /dateRange :: the end is before the start")
    return asked.start, end


def periods_of(call: Call, granularity: str, *, of_members: bool) -> list[Period]:
    """Return the periods of a report's rows, oldest first; those beyond retention are left out."""
    start, end = span_of(call)
    today = call.now.astimezone(UTC).date()
    if granularity == "ALL":
        start, end = _widened(start, today), _widened_end(end, today)
        return [Period(start.toordinal(), end.toordinal() + 1)]
    earliest = today.replace(year=today.year - (_MEMBER_YEARS if of_members else _YEARS), day=1)
    most = call.switches.number("adanalytics.max_daily_days")
    if granularity == "DAILY" and most and (end - start).days + 1 > most:
        raise params.field_invalid("dateRange", f"ERROR :: /dateRange :: DAILY takes at most {most:g} days")
    start, end = max(start, earliest), min(end, today)
    if granularity == "DAILY":
        return [Period(day, day + 1) for day in range(start.toordinal(), end.toordinal() + 1)]
    clips = call.switches["adanalytics.units"] == "clipped"
    return [
        Period(max(first, start).toordinal(), min(last, end).toordinal() + 1)
        if clips
        else Period(first.toordinal(), last.toordinal() + 1)
        for first, last in _units(start, end, granularity)
    ]


def _units(start: date, end: date, granularity: str) -> Iterator[tuple[date, date]]:
    first = start.replace(day=1) if granularity == "MONTHLY" else start.replace(month=1, day=1)
    while first <= end:
        last = _month_end(first) if granularity == "MONTHLY" else first.replace(month=12, day=31)
        yield first, last
        first = last + timedelta(days=1)


def _widened(day: date, today: date) -> date:
    """Return the start of its month for a day older than six months: finer numbers are not kept so long."""
    return day.replace(day=1) if today - day > _DAILY_FOR else day


def _widened_end(day: date, today: date) -> date:
    return _month_end(day) if today - day > _DAILY_FOR else day


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def creatives_of(call: Call) -> list[Creative]:
    """Return the creatives that all facets fit, of the accounts that the caller may read.

    What the caller may not read is left out without a word; that is how LinkedIn answers here.
    """
    ads = ads_of(call.world)
    wanted = {name: {str(urn) for urn in found} for name in FACETS if (found := params.urns(call, name)) is not None}
    if not any(wanted.values()):
        raise sentence(400, "At least one facet must be specified")
    kind = params.symbol(call, "campaignType", CAMPAIGN_TYPES)
    objective = params.symbol(call, "objectiveType", OBJECTIVES)
    chosen: list[Creative] = []
    for campaign in _campaigns(call, ads, wanted):
        if kind not in (None, campaign.body["type"]) or objective not in (None, campaign.body.get("objectiveType")):
            continue
        if "campaignGroups" in wanted and ads.groups[campaign.group].urn not in wanted["campaignGroups"]:
            continue
        chosen += ads.in_campaign(campaign.id)
    return [c for c in chosen if all(of(ads, c) in wanted[name] for name, of in _OF.items() if name in wanted)]


def _campaigns(call: Call, ads: Ads, wanted: Mapping[str, Set[str]]) -> Iterator[Campaign]:
    """Yield the readable campaigns that accounts and campaigns of the facets allow."""
    readable_ids = {a.id for a in readable(call) if "accounts" not in wanted or a.urn in wanted["accounts"]}
    if "campaigns" in wanted:
        numbers = sorted(number_in(urn, "sponsoredCampaign") or 0 for urn in wanted["campaigns"])
        named = (ads.campaigns.get(number) for number in numbers)
        yield from (c for c in named if c is not None and c.account in readable_ids)
    elif "creatives" in wanted:
        numbers = sorted(number_in(urn, "sponsoredCreative") or 0 for urn in wanted["creatives"])
        shown = (ads.creatives.get(number) for number in numbers)
        parents = dict.fromkeys(c.campaign for c in shown if c is not None and c.account in readable_ids)
        yield from (ads.campaigns[number] for number in parents)
    else:
        for number in readable_ids:
            yield from ads.campaigns_under(number)


_OF: Final[Mapping[str, Callable[[Ads, Creative], str | None]]] = {
    "creatives": lambda _, creative: creative.urn,
    "shares": lambda _, creative: share_of(creative),
    "companies": company_of,
}


def sort_of(call: Call) -> tuple[str, bool] | None:
    """Return the metric to sort by and whether the largest comes first."""
    sent = params.record(call, "sortBy")
    if sent is None:
        return None
    name, order = sent.get("field"), sent.get("order", "ASCENDING")
    if not isinstance(name, str) or name not in SORTS or order not in ("ASCENDING", "DESCENDING"):
        raise params.invalid("sortBy")
    return SORTS[name], order == "DESCENDING"


def account_urn(call: Call) -> Urn:
    """Return the account of a revenue report: a bare URN, or a list of one as a sample has it."""
    found = params.urn(call, "account", "sponsoredAccount")
    if found is None:
        raise missing_parameter("account")
    return found
