"""Daily quotas: counters per endpoint for the app and for each member of the app, emptied at 00:00 UTC.

Source: "Rate Limiting", learn.microsoft.com /linkedin/shared/api-guide/concepts/rate-limits. How large they are is in
`contract/limits.py`, chosen by the switch `quota.profile`; single endpoints can be given caps of their own.
"""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import msgspec

from inroad.contract.limits import GUIDE_QUOTAS, QUOTAS, Quota
from inroad.sandbox import answers
from inroad.sandbox.call import Call
from inroad.sandbox.world import World


class Cap(msgspec.Struct, kw_only=True):
    """Calls per UTC day that somebody set for one endpoint; None: unlimited."""

    per_app: int | None = None
    per_member: int | None = None


class Counters(msgspec.Struct):
    """Calls of the UTC day `day`: by `app endpoint`, and by `app endpoint member`."""

    day: str = ""
    calls: dict[str, int] = {}
    caps: dict[str, Cap] = {}  # by endpoint, such as "posts.CREATE"


def count(call: Call) -> None:
    """Count one call against the quotas of its endpoint, or refuse it with 429; a refused call is not counted."""
    counters = today(call.world)
    cap, endpoint = _cap(call, counters)
    app_key = f"{call.grant.app.client_id} {endpoint}"
    member_key = f"{app_key} {call.grant.member.id}" if call.grant.member is not None else ""
    calls = counters.calls
    if cap.per_app is not None and calls.get(app_key, 0) >= cap.per_app:
        raise answers.throttled("APPLICATION", "DAY")
    if member_key and cap.per_member is not None and calls.get(member_key, 0) >= cap.per_member:
        raise answers.throttled("APPLICATION_AND_MEMBER", "DAY")
    calls[app_key] = calls.get(app_key, 0) + 1
    if member_key:
        calls[member_key] = calls.get(member_key, 0) + 1


def left(call: Call) -> int | None:
    """Return how many calls the app has left at this endpoint today, None without a limit."""
    counters = today(call.world)
    cap, endpoint = _cap(call, counters)
    if cap.per_app is None:
        return None
    return max(0, cap.per_app - counters.calls.get(f"{call.grant.app.client_id} {endpoint}", 0))


def seconds_to_reset(now: datetime) -> int:
    """Return the whole seconds until the next 00:00 UTC."""
    midnight = datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), time(), UTC)
    return int((midnight - now).total_seconds())


def today(world: World) -> Counters:
    """Return the world's counters, emptied when its day has changed."""
    counters = world.state(Counters)
    day = world.clock.now().date().isoformat()
    if counters.day != day:
        counters.day, counters.calls = day, {}
    return counters


def usage(world: World) -> list[dict[str, Any]]:
    """Return what the portal's Analytics tab would show: endpoints that were called today, and nothing else."""
    rows: list[dict[str, Any]] = []
    for key, calls in sorted(today(world).calls.items()):
        app, endpoint, *member = key.split(" ")
        rows.append({"app": app, "endpoint": endpoint, "member": member[0] if member else None, "calls": calls})
    return rows


def _cap(call: Call, counters: Counters) -> tuple[Cap | Quota, str]:
    """Return the cap in force and the endpoint that it counts."""
    endpoint = f"{call.resource}.{call.method}"
    own = counters.caps.get(endpoint)
    if own is not None:
        return own, endpoint
    profile = str(call.switches["quota.profile"])
    if profile == "guide":
        # The tutorial counts by resource, whatever the method.
        guide = GUIDE_QUOTAS.get(call.resource)
        return (guide, call.resource) if guide is not None else (QUOTAS["off"], endpoint)
    if profile == "standard" and call.grant.app.tier == "development":
        profile = "development"
    return QUOTAS[profile], endpoint
