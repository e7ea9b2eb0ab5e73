"""Batch answers: one result or one error per key that was asked for.

Source: linkedin/rest.li gh-pages-source:src/protocol.md "Batch get", "Batch create"; error model
linkedin/rest.li ErrorResponse.pdl
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from urllib.parse import unquote

from inroad.sdk.errors import Error
from inroad.sdk.restli.decode import reduced_decode
from inroad.sdk.restli.encode import reduced_key
from inroad.sdk.restli.patch import Patch
from inroad.sdk.restli.shape import is_int, is_list, is_object

K = TypeVar("K")
V = TypeVar("V")


class BatchShapeError(Error, ValueError):
    """An answer that is not a batch's, or names a key that was not asked for."""


@dataclass(frozen=True, slots=True)
class BatchError:
    """Why one key of a batch has no result. `body` is all that LinkedIn said of it."""

    status: int
    code: str = ""
    message: str = ""
    service_code: int | None = None
    body: Mapping[str, object] = field(default_factory=dict[str, object], repr=False)

    @classmethod
    def from_wire(cls, body: object) -> "BatchError":
        """Read an error of a batch; every field of LinkedIn's model is optional."""
        if not is_object(body):
            raise BatchShapeError(f"an error of a batch must be an object, got {type(body).__name__}")
        status, service_code = body.get("status"), body.get("serviceErrorCode")
        return cls(
            status if is_int(status) else 0,
            str(body.get("code") or ""),
            str(body.get("message") or ""),
            service_code if is_int(service_code) else None,
            body,
        )


@dataclass(frozen=True, slots=True)
class BatchResult(Generic[K, V]):
    """The answer to a batch: each key stands in `results` or in `errors`; `statuses` says more where LinkedIn does."""

    results: Mapping[K, V]
    errors: Mapping[K, BatchError]
    statuses: Mapping[K, int]

    def status(self, key: K) -> int | None:
        """Return the status of one key: its own, its error's, 200 for a result without; None for an absent key."""
        if key in self.statuses:
            return self.statuses[key]
        if key in self.errors:
            return self.errors[key].status
        return 200 if key in self.results else None

    def missing(self, asked: Iterable[K]) -> list[K]:
        """Return the keys that the answer does not speak of."""
        return [key for key in asked if key not in self.results and key not in self.errors]


@dataclass(frozen=True, slots=True)
class BatchCreated:
    """One element of a batch create's answer, in the order of the request: an id, or the error."""

    status: int
    id: str | None = None
    error: BatchError | None = None


def read_batch_get(body: object, *, key: Callable[[str], K], entity: Callable[[object], V]) -> BatchResult[K, V]:
    """Read the answer to a BATCH_GET.

    Args:
        body: The parsed JSON.
        key: Makes a key of its text: `int`, `Urn.parse`, or what `key_reader` returns.
        entity: Makes an entity of its JSON.

    Raises:
        BatchShapeError: the body is not a batch's answer.
    """
    answer = _object(body, "the answer")
    return BatchResult(
        {key(text): entity(value) for text, value in _object(answer.get("results", {}), "results").items()},
        _errors(answer, key),
        {key(text): _status(value) for text, value in _object(answer.get("statuses", {}), "statuses").items()},
    )


def read_batch_change(body: object, *, key: Callable[[str], K]) -> BatchResult[K, int]:
    """Read the answer to a BATCH_UPDATE, BATCH_PARTIAL_UPDATE or BATCH_DELETE; a result is its status, such as 204.

    Raises:
        BatchShapeError: the body is not a batch's answer.
    """
    answer = _object(body, "the answer")
    found = _object(answer.get("results", {}), "results").items()
    results = {key(text): _status(_object(value, "a result").get("status")) for text, value in found}
    errors = _errors(answer, key)
    refused = {name: BatchError(status) for name, status in results.items() if status >= 400 and name not in errors}
    done = {name: status for name, status in results.items() if name not in errors and name not in refused}
    return BatchResult(done, errors | refused, results)


def read_batch_create(body: object) -> list[BatchCreated]:
    """Read the answer to a BATCH_CREATE.

    Raises:
        BatchShapeError: the body is not such an answer.
    """
    elements = _object(body, "the answer").get("elements")
    if not is_list(elements):
        raise BatchShapeError("elements must be a list")
    return [_created(_object(element, "an element")) for element in elements]


def key_reader(asked: Iterable[K], to_wire: Callable[[K], object] = lambda key: key) -> Callable[[str], K]:
    """Return a function that finds the key that was asked for from its text in an answer.

    LinkedIn writes keys in the reduced form; official clients and some of its services escape simple ones
    too, so a text that is not found is tried decoded.

    Args:
        asked: The keys of the request.
        to_wire: What `encode_key` was given for a key; maps are no keys of a dict, so compound keys need it.
    """
    known = {reduced_key(to_wire(key)): key for key in asked}

    def find(text: str) -> K:
        for written in _readings(text):
            if written in known:
                return known[written]
        raise BatchShapeError(f"the answer names a key that was not asked for: {text!r}")

    return find


def patches(changes: Mapping[K, Patch], to_wire: Callable[[K], object] = lambda key: key) -> dict[str, object]:
    """Return the body of a BATCH_PARTIAL_UPDATE, `{"entities": {key: {"patch": ...}}}`."""
    return {"entities": {reduced_key(to_wire(key)): patch.to_wire() for key, patch in changes.items()}}


def _readings(text: str) -> Iterable[str]:
    yield text
    yield _canonical(text)
    yield unquote(text)


def _canonical(text: str) -> str:
    try:
        return reduced_key(reduced_decode(text))
    except ValueError:
        return text


def _errors(answer: Mapping[str, object], key: Callable[[str], K]) -> dict[K, BatchError]:
    return {key(text): BatchError.from_wire(e) for text, e in _object(answer.get("errors", {}), "errors").items()}


def _created(element: Mapping[str, object]) -> BatchCreated:
    error = element.get("error")
    id = element.get("id")
    return BatchCreated(
        _status(element.get("status")),
        str(id) if id is not None else None,
        BatchError.from_wire(error) if error is not None else None,
    )


def _status(value: object) -> int:
    if not is_int(value):
        raise BatchShapeError(f"a status must be a number, got {type(value).__name__}")
    return value


def _object(value: object, what: str) -> Mapping[str, object]:
    if not is_object(value):
        raise BatchShapeError(f"{what} must be an object, got {type(value).__name__}")
    return value
