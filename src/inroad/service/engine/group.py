"""Group commit: small writes that arrive together share one transaction, and so one wait for the disk."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from inroad.service.database import Database

Item = TypeVar("Item")
Result = TypeVar("Result")


class Grouped(Generic[Item, Result]):
    """Apply items that arrive while a transaction runs together in the next one.

    `apply` receives the items in order and returns one result for each. When a group fails, its items
    are applied once more one by one, so that a bad item fails alone. `linger_seconds` makes an item wait for company;
    `begin` may be `database.read`.
    """

    def __init__(
        self,
        database: Database,
        apply: Callable[[AsyncConnection, Sequence[Item]], Awaitable[Sequence[Result]]],
        *,
        max_items: int = 500,
        linger_seconds: float = 0.0,
        begin: Callable[[], AbstractAsyncContextManager[AsyncConnection]] | None = None,
    ) -> None:
        self._begin = begin or database.write
        self._apply = apply
        self._max_items = max_items
        self._linger_seconds = linger_seconds
        self._waiting: list[tuple[Item, asyncio.Future[Result]]] = []
        self._flusher: asyncio.Task[None] | None = None

    async def submit(self, item: Item) -> Result:
        """Return the item's result once the transaction that holds it is committed.

        A caller that is cancelled meanwhile does not take its item back: it may be committed.
        """
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._flusher is None:
            self._flusher = asyncio.create_task(self._flush())
        return await future

    async def _flush(self) -> None:
        try:
            while self._waiting:
                # At least whoever becomes ready in this turn of the loop joins.
                await asyncio.sleep(self._linger_seconds)
                batch, self._waiting = self._waiting[: self._max_items], self._waiting[self._max_items :]
                await self._commit(batch)
        finally:
            self._flusher = None

    async def _commit(self, batch: Sequence[tuple[Item, asyncio.Future[Result]]]) -> None:
        try:
            async with self._begin() as tx:
                results = await self._apply(tx, [item for item, _ in batch])
        except Exception as problem:
            if len(batch) == 1:
                _fail(batch[0][1], problem)
                return
            for single in batch:
                await self._commit([single])
            return
        except BaseException:
            for _, future in batch:
                future.cancel()
            raise
        for (_, future), result in zip(batch, results, strict=True):
            if not future.done():
                future.set_result(result)


def _fail(future: "asyncio.Future[Result]", problem: Exception) -> None:
    if not future.done():
        future.set_exception(problem)
