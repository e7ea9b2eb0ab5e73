"""People, sessions and keys as values."""

from datetime import UTC, datetime, timedelta

import pytest

from inroad.common.secret import Secret
from inroad.service.accounts.model import (
    Session,
    check_challenge,
    check_email,
    check_password,
    check_port,
    csrf_token,
    hash_of,
    is_verifier,
    new_api_key,
    new_secret,
    readable_prefix,
    s256,
)
from inroad.service.errors import InvalidInput

T0 = datetime(2026, 1, 1, tzinfo=UTC)


def session(*, revoked_at: datetime | None = None) -> Session:
    return Session(
        id="s",
        person_id="p",
        workspace_id="w",
        address="192.0.2.1",
        created_at=T0,
        seen_at=T0,
        ends_at=T0 + timedelta(days=30),
        revoked_at=revoked_at,
    )


def test_session_lives_until_it_is_idle_over_or_revoked() -> None:
    week = timedelta(days=7)
    assert session().is_alive(T0 + timedelta(days=6), idle=week)
    assert not session().is_alive(T0 + week, idle=week)
    assert not session().is_alive(T0 + timedelta(days=30), idle=timedelta(days=365))
    assert not session(revoked_at=T0).is_alive(T0, idle=week)


def test_secrets_have_256_bits() -> None:
    assert len(new_secret().reveal()) == 43
    assert len({new_secret().reveal() for _ in range(100)}) == 100


def test_api_key_shows_only_its_beginning() -> None:
    key = new_api_key()
    assert key.reveal().startswith("inr_")
    assert len(readable_prefix(key)) == 10


def test_hash_and_csrf_token_of_a_cookie_differ() -> None:
    cookie = new_secret()
    assert hash_of(cookie) != csrf_token(cookie).reveal()


def test_s256_is_that_of_rfc_7636() -> None:
    # RFC 7636, appendix B
    assert s256("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a" * 42, False), ("a" * 43, True), ("a" * 128, True), ("a" * 129, False), ("a" * 42 + "!", False)],
)
def test_verifier_has_the_form_of_rfc_7636(text: str, expected: bool) -> None:
    assert is_verifier(text) is expected


@pytest.mark.parametrize("email", ["", "ada", "@", "ada@", "a b@example.test", "x" * 200 + "@example.test"])
def test_text_that_is_no_address_is_refused(email: str) -> None:
    with pytest.raises(InvalidInput, match=r"^an e-mail address looks like ada@example\.com$"):
        check_email(email)


def test_address_is_kept_in_lower_case() -> None:
    assert check_email(" Ada@Example.Test ") == "ada@example.test"


def test_too_long_password_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"^a password has at most 1024 characters, got 1025$"):
        check_password(Secret("x" * 1025))


def test_challenge_of_another_method_is_refused() -> None:
    with pytest.raises(InvalidInput, match="S256"):
        check_challenge("plain-text-challenge")


@pytest.mark.parametrize("port", [0, 80, 1023, 65536])
def test_port_that_no_program_of_a_person_has_is_refused(port: int) -> None:
    with pytest.raises(InvalidInput, match="a loopback port is a number from 1024 to 65535"):
        check_port(port)
