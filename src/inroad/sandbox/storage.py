"""A world kept in a file: written soon after a change, whole or not at all."""

import asyncio
import contextlib
import logging
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from inroad.sandbox.faults import Plan
from inroad.sandbox.files import FileStore
from inroad.sandbox.limits import Counters
from inroad.sandbox.oauth.state import Codes, Sessions, Tokens
from inroad.sandbox.resources.ads.analytics.routes import Spending
from inroad.sandbox.resources.ads.brand_safety import Tracking
from inroad.sandbox.resources.ads.library import Bursts
from inroad.sandbox.resources.ads.segments import Streams, Uploads
from inroad.sandbox.resources.ads.shelves import Shelves
from inroad.sandbox.resources.ads.state import Ads
from inroad.sandbox.resources.applications.state import Applications
from inroad.sandbox.resources.event_subscriptions.state import Subscriptions
from inroad.sandbox.resources.events.state import Events
from inroad.sandbox.resources.jobs.state import Jobs
from inroad.sandbox.resources.leads.state import Leads
from inroad.sandbox.resources.levers import Levers
from inroad.sandbox.resources.media.state import Media
from inroad.sandbox.resources.messages.state import Messages
from inroad.sandbox.resources.metrics.state import Visits
from inroad.sandbox.resources.organizational_entity_notifications.state import Notifications
from inroad.sandbox.resources.portability.state import Portability
from inroad.sandbox.resources.posts.state import Posts
from inroad.sandbox.resources.provisioning.state import Provisioning
from inroad.sandbox.resources.social.state import Social
from inroad.sandbox.resources.stages.state import Stages
from inroad.sandbox.resources.verification.state import Verifications
from inroad.sandbox.webhooks.state import Webhooks
from inroad.sandbox.world import World

ROOMS: Final[tuple[type[msgspec.Struct], ...]] = (
    Plan,
    Counters,
    Levers,
    Tokens,
    Codes,
    Sessions,
    Media,
    Posts,
    Social,
    Notifications,
    Subscriptions,
    Events,
    Visits,
    Ads,
    Shelves,
    Streams,
    Uploads,
    Tracking,
    Spending,
    Bursts,
    Leads,
    Provisioning,
    Jobs,
    Applications,
    Messages,
    Webhooks,
    Verifications,
    Portability,
    Stages,
)
"""What is read at once; a world reads other parts when they are first asked for."""

_LOG = logging.getLogger("inroad.sandbox")

QUIET_SECONDS: Final = 1.0
"""Real seconds between a change and its writing; changes within them are written together."""


class Keeper:
    """Writes the world of one sandbox to a file when it is told that something changed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._changed = asyncio.Event()
        self._writing = threading.Lock()  # the last write may come while a thread is at the one before

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
                try:
                    document = self._document(current())
                    await asyncio.to_thread(self._write, document)
                except OSError as problem:
                    # The sandbox goes on; the next change tries again.
                    _LOG.error("the world was not kept in %s: %s", self.path, problem)
        finally:
            self._write(self._document(current()))

    def _document(self, world: World) -> bytes:
        world.files.settle(files_of(self.path))
        return world.to_document()

    def _write(self, document: bytes) -> None:
        with self._writing:
            write_whole(self.path, document)


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
        world = read(document)
    except ValueError as problem:
        raise ValueError(f"{path}: {problem}") from problem
    world.files = FileStore(files_of(path))
    world.files.sweep(document)
    return world


def files_of(path: Path) -> Path:
    """Return the folder beside a saved world that holds its large files."""
    return path.with_name(f"{path.name}.files")


def read(document: bytes) -> World:
    """Return the world of a document, every room's part of it read.

    Raises:
        ValueError: the document, or a room's part, is none.
    """
    world = World.from_document(document)
    for room in ROOMS:
        try:
            world.state(room)
        except msgspec.ValidationError as problem:
            raise ValueError(f"not a saved world: {room.__name__}: {problem}") from problem
    return world


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
