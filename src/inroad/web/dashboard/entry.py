"""The ways in and out: the first owner, signing in, one-time links, signing out, and the command line's login."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query
from starlette.requests import Request
from starlette.responses import Response

from inroad.common.secret import Secret
from inroad.service.accounts.model import MIN_PASSWORD, check_challenge, check_port
from inroad.service.errors import InvalidInput, SignInRefused, TooManyAttempts
from inroad.web.context import address_of, request_id_of, services_of
from inroad.web.dashboard.pages import Flash, go_to, own_address, templates_of
from inroad.web.envelope import content_security_policy
from inroad.web.guard import (
    CurrentSession,
    CurrentWho,
    drop_session_cookie,
    session_cookie_of,
    session_or_none,
    set_session_cookie,
)
from inroad.web.problems import Problem, problem_of

router = APIRouter()


@router.get("/first-run/{token}")
async def show_first_run(request: Request, token: str) -> Response:
    """Show the form of the first owner, when the link still works."""
    await services_of(request).accounts.check_link(token, kind="first_run")
    return await _first_run_form(request, token)


@router.post("/first-run/{token}")
async def create_owner(
    request: Request,
    token: str,
    name: Annotated[str, Form()] = "",
    email: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
) -> Response:
    """Make the first owner and sign them in."""
    services = services_of(request)
    try:
        signed_in = await services.accounts.redeem_link(
            token,
            email=email,
            name=name,
            password=Secret(password),
            request_id=request_id_of(request),
            address=address_of(request),
        )
    except InvalidInput as error:
        return await _first_run_form(request, token, name=name, email=email, error=error)
    response = go_to("/", flash=Flash("live", f"Welcome, {name.strip()}. You are the owner of this inroad."))
    set_session_cookie(response, signed_in.cookie, services.settings)
    return response


@router.get("/sign-in")
async def show_sign_in(request: Request, page: Annotated[str, Query(alias="next")] = "/") -> Response:
    """Show the sign-in form; whoever is signed in already goes on."""
    if await session_or_none(request) is not None:
        return go_to(own_address(page))
    return await _sign_in_form(request, page=page)


@router.post("/sign-in")
async def sign_in(
    request: Request,
    email: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    page: Annotated[str, Form(alias="next")] = "/",
) -> Response:
    """Begin a session for whoever knows the password."""
    services = services_of(request)
    try:
        signed_in = await services.accounts.sign_in(
            email,
            Secret(password),
            request_id=request_id_of(request),
            address=address_of(request),
            previous_cookie=session_cookie_of(request),
        )
    except (SignInRefused, TooManyAttempts) as error:
        return await _sign_in_form(request, page=page, email=email, problem=problem_of(error))
    response = go_to(own_address(page))
    set_session_cookie(response, signed_in.cookie, services.settings)
    return response


@router.get("/sign-in/{token}")
async def show_sign_in_link(request: Request, token: str) -> Response:
    """Ask before a one-time link is used up: programs that look at links must not spend them."""
    await services_of(request).accounts.check_link(token, kind="sign_in")
    return await templates_of(request).page(request, "sign_in_link.html", token=token)


@router.post("/sign-in/{token}")
async def redeem_sign_in_link(request: Request, token: str) -> Response:
    """Sign in the person whom the link was made for."""
    services = services_of(request)
    signed_in = await services.accounts.redeem_sign_in_link(
        token, request_id=request_id_of(request), address=address_of(request)
    )
    response = go_to("/")
    set_session_cookie(response, signed_in.cookie, services.settings)
    return response


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """End this browser's session."""
    services = services_of(request)
    cookie = session_cookie_of(request)
    if cookie is not None:
        await services.accounts.sign_out(cookie, request_id=request_id_of(request))
    response = go_to("/sign-in")
    drop_session_cookie(response, services.settings)
    return response


@router.get("/cli/authorize")
async def show_cli_login(
    request: Request,
    session: CurrentSession,
    port: Annotated[int, Query()],
    code_challenge: Annotated[str, Query()],
    state: Annotated[str, Query(max_length=200)],
) -> Response:
    """Ask the person whether the program on their computer may act for them."""
    check_port(port)
    check_challenge(code_challenge)
    return await templates_of(request).page(
        request,
        "cli_authorize.html",
        headers={"Content-Security-Policy": content_security_policy(f"http://127.0.0.1:{port}")},
        name=session.person.name,
        workspace=session.workspace.name,
        port=port,
        code_challenge=code_challenge,
        state=state,
    )


@router.post("/cli/authorize")
async def answer_cli_login(
    request: Request,
    *,
    who: CurrentWho,
    port: Annotated[int, Form()],
    code_challenge: Annotated[str, Form()],
    state: Annotated[str, Form(max_length=200)],
    answer: Annotated[str, Form()] = "no",
) -> Response:
    """Send the browser back to the command line's loopback address, with a code or a refusal."""
    port = check_port(port)
    if answer != "yes":
        return go_to(_loopback(port, error="access_denied", state=state))
    code = await services_of(request).accounts.create_cli_code(who, challenge=code_challenge, port=port)
    return go_to(_loopback(port, code=code.reveal(), state=state))


async def _first_run_form(
    request: Request, token: str, *, name: str = "", email: str = "", error: InvalidInput | None = None
) -> Response:
    problem = None if error is None else problem_of(error)
    wrong = {field: problem.detail if problem and problem.field == field else "" for field in _OWNER_FIELDS}
    return await templates_of(request).page(
        request,
        "first_run.html",
        status=200 if problem is None else problem.status,
        token=token,
        name=name,
        email=email,
        min_password=MIN_PASSWORD,
        wrong=wrong,
        problem=problem if problem and not any(wrong.values()) else None,
    )


_OWNER_FIELDS = ("name", "email", "password")


async def _sign_in_form(request: Request, *, page: str, email: str = "", problem: Problem | None = None) -> Response:
    return await templates_of(request).page(
        request,
        "sign_in.html",
        status=200 if problem is None else problem.status,
        next=own_address(page),
        email=email,
        problem=problem,
        has_owner=await services_of(request).accounts.has_owner(),
    )


def _loopback(port: int, **answer: str) -> str:
    return f"http://127.0.0.1:{port}/?{urlencode(answer)}"
