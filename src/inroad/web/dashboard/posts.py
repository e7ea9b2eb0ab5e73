"""Posts: the calendar list, one post with its evidence, moving it, cancelling it, deciding about it, its pictures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form, Query
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from inroad.service.errors import InvalidInput
from inroad.service.publishing.actions import Decision, NotReady, PostView, Publishing, TooLate
from inroad.service.publishing.model import State
from inroad.service.who import Who
from inroad.web.context import services_of
from inroad.web.dashboard.forms import wall_clock
from inroad.web.dashboard.pages import Flash, go_to, templates_of, viewer_zone
from inroad.web.dashboard.post_cards import (
    MOVING,
    NEEDS_YOU,
    WAITING,
    Day,
    days_of,
    in_calendar_order,
    is_moving,
    post_card,
)
from inroad.web.dashboard.words import first_words, say_when, zone_groups
from inroad.web.guard import CurrentSession, CurrentWho
from inroad.web.problems import problem_of

router = APIRouter()

MOST_POSTS: Final = 200
_FILTERS: Final[Mapping[str, tuple[str, frozenset[State]]]] = {
    "": ("All", frozenset()),
    "scheduled": ("Scheduled", WAITING | MOVING),
    "published": ("Live", frozenset({"published"})),
    "needs_you": ("Needs you", NEEDS_YOU),
    "cancelled": ("Cancelled", frozenset({"cancelled"})),
}
_DECISIONS: Final[Mapping[Decision, str]] = {
    "it_is_there": "Noted: the post is there. Nothing was sent again.",
    "send_again": "The post is on its way once more.",
    "drop": "The post is left as it is and will not be sent again.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One way to narrow the list down."""

    word: str
    address: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    """What an empty list says, and the one next step."""

    title: str
    text: str
    address: str
    button: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostList:
    """The calendar list."""

    address: str
    filters: tuple[Filter, ...]
    days: tuple[Day, ...]
    empty: Empty
    is_moving: bool
    left_out: int


@router.get("/posts")
async def show_posts(request: Request, who: CurrentWho, state: Annotated[str, Query()] = "") -> Response:
    """Show the posts by day; only the list when the page refreshes itself."""
    services, zone = services_of(request), viewer_zone(request)
    now = services.clock.now()
    chosen = state if state in _FILTERS else ""
    views = await _nearest(services.publishing, who, _FILTERS[chosen][1], now=now, zone=zone)
    counts = await services.publishing.count_posts(who)
    found = _list(views, counts, chosen=chosen, now=now, zone=zone)
    template = "posts_list.html" if "hx-request" in request.headers else "posts.html"
    return await templates_of(request).page(request, template, place="posts", list=found)


@router.get("/posts/{post_id}")
async def show_post(request: Request, session: CurrentSession, who: CurrentWho, post_id: str) -> Response:
    """Show a post with its evidence; without the frame when the page refreshes itself."""
    return await _post_page(request, session.person.name, who, post_id)


@router.post("/posts/{post_id}/cancel")
async def cancel_post(request: Request, who: CurrentWho, post_id: str) -> Response:
    """Keep a post from going out."""
    publishing = services_of(request).publishing
    address = f"/posts/{post_id}"
    try:
        view = await publishing.cancel_post(who, post_id)
    except TooLate as error:
        return go_to(address, flash=Flash("failed", problem_of(error).detail))
    words = first_words(view.post.text)[:40] or "with only a picture"
    return go_to(address, flash=Flash("live", f"Cancelled. The post “{words}” will not go out."))


@router.post("/posts/{post_id}/reschedule")
async def reschedule_post(
    request: Request,
    *,
    who: CurrentWho,
    post_id: str,
    date: Annotated[str, Form()] = "",
    time: Annotated[str, Form()] = "",
    zone: Annotated[str, Form()] = "UTC",
) -> Response:
    """Give a post another time."""
    services = services_of(request)
    address = f"/posts/{post_id}"
    try:
        local_time = wall_clock(date, time)
        await services.publishing.reschedule_post(who, post_id, local_time=local_time, zone=zone)
    except (InvalidInput, NotReady, TooLate) as error:
        problem = problem_of(error)
        return go_to(address, flash=Flash("failed", f"{problem.detail} {problem.fix}".strip()))
    when = say_when(local_time, zone, now=services.clock.now())
    return go_to(address, flash=Flash("live", f"It now goes out {when}."))


@router.post("/posts/{post_id}/review")
async def resolve_review(
    request: Request,
    who: CurrentWho,
    post_id: str,
    decision: Annotated[Decision, Form()],
    urn: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Settle, by the person's word, whether a post went out."""
    address = f"/posts/{post_id}"
    try:
        await services_of(request).publishing.resolve_review(who, post_id, decision, urn=urn.strip() or None)
    except (InvalidInput, TooLate) as error:
        problem = problem_of(error)
        return go_to(address, flash=Flash("failed", f"{problem.detail} {problem.fix}".strip()))
    return go_to(address, flash=Flash("live", _DECISIONS[decision]))


@router.get("/media/{media_id}")
async def show_picture(request: Request, who: CurrentWho, media_id: str) -> Response:
    """Return a picture of the library."""
    media, path = await services_of(request).publishing.media_file(who, media_id)
    headers = {"Cache-Control": "private, max-age=86400", "Content-Disposition": "inline"}
    return FileResponse(path, media_type=media.content_type, headers=headers)


async def _post_page(request: Request, person: str, who: CurrentWho, post_id: str) -> Response:
    services = services_of(request)
    page = await services.publishing.post(who, post_id)
    paused = await services.publishing.paused_since(who)
    card = post_card(
        page, people={who.person_id: person}, now=services.clock.now(), zone=viewer_zone(request), paused=paused
    )
    template = "post_body.html" if "hx-request" in request.headers else "post.html"
    return await templates_of(request).page(
        request, template, place="posts", post=card, zone_groups=zone_groups() if card.can_move else ()
    )


async def _nearest(
    publishing: Publishing, who: Who, states: frozenset[State], *, now: datetime, zone: str
) -> list[PostView]:
    """Return the posts nearest to today: those from today on first, for they can still be changed."""
    today = now.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    wanted = tuple(states)
    ahead = await publishing.list_posts(who, states=wanted, since=today, limit=MOST_POSTS, soonest_first=True)
    if len(ahead) == MOST_POSTS:
        return ahead
    return [*ahead, *await publishing.list_posts(who, states=wanted, until=today, limit=MOST_POSTS - len(ahead))]


def _list(views: list[PostView], by_state: Mapping[State, int], *, chosen: str, now: datetime, zone: str) -> PostList:
    counts = {name: _count(by_state, states) for name, (_, states) in _FILTERS.items()}
    today = now.astimezone(ZoneInfo(zone)).date()
    return PostList(
        address=_address(chosen),
        filters=tuple(
            Filter(word=word, address=_address(name), count=counts[name], is_chosen=name == chosen)
            for name, (word, _) in _FILTERS.items()
            if counts[name] or name in {"", chosen}
        )
        if by_state
        else (),
        days=days_of(in_calendar_order(views, now=now, zone=zone), today),
        empty=_NOTHING_HERE if by_state else _EMPTY,
        is_moving=any(is_moving(view.post, now) for view in views),
        left_out=counts[chosen] - len(views),
    )


_EMPTY: Final = Empty(
    title="Nothing planned, nothing out",
    text="Every post that you write stands here with its time, its author and what became of it.",
    address="/compose",
    button="Write a post",
)
_NOTHING_HERE: Final = Empty(
    title="None in this state", text="The other posts are one step away.", address="/posts", button="Show all posts"
)


def _count(by_state: Mapping[State, int], states: frozenset[State]) -> int:
    return sum(count for state, count in by_state.items() if not states or state in states)


def _address(state: str) -> str:
    return f"/posts?{urlencode({'state': state})}" if state else "/posts"
