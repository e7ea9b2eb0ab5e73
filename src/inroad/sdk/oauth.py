"""OAuth 2.0 with LinkedIn: consent, tokens, introspection. One definition for both colours.

Source: "Authorization Code Flow (3-legged OAuth)", "Authenticating with OAuth 2.0 for Native Clients", "Refresh Tokens
with OAuth 2.0", "Client Credential Flow" and "Token Introspection", learn.microsoft.com
/linkedin/shared/authentication/
"""

import hashlib
import hmac
import re
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from html import unescape
from types import TracebackType
from typing import Literal, Self, TypeAlias
from urllib.parse import quote, urlencode, urlsplit

import msgspec

from inroad.common.clock import Clock, SystemClock, from_seconds
from inroad.common.secret import Secret
from inroad.sdk.connections import Connections, open_async_transport, open_transport
from inroad.sdk.drivers import AsyncDriver, AsyncTransport, BlockingDriver, Parts, Transport
from inroad.sdk.errors import CallbackRefused, ConfigurationError, Error, InvalidArgument
from inroad.sdk.flow import IO, Blocking, Flow, NonBlocking, Request, Resource, Response, operation
from inroad.sdk.oidc import Claims, Jwks, key_id, read_jwks, verify_id_token
from inroad.sdk.policy import RetryPolicy
from inroad.sdk.tokens import RefreshingToken, Token, join_scopes, read_token, split_scopes
from inroad.sdk.wire import LINKEDIN, Composer, Environment

CallbackParams: TypeAlias = Mapping[str, str | Sequence[str]]

_FORM = "application/x-www-form-urlencoded"
_LOOPBACK_HOSTS = frozenset({"127.0.0.1", "::1"})
_VERIFIER = re.compile(r"[A-Za-z0-9\-._~]{43,128}")


def new_state() -> str:
    """Return an unguessable `state` of 192 bits. Bind it to the member's session and accept it once."""
    return secrets.token_urlsafe(24)


def new_verifier() -> Secret:
    """Return a PKCE code verifier of 384 bits, for the native flow."""
    return Secret(secrets.token_urlsafe(48))


def challenge_of(verifier: Secret) -> str:
    """Return the S256 challenge of a PKCE code verifier."""
    if not _VERIFIER.fullmatch(verifier.reveal()):
        raise InvalidArgument("a code verifier has 43 to 128 letters, digits and -._~")
    digest = hashlib.sha256(verifier.reveal().encode("ascii")).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def read_callback(params: CallbackParams, expected_state: str) -> Secret:
    """Return the authorization code that the member came back with.

    Args:
        params: The query parameters of the callback; a parameter may be a text or a list of one text.
        expected_state: The `state` that was bound to this member's session.

    Raises:
        CallbackRefused: `error` is "state_mismatch" when the state is wrong or missing, LinkedIn's own code such as
            "user_cancelled_authorize" when there is no consent, and "missing_code" when there is no code either.
        ConfigurationError: `expected_state` is empty.
    """
    if not expected_state:
        raise ConfigurationError("expected_state is empty: the session has no state to compare with")
    state = _parameter(params, "state")
    # Checked first: without it nothing else in the address can be believed.
    if state is None or not hmac.compare_digest(state.encode(), expected_state.encode()):
        raise CallbackRefused("state_mismatch", "the callback does not carry this session's state")
    error = _parameter(params, "error")
    if error is not None:
        # LinkedIn puts HTML entities into the description.
        description = _parameter(params, "error_description")
        raise CallbackRefused(error, unescape(description) if description else None)
    code = _parameter(params, "code")
    if not code:
        raise CallbackRefused("missing_code", "the callback carries neither code nor error")
    return Secret(code)


class Introspection(msgspec.Struct, frozen=True, kw_only=True):
    """What LinkedIn says about a token. A token of another app is just not active."""

    active: bool
    status: Literal["active", "expired", "revoked"] | str | None = None
    client_id: str | None = None
    auth_type: str | None = None
    scopes: frozenset[str] = frozenset()
    authorized_at: datetime | None = None
    created_at: datetime | None = None
    expires_at: datetime | None = None


class _IntrospectionAnswer(msgspec.Struct, frozen=True):
    # Instants are seconds here, unlike everywhere else at LinkedIn.
    active: bool
    status: str | None = None
    client_id: str | None = None
    auth_type: str | None = None
    scope: str | None = None
    authorized_at: int | None = None
    created_at: int | None = None
    expires_at: int | None = None


_KEYS = Request("GET", "/openid/jwks", host="oauth", authorized=False)
_INTROSPECTION = msgspec.json.Decoder(_IntrospectionAnswer)


class OAuthCalls(Resource[IO]):
    """What both colours of OAuth offer."""

    def __init__(
        self,
        driver: IO,
        *,
        client_id: str,
        client_secret: Secret | None,
        redirect_uri: str | None,
        environment: Environment,
    ) -> None:
        super().__init__(driver)
        self.client_id = client_id
        self.redirect_uri = redirect_uri
        self.environment = environment
        self._client_secret = client_secret

    def authorization_url(self, scopes: Iterable[str], state: str, *, extended_login: bool = False) -> str:
        """Return where to send the member for consent. Scopes are granted all or not at all.

        A scope set that differs from the member's last one ends their earlier tokens for this app.

        Args:
            scopes: The scopes to ask for, all of them in one request.
            state: From `new_state`, bound to the member's session.
            extended_login: Whether to offer signing in with Google or Apple.
        """
        # Never PKCE here: LinkedIn refuses a code verifier on this flow, with or without a challenge.
        more = {"enable_extended_login": "true"} if extended_login else {}
        return self._consent_url("/v2/authorization", self._redirect(), scopes, state, more)

    def native_authorization_url(
        self, scopes: Iterable[str], state: str, *, verifier: Secret, redirect_uri: str | None = None
    ) -> str:
        """Return where to send the member for consent from a program on their machine, which has no secret.

        LinkedIn must have enabled the flow for the app.

        Args:
            scopes: The scopes to ask for.
            state: From `new_state`.
            verifier: From `new_verifier`; keep it for `exchange_native_code`.
            redirect_uri: An address on 127.0.0.1 or [::1], any port.
        """
        redirect = redirect_uri or self._redirect()
        host = urlsplit(redirect).hostname
        if host not in _LOOPBACK_HOSTS:
            raise InvalidArgument(f"redirect_uri of the native flow must be on 127.0.0.1 or [::1], got {redirect!r}")
        more = {"code_challenge": challenge_of(verifier), "code_challenge_method": "S256"}
        return self._consent_url("/native-pkce/authorization", redirect, scopes, state, more)

    @operation
    def exchange_code(self, code: Secret | str) -> Flow[Token]:
        """Return the token for an authorization code, which works once and for 30 minutes.

        Raises:
            OAuthError: the code is unknown, used or too old, the redirect_uri differs, or the secret is wrong.
        """
        fields = {
            "grant_type": "authorization_code",
            "code": _text(code),
            "redirect_uri": self._redirect(),
            **self._credentials(),
        }
        return (yield from _token(fields))

    @operation
    def exchange_native_code(
        self, code: Secret | str, *, verifier: Secret, redirect_uri: str | None = None
    ) -> Flow[Token]:
        """Return the token for an authorization code of the native flow.

        Raises:
            OAuthError: the code is unknown, used or too old, or the verifier is not the challenge's.
        """
        fields = {
            "grant_type": "authorization_code",
            "code": _text(code),
            "redirect_uri": redirect_uri or self._redirect(),
            "client_id": self.client_id,
            "code_verifier": verifier.reveal(),
        }
        return (yield from _token(fields))

    @operation
    def refresh(self, token: Token) -> Flow[Token]:
        """Return a token that replaces `token`; what the answer leaves out is kept from it.

        The refresh token's life does not start again: it ends a year after the member's consent.

        Raises:
            InvalidArgument: the token has no refresh token.
            OAuthError: the refresh token is dead; the member must consent again.
        """
        return (yield from self._refresh(token))

    @operation
    def client_credentials(self) -> Flow[Token]:
        """Return a token of the app itself, for about 30 minutes. LinkedIn enables this for few apps.

        Raises:
            OAuthError: the app may not.
        """
        return (yield from _token({"grant_type": "client_credentials", **self._credentials()}))

    @operation
    def introspect(self, token: Token | Secret | str) -> Flow[Introspection]:
        """Return what LinkedIn says about an access token or a refresh token of this app.

        Raises:
            OAuthError: the client secret is wrong, or the text cannot be a token.
        """
        fields = {"token": _text(token), **self._credentials()}
        response = yield _post("/v2/introspectToken", fields, repeatable=True)
        answer = response.decode(_INTROSPECTION)
        return Introspection(
            active=answer.active,
            status=answer.status,
            client_id=answer.client_id,
            auth_type=answer.auth_type,
            scopes=split_scopes(answer.scope or ""),
            authorized_at=_instant(answer.authorized_at),
            created_at=_instant(answer.created_at),
            expires_at=_instant(answer.expires_at),
        )

    @operation
    def revoke(self, token: Token | Secret | str) -> Flow[bool]:
        """Ask LinkedIn to end a token and tell whether it said yes. Best effort: LinkedIn documents no such call.

        Delete your own copy whatever the answer.
        """
        try:
            yield _post("/v2/revoke", {"token": _text(token), **self._credentials()}, repeatable=True)
        except Error:
            return False
        return True

    @operation
    def fetch_keys(self) -> Flow[Jwks]:
        """Return the keys that id_tokens are signed with. Keep them: they change rarely."""
        return read_jwks((yield _KEYS))

    @operation
    def identify(self, token: Token, *, at: datetime, keys: Jwks | None = None) -> Flow[Claims]:
        """Return who signed in: the verified claims of the token's id_token.

        Args:
            token: A token whose scopes hold `openid`.
            at: The present instant.
            keys: Keys fetched earlier; they are fetched again when the id_token names another.

        Raises:
            InvalidArgument: the token has no id_token.
            InvalidSignature: the id_token is not LinkedIn's, not for this app, or over.
        """
        if token.id_token is None:
            raise InvalidArgument("the token has no id_token; ask for the scope openid")
        if keys is None or key_id(token.id_token) not in keys:
            keys = read_jwks((yield _KEYS))
        issuers = (self.environment.issuer,)
        return verify_id_token(token.id_token, keys, client_id=self.client_id, issuers=issuers, at=at)

    def refreshing(
        self,
        token: Token,
        *,
        early: timedelta = timedelta(minutes=5),
        on_renewed: Callable[[Token], None] | None = None,
    ) -> RefreshingToken:
        """Return a source of tokens for a client: `token`, and a fresh one shortly before each expires.

        Args:
            token: A token with a refresh token.
            early: How long before its end a token is renewed.
            on_renewed: Called with each new token, to keep it.
        """
        return RefreshingToken(token, self._refresh, early=early, on_renewed=on_renewed)

    def _refresh(self, token: Token) -> Flow[Token]:
        if not token.refresh:
            raise InvalidArgument("the token has no refresh token; the member must consent again")
        fields = {"grant_type": "refresh_token", "refresh_token": token.refresh.reveal(), **self._credentials()}
        # Refreshing does not rotate, so asking again after a lost answer is safe.
        fresh = yield from _token(fields, repeatable=True)
        return token.renewed_by(fresh)

    def _consent_url(
        self, path: str, redirect_uri: str, scopes: Iterable[str], state: str, more: Mapping[str, str]
    ) -> str:
        if isinstance(scopes, str):
            scopes = split_scopes(scopes)
        joined = join_scopes(scopes)
        if not joined:
            raise InvalidArgument("scopes must name at least one scope")
        if not state:
            raise InvalidArgument("state must not be empty; make one with new_state()")
        query = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": redirect_uri,
            "scope": joined,
            "state": state,
            **more,
        }
        return f"{self.environment.oauth}{path}?{_quoted(query)}"

    def _redirect(self) -> str:
        if not self.redirect_uri:
            raise ConfigurationError("redirect_uri is not set")
        return self.redirect_uri

    def _credentials(self) -> dict[str, str]:
        # In the body: LinkedIn does not take HTTP Basic.
        if not self._client_secret:
            raise ConfigurationError("client_secret is not set; only the native flow works without")
        return {"client_id": self.client_id, "client_secret": self._client_secret.reveal()}

    def __repr__(self) -> str:
        return f"{type(self).__name__}(client_id={self.client_id!r})"


class OAuth(OAuthCalls[Blocking]):
    """OAuth with LinkedIn for one app, blocking.

    Args:
        client_id: The app's client ID.
        client_secret: Its secret; None for the native flow.
        redirect_uri: The callback, exactly as registered.
        environment: Where LinkedIn is.
        retry: How calls are repeated. An authorization code is never sent twice.
        timeout_seconds: For connecting, and for each wait for bytes.
        transport: What to send through, instead of a pool of connections of its own.
        clock: Where the time is read.
        sleep: How to wait.
    """

    def __init__(
        self,
        client_id: str,
        client_secret: Secret | str | None = None,
        redirect_uri: str | None = None,
        *,
        environment: Environment = LINKEDIN,
        retry: RetryPolicy = RetryPolicy(),  # noqa: B008 - a frozen value
        timeout_seconds: float = 30.0,
        transport: Transport | None = None,
        clock: Clock = SystemClock(),  # noqa: B008 - without state
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._connections: Connections[Transport] = Connections(transport, open_transport)
        driver = BlockingDriver(_parts(environment, retry, timeout_seconds, clock), self._connections.open, sleep=sleep)
        super().__init__(
            driver,
            client_id=client_id,
            client_secret=_secret(client_secret),
            redirect_uri=redirect_uri,
            environment=environment,
        )

    def close(self) -> None:
        """Close the connections."""
        transport = self._connections.take()
        if transport is not None:
            transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


class AsyncOAuth(OAuthCalls[NonBlocking]):
    """OAuth with LinkedIn for one app, for asyncio. The arguments are those of `OAuth`."""

    def __init__(
        self,
        client_id: str,
        client_secret: Secret | str | None = None,
        redirect_uri: str | None = None,
        *,
        environment: Environment = LINKEDIN,
        retry: RetryPolicy = RetryPolicy(),  # noqa: B008 - a frozen value
        timeout_seconds: float = 30.0,
        transport: AsyncTransport | None = None,
        clock: Clock = SystemClock(),  # noqa: B008 - without state
        sleep: Callable[[float], Awaitable[object]] | None = None,
    ) -> None:
        self._connections: Connections[AsyncTransport] = Connections(transport, open_async_transport)
        driver = AsyncDriver(_parts(environment, retry, timeout_seconds, clock), self._connections.open, sleep=sleep)
        super().__init__(
            driver,
            client_id=client_id,
            client_secret=_secret(client_secret),
            redirect_uri=redirect_uri,
            environment=environment,
        )

    async def close(self) -> None:
        """Close the connections."""
        transport = self._connections.take()
        if transport is not None:
            await transport.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()


def _parts(environment: Environment, retry: RetryPolicy, timeout_seconds: float, clock: Clock) -> Parts:
    composer = Composer(environment=environment, timeout_seconds=timeout_seconds)
    return Parts(composer=composer, tokens=None, policy=retry, clock=clock)


def _secret(given: Secret | str | None) -> Secret | None:
    return Secret(given) if isinstance(given, str) else given


def _text(given: Token | Secret | str) -> str:
    if isinstance(given, Token):
        given = given.access
    return given.reveal() if isinstance(given, Secret) else given


def _post(path: str, fields: Mapping[str, str], *, repeatable: bool) -> Request:
    # In the body, always: LinkedIn ignores parameters of the address, and addresses are logged.
    return Request(
        "POST",
        path,
        content=_quoted(fields).encode("ascii"),
        content_type=_FORM,
        host="oauth",
        authorized=False,
        repeatable=repeatable,
    )


def _token(fields: Mapping[str, str], *, repeatable: bool = False) -> Flow[Token]:
    response = yield _post("/v2/accessToken", fields, repeatable=repeatable)
    return read_token(response, _received(response))


def _received(response: Response) -> datetime:
    assert response.received_at is not None, "drivers stamp every answer"
    return response.received_at


def _quoted(fields: Mapping[str, str]) -> str:
    return urlencode(fields, quote_via=quote)


def _instant(seconds: int | None) -> datetime | None:
    return None if seconds is None else from_seconds(seconds)


def _parameter(params: CallbackParams, name: str) -> str | None:
    value = params.get(name)
    if value is None or isinstance(value, str):
        return value
    # Given twice, neither is believed.
    return value[0] if len(value) == 1 else None
