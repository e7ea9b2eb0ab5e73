"""The errors that resources answer, in LinkedIn's shapes (contract 01, B.11).

The gateway's own (tokens, scopes, versions, routes) are the pipeline's; those of schemas stand in `records.py`.
"""

from collections.abc import Mapping
from typing import Any

from inroad.sandbox.call import Refusal

_BAD_REQUEST = "com.linkedin.common.error.BadRequest"
_CONTENT_EXCEPTION = "com.linkedin.content.common.exception.BadRequestResponseException"


def sentence(status: int, message: str) -> Refusal:
    """Return a resource's one-sentence error."""
    return Refusal(status, {"message": message, "status": status})


def not_found() -> Refusal:
    """Return the 404 of an entity that is unknown or gone. UNCONFIRMED: no recorded body of an unknown post."""
    return Refusal(404, {"status": 404, "code": "NOT_FOUND", "message": "Not Found"})


def illegal_argument(message: str) -> Refusal:
    """Return the 400 of a request that the gateway cannot read."""
    return Refusal(400, {"status": 400, "code": "ILLEGAL_ARGUMENT", "message": message})


def not_permitted(what: str) -> Refusal:
    """Return the gateway's 403 for a missing scope, product or role; `what` is `resource.METHOD.version`."""
    message = f"Not enough permissions to access: {what}"
    return Refusal(403, {"status": 403, "serviceErrorCode": 100, "code": "ACCESS_DENIED", "message": message})


def forbidden(kind: str) -> Refusal:
    """Return the 403 for an entity that the caller may not see; `kind` as in "the UGC", "this image"."""
    return sentence(403, f"Accessing {kind} resource is forbidden. Please check your permissions for this resource")


def wrong_param(name: str, code: str = "PARAM_INVALID") -> Refusal:
    """Return the 400 of a query parameter with a value of the wrong form."""
    error = {
        "description": "Invalid value for param; wrong type or other syntax error",
        "input": {"inputPath": {"fieldPath": name}},
        "code": code,
    }
    return Refusal(
        400,
        {
            "errorDetailType": _BAD_REQUEST,
            "message": "Invalid param. Please see errorDetails for more information.",
            "errorDetails": {"inputErrors": [error]},
            "status": 400,
        },
    )


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
            "errorDetailType": _BAD_REQUEST,
            "message": f"{_CONTENT_EXCEPTION}: {message}",
            "errorDetails": {"inputErrors": [error]},
            "status": status,
        },
    )
