"""What the token, introspection and revocation endpoints share: the form, the client's proof, OAuth's error shape."""

import hmac
from base64 import b64decode
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse

from inroad.sandbox.world import App, World

MAX_FORM_BYTES = 64 * 1024

_NEVER_KEPT = {"cache-control": "no-store", "pragma": "no-cache"}


class OAuthRefusal(Exception):
    """An error in OAuth's shape: `error` and `error_description`."""

    def __init__(self, status: int, error: str, description: str) -> None:
        super().__init__(f"{status} {error}")
        self.status = status
        self.error = error
        self.description = description

    def to_response(self) -> JSONResponse:
        """Return the answer that goes out."""
        return secret_json({"error": self.error, "error_description": self.description}, status=self.status)


def invalid_client(status: int = 401) -> OAuthRefusal:
    """Return the refusal of a client that did not prove itself."""
    return OAuthRefusal(status, "invalid_client", "Client authentication failed")


def missing(name: str) -> OAuthRefusal:
    """Return the refusal of a request that lacks a parameter."""
    return OAuthRefusal(400, "invalid_request", f'A required parameter "{name}" is missing')


def secret_json(body: Mapping[str, Any], *, status: int = 200) -> JSONResponse:
    """Return a JSON answer that no cache may keep."""
    return JSONResponse(dict(body), status_code=status, headers=_NEVER_KEPT)


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of a form body, the first of each name; nothing for another content type.

    Raises:
        OAuthRefusal: the body is larger than any such form.
    """
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/x-www-form-urlencoded":
        return {}
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_FORM_BYTES:
            raise OAuthRefusal(413, "invalid_request", "The request body is too large")
    fields: dict[str, str] = {}
    for name, value in parse_qsl(bytes(body).decode(errors="replace"), keep_blank_values=True):
        fields.setdefault(name, value)
    return fields


async def read_parameters(world: World, request: Request) -> dict[str, str]:
    """Return the request's parameters: the form's, and under `oauth.query_credentials` the query's.

    LinkedIn has read them from the body only since late 2021, as its developer news said. Credentials that came by HTTP
    Basic are refused like a wrong secret, which is what OpenID libraries meet (UNCONFIRMED root cause).
    """
    fields = await read_form(request)
    if world.switches.is_on("oauth.query_credentials"):
        for name, value in request.query_params.multi_items():
            fields.setdefault(name, value)
    if "client_secret" not in fields and _is_basic(request.headers.get("authorization", "")):
        raise invalid_client()
    return fields


def required(fields: Mapping[str, str], name: str) -> str:
    """Return a parameter; an empty one is as good as none."""
    value = fields.get(name, "")
    if not value:
        raise missing(name)
    return value


def proves(app: App, secret: str) -> bool:
    """Tell whether `secret` is the app's, in the same time for any wrong one."""
    return hmac.compare_digest(app.client_secret.encode(), secret.encode())


def _is_basic(header: str) -> bool:
    scheme, _, rest = header.partition(" ")
    if scheme.lower() != "basic":
        return False
    try:
        return b":" in b64decode(rest, validate=True)
    except ValueError:
        return False
