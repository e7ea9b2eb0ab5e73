"""The person's own page: how the dashboard looks, the keys that act for them, their sessions."""

from typing import Annotated, Final

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import Response

from inroad.service.accounts.model import ApiKey, Session
from inroad.service.errors import NotAllowed
from inroad.service.who import Who
from inroad.web.context import services_of
from inroad.web.dashboard.pages import Flash, go_to, templates_of, viewer_zone
from inroad.web.dashboard.words import say_instant
from inroad.web.guard import CurrentSession, CurrentWho

router = APIRouter()

_A_YEAR: Final = 31_536_000


@router.get("/account")
async def show_account(request: Request, session: CurrentSession, who: CurrentWho) -> Response:
    """Show the person their page."""
    services, zone = services_of(request), viewer_zone(request)
    now = services.clock.now()
    keys, sessions = await _keys(request, who), await services.accounts.list_sessions(who)
    return await templates_of(request).page(
        request,
        "account.html",
        place="account",
        name=session.person.name,
        email=session.person.email,
        role=session.role,
        keys=[{"key": key, "note": _key_note(key, zone, request)} for key in keys if key.is_alive(now)],
        sessions=[{"session": each, "note": _session_note(each, zone, request)} for each in sessions],
        own_id=session.session.id,
    )


@router.post("/account/appearance")
async def choose_appearance(
    request: Request, session: CurrentSession, theme: Annotated[str, Form()] = "", density: Annotated[str, Form()] = ""
) -> Response:
    """Keep the chosen look in this browser."""
    del session  # only for people who are signed in
    response = go_to("/account")
    secure = services_of(request).settings.secure_cookies
    for name, value in (("inroad_theme", theme), ("inroad_density", density)):
        response.set_cookie(name, value[:20], max_age=_A_YEAR, secure=secure, samesite="lax")
    return response


@router.post("/account/keys/{key_id}/revoke")
async def revoke_key(request: Request, who: CurrentWho, key_id: str, name: Annotated[str, Form()] = "") -> Response:
    """End an API key."""
    await services_of(request).accounts.revoke_api_key(who, key_id)
    return go_to("/account", flash=Flash("live", f"The key {name} does not work any more."))


@router.post("/account/sessions/{session_id}/end")
async def end_session(request: Request, who: CurrentWho, session_id: str) -> Response:
    """End one of the person's sessions on another device."""
    await services_of(request).accounts.revoke_session(who, session_id)
    return go_to("/account", flash=Flash("live", "That session is signed out."))


async def _keys(request: Request, who: Who) -> list[ApiKey]:
    try:
        return await services_of(request).accounts.list_api_keys(who)
    except NotAllowed:
        return []


def _key_note(key: ApiKey, zone: str, request: Request) -> str:
    now = services_of(request).clock.now()
    used = f"last used {say_instant(key.used_at, zone, now=now)}" if key.used_at else "never used"
    ends = f", ends {say_instant(key.expires_at, zone, now=now)}" if key.expires_at else ""
    return f"{used}{ends}"


def _session_note(session: Session, zone: str, request: Request) -> str:
    now = services_of(request).clock.now()
    return f"from {session.address}, last seen {say_instant(session.seen_at, zone, now=now)}"
