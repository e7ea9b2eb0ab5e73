"""The composer: its page, the check while a person writes, pictures on their way in, and the sending itself."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Final, NamedTuple

from fastapi import APIRouter, Form, Query
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from inroad.contract.media import MULTI_IMAGE_COUNT
from inroad.service.errors import InvalidInput
from inroad.service.publishing.actions import MediaView, PostView
from inroad.service.publishing.model import Finding
from inroad.web.context import services_of, wants_json
from inroad.web.dashboard.forms import wall_clock
from inroad.web.dashboard.pages import Flash, go_to, templates_of, viewer_zone
from inroad.web.dashboard.present import author_card
from inroad.web.dashboard.words import say_size, say_when, zone_groups
from inroad.web.guard import CurrentWho
from inroad.web.problems import finding_json

router = APIRouter()

UPLOAD_PATH: Final = "/compose/media"


class _Choice(NamedTuple):
    value: str
    word: str
    icon: str


_VISIBILITIES: Final = (
    _Choice("PUBLIC", "Anyone", "globe"),
    _Choice("LOGGED_IN", "Members of LinkedIn", "account"),
    _Choice("CONNECTIONS", "Connections only", "people"),
)


class PlanForm(BaseModel):
    """The composer's fields."""

    text: str = ""
    author_id: str = ""
    media_id: list[str] = []
    alt_text: list[str] = []
    when: str = "now"
    date: str = ""
    time: str = ""
    zone: str = "UTC"
    visibility: str = "PUBLIC"

    def local_time(self) -> datetime | None:
        """Return the wall-clock time, or None for at once."""
        return wall_clock(self.date, self.time) if self.when == "later" else None

    def media(self) -> Sequence[tuple[str, str]]:
        """Return the pictures with their alternative texts."""
        texts = [*self.alt_text, *[""] * len(self.media_id)]
        return list(zip(self.media_id, texts, strict=False))


@router.get("/compose")
async def show_composer(request: Request, who: CurrentWho) -> Response:
    """Show the composer; without an author, the way to one."""
    authors = await services_of(request).connections.authors(who)
    usable = [author_card(author) for author in authors if author.problem is None]
    return await templates_of(request).page(
        request,
        "compose.html",
        place="compose",
        authors=usable,
        visibilities=_VISIBILITIES,
        zone_groups=zone_groups(),
        zone_chosen=viewer_zone(request),
        max_pictures=MULTI_IMAGE_COUNT[1],
    )


@router.post("/compose")
async def schedule_post(request: Request, who: CurrentWho, form: Annotated[PlanForm, Form()]) -> Response:
    """Plan the post as it was composed."""
    services = services_of(request)
    view = await services.publishing.schedule_post(
        who,
        author_id=form.author_id,
        text=form.text,
        media=form.media(),
        local_time=form.local_time(),
        zone=form.zone,
        visibility=form.visibility,
    )
    address = f"/posts/{view.post.id}"
    response = go_to(address, flash=_planned(view, services.clock.now()))
    if wants_json(request):
        answer = JSONResponse({"location": address}, status_code=201)
        answer.raw_headers.extend(header for header in response.raw_headers if header[0] == b"set-cookie")
        return answer
    return response


@router.post("/compose/check")
async def check_plan(request: Request, who: CurrentWho, form: Annotated[PlanForm, Form()]) -> JSONResponse:
    """Return what is wrong or doubtful with a post before it is planned."""
    try:
        findings: Sequence[Finding] = await services_of(request).publishing.preflight(
            who,
            author_id=form.author_id,
            text=form.text,
            media=form.media(),
            local_time=form.local_time(),
            zone=form.zone,
            visibility=form.visibility,
        )
    except InvalidInput as error:
        findings = [Finding(severity="error", where=error.field, message=str(error), fix=error.fix)]
    return JSONResponse({"findings": [finding_json(finding) for finding in findings]})


@router.post(UPLOAD_PATH)
async def store_picture(request: Request, who: CurrentWho, name: Annotated[str, Query()] = "picture") -> JSONResponse:
    """Take in a picture as the raw body, streamed to disk."""
    view = await services_of(request).publishing.store_media(who, name, request.stream())
    return JSONResponse(picture_json(view), status_code=201)


def picture_json(view: MediaView) -> dict[str, object]:
    """Return a stored picture for a program."""
    media = view.media
    kind = media.content_type.removeprefix("image/").upper()
    return {
        "id": media.id,
        "name": media.name,
        "content_type": media.content_type,
        "size": media.size,
        "width": media.width,
        "height": media.height,
        "sha256": media.sha256,
        "url": f"/media/{media.id}",
        "facts": f"{media.width} by {media.height} pixels, {kind}, {say_size(media.size)}",
        "findings": [finding_json(finding) for finding in view.findings],
    }


def _planned(view: PostView, now: datetime) -> Flash | None:
    """Return what the post's page says on top; what goes out at once has news of its own by then."""
    if view.post.wall_time is None:
        return None
    return Flash("live", f"Planned. It goes out {say_when(view.post.wall_time, view.post.zone, now=now)}.")
