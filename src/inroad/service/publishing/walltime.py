"""Wall-clock time in a zone, as an instant: the rules for the hours that do not exist and those that come twice.

The date, the time and the zone's name are what is stored; the instant is worked out from them, never the other
way round, so that a change of a country's rules moves the instant and not the time that a person wrote down.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from inroad.service.errors import InvalidInput

Fold = Literal[0, 1]
_MINUTE = timedelta(minutes=1)
_SECOND = timedelta(seconds=1)


class UnknownZone(InvalidInput):
    """There is no time zone of this name."""


class TimeInGap(InvalidInput):
    """The wall-clock time is skipped in this zone; `before` and `after` are the nearest ones that exist."""

    def __init__(self, local: datetime, zone: str, *, gap: tuple[datetime, datetime]) -> None:
        start, end = gap
        self.zone = zone
        self.gap = gap
        self.before, self.after = start - _MINUTE, end
        super().__init__(
            "time",
            f"{local:%Y-%m-%d %H:%M} does not exist in {zone}: clocks go from {start:%H:%M}"
            f" straight to {_day_if_other(end, start)}{end:%H:%M}",
            fix=f"choose {_day_if_other(self.before, local)}{self.before:%H:%M} or"
            f" {_day_if_other(self.after, local)}{self.after:%H:%M}",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """An instant with the wall-clock time that it came from. `twice`: that time comes two times on its day."""

    instant: datetime
    local: datetime
    zone: str
    fold: Fold
    twice: bool


def zone_named(name: str) -> ZoneInfo:
    """Return the zone with this tz database name.

    Raises:
        UnknownZone: there is none.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UnknownZone(
            "zone", f"there is no time zone {name[:60]!r}", fix="use a name such as Europe/Berlin or America/New_York"
        ) from None


def resolve(local: datetime, zone: str, *, fold: Fold = 0) -> Resolved:
    """Return the instant of a wall-clock time.

    A time that comes twice is the earlier one, or the later one with `fold=1`. A time that does not exist is
    refused rather than moved: whoever wrote it meant something that we cannot know.

    Raises:
        TimeInGap: clocks skip this time.
        UnknownZone: no such zone.
    """
    if local.tzinfo is not None:
        raise InvalidInput("time", "a wall-clock time has no offset; say the zone by its name")
    info = zone_named(zone)
    first, second = (local.replace(tzinfo=info, fold=n).astimezone(UTC) for n in (0, 1))
    if first > second:
        raise TimeInGap(local, zone, gap=_gap_between(second, first, info))
    twice = first != second
    chosen: Fold = fold if twice else 0
    return Resolved(instant=second if chosen else first, local=local, zone=zone, fold=chosen, twice=twice)


def _gap_between(before: datetime, after: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the wall-clock times between which clocks jump, at a change of offset in (before, after]."""
    old = _offset(before, zone)
    while after - before > _SECOND:
        middle = before + (after - before) // 2
        if _offset(middle, zone) == old:
            before = middle
        else:
            after = middle
    change = after.replace(microsecond=0)
    return (change + old).replace(tzinfo=None), (change + _offset(after, zone)).replace(tzinfo=None)


def _offset(instant: datetime, zone: ZoneInfo) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()


def _day_if_other(shown: datetime, other: datetime) -> str:
    return "" if shown.date() == other.date() else f"{shown:%Y-%m-%d} "
