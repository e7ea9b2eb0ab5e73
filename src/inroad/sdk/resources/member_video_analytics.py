"""How the member's own videos do (versioned API, from 202506 on). The counts are those of `member_post_analytics`.

Source: "Member Video Statistics", learn.microsoft.com
/linkedin/marketing/community-management/members/video-statistics
"""

from datetime import date
from typing import Literal, TypeAlias

from inroad.common.urn import Urn
from inroad.sdk.flow import IO, Flow, Page, Resource, paged
from inroad.sdk.resources.member_post_analytics import (
    MemberMetric,
    MetricAggregation,
    find_metrics,
    metric_entity,
    metric_params,
)

MemberVideoMetric: TypeAlias = Literal["VIDEO_PLAY", "VIDEO_VIEWER", "VIDEO_WATCH_TIME"]


class MemberVideoAnalytics(Resource[IO]):
    """How the member's own videos do."""

    @paged
    def find_by_entity(
        self,
        post: Urn | str,
        *,
        metric: MemberVideoMetric = "VIDEO_PLAY",
        aggregation: MetricAggregation = "TOTAL",
        start: date | None = None,
        end: date | None = None,
    ) -> Flow[Page[MemberMetric]]:
        """Yield a metric of one of the member's video posts.

        Args:
            post: The share or ugcPost that shows the video.
            metric: What to count; watch time in milliseconds (UNCONFIRMED: an answer beside a known video would tell).
            aggregation: One count, or one per day.
            start: The first day; with `end`, or of all time without either.
            end: The day after the last.

        Raises:
            InvalidArgument: one of start and end is missing.
            NotFound: the app is in the development tier, or the version is older than the resource.

        Scopes: r_member_postAnalytics.
        """
        params = {"q": "entity", "entity": metric_entity(post), **metric_params(metric, aggregation, start, end)}
        return (yield from find_metrics("/rest/memberCreatorVideoAnalytics", params))
