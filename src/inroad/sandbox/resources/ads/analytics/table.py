"""Rows of a report: facts of creatives, added up by period and by pivot values. Numbers in, numbers out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import add
from typing import Final, TypeAlias

from inroad.sandbox.resources.ads.analytics.metrics import CONVERSION_METRICS, METRICS, Metric, bases
from inroad.sandbox.resources.ads.analytics.pivots import Grouping, Part, Share, Values
from inroad.sandbox.resources.ads.facts import DAY, EPOCH, Facts, Reading, chance
from inroad.sandbox.resources.ads.money import DOLLARS
from inroad.sandbox.resources.ads.state import Ads, Creative

Counted: TypeAlias = list[int]
Row: TypeAlias = tuple["Period", Values, Counted]

COST_UNITS: Final = 10_000
"""Costs are counted in ten-thousandths."""

DROPPED_BELOW: Final = 3  # events of a value on a day
FEWEST_IMPRESSIONS: Final = 300
_WINDOW: Final = 62
"""So many periods are worked out at a time: a report that is cut off costs no more than its rows."""
NOISE: Final = 3
_VALUE_OF_A_CONVERSION: Final = 62.0


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from `first` to before `end`, as ordinals."""

    first: int
    end: int

    def to_wire(self) -> dict[str, dict[str, int]]:
        """Return it as a row's `dateRange`, both days included."""
        return {"start": _day(self.first), "end": _day(self.end - 1)}


def _day(ordinal: int) -> dict[str, int]:
    day = date.fromordinal(ordinal)
    return {"year": day.year, "month": day.month, "day": day.day}


@dataclass(slots=True, kw_only=True)
class Asked:
    """What a request wants added up."""

    creatives: Sequence[Creative]
    grouping: Grouping
    periods: Sequence[Period]
    metrics: Sequence[str]
    now: datetime
    last_day: int  # the day after the last that may be told
    presence: Sequence[str]  # a row is there when one of these has a number
    columns: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.columns = bases([*self.metrics, *self.presence])


def rows(ads: Ads, facts: Facts, seed: int, asked: Asked) -> Iterator[Row]:
    """Yield the rows that have numbers, in the order of periods and pivot values."""
    wanted = [asked.columns.index(name) for name in bases(asked.presence)]
    sources = list(_sources(ads, facts, seed, asked))
    for start in range(0, len(asked.periods), _WINDOW):
        window = asked.periods[start : start + _WINDOW]
        found = _members(asked, window, sources) if asked.grouping.member is not None else _sums(asked, window, sources)
        for period, rows_of in zip(window, found, strict=True):
            for values in sorted(rows_of):
                counted = rows_of[values]
                if any(counted[column] for column in wanted):
                    if asked.grouping.member is not None:
                        _blur(seed, asked, period, values, counted)
                    yield period, values, counted


def _sums(asked: Asked, window: Sequence[Period], sources: Iterable["_Source"]) -> Iterator[dict[Values, Counted]]:
    """Yield each period's rows: totals at the periods' edges are added up first, and subtracted then."""
    edges = sorted({min(day, asked.last_day) for p in window for day in (p.first, p.end)})
    places = {day: at for at, day in enumerate(edges)}
    sums: dict[Values, list[list[int] | None]] = {}
    for source in sources:
        source.add_to(sums, edges)
    for period in window:
        low, high = places[min(period.first, asked.last_day)], places[min(period.end, asked.last_day)]
        yield {
            values: [0 if totals is None else totals[high] - totals[low] for totals in columns]
            for values, columns in sums.items()
        }


def _members(asked: Asked, window: Sequence[Period], sources: Iterable["_Source"]) -> Iterator[dict[Values, Counted]]:
    """Yield each period's rows of a demographic report, whose rare values are dropped creative by creative."""
    bounds = [min(day, asked.last_day) for p in window for day in (p.first, p.end)]
    found: list[dict[Values, Counted]] = [{} for _ in window]
    for source in sources:
        source.add_members(found, bounds, window)
    yield from found


class _Source:
    """One creative's part of a report."""

    def __init__(
        self, asked: Asked, reading: Reading, parts: list[tuple[Values, Part | Share]] | Values, rates: list[float]
    ) -> None:
        self._reading = reading
        self._parts = parts
        self._columns = [
            (column, _driver(name), rate)
            for column, (name, rate) in enumerate(zip(asked.columns, rates, strict=True))
            if rate and (name in CONVERSION_METRICS or "CONVERSION" not in asked.grouping.slots)
        ]
        self._width = len(asked.columns)

    def _totals(self, days: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
        """Yield each column's totals before some days."""
        drivers: dict[str, list[float]] = {}
        for column, driver, rate in self._columns:
            totals = drivers.get(driver)
            if totals is None:
                totals = drivers[driver] = self._reading.totals(driver, days)
            yield column, [int(rate * total) for total in totals]

    def add_to(self, sums: dict[Values, list[list[int] | None]], edges: Sequence[int]) -> None:
        """Add the creative's totals at some edges to those of its rows."""
        if self._reading.end <= edges[0] or self._reading.first >= edges[-1]:
            return
        for column, totals in self._totals(edges):
            if isinstance(self._parts, list):
                for values, part in self._parts:
                    self._add(sums, values, column, [part.of(total) for total in totals])
            else:
                self._add(sums, self._parts, column, totals)

    def _add(self, sums: dict[Values, list[list[int] | None]], values: Values, column: int, totals: list[int]) -> None:
        columns = sums.get(values)
        if columns is None:
            columns = sums[values] = [None] * self._width
        known = columns[column]
        columns[column] = totals if known is None else list(map(add, known, totals))

    def add_members(self, found: list[dict[Values, Counted]], bounds: Sequence[int], window: Sequence[Period]) -> None:
        """Add what the creative brings to each period, without the values that hardly anybody has."""
        reading, parts = self._reading, self._parts
        if not isinstance(parts, list) or reading.end <= bounds[0] or reading.first >= bounds[-1]:
            return
        seen = [int(total) for total in reading.totals("impressions", bounds)]
        columns = list(self._totals(bounds))
        for at, period in enumerate(window):
            low, high = 2 * at, 2 * at + 1
            if seen[high] - seen[low] < FEWEST_IMPRESSIONS:
                continue
            least = DROPPED_BELOW * max(1, min(period.end, reading.end) - max(period.first, reading.first))
            for values, part in parts:
                if part.of(seen[high]) - part.of(seen[low]) < least:
                    continue
                counted = found[at].setdefault(values, [0] * self._width)
                for column, totals in columns:
                    counted[column] += part.of(totals[high]) - part.of(totals[low])


def _driver(name: str) -> str:
    metric = METRICS[name]
    return "cost" if metric.kind in ("cost", "usd") else metric.driver


def _sources(ads: Ads, facts: Facts, seed: int, asked: Asked) -> Iterator[_Source]:
    heads = {c.id: asked.grouping.head(c) for c in asked.creatives}
    grouped = [c for c in asked.creatives if heads[c.id] is not None]
    for creative, reading in facts.readings(grouped, asked.now):
        head = heads[creative.id]
        if head is None or not asked.periods or reading.first >= asked.periods[-1].end:
            continue
        parts = head if asked.grouping.is_whole else asked.grouping.parts(creative, head)
        yield _Source(asked, reading, parts, _rates(ads, seed, creative, asked.columns))


def _rates(ads: Ads, seed: int, creative: Creative, columns: Iterable[str]) -> list[float]:
    """Return what one unit of its driver brings of each metric, for this creative."""
    traits = traits_of(ads, creative)
    currency = ads.accounts[creative.account].currency
    return [_rate(METRICS[name], traits, seed, creative.id, currency) for name in columns]


def _rate(metric: Metric, traits: frozenset[str], seed: int, creative: int, currency: str) -> float:
    if metric.kind == "cost":
        return float(COST_UNITS)
    if metric.kind == "usd":
        return COST_UNITS * DOLLARS.get(currency, 1.0)
    if metric.trait not in traits:
        return 0.0
    if metric.name in ("impressions", "sends"):
        return metric.rate
    # One factor for each pair of driver and trait: funnels of one creative stay funnels.
    return metric.rate * (0.6 + 0.8 * chance(seed, creative, metric.driver, metric.trait))


def traits_of(ads: Ads, creative: Creative) -> frozenset[str]:
    """Return what a creative is, as metrics ask for it."""
    campaign = ads.campaigns[creative.campaign]
    body = campaign.body
    found = {"any"}
    if body["type"] == "SPONSORED_UPDATES":
        found.add("sponsored")
    if body["type"] == "SPONSORED_INMAILS":
        found.add("message")
    found.update(
        {
            "CAROUSEL": ("carousel",),
            "SINGLE_VIDEO": ("video",),
            "SPONSORED_UPDATE_NATIVE_DOCUMENT": ("document",),
            "SPONSORED_UPDATE_EVENT": ("event",),
            "JOBS": ("jobs",),
        }.get(body.get("format", ""), ())
    )
    objective = body.get("objectiveType")
    if objective == "LEAD_GENERATION":
        found.add("leads")
    if objective == "JOB_APPLICANT":
        found.add("jobs")
    if objective == "WEBSITE_CONVERSION" or campaign.conversions:
        found.add("conversions")
    return frozenset(found)


def _blur(seed: int, asked: Asked, period: Period, values: Values, counted: Counted) -> None:
    """Move the counts of a demographic row by up to three, as LinkedIn does for privacy."""
    for column, name in enumerate(asked.columns):
        if METRICS[name].kind == "count" and counted[column]:
            shift = chance(seed, "blur", asked.grouping.member, *values, period.first, period.end, name)
            counted[column] = max(0, counted[column] + round((2 * shift - 1) * NOISE))


def shown(
    asked: Asked, counted: Counted, names: Iterable[str], *, audience: int, with_reach: bool, long: bool
) -> dict[str, object]:
    """Return a row's metrics as the wire has them.

    `audience` is the size that penetration is told of; `with_reach` says whether reach is told at all, `long` that
    the range is too long for it.
    """
    by_name = dict(zip(asked.columns, counted, strict=True))
    found: dict[str, object] = {}
    for name in names:
        metric = METRICS[name]
        if asked.grouping.member is not None and not metric.is_demographic:
            continue
        if metric.kind in ("reach", "penetration") and long:
            if metric.kind == "penetration":
                found[name] = None
            continue
        value = _value(metric, by_name, audience=audience, with_reach=with_reach)
        if value is not None:
            found[name] = value
    return found


def _value(metric: Metric, counted: Mapping[str, int], *, audience: int, with_reach: bool) -> object:
    if metric.kind == "count":
        return counted[metric.name]
    if metric.kind in ("cost", "usd"):
        return decimal(counted[metric.name] / COST_UNITS)
    if metric.kind in ("sum", "value"):
        total = sum(counted[part] for part in metric.parts)
        return total if metric.kind == "sum" else decimal(round(total * _VALUE_OF_A_CONVERSION, 2))
    if metric.kind == "reach":
        return reach(counted["impressions"]) if with_reach else 0
    if metric.kind == "penetration":
        return round(min(1.0, reach(counted["impressions"]) / audience), 6) if with_reach and audience else None
    return _quotient(metric, counted[metric.parts[0]], counted[metric.parts[1]])


def _quotient(metric: Metric, over: int, under: int) -> object:
    if not under:
        return None
    return (
        decimal(round(over / COST_UNITS / under, 6)) if metric.kind == "price" else round(over / under * metric.scale)
    )


def reach(impressions: int) -> int:
    """Return how many members so many impressions reach; it does not add up over anything."""
    return round(impressions / (1.25 + impressions / 90_000)) if impressions else 0


def decimal(amount: float) -> str:
    """Return an amount in the irregular scale of reports: `79.4183`, `80.0`."""
    return repr(float(amount))


def first_told(now: datetime, hours: float) -> int:
    """Return the day after the last one whose demographics are told, so many hours after its end."""
    return EPOCH + int((now.timestamp() - hours * 3600) // DAY)
