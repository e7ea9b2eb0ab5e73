"""Errors in words: what happened, what was kept, what to do. Pages and the API say the same."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from inroad.service.errors import (
    AuthorUnavailable,
    ConnectionExpired,
    ConsentRefused,
    InvalidInput,
    LinkError,
    LinkRefused,
    Missing,
    NotAllowed,
    ServiceError,
    SessionEnded,
    SignInError,
    SignInRefused,
    StateRefused,
    StorageFull,
    StorageReadOnly,
    StoreError,
    TooManyAttempts,
    VaultError,
)
from inroad.service.publishing.actions import NotReady, TooLate
from inroad.service.publishing.model import Finding
from inroad.web.envelope import BodyTooLarge

_FIRST_WORD = re.compile(r"[a-z]+(?=[\s,;:'!?]|$)")
NOTHING_CHANGED = "Nothing was changed."


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that went wrong, for a person and for a program."""

    status: int
    kind: str
    title: str
    detail: str
    kept: str = ""
    fix: str = ""
    field: str = ""
    address: str = "/"
    button: str = "Go to Home"
    findings: tuple[Finding, ...] = ()

    def to_json(self, request_id: str) -> dict[str, object]:
        """Return the members of an application/problem+json answer (RFC 9457)."""
        members: dict[str, object] = {
            "type": "about:blank",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "kind": self.kind,
            "request_id": request_id,
        }
        members |= {name: value for name in ("fix", "kept", "field") if (value := getattr(self, name))}
        return members | ({"findings": [finding_json(finding) for finding in self.findings]} if self.findings else {})


def finding_json(finding: Finding) -> dict[str, str]:
    """Return a finding for a program, its texts as sentences."""
    return {
        "severity": finding.severity,
        "where": finding.where,
        "message": sentence(finding.message),
        "fix": sentence(finding.fix),
    }


class SignInNeeded(Exception):
    """Nobody is signed in, and the page is for people who are."""


class ForeignRequest(Exception):
    """A request that changes something, without the proof that one of our own pages sent it."""


_CONNECT = {"address": "/connections", "button": "Go to Connections"}

# The first line whose class fits counts; the error's own text is the detail.
_KNOWN: tuple[tuple[type[Exception], int, str, dict[str, str]], ...] = (
    (TooManyAttempts, 429, "Too many attempts", {"address": "/sign-in", "button": "Back to sign-in"}),
    (SignInRefused, 401, "That did not sign you in", {"address": "/sign-in", "button": "Back to sign-in"}),
    (LinkRefused, 410, "This link does not work any more", {"address": "/sign-in", "button": "Go to sign-in"}),
    (SessionEnded, 401, "You are signed out", {"address": "/sign-in", "button": "Sign in"}),
    (SignInError, 401, "You are not signed in", {"address": "/sign-in", "button": "Sign in"}),
    (InvalidInput, 422, "Something needs another look", {"kept": NOTHING_CHANGED}),
    (NotReady, 422, "It cannot go out like this", {"kept": "Nothing was planned."}),
    (TooLate, 409, "It is too late for that", {"kept": NOTHING_CHANGED, "address": "/posts", "button": "Go to Posts"}),
    (NotAllowed, 403, "You may not do this", {"kept": NOTHING_CHANGED}),
    (Missing, 404, "It is not here", {}),
    (StateRefused, 400, "This answer from LinkedIn cannot be used", _CONNECT),
    (ConsentRefused, 400, "LinkedIn did not connect the account", _CONNECT),
    (ConnectionExpired, 409, "The connection has ended", _CONNECT),
    (AuthorUnavailable, 409, "This author cannot post from here", _CONNECT),
    (LinkError, 502, "It did not work with LinkedIn", _CONNECT),
    (StorageFull, 507, "The disk is full", {"kept": "Nothing of this change was kept; everything before it is safe."}),
    (StorageReadOnly, 503, "The storage cannot be written", {"kept": "Nothing of this change was kept."}),
    (StoreError, 503, "The database does not answer", {"kept": "Nothing of this change was kept."}),
    (VaultError, 500, "The sealed secrets cannot be opened", {"fix": "Run inroad doctor on the server."}),
)
_OTHERWISE: tuple[int, str, dict[str, str]] = (500, "It did not work", {})

_HTTP_TITLES = {
    404: ("There is no such page", "The address is wrong, or what was there is gone."),
    405: ("This address takes no such request", "The page exists, but not for this kind of request."),
}


_OURS: tuple[tuple[type[Exception], Problem], ...] = (
    (
        BodyTooLarge,
        Problem(
            status=413,
            kind="BodyTooLarge",
            title="That is too much",
            detail="The form or JSON body is larger than 1 MB.",
            kept=NOTHING_CHANGED,
        ),
    ),
    (
        SignInNeeded,
        Problem(
            status=401,
            kind="SignInNeeded",
            title="You are not signed in",
            detail="This needs a session that is still alive.",
            kept="What you wrote is kept in this browser.",
            fix="Sign in, then try again.",
            address="/sign-in",
            button="Sign in",
        ),
    ),
    (
        ForeignRequest,
        Problem(
            status=403,
            kind="ForeignRequest",
            title="This request did not come from here",
            detail="A request that changes something has to come from one of this service's own pages.",
            kept=NOTHING_CHANGED,
            fix="Load the page again and repeat what you did.",
        ),
    ),
)
_UNEXPECTED = Problem(
    status=500,
    kind="unexpected",
    title="Something went wrong in here",
    detail="This was not foreseen. The details are in the service's log, under the request id below.",
    kept="Everything that was saved before is safe.",
    fix="Try again; if it happens again, show the request id to whoever runs this service.",
)


def problem_of(error: Exception) -> Problem:
    """Return the problem that an exception tells of; what nobody planned for becomes a 500 without its text."""
    if isinstance(error, ServiceError):
        return _of_service_error(error)
    if isinstance(error, RequestValidationError):
        return _of_validation(error)
    if isinstance(error.__cause__, BodyTooLarge):  # FastAPI makes a 400 of whatever it meets while it reads a body
        error = error.__cause__
    if isinstance(error, HTTPException):
        title, detail = _HTTP_TITLES.get(error.status_code, (HTTPStatus(error.status_code).phrase, error.detail))
        return Problem(status=error.status_code, kind="http", title=title, detail=detail)
    return next((problem for kind, problem in _OURS if isinstance(error, kind)), _UNEXPECTED)


def sentence(text: str) -> str:
    """Return an error's text as a sentence: a capital at the beginning, a full stop at the end."""
    text = text.strip()
    if not text:
        return ""
    is_word = _FIRST_WORD.match(text) is not None  # not a file's name, a scope or a number
    return (text[0].upper() + text[1:] if is_word else text) + ("" if text[-1] in ".!?…" else ".")


def _of_service_error(error: ServiceError) -> Problem:
    status, title, extra = next(
        ((status, title, extra) for kind, status, title, extra in _KNOWN if isinstance(error, kind)),
        _OTHERWISE,
    )
    return Problem(
        status=status,
        kind=type(error).__name__,
        title=title,
        detail=sentence(str(error)),
        kept=extra.get("kept", ""),
        fix=sentence(error.fix) or extra.get("fix", ""),
        field=error.field if isinstance(error, InvalidInput) else "",
        address=extra.get("address", "/"),
        button=extra.get("button", "Go to Home"),
        findings=tuple(error.findings) if isinstance(error, NotReady) else (),
    )


def _of_validation(error: RequestValidationError) -> Problem:
    faults = [_fault(fault) for fault in error.errors()]
    names = [_place(fault) for fault in error.errors()]
    return Problem(
        status=422,
        kind="InvalidInput",
        title="Something needs another look",
        detail=sentence("; ".join(faults)),
        kept=NOTHING_CHANGED,
        field=names[0] if names else "",
    )


def _place(fault: Mapping[str, Any]) -> str:
    """Return the field that a fault is about, without the part of the request that holds it."""
    return ".".join(str(part) for part in fault["loc"][1:])


def _fault(fault: Mapping[str, Any]) -> str:
    name = _place(fault)
    message = str(fault.get("msg", "not usable"))
    return f"the field {name!r}: {message[0].lower()}{message[1:]}" if name else message
