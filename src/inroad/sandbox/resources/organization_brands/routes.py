"""`organizationBrands`, `organizationBrandsLookup`."""

from typing import Any, Final

from inroad.sandbox.answers import bad_parameter
from inroad.sandbox.call import Answer, Call, Value
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.actors import organization_of, roles_on, to_world
from inroad.sandbox.resources.batches import batch
from inroad.sandbox.resources.metrics.access import ADMINISTRATION
from inroad.sandbox.resources.organizations.rules import number_of, with_vanity_name
from inroad.sandbox.resources.organizations.views import admin_view, public_view
from inroad.sandbox.resources.paging import page
from inroad.sandbox.resources.projection import projected
from inroad.sandbox.resources.refusals import forbidden, not_found
from inroad.sandbox.world import Organization

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/community-management/organizations/organization-lookup-api"


def children_of(call: Call, parent: Value | None) -> list[Organization]:
    """Return the brands of a page, of which the caller must be an administrator."""
    urn = to_world(call, parent)
    found = None if urn is None else organization_of(call.world, urn)
    if urn is None or found is None:
        raise bad_parameter("PARAM_INVALID", "parent")
    if "ADMINISTRATOR" not in roles_on(call, urn):
        raise forbidden("the organization")
    return [brand for brand in call.world.organizations.values() if brand.parent == found.id]


def _brand(call: Call, key: Value | None) -> Organization:
    found = call.world.organizations.get(number_of(key))
    if found is None or found.parent is None:
        raise not_found()
    return found


def _administered(call: Call, key: Value | None) -> dict[str, Any]:
    found = _brand(call, key)
    if "ADMINISTRATOR" not in roles_on(call, f"urn:li:organization:{found.id}"):
        raise forbidden("the organization")
    return admin_view(found)


def _get(call: Call) -> Answer:
    return Answer(body=_administered(call, call.key))


def _batch_get(call: Call) -> Answer:
    return batch(call, lambda key: _administered(call, key))


def _look_up(call: Call) -> Answer:
    return batch(call, lambda key: public_view(_brand(call, key)))


def _find_by_name(call: Call) -> Answer:
    wanted = call.params["vanityName"]
    if not isinstance(wanted, str):
        raise bad_parameter("PARAM_INVALID", "vanityName")
    brands = [b for b in with_vanity_name(call.world.organizations.values(), wanted) if b.parent is not None]
    return Answer(body=page(call, brands, public_view, total=True))


def _find_by_parent(call: Call) -> Answer:
    return Answer(body=page(call, children_of(call, call.params["parent"]), admin_view, total=True))


RESOURCES: Final = (
    Resource(
        path="organizationBrands",
        bases=frozenset({"v2", "rest"}),
        key="number",
        methods=(
            Method(
                name="GET",
                handler=projected(_get),
                params={"projection": "optional"},
                source=SOURCE,
                **ADMINISTRATION,
            ),
            Method(
                name="BATCH_GET",
                handler=projected(_batch_get),
                params={"projection": "optional"},
                source=SOURCE,
                **ADMINISTRATION,
            ),
            Method(
                name="FINDER-vanityName",
                handler=projected(_find_by_name),
                params={"vanityName": "required", "start": "optional", "count": "optional", "projection": "optional"},
                source=SOURCE,
                **ADMINISTRATION,
            ),
            Method(
                name="FINDER-parentOrganization",
                handler=projected(_find_by_parent),
                params={"parent": "required", "start": "optional", "count": "optional", "projection": "optional"},
                source=SOURCE,
                **ADMINISTRATION,
            ),
        ),
    ),
    Resource(
        path="organizationBrandsLookup",
        bases=frozenset({"rest"}),
        key="number",
        methods=(Method(name="BATCH_GET", handler=_look_up, source=SOURCE),),
    ),
)
