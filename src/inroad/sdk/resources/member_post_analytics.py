"""How the member's own posts do (versioned API, from 202506 on).

Apps in the development tier are answered 404 although they have the scope. Counts are best effort.
Source: "Member Post Statistics", learn.microsoft.com
/linkedin/marketing/community-management/members/post-statistics
"""

from collections.abc import Mapping
from datetime import date
from typing import Literal, TypeAlias

import msgspec

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, paged
from inroad.sdk.resources.entity import Elements, Entity, UrnText, as_urn, decoder
from inroad.sdk.resources.interval import DateRange, date_range, whole_pages

PostMetric: TypeAlias = Literal[
    "IMPRESSION",
    "MEMBERS_REACHED",
    "RESHARE",
    "REACTION",
    "COMMENT",
    "POST_SAVE",
    "POST_SEND",
    "LINK_CLICKS",
    "PREMIUM_CTA_CLICKS",
    "FOLLOWER_GAINED_FROM_CONTENT",
    "PROFILE_VIEW_FROM_CONTENT",
]
"""What can be counted; the last six from version 202604 on."""

MetricAggregation: TypeAlias = Literal["TOTAL", "DAILY"]

TOTAL_ONLY = frozenset({"MEMBERS_REACHED", "LINK_CLICKS", "FOLLOWER_GAINED_FROM_CONTENT", "PROFILE_VIEW_FROM_CONTENT"})
"""Metrics that LinkedIn does not count by day."""

_ENTITY_KEYS = {"share": "share", "ugcPost": "ugc"}


class MetricTarget(Entity, frozen=True):
    """The post that is counted."""

    share: UrnText | None = None
    ugc: UrnText | None = None

    @property
    def urn(self) -> Urn | None:
        """The post's URN, of whichever kind."""
        return self.share or self.ugc


class MemberMetric(Entity, frozen=True):
    """A count, of all time when `date_range` is empty, else of a day or a stretch of days."""

    count: int = 0
    target_entity: MetricTarget | None = None
    date_range: DateRange = DateRange()
    # A text from version 202605 on, before that an object with one key and the same text.
    _metric_type: str | Mapping[str, str] = msgspec.field(name="metricType", default="")

    @property
    def metric(self) -> str:
        """What is counted, in whichever form the version wrote it."""
        if isinstance(self._metric_type, str):
            return self._metric_type
        return next(iter(self._metric_type.values()), "")

    @property
    def post(self) -> Urn | None:
        """The post that is counted, None when all are."""
        return None if self.target_entity is None else self.target_entity.urn


_METRICS = decoder(Elements[MemberMetric])


class MemberPostAnalytics(Resource[IO]):
    """How the member's own posts do."""

    @paged
    def find_mine(
        self,
        metric: PostMetric,
        *,
        aggregation: MetricAggregation = "TOTAL",
        start: date | None = None,
        end: date | None = None,
    ) -> Flow[Page[MemberMetric]]:
        """Yield a metric of all of the member's posts together.

        Args:
            metric: What to count; LinkedIn takes one per call.
            aggregation: One count, or one per day.
            start: The first day; with `end`, or of all time without either.
            end: The day after the last.

        Raises:
            InvalidArgument: the metric is not counted by day, or one of start and end is missing.
            NotFound: the app is in the development tier, or the version is older than the resource.

        Scopes: r_member_postAnalytics.
        """
        if aggregation == "DAILY" and metric in TOTAL_ONLY:
            raise InvalidArgument(f"{metric} is not counted by day")
        params = {"q": "me", **metric_params(metric, aggregation, start, end)}
        return (yield from find_metrics("/rest/memberCreatorPostAnalytics", params))

    @paged
    def find_by_entity(
        self,
        post: Urn | str,
        *,
        metric: PostMetric,
        aggregation: MetricAggregation = "TOTAL",
        start: date | None = None,
        end: date | None = None,
    ) -> Flow[Page[MemberMetric]]:
        """Yield a metric of one of the member's posts.

        Args:
            post: A share or ugcPost URN.
            metric: What to count; LinkedIn takes one per call.
            aggregation: One count, or one per day.
            start: The first day; with `end`, or of all time without either.
            end: The day after the last.

        Raises:
            InvalidArgument: the metric is not counted by day for a post, or one of start and end is missing.
            NotFound: the app is in the development tier, or the version is older than the resource.

        Scopes: r_member_postAnalytics.
        """
        if aggregation == "DAILY" and metric in {*TOTAL_ONLY, "IMPRESSION"}:
            raise InvalidArgument(f"{metric} of a single post is not counted by day")
        params = {"q": "entity", "entity": metric_entity(post), **metric_params(metric, aggregation, start, end)}
        return (yield from find_metrics("/rest/memberCreatorPostAnalytics", params))


def metric_params(
    metric: str, aggregation: MetricAggregation, start: date | None, end: date | None
) -> dict[str, object]:
    """Return the parameters that member statistics share."""
    params: dict[str, object] = {"queryType": metric, "aggregation": aggregation}
    if start is not None and end is not None:
        params["dateRange"] = date_range(start, end)
    elif start is not None or end is not None:
        raise InvalidArgument("a range of days needs both start and end")
    return params


def metric_entity(post: Urn | str) -> Mapping[str, Urn]:
    """Return a post as member statistics name it."""
    urn = as_urn(post, *_ENTITY_KEYS, name="post")
    return {_ENTITY_KEYS[urn.kind]: urn}


def find_metrics(path: str, params: Mapping[str, object]) -> Flow[Page[MemberMetric]]:
    """Ask for counts of posts or videos."""
    return (yield from whole_pages(Request("GET", path, params, restli_method="FINDER"), _METRICS))
