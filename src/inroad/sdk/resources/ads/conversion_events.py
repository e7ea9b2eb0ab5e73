"""Conversion events: what happened outside LinkedIn, sent to a rule of the method CONVERSIONS_API (versioned API).

LinkedIn checks structure and types, never meaning, and answers nothing: only Campaign Manager tells, hours later,
whether an event matched a member.
Source: "Conversions API", learn.microsoft.com /linkedin/marketing/conversions/conversions-api
"""

from collections.abc import Sequence

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Flow, Request, Resource, operation
from inroad.sdk.resources.ads import calls
from inroad.sdk.resources.ads.calls import CONVERSION, urn_of
from inroad.sdk.resources.ads.identifiers import UserId, check_user_ids
from inroad.sdk.resources.ads.values import Money, to_wire
from inroad.sdk.resources.entity import Entity, Millis, UrnText, as_urn
from inroad.sdk.restli.batch import BatchCreated

MAX_EVENTS = 5_000
"""Events per batch."""

MAX_EVENT_AGE_DAYS = 90
"""How old an event may be."""

_PATH = "/rest/conversionEvents"


class EventUserInfo(Entity, frozen=True):
    """What else is known of a member. Both names are needed to match by them; hashed ones from version 202609 on."""

    first_name: str | None = None
    last_name: str | None = None
    hashed_first_name: str | None = None
    hashed_last_name: str | None = None
    title: str | None = None
    company_name: str | None = None
    country_code: str | None = None


class EventUser(Entity, frozen=True):
    """Who it was: one identifier at least, or both names, or the lead, which suffices from version 202605 on.

    Of several `external_ids` LinkedIn uses the first.
    """

    user_ids: tuple[UserId, ...] = ()
    user_info: EventUserInfo | None = None
    external_ids: tuple[str, ...] = ()
    lead: UrnText | None = None


class ConversionEvent(Entity, frozen=True):
    """Something that happened, at most 90 days ago.

    `event_id` pairs it with the insight tag's event of the same rule: the tag's is counted, this one is not.
    """

    conversion: Urn
    conversion_happened_at: Millis
    user: EventUser
    event_id: str | None = None
    conversion_value: Money | None = None


class ConversionEvents(Resource[IO]):
    """Conversion events (versioned API)."""

    @operation
    def create(self, event: ConversionEvent) -> Flow[None]:
        """Send an event. Never repeated on its own; LinkedIn gives it no id.

        Raises:
            InvalidArgument: nothing says who it was, or a hash is none.
            BadRequest: it happened more than 90 days ago, or has not happened yet.
            Forbidden: "No ad accounts found": there is no such rule, or it is not the member's.
            Unprocessable: the rule's URN has another form, or a value another type.

        Scopes: rw_conversions.
        """
        yield Request("POST", _PATH, json=_body(event), repeatable=False)

    @operation
    def batch_create(self, events: Sequence[ConversionEvent]) -> Flow[list[BatchCreated]]:
        """Send up to 5,000 events; the answer says of each, in order, whether it was taken. Never repeated on its own.

        UNCONFIRMED: whether one bad event fails the whole call; all are checked before anything is sent.

        Raises:
            InvalidArgument: there are too many, or one of them says nobody.

        Scopes: rw_conversions.
        """
        return (yield from calls.batch_create(_PATH, [_body(event) for event in events], most=MAX_EVENTS))


def _body(event: ConversionEvent) -> object:
    urn_of(event.conversion, CONVERSION, name="conversion")
    user, info = event.user, event.user.user_info
    check_user_ids(user.user_ids)
    if user.lead is not None:
        as_urn(user.lead, "leadGenFormResponse", name="lead")
    is_named = info is not None and bool(
        (info.first_name and info.last_name) or (info.hashed_first_name and info.hashed_last_name)
    )
    if not (user.user_ids or user.external_ids or user.lead or is_named):
        raise InvalidArgument("an event needs an identifier, an external id, a lead, or a first and a last name")
    body: dict[str, object] = to_wire(event)
    # LinkedIn takes no empty lists in place of what is not known.
    body["user"] = {name: value for name, value in to_wire(user).items() if value}
    return body
