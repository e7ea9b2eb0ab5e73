"""The challenge that every webhook passes when it is registered and every two hours after.

Source: "Webhooks", learn.microsoft.com /linkedin/shared/api-guide/webhook-validation
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Final
from urllib.parse import quote

import msgspec

from inroad.sandbox.resources.partners import application_number
from inroad.sandbox.resources.provisioning.state import Provisioning
from inroad.sandbox.shape import is_object
from inroad.sandbox.webhooks.sending import Reply
from inroad.sandbox.webhooks.signature import digest, secret_of
from inroad.sandbox.webhooks.state import Hook
from inroad.sandbox.world import World

EVERY: Final = timedelta(hours=2)
MAX_MISSES: Final = 3
SECONDS_TO_ANSWER: Final = 3.0
FAILED: Final = "This URL did not pass the security challenge check"


@dataclass(frozen=True, slots=True)
class Challenge:
    """One question to a webhook, and the answer that is right."""

    url: str
    code: str
    answer: str


def new_challenge(world: World, client_id: str, url: str) -> Challenge:
    """Return a fresh challenge; a child application is named beside the code."""
    code = str(uuid.UUID(int=world.random.getrandbits(128), version=4))
    query = f"challengeCode={code}"
    if client_id in world.state(Provisioning).children:
        # UNCONFIRMED: whether the id is the URN's number, as here.
        query += f"&applicationId={quote(str(application_number(client_id)))}"
    app = world.apps[client_id]
    return Challenge(f"{url}{'&' if '?' in url else '?'}{query}", code, digest(secret_of(app), code.encode()))


def problem_with(challenge: Challenge, reply: Reply) -> str:
    """Return what is wrong with a webhook's answer, empty when it passes."""
    if reply.status is None:
        return reply.problem
    if reply.status != 200:
        return f"answered {reply.status} instead of 200"
    if reply.content_type != "application/json":
        return f"answered {reply.content_type or 'without a content type'} instead of application/json"
    return _problem_with_body(challenge, reply.body)


def _problem_with_body(challenge: Challenge, raw: bytes) -> str:
    try:
        body = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return "the answer is no JSON"
    if not is_object(body) or body.get("challengeCode") != challenge.code:
        return "challengeCode is missing or another"
    given = body.get("challengeResponse")
    if not isinstance(given, str) or not compare_digest(given.encode(), challenge.answer.encode()):
        return "challengeResponse is not the hash of the code under this app's secret"
    return ""


def note(hook: Hook, problem: str, at: datetime, now: datetime) -> None:
    """Write down how a challenge ended: three misses in a row block a webhook.

    After a long advance of the clock one success stands for every challenge up to `now`.
    """
    hook.checked_at, hook.problem = at, problem
    hook.next_check_at = at + EVERY
    if problem:
        hook.misses += 1
        if hook.misses >= MAX_MISSES:
            hook.state = "BLOCKED"
        return
    hook.misses, hook.state = 0, "VALIDATED"
    if hook.next_check_at <= now:
        hook.next_check_at += EVERY * ((now - hook.next_check_at) // EVERY + 1)
