"""Does the due work of this process: picks up what a dead one left, runs the engine, stops gently."""

import asyncio
import logging

from inroad.service.engine.port import Engine
from inroad.service.publishing.actions import Publishing

_log = logging.getLogger(__name__)


class Worker:
    """The engine at work, from recovery to a gentle end."""

    def __init__(self, engine: Engine, publishing: Publishing) -> None:
        self._engine = engine
        self._publishing = publishing

    async def run(self) -> None:
        """Work until `stop` is called; what was sent by then is brought to its end.

        A cancelled `run` stops in the same way: it takes no further job, and returns when LinkedIn's answers to
        what was sent are written down.
        """
        doubts = await self._publishing.recover()
        if doubts:
            _log.warning("%d sends of an earlier process have no known outcome; finding out", doubts)
        work = asyncio.create_task(self._engine.run(), name="engine")
        try:
            await asyncio.shield(work)
        except asyncio.CancelledError:
            self._engine.stop()
            await work
            raise

    def stop(self) -> None:
        """Take no further job; `run` returns when the started ones are done."""
        self._engine.stop()
