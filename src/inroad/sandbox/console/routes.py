"""The addresses of the console. Those outside `/sandbox/` are LinkedIn's own, so that links of tests lead somewhere."""

from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from inroad.sandbox.console import acting, views
from inroad.sandbox.console.render import HERE


def routes() -> list[BaseRoute]:
    """Return the routes of the console; world and journal are at `request.app.state.world` and `.journal`."""
    return [
        Route("/", views.show_feed),
        Route("/feed/", views.show_feed),
        Route("/feed/update/{urn:path}", views.show_post),
        Route("/in/{name}", views.show_member),
        Route("/company/{name}", views.show_organization),
        Route("/sandbox/console/act-as", acting.act_as, methods=["POST"]),
        Route("/sandbox/console/react", acting.react_to, methods=["POST"]),
        Route("/sandbox/console/comment", acting.comment, methods=["POST"]),
        Route("/sandbox/console/", views.show_overview),
        Route("/sandbox/console/journal", views.show_journal),
        Mount("/sandbox/console/assets", StaticFiles(directory=HERE / "assets")),
    ]
