"""What a world remembers about OAuth: codes, tokens, consents, browser sessions, the signing key.

Plain data; the rules that read and change it are in `codes.py`, `tokens.py` and `sessions.py`.
"""

from datetime import datetime
from typing import Literal

import msgspec


class Code(msgspec.Struct, kw_only=True):
    """An authorization code and everything it is bound to."""

    client_id: str
    member_id: str
    redirect_uri: str
    scopes: list[str]
    created_at: datetime
    challenge: str = ""  # PKCE, native flow only
    used: bool = False


class Codes(msgspec.Struct):
    """Authorization codes by their text."""

    codes: dict[str, Code] = {}


class AccessToken(msgspec.Struct, kw_only=True):
    """An access token; `member_id` is None for an application's (2-legged) token."""

    client_id: str
    member_id: str | None
    scopes: list[str]
    authorized_at: datetime
    created_at: datetime
    expires_at: datetime
    ended: Literal["", "revoked", "other_scopes"] = ""
    unsettled_calls: int = 0
    settled_at: datetime | None = None


class RefreshToken(msgspec.Struct, kw_only=True):
    """A refresh token. Its life is fixed at the consent and never extended."""

    client_id: str
    member_id: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime
    revoked: bool = False


class Consent(msgspec.Struct, kw_only=True):
    """What a member allows an app: one current scope set, and the tokens that rest on it."""

    scopes: list[str]
    authorized_at: datetime
    access_tokens: list[str] = []
    refresh_tokens: list[str] = []


class Settling(msgspec.Struct):
    """The fault of fresh tokens that are refused at first: for so many calls, for so long."""

    calls: int = 0
    seconds: float = 0.0


class Tokens(msgspec.Struct):
    """Tokens by their text, consents by `client_id member_id`, and members whom LinkedIn restricted."""

    access: dict[str, AccessToken] = {}
    refresh: dict[str, RefreshToken] = {}
    consents: dict[str, Consent] = {}
    restricted_members: list[str] = []
    settling: Settling = msgspec.field(default_factory=Settling)


class Session(msgspec.Struct, kw_only=True):
    """A browser in which a member has signed in."""

    member_id: str
    created_at: datetime
    form_token: str  # proves that a consent form came from a page of this session


class Sessions(msgspec.Struct):
    """Browser sessions by the value of their cookie."""

    sessions: dict[str, Session] = {}


class SigningKey(msgspec.Struct):
    """The private RSA key of this world's id_tokens as a JWK; empty until it is first needed."""

    jwk: dict[str, str] = {}
