"""Planned misbehaviour that only a resource can act out.

`Levers.on` holds the name of what is on and a number, mostly seconds; the control routes pull the levers.
"""

import msgspec

from inroad.sandbox.world import World

PHANTOM_201 = "phantom_201"
"""Creates answer 201 with an id, and nothing is made; one operator's report, of a token without the page's scope."""

LISTING_LAG = "listing_lag"
"""Seconds until a new post is found by the author finders."""

SLOW_MEDIA = "slow_media"
"""Seconds of processing, in place of the usual."""

SHORT_PAGES = "short_pages"
"""So many elements at the end of each page are left out while a next page exists, as LinkedIn filters after the cut."""

DECORATION_THROTTLE = "decoration_throttle"
"""Decorations fail with 429 beside a 200 ("Response Decoration", /linkedin/shared/api-guide/concepts/decoration)."""

NAMES = (PHANTOM_201, LISTING_LAG, SLOW_MEDIA, SHORT_PAGES, DECORATION_THROTTLE)


class Levers(msgspec.Struct):
    """What is on in a world."""

    on: dict[str, float] = {}


def lever(world: World, name: str) -> float | None:
    """Return the lever's number, None while it is off."""
    return world.state(Levers).on.get(name)
