"""`/rest/memberCreatorVideoAnalytics`."""

from typing import Any, Final

from inroad.sandbox.answers import bad_parameter
from inroad.sandbox.call import Answer, Call
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.member_creator_post_analytics import rules
from inroad.sandbox.resources.metrics.posts import days_of, milliseconds_of, total
from inroad.sandbox.resources.paging import page
from inroad.sandbox.resources.video_analytics.rules import value

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/community-management/members/video-statistics"
# UNCONFIRMED: the object's key before 202605, read off that of posts.
_UNION_KEY: Final = "com.linkedin.adsexternalapi.memberanalytics.v1.CreatorVideoAnalyticsMetricTypeV1"
_KINDS: Final = {"VIDEO_PLAY": "VIDEO_VIEW", "VIDEO_VIEWER": "VIEWER", "VIDEO_WATCH_TIME": "TIME_WATCHED"}


def _find(call: Call) -> Answer:
    kind = call.params["queryType"]
    if not isinstance(kind, str) or kind not in _KINDS:
        raise bad_parameter("PARAM_INVALID", "queryType")
    if call.params.get("aggregation", "TOTAL") not in ("TOTAL", "DAILY"):
        raise bad_parameter("PARAM_INVALID", "aggregation")
    target, span = rules.target_of(call), rules.span_of(call)
    days, length = days_of(call.world, target.post), milliseconds_of(call.world, target.post)
    is_daily = call.params.get("aggregation") == "DAILY"
    spans = rules.days_in(span, days, call.now.date()) if is_daily else [span]

    def show(wanted: Any) -> dict[str, Any]:
        return {
            "count": value(_KINDS[kind], total(days, wanted), length) if length else 0,
            "metricType": rules.metric_to_wire(call, kind, _UNION_KEY),
            "targetEntity": target.to_wire(),
            "dateRange": rules.span_to_wire(wanted),
        }

    return Answer(body=page(call, spans, show, total=True, most=400))


RESOURCES: Final = (
    Resource(
        path="memberCreatorVideoAnalytics",
        bases=frozenset({"rest"}),
        key="urn",
        methods=(
            Method(
                name="FINDER-entity",
                handler=_find,
                scopes=frozenset({"r_member_postAnalytics"}),
                rule=rules.served_since("20250601"),
                params={
                    "entity": "required",
                    "queryType": "required",
                    "aggregation": "optional",
                    "dateRange": "optional",
                    "start": "optional",
                    "count": "optional",
                },
                source=SOURCE,
            ),
        ),
    ),
)
