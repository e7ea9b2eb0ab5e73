"""`organizationAuthorizations`."""

from typing import Any, Final

from inroad.sandbox.answers import bad_parameter, bad_path
from inroad.sandbox.call import Answer, Call, Value
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.actors import organization_of, roles_on, to_world
from inroad.sandbox.resources.batches import batch
from inroad.sandbox.resources.metrics.access import ADMINISTRATION
from inroad.sandbox.resources.organization_authorizations.rules import action_of, is_open
from inroad.sandbox.resources.refusals import forbidden, not_found

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/community-management/organizations/organization-authorizations"
_APPROVED: Final = "com.linkedin.organization.Approved"
_DENIED: Final = "com.linkedin.organization.Denied"  # UNCONFIRMED: the name; clients test for the other one only


def _view(call: Call, organization: str, action: tuple[str, str]) -> dict[str, Any]:
    family, kind = action
    granted = is_open(action, roles_on(call, organization))
    return {
        "impersonator": call.person_urn(call.member.id),
        "organization": organization,
        "action": {family: {"actionType": kind}},
        "status": {_APPROVED if granted else _DENIED: {}},
    }


def _one(call: Call, key: Value | None) -> dict[str, Any]:
    if not isinstance(key, dict) or set(key) != {"impersonator", "organization", "action"}:
        raise bad_path()
    if to_world(call, key["impersonator"]) != f"urn:li:person:{call.member.id}":
        raise forbidden("the organizationAuthorizations")
    action = action_of(key["action"], param="action")
    organization = to_world(call, key["organization"])
    if organization is None or organization_of(call.world, organization) is None:
        raise not_found()
    return _view(call, organization, action)


def _get(call: Call) -> Answer:
    return Answer(body=_one(call, call.key))


def _batch_get(call: Call) -> Answer:
    return batch(call, lambda key: _one(call, key))


def _find(call: Call) -> Answer:
    """Answer one list for each action: the pages on which it is open."""
    wanted = call.params["authorizationActions"]
    if not isinstance(wanted, list):
        raise bad_parameter("PARAM_INVALID", "authorizationActions")
    impersonator = call.params.get("impersonator")
    if impersonator is not None and to_world(call, impersonator) != f"urn:li:person:{call.member.id}":
        raise forbidden("the organizationAuthorizations")
    pages = [f"urn:li:organization:{number}" for number in call.world.organizations]
    lists: list[dict[str, Any]] = []
    for index, criteria in enumerate(wanted):
        place = f"authorizationActions[{index}]"
        inner = criteria.get("authorizationAction", criteria) if isinstance(criteria, dict) else None
        action = action_of(inner, param=place)
        found = [_view(call, page, action) for page in pages if is_open(action, roles_on(call, page))]
        lists.append({"elements": found, "paging": {"start": 0, "count": 10, "links": []}})
    return Answer(body={"elements": lists})


RESOURCES: Final = (
    Resource(
        path="organizationAuthorizations",
        bases=frozenset({"v2", "rest"}),
        key="compound",
        methods=(
            Method(name="GET", handler=_get, source=SOURCE, **ADMINISTRATION),
            Method(name="BATCH_GET", handler=_batch_get, source=SOURCE, **ADMINISTRATION),
            Method(
                name="BATCH_FINDER-authorizationActionsAndImpersonator",
                handler=_find,
                params={"authorizationActions": "required", "impersonator": "optional"},
                source=SOURCE,
                **ADMINISTRATION,
            ),
        ),
    ),
)
