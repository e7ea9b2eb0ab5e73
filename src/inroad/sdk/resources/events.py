"""Events of organizations (versioned API). A product of its own, Events Management.

UNCONFIRMED: how fields are spelled in a create, but for name, organizer, description and endsAt; an accepted create
would confirm them.
Source: "Events", learn.microsoft.com /linkedin/marketing/event-management/events
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, TypeAlias

import msgspec

from inroad.common.clock import to_millis
from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, operation, paged
from inroad.sdk.resources.comments import SocialStamp
from inroad.sdk.resources.entity import (
    Elements,
    Entity,
    LocalizedText,
    Millis,
    UrnText,
    as_count,
    as_urn,
    decoder,
    pages,
)
from inroad.sdk.restli.patch import Patch

EventKind: TypeAlias = Literal["IN_PERSON", "ONLINE_EXTERNAL"]

_PATH = "/rest/events"
_ORGANIZERS = ("organization", "person")


class EventTime(Entity, frozen=True):
    """When an event begins and ends."""

    start_at: Millis | None = None
    ends_at: Millis | None = None


class Event(Entity, frozen=True):
    """An event. What LinkedIn's pages do not describe further is as it comes."""

    id: int
    organizer: UrnText | None = None
    description: LocalizedText | str | None = None
    vanity_name: str | None = None
    external_url: str | None = None
    background_image: str | None = None
    time_range: EventTime | None = msgspec.field(name="timeRangeV2", default=None)
    address: Mapping[str, Any] | None = None
    venue_details: Any = None
    settings: Mapping[str, Any] | None = None
    created: SocialStamp | None = None
    last_modified: SocialStamp | None = None
    _name: LocalizedText | str | None = msgspec.field(name="name", default=None)

    @property
    def name(self) -> str:
        """The event's name, in the preferred language."""
        return self._name.text if isinstance(self._name, LocalizedText) else self._name or ""

    @property
    def urn(self) -> Urn:
        """The event's URN, which a post can show."""
        return Urn("event", str(self.id))


_EVENT = decoder(Event)
_EVENT_PAGE = decoder(Elements[Event])


class Events(Resource[IO]):
    """Events of organizations."""

    @operation
    def create(
        self,
        *,
        organizer: Urn | str,
        name: str,
        kind: EventKind,
        starts_at: datetime,
        ends_at: datetime,
        url: str | None = None,
        description: str | None = None,
        lead_gen_form_privacy_policy_url: str | None = None,
    ) -> Flow[int]:
        """Make an event and return its number. Never repeated on its own.

        Args:
            organizer: The organization that invites.
            name: What it is called.
            kind: A place, or an address on the web.
            starts_at: When it begins, aware.
            ends_at: When it ends, aware. LinkedIn requires it from version 202605 on.
            url: Where it takes place; an ONLINE_EXTERNAL event needs it.
            description: What it is about.
            lead_gen_form_privacy_policy_url: The policy to show when guests leave their data.

        Raises:
            InvalidArgument: the times are no aware instants in order, or the address is missing.
            Forbidden: the app lacks the product, or the member has no role at the organization.

        Scopes: rw_events.
        Roles: ADMINISTRATOR or CONTENT_ADMINISTRATOR of the organization.
        """
        if starts_at.tzinfo is None or ends_at.tzinfo is None or starts_at >= ends_at:
            raise InvalidArgument("starts_at and ends_at must be aware instants, the first before the second")
        if kind == "ONLINE_EXTERNAL" and not url:
            raise InvalidArgument("an ONLINE_EXTERNAL event needs a url")
        if not name.strip():
            raise InvalidArgument("name must not be empty")
        body: dict[str, object] = {
            "name": name,
            "organizer": str(as_urn(organizer, *_ORGANIZERS, name="organizer")),
            "type": kind,
            "startsAt": to_millis(starts_at),
            "endsAt": to_millis(ends_at),
        }
        optional = {
            "url": url,
            "description": description,
            "leadGenFormPrivacyPolicyUrl": lead_gen_form_privacy_policy_url,
        }
        body |= {field: value for field, value in optional.items() if value is not None}
        response = yield Request("POST", _PATH, json=body)
        id = response.headers.get("x-restli-id") or response.headers.get("x-linkedin-id") or ""
        if not id.isascii() or not id.isdigit():
            raise response.unexpected(f"the answer to a create names no event: {id!r}")
        return int(id)

    @operation
    def get(self, id: int) -> Flow[Event]:
        """Return an event.

        Raises:
            NotFound: there is no such event.

        Scopes: r_events or rw_events; rw_organization_admin in an app with Community Management.
        """
        response = yield Request("GET", f"{_PATH}/{id}")
        return response.decode(_EVENT)

    @paged
    def find_by_organizer(
        self, organizer: Urn | str, *, is_cancelled_excluded: bool | None = None, count: int = 10
    ) -> Flow[Page[Event]]:
        """Yield an organization's events.

        Args:
            organizer: The organization's URN.
            is_cancelled_excluded: Whether to leave out what was cancelled; LinkedIn's own choice when None.
            count: Events per page, 1 to 100. Pages are fetched as you iterate.

        Scopes: as for `get`.
        """
        params: dict[str, object] = {
            "q": "eventsByOrganizer",
            "organizer": as_urn(organizer, *_ORGANIZERS, name="organizer"),
            "start": 0,
            "count": as_count(count, 100),
        }
        if is_cancelled_excluded is not None:
            params["excludeCancelled"] = is_cancelled_excluded
        return (yield from pages(Request("GET", _PATH, params, restli_method="FINDER"), _EVENT_PAGE))

    @operation
    def update(self, id: int, patch: Patch) -> Flow[None]:
        """Change an event. UNCONFIRMED: which fields can be changed, and how one cancels; LinkedIn's page does not say.

        Raises:
            InvalidArgument: the patch changes nothing.
            NotFound: there is no such event.

        Scopes: rw_events.
        """
        if not patch:
            raise InvalidArgument("an update changes something; the patch is empty")
        yield Request("POST", f"{_PATH}/{id}", json=patch.to_wire(), restli_method="PARTIAL_UPDATE")
