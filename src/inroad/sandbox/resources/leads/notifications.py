"""`leadNotifications`: who is told of leads, and what they are told.

Source: "Lead Sync", section "Lead Notifications", learn.microsoft.com /linkedin/marketing/lead-sync/leadsync.
The subscriptions are kept here; who is to be told what follows from them and from `Leads.notices`.
"""

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit

from inroad.common.clock import to_millis
from inroad.sandbox.answers import missing_parameter, sentence
from inroad.sandbox.call import Answer, Call, Value
from inroad.sandbox.records import STRING, Enum, Field, Record, UnionOf, UrnOf
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.ads.access import key_number
from inroad.sandbox.resources.ads.refusals import coded, entity_not_found
from inroad.sandbox.resources.leads.access import (
    LEADS,
    check_reader,
    check_type,
    owner_of,
    owner_param,
    type_param,
    union_of,
)
from inroad.sandbox.resources.leads.state import LEAD_TYPES, Leads, Notice, Subscription, leads_of
from inroad.sandbox.resources.paging import page
from inroad.sandbox.world import World

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/lead-sync/leadsync"
MAX_OF_OWNER: Final = 1_500
_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1"})

SUBSCRIPTION: Final = Record(
    "LeadNotification",
    (
        Field("webhook", STRING),
        Field("owner", UnionOf({"sponsoredAccount": UrnOf("sponsoredAccount"), "organization": UrnOf("organization")})),
        Field("leadType", Enum(*LEAD_TYPES)),
        Field("associatedEntity", UnionOf({"event": UrnOf("event")}), required=False),
        Field("versionedForm", UrnOf("versionedLeadGenForm"), required=False),
        Field("id", STRING, required=False, read_only=True),
    ),
)


def _view(subscription: Subscription) -> dict[str, Any]:
    body: dict[str, Any] = {
        "id": subscription.id,
        "webhook": subscription.webhook,
        "owner": union_of(subscription.owner),
        "leadType": subscription.lead_type,
    }
    if subscription.event is not None:
        body["associatedEntity"] = {"event": subscription.event}
    if subscription.form is not None:
        body["versionedForm"] = subscription.form
    return body


def is_webhook(address: str) -> bool:
    """Tell whether LinkedIn would call this address: HTTPS, or plain HTTP on this machine, for a sandbox's sake."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL))


def _create(call: Call) -> Answer:
    body = call.body
    owner, lead_type = owner_of(body["owner"], "owner"), body["leadType"]
    if not is_webhook(body["webhook"]):
        raise sentence(400, "The webhook must be an HTTPS URL")
    check_type(owner, lead_type)
    check_reader(call, owner, lead_type)
    leads = leads_of(call.world)
    if sum(1 for s in leads.subscriptions.values() if s.owner == owner) >= MAX_OF_OWNER:
        raise coded("FIELD_VALUE_TOO_HIGH", f"An owner has at most {MAX_OF_OWNER} subscriptions")
    leads.last_subscription += 1
    subscription = Subscription(
        id=leads.last_subscription,
        app=call.grant.app.client_id,
        webhook=body["webhook"],
        owner=owner,
        lead_type=lead_type,
        event=body.get("associatedEntity", {}).get("event"),
        form=body.get("versionedForm"),
    )
    leads.subscriptions[subscription.id] = subscription
    return Answer.created(str(subscription.id))


def _found(call: Call, key: Value | None) -> Subscription:
    found = leads_of(call.world).subscriptions.get(key_number(key))
    if found is None or found.app != call.grant.app.client_id:
        raise entity_not_found()
    check_reader(call, found.owner, found.lead_type)
    return found


def _get(call: Call) -> Answer:
    return Answer(body=_view(_found(call, call.key)))


def _delete(call: Call) -> Answer:
    del leads_of(call.world).subscriptions[_found(call, call.key).id]
    return Answer(status=204)


def _find(call: Call) -> Answer:
    owner, lead_type = owner_param(call), type_param(call)
    if lead_type is None:
        raise missing_parameter("leadType")
    check_type(owner, lead_type)
    check_reader(call, owner, lead_type)
    found = [
        s
        for s in leads_of(call.world).subscriptions.values()
        if (s.app, s.owner, s.lead_type) == (call.grant.app.client_id, owner, lead_type)
    ]
    return Answer(body=page(call, found, _view))


def told_of(leads: Leads, notice: Notice) -> Iterator[Subscription]:
    """Yield the subscriptions that are to be told of a lead."""
    lead = notice.lead
    for subscription in leads.subscriptions.values():
        if (subscription.owner, subscription.lead_type) != (lead.owner, lead.lead_type):
            continue
        if subscription.event is not None and subscription.event != lead.event:
            continue
        if subscription.form is not None and subscription.form.replace(" ", "") != lead.form_urn:
            continue
        yield subscription


def payload(world: World, notice: Notice) -> dict[str, Any]:
    """Return what a webhook is sent. The blank inside `leadGenForm` is in LinkedIn's samples."""
    lead = notice.lead
    body: dict[str, Any] = {
        "type": "LEAD_ACTION",
        "leadAction": notice.action,
        "leadType": lead.lead_type,
        "occurredAt": to_millis(notice.at),
        "leadGenFormResponse": lead.urn,
        "leadGenForm": f"urn:li:versionedLeadGenForm:(urn:li:leadGenForm:{lead.form}, {lead.version})",
        "owner": union_of(lead.owner),
    }
    if lead.creative is not None:
        # UNCONFIRMED: the key; samples have sponsoredCreative, the API associatedCreative.
        key = str(world.switches["lead_webhook.entity_key"])
        body["associatedEntity"] = {key: f"urn:li:sponsoredCreative:{lead.creative}"}
    elif lead.event is not None:
        body["associatedEntity"] = {"event": lead.event}
    return body


RESOURCES: Final = (
    Resource(
        path="leadNotifications",
        bases=frozenset({"rest"}),
        permission="partnerApiLeadNotifications",
        takes_raw_urns=True,
        key="number",
        methods=(
            Method(name="CREATE", handler=_create, scopes=LEADS, body=SUBSCRIPTION, source=SOURCE),
            Method(name="GET", handler=_get, scopes=LEADS, source=SOURCE),
            Method(name="DELETE", handler=_delete, scopes=LEADS, source=SOURCE),
            Method(
                name="FINDER-criteria",
                handler=_find,
                scopes=LEADS,
                params={"owner": "required", "leadType": "required"},
                source=SOURCE,
            ),
        ),
    ),
)
