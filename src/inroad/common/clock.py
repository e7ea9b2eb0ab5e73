"""Time as an argument: the only module that reads the machine's clock.

Instants are aware UTC datetimes. The wire's epoch milliseconds are turned here and nowhere else.
"""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


class Clock(Protocol):
    """Whatever can say which instant it is."""

    def now(self) -> datetime:
        """Return the present instant, aware and in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present instant, aware and in UTC."""
        return datetime.now(UTC)


def to_millis(instant: datetime) -> int:
    """Return whole milliseconds since the epoch, LinkedIn's wire form of an instant."""
    return (instant - EPOCH) // _MILLISECOND


def from_millis(millis: int) -> datetime:
    """Return the instant that many milliseconds after the epoch."""
    return EPOCH + timedelta(milliseconds=millis)


def to_seconds(instant: datetime) -> int:
    """Return whole seconds since the epoch, the form that OAuth answers use."""
    return (instant - EPOCH) // timedelta(seconds=1)


def from_seconds(seconds: int) -> datetime:
    """Return the instant that many seconds after the epoch."""
    return EPOCH + timedelta(seconds=seconds)


def ticks() -> float:
    """Return seconds on a clock that only runs forward, for measuring how long something took."""
    return time.monotonic()
