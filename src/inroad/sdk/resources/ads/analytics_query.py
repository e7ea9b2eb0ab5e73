"""One adAnalytics call and its rows, as values; the calls are made in `analytics`.

Source: "Reporting", learn.microsoft.com /linkedin/marketing/integrations/ads-reporting/ads-reporting
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, TypeAlias, overload

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.resources.ads.analytics_metrics import (
    KEYS,
    MAX_FIELDS,
    MAX_METRICS,
    MAX_PIVOTS,
    MAX_REACH_DAYS,
    MAX_ROWS,
    MEMBER_PREFIX,
    METRICS,
    RENAMED_PIVOTS,
)
from inroad.sdk.restli.encode import encode_query
from inroad.sdk.restli.shape import is_int, is_list, is_object

TimeGranularity: TypeAlias = Literal["ALL", "DAILY", "MONTHLY", "YEARLY"]
Facet: TypeAlias = Literal["accounts", "campaignGroups", "campaigns", "creatives", "shares", "companies"]
SortField: TypeAlias = Literal[
    "COST_IN_LOCAL_CURRENCY",
    "IMPRESSIONS",
    "CLICKS",
    "ONE_CLICK_LEADS",
    "OPENS",
    "SENDS",
    "EXTERNAL_WEBSITE_CONVERSIONS",
]
PivotValue: TypeAlias = Urn | str
MetricValue: TypeAlias = int | float | Decimal | Mapping[str, Any] | None

FACETS: Mapping[str, tuple[str, ...]] = {
    "accounts": ("sponsoredAccount",),
    "campaignGroups": ("sponsoredCampaignGroup",),
    "campaigns": ("sponsoredCampaign",),
    "creatives": ("sponsoredCreative",),
    "shares": ("share", "ugcPost"),
    "companies": ("organization", "organizationBrand"),
}
"""By what rows are chosen, and the kinds of URN that each takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalyticsQuery:
    """One call of the finders `analytics` (one pivot) or `statistics` (two or three). Days are UTC, both inclusive.

    Of several facets all must fit, of one facet's entities any. Refused when it is made if LinkedIn is known to refuse
    it, or to leave silently out what it asks for.
    """

    pivots: tuple[str, ...]
    granularity: TimeGranularity
    start: date
    end: date | None = None
    facets: Mapping[str, tuple[Urn, ...]]
    metrics: tuple[str, ...]
    campaign_type: str | None = None
    objective_type: str | None = None
    sort_by: SortField | None = None
    is_descending: bool = True
    is_statistics: bool = field(default=False)

    def __post_init__(self) -> None:
        _check_pivots(self.pivots, self.finder)
        _check_facets(self.facets)
        _check_metrics(self)
        if self.end is not None and self.end < self.start:
            raise InvalidArgument(f"end must not be before start, got {self.start} and {self.end}")
        if self.objective_type is not None and self.finder != "statistics":
            raise InvalidArgument("objective_type is for several pivots, or for is_statistics")

    @property
    def finder(self) -> Literal["analytics", "statistics"]:
        """The finder that answers it: `statistics` refuses MEMBER_ pivots, `analytics` several."""
        return "statistics" if len(self.pivots) > 1 or self.is_statistics else "analytics"

    @property
    def fields(self) -> tuple[str, ...]:
        """What is asked of each row: its keys, and the metrics."""
        return tuple(dict.fromkeys((*KEYS, *self.metrics)))

    @property
    def days(self) -> int | None:
        """How many days the range has, None when it is open."""
        return None if self.end is None else (self.end - self.start).days + 1

    def params(self) -> dict[str, object]:
        """Return the parameters of the call."""
        params: dict[str, object] = {
            "q": self.finder,
            "timeGranularity": self.granularity,
            "dateRange": date_range_param(self.start, self.end),
            "fields": list(self.fields),
            **{facet: list(urns) for facet, urns in self.facets.items()},
        }
        if self.finder == "statistics":
            params["pivots"] = list(self.pivots)
        else:
            params["pivot"] = self.pivots[0]
        if self.campaign_type is not None:
            params["campaignType"] = self.campaign_type
        if self.objective_type is not None:
            params["objectiveType"] = self.objective_type
        if self.sort_by is not None:
            params["sortBy"] = {"field": self.sort_by, "order": "DESCENDING" if self.is_descending else "ASCENDING"}
        return params

    def query_length(self) -> int:
        """Return how many characters the query has; above 4,000 it is tunnelled."""
        return len(encode_query(self.params()))


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalyticsRow:
    """One row: what it is of, when, and what was counted.

    `values` has one entry per pivot, a URN or a token such as SIZE_2_TO_10. `metrics` has what LinkedIn sent: money as
    `Decimal`, counts as `int`, and names that are not known as they came. What is not in it is unknown, not zero.
    """

    pivots: tuple[str, ...]
    values: tuple[PivotValue, ...]
    start: date
    end: date
    metrics: Mapping[str, MetricValue]

    @property
    def urn(self) -> Urn | None:
        """What the row is of, when its first pivot has URNs."""
        first = self.values[0] if self.values else None
        return first if isinstance(first, Urn) else None

    def value(self, pivot: str) -> PivotValue:
        """Return the value of one pivot.

        Raises:
            InvalidArgument: the row has no such pivot.
        """
        if pivot not in self.pivots:
            raise InvalidArgument(f"the row has no pivot {pivot}, only {', '.join(self.pivots)}")
        return self.values[self.pivots.index(pivot)]

    def count(self, metric: str) -> int | None:
        """Return a count, None when it is unknown."""
        value = self.metrics.get(metric)
        return value if is_int(value) else None

    def money(self, metric: str) -> Decimal | None:
        """Return an amount in the currency that the metric's name says, None when it is unknown."""
        value = self.metrics.get(metric)
        return value if isinstance(value, Decimal) else None

    def ratio(self, metric: str) -> float | None:
        """Return a ratio, None when it is unknown."""
        value = self.metrics.get(metric)
        return float(value) if isinstance(value, int | float | Decimal) and not isinstance(value, bool) else None


@dataclass(frozen=True, slots=True)
class AnalyticsRows(Sequence[AnalyticsRow]):
    """The rows of one answer, in no particular order."""

    rows: tuple[AnalyticsRow, ...]

    @property
    def is_truncated(self) -> bool:
        """Whether LinkedIn may have left rows out: it cuts off at 15,000 and does not say so."""
        return len(self.rows) >= MAX_ROWS

    @overload
    def __getitem__(self, index: int) -> AnalyticsRow: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[AnalyticsRow, ...]: ...
    def __getitem__(self, index: int | slice) -> AnalyticsRow | tuple[AnalyticsRow, ...]:
        return self.rows[index]

    def __len__(self) -> int:
        return len(self.rows)


def read_row(element: object, pivots: tuple[str, ...]) -> AnalyticsRow:
    """Read one row of an answer.

    Raises:
        ValueError: it has another shape, or lacks its keys.
    """
    if not is_object(element):
        raise ValueError("a row is no object")
    values = element.get("pivotValues", [])
    if not is_list(values) or len(values) != len(pivots):
        raise ValueError(f"a row of {len(pivots)} pivots has the values {values!r}")
    days = element.get("dateRange")
    if not is_object(days):
        raise ValueError("a row has no dateRange")
    start = _day(days.get("start"))
    return AnalyticsRow(
        pivots=pivots,
        values=tuple(_pivot_value(value) for value in values),
        start=start,
        end=_day(days.get("end")) if "end" in days else start,
        metrics={name: _metric(name, value) for name, value in element.items() if name not in KEYS},
    )


def date_range_param(start: date, end: date | None) -> dict[str, object]:
    """Return a `dateRange` parameter of analytics: both days are in it; an open one lasts until today."""
    days = {"start": start} if end is None else {"start": start, "end": end}
    return {name: {"year": day.year, "month": day.month, "day": day.day} for name, day in days.items()}


def _pivot_value(value: object) -> PivotValue:
    if not isinstance(value, str):
        raise ValueError(f"a pivot value is text, got {type(value).__name__}")
    # LinkedIn writes tokens, numbers and URNs; a URN's kind says what it is of.
    return Urn.parse(value) if value.startswith("urn:") else value


def _metric(name: str, value: object) -> MetricValue:
    known = METRICS.get(name)
    if isinstance(value, str):
        return _decimal(name, value)
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int):
        return Decimal(value) if known is not None and known.kind == "decimal" else value
    if isinstance(value, float):
        return _float(value, is_money=known is not None and known.kind == "decimal")
    if is_object(value):
        return {inner: _metric(inner, number) for inner, number in value.items()}
    raise ValueError(f"the metric {name} is a {type(value).__name__}")


def _float(value: float, *, is_money: bool) -> float | Decimal:
    return Decimal(repr(value)) if is_money else value


def _decimal(name: str, text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"the metric {name} is no number: {text[:80]!r}") from None
    if not number.is_finite():
        raise ValueError(f"the metric {name} is no number: {text[:80]!r}")
    return number


def _day(value: object) -> date:
    parts = [value.get(name) for name in ("year", "month", "day")] if is_object(value) else []
    numbers = [part for part in parts if is_int(part)]
    if len(numbers) != 3:
        raise ValueError(f"not a day: {value!r}")
    try:
        return date(*numbers)
    except OverflowError as cause:
        raise ValueError(f"not a day: {value!r}") from cause


def _check_pivots(pivots: tuple[str, ...], finder: str) -> None:
    if not 1 <= len(pivots) <= MAX_PIVOTS or len(set(pivots)) != len(pivots):
        raise InvalidArgument(f"pivots must be 1 to {MAX_PIVOTS} different ones, got {', '.join(pivots) or 'none'}")
    for pivot in pivots:
        if pivot in RENAMED_PIVOTS:
            raise InvalidArgument(f"{pivot} is refused; it is called {RENAMED_PIVOTS[pivot]} now")
        # Seen by Airbyte's maintainers; LinkedIn's page does not say so.
        if finder == "statistics" and pivot.startswith(MEMBER_PREFIX):
            raise InvalidArgument(f"{pivot} can only be asked for alone")


def _check_facets(facets: Mapping[str, tuple[Urn, ...]]) -> None:
    if not facets:
        raise InvalidArgument("analytics need one facet at least, such as accounts")
    for facet, urns in facets.items():
        if facet not in FACETS:
            raise InvalidArgument(f"facet must be one of {', '.join(FACETS)}, got {facet!r}")
        if not urns:
            raise InvalidArgument(f"{facet} must hold one URN at least, or be left out")
        for urn in urns:
            if urn.kind not in FACETS[facet]:
                raise InvalidArgument(f"{facet} takes {' or '.join(FACETS[facet])} URNs, got {str(urn)!r}")


def _check_metrics(query: AnalyticsQuery) -> None:
    fields = query.fields
    if len(fields) == len(KEYS):
        raise InvalidArgument("metrics must name one metric at least")
    if len(fields) > MAX_FIELDS:
        raise InvalidArgument(f"a call asks for at most {MAX_METRICS} metrics, got {len(fields) - len(KEYS)}")
    reach = [name for name in query.metrics if name in METRICS and METRICS[name].is_reach]
    if reach and query.days is not None and query.days > MAX_REACH_DAYS:
        raise InvalidArgument(f"{reach[0]} is counted over at most {MAX_REACH_DAYS} days, got {query.days}")
