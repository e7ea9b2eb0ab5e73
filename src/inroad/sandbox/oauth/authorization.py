"""Decides what an authorization request is worth, before any page is shown.

Sources, learn.microsoft.com /linkedin/shared/authentication/: "Authorization Code Flow", authorization-code-flow;
"Authenticating with OAuth 2.0 for Native Clients", authorization-code-flow-native.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from inroad.sandbox.oauth.redirects import is_native, is_registered, with_answer
from inroad.sandbox.oauth.scopes import allowed_scopes, is_known, split_scopes
from inroad.sandbox.world import App, World

_CHALLENGE = re.compile(r"[A-Za-z0-9\-_]{43}")  # RFC 7636, 4.2: the base64url text of a SHA-256


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request that may be put to the member."""

    app: App
    redirect_uri: str
    scopes: tuple[str, ...]
    state: str | None
    challenge: str = ""

    def answered_with(self, **answer: str) -> str:
        """Return the address that the browser goes to with this answer; `state` goes back unchanged."""
        if self.state is not None:
            answer["state"] = self.state
        return with_answer(self.redirect_uri, answer)


@dataclass(frozen=True, slots=True)
class Stays:
    """A request whose sender is in doubt: the browser stays on a 401 page and is sent nowhere."""

    reason: str
    advice: str


@dataclass(frozen=True, slots=True)
class SentBack:
    """A request that fails, told to the app by redirect."""

    url: str


def judge(world: World, params: Mapping[str, str], *, native: bool) -> Asked | Stays | SentBack:
    """Return what becomes of an authorization request with these query parameters.

    Client and redirect address are judged first: until both are known good nothing is sent anywhere.
    """
    app = world.apps.get(params.get("client_id", ""))
    if app is None:
        return Stays("client_id does not match", "This world has no app with that client_id.")
    if native and not app.native:
        return Stays("app is not enabled for native clients", "Set native = true for the app in the world's seed.")
    redirect_uri = params.get("redirect_uri", "")
    if not (is_native(redirect_uri) if native else is_registered(app.redirect_urls, redirect_uri)):
        return Stays("redirect_uri does not match", _redirect_advice(app, native=native))
    asked = Asked(
        app=app,
        redirect_uri=redirect_uri,
        scopes=split_scopes(params.get("scope", "")),
        state=params.get("state"),
        challenge=params.get("code_challenge", "") if native else "",
    )
    fault = _fault(world, asked, params, native=native)
    if fault is None:
        return asked
    error, description = fault
    return SentBack(asked.answered_with(error=error, error_description=description))


def _fault(world: World, asked: Asked, params: Mapping[str, str], *, native: bool) -> tuple[str, str] | None:
    """Return error and description. UNCONFIRMED: all but `unauthorized_scope_error`, whose text is recorded."""
    if params.get("response_type", "") != "code":
        return "unsupported_response_type", 'The parameter "response_type" must be "code"'
    if "authorization_code" not in asked.app.grants:
        return "unauthorized_client", "The application is not allowed to ask members for authorization"
    if native and params.get("code_challenge_method") != "S256":
        return "invalid_request", 'The parameter "code_challenge_method" must be "S256"'
    if native and not _CHALLENGE.fullmatch(asked.challenge):
        return "invalid_request", 'A required parameter "code_challenge" is missing or malformed'
    return _scope_fault(world, asked)


def _scope_fault(world: World, asked: Asked) -> tuple[str, str] | None:
    if not asked.scopes:
        return "invalid_scope_error", 'A required parameter "scope" is missing'
    allowed = allowed_scopes(world, asked.app)
    refused = next((scope for scope in asked.scopes if scope not in allowed), None)
    if refused is None:
        return None
    if not is_known(refused):
        return "invalid_scope_error", f"Scope &quot;{escape(refused)}&quot; is unknown"
    # The quotes do arrive as HTML entities: keycloak/keycloak#22383
    return "unauthorized_scope_error", f"Scope &quot;{escape(refused)}&quot; is not authorized for your application"


def _redirect_advice(app: App, *, native: bool) -> str:
    if native:
        return "A native app is answered at http://127.0.0.1:{port}/... or http://[::1]:{port}/... only."
    if not app.redirect_urls:
        return "The app has no redirect URL. Add one to redirect_urls in the world's seed."
    return "Scheme, host, port and path must equal a registered URL: " + ", ".join(app.redirect_urls)
