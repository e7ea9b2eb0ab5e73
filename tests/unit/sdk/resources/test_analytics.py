from datetime import UTC, date, datetime
from typing import Any

import pytest

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.resources.follower_statistics import FollowerStatistics
from inroad.sdk.resources.interval import date_range, time_intervals
from inroad.sdk.resources.member_post_analytics import MemberPostAnalytics
from inroad.sdk.resources.organization_authorizations import AuthorizationAction, OrganizationAuthorizations
from inroad.sdk.resources.organization_notifications import OrganizationNotifications
from inroad.sdk.resources.share_statistics import OrganizationShareStatistics
from inroad.sdk.resources.video_analytics import VideoAnalytics

ORGANIZATION = Urn("organization", "70412233")
SHARE = Urn("share", "7522266120616303830")
UGC = Urn("ugcPost", "7521903732842615745")
OLD_FORM = {"com.linkedin.adsexternalapi.memberanalytics.v1.CreatorPostAnalyticsMetricTypeV1": "IMPRESSION"}


@pytest.mark.parametrize("metric_type", ["IMPRESSION", OLD_FORM])
def test_a_metrics_type_is_read_in_the_form_of_every_version(metric_type: object, steps: Any, answer: Any) -> None:
    _, page = steps(
        MemberPostAnalytics.find_mine.flow(None, "IMPRESSION"),
        answer(200, {"elements": [{"count": 4120, "metricType": metric_type, "dateRange": {}}]}),
    )

    assert (page.elements[0].metric, page.elements[0].count) == ("IMPRESSION", 4120)


@pytest.mark.parametrize("metric", ["MEMBERS_REACHED", "LINK_CLICKS", "PROFILE_VIEW_FROM_CONTENT"])
def test_what_linkedin_does_not_count_by_day_is_refused(metric: Any) -> None:
    with pytest.raises(InvalidArgument, match="not counted by day"):
        next(MemberPostAnalytics.find_mine.flow(None, metric, aggregation="DAILY"))


def test_impressions_are_counted_by_day_of_all_posts_only(steps: Any, answer: Any) -> None:
    with pytest.raises(InvalidArgument, match="IMPRESSION of a single post"):
        next(MemberPostAnalytics.find_by_entity.flow(None, SHARE, metric="IMPRESSION", aggregation="DAILY"))

    asked, _ = steps(
        MemberPostAnalytics.find_mine.flow(None, "IMPRESSION", aggregation="DAILY"), answer(200, {"elements": []})
    )
    assert asked[0].params["aggregation"] == "DAILY"


def test_a_range_of_days_has_two_ends_in_order() -> None:
    with pytest.raises(InvalidArgument, match="needs both start and end"):
        next(MemberPostAnalytics.find_mine.flow(None, "COMMENT", start=date(2026, 10, 1)))
    with pytest.raises(InvalidArgument, match="start must be before end"):
        date_range(date(2026, 10, 2), date(2026, 10, 2))


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(InvalidArgument, match="start must be an aware instant"):
        time_intervals(datetime(2026, 10, 1), datetime(2026, 10, 2, tzinfo=UTC), "DAY")  # noqa: DTZ001


def test_posts_are_named_by_their_kind(steps: Any, answer: Any) -> None:
    asked, _ = steps(
        OrganizationShareStatistics.find_by_posts.flow(None, ORGANIZATION, posts=[SHARE, UGC]),
        answer(200, {"elements": []}),
    )

    assert (asked[0].params["shares"], asked[0].params["ugcPosts"]) == ([SHARE], [UGC])


def test_statistics_that_come_all_at_once_are_not_asked_for_again(steps: Any, answer: Any) -> None:
    days = [{"organizationalEntity": str(ORGANIZATION)} for _ in range(30)]
    flow = OrganizationShareStatistics.find_intervals.flow(
        None, ORGANIZATION, start=datetime(2026, 10, 1, tzinfo=UTC), end=datetime(2026, 10, 31, tzinfo=UTC)
    )

    _, page = steps(flow, answer(200, {"elements": days, "paging": {"start": 0, "count": 10, "links": []}}))

    assert len(page.elements) == 30
    assert page.following is None


def test_follower_gains_of_ten_days_are_not_asked_for_twice(steps: Any, answer: Any) -> None:
    day = {"organizationalEntity": str(ORGANIZATION), "timeRange": {"start": 1793318400000, "end": 1793404800000}}
    flow = FollowerStatistics.find_gains.flow(
        None,
        organization=ORGANIZATION,
        start=datetime(2026, 10, 1, tzinfo=UTC),
        end=datetime(2026, 10, 11, tzinfo=UTC),
    )

    _, page = steps(flow, answer(200, {"elements": [day] * 10, "paging": {"start": 0, "count": 10, "links": []}}))

    assert len(page.elements) == 10
    assert page.following is None


def test_a_total_or_a_link_says_that_more_follow(steps: Any, answer: Any) -> None:
    element = {"count": 1, "metricType": "COMMENT"}
    flow = MemberPostAnalytics.find_mine.flow(None, "COMMENT", aggregation="DAILY")
    _, first = steps(flow, answer(200, {"elements": [element] * 10, "paging": {"start": 0, "count": 10, "total": 12}}))

    link = {"rel": "next", "href": "/rest/memberCreatorPostAnalytics?q=me&start=11"}
    asked, second = steps(
        first.following(), answer(200, {"elements": [element], "paging": {"start": 10, "count": 10, "links": [link]}})
    )
    _, third = steps(second.following(), answer(200, {"elements": [element], "paging": {"start": 11, "total": 12}}))

    assert (asked[0].params["start"], asked[0].params["queryType"]) == (10, "COMMENT")
    assert third.following is None


@pytest.mark.parametrize("field", ["type", "statisticsType"])
def test_a_videos_metric_is_read_from_either_field(field: str, steps: Any, answer: Any) -> None:
    _, page = steps(
        VideoAnalytics.find_by_entity.flow(None, UGC), answer(200, {"elements": [{field: "VIEWER", "value": 3}]})
    )

    assert page.elements[0].metric == "VIEWER"


def test_notifications_are_fetched_page_by_page(steps: Any, answer: Any) -> None:
    def page(start: int, links: list[dict[str, str]]) -> dict[str, object]:
        element = {"notificationId": start, "organizationalEntity": str(ORGANIZATION), "action": "LIKE"}
        return {"elements": [element], "paging": {"start": start, "count": 10, "links": links}}

    href = "/rest/organizationalEntityNotifications?q=criteria&start=10"
    flow = OrganizationNotifications.find_by_criteria.flow(None, ORGANIZATION)
    _, first = steps(flow, answer(200, page(0, [{"rel": "next", "href": href}])))

    # A short page is not the last one: what LinkedIn hides is left out after the cut.
    asked, second = steps(first.following(), answer(200, page(10, [])))

    assert asked[0].path == href
    assert second.following is None


def test_authorizations_come_back_by_action(steps: Any, answer: Any) -> None:
    create = AuthorizationAction.content("ORGANIC_SHARE_CREATE")
    read = AuthorizationAction.analytics("FOLLOWER_ANALYTICS_READ")
    element = {
        "organization": str(ORGANIZATION),
        "action": create.to_wire(),
        "status": {"com.linkedin.organization.Approved": {}},
    }
    denied = {**element, "action": read.to_wire(), "status": {"com.linkedin.organization.Denied": {}}}

    _, found = steps(
        OrganizationAuthorizations.find_by_actions.flow(None, [create, read]),
        answer(200, {"elements": [{"elements": [element]}, {"elements": [denied]}]}),
    )

    assert found[create].approved == (ORGANIZATION,)
    assert found[read].approved == ()
    assert found[read].elements[0].action == read
