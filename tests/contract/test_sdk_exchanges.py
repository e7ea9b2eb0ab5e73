"""Every operation of the SDK, held against a sample exchange: what it sends, and what it makes of the answer."""

from collections.abc import Iterator

import pytest

from contract import exchanges
from contract.calls import CALLS, TABLES
from contract.replay import Replay, matches
from inroad.sdk.client import Resources
from inroad.sdk.flow import Operation, Paged, Resource


def operations() -> set[str]:
    """Every operation of every resource, such as `posts.create`; those of a group of resources have its name before."""
    return set(_operations(Resources(Replay([])), "")) - {"request"}


def _operations(resource: object, prefix: str) -> Iterator[str]:
    for kind in type(resource).__mro__:
        for name, member in vars(kind).items():
            if isinstance(member, Operation | Paged):
                yield f"{prefix}{name}"
    for attribute in dir(resource):
        inside = getattr(resource, attribute)
        if isinstance(inside, Resource):
            yield from _operations(inside, f"{prefix}{attribute}.")


@pytest.mark.parametrize("name", sorted(CALLS))
def test_a_call_sends_what_is_recorded_and_reads_the_answer(name: str) -> None:
    call = CALLS[name]
    replay = Replay([exchanges.read(exchange) for exchange in call.by or (name,)])

    matches(call.make(Resources(replay)), call.gives)

    assert replay.left == []


def test_every_operation_has_a_call() -> None:
    assert operations() - set(CALLS) == set()


def test_every_call_is_of_an_operation() -> None:
    # What stands after the operation's name tells its variants apart.
    known = operations()

    assert [name for name in CALLS if name not in known and name.rpartition(".")[0] not in known] == []


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
