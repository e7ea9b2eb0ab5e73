"""A world, the raw API, and a receiver that knows the demo app's secret."""

from collections.abc import Iterator

import pytest

from inroad.sandbox.world import World
from sandbox.partnership import Api, Receiver, api_of, new_world, receiving


@pytest.fixture
def world() -> World:
    return new_world()


@pytest.fixture
def api(world: World) -> Iterator[Api]:
    with api_of(world) as made:
        yield made


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving("demo-secret") as made:
        yield made
