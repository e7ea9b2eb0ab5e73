"""Run flows: perform what they ask for and hand the answer, or the error, back to the `yield`.

Waiting, retrying and renewing tokens happen here; whether to, `policy` decides.
"""

import threading
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from inroad.common.clock import Clock
from inroad.sdk.errors import Error, TransportError, Unauthorized, error_from_answer, oauth_error_from_answer
from inroad.sdk.flow import Blocking, Flow, NonBlocking, Piece, Request, Response, Sleep
from inroad.sdk.policy import RetryBudget, RetryPolicy, is_repeatable
from inroad.sdk.tokens import Token, TokenSource
from inroad.sdk.wire import Composer, Wire

if TYPE_CHECKING:
    import asyncio

T = TypeVar("T")

_RENEWABLE_CODES = frozenset({"EXPIRED_ACCESS_TOKEN", "REVOKED_ACCESS_TOKEN", "INVALID_ACCESS_TOKEN"})


class Transport(Protocol):
    """What a blocking client sends through."""

    def send(self, wire: Wire) -> Response:
        """Send one request and return its answer; a `TransportError` when there is none."""
        ...

    def close(self) -> None:
        """Give up every connection."""
        ...


class AsyncTransport(Protocol):
    """What an async client sends through."""

    async def send(self, wire: Wire) -> Response:
        """Send one request and return its answer; a `TransportError` when there is none."""
        ...

    async def close(self) -> None:
        """Give up every connection."""
        ...


class Parts:
    """What both drivers work with. One client's; nothing of it is shared with another client but its connections."""

    def __init__(self, *, composer: Composer, tokens: TokenSource | None, policy: RetryPolicy, clock: Clock) -> None:
        self.composer = composer
        self.tokens = tokens
        self.policy = policy
        self.clock = clock
        self.budget = RetryBudget(policy.budget)
        self._sent: tuple[Token | None, bytes | None] = (None, None)

    def authorization(self, token: Token | None) -> bytes | None:
        """Return the header for a token; the last one is remembered."""
        known, header = self._sent
        if known is not token:
            header = None if token is None else b"Bearer " + token.access.reveal().encode("ascii")
            self._sent = (token, header)
        return header

    def judged(self, request: Request, response: Response) -> Error | None:
        """Stamp an answer; return the error that it means, if any."""
        response.received_at = self.clock.now()
        if response.status < 300:
            self.budget.earn()
            return None
        if request.host == "oauth":
            return oauth_error_from_answer(response.status, response.headers, response.content, call=request.call)
        return error_from_answer(
            response.status, response.headers, response.content, call=request.call, at=response.received_at
        )

    def wait(self, failure: Error, request: Request, attempt: int, token: Token | None) -> float | None:
        """Return the seconds to wait before another attempt, or None to give up."""
        if not _is_replayable(request):
            return None
        age = None if token is None else token.age(self.clock.now())
        return self.policy.wait(failure, request, attempt=attempt, token_age=age, budget=self.budget)

    def should_renew(self, failure: Error, request: Request, token: Token | None) -> bool:
        """Tell whether a refused token is worth renewing for one more attempt."""
        return (
            token is not None
            and self.tokens is not None
            and self.tokens.is_renewable
            and isinstance(failure, Unauthorized)
            and failure.code in _RENEWABLE_CODES
            and is_repeatable(request)
            and _is_replayable(request)
        )


class BlockingDriver(Blocking):
    """Runs flows on the calling thread."""

    def __init__(
        self,
        parts: Parts,
        open_transport: Callable[[], Transport],
        *,
        sleep: Callable[[float], None] = time.sleep,
        renewing: "threading.Lock | None" = None,
    ) -> None:
        self.parts = parts
        self._open_transport = open_transport
        self._sleep = sleep
        self.renewing = renewing or threading.Lock()

    def run(self, flow: Flow[T]) -> T:
        """Run a flow to its end and return what it returns."""
        try:
            step = next(flow)
            while True:
                if isinstance(step, Sleep):
                    self._sleep(step.seconds)
                    step = next(flow)
                    continue
                try:
                    response = self._perform(step)
                except Error as error:
                    step = flow.throw(error)
                else:
                    step = flow.send(response)
        except StopIteration as end:
            result: T = end.value
            return result
        finally:
            flow.close()

    def _perform(self, request: Request) -> Response:
        parts, attempt, refused = self.parts, 1, None
        while True:
            token = self._token(refused) if request.authorized else None
            wire = parts.composer.compose(request, parts.authorization(token))
            failure: Error | None
            try:
                response = self._open_transport().send(wire)
                failure = parts.judged(request, response)
                if failure is None:
                    return response
            except TransportError as error:
                failure = error
            if refused is None and parts.should_renew(failure, request, token):
                refused = token
                continue
            seconds = parts.wait(failure, request, attempt, token)
            if seconds is None:
                raise failure
            self._sleep(seconds)
            attempt += 1

    def _token(self, refused: Token | None) -> Token | None:
        """Return a usable token; one thread renews while the others wait for what it gets."""
        source = self.parts.tokens
        if source is None:
            return None
        token = source.usable(self.parts.clock.now())
        if token is not None and token is not refused:
            return token
        with self.renewing:
            renewed = source.usable(self.parts.clock.now())
            if renewed is not None and renewed is not refused:
                return renewed
            renewal = source.renew()
            return token if renewal is None else self.run(renewal)


class AsyncDriver(NonBlocking):
    """Runs flows on asyncio's loop."""

    def __init__(
        self,
        parts: Parts,
        open_transport: Callable[[], AsyncTransport],
        *,
        sleep: Callable[[float], Awaitable[object]] | None = None,
        renewing: "asyncio.Lock | None" = None,
    ) -> None:
        # Imported late: a third of the import time of this package, and blocking programs never need it.
        import asyncio  # noqa: PLC0415

        self.parts = parts
        self._open_transport = open_transport
        self._sleep = sleep or asyncio.sleep
        self.renewing = renewing or asyncio.Lock()

    async def run(self, flow: Flow[T]) -> T:
        """Run a flow to its end and return what it returns; a cancelled run closes it."""
        try:
            step = next(flow)
            while True:
                if isinstance(step, Sleep):
                    await self._sleep(step.seconds)
                    step = next(flow)
                    continue
                try:
                    response = await self._perform(step)
                except Error as error:
                    step = flow.throw(error)
                else:
                    step = flow.send(response)
        except StopIteration as end:
            result: T = end.value
            return result
        finally:
            flow.close()

    async def _perform(self, request: Request) -> Response:
        parts, attempt, refused = self.parts, 1, None
        while True:
            token = await self._token(refused) if request.authorized else None
            wire = parts.composer.compose(request, parts.authorization(token))
            failure: Error | None
            try:
                response = await self._open_transport().send(wire)
                failure = parts.judged(request, response)
                if failure is None:
                    return response
            except TransportError as error:
                failure = error
            if refused is None and parts.should_renew(failure, request, token):
                refused = token
                continue
            seconds = parts.wait(failure, request, attempt, token)
            if seconds is None:
                raise failure
            await self._sleep(seconds)
            attempt += 1

    async def _token(self, refused: Token | None) -> Token | None:
        """Return a usable token; one task renews while the others wait for what it gets."""
        source = self.parts.tokens
        if source is None:
            return None
        token = source.usable(self.parts.clock.now())
        if token is not None and token is not refused:
            return token
        async with self.renewing:
            renewed = source.usable(self.parts.clock.now())
            if renewed is not None and renewed is not refused:
                return renewed
            renewal = source.renew()
            return token if renewal is None else await self.run(renewal)


def _is_replayable(request: Request) -> bool:
    """Tell whether the body can be sent again: texts and paths can, a stream was read away."""
    content = request.content
    if isinstance(content, Piece):
        return content.is_seekable
    return content is None or isinstance(content, bytes | Path)
