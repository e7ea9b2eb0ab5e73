"""Delivery on the world's clock: what is due is sent, in its order, until nothing is due any more.

`deliver_due` is for tests and the control routes; `run` keeps calling it while the application runs.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final

from inroad.sandbox.webhooks import sources
from inroad.sandbox.webhooks.challenge import SECONDS_TO_ANSWER, new_challenge, note, problem_with
from inroad.sandbox.webhooks.families import is_signed, is_taken, pauses
from inroad.sandbox.webhooks.sending import HttpSender, Sender
from inroad.sandbox.webhooks.signature import HEADER, secret_of, signature, written
from inroad.sandbox.webhooks.state import Attempt, Delivery, Hook, Webhooks
from inroad.sandbox.world import World

MAX_STEPS: Final = 2_000
"""Of one call: a clock that was moved by months does not keep the process busy for minutes."""

_PAUSE_SECONDS: Final = 0.1
_LOG = logging.getLogger("inroad.sandbox")


async def deliver_due(world: World, sender: Sender | None = None) -> int:
    """Challenge and deliver what is due at the world's instant; return how many requests were sent."""
    if not has_due(world):
        return 0
    if sender is None:
        async with HttpSender() as made:
            return await deliver_due(world, made)
    sent = 0
    while sent < MAX_STEPS and (lanes := _lanes(world)):
        sent += sum(await asyncio.gather(*(_serve(world, lane, sender) for lane in lanes)))
        sources.collect(world)
    return sent


def has_due(world: World) -> bool:
    """Bring the webhooks up to date with the world, and tell whether something is to be sent."""
    sources.collect(world)
    return bool(_lanes(world))


async def run(world: Callable[[], World], touch: Callable[[], None]) -> None:
    """Deliver for as long as the application runs; `world` tells which one that is now, `touch` that it changed."""
    async with HttpSender() as sender:
        while True:
            try:
                if await deliver_due(world(), sender):
                    touch()
            except Exception:  # the loop outlives a fault of one world, which is logged
                _LOG.exception("webhooks could not be delivered")
            await asyncio.sleep(_PAUSE_SECONDS)


def _lanes(world: World) -> list[str]:
    """Return the webhooks that something is due for; each is served in order, beside the others."""
    webhooks, now = world.state(Webhooks), world.clock.now()
    lanes = {h.id: None for h in webhooks.hooks.values() if _is_checked(h) and h.next_check_at <= now}
    lanes |= {d.hook: None for d in webhooks.waiting() if d.due_at <= now}
    return list(lanes)


def _is_checked(hook: Hook) -> bool:
    return hook.state != "BLOCKED"


async def _serve(world: World, lane: str, sender: Sender) -> int:
    sent = 0
    while sent < MAX_STEPS:
        webhooks, now = world.state(Webhooks), world.clock.now()
        hook = webhooks.hooks.get(lane)
        delivery = _earliest(webhooks.waiting(), lane, now)
        if hook is not None and _comes_first(hook, delivery, now):
            await _check(world, hook, sender)
            sent += 1
            continue
        if delivery is None:
            return sent
        sent += await _try(world, hook, delivery, sender)
    return sent


def _comes_first(hook: Hook, delivery: Delivery | None, now: datetime) -> bool:
    """Tell whether a challenge is due, and before the delivery."""
    is_due = _is_checked(hook) and hook.next_check_at <= now
    return is_due and (delivery is None or hook.next_check_at <= delivery.due_at)


def _earliest(deliveries: Iterable[Delivery], lane: str, now: datetime) -> Delivery | None:
    due = [d for d in deliveries if d.hook == lane and d.due_at <= now]
    return min(due, key=lambda d: d.due_at, default=None)


async def _check(world: World, hook: Hook, sender: Sender) -> None:
    at = hook.next_check_at
    challenge = new_challenge(world, hook.client_id, hook.url)
    hook.next_check_at = at + timedelta(days=1)  # nobody else asks meanwhile
    reply = await sender.get(challenge.url, seconds=SECONDS_TO_ANSWER)
    note(hook, problem_with(challenge, reply), at, world.clock.now())


async def _try(world: World, hook: Hook | None, delivery: Delivery, sender: Sender) -> int:
    """Send a delivery once, unless something withholds it; return how many requests that took."""
    app = world.apps.get(delivery.client_id)
    if app is None or hook is None or hook.state != "VALIDATED":
        world.state(Webhooks).settle(delivery, "withheld")
        sources.undelivered(world, delivery)
        return 0
    if not sources.is_still_wanted(world, delivery):
        world.state(Webhooks).settle(delivery, "skipped")
        return 0
    mode = str(world.switches["webhooks.signature_mode"])
    headers = {"Content-Type": "application/json"}
    if is_signed(world, delivery.family):
        headers[HEADER] = signature(secret_of(app), delivery.payload, mode=mode)
    attempt = Attempt(at=delivery.due_at, signature=headers.get(HEADER, ""))
    left = pauses(world, delivery.family)[len(delivery.attempts) :]
    delivery.attempts.append(attempt)
    # The next try is written down before this one: a world that is saved meanwhile loses nothing.
    delivery.due_at += timedelta(seconds=left[0] if left else 365 * 86_400)
    reply = await sender.post(delivery.url, written(delivery.payload, mode=mode), headers)
    attempt.status, attempt.problem = reply.status, reply.problem
    if reply.status is not None and is_taken(delivery.family, reply.status):
        world.state(Webhooks).settle(delivery, "delivered")
        sources.delivered(world, delivery)
    elif not left:
        world.state(Webhooks).settle(delivery, "dropped")
        sources.undelivered(world, delivery)
    return 1
