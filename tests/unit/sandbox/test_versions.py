from datetime import date

import pytest

from inroad.sandbox.call import Refusal
from inroad.sandbox.switches import Switches
from inroad.sandbox.versions import judge, normalised

TODAY = date(2026, 11, 23)
STRICT = Switches.for_profile("today")


@pytest.mark.parametrize(
    ("header", "version"),
    [
        ("202609", "20260901"),
        ("202609.02", "20260902"),
        ("20241101", "20241101"),
        (" 202609 ", "20260901"),
        ("202613", None),
        ("latest", None),
        ("2026-11", None),
        ("2026", None),
    ],
)
def test_a_version_is_read_in_all_its_forms(header, version):
    assert normalised(header) == version


def refused(header, line="marketing", switches=STRICT, today=TODAY):
    with pytest.raises(Refusal) as caught:
        judge(header, line, switches, today)
    return caught.value


def test_a_live_version_passes():
    for name in ("202601", "202609", "202611"):
        assert judge(name, "marketing", STRICT, TODAY) == f"{name}01"


@pytest.mark.parametrize("header", ["202511", "202612", "202512", "201901", "latest"])
def test_another_version_is_not_active(header):
    refusal = refused(header)
    shown = normalised(header) or header
    assert (refusal.status, refusal.body["message"]) == (426, f"Requested version {shown} is not active")
    assert refusal.headers == {"x-restli-gateway-error": "true"}


@pytest.mark.parametrize("header", [None, "", "  "])
def test_a_missing_version_is_told(header):
    assert refused(header).body["code"] == "VERSION_MISSING"


def test_a_version_lives_until_the_day_before_its_sunset():
    assert judge("202601", "marketing", STRICT, date(2027, 1, 14)) == "20260101"
    assert refused("202601", today=date(2027, 1, 15)).status == 426


def test_product_lines_have_versions_of_their_own():
    assert judge("202312", "portability", STRICT, TODAY)
    assert judge("202512", "talent", STRICT, TODAY)
    assert judge("202510", "verified", STRICT, TODAY)
    assert refused("202312").status == 426
    assert judge("202312", "marketing", Switches("today", {"versions.catalogue": "any"}), TODAY)


def test_overdue_versions_answer_as_if_alive():
    overdue = Switches("today", {"versions.overdue": "202306, 202503"})
    assert judge("202503", "marketing", overdue, TODAY) == "20250301"
    assert refused("202504", switches=overdue).status == 426


def test_any_wellformed_version_passes_where_switched():
    lenient = Switches.for_profile("lenient")
    assert judge("20241101", "marketing", lenient, TODAY) == "20241101"
    assert refused("latest", switches=lenient).status == 426
    malformed = Switches("today", {"versions.malformed": "400"})
    assert refused("latest", switches=malformed).body["code"] == "INVALID_VERSION"


def test_eight_digits_are_refused_where_switched():
    refusing = Switches("lenient", {"versions.eight_digits": "refuse"})
    assert refused("20260901", switches=refusing).status == 426
    assert judge("202609.01", "marketing", refusing, TODAY) == "20260901"
