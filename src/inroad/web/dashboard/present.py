"""Service values with their words and looks, for the templates. No rules: those live in the service."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from inroad.service.connections.model import Author, ConnectionView
from inroad.service.publishing.model import State
from inroad.web.dashboard.words import initials_of, say_date, say_length


@dataclass(frozen=True, slots=True)
class StateWords:
    """A state as people see it: never by its colour alone."""

    name: str
    word: str
    icon: str
    tone: str
    sentence: str


STATES: Final[Mapping[State, StateWords]] = {
    state.name: state  # type: ignore[misc]  # the names below are the states; a test compares
    for state in (
        StateWords("draft", "Draft", "draft", "draft", "Not planned yet."),
        StateWords("scheduled", "Scheduled", "clock", "scheduled", "It goes out by itself"),
        StateWords("preparing", "Preparing", "moving", "scheduled", "Its pictures go to LinkedIn ahead of its time."),
        StateWords("prepared", "Ready", "clock", "scheduled", "Everything is prepared; it goes out at its time."),
        StateWords("sending", "Sending", "moving", "scheduled", "It is on its way to LinkedIn."),
        StateWords(
            "verifying",
            "Checking",
            "moving",
            "attention",
            "LinkedIn's answer was lost. inroad looks whether the post is there before anything is sent again.",
        ),
        StateWords("published", "Live", "check", "live", "LinkedIn confirmed it."),
        StateWords("failed", "Failed", "cross", "failed", "It did not go out."),
        StateWords("cancelled", "Cancelled", "stopped", "draft", "It was cancelled and will not go out."),
        StateWords(
            "needs_review", "Needs you", "attention", "attention", "Nobody can tell by machine whether it went out."
        ),
    )
}

LATE: Final = StateWords("late", "Late", "clock", "attention", "")
"""What a list says of a post that waits past its time; its own page says why."""

_CONNECTION_STATES: Final[Mapping[str, StateWords]] = {
    "live": StateWords("live", "Connected", "check", "live", ""),
    "expiring": StateWords("expiring", "Ends soon", "attention", "attention", ""),
    "expired": StateWords("expired", "Ended", "cross", "failed", ""),
    "refused": StateWords("refused", "Not renewed", "attention", "attention", ""),
}
_ROLES: Final[Mapping[str, str]] = {
    "ADMINISTRATOR": "administrator",
    "CONTENT_ADMINISTRATOR": "content administrator",
    "CONTENT_ADMIN": "content administrator",
    "DIRECT_SPONSORED_CONTENT_POSTER": "sponsored content poster",
    "CURATOR": "curator",
    "ANALYST": "analyst",
    "RECRUITING_POSTER": "recruiting poster",
    "LEAD_CAPTURE_ADMINISTRATOR": "lead capture administrator",
    "LEAD_GEN_FORMS_MANAGER": "lead forms manager",
}
_SCOPE_WORDS: Final[Mapping[str, str]] = {
    "openid": "Tell who the member is",
    "profile": "Read the member's name and picture",
    "email": "Read the member's e-mail address",
    "r_liteprofile": "Tell who the member is",
    "r_basicprofile": "Tell who the member is, with headline",
    "r_emailaddress": "Read the member's e-mail address",
    "w_member_social": "Post as the member",
    "r_member_social": "Read the member's posts back",
    "w_organization_social": "Post as pages",
    "r_organization_social": "Read pages' posts back",
    "rw_organization_admin": "See which pages the member administers",
    "r_organization_admin": "See which pages the member administers",
}
_LADDER: Final = (30, 14, 7, 1)
_WIDTH: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorCard:
    """Who speaks, with the letters of their mark."""

    id: str
    name: str
    initials: str
    is_organization: bool
    role: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ability:
    """One thing that a connection can do, or what it misses for it."""

    icon: str
    tone: str
    text: str
    missing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expiry:
    """A connection's life as a line from its consent to its end, in thousandths."""

    today: int
    rungs: tuple[int, ...]
    tone: str
    from_words: str
    until_words: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionCard:
    """A connection as its card shows it."""

    id: str
    app_id: str
    app_name: str
    name: str
    initials: str
    is_organization: bool
    state: StateWords
    expiry: Expiry
    authors: tuple[AuthorCard, ...]
    abilities: tuple[Ability, ...]
    since: str
    refusal: str


def author_card(author: Author) -> AuthorCard:
    """Return the author with its mark."""
    is_organization = author.kind == "organization"
    role = _ROLES.get(author.role, author.role.replace("_", " ").lower()) if is_organization else "member"
    return AuthorCard(
        id=author.id,
        name=author.name,
        initials=initials_of(author.name),
        is_organization=is_organization,
        role=role,
        problem=author.problem or "",
    )


def connection_card(view: ConnectionView, *, now: datetime, zone: str) -> ConnectionCard:
    """Return the connection with its expiry as a line and its scopes as abilities."""
    connection = view.connection
    today = now.astimezone(ZoneInfo(zone)).date()
    return ConnectionCard(
        id=connection.id,
        app_id=view.app.id,
        app_name=view.app.name,
        name=connection.member_name,
        initials=initials_of(connection.member_name),
        is_organization=False,
        state=_CONNECTION_STATES[view.state],
        expiry=_expiry(view, now=now, zone=zone),
        authors=tuple(author_card(author) for author in view.authors),
        abilities=_abilities(view),
        since=say_date(connection.connected_at.astimezone(ZoneInfo(zone)).date(), today),
        refusal=view.refusal or "",
    )


def _expiry(view: ConnectionView, *, now: datetime, zone: str) -> Expiry:
    begin, end = view.issued_at, view.usable_until
    info = ZoneInfo(zone)
    today = now.astimezone(info).date()
    whole = max(end - begin, timedelta(seconds=1))

    def place(instant: datetime) -> int:
        return round(min(max((instant - begin) / whole, 0), 1) * _WIDTH)

    left = end - now
    rungs = tuple(place(end - timedelta(days=days)) for days in _LADDER if end - timedelta(days=days) > begin)
    until = f"{say_date(end.astimezone(info).date(), today)}"
    if left <= timedelta(0):
        words = "It has ended. Connect again to post for these authors."
    elif view.renews_itself:
        words = f"It renews itself; somebody has to agree again in {say_length(left) or 'less than a minute'}."
    else:
        words = f"LinkedIn gives this app no way to renew it: connect again within {say_length(left) or 'a minute'}."
    return Expiry(
        today=place(now),
        rungs=rungs,
        tone={"live": "live", "expired": "failed"}.get(view.state, "attention"),
        from_words=f"Agreed {say_date(begin.astimezone(info).date(), today)}",
        until_words=f"{'Ended' if left <= timedelta(0) else 'Ends'} {until}",
        words=words,
    )


def _abilities(view: ConnectionView) -> tuple[Ability, ...]:
    able: dict[str, Ability] = {}
    for scope in sorted(view.connection.scopes_granted, key=_rank):
        text = _SCOPE_WORDS.get(scope, scope)
        able.setdefault(text, Ability(icon="check", tone="live", text=text))
    for missing in view.missing:
        text = _SCOPE_WORDS.get(missing.scope, missing.scope)
        product = f"; it comes with {' or '.join(missing.products)}" if missing.products else ""
        able.setdefault(
            text,
            Ability(icon="cross", tone="attention", text=text, missing=f"{missing.scope} was not granted{product}."),
        )
    return tuple(able.values())


def _rank(scope: str) -> int:
    order = list(_SCOPE_WORDS)
    return order.index(scope) if scope in order else len(order)
