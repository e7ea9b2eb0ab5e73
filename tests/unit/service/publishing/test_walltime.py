"""Wall-clock time over twenty years of tzdata."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from inroad.service.errors import InvalidInput
from inroad.service.publishing.walltime import TimeInGap, UnknownZone, resolve

ZONES = [
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",  # moves by half an hour
    "Africa/Casablanca",  # moves around Ramadan
    "Pacific/Apia",
    "Asia/Tehran",
    "Asia/Kolkata",
    "America/St_Johns",
    "UTC",
]
HOUR = timedelta(hours=1)


def changes(zone: str) -> Iterator[tuple[datetime, timedelta, timedelta]]:
    """Yield every change of offset of 2015 to 2035, to the second: instant, offset before, offset after."""
    info = ZoneInfo(zone)
    at, end = datetime(2015, 1, 1, tzinfo=UTC), datetime(2035, 12, 31, tzinfo=UTC)
    while at < end:
        later = at + 6 * HOUR
        old, new = at.astimezone(info).utcoffset(), later.astimezone(info).utcoffset()
        assert old is not None
        assert new is not None
        if old != new:
            low, high = at, later
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) / 2
                low, high = (middle, high) if middle.astimezone(info).utcoffset() == old else (low, middle)
            yield high.replace(microsecond=0), old, new
        at = later


@pytest.mark.parametrize("zone", ZONES)
def test_every_gap_is_refused_with_the_nearest_times_that_exist(zone: str) -> None:
    for instant, old, new in changes(zone):
        if new < old:
            continue
        start, end = (instant + old).replace(tzinfo=None), (instant + new).replace(tzinfo=None)
        for inside in (start, start + (end - start) / 2, end - timedelta(seconds=1)):
            with pytest.raises(TimeInGap) as refusal:
                resolve(inside, zone)
            assert refusal.value.gap == (start, end)
        assert resolve(refusal.value.before, zone).instant == instant - timedelta(minutes=1)
        assert resolve(refusal.value.after, zone).instant == instant


@pytest.mark.parametrize("zone", ZONES)
def test_every_time_that_comes_twice_is_the_earlier_unless_the_later_is_asked_for(zone: str) -> None:
    for instant, old, new in changes(zone):
        if new > old:
            continue
        length = old - new
        first = (instant + new).replace(tzinfo=None)
        for twice in (first, first + length / 2, first + length - timedelta(seconds=1)):
            earlier, later = resolve(twice, zone), resolve(twice, zone, fold=1)
            assert (earlier.twice, later.twice) == (True, True)
            assert earlier.instant == (twice - old).replace(tzinfo=UTC)
            assert later.instant - earlier.instant == length


@pytest.mark.parametrize("zone", ZONES)
def test_every_other_time_is_its_instant(zone: str) -> None:
    info = ZoneInfo(zone)
    local = datetime.fromisoformat("2015-01-01T12:00")
    while local.year < 2036:
        resolved = resolve(local, zone)
        assert resolved.instant.astimezone(info).replace(tzinfo=None) == local
        assert not resolved.twice
        local += timedelta(days=1, minutes=7)
        local = local.replace(hour=12)


def test_refusal_of_a_gap_says_zone_gap_and_both_nearest_times() -> None:
    with pytest.raises(TimeInGap) as refusal:
        resolve(datetime.fromisoformat("2026-03-29T02:30"), "Europe/Berlin")

    assert str(refusal.value) == (
        "2026-03-29 02:30 does not exist in Europe/Berlin: clocks go from 02:00 straight to 03:00"
    )
    assert refusal.value.fix == "choose 01:59 or 03:00"


def test_day_that_a_country_skipped_is_a_gap_too() -> None:
    with pytest.raises(TimeInGap) as refusal:
        resolve(datetime.fromisoformat("2011-12-30T12:00"), "Pacific/Apia")

    assert refusal.value.fix == "choose 2011-12-29 23:59 or 2011-12-31 00:00"


def test_fold_says_nothing_about_a_time_that_comes_once() -> None:
    assert resolve(datetime.fromisoformat("2026-07-01T09:00"), "Europe/Berlin", fold=1).fold == 0


@pytest.mark.parametrize("name", ["Europe/Atlantis", "", "../../etc/passwd", "Europe", "+02:00", "a" * 500])
def test_unknown_zone_is_refused(name: str) -> None:
    with pytest.raises(UnknownZone, match="there is no time zone"):
        resolve(datetime.fromisoformat("2026-07-01T09:00"), name)


def test_time_with_an_offset_is_refused() -> None:
    with pytest.raises(InvalidInput, match="no offset"):
        resolve(datetime(2026, 7, 1, 9, tzinfo=UTC), "Europe/Berlin")
