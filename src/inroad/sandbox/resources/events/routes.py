"""`/rest/events`: create, get, change, cancel, list by organizer.

UNCONFIRMED throughout: the documentation names inputs and fields, hardly a body. A recorded exchange would confirm it.
"""

from collections.abc import Mapping
from typing import Any, Final

from inroad.common.clock import from_millis, to_millis
from inroad.sandbox.answers import bad_parameter, no_such_route
from inroad.sandbox.call import Answer, Call, Value
from inroad.sandbox.records import ANY, BOOLEAN, LONG, STRING, Enum, Field, Record, UrnOf, invalid_field_values
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.actors import organization_of, roles_on, to_world
from inroad.sandbox.resources.events.state import Event, Events
from inroad.sandbox.resources.locales import multi_locale
from inroad.sandbox.resources.organizations.rules import number_of
from inroad.sandbox.resources.paging import page
from inroad.sandbox.resources.posts.rules import is_web_address
from inroad.sandbox.resources.refusals import bad_content, forbidden, not_found
from inroad.sandbox.shape import member_of

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/event-management/events"
ROLES: Final = frozenset({"ADMINISTRATOR", "CONTENT_ADMINISTRATOR"})
EVENT: Final = Record(
    "Event",
    (
        Field("name", STRING),
        Field("organizer", UrnOf("organization", "organizationBrand"), create_only=True),
        Field("type", Enum("IN_PERSON", "ONLINE_EXTERNAL"), create_only=True),
        Field("startsAt", LONG),
        Field("endsAt", LONG, required=False),
        Field("description", STRING, required=False),
        Field("url", STRING, required=False),
        Field("leadGenFormPrivacyPolicyUrl", STRING, required=False),
        Field("isCancelled", BOOLEAN, required=False),
        *(Field(name, ANY, required=False, read_only=True) for name in ("id", "created", "lastModified")),
    ),
)
_ENDS_REQUIRED_SINCE: Final = "20260501"


def _offered(call: Call) -> None:
    if not call.switches.is_on("events.enabled"):
        raise no_such_route()
    call.used_scopes.update(call.grant.scopes.intersection(_READ_SCOPES))


def _may_create(call: Call) -> None:
    _offered(call)
    organizer = member_of(call.body, "organizer")
    urn = to_world(call, organizer)
    if isinstance(organizer, str) and (urn is None or ROLES.isdisjoint(roles_on(call, urn))):
        raise invalid_field_values(["/organizer"])


def _create(call: Call) -> Answer:
    body = call.body
    if "endsAt" not in body and (call.version or "") >= _ENDS_REQUIRED_SINCE:
        raise bad_content("MISSING_FIELD", "endsAt is required", field="endsAt")
    _check(body, kind=body["type"], starts=body["startsAt"])
    organizer = to_world(call, body["organizer"])
    assert organizer is not None  # the rule has looked
    event = Event(
        id=call.world.new_number() >> 22,
        name=body["name"],
        organizer=organizer,
        kind=body["type"],
        starts_at=from_millis(body["startsAt"]),
        actor=f"urn:li:person:{call.member.id}",
        created_at=call.now,
        modified_at=call.now,
    )
    events = call.world.state(Events).by_id
    while event.id in events:
        event.id += 1
    _apply(event, body)
    events[event.id] = event
    return Answer.created(str(event.id))


def _check(fields: Mapping[str, Any], *, kind: str, starts: int) -> None:
    if not fields.get("name", "x").strip():
        raise bad_content("INVALID_VALUE_BLANK_FIELD", "name cannot be blank", field="name")
    if "endsAt" in fields and fields["endsAt"] <= starts:
        raise bad_content("INVALID_VALUE_FOR_FIELD", "endsAt must be after startsAt", field="endsAt")
    if kind == "ONLINE_EXTERNAL" and not is_web_address(fields.get("url", "")):
        raise bad_content("INVALID_URL", "an online event needs a url", field="url", sent=fields.get("url", ""))


def _apply(event: Event, fields: Mapping[str, Any]) -> None:
    event.name = fields.get("name", event.name)
    event.description = fields.get("description", event.description)
    event.url = fields.get("url", event.url)
    event.privacy_policy = fields.get("leadGenFormPrivacyPolicyUrl", event.privacy_policy)
    event.is_cancelled = fields.get("isCancelled", event.is_cancelled)
    if "startsAt" in fields:
        event.starts_at = from_millis(fields["startsAt"])
    if "endsAt" in fields:
        event.ends_at = from_millis(fields["endsAt"])


def _found(call: Call, key: Value | None) -> Event:
    event = call.world.state(Events).by_id.get(number_of(key))
    if event is None:
        raise not_found()
    return event


def _administered(call: Call, organizer: str) -> None:
    if ROLES.isdisjoint(roles_on(call, organizer)):
        raise forbidden("the event")


def _get(call: Call) -> Answer:
    event = _found(call, call.key)
    _administered(call, event.organizer)
    return Answer(body=_view(call, event))


def _update(call: Call) -> Answer:
    event = _found(call, call.key)
    _administered(call, event.organizer)
    changes = call.body["patch"].get("$set", {})
    url = {"url": changes.get("url", event.url)}
    _check({**changes, **url}, kind=event.kind, starts=changes.get("startsAt", to_millis(event.starts_at)))
    _apply(event, changes)
    event.modified_at = call.now
    return Answer(status=204)


def _find(call: Call) -> Answer:
    urn = to_world(call, call.params["organizer"])
    if urn is None or organization_of(call.world, urn) is None:
        raise bad_parameter("PARAM_INVALID", "organizer")
    _administered(call, urn)
    without_cancelled = call.params.get("excludeCancelled") == "true"
    order = call.params.get("sortOrder", "START_TIME_ASC")
    found = [
        e
        for e in call.world.state(Events).by_id.values()
        if e.organizer == urn and not (without_cancelled and e.is_cancelled)
    ]
    found.sort(key=lambda e: e.starts_at, reverse=str(order).endswith("DESC"))
    return Answer(body=page(call, found, lambda e: _view(call, e), total=True))


def _view(call: Call, event: Event) -> dict[str, Any]:
    actor = call.person_urn(event.actor.rpartition(":")[2])
    span = {"startAt": to_millis(event.starts_at)}
    if event.ends_at is not None:
        span["endsAt"] = to_millis(event.ends_at)  # the uneven spelling is the documentation's
    view: dict[str, Any] = {
        "id": event.id,
        "name": multi_locale(event.name),
        "organizer": event.organizer,
        "created": {"actor": actor, "time": to_millis(event.created_at)},
        "lastModified": {"actor": actor, "time": to_millis(event.modified_at)},
        "timeRangeV2": span,
        "settings": {"type": event.kind, "isCancelled": event.is_cancelled},
    }
    if event.description:
        view["description"] = multi_locale(event.description)
    if event.url:
        view["externalUrl"] = event.url
    return view


_READ_SCOPES: Final = frozenset({"r_events", "rw_events", "rw_organization_admin"})

RESOURCES: Final = (
    Resource(
        path="events",
        bases=frozenset({"rest"}),
        key="number",
        methods=(
            Method(
                name="CREATE",
                handler=_create,
                scopes=frozenset({"rw_events"}),
                rule=_may_create,
                body=EVENT,
                source=SOURCE,
            ),
            Method(name="GET", handler=_get, scopes=_READ_SCOPES, rule=_offered, source=SOURCE),
            Method(
                name="PARTIAL_UPDATE",
                handler=_update,
                scopes=frozenset({"rw_events"}),
                rule=_offered,
                body=EVENT,
                source=SOURCE,
            ),
            Method(
                name="FINDER-eventsByOrganizer",
                handler=_find,
                scopes=_READ_SCOPES,
                rule=_offered,
                params={
                    "organizer": "required",
                    "excludeCancelled": "optional",
                    "timeBasedFilter": "optional",
                    "entryCriteria": "optional",
                    "sortOrder": "optional",
                    "start": "optional",
                    "count": "optional",
                },
                source=SOURCE,
            ),
        ),
    ),
)
