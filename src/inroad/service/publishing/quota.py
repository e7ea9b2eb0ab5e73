"""The quota ledger: calls counted per app, scope, endpoint and UTC day, reserved before each call.

All of a call's counters are reserved in one statement or none is. What was reserved is given back only when
no byte left the machine.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from sqlalchemy.ext.asyncio import AsyncConnection

from inroad.common.clock import to_millis
from inroad.contract.limits import QUOTAS, Quota
from inroad.sdk.errors import next_utc_midnight
from inroad.service.publishing import store
from inroad.service.publishing.ports import Author

CREATE_POST = "posts.CREATE"
LIST_POSTS = "posts.FINDER-author"
GET_POST = "posts.GET"
START_UPLOAD = "images.ACTION-initializeUpload"
GET_IMAGE = "images.GET"

Priority: TypeAlias = Literal["publish", "background"]

PUBLISHING_RESERVE_PERCENT = 20
"""Share of each known cap that calls of priority `background` leave to publishing."""

_SELF_SERVICE = frozenset({"Share on LinkedIn", "Sign In with LinkedIn using OpenID Connect"})
_LEARNED_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Call:
    """A call to count: which app, for which member, at which endpoint. `quota` is what is published about it."""

    app_id: str
    member: str
    endpoint: str
    quota: Quota


def call_of(author: Author, endpoint: str) -> Call:
    """Return the call to count when an author's connection asks this endpoint."""
    return Call(author.app_id, str(author.member_urn), endpoint, published_quota(author.products))


def published_quota(products: frozenset[str]) -> Quota:
    """Return what LinkedIn publishes for an app with these products: numbers for self-service apps only."""
    return QUOTAS["self-serve" if products and products <= _SELF_SERVICE else "standard"]


async def reserve(
    tx: AsyncConnection, calls: Sequence[Call], *, now: datetime, priority: Priority = "publish"
) -> list[bool]:
    """Reserve one use for each call; say for each whether there was room.

    Calls with the same counters are reserved together when all of them fit, else one by one in their order.
    """
    kept_back = PUBLISHING_RESERVE_PERCENT if priority == "background" else 0
    granted: dict[Call, int] = {}
    for call, count in Counter(calls).items():
        await _open(tx, call, now)
        if await _take(tx, call, count, now, kept_back):
            granted[call] = count
            continue
        granted[call] = 0
        while granted[call] < count and await _take(tx, call, 1, now, kept_back):
            granted[call] += 1
    answers: list[bool] = []
    for call in calls:
        answers.append(granted[call] > 0)
        granted[call] -= 1
    return answers


async def refund(tx: AsyncConnection, call: Call, *, reserved_at: datetime) -> None:
    """Give back one use of which no byte left; it goes back to the day on which it was taken."""
    await _take(tx, call, -1, reserved_at, 0)


async def learn(tx: AsyncConnection, call: Call, *, level: str | None, now: datetime) -> None:
    """Note that LinkedIn says the day's calls are used up: close the counter and remember the cap for a week.

    Args:
        tx: The caller's transaction.
        call: The call that was refused. It stays counted.
        level: LinkedIn's word: APPLICATION, MEMBER or APPLICATION_AND_MEMBER.
        now: The present instant.
    """
    scope = "app" if level == "APPLICATION" else "member"
    subject = "" if scope == "app" else call.member
    used = await store.close_day(
        tx, app_id=call.app_id, scope=scope, subject=subject, endpoint=call.endpoint, day=day_of(now)
    )
    await store.set_cap(
        tx,
        app_id=call.app_id,
        scope=scope,
        endpoint=call.endpoint,
        cap=max(used - 1, 1),
        source="learned",
        set_at=to_millis(now),
        until=day_of(now + _LEARNED_FOR),
    )


async def set_cap(
    tx: AsyncConnection, *, app_id: str, scope: Literal["app", "member"], endpoint: str, cap: int, now: datetime
) -> None:
    """Set a cap by hand, such as one read in LinkedIn's developer portal. It holds from the next call on."""
    await store.set_cap(
        tx,
        app_id=app_id,
        scope=scope,
        endpoint=endpoint,
        cap=cap,
        source="setting",
        set_at=to_millis(now),
        until=None,
    )
    await store.apply_cap(tx, app_id=app_id, scope=scope, endpoint=endpoint, day=day_of(now), cap=cap)


def day_of(instant: datetime) -> str:
    """Return the UTC day that LinkedIn counts an instant to."""
    return instant.strftime("%Y-%m-%d")


async def _open(tx: AsyncConnection, call: Call, now: datetime) -> None:
    """Make the day's counters, each with the lowest cap that is known: published, set or learned."""
    caps = await store.caps(tx, call.app_id, call.endpoint, day_of(now))
    for scope, subject, published in (("app", "", call.quota.per_app), ("member", call.member, call.quota.per_member)):
        known = [cap for cap in (published, *caps.get(scope, ())) if cap is not None]
        await store.open_day(
            tx,
            app_id=call.app_id,
            scope=scope,
            subject=subject,
            endpoint=call.endpoint,
            day=day_of(now),
            cap=min(known, default=None),
        )


async def _take(tx: AsyncConnection, call: Call, count: int, at: datetime, kept_back: int) -> bool:
    return await store.take_quota(
        tx,
        app_id=call.app_id,
        member=call.member,
        endpoint=call.endpoint,
        day=day_of(at),
        count=count,
        kept_back=kept_back,
    )


def next_day(now: datetime) -> datetime:
    """Return when LinkedIn's daily counters start again."""
    return next_utc_midnight(now)
