"""How often each member has commented within the last minute."""

from datetime import datetime, timedelta

import msgspec

from inroad.sandbox.world import World

WINDOW = timedelta(minutes=1)


class Pace(msgspec.Struct):
    """The instants of each member's latest comments."""

    by_member: dict[str, list[datetime]] = {}


def may_comment(world: World, member: str, most: int) -> bool:
    """Tell whether the member has room for one more comment, and count it then."""
    now = world.clock.now()
    by_member = world.state(Pace).by_member
    recent = [at for at in by_member.get(member, ()) if timedelta() <= now - at < WINDOW]
    if len(recent) >= most:
        return False
    by_member[member] = [*recent, now]
    return True
