from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from msgspec.structs import replace

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.resources.ads.calls import criteria, number_of, urn_of
from inroad.sdk.resources.ads.campaigns import AdCampaign
from inroad.sdk.resources.ads.conversion_events import ConversionEvent, EventUser, EventUserInfo, _body
from inroad.sdk.resources.ads.identifiers import UserId, email_id, hashed_name, ip_id
from inroad.sdk.resources.ads.values import Money, RunSchedule, change, patch_body, to_wire
from inroad.sdk.restli.patch import Patch

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
CAMPAIGN = AdCampaign(id=7, name="Autumn", status="ACTIVE", daily_budget=Money.of("80.00", "EUR"))


def test_an_amount_keeps_its_digits_on_the_wire() -> None:
    assert to_wire(Money.of("80.00", "EUR")) == {"amount": "80.00", "currencyCode": "EUR"}
    assert to_wire(Money.of(Decimal("1E+3"), "EUR")) == {"amount": "1000", "currencyCode": "EUR"}


@pytest.mark.parametrize("amount", [0.1, True, "ten", "NaN", None])
def test_an_amount_that_is_not_exact_is_refused(amount: object) -> None:
    with pytest.raises(InvalidArgument, match="amount must be"):
        Money.of(amount, "EUR")  # type: ignore[arg-type]


@pytest.mark.parametrize("code", ["eur", "EURO", "", "€€€"])
def test_a_currency_is_three_capitals(code: str) -> None:
    with pytest.raises(InvalidArgument, match="three capitals"):
        Money.of(1, code)


def test_values_are_written_as_linkedin_writes_them() -> None:
    value = {"at": NOON, "day": date(2026, 11, 23), "urns": (Urn("geo", "1"),), "schedule": RunSchedule(start=NOON)}

    assert to_wire(value) == {
        "at": 1795435200000,
        "day": {"year": 2026, "month": 11, "day": 23},
        "urns": ["urn:li:geo:1"],
        "schedule": {"start": 1795435200000},
    }


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(InvalidArgument, match="must be aware"):
        to_wire(RunSchedule(start=datetime(2026, 11, 23)))  # noqa: DTZ001 - the mistake


def test_a_change_sets_what_differs_and_deletes_what_is_gone() -> None:
    after = replace(CAMPAIGN, status="PAUSED", daily_budget=None, total_budget=Money.of("9", "EUR"))

    assert patch_body(change(CAMPAIGN, after)) == {
        "patch": {
            "$set": {"status": "PAUSED", "totalBudget": {"amount": "9", "currencyCode": "EUR"}},
            "$delete": ["dailyBudget"],
        }
    }


def test_what_linkedin_alone_sets_cannot_be_changed() -> None:
    with pytest.raises(InvalidArgument, match="servingStatuses, test cannot be changed"):
        change(CAMPAIGN, replace(CAMPAIGN, test=True, serving_statuses=("RUNNABLE",)))


def test_an_empty_patch_is_refused() -> None:
    with pytest.raises(InvalidArgument, match="the patch is empty"):
        patch_body(change(CAMPAIGN, CAMPAIGN))


def test_a_patch_may_hold_values_of_python() -> None:
    patch = Patch(set={"runSchedule": RunSchedule(start=NOON), "owner": Urn("organization", "1")})

    assert patch_body(patch) == {
        "patch": {"$set": {"runSchedule": {"start": 1795435200000}, "owner": "urn:li:organization:1"}}
    }


@pytest.mark.parametrize("key", [551, "551", "urn:li:sponsoredAccount:551", Urn("sponsoredAccount", "551")])
def test_a_key_is_a_number_or_a_urn(key: Urn | str | int) -> None:
    assert number_of(key, "sponsoredAccount", name="account") == 551


@pytest.mark.parametrize("key", ["urn:li:sponsoredCampaign:5", "urn:li:sponsoredAccount:x", "x", -5, "", "urn:lla:a:1"])
def test_a_key_of_something_else_is_refused(key: str | int) -> None:
    with pytest.raises(InvalidArgument, match="account must"):
        urn_of(key, "sponsoredAccount", name="account")


def test_a_conversion_has_its_own_namespace() -> None:
    assert str(urn_of(5, "llaPartnerConversion", name="conversion")) == "urn:lla:llaPartnerConversion:5"
    with pytest.raises(InvalidArgument, match="urn:lla:llaPartnerConversion:123"):
        urn_of("urn:li:llaPartnerConversion:5", "llaPartnerConversion", name="conversion")


def test_criteria_without_a_value_are_refused() -> None:
    with pytest.raises(InvalidArgument, match="status must hold one value"):
        criteria(status=[])


def test_identifiers_are_hashed_as_linkedin_says() -> None:
    assert email_id("  Ines.Falk@Example.COM ").id_value == (
        "59a020f47273077fa78d7c8c50dfb7b7154cab28a02d2537af3d6ff3f4ce612b"
    )
    assert ip_id("203.0.113.7").id_value == "fec52565aa0cf18f57d7cf5b3ac728503b8992d2d6f7d46da1d1201090902b02"
    assert hashed_name("O'Neill ") == "fa0fd24b2d0175a5c48e1b82f4d707a8a95f5279c4abdc43fa2f19d8e30eb47d"


@pytest.mark.parametrize("address", ["", "ines", "@example.com", "ines@"])
def test_what_is_no_address_is_not_hashed(address: str) -> None:
    with pytest.raises(InvalidArgument):
        email_id(address)


def test_an_identifier_does_not_show_itself() -> None:
    assert "9f8b" not in repr(UserId(id_type="SHA256_EMAIL", id_value="9f8b"))


@pytest.mark.parametrize(
    "user",
    [
        EventUser(),
        EventUser(user_info=EventUserInfo(first_name="Ines")),
        EventUser(user_ids=(UserId(id_type="SHA256_EMAIL", id_value="ines@example.com"),)),
        EventUser(user_ids=(UserId(id_type="ACXIOM_ID", id_value=""),)),
        EventUser(lead=Urn("leadGenForm", "1")),
    ],
)
def test_an_event_that_can_match_nobody_is_refused(user: EventUser) -> None:
    event = ConversionEvent(conversion=Urn("llaPartnerConversion", "1", "lla"), conversion_happened_at=NOON, user=user)

    with pytest.raises(InvalidArgument):
        _body(event)
