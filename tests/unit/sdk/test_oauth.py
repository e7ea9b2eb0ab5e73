from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from inroad.common.secret import Secret
from inroad.sdk.errors import CallbackRefused, ConfigurationError, InvalidArgument, OAuthError
from inroad.sdk.oauth import AsyncOAuth, OAuth, challenge_of, new_state, new_verifier, read_callback
from inroad.sdk.tokens import Token
from inroad.sdk.wire import Environment

CALLBACK = "https://app.example/callback?x=1"
OAUTH = OAuth("clientid", "s3cret&hidden", CALLBACK)


def fields(request: Any) -> dict[str, str]:
    assert request.host == "oauth"
    assert request.method == "POST"
    assert not request.authorized
    assert request.content_type == "application/x-www-form-urlencoded"
    assert request.params is None
    return dict(parse_qsl(request.content.decode(), strict_parsing=True))


def test_the_consent_address_has_no_pkce() -> None:
    address = urlsplit(OAUTH.authorization_url(["openid", "profile", "w_member_social"], "st&te"))

    assert f"{address.scheme}://{address.netloc}{address.path}" == "https://www.linkedin.com/oauth/v2/authorization"
    assert dict(parse_qsl(address.query)) == {
        "response_type": "code",
        "client_id": "clientid",
        "redirect_uri": CALLBACK,
        "scope": "openid profile w_member_social",
        "state": "st&te",
    }
    assert "scope=openid%20profile%20w_member_social" in address.query


def test_scopes_may_be_one_text() -> None:
    assert "scope=openid" in OAUTH.authorization_url("openid", "s")


@pytest.mark.parametrize(("scopes", "state"), [([], "s"), (["openid"], "")])
def test_consent_needs_scopes_and_state(scopes: list[str], state: str) -> None:
    with pytest.raises(InvalidArgument):
        OAUTH.authorization_url(scopes, state)


def test_the_native_flow_sends_a_challenge_and_no_secret(first: Any) -> None:
    # The pair is RFC 7636's example.
    verifier = Secret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    native = OAuth("clientid", redirect_uri="http://127.0.0.1:8765/cb")

    address = urlsplit(native.native_authorization_url(["openid"], "s", verifier=verifier))
    sent = fields(first(type(native).exchange_native_code.flow(native, "code", verifier=verifier)))

    assert address.path == "/oauth/native-pkce/authorization"
    query = dict(parse_qsl(address.query))
    assert query["code_challenge"] == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    assert query["code_challenge_method"] == "S256"
    assert sent == {
        "grant_type": "authorization_code",
        "code": "code",
        "redirect_uri": "http://127.0.0.1:8765/cb",
        "client_id": "clientid",
        "code_verifier": verifier.reveal(),
    }


@pytest.mark.parametrize(
    "redirect", ["http://localhost:1/cb", "https://app.example/cb", "http://127.0.0.1.evil.example/"]
)
def test_the_native_flow_comes_back_to_loopback_only(redirect: str) -> None:
    with pytest.raises(InvalidArgument, match=r"127\.0\.0\.1"):
        OAUTH.native_authorization_url(["openid"], "s", verifier=new_verifier(), redirect_uri=redirect)


def test_states_and_verifiers_are_long_and_new() -> None:
    assert len({new_state() for _ in range(50)}) == 50
    assert len(new_state()) >= 22
    assert len(challenge_of(new_verifier())) == 43


def test_a_code_is_exchanged_once_with_the_secret_in_the_body(steps: Any, answer: Any, now: Any) -> None:
    flow = OAuth.exchange_code.flow(OAUTH, Secret("c&de"))

    asked, token = steps(flow, answer(200, {"access_token": "a", "expires_in": 60}))

    assert fields(asked[0]) == {
        "grant_type": "authorization_code",
        "code": "c&de",
        "redirect_uri": CALLBACK,
        "client_id": "clientid",
        "client_secret": "s3cret&hidden",
    }
    assert asked[0].path == "/v2/accessToken"
    assert asked[0].repeatable is False
    assert token.expires_at == now + timedelta(seconds=60)


def test_refreshing_keeps_what_the_answer_leaves_out(steps: Any, answer: Any, now: Any) -> None:
    old = Token(access=Secret("old"), refresh=Secret("r"), scopes=frozenset({"openid"}))

    asked, token = steps(OAuth.refresh.flow(OAUTH, old), answer(200, {"access_token": "new", "expires_in": "60"}))

    assert fields(asked[0])["refresh_token"] == "r"
    assert (token.access, token.refresh, token.scopes) == (Secret("new"), Secret("r"), {"openid"})


def test_a_token_without_refresh_token_is_refused(first: Any) -> None:
    with pytest.raises(InvalidArgument, match="consent"):
        first(OAuth.refresh.flow(OAUTH, Token(access=Secret("a"))))


def test_introspection_reads_seconds(steps: Any, answer: Any, now: Any) -> None:
    body = {"active": True, "status": "active", "auth_type": "3L", "scope": "a,b", "expires_at": int(now.timestamp())}

    asked, seen = steps(OAuth.introspect.flow(OAUTH, Secret("AQX")), answer(200, body))

    assert asked[0].path == "/v2/introspectToken"
    assert fields(asked[0])["token"] == "AQX"
    assert (seen.active, seen.scopes, seen.expires_at, seen.created_at) == (True, {"a", "b"}, now, None)


def test_revoking_is_best_effort(steps: Any, answer: Any) -> None:
    assert steps(OAuth.revoke.flow(OAUTH, "AQX"), answer(200))[1] is True
    assert steps(OAuth.revoke.flow(OAUTH, "AQX"), OAuthError("invalid_request", None))[1] is False


def test_client_credentials_ask_for_the_app_itself(steps: Any, answer: Any) -> None:
    asked, token = steps(OAuth.client_credentials.flow(OAUTH), answer(200, {"access_token": "a", "expires_in": "1800"}))

    assert fields(asked[0])["grant_type"] == "client_credentials"
    assert token.expires_at is not None


def test_missing_settings_are_named(first: Any) -> None:
    bare = OAuth("clientid")

    with pytest.raises(ConfigurationError, match="redirect_uri"):
        bare.authorization_url(["openid"], "s")
    with pytest.raises(ConfigurationError, match="client_secret"):
        first(OAuth.client_credentials.flow(bare))


def test_a_callback_gives_its_code() -> None:
    assert read_callback({"code": "abc", "state": "s"}, "s") == Secret("abc")
    assert read_callback({"code": ["abc"], "state": ["s"]}, "s") == Secret("abc")


@pytest.mark.parametrize(
    ("params", "error"),
    [
        ({"code": "abc"}, "state_mismatch"),
        ({"code": "abc", "state": ""}, "state_mismatch"),
        ({"code": "abc", "state": "other"}, "state_mismatch"),
        ({"code": "abc", "state": ["s", "s"]}, "state_mismatch"),
        ({"error": "user_cancelled_authorize", "state": "other"}, "state_mismatch"),
        ({"error": "user_cancelled_authorize", "state": "s"}, "user_cancelled_authorize"),
        ({"state": "s"}, "missing_code"),
        ({"state": "s", "code": ""}, "missing_code"),
        ({"state": "s", "code": ["a", "b"]}, "missing_code"),
    ],
)
def test_callbacks_that_are_no_consent_are_refused(params: Any, error: str) -> None:
    with pytest.raises(CallbackRefused) as caught:
        read_callback(params, "s")

    assert caught.value.error == error


def test_linkedins_entities_are_read() -> None:
    description = "Scope &quot;r_liteprofile&quot; is not authorized for your application"

    with pytest.raises(CallbackRefused, match='"r_liteprofile"'):
        read_callback({"error": "unauthorized_scope_error", "error_description": description, "state": "s"}, "s")


def test_an_empty_expected_state_is_a_mistake_of_ours() -> None:
    with pytest.raises(ConfigurationError):
        read_callback({"code": "abc", "state": ""}, "")


def test_a_wrong_secret_is_an_oauth_error_and_hidden(answers: Any, answer: Any, clock: Any) -> None:
    body = {"error": "invalid_client", "error_description": "Client authentication failed"}
    oauth = OAuth("clientid", "s3crethidden", CALLBACK, transport=answers(answer(401, body)), clock=clock)

    with pytest.raises(OAuthError) as caught:
        oauth.exchange_code("c")
    assert caught.value.error == "invalid_client"
    assert "s3crethidden" not in repr(oauth) + repr(vars(oauth)) + repr(caught.value)


async def test_both_colours_talk_to_the_environment(async_answers: Any, answer: Any, clock: Any) -> None:
    transport = async_answers(answer(200, {"access_token": "a"}))
    sandbox = Environment.sandbox("http://127.0.0.1:9100")

    async with AsyncOAuth("id", "secret", CALLBACK, environment=sandbox, transport=transport, clock=clock) as oauth:
        token = await oauth.exchange_code("c")

    assert oauth.authorization_url(["openid"], "s").startswith("http://127.0.0.1:9100/oauth/v2/authorization?")
    assert transport.wires[0].origin.authority == b"127.0.0.1:9100"
    assert token.issued_at == clock.now()
