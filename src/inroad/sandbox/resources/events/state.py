"""Events of a world."""

from datetime import datetime

import msgspec


class Event(msgspec.Struct, kw_only=True):
    """One event of a page."""

    id: int
    name: str
    organizer: str
    kind: str
    starts_at: datetime
    actor: str
    created_at: datetime
    modified_at: datetime
    ends_at: datetime | None = None
    description: str = ""
    url: str = ""
    privacy_policy: str = ""
    is_cancelled: bool = False


class Events(msgspec.Struct):
    """Every event, in order of creation."""

    by_id: dict[int, Event] = {}
