"""Whether a failed call is sent again, and after how long. Everything about retrying is on this page.

Creates are never repeated: LinkedIn has no idempotency key, so a create whose answer was lost may have happened.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from inroad.sdk.errors import ApiError, Conflict, Error, RateLimited, ServerError, TransportError, Unauthorized
from inroad.sdk.flow import Request

IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})

# A patch that sets fields has the same effect twice; every other POST creates or acts.
IDEMPOTENT_RESTLI_METHODS = frozenset({"PARTIAL_UPDATE", "BATCH_PARTIAL_UPDATE", "BATCH_GET", "FINDER", "GET"})

# 501 says that it will never work.
TRANSIENT_STATUSES = frozenset({408, 500, 502, 503, 504})

# A token that was issued a moment ago may be answered with "revoked" until LinkedIn's parts agree: seen for seconds to
# minutes in 2024. Source: tomasvotava/fastapi-sso#196, jclusso/omniauth-linkedin-openid#6.
SETTLING_SERVICE_CODE = 65601
SETTLING_CODE = "REVOKED_ACCESS_TOKEN"


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """How calls are repeated.

    Waits double from `first_wait_seconds` up to `longest_wait_seconds`, each shortened by up to a half at random.
    A Retry-After is obeyed when it is no longer than `longest_wait_seconds`; otherwise the error is raised at once.
    `budget` is how many repetitions a client may be ahead of its successes, so that an outage is not answered with
    many times the calls. `settling_seconds` is the age up to which a token may be refused as revoked and tried again.
    """

    max_attempts: int = 4
    first_wait_seconds: float = 0.5
    longest_wait_seconds: float = 30.0
    budget: int = 20
    settling_seconds: float = 120.0
    max_settling_attempts: int = 3
    jitter: Callable[[], float] = random.random

    def wait(
        self, failure: Error, request: Request, *, attempt: int, token_age: timedelta | None, budget: "RetryBudget"
    ) -> float | None:
        """Return the seconds to wait before sending `request` again, or None when it must not be.

        Args:
            failure: What the last attempt ended in.
            request: What was asked, as the flow wrote it (tunnelling is not considered).
            attempt: How many times it has been sent.
            token_age: How long ago the token was issued, when that is known.
            budget: The client's budget; one repetition is taken from it when the answer is a number.
        """
        if not is_repeatable(request) or attempt >= self.max_attempts:
            return None
        if isinstance(failure, Unauthorized):
            if not self._is_settling(failure, token_age) or attempt > self.max_settling_attempts:
                return None
            seconds = self._backoff(attempt)
        elif isinstance(failure, RateLimited):
            known = self._wait_for_rate(failure, attempt)
            if known is None:
                return None
            seconds = known
        elif isinstance(failure, TransportError | Conflict) or _is_transient(failure):
            seconds = self._backoff(attempt)
        else:
            return None
        return seconds if budget.spend() else None

    def _is_settling(self, failure: Unauthorized, token_age: timedelta | None) -> bool:
        refused_as_revoked = failure.service_code == SETTLING_SERVICE_CODE or failure.code == SETTLING_CODE
        return refused_as_revoked and token_age is not None and token_age.total_seconds() < self.settling_seconds

    def _wait_for_rate(self, failure: RateLimited, attempt: int) -> float | None:
        if failure.kind == "day":
            return None
        if failure.retry_after is not None:
            return failure.retry_after if failure.retry_after <= self.longest_wait_seconds else None
        # The data volume window is five minutes long: nothing to wait for inside one call.
        return None if failure.kind == "data_volume" else self._backoff(attempt)

    def _backoff(self, attempt: int) -> float:
        longest: float = min(self.longest_wait_seconds, self.first_wait_seconds * 2.0 ** (attempt - 1))
        return longest * (1 - self.jitter() / 2)


NEVER = RetryPolicy(max_attempts=1)


class RetryBudget:
    """How many repetitions a client may still make; ten successes earn one back."""

    __slots__ = ("_most", "_tenths")

    def __init__(self, most: int) -> None:
        self._most = self._tenths = most * 10

    def spend(self) -> bool:
        """Take one repetition; False when none is left."""
        if self._tenths < 10:
            return False
        self._tenths -= 10
        return True

    def earn(self) -> None:
        """Count a success."""
        if self._tenths < self._most:
            self._tenths += 1


def is_repeatable(request: Request) -> bool:
    """Tell whether sending the request twice does no more than sending it once."""
    if request.repeatable is not None:
        return request.repeatable
    return request.method in IDEMPOTENT or request.restli_method in IDEMPOTENT_RESTLI_METHODS


def _is_transient(failure: Error) -> bool:
    if isinstance(failure, ServerError):
        return failure.status in TRANSIENT_STATUSES
    return isinstance(failure, ApiError) and failure.status in TRANSIENT_STATUSES
