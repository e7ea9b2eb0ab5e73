"""What data portability remembers by itself; the data are the world's."""

from datetime import datetime

import msgspec


class Gone(msgspec.Struct, kw_only=True):
    """Something that was in a member's log and has been deleted since."""

    resource: str
    key: str
    at: datetime


class Portability(msgspec.Struct):
    """Registrations that failed, and what logs have shown."""

    unregistered: list[str] = []  # `app member` pairs whose automatic registration failed
    seen: dict[str, dict[str, str]] = {}  # by member: key of an entity -> its resource
    gone: dict[str, list[Gone]] = {}  # by member

    def note_seen(self, member_id: str, present: dict[str, str], now: datetime) -> list[Gone]:
        """Compare with what was there before, and return everything that went."""
        before = self.seen.get(member_id, {})
        gone = self.gone.setdefault(member_id, [])
        gone += [Gone(resource=resource, key=key, at=now) for key, resource in before.items() if key not in present]
        self.seen[member_id] = present
        return gone
