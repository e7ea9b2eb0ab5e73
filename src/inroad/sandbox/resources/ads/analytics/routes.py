"""`adAnalytics`: `q=analytics`, `q=statistics`, `q=attributedRevenueMetrics`.

Source: "Ads Reporting", learn.microsoft.com /linkedin/marketing/integrations/ads-reporting/ads-reporting
"""

import random
from collections.abc import Iterable, Mapping
from datetime import UTC
from itertools import islice
from typing import Any, Final, Literal

import msgspec

from inroad.sandbox.answers import sentence
from inroad.sandbox.call import Answer, Call
from inroad.sandbox.grammar import url_key
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.ads import params
from inroad.sandbox.resources.ads.access import number_in, role_on
from inroad.sandbox.resources.ads.analytics import query, table
from inroad.sandbox.resources.ads.analytics.pivots import MEMBER_PIVOTS, Grouping
from inroad.sandbox.resources.ads.audience import size
from inroad.sandbox.resources.ads.facts import chance, facts_of
from inroad.sandbox.resources.ads.state import Campaign, ads_of

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/integrations/ads-reporting/ads-reporting"
LONGEST_REACH: Final = 92
_WINDOW_SECONDS: Final = 300
_NO_DATA: Final[Mapping[str, Any]] = {"start": 0, "count": 10, "links": []}


class Spending(msgspec.Struct):
    """Metric values that each app asked for lately: pairs of epoch seconds and number."""

    by_app: dict[str, list[tuple[float, int]]] = {}


def _check_volume(call: Call) -> None:
    """Refuse once 45 million values were asked for within five minutes. UNCONFIRMED: the live body."""
    most = call.switches.number("adanalytics.window_values")
    log = call.world.state(Spending).by_app.setdefault(call.grant.app.client_id, [])
    oldest = call.now.timestamp() - _WINDOW_SECONDS
    log[:] = [entry for entry in log if entry[0] > oldest]
    if sum(values for _, values in log) >= most:
        message = (
            "The data request limit has been exceeded. More than 45 million metric values were requested in a "
            "5-minute window."
        )
        raise sentence(429, message)


def _note_volume(call: Call, values: int) -> None:
    if values:
        log = call.world.state(Spending).by_app.setdefault(call.grant.app.client_id, [])
        log.append((call.now.timestamp(), values))


def _analytics(call: Call) -> Answer:
    return _report(call, query.pivot_of(call))


def _statistics(call: Call) -> Answer:
    return _report(call, query.pivots_of(call))


def _report(call: Call, pivots: tuple[str, ...]) -> Answer:
    of_members = any(p in MEMBER_PIVOTS for p in pivots)
    granularity = query.granularity_of(call)
    periods = query.periods_of(call, granularity, of_members=of_members)
    fields, sort = query.fields_of(call), query.sort_of(call)
    creatives = query.creatives_of(call)
    _check_long_reach(call, fields, periods)
    _check_volume(call)
    ads, now = ads_of(call.world), call.now.astimezone(UTC)
    hours = call.switches.number("adanalytics.demographics_hours")
    presence = fields.metrics if fields.metrics and call.switches["adanalytics.row_presence"] == "requested" else ()
    asked = table.Asked(
        creatives=creatives,
        grouping=Grouping(call.world, ads, pivots),
        periods=periods,
        metrics=[*fields.metrics, *([sort[0]] if sort else [])],
        now=now,
        last_day=table.first_told(now, hours) if of_members else periods[-1].end if periods else 0,
        presence=presence or ("impressions", "costInLocalCurrency"),
    )
    most = int(call.switches.number("adanalytics.max_rows"))
    found = table.rows(ads, facts_of(call.world), call.world.seed, asked)
    rows = _sorted(asked, found, sort)[:most] if sort else list(islice(found, most))
    _note_volume(call, fields.entries * len(rows))
    elements = [_element(call, asked, fields, row, pivots) for row in rows]
    if call.switches["adanalytics.order"] == "shuffled":
        random.Random(f"{call.world.seed}:{url_key(dict(call.params))}").shuffle(elements)  # noqa: S311
    return Answer(body={"paging": _paging(call, len(elements)), "elements": elements})


def _sorted(asked: table.Asked, found: Iterable[table.Row], sort: tuple[str, bool]) -> list[table.Row]:
    name, falling = sort

    def number(row: table.Row) -> float:
        shown = table.shown(asked, row[2], [name], audience=0, with_reach=False, long=False)
        return float(str(shown.get(name, 0)))

    return sorted(found, key=number, reverse=falling)


def _check_long_reach(call: Call, fields: query.Fields, periods: list[table.Period]) -> None:
    is_long = any(p.end - p.first > LONGEST_REACH for p in periods)
    if is_long and "approximateMemberReach" in fields.metrics and call.switches["adanalytics.long_reach"] == "error":
        said = f"ERROR :: /approximateMemberReach :: is told for at most {LONGEST_REACH} days"
        raise params.field_invalid("fields", said)


def _element(
    call: Call, asked: table.Asked, fields: query.Fields, row: table.Row, pivots: tuple[str, ...]
) -> dict[str, Any]:
    period, values, counted = row
    element: dict[str, Any] = {}
    if "dateRange" in fields.keys:
        element["dateRange"] = period.to_wire()
    if "pivotValues" in fields.keys:
        element["pivotValues"] = list(values)
    # OBSERVED: reach by ACCOUNT is always 0.
    with_reach = not pivots or "ACCOUNT" not in pivots or len(pivots) > 1
    audience = 0
    if "audiencePenetration" in fields.metrics:
        audience = _audience(call, pivots, values)
    shown = table.shown(
        asked,
        counted,
        fields.metrics,
        audience=audience,
        with_reach=with_reach,
        long=period.end - period.first > LONGEST_REACH,
    )
    return element | shown


def _audience(call: Call, pivots: tuple[str, ...], values: tuple[str, ...]) -> int:
    """Return how many members the row's campaigns aim at; 0 without an account, group or campaign."""
    ads = ads_of(call.world)
    found: list[Campaign] = []
    for pivot, value in zip(pivots, values, strict=True):
        number = int(value.rpartition(":")[2]) if value.startswith("urn:li:sponsored") else 0
        if pivot == "CAMPAIGN":
            found = [ads.campaigns[number]]
        elif pivot == "CAMPAIGN_GROUP":
            found = found or list(ads.in_group(number))
        elif pivot == "ACCOUNT":
            found = found or list(ads.campaigns_under(number))
    return max((size(call.world.seed, c.body["targetingCriteria"]) for c in found), default=0)


def _paging(call: Call, rows: int) -> dict[str, Any]:
    if not rows or call.switches["adanalytics.next_link"] == "off":
        return {**_NO_DATA, "links": []}
    # A trap for clients that follow links: the parameter is none that the finder knows.
    href = f"/rest/adAnalytics?page=2&q={call.method.partition('-')[2]}"
    return {**_NO_DATA, "links": [{"rel": "next", "href": href, "type": "application/json"}]}


def _revenue(call: Call) -> Answer:
    pivots, account = query.revenue_pivots(call), query.account_urn(call)
    start, end = query.span_of(call)
    today = call.now.astimezone(UTC).date()
    fewest, most = query.REVENUE_SPAN
    if not fewest <= (end - start).days + 1 <= most:
        raise params.field_invalid("dateRange", f"ERROR :: /dateRange :: spans {fewest} to {most} days")
    if (today - start).days > most:
        raise params.field_invalid("dateRange", "ERROR :: /dateRange/start :: must be within the last year")
    keys, wanted = query.revenue_fields(call)
    period = table.Period(start.toordinal(), end.toordinal() + 1)
    elements: list[dict[str, Any]] = []
    for values, deals in _deals(call, pivots, str(account), period):
        element: dict[str, Any] = {}
        if "dateRange" in keys:
            element["dateRange"] = period.to_wire()
        if "pivotValues" in keys:
            element["pivotValues"] = list(values)
        shown = {name: value for name, value in deals.items() if name in wanted}
        if end != today:
            # Open opportunities are told of the present only.
            shown = {n: v for n, v in shown.items() if n not in ("openOpportunities", "opportunityAmountInUsd")}
        if wanted:
            element["revenueAttributionMetrics"] = shown
        elements.append(element)
    return Answer(body={"paging": {**_NO_DATA, "links": []}, "elements": elements})


def _deals(
    call: Call, pivots: tuple[str, ...], account: str, period: table.Period
) -> Iterable[tuple[tuple[str, ...], dict[str, Any]]]:
    """Yield what sales a CRM would have reported, from what the campaigns cost."""
    ads = ads_of(call.world)
    number = number_in(account, "sponsoredAccount")
    known = None if number is None else ads.accounts.get(number)
    if known is None or role_on(call, known) is None:
        return
    wanted_groups = {str(u) for u in params.urns(call, "campaignGroups") or ()}
    wanted_campaigns = {str(u) for u in params.urns(call, "campaigns") or ()}
    creatives = [
        c
        for campaign in ads.campaigns_under(known.id)
        if (not wanted_campaigns or campaign.urn in wanted_campaigns)
        and (not wanted_groups or ads.groups[campaign.group].urn in wanted_groups)
        for c in ads.in_campaign(campaign.id)
    ]
    asked = table.Asked(
        creatives=creatives,
        grouping=Grouping(call.world, ads, pivots),
        periods=[period],
        metrics=["costInUsd"],
        now=call.now,
        last_day=period.end,
        presence=["costInUsd"],
    )
    for _, values, counted in table.rows(ads, facts_of(call.world), call.world.seed, asked):
        yield values, _won(call.world.seed, values, counted[0] / table.COST_UNITS)


def _won(seed: int, values: tuple[str, ...], cost: float) -> dict[str, Any]:
    deal = 4_000 + 14_000 * chance(seed, "deal", *values)
    won = int(cost * (2.0 + 3.0 * chance(seed, "return", *values)) / deal)
    still_open = won // 2 + 1
    return {
        "revenueWonInUsd": table.decimal(round(won * deal, 1)),
        "returnOnAdSpend": round(won * deal / cost, 4) if cost else 0.0,
        "closedWonOpportunities": won,
        "openOpportunities": still_open,
        "opportunityAmountInUsd": table.decimal(round(still_open * deal, 1)),
        "opportunityWinRate": round(won / (won + still_open), 4),
        "averageDealSizeInUsd": table.decimal(round(deal, 2)),
        "averageDaysToClose": round(20 + 60 * chance(seed, "days", *values), 1),
    }


_REPORT: Final[Mapping[str, Literal["required", "optional"]]] = {
    "timeGranularity": "required",
    "dateRange": "required",
    **dict.fromkeys(query.FACETS, "optional"),
    "campaignType": "optional",
    "sortBy": "optional",
    "fields": "optional",
}

SCOPES: Final = frozenset({"r_ads_reporting"})

RESOURCES: Final = (
    Resource(
        path="adAnalytics",
        bases=frozenset({"rest"}),
        permission="partnerApiAdAnalytics",
        takes_raw_urns=True,
        key="number",
        methods=(
            Method(
                name="FINDER-analytics",
                handler=_analytics,
                scopes=SCOPES,
                params={"pivot": "optional", **_REPORT},
                source=SOURCE,
            ),
            Method(
                name="FINDER-statistics",
                handler=_statistics,
                scopes=SCOPES,
                params={"pivots": "required", "objectiveType": "optional", **_REPORT},
                source=SOURCE,
            ),
            Method(
                name="FINDER-attributedRevenueMetrics",
                handler=_revenue,
                scopes=SCOPES,
                params={
                    "pivots": "required",
                    "account": "required",
                    "dateRange": "required",
                    "campaigns": "optional",
                    "campaignGroups": "optional",
                    "timeGranularity": "optional",
                    "fields": "optional",
                },
                source=SOURCE,
            ),
        ),
    ),
)
