"""Checks id_tokens of Sign In with LinkedIn using OpenID Connect.

Source: "Sign In with LinkedIn using OpenID Connect", learn.microsoft.com
/linkedin/consumer/integrations/self-serve/sign-in-with-linkedin-v2, and LinkedIn's discovery document.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, cast

import msgspec

from inroad.common.clock import from_seconds
from inroad.common.secret import Secret
from inroad.common.urn import Urn, person
from inroad.sdk.errors import InvalidSignature
from inroad.sdk.flow import Response

ALGORITHM = "RS256"


class Claims(msgspec.Struct, frozen=True, kw_only=True):
    """What a verified id_token says about the member. `sub` is the id of their person URN."""

    sub: str
    issued_at: datetime | None
    expires_at: datetime
    name: str | None = None
    given_name: str | None = None
    family_name: str | None = None
    picture: str | None = None
    email: str | None = None
    is_email_verified: bool = False
    locale: str | None = None

    @property
    def urn(self) -> Urn:
        """The member's URN, valid for this app."""
        return person(self.sub)


class Jwks:
    """LinkedIn's public keys."""

    def __init__(self, keys: Collection[Mapping[str, Any]]) -> None:
        self.keys = tuple(keys)

    def __contains__(self, kid: object) -> bool:
        return any(key.get("kid") == kid for key in self.keys)


class _KeySet(msgspec.Struct, frozen=True):
    keys: tuple[dict[str, Any], ...]


_KEY_SET = msgspec.json.Decoder(_KeySet)


def read_jwks(response: Response) -> Jwks:
    """Return the keys of a JWKS document.

    Raises:
        UnexpectedResponse: it is none.
    """
    return Jwks(response.decode(_KEY_SET).keys)


def key_id(id_token: Secret) -> str | None:
    """Return the id of the key that an id_token says it is signed with, unverified.

    Raises:
        InvalidSignature: the text is no JWT.
    """
    # Imported late: only programs that verify id_tokens pay for it.
    from joserfc.errors import JoseError  # noqa: PLC0415
    from joserfc.jws import extract_compact  # noqa: PLC0415

    try:
        header = extract_compact(id_token.reveal().encode()).protected
    except (JoseError, ValueError) as cause:
        raise InvalidSignature(f"the id_token is no JWT: {type(cause).__name__}") from None
    kid = cast("Mapping[str, object]", header).get("kid")
    return kid if isinstance(kid, str) else None


def verify_id_token(
    id_token: Secret,
    keys: Jwks,
    *,
    client_id: str,
    issuers: Collection[str],
    at: datetime,
    leeway: timedelta = timedelta(seconds=60),
) -> Claims:
    """Return an id_token's claims once its signature, issuer, audience and times are in order.

    No nonce is asked for: LinkedIn never copies one into the id_token.

    Args:
        id_token: The token's `id_token`.
        keys: LinkedIn's public keys.
        client_id: The app that it must be for.
        issuers: Who may have issued it. Tokens of 2023 said `https://www.linkedin.com`.
        at: The present instant.
        leeway: How far LinkedIn's clock may be from ours.

    Raises:
        InvalidSignature: it is not LinkedIn's, not for this app, or over; the message says which.
    """
    claims = _signed_claims(id_token, keys)
    if claims.get("iss") not in issuers:
        raise InvalidSignature(f"the id_token is issued by {claims.get('iss')!r}, not by {' or '.join(issuers)}")
    audience = claims.get("aud")
    if audience != client_id and not (isinstance(audience, list) and audience == [client_id]):
        raise InvalidSignature("the id_token is for another app")
    expires_at, issued_at = _instant(claims, "exp"), _instant(claims, "iat")
    if expires_at is None or at >= expires_at + leeway:
        raise InvalidSignature("the id_token is over" if expires_at else "the id_token does not say when it is over")
    if issued_at is not None and issued_at > at + leeway:
        raise InvalidSignature("the id_token is issued in the future")
    subject = _text(claims, "sub")
    if not subject:
        raise InvalidSignature("the id_token names no member")
    return Claims(
        sub=subject,
        issued_at=issued_at,
        expires_at=expires_at,
        name=_text(claims, "name"),
        given_name=_text(claims, "given_name"),
        family_name=_text(claims, "family_name"),
        picture=_text(claims, "picture"),
        email=_text(claims, "email"),
        # A text here, a bool in userinfo.
        is_email_verified=str(claims.get("email_verified")).lower() == "true",
        locale=_locale(claims.get("locale")),
    )


def _signed_claims(id_token: Secret, keys: Jwks) -> Mapping[str, object]:
    # Imported late, as above.
    from joserfc import jwt  # noqa: PLC0415
    from joserfc.errors import JoseError  # noqa: PLC0415
    from joserfc.jwk import KeySet  # noqa: PLC0415

    try:
        key_set = KeySet.import_key_set({"keys": [cast("Any", dict(key)) for key in keys.keys]})
        token = jwt.decode(id_token.reveal(), key_set, algorithms=[ALGORITHM])
    except (JoseError, ValueError) as cause:
        # The cause's frames hold the token's text.
        raise InvalidSignature(f"the id_token is not signed by LinkedIn: {type(cause).__name__}") from None
    return cast("Mapping[str, object]", token.claims)


def _text(claims: Mapping[str, object], name: str) -> str | None:
    value = claims.get(name)
    return value if isinstance(value, str) else None


def _instant(claims: Mapping[str, object], name: str) -> datetime | None:
    value = claims.get(name)
    return from_seconds(int(value)) if isinstance(value, int | float) else None


def _locale(value: object) -> str | None:
    """Return the locale as `en_US`, from a text or from an object of language and country."""
    if isinstance(value, str):
        return value.replace("-", "_")
    if not isinstance(value, dict):
        return None
    parts = cast("Mapping[str, object]", value)
    language, country = _text(parts, "language"), _text(parts, "country")
    return f"{language}_{country}" if language and country else language
