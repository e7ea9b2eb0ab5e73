"""`/rest/memberFollowersCount`."""

from datetime import date
from typing import Any, Final

from inroad.sandbox.call import Answer, Call
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.member_creator_post_analytics import rules
from inroad.sandbox.resources.metrics.posts import days_of, reshares_by_parent
from inroad.sandbox.resources.paging import page
from inroad.sandbox.resources.posts.state import Posts
from inroad.sandbox.resources.statistics.rules import Interval, chance

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/community-management/members/follower-statistics"
_FOLLOWED_BY_STRANGERS: Final = 0.15  # beside every connection, who follows by itself


def _find_mine(call: Call) -> Answer:
    """Answer the total: connections, strangers, and those whom posts brought."""
    member = call.member
    count = round(member.connections * (1 + _FOLLOWED_BY_STRANGERS)) + sum(_brought(call).values())
    return Answer(body=page(call, [count], lambda n: {"memberFollowersCount": n}, total=True))


def _find_by_day(call: Call) -> Answer:
    """Answer the gain of each day."""
    span, brought = rules.span_of(call), _brought(call)
    assert span is not None  # required

    def show(day: Interval) -> dict[str, Any]:
        calm = call.member.connections / 400 * chance(call.world.seed, call.member.id, "followers", day.first)
        return {
            "dateRange": rules.span_to_wire(day),
            "memberFollowersCount": round(calm) + brought.get(day.first, 0),
        }

    return Answer(body=page(call, rules.days_in(span, {}, call.now.date()), show, total=True, most=400))


def _brought(call: Call) -> dict[date, int]:
    """Return whom the member's posts brought by day: one for each comment or reshare, and some who reacted."""
    reshares = reshares_by_parent(call.world)
    found: dict[date, int] = {}
    for post in call.world.state(Posts).of_author(f"urn:li:person:{call.member.id}"):
        for day, tally in days_of(call.world, post, reshares=reshares).items():
            found[day] = found.get(day, 0) + tally.comments + tally.shares + tally.likes // 5
    return found


RESOURCES: Final = (
    Resource(
        path="memberFollowersCount",
        bases=frozenset({"rest"}),
        key="urn",
        methods=(
            Method(
                name="FINDER-me",
                handler=_find_mine,
                scopes=frozenset({"r_member_profileAnalytics"}),
                rule=rules.served_since("20250401"),
                params={"start": "optional", "count": "optional"},
                source=SOURCE,
            ),
            Method(
                name="FINDER-dateRange",
                handler=_find_by_day,
                scopes=frozenset({"r_member_profileAnalytics"}),
                rule=rules.served_since("20250501"),
                params={"dateRange": "required", "start": "optional", "count": "optional"},
                source=SOURCE,
            ),
        ),
    ),
)
