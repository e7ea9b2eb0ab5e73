"""How a member or an organization is shown: name, line under it, mark, address."""

from dataclasses import dataclass
from urllib.parse import quote

from inroad.common.urn import Urn
from inroad.contract.media import IMAGE_TYPES
from inroad.sandbox.console.render import counted, initials
from inroad.sandbox.world import Member, Organization, World


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One author as pages show it. `picture` is an address, None for one without; `href` likewise."""

    name: str
    line: str
    initials: str
    picture: str | None
    href: str | None
    is_organization: bool


def member_card(world: World, member: Member) -> Card:
    """Return a member's card."""
    name = f"{member.first_name} {member.last_name}".strip()
    return Card(
        name=name,
        line=member.headline,
        initials=initials(name),
        picture=picture_address(world, member.picture),
        href=f"/in/{quote(member.vanity_name or member.id, safe='')}",
        is_organization=False,
    )


def organization_card(world: World, organization: Organization) -> Card:
    """Return an organization's card."""
    return Card(
        name=organization.name,
        line=counted(organization.followers, "follower"),
        initials=initials(organization.name)[:1],
        picture=picture_address(world, organization.logo),
        href=f"/company/{quote(organization.vanity_name or str(organization.id), safe='')}",
        is_organization=True,
    )


def card_of(world: World, urn: str) -> Card:
    """Return the card of whoever a URN with the world's own ids names; nobody known is shown by the URN."""
    member, organization = member_of(world, urn), organization_of(world, urn)
    if member is not None:
        return member_card(world, member)
    if organization is not None:
        return organization_card(world, organization)
    return Card(name=urn, line="not in this world", initials="?", picture=None, href=None, is_organization=False)


def member_of(world: World, urn: str) -> Member | None:
    """Return the member behind a person URN with the world's own id."""
    parsed = _parsed(urn)
    return world.members.get(parsed.id) if parsed is not None and parsed.is_kind("person", "member") else None


def organization_of(world: World, urn: str) -> Organization | None:
    """Return the organization behind a URN."""
    parsed = _parsed(urn)
    if (
        parsed is None
        or not parsed.is_kind("organization", "organizationBrand", "company")
        or not _is_number(parsed.id)
    ):
        return None
    return world.organizations.get(int(parsed.id))


def member_named(world: World, name: str) -> Member | None:
    """Return the member with this vanity name, this id, or this id in the eyes of one of the apps."""
    by_vanity = next((m for m in world.members.values() if m.vanity_name and m.vanity_name == name), None)
    if by_vanity is not None or name in world.members:
        return by_vanity or world.members[name]
    seen = (world.member_by_scoped_id(client_id, name) for client_id in world.apps)
    return next((member for member in seen if member is not None), None)


def organization_named(world: World, name: str) -> Organization | None:
    """Return the organization with this vanity name or number."""
    pages = world.organizations.values()
    by_vanity = next((o for o in pages if o.vanity_name and o.vanity_name == name), None)
    return by_vanity or (world.organizations.get(int(name)) if _is_number(name) else None)


def picture_address(world: World, key: str) -> str | None:
    """Return where a picture of the world is served, None for other bytes and when there are none of that key."""
    blob = world.blobs.get(key)
    if blob is None or blob.content_type not in IMAGE_TYPES:
        return None
    return f"/media/{quote(key, safe='')}"


def _parsed(urn: str) -> Urn | None:
    try:
        return Urn.parse(urn)
    except ValueError:
        return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 20
