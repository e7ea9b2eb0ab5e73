from datetime import timedelta
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from inroad.common.secret import Secret
from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument, InvalidSignature
from inroad.sdk.oauth import OAuth
from inroad.sdk.oidc import Claims, Jwks, key_id, verify_id_token
from inroad.sdk.tokens import Token

KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
OTHER = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
KEYS = Jwks([KEY.as_dict(private=False)])
ISSUER = "https://www.linkedin.com/oauth"


def signed(now: Any, key: Any = KEY, header: dict[str, str] | None = None, **changes: Any) -> Secret:
    claims = {
        "iss": ISSUER,
        "aud": "clientid",
        "iat": int(now.timestamp()),
        "exp": int(now.timestamp()) + 3600,
        "sub": "sBx7kQ2mWa",
        "name": "Ada Okafor",
        "email": "ada@example.test",
        "email_verified": "true",
        "locale": "en_US",
        **changes,
    }
    text = jwt.encode({"alg": "RS256", "kid": "one", **(header or {})}, claims, key, algorithms=["RS256", "HS256"])
    return Secret(text)


def verify(token: Secret, now: Any) -> Claims:
    return verify_id_token(token, KEYS, client_id="clientid", issuers=(ISSUER,), at=now)


def test_claims_are_read(now: Any) -> None:
    claims = verify(signed(now), now)

    assert claims.urn == Urn("person", "sBx7kQ2mWa")
    assert (claims.name, claims.email, claims.is_email_verified, claims.locale) == (
        "Ada Okafor",
        "ada@example.test",
        True,
        "en_US",
    )
    assert claims.expires_at == now + timedelta(hours=1)


@pytest.mark.parametrize(
    ("verified", "expected"), [(True, True), ("true", True), (False, False), ("false", False), (None, False)]
)
def test_both_forms_of_verified_are_read(now: Any, verified: object, expected: bool) -> None:
    assert verify(signed(now, email_verified=verified), now).is_email_verified is expected


@pytest.mark.parametrize(
    ("locale", "expected"),
    [("en_US", "en_US"), ("en-US", "en_US"), ({"language": "en", "country": "US"}, "en_US"), (None, None)],
)
def test_both_forms_of_locale_are_read(now: Any, locale: object, expected: str | None) -> None:
    assert verify(signed(now, locale=locale), now).locale == expected


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"iss": "https://www.linkedin.com"}, "issued by"),
        ({"aud": "other"}, "another app"),
        ({"aud": ["clientid", "other"]}, "another app"),
        ({"exp": None}, "does not say"),
        ({"sub": ""}, "no member"),
    ],
)
def test_claims_that_are_not_for_us_are_refused(now: Any, changes: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidSignature, match=message):
        verify(signed(now, **changes), now)


@pytest.mark.parametrize(("seconds", "is_good"), [(3600, True), (3659, True), (3660, False), (-60, True), (-61, False)])
def test_times_have_a_leeway(now: Any, seconds: int, is_good: bool) -> None:
    token, at = signed(now), now + timedelta(seconds=seconds)

    if is_good:
        assert verify(token, at).sub == "sBx7kQ2mWa"
    else:
        with pytest.raises(InvalidSignature):
            verify(token, at)


def test_another_key_is_refused(now: Any) -> None:
    with pytest.raises(InvalidSignature, match="not signed by LinkedIn"):
        verify(signed(now, OTHER), now)


def test_other_algorithms_are_refused(now: Any) -> None:
    shared = OctKey.import_key("k" * 32)
    symmetric = signed(now, shared, {"alg": "HS256"})
    unsigned = Secret(".".join(["eyJhbGciOiJub25lIn0", symmetric.reveal().split(".")[1], ""]))

    for token in (symmetric, unsigned, Secret("a.b"), Secret("")):
        with pytest.raises(InvalidSignature):
            verify(token, now)


def test_tokens_are_not_in_the_refusal(now: Any) -> None:
    token = signed(now, OTHER)

    with pytest.raises(InvalidSignature) as caught:
        verify(token, now)
    assert caught.value.__cause__ is None
    assert token.reveal() not in repr(caught.value)


def test_keys_are_fetched_when_they_are_not_known(steps: Any, answer: Any, now: Any) -> None:
    oauth = OAuth("clientid", "secret")
    token = Token(access=Secret("a"), id_token=signed(now))
    published = answer(200, {"keys": [KEY.as_dict(private=False)]})

    asked, claims = steps(OAuth.identify.flow(oauth, token, at=now, keys=Jwks([])), published)

    assert (asked[0].host, asked[0].path) == ("oauth", "/openid/jwks")
    assert claims.sub == "sBx7kQ2mWa"
    with pytest.raises(StopIteration):
        next(OAuth.identify.flow(oauth, token, at=now, keys=KEYS))


def test_a_token_without_id_token_is_refused(now: Any) -> None:
    with pytest.raises(InvalidArgument, match="openid"):
        next(OAuth.identify.flow(OAuth("clientid"), Token(access=Secret("a")), at=now))


def test_the_key_is_named_by_the_header(now: Any) -> None:
    assert key_id(signed(now)) == "one"
