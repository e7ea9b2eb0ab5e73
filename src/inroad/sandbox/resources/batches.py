"""BATCH_GET: one answer for each key, the failures beside the finds.

Source: "Batch Get", linkedin.github.io/rest.li/spec/protocol; LinkedIn's Postman collections for a status of every key.
"""

from collections.abc import Callable
from typing import Any

from inroad.sandbox.call import Answer, Call, Refusal, Value
from inroad.sandbox.grammar import reduced


def batch(call: Call, look_up: Callable[[Value], Any]) -> Answer:
    """Return `look_up` of each key of the call; what it refuses goes to `errors` with its status and message."""
    results: dict[str, Any] = {}
    statuses: dict[str, int] = {}
    errors: dict[str, Any] = {}
    for key in call.keys:
        name = reduced(key)
        try:
            results[name] = look_up(key)
            statuses[name] = 200
        except Refusal as refusal:
            statuses[name] = refusal.status
            errors[name] = {"status": refusal.status, "message": refusal.body["message"]}
    return Answer(body={"results": results, "statuses": statuses, "errors": errors})
