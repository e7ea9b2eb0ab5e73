"""A driver that has every call answered by a sample exchange, and holds what is sent against it."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar, cast

from contract.exchanges import Exchange
from inroad.contract.versions import DEFAULT_VERSION
from inroad.sdk.client import Resources
from inroad.sdk.errors import error_from_answer
from inroad.sdk.flow import Blocking, Flow, Request, Response, Sleep
from inroad.sdk.wire import Composer, Environment, Wire

T = TypeVar("T")

# These differ between any two clients, or follow from the rest.
_OWN_HEADERS = {"host", "user-agent", "content-length"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """An SDK call: how it is made, what it gives, and the exchanges it needs if not the one of its own name."""

    make: Callable[[Resources[Blocking]], object]
    gives: object = None
    by: tuple[str, ...] = ()


def call(make: Callable[[Resources[Blocking]], object], gives: object = None, by: Sequence[str] = ()) -> Call:
    """An entry of a table."""
    return Call(make=make, gives=gives, by=tuple(by))


class Has:
    """Stands for a value that has these attributes; what is not named may be anything."""

    def __init__(self, **expected: object) -> None:
        self.expected = expected


class Replay(Blocking):
    """Runs flows against the exchanges it was given, in order."""

    def __init__(self, exchanges: Sequence[Exchange]) -> None:
        self.left = list(exchanges)

    def run(self, flow: Flow[T]) -> T:
        try:
            step = next(flow)
            while True:
                if isinstance(step, Sleep):
                    step = next(flow)
                    continue
                assert self.left, f"{step.call} is one call too many"
                exchange = self.left.pop(0)
                self.compare(step, exchange)
                if exchange.status < 300:
                    step = flow.send(Response(exchange.status, exchange.answer_headers, exchange.answer_body))
                else:
                    step = flow.throw(
                        error_from_answer(
                            exchange.status, exchange.answer_headers, exchange.answer_body, call=step.call
                        )
                    )
        except StopIteration as end:
            result: T = end.value
            return result

    def compare(self, request: Request, exchange: Exchange) -> None:
        """Hold what is asked against what is recorded."""
        version = exchange.headers.get("linkedin-version", DEFAULT_VERSION)
        wire = Composer(environment=Environment(), version=version).compose(request, b"Bearer TOKEN")
        assert sent(wire) == recorded(exchange)


def sent(wire: Wire) -> dict[str, object]:
    """What the SDK sends, in the form that is compared."""
    headers = {name.decode().lower(): value.decode() for name, value in wire.headers}
    assert wire.content is None or isinstance(wire.content, bytes)
    origin = f"{wire.origin.scheme.decode()}://{wire.origin.authority.decode()}"
    return _comparable(wire.method.decode(), f"{origin}{wire.target.decode()}", headers, wire.content or b"")


def recorded(exchange: Exchange) -> dict[str, object]:
    """What an exchange says is sent, in the same form."""
    address = exchange.target if "://" in exchange.target else f"https://api.linkedin.com{exchange.target}"
    return _comparable(exchange.method, address, exchange.headers, exchange.body)


def _comparable(method: str, address: str, headers: Mapping[str, str], body: bytes) -> dict[str, object]:
    path, _, query = address.partition("?")
    return {
        "method": method,
        "path": path,
        "query": sorted(query.split("&")),
        "headers": {name: value for name, value in headers.items() if name not in _OWN_HEADERS},
        "body": json.loads(body) if headers.get("content-type") == "application/json" else body,
    }


def matches(value: object, expected: object, place: str = "the result") -> None:
    """Hold a result against what is expected of it, and say where they differ."""
    if isinstance(value, Iterator):
        value = list(value)
    if isinstance(expected, Has):
        for name, inside in expected.expected.items():
            assert hasattr(type(value), name), f"{place} is {value!r}, which has no {name}"
            matches(getattr(value, name), inside, f"{place}.{name}")
    elif isinstance(expected, list | tuple):
        assert isinstance(value, list | tuple), f"{place} is {value!r}"
        elements = list(cast("list[object]", value))
        assert len(elements) == len(expected), f"{place} has {len(elements)} elements: {elements}"
        for number, inside in enumerate(expected):
            matches(elements[number], inside, f"{place}[{number}]")
    elif isinstance(expected, Mapping):
        assert isinstance(value, Mapping), f"{place} is {value!r}"
        assert set(value) == set(expected), f"{place} has the keys {sorted(map(str, value))}"
        for key, inside in expected.items():
            matches(value[key], inside, f"{place}[{key}]")
    else:
        assert value == expected, f"{place} is {value!r}"
