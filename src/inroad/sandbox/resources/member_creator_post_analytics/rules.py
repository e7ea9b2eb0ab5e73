"""What the three member analytics share: who gets them at all, and days and targets as they ask for them.

Source: "Member Post Statistics", learn.microsoft.com
/linkedin/marketing/community-management/members/post-statistics
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from inroad.sandbox.answers import bad_parameter, no_such_route
from inroad.sandbox.call import Call, Value
from inroad.sandbox.resource import ScopeRule
from inroad.sandbox.resources.metrics.posts import Tally
from inroad.sandbox.resources.posts.state import Post, Posts
from inroad.sandbox.resources.refusals import forbidden, not_found
from inroad.sandbox.resources.statistics.rules import Interval

STRING_METRICS_SINCE: Final = "20260501"
_KEYS: Final = {"share": "share", "ugc": "ugcPost"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The post that a call is about, and the key under which it named it."""

    key: str
    urn: str
    post: Post

    def to_wire(self) -> dict[str, str]:
        """Return the target as elements show it."""
        return {self.key: self.urn}


def served_since(version: str) -> ScopeRule:
    """Return a rule that hides a resource from older versions and, by switch, from apps of the development tier."""

    def rule(call: Call) -> None:
        is_closed = call.grant.app.tier == "development" and call.switches["analytics.member_in_dev_tier"] == "404"
        if is_closed or (call.version or "") < version:
            raise no_such_route()
        call.used_scopes.update(s for s in call.grant.scopes if s.startswith("r_member_") and s.endswith("Analytics"))

    return rule


def target_of(call: Call) -> Target:
    """Return the member's own post that `entity=(share:...)` or `entity=(ugc:...)` names."""
    sent = call.params["entity"]
    if not isinstance(sent, dict) or len(sent) != 1:
        raise bad_parameter("PARAM_INVALID", "entity")
    key, urn = next(iter(sent.items()))
    if key not in _KEYS or not isinstance(urn, str) or not urn.startswith(f"urn:li:{_KEYS[key]}:"):
        raise bad_parameter("PARAM_INVALID", "entity")
    post = call.world.state(Posts).live(urn)
    if post is None:
        raise not_found()
    if post.author != f"urn:li:person:{call.member.id}":
        raise forbidden("the UGC")
    return Target(key=key, urn=urn, post=post)


def span_of(call: Call) -> Interval | None:
    """Return the days of `dateRange`, whose end is exclusive; None when it is left out."""
    sent = call.params.get("dateRange")
    if sent is None:
        return None
    first, end = (_day(sent.get(name)) if isinstance(sent, dict) else None for name in ("start", "end"))
    if first is None or end is None or end <= first:
        raise bad_parameter("PARAM_INVALID", "dateRange")
    return Interval(first, end)


def days_in(span: Interval | None, days: Mapping[date, Tally], today: date) -> list[Interval]:
    """Return the single days of a span, or from the first day with numbers to today."""
    first = span.first if span is not None else min(days, default=today)
    end = min(span.end if span is not None else today + timedelta(days=1), today + timedelta(days=1))
    return [
        Interval(first + timedelta(days=n), first + timedelta(days=n + 1)) for n in range(max(0, (end - first).days))
    ]


def span_to_wire(span: Interval | None) -> dict[str, Any]:
    """Return a span as dates; an empty object for all time."""
    return {} if span is None else {"start": date_to_wire(span.first), "end": date_to_wire(span.end)}


def date_to_wire(day: date) -> dict[str, int]:
    """Return a day as LinkedIn writes dates."""
    return {"year": day.year, "month": day.month, "day": day.day}


def metric_to_wire(call: Call, kind: str, union_key: str) -> Any:
    """Return a metric's name: a text since version 202605, an object with one long key before."""
    return kind if (call.version or "") >= STRING_METRICS_SINCE else {union_key: kind}


def _day(sent: Value | None) -> date | None:
    if not isinstance(sent, dict):
        return None
    try:
        return date(*(int(str(sent.get(name))) for name in ("year", "month", "day")))
    except (ValueError, OverflowError):
        return None
