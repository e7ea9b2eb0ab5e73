"""`projection=` laid over a resource's answer; the grammar is in `sandbox/masks.py`.

Source: "Response Decoration", learn.microsoft.com /linkedin/shared/api-guide/concepts/decoration
"""

from collections.abc import Iterator
from typing import Any

from inroad.sandbox import masks
from inroad.sandbox.answers import bad_parameter, bad_query, throttled
from inroad.sandbox.call import Answer, Call, Refusal
from inroad.sandbox.resource import Handler
from inroad.sandbox.resources.decoration import decorated
from inroad.sandbox.resources.levers import DECORATION_THROTTLE, lever
from inroad.sandbox.shape import is_list, is_object


def projected(handler: Handler) -> Handler:
    """Return the handler with the call's projection laid over its answer."""

    def handle(call: Call) -> Answer:
        answer = handler(call)
        text = call.params.get("projection")
        if not isinstance(text, str):
            return answer
        return Answer(status=answer.status, body=masked(call, answer.body, text), headers=answer.headers)

    return handle


def projection_of(text: str) -> masks.Projection:
    """Return a call's projection, refusing broken ones as the gateway does."""
    try:
        return masks.parse_projection(text)
    except masks.MaskError as fault:
        raise bad_query() from fault


def masked(call: Call, body: Any, text: str) -> Any:
    """Return what a call's projection lets through of a body.

    Names that the resource does not have are left out, or refused with `projection.policy` = `strict`
    (UNCONFIRMED: which of the two LinkedIn does).
    """
    projection = projection_of(text)
    if call.base == "rest":  # the versioned API does not decorate
        projection = [part for part in projection if not part.decorations]
    for path in _unknown(body, projection, ""):
        call.remarks.append(f"projection: nothing at {path}")
        if call.switches["projection.policy"] == "strict":
            raise bad_parameter("PARAM_INVALID", f"projection{path}")

    def resolve(urn: str, decorator: str) -> tuple[str, Any]:
        try:
            if lever(call.world, DECORATION_THROTTLE) is not None:
                raise throttled()
            return "~", decorated(call, urn, decorator)
        except Refusal as refusal:
            error = {n: v for n, v in refusal.body.items() if n in ("serviceErrorCode", "message", "status")}
            return "!", error

    return masks.projected(body, projection, resolve)


def _unknown(value: object, projection: masks.Projection, path: str) -> Iterator[str]:
    if is_list(value):
        for item in value[:1]:
            yield from _unknown(item, projection, path)
        return
    for part in projection:
        place = f"{path}/{part.name}"
        if part.name == "*" or not is_object(value):
            continue
        if part.name not in value:
            yield place
        elif part.fields is not None and not part.decorations:
            yield from _unknown(_one_of(value[part.name], is_each=part.each), part.fields, place)


def _one_of(value: Any, *, is_each: bool) -> Any:
    """Return what a mask behind `name*` holds for: the first of a map's values."""
    if not is_each or not is_object(value):
        return value
    return next(iter(value.values()), None)
