"""The testing kit: a sandbox of its own for every test, its clock, and clients bound to it.

With inroad installed, pytest finds the fixture `linkedin` by itself. `LinkedIn` is the same thing for other frameworks.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inroad.testing.clock import ManualClock
    from inroad.testing.linkedin import LinkedIn

__all__ = ["LinkedIn", "ManualClock"]

_HOMES = {"LinkedIn": "inroad.testing.linkedin", "ManualClock": "inroad.testing.clock"}


def __getattr__(name: str) -> object:
    # Late: pytest loads this package with its plugin in every run, and most runs need no sandbox.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
