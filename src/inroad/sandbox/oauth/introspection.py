"""`POST /oauth/v2/introspectToken` and the undocumented `POST /oauth/v2/revoke`.

Source: "Token Introspection", learn.microsoft.com /linkedin/shared/authentication/token-introspection
"""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from inroad.common.clock import to_seconds
from inroad.sandbox.oauth.credentials import (
    OAuthRefusal,
    invalid_client,
    proves,
    read_parameters,
    required,
    secret_json,
)
from inroad.sandbox.oauth.state import AccessToken, Tokens
from inroad.sandbox.oauth.tokens import revoke
from inroad.sandbox.world import App, World


async def introspect_token(request: Request) -> JSONResponse:
    """Answer what a token of the asking app is worth."""
    world: World = request.app.state.world
    try:
        fields = await read_parameters(world, request)
        app, text = _client(world, fields), required(fields, "token")
        token = world.state(Tokens).access.get(text)
        if token is None:
            # bodies of the errors UNCONFIRMED: no answer to an unusable text was recorded
            raise OAuthRefusal(400, "invalid_request", "The token is not valid")
        return secret_json(_facts(world, app, token))
    except OAuthRefusal as refusal:
        return refusal.to_response()


async def revoke_token(request: Request) -> Response:
    """End a token. Another app's or an unknown one is 200 as well; LinkedIn documents nothing of this."""
    world: World = request.app.state.world
    try:
        fields = await read_parameters(world, request)
        app, text = _client(world, fields), required(fields, "token")
    except OAuthRefusal as refusal:
        return refusal.to_response()
    revoke(world, app, text)
    return Response(status_code=200)


def _client(world: World, fields: Mapping[str, str]) -> App:
    """Return the app that proved itself: an unknown client id is 400, a wrong secret 401.

    Source: "Token Introspection", learn.microsoft.com /linkedin/shared/authentication/token-introspection
    """
    client_id, secret = required(fields, "client_id"), required(fields, "client_secret")
    app = world.apps.get(client_id)
    if app is None:
        raise invalid_client(400)
    if not proves(app, secret):
        raise invalid_client()
    return app


def _facts(world: World, app: App, token: AccessToken) -> dict[str, Any]:
    if token.client_id != app.client_id:
        return {"active": False}
    status = "revoked" if token.ended else "expired" if world.clock.now() >= token.expires_at else "active"
    facts = {
        "active": status == "active",
        "client_id": token.client_id,
        "authorized_at": to_seconds(token.authorized_at),
        "created_at": to_seconds(token.created_at),
        "status": status,
        "expires_at": to_seconds(token.expires_at),
        "auth_type": "2L" if token.member_id is None else "3L",
    }
    if token.member_id is not None:
        facts["scope"] = ",".join(token.scopes)
    return facts
