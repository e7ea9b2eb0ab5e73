"""The one way to the database: SQLite for one process, PostgreSQL for many, the same calls for both.

Instants are stored as whole milliseconds (BIGINT), ids as text. SQL itself lives in the rooms' `store.py` files.
"""

import asyncio
import hashlib
import os
import sqlite3
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Literal, Self, TypeAlias

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from filelock import FileLock, Timeout
from sqlalchemy import Connection, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from inroad.service.errors import (
    ConfigurationError,
    DatabaseInUse,
    SchemaTooNew,
    StorageFull,
    StorageReadOnly,
    StoreError,
)
from inroad.service.settings import Settings

Dialect: TypeAlias = Literal["sqlite", "postgresql"]

MIGRATIONS = Path(__file__).parent / "migrations"
_SQLITE_READERS = 4
_POSTGRES_CONNECTIONS = 10

# Primary result codes, https://www.sqlite.org/rescode.html; PostgreSQL's are "Appendix A. PostgreSQL Error Codes".
_SQLITE_READONLY, _SQLITE_IOERR, _SQLITE_FULL, _SQLITE_CANTOPEN, _SQLITE_NOTADB = 8, 10, 13, 14, 26
_POSTGRES_FULL = frozenset({"53100"})
_POSTGRES_READONLY = frozenset({"25006"})


class Database:
    """Transactions on one database. Made by `Database.open`.

    SQLite: one writer connection on which every transaction begins immediately, writers queue fairly, readers have
    connections of their own and see the last commit. PostgreSQL: READ COMMITTED on a pool.
    """

    def __init__(self, writer: AsyncEngine, reader: AsyncEngine, dialect: Dialect, place: str) -> None:
        self._writer = writer
        self._reader = reader
        self._queue = asyncio.Lock()
        self._writing: asyncio.Task[object] | None = None
        self.dialect: Dialect = dialect
        self.place = place  # a path, or a server's address without its password

    @classmethod
    @asynccontextmanager
    async def open(cls, settings: Settings) -> AsyncGenerator[Self]:
        """Open the database that the settings name, and close it at the end.

        Raises:
            DatabaseInUse: another inroad holds the SQLite file.
            ConfigurationError: the address cannot be used.
            StoreError: the file or server cannot be opened.
        """
        url = _url(settings)
        if url.get_backend_name() == "sqlite":
            with _held(Path(url.database or "")):
                async with cls._opened(_sqlite_engines(url), "sqlite", url.database or "") as database:
                    yield database
        else:
            engine = create_async_engine(
                url.set(drivername="postgresql+asyncpg"),
                pool_size=_POSTGRES_CONNECTIONS,
                pool_pre_ping=True,
                hide_parameters=True,
                isolation_level="READ COMMITTED",
            )
            async with cls._opened(
                (engine, engine), "postgresql", url.render_as_string(hide_password=True)
            ) as database:
                yield database

    @classmethod
    @asynccontextmanager
    async def _opened(
        cls, engines: tuple[AsyncEngine, AsyncEngine], dialect: Dialect, place: str
    ) -> AsyncGenerator[Self]:
        writer, reader = engines
        try:
            database = cls(writer, reader, dialect, place)
            await database._check()
            yield database
        finally:
            await reader.dispose()
            await writer.dispose()

    @asynccontextmanager
    async def write(self) -> AsyncGenerator[AsyncConnection]:
        """Run a transaction that may write: committed at the end, rolled back when the block raises.

        Raises:
            StorageFull, StorageReadOnly, StoreError: nothing of the transaction was kept.
        """
        if self.dialect == "postgresql":
            with self._translated():
                async with self._writer.begin() as tx:
                    yield tx
            return
        if self._writing is asyncio.current_task():
            raise RuntimeError("this task is already inside db.write(); pass its tx on instead of opening another")
        async with self._queue:
            self._writing = asyncio.current_task()
            try:
                with self._translated():
                    async with self._writer.begin() as tx:
                        yield tx
            finally:
                self._writing = None

    @asynccontextmanager
    async def read(self) -> AsyncGenerator[AsyncConnection]:
        """Run a transaction that only reads; on SQLite every statement in it sees the same snapshot."""
        with self._translated():
            async with self._reader.connect() as tx:
                if self.dialect == "postgresql":
                    await tx.execution_options(postgresql_readonly=True)
                yield tx

    async def serialize(self, tx: AsyncConnection, name: str) -> None:
        """Let transactions that name the same thing follow each other; until this one ends, others wait here.

        On SQLite writers follow each other anyway.
        """
        if self.dialect == "postgresql":
            await tx.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _lock_number(name)})

    @asynccontextmanager
    async def only_one(self, name: str) -> AsyncGenerator[None]:
        """Wait until no other process does `name`, and keep it to this one until the block ends.

        On SQLite nobody else has the file open anyway. On PostgreSQL it is an advisory lock, which the server gives
        up when this process dies.
        """
        if self.dialect == "sqlite":
            yield
            return
        lock = {"lock": _lock_number(name)}
        async with self._writer.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            await connection.execute(text("SELECT pg_advisory_lock(:lock)"), lock)
            try:
                yield
            finally:
                await connection.execute(text("SELECT pg_advisory_unlock(:lock)"), lock)

    async def migrate(self) -> None:
        """Bring the tables to this release's form; does nothing when they are.

        Raises:
            SchemaTooNew: a newer inroad wrote this database.
        """
        async with self.write() as tx:
            await self.serialize(tx, "migrate")  # several processes may start at once
            await tx.run_sync(upgrade, "head")

    async def revision(self) -> str | None:
        """Return the migration that the tables stand at, or None for an empty database."""
        async with self.write() as tx:
            return await tx.run_sync(_revision)

    async def _check(self) -> None:
        try:
            async with self.write() as tx:
                await tx.execute(text("SELECT 1"))
        except OSError as error:
            raise StoreError(f"no answer from the database at {self.place}: {error}") from error

    @contextmanager
    def _translated(self) -> Generator[None]:
        try:
            yield
        except DBAPIError as error:
            ours = _translate(error, self.place)
            if ours is None:
                raise
            raise ours from error


def upgrade(connection: Connection, target: str) -> None:
    """Run the migrations up to `target` on this connection, inside its transaction."""
    config = migration_config()
    config.attributes["connection"] = connection
    current = _revision(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if current is not None and current not in known:
        raise SchemaTooNew(
            f"the database is at migration {current}, which this inroad does not know: a newer release wrote it",
            fix="install the newer release, or restore an older backup",
        )
    try:
        command.upgrade(config, target)
    except CommandError as error:
        raise StoreError(f"the database cannot be migrated: {error}") from error


def _lock_number(name: str) -> int:
    return int.from_bytes(hashlib.sha256(b"inroad " + name.encode()).digest()[:7], "big")


def migration_config() -> Config:
    """Return Alembic's configuration for the migrations in this package."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _revision(connection: Connection) -> str | None:
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415 - only when migrating

    return MigrationContext.configure(connection).get_current_revision()


def _url(settings: Settings) -> URL:
    try:
        return make_url(settings.database_url.reveal())
    except ArgumentError:
        raise ConfigurationError(
            "INROAD_DATABASE_URL", "expected a database address; this one cannot be read"
        ) from None


def _sqlite_engines(url: URL) -> tuple[AsyncEngine, AsyncEngine]:
    url = url.set(drivername="sqlite+aiosqlite")
    # Errors must not show parameters: those hold e-mail addresses and sealed values.
    writer = create_async_engine(url, pool_size=1, max_overflow=0, hide_parameters=True)
    reader = create_async_engine(url, pool_size=_SQLITE_READERS, max_overflow=0, hide_parameters=True)
    event.listen(writer.sync_engine, "connect", _prepare_writer)
    event.listen(writer.sync_engine, "begin", _begin_immediate)
    event.listen(reader.sync_engine, "connect", _prepare_reader)
    event.listen(reader.sync_engine, "begin", _begin_deferred)
    return writer, reader


def _prepare(connection: DBAPIConnection, *pragmas: str) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, also before DDL
    cursor = connection.cursor()
    for pragma in ("foreign_keys = ON", "busy_timeout = 5000", *pragmas):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _prepare_writer(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    _prepare(connection, "journal_mode = WAL", "synchronous = FULL")


def _prepare_reader(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    _prepare(connection, "query_only = ON")


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_deferred(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


@contextmanager
def _held(path: Path) -> Generator[None]:
    """Keep every other process off this SQLite file."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        problem = f"the folder {path.parent} cannot be used: {error.strerror}"
        raise ConfigurationError("INROAD_DATABASE_URL", problem) from error
    try:
        lock = FileLock(f"{path}.lock", thread_local=False)
        pid_file = path.with_name(f"{path.name}.pid")
        with lock.acquire(timeout=0):
            pid_file.write_text(f"{os.getpid()}\n")
            try:
                yield
            finally:
                pid_file.unlink(missing_ok=True)
    except Timeout:
        raise DatabaseInUse(str(path), _pid(path)) from None


def _pid(path: Path) -> int | None:
    try:
        return int(path.with_name(f"{path.name}.pid").read_text())
    except (OSError, ValueError):
        return None


def _translate(error: DBAPIError, place: str) -> StoreError | None:
    if isinstance(error.orig, sqlite3.Error):
        code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
        full, read_only = code == _SQLITE_FULL, code == _SQLITE_READONLY
        broken = code in {_SQLITE_IOERR, _SQLITE_CANTOPEN, _SQLITE_NOTADB}
    else:
        state = str(getattr(error.orig, "sqlstate", "") or "")
        full, read_only = state in _POSTGRES_FULL, state in _POSTGRES_READONLY
        broken = state.startswith("08") or error.connection_invalidated
    if full:
        return StorageFull(
            f"no room left for the database {place}; nothing of this change was kept",
            fix="free some space where the database lives, then try again",
        )
    if read_only:
        return StorageReadOnly(f"the database {place} may only be read; nothing of this change was kept")
    if broken:
        return StoreError(f"the database {place} cannot be used: {error.orig}")
    return None
