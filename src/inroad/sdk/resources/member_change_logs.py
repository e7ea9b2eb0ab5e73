"""What the token's member did in the last 28 days (versioned API, versions of its own). Ask about hourly.

Repeated: the next call begins at `next_start(...)`, and `newest(...)` leaves one event of those that were sent again.
Source: "Member Changelog API", learn.microsoft.com /linkedin/dma/member-data-portability/shared/member-changelog-api
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from inroad.common.clock import to_millis
from inroad.contract.versions import VerifiedWith
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, paged
from inroad.sdk.resources.entity import Elements, Entity, Millis, UrnText, as_count, decoder, pages

MAX_CHANGES = 50
"""Events per page; LinkedIn recommends 10."""

UNREADABLE_FIELD = "Unable_to_process_this_field."
"""What stands in place of a value that LinkedIn could not prepare."""


class ChangeEvent(Entity, frozen=True):
    """Something the member did, or that was done to what is theirs.

    `activity` is what LinkedIn stored, `processed_activity` the same with URNs decorated; both are empty for a DELETE.
    `resource_name` is such as `messages`, `ugcPosts`, `socialActions/likes`; LinkedIn adds names. `method_name` is an
    ACTION's. `activity_status` is missing in older events.
    """

    id: int
    activity_id: str
    processed_at: Millis
    captured_at: Millis | None = None
    owner: UrnText | None = None
    actor: UrnText | None = None
    resource_name: str = ""
    resource_id: str = ""
    resource_uri: str = ""
    method: str = ""
    method_name: str | None = None
    activity: Mapping[str, Any] = {}
    processed_activity: Mapping[str, Any] = {}
    sibling_activities: tuple[Any, ...] = ()
    parent_sibling_activities: tuple[Any, ...] = ()
    activity_status: str | None = None

    @property
    def is_own(self) -> bool:
        """Whether the member did it; a message that is not one's own was received."""
        return self.actor is not None and self.actor == self.owner

    @property
    def is_unprocessed(self) -> bool:
        """Whether LinkedIn could not prepare the event: `processed_activity` holds a message only."""
        return set(self.processed_activity) == {"message"}


_EVENTS = decoder(Elements[ChangeEvent])


class MemberChangeLogs(Resource[IO]):
    """What the token's member did in the last 28 days."""

    verified_with: ClassVar = VerifiedWith("portability", "202312", "202312")

    @paged
    def find_by_member_and_application(
        self, *, start_time: datetime | None = None, count: int = 10
    ) -> Flow[Page[ChangeEvent]]:
        """Yield what the token's member did since they consented, at most 28 days back.

        Args:
            start_time: From this instant on, aware; events of the instant itself come again.
            count: Events per page, 1 to 50. Pages are fetched as you iterate.

        Raises:
            InvalidArgument: the instant has no zone.
            Forbidden: the scope is missing, or the member lives elsewhere.

        Scopes: r_dma_portability_self_serve, r_dma_portability_member or r_dma_portability_3rd_party.
        """
        params: dict[str, object] = {"q": "memberAndApplication", "start": 0, "count": as_count(count, MAX_CHANGES)}
        if start_time is not None:
            if start_time.tzinfo is None:
                raise InvalidArgument(f"start_time must be an aware instant, got {start_time.isoformat()}")
            params["startTime"] = to_millis(start_time)
        return (yield from pages(Request("GET", "/rest/memberChangeLogs", params, restli_method="FINDER"), _EVENTS))


def next_start(events: Iterable[ChangeEvent], previous: datetime | None = None) -> datetime | None:
    """Return where to begin next time: the latest instant at which LinkedIn processed an event, else `previous`."""
    return max((event.processed_at for event in events), default=previous)


def newest(events: Iterable[ChangeEvent]) -> list[ChangeEvent]:
    """Return each event once, and of those that LinkedIn processed again the last one, in order of processing."""
    latest: dict[str, ChangeEvent] = {}
    for event in sorted(events, key=lambda event: (event.processed_at, event.id)):
        latest.pop(event.activity_id, None)
        latest[event.activity_id] = event
    return list(latest.values())
