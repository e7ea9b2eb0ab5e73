from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inroad.common.urn import Urn
from inroad.sdk.ads_planner import (
    ADDRESS_QUERY,
    MAX_VALUES,
    USABLE_ROWS,
    AnalyticsPlan,
    Answer,
    Limits,
    Target,
    ValueBudget,
    Wanted,
    active,
    merge,
    plan,
    split,
    values_per_day,
)
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.resources.ads.analytics_metrics import MAX_ROWS, METRICS
from inroad.sdk.resources.ads.analytics_query import AnalyticsQuery, AnalyticsRow, AnalyticsRows, TimeGranularity

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
END = date(2026, 11, 22)

# The full list of a connector: 93 metrics of entities, of which demographics have 88.
FULL = tuple(
    name
    for name, metric in METRICS.items()
    if name not in {"audiencePenetration", "revenueAttributionMetrics", "viralCardClicks"}
)[:93]


def campaign(number: int, values: int = 1) -> Target:
    return Target(urn=Urn("sponsoredCampaign", str(number)), values_per_day=values)


def account(number: int, campaigns: int, values: int) -> Target:
    parts = tuple(campaign(number * 10_000 + i, values) for i in range(campaigns))
    return Target(urn=Urn("sponsoredAccount", str(number)), values_per_day=campaigns * values, parts=parts)


def wanted(targets: Sequence[Target], *pivots: str, days: int, metrics: Sequence[str] = FULL) -> Wanted:
    start = END - timedelta(days=days - 1)
    return Wanted(targets=tuple(targets), pivots=pivots, metrics=tuple(metrics), start=start, end=END)


def calls(targets: Sequence[Target], *pivots: str, days: int, metrics: Sequence[str] = FULL) -> int:
    return len(plan(wanted(targets, *pivots, days=days, metrics=metrics)).queries)


def accounts(values: int, count: int = 4, campaigns: int = 30) -> list[Target]:
    return [account(number, campaigns, values) for number in range(1, count + 1)]


def row(values: Sequence[Urn | str], day: date, **metrics: int | Decimal) -> AnalyticsRow:
    return AnalyticsRow(pivots=("CAMPAIGN",), values=tuple(values), start=day, end=day, metrics=metrics)


def test_the_full_list_has_the_connectors_size() -> None:
    demographic = [name for name in FULL if METRICS[name].is_demographic]

    assert (len(FULL), len(demographic)) == (93, 88)


def test_the_worked_example_takes_the_calls_that_were_counted() -> None:
    per_campaign = [campaign(number, 10) for number in range(120)]
    per_account = [Target(urn=Urn("sponsoredAccount", str(number)), values_per_day=10) for number in range(4)]

    backfill = [
        calls(accounts(1), "CAMPAIGN", days=365),
        calls(accounts(4), "CREATIVE", days=365),
        calls(accounts(3), "CAMPAIGN", "IMPRESSION_DEVICE_TYPE", days=365),
        calls(per_campaign, "MEMBER_SENIORITY", days=365),
        calls(per_account, "MEMBER_SENIORITY", days=365),
    ]
    daily = [
        calls(accounts(1), "CAMPAIGN", days=8),
        calls(accounts(4), "CREATIVE", days=8),
        calls(accounts(3), "CAMPAIGN", "IMPRESSION_DEVICE_TYPE", days=8),
        calls(per_campaign, "MEMBER_SENIORITY", days=8),
        calls(per_account, "MEMBER_SENIORITY", days=8),
    ]

    assert backfill == [19, 72, 54, 600, 20]
    assert daily == [6, 6, 6, 600, 20]
    # With 17 calls for the entities themselves: 762 and 635, or per account 182 and 55.
    assert 17 + sum(backfill[:4]) == 762
    assert 17 + sum(backfill[:3]) + backfill[4] == 182
    assert 17 + sum(daily[:4]) == 635
    assert 17 + sum(daily[:3]) + daily[4] == 55


def test_the_worked_example_takes_two_windows_of_the_volume() -> None:
    plans = [
        plan(wanted(accounts(1), "CAMPAIGN", days=365)),
        plan(wanted(accounts(4), "CREATIVE", days=365)),
        plan(wanted(accounts(3), "CAMPAIGN", "IMPRESSION_DEVICE_TYPE", days=365)),
        plan(wanted([campaign(number, 10) for number in range(120)], "MEMBER_SENIORITY", days=365)),
    ]

    values = [made.expected_values for made in plans]

    assert [round(value / 1e6, 1) for value in values] == [4.6, 18.4, 13.8, 42.9]
    assert -(-sum(values) // MAX_VALUES) == 2
    assert plans[3].least_seconds == 0


@pytest.mark.parametrize(
    ("values", "pivots", "metrics", "expected"),
    [
        (1, ("CAMPAIGN",), 93, 78),
        (4, ("CREATIVE",), 93, 294),
        (3, ("CAMPAIGN", "IMPRESSION_DEVICE_TYPE"), 93, 222),
        (1, ("CAMPAIGN",), 18, 13),
        (4, ("CREATIVE",), 18, 49),
        (3, ("CAMPAIGN", "IMPRESSION_DEVICE_TYPE"), 18, 37),
    ],
)
def test_many_campaigns_are_cut_by_entity_where_days_alone_waste_rows(
    values: int, pivots: tuple[str, ...], metrics: int, expected: int
) -> None:
    targets = accounts(values, count=20, campaigns=100)

    assert calls(targets, *pivots, days=90, metrics=FULL[:metrics]) == expected


def test_reach_stands_alone_in_the_smallest_chunk_and_shortens_its_windows_only() -> None:
    counters = [name for name in FULL if not METRICS[name].is_reach][:18]

    made = plan(wanted([campaign(1)], "CAMPAIGN", days=365, metrics=["approximateMemberReach", *counters]))

    assert made.chunks[-1] == ("approximateMemberReach",)
    assert [query.days for query in made.queries] == [365, 92, 92, 92, 89]


def test_both_kinds_of_reach_share_a_chunk() -> None:
    counters = [name for name in FULL if not METRICS[name].is_reach][:17]

    made = plan(
        wanted([campaign(1)], "CAMPAIGN", days=30, metrics=["approximateMemberReach", "audiencePenetration", *counters])
    )

    assert made.chunks[-1] == ("approximateMemberReach", "audiencePenetration")


def test_what_cannot_be_asked_for_is_said() -> None:
    asked = Wanted(
        targets=(campaign(1),),
        pivots=("MEMBER_INDUSTRY",),
        metrics=("impressions", "approximateMemberReach", "videoWatchTime", "brandNewMetric"),
        start=date(2026, 10, 1),
        end=END,
        version="202511",
    )

    made = plan(asked)

    assert made.unavailable == {
        "approximateMemberReach": "not by kinds of members",
        "videoWatchTime": "from version 202601 on",
    }
    assert made.queries[0].metrics == ("impressions", "brandNewMetric")


def test_reach_of_one_row_over_a_year_cannot_be_asked_for() -> None:
    asked = Wanted(
        targets=(campaign(1),),
        pivots=("CAMPAIGN",),
        metrics=("impressions", "approximateMemberReach"),
        start=date(2026, 1, 1),
        end=END,
        granularity="ALL",
    )

    assert plan(asked).unavailable == {"approximateMemberReach": "over at most 92 days"}


def test_months_are_not_cut() -> None:
    asked = Wanted(
        targets=(campaign(1, 5_000),),
        pivots=("CREATIVE",),
        metrics=("impressions",),
        start=date(2026, 1, 15),
        end=date(2026, 6, 10),
        granularity="MONTHLY",
    )

    assert [(query.start, query.end) for query in plan(asked).queries] == [
        (date(2026, 1, 15), date(2026, 2, 28)),
        (date(2026, 3, 1), date(2026, 4, 30)),
        (date(2026, 5, 1), date(2026, 6, 10)),
    ]


def test_an_account_that_is_too_large_is_asked_by_campaign() -> None:
    small = Target(urn=Urn("sponsoredAccount", "2"), values_per_day=10)

    made = plan(wanted([account(1, 4, 5_000), small], "CREATIVE", days=1, metrics=["clicks"]))

    assert sorted((facet, len(urns)) for query in made.queries for facet, urns in query.facets.items()) == [
        ("accounts", 1),
        ("campaigns", 2),
        ("campaigns", 2),
    ]


def test_no_target_is_asked_twice() -> None:
    with pytest.raises(InvalidArgument, match="is a target twice"):
        plan(wanted([campaign(1), campaign(1)], "CAMPAIGN", days=1))


TARGETS = st.lists(st.integers(1, 20_000), min_size=1, max_size=30).map(
    lambda weights: [campaign(number, weight) for number, weight in enumerate(weights)]
)
METRIC_LISTS = st.lists(st.sampled_from(sorted(METRICS)), min_size=1, max_size=60, unique=True)
PIVOTS = st.sampled_from([("CAMPAIGN",), ("CREATIVE",), ("CAMPAIGN", "IMPRESSION_DEVICE_TYPE"), ("MEMBER_SENIORITY",)])
DAYS = st.integers(1, 400)
GRANULARITIES: "st.SearchStrategy[TimeGranularity]" = st.sampled_from(["DAILY", "MONTHLY", "YEARLY", "ALL"])


def made_of(
    targets: list[Target], metrics: list[str], pivots: tuple[str, ...], days: int, granularity: TimeGranularity
) -> AnalyticsPlan | None:
    start = END - timedelta(days=days - 1)
    asked = Wanted(
        targets=tuple(targets),
        pivots=pivots,
        metrics=tuple(metrics),
        start=start,
        end=END,
        granularity=granularity,
    )
    try:
        return plan(asked, Limits(query_characters=ADDRESS_QUERY))
    except InvalidArgument:
        return None


@settings(max_examples=150, deadline=None)
@given(TARGETS, METRIC_LISTS, PIVOTS, DAYS, GRANULARITIES)
def test_no_call_exceeds_a_limit(
    targets: list[Target], metrics: list[str], pivots: tuple[str, ...], days: int, granularity: TimeGranularity
) -> None:
    made = made_of(targets, metrics, pivots, days, granularity)
    if made is None:
        return

    for query in made.queries:
        (urns,) = query.facets.values()
        is_smallest = len(urns) == 1 and not split(query)
        assert made.expected_rows(query) <= USABLE_ROWS or is_smallest
        assert len(query.fields) <= 20
        assert query.query_length() <= ADDRESS_QUERY
        assert not any(METRICS[name].is_reach for name in query.metrics) or (query.days or 0) <= 92


@settings(max_examples=100, deadline=None)
@given(TARGETS, METRIC_LISTS, PIVOTS, DAYS)
def test_the_calls_cover_exactly_the_whole(
    targets: list[Target], metrics: list[str], pivots: tuple[str, ...], days: int
) -> None:
    made = made_of(targets, metrics, pivots, days, "DAILY")
    if made is None:
        return

    covered: Counter[tuple[str, Urn]] = Counter()
    spans: dict[tuple[str, Urn], list[tuple[date, date]]] = {}
    for query in made.queries:
        (urns,) = query.facets.values()
        for urn in urns:
            for metric in query.metrics:
                covered[metric, urn] += query.days or 0
                spans.setdefault((metric, urn), []).append((query.start, query.end or query.start))
    asked = [name for name in metrics if name not in made.unavailable]

    assert covered == {(metric, target.urn): days for metric in asked for target in targets}
    for parts in spans.values():
        ordered = sorted(parts)
        assert all(end < start for (_, end), (start, _) in pairwise(ordered))


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 60), st.integers(1, 40), GRANULARITIES)
def test_splitting_covers_exactly_the_whole(days: int, entities: int, granularity: TimeGranularity) -> None:
    urns = tuple(Urn("sponsoredCampaign", str(number)) for number in range(entities))
    whole = AnalyticsQuery(
        pivots=("CAMPAIGN",),
        granularity=granularity,
        start=END - timedelta(days=days - 1),
        end=END,
        facets={"campaigns": urns},
        metrics=("clicks",),
    )

    left, smallest = [whole], []
    while left:
        query = left.pop()
        halves = split(query)
        left += halves
        if not halves:
            smallest.append(query)

    cells = Counter(
        (urn, query.start + timedelta(days=day))
        for query in smallest
        for urn in query.facets["campaigns"]
        for day in range(query.days or 0)
    )
    assert cells == {(urn, END - timedelta(days=day)): 1 for urn in urns for day in range(days)}


def answered(made: AnalyticsPlan, number: int, *rows: AnalyticsRow) -> Answer:
    return Answer(query=made.queries[number], rows=AnalyticsRows(rows))


def two_chunks() -> AnalyticsPlan:
    counters = [name for name in FULL if METRICS[name].is_counter and name not in {"impressions", "costInUsd"}][:17]
    return plan(wanted([campaign(1), campaign(2)], "CAMPAIGN", days=2, metrics=["impressions", *counters, "costInUsd"]))


def test_chunks_with_other_rows_are_joined_by_key() -> None:
    made = two_chunks()
    one, two = Urn("sponsoredCampaign", "1"), Urn("sponsoredCampaign", "2")
    monday, tuesday = END - timedelta(days=1), END

    report = merge(
        made,
        [
            answered(made, 1, row([two], tuesday, costInUsd=Decimal("2.5")), row([one], monday, costInUsd=Decimal(1))),
            answered(made, 0, row([one], monday, impressions=10)),
        ],
    )

    assert [(each.urn, each.start, each.count("impressions"), each.money("costInUsd")) for each in report.rows] == [
        (one, monday, 10, Decimal(1)),
        (two, tuesday, None, Decimal("2.5")),
    ]
    assert report.is_complete
    assert report.rows[1].unknown == frozenset()
    assert report.rows[1].filled().count("impressions") == 0


def test_what_was_not_answered_is_unknown_and_not_zero() -> None:
    made = two_chunks()

    report = merge(made, [answered(made, 0, row([Urn("sponsoredCampaign", "1")], END, impressions=10))])

    (only,) = report.rows
    assert only.unknown == {"costInUsd"}
    assert only.filled().money("costInUsd") is None
    assert only.filled().count("clicks") == 0


def test_reach_that_linkedin_left_out_stays_unknown() -> None:
    made = plan(wanted([campaign(1)], "CAMPAIGN", days=2, metrics=["impressions", "approximateMemberReach"]))

    report = merge(made, [answered(made, 0, row([Urn("sponsoredCampaign", "1")], END, impressions=3))])

    assert report.rows[0].filled().metrics == {"impressions": 3}


def test_rows_of_an_answer_that_was_cut_off_are_not_kept() -> None:
    made = two_chunks()
    cut = AnalyticsRows((row([Urn("sponsoredCampaign", "1")], END, impressions=1),) * MAX_ROWS)

    report = merge(made, [Answer(query=made.queries[0], rows=cut), answered(made, 1)])

    assert report.rows == ()
    assert report.truncated == (made.queries[0],)
    assert not report.is_complete


def test_the_halves_of_a_split_call_answer_for_the_whole() -> None:
    made = plan(wanted([campaign(1), campaign(2)], "CAMPAIGN", days=2, metrics=["impressions"]))
    first, second = split(made.queries[0])
    rows = AnalyticsRows((row([Urn("sponsoredCampaign", "1")], END),))

    whole = merge(made, [Answer(query=first, rows=AnalyticsRows(())), Answer(query=second, rows=rows)])
    half = merge(made, [Answer(query=first, rows=AnalyticsRows(())), Answer(query=split(second)[1], rows=rows)])

    assert whole.rows[0].unknown == frozenset()
    assert half.rows[0].unknown == {"impressions"}


def test_rows_of_members_say_whose_they_are() -> None:
    made = plan(wanted([campaign(1), campaign(2)], "MEMBER_COMPANY_SIZE", days=1, metrics=["clicks"]))

    def size(number: int, clicks: int) -> Answer:
        found = AnalyticsRow(
            pivots=("MEMBER_COMPANY_SIZE",), values=("SIZE_1",), start=END, end=END, metrics={"clicks": clicks}
        )
        return answered(made, number, found)

    report = merge(made, [size(0, 3), size(1, 5)])

    assert [(str(each.target), each.count("clicks")) for each in report.rows] == [
        ("urn:li:sponsoredCampaign:1", 3),
        ("urn:li:sponsoredCampaign:2", 5),
    ]


def test_only_campaigns_with_impressions_are_worth_asking_for_members() -> None:
    one, two = Urn("sponsoredCampaign", "1"), Urn("sponsoredCampaign", "2")

    assert active([row([one], END, impressions=3), row([two], END, impressions=0), row([two], END)]) == {one}


def test_the_fullest_day_tells_how_many_values_there_are() -> None:
    one = Urn("sponsoredCampaign", "1")

    found = values_per_day([row([one, "a"], END), row([one, "b"], END), row([one, "a"], END - timedelta(days=1))])

    assert found == {one: 2}


def test_the_volume_is_free_again_after_five_minutes() -> None:
    budget = ValueBudget(most=100).after(AT, 60).after(AT + timedelta(seconds=100), 30)
    now = AT + timedelta(seconds=200)

    assert budget.left(now) == 10
    assert budget.wait_seconds(now, 10) == 0
    assert budget.wait_seconds(now, 11) == 100
    assert budget.wait_seconds(now, 71) == 200
    assert budget.left(AT + timedelta(seconds=300)) == 70
