"""What the console says of the world itself: clock, profile, apps, members, pages."""

from dataclasses import dataclass
from datetime import datetime

from inroad.sandbox.console.people import Card, member_card, organization_card
from inroad.sandbox.oauth.scopes import allowed_scopes
from inroad.sandbox.oauth.state import Tokens
from inroad.sandbox.resources.posts.state import Posts
from inroad.sandbox.switches import SWITCHES, Setting
from inroad.sandbox.world import App, Member, Organization, World


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockFace:
    """The world's time. `frozen` tells whether it stands."""

    at: datetime
    frozen: bool


@dataclass(frozen=True, slots=True)
class ChangedSwitch:
    """A switch that differs from its profile."""

    name: str
    value: Setting
    usual: Setting


@dataclass(frozen=True, slots=True)
class AppRow:
    """An app and what it may ask for; `scopes` is None when that is everything."""

    app: App
    scopes: tuple[str, ...] | None
    consents: int


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member, and the pages that they have a role on."""

    member: Member
    card: Card
    roles: tuple[tuple[Organization, str], ...]
    posts: int


@dataclass(frozen=True, slots=True)
class OrganizationRow:
    """An organization and the number of its posts."""

    organization: Organization
    card: Card
    posts: int


def clock_face(world: World) -> ClockFace:
    """Return the time to show in every page's head."""
    return ClockFace(at=world.clock.now(), frozen=world.clock.frozen_at is not None)


def changed_switches(world: World) -> list[ChangedSwitch]:
    """Return the switches that were set by themselves to another value than the profile's."""
    switches = world.switches
    usual = {name: getattr(switch, switches.profile) for name, switch in SWITCHES.items()}
    return [ChangedSwitch(n, switches[n], usual[n]) for n in switches if switches[n] != usual[n]]


def app_rows(world: World) -> list[AppRow]:
    """Return every app."""
    consents = world.state(Tokens).consents
    return [
        AppRow(
            app,
            None if "*" in app.scopes else tuple(sorted(allowed_scopes(world, app))),
            sum(1 for pair in consents if pair.split(" ")[0] == app.client_id),
        )
        for app in world.apps.values()
    ]


def member_rows(world: World) -> list[MemberRow]:
    """Return every member, in the order of the seed."""
    roles: dict[str, list[tuple[Organization, str]]] = {}
    for organization in world.organizations.values():
        for role in organization.roles:
            roles.setdefault(role.member, []).append((organization, role.role))
    return [
        MemberRow(m, member_card(world, m), tuple(roles.get(m.id, ())), _post_count(world, f"urn:li:person:{m.id}"))
        for m in world.members.values()
    ]


def organization_rows(world: World) -> list[OrganizationRow]:
    """Return every organization, in the order of the seed."""
    return [
        OrganizationRow(o, organization_card(world, o), _post_count(world, f"urn:li:organization:{o.id}"))
        for o in world.organizations.values()
    ]


def _post_count(world: World, author_urn: str) -> int:
    return sum(1 for _ in world.state(Posts).of_author(author_urn))
