"""Times, zones and counts in a person's words."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

FIRST_WORDS = 120
_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)
_REGIONS = ("Europe", "America", "Asia", "Africa", "Australia", "Pacific", "Atlantic", "Indian", "Antarctica", "Arctic")


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone to choose: its id, and its name inside its region."""

    id: str
    name: str


def zone_or(zone: str | None, default: str = "UTC") -> str:
    """Return the zone's name when there is such a zone, else the default."""
    try:
        return ZoneInfo(zone).key if zone else default
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return default


def city_of(zone: str) -> str:
    """Return how a person names a zone: "Berlin" for Europe/Berlin."""
    return zone.rpartition("/")[2].replace("_", " ")


@cache
def zone_groups() -> tuple[tuple[str, tuple[Zone, ...]], ...]:
    """Return every zone with a place's name, by region, for a select field."""
    groups: dict[str, list[Zone]] = {region: [] for region in _REGIONS}
    for zone in sorted(available_timezones()):
        region, _, place = zone.partition("/")
        if region in groups and place:
            groups[region].append(Zone(zone, place.replace("_", " ").replace("/", ", ")))
    return (("Everywhere", (Zone("UTC", "UTC"),)), *((region, tuple(zones)) for region, zones in groups.items()))


def say_date(day: date, today: date) -> str:
    """Return "Tue 1 Dec"; the year is said when it is not this one."""
    said = f"{day:%a} {day.day} {day:%b}"
    return said if day.year == today.year else f"{said} {day.year}"


def say_day(day: date, today: date) -> tuple[str, str]:
    """Return the day's name and a note beside it: ("Tomorrow", "Tue 1 Dec")."""
    near = {0: "Today", 1: "Tomorrow", -1: "Yesterday"}.get((day - today).days)
    said = say_date(day, today)
    if near is not None:
        return near, said
    weeks = (day - today).days // 7
    return said, f"in {weeks} weeks" if weeks > 1 else ""


def say_when(wall: datetime, zone: str, *, now: datetime) -> str:
    """Return "Tue 1 Dec, 09:00 Berlin" for a wall-clock time in a zone."""
    today = now.astimezone(ZoneInfo(zone)).date()
    return f"{say_date(wall.date(), today)}, {wall:%H:%M} {city_of(zone)}"


def say_instant(instant: datetime, zone: str, *, now: datetime) -> str:
    """Return an instant to the second, on the wall clock of a zone."""
    info = ZoneInfo(zone)
    local = instant.astimezone(info)
    return f"{say_date(local.date(), now.astimezone(info).date())}, {local:%H:%M:%S} {city_of(zone)}"


def say_distance(instant: datetime, now: datetime) -> str:
    """Return "in 3 h 20 min", "in 8 days", "12 min ago"."""
    length = say_length(abs(instant - now))
    if not length:
        return "just now" if instant < now else "in less than a minute"
    return f"{length} ago" if instant < now else f"in {length}"


def say_length(span: timedelta) -> str:
    """Return a length of time in its two largest units; nothing below a minute."""
    minutes, hours = span // _MINUTE, span // timedelta(hours=1)
    if minutes < 60:
        return f"{minutes} min" if minutes else ""
    if hours < 24:
        return f"{hours} h {minutes % 60} min" if minutes % 60 else f"{hours} h"
    days = span // _DAY
    if days > 13 or hours % 24 == 0:
        return say_count(days, "day")
    return f"{say_count(days, 'day')} {hours % 24} h"


def say_count(count: int, noun: str, plural: str = "") -> str:
    """Return "1 post", "3 posts"."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def say_size(size: int) -> str:
    """Return a number of bytes as a person reads it."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / (1024 * 1024):.1f} MB"


def say_list(names: list[str]) -> str:
    """Return "Ada, Ben and Northwind"."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 2 else names)


def first_words(text: str) -> str:
    """Return the beginning of a text on one line, for a list."""
    line = " ".join(text.split())
    return line if len(line) <= FIRST_WORDS else line[: FIRST_WORDS - 1].rstrip() + "…"


def initials_of(name: str) -> str:
    """Return up to two letters that stand for a name."""
    letters = [word[0] for word in name.split() if word[0].isalnum()]
    return "".join(letters[:1] + letters[-1:] if len(letters) > 1 else letters).upper() or "?"
