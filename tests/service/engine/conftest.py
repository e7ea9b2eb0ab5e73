"""Each adapter of the engine in turn, on a database that it can work with."""

from collections.abc import Callable

import pytest

from inroad.common.clock import Clock
from inroad.service.database import Database
from inroad.service.engine.local import LocalEngine
from inroad.service.engine.port import Engine


@pytest.fixture
def dialect() -> str:
    return "sqlite"


@pytest.fixture(params=["local"])
def new_engine(request: pytest.FixtureRequest, db: Database, clock: Clock) -> Callable[[], Engine]:
    """Make an engine as a freshly started process would: the same jobs, another owner."""
    made: dict[str, Callable[[], Engine]] = {"local": lambda: LocalEngine(db, clock=clock)}
    return made[request.param]


@pytest.fixture
def engine(new_engine: Callable[[], Engine]) -> Engine:
    return new_engine()
