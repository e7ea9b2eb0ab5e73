"""Numbers of followers, by facet and by day.

Source: "Organization Follower Statistics", learn.microsoft.com
/linkedin/marketing/community-management/organizations/follower-statistics
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from inroad.common.clock import from_millis, to_millis
from inroad.sandbox.call import Value

KEPT = timedelta(days=365)
DELAY = timedelta(days=2)  # UNCONFIRMED: the latest day that has statistics

FACETS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "followerCountsByAssociationType": ("associationType", ("EMPLOYEE",)),
    "followerCountsBySeniority": ("seniority", tuple(f"urn:li:seniority:{n}" for n in range(3, 9))),
    "followerCountsByIndustry": ("industry", tuple(f"urn:li:industry:{n}" for n in (4, 6, 26, 43, 48, 96))),
    "followerCountsByFunction": ("function", tuple(f"urn:li:function:{n}" for n in (4, 8, 12, 15, 18, 25))),
    "followerCountsByStaffCountRange": (
        "staffCountRange",
        ("SIZE_1", "SIZE_2_TO_10", "SIZE_11_TO_50", "SIZE_51_TO_200", "SIZE_201_TO_500", "SIZE_10001_OR_MORE"),
    ),
    "followerCountsByGeoCountry": (
        "geo",
        tuple(f"urn:li:geo:{n}" for n in (101165590, 101282230, 103644278, 105015875, 102890719)),
    ),
    "followerCountsByGeo": ("geo", tuple(f"urn:li:geo:{n}" for n in (90009496, 90009712, 90000084, 90009659))),
}
_EMPLOYEE_SHARE = 0.01
_GAINED_SHARE = 0.4  # of all followers, over the days that have statistics
_PAID_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Interval:
    """Whole days from `first` to before `end`."""

    first: date
    end: date


@dataclass(frozen=True, slots=True)
class Asked:
    """The time intervals that a call asks for."""

    granularity: str
    start: datetime | None
    end: datetime | None


def asked(intervals: Value) -> Asked | None:
    """Read `timeIntervals` of any spelling, None when it says nothing readable."""
    if isinstance(intervals, list):
        intervals = intervals[0] if len(intervals) == 1 else {}
    if not isinstance(intervals, dict):
        return None
    granularity, span = intervals.get("timeGranularityType"), intervals.get("timeRange", {})
    if granularity not in ("DAY", "WEEK", "MONTH") or not isinstance(span, dict):
        return None
    try:
        return Asked(str(granularity), _instant(span.get("start")), _instant(span.get("end")))
    except (ValueError, OverflowError):
        return None


def buckets(wanted: Asked, *, now: datetime, delay: timedelta = DELAY) -> list[Interval]:
    """Return the days, weeks or months that start in the span asked for and have statistics.

    The latest day with statistics lies `delay` before `now`.
    """
    latest = (now - delay).date() + timedelta(days=1)
    start = max(wanted.start or now - KEPT, now - KEPT).date()
    end = latest if wanted.end is None else min(_ceiling(min(wanted.end, now)), latest)
    found: list[Interval] = []
    first = start if wanted.granularity != "MONTH" or start.day == 1 else _next_month(start)
    while first < end:
        after = _after(first, wanted.granularity)
        found.append(Interval(first, after))
        first = after
    return found


def follower_gains(
    interval: Interval, *, seed: int, organization: int, followers: int, days: int, now: datetime
) -> tuple[int, int]:
    """Return organic and paid gains of an interval; days older than the seed's statistics have none."""
    earliest = (now - DELAY).date() - timedelta(days=days)
    organic = paid = 0
    day = interval.first
    while day < interval.end:
        if day > earliest and day <= (now - DELAY).date():
            gained = round(2 * followers * _GAINED_SHARE / days * chance(seed, organization, day.isoformat()))
            bought = round(gained * _PAID_SHARE * chance(seed, organization, "paid", day.isoformat()))
            organic, paid = organic + gained - bought, paid + bought
        day += timedelta(days=1)
    return organic, paid


def facets(*, seed: int, organization: int, followers: int) -> dict[str, Any]:
    """Return the lifetime counts by facet; a page without followers has empty ones.

    Each facet's counts add up to less than all followers: not everybody tells everything. There is no total here.
    """
    shown: dict[str, Any] = {}
    for name, (member, values) in FACETS.items():
        weights = [0.1 + chance(seed, organization, name, value) for value in values]
        known = _EMPLOYEE_SHARE if member == "associationType" else 0.9
        counts = [int(followers * known * weight / sum(weights)) for weight in weights]
        rows = sorted(zip(counts, values, strict=True), key=lambda row: -row[0])
        shown[name] = [
            {member: value, "followerCounts": {"organicFollowerCount": count, "paidFollowerCount": 0}}
            for count, value in rows
            if count
        ]
    return shown


def to_wire(interval: Interval) -> dict[str, int]:
    """Return an interval as LinkedIn's time range."""
    return {"start": to_millis(midnight(interval.first)), "end": to_millis(midnight(interval.end))}


def _instant(millis: Value | None) -> datetime | None:
    return None if millis is None else from_millis(int(str(millis)))


def _ceiling(instant: datetime) -> date:
    day = instant.date()
    return day if instant == midnight(day) else day + timedelta(days=1)


def midnight(day: date) -> datetime:
    """Return the instant with which a day begins, in UTC."""
    return datetime.combine(day, time(), UTC)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _after(day: date, granularity: str) -> date:
    if granularity == "MONTH":
        return _next_month(day)
    return day + timedelta(days=7 if granularity == "WEEK" else 1)


def chance(*parts: object) -> float:
    """Return a number from 0 to 1 that the parts decide: the same at every call."""
    digest = hashlib.sha256("\0".join(map(str, parts)).encode()).digest()
    return int.from_bytes(digest[:6]) / 2**48
