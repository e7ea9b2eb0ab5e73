"""The addresses of the console."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from inroad.contract.media import IMAGE_TYPES
from inroad.sandbox.console.render import HEADERS, HERE
from inroad.sandbox.world import World


def routes() -> list[BaseRoute]:
    """Return the routes of the console; the world is at `request.app.state.world`."""
    return [
        Route("/sandbox/console/picture/{key}", _picture),
        Mount("/sandbox/console/assets", StaticFiles(directory=HERE / "assets")),
    ]


async def _picture(request: Request) -> Response:
    """Answer a picture of the world; other bytes that somebody uploaded are never shown."""
    world: World = request.app.state.world
    blob = world.blobs.get(request.path_params["key"])
    if blob is None or blob.content_type not in IMAGE_TYPES:
        return Response("no such picture\n", status_code=404, media_type="text/plain", headers=HEADERS)
    headers = {**HEADERS, "cache-control": "private, max-age=60", "content-security-policy": "default-src 'none'"}
    return Response(blob.data, media_type=blob.content_type, headers=headers)
