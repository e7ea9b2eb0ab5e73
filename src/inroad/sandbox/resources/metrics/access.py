"""Whose statistics a call may read, and for which time."""

from typing import Any, Final

from inroad.sandbox.answers import bad_parameter
from inroad.sandbox.call import Call, Value
from inroad.sandbox.resources.actors import organization_of, roles_on, to_world
from inroad.sandbox.resources.organizations.rules import ADMIN_SCOPES, ANY_ORGANIZATION_SCOPE
from inroad.sandbox.resources.refusals import forbidden
from inroad.sandbox.resources.statistics.rules import Asked, asked
from inroad.sandbox.world import Organization

ADMINISTRATION: Final[dict[str, Any]] = {
    "scopes": frozenset(ADMIN_SCOPES),
    "compat_scopes": ANY_ORGANIZATION_SCOPE,
}
"""The scopes of a page's reports, for `Method`."""


def administered_page(call: Call, param: str, *kinds: str) -> Organization:
    """Return the page that a parameter names, of which the caller must be an administrator."""
    urn = call.params.get(param)
    is_kind = isinstance(urn, str) and urn.startswith(tuple(f"urn:li:{kind}:" for kind in kinds))
    named = to_world(call, urn) if is_kind else None
    found = None if named is None else organization_of(call.world, named)
    if named is None or found is None:
        raise bad_parameter("PARAM_INVALID", param)
    if "ADMINISTRATOR" not in roles_on(call, named):
        raise forbidden("the organization")
    return found


def intervals_of(call: Call, *granularities: str) -> Asked | None:
    """Return the time intervals that a call asks for, None for a lifetime's statistics."""
    sent: Value | None = call.params.get("timeIntervals")
    if sent is None:
        return None
    wanted = asked(sent)
    if wanted is None or wanted.granularity not in granularities:
        raise bad_parameter("PARAM_INVALID", "timeIntervals")
    return wanted


def elements(found: list[dict[str, Any]]) -> dict[str, Any]:
    """Return statistics as their finders answer them: all at once, without a total."""
    return {"paging": {"start": 0, "count": 10, "links": []}, "elements": found}
