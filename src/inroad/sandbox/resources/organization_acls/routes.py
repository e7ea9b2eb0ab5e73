"""`organizationAcls` and the legacy `organizationalEntityAcls`."""

from typing import Any, Final

from inroad.sandbox.answers import bad_parameter
from inroad.sandbox.call import Answer, Call
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.actors import organization_of, roles_on, scopes_today, to_world
from inroad.sandbox.resources.organizations.rules import ADMIN_SCOPES, ANY_ORGANIZATION_SCOPE
from inroad.sandbox.resources.paging import page
from inroad.sandbox.resources.projection import projected
from inroad.sandbox.resources.refusals import forbidden
from inroad.sandbox.world import Organization, Role

SOURCE: Final = (
    "learn.microsoft.com /linkedin/marketing/community-management/organizations/organization-access-control-by-role"
)
_SPELLINGS: Final = {
    "CONTENT_ADMIN": "CONTENT_ADMINISTRATOR",
    "LEAD_GEN_FORM_MANAGER": "LEAD_GEN_FORMS_MANAGER",
}
"""What some pages and clients write -> what is answered, the spelling of "Organization Access Control by Role"."""


def _spelled(role: str) -> str:
    return _SPELLINGS.get(role, role)


def _matches(call: Call, role: Role) -> bool:
    wanted, state = call.params.get("role"), call.params.get("state")
    if isinstance(wanted, str) and _spelled(wanted) != _spelled(role.role):
        return False
    return not isinstance(state, str) or state == role.state


def _view(call: Call, found: Organization, role: Role) -> dict[str, Any]:
    urn = f"urn:li:organization:{found.id}"
    view = {"roleAssignee": call.person_urn(role.member), "state": role.state, "role": _spelled(role.role)}
    if call.resource == "organizationalEntityAcls":
        return {**view, "organizationalTarget": urn}
    # One name was recorded without paging parameters, the other with them: both, and clients read either.
    return {**view, "organization": urn, "organizationTarget": urn}


def _find_own(call: Call) -> Answer:
    assignee = call.params.get("roleAssignee")
    if assignee is not None and to_world(call, assignee) != f"urn:li:person:{call.member.id}":
        raise forbidden("the organizationAcls")
    held = [
        (found, role)
        for found in call.world.organizations.values()
        for role in found.roles
        if role.member == call.member.id and _matches(call, role)
    ]
    return Answer(body=page(call, held, lambda pair: _view(call, *pair)))


def _find_of_organization(call: Call) -> Answer:
    urn = to_world(call, call.params.get("organization"))
    found = None if urn is None else organization_of(call.world, urn)
    if urn is None or found is None:
        raise bad_parameter("PARAM_INVALID", "organization")
    if "ADMINISTRATOR" not in roles_on(call, urn):
        raise forbidden("the organizationAcls")
    held = [(found, role) for role in found.roles if _matches(call, role)]
    return Answer(body=page(call, held, lambda pair: _view(call, *pair), total=True))


def _own() -> Method:
    return Method(
        name="FINDER-roleAssignee",
        handler=projected(_find_own),
        scopes=ANY_ORGANIZATION_SCOPE,
        rule=scopes_today(*ADMIN_SCOPES),
        params={
            "roleAssignee": "optional",
            "role": "optional",
            "state": "optional",
            "start": "optional",
            "count": "optional",
            "projection": "optional",
        },
        source=SOURCE,
    )


RESOURCES: Final = (
    Resource(
        path="organizationAcls",
        bases=frozenset({"v2", "rest"}),
        key="compound",
        methods=(
            _own(),
            Method(
                name="FINDER-organization",
                handler=projected(_find_of_organization),
                scopes=ANY_ORGANIZATION_SCOPE,
                rule=scopes_today(*ADMIN_SCOPES),
                params={
                    "organization": "required",
                    "role": "optional",
                    "state": "optional",
                    "start": "optional",
                    "count": "optional",
                    "projection": "optional",
                },
                source=SOURCE,
            ),
        ),
    ),
    Resource(
        path="organizationalEntityAcls",
        bases=frozenset({"v2"}),
        key="compound",
        methods=(_own(),),
    ),
)
