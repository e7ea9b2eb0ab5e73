"""A world kept in a file: written soon after a change, whole or not at all."""

import asyncio
import contextlib
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from inroad.sandbox.world import World

_LOG = logging.getLogger("inroad.sandbox")

QUIET_SECONDS: Final = 1.0
"""Real seconds between a change and its writing; changes within them are written together."""


class Keeper:
    """Writes the world of one sandbox to a file when it is told that something changed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._changed = asyncio.Event()

    def touch(self) -> None:
        """Note that the world may have changed."""
        self._changed.set()

    async def run(self, current: Callable[[], World]) -> None:
        """Write after each burst of changes, until cancelled; then write what is left. `current` gives the world."""
        try:
            while True:
                await self._changed.wait()
                await asyncio.sleep(QUIET_SECONDS)
                self._changed.clear()
                document = current().to_document()
                try:
                    await asyncio.to_thread(write_whole, self.path, document)
                except OSError as problem:
                    # The sandbox goes on; the next change tries again.
                    _LOG.error("the world was not kept in %s: %s", self.path, problem)
        finally:
            write_whole(self.path, current().to_document())


def load(path: Path) -> World | None:
    """Return the world kept in a file, None when there is no file.

    Raises:
        ValueError: the file holds something else.
    """
    try:
        document = path.read_bytes()
    except FileNotFoundError:
        return None
    try:
        return World.from_document(document)
    except ValueError as problem:
        raise ValueError(f"{path}: {problem}") from problem


def write_whole(path: Path, document: bytes) -> None:
    """Put a document in a file's place in one step, so that a crash leaves the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.new")
    try:
        with beside.open("wb") as file:
            file.write(document)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            beside.unlink()
        raise
