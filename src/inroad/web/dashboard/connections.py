"""Connections: who agreed at LinkedIn, until when, and what is missing; connect, come back, disconnect."""

from typing import Annotated, Final
from urllib.parse import urlsplit

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import Response

from inroad.common.secret import Secret
from inroad.contract.scopes import PRODUCTS
from inroad.service.connections.actions import Connected
from inroad.service.connections.model import DEFAULT_PRODUCTS, ConnectionView
from inroad.service.errors import InvalidInput, LinkError, Missing
from inroad.service.settings import Settings
from inroad.service.who import Who
from inroad.web.context import services_of
from inroad.web.dashboard.pages import Flash, Tone, go_to, own_address, templates_of, viewer_zone
from inroad.web.dashboard.present import connection_card
from inroad.web.dashboard.words import say_count, say_list
from inroad.web.envelope import content_security_policy
from inroad.web.guard import CurrentWho
from inroad.web.problems import problem_of, sentence

router = APIRouter()

_LINKEDIN = "https://www.linkedin.com"
_APP_FIELDS = ("name", "client_id", "client_secret", "products")


@router.get("/connections")
async def show_connections(request: Request, who: CurrentWho) -> Response:
    """Show a card per person and app."""
    return await _connections_page(request, who)


@router.post("/connections/connect")
async def connect(request: Request, who: CurrentWho, app_id: Annotated[str, Form()]) -> Response:
    """Send the browser to LinkedIn's consent page."""
    return go_to(await services_of(request).connections.begin_connect(who, app_id=app_id, return_path="/connections"))


@router.get("/connect/callback")
async def finish_connect(request: Request, who: CurrentWho) -> Response:
    """Receive the browser back from LinkedIn, with a code or a refusal, and say in words what came of it."""
    try:
        connected = await services_of(request).connections.finish_connect(who, dict(request.query_params))
    except LinkError as error:
        return await templates_of(request).problem(request, problem_of(error))
    return go_to(own_address(connected.return_path), flash=_welcome(connected))


@router.get("/connections/app")
async def show_app_form(request: Request, who: CurrentWho) -> Response:
    """Show the form for the LinkedIn app."""
    del who  # only for people who are signed in
    return await _app_form(request, {"name": "", "client_id": "", "products": DEFAULT_PRODUCTS})


@router.post("/connections/app")
async def save_app(
    request: Request,
    *,
    who: CurrentWho,
    name: Annotated[str, Form()] = "",
    client_id: Annotated[str, Form()] = "",
    client_secret: Annotated[str, Form()] = "",
    products: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Keep the LinkedIn app, its secret sealed."""
    chosen = frozenset(products or ())
    try:
        await services_of(request).connections.register_app(
            who, name=name, client_id=client_id, client_secret=Secret(client_secret), products=chosen
        )
    except InvalidInput as error:
        return await _app_form(request, {"name": name, "client_id": client_id, "products": chosen}, error)
    return go_to("/connections", flash=Flash("live", f"The app {name.strip()} is saved. Now connect an account."))


@router.get("/connections/{connection_id}/disconnect")
async def ask_to_disconnect(request: Request, who: CurrentWho, connection_id: str) -> Response:
    """Ask, naming what would end."""
    view = await _connection(request, who, connection_id)
    now = services_of(request).clock.now()
    card = connection_card(view, now=now, zone=viewer_zone(request))
    return await templates_of(request).page(request, "disconnect.html", place="connections", connection=card)


@router.post("/connections/{connection_id}/disconnect")
async def disconnect(request: Request, who: CurrentWho, connection_id: str) -> Response:
    """Forget the connection's keys."""
    done = await services_of(request).connections.disconnect(who, connection_id)
    tone: Tone = "live" if done.is_revoked else "attention"
    return go_to(
        "/connections", flash=Flash(tone, f"{done.member_name} is disconnected. {sentence(done.advice)}".strip())
    )


async def _connections_page(request: Request, who: Who) -> Response:
    services, zone = services_of(request), viewer_zone(request)
    views = await services.connections.list_connections(who)
    apps = await services.connections.list_apps(who)
    now = services.clock.now()
    return await templates_of(request).page(
        request,
        "connections.html",
        place="connections",
        headers={"Content-Security-Policy": content_security_policy(_consent_origin(services.settings))},
        connections=[connection_card(view, now=now, zone=zone) for view in views],
        apps=apps,
    )


async def _connection(request: Request, who: Who, connection_id: str) -> ConnectionView:
    views = await services_of(request).connections.list_connections(who)
    view = next((view for view in views if view.connection.id == connection_id), None)
    if view is None:
        raise Missing("there is no such connection, or not any more")
    return view


async def _app_form(request: Request, values: dict[str, object], error: InvalidInput | None = None) -> Response:
    problem = None if error is None else problem_of(error)
    wrong = {field: problem.detail if problem and problem.field == field else "" for field in _APP_FIELDS}
    return await templates_of(request).page(
        request,
        "app_form.html",
        place="connections",
        status=200 if problem is None else problem.status,
        values=values,
        wrong=wrong,
        products=[product for product in PRODUCTS.values() if product.closed_since is None],
        callback_url=services_of(request).settings.callback_url,
    )


def _consent_origin(settings: Settings) -> str:
    parts = urlsplit(settings.linkedin_url or _LINKEDIN)
    return f"{parts.scheme}://{parts.netloc}"


_SOMEBODY_ELSE: Final = (
    "To connect somebody else, sign out at LinkedIn first: it answers for whoever is signed in there."
)


def _welcome(connected: Connected) -> Flash:
    view = connected.connection
    usable = [author.name for author in view.authors if author.problem is None]
    said = f"{view.connection.member_name} is connected{'' if connected.is_new else ' again'}."
    if connected.organizations_problem is not None:
        said = f"{said} {sentence(connected.organizations_problem)}"
    if usable:
        whole = connected.organizations_problem is None
        said = f"{said} You can post as {say_list(usable)}."
        return Flash("live" if whole else "attention", said if connected.is_new else f"{said} {_SOMEBODY_ELSE}")
    missing = say_count(len(view.missing), "permission")
    return Flash("attention", f"{said} Nothing can be posted yet: {missing} missing, as the card says.")
