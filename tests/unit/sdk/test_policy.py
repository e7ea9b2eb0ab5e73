from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from inroad.sdk.errors import (
    ConnectionFailed,
    Error,
    InvalidArgument,
    Timeout,
    UnexpectedResponse,
    error_from_answer,
)
from inroad.sdk.flow import Request
from inroad.sdk.policy import NEVER, RetryBudget, RetryPolicy, is_repeatable

POLICY = RetryPolicy(jitter=lambda: 0.0)
READ = Request("GET", "/rest/posts/1")
CREATE = Request("POST", "/rest/posts", repeatable=False)
AT = datetime(2026, 11, 23, tzinfo=UTC)


def failed(status: int, message: str = "m", code: str = "X", headers: dict[str, str] | None = None) -> Error:
    body = b'{"message":"%b","code":"%b"}' % (message.encode(), code.encode())
    return error_from_answer(status, headers or {}, body, call="c", at=AT)


def wait(
    failure: Error,
    request: Request = READ,
    *,
    attempt: int = 1,
    token_age: timedelta | None = None,
    policy: RetryPolicy = POLICY,
) -> float | None:
    return policy.wait(failure, request, attempt=attempt, token_age=token_age, budget=RetryBudget(5))


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (Request("GET", "/p"), True),
        (Request("PUT", "/p"), True),
        (Request("DELETE", "/p"), True),
        (Request("POST", "/p"), False),
        (Request("POST", "/p", restli_method="PARTIAL_UPDATE"), True),
        (Request("POST", "/p", restli_method="BATCH_CREATE"), False),
        (Request("POST", "/p", repeatable=True), True),
        (Request("GET", "/p", repeatable=False), False),
    ],
)
def test_methods_that_may_be_repeated(request_: Request, expected: bool) -> None:
    assert is_repeatable(request_) is expected


@pytest.mark.parametrize(
    ("failure", "seconds"),
    [
        (failed(500), 0.5),
        (failed(502), 0.5),
        (failed(503), 0.5),
        (failed(504), 0.5),
        (failed(408), 0.5),
        (failed(409), 0.5),
        (failed(501), None),
        (failed(400), None),
        (failed(401, code="EXPIRED_ACCESS_TOKEN"), None),
        (failed(401, code="RESTRICTED_MEMBER"), None),
        (failed(403), None),
        (failed(404), None),
        (failed(422), None),
        (failed(426, code="NONEXISTENT_VERSION"), None),
        (failed(429, "Comment create throttled"), 0.5),
        (failed(429, "throttled", headers={"retry-after": "7"}), 7.0),
        (failed(429, "throttled", headers={"retry-after": "3600"}), None),
        (failed(429, "Resource level throttle APPLICATION DAY limit for calls to this resource is reached."), None),
        (failed(429, "The data request limit has been exceeded."), None),
        (failed(429, "The data request limit has been exceeded.", headers={"retry-after": "9"}), 9.0),
        (ConnectionFailed("c", sent=False), 0.5),
        (ConnectionFailed("c", sent=None), 0.5),
        (Timeout("t", sent=None), 0.5),
        (InvalidArgument("a"), None),
        (UnexpectedResponse("u", status=200, content=b""), None),
    ],
)
def test_reads_wait_as_the_failure_says(failure: Error, seconds: float | None) -> None:
    assert wait(failure) == seconds


@pytest.mark.parametrize(
    "failure",
    [failed(500), failed(503), failed(409), failed(429), ConnectionFailed("c", sent=False), Timeout("t", sent=None)],
)
def test_creates_are_never_repeated(failure: Error) -> None:
    assert wait(failure, CREATE) is None
    assert wait(failure, Request("POST", "/v2/ugcPosts")) is None


def test_waits_double_up_to_the_longest() -> None:
    policy = replace(POLICY, max_attempts=10, longest_wait_seconds=3.0)

    assert [wait(failed(500), attempt=n, policy=policy) for n in (1, 2, 3, 4, 5)] == [0.5, 1.0, 2.0, 3.0, 3.0]


def test_waits_are_shortened_by_up_to_a_half() -> None:
    assert wait(failed(500), policy=replace(POLICY, jitter=lambda: 1.0)) == 0.25
    assert wait(failed(500), policy=replace(POLICY, jitter=lambda: 0.5)) == 0.375


def test_attempts_are_bounded() -> None:
    assert wait(failed(500), attempt=3) == 2.0
    assert wait(failed(500), attempt=4) is None
    assert wait(failed(500), policy=NEVER) is None


@pytest.mark.parametrize(
    ("age", "attempt", "seconds"),
    [
        (timedelta(seconds=5), 1, 0.5),
        (timedelta(seconds=119), 1, 0.5),
        (timedelta(seconds=120), 1, None),
        (timedelta(days=3), 1, None),
        (None, 1, None),
        (timedelta(seconds=5), 3, 2.0),
        (timedelta(seconds=5), 4, None),
    ],
)
def test_a_fresh_token_is_given_time_to_settle(age: timedelta | None, attempt: int, seconds: float | None) -> None:
    revoked = failed(401, "The token used in the request has been revoked by the user", "REVOKED_ACCESS_TOKEN")

    assert wait(revoked, attempt=attempt, token_age=age) == seconds


def test_only_revoked_settles() -> None:
    assert wait(failed(401, code="INVALID_ACCESS_TOKEN"), token_age=timedelta(seconds=1)) is None


def test_budget_runs_out_and_is_earned_back() -> None:
    budget = RetryBudget(2)

    assert [budget.spend() for _ in range(3)] == [True, True, False]
    for _ in range(10):
        budget.earn()
    assert budget.spend()
    assert not budget.spend()


def test_no_repetition_without_budget() -> None:
    assert POLICY.wait(failed(500), READ, attempt=1, token_age=None, budget=RetryBudget(0)) is None
