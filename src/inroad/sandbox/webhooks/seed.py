"""Subscriptions that a seed brings."""

from datetime import timedelta

from inroad.contract.limits import REFRESH_TOKEN_SECONDS
from inroad.sandbox.oauth.tokens import consent_of, consent_to
from inroad.sandbox.resources.event_subscriptions.state import Subscription, Subscriptions, key_of
from inroad.sandbox.resources.partners import application_urn
from inroad.sandbox.webhooks.addresses import address_problem
from inroad.sandbox.world import Organization, World


def check_address(world: World, url: str) -> None:
    """Refuse an address that LinkedIn would not call.

    Raises:
        ValueError: says why.
    """
    problem = address_problem(url, world.switches)
    if problem:
        raise ValueError(problem)


def subscribe_to_page(world: World, page: Organization, *, app: str, url: str) -> None:
    """Let a page's first administrator subscribe to its social actions.

    Raises:
        ValueError: the page has no administrator.
    """
    member = next((r.member for r in page.roles if "ADMINISTRATOR" in page.roles_of(r.member)), None)
    if member is None:
        raise ValueError(f"organization {page.id} has no administrator who could subscribe")
    if consent_of(world, app, member) is None:
        consent_to(world, client_id=app, member_id=member, scopes=["rw_organization_admin"])
    now = world.clock.now()
    world.state(Subscriptions).by_key[key_of(app, member, page.id)] = Subscription(
        client_id=app,
        application=application_urn(app),
        member=member,
        organization=page.id,
        webhook=url,
        created_at=now,
        expires_at=now + timedelta(seconds=REFRESH_TOKEN_SECONDS),
    )
