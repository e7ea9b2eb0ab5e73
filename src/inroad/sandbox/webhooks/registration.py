"""Registering a webhook: what is refused at once, and the challenge that decides the rest."""

from inroad.sandbox.webhooks.addresses import address_problem
from inroad.sandbox.webhooks.challenge import FAILED, SECONDS_TO_ANSWER, new_challenge, note, problem_with
from inroad.sandbox.webhooks.sending import ask
from inroad.sandbox.webhooks.state import PORTAL_FAMILIES, Family, Hook, Webhooks, enrol, hook_id
from inroad.sandbox.world import World


class ChallengeFailed(ValueError):
    """A webhook did not answer its challenge as LinkedIn wants it."""


def register(world: World, *, client_id: str, family: Family, url: str) -> Hook:
    """Register a webhook as the portal's tab does, or say why not; this waits for the challenge.

    The portal keeps one webhook of a family for an app: another takes its place.

    Raises:
        ValueError: the address is none, or its challenge failed; the portal's tab does not take this family.
    """
    if client_id not in world.apps:
        raise ValueError(f"no app {client_id!r} in this world")
    if family not in PORTAL_FAMILIES:
        raise ValueError(f"the portal registers {', '.join(PORTAL_FAMILIES)}, got {family!r}")
    refused = address_problem(url, world.switches)
    if refused:
        raise ValueError(refused)
    webhooks = world.state(Webhooks)
    is_new = hook_id(client_id, family, url) not in webhooks.hooks
    hook = enrol(world, client_id=client_id, family=family, url=url, origin="portal")
    try:
        revalidate(world, hook)
    except ChallengeFailed:
        if is_new:
            del webhooks.hooks[hook.id]
        raise
    for other in webhooks.of_app(client_id, family):
        if other is not hook and other.origin == "portal":
            del webhooks.hooks[other.id]
    return hook


def revalidate(world: World, hook: Hook) -> None:
    """Challenge a webhook now, which lifts a block when it passes.

    Raises:
        ChallengeFailed: with LinkedIn's sentence and what was wrong.
    """
    challenge = new_challenge(world, hook.client_id, hook.url)
    problem = problem_with(challenge, ask(challenge.url, seconds=SECONDS_TO_ANSWER))
    now = world.clock.now()
    note(hook, problem, now, now)
    if problem:
        raise ChallengeFailed(f"{FAILED}: {problem}")
