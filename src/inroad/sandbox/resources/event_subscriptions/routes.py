"""`eventSubscriptions`: state only; whoever delivers reads it."""

from datetime import timedelta
from typing import Any, Final

from inroad.common.clock import to_millis
from inroad.contract.limits import REFRESH_TOKEN_SECONDS
from inroad.sandbox.answers import bad_parameter, bad_path
from inroad.sandbox.call import Answer, Call
from inroad.sandbox.records import ANY, STRING, Field, Record
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.actors import organization_of, roles_on, scope_refusal, to_world
from inroad.sandbox.resources.event_subscriptions.state import Subscription, Subscriptions, key_of
from inroad.sandbox.resources.metrics.access import ADMINISTRATION
from inroad.sandbox.resources.paging import page
from inroad.sandbox.resources.posts.rules import is_web_address
from inroad.sandbox.resources.refusals import bad_content, forbidden, not_found
from inroad.sandbox.world import Organization

SOURCE: Final = (
    "learn.microsoft.com /linkedin/marketing/community-management/organizations/"
    "organization-social-action-notifications"
)
EVENT_TYPE: Final = "ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS"
SUBSCRIPTION: Final = Record(
    "EventSubscription",
    (
        Field("webhook", STRING),
        *(Field(name, ANY, required=False) for name in ("developerApplication", "user", "entity", "eventType")),
        Field("expiresAt", ANY, required=False, read_only=True),
    ),
)
_KEY: Final = {"developerApplication", "user", "entity", "eventType"}


def _not_in_development(call: Call) -> None:
    """Refuse apps of the development tier. UNCONFIRMED: one page says so, with a body of 2022."""
    if call.grant.app.tier == "development" and call.switches.is_on("tier.dev_blocks_push_and_batch"):
        raise scope_refusal(call)
    call.used_scopes.update(call.grant.scopes.intersection(ADMINISTRATION["scopes"]))


def _named(call: Call) -> tuple[str, Organization]:
    """Return the place of a subscription and its page; both must be the caller's."""
    key = call.key
    if not isinstance(key, dict) or set(key) != _KEY or not all(isinstance(v, str) for v in key.values()):
        raise bad_path()
    if key["eventType"] != EVENT_TYPE or not str(key["developerApplication"]).startswith(
        "urn:li:developerApplication:"
    ):
        raise bad_path()
    if to_world(call, key["user"]) != f"urn:li:person:{call.member.id}":
        raise forbidden("the eventSubscriptions")
    urn = to_world(call, key["entity"])
    found = None if urn is None else organization_of(call.world, urn)
    if urn is None or found is None:
        raise not_found()
    if "ADMINISTRATOR" not in roles_on(call, urn):
        raise forbidden("the organization")
    return key_of(call.grant.app.client_id, call.member.id, found.id), found


def _put(call: Call) -> Answer:
    place, found = _named(call)
    webhook: str = call.body["webhook"]
    if not is_web_address(webhook):
        raise bad_content("INVALID_URL", f"{webhook} is not a valid URL", field="webhook", sent=webhook)
    if webhook.startswith("http:"):
        call.remarks.append("webhook: LinkedIn itself takes https only")
    assert isinstance(call.key, dict)
    call.world.state(Subscriptions).by_key[place] = Subscription(
        client_id=call.grant.app.client_id,
        application=str(call.key["developerApplication"]),
        member=call.member.id,
        organization=found.id,
        webhook=webhook,
        created_at=call.now,
        expires_at=call.now + timedelta(seconds=REFRESH_TOKEN_SECONDS),  # as long as the member's grant
    )
    return Answer(status=204)


def _found(call: Call) -> tuple[str, Subscription]:
    place, _ = _named(call)
    subscription = call.world.state(Subscriptions).by_key.get(place)
    if subscription is None or call.now >= subscription.expires_at:
        raise not_found()
    return place, subscription


def _get(call: Call) -> Answer:
    return Answer(body=_view(call, _found(call)[1]))


def _delete(call: Call) -> Answer:
    place, _ = _found(call)
    del call.world.state(Subscriptions).by_key[place]
    return Answer(status=204)


def _find(call: Call) -> Answer:
    if call.params["eventType"] != EVENT_TYPE:
        raise bad_parameter("PARAM_INVALID", "eventType")
    own = [
        s
        for s in call.world.state(Subscriptions).by_key.values()
        if s.client_id == call.grant.app.client_id and s.member == call.member.id and call.now < s.expires_at
    ]
    return Answer(body=page(call, own, lambda s: _view(call, s)))


def _view(call: Call, subscription: Subscription) -> dict[str, Any]:
    view = {"webhook": subscription.webhook, "expiresAt": to_millis(subscription.expires_at)}
    if call.switches["subscriptions.echo_key"] == "false":
        return view
    return {
        "developerApplication": subscription.application,
        "user": call.person_urn(subscription.member),
        "entity": f"urn:li:organization:{subscription.organization}",
        "eventType": EVENT_TYPE,
        **view,
    }


RESOURCES: Final = (
    Resource(
        path="eventSubscriptions",
        bases=frozenset({"v2", "rest"}),
        key="compound",
        takes_raw_urns=True,  # LinkedIn's Postman keys carry them together with the 2.0.0 header
        methods=(
            Method(
                name="UPDATE",
                handler=_put,
                rule=_not_in_development,
                body=SUBSCRIPTION,
                source=SOURCE,
                **ADMINISTRATION,
            ),
            Method(name="GET", handler=_get, source=SOURCE, **ADMINISTRATION),
            Method(name="DELETE", handler=_delete, source=SOURCE, **ADMINISTRATION),
            Method(
                name="FINDER-subscriberAndEventType",
                handler=_find,
                params={"eventType": "required", "start": "optional", "count": "optional"},
                source=SOURCE,
                **ADMINISTRATION,
            ),
        ),
    ),
)
