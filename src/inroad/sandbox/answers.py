"""The errors that LinkedIn's gateway and Rest.li server answer with: every body in one place.

Shapes and texts: "Error handling", learn.microsoft.com /linkedin/shared/api-guide/concepts/error-handling, and answers
recorded in public issue threads. Bodies that nobody recorded are marked UNCONFIRMED.
"""

from collections.abc import Mapping
from typing import Any, Final

from inroad.sandbox.call import Refusal

BAD_REQUEST_TYPE: Final = "com.linkedin.common.error.BadRequest"

TOKEN_PROBLEMS: Final[Mapping[str, tuple[int, str]]] = {
    "INVALID_ACCESS_TOKEN": (65600, "Invalid access token"),
    "REVOKED_ACCESS_TOKEN": (65601, "The token used in the request has been revoked by the user"),
    "EXPIRED_ACCESS_TOKEN": (65602, "The token used in the request has expired"),
    # UNCONFIRMED: the number; the code and text were recorded. A recorded body with all four fields would confirm it.
    "EMPTY_ACCESS_TOKEN": (65604, "Empty oauth2 access token"),
    "RESTRICTED_MEMBER": (65608, "Member is restricted"),
}


def gateway(
    status: int, code: str, message: str, *, number: int | None = None, headers: Mapping[str, str] | None = None
) -> Refusal:
    """Return an error of the gateway's, with `serviceErrorCode` where one belongs to it."""
    body: dict[str, Any] = {"status": status}
    if number is not None:
        body["serviceErrorCode"] = number
    return Refusal(status, {**body, "code": code, "message": message}, headers)


def sentence(status: int, message: str) -> Refusal:
    """Return an error of a resource's, told in one sentence."""
    return Refusal(status, {"message": message, "status": status})


def token_problem(code: str) -> Refusal:
    """Return the 401 for a token that opens nothing."""
    number, message = TOKEN_PROBLEMS[code]
    return gateway(401, code, message, number=number)


def unknown_scheme() -> Refusal:
    """Return the 401 for an Authorization header that is not Bearer. UNCONFIRMED: the text is approximate."""
    return Refusal(401, {"status": 401, "message": "Unknown authentication schema"})


def not_permitted(name: str) -> Refusal:
    """Return the 403 for a call that no scope or product of the token opens."""
    return gateway(403, "ACCESS_DENIED", f"Not enough permissions to access: {name}", number=100)


def no_such_route() -> Refusal:
    """Return the 404 for a path, finder or product that is not there."""
    return gateway(404, "RESOURCE_NOT_FOUND", "No virtual resource found")


def not_modelled(name: str) -> Refusal:
    """Return the 501 for what LinkedIn has and this sandbox does not; LinkedIn itself never sends it."""
    message = f"{name} exists at LinkedIn but is not modelled by this sandbox"
    return gateway(501, "NOT_IMPLEMENTED", message)


def no_such_method() -> Refusal:
    """Return the 400 for a path and a method that fit nothing."""
    return gateway(400, "ILLEGAL_ARGUMENT", "Resource method could not be resolved from request parameters.")


def method_not_allowed() -> Refusal:
    """Return the 405 for an HTTP method that Rest.li does not know."""
    return sentence(405, "Method Not Allowed")


def bad_path() -> Refusal:
    """Return the 400 for a path key that breaks the grammar, such as a raw URN under 2.0.0."""
    return gateway(400, "ILLEGAL_ARGUMENT", "Syntax exception in path variables")


def bad_query() -> Refusal:
    """Return the 400 for a query that breaks the grammar."""
    return gateway(400, "ILLEGAL_ARGUMENT", "Invalid query parameters passed to request")


def bad_body() -> Refusal:
    """Return the 400 for a body that is no JSON object."""
    return gateway(400, "ILLEGAL_ARGUMENT", "Request body could not be converted to data map")


def missing_parameter(name: str) -> Refusal:
    """Return the 400 for a finder's required parameter that is absent."""
    return sentence(400, f"Parameter '{name}' is required")


def bad_parameter(code: str, path: str, description: str | None = None) -> Refusal:
    """Return the 400 for one parameter: `PARAM_INVALID`, `QUERY_PARAM_NOT_ALLOWED` or `FIELD_INVALID`."""
    several = code == "FIELD_INVALID"
    fault: dict[str, Any] = {"input": {"inputPath": {"fieldPath": path}}, "code": code}
    if code == "PARAM_INVALID":
        description = description or "Invalid value for param; wrong type or other syntax error"
    if description is not None:
        fault = {"description": description, **fault}
    what = "Multiple errors occurred during param validation." if several else "Invalid param."
    return Refusal(
        400,
        {
            "errorDetailType": BAD_REQUEST_TYPE,
            "message": f"{what} Please see errorDetails for more information.",
            "errorDetails": {"inputErrors": [fault]},
            "status": 400,
        },
    )


def throttled(level: str = "", window: str = "") -> Refusal:
    """Return the 429; one without level and window is a burst, not a day's quota."""
    limit = " ".join(part for part in ("throttle", level, window, "limit") if part)
    message = f"Resource level {limit} for calls to this resource is reached."
    return gateway(429, "TOO_MANY_REQUESTS", message, number=101)


def server_error(status: int) -> Refusal:
    """Return a 5xx as LinkedIn's back ends word it."""
    code, message = {
        500: ("INTERNAL_SERVER_ERROR", "Internal Server Error"),
        502: ("BAD_GATEWAY", "Bad Gateway"),
        503: ("SERVICE_UNAVAILABLE", "Service Unavailable"),
        504: ("GATEWAY_TIMEOUT", "Gateway Timeout"),
    }.get(status, ("INTERNAL_SERVER_ERROR", "Internal Server Error"))
    return gateway(status, code, message)


def is_gateway_error(body: Mapping[str, Any]) -> bool:
    """Tell whether a body has the shape of the gateway's errors: a code, and no details."""
    return "code" in body and "errorDetailType" not in body
