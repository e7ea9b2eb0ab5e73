"""`/rest/peopleTypeahead`. In this sandbox every member follows every page."""

import re
from typing import Any, Final

from inroad.sandbox.answers import bad_parameter
from inroad.sandbox.call import Answer, Call
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.actors import organization_of, roles_on, to_world
from inroad.sandbox.resources.paging import page
from inroad.sandbox.resources.refusals import forbidden
from inroad.sandbox.resources.social.access import READER_ROLES
from inroad.sandbox.world import Member

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/community-management/shares/posts-atmention-search-api"
MOST: Final = 10
FEWEST_WITH_BREAK: Final = 6
_BREAK = re.compile(r"[ .]")


def require_page(call: Call) -> None:
    """Refuse a page that the caller has no say in."""
    urn = to_world(call, call.params["organization"])
    if urn is None or organization_of(call.world, urn) is None:
        raise bad_parameter("PARAM_INVALID", "organization")
    if READER_ROLES.isdisjoint(roles_on(call, urn)):
        raise forbidden("the organization")


def _find_followers(call: Call) -> Answer:
    require_page(call)
    keywords = call.params["keywords"]
    if not isinstance(keywords, str) or not _is_searchable(keywords):
        raise bad_parameter("PARAM_INVALID", "keywords")
    found = [m for m in call.world.members.values() if _fits(m, keywords.lower())][:MOST]
    return Answer(body=page(call, found, lambda m: _view(call, m)))


def _is_searchable(keywords: str) -> bool:
    """Tell whether LinkedIn would look for this. UNCONFIRMED: a client's own rule."""
    breaks = len(_BREAK.findall(keywords))
    return bool(keywords.strip()) and breaks <= 1 and (not breaks or len(keywords) >= FEWEST_WITH_BREAK)


def _fits(member: Member, keywords: str) -> bool:
    names = (member.first_name, member.last_name, f"{member.first_name} {member.last_name}")
    return any(name.lower().startswith(keywords) for name in names)


def _view(call: Call, member: Member) -> dict[str, Any]:
    view = {
        "member": call.person_urn(member.id),
        "firstName": member.first_name,
        "lastName": member.last_name,
        "headline": member.headline,
    }
    return view if member.picture == "none" else {**view, "photo": f"urn:li:image:{member.picture}"}


RESOURCES: Final = (
    Resource(
        path="peopleTypeahead",
        bases=frozenset({"rest"}),
        key="urn",
        methods=(
            Method(
                name="FINDER-organizationFollowers",
                handler=_find_followers,
                scopes=frozenset({"r_organization_followers"}),
                params={"keywords": "required", "organization": "required", "start": "optional", "count": "optional"},
                source=SOURCE,
            ),
        ),
    ),
)
