"""Tokens as values, and where a client takes them from."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol, TypeAlias

import msgspec

from inroad.common.secret import Secret
from inroad.sdk.errors import ConfigurationError, InvalidArgument, UnexpectedResponse
from inroad.sdk.flow import Response

if TYPE_CHECKING:
    from inroad.sdk.flow import Flow

_SEPARATORS = re.compile(r"[\s,]+")
_SENDABLE = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """What LinkedIn's token endpoint gave. `None` for an instant means that LinkedIn did not say."""

    access: Secret
    scopes: frozenset[str] = frozenset()
    issued_at: datetime | None = None
    expires_at: datetime | None = None
    refresh: Secret | None = None
    refresh_expires_at: datetime | None = None
    id_token: Secret | None = None

    def is_expired(self, at: datetime) -> bool:
        """Tell whether the access token is over at that instant; False when its end is not known."""
        return self.expires_at is not None and at >= self.expires_at

    def has_scope(self, *scopes: str) -> bool:
        """Tell whether every one of `scopes` was granted."""
        return self.scopes.issuperset(scopes)

    def age(self, at: datetime) -> timedelta | None:
        """Return how long ago the token was issued, when that is known."""
        return None if self.issued_at is None else at - self.issued_at

    def renewed_by(self, fresh: "Token") -> "Token":
        """Return `fresh`, keeping from this token what the answer to a refresh left out.

        An answer without a refresh token never overwrites one: LinkedIn repeats it, but does not promise to.
        Its life does not slide, so a missing instant means the one that is known already.
        """
        return replace(
            fresh,
            scopes=fresh.scopes or self.scopes,
            refresh=fresh.refresh or self.refresh,
            refresh_expires_at=fresh.refresh_expires_at or self.refresh_expires_at,
            id_token=fresh.id_token or self.id_token,
        )


class _TokenAnswer(msgspec.Struct, frozen=True):
    access_token: str
    expires_in: int | str | None = None
    scope: str | None = None
    refresh_token: str | None = None
    refresh_token_expires_in: int | str | None = None
    id_token: str | None = None


_TOKEN_ANSWER = msgspec.json.Decoder(_TokenAnswer)


def read_token(response: Response, at: datetime) -> Token:
    """Return the token of a token endpoint's answer, its instants counted from `at`.

    Source: "Authorization Code Flow (3-legged OAuth)", learn.microsoft.com
    /linkedin/shared/authentication/authorization-code-flow
    """
    try:
        answer = _TOKEN_ANSWER.decode(response.content)
    except (msgspec.DecodeError, UnicodeDecodeError) as cause:
        raise _unreadable(response, f"cannot read the token endpoint's answer: {cause}") from None
    if not answer.access_token:
        raise _unreadable(response, "the token endpoint's answer holds an empty access_token")
    return Token(
        access=Secret(answer.access_token),
        scopes=split_scopes(answer.scope or ""),
        issued_at=at,
        expires_at=_instant(at, answer.expires_in),
        refresh=Secret(answer.refresh_token) if answer.refresh_token else None,
        refresh_expires_at=_instant(at, answer.refresh_token_expires_in) if answer.refresh_token else None,
        id_token=Secret(answer.id_token) if answer.id_token else None,
    )


def _unreadable(response: Response, message: str) -> UnexpectedResponse:
    # The body is not kept: what cannot be read may still hold a token.
    return Response(response.status, response.headers).unexpected(message)


def split_scopes(text: str) -> frozenset[str]:
    """Return the scopes of a text; LinkedIn documents blanks and sends commas."""
    return frozenset(scope for scope in _SEPARATORS.split(text) if scope)


def join_scopes(scopes: Iterable[str]) -> str:
    """Return scopes as the authorization request wants them: in the order given, each once, separated by blanks."""
    return " ".join(dict.fromkeys(scopes))


def _instant(at: datetime, seconds: int | str | None) -> datetime | None:
    if seconds is None:
        return None
    try:
        # Old samples of LinkedIn's give the number as a text.
        return at + timedelta(seconds=int(seconds))
    except (ValueError, OverflowError):
        return None


class TokenSource(Protocol):
    """Where a client takes its token from. It does no I/O itself; the driver renews, one call at a time."""

    @property
    def is_renewable(self) -> bool:
        """Whether `renew` can bring another token."""
        ...

    def usable(self, at: datetime) -> Token | None:
        """Return a token to send at that instant, or None when it must be renewed first."""
        ...

    def renew(self) -> "Flow[Token] | None":
        """Return the flow that fetches a new token and keeps it, or None when there is no way to."""
        ...


class FixedToken:
    """A token that never changes; LinkedIn's 401 tells when it is over."""

    is_renewable = False

    def __init__(self, token: Token) -> None:
        check_sendable(token.access)
        self._token = token

    def usable(self, at: datetime) -> Token | None:  # noqa: ARG002 - the interface's
        """Return the token."""
        return self._token

    def renew(self) -> "Flow[Token] | None":
        """Return None: there is no way to renew."""
        return None


class RefreshingToken:
    """A token that is renewed `early` before it expires, with the refresh token that came with it."""

    is_renewable = True

    def __init__(
        self,
        token: Token,
        refresh: "Callable[[Token], Flow[Token]]",
        *,
        early: timedelta = timedelta(minutes=5),
        on_renewed: Callable[[Token], None] | None = None,
    ) -> None:
        if token.refresh is None:
            raise ConfigurationError("the token has no refresh token; LinkedIn gives them to approved apps only")
        check_sendable(token.access)
        self.token = token
        self._refresh = refresh
        self._early = early
        self._on_renewed = on_renewed

    def usable(self, at: datetime) -> Token | None:
        """Return the token unless it expires within `early`."""
        return None if self.token.is_expired(at + self._early) else self.token

    def renew(self) -> "Flow[Token] | None":
        """Return the flow that refreshes the token, keeps it and tells `on_renewed`."""
        return self._renew()

    def _renew(self) -> "Flow[Token]":
        fresh = yield from self._refresh(self.token)
        check_sendable(fresh.access)
        self.token = fresh
        if self._on_renewed is not None:
            self._on_renewed(fresh)
        return fresh


AnyToken: TypeAlias = str | Secret | Token | TokenSource


def to_source(token: AnyToken) -> TokenSource:
    """Return a source of tokens for whatever a client was given."""
    if isinstance(token, str):
        token = Secret(token)
    if isinstance(token, Secret):
        token = Token(access=token)
    return FixedToken(token) if isinstance(token, Token) else token


def check_sendable(access: Secret) -> None:
    """Refuse a text that cannot stand in a header, without showing it.

    Raises:
        InvalidArgument: the token is empty or holds blanks, control characters or letters outside ASCII.
    """
    if not _SENDABLE.fullmatch(access.reveal()):
        raise InvalidArgument("the access token must be visible ASCII characters without blanks")
