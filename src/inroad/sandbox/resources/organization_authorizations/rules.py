"""Which role opens which action on a page.

Source: "Organization Authorizations", learn.microsoft.com
/linkedin/marketing/community-management/organizations/organization-authorizations
"""

from collections.abc import Mapping
from typing import Final

from inroad.sandbox.answers import bad_parameter
from inroad.sandbox.call import Value
from inroad.sandbox.resources.actors import POSTING_ROLES

_ADMINISTRATORS: Final = frozenset({"ADMINISTRATOR"})
_ANALYSTS: Final = _ADMINISTRATORS | {"ANALYST"}
_MANAGED: Final = (
    "ADMINISTRATOR",
    "DIRECT_SPONSORED_CONTENT_POSTER",
    "PIPELINE_BUILDER",
    "PENDING_ADMIN",
    "PENDING_DIRECT_SPONSORED_CONTENT_POSTER",
)

# UNCONFIRMED: which roles open what; the page lists the actions, more exist.
_ACTIONS: Final[Mapping[str, Mapping[str, frozenset[str]]]] = {
    "organizationRoleAuthorizationAction": {
        f"{role}_{what}": _ADMINISTRATORS for role in _MANAGED for what in ("READ", "WRITE")
    },
    "organizationContentAuthorizationAction": dict.fromkeys(
        ("ORGANIC_SHARE_CREATE", "ORGANIC_SHARE_EDIT", "ORGANIC_SHARE_DELETE", "ORGANIC_SHARE_VIEW_AS_AUTHOR"),
        POSTING_ROLES,
    ),
    "organizationAnalyticsAuthorizationAction": dict.fromkeys(
        ("UPDATE_ANALYTICS_READ", "FOLLOWER_ANALYTICS_READ", "VISITOR_ANALYTICS_READ"), _ANALYSTS
    ),
}


def action_of(value: Value | None, *, param: str) -> tuple[str, str]:
    """Return family and type of an action, such as `(organizationContentAuthorizationAction:(actionType:X))`."""
    if not isinstance(value, dict) or len(value) != 1:
        raise bad_parameter("PARAM_INVALID", param)
    family, inner = next(iter(value.items()))
    family = family[:1].lower() + family[1:]  # an older sample writes it with a capital
    kind = inner.get("actionType") if isinstance(inner, dict) else None
    if not isinstance(kind, str) or kind not in _ACTIONS.get(family, {}):
        raise bad_parameter("PARAM_INVALID", param)
    return family, kind


def is_open(action: tuple[str, str], roles: frozenset[str]) -> bool:
    """Tell whether one of the roles opens the action."""
    family, kind = action
    return not _ACTIONS[family][kind].isdisjoint(roles)
