"""Registered webhooks, what is to be sent to them, and what came of it.

Rooms queue what happened with `queue`; nothing here speaks HTTP.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final, Literal, TypeAlias

import msgspec

from inroad.sandbox.world import World

Family: TypeAlias = Literal["social_action", "lead", "job_application", "job_status", "job_resync"]
HookState: TypeAlias = Literal["VALIDATING", "VALIDATED", "BLOCKED"]
Outcome: TypeAlias = Literal["waiting", "delivered", "dropped", "withheld", "skipped", "lost"]
Origin: TypeAlias = Literal["portal", "subscription", "job"]

FAMILIES: Final[tuple[Family, ...]] = ("social_action", "lead", "job_application", "job_status", "job_resync")
PORTAL_FAMILIES: Final[tuple[Family, ...]] = ("social_action", "job_status", "job_resync")
"""What the portal's tab registers: one webhook of each for an app."""

MAX_DELIVERIES: Final = 5_000
REORDERED_BY: Final = timedelta(seconds=90)


class Hook(msgspec.Struct, kw_only=True):
    """One address of one app for one family of events."""

    id: str
    client_id: str
    family: Family
    url: str
    registered_at: datetime
    next_check_at: datetime
    origin: Origin = "portal"
    state: HookState = "VALIDATING"
    misses: int = 0  # failed challenges in a row
    problem: str = ""  # of the latest challenge
    checked_at: datetime | None = None


class Attempt(msgspec.Struct, kw_only=True):
    """One try. `status` is None while the answer is awaited, and where none came."""

    at: datetime
    status: int | None = None
    problem: str = ""
    signature: str = ""


class Delivery(msgspec.Struct, kw_only=True):
    """One POST that is owed to a webhook."""

    id: str
    hook: str
    family: Family
    client_id: str
    url: str
    payload: dict[str, Any]
    created_at: datetime
    due_at: datetime
    state: Outcome = "waiting"
    attempts: list[Attempt] = []
    subject: str = ""  # what it is about, for whoever must know how it ended
    subscription: str = ""  # of a page's subscription, whose subscriber is looked at before each try


class Mischief(msgspec.Struct):
    """What goes wrong with so many of the next deliveries."""

    duplicate: int = 0  # sent twice
    lose: int = 0  # never sent
    reorder: int = 0  # sent so late that later ones overtake them


class Webhooks(msgspec.Struct):
    """Everything about webhooks in a world."""

    hooks: dict[str, Hook] = {}  # by id
    deliveries: dict[str, Delivery] = {}  # by id, oldest first
    owed: list[str] = []  # ids of deliveries that wait for their time
    mischief: Mischief = msgspec.field(default_factory=Mischief)
    last_delivery: int = 0
    last_notifications: dict[int, int] = {}  # by page: the latest notification that was looked at

    def of_app(self, client_id: str, family: Family) -> list[Hook]:
        """Return an app's webhooks for a family."""
        return [h for h in self.hooks.values() if (h.client_id, h.family) == (client_id, family)]

    def waiting(self) -> Iterator[Delivery]:
        """Yield what is still to be sent."""
        return (self.deliveries[key] for key in self.owed)

    def settle(self, delivery: Delivery, state: Outcome) -> None:
        """Write down how a delivery ended."""
        delivery.state = state
        if delivery.id in self.owed:
            self.owed.remove(delivery.id)

    def owe_again(self, delivery: Delivery, at: datetime) -> None:
        """Send a delivery once more, whatever became of it."""
        self.settle(delivery, "waiting")
        self.owed.append(delivery.id)
        delivery.due_at = at

    def add(self, delivery: Delivery) -> None:
        """Keep a delivery; the oldest are forgotten."""
        self.deliveries[delivery.id] = delivery
        if delivery.state == "waiting":
            self.owed.append(delivery.id)
        while len(self.deliveries) > MAX_DELIVERIES:
            oldest = next(iter(self.deliveries.values()))
            self.settle(oldest, "dropped")
            del self.deliveries[oldest.id]


def hook_id(client_id: str, family: Family, url: str) -> str:
    """Return where a webhook is kept."""
    return f"{client_id} {family} {url}"


def enrol(world: World, *, client_id: str, family: Family, url: str, origin: Origin) -> Hook:
    """Return the app's webhook at this address, made and due for its first challenge where there is none."""
    hooks, now = world.state(Webhooks).hooks, world.clock.now()
    key = hook_id(client_id, family, url)
    found = hooks.get(key)
    if found is None:
        found = Hook(
            id=key, client_id=client_id, family=family, url=url, registered_at=now, next_check_at=now, origin=origin
        )
        hooks[key] = found
    return found


def queue(
    world: World,
    hook: Hook,
    payload: dict[str, Any],
    *,
    at: datetime | None = None,
    subject: str = "",
    subscription: str = "",
) -> list[Delivery]:
    """Owe a payload to a webhook, and return what was queued: two where a duplicate was planned.

    `at` is when it happened, which may be before the world's instant where the clock was moved.
    """
    webhooks, now = world.state(Webhooks), at or world.clock.now()
    mischief = webhooks.mischief
    copies, due_at = 1, now
    state: Outcome = "waiting"
    if mischief.lose > 0:
        mischief.lose -= 1
        state = "lost"
    elif mischief.duplicate > 0:
        mischief.duplicate -= 1
        copies = 2
    elif mischief.reorder > 0:
        mischief.reorder -= 1
        due_at = now + REORDERED_BY
    made: list[Delivery] = []
    for _ in range(copies):
        webhooks.last_delivery += 1
        delivery = Delivery(
            id=str(webhooks.last_delivery),
            hook=hook.id,
            family=hook.family,
            client_id=hook.client_id,
            url=hook.url,
            payload=payload,
            created_at=now,
            due_at=due_at,
            state=state,
            subject=subject,
            subscription=subscription,
        )
        webhooks.add(delivery)
        made.append(delivery)
    return made
