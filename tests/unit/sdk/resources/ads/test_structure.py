from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.resources.ads.campaigns import NewCampaign, _body
from inroad.sdk.resources.ads.creatives import AdText, CreativeContent, JobsAd, SpotlightAd, TextAd, check_content
from inroad.sdk.resources.ads.targeting_criteria import WHOLE_WORLD, targeting
from inroad.sdk.resources.ads.values import Money, RunSchedule
from inroad.sdk.resources.entity import Locale

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ORGANIZATION = Urn("organization", "5")
CAMPAIGN = NewCampaign(
    campaign_group=Urn("sponsoredCampaignGroup", "1"),
    name="Autumn",
    type="SPONSORED_UPDATES",
    cost_type="CPM",
    locale=Locale(language="de", country="DE"),
    run_schedule=RunSchedule(start=NOON),
    targeting_criteria=targeting({"locations": [WHOLE_WORLD]}),
    offsite_delivery_enabled=False,
    political_intent="NOT_POLITICAL",
    daily_budget=Money.of("80", "EUR"),
)


@pytest.mark.parametrize(
    ("different", "message"),
    [
        ({"name": " "}, "needs a name"),
        ({"daily_budget": None}, "needs a daily_budget or a total_budget"),
        ({"unit_cost": Money.of("1", "USD")}, "one currency"),
        ({"connected_television_only": True}, "needs offsite_delivery_enabled"),
        ({"run_schedule": RunSchedule(start=NOON, end=NOON - timedelta(days=1))}, "must end after it starts"),
        ({"campaign_group": Urn("sponsoredCampaign", "1")}, "campaign_group must be a sponsoredCampaignGroup URN"),
    ],
)
def test_a_campaign_that_linkedin_would_refuse_is_not_sent(different: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidArgument, match=message):
        _body(1, replace(CAMPAIGN, **different))


@pytest.mark.parametrize(
    ("clauses", "exclude", "message"),
    [
        ([], None, "include one clause"),
        ([{"seniorities": ["urn:li:seniority:1"]}], None, "need a clause of locations"),
        ([{"locations": [WHOLE_WORLD], "titles": []}], None, "takes 1 to 100 entities, got 0"),
        ([{"locations": [Urn("geo", str(n)) for n in range(101)]}], None, "takes 1 to 100 entities, got 101"),
        ([{"locations": [WHOLE_WORLD]}], {"genders": ["urn:li:gender:MALE"]}, "genders cannot be excluded"),
        ([{"locations": [WHOLE_WORLD]}], {"locations": [WHOLE_WORLD]}, "both included and excluded"),
        ([{"locations": ["Germany"]}], None, "must be a URN"),
        ([{"urn:li:geo:1": [WHOLE_WORLD]}], None, "facet must be an adTargetingFacet URN"),
    ],
)
def test_targeting_that_linkedin_would_refuse_cannot_be_built(clauses: Any, exclude: Any, message: str) -> None:
    with pytest.raises(InvalidArgument, match=message):
        targeting(*clauses, exclude=exclude)


def test_employers_may_be_two_hundred() -> None:
    employers = [Urn("organization", str(number)) for number in range(200)]

    built = targeting({"locations": [WHOLE_WORLD]}, exclude={"employers": employers})

    assert built.exclude is not None
    assert len(built.exclude.any_of["urn:li:adTargetingFacet:employers"]) == 200


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (CreativeContent(), "exactly one thing, got none"),
        (
            CreativeContent(reference=ORGANIZATION, third_party_vast_tag_video_ad={}),
            "exactly one thing, got reference, third_party",
        ),
        (CreativeContent(text_ad=TextAd(headline="x" * 26, description="d", landing_page="l")), "headline has at most"),
        (
            CreativeContent(spotlight=SpotlightAd(headline="h", call_to_action="c", landing_page="l")),
            "either a description or a background_image",
        ),
        (
            CreativeContent(jobs=JobsAd(headline=AdText(), button_label=AdText(custom="b"))),
            "either pre_approved or custom",
        ),
    ],
)
def test_content_that_linkedin_would_refuse_is_not_sent(content: CreativeContent, message: str) -> None:
    with pytest.raises(InvalidArgument, match=message):
        check_content(content)
