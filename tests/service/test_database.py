"""The database, on SQLite and on PostgreSQL."""

from sqlalchemy import text

from inroad.service.database import Database


async def test_committed_write_is_seen_by_readers(db: Database) -> None:
    async with db.write() as tx:
        await tx.execute(text("INSERT INTO workspaces (id, name, created_at) VALUES ('w', 'W', 1790000000000)"))
    async with db.read() as tx:
        rows = (await tx.execute(text("SELECT id, created_at FROM workspaces"))).all()
    assert [tuple(row) for row in rows] == [("w", 1790000000000)]
