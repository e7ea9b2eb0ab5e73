from datetime import date

import pytest

from inroad.contract.versions import DEFAULT_VERSION, VERSIONS, days_left, newest_common

TODAY = date(2026, 11, 23)


def test_marketing_lives_from_202601_to_202611_and_skips_december():
    alive = [v.name for v in VERSIONS["marketing"] if v.sunset is None or v.sunset > TODAY]

    assert alive == [f"2026{month:02}" for month in range(1, 12)]


def test_the_default_lives_and_was_seen_at_work():
    assert DEFAULT_VERSION == "202609"
    assert days_left("marketing", DEFAULT_VERSION, TODAY) == 296


def test_a_version_is_over_on_its_day():
    assert newest_common("marketing", ("202501", "202601"), date(2027, 1, 14)) == "202601"
    assert newest_common("marketing", ("202501", "202601"), date(2027, 1, 15)) is None


def test_an_unknown_version_is_no_version():
    with pytest.raises(KeyError):
        days_left("marketing", "202612", TODAY)


@pytest.mark.parametrize("line", VERSIONS)
def test_versions_stand_in_order_once_each(line):
    names = [v.name for v in VERSIONS[line]]

    assert names == sorted(set(names))
