"""A world, the raw API, and a member's app with every scope."""

from collections.abc import Iterator

import pytest

from inroad.sandbox.world import World
from sandbox.partnership import Api, api_of, new_world


@pytest.fixture
def world() -> World:
    return new_world()


@pytest.fixture
def api(world: World) -> Iterator[Api]:
    with api_of(world) as made:
        yield made
