"""Every operation of the SDK, held against a sample exchange: what it sends, and what it makes of the answer."""

import pytest

from contract import exchanges
from contract.calls import CALLS, TABLES
from contract.replay import Replay, matches
from inroad.sdk.client import Resources
from inroad.sdk.flow import Operation, Paged, Resource


def operations() -> set[str]:
    """Every operation of every resource, such as `posts.create`."""
    return {
        f"{attribute}.{name}"
        for attribute, resource in vars(Resources(Replay([]))).items()
        if isinstance(resource, Resource)
        for kind in type(resource).__mro__
        for name, member in vars(kind).items()
        if isinstance(member, Operation | Paged)
    }


@pytest.mark.parametrize("name", sorted(CALLS))
def test_a_call_sends_what_is_recorded_and_reads_the_answer(name: str) -> None:
    call = CALLS[name]
    replay = Replay([exchanges.read(exchange) for exchange in call.by or (name,)])

    matches(call.make(Resources(replay)), call.gives)

    assert replay.left == []


def test_every_operation_has_a_call() -> None:
    assert operations() - set(CALLS) == set()


def test_every_call_is_of_an_operation() -> None:
    # A third part of the name tells variants of one operation apart.
    assert {".".join(name.split(".")[:2]) for name in CALLS} - operations() == set()


def test_every_exchange_is_used() -> None:
    used = {exchange for name, call in CALLS.items() for exchange in call.by or (name,)}

    assert set(exchanges.names()) - used == set()


@pytest.mark.parametrize("name", exchanges.names())
def test_an_exchange_says_where_it_was_read(name: str) -> None:
    exchange = exchanges.read(name)

    assert exchange.source.startswith('# Source: "')
    assert "learn.microsoft.com /linkedin/" in exchange.source


def test_a_table_has_no_name_twice() -> None:
    assert len(CALLS) == sum(len(table.CALLS) for table in TABLES)
