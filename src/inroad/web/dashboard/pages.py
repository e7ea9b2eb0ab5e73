"""Renders a page: the frame's facts, the look that the person chose, the messages that wait for them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import quote, unquote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from inroad.service.accounts.model import SessionView
from inroad.web.context import request_id_of, services_of
from inroad.web.dashboard.assets import Assets
from inroad.web.dashboard.post_cards import NEEDS_YOU
from inroad.web.dashboard.words import zone_or
from inroad.web.guard import form_token, keep_form_token, session_or_none, who_of
from inroad.web.problems import Problem

Tone = Literal["live", "attention", "failed", "scheduled", "approval", "draft", "plain"]

_TEMPLATES: Final = Path(__file__).parent / "templates"
_FLASH_COOKIE: Final = "inroad_flash"
_FLASH_SECONDS: Final = 60
_FLASH_ICONS: Final[Mapping[str, str]] = {"live": "check", "failed": "cross"}
_THEMES: Final = frozenset({"light", "dark"})
_DENSITIES: Final = frozenset({"compact"})
_RAILS: Final = frozenset({"folded", "open"})


@dataclass(frozen=True, slots=True)
class Flash:
    """A message about what was just done, shown once on the next page."""

    tone: str
    text: str

    @property
    def icon(self) -> str:
        """Return the icon's name."""
        return _FLASH_ICONS.get(self.tone, "attention")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What the frame shows around a page's own content."""

    place: str
    assets: Assets
    request_id: str
    csrf: str
    theme: str
    density: str
    rail: str
    flashes: tuple[Flash, ...]
    person: str
    workspace: str
    workspace_id: str
    needs_you: int


class Templates:
    """The dashboard's templates, always escaped; a name that a page forgot to give is an error."""

    def __init__(self, assets: Assets) -> None:
        self._assets = assets
        self._environment = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    async def page(
        self,
        request: Request,
        template: str,
        *,
        place: str = "",
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        **values: Any,
    ) -> HTMLResponse:
        """Return the page that a template makes of its values."""
        session = await session_or_none(request)
        page = await self._frame(request, session, place)
        html = self._environment.get_template(template).render(page=page, **values)
        response = HTMLResponse(html, status_code=status, headers=dict(headers or {}))
        if session is None:
            keep_form_token(request, response)
        if page.flashes:
            response.delete_cookie(_FLASH_COOKIE)
        return response

    async def problem(self, request: Request, problem: Problem) -> HTMLResponse:
        """Return an error as a page. One of our own failures is shown without asking the database for anything."""
        if problem.status >= 500:
            request.state.session = None
        return await self.page(request, "problem.html", status=problem.status, problem=problem)

    async def _frame(self, request: Request, session: SessionView | None, place: str) -> Page:
        signed_in = session is not None
        return Page(
            place=place,
            assets=self._assets,
            request_id=request_id_of(request),
            csrf=session.csrf_token.reveal() if session else form_token(request),
            theme=_chosen(request, "inroad_theme", _THEMES),
            density=_chosen(request, "inroad_density", _DENSITIES),
            rail=_chosen(request, "inroad_rail", _RAILS),
            flashes=_waiting_flashes(request),
            person=session.person.name if session else "",
            workspace=session.workspace.name if session else "",
            workspace_id=session.workspace.id if session else "",
            needs_you=await _count_needing(request) if signed_in else 0,
        )


def templates_of(request: Request) -> Templates:
    """Return the application's templates."""
    templates: Templates = request.app.state.templates
    return templates


def viewer_zone(request: Request) -> str:
    """Return the zone of the browser, as its script told us; UTC until it has."""
    return zone_or(unquote(request.cookies.get("inroad_zone", "")))


def go_to(address: str, *, flash: Flash | None = None) -> Response:
    """Return the answer to a form: look there, where a message waits."""
    response = RedirectResponse(address, status_code=303)
    if flash is not None:
        value = quote(json.dumps([flash.tone, flash.text]))
        response.set_cookie(_FLASH_COOKIE, value, max_age=_FLASH_SECONDS, httponly=True, samesite="lax")
    return response


def own_address(address: str) -> str:
    """Return the address when it leads to a page of ours, else Home: nobody is sent elsewhere after signing in."""
    is_own = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if is_own and address.isprintable() else "/"


async def _count_needing(request: Request) -> int:
    counts = await services_of(request).publishing.count_posts(await who_of(request))
    return sum(counts.get(state, 0) for state in NEEDS_YOU)


def _chosen(request: Request, cookie: str, allowed: frozenset[str]) -> str:
    value = request.cookies.get(cookie, "")
    return value if value in allowed else ""


def _waiting_flashes(request: Request) -> tuple[Flash, ...]:
    try:
        tone, text = json.loads(unquote(request.cookies.get(_FLASH_COOKIE, "null")))
    except (ValueError, TypeError):
        return ()
    return (Flash(str(tone), str(text)),)
