"""`organizationPageStatistics`, and the shape that brands' statistics share with it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from inroad.sandbox.call import Answer, Call
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.metrics import pages
from inroad.sandbox.resources.metrics.access import ADMINISTRATION, administered_page, elements, intervals_of
from inroad.sandbox.resources.projection import projected
from inroad.sandbox.resources.statistics.rules import buckets, to_wire

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/community-management/organizations/page-statistics"


def finder(name: str, *kinds: str) -> Callable[[Call], Answer]:
    """Return a finder of the statistics of what the parameter `name` names, a URN of one of `kinds`."""

    def find(call: Call) -> Answer:
        page = administered_page(call, name, *kinds)
        head = {name: str(call.params[name])}
        wanted = intervals_of(call, "DAY", "MONTH")
        if wanted is None:
            return Answer(body=elements([{**head, **pages.lifetime(call.world, page)}]))
        views = pages.views_by_day(call.world, page)
        found: list[dict[str, Any]] = [
            {**head, "timeRange": to_wire(bucket), **pages.within(views, bucket)}
            for bucket in buckets(wanted, now=call.now, delay=timedelta())
        ]
        return Answer(body=elements(found))

    return find


def resource(path: str, name: str, *kinds: str, source: str) -> Resource:
    """Return the resource with one finder, `q=name`."""
    return Resource(
        path=path,
        bases=frozenset({"v2", "rest"}),
        key="urn",
        methods=(
            Method(
                name=f"FINDER-{name}",
                handler=projected(finder(name, *kinds)),
                params={
                    name: "required",
                    "timeIntervals": "optional",
                    "start": "optional",
                    "count": "optional",
                    "projection": "optional",
                },
                source=source,
                **ADMINISTRATION,
            ),
        ),
    )


RESOURCES: Final = (resource("organizationPageStatistics", "organization", "organization", "company", source=SOURCE),)
