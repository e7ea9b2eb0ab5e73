"""Visits that somebody really made, through the console's pages."""

import msgspec

from inroad.sandbox.world import World


class Visits(msgspec.Struct):
    """How often posts and pages were opened, by URN and day (`2026-11-23`)."""

    by_urn: dict[str, dict[str, int]] = {}


def note_visit(world: World, urn: str) -> None:
    """Count one visit of a post (canonical URN) or a page, today."""
    days = world.state(Visits).by_urn.setdefault(urn, {})
    today = world.clock.now().date().isoformat()
    days[today] = days.get(today, 0) + 1


def visits_of(world: World, urn: str) -> dict[str, int]:
    """Return the visits of a post or a page by day."""
    return world.state(Visits).by_urn.get(urn, {})
