"""A clock that stands until it is moved."""

from datetime import UTC, datetime, timedelta


class ManualClock:
    """Says the same instant until told otherwise; for everything that takes a `Clock`."""

    def __init__(self, instant: datetime = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)) -> None:
        self._instant = _aware(instant)

    def now(self) -> datetime:
        """Return the instant it stands at."""
        return self._instant

    def set(self, instant: datetime) -> None:
        """Make it `instant`, which must be aware."""
        self._instant = _aware(instant)

    def advance(self, by: timedelta) -> None:
        """Move on by `by`."""
        self._instant += by


def _aware(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError(f"an instant has a time zone, got {instant!r}")
    return instant.astimezone(UTC)
