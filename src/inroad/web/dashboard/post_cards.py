"""Posts with their words and looks: rows of lists, days of the calendar list, and the whole of one post."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from inroad.sdk.text import Hashtag, Text, split_hashtags
from inroad.service.publishing.actions import PostPage, PostView
from inroad.service.publishing.model import Post, State, Visibility
from inroad.web.dashboard.present import LATE, STATES, AuthorCard, StateWords
from inroad.web.dashboard.timeline import TimelineStep, put_off_until, timeline_of
from inroad.web.dashboard.words import city_of, first_words, initials_of, say_day, say_distance, say_instant, say_when
from inroad.web.problems import sentence

MOVING: Final[frozenset[State]] = frozenset({"preparing", "sending", "verifying"})
"""Under way right now: pages that show such a post refresh themselves."""

WAITING: Final[frozenset[State]] = frozenset({"scheduled", "prepared"})
NEEDS_YOU: Final[frozenset[State]] = frozenset({"failed", "needs_review"})

_VISIBILITY: Final[Mapping[Visibility, str]] = {
    "PUBLIC": "Anyone",
    "LOGGED_IN": "Members of LinkedIn",
    "CONNECTIONS": "Connections only",
}
_PROOFS: Final[Mapping[str, str]] = {
    "pending": "It is being read back.",
    "equal": "Read back, it is what was sent.",
    "differs": "Read back, it differs from what was sent.",
    "missing": "Read back, it is not there.",
    "unreadable": "This connection may not read it back.",
}
_HEADLINES: Final[Mapping[State, str]] = {
    "draft": "Draft",
    "scheduled": "Goes out {when}",
    "preparing": "Goes out {when}",
    "prepared": "Goes out {when}",
    "sending": "Going out now",
    "verifying": "Did it arrive? inroad is looking",
    "published": "Live since {when}",
    "failed": "Failed, was planned for {when}",
    "cancelled": "Cancelled, was planned for {when}",
    "needs_review": "This post needs your decision",
}
_SOON_SECONDS: Final = 90
_LATE_SECONDS: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRow:
    """A post in a list."""

    id: str
    state: StateWords
    author: AuthorCard
    instant: str
    day: date
    time: str
    city: str
    first_words: str
    pictures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The posts of one day."""

    name: str
    note: str
    posts: tuple[PostRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of a post's text; hashtags carry a style."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture of a post, at our own address."""

    address: str
    alt_text: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What a person has to know to decide about a post whose outcome is open."""

    story: str
    looked_at: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostCard:
    """One post, whole."""

    id: str
    state: StateWords
    author: AuthorCard
    headline: str
    explanation: str
    first_words: str
    instant: str
    distance: str
    visibility: str
    pieces: tuple[Piece, ...]
    media: tuple[Picture, ...]
    timeline: tuple[TimelineStep, ...]
    live_address: str
    review: Review | None
    can_cancel: bool
    can_move: bool
    date: str
    time: str
    zone: str
    is_moving: bool
    is_waiting: bool


def post_row(view: PostView, *, now: datetime, zone: str) -> PostRow:
    """Return the post as a row; its time is on the wall clock that it was planned for."""
    post = view.post
    shown_in = post.zone if post.wall_time is not None else zone
    wall = post.wall_time or post.due_at.astimezone(ZoneInfo(zone))
    return PostRow(
        id=post.id,
        state=LATE if is_late(post, now) else STATES[post.state],
        author=_author(view),
        instant=post.due_at.isoformat(),
        day=wall.date(),
        time=f"{wall:%H:%M}",
        city=city_of(shown_in),
        first_words=first_words(post.text) or "Only a picture",
        pictures=len(view.attachments),
    )


def days_of(rows: Iterable[PostRow], today: date) -> tuple[Day, ...]:
    """Return rows that are in order as days."""
    days = [(day, tuple(posts)) for day, posts in groupby(rows, key=lambda row: row.day)]
    return tuple(Day(name=name, note=note, posts=posts) for day, posts in days for name, note in [say_day(day, today)])


def in_calendar_order(views: Sequence[PostView], *, now: datetime, zone: str) -> list[PostRow]:
    """Return rows as a calendar is read: from today on, soonest first; what is behind follows, latest first."""
    today = now.astimezone(ZoneInfo(zone)).date()
    rows = sorted((post_row(view, now=now, zone=zone) for view in views), key=lambda row: (row.day, row.instant))
    ahead = [row for row in rows if row.day >= today]
    behind = [row for row in rows if row.day < today]
    return [*ahead, *(row for _, day in groupby(reversed(behind), key=lambda row: row.day) for row in reversed([*day]))]


def is_late(post: Post, now: datetime) -> bool:
    """Tell whether a post was put off or is held back: it would be out by now."""
    return post.state in WAITING and (now - post.due_at).total_seconds() > _LATE_SECONDS


def is_moving(post: Post, now: datetime) -> bool:
    """Tell whether a page that shows this post should look again soon."""
    is_due = post.state in WAITING and -_LATE_SECONDS <= (post.due_at - now).total_seconds() < _SOON_SECONDS
    is_unproved = post.state == "published" and post.proof == "pending"
    return post.state in MOVING or is_due or is_unproved


def post_card(
    page: PostPage, *, people: Mapping[str, str], now: datetime, zone: str, paused: datetime | None = None
) -> PostCard:
    """Return the post with its timeline; `people` are names by id, for who did what.

    `paused`: since when nothing of the workspace goes out.
    """
    view, post = page.view, page.view.post
    state = STATES[post.state]
    shown_in = post.zone if post.wall_time is not None else zone
    wall = post.wall_time or post.due_at.astimezone(ZoneInfo(zone))
    timeline = timeline_of(post, page.timeline, people=people, now=now, zone=shown_in)
    headline, explanation = _outlook(page, timeline, now=now, zone=shown_in, paused=paused) or (
        _headline(post, now=now, zone=zone),
        _explanation(post, state),
    )
    again = put_off_until(page.timeline)
    rests = again is not None and (again - now).total_seconds() > _SOON_SECONDS
    return PostCard(
        id=post.id,
        state=state,
        author=_author(view),
        headline=headline,
        explanation=explanation,
        first_words=first_words(post.text) or "Only a picture",
        instant=post.due_at.isoformat(),
        distance=say_distance(post.due_at, now) if explanation == STATES["scheduled"].sentence else "",
        visibility=_VISIBILITY[post.visibility],
        pieces=tuple(_pieces(post.text)),
        media=tuple(
            Picture(
                address=f"/media/{attachment.media.id}",
                alt_text=attachment.alt_text,
                width=attachment.media.width,
                height=attachment.media.height,
            )
            for attachment in view.attachments
        ),
        timeline=timeline,
        live_address=view.link or "",
        review=_review(post, timeline) if page.needs_decision else None,
        can_cancel=page.may_cancel and post.state != "failed",
        can_move=page.may_move,
        date=f"{wall:%Y-%m-%d}",
        time=f"{wall:%H:%M}",
        zone=shown_in,
        is_moving=is_moving(post, now) and not rests,
        is_waiting=post.state in WAITING,
    )


def _author(view: PostView) -> AuthorCard:
    author = view.author
    name = "An author that is gone" if author is None else author.name
    return AuthorCard(
        id=view.post.author_id,
        name=name,
        initials="?" if author is None else initials_of(name),
        is_organization=author is not None and author.kind == "organization",
    )


def _pieces(text: str) -> Iterator[Piece]:
    for part in split_hashtags(text):
        if isinstance(part, Hashtag):
            yield Piece(text=f"{part.sign}{part.word}", style="tag")
        elif isinstance(part, Text):
            yield Piece(text=part.text)


def _outlook(
    page: PostPage, timeline: Sequence[TimelineStep], *, now: datetime, zone: str, paused: datetime | None
) -> tuple[str, str] | None:
    """Return headline and explanation of a waiting post that does not simply wait for its time."""
    post, again = page.view.post, put_off_until(page.timeline)
    if post.state not in WAITING:
        return None
    if again is not None:
        why = next((step.text for step in reversed(timeline) if step.name == "put_off"), "")
        return f"Put off until {say_instant(again, zone, now=now)}", why
    is_due = post.due_at <= now
    if paused is not None:
        rest = "as soon as posts may go out again" if is_due else "at its time, if posts may go out again by then"
        explanation = f"Publishing is paused since {say_instant(paused, zone, now=now)}. It goes out {rest}."
        return "Held back" if is_due else _headline(post, now=now, zone=zone), explanation
    return ("Going out now", "It goes to LinkedIn in a moment.") if is_due else None


def _headline(post: Post, *, now: datetime, zone: str) -> str:
    wall = post.wall_time or post.due_at.astimezone(ZoneInfo(zone))
    when = say_when(wall, post.zone if post.wall_time is not None else zone, now=now)
    return _HEADLINES[post.state].format(when=when)


def _explanation(post: Post, state: StateWords) -> str:
    if post.state == "published" and post.proof is not None:
        return f"{state.sentence} {_PROOFS[post.proof]}"
    if post.reason and post.state in {"failed", "cancelled"}:
        return sentence(post.reason)
    return state.sentence


def _review(post: Post, timeline: Sequence[TimelineStep]) -> Review:
    looks = (step for step in timeline if step.name in {"looked", "not_listed", "read_back"})
    return Review(
        story=sentence(post.reason or "LinkedIn's answer was lost"),
        looked_at=tuple(f"{step.title}. {step.text}".strip() for step in looks),
    )
