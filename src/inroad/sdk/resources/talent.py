"""What the Talent resources share: the older protocol that they speak, and their batches.

Talent calls take no protocol header, so the rules of 1.0.0 hold for them: repeated parameters, URNs as they are.
Source: linkedin/talent-solutions-java-sdk, internal/client; "Protocol version", learn.microsoft.com
/linkedin/shared/api-guide/concepts/protocol-version
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, Literal, TypeAlias, TypeVar
from urllib.parse import quote

import msgspec

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import Response
from inroad.sdk.resources.entity import Results, as_batch, as_urn
from inroad.sdk.restli.batch import BatchError, BatchResult, BatchShapeError, read_batch_change
from inroad.sdk.restli.legacy import decode_key

T = TypeVar("T")
K = TypeVar("K")

TalentBase: TypeAlias = Literal["rest", "v2"]
"""Versioned, which is today's; or unversioned, which remains."""

PROTOCOL_1: Final[Mapping[str, str | None]] = MappingProxyType({"X-Restli-Protocol-Version": None})
"""Headers of a call under protocol 1.0.0."""

APPLICATION = "developerApplication"


def as_application(value: Urn | str, *, name: str = "application") -> Urn:
    """Return a caller's URN when it is an app's."""
    return as_urn(value, APPLICATION, name=name)


def read_by_text(response: Response, reader: "msgspec.json.Decoder[Results[T]]") -> BatchResult[str, T]:
    """Return the answer to a BATCH_GET whose keys are ids of the caller's own."""
    return read_found(response, reader, str)


def compound_ids(keys: Iterable[Mapping[str, str]]) -> str:
    """Return a query with keys in parts, `ids[0].name=value`, as LinkedIn's request collections write them."""
    pairs = [
        f"ids%5B{number}%5D.{name}={quote(value, safe=':')}"
        for number, key in enumerate(keys)
        for name, value in key.items()
    ]
    return "&".join(pairs)


def asked_for(text: str, keys: Iterable[K], to_parts: Callable[[K], Mapping[str, str]]) -> K:
    """Return the key that an answer names; its parts come in any order.

    Raises:
        BatchShapeError: it was not asked for.
    """
    parts = decode_key(text)
    for key in keys:
        if to_parts(key) == parts:
            return key
    raise BatchShapeError(f"the answer names a key that was not asked for: {text!r}")


def read_changes(response: Response, to_key: Callable[[str], K]) -> BatchResult[K, int]:
    """Return the answer to changes of several records; `to_key` reads a key."""
    try:
        return read_batch_change(response.json(), key=to_key)
    except ValueError as cause:
        raise response.unexpected(f"cannot read the batch answer: {cause}") from cause


def read_found(
    response: Response, reader: "msgspec.json.Decoder[Results[T]]", to_key: Callable[[str], K]
) -> BatchResult[K, T]:
    """Return the answer to a BATCH_GET; `to_key` reads a key."""
    answer = response.decode(reader)
    try:
        found = {to_key(key): value for key, value in answer.results.items()}
        return BatchResult(found, {to_key(key): BatchError.from_wire(e) for key, e in answer.errors.items()}, {})
    except ValueError as cause:
        raise response.unexpected(f"cannot read the batch answer: {cause}") from cause


def as_external_ids(values: Sequence[str], *, name: str = "external_job_posting_ids") -> list[str]:
    """Return a caller's own ids of jobs, each once, when there are any.

    Raises:
        InvalidArgument: there are none or too many, or one text stands in place of a list.
    """
    if isinstance(values, str):
        raise InvalidArgument(f"{name} is a list of ids, not one text")
    return as_batch(values, name=name)
