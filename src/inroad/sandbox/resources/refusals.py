"""The errors that resources answer, in the shapes of recorded answers.

Source: "Error handling", learn.microsoft.com /linkedin/shared/api-guide/concepts/error-handling.
The gateway's own (tokens, scopes, versions, routes, parameters) are in `sandbox/answers.py`, those of schemas in
`sandbox/records.py`.
"""

from collections.abc import Mapping
from typing import Any

from inroad.sandbox.answers import BAD_REQUEST_TYPE, gateway, sentence
from inroad.sandbox.call import Refusal

_CONTENT_EXCEPTION = "com.linkedin.content.common.exception.BadRequestResponseException"


def not_found() -> Refusal:
    """Return the 404 of an entity that is unknown or gone. UNCONFIRMED: no recorded body of an unknown post."""
    return gateway(404, "NOT_FOUND", "Not Found")


def forbidden(kind: str) -> Refusal:
    """Return the 403 for an entity that the caller may not see; `kind` as in "the UGC", "this image"."""
    return sentence(403, f"Accessing {kind} resource is forbidden. Please check your permissions for this resource")


def bad_content(
    code: str,
    message: str,
    *,
    description: str | None = None,
    field: str | None = None,
    sent: str | None = None,
    status: int = 400,
    details: Mapping[str, Any] | None = None,
) -> Refusal:
    """Return the error of LinkedIn's content back end.

    Args:
        code: The constant, such as `DUPLICATE_POST`.
        message: What went wrong; the exception's name is put before it.
        description: What the error's entry says; left out: `message`.
        field: Path of the field at fault.
        sent: The value at fault.
        status: 400, or 422 for duplicates.
        details: Further members of the entry, such as `maxLength`.
    """
    place: dict[str, Any] = {}
    if field is not None:
        place["inputPath"] = {"fieldPath": field}
    if sent is not None:
        place["value"] = {"stringValue": sent}
    error = {"description": description or message, "input": place, "code": code, **(details or {})}
    return Refusal(
        status,
        {
            "errorDetailType": BAD_REQUEST_TYPE,
            "message": f"{_CONTENT_EXCEPTION}: {message}",
            "errorDetails": {"inputErrors": [error]},
            "status": status,
        },
    )
