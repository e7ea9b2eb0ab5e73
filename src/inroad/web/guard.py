"""Who is asking, and whether one of our own pages made them ask: session cookies, CSRF tokens, the Origin check."""

import hmac
import secrets
from typing import Annotated, Final
from urllib.parse import urlsplit

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from inroad.common.secret import Secret
from inroad.service.accounts.model import SessionView
from inroad.service.settings import Settings
from inroad.service.who import Who
from inroad.web.context import address_of, request_id_of, services_of
from inroad.web.problems import ForeignRequest, SignInNeeded

CSRF_HEADER: Final = "X-CSRF-Token"
CSRF_FIELD: Final = "csrf"
_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_FORM_TYPES: Final = ("application/x-www-form-urlencoded", "multipart/form-data")


def session_cookie_name(settings: Settings) -> str:
    """Return the session cookie's name; under https its prefix makes browsers refuse it from other origins."""
    return "__Host-inroad_session" if settings.secure_cookies else "inroad_session"


def form_cookie_name(settings: Settings) -> str:
    """Return the name of the cookie that proves a form before anyone is signed in."""
    return "__Host-inroad_form" if settings.secure_cookies else "inroad_form"


def session_cookie_of(request: Request) -> Secret | None:
    """Return the session cookie's value, if the browser sent one."""
    value = request.cookies.get(session_cookie_name(services_of(request).settings))
    return Secret(value) if value else None


def set_session_cookie(response: Response, cookie: Secret, settings: Settings) -> None:
    """Give the browser its session. The service decides how long it lives."""
    response.set_cookie(
        session_cookie_name(settings),
        cookie.reveal(),
        max_age=int(settings.session_max.total_seconds()),
        httponly=True,
        secure=settings.secure_cookies,
        samesite="lax",
    )


def drop_session_cookie(response: Response, settings: Settings) -> None:
    """Make the browser forget its session."""
    response.delete_cookie(session_cookie_name(settings), httponly=True, secure=settings.secure_cookies, samesite="lax")


async def session_or_none(request: Request) -> SessionView | None:
    """Return the request's live session, or None. Asked once per request."""
    if not hasattr(request.state, "session"):
        cookie = session_cookie_of(request)
        found = None if cookie is None else await services_of(request).accounts.session_of(cookie)
        request.state.session = found
    session: SessionView | None = request.state.session
    return session


async def session_of(request: Request) -> SessionView:
    """Return the request's live session.

    Raises:
        SignInNeeded: there is none.
    """
    session = await session_or_none(request)
    if session is None:
        raise SignInNeeded
    return session


async def who_of(request: Request) -> Who:
    """Return the signed-in person, in the form that actions take."""
    session = await session_of(request)
    return session.who(request_id=request_id_of(request), address=address_of(request))


def form_token(request: Request) -> str:
    """Return the token for forms of people who are not signed in; `keep_form_token` makes it stay."""
    if not hasattr(request.state, "form_token"):
        kept = request.cookies.get(form_cookie_name(services_of(request).settings), "")
        request.state.form_token = kept if len(kept) >= 32 else secrets.token_urlsafe(32)
    token: str = request.state.form_token
    return token


def keep_form_token(request: Request, response: Response) -> None:
    """Put the token of `form_token` into the browser's cookie."""
    settings = services_of(request).settings
    response.set_cookie(
        form_cookie_name(settings),
        form_token(request),
        httponly=True,
        secure=settings.secure_cookies,
        samesite="strict",
    )


_ENTRIES: Final = ("/sign-in", "/first-run")
"""What people without a session send forms to."""


async def check_own_request(request: Request) -> None:
    """Return when the request changes nothing, or one of our own pages sent it.

    Raises:
        ForeignRequest: another origin sent it, or the CSRF token is missing or not this session's.
        SignInNeeded: one of our pages sent it after its session had ended.
    """
    if request.method in _SAFE_METHODS:
        return
    if not _is_own_origin(request):
        raise ForeignRequest
    session = await session_or_none(request)
    expected = session.csrf_token.reveal() if session is not None else _form_cookie(request)
    given = await _given_token(request)
    if not expected or not hmac.compare_digest(given.encode(), expected.encode()):
        if session is None and not request.url.path.startswith(_ENTRIES):
            raise SignInNeeded
        raise ForeignRequest


def _is_own_origin(request: Request) -> bool:
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("origin")
    if origin is None:  # browsers send it with every POST; a missing one leaves the token to decide
        return True
    public = urlsplit(services_of(request).settings.public_url)
    host = request.headers.get("host", "")
    return origin in {f"{public.scheme}://{public.netloc}", f"{request.url.scheme}://{host}"}


def _form_cookie(request: Request) -> str:
    return request.cookies.get(form_cookie_name(services_of(request).settings), "")


async def _given_token(request: Request) -> str:
    header = request.headers.get(CSRF_HEADER)
    if header is not None:
        return header
    if request.headers.get("content-type", "").startswith(_FORM_TYPES):
        field = (await request.form()).get(CSRF_FIELD)
        return field if isinstance(field, str) else ""
    return ""


CurrentSession = Annotated[SessionView, Depends(session_of)]
CurrentWho = Annotated[Who, Depends(who_of)]
