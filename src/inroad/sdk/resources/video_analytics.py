"""How often an organization's videos were watched (versioned API).

Source: "Video Analytics", learn.microsoft.com
/linkedin/marketing/community-management/organizations/video-analytics
"""

from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

from inroad.common.urn import Urn
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, paged
from inroad.sdk.resources.entity import Elements, Entity, UrnText, as_urn, decoder
from inroad.sdk.resources.interval import TimeRange, time_range, whole_pages

VideoMetric: TypeAlias = Literal["VIDEO_VIEW", "VIEWER", "TIME_WATCHED", "TIME_WATCHED_FOR_VIDEO_VIEWS"]
VideoAggregation: TypeAlias = Literal["DAY", "WEEK", "ALL"]


class VideoStatistic(Entity, frozen=True):
    """One number of a video. Times are in milliseconds (UNCONFIRMED: a recorded answer beside a known video)."""

    entity: UrnText | None = None
    value: int = 0
    time_range: TimeRange | None = None
    # Clients read one name or the other.
    _type: str | None = msgspec.field(name="type", default=None)
    _statistics_type: str | None = msgspec.field(name="statisticsType", default=None)

    @property
    def metric(self) -> str:
        """What is counted, from whichever field is there."""
        return self._statistics_type or self._type or ""


_STATISTICS = decoder(Elements[VideoStatistic])


class VideoAnalytics(Resource[IO]):
    """How often an organization's videos were watched."""

    @paged
    def find_by_entity(
        self,
        post: Urn | str,
        *,
        metric: VideoMetric = "VIDEO_VIEW",
        aggregation: VideoAggregation | None = None,
        start: datetime | None = None,
        end: datetime | None = None,
    ) -> Flow[Page[VideoStatistic]]:
        """Yield a video post's numbers, one per stretch of time.

        Args:
            post: The share or ugcPost that shows the video; not the organization, not the video.
            metric: What to count.
            aggregation: How long each stretch is; LinkedIn's own choice when None.
            start: The beginning, aware; as early as LinkedIn keeps when None.
            end: The end, aware; now when None.

        Raises:
            Forbidden: the token lacks the scope, or the member is no administrator of the organization.

        Scopes: r_organization_social.
        """
        params: dict[str, object] = {
            "q": "entity",
            "entity": as_urn(post, "ugcPost", "share", name="post"),
            "type": metric,
        }
        if aggregation is not None:
            params["aggregation"] = aggregation
        stretch = time_range(start, end)
        if stretch:
            params["timeRange"] = stretch
        return (
            yield from whole_pages(Request("GET", "/rest/videoAnalytics", params, restli_method="FINDER"), _STATISTICS)
        )
