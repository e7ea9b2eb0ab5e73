"""Puts the web floor together: pages, API, health and static files, inside one envelope."""

from urllib.parse import urlencode

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from inroad.service.errors import ServiceError
from inroad.service.wiring import Services
from inroad.web import health
from inroad.web.api import routes as api
from inroad.web.context import request_id_of, wants_json
from inroad.web.dashboard import account, compose, connections, entry, home, posts
from inroad.web.dashboard.assets import ADDRESS, STATIC, ImmutableFiles, read_assets
from inroad.web.dashboard.pages import Templates, own_address, templates_of
from inroad.web.envelope import BodyTooLarge, Envelope
from inroad.web.guard import check_own_request
from inroad.web.problems import ForeignRequest, Problem, SignInNeeded, problem_of

UPLOAD_PATHS = frozenset({compose.UPLOAD_PATH, api.UPLOAD_PATH})
_HANDLED = (ServiceError, HTTPException, RequestValidationError, SignInNeeded, ForeignRequest, BodyTooLarge)


def create_app(services: Services) -> FastAPI:
    """Return the web application of these services, which stay open as long as it runs.

    Raises:
        ConfigurationError: the dashboard's front end was not built.
    """
    settings = services.settings
    app = FastAPI(
        title="inroad",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        middleware=[
            Middleware(Envelope, https=settings.secure_cookies, upload_paths=UPLOAD_PATHS, failed=_answer_problem)
        ],
    )
    app.state.services = services
    app.state.templates = Templates(read_assets())
    app.include_router(health.router)
    app.include_router(api.router)
    for room in (entry, home, posts, compose, connections, account):
        app.include_router(room.router, dependencies=[Depends(check_own_request)], include_in_schema=False)
    app.mount(ADDRESS, ImmutableFiles(directory=STATIC), name="static")
    for kind in _HANDLED:
        app.add_exception_handler(kind, _answer_problem)
    return app


async def _answer_problem(request: Request, error: Exception) -> Response:
    """Answer with the error's words: as JSON for programs, as a page for people."""
    problem = problem_of(error)
    if isinstance(error, SignInNeeded) and not wants_json(request):
        return _to_sign_in(request)
    if wants_json(request):
        return _problem_json(request, problem)
    return await templates_of(request).problem(request, problem)


def _problem_json(request: Request, problem: Problem) -> JSONResponse:
    response = JSONResponse(
        problem.to_json(request_id_of(request)),
        status_code=problem.status,
        media_type="application/problem+json",
    )
    if problem.status == 401 and request.url.path.startswith("/api/"):
        response.headers["WWW-Authenticate"] = 'Bearer realm="inroad"'
    return response


def _to_sign_in(request: Request) -> Response:
    query = f"?{request.url.query}" if request.url.query else ""
    page = f"{request.url.path}{query}" if request.method == "GET" else "/"
    target = f"/sign-in?{urlencode({'next': own_address(page)})}"
    if "hx-request" in request.headers:  # a part of a page refreshes itself: the whole page has to go
        return Response(status_code=204, headers={"HX-Redirect": target})
    return RedirectResponse(target, status_code=303)
