"""Group commit."""

import asyncio
from collections.abc import Sequence

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from inroad.service.database import Database
from inroad.service.engine.group import Grouped


class Ledger:
    """Writes numbers into a table, and counts its transactions."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    async def write(self, tx: AsyncConnection, items: Sequence[int]) -> Sequence[str]:
        self.sizes.append(len(items))
        for item in items:
            await tx.execute(text("INSERT INTO numbers (n) VALUES (:n)"), {"n": item})
        return [f"wrote {item}" for item in items]


@pytest.fixture
async def ledger(db: Database) -> Ledger:
    async with db.write() as tx:
        await tx.execute(text("CREATE TABLE numbers (n INTEGER NOT NULL UNIQUE)"))
    return Ledger()


async def kept(db: Database) -> list[int]:
    async with db.read() as tx:
        return [row.n for row in await tx.execute(text("SELECT n FROM numbers ORDER BY n"))]


async def test_items_that_arrive_together_share_a_transaction(db: Database, ledger: Ledger) -> None:
    grouped = Grouped(db, ledger.write)
    results = await asyncio.gather(*[grouped.submit(number) for number in range(50)])

    assert results == [f"wrote {number}" for number in range(50)]
    assert ledger.sizes == [50]


async def test_items_that_arrive_meanwhile_go_with_the_next_one(db: Database, ledger: Ledger) -> None:
    grouped = Grouped(db, ledger.write)
    async with db.write():
        first = asyncio.create_task(grouped.submit(0))
        for _ in range(5):
            await asyncio.sleep(0)
        rest = [asyncio.create_task(grouped.submit(number)) for number in range(1, 9)]
        await asyncio.sleep(0)
    await asyncio.gather(first, *rest)

    assert ledger.sizes == [1, 8]


async def test_bad_item_fails_alone(db: Database, ledger: Ledger) -> None:
    grouped = Grouped(db, ledger.write)
    results = await asyncio.gather(*[grouped.submit(n) for n in (1, 2, 2, 3)], return_exceptions=True)

    assert [isinstance(result, Exception) for result in results] == [False, False, True, False]
    assert await kept(db) == [1, 2, 3]


async def test_group_is_no_larger_than_its_bound(db: Database, ledger: Ledger) -> None:
    grouped = Grouped(db, ledger.write, max_items=20)
    await asyncio.gather(*[grouped.submit(number) for number in range(50)])

    assert ledger.sizes == [20, 20, 10]


async def test_caller_that_is_cancelled_does_not_stop_the_others(db: Database, ledger: Ledger) -> None:
    grouped = Grouped(db, ledger.write)
    tasks = [asyncio.create_task(grouped.submit(number)) for number in range(3)]
    await asyncio.sleep(0)
    tasks[1].cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)

    assert [results[0], results[2]] == ["wrote 0", "wrote 2"]
    assert await kept(db) == [0, 1, 2]
