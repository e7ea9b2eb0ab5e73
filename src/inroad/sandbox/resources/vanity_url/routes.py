"""`/rest/vanityUrl`."""

from typing import Final
from urllib.parse import unquote, urlsplit

from inroad.sandbox.answers import bad_parameter
from inroad.sandbox.call import Answer, Call
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.paging import page
from inroad.sandbox.resources.people_typeahead.routes import require_page
from inroad.sandbox.resources.refusals import not_found

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/community-management/shares/posts-atmention-search-api"


def _find(call: Call) -> Answer:
    require_page(call)
    address = call.params["vanityUrl"]
    steps = urlsplit(address).path.strip("/").split("/") if isinstance(address, str) else []
    if len(steps) != 2 or steps[0] != "in":
        raise bad_parameter("PARAM_INVALID", "vanityUrl")
    name = unquote(steps[1]).lower()
    found = [m for m in call.world.members.values() if m.vanity_name and m.vanity_name.lower() == name]
    if not found:
        raise not_found()
    return Answer(body=page(call, found, lambda m: {"member": call.person_urn(m.id)}))


RESOURCES: Final = (
    Resource(
        path="vanityUrl",
        bases=frozenset({"rest"}),
        key="urn",
        methods=(
            Method(
                name="FINDER-vanityUrlAsOrganization",
                handler=_find,
                scopes=frozenset({"r_organization_followers"}),
                params={"vanityUrl": "required", "organization": "required", "start": "optional", "count": "optional"},
                source=SOURCE,
            ),
        ),
    ),
)
