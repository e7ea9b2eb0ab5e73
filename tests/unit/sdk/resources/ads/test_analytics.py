import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from inroad.common.urn import Urn
from inroad.sdk.ads_planner import MAX_VALUES, Answer, Target, ValueBudget, Wanted, plan
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import Request, Response, Sleep
from inroad.sdk.resources.ads.analytics import AdAnalytics
from inroad.sdk.resources.ads.analytics_query import AnalyticsQuery, read_row

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
SUNDAY = date(2026, 11, 22)
ONE, TWO = Urn("sponsoredCampaign", "1"), Urn("sponsoredCampaign", "2")
GOOD: dict[str, Any] = {
    "pivots": ("CAMPAIGN",),
    "granularity": "DAILY",
    "start": SUNDAY,
    "end": SUNDAY,
    "facets": {"campaigns": (ONE,)},
    "metrics": ("impressions",),
}
PLAN = plan(
    Wanted(
        targets=(Target(urn=ONE), Target(urn=TWO)),
        pivots=("CAMPAIGN",),
        metrics=("impressions",),
        start=SUNDAY,
        end=SUNDAY,
    )
)


def element(urn: Urn = ONE, **metrics: object) -> Mapping[str, object]:
    day = {"year": 2026, "month": 11, "day": 22}
    return {"dateRange": {"start": day, "end": day}, "pivotValues": [str(urn)], **metrics}


def answer(*elements: object, at: datetime = AT) -> Response:
    return Response(200, {}, json.dumps({"elements": elements}).encode(), received_at=at)


@pytest.mark.parametrize(
    ("different", "message"),
    [
        ({"pivots": ()}, "1 to 3 different ones"),
        ({"pivots": ("CAMPAIGN", "CAMPAIGN")}, "1 to 3 different ones"),
        ({"pivots": ("MEMBER_COUNTRY",)}, "called MEMBER_COUNTRY_V2 now"),
        ({"pivots": ("CAMPAIGN", "MEMBER_INDUSTRY")}, "can only be asked for alone"),
        ({"facets": {}}, "one facet at least"),
        ({"facets": {"campaigns": ()}}, "one URN at least"),
        ({"facets": {"accounts": (ONE,)}}, "accounts takes sponsoredAccount URNs"),
        ({"metrics": ()}, "one metric at least"),
        ({"metrics": tuple(f"m{number}" for number in range(19))}, "at most 18 metrics, got 19"),
        ({"start": SUNDAY + timedelta(days=1)}, "end must not be before start"),
        ({"start": SUNDAY - timedelta(days=92), "metrics": ("approximateMemberReach",)}, "at most 92 days, got 93"),
        ({"objective_type": "VIDEO_VIEW"}, "for several pivots"),
    ],
)
def test_a_query_that_linkedin_would_refuse_cannot_be_made(different: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidArgument, match=message):
        AnalyticsQuery(**{**GOOD, **different})


def test_a_metric_named_twice_is_asked_for_once() -> None:
    assert AnalyticsQuery(**{**GOOD, "metrics": ("clicks", "clicks", "dateRange")}).fields == (
        "dateRange",
        "pivotValues",
        "clicks",
    )


def test_a_row_tells_unknown_from_zero() -> None:
    row = read_row(element(clicks=0, costInUsd="19.91833", audiencePenetration=0.5, brandNew={"a": "1"}), ("CAMPAIGN",))

    assert (row.count("clicks"), row.count("impressions")) == (0, None)
    assert (row.money("costInUsd"), row.money("clicks")) == (Decimal("19.91833"), None)
    assert row.ratio("audiencePenetration") == 0.5
    assert row.metrics["brandNew"] == {"a": Decimal(1)}
    assert row.value("CAMPAIGN") == ONE
    with pytest.raises(InvalidArgument, match="no pivot CREATIVE"):
        row.value("CREATIVE")


def test_a_report_takes_no_answer_that_was_cut_off() -> None:
    kept: list[Answer] = []
    flow = AdAnalytics.report.flow(None, PLAN, progress=kept.append)
    first = next(flow)
    assert isinstance(first, Request)

    second = flow.send(answer(*[element(impressions=1)] * 15_000))
    third = flow.send(answer(element(ONE, impressions=3)))
    with pytest.raises(StopIteration) as end:
        flow.send(answer(element(TWO, impressions=5)))

    assert isinstance(second, Request)
    assert isinstance(third, Request)
    assert [query.params["campaigns"] for query in (first, second, third) if query.params] == [
        [ONE, TWO],
        [ONE],
        [TWO],
    ]
    report = end.value.value
    assert [(row.urn, row.count("impressions")) for row in report.rows] == [(ONE, 3), (TWO, 5)]
    assert report.is_complete
    assert len(kept) == 2


def test_a_report_says_what_stays_cut_off() -> None:
    alone = plan(
        Wanted(targets=(Target(urn=ONE),), pivots=("CAMPAIGN",), metrics=("clicks",), start=SUNDAY, end=SUNDAY)
    )
    flow = AdAnalytics.report.flow(None, alone)
    next(flow)

    with pytest.raises(StopIteration) as end:
        flow.send(answer(*[element(clicks=1)] * 15_000))

    assert end.value.value.truncated == alone.queries
    assert end.value.value.rows == ()


def test_a_report_waits_until_the_volume_has_room() -> None:
    spent = ValueBudget().after(AT - timedelta(seconds=100), MAX_VALUES)
    twice = plan(
        Wanted(
            targets=(Target(urn=ONE, values_per_day=9_000),),
            pivots=("CREATIVE",),
            metrics=("clicks",),
            start=SUNDAY - timedelta(days=1),
            end=SUNDAY,
        )
    )
    flow = AdAnalytics.report.flow(None, twice, budget=spent)
    next(flow)

    step = flow.send(answer())

    assert step == Sleep(200.0)
