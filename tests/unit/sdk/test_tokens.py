from datetime import timedelta
from typing import Any

import pytest

from inroad.common.secret import Secret
from inroad.sdk.errors import ConfigurationError, UnexpectedResponse
from inroad.sdk.tokens import FixedToken, RefreshingToken, Token, join_scopes, read_token, split_scopes, to_source


def test_instants_are_counted_from_the_answer(answer: Any, now: Any) -> None:
    body = {
        "access_token": "AQXhidden",
        "expires_in": 5183999,
        "scope": "email,openid,profile,w_member_social",
        "refresh_token": "AQRhidden",
        "refresh_token_expires_in": "31536000",
        "id_token": "a.b.c",
        "token_type": "Bearer",
        "new_field": {},
    }

    token = read_token(answer(200, body), now)

    assert token.access == Secret("AQXhidden")
    assert token.scopes == {"email", "openid", "profile", "w_member_social"}
    assert token.expires_at == now + timedelta(seconds=5183999)
    assert token.refresh_expires_at == now + timedelta(days=365)
    assert token.issued_at == now
    assert "AQ" not in repr(token)


@pytest.mark.parametrize("seconds", [None, "soon", ""])
def test_an_unknown_end_is_none(answer: Any, now: Any, seconds: object) -> None:
    token = read_token(answer(200, {"access_token": "a", "expires_in": seconds}), now)

    assert token.expires_at is None
    assert not token.is_expired(now + timedelta(days=400))


@pytest.mark.parametrize("content", [b"", b"<html>AQXhidden", b"{}", b'{"access_token":""}', b'{"access_token":5}'])
def test_an_unreadable_answer_is_not_kept(answer: Any, now: Any, content: bytes) -> None:
    with pytest.raises(UnexpectedResponse) as caught:
        read_token(answer(200, content=content), now)

    assert caught.value.content == b""
    assert "AQXhidden" not in str(caught.value)


@pytest.mark.parametrize("text", ["a b c", "a,b,c", "a, b  c,", " a\tb,c"])
def test_scopes_are_split_on_blanks_and_commas(text: str) -> None:
    assert split_scopes(text) == {"a", "b", "c"}


def test_scopes_are_joined_once_each() -> None:
    assert join_scopes(["openid", "profile", "openid"]) == "openid profile"


@pytest.mark.parametrize("refresh", [None, ""])
def test_an_empty_refresh_token_never_overwrites_one(answer: Any, now: Any, refresh: str | None) -> None:
    end = now + timedelta(days=300)
    old = Token(
        access=Secret("old"), refresh=Secret("kept"), refresh_expires_at=end, scopes=frozenset({"email"}), issued_at=now
    )
    fresh = read_token(answer(200, {"access_token": "new", "refresh_token": refresh, "expires_in": 60}), now)

    renewed = old.renewed_by(fresh)

    assert renewed.access == Secret("new")
    assert renewed.refresh == Secret("kept")
    assert renewed.refresh_expires_at == end
    assert renewed.scopes == {"email"}


def test_expiry_is_asked_for_an_instant(now: Any) -> None:
    token = Token(access=Secret("a"), expires_at=now)

    assert token.is_expired(now)
    assert not token.is_expired(now - timedelta(seconds=1))


def test_a_refreshing_token_needs_a_refresh_token() -> None:
    with pytest.raises(ConfigurationError, match="refresh token"):
        RefreshingToken(Token(access=Secret("a")), lambda token: iter(()))  # type: ignore[arg-type, return-value]


@pytest.mark.parametrize("given", ["a", Secret("a"), Token(access=Secret("a"))])
def test_a_client_takes_a_token_in_any_form(given: Any, now: Any) -> None:
    source = to_source(given)

    assert isinstance(source, FixedToken)
    assert source.usable(now) == Token(access=Secret("a"))
    assert source.renew() is None
