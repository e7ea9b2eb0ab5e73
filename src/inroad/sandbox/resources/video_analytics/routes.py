"""`videoAnalytics`."""

from datetime import timedelta
from typing import Any, Final

from inroad.sandbox.answers import bad_parameter
from inroad.sandbox.call import Answer, Call
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.actors import roles_on
from inroad.sandbox.resources.metrics.access import elements
from inroad.sandbox.resources.metrics.posts import days_of, milliseconds_of, total
from inroad.sandbox.resources.posts.state import Posts
from inroad.sandbox.resources.refusals import forbidden, not_found
from inroad.sandbox.resources.statistics.rules import Asked, asked, buckets, to_wire
from inroad.sandbox.resources.video_analytics.rules import KINDS, value

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/community-management/shares/videos-api"


def _find(call: Call) -> Answer:
    entity, kind = call.params["entity"], call.params["type"]
    if kind not in KINDS:
        raise bad_parameter("PARAM_INVALID", "type")
    if not isinstance(entity, str) or not entity.startswith(("urn:li:ugcPost:", "urn:li:share:")):
        raise bad_parameter("PARAM_INVALID", "entity")
    post = call.world.state(Posts).live(entity)
    if post is None:
        raise not_found()
    if "ADMINISTRATOR" not in roles_on(call, post.author):
        raise forbidden("the UGC")
    days, length = days_of(call.world, post), milliseconds_of(call.world, post)
    head = {"entity": entity, "type": kind, "statisticsType": kind}  # clients read either name
    wanted = _span(call)
    if wanted is None:
        return Answer(body=elements([{**head, "value": value(str(kind), total(days), length)}] if length else []))
    spans = buckets(wanted, now=call.now, delay=timedelta()) if length else []
    found: list[dict[str, Any]] = [
        {**head, "value": value(str(kind), total(days, span), length), "timeRange": to_wire(span)} for span in spans
    ]
    return Answer(body=elements(found))


def _span(call: Call) -> Asked | None:
    """Return the buckets asked for, None for one value of all time."""
    aggregation = call.params.get("aggregation", "ALL")
    if aggregation not in ("DAY", "WEEK", "ALL"):
        raise bad_parameter("PARAM_INVALID", "aggregation")
    span = call.params.get("timeRange", {})
    granularity = "DAY" if aggregation == "ALL" else aggregation
    wanted = asked({"timeGranularityType": granularity, "timeRange": span})
    if wanted is None:
        raise bad_parameter("PARAM_INVALID", "timeRange")
    return None if aggregation == "ALL" else wanted


RESOURCES: Final = (
    Resource(
        path="videoAnalytics",
        bases=frozenset({"v2", "rest"}),
        key="urn",
        methods=(
            Method(
                name="FINDER-entity",
                handler=_find,
                scopes=frozenset({"r_organization_social"}),
                params={
                    "entity": "required",
                    "type": "required",
                    "aggregation": "optional",
                    "timeRange": "optional",
                    "start": "optional",
                    "count": "optional",
                },
                source=SOURCE,
            ),
        ),
    ),
)
