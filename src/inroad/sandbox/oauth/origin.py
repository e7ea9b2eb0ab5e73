"""The public address of this sandbox, as the caller sees it."""

import re

from starlette.requests import Request

_HOST = re.compile(r"[A-Za-z0-9.\-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")


def origin_of(request: Request) -> str:
    """Return scheme and host: the app's `public_url` where set, what a proxy reports, or the request's own.

    Proxies are believed without question: this is a test tool that holds no secrets.
    """
    fixed = getattr(request.app.state, "public_url", None)
    if fixed:
        return str(fixed).rstrip("/")
    scheme = _first(request.headers.get("x-forwarded-proto")) or request.url.scheme
    host = _first(request.headers.get("x-forwarded-host")) or request.headers.get("host", "")
    if scheme not in ("http", "https") or not _HOST.fullmatch(host):
        return f"{request.url.scheme}://{request.url.hostname or 'localhost'}"
    return f"{scheme}://{host}"


def _first(header: str | None) -> str:
    return (header or "").split(",")[0].strip()
