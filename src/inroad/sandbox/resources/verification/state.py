"""What LinkedIn has verified of members."""

from datetime import datetime
from typing import Final, Literal, TypeAlias

import msgspec

from inroad.sandbox.world import Member, World

Category: TypeAlias = Literal["IDENTITY", "WORKPLACE"]
CATEGORIES: Final[tuple[Category, ...]] = ("IDENTITY", "WORKPLACE")


class Verification(msgspec.Struct, kw_only=True):
    """One verified category of one member."""

    category: Category
    at: datetime
    method: str = ""
    organization: int | None = None


class Verifications(msgspec.Struct):
    """Every verification of a world, and when apps last read them."""

    by_member: dict[str, dict[str, Verification]] = {}  # by category
    changed_at: dict[str, datetime] = {}
    read_at: dict[str, datetime] = {}  # by `app member`


def verify(
    world: World, member: Member, category: Category, *, method: str = "GOVERNMENT_ID", organization: int | None = None
) -> None:
    """Let LinkedIn verify something of a member now."""
    kept, now = world.state(Verifications), world.clock.now()
    found = Verification(category=category, at=now, method=method, organization=organization)
    kept.by_member.setdefault(member.id, {})[category] = found
    kept.changed_at[member.id] = now


def withdraw(world: World, member: Member, category: Category) -> None:
    """Take a verification back."""
    kept = world.state(Verifications)
    kept.by_member.get(member.id, {}).pop(category, None)
    kept.changed_at[member.id] = world.clock.now()
