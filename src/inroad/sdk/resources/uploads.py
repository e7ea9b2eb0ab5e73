"""What pictures, videos and documents have in common on their way to LinkedIn."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from inroad.common.urn import Urn
from inroad.sdk.flow import Flow, Sleep
from inroad.sdk.resources.images import MediaNotReady

OWNERS = ("person", "organization", "sponsoredAccount")

_FIRST_WAIT = 1.0
_LONGEST_WAIT = 10.0


class Medium(Protocol):
    """Something that LinkedIn processes after its bytes are there."""

    @property
    def id(self) -> Urn:
        """Its URN."""
        ...

    @property
    def status(self) -> str:
        """WAITING_UPLOAD, PROCESSING, AVAILABLE or PROCESSING_FAILED."""
        ...


M = TypeVar("M", bound=Medium)


def wait_until_available(ask: Callable[[], Flow[M]], timeout_seconds: float) -> Flow[M]:
    """Ask at growing intervals until a medium is available.

    Raises:
        MediaNotReady: LinkedIn failed to process it, or `timeout_seconds` of waiting were not enough.
    """
    waited, pause = 0.0, _FIRST_WAIT
    while True:
        medium = yield from ask()
        if medium.status == "AVAILABLE":
            return medium
        if medium.status == "PROCESSING_FAILED" or waited >= timeout_seconds:
            raise MediaNotReady(medium.id, medium.status)
        pause = min(pause, timeout_seconds - waited)
        yield Sleep(pause)
        waited += pause
        pause = min(pause * 1.5, _LONGEST_WAIT)
