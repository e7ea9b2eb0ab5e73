"""Where events come from: social actions of pages, leads, job applications, changes of jobs.

Each room keeps what happened; here it becomes what subscribers are owed.
"""

from collections.abc import Iterator
from typing import Any

from inroad.sandbox.call import Call, Grant
from inroad.sandbox.oauth.tokens import consent_of
from inroad.sandbox.resources.applications.deeds import note_delivery
from inroad.sandbox.resources.event_subscriptions.routes import EVENT_TYPE
from inroad.sandbox.resources.event_subscriptions.state import Subscription, Subscriptions, key_of
from inroad.sandbox.resources.jobs.tasks import settle
from inroad.sandbox.resources.leads.notifications import payload as lead_payload
from inroad.sandbox.resources.leads.notifications import told_of
from inroad.sandbox.resources.leads.state import leads_of
from inroad.sandbox.resources.organizational_entity_notifications.routes import notification_view
from inroad.sandbox.resources.organizational_entity_notifications.state import Notification, Notifications
from inroad.sandbox.webhooks.families import MAX_BATCH
from inroad.sandbox.webhooks.state import Delivery, Hook, Webhooks, enrol, queue
from inroad.sandbox.world import World


def collect(world: World) -> None:
    """Queue what happened since the last time."""
    settle(world)
    _follow_subscriptions(world)
    for page in list(world.state(Notifications).by_organization):
        _collect_page(world, page)
    _collect_leads(world)


def is_still_wanted(world: World, delivery: Delivery) -> bool:
    """Tell whether the subscriber is still an administrator and still allows the app; otherwise it ends here.

    Source: "Organization Social Action Notifications", learn.microsoft.com /linkedin/marketing/community-management
    /organizations/organization-social-action-notifications
    """
    if not delivery.subscription:
        return True
    subscriptions = world.state(Subscriptions).by_key
    found = subscriptions.get(delivery.subscription)
    if found is None:
        return False
    if _is_entitled(world, found):
        return True
    del subscriptions[delivery.subscription]
    return False


def delivered(world: World, delivery: Delivery) -> None:
    """Tell the room that something arrived."""
    if delivery.family == "job_application":
        note_delivery(world, delivery.subject, arrived=True)


def undelivered(world: World, delivery: Delivery) -> None:
    """Tell the room that something will not arrive any more."""
    if delivery.family == "job_application":
        note_delivery(world, delivery.subject, arrived=False)


def _follow_subscriptions(world: World) -> None:
    """Let the webhooks of subscriptions come and go with them."""
    wanted = {
        enrol(world, client_id=s.client_id, family="social_action", url=s.webhook, origin="subscription").id
        for s in world.state(Subscriptions).by_key.values()
        if s.client_id in world.apps
    }
    wanted |= {
        enrol(world, client_id=s.app, family="lead", url=s.webhook, origin="subscription").id
        for s in leads_of(world).subscriptions.values()
        if s.app in world.apps
    }
    hooks = world.state(Webhooks).hooks
    for key in [key for key, hook in hooks.items() if hook.origin == "subscription" and key not in wanted]:
        del hooks[key]


def _collect_page(world: World, page: int) -> None:
    fresh = list(_fresh(world, page))
    if not fresh:
        return
    world.state(Webhooks).last_notifications[page] = fresh[-1].id
    for subscription in world.state(Subscriptions).of_page(page, world.clock.now()):
        app = world.apps.get(subscription.client_id)
        if app is None or (app.tier == "development" and world.switches.is_on("tier.dev_blocks_push_and_batch")):
            continue
        told = [n for n in fresh if n.is_public and n.at >= subscription.created_at]
        hook = enrol(
            world, client_id=app.client_id, family="social_action", url=subscription.webhook, origin="subscription"
        )
        for at in range(0, len(told), MAX_BATCH):
            _queue_actions(world, hook, subscription, told[at : at + MAX_BATCH])


def _fresh(world: World, page: int) -> Iterator[Notification]:
    """Yield a page's notifications that were not looked at yet, oldest first."""
    kept = world.state(Notifications).by_organization[page]
    last = world.state(Webhooks).last_notifications.get(page)
    if last is None or not kept or kept[-1].id == last:
        return iter(kept if last is None else ())
    at = next((i for i in range(len(kept) - 1, -1, -1) if kept[i].id == last), -1)
    return iter(kept[at + 1 :])


def _queue_actions(world: World, hook: Hook, subscription: Subscription, told: list[Notification]) -> None:
    member = world.members.get(subscription.member)
    if member is None:
        return
    grant = Grant(app=world.apps[subscription.client_id], member=member, scopes=frozenset())
    call = Call(world=world, grant=grant, base="rest", resource="eventSubscriptions", method="GET")
    payload = {"type": EVENT_TYPE, "notifications": [_pushed(notification_view(call, n)) for n in told]}
    key = key_of(subscription.client_id, subscription.member, subscription.organization)
    queue(world, hook, payload, at=told[-1].at, subscription=key)


def _pushed(view: dict[str, Any]) -> dict[str, Any]:
    """Return a notification as it is pushed: recorded comments lack the inner `urn:li:` here, and here only."""
    generated = str(view["generatedActivity"]).replace("urn:li:comment:(urn:li:", "urn:li:comment:(")
    return {**view, "generatedActivity": generated}


def _is_entitled(world: World, subscription: Subscription) -> bool:
    page = world.organizations.get(subscription.organization)
    if page is None or "ADMINISTRATOR" not in page.roles_of(subscription.member):
        return False
    return consent_of(world, subscription.client_id, subscription.member) is not None


def _collect_leads(world: World) -> None:
    leads = leads_of(world)
    notices, leads.notices = leads.notices, []
    for notice in notices:
        for subscription in told_of(leads, notice):
            if subscription.app in world.apps:
                hook = enrol(
                    world, client_id=subscription.app, family="lead", url=subscription.webhook, origin="subscription"
                )
                queue(world, hook, lead_payload(world, notice), at=notice.at, subject=notice.lead.urn)
