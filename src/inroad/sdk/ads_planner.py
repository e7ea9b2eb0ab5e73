"""The fewest legal adAnalytics calls for what is wanted, and one table of their answers. Pure: it sends nothing.

A call holds 18 metrics, its answer 15,000 rows and not one more, without a sign that rows are missing. So metrics are
chunked, days and entities cut into tiles that cannot hold too many rows, and answers merged by key. Rows of a MEMBER_
pivot do not say whose they are, so each target is asked alone.
Source: "Reporting", learn.microsoft.com /linkedin/marketing/integrations/ads-reporting/ads-reporting
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import ceil
from typing import TypeAlias

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.resources.ads.analytics_metrics import (
    ENTITY_PIVOTS,
    KEYS,
    MAX_METRICS,
    MAX_REACH_DAYS,
    MAX_ROWS,
    METRICS,
    is_demographic,
)
from inroad.sdk.resources.ads.analytics_query import (
    FACETS,
    AnalyticsQuery,
    AnalyticsRow,
    AnalyticsRows,
    MetricValue,
    PivotValue,
    TimeGranularity,
)

MAX_VALUES = 45_000_000
"""Metric values in five minutes that an app may ask for: entries of `fields` times rows."""

VALUE_WINDOW = timedelta(minutes=5)

USABLE_ROWS = MAX_ROWS - 1
"""Rows that an answer may hold and still be known to be whole."""

CAREFUL_ROWS = 12_000
"""Rows to plan for when the numbers of values per day are estimates."""

TUNNELLED_QUERY = 100_000
"""Characters of a query that is tunnelled. UNCONFIRMED: LinkedIn publishes no bound of the body; this one is ours."""

ADDRESS_QUERY = 4_000
"""Characters of a query that is not tunnelled."""

_KIND_FACETS = {kind: facet for facet, kinds in FACETS.items() for kind in kinds}

_Unit: TypeAlias = tuple[date, date]
_Window: TypeAlias = tuple[_Unit, ...]
_Key: TypeAlias = tuple[Urn | None, tuple[PivotValue, ...], date, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What figures are wanted of, and how many values its pivots have in a day at most.

    With MONTHLY, YEARLY or ALL it is the values of a month, a year or the whole time that count: give those.
    `parts` are the smaller things that together have all of its rows, such as an account's campaigns: they are asked
    for instead where that takes fewer calls.
    """

    urn: Urn
    values_per_day: int = 1
    parts: "tuple[Target, ...]" = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A report: figures of some targets, by one to three pivots, from one day to another, both inclusive and UTC.

    `version` leaves metrics out that it does not have. `is_combined` adds targets together where rows cannot tell them
    apart; otherwise each is asked alone and its rows say `target`.
    """

    targets: tuple[Target, ...]
    pivots: tuple[str, ...]
    metrics: tuple[str, ...]
    start: date
    end: date
    granularity: TimeGranularity = "DAILY"
    version: str | None = None
    campaign_type: str | None = None
    is_combined: bool = False

    @property
    def is_identified(self) -> bool:
        """Whether a row says whose it is, so that many targets fit into one call."""
        return self.is_combined or any(pivot in ENTITY_PIVOTS for pivot in self.pivots)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a call may hold. With estimated numbers of values, `CAREFUL_ROWS` saves more splits than it costs calls."""

    rows: int = USABLE_ROWS
    query_characters: int = TUNNELLED_QUERY

    def __post_init__(self) -> None:
        if not 1 <= self.rows <= USABLE_ROWS:
            raise InvalidArgument(f"rows must be between 1 and {USABLE_ROWS:,}, got {self.rows}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalyticsPlan:
    """The calls for a report. `unavailable` says which metrics are not asked for, and why not.

    `expected` is how many rows each target may have per unit of time.
    """

    wanted: Wanted
    queries: tuple[AnalyticsQuery, ...]
    unavailable: Mapping[str, str]
    expected: Mapping[Urn, int] = field(repr=False)

    @property
    def chunks(self) -> tuple[tuple[str, ...], ...]:
        """The metrics as they are divided among calls."""
        return tuple(dict.fromkeys(query.metrics for query in self.queries))

    @property
    def expected_values(self) -> int:
        """How many metric values all answers hold together, at most."""
        return sum(len(query.fields) * self.expected_rows(query) for query in self.queries)

    @property
    def least_seconds(self) -> int:
        """How long it takes at least, however fast the calls are: LinkedIn gives 45 million values in five minutes."""
        return int(VALUE_WINDOW.total_seconds()) * max(0, ceil(self.expected_values / MAX_VALUES) - 1)

    def expected_rows(self, query: AnalyticsQuery) -> int:
        """Return how many rows the answer to a call has at most, if the targets have the values they were said to."""
        (urns,) = query.facets.values()
        end = query.end or query.start
        days = (end - query.start).days + 1
        units = days if query.granularity == "DAILY" else len(_units(query.granularity, query.start, end))
        return units * sum(self.expected.get(urn, 1) for urn in urns)


def plan(wanted: Wanted, limits: Limits = Limits()) -> AnalyticsPlan:
    """Return the fewest calls that bring what is wanted within LinkedIn's limits.

    Raises:
        InvalidArgument: there is no target, no metric that can be asked for, or no time.
    """
    _check(wanted)
    metrics, unavailable = _available(wanted)
    units = _units(wanted.granularity, wanted.start, wanted.end)
    queries: list[AnalyticsQuery] = []
    expected: dict[Urn, int] = {}
    for chunk in _chunks(metrics):
        most_units = _reach_units(units) if _has_reach(chunk) else len(units)
        room = limits.query_characters - _bare_length(wanted, chunk)
        for group, windows in _tiles(wanted, units, most_units, limits.rows, room):
            expected.update({target.urn: target.values_per_day for target in group})
            facets = {_facet(group[0]): tuple(target.urn for target in group)}
            queries += [_query(wanted, chunk, facets, window) for window in windows]
    return AnalyticsPlan(wanted=wanted, queries=tuple(queries), unavailable=unavailable, expected=expected)


def split(query: AnalyticsQuery) -> list[AnalyticsQuery]:
    """Return two calls that together ask for what one does, for an answer that was cut off; none when there are none.

    Time is cut first, at the bounds of the granularity, then the list of entities.
    """
    units = _units(query.granularity, query.start, query.end or query.start)
    if len(units) > 1:
        middle = len(units) // 2
        return [replace(query, start=part[0][0], end=part[-1][1]) for part in (units[:middle], units[middle:])]
    for facet, urns in query.facets.items():
        if len(urns) > 1:
            middle = len(urns) // 2
            return [replace(query, facets={**query.facets, facet: part}) for part in (urns[:middle], urns[middle:])]
    return []


def active(rows: Iterable[AnalyticsRow], metric: str = "impressions") -> set[Urn]:
    """Return whose rows count something: the campaigns of which demographics are worth a call each."""
    return {row.urn for row in rows if row.urn is not None and (row.count(metric) or 0) > 0}


def values_per_day(rows: Iterable[AnalyticsRow]) -> Mapping[Urn, int]:
    """Return how many rows each entity had on its fullest day, to plan the next report with."""
    days: dict[tuple[Urn, date], int] = defaultdict(int)
    for row in rows:
        if row.urn is not None:
            days[row.urn, row.start] += 1
    most: dict[Urn, int] = {}
    for (urn, _), count in days.items():
        most[urn] = max(count, most.get(urn, 0))
    return most


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A call and its rows."""

    query: AnalyticsQuery
    rows: AnalyticsRows


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow(AnalyticsRow):
    """A row of a report: `target` is whom it was asked of, when the pivots do not say it.

    `unknown` are the metrics that were wanted and not asked for in full: of an answer that was cut off, or unavailable.
    Others that are missing in `metrics` LinkedIn did not send; a counter among them is zero, if anything else of the
    row was counted.
    """

    target: Urn | None = None
    unknown: frozenset[str] = frozenset()
    asked: frozenset[str] = field(default=frozenset(), repr=False)

    def filled(self) -> "ReportRow":
        """Return the row with zero for counters that LinkedIn left out; what is unknown stays so, and so do ratios."""
        zeros: dict[str, MetricValue] = {}
        for name in self.asked - self.metrics.keys():
            metric = METRICS.get(name)
            if metric is not None and metric.is_counter:
                zeros[name] = Decimal(0) if metric.kind == "decimal" else 0
        return replace(self, metrics={**zeros, **self.metrics})


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalyticsReport:
    """The rows of all answers, one per key, by time and value; those of `truncated` calls are left out."""

    rows: tuple[ReportRow, ...]
    truncated: tuple[AnalyticsQuery, ...]
    unavailable: Mapping[str, str]

    @property
    def is_complete(self) -> bool:
        """Whether nothing was cut off."""
        return not self.truncated


def merge(plan: AnalyticsPlan, answers: Iterable[Answer]) -> AnalyticsReport:
    """Return one row for each key that any answer has, with all that the answers say of it: an outer join.

    The order of answers makes no difference, unless they speak of the same figures: those of the last one stand.
    """
    wanted = plan.wanted
    found: dict[_Key, dict[str, MetricValue]] = {}
    truncated: list[AnalyticsQuery] = []
    whole: list[AnalyticsQuery] = []
    for answer in answers:
        if answer.rows.is_truncated:
            truncated.append(answer.query)
            continue
        whole.append(answer.query)
        target = None if wanted.is_identified else _only(answer.query)
        for row in answer.rows:
            found.setdefault((target, row.values, row.start, row.end), {}).update(row.metrics)
    missing = _all_missing(plan.queries, whole)
    rows = [_report_row(plan, key, metrics, missing) for key, metrics in found.items()]
    rows.sort(key=lambda row: (row.start, row.end, str(row.target), tuple(map(str, row.values))))
    return AnalyticsReport(rows=tuple(rows), truncated=tuple(truncated), unavailable=plan.unavailable)


def _all_missing(planned: Sequence[AnalyticsQuery], whole: Sequence[AnalyticsQuery]) -> list[AnalyticsQuery]:
    done = {_identity(query) for query in whole}
    in_plan = {_identity(query) for query in planned}
    smaller = [query for query in whole if _identity(query) not in in_plan]
    return [missing for query in planned for missing in _missing(query, done, smaller)]


def _report_row(
    plan: AnalyticsPlan, key: _Key, metrics: Mapping[str, MetricValue], missing: Sequence[AnalyticsQuery]
) -> ReportRow:
    target, values, start, end = key
    not_asked = {*plan.unavailable, *(name for query in missing if _may_hold(query, key) for name in query.metrics)}
    return ReportRow(
        pivots=plan.wanted.pivots,
        values=values,
        start=start,
        end=end,
        metrics=metrics,
        target=target,
        asked=frozenset(plan.wanted.metrics) - not_asked,
        unknown=frozenset(plan.wanted.metrics) & not_asked - metrics.keys(),
    )


@dataclass(frozen=True, slots=True)
class ValueBudget:
    """How many metric values were asked for in the last five minutes, of the 45 million that an app may."""

    spent: tuple[tuple[datetime, int], ...] = ()
    most: int = MAX_VALUES

    def after(self, at: datetime, values: int) -> "ValueBudget":
        """Return the budget after an answer of so many values."""
        kept = tuple(entry for entry in self.spent if entry[0] > at - VALUE_WINDOW)
        return ValueBudget((*kept, (at, values)), self.most)

    def left(self, at: datetime) -> int:
        """Return how many values may still be asked for now."""
        return self.most - sum(values for when, values in self.spent if when > at - VALUE_WINDOW)

    def wait_seconds(self, at: datetime, values: int) -> float:
        """Return how long to wait before asking for so many values."""
        over = values - self.left(at)
        wait = 0.0
        for when, spent in sorted(self.spent):
            if over <= 0:
                break
            if when > at - VALUE_WINDOW:
                over -= spent
                wait = (when + VALUE_WINDOW - at).total_seconds()
        return wait


def _check(wanted: Wanted) -> None:
    if not wanted.targets:
        raise InvalidArgument("a report needs one target at least")
    if wanted.end < wanted.start:
        raise InvalidArgument(f"end must not be before start, got {wanted.start} and {wanted.end}")
    seen: set[Urn] = set()
    for target in _leaves_and_trunks(wanted.targets):
        _facet(target)
        if target.values_per_day < 1:
            raise InvalidArgument(f"values_per_day must be above zero, got {target.values_per_day} for {target.urn}")
        if target.urn in seen:
            raise InvalidArgument(f"{target.urn} is a target twice")
        seen.add(target.urn)


def _leaves_and_trunks(targets: Iterable[Target]) -> Iterable[Target]:
    for target in targets:
        yield target
        yield from _leaves_and_trunks(target.parts)


def _facet(target: Target) -> str:
    facet = _KIND_FACETS.get(target.urn.kind)
    if facet is None:
        raise InvalidArgument(f"figures are of {', '.join(_KIND_FACETS)}, not of {target.urn}")
    return facet


def _available(wanted: Wanted) -> tuple[list[str], dict[str, str]]:
    """Return the metrics that can be asked for, each once, and why the others cannot."""
    refusals = {name: _refusal(name, wanted) for name in dict.fromkeys(wanted.metrics) if name not in KEYS}
    unavailable = {name: reason for name, reason in refusals.items() if reason}
    metrics = [name for name, reason in refusals.items() if not reason]
    if not metrics:
        raise InvalidArgument(f"none of the metrics can be asked for: {unavailable}")
    return metrics, unavailable


def _refusal(name: str, wanted: Wanted) -> str:
    metric = METRICS.get(name)
    if metric is None:
        return ""
    if wanted.version is not None and metric.since is not None and wanted.version < metric.since:
        return f"from version {metric.since} on"
    if not metric.is_demographic and is_demographic(wanted.pivots):
        return "not by kinds of members"
    if name == "audiencePenetration" and not {"ACCOUNT", "CAMPAIGN_GROUP", "CAMPAIGN"}.intersection(wanted.pivots):
        return "by ACCOUNT, CAMPAIGN_GROUP or CAMPAIGN only"
    if metric.is_reach and not _reach_units(_units(wanted.granularity, wanted.start, wanted.end)):
        return f"over at most {MAX_REACH_DAYS} days"
    return ""


def _has_reach(chunk: Sequence[str]) -> bool:
    return any(name in METRICS and METRICS[name].is_reach for name in chunk)


def _chunks(metrics: Sequence[str]) -> list[tuple[str, ...]]:
    """Divide metrics among calls. Reach stands in the last and smallest chunk, because it shortens its windows."""
    ordered = sorted(metrics, key=lambda name: name in METRICS and METRICS[name].is_reach)
    chunks = [tuple(ordered[i : i + MAX_METRICS]) for i in range(0, len(ordered), MAX_METRICS)]
    if len(chunks) > 1 and _has_reach(chunks[-2]):
        # Two kinds of reach must not fall into two chunks.
        chunks[-2], chunks[-1] = chunks[-2][:-1], (chunks[-2][-1], *chunks[-1])
    return chunks


def _units(granularity: TimeGranularity, start: date, end: date) -> _Window:
    """Return the stretches that a row can be of: time may be cut between them and nowhere else."""
    if granularity == "ALL":
        return ((start, end),)
    units: list[_Unit] = []
    while start <= end:
        last = min(_unit_end(granularity, start), end)
        units.append((start, last))
        start = last + timedelta(days=1)
    return tuple(units)


def _unit_end(granularity: TimeGranularity, day: date) -> date:
    if granularity == "DAILY":
        return day
    if granularity == "YEARLY":
        return day.replace(month=12, day=31)
    after = day.replace(year=day.year + day.month // 12, month=day.month % 12 + 1, day=1)
    return after - timedelta(days=1)


def _reach_units(units: _Window) -> int:
    """Return how many units in a row have at most 92 days, wherever they begin; 0 when a single one has more."""
    longest = timedelta(days=MAX_REACH_DAYS - 1)
    most, after = len(units), 0
    for first, (start, _) in enumerate(units):
        # The first unit that does not fit any more only moves forward.
        while after < len(units) and units[after][1] - start <= longest:
            after += 1
        if after < len(units):
            most = min(most, after - first)
    return max(0, most)


def _tiles(
    wanted: Wanted, units: _Window, most_units: int, rows: int, room: int
) -> list[tuple[tuple[Target, ...], list[_Window]]]:
    """Return groups of targets, each with the windows in which it is asked, as few as there can be."""
    if not wanted.is_identified:
        return [((target,), _windows(units, _units_for(target, most_units, rows))) for target in wanted.targets]
    best: list[tuple[tuple[Target, ...], list[_Window]]] = []
    fewest = 0
    for level in _levels(wanted.targets):
        for length in _lengths(len(units), most_units):
            most_rows = max(1, rows // length)
            if best and ceil(_weight(level) / most_rows) * ceil(len(units) / length) >= fewest:
                continue
            tiles = [
                (group, _windows(units, min(most_units, max(1, rows // _weight(group)))))
                for group in _groups(level, most_rows, room)
            ]
            count = sum(len(windows) for _, windows in tiles)
            if not best or count < fewest:
                best, fewest = tiles, count
    return best


def _levels(targets: tuple[Target, ...]) -> list[tuple[Target, ...]]:
    """Return the targets, and the same with parts in place of wholes, down to the smallest."""
    levels = [targets]
    while any(target.parts for target in levels[-1]):
        levels.append(tuple(part for target in levels[-1] for part in (target.parts or (target,))))
    return levels


def _lengths(units: int, most: int) -> list[int]:
    """Return the lengths of windows worth trying, longest first: others make no fewer windows than one of these."""
    return sorted({min(most, ceil(units / pieces)) for pieces in range(1, units + 1)}, reverse=True)


def _groups(targets: Sequence[Target], most_rows: int, room: int) -> list[tuple[Target, ...]]:
    """Put targets together, as long as their rows of one unit and the query's length allow it.

    One facet to a call: several facets of a call must all fit. What is too large alone is asked in its parts.
    """
    by_facet: dict[str, list[Target]] = defaultdict(list)
    for target in targets:
        for piece in _pieces(target, most_rows):
            by_facet[_facet(piece)].append(piece)
    groups: list[tuple[Target, ...]] = []
    for pieces in by_facet.values():
        groups += _packed(pieces, most_rows, room)
    return groups


def _pieces(target: Target, most_rows: int) -> Iterable[Target]:
    if target.values_per_day <= most_rows or not target.parts:
        yield target
        return
    for part in target.parts:
        yield from _pieces(part, most_rows)


def _packed(targets: Sequence[Target], most_rows: int, room: int) -> list[tuple[Target, ...]]:
    """Fill one group after another, the largest targets first, each into the first group with room for it."""
    groups: list[list[Target]] = []
    free: list[tuple[int, int]] = []
    ordered = sorted(targets, key=lambda target: -target.values_per_day)
    fewest, shortest = ordered[-1].values_per_day, min(map(_length, ordered))
    first = 0
    for target in ordered:
        rows, length = target.values_per_day, _length(target)
        found = (i for i in range(first, len(groups)) if free[i][0] >= rows and free[i][1] >= length)
        index = next(found, len(groups))
        if index == len(groups):
            groups.append([])
            free.append((most_rows, room))
        groups[index].append(target)
        free[index] = (free[index][0] - rows, free[index][1] - length)
        # Groups without room for anything are looked at no more.
        while first < len(groups) and (free[first][0] < fewest or free[first][1] < shortest):
            first += 1
    return [tuple(group) for group in groups]


def _weight(group: Iterable[Target]) -> int:
    return sum(target.values_per_day for target in group)


def _units_for(target: Target, most: int, rows: int) -> int:
    return min(most, max(1, rows // target.values_per_day))


def _windows(units: _Window, length: int) -> list[_Window]:
    """Cut time into as few windows as there can be, of about the same length."""
    count = ceil(len(units) / length)
    size = ceil(len(units) / count)
    return [units[i : i + size] for i in range(0, len(units), size)]


def _query(
    wanted: Wanted, chunk: tuple[str, ...], facets: Mapping[str, tuple[Urn, ...]], window: _Window
) -> AnalyticsQuery:
    return AnalyticsQuery(
        pivots=wanted.pivots,
        granularity=wanted.granularity,
        start=window[0][0],
        end=window[-1][1],
        facets=facets,
        metrics=chunk,
        campaign_type=wanted.campaign_type,
    )


def _bare_length(wanted: Wanted, chunk: tuple[str, ...]) -> int:
    """Return how long a query is at most without its entities."""
    bare = AnalyticsQuery(
        pivots=wanted.pivots,
        granularity=wanted.granularity,
        # No day is written longer, and no facet has a longer name.
        start=date(2000, 12, 31),
        end=date(2000, 12, 31),
        facets={"campaignGroups": (Urn("sponsoredCampaignGroup", "1"),)},
        metrics=chunk,
        campaign_type=wanted.campaign_type,
    )
    return bare.query_length()


def _length(target: Target) -> int:
    # A comma, and the URN with its colons, parentheses and commas escaped: each as three characters.
    return 1 + len(str(target.urn)) + 2 * sum(character in "():," for character in str(target.urn))


def _only(query: AnalyticsQuery) -> Urn | None:
    (urns,) = query.facets.values()
    return urns[0] if len(urns) == 1 else None


def _identity(query: AnalyticsQuery) -> tuple[object, ...]:
    return (query.metrics, query.start, query.end, *query.facets.items())


def _missing(
    query: AnalyticsQuery, done: Set[tuple[object, ...]], smaller: Sequence[AnalyticsQuery]
) -> list[AnalyticsQuery]:
    """Return what of a call has no whole answer; `smaller` are answered calls that it may have been cut into."""
    if _identity(query) in done:
        return []
    inside = [other for other in smaller if _is_part(other, query)]
    pieces = split(query) if inside else []
    if not pieces:
        return [query]
    return [missing for piece in pieces for missing in _missing(piece, done, inside)]


def _is_part(query: AnalyticsQuery, whole: AnalyticsQuery) -> bool:
    (facet, urns), (whole_facet, whole_urns) = *query.facets.items(), *whole.facets.items()
    return (
        query.metrics == whole.metrics
        and facet == whole_facet
        and set(urns) <= set(whole_urns)
        and whole.start <= query.start
        and (query.end or query.start) <= (whole.end or whole.start)
    )


def _may_hold(query: AnalyticsQuery, key: _Key) -> bool:
    """Tell whether the whole answer to a call may have a row with this key."""
    target, values, start, end = key
    (urns,) = query.facets.values()
    if start > (query.end or end) or end < query.start or (target is not None and target not in urns):
        return False
    # Of a value of the entities' own kind only the same one; what else belongs to them nobody knows here.
    same = [value for value in values if isinstance(value, Urn) and value.kind == urns[0].kind]
    return not same or any(value in urns for value in same)
