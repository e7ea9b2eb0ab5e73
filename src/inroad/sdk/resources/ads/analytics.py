"""What ads brought (versioned API): the three finders of adAnalytics, and reports of many calls.

An account that the member cannot read gives no rows, and no error. Figures go on changing: clicks and cost for days,
conversions until their windows close. MEMBER_ pivots are approximate and come 12 to 24 hours late.
Source: "Reporting", learn.microsoft.com /linkedin/marketing/integrations/ads-reporting/ads-reporting
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from inroad.common.urn import Urn
from inroad.sdk.ads_planner import AnalyticsPlan, AnalyticsReport, Answer, ValueBudget, merge, split
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Flow, Request, Resource, Response, Sleep, operation
from inroad.sdk.resources.ads.analytics_metrics import (
    KEYS,
    MAX_PIVOTS,
    REVENUE_METRICS,
    REVENUE_PIVOTS,
    Pivot,
)
from inroad.sdk.resources.ads.analytics_query import (
    AnalyticsQuery,
    AnalyticsRows,
    Facet,
    SortField,
    TimeGranularity,
    date_range_param,
    read_row,
)
from inroad.sdk.resources.ads.calls import ACCOUNT, CAMPAIGN, CAMPAIGN_GROUP, Key, urn_of
from inroad.sdk.restli.projection import field, fields
from inroad.sdk.restli.shape import is_list, is_object

MIN_REVENUE_DAYS, MAX_REVENUE_DAYS = 30, 366
"""Days of a question for revenue, both inclusive."""

_PATH = "/rest/adAnalytics"


class AdAnalytics(Resource[IO]):
    """What ads brought."""

    @operation
    def find_by_analytics(
        self,
        *,
        pivot: Pivot | str,
        granularity: TimeGranularity,
        start: date,
        end: date | None = None,
        facets: Mapping[Facet, Sequence[Urn]],
        metrics: Sequence[str],
        campaign_type: str | None = None,
        sort_by: SortField | None = None,
    ) -> Flow[AnalyticsRows]:
        """Return rows by one pivot. More than 18 metrics or 15,000 rows take several calls: see `report`.

        Args:
            pivot: What rows are told apart by.
            granularity: ALL for one row per value; with a start or end older than six months LinkedIn widens the range
                to whole months and says so in the rows.
            start: The first day, UTC.
            end: The last day, UTC; today when it is left out.
            facets: What rows are chosen by, such as `{"accounts": [urn]}`; of several facets all must fit.
            metrics: At most 18 names; others than are known are passed on.
            campaign_type: Only campaigns of this type.
            sort_by: In falling order of this.

        Raises:
            InvalidArgument: a limit is exceeded, or LinkedIn is known to refuse it.
            RateLimited: `kind` is "data_volume" above 45 million values in five minutes, "day" for the quota.

        Scopes: r_ads_reporting.
        Roles: any on the accounts.
        """
        query = AnalyticsQuery(
            pivots=(pivot,),
            granularity=granularity,
            start=start,
            end=end,
            facets={facet: tuple(urns) for facet, urns in facets.items()},
            metrics=tuple(metrics),
            campaign_type=campaign_type,
            sort_by=sort_by,
        )
        response = yield _request(query)
        return _rows(response, query)

    @operation
    def find_by_statistics(
        self,
        *,
        pivots: Sequence[Pivot | str],
        granularity: TimeGranularity,
        start: date,
        end: date | None = None,
        facets: Mapping[Facet, Sequence[Urn]],
        metrics: Sequence[str],
        campaign_type: str | None = None,
        objective_type: str | None = None,
        sort_by: SortField | None = None,
    ) -> Flow[AnalyticsRows]:
        """Return rows by one to three pivots together; MEMBER_ pivots are refused. Else as `find_by_analytics`.

        Args:
            pivots: What rows are told apart by, one to three.
            granularity: As in `find_by_analytics`.
            start: The first day, UTC.
            end: The last day, UTC; today when it is left out.
            facets: What rows are chosen by.
            metrics: At most 18 names.
            campaign_type: Only campaigns of this type.
            objective_type: Only campaigns with this objective.
            sort_by: In falling order of this.

        Scopes: r_ads_reporting.
        Roles: any on the accounts.
        """
        query = AnalyticsQuery(
            pivots=tuple(pivots),
            granularity=granularity,
            start=start,
            end=end,
            facets={facet: tuple(urns) for facet, urns in facets.items()},
            metrics=tuple(metrics),
            campaign_type=campaign_type,
            objective_type=objective_type,
            sort_by=sort_by,
            is_statistics=True,
        )
        response = yield _request(query)
        return _rows(response, query)

    @operation
    def find_by_attributed_revenue_metrics(
        self,
        account: Key,
        *,
        pivots: Sequence[Pivot | str],
        start: date,
        end: date,
        campaigns: Sequence[Key] = (),
        campaign_groups: Sequence[Key] = (),
        metrics: Sequence[str] | None = None,
    ) -> Flow[AnalyticsRows]:
        """Return the revenue that a connected CRM gives to ads: `metrics["revenueAttributionMetrics"]` of each row.

        Args:
            account: The account's URN or its number.
            pivots: One to three of ACCOUNT, CAMPAIGN_GROUP and CAMPAIGN.
            start: The first day, UTC, within the last year.
            end: The last day, UTC, 30 to 366 days in all; `openOpportunities` and `opportunityAmountInUsd` come only
                when it is today.
            campaigns: Only these.
            campaign_groups: Only these.
            metrics: Only these of `REVENUE_METRICS`.

        Raises:
            InvalidArgument: a limit is exceeded.

        Scopes: r_ads_reporting.
        Roles: any on the account.
        """
        chosen = tuple(pivots)
        if not 1 <= len(chosen) <= MAX_PIVOTS or not REVENUE_PIVOTS.issuperset(chosen):
            raise InvalidArgument(f"pivots must be 1 to 3 of ACCOUNT, CAMPAIGN_GROUP and CAMPAIGN, got {chosen}")
        days = (end - start).days + 1
        if not MIN_REVENUE_DAYS <= days <= MAX_REVENUE_DAYS:
            raise InvalidArgument(f"revenue is counted over {MIN_REVENUE_DAYS} to {MAX_REVENUE_DAYS} days, got {days}")
        unknown = [name for name in metrics or () if name not in REVENUE_METRICS]
        if unknown:
            raise InvalidArgument(f"{unknown[0]} is none of {', '.join(REVENUE_METRICS)}")
        params: dict[str, object] = {
            "q": "attributedRevenueMetrics",
            "account": urn_of(account, ACCOUNT, name="account"),
            "pivots": list(chosen),
            "dateRange": date_range_param(start, end),
            "fields": str(fields(*KEYS, field("revenueAttributionMetrics", *(metrics or ())))),
        }
        if campaigns:
            params["campaigns"] = [urn_of(each, CAMPAIGN, name="campaigns") for each in campaigns]
        if campaign_groups:
            groups = [urn_of(each, CAMPAIGN_GROUP, name="campaign_groups") for each in campaign_groups]
            params["campaignGroups"] = groups
        response = yield Request("GET", _PATH, params, restli_method="FINDER")
        return _read(response, chosen)

    @operation
    def report(
        self,
        plan: AnalyticsPlan,
        *,
        budget: ValueBudget | None = None,
        progress: Callable[[Answer], None] | None = None,
    ) -> Flow[AnalyticsReport]:
        """Carry a plan out and return its rows, merged: the fewest calls, split further where LinkedIn cut off.

        Args:
            plan: What `ads_planner.plan` returned.
            budget: How much of the five minutes' volume is spent already; calls wait for room in it.
            progress: Told of each answer that is kept, before the next call.

        Raises:
            RateLimited: the quota of the day, or the data volume because others of the app spend it too.

        Scopes: r_ads_reporting.
        Roles: any on the accounts.
        """
        left = list(reversed(plan.queries))
        spent = budget or ValueBudget()
        answers: list[Answer] = []
        at = None
        while left:
            query = left.pop()
            if at is not None:
                wait = spent.wait_seconds(at, len(query.fields) * plan.expected_rows(query))
                if wait > 0:
                    yield Sleep(wait)
            response = yield _request(query)
            at = response.received_at
            rows = _rows(response, query)
            if at is not None:
                spent = spent.after(at, len(query.fields) * len(rows))
            smaller = split(query) if rows.is_truncated else []
            if smaller:
                left += reversed(smaller)
                continue
            answer = Answer(query=query, rows=rows)
            answers.append(answer)
            if progress is not None:
                progress(answer)
        return merge(plan, answers)


def _request(query: AnalyticsQuery) -> Request:
    # A query that is too long for an address is tunnelled on its way out.
    return Request("GET", _PATH, query.params(), restli_method="FINDER")


def _rows(response: Response, query: AnalyticsQuery) -> AnalyticsRows:
    return _read(response, query.pivots)


def _read(response: Response, pivots: tuple[str, ...]) -> AnalyticsRows:
    body: object = response.json()
    # `paging` is not read: it says the same whatever the number of rows, and its links lead nowhere.
    elements = body.get("elements") if is_object(body) else None
    if not is_list(elements):
        raise response.unexpected("the answer holds no elements")
    try:
        return AnalyticsRows(tuple(read_row(element, pivots) for element in elements))
    except ValueError as cause:
        raise response.unexpected(f"cannot read a row: {cause}") from cause
