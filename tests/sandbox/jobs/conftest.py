"""A world with a partner, its child application, and the raw API."""

from collections.abc import Iterator

import pytest

from inroad.sandbox.world import World
from sandbox.partnership import Api, api_of, child_of, new_world


@pytest.fixture
def world() -> World:
    return new_world()


@pytest.fixture
def api(world: World) -> Iterator[Api]:
    with api_of(world) as made:
        yield made


@pytest.fixture
def child(world: World) -> str:
    return child_of(world).client_id
