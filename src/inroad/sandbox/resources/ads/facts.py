"""The fact table: what every creative delivered on every UTC day. All reports and all budgets are read from here.

A fact is not stored. It follows from the world's seed and from what ran when: days of the past are worked out once
per campaign and kept as cumulative numbers, packed; today and the days that LinkedIn still corrects are worked out
when they are asked for. Counts are floors of a cumulative driver, so that days, creatives and slots add up exactly.
"""

import hashlib
import math
import random
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, TypeAlias

from inroad.sandbox.resources.ads.money import DOLLARS, LOWEST_DAILY_USD
from inroad.sandbox.resources.ads.state import Account, Ads, Campaign, Creative, Entity, Group, ads_of
from inroad.sandbox.world import World

Spans: TypeAlias = list[tuple[float, float]]
"""Times in epoch seconds, apart and in order; the last one may be open."""

DAY: Final = 86_400
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC).toordinal()
OVERDELIVERY: Final = 1.5  # UNCONFIRMED: how far a day may exceed its budget
CONVERSION_DAYS: Final = 30
"""So long do conversions of a day still come in."""
_WEEKEND: Final = 0.55


def day_of(instant: datetime) -> int:
    """Return an instant's UTC day as an ordinal."""
    return EPOCH + int(instant.timestamp() // DAY)


def chance(*parts: object) -> float:
    """Return a number of [0, 1) that the parts decide."""
    digest = hashlib.blake2b("\0".join(map(str, parts)).encode(), digest_size=6).digest()
    return int.from_bytes(digest) / 2**48


def facts_of(world: World) -> "Facts":
    """Return the world's fact table."""
    ads = ads_of(world)
    delay = world.switches.number("ads.review_seconds")
    restated = world.switches.number("adanalytics.restate_days")
    generates = world.switches["analytics.test_accounts"] == "generate"
    key = (world.seed, delay, restated, generates)
    found = ads.kept.get("facts")
    if not isinstance(found, Facts) or found.key != key:
        found = Facts(ads, key, seed=world.seed, review_seconds=delay, restate_days=restated, with_tests=generates)
        ads.kept["facts"] = found
    return found


@dataclass(slots=True)
class Series:
    """One creative's delivery, day by day from `first` on; `costs` are cumulative, for whole days only."""

    first: int
    costs: "array[float]"
    drivers: dict[str, "array[float]"] = field(default_factory=dict)


@dataclass(slots=True)
class _Plan:
    """What a campaign spent on the whole days before `until`."""

    first: int
    until: int
    made_at: float
    series: dict[int, Series]
    spent: float
    factor: float  # of today's budget


@dataclass(frozen=True, slots=True)
class Moment:
    """When facts are looked at: reports of two requests within a minute agree."""

    seconds: float

    @classmethod
    def of(cls, now: datetime) -> "Moment":
        """Return the minute of an instant."""
        return cls(now.timestamp() // 60 * 60)

    @property
    def today(self) -> int:
        """The UTC day as an ordinal."""
        return EPOCH + int(self.seconds // DAY)


class Facts:
    """Facts of one world under one set of switches."""

    def __init__(
        self,
        ads: Ads,
        key: object,
        *,
        seed: int,
        review_seconds: float,
        restate_days: float,
        with_tests: bool,
    ) -> None:
        self.key = key
        self._ads = ads
        self._seed = seed
        self._review_seconds = review_seconds
        self._restate_days = restate_days
        self._with_tests = with_tests
        self._plans: dict[int, _Plan] = {}

    def delivers(self, account: Account) -> bool:
        """Tell whether an account has numbers at all; test accounts never serve."""
        return self._with_tests or not account.is_test

    def spent(self, campaign: Campaign, now: datetime) -> float:
        """Return what a campaign has cost until now."""
        moment = Moment.of(now)
        plan = self._plan(campaign, moment)
        if plan is None:
            return 0.0
        return plan.spent + sum(self._today(campaign, plan, moment).values())

    def group_spent(self, group: Group, now: datetime) -> float:
        """Return what a group's campaigns have cost until now."""
        return sum(self.spent(c, now) for c in self._ads.in_group(group.id))

    def readings(self, creatives: Iterable[Creative], now: datetime) -> Iterator[tuple[Creative, "Reading"]]:
        """Yield the creatives that ever delivered, each with its delivery as LinkedIn would tell it now."""
        moment = Moment.of(now)
        known: dict[int, tuple[_Plan, dict[int, float]] | None] = {}
        for creative in creatives:
            if creative.campaign not in known:
                campaign = self._ads.campaigns[creative.campaign]
                plan = self._plan(campaign, moment) if self.delivers(self._ads.accounts[creative.account]) else None
                known[creative.campaign] = None if plan is None else (plan, self._today(campaign, plan, moment))
            found = known[creative.campaign]
            reading = None if found is None else self._reading(creative, *found, moment)
            if reading is not None:
                yield creative, reading

    def _reading(
        self, creative: Creative, plan: _Plan, costs_today: Mapping[int, float], moment: Moment
    ) -> "Reading | None":
        today = costs_today.get(creative.id, 0.0)
        series = plan.series.get(creative.id)
        if series is None:
            if not today:
                return None
            series = plan.series.setdefault(creative.id, Series(plan.until, array("d", [0.0])))
        return Reading(
            series=series,
            until=plan.until,
            today=today,
            moment=moment,
            restate_days=self._restate_days,
            price=self.price(creative),
            build=lambda name: self._driver(creative, series, plan.until, name),
        )

    def _plan(self, campaign: Campaign, moment: Moment) -> _Plan | None:
        known = self._plans.get(campaign.id)
        if known is not None and known.until == moment.today and known.made_at <= moment.seconds:
            return known
        made = self._made(campaign, moment)
        if made is not None:
            self._plans[campaign.id] = made
        return made

    def _made(self, campaign: Campaign, moment: Moment) -> _Plan | None:
        creatives = {c.id: self._spans(c, moment) for c in self._ads.in_campaign(campaign.id)}
        starts = [spans[0][0] for spans in creatives.values() if spans]
        if not starts:
            return None
        first, until = EPOCH + int(min(starts) // DAY), moment.today
        if first > until:
            return None
        factors = self._factors(campaign, first, until + 1)
        weights = {number: 0.4 + chance(self._seed, "share", number) for number in creatives}
        series = {n: Series(first, array("d", [0.0])) for n, spans in creatives.items() if spans}
        budgets, spent = self._budgets(campaign, first), 0.0
        for at in range(until - first):
            daily, total = next(budgets)
            left = total - spent if total else math.inf
            costs = _shared(daily * factors[at], creatives, weights, first + at, left)
            for number, kept in series.items():
                kept.costs.append(kept.costs[-1] + costs.get(number, 0.0))
            spent += sum(costs.values())
        return _Plan(first, until, moment.seconds, series, spent, factors[-1])

    def _today(self, campaign: Campaign, plan: _Plan, moment: Moment) -> dict[int, float]:
        """Return what each creative has cost today, up to this minute."""
        creatives = {c.id: self._spans(c, moment) for c in self._ads.in_campaign(campaign.id)}
        weights = {number: 0.4 + chance(self._seed, "share", number) for number in creatives}
        daily, total = next(self._budgets(campaign, plan.until))
        left = total - plan.spent if total else math.inf
        return _shared(daily * plan.factor, creatives, weights, plan.until, left, now=moment.seconds)

    def _factors(self, campaign: Campaign, first: int, end: int) -> list[float]:
        """Return how much of its budget the campaign would use on each day that it runs all through."""
        noise = random.Random(f"{self._seed}:{campaign.id}:spend")  # noqa: S311 - believable data
        return [
            min(OVERDELIVERY, 0.72 + 0.36 * noise.random()) * (_WEEKEND if day % 7 in (6, 0) else 1.0)
            for day in range(first, end)  # an ordinal divisible by 7 is a Sunday
        ]

    def _budgets(self, campaign: Campaign, first: int) -> Iterator[tuple[float, float]]:
        """Yield daily and total budget of each day from `first` on, the total 0 where there is none."""
        currency = self._ads.accounts[campaign.account].currency
        least = LOWEST_DAILY_USD / DOLLARS.get(currency, 1.0)
        changes = [(day_of(b.at), b.daily or least, b.total) for b in campaign.budgets] or [(first, least, 0.0)]
        at, day = 0, first
        while True:
            while at + 1 < len(changes) and changes[at + 1][0] <= day:
                at += 1
            yield changes[at][1], changes[at][2]
            day += 1

    def _spans(self, creative: Creative, moment: Moment) -> Spans:
        """Return when a creative and everything above it ran."""
        campaign = self._ads.campaigns[creative.campaign]
        group, account = self._ads.groups[campaign.group], self._ads.accounts[campaign.account]
        if not self.delivers(account) or creative.reviewed_at is None or creative.is_rejected:
            return []
        approved = creative.reviewed_at.timestamp() + self._review_seconds
        spans: Spans = [(approved, math.inf)]
        for entity in (account, group, campaign, creative):
            spans = _common(spans, _ran(entity))
        for entity in (group, campaign):
            spans = _common(spans, _scheduled(entity))
        return [(start, end) for start, end in spans if start < moment.seconds]

    def _driver(self, creative: Creative, series: Series, until: int, name: str) -> "array[float]":
        """Return a cumulative driver of whole days: impressions, or what moves with them."""
        found = series.drivers.get(name)
        if found is not None and len(found) == len(series.costs):
            return found
        noise = self.noise(creative, series.first, until - series.first, name)
        price = self.price(creative)
        costs, made, total = series.costs, array("d", [0.0]), 0.0
        for at, factor in enumerate(noise):
            total += (costs[at + 1] - costs[at]) / price * 1000 * factor
            made.append(total)
        series.drivers[name] = made
        return made

    def noise(self, creative: Creative, first: int, days: int, name: str) -> Iterator[float]:
        """Yield a day's factor of a driver, from the creative's first day on."""
        spread = {"impressions": 0.2, "engagement": 0.7, "conversion": 0.9}[name]
        source = random.Random(f"{self._seed}:{creative.id}:{name}:{first}")  # noqa: S311 - believable data
        return (1 - spread / 2 + spread * source.random() for _ in range(days))

    def price(self, creative: Creative) -> float:
        """Return what a thousand impressions of the creative cost, in the account's currency."""
        currency = self._ads.accounts[creative.account].currency
        dollars = 9.0 + 26.0 * chance(self._seed, "price", creative.campaign)
        return dollars * (0.85 + 0.3 * chance(self._seed, "price", creative.id)) / DOLLARS.get(currency, 1.0)


class Reading:
    """One creative's numbers as they are told at one moment; recent days are told low and rise until they settle."""

    def __init__(
        self,
        *,
        series: Series,
        until: int,
        today: float,
        moment: Moment,
        restate_days: float,
        price: float,
        build: Callable[[str], "array[float]"],
    ) -> None:
        self._series = series
        self._until = until
        self._today = today
        self._moment = moment
        self._restate_days = restate_days
        self._price = price
        self._build = build
        self._tails: dict[str, tuple[int, list[float]]] = {}

    @property
    def first(self) -> int:
        """The first day that may have numbers."""
        return self._series.first

    @property
    def end(self) -> int:
        """The day after the last one that may have numbers."""
        return self._until + 1

    def totals(self, driver: str, days: Sequence[int]) -> list[float]:
        """Return the driver's total before each of some days; `cost` is a driver too."""
        whole = self._series.costs if driver == "cost" else self._build(driver)
        settled, tail = self._tail(driver, whole)
        first, last = self._series.first, len(tail) - 1
        found: list[float] = []
        for day in days:
            if day <= first:
                found.append(0.0)
            elif day <= settled:
                found.append(whole[day - first])
            else:
                found.append(tail[min(day - settled, last)])
        return found

    def _tail(self, driver: str, whole: "array[float]") -> tuple[int, list[float]]:
        """Return the last settled boundary, and the totals from there on as they are told now."""
        known = self._tails.get(driver)
        if known is not None:
            return known
        span = CONVERSION_DAYS if driver == "conversion" and self._restate_days else self._restate_days
        settled = max(self._series.first, min(self._until, self._until - math.ceil(span)))
        total = whole[settled - self._series.first]
        tail = [total]
        for day in range(settled, self._until):
            at = day - self._series.first
            total += (whole[at + 1] - whole[at]) * self._told(day, span)
            tail.append(total)
        tail.append(total + self._today_of(driver, whole) * self._told(self._until, span))
        self._tails[driver] = (settled, tail)
        return settled, tail

    def _today_of(self, driver: str, whole: "array[float]") -> float:
        if driver == "cost" or not self._today:
            return self._today
        spent = self._series.costs[-1]
        # A creative's first day has nothing to go by but its price.
        return self._today * (whole[-1] / spent if spent else 1000 / self._price)

    def _told(self, day: int, span: float) -> float:
        """Return which part of a day's final numbers is told by now: 0.90 rising to 1."""
        if not span:
            return 1.0
        age = self._moment.seconds / DAY - (day - EPOCH + 1)
        return 0.9 + 0.1 * min(1.0, max(0.0, age / span))


def _shared(
    cost: float,
    creatives: dict[int, Spans],
    weights: dict[int, float],
    day: int,
    left: float,
    *,
    now: float = math.inf,
) -> dict[int, float]:
    """Share a day's cost among the creatives that ran, for the part of the day that each ran."""
    start = float((day - EPOCH) * DAY)
    ran = {n: _overlap(spans, start, min(start + DAY, now)) / DAY for n, spans in creatives.items()}
    running = {n: part for n, part in ran.items() if part > 0}
    if not running or left <= 0:
        return {}
    whole = sum(weights[n] for n in running)
    costs = {n: cost * part * weights[n] / whole for n, part in running.items()}
    used = sum(costs.values())
    return costs if used <= left else {n: c * left / used for n, c in costs.items()}


def _ran(entity: Entity) -> Spans:
    spans: Spans = []
    for run in entity.runs:
        at = run.at.timestamp()
        if run.on:
            spans.append((at, math.inf))
        elif spans:
            spans[-1] = (spans[-1][0], at)
    return spans


def _scheduled(entity: Entity) -> Spans:
    schedule = entity.body.get("runSchedule", {})
    end = schedule.get("end")
    return [(schedule.get("start", 0) / 1000, math.inf if end is None else end / 1000)]


def _common(one: Spans, other: Spans) -> Spans:
    """Return the times that two lists have in common."""
    found: Spans = []
    for start, end in one:
        for start_too, end_too in other:
            low, high = max(start, start_too), min(end, end_too)
            if low < high:
                found.append((low, high))
    return found


def _overlap(spans: Spans, start: float, end: float) -> float:
    return sum(max(0.0, min(end, high) - max(start, low)) for low, high in spans)
