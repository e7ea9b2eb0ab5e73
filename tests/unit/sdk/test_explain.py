import re
from pathlib import Path
from typing import Any

import pytest

from inroad.contract.explanations import CODES, OAUTH, SERVICE_CODES, STATUSES
from inroad.sdk.errors import ApiError, ConnectionFailed, OAuthError, Timeout, error_from_answer


def refused(status: int, body: bytes) -> ApiError:
    error = error_from_answer(status, {"x-li-uuid": "AAY1"}, body, call="POST /rest/posts")
    assert isinstance(error, ApiError)
    return error


@pytest.mark.parametrize(
    ("status", "body", "cause", "retry"),
    [
        (401, b'{"status":401,"serviceErrorCode":65602,"message":"x"}', "60 days", "no"),
        (401, b'{"status":401,"code":"RESTRICTED_MEMBER","message":"Member is restricted"}', "restricted", "no"),
        (
            403,
            b'{"status":403,"serviceErrorCode":100,"code":"ACCESS_DENIED","message":"Field Value validation failed in '
            b'REQUEST_BODY: Data Processing Exception while processing fields [/author]"}',
            "may not post as this author",
            "no",
        ),
        (
            400,
            b'{"message":"Organization permissions must be used when using organization as author","status":400}',
            "another kind of author",
            "no",
        ),
        (404, b'{"message":"Unable to obtain activity for urn:li:share:1","status":404}', "so new", "soon"),
        (
            429,
            b'{"message":"Resource level throttle APPLICATION DAY limit for calls to this resource is reached.",'
            b'"status":429,"code":"TOO_MANY_REQUESTS"}',
            "used up",
            "tomorrow",
        ),
        (429, b"", "too many", "later"),
        (426, b"{}", "sunset", "no"),
        (500, b"", "failed", "look first"),
        (599, b"", "failed", "look first"),
        (418, b"teapot", "nothing that is documented", "no"),
        (
            422,
            b'{"errorDetails":{"inputErrors":[{"code":"DUPLICATE_POST","description":"x","input":{}}]},"status":422}',
            "same content",
            "no",
        ),
        (
            400,
            b'{"status":400,"code":"MULTIPLE_VALIDATIONS_FAILED","errorDetails":{"inputErrors":[{"code":"DATE_TOO_EARLY",'
            b'"description":"x","input":{"inputPath":{"fieldPath":"runSchedule/start"}}}]}}',
            "the date is past",
            "no",
        ),
    ],
)
def test_a_refusal_is_explained(status: int, body: bytes, cause: str, retry: str) -> None:
    explanation = refused(status, body).explain()

    assert cause in explanation.cause
    assert explanation.retry == retry
    assert explanation.fix
    assert explanation.source.startswith("learn.microsoft.com /linkedin/")


def test_evidence_names_code_words_fields_call_and_request() -> None:
    body = b'{"message":"ERROR :: /author :: field is required but not found","status":422}'

    assert refused(422, body).explain().evidence == (
        "422",
        "ERROR :: /author :: field is required but not found",
        "/author: field is required but not found",
        "POST /rest/posts",
        "request AAY1",
    )


@pytest.mark.parametrize(
    ("error", "retry"),
    [
        (ConnectionFailed("no route", sent=False), "soon"),
        (Timeout("no answer", sent=True), "look first"),
        (ConnectionFailed("broke", sent=None), "look first"),
        (OAuthError("invalid_redirect_uri", "does not match"), "no"),
        (OAuthError("server_error", None), "soon"),
        (OAuthError("never_heard_of", None), "no"),
    ],
)
def test_what_is_no_answer_of_an_api_is_explained_too(error: Any, retry: str) -> None:
    explanation = error.explain()

    assert explanation.retry == retry
    assert explanation.fix[1:] in str(explanation)


def test_every_entry_says_something() -> None:
    entries = [*CODES.values(), *STATUSES.values(), *OAUTH.values()]

    assert all(entry.cause and entry.fix and entry.source.startswith("/linkedin/") for entry in entries)
    assert set(SERVICE_CODES.values()) <= set(CODES)


def test_no_code_that_the_sandbox_sends_is_unexplained() -> None:
    sandbox = Path(__file__).parents[3] / "src" / "inroad" / "sandbox"
    sent = {
        code
        for file in sandbox.rglob("*.py")
        for code in re.findall(r'code="([A-Z][A-Z_]{6,})"', file.read_text(encoding="utf-8"))
    }

    assert sent - set(CODES) == set()
