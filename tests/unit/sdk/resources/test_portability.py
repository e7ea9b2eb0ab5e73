from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from inroad.common.urn import person
from inroad.sdk.errors import InvalidArgument, NotFound, error_from_answer
from inroad.sdk.flow import Flow, Page, Response
from inroad.sdk.resources.member_change_logs import ChangeEvent, MemberChangeLogs, newest, next_start
from inroad.sdk.resources.member_snapshot_data import MemberSnapshotData, Snapshot

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
EMPTY = (
    b'{"paging": {"start": 0, "count": 10, "links": []}, "elements": [{"snapshotDomain": "LOGIN", "snapshotData": []}]}'
)


def event(id: int, activity: str, minute: int) -> ChangeEvent:
    return ChangeEvent(id=id, activity_id=activity, processed_at=NOON + timedelta(minutes=minute))


def snapshot(domain: str | None = None) -> Flow[Page[Snapshot]]:
    return MemberSnapshotData.find_by_criteria.flow(object(), domain)


def refusal(body: bytes) -> Any:
    return error_from_answer(404, {}, body, call="GET /rest/memberSnapshotData")


def test_an_event_that_was_processed_again_is_left_once() -> None:
    events = [event(1, "a", 0), event(3, "a", 9), event(2, "b", 4), event(2, "b", 4)]

    assert [kept.id for kept in newest(events)] == [2, 3]


def test_the_next_call_begins_at_the_latest_event() -> None:
    assert next_start([event(1, "a", 9), event(2, "b", 4)]) == NOON + timedelta(minutes=9)
    assert next_start([], NOON) == NOON
    assert next_start([]) is None


def test_an_empty_domain_yields_nothing() -> None:
    flow = snapshot("login")
    next(flow)

    with pytest.raises(StopIteration) as end:
        flow.throw(refusal(b'{"status": 404, "message": "No data found for this memberId"}'))

    page: Page[Snapshot] = end.value.value
    assert (page.elements, page.following) == ([], None)


def test_another_absence_is_an_error() -> None:
    flow = snapshot()
    next(flow)

    with pytest.raises(NotFound):
        flow.throw(refusal(b'{"status": 404, "message": "No virtual resource found"}'))


def test_a_page_without_rows_and_link_is_the_last() -> None:
    flow = snapshot("login")
    next(flow)

    with pytest.raises(StopIteration) as end:
        flow.send(Response(200, {}, EMPTY))

    assert end.value.value.following is None


@pytest.mark.parametrize(
    "flow",
    [
        lambda: MemberSnapshotData.find_by_criteria.flow(object(), start=-1),
        lambda: MemberChangeLogs.find_by_member_and_application.flow(object(), count=51),
        lambda: MemberChangeLogs.find_by_member_and_application.flow(object(), start_time=NOON.replace(tzinfo=None)),
    ],
)
def test_what_cannot_be_asked_is_refused(flow: Any) -> None:
    with pytest.raises(InvalidArgument):
        next(flow())


def test_an_event_of_nobody_is_not_own() -> None:
    assert not event(1, "a", 0).is_own
    assert ChangeEvent(id=1, activity_id="a", processed_at=NOON, actor=person("x"), owner=person("x")).is_own
