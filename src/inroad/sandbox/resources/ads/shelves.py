"""A plain store for small entities of an account: templates, tags, messages, restrictions, segments."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

import msgspec

from inroad.sandbox.call import Call, Value
from inroad.sandbox.resources.ads.access import Need, account_named, key_number, writable
from inroad.sandbox.resources.ads.refusals import Faults, entity_not_found
from inroad.sandbox.resources.ads.state import Body

_FIRST: Final = {
    "adTargetTemplates": 31_004_000,
    "adPublisherRestrictions": 52_110_000,
    "insightTags": 6_601_000,
    "inMailContents": 55_120_000,
    "conversationAds": 8_100_000,
    "dmpSegments": 44_120_000,
}


class Item(msgspec.Struct, kw_only=True):
    """One small entity; `account` is the URN of the account that it belongs to."""

    id: int
    account: str
    body: Body
    created_at: datetime
    modified_at: datetime
    created_by: str = ""
    modified_by: str = ""


class Shelves(msgspec.Struct):
    """Small entities by what they are, then by number."""

    items: dict[str, dict[int, Item]] = {}
    last: dict[str, int] = {}

    def of(self, kind: str) -> dict[int, Item]:
        """Return the items of one kind."""
        return self.items.setdefault(kind, {})


def put(call: Call, kind: str, body: Body, *, account: str) -> Item:
    """Keep a new item."""
    shelves = call.world.state(Shelves)
    number = shelves.last.get(kind, _FIRST.get(kind, 1_000)) + 1
    shelves.last[kind] = number
    item = Item(
        id=number,
        account=account,
        body=body,
        created_at=call.now,
        modified_at=call.now,
        created_by=call.member.id,
        modified_by=call.member.id,
    )
    shelves.of(kind)[number] = item
    return item


def take(call: Call, kind: str, number: int | None, *, need: Need = "read") -> Item:
    """Return an item whose account the member may see, or write to."""
    item = None if number is None else call.world.state(Shelves).of(kind).get(number)
    if item is None:
        raise entity_not_found()
    account = account_named(call, item.account)
    if need != "read":
        writable(call, account, need)
    return item


def keyed(call: Call, kind: str, key: Value | None, *, need: Need = "read") -> Item:
    """Return the item that a numeric key names."""
    return take(call, kind, key_number(key), need=need)


def of_account(call: Call, kind: str, account: object) -> Iterator[Item]:
    """Yield the items of an account that the member may see, oldest first."""
    urn = account_named(call, account).urn
    return (item for item in call.world.state(Shelves).of(kind).values() if item.account == urn)


def drop(call: Call, kind: str, item: Item) -> None:
    """Forget an item."""
    del call.world.state(Shelves).of(kind)[item.id]


def touch(call: Call, item: Item, body: Body) -> None:
    """Give an item another body."""
    item.body, item.modified_at, item.modified_by = body, call.now, call.member.id


def required(entity: str, body: Body, *fields: str) -> None:
    """Refuse a body that lacks fields."""
    faults = Faults(entity)
    for name in fields:
        if name not in body:
            faults.missing(name)
    faults.refuse()


def shown(item: Item) -> dict[str, Any]:
    """Return an item with its number."""
    return {"id": item.id, **item.body}
