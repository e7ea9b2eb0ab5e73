"""LinkedIn's partner programmes: products that open methods by themselves, and applications under applications.

Sources, learn.microsoft.com /linkedin/talent: "Job Postings", "Apply Connect", "Recruiter System Connect".
"""

import hashlib
from typing import Final

from inroad.common.urn import Urn
from inroad.sandbox.call import Call
from inroad.sandbox.resource import ScopeRule
from inroad.sandbox.resources.actors import scope_refusal
from inroad.sandbox.resources.provisioning.state import Provisioning
from inroad.sandbox.world import App, World

JOB_POSTING: Final = "Job Posting API"
APPLY_CONNECT: Final = "Apply Connect"
HIRING_CONTRACTS: Final = "Pay for Performance Jobs"
RECRUITER: Final = "Recruiter System Connect"
VERIFIED_PLUS: Final = "Verified on LinkedIn Plus"
PAGES_PORTABILITY: Final = "Pages Data Portability API"
COMPLIANCE: Final = "Compliance"
TALENT: Final = (JOB_POSTING, APPLY_CONNECT, HIRING_CONTRACTS)


def application_number(client_id: str) -> int:
    """Return the number by which LinkedIn's URNs name an app."""
    return 100_000_000 + int.from_bytes(hashlib.sha256(client_id.encode()).digest()[:4]) % 900_000_000


def application_urn(client_id: str) -> str:
    """Return an app's URN."""
    return f"urn:li:developerApplication:{application_number(client_id)}"


def application_named(world: World, urn: object) -> App | None:
    """Return the app that a URN names."""
    try:
        parsed = Urn.parse(urn) if isinstance(urn, str) else None
    except ValueError:
        return None
    if parsed is None or not parsed.is_kind("developerApplication"):
        return None
    return next((a for a in world.apps.values() if str(application_number(a.client_id)) == parsed.id), None)


def parent_of(world: World, client_id: str) -> str:
    """Return the app under which this one was provisioned; itself where it is nobody's child."""
    child = world.state(Provisioning).children.get(client_id)
    return client_id if child is None else child.parent


def is_child(world: World, client_id: str) -> bool:
    """Tell whether a partner provisioned this app for one of its customers."""
    return client_id in world.state(Provisioning).children


def holds(call: Call, *products: str) -> bool:
    """Tell whether the calling app, or the partner above it, is in one of these programmes."""
    world, app = call.world, call.grant.app
    above = world.apps.get(parent_of(world, app.client_id), app)
    return "*" in app.scopes or any(product in (*app.products, *above.products) for product in products)


def partner(*products: str) -> ScopeRule:
    """Return a rule that opens a method to apps of these programmes alone; their tokens carry no scopes."""

    def rule(call: Call) -> None:
        if not holds(call, *products):
            raise scope_refusal(call)

    return rule


def child_of_partner(*products: str) -> ScopeRule:
    """Return a rule that opens a method to child applications of such partners, as job calls ask for."""
    is_partner = partner(*products)

    def rule(call: Call) -> None:
        is_partner(call)
        if call.switches["jobs.token"] == "child" and not is_child(call.world, call.grant.app.client_id):
            raise scope_refusal(call)

    return rule


def parent_alone(*products: str) -> ScopeRule:
    """Return a rule that opens a method to the partners themselves: children provision nothing."""
    is_partner = partner(*products)

    def rule(call: Call) -> None:
        is_partner(call)
        if is_child(call.world, call.grant.app.client_id):
            raise scope_refusal(call)

    return rule
