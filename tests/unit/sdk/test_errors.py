from datetime import UTC, datetime

import pytest

from inroad.common.urn import Urn
from inroad.sdk.errors import (
    ApiError,
    BadRequest,
    Conflict,
    DuplicatePost,
    Error,
    FieldFault,
    Forbidden,
    NotFound,
    OAuthError,
    RateLimited,
    ServerError,
    Unauthorized,
    UnexpectedResponse,
    Unprocessable,
    VersionRetired,
    error_from_answer,
    oauth_error_from_answer,
)

AT = datetime(2026, 11, 23, 22, 15, 30, tzinfo=UTC)
DAY = "Resource level throttle APPLICATION_AND_MEMBER DAY limit for calls to this resource is reached."
VOLUME = (
    "The data request limit has been exceeded. More than 45 million metric values were requested in a 5-minute window."
)


def read(status: int, content: bytes, headers: dict[str, str] | None = None) -> ApiError:
    error = error_from_answer(status, headers or {}, content, call="POST /rest/posts", at=AT)
    assert isinstance(error, ApiError)
    return error


def test_gateway_shape_gives_code_and_service_code() -> None:
    error = read(
        403,
        b'{"status":403,"serviceErrorCode":100,"code":"ACCESS_DENIED",'
        b'"message":"Not enough permissions to access: partnerApiReactions.CREATE.20260901"}',
        {"x-li-uuid": "AAYqT1kz0bW4hJ2sV9dLmw=="},
    )

    assert type(error) is Forbidden
    assert (error.status, error.code, error.service_code) == (403, "ACCESS_DENIED", 100)
    assert error.request_id == "AAYqT1kz0bW4hJ2sV9dLmw=="
    assert "partnerApiReactions" in str(error)
    assert "POST /rest/posts" in str(error)


def test_gateway_shape_without_service_code() -> None:
    error = read(400, b'{"status":400,"code":"ILLEGAL_ARGUMENT","message":"Syntax exception in path variables"}')

    assert type(error) is BadRequest
    assert error.service_code is None
    assert error.message == "Syntax exception in path variables"


def test_schema_shape_lists_every_field() -> None:
    error = read(
        422,
        b'{"message":"ERROR :: /author :: field is required but not found and has no default value\\n'
        b'ERROR :: /comentary :: unrecognized field found but not allowed\\n","status":422}',
    )

    assert type(error) is Unprocessable
    assert error.fields == (
        FieldFault(path="/author", reason="field is required but not found and has no default value"),
        FieldFault(path="/comentary", reason="unrecognized field found but not allowed"),
    )


def test_sentence_shape_has_no_code() -> None:
    error = read(400, b'{"message":"Member permissions must be used when using member as author","status":400}')

    assert error.code is None
    assert error.message == "Member permissions must be used when using member as author"


def test_input_error_shape_gives_code_and_path() -> None:
    error = read(
        400,
        b'{"errorDetailType":"com.linkedin.common.error.BadRequest","message":"Invalid param.","errorDetails":'
        b'{"inputErrors":[{"description":"Unknown parameter","input":{"inputPath":{"fieldPath":"owners[0]"}},'
        b'"code":"QUERY_PARAM_NOT_ALLOWED"}]},"status":400}',
    )

    assert error.code == "QUERY_PARAM_NOT_ALLOWED"
    assert error.fields == (FieldFault(path="owners[0]", reason="Unknown parameter", code="QUERY_PARAM_NOT_ALLOWED"),)


def test_old_ads_shape_has_code_and_description_exchanged() -> None:
    error = read(
        400,
        b'{"message":"m","errorDetails":{"inputErrors":[{"code":"The budget is too low",'
        b'"description":"FIELD_VALUE_TOO_LOW","input":{}}]},"status":400}',
    )

    assert error.code == "FIELD_VALUE_TOO_LOW"
    assert error.fields[0].reason == "The budget is too low"


def test_refused_fields_are_read_from_the_message() -> None:
    error = read(
        403,
        b'{"status":403,"serviceErrorCode":100,"code":"ACCESS_DENIED","message":"Unpermitted fields present in '
        b'REQUEST_BODY: Data Processing Exception while processing fields [/content]"}',
    )

    assert error.fields == (FieldFault(path="/content", reason="Unpermitted fields present in REQUEST_BODY"),)


def test_duplicate_names_the_post() -> None:
    error = read(
        422,
        b'{"errorDetailType":"com.linkedin.common.error.BadRequest","message":"com.linkedin.content.common.exception.'
        b'BadRequestResponseException: Content is a duplicate of urn:li:share:7391112223334445556","errorDetails":'
        b'{"inputErrors":[{"description":"Duplicate post is detected","input":{},"code":"DUPLICATE_POST"}]},'
        b'"status":422}',
    )

    assert isinstance(error, DuplicatePost)
    assert error.urn == Urn("share", "7391112223334445556")


def test_duplicate_without_a_urn_is_still_a_duplicate() -> None:
    error = read(
        422, b'{"message":"no urn here","errorDetails":{"inputErrors":[{"code":"DUPLICATE_POST"}]},"status":422}'
    )

    assert isinstance(error, DuplicatePost)
    assert error.urn is None


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, BadRequest),
        (401, Unauthorized),
        (403, Forbidden),
        (404, NotFound),
        (405, ApiError),
        (409, Conflict),
        (422, Unprocessable),
        (426, VersionRetired),
        (429, RateLimited),
        (500, ServerError),
        (504, ServerError),
    ],
)
def test_status_chooses_the_class(status: int, kind: type[ApiError]) -> None:
    assert type(read(status, b'{"message":"m"}')) is kind


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>503 Service Unavailable</html>",
        b"null",
        b"[1,2]",
        b'"text"',
        b'{"message":5,"code":[],"serviceErrorCode":"100","errorDetails":[]}',
        b'{"errorDetails":{"inputErrors":{"code":1}}}',
        b'{"errorDetails":{"inputErrors":[null,5,{"input":{"inputPath":7}}]}}',
        b"\xff\xfe\x00",
        b"[" * 5000,
    ],
)
def test_unknown_bodies_are_tolerated_and_kept(content: bytes) -> None:
    error = read(503, content)

    assert isinstance(error, ServerError)
    assert error.content == content
    assert error.code is None


def test_html_becomes_the_message() -> None:
    assert read(503, b"<html>down</html>").message == "<html>down</html>"


def test_daily_limit_ends_at_midnight_utc() -> None:
    error = read(429, b'{"status":429,"serviceErrorCode":101,"message":"%b"}' % DAY.encode())

    assert isinstance(error, RateLimited)
    assert (error.kind, error.level) == ("day", "APPLICATION_AND_MEMBER")
    assert error.retry_at == datetime(2026, 11, 24, tzinfo=UTC)
    assert error.retry_after is None


@pytest.mark.parametrize(
    ("message", "kind", "retry_at"),
    [
        ("Comment create throttled: creation rate limit exceeded for member", "burst", None),
        ("Resource level throttle limit for calls to this resource is reached.", "burst", None),
        (VOLUME, "data_volume", datetime(2026, 11, 23, 22, 20, 30, tzinfo=UTC)),
    ],
)
def test_other_limits_are_told_apart(message: str, kind: str, retry_at: datetime | None) -> None:
    error = read(429, b'{"status":429,"message":"%b"}' % message.encode())

    assert isinstance(error, RateLimited)
    assert error.kind == kind
    assert error.retry_at == retry_at


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "35"}, 35.0),
        ({"retry-after": "Mon, 23 Nov 2026 22:16:30 GMT"}, 60.0),
        ({"x-restli-quota-reset": "7"}, 7.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
        ({}, None),
    ],
)
def test_waits_are_read_when_somebody_sends_them(headers: dict[str, str], seconds: float | None) -> None:
    error = read(429, b'{"message":"slow down"}', headers)

    assert isinstance(error, RateLimited)
    assert error.retry_after == seconds


def test_redirect_is_unexpected() -> None:
    error = error_from_answer(302, {}, b"", call="GET /v2/me")

    assert isinstance(error, UnexpectedResponse)


def test_token_endpoint_errors_keep_linkedins_words() -> None:
    error = oauth_error_from_answer(
        401, {}, b'{"error":"invalid_client","error_description":"Client authentication failed"}', call="POST /t"
    )

    assert isinstance(error, OAuthError)
    assert (error.error, error.description, error.status) == ("invalid_client", "Client authentication failed", 401)


def test_token_endpoint_outage_is_a_server_error() -> None:
    assert isinstance(oauth_error_from_answer(503, {}, b"<html>", call="POST /t"), ServerError)


def test_every_error_is_one_of_ours() -> None:
    assert all(issubclass(kind, Error) for kind in (ApiError, OAuthError, UnexpectedResponse, DuplicatePost))
