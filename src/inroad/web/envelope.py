"""What goes around every answer: a request id, security headers, a limit on bodies, and words when all else fails."""

import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_FORM_BYTES: Final = 1024 * 1024
"""Forms and JSON bodies are small. Pictures are streamed to their own addresses, which the service limits."""

# Not structlog: its usual tracebacks show local variables, and those hold what people typed.
_log = logging.getLogger(__name__)


class BodyTooLarge(Exception):
    """A form or JSON body over the limit."""


def content_security_policy(*form_targets: str) -> str:
    """Return the policy of a page: files of this origin only, and forms that lead here or to `form_targets`.

    Browsers hold the redirect that answers a form to the same list, so a page whose form ends at LinkedIn or at
    a command line's loopback address has to name it.
    """
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "font-src 'self'",
            "img-src 'self' blob:",
            "connect-src 'self'",
            " ".join(("form-action 'self'", *form_targets)),
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def _security_headers(*, https: bool) -> Mapping[str, str]:
    headers = {
        "Content-Security-Policy": content_security_policy(),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",  # not no-referrer: browsers would then send "Origin: null" with our forms
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
    if https:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return headers


class Envelope:
    """Wraps the whole application; an answer that sets one of the headers itself keeps its own."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        https: bool,
        upload_paths: frozenset[str],
        failed: Callable[[Request, Exception], Awaitable[Response]],
    ) -> None:
        self._app = app
        self._headers = _security_headers(https=https)
        self._upload_paths = upload_paths
        self._failed = failed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = request_id
        is_started = False

        async def send_enveloped(message: Message) -> None:
            nonlocal is_started
            if message["type"] == "http.response.start":
                is_started = True
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = request_id
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        limited = receive if scope["path"] in self._upload_paths else _limited(receive)
        try:
            await self._app(scope, limited, send_enveloped)
        except Exception as error:
            _log.exception("request %s failed: %s %s", request_id, scope["method"], scope["path"])
            if is_started:
                raise
            response = await self._failed(Request(scope, limited), error)
            await response(scope, limited, send_enveloped)


def _limited(receive: Receive) -> Receive:
    taken = 0

    async def receive_limited() -> Message:
        nonlocal taken
        message = await receive()
        if message["type"] == "http.request":
            taken += len(message.get("body", b""))
            if taken > MAX_FORM_BYTES:
                raise BodyTooLarge
        return message

    return receive_limited
