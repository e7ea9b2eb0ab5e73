"""The addresses of the OAuth host. They are never versioned and have no `/rest` form."""

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from inroad.sandbox.oauth.identity import discovery_document, key_set
from inroad.sandbox.oauth.introspection import introspect_token, revoke_token
from inroad.sandbox.oauth.origin import origin_of
from inroad.sandbox.oauth.pages import authorize, authorize_native
from inroad.sandbox.oauth.token_endpoint import access_token


def routes() -> list[BaseRoute]:
    """Return the routes of OAuth and OpenID Connect; the world is at `request.app.state.world`."""
    return [
        Route("/oauth/v2/authorization", authorize, methods=["GET", "POST"]),
        Route("/oauth/native-pkce/authorization", authorize_native, methods=["GET", "POST"]),
        Route("/oauth/v2/accessToken", access_token, methods=["POST"]),
        Route("/oauth/v2/introspectToken", introspect_token, methods=["POST"]),
        Route("/oauth/v2/revoke", revoke_token, methods=["POST"]),
        Route("/oauth/.well-known/openid-configuration", _configuration),
        Route("/oauth/openid/jwks", _keys),
    ]


async def _configuration(request: Request) -> JSONResponse:
    return JSONResponse(discovery_document(origin_of(request)))


async def _keys(request: Request) -> JSONResponse:
    return JSONResponse(key_set(request.app.state.world))
