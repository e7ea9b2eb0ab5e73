"""The sandbox as an ASGI application: one LinkedIn per app, its order of judgement in one list."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable, Mapping
from pathlib import Path
from typing import Final

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from inroad.sandbox import answers, control, judgement
from inroad.sandbox.console.routes import routes as console_routes
from inroad.sandbox.front import Front, Receive, Scope, Send
from inroad.sandbox.journal import Journal
from inroad.sandbox.judgement import Decorator, Step
from inroad.sandbox.oauth.routes import routes as oauth_routes
from inroad.sandbox.resource import Resource
from inroad.sandbox.resources import RESOURCES
from inroad.sandbox.resources.ads.pages import routes as ad_routes
from inroad.sandbox.resources.applications.pages import routes as application_routes
from inroad.sandbox.router import Router
from inroad.sandbox.storage import Keeper, files_of
from inroad.sandbox.uploads import routes as upload_routes
from inroad.sandbox.webhooks import levers
from inroad.sandbox.webhooks.engine import run as deliver
from inroad.sandbox.world import World

JUDGEMENT: Final[tuple[Step, ...]] = (
    judgement.check_size,
    judgement.unfold_tunnel,
    judgement.meet_planned_faults,
    judgement.authenticate,
    judgement.check_version,
    judgement.read_query,
    judgement.find_method,
    judgement.check_scopes,
    judgement.count_quota,
    judgement.check_parameters,
    judgement.read_body,
    judgement.check_fields,
    judgement.check_schema,
    judgement.act,
    judgement.cut_down,
)
"""A request that is wrong in two ways gets the error of the step that comes first, as at LinkedIn."""


class Sandbox(Starlette):
    """The application; `state.world` is its LinkedIn, `state.journal` what was asked of it."""

    front: Front

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer through the front layer, which no middleware stands before."""
        scope["app"] = self
        if scope["type"] == "http":
            await self.front(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def create_app(
    world: World,
    *,
    seed: Callable[[], World] | None = None,
    save_to: Path | None = None,
    public_url: str | None = None,
    offered: Iterable[Resource] | None = None,
    routes: Iterable[BaseRoute] | None = None,
    decorators: Mapping[str, Decorator] | None = None,
) -> Sandbox:
    """Return the application for one world.

    Args:
        world: The LinkedIn to emulate; the control routes may put another in its place.
        seed: Makes the world that `DELETE /sandbox/world` goes back to; left out, `world` as it is now.
        save_to: A file that is kept up to date with the world while the application runs.
        public_url: The address that upload and picture addresses begin with; left out, the request's own.
        offered: The Rest.li resources, in place of all that the sandbox has.
        routes: Other addresses, in place of OAuth, uploads and console.
        decorators: Entities for `urn~` in projections, by the URN's type.
    """
    if routes is None:
        routes = [*oauth_routes(), *upload_routes(), *ad_routes(), *application_routes(), *console_routes()]
    direct = list(routes)
    keeper = None if save_to is None else Keeper(save_to)
    if save_to is not None:
        world.files.settle(files_of(save_to))
    app = Sandbox(
        routes=[*control.routes(), *levers.routes(), *direct],
        exception_handlers={404: _no_such_page, 405: _wrong_method},
        lifespan=_lifespan_with(keeper),
    )
    app.state.world = world
    app.state.journal = Journal()
    app.state.seed = seed or _going_back_to(world)
    app.state.public_url = public_url
    app.state.touch = _nothing if keeper is None else keeper.touch
    app.front = Front(
        inner=super(Sandbox, app).__call__,
        state=app.state,
        router=Router(RESOURCES if offered is None else offered),
        steps=JUDGEMENT,
        routed=frozenset(r.path for r in direct if isinstance(r, Route)),
        decorators=decorators or {},
    )
    return app


def _going_back_to(world: World) -> Callable[[], World]:
    document, files = world.to_document(), world.files

    def again() -> World:
        made = World.from_document(document)
        made.files = files
        return made

    return again


def _nothing() -> None:
    """Keep nothing: the world lives in memory only."""


def _lifespan_with(keeper: Keeper | None) -> Callable[[Sandbox], contextlib.AbstractAsyncContextManager[None]]:
    @contextlib.asynccontextmanager
    async def lifespan(app: Sandbox) -> AsyncGenerator[None]:
        async with _running(deliver(lambda: app.state.world, app.state.touch)):
            if keeper is None:
                yield
                app.state.world.files.close()
                return
            async with _running(keeper.run(lambda: app.state.world)):
                yield

    return lifespan


@contextlib.asynccontextmanager
async def _running(work: Coroutine[None, None, None]) -> AsyncGenerator[None]:
    """Run `work` beside the block and end it there; what it could not do is raised."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _no_such_page(_request: Request, _problem: Exception) -> Response:
    body = msgspec.json.encode(answers.no_such_route().body)
    return Response(body, status_code=404, media_type="application/json")


async def _wrong_method(request: Request, _problem: Exception) -> Response:
    if request.url.path.startswith("/sandbox/"):
        body = msgspec.json.encode({"error": f"{request.url.path} does not take {request.method}"})
    else:
        body = msgspec.json.encode(answers.method_not_allowed().body)
    return Response(body, status_code=405, media_type="application/json")
