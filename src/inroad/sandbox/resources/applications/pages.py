"""`/ambry/`: where resumes are downloaded, with the child application's token, for 30 days.

Source: "Receive Applications", learn.microsoft.com /linkedin/talent/apply-connect/receive-applications
"""

import io
from datetime import timedelta
from typing import Final

from PIL import Image, ImageDraw, ImageFont
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from inroad.sandbox.access import authenticate, bearer_text
from inroad.sandbox.answers import not_permitted, sentence
from inroad.sandbox.call import Refusal
from inroad.sandbox.resources.applications.state import Application, Applications
from inroad.sandbox.world import World

KEPT: Final = timedelta(days=30)


def routes() -> list[BaseRoute]:
    """Return the download's route."""
    return [Route("/ambry/", _download), Route("/ambry", _download)]


async def _download(request: Request) -> Response:
    try:
        return Response(_resume(request.app.state.world, request), media_type="application/pdf")
    except Refusal as refusal:
        return JSONResponse(refusal.body, refusal.status, refusal.headers)


def _resume(world: World, request: Request) -> bytes:
    grant = authenticate(world, bearer_text(request.headers, None))
    kept = world.state(Applications)
    found = kept.by_urn.get(kept.by_media.get(request.query_params.get("x-li-ambry-ep", ""), ""))
    if found is None:
        raise sentence(404, "Not Found")
    if grant.member is not None or grant.app.client_id != found.client_id:
        raise not_permitted("ambry.GET.NO_VERSION")
    if world.clock.now() - found.applied_at >= KEPT:
        raise sentence(410, "Gone")  # UNCONFIRMED: the status of an address that is over
    return _drawn(found)


def _drawn(application: Application) -> bytes:
    """Return a resume of one page."""
    sheet = Image.new("RGB", (595, 842), "white")
    draw = ImageDraw.Draw(sheet)
    draw.text((60, 70), f"{application.first_name} {application.last_name}", "black", ImageFont.load_default(size=28))
    draw.text((60, 120), application.email, "black", ImageFont.load_default(size=14))
    out = io.BytesIO()
    sheet.save(out, "PDF")
    return out.getvalue()
