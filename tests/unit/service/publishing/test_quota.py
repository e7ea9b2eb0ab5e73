from datetime import UTC, datetime

from inroad.service.publishing import quota


def test_numbers_are_published_for_self_service_apps_only() -> None:
    share, community = frozenset({"Share on LinkedIn"}), frozenset({"Share on LinkedIn", "Community Management API"})

    assert quota.published_quota(share).per_member == 150
    assert quota.published_quota(community).per_member is None
    assert quota.published_quota(frozenset()).per_member is None


def test_day_is_utc() -> None:
    assert quota.day_of(datetime(2026, 11, 23, 23, 59, tzinfo=UTC)) == "2026-11-23"
    assert quota.next_day(datetime(2026, 11, 23, 23, 59, tzinfo=UTC)) == datetime(2026, 11, 24, tzinfo=UTC)
