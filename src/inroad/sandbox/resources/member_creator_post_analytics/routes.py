"""`/rest/memberCreatorPostAnalytics`."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from inroad.sandbox.answers import bad_parameter
from inroad.sandbox.call import Answer, Call
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.member_creator_post_analytics import rules
from inroad.sandbox.resources.metrics.posts import Tally, days_of, reshares_by_parent, total
from inroad.sandbox.resources.paging import page
from inroad.sandbox.resources.posts.state import Posts

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/community-management/members/post-statistics"
_UNION_KEY: Final = "com.linkedin.adsexternalapi.memberanalytics.v1.CreatorPostAnalyticsMetricTypeV1"

_METRICS: Final[Mapping[str, Callable[[Tally], int]]] = {
    "IMPRESSION": lambda t: t.impressions,
    "MEMBERS_REACHED": lambda t: t.unique,
    "RESHARE": lambda t: t.shares,
    "REACTION": lambda t: t.likes,
    "COMMENT": lambda t: t.comments,
    "POST_SAVE": lambda t: (t.likes + t.comments) // 6,
    "POST_SEND": lambda t: t.shares + t.likes // 9,
    "LINK_CLICKS": lambda t: t.clicks // 2,
    "PREMIUM_CTA_CLICKS": lambda _t: 0,  # nobody here has a premium button
    "FOLLOWER_GAINED_FROM_CONTENT": lambda t: t.unique // 180,
    "PROFILE_VIEW_FROM_CONTENT": lambda t: t.unique // 35,
}
_SINCE_202604: Final = frozenset(list(_METRICS)[5:])
_TOTAL_ONLY: Final = frozenset(
    ("MEMBERS_REACHED", "LINK_CLICKS", "FOLLOWER_GAINED_FROM_CONTENT", "PROFILE_VIEW_FROM_CONTENT")
)


def _metric(call: Call, *, of_one_post: bool) -> str:
    kind = call.params["queryType"]
    known = isinstance(kind, str) and kind in _METRICS
    if not known or (kind in _SINCE_202604 and (call.version or "") < "20260401"):
        raise bad_parameter("PARAM_INVALID", "queryType")
    aggregation = call.params.get("aggregation", "TOTAL")
    by_day_never = kind in _TOTAL_ONLY or (kind == "IMPRESSION" and of_one_post)
    if aggregation not in ("TOTAL", "DAILY") or (aggregation == "DAILY" and by_day_never):
        raise bad_parameter("PARAM_INVALID", "aggregation")
    return str(kind)


def _find_mine(call: Call) -> Answer:
    kind = _metric(call, of_one_post=False)
    reshares = reshares_by_parent(call.world)
    days: dict[date, Tally] = {}
    for post in call.world.state(Posts).of_author(f"urn:li:person:{call.member.id}"):
        for day, tally in days_of(call.world, post, reshares=reshares).items():
            days[day] = days.get(day, Tally()) + tally
    return _answer(call, kind, days, {})


def _find_of_entity(call: Call) -> Answer:
    kind = _metric(call, of_one_post=True)
    target = rules.target_of(call)
    return _answer(call, kind, days_of(call.world, target.post), {"targetEntity": target.to_wire()})


def _answer(call: Call, kind: str, days: Mapping[date, Tally], target: Mapping[str, Any]) -> Answer:
    span = rules.span_of(call)
    is_daily = call.params.get("aggregation") == "DAILY"
    spans = rules.days_in(span, days, call.now.date()) if is_daily else [span]

    def show(wanted: Any) -> dict[str, Any]:
        return {
            "count": _METRICS[kind](total(days, wanted)),
            "metricType": rules.metric_to_wire(call, kind, _UNION_KEY),
            **target,
            "dateRange": rules.span_to_wire(wanted),
        }

    return Answer(body=page(call, spans, show, total=True, most=400))


RESOURCES: Final = (
    Resource(
        path="memberCreatorPostAnalytics",
        bases=frozenset({"rest"}),
        key="urn",
        methods=tuple(
            Method(
                name=f"FINDER-{finder}",
                handler=handler,
                scopes=frozenset({"r_member_postAnalytics"}),
                rule=rules.served_since("20250601"),
                params={
                    **({"entity": "required"} if finder == "entity" else {}),
                    "queryType": "required",
                    "aggregation": "optional",
                    "dateRange": "optional",
                    "start": "optional",
                    "count": "optional",
                },
                source=SOURCE,
            )
            for finder, handler in (("me", _find_mine), ("entity", _find_of_entity))
        ),
    ),
)
