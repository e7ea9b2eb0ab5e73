"""The worker's beginning and end."""

import asyncio
import contextlib

from sqlalchemy import text

from inroad.service.worker import Worker


async def is_sending(house, view) -> None:
    while await house.state(view) != "sending":  # noqa: ASYNC110 - the database tells nobody
        await asyncio.sleep(0.01)


async def test_cancelled_worker_brings_what_was_sent_to_its_end(house) -> None:
    house.linkedin.fault("latency", method="POST", path="/rest/posts", seconds=0.3)
    view = await house.plan("Last one")
    working = asyncio.create_task(Worker(house.engine, house.publishing).run())
    async with asyncio.timeout(10):
        await is_sending(house, view)
        working.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await working

    assert await house.state(view) == "published"


async def test_stopped_worker_takes_nothing_new(house) -> None:
    house.linkedin.fault("latency", method="POST", path="/rest/posts", seconds=0.3)
    first = await house.plan("First")
    worker = Worker(house.engine, house.publishing)
    working = asyncio.create_task(worker.run())
    async with asyncio.timeout(10):
        await is_sending(house, first)
        worker.stop()
        second = await house.plan("Second")
        await working

    assert (await house.state(first), await house.state(second)) == ("published", "scheduled")


async def test_upload_of_a_dead_process_starts_again(house) -> None:
    view = await house.plan("Picture", author="northwind", media=[(await house.picture(), "A bench")])
    house.linkedin.fault("throttle_burst", method="POST", path="/rest/images*")
    await house.engine.drain()
    async with house.db.write() as tx:  # as a process leaves it that is killed while it uploads
        await tx.execute(text("UPDATE effects SET state = 'sent', lease_owner = 'dead' WHERE kind = 'image'"))
    house.restart()
    doubts = await house.publishing.recover()
    await house.live(minutes=2)

    assert doubts == 1
    assert await house.state(view) == "published"
    assert len(house.live_posts("Picture")) == 1
