"""The routes of the REST API."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Final
from urllib.parse import unquote

from fastapi import APIRouter, Depends, Header, Query
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.requests import Request

from inroad.common.secret import Secret
from inroad.service.connections.model import Author
from inroad.service.errors import InvalidInput, SignInError
from inroad.service.publishing.actions import PostView
from inroad.service.publishing.model import State
from inroad.service.who import Who
from inroad.web.api.shapes import (
    ApiKeyOut,
    AuthorOut,
    AuthorsOut,
    CliCodeIn,
    FindingOut,
    MediaOut,
    PostIn,
    PostOut,
    PostPageOut,
    PostsOut,
)
from inroad.web.context import address_of, request_id_of, services_of
from inroad.web.dashboard.words import say_list, say_when

UPLOAD_PATH: Final = "/api/v1/media"
_TIME_FORMS: Final = ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S")

_bearer = HTTPBearer(auto_error=False, description="An API key, from `inroad login` or the dashboard.")


async def who_of_key(
    request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
) -> Who:
    """Return whom the request's API key speaks for. Cookies are not looked at.

    Raises:
        SignInError: there is no key, or it does not count.
    """
    if credentials is None:
        raise SignInError("this address takes an API key", fix="run inroad login, or send Authorization: Bearer KEY")
    who = await services_of(request).accounts.who_of_api_key(
        Secret(credentials.credentials), request_id=request_id_of(request), address=address_of(request)
    )
    if who is None:
        raise SignInError("this API key is unknown, revoked or too old", fix="run inroad login again")
    return who


KeyWho = Annotated[Who, Depends(who_of_key)]

router = APIRouter(prefix="/api/v1", tags=["v1"])


@router.post("/cli/token")
async def redeem_cli_code(request: Request, body: CliCodeIn) -> ApiKeyOut:
    """Exchange a command line's login code for an API key."""
    issued = await services_of(request).accounts.redeem_cli_code(
        Secret(body.code), verifier=body.verifier, request_id=request_id_of(request), address=address_of(request)
    )
    key = issued.key
    return ApiKeyOut(api_key=issued.text.reveal(), name=key.name, scopes=sorted(key.scopes), expires_at=key.expires_at)


@router.get("/authors")
async def list_authors(request: Request, who: KeyWho) -> AuthorsOut:
    """Return whom the workspace can post as."""
    authors = await services_of(request).connections.authors(who)
    return AuthorsOut(authors=[AuthorOut.of(author) for author in authors])


@router.post("/media", status_code=201)
async def store_media(
    request: Request,
    who: KeyWho,
    name: Annotated[str | None, Query(description="The file's name.")] = None,
    x_file_name: Annotated[str | None, Header(description="The file's name, percent-encoded.")] = None,
) -> MediaOut:
    """Take in a picture. The raw body is the file; it is streamed to disk and typed by its content."""
    filename = name or unquote(x_file_name or "") or "picture"
    view = await services_of(request).publishing.store_media(who, filename, request.stream())
    media = view.media
    return MediaOut(
        id=media.id,
        name=media.name,
        content_type=media.content_type,
        size=media.size,
        width=media.width,
        height=media.height,
        sha256=media.sha256,
        findings=[FindingOut.of(finding) for finding in view.findings],
    )


@router.post("/posts", status_code=201)
async def schedule_post(request: Request, who: KeyWho, body: PostIn) -> PostOut:
    """Plan a post, or publish it at once."""
    services = services_of(request)
    author = _chosen_author(await services.connections.authors(who), body.author)
    view = await services.publishing.schedule_post(
        who,
        author_id=author.id,
        text=body.text,
        media=[(each.id, each.alt_text) for each in body.media],
        local_time=_local_time(body),
        zone=body.zone or "UTC",
        visibility=body.visibility,
    )
    return _post_out(request, view)


@router.get("/posts")
async def list_posts(
    request: Request,
    *,
    who: KeyWho,
    state: Annotated[list[State] | None, Query(description="Only these states.")] = None,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> PostsOut:
    """Return the workspace's posts, those with the latest time first."""
    views = await services_of(request).publishing.list_posts(
        who, states=tuple(state or ()), since=_aware("since", since), until=_aware("until", until), limit=limit
    )
    return PostsOut(posts=[_post_out(request, view) for view in views])


@router.get("/posts/{post_id}")
async def get_post(request: Request, who: KeyWho, post_id: str) -> PostPageOut:
    """Return a post with its evidence."""
    page = await services_of(request).publishing.post(who, post_id)
    return PostPageOut.of(page, when=_when(request, page.view))


@router.post("/posts/{post_id}/cancel")
async def cancel_post(request: Request, who: KeyWho, post_id: str) -> PostOut:
    """Keep a post from going out. When this answers, it will not be sent."""
    return _post_out(request, await services_of(request).publishing.cancel_post(who, post_id))


def _post_out(request: Request, view: PostView) -> PostOut:
    return PostOut.of(view, when=_when(request, view))


def _when(request: Request, view: PostView) -> str:
    post = view.post
    wall = post.wall_time or post.due_at.replace(tzinfo=None)
    zone = post.zone if post.wall_time is not None else "UTC"
    return say_when(wall, zone, now=services_of(request).clock.now())


def _chosen_author(authors: Sequence[Author], wanted: str | None) -> Author:
    """Return the author that a name, URN or id means, or the only one there is."""
    if wanted is None:
        usable = [author for author in authors if author.problem is None]
        if len(usable) == 1:
            return usable[0]
        if not usable:
            raise InvalidInput("author", "nobody can be posted as", fix="connect a LinkedIn account in the dashboard")
        names = say_list([author.name for author in usable])
        raise InvalidInput("author", f"there are several authors: {names}", fix="say which one, for example by name")
    matching = [
        author
        for author in authors
        if wanted in {author.id, str(author.urn)} or wanted.casefold() == author.name.casefold()
    ]
    if len(matching) == 1:
        return matching[0]
    if matching:
        urns = say_list([f"{author.name} ({author.urn})" for author in matching])
        raise InvalidInput("author", f"{wanted!r} may be any of {urns}", fix="say it by its URN")
    known = say_list([author.name for author in authors]) if authors else "nobody yet"
    raise InvalidInput("author", f"there is no author {wanted!r}", fix=f"the authors are {known}")


def _local_time(body: PostIn) -> datetime | None:
    if body.at is None:
        return None
    if body.zone is None:
        raise InvalidInput("zone", f"the time {body.at!r} needs its zone", fix="say for example Europe/Berlin")
    for form in _TIME_FORMS:
        try:
            return datetime.strptime(body.at.strip(), form)  # noqa: DTZ007 - a wall clock has no zone
        except ValueError:
            continue
    raise InvalidInput("at", f"{body.at!r} is no time", fix="write it as 2026-12-01 09:00, without an offset")


def _aware(field: str, instant: datetime | None) -> datetime | None:
    if instant is not None and instant.tzinfo is None:
        raise InvalidInput(field, "an instant needs its offset", fix="write it as 2026-12-01T09:00:00Z")
    return instant
