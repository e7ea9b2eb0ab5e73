from datetime import UTC, datetime, timedelta, timezone

from inroad.common.clock import SystemClock, from_millis, from_seconds, to_millis, to_seconds


def test_system_clock_is_aware_and_in_utc():
    assert SystemClock().now().utcoffset() == timedelta(0)


def test_milliseconds_go_there_and_back():
    instant = datetime(2026, 11, 23, 9, 0, 0, 123_000, tzinfo=UTC)

    assert to_millis(instant) == 1_795_424_400_123
    assert from_millis(1_795_424_400_123) == instant


def test_another_zone_means_the_same_instant():
    berlin = datetime(2026, 11, 23, 10, 0, tzinfo=timezone(timedelta(hours=1)))

    assert to_seconds(berlin) == to_seconds(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    assert from_seconds(to_seconds(berlin)) == berlin


def test_microseconds_below_a_millisecond_are_cut_not_rounded():
    assert to_millis(datetime(1970, 1, 1, 0, 0, 0, 1_999, tzinfo=UTC)) == 1
