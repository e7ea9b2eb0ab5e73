"""Every transition of an effect, as a table."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest

from inroad.common.clock import to_millis
from inroad.common.urn import Urn, person
from inroad.sdk.errors import ConnectionFailed, Timeout, UnexpectedResponse, error_from_answer
from inroad.service.publishing.effects import (
    TRANSITIONS,
    Absent,
    Effect,
    EffectState,
    Look,
    Policy,
    Resend,
    Review,
    Sighting,
    Wait,
    could_be_ours,
    find_ours,
    judge_failure,
    next_step,
)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
POLICY = Policy()
FIRST = Effect(
    id="e1",
    workspace_id="w1",
    post_id="p1",
    kind="post",
    position=0,
    state="sent",
    body=b"{}",
    body_sha256="0" * 64,
    attempts=1,
    resends=0,
    backoffs=0,
    looks=0,
    sent_at=NOW,
    doubt_since=None,
    result_urn=None,
    request_id=None,
    available_at=None,
)
RESENT = replace(FIRST, attempts=2, resends=1, doubt_since=NOW - timedelta(minutes=1))
LONG_AGO = NOW - timedelta(days=30)

DUPLICATE = (
    b'{"errorDetailType":"com.linkedin.common.error.BadRequest","message":"Content is a duplicate of '
    b'urn:li:share:7391112223334445556","errorDetails":{"inputErrors":[{"description":"Duplicate post is detected",'
    b'"input":{},"code":"DUPLICATE_POST"}]},"status":422}'
)
DAY = (
    b'{"status":429,"serviceErrorCode":101,"code":"TOO_MANY_REQUESTS","message":"Resource level throttle '
    b'APPLICATION_AND_MEMBER DAY limit for calls to this resource is reached."}'
)
NOT_READY = b'{"status":400,"code":"MEDIA_ASSET_WAITING_UPLOAD","message":"Media asset is waiting for upload"}'


def coded(code: str) -> bytes:
    return b'{"status":401,"serviceErrorCode":65601,"code":"%s","message":"no"}' % code.encode()


def answer(status: int, body: bytes = b"{}") -> Exception:
    return error_from_answer(status, {"x-li-uuid": "AAY"}, body, call="POST /rest/posts", at=NOW)


@pytest.mark.parametrize(
    ("problem", "granted_at", "on_first_send", "on_resend"),
    [
        (ConnectionFailed("refused", sent=False), LONG_AGO, "intent", "unknown"),
        (ConnectionFailed("reset", sent=None), LONG_AGO, "unknown", "unknown"),
        (ConnectionFailed("reset", sent=True), LONG_AGO, "unknown", "unknown"),
        (Timeout("no answer", sent=None), LONG_AGO, "unknown", "unknown"),
        (UnexpectedResponse("no URN", status=201, content=b""), LONG_AGO, "unknown", "unknown"),
        (RuntimeError("a fault of ours after the bytes left"), LONG_AGO, "unknown", "unknown"),
        (answer(500), LONG_AGO, "unknown", "unknown"),
        (answer(503), LONG_AGO, "unknown", "unknown"),
        (answer(504), LONG_AGO, "unknown", "unknown"),
        (answer(408), LONG_AGO, "unknown", "unknown"),
        (answer(409), LONG_AGO, "unknown", "unknown"),
        (answer(429), LONG_AGO, "intent", "unknown"),
        (answer(429, DAY), LONG_AGO, "intent", "unknown"),
        (answer(400), LONG_AGO, "rejected", "needs_review"),
        (answer(403), LONG_AGO, "rejected", "needs_review"),
        (answer(404), LONG_AGO, "rejected", "needs_review"),
        (answer(422), LONG_AGO, "rejected", "needs_review"),
        (answer(426), LONG_AGO, "rejected", "needs_review"),
        (answer(422, DUPLICATE), LONG_AGO, "rejected", "unknown"),
        (answer(400, NOT_READY), LONG_AGO, "intent", "unknown"),
        (answer(401, coded("EXPIRED_ACCESS_TOKEN")), LONG_AGO, "intent", "unknown"),
        (answer(401, coded("REVOKED_ACCESS_TOKEN")), LONG_AGO, "rejected", "needs_review"),
        (answer(401, coded("REVOKED_ACCESS_TOKEN")), NOW - timedelta(minutes=1), "intent", "unknown"),
        (answer(401, coded("INVALID_ACCESS_TOKEN")), NOW - timedelta(minutes=1), "intent", "unknown"),
        (answer(401, coded("RESTRICTED_MEMBER")), NOW - timedelta(minutes=1), "rejected", "needs_review"),
    ],
)
def test_failed_send_leads_where_the_table_says(
    problem: Exception, granted_at: datetime, on_first_send: EffectState, on_resend: EffectState
) -> None:
    first = judge_failure(problem, FIRST, now=NOW, granted_at=granted_at, policy=POLICY, jitter=0.5)
    again = judge_failure(problem, RESENT, now=NOW, granted_at=granted_at, policy=POLICY, jitter=0.5)

    assert (first.state, again.state) == (on_first_send, on_resend)
    assert first.state in TRANSITIONS["sent"]
    assert again.state in TRANSITIONS["sent"]
    assert first.why


def test_duplicate_on_the_first_send_is_a_real_duplicate_that_names_the_other() -> None:
    verdict = judge_failure(answer(422, DUPLICATE), FIRST, now=NOW, granted_at=LONG_AGO, policy=POLICY, jitter=0)

    assert not verdict.named
    assert verdict.why == (
        "LinkedIn already has this post as urn:li:share:7391112223334445556, published before this one was sent"
    )


def test_duplicate_on_the_resend_names_what_is_to_be_verified() -> None:
    verdict = judge_failure(answer(422, DUPLICATE), RESENT, now=NOW, granted_at=LONG_AGO, policy=POLICY, jitter=0)

    assert (verdict.named, verdict.urn) == (True, Urn("share", "7391112223334445556"))


def test_day_limit_parks_until_midnight_utc_and_a_little_longer() -> None:
    verdict = judge_failure(answer(429, DAY), FIRST, now=NOW, granted_at=LONG_AGO, policy=POLICY, jitter=0.5)

    assert verdict.retry_at == datetime(2026, 11, 24, 0, 2, 30, tzinfo=UTC)
    assert (verdict.day_limit, verdict.level, verdict.refund) == (True, "APPLICATION_AND_MEMBER", False)


@pytest.mark.parametrize(("backoffs", "seconds"), [(0, 30), (1, 60), (3, 240), (9, 900)])
def test_burst_limit_backs_off(backoffs: int, seconds: int) -> None:
    effect = replace(FIRST, backoffs=backoffs)
    verdict = judge_failure(answer(429), effect, now=NOW, granted_at=LONG_AGO, policy=POLICY, jitter=1)

    assert verdict.retry_at == NOW + timedelta(seconds=seconds)
    assert not verdict.day_limit


def test_only_a_send_of_which_no_byte_left_is_refunded() -> None:
    problems = [ConnectionFailed("refused", sent=False), Timeout("late", sent=None), answer(429), answer(500)]
    refunds = [judge_failure(p, FIRST, now=NOW, granted_at=LONG_AGO, policy=POLICY, jitter=0).refund for p in problems]

    assert refunds == [True, False, False, False]


def test_picture_that_never_gets_ready_ends_in_rejection() -> None:
    effect = replace(FIRST, backoffs=POLICY.max_backoffs)
    verdict = judge_failure(answer(400, NOT_READY), effect, now=NOW, granted_at=LONG_AGO, policy=POLICY, jitter=0)

    assert verdict.state == "rejected"


def doubtful(*, seconds_ago: float, looks: int = 0, resends: int = 0) -> Effect:
    sent_at = NOW - timedelta(seconds=seconds_ago)
    return replace(FIRST, state="unknown", sent_at=sent_at, doubt_since=sent_at, looks=looks, resends=resends)


@pytest.mark.parametrize(
    ("effect", "step"),
    [
        (doubtful(seconds_ago=1), Wait(NOW + timedelta(seconds=2))),
        (doubtful(seconds_ago=3), Look()),
        (doubtful(seconds_ago=3, looks=1), Wait(NOW + timedelta(seconds=3))),
        (doubtful(seconds_ago=6, looks=1), Look()),
        (doubtful(seconds_ago=44, looks=2), Wait(NOW + timedelta(seconds=1))),
        (doubtful(seconds_ago=45, looks=2), Look()),
        (doubtful(seconds_ago=45, looks=3), Absent()),
        (doubtful(seconds_ago=9000, looks=3), Absent()),
    ],
)
def test_with_listing_absence_is_proved_by_looks_after_the_send_is_over(effect: Effect, step: object) -> None:
    assert next_step(effect, can_list=True, now=NOW, policy=POLICY) == step


def test_with_listing_a_post_that_never_shows_ends_with_a_person() -> None:
    effect = doubtful(seconds_ago=60, looks=3, resends=3)

    assert isinstance(next_step(effect, can_list=True, now=NOW, policy=POLICY), Review)


@pytest.mark.parametrize(
    ("effect", "step"),
    [
        (doubtful(seconds_ago=1), Wait(NOW + timedelta(seconds=44))),
        (doubtful(seconds_ago=45), Resend()),
        (doubtful(seconds_ago=300), Resend()),
    ],
)
def test_without_listing_the_same_bytes_are_sent_once_more(effect: Effect, step: object) -> None:
    assert next_step(effect, can_list=False, now=NOW, policy=POLICY) == step


@pytest.mark.parametrize("effect", [doubtful(seconds_ago=301), doubtful(seconds_ago=60, resends=1)])
def test_without_listing_a_person_decides_after_one_resend_or_too_long_a_wait(effect: Effect) -> None:
    assert isinstance(next_step(effect, can_list=False, now=NOW, policy=POLICY), Review)


ADA = person("sBx7kQ2mWa")


def sighting(number: int, *, author: Urn = ADA, text: str = "Hello", seconds: float = 1, media: str = "") -> Sighting:
    return Sighting(
        urn=Urn("share", str(number)),
        author=author,
        text=text,
        media=frozenset(media.split()),
        created_at=NOW + timedelta(seconds=seconds),
    )


def found(*seen: Sighting, taken: frozenset[str] = frozenset()) -> str | None:
    ours = find_ours(
        seen, author=ADA, text="Hello", media=frozenset(), sent_at=NOW, now=NOW + timedelta(minutes=5), taken=taken
    )
    return None if ours is None else ours.urn.id


def test_our_post_is_found_by_author_text_pictures_and_time() -> None:
    others = [
        sighting(1, author=person("another0001")),
        sighting(2, text="Hello!"),
        sighting(3, seconds=-121),
        sighting(4, seconds=8 * 60),
        sighting(5, media="urn:li:image:x"),
        replace(sighting(6), created_at=None),
    ]

    assert found(*others) is None
    assert found(*others, sighting(7)) == "7"


def test_post_of_another_effect_is_not_ours_and_the_earliest_left_is() -> None:
    seen = [sighting(9, seconds=3), sighting(8, seconds=2), sighting(7, seconds=1)]

    assert found(*seen, taken=frozenset({"urn:li:share:7"})) == "8"


def born(at: datetime, kind: str = "share") -> Urn:
    return Urn(kind, str(to_millis(at) << 22))


ASKED = NOW + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("urn", "read", "unread"),
    [
        (born(NOW), True, True),
        (born(NOW, "ugcPost"), True, True),
        (born(NOW - timedelta(minutes=1)), True, True),
        (born(NOW + timedelta(seconds=29)), True, True),
        (born(NOW + timedelta(seconds=31)), True, False),
        (born(ASKED), True, False),
        (born(NOW - timedelta(minutes=3)), False, False),
        (born(NOW + timedelta(minutes=10)), False, False),
        (born(NOW, "activity"), False, False),
        (Urn("share", "abc"), False, False),
        (Urn("share", "9" * 60), False, False),
        (person("sBx7kQ2mWa"), False, False),
    ],
)
def test_time_in_a_urn_can_refute_that_it_is_ours(urn: Urn, read: bool, unread: bool) -> None:
    assert could_be_ours(urn, doubt_since=NOW, asked_at=ASKED, was_read=True) is read
    assert could_be_ours(urn, doubt_since=NOW, asked_at=ASKED, was_read=False) is unread


def test_every_state_has_its_transitions() -> None:
    states = frozenset(get_args(EffectState))

    assert frozenset(TRANSITIONS) == states
    assert all(targets <= states for targets in TRANSITIONS.values())
    assert "intent" not in TRANSITIONS["confirmed"]
