"""What form fields say, as values for actions."""

from datetime import datetime

from inroad.service.errors import InvalidInput


def wall_clock(date: str, time: str) -> datetime:
    """Return a date field and a time field as a wall-clock time without a zone.

    Raises:
        InvalidInput: one of them is empty or is no such thing.
    """
    try:
        return datetime.strptime(f"{date} {time[:5]}", "%Y-%m-%d %H:%M")  # noqa: DTZ007 - a wall clock has no zone
    except ValueError:
        raise InvalidInput("time", "a day and a time are needed", fix="choose both") from None
