"""`/v2/companySearch`. UNCONFIRMED: who may call it and how it ranks; a recorded answer would confirm them."""

from typing import Any, Final

from inroad.sandbox.answers import bad_parameter
from inroad.sandbox.call import Answer, Call
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.metrics.access import ADMINISTRATION
from inroad.sandbox.resources.paging import page
from inroad.sandbox.resources.projection import projected
from inroad.sandbox.world import Organization

SOURCE: Final = "learn.microsoft.com /linkedin/shared/integrations/organizations/company-search"
MOST: Final = 25


def _search(call: Call) -> Answer:
    query = call.params["query"]
    if not isinstance(query, str) or not query.strip():
        raise bad_parameter("PARAM_INVALID", "query")
    words = query.lower().split()
    found = [o for o in call.world.organizations.values() if all(word in o.name.lower() for word in words)]
    found.sort(key=lambda o: -o.followers)
    return Answer(body=page(call, found, _view, total=True, most=MOST))


def _view(organization: Organization) -> dict[str, Any]:
    return {"entity": f"urn:li:organization:{organization.id}"}


RESOURCES: Final = (
    Resource(
        path="companySearch",
        bases=frozenset({"v2"}),
        key="urn",
        methods=(
            Method(
                name="FINDER-search",
                handler=projected(_search),
                params={"query": "required", "start": "optional", "count": "optional", "projection": "optional"},
                source=SOURCE,
                **ADMINISTRATION,
            ),
        ),
    ),
)
