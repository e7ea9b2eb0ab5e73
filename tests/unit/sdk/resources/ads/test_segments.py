import pytest

from inroad.sdk.errors import InvalidArgument, NotFound, error_from_answer
from inroad.sdk.flow import Sleep
from inroad.sdk.resources.ads.dmp_segments import DmpSegments, SegmentCompany, SegmentUser
from inroad.sdk.resources.ads.identifiers import UserId, email_id

USER = SegmentUser(user_ids=(email_id("ines.falk@example.com"),))


@pytest.mark.parametrize(
    "user",
    [
        SegmentUser(user_ids=(), first_name="Ines", last_name="Falk"),
        SegmentUser(user_ids=(UserId(id_type="SHA256_EMAIL", id_value="ines.falk@example.com"),)),
    ],
)
def test_a_user_without_a_hash_that_can_match_is_not_sent(user: SegmentUser) -> None:
    with pytest.raises(InvalidArgument):
        next(DmpSegments.send_users.flow(None, 1, [user]))


def test_a_company_without_anything_to_match_by_is_not_sent() -> None:
    with pytest.raises(InvalidArgument, match="needs a name, a domain, a page"):
        next(DmpSegments.send_companies.flow(None, 1, [SegmentCompany()]))


def test_more_users_than_a_call_takes_are_not_sent() -> None:
    with pytest.raises(InvalidArgument, match="creates 1 to 5,000"):
        next(DmpSegments.send_users.flow(None, 1, [USER] * 5_001))


def test_no_users_are_no_call() -> None:
    with pytest.raises(StopIteration) as end:
        next(DmpSegments.send_users.flow(None, 1, []))

    assert end.value.value == []


def test_patience_with_a_young_segment_ends() -> None:
    flow = DmpSegments.send_users.flow(None, 1, [USER], patience_seconds=12)
    young = error_from_answer(404, {}, b"{}", call="c")

    waits = []
    for _ in range(2):
        next(flow)
        waits.append(flow.throw(young))
    next(flow)
    with pytest.raises(NotFound):
        flow.throw(young)

    assert waits == [Sleep(5), Sleep(7)]
