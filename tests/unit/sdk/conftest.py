"""Small real implementations that the SDK's tests share: a clock to set, transports that answer from a list."""

from collections.abc import Callable, Generator, Mapping
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from inroad.sdk.flow import Flow, Request, Response, Sleep
from inroad.sdk.wire import Wire

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class SetClock:
    def __init__(self) -> None:
        self.instant = NOW

    def now(self) -> datetime:
        return self.instant

    def advance(self, seconds: float) -> None:
        self.instant += timedelta(seconds=seconds)


class Answers:
    """A transport of both colours' needs: answers, or raises, what it was given, in order."""

    def __init__(self, *answers: Response | Exception) -> None:
        self.answers = list(answers)
        self.wires: list[Wire] = []
        self.is_closed = False

    def take(self, wire: Wire) -> Response:
        self.wires.append(wire)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def send(self, wire: Wire) -> Response:
        return self.take(wire)

    def close(self) -> None:
        self.is_closed = True


class AsyncAnswers(Answers):
    async def send(self, wire: Wire) -> Response:  # type: ignore[override]
        return self.take(wire)

    async def close(self) -> None:  # type: ignore[override]
        self.is_closed = True


def answer(
    status: int = 200, body: object = None, headers: Mapping[str, str] | None = None, content: bytes | None = None
) -> Response:
    if content is None:
        content = b"" if body is None else msgspec.json.encode(body)
    return Response(status, headers, content, received_at=NOW)


def steps(flow: Flow[object], *answers: Response | Exception | None) -> tuple[list[Request | Sleep], object]:
    """Run a flow by hand: what it asked for, and what it returned."""
    asked: list[Request | Sleep] = [next(flow)]
    for given in answers:
        try:
            if isinstance(given, Exception):
                asked.append(flow.throw(given))
            else:
                asked.append(next(flow) if given is None else flow.send(given))
        except StopIteration as end:
            return asked, end.value
    raise AssertionError(f"the flow wants more: {asked[-1]!r}")


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def answers() -> type[Answers]:
    return Answers


@pytest.fixture
def async_answers() -> type[AsyncAnswers]:
    return AsyncAnswers


@pytest.fixture(name="answer")
def _answer() -> Callable[..., Response]:
    return answer


@pytest.fixture(name="steps")
def _steps() -> Callable[..., tuple[list[Request | Sleep], object]]:
    return steps


@pytest.fixture
def first() -> Generator[Callable[[Flow[object]], Request]]:
    """Return what a flow asks for first, and close it."""
    opened: list[Flow[object]] = []

    def ask(flow: Flow[object]) -> Request:
        opened.append(flow)
        step = next(flow)
        assert isinstance(step, Request)
        return step

    yield ask
    for flow in opened:
        flow.close()
