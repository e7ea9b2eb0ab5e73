"""`POST /oauth/v2/accessToken`: a code, a refresh token or the app's own name against an access token.

Sources: "Authorization Code Flow", learn.microsoft.com /linkedin/shared/authentication/authorization-code-flow;
error bodies from its table and from recorded answers.
"""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from inroad.sandbox.oauth.codes import CodeProblem, peek_code, redeem_code
from inroad.sandbox.oauth.credentials import (
    OAuthRefusal,
    invalid_client,
    proves,
    read_parameters,
    required,
    secret_json,
)
from inroad.sandbox.oauth.identity import id_token
from inroad.sandbox.oauth.origin import origin_of
from inroad.sandbox.oauth.tokens import IssuedToken, issue, refresh
from inroad.sandbox.world import App, World

_CODE_PROBLEMS: Mapping[CodeProblem, tuple[int, str, str]] = {
    "unknown": (401, "invalid_request", "Unable to retrieve access token: authorization code not found"),
    "mismatch": (
        400,
        "invalid_redirect_uri",
        "Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. "
        "Or authorization code expired. Or external member binding exists",
    ),
}
_REFRESH_DEAD = "The provided authorization grant or refresh token is invalid, expired or revoked"


async def access_token(request: Request) -> JSONResponse:
    """Answer a token request."""
    world: World = request.app.state.world
    try:
        fields = await read_parameters(world, request)
        return secret_json(_grant(world, fields, origin_of(request)))
    except OAuthRefusal as refusal:
        return refusal.to_response()


def _grant(world: World, fields: Mapping[str, str], origin: str) -> dict[str, Any]:
    grant_type = required(fields, "grant_type")
    if grant_type == "authorization_code":
        return _by_code(world, fields, origin)
    if grant_type == "refresh_token":
        return _by_refresh_token(world, fields)
    if grant_type == "client_credentials":
        return _by_own_name(world, fields)
    # UNCONFIRMED: no recorded answer to an unknown grant
    raise OAuthRefusal(400, "unsupported_grant_type", f'The grant type "{grant_type}" is not supported')


def _by_code(world: World, fields: Mapping[str, str], origin: str) -> dict[str, Any]:
    text, redirect_uri = required(fields, "code"), required(fields, "redirect_uri")
    app = world.apps.get(required(fields, "client_id"))
    if app is None or not _is_native_exchange(world, app, text, fields):
        app = _confidential_client(world, fields)
        verifier = None
    else:
        verifier = required(fields, "code_verifier")
    code = redeem_code(world, text, client_id=app.client_id, redirect_uri=redirect_uri, verifier=verifier)
    if isinstance(code, str):
        raise OAuthRefusal(*_CODE_PROBLEMS[code])
    token = issue(world, client_id=app.client_id, member_id=code.member_id, scopes=code.scopes)
    answer = _to_answer(token)
    if "openid" in token.scopes:
        member = world.members[code.member_id]
        answer["id_token"] = id_token(world, app=app, member=member, scopes=token.scopes, origin=origin)
    return answer


def _is_native_exchange(world: World, app: App, text: str, fields: Mapping[str, str]) -> bool:
    """Tell whether the code was asked for on the native flow, or could only have been."""
    code = peek_code(world, text)
    if code is not None and code.client_id == app.client_id:
        return bool(code.challenge)
    return app.native and "client_secret" not in fields


def _confidential_client(world: World, fields: Mapping[str, str]) -> App:
    """Return the app that proved itself. A `code_verifier` makes the proof fail on this flow, as recorded live."""
    app = world.apps.get(required(fields, "client_id"))
    secret = required(fields, "client_secret")
    if "code_verifier" in fields and world.switches["oauth.pkce_confidential"] == "refuse":
        raise invalid_client()
    if app is None or not proves(app, secret):
        raise invalid_client()
    return app


def _by_refresh_token(world: World, fields: Mapping[str, str]) -> dict[str, Any]:
    text = required(fields, "refresh_token")
    app = world.apps.get(required(fields, "client_id"))
    if app is None or not app.native or "client_secret" in fields:
        app = _confidential_client(world, fields)
    token = refresh(world, app, text) if "refresh_token" in app.grants else None
    if token is None:
        # UNCONFIRMED: `error`; the OAuth standard would say invalid_grant
        raise OAuthRefusal(400, str(world.switches["oauth.refresh_error"]), _REFRESH_DEAD)
    return _to_answer(token)


def _by_own_name(world: World, fields: Mapping[str, str]) -> dict[str, Any]:
    app = _confidential_client(world, fields)
    if "client_credentials" not in app.grants:
        # UNCONFIRMED: the status; the body is recorded
        raise OAuthRefusal(401, "access_denied", "This application is not allowed to create application tokens")
    token = issue(world, client_id=app.client_id, member_id=None)
    return {"access_token": token.access_token, "expires_in": token.expires_in}


def _to_answer(token: IssuedToken) -> dict[str, Any]:
    """Return the answer's fields. Scopes are comma separated, against the documentation, in recorded answers."""
    answer: dict[str, Any] = {
        "access_token": token.access_token,
        "expires_in": token.expires_in,
        "scope": ",".join(token.scopes),
        "token_type": "Bearer",
    }
    if token.refresh_token is not None:
        answer["refresh_token"] = token.refresh_token
        answer["refresh_token_expires_in"] = token.refresh_token_expires_in
    return answer
