"""Stretches of time as LinkedIn's statistics take and give them, instants or whole days; and how the answers end."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal, TypeAlias, TypeVar

import msgspec

from inroad.common.clock import to_millis
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import Flow, Page, Request
from inroad.sdk.resources.entity import Elements, Entity, Millis

T = TypeVar("T")

Granularity: TypeAlias = Literal["DAY", "WEEK", "MONTH"]


class TimeRange(Entity, frozen=True):
    """From one instant to another; an end that LinkedIn leaves out is open."""

    start: Millis | None = None
    end: Millis | None = None


class Day(Entity, frozen=True):
    """A day of the calendar."""

    year: int
    month: int
    day: int

    @property
    def date(self) -> date:
        """The day as Python's date."""
        return date(self.year, self.month, self.day)


class DateRange(Entity, frozen=True):
    """From a day to another, which is not in it any more. Empty when the count is of all time."""

    start: Day | None = None
    end: Day | None = None


def time_range(start: datetime | None, end: datetime | None) -> dict[str, int]:
    """Return a `timeRange` parameter; what is None is left out.

    Raises:
        InvalidArgument: an instant without a zone, or an end that is not after the start.
    """
    for name, instant in (("start", start), ("end", end)):
        if instant is not None and instant.tzinfo is None:
            raise InvalidArgument(f"{name} must be an aware instant, got {instant.isoformat()}")
    if start is not None and end is not None and start >= end:
        raise InvalidArgument(f"start must be before end, got {start.isoformat()} and {end.isoformat()}")
    return {name: to_millis(at) for name, at in (("start", start), ("end", end)) if at is not None}


def time_intervals(start: datetime, end: datetime, granularity: Granularity) -> dict[str, object]:
    """Return a `timeIntervals` parameter of organization statistics."""
    return {"timeRange": time_range(start, end), "timeGranularityType": granularity}


def date_range(start: date, end: date) -> dict[str, object]:
    """Return a `dateRange` parameter of member statistics; `end` is not in the range.

    Raises:
        InvalidArgument: the end is not after the start.
    """
    if start >= end:
        raise InvalidArgument(f"start must be before end, got {start.isoformat()} and {end.isoformat()}")
    return {"start": _day(start), "end": _day(end)}


def whole_pages(request: Request, reader: "msgspec.json.Decoder[Elements[T]]") -> Flow[Page[T]]:
    """Ask for statistics, which mostly come all at once, whatever `paging.count` says.

    So a full page does not mean that more follow, as it does elsewhere: a link or a total does.
    """
    response = yield request
    answer = response.decode(reader)
    following: Request | None = None
    after = answer.paging.start + len(answer.elements)
    href = next((link.href for link in answer.paging.links if link.rel == "next" and link.href.startswith("/")), None)
    if href is not None:
        following = msgspec.structs.replace(request, path=href, params=None)
    elif answer.elements and answer.paging.total is not None and after < answer.paging.total:
        params = {**(request.params or {}), "start": after, "count": len(answer.elements)}
        following = msgspec.structs.replace(request, params=params)
    if following is None:
        return Page(answer.elements)
    if following == request:
        raise response.unexpected("the next page is the same page")
    return Page(answer.elements, lambda: whole_pages(following, reader))


def _day(day: date) -> Mapping[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}
