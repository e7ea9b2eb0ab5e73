"""`organizations`, `organizationsLookup`, `networkSizes`."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from inroad.sandbox.answers import bad_parameter
from inroad.sandbox.call import Answer, Call, Value
from inroad.sandbox.records import STRING, Enum, Field, Record
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.actors import organization_of, roles_on, scope_refusal, scopes_today
from inroad.sandbox.resources.batches import batch
from inroad.sandbox.resources.organization_brands.routes import children_of
from inroad.sandbox.resources.organizations.rules import (
    ADMIN_SCOPES,
    ANY_ORGANIZATION_SCOPE,
    number_of,
    with_email_domain,
    with_vanity_name,
)
from inroad.sandbox.resources.organizations.views import STAFF_RANGES, admin_view, public_view
from inroad.sandbox.resources.paging import page
from inroad.sandbox.resources.projection import projected
from inroad.sandbox.resources.refusals import forbidden, not_found
from inroad.sandbox.world import Organization

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/community-management/organizations/organization-lookup-api"
ORGANIZATION: Final = Record(
    "Organization",
    (
        Field("localizedDescription", STRING, required=False),
        Field("localizedWebsite", STRING, required=False),
        Field("staffCountRange", Enum(*STAFF_RANGES), required=False),
    ),
)
"""What the extension lets an administrator change."""

_EDGES: Final = {
    "rest": ("COMPANY_FOLLOWED_BY_MEMBER",),
    "v2": ("CompanyFollowedByMember", "COMPANY_FOLLOWED_BY_MEMBER"),
}


def _known(call: Call, number: int) -> Organization:
    found = call.world.organizations.get(number)
    if found is None:
        raise not_found()
    return found


def _administered(call: Call, number: int) -> dict[str, Any]:
    found = _known(call, number)
    if "ADMINISTRATOR" not in roles_on(call, f"urn:li:organization:{number}"):
        # UNCONFIRMED: the body of a 403 for a missing role.
        raise forbidden("the organization")
    return admin_view(found)


def _get(call: Call) -> Answer:
    return Answer(body=_administered(call, number_of(call.key)))


def _batch_get(call: Call) -> Answer:
    return batch(call, lambda key: _administered(call, number_of(key)))


def _look_up(call: Call) -> Answer:
    return batch(call, lambda key: public_view(_known(call, number_of(key))))


def _may_update(call: Call) -> None:
    # LinkedIn's reference documents no writes to pages; its overview speaks of them.
    if not call.switches.is_on("x-sandbox-extensions"):
        raise scope_refusal(call)


def _update(call: Call) -> Answer:
    found = _known(call, number_of(call.key))
    _administered(call, found.id)
    changes = call.body["patch"].get("$set", {})
    found.description = changes.get("localizedDescription", found.description)
    found.website = changes.get("localizedWebsite", found.website)
    found.size = changes.get("staffCountRange", found.size)
    return Answer(status=204)


def _finder(
    param: str, search: Callable[[Iterable[Organization], str], list[Organization]]
) -> Callable[[Call], Answer]:
    def find(call: Call) -> Answer:
        wanted = call.params.get(param)
        if not isinstance(wanted, str):
            raise bad_parameter("PARAM_INVALID", param)
        return Answer(body=page(call, search(call.world.organizations.values(), wanted), public_view))

    return find


def _find_children(call: Call) -> Answer:
    return Answer(body=page(call, children_of(call, call.params["parent"]), admin_view, total=True))


def _network_size(call: Call) -> Answer:
    if call.params.get("edgeType") not in _EDGES[call.base]:
        raise bad_parameter("PARAM_INVALID", "edgeType")
    found = _organization_of_key(call, call.key)
    return Answer(body={"firstDegreeSize": found.followers})


def _organization_of_key(call: Call, key: Value | None) -> Organization:
    if not isinstance(key, str) or key.startswith(("urn:li:person:", "urn:li:member:")):
        raise scope_refusal(call)  # undocumented, though some clients ask for it
    try:
        found = organization_of(call.world, key)
    except ValueError:
        found = None
    if found is None:
        raise not_found()
    return found


RESOURCES: Final = (
    Resource(
        path="organizations",
        bases=frozenset({"v2", "rest"}),
        key="number",
        methods=(
            Method(
                name="GET",
                handler=projected(_get),
                scopes=ANY_ORGANIZATION_SCOPE,
                rule=scopes_today(*ADMIN_SCOPES),
                params={"projection": "optional"},
                source=SOURCE,
            ),
            Method(
                name="BATCH_GET",
                handler=projected(_batch_get),
                scopes=ANY_ORGANIZATION_SCOPE,
                rule=scopes_today(*ADMIN_SCOPES),
                params={"projection": "optional"},
                source=SOURCE,
            ),
            Method(
                name="PARTIAL_UPDATE",
                handler=_update,
                scopes=frozenset({"rw_organization_admin"}),
                rule=_may_update,
                body=ORGANIZATION,
                source=SOURCE,
            ),
            Method(
                name="FINDER-vanityName",
                handler=projected(_finder("vanityName", with_vanity_name)),
                scopes=ANY_ORGANIZATION_SCOPE,
                params={"vanityName": "required", "start": "optional", "count": "optional", "projection": "optional"},
                source=SOURCE,
            ),
            Method(
                name="FINDER-emailDomain",
                handler=projected(_finder("emailDomain", with_email_domain)),
                scopes=ANY_ORGANIZATION_SCOPE,
                params={"emailDomain": "required", "start": "optional", "count": "optional", "projection": "optional"},
                source=SOURCE,
            ),
            Method(
                name="FINDER-parentOrganization",
                handler=projected(_find_children),
                scopes=frozenset(ADMIN_SCOPES),
                compat_scopes=ANY_ORGANIZATION_SCOPE,
                params={"parent": "required", "start": "optional", "count": "optional", "projection": "optional"},
                source=SOURCE,
            ),
        ),
    ),
    Resource(
        path="organizationsLookup",
        bases=frozenset({"rest"}),
        key="number",
        methods=(Method(name="BATCH_GET", handler=_look_up, source=SOURCE),),
    ),
    Resource(
        path="networkSizes",
        bases=frozenset({"v2", "rest"}),
        key="urn",
        methods=(
            Method(
                name="GET",
                handler=_network_size,
                scopes=ANY_ORGANIZATION_SCOPE,
                params={"edgeType": "required"},
                source=SOURCE,
            ),
        ),
    ),
)
