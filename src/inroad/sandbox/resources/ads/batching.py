"""Batches: each entity is judged by itself, and a batch that fails in part is a 200.

Source: "Batch Create", "Batch Partial Update", linkedin.github.io/rest.li/spec/protocol.
"""

from collections.abc import Callable
from typing import Any, Final

from inroad.sandbox.call import Answer, Call, Refusal, Value
from inroad.sandbox.grammar import reduced
from inroad.sandbox.records import ANY, ArrayOf, Field, MapOf, Record, faults, patch_faults, schema_refusal
from inroad.sandbox.wire import entities_of

ELEMENTS: Final = Record("BatchCreate", (Field("elements", ArrayOf(ANY)),))
ENTITIES: Final = Record("BatchUpdate", (Field("entities", MapOf(ANY)),))


def checked(record: Record, body: Any) -> dict[str, Any]:
    """Return an entity that the schema accepts, or refuse it with the validator's 422."""
    lines = faults(record, body)
    if lines:
        raise schema_refusal(lines)
    found: dict[str, Any] = body
    return found


def create_each(call: Call, record: Record, create: Callable[[dict[str, Any]], str]) -> Answer:
    """Create each element; an entry of the answer has a key or an error, in the order of the request."""
    elements: list[dict[str, Any]] = []
    for element in call.body["elements"]:
        try:
            elements.append({"status": 201, "id": create(checked(record, element))})
        except Refusal as refusal:
            elements.append({"status": refusal.status, "error": refusal.body})
    return Answer(body={"elements": elements})


def patch_each(call: Call, record: Record, update: Callable[[Value, dict[str, Any]], None]) -> Answer:
    """Patch each entity; `update` takes its key and the patch."""

    def one(key: Value, entity: Any) -> None:
        lines = patch_faults(record, entity)
        if lines:
            raise schema_refusal(lines)
        update(key, entity["patch"])

    return _each(entities_of(call.body, call.keys), one)


def put_each(call: Call, record: Record, put: Callable[[Value, dict[str, Any]], None]) -> Answer:
    """Replace each entity; `put` takes its key and the entity."""
    return _each(entities_of(call.body, call.keys), lambda key, entity: put(key, checked(record, entity)))


def delete_each(call: Call, delete: Callable[[Value], None]) -> Answer:
    """Delete each entity."""
    return _each([(key, None) for key in call.keys], lambda key, _: delete(key))


def get_each(call: Call, look_up: Callable[[Value], Any]) -> Answer:
    """Return each entity, and the errors of those that are not there."""
    results: dict[str, Any] = {}
    statuses: dict[str, int] = {}
    errors: dict[str, Any] = {}
    for key in call.keys:
        name = reduced(key)
        try:
            results[name], statuses[name] = look_up(key), 200
        except Refusal as refusal:
            errors[name] = _short(refusal)
    return Answer(body={"results": results, "statuses": statuses, "errors": errors})


def _each(entities: list[tuple[Value, Any]], act: Callable[[Value, Any], None]) -> Answer:
    results: dict[str, Any] = {}
    errors: dict[str, Any] = {}
    for key, entity in entities:
        name = reduced(key)
        try:
            act(key, entity)
            results[name] = {"status": 204}
        except Refusal as refusal:
            errors[name] = _short(refusal)
    return Answer(body={"results": results, "errors": errors})


def _short(refusal: Refusal) -> dict[str, Any]:
    kept = ("code", "message", "errorDetails")
    body: dict[str, Any] = {"status": refusal.status}
    return body | {name: value for name, value in refusal.body.items() if name in kept}
