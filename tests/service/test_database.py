"""The database, on SQLite and on PostgreSQL."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text

from inroad.service.database import Database, migration_config, upgrade
from inroad.service.errors import (
    ConfigurationError,
    DatabaseInUse,
    SchemaTooNew,
    StorageFull,
    StorageReadOnly,
    StoreError,
)
from inroad.service.settings import Settings

INSERT = text("INSERT INTO workspaces (id, name, created_at) VALUES (:id, 'W', 1790000000000)")


def _revisions() -> list[str]:
    scripts = ScriptDirectory.from_config(migration_config())
    return [script.revision for script in reversed(list(scripts.walk_revisions()))]


REVISIONS = _revisions()


async def ids(db: Database) -> list[str]:
    async with db.read() as tx:
        return [row.id for row in await tx.execute(text("SELECT id FROM workspaces ORDER BY id"))]


async def test_committed_write_is_seen_by_readers(db: Database) -> None:
    async with db.write() as tx:
        await tx.execute(INSERT, {"id": "w"})
    async with db.read() as tx:
        rows = (await tx.execute(text("SELECT id, created_at FROM workspaces"))).all()
    assert [tuple(row) for row in rows] == [("w", 1790000000000)]


async def test_write_that_raises_leaves_nothing(db: Database) -> None:
    async def write() -> None:
        async with db.write() as tx:
            await tx.execute(INSERT, {"id": "w"})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await write()
    assert await ids(db) == []


async def test_cancelled_write_leaves_nothing_and_the_next_one_works(db: Database) -> None:
    inside = asyncio.Event()

    async def write() -> None:
        async with db.write() as tx:
            await tx.execute(INSERT, {"id": "cancelled"})
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with db.write() as tx:
        await tx.execute(INSERT, {"id": "next"})
    assert await ids(db) == ["next"]


async def test_many_writers_at_once_all_get_through(db: Database) -> None:
    async def write(number: int) -> None:
        async with db.write() as tx:
            await tx.execute(INSERT, {"id": f"w{number:02}"})

    await asyncio.gather(*(write(number) for number in range(40)))
    assert await ids(db) == [f"w{number:02}" for number in range(40)]


async def test_reader_is_not_held_up_by_a_writer(db: Database) -> None:
    async with db.write() as tx:
        await tx.execute(INSERT, {"id": "w"})
        assert await ids(db) == []


async def test_reader_cannot_write(db: Database) -> None:
    with pytest.raises(StorageReadOnly):
        async with db.read() as tx:
            await tx.execute(INSERT, {"id": "w"})
    assert await ids(db) == []


async def test_foreign_keys_hold(db: Database) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        async with db.write() as tx:
            await tx.execute(
                text(
                    "INSERT INTO memberships (workspace_id, person_id, role, created_at) VALUES ('x', 'y', 'owner', 0)"
                )
            )


async def test_migrating_again_changes_nothing(db: Database) -> None:
    before = await db.revision()
    await db.migrate()
    assert await db.revision() == before == REVISIONS[-1]


@pytest.mark.parametrize("start", [None, *REVISIONS])
async def test_every_earlier_revision_is_brought_to_the_newest(empty_settings: Settings, start: str | None) -> None:
    async with Database.open(empty_settings) as db:
        if start is not None:
            async with db.write() as tx:
                await tx.run_sync(upgrade, start)
                await tx.execute(INSERT, {"id": "kept"})
        await db.migrate()
        assert await db.revision() == REVISIONS[-1]
        assert await ids(db) == ([] if start is None else ["kept"])


async def test_database_of_a_newer_release_is_left_alone(db: Database) -> None:
    async with db.write() as tx:
        await tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaTooNew) as caught:
        await db.migrate()
    assert str(caught.value) == (
        "the database is at migration 9999, which this inroad does not know: a newer release wrote it"
    )
    assert caught.value.fix == "install the newer release, or restore an older backup"


async def test_only_one_at_a_time_does_the_named_work(settings: Settings) -> None:
    async with Database.open(settings) as db:
        if db.dialect == "sqlite":
            async with db.only_one("work"):
                return
        async with Database.open(settings) as second:
            entered = asyncio.Event()

            async def stand_by() -> None:
                async with second.only_one("work"):
                    entered.set()

            async with db.only_one("work"):
                waiting = asyncio.create_task(stand_by())
                await second.revision()  # time enough for the other to ask
                assert not entered.is_set()
            await waiting
            assert entered.is_set()


# SQLite alone


@pytest.fixture
def sqlite_settings(tmp_path: Path) -> Settings:
    return Settings.from_environment(
        {"INROAD_DATA_DIR": str(tmp_path / "data"), "INROAD_ROOT_KEY_FILE": str(tmp_path / "root.key")}
    )


async def test_sqlite_keeps_every_commit(sqlite_settings: Settings) -> None:
    async with Database.open(sqlite_settings) as db, db.write() as tx:
        mode = (await tx.execute(text("PRAGMA journal_mode"))).scalar_one()
        synchronous = (await tx.execute(text("PRAGMA synchronous"))).scalar_one()
        foreign_keys = (await tx.execute(text("PRAGMA foreign_keys"))).scalar_one()
    assert (mode, synchronous, foreign_keys) == ("wal", 2, 1)


async def test_second_write_inside_a_write_is_refused_and_does_not_hang(sqlite_settings: Settings) -> None:
    async with Database.open(sqlite_settings) as db, db.write():
        with pytest.raises(RuntimeError, match=r"already inside db\.write"):
            async with db.write():
                pass


async def test_second_process_on_the_same_file_is_told_who_has_it(sqlite_settings: Settings) -> None:
    program = (
        "import asyncio, os\n"
        "from inroad.service.database import Database\n"
        "from inroad.service.errors import DatabaseInUse\n"
        "from inroad.service.settings import Settings\n"
        "async def main():\n"
        "    try:\n"
        "        async with Database.open(Settings.from_environment(os.environ)): pass\n"
        "    except DatabaseInUse as error:\n"
        "        print(error); print(error.fix)\n"
        "asyncio.run(main())\n"
    )
    async with Database.open(sqlite_settings):
        ended = await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-c", program],
            env={**os.environ, "INROAD_DATA_DIR": str(sqlite_settings.data_dir)},
            capture_output=True,
            text=True,
            check=True,
        )
    file = sqlite_settings.data_dir / "inroad.sqlite3"
    assert ended.stdout.splitlines() == [
        f"another inroad (pid {os.getpid()}) already uses the database {file}",
        "stop that one first, or give this one another folder with INROAD_DATA_DIR",
    ]


async def test_file_is_free_again_after_a_close_and_after_a_kill(sqlite_settings: Settings) -> None:
    async with Database.open(sqlite_settings):
        pass
    program = (
        "import asyncio, os, signal\n"
        "from inroad.service.database import Database\n"
        "from inroad.service.settings import Settings\n"
        "async def main():\n"
        "    async with Database.open(Settings.from_environment(os.environ)): os.kill(os.getpid(), signal.SIGKILL)\n"
        "asyncio.run(main())\n"
    )
    env = {**os.environ, "INROAD_DATA_DIR": str(sqlite_settings.data_dir)}
    killed = await asyncio.to_thread(subprocess.run, [sys.executable, "-c", program], env=env, check=False)
    assert killed.returncode == -9
    async with Database.open(sqlite_settings) as db:
        await db.migrate()


async def test_same_process_cannot_open_the_file_twice(sqlite_settings: Settings) -> None:
    async with Database.open(sqlite_settings):
        with pytest.raises(DatabaseInUse):
            async with Database.open(sqlite_settings):
                pass


async def test_full_disk_is_told_in_words_and_keeps_nothing_of_the_change(sqlite_settings: Settings) -> None:
    async with Database.open(sqlite_settings) as db:
        await db.migrate()
        async with db.write() as tx:
            await tx.execute(INSERT, {"id": "before"})
            pages = (await tx.execute(text("PRAGMA page_count"))).scalar_one()
            await tx.execute(text(f"PRAGMA max_page_count = {pages}"))

        async def fill() -> None:
            async with db.write() as tx:
                for number in range(10_000):
                    await tx.execute(INSERT, {"id": f"{number:0500}"})

        with pytest.raises(StorageFull) as caught:
            await fill()
        assert str(caught.value) == (
            f"no room left for the database {sqlite_settings.data_dir}/inroad.sqlite3; nothing of this change was kept"
        )
        assert caught.value.fix == "free some space where the database lives, then try again"
        assert await ids(db) == ["before"]


async def test_file_that_is_no_database_is_told_in_words(sqlite_settings: Settings) -> None:
    sqlite_settings.data_dir.mkdir()
    (sqlite_settings.data_dir / "inroad.sqlite3").write_bytes(b"this is a text, not a database" * 100)
    with pytest.raises(StoreError, match="cannot be used: file is not a database"):
        async with Database.open(sqlite_settings):
            pass


async def test_folder_that_cannot_be_made_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings = Settings.from_environment(
        {"INROAD_DATA_DIR": str(tmp_path / "file" / "data"), "INROAD_ROOT_KEY_FILE": str(tmp_path / "root.key")}
    )
    with pytest.raises(ConfigurationError, match=r"INROAD_DATABASE_URL: the folder .* cannot be used"):
        async with Database.open(settings):
            pass


async def test_server_that_does_not_answer_is_told_without_its_password() -> None:
    settings = Settings.from_environment(
        {
            "INROAD_DATA_DIR": "/nonexistent",
            "INROAD_DATABASE_URL": "postgresql://inroad:hunter2@127.0.0.1:1/inroad",
            "INROAD_ROOT_KEY_FILE": "/nowhere/root.key",
        }
    )
    with pytest.raises(StoreError, match="no answer from the database at postgresql") as caught:
        async with Database.open(settings):
            pass
    assert "hunter2" not in json.dumps([str(caught.value), repr(caught.value)])
