"""What can go wrong, as one tree, and how LinkedIn's error answers are read.

The tree, drawn from its root `Error`:

├─ ConfigurationError       the program is set up wrongly; says which setting
├─ InvalidArgument          refused before sending; also a ValueError
├─ TransportError           no usable answer; `.sent` is True, False or None (unknown)
│  ├─ Timeout
│  └─ ConnectionFailed
├─ ApiError                 LinkedIn answered with an error
│  ├─ BadRequest 400 · Unauthorized 401 · Forbidden 403 · NotFound 404 · Conflict 409
│  ├─ Unprocessable 422     `.fields` when the message names them
│  │  └─ DuplicatePost      `.urn` is what LinkedIn says it duplicates
│  ├─ VersionRetired 426    the LinkedIn-Version is past its sunset or was never released
│  ├─ RateLimited 429       `.kind` is "day", "burst" or "data_volume"; `.retry_at` when known
│  └─ ServerError 5xx
├─ UnexpectedResponse       LinkedIn answered with something we cannot read; keeps the bytes
├─ OAuthError               `.error` and `.description` from the OAuth endpoints
│  └─ CallbackRefused       the redirect back from LinkedIn cannot be accepted
└─ InvalidSignature         a webhook or id_token that is not LinkedIn's
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal, TypeAlias, cast

import msgspec

from inroad.common.urn import Urn

if TYPE_CHECKING:
    from inroad.contract.explanations import Advice, Retry

RateLimitKind: TypeAlias = Literal["day", "burst", "data_volume"]

_CONSTANT = re.compile(r"[A-Z][A-Z0-9_]+")
_URN = re.compile(r"urn:li:[A-Za-z]+:[A-Za-z0-9_-]+")
_SCHEMA_LINE = re.compile(r"ERROR :: (?P<path>\S*) :: (?P<reason>.*)")
_PROCESSED_FIELDS = re.compile(r"while processing fields \[(?P<paths>[^\]]*)\]")
_THROTTLE = re.compile(r"throttle (?P<level>[A-Z_]+) (?P<window>[A-Z]+) limit")
_DATA_VOLUME = ("data request limit", "metric values")
# 45 million metric values in five minutes. Source: "Reporting", learn.microsoft.com
# /linkedin/marketing/integrations/ads-reporting/ads-reporting
_DATA_VOLUME_WINDOW = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a call failed, what says so, what to do, and whether the same call has a chance.

    `retry` is "no", "soon" (seconds), "later" (minutes), "tomorrow" (after midnight UTC), or "look first": nobody knows
    what the call has done. `source` is the page of learn.microsoft.com that it is read from.
    """

    cause: str
    evidence: tuple[str, ...]
    fix: str
    retry: "Retry"
    source: str

    def __str__(self) -> str:
        return f"{self.cause}. {self.fix[:1].upper()}{self.fix[1:]}. Retry: {self.retry}. ({'; '.join(self.evidence)})"


def _explained(advice: "Advice", *evidence: str | None) -> Explanation:
    seen = tuple(part for part in evidence if part)
    return Explanation(
        cause=advice.cause,
        evidence=seen,
        fix=advice.fix,
        retry=advice.retry,
        source=f"learn.microsoft.com {advice.source}",
    )


class Error(Exception):
    """Whatever this package raises on purpose."""


class ConfigurationError(Error):
    """The program is set up wrongly."""


class InvalidArgument(Error, ValueError):
    """A value was refused before anything was sent."""


class TransportError(Error):
    """No usable answer came. `sent` tells whether the request left: True, False, or None when nobody can know."""

    def __init__(self, message: str, *, sent: bool | None) -> None:
        super().__init__(message)
        self.sent = sent

    def explain(self) -> Explanation:
        """Return why there is no answer, and whether sending again is safe."""
        # Loaded late: texts that nobody needs until something fails.
        from inroad.contract.explanations import MAYBE_SENT, NOT_SENT  # noqa: PLC0415

        left = {True: "the request left", False: "nothing left", None: "nobody knows what left"}[self.sent]
        return _explained(NOT_SENT if self.sent is False else MAYBE_SENT, str(self), left)


class Timeout(TransportError):
    """LinkedIn did not answer in time."""


class ConnectionFailed(TransportError):
    """The connection could not be made, or broke."""


class InvalidSignature(Error):
    """A webhook or an id_token does not carry LinkedIn's signature."""


class UnexpectedResponse(Error):
    """LinkedIn answered with something this package cannot read. `content` keeps the bytes."""

    def __init__(self, message: str, *, status: int, content: bytes, request_id: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.content = content
        self.request_id = request_id


class OAuthError(Error):
    """LinkedIn's OAuth endpoints refused. `error` is the code, `description` LinkedIn's words."""

    def __init__(self, error: str, description: str | None, *, status: int | None = None) -> None:
        super().__init__(error if not description else f"{error}: {description}")
        self.error = error
        self.description = description
        self.status = status

    def explain(self) -> Explanation:
        """Return why sign-in or the token endpoint refused, and what to do."""
        from inroad.contract.explanations import OAUTH, UNKNOWN  # noqa: PLC0415 - as above

        return _explained(OAUTH.get(self.error, UNKNOWN), self.error, self.description)


class CallbackRefused(OAuthError):
    """The member came back from LinkedIn with something that must not be accepted as consent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldFault:
    """One complaint about one place in the request. `path` is as LinkedIn spells it; empty when it names none."""

    path: str
    reason: str
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """An error answer of LinkedIn, read: the five body shapes of its APIs in one value."""

    status: int
    code: str | None
    service_code: int | None
    message: str
    fields: tuple[FieldFault, ...]


class ApiError(Error):
    """LinkedIn answered with an error.

    Branch on `status`, `code` and `service_code`; LinkedIn changes `message` without notice. `call` is the method and
    path that were asked, `request_id` is LinkedIn's `x-li-uuid` for its support, `content` the body as received.
    """

    def __init__(self, fault: Fault, *, call: str, request_id: str | None = None, content: bytes = b"") -> None:
        what = " ".join(str(part) for part in (fault.status, fault.code) if part is not None)
        trace = f"; request {request_id}" if request_id else ""
        super().__init__(f"{what}: {fault.message.strip()} ({call}{trace})")
        self.status = fault.status
        self.code = fault.code
        self.service_code = fault.service_code
        self.message = fault.message
        self.fields = fault.fields
        self.call = call
        self.request_id = request_id
        self.content = content

    def explain(self) -> Explanation:
        """Return why LinkedIn refused, what says so, what to do, and whether the same call has a chance."""
        fields = [f"{fault.path}: {fault.code or fault.reason}" for fault in self.fields if fault.path]
        what = f"{self.status} {self.code or self.service_code or ''}".strip()
        words = self.message.strip()[:300]
        return _explained(_advice(self), what, words, *fields, self.call, _traced(self.request_id))


class BadRequest(ApiError):
    """LinkedIn could not accept the request as it was written (400)."""


class Unauthorized(ApiError):
    """The token is missing, unknown, expired or revoked, or its member is restricted (401)."""


class Forbidden(ApiError):
    """The token may not do this: scope, product, role or field (403)."""


class NotFound(ApiError):
    """There is no such thing, or the token may not see it (404)."""


class Conflict(ApiError):
    """Somebody else wrote at the same time (409)."""


class Unprocessable(ApiError):
    """The request breaks LinkedIn's schema or a rule of the resource (422)."""


class DuplicatePost(Unprocessable):
    """The author has posted the same content already.

    `urn` is the post that LinkedIn names. It need not exist: verify it before trusting it.
    """

    def __init__(self, fault: Fault, *, call: str, request_id: str | None = None, content: bytes = b"") -> None:
        super().__init__(fault, call=call, request_id=request_id, content=content)
        named = _URN.search(fault.message)
        self.urn: Urn | None = Urn.parse(named.group()) if named else None


class VersionRetired(ApiError):
    """The LinkedIn-Version is past its sunset, or was never released (426)."""


class RateLimited(ApiError):
    """Too many calls (429).

    `kind` tells what to do: "day" is over at the next midnight UTC (`retry_at`), "burst" in seconds to a minute,
    "data_volume" when LinkedIn's window of five minutes has moved on. `level` is APPLICATION, MEMBER or both, as far as
    LinkedIn says. `retry_after` is in seconds, and only known when LinkedIn sends it, which it is not documented to do.
    """

    def __init__(
        self,
        fault: Fault,
        *,
        call: str,
        request_id: str | None = None,
        content: bytes = b"",
        retry_after: float | None = None,
        at: datetime | None = None,
    ) -> None:
        super().__init__(fault, call=call, request_id=request_id, content=content)
        throttle = _THROTTLE.search(fault.message)
        self.kind: RateLimitKind = _rate_limit_kind(fault.message)
        self.level: str | None = throttle["level"] if throttle else None
        self.retry_after = retry_after
        self.retry_at: datetime | None = None if at is None else _retry_at(self.kind, retry_after, at)


class ServerError(ApiError):
    """LinkedIn failed (5xx). Whether it did what was asked is not known."""


def _advice(error: ApiError) -> "Advice":
    from inroad.contract.explanations import CODES, MESSAGES, SERVICE_CODES, STATUSES, UNKNOWN  # noqa: PLC0415 - as above

    # A message says more than "access denied" or "too many", and is all there is where there is no code.
    for pattern, advice in MESSAGES:
        if pattern.search(error.message):
            return advice
    codes = [error.code, *(fault.code for fault in error.fields), SERVICE_CODES.get(error.service_code or 0)]
    # The code of a single field says more than the one of the whole.
    if error.code == "MULTIPLE_VALIDATIONS_FAILED" and len({fault.code for fault in error.fields}) == 1:
        codes.reverse()
    known = next((CODES[code] for code in codes if code is not None and code in CODES), None)
    return known or STATUSES.get(error.status) or (STATUSES[500] if error.status >= 500 else UNKNOWN)


def _traced(request_id: str | None) -> str | None:
    return f"request {request_id}" if request_id else None


_BY_STATUS: Mapping[int, type[ApiError]] = {
    400: BadRequest,
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    422: Unprocessable,
    426: VersionRetired,
}


def error_from_answer(
    status: int, headers: Mapping[str, str], content: bytes, *, call: str, at: datetime | None = None
) -> ApiError | UnexpectedResponse:
    """Return the exception for an answer of LinkedIn's APIs that is not a success.

    Args:
        status: The HTTP status, 300 or above.
        headers: The answer's headers, lower case.
        content: The body as received; anything is tolerated.
        call: Method and path, for the message.
        at: When the answer came, to compute `RateLimited.retry_at`.
    """
    request_id = headers.get("x-li-uuid") or headers.get("x-li-request-id")
    if status < 400:
        return UnexpectedResponse(
            f"{status} is a redirect, which LinkedIn's APIs do not use ({call})",
            status=status,
            content=content,
            request_id=request_id,
        )
    fault = read_fault(status, content)
    if status == 429:
        wait = _seconds_to_wait(headers, at)
        return RateLimited(fault, call=call, request_id=request_id, content=content, retry_after=wait, at=at)
    kind = _BY_STATUS.get(status) or (ServerError if status >= 500 else ApiError)
    if kind is Unprocessable and fault.code == "DUPLICATE_POST":
        kind = DuplicatePost
    return kind(fault, call=call, request_id=request_id, content=content)


def oauth_error_from_answer(status: int, headers: Mapping[str, str], content: bytes, *, call: str) -> Error:
    """Return the exception for an answer of the OAuth endpoints that is not a success."""
    body = _object(content)
    code = _text(body.get("error"))
    if code is None:
        return error_from_answer(status, headers, content, call=call)
    return OAuthError(code, _text(body.get("error_description")), status=status)


def read_fault(status: int, content: bytes) -> Fault:
    """Read any of LinkedIn's error bodies; one that fits no known shape becomes the message.

    Source: "Error Handling", learn.microsoft.com /linkedin/shared/api-guide/concepts/error-handling; recorded answers
    """
    body = _object(content)
    message = _text(body.get("message"))
    service_code = body.get("serviceErrorCode")
    code, inputs = _text(body.get("code")), _input_faults(body.get("errorDetails"))
    if code is None:
        code = next((fault.code for fault in inputs if fault.code), None)
    if message is None:
        message = content[:500].decode("utf-8", "replace") if not body else "no message"
    return Fault(
        status=status,
        code=code,
        service_code=service_code if isinstance(service_code, int) else None,
        message=message,
        fields=inputs or _message_faults(message),
    )


def _input_faults(details: object) -> tuple[FieldFault, ...]:
    if not isinstance(details, dict):
        return ()
    members = cast("dict[str, object]", details)
    faults: list[FieldFault] = []
    for name in ("inputErrors", "conditionalInputErrors"):
        entries = members.get(name)
        if isinstance(entries, list):
            faults += [_input_fault(entry) for entry in cast("list[object]", entries)]
    return tuple(faults)


def _input_fault(entry: object) -> FieldFault:
    members = cast("dict[str, object]", entry) if isinstance(entry, dict) else {}
    code, description = _text(members.get("code")), _text(members.get("description"))
    # Old ads answers carry the sentence in `code` and the constant in `description`.
    if code and description and not _CONSTANT.fullmatch(code) and _CONSTANT.fullmatch(description):
        code, description = description, code
    path = ""
    place = members.get("input")
    if isinstance(place, dict):
        input_path = cast("dict[str, object]", place).get("inputPath")
        if isinstance(input_path, dict):
            path = _text(cast("dict[str, object]", input_path).get("fieldPath")) or ""
    return FieldFault(path=path, reason=description or "", code=code)


def _message_faults(message: str) -> tuple[FieldFault, ...]:
    lines = [FieldFault(path=line["path"], reason=line["reason"].strip()) for line in _SCHEMA_LINE.finditer(message)]
    if lines:
        return tuple(lines)
    processed = _PROCESSED_FIELDS.search(message)
    if processed is None:
        return ()
    reason = message.partition(":")[0]
    return tuple(FieldFault(path=path.strip(), reason=reason) for path in processed["paths"].split(",") if path.strip())


def _rate_limit_kind(message: str) -> RateLimitKind:
    # LinkedIn tells the kinds apart by the message alone; code and status are the same.
    throttle = _THROTTLE.search(message)
    if (throttle and throttle["window"] == "DAY") or " DAY " in message:
        return "day"
    if any(words in message.lower() for words in _DATA_VOLUME):
        return "data_volume"
    return "burst"


def next_utc_midnight(at: datetime) -> datetime:
    """Return the instant at which LinkedIn's daily counters start again."""
    return at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def _retry_at(kind: RateLimitKind, retry_after: float | None, at: datetime) -> datetime | None:
    if kind == "day":
        return next_utc_midnight(at)
    if retry_after is not None:
        return at + timedelta(seconds=retry_after)
    return at + _DATA_VOLUME_WINDOW if kind == "data_volume" else None


def _seconds_to_wait(headers: Mapping[str, str], at: datetime | None) -> float | None:
    # Neither header is documented for LinkedIn; whoever sends one is believed within reason.
    for name in ("retry-after", "x-restli-quota-reset"):
        text = headers.get(name, "").strip()
        if text.isascii() and text.isdigit():
            return float(text)
        if text and name == "retry-after" and at is not None:
            return _seconds_until(text, at)
    return None


def _seconds_until(http_date: str, at: datetime) -> float | None:
    # Imported late: the e-mail package is heavy, and this form of Retry-After is rare.
    from email.utils import parsedate_to_datetime  # noqa: PLC0415

    try:
        return max(0.0, (parsedate_to_datetime(http_date) - at).total_seconds())
    except (ValueError, TypeError):
        return None


def _object(content: bytes) -> dict[str, object]:
    try:
        body: object = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return {}
    return cast("dict[str, object]", body) if isinstance(body, dict) else {}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
