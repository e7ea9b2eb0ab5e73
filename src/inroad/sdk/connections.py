"""A client's connections: opened by the first call that needs them, shared with the clients derived from it."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from inroad.sdk.drivers import AsyncTransport, Transport

T = TypeVar("T")


class Connections(Generic[T]):
    """The transport that some clients share."""

    def __init__(self, given: T | None, open_one: Callable[[], T]) -> None:
        self._transport = given
        self._open_one = open_one
        self._opening = threading.Lock()

    def open(self) -> T:
        """Return the transport, made on the first call."""
        transport = self._transport
        if transport is None:
            with self._opening:
                transport = self._transport
                if transport is None:
                    transport = self._transport = self._open_one()
        return transport

    def take(self) -> T | None:
        """Return the transport, if one is open, and forget it."""
        transport, self._transport = self._transport, None
        return transport


def open_transport() -> Transport:
    """Return a pool of connections for a blocking client."""
    # Imported late: the HTTP library takes longer to import than everything else of the SDK together.
    from inroad.sdk.transport import HttpTransport  # noqa: PLC0415

    return HttpTransport()


def open_async_transport() -> AsyncTransport:
    """Return a pool of connections for an async client."""
    # Imported late, as above.
    from inroad.sdk.transport import AsyncHttpTransport  # noqa: PLC0415

    return AsyncHttpTransport()
