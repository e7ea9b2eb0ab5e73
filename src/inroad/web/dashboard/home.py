"""Home: three lines of prose before any number: what goes out today, what needs you, what changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from inroad.service.connections.model import ConnectionView
from inroad.service.publishing.actions import PostView, Publishing
from inroad.service.publishing.model import State
from inroad.service.who import Who
from inroad.web.context import services_of
from inroad.web.dashboard.pages import Flash, Tone, go_to, templates_of, viewer_zone
from inroad.web.dashboard.post_cards import NEEDS_YOU, WAITING, Day, days_of, is_late, post_row
from inroad.web.dashboard.words import first_words, say_count, say_distance, say_instant, say_length
from inroad.web.guard import CurrentSession, CurrentWho

router = APIRouter()

_SHOWN: Final = 5
_QUOTED: Final = 60
_LOOKED_AT: Final = 200
_LATELY: Final = timedelta(days=1)
_COMING: Final[frozenset[State]] = WAITING | frozenset[State]({"preparing", "sending"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of prose, with a link at its end."""

    icon: str
    tone: Tone
    text: str
    address: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A few posts under a heading."""

    title: str
    address: str
    link: str
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """The one next step of a service that has nothing to show yet."""

    icon: str
    title: str
    text: str
    address: str
    button: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """What Home says."""

    greeting: str
    lines: tuple[Line, ...]
    start: Start | None
    sections: tuple[Section, ...]
    can_compose: bool
    paused: str
    can_pause: bool


@router.get("/")
async def show_home(request: Request, session: CurrentSession, who: CurrentWho) -> Response:
    """Show what goes out today, what needs the person, what changed."""
    services, zone = services_of(request), viewer_zone(request)
    now = services.clock.now()
    views = await _views(services.publishing, who)
    connections = await services.connections.list_connections(who)
    paused = await services.publishing.paused_since(who)
    return await templates_of(request).page(
        request,
        "home.html",
        place="home",
        home=HomePage(
            greeting=f"{_greeting(now.astimezone(ZoneInfo(zone)))}, {session.person.name.split()[0]}",
            lines=(
                _today(views, now, zone),
                *_late(views, now),
                *_needs(views, connections, now),
                _changed(views, now),
            ),
            start=_start(views, connections),
            sections=_sections(views, now, zone),
            can_compose=bool(connections),
            paused="" if paused is None else say_instant(paused, zone, now=now),
            can_pause=paused is None and bool(connections),
        ),
    )


@router.post("/publishing/resume")
async def resume_publishing(request: Request, who: CurrentWho) -> Response:
    """Let the workspace's posts go out again."""
    await services_of(request).publishing.resume_publishing(who)
    return go_to("/", flash=Flash("live", "Posts go out again."))


@router.post("/publishing/pause")
async def pause_publishing(request: Request, who: CurrentWho) -> Response:
    """Hold every post of the workspace back."""
    await services_of(request).publishing.pause_publishing(who)
    return go_to("/")


async def _views(publishing: Publishing, who: Who) -> list[PostView]:
    """Return the posts that Home speaks of: each kind by itself, so that many of one never hide another."""
    coming = await publishing.list_posts(who, states=tuple(_COMING), limit=_LOOKED_AT, soonest_first=True)
    open_ended = await publishing.list_posts(who, states=(*NEEDS_YOU, "verifying"), limit=_LOOKED_AT)
    out = await publishing.list_posts(who, states=("published", "cancelled"), limit=_LOOKED_AT)
    return [*coming, *open_ended, *out]


def _greeting(local: datetime) -> str:
    if local.hour < 5:
        return "Good night"
    return "Good morning" if local.hour < 12 else "Good afternoon" if local.hour < 18 else "Good evening"


def _today(views: Sequence[PostView], now: datetime, zone: str) -> Line:
    midnight = (now.astimezone(ZoneInfo(zone)) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    waiting = _coming(views)
    coming = [view for view in waiting if not is_late(view.post, now)]
    nothing = "Nothing" if len(coming) == len(waiting) else "Nothing else"
    today = [view for view in coming if view.post.due_at < midnight]
    if today:
        count = "One post goes" if len(today) == 1 else f"{say_count(len(today), 'post')} go"
        first = today[0]
        soon = say_distance(first.post.due_at, now) if first.post.due_at > now else "now"
        lead = "" if len(today) == 1 else "the first "
        text = f"{count} out today, {lead}{soon}: {_quote(first)}"
        return Line(icon="clock", tone="scheduled", text=text, address=f"/posts/{first.post.id}", link="See it")
    if coming:
        first = coming[0]
        text = f"{nothing} goes out today. The next post goes out {say_distance(first.post.due_at, now)}."
        return Line(icon="clock", tone="scheduled", text=text, address=f"/posts/{first.post.id}", link="See it")
    return Line(icon="clock", tone="plain", text=f"{nothing} goes out today, and {nothing.lower()} is planned.")


def _late(views: Sequence[PostView], now: datetime) -> tuple[Line, ...]:
    late = [view for view in _coming(views) if is_late(view.post, now)]
    if not late:
        return ()
    count = "One post waits past its time:" if len(late) == 1 else f"{len(late)} posts wait past their time, first"
    address = f"/posts/{late[0].post.id}"
    text = f"{count} {_quote(late[0])}"
    return (Line(icon="clock", tone="attention", text=text, address=address, link="See why"),)


def _coming(views: Sequence[PostView]) -> list[PostView]:
    return sorted((view for view in views if view.post.state in _COMING), key=lambda view: view.post.due_at)


def _needs(views: Sequence[PostView], connections: Sequence[ConnectionView], now: datetime) -> tuple[Line, ...]:
    lines: list[Line] = []
    stuck = [view for view in views if view.post.state in NEEDS_YOU]
    if len(stuck) == 1:
        what = "did not go out" if stuck[0].post.state == "failed" else "waits for your decision"
        text = f"{_quote(stuck[0], ends=False)} {what}."
        address = f"/posts/{stuck[0].post.id}"
        lines.append(Line(icon="attention", tone="attention", text=text, address=address, link="Look at it"))
    elif stuck:
        text = f"{say_count(len(stuck), 'post')} need you: they failed, or nobody knows whether they went out."
        link = {"address": "/posts?state=needs_you", "link": "Look at them"}
        lines.append(Line(icon="attention", tone="attention", text=text, **link))
    lines.extend(
        Line(
            icon="moving",
            tone="attention",
            text=f"LinkedIn's answer was lost: inroad is finding out whether {_quote(view, ends=False)} is there.",
            address=f"/posts/{view.post.id}",
            link="Follow it",
        )
        for view in views
        if view.post.state == "verifying"
    )
    lines.extend(_ending(view, now) for view in connections if view.state != "live")
    return tuple(lines) or (Line(icon="check", tone="live", text="Nothing needs you."),)


def _ending(view: ConnectionView, now: datetime) -> Line:
    name = view.connection.member_name
    if view.state == "expired":
        text = f"The LinkedIn connection of {name} has ended; nothing can be posted through it."
    elif view.state == "refused":
        text = f"LinkedIn refused to renew the connection of {name}."
    else:
        text = f"The LinkedIn connection of {name} ends in {say_length(view.usable_until - now) or 'a minute'}."
    return Line(icon="attention", tone="attention", text=text, address="/connections", link="Connect again")


def _changed(views: Sequence[PostView], now: datetime) -> Line:
    lately = [v for v in views if v.post.published_at is not None and now - v.post.published_at < _LATELY]
    if not lately:
        return Line(icon="spark", tone="plain", text="Nothing was published since yesterday.")
    newest = max(lately, key=lambda view: view.post.published_at or now)
    count = "One post was" if len(lately) == 1 else f"{say_count(len(lately), 'post')} were"
    text = f"{count} published since yesterday, {'' if len(lately) == 1 else 'the latest '}{_quote(newest)}"
    return Line(icon="spark", tone="live", text=text, address=f"/posts/{newest.post.id}", link="See the evidence")


def _start(views: Sequence[PostView], connections: Sequence[ConnectionView]) -> Start | None:
    if not connections:
        return Start(
            icon="connections",
            title="Start by connecting LinkedIn",
            text="LinkedIn asks you whether this inroad may post for you and the pages that you administer.",
            address="/connections",
            button="Go to Connections",
        )
    if not views:
        return Start(
            icon="compose",
            title="Write the first post",
            text="Choose who speaks and when. inroad sends it at that time and keeps the proof.",
            address="/compose",
            button="Write a post",
        )
    return None


def _sections(views: Sequence[PostView], now: datetime, zone: str) -> tuple[Section, ...]:
    coming = _coming(views)
    today = now.astimezone(ZoneInfo(zone)).date()
    out = [view for view in views if view.post.state == "published"]
    sections = (
        ("Next", coming, "/posts?state=scheduled", "All scheduled posts"),
        ("Lately", out, "/posts?state=published", "All live posts"),
    )
    return tuple(
        Section(
            title=title,
            address=address,
            link=link,
            days=days_of((post_row(v, now=now, zone=zone) for v in found[:_SHOWN]), today),
        )
        for title, found, address, link in sections
        if found
    )


def _quote(view: PostView, *, ends: bool = True) -> str:
    """Return the beginning of a post's text in quotation marks; with `ends`, as the end of a sentence."""
    words = first_words(view.post.text) or "a picture without words"
    if len(words) > _QUOTED:
        words = f"{words[:_QUOTED].rpartition(' ')[0] or words[:_QUOTED]}…"
    return f"“{words}”{'.' if ends and words[-1] not in '.!?…' else ''}"
