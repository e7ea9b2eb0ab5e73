"""`me`, `people`, `userinfo`, `emailAddress`, `clientAwareMemberHandles`, `connections`."""

from typing import Any, Final

from inroad.sandbox.answers import bad_query
from inroad.sandbox.call import Answer, Call, Value
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.actors import scope_refusal, to_world
from inroad.sandbox.resources.batches import batch
from inroad.sandbox.resources.messages.state import connections_of
from inroad.sandbox.resources.paging import page
from inroad.sandbox.resources.profile.rules import check_fields
from inroad.sandbox.resources.profile.views import claims, email_urn, member_view
from inroad.sandbox.resources.projection import masked, projected, projection_of
from inroad.sandbox.resources.refusals import not_found
from inroad.sandbox.world import Member

PROFILE_SOURCE: Final = "learn.microsoft.com /linkedin/shared/integrations/people/profile-api"
EMAIL_SOURCE: Final = "learn.microsoft.com /linkedin/shared/integrations/people/primary-contact-api"
OPENID_SOURCE: Final = "learn.microsoft.com /linkedin/consumer/integrations/self-serve/sign-in-with-linkedin-v2"

_LEGACY: Final = frozenset(("r_liteprofile", "r_basicprofile", "r_fullprofile", "r_compliance"))
_BASIC: Final = ("r_basicprofile", "r_fullprofile", "r_compliance")


def _may_read_me(call: Call) -> None:
    used = call.grant.scopes & _LEGACY
    if not used and call.switches["profile.me_scope"] == "legacy_only":
        raise scope_refusal(call)
    call.used_scopes.update(used or {"profile"})


def _shown(call: Call, member: Member) -> dict[str, Any]:
    is_basic = call.grant.has_any(*_BASIC)
    view = member_view(call, member, is_basic=is_basic)
    text = call.params.get("projection")
    if not isinstance(text, str):
        return view
    asked = {part.name for part in projection_of(text)}
    check_fields(asked, is_basic=is_basic, policy=str(call.switches["profile.full_fields"]))
    result: dict[str, Any] = masked(call, view, text)
    if call.switches.is_on("projection.add_localized_names") and ("firstName" in asked or "lastName" in asked):
        result |= {name: view[name] for name in ("localizedFirstName", "localizedLastName")}
    return result


def _get_me(call: Call) -> Answer:
    return Answer(body=_shown(call, call.member))


def _person(call: Call, key: Value | None) -> dict[str, Any]:
    if not isinstance(key, dict) or not isinstance(key.get("id"), str):
        raise bad_query()
    member = call.member_named(f"urn:li:person:{key['id']}")
    if member is None:
        raise not_found()
    if member is not call.member:
        raise scope_refusal(call)  # other members: restricted to approved apps
    return _shown(call, member)


def _get_person(call: Call) -> Answer:
    return Answer(body=_person(call, call.key))


def _get_people(call: Call) -> Answer:
    answer = batch(call, lambda key: _person(call, key))
    return Answer(body={**answer.body, "statuses": {}})  # empty in every recorded answer


def _get_userinfo(call: Call) -> Answer:
    call.used_scopes.update(call.grant.scopes & {"openid", "profile", "email"})
    return Answer(body=claims(call, call.member))


def _handle(call: Call) -> dict[str, Any]:
    return {"handle": email_urn(call.member)}


def _find_email(call: Call) -> Answer:
    body = {"elements": [_handle(call)]}
    text = call.params.get("projection")
    if not isinstance(text, str):
        return Answer(body=body)
    policy = call.switches["projection.bad_email_mask"]
    if policy != "empty" and all(part.name != "elements" for part in projection_of(text)):
        call.remarks.append("projection: names nothing of the finder's answer; it should be (elements*(handle~))")
        if policy == "error400":
            raise bad_query()
        # What the founding tutorial expects; LinkedIn does not answer like this.
        return Answer(body={"elements": [{**_handle(call), "emailAddress": call.member.email}]})
    return Answer(body=masked(call, body, text))


def _find_handles(call: Call) -> Answer:
    return Answer(body={"elements": [{**_handle(call), "type": "EMAIL", "primary": True}]})


def _get_connections(call: Call) -> Answer:
    if to_world(call, call.key) != f"urn:li:person:{call.member.id}":
        raise scope_refusal(call)
    return Answer(body={"firstDegreeSize": call.member.connections})


def _find_connections(call: Call) -> Answer:
    """Answer the member's connections as far as they are members of this world."""
    found = connections_of(call.world, call.member)
    return Answer(body=page(call, found, lambda other: {"to": call.person_urn(other.id)}, total=True))


RESOURCES: Final = (
    Resource(
        path="me",
        bases=frozenset({"v2", "rest"}),
        methods=(
            Method(
                name="GET",
                handler=_get_me,
                scopes=_LEGACY | {"profile"},
                rule=_may_read_me,
                params={"projection": "optional"},
                source=PROFILE_SOURCE,
            ),
        ),
    ),
    Resource(
        path="people",
        bases=frozenset({"v2", "rest"}),
        key="compound",
        methods=(
            Method(
                name="GET",
                handler=_get_person,
                scopes=_LEGACY,
                params={"projection": "optional"},
                source=PROFILE_SOURCE,
            ),
            Method(
                name="BATCH_GET",
                handler=_get_people,
                scopes=_LEGACY,
                params={"projection": "optional"},
                source=PROFILE_SOURCE,
            ),
        ),
    ),
    Resource(
        path="userinfo",
        bases=frozenset({"v2"}),
        methods=(Method(name="GET", handler=_get_userinfo, scopes=frozenset({"openid"}), source=OPENID_SOURCE),),
    ),
    Resource(
        path="emailAddress",
        bases=frozenset({"v2"}),
        methods=(
            Method(
                name="FINDER-members",
                handler=_find_email,
                scopes=frozenset({"r_emailaddress"}),
                params={"projection": "optional"},
                source=EMAIL_SOURCE,
            ),
        ),
        key="urn",
    ),
    Resource(
        path="clientAwareMemberHandles",
        bases=frozenset({"v2"}),
        methods=(
            Method(
                name="FINDER-members",
                handler=projected(_find_handles),
                scopes=frozenset({"r_emailaddress"}),
                params={"projection": "optional"},
                source=EMAIL_SOURCE,
            ),
        ),
        key="urn",
    ),
    Resource(
        path="connections",
        bases=frozenset({"v2"}),
        key="urn",
        methods=(
            Method(
                name="GET",
                handler=_get_connections,
                scopes=frozenset({"r_1st_connections_size"}),
                source="learn.microsoft.com /linkedin/shared/integrations/people/connections-api",
            ),
            Method(
                name="FINDER-viewer",
                handler=projected(_find_connections),
                scopes=frozenset({"r_1st_connections", "r_compliance"}),
                params={"projection": "optional", "start": "optional", "count": "optional"},
                source="learn.microsoft.com /linkedin/shared/integrations/people/connections-api",
            ),
        ),
    ),
)
