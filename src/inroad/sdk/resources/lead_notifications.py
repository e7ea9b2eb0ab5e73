"""Notifications of leads: where LinkedIn sends them, and how they are read (versioned API).

A receiver must be up before it is subscribed: LinkedIn challenges it at once, and about every two hours later on.
Signatures and challenges of webhooks are not checked here.
Source: "Lead Notifications", learn.microsoft.com /linkedin/marketing/lead-sync/lead-notifications
"""

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

import msgspec

from inroad.common.clock import to_millis
from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, operation, paged
from inroad.sdk.resources.ads import calls
from inroad.sdk.resources.ads.calls import created_number
from inroad.sdk.resources.ads.values import to_wire
from inroad.sdk.resources.entity import Elements, Entity, Millis, UrnText, as_urn, decoder, pages
from inroad.sdk.resources.lead_form_responses import LeadType, first_urn, lead_id, owner_for
from inroad.sdk.resources.lead_forms import VERSIONED_LEAD_FORM, LeadOwner, read_versioned_form

LeadActionKind: TypeAlias = Literal["CREATED", "DELETED"]

MAX_SUBSCRIPTIONS = 1_500
"""Subscriptions of one owner."""

_PATH = "/rest/leadNotifications"


class LeadNotification(Entity, frozen=True):
    """A subscription: what LinkedIn sends where. There is no update: delete it and create another."""

    id: int
    webhook: str = ""
    owner: LeadOwner = LeadOwner()
    lead_type: str = ""
    associated_entity: Mapping[str, Any] | None = None
    versioned_form: UrnText | None = None


class LeadAction(Entity, frozen=True):
    """What LinkedIn tells a webhook: a lead was made, or is to be forgotten. `lead_forms` and the lead have the rest.

    The same person can register, cancel and register again for an event under one URN: `key` tells deliveries apart.
    """

    lead_action: str
    lead_gen_form_response: str
    type: str = "LEAD_ACTION"
    lead_type: str = ""
    occurred_at: Millis | None = None
    lead_gen_form: str | None = None
    owner: LeadOwner = LeadOwner()
    associated_entity: Mapping[str, Any] | None = None

    @property
    def lead(self) -> Urn:
        """The lead's URN."""
        return Urn("leadGenFormResponse", lead_id(self.lead_gen_form_response))

    @property
    def form(self) -> tuple[Urn, int] | None:
        """The form and its version; LinkedIn's own samples write a blank in this URN."""
        return None if self.lead_gen_form is None else read_versioned_form(self.lead_gen_form)

    @property
    def entity(self) -> Urn | None:
        """What the lead came from: a creative, an event, under whichever key LinkedIn named it."""
        return first_urn(self.associated_entity)

    @property
    def is_deletion(self) -> bool:
        """Whether our copy of the lead is to be erased."""
        return self.lead_action == "DELETED"

    @property
    def key(self) -> tuple[str, str, int]:
        """What is the same in repeated deliveries, and differs between any two events."""
        occurred = 0 if self.occurred_at is None else to_millis(self.occurred_at)
        return (self.lead_gen_form_response, self.lead_action, occurred)


_NOTIFICATION = decoder(LeadNotification)
_NOTIFICATION_PAGE = decoder(Elements[LeadNotification])
_ACTION = decoder(LeadAction)


def read_lead_action(body: bytes) -> LeadAction:
    """Read what LinkedIn sent to a lead webhook; verify its signature first.

    Raises:
        InvalidArgument: it is something else.
    """
    try:
        action = _ACTION.decode(body)
        # A form or a lead that is not one is noticed now.
        lead_id(action.lead_gen_form_response)
        if action.lead_gen_form is not None:
            read_versioned_form(action.lead_gen_form)
    except (msgspec.DecodeError, UnicodeDecodeError, InvalidArgument) as cause:
        raise InvalidArgument(f"not a lead notification: {cause}") from cause
    return action


class LeadNotifications(Resource[IO]):
    """Where LinkedIn sends notifications of leads."""

    @operation
    def create(
        self,
        owner: Urn | str,
        *,
        webhook: str,
        lead_type: LeadType,
        associated_entity: Mapping[str, Urn] | None = None,
        form: Urn | str | None = None,
    ) -> Flow[int]:
        """Have leads notified to an address and return the subscription's number. Never repeated on its own.

        Args:
            owner: An ad account's URN for SPONSORED, else an organization's.
            webhook: An https address that answers LinkedIn's challenge already.
            lead_type: Where the leads come from.
            associated_entity: Only those from this, such as `{"event": urn}`.
            form: Only answers to this version of a form.

        Raises:
            InvalidArgument: the address is not https, or the owner does not fit the type.
            BadRequest: the address did not answer the challenge within three seconds, or there are 1,500 already.
            Forbidden: the product, the scope or the role is missing.

        Scopes: r_marketing_leadgen_automation.
        """
        if not webhook.startswith("https://"):
            raise InvalidArgument(f"webhook must begin with https://, got {webhook[:80]!r}")
        body: dict[str, object] = {
            "webhook": webhook,
            "owner": to_wire(owner_for(owner, lead_type)),
            "leadType": lead_type,
        }
        if associated_entity is not None:
            body["associatedEntity"] = to_wire(associated_entity)
        if form is not None:
            body["versionedForm"] = str(as_urn(form, VERSIONED_LEAD_FORM, name="form"))
        return created_number((yield Request("POST", _PATH, json=body, repeatable=False)))

    @operation
    def get(self, id: int) -> Flow[LeadNotification]:
        """Return a subscription.

        Raises:
            NotFound: there is no such subscription.

        Scopes: r_marketing_leadgen_automation.
        """
        return (yield from calls.get(calls.entity_path(_PATH, id), _NOTIFICATION, None))

    @paged
    def find_by_criteria(
        self, owner: Urn | str, *, lead_type: LeadType, count: int = 100
    ) -> Flow[Page[LeadNotification]]:
        """Yield the subscriptions of an owner.

        Args:
            owner: An ad account's URN for SPONSORED, else an organization's.
            lead_type: Where the leads come from.
            count: Subscriptions per page, 1 to 1,000. Pages are fetched as you iterate.

        Scopes: r_marketing_leadgen_automation.
        """
        params = {
            "q": "criteria",
            "owner": {"value": owner_for(owner, lead_type)},
            "leadType": {"leadType": lead_type},
            **calls.offset_params(count),
        }
        return (yield from pages(Request("GET", _PATH, params, restli_method="FINDER"), _NOTIFICATION_PAGE))

    @operation
    def delete(self, id: int) -> Flow[None]:
        """Have leads notified no more.

        Raises:
            NotFound: there is no such subscription.

        Scopes: r_marketing_leadgen_automation.
        """
        yield Request("DELETE", calls.entity_path(_PATH, id), restli_method="DELETE")
