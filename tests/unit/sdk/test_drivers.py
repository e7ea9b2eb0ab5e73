import asyncio
import threading
import time
import traceback
from datetime import timedelta
from typing import Any

import pytest

from inroad.common.secret import Secret
from inroad.sdk.client import AsyncClient, Client
from inroad.sdk.errors import ConnectionFailed, NotFound, RateLimited, ServerError, Timeout, Unauthorized
from inroad.sdk.flow import Flow, Request, Response, Sleep
from inroad.sdk.oauth import OAuth
from inroad.sdk.policy import RetryPolicy
from inroad.sdk.tokens import RefreshingToken, Token
from inroad.sdk.wire import Wire

POLICY = RetryPolicy(jitter=lambda: 0.0)
REVOKED = {"status": 401, "serviceErrorCode": 65601, "code": "REVOKED_ACCESS_TOKEN", "message": "revoked"}
EXPIRED = {"status": 401, "serviceErrorCode": 65602, "code": "EXPIRED_ACCESS_TOKEN", "message": "expired"}


def client(transport: Any, clock: Any, token: Any = "AQXhidden", waits: list[float] | None = None) -> Client:
    waits = [] if waits is None else waits

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        clock.advance(seconds)

    return Client(token, transport=transport, clock=clock, retry=POLICY, sleep=sleep)


def test_reads_are_repeated_until_they_succeed(answers: Any, answer: Any, clock: Any) -> None:
    transport = answers(answer(503), ConnectionFailed("c", sent=None), answer(200, {"a": 1}))
    waits: list[float] = []

    response = client(transport, clock, waits=waits).request("GET", "/rest/x")

    assert response.json() == {"a": 1}
    assert waits == [0.5, 1.0]
    assert [wire.target for wire in transport.wires] == [b"/rest/x"] * 3


def test_the_last_error_is_raised_when_attempts_run_out(answers: Any, answer: Any, clock: Any) -> None:
    transport = answers(*[answer(500)] * 4)

    with pytest.raises(ServerError):
        client(transport, clock).request("GET", "/rest/x")
    assert transport.answers == []


@pytest.mark.parametrize("failure", [ConnectionFailed("c", sent=False), Timeout("t", sent=None), None])
def test_creates_are_sent_once(answers: Any, answer: Any, clock: Any, failure: Exception | None) -> None:
    transport = answers(failure or answer(500))

    with pytest.raises((ConnectionFailed, Timeout, ServerError)):
        client(transport, clock).posts.create(author="urn:li:person:a", text="Hello")
    assert len(transport.wires) == 1


def test_a_daily_limit_is_raised_at_once_with_its_end(answers: Any, answer: Any, clock: Any, now: Any) -> None:
    body = {"message": "Resource level throttle APPLICATION DAY limit for calls to this resource is reached."}

    with pytest.raises(RateLimited) as caught:
        client(answers(answer(429, body)), clock).request("GET", "/rest/x")

    assert caught.value.retry_at == now.replace(hour=0) + timedelta(days=1)


def test_a_fresh_token_settles(answers: Any, answer: Any, clock: Any, now: Any) -> None:
    transport = answers(answer(401, REVOKED), answer(401, REVOKED), answer(200, {"sub": "a"}))
    token = Token(access=Secret("fresh"), issued_at=now - timedelta(seconds=2))

    assert client(transport, clock, token).userinfo.get().sub == "a"


def test_an_old_token_that_is_revoked_stays_revoked(answers: Any, answer: Any, clock: Any, now: Any) -> None:
    token = Token(access=Secret("old"), issued_at=now - timedelta(days=1))

    with pytest.raises(Unauthorized) as caught:
        client(answers(answer(401, REVOKED)), clock, token).userinfo.get()
    assert caught.value.service_code == 65601


def test_a_streamed_body_is_not_sent_again(answers: Any, answer: Any, clock: Any) -> None:
    transport = answers(answer(500))

    with pytest.raises(ServerError):
        client(transport, clock).request("PUT", "/rest/x", content=iter([b"a"]))
    assert len(transport.wires) == 1


def token_of(text: str, now: Any, seconds: float = 3600) -> Token:
    return Token(access=Secret(text), refresh=Secret("r"), expires_at=now + timedelta(seconds=seconds))


def authorizations(transport: Any) -> list[str]:
    return [dict(wire.headers)[b"Authorization"].decode() for wire in transport.wires if b"/rest/" in wire.target]


def test_an_expiring_token_is_refreshed_before_the_call(answers: Any, answer: Any, clock: Any, now: Any) -> None:
    transport = answers(answer(200, {"access_token": "new", "expires_in": 100_000}), answer(200, {}), answer(200, {}))
    kept: list[Token] = []
    source = OAuth("id", "secret").refreshing(token_of("old", now, 60), on_renewed=kept.append)
    linkedin = client(transport, clock, source)

    linkedin.request("GET", "/rest/x")
    linkedin.request("GET", "/rest/y")

    assert authorizations(transport) == ["Bearer new", "Bearer new"]
    assert transport.wires[0].target == b"/oauth/v2/accessToken"
    assert [token.access.reveal() for token in kept] == ["new"]
    assert kept[0].refresh == Secret("r")


def test_a_token_that_linkedin_ended_early_is_refreshed_once(answers: Any, answer: Any, clock: Any, now: Any) -> None:
    fresh = answer(200, {"access_token": "new", "expires_in": 100_000})
    transport = answers(answer(401, EXPIRED), fresh, answer(200, {}))

    client(transport, clock, OAuth("id", "secret").refreshing(token_of("old", now))).request("GET", "/rest/x")

    assert authorizations(transport) == ["Bearer old", "Bearer new"]


def test_a_refresh_that_does_not_help_surfaces(answers: Any, answer: Any, clock: Any, now: Any) -> None:
    fresh = answer(200, {"access_token": "new", "expires_in": 100_000})
    transport = answers(answer(401, EXPIRED), fresh, answer(401, EXPIRED))

    with pytest.raises(Unauthorized):
        client(transport, clock, OAuth("id", "secret").refreshing(token_of("old", now))).request("GET", "/rest/x")


class Slow:
    """Counts renewals, and makes them last long enough for others to arrive."""

    def __init__(self, now: Any) -> None:
        self.now = now
        self.renewals = 0

    def refresh(self, token: Token) -> Flow[Token]:
        self.renewals += 1
        yield Sleep(0.05)
        return token_of(f"new{self.renewals}", self.now, 100_000)


class Open:
    def send(self, wire: Wire) -> Response:
        return Response(200, None, b"{}")

    def close(self) -> None: ...


class AsyncOpen:
    async def send(self, wire: Wire) -> Response:
        return Response(200, None, b"{}")

    async def close(self) -> None: ...


def test_one_thread_renews_for_all(clock: Any, now: Any) -> None:
    slow = Slow(now)
    linkedin = Client(
        RefreshingToken(token_of("old", now, 1), slow.refresh), transport=Open(), clock=clock, sleep=time.sleep
    )
    threads = [threading.Thread(target=linkedin.request, args=("GET", "/rest/x")) for _ in range(8)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert slow.renewals == 1


async def test_one_task_renews_for_all(clock: Any, now: Any) -> None:
    slow = Slow(now)
    source = RefreshingToken(token_of("old", now, 1), slow.refresh)
    linkedin = AsyncClient(source, transport=AsyncOpen(), clock=clock)

    await asyncio.gather(*[linkedin.request("GET", "/rest/x") for _ in range(20)])

    assert slow.renewals == 1


async def test_derived_clients_renew_together(clock: Any, now: Any) -> None:
    slow = Slow(now)
    linkedin = AsyncClient(RefreshingToken(token_of("old", now, 1), slow.refresh), transport=AsyncOpen(), clock=clock)
    other = linkedin.with_options(timeout_seconds=1)

    await asyncio.gather(linkedin.request("GET", "/rest/x"), other.request("GET", "/rest/x"))

    assert slow.renewals == 1


def test_an_error_is_raised_at_the_yield(answers: Any, answer: Any, clock: Any) -> None:
    def flow() -> Flow[str]:
        try:
            yield Request("GET", "/rest/x")
        except NotFound as error:
            return f"caught {error.status}"
        return "not caught"

    assert client(answers(answer(404)), clock).driver.run(flow()) == "caught 404"


async def test_cancelling_closes_the_flow(clock: Any) -> None:
    closed: list[bool] = []
    reached = asyncio.Event()

    class Never:
        async def send(self, wire: Wire) -> Response:
            reached.set()
            await asyncio.Event().wait()
            raise AssertionError

        async def close(self) -> None: ...

    def flow() -> Flow[None]:
        try:
            yield Request("GET", "/rest/x")
        finally:
            closed.append(True)

    linkedin = AsyncClient("AQX", transport=Never(), clock=clock)
    task = asyncio.create_task(linkedin.driver.run(flow()))
    await reached.wait()
    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
    assert closed == [True]


async def test_async_calls_are_repeated_too(async_answers: Any, answer: Any, clock: Any) -> None:
    transport = async_answers(answer(503), answer(200, {}))
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    async with AsyncClient("AQX", transport=transport, clock=clock, retry=POLICY, sleep=sleep) as linkedin:
        await linkedin.request("GET", "/rest/x")

    assert waits == [0.5]
    assert transport.is_closed


def test_secrets_are_in_no_error_and_no_frame(answers: Any, answer: Any, clock: Any) -> None:
    linkedin = client(answers(answer(403, {"message": "no"})), clock, "AQXhidden")

    try:
        linkedin.request("GET", "/rest/x")
    except Exception as error:
        shown = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    assert "Forbidden" in shown
    assert "AQXhidden" not in shown
