"""Answers that are not what LinkedIn documents: an error of ours, never one of Python's."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace

import msgspec
import pytest

from contract import exchanges
from contract.calls import CALLS
from contract.exchanges import Exchange
from contract.replay import Replay
from inroad.sdk.client import Resources
from inroad.sdk.errors import Error
from inroad.sdk.flow import Request

WRONG: tuple[object, ...] = (
    None,
    7,
    1e300,
    True,
    "",
    "urn:li:(",
    "urn:li:reaction:(a,b)",
    "\ud800",
    [],
    [None],
    {},
    {"a": {}},
)


class Unchecked(Replay):
    """Answers whatever is asked, for as long as the last answer lasts."""

    def compare(self, request: Request, exchange: Exchange) -> None:
        if not self.left:
            self.left.append(replace(exchange, status=404, answer_body=b"{}"))


def spoiled(value: object) -> Iterator[object]:
    """The value with one place in it replaced, or left out, in every way."""
    yield from WRONG
    if isinstance(value, dict):
        for name, inside in value.items():
            yield {other: kept for other, kept in value.items() if other != name}
            for wrong in spoiled(inside):
                yield {**value, name: wrong}
    if isinstance(value, list):
        for number, inside in enumerate(value):
            for wrong in spoiled(inside):
                yield [*value[:number], wrong, *value[number + 1 :]]


def bodies(answer: bytes) -> Iterator[bytes]:
    yield from (b"", b"{", b"\xff", answer[: len(answer) // 2])
    if answer.startswith((b"{", b"[")):
        yield from (json.dumps(body).encode() for body in spoiled(json.loads(answer)))


def look_at(value: object) -> None:
    """Read everything that a result shows, properties included."""
    if isinstance(value, msgspec.Struct):
        for name in dir(type(value)):
            if not name.startswith("_") and not callable(getattr(type(value), name)):
                look_at(getattr(value, name))
    elif isinstance(value, Mapping):
        for key in value:
            look_at(value[key])
    elif isinstance(value, Iterator | list | tuple):
        for element in value:
            look_at(element)


@pytest.mark.parametrize("name", sorted(CALLS))
def test_a_malformed_answer_is_an_error_of_ours(name: str) -> None:
    call = CALLS[name]
    recorded = [exchanges.read(exchange) for exchange in call.by or (name,)]

    for number, exchange in enumerate(recorded):
        for body in bodies(exchange.answer_body):
            answers = [*recorded[:number], replace(exchange, answer_body=body), *recorded[number + 1 :]]
            with suppress(Error):
                look_at(call.make(Resources(Unchecked(answers))))
