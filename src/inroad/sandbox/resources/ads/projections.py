"""`fields=` on the advertising resources, whose "info" fields come only when they are named there.

Source: "Additional Info Field", learn.microsoft.com /linkedin/marketing/additional-info-field
"""

from typing import Any, Final

from inroad.sandbox.answers import bad_query
from inroad.sandbox.call import Answer, Call
from inroad.sandbox.masks import Mask, MaskError, masked, parse_fields
from inroad.sandbox.resource import Handler
from inroad.sandbox.shape import is_object

FIELDS: Final = {"fields": "optional"}


def mask_of(call: Call) -> Mask | None:
    """Return what `fields` names, None without it."""
    text = call.params.get("fields")
    if not isinstance(text, str):
        return None
    try:
        return parse_fields(text)
    except MaskError as fault:
        raise bad_query() from fault


def names(call: Call, field: str) -> bool:
    """Tell whether `fields` names this field."""
    mask = mask_of(call)
    return mask is not None and field in mask.kept


def cut(handler: Handler) -> Handler:
    """Return the handler with `fields` laid over each entity of its answer; its method declares `FIELDS`."""

    def handle(call: Call) -> Answer:
        answer, mask = handler(call), mask_of(call)
        if mask is None or not is_object(answer.body):
            return answer
        return Answer(status=answer.status, body=_cut(answer.body, mask), headers=answer.headers)

    return handle


def _cut(body: dict[str, Any], mask: Mask) -> dict[str, Any]:
    if "elements" in body:
        return {**body, "elements": [masked(e, mask) for e in body["elements"]]}
    if "results" in body:
        return {**body, "results": {k: masked(v, mask) for k, v in body["results"].items()}}
    found: dict[str, Any] = masked(body, mask)
    return found
