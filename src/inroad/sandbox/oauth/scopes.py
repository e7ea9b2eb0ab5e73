"""Which scopes an app may ask a member for."""

import re

from inroad.contract.scopes import PRODUCTS, SCOPES
from inroad.sandbox.world import App, World

_SEPARATORS = re.compile(r"[\s,+]+")


def split_scopes(text: str) -> tuple[str, ...]:
    """Return the scopes of a request, sorted, each once.

    Spaces are documented; LinkedIn's own JavaScript client joins with commas and encodes nothing, and a plus
    that was encoded once too often arrives as itself.
    """
    return tuple(sorted({s for s in _SEPARATORS.split(text) if s}))


def allowed_scopes(world: World, app: App) -> frozenset[str]:
    """Return what the app's products, its age and its extra scopes let it ask for.

    Under `scope.policy` = `compat` the closed sign-in product is open to everybody, and under `scope.offered` = `any`
    everything is, as older tutorials expect.
    """
    if "*" in app.scopes or world.switches["scope.offered"] == "any":
        return frozenset(SCOPES).union(*(p.scopes for p in PRODUCTS.values()))
    allowed = set(app.scopes)
    for product in PRODUCTS.values():
        if product.closed_since is None:
            is_open = product.name in app.products
        else:
            is_open = app.created < product.closed_since or world.switches["scope.policy"] == "compat"
        if is_open:
            allowed |= product.scopes
    return frozenset(allowed)


def is_known(scope: str) -> bool:
    """Tell whether any of LinkedIn's documents names the scope."""
    return scope in SCOPES or any(scope in p.scopes for p in PRODUCTS.values())


def in_words(scope: str) -> str:
    """Return what a consent page says of a scope; the name itself for one that only a seed knows."""
    return SCOPES.get(scope, scope)
