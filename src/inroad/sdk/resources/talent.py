"""What the Talent resources share: the older protocol that they speak, and their batches.

Talent calls take no protocol header, so the rules of 1.0.0 hold for them: repeated parameters, URNs as they are.
Source: linkedin/talent-solutions-java-sdk, internal/client; "Protocol version", learn.microsoft.com
/linkedin/shared/api-guide/concepts/protocol-version
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, Literal, TypeAlias, TypeVar

import msgspec

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import Response
from inroad.sdk.resources.entity import Results, as_batch, as_urn
from inroad.sdk.restli.batch import BatchError, BatchResult, BatchShapeError

T = TypeVar("T")

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
    answer = response.decode(reader)
    try:
        errors = {key: BatchError.from_wire(error) for key, error in answer.errors.items()}
    except BatchShapeError as cause:
        raise response.unexpected(f"cannot read the batch answer: {cause}") from cause
    return BatchResult(dict(answer.results), errors, {})


def as_external_ids(values: Sequence[str], *, name: str = "external_job_posting_ids") -> list[str]:
    """Return a caller's own ids of jobs, each once, when there are any.

    Raises:
        InvalidArgument: there are none or too many, or one text stands in place of a list.
    """
    if isinstance(values, str):
        raise InvalidArgument(f"{name} is a list of ids, not one text")
    return as_batch(values, name=name)
