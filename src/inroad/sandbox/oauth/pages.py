"""The authorization pages: sign in, consent, and the page that goes nowhere."""

from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from inroad.sandbox.console.people import member_card
from inroad.sandbox.console.render import page
from inroad.sandbox.oauth.authorization import Asked, SentBack, Stays, judge
from inroad.sandbox.oauth.codes import grant_code
from inroad.sandbox.oauth.credentials import OAuthRefusal, read_form
from inroad.sandbox.oauth.scopes import in_words
from inroad.sandbox.oauth.sessions import COOKIE, begin_session, end_session, member_with, session_of
from inroad.sandbox.oauth.state import Session
from inroad.sandbox.oauth.tokens import consent_of, is_remembered
from inroad.sandbox.world import Member, World

FILL_IN = "sandbox_member"
"""Query parameter of the sign-in page, no part of OAuth: whose e-mail and password the form starts with."""

MAX_MEMBERS_SHOWN = 24


async def authorize(request: Request) -> Response:
    """Answer an authorization request of a confidential client, and the forms of its pages."""
    return await _authorize(request, native=False)


async def authorize_native(request: Request) -> Response:
    """Answer an authorization request of a native client (PKCE), and the forms of its pages."""
    return await _authorize(request, native=True)


async def _authorize(request: Request, *, native: bool) -> Response:
    world: World = request.app.state.world
    judged = judge(world, request.query_params, native=native)
    if isinstance(judged, Stays):
        return page("refused.html", status=401, reason=judged.reason, advice=judged.advice)
    if isinstance(judged, SentBack):
        return _redirect(judged.url)
    if request.method == "POST":
        return await _step(world, request, judged)
    known = session_of(world, request.cookies.get(COOKIE))
    if known is None:
        return _sign_in_page(world, request, judged)
    session, member = known
    if is_remembered(world, client_id=judged.app.client_id, member_id=member.id, scopes=judged.scopes):
        return _allow(world, judged, member)
    return _consent_page(world, judged, session, member)


async def _step(world: World, request: Request, asked: Asked) -> Response:
    """Answer a form of one of the pages; its buttons are named `step`."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return page(
            "refused.html",
            status=403,
            reason="the form came from another site",
            advice="Open the authorization address in the browser and use the page that it shows.",
        )
    try:
        form = await read_form(request)
    except OAuthRefusal as refusal:
        return page("refused.html", status=refusal.status, reason=refusal.description, advice="")
    step = form.get("step", "sign_in")
    if step == "leave":
        return _redirect(
            asked.answered_with(error="user_cancelled_login", error_description="The user cancelled LinkedIn login")
        )
    if step == "sign_in":
        return _sign_in(world, request, asked, form)
    if step == "switch":
        return _switch_member(world, request)
    return _decide(world, request, asked, form)


def _sign_in(world: World, request: Request, asked: Asked, form: Mapping[str, str]) -> Response:
    email = form.get("email", "")
    member = member_with(world, email=email, password=form.get("password", ""))
    if member is None:
        return _sign_in_page(world, request, asked, email=email, failed=True)
    end_session(world, request.cookies.get(COOKIE))
    answer = _redirect(_own_address(request), status=303)
    answer.set_cookie(
        COOKIE,
        begin_session(world, member),
        path="/oauth",
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return answer


def _switch_member(world: World, request: Request) -> Response:
    end_session(world, request.cookies.get(COOKIE))
    answer = _redirect(_own_address(request), status=303)
    answer.delete_cookie(COOKIE, path="/oauth")
    return answer


def _decide(world: World, request: Request, asked: Asked, form: Mapping[str, str]) -> Response:
    known = session_of(world, request.cookies.get(COOKIE))
    if known is None:
        return _sign_in_page(world, request, asked)
    session, member = known
    if form.get("form_token") != session.form_token:
        return _consent_page(world, asked, session, member, status=403)
    if form.get("step") == "allow":
        return _allow(world, asked, member)
    return _redirect(
        asked.answered_with(error="user_cancelled_authorize", error_description="The user cancelled the authorization")
    )


def _allow(world: World, asked: Asked, member: Member) -> Response:
    code = grant_code(
        world,
        client_id=asked.app.client_id,
        member_id=member.id,
        redirect_uri=asked.redirect_uri,
        scopes=asked.scopes,
        challenge=asked.challenge,
    )
    return _redirect(asked.answered_with(code=code))


def _sign_in_page(world: World, request: Request, asked: Asked, *, email: str = "", failed: bool = False) -> Response:
    chosen = world.members.get(request.query_params.get(FILL_IN, ""))
    members = list(world.members.values())
    return page(
        "sign_in.html",
        status=401 if failed else 200,
        may_leave=True,
        app=asked.app,
        email=chosen.email if chosen and not failed else email,
        password=chosen.password if chosen and not failed else "",
        failed=failed,
        chosen=chosen,
        members=[
            (member_card(world, m), m.email, _own_address(request, **{FILL_IN: m.id}), m is chosen)
            for m in members[:MAX_MEMBERS_SHOWN]
        ],
        members_left=max(0, len(members) - MAX_MEMBERS_SHOWN),
    )


def _consent_page(world: World, asked: Asked, session: Session, member: Member, *, status: int = 200) -> Response:
    before = consent_of(world, asked.app.client_id, member.id)
    lost = [] if before is None else [s for s in before.scopes if s not in asked.scopes]
    return page(
        "consent.html",
        status=status,
        may_leave=True,
        app=asked.app,
        member=member,
        scopes=[(scope, in_words(scope)) for scope in asked.scopes],
        replaces=before is not None and tuple(before.scopes) != asked.scopes,
        lost=lost,
        form_token=session.form_token,
        card=member_card(world, member),
        destination=_host_of(asked.redirect_uri),
    )


def _host_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _own_address(request: Request, **more: str) -> str:
    """Return this page's path and query, without host: the request's parameters as they came, but for ours."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != FILL_IN]
    return f"{request.url.path}?{urlencode([*kept, *more.items()])}"


def _redirect(url: str, *, status: int = 302) -> RedirectResponse:
    return RedirectResponse(url, status_code=status, headers={"cache-control": "no-store"})
