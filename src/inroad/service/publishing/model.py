"""Posts as values: their states as a table, their media, and the findings of a check before they go out."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from inroad.contract.limits import MAX_COMMENTARY
from inroad.contract.media import (
    ALT_TEXT_ADVISED,
    IMAGE_BYTES_ADVISED,
    MAX_ALT_TEXT,
    MAX_GIF_FRAMES,
    MAX_IMAGE_PIXELS,
    MULTI_IMAGE_COUNT,
)
from inroad.contract.roles import POSTING_ROLES
from inroad.contract.scopes import READ_SCOPE, WRITE_SCOPE
from inroad.sdk.text import utf16_length
from inroad.service.publishing.ports import Author

State: TypeAlias = Literal[
    "draft",
    "scheduled",
    "preparing",
    "prepared",
    "sending",
    "verifying",
    "published",
    "failed",
    "cancelled",
    "needs_review",
]
Visibility: TypeAlias = Literal["PUBLIC", "CONNECTIONS", "LOGGED_IN"]
VISIBILITIES: tuple[Visibility, ...] = ("PUBLIC", "CONNECTIONS", "LOGGED_IN")
Proof: TypeAlias = Literal["pending", "equal", "differs", "missing", "unreadable"]
"""What reading the post back showed; `unreadable`: the token may not read posts."""

TRANSITIONS: Mapping[State, frozenset[State]] = {
    "draft": frozenset({"scheduled", "cancelled"}),
    "scheduled": frozenset({"scheduled", "preparing", "failed", "cancelled"}),
    "preparing": frozenset({"scheduled", "prepared", "failed", "cancelled"}),
    "prepared": frozenset({"scheduled", "sending", "failed", "cancelled"}),
    # Back to prepared: LinkedIn surely did not take it, or no byte left.
    "sending": frozenset({"prepared", "verifying", "published", "failed", "needs_review"}),
    # The answer was lost: live or not, nobody knows yet. To prepared: proved absent.
    "verifying": frozenset({"prepared", "sending", "published", "failed", "needs_review"}),
    # Read back and not there: LinkedIn's 201 is no proof by itself.
    "published": frozenset({"needs_review"}),
    "failed": frozenset({"scheduled", "cancelled"}),
    "cancelled": frozenset(),
    "needs_review": frozenset({"published", "scheduled", "cancelled"}),
}

CANCELLABLE: frozenset[State] = frozenset({"draft", "scheduled", "preparing", "prepared", "failed"})
MOVABLE: frozenset[State] = frozenset({"draft", "scheduled", "preparing", "prepared", "failed"})

DUPLICATE_WINDOW = timedelta(minutes=10)
"""For how long LinkedIn refuses the same content again. UNCONFIRMED: seen as "some minutes"; a series of repeats
at growing distances would confirm it."""

_SUFFIXES: Mapping[str, tuple[str, ...]] = {
    "image/jpeg": ("jpg", "jpeg", "jpe", "jfif"),
    "image/png": ("png",),
    "image/gif": ("gif",),
}
_KNOWN_SUFFIXES = {suffix: kind for kind, suffixes in _SUFFIXES.items() for suffix in suffixes}
_SHORT = {"image/jpeg": "JPEG", "image/png": "PNG", "image/gif": "GIF"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A stored picture. `content_type` is read from its bytes; `name` is what the person called it."""

    id: str
    sha256: str
    name: str
    content_type: str
    size: int
    width: int
    height: int
    frames: int = 1


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture of a post, with its alternative text."""

    media: Media
    alt_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A planned or published post."""

    id: str
    workspace_id: str
    author_id: str
    text: str
    visibility: Visibility
    wall_time: datetime | None
    zone: str
    fold: int
    due_at: datetime
    state: State
    reason: str | None
    urn: str | None
    proof: Proof | None
    person_id: str
    created_at: datetime
    published_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something to know before a post goes out. Errors keep it from being scheduled."""

    severity: Literal["error", "warning"]
    where: str
    message: str
    fix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a person wants posted, and when; `due_at` None: at once. `twice`: clocks show that time two times."""

    text: str
    visibility: str
    attachments: Sequence[Attachment] = ()
    due_at: datetime | None = None
    twice: bool = False
    fold: int = 0


def preflight(
    plan: Plan, author: Author, *, now: datetime, markup_length: int = 0, same_text_at: datetime | None = None
) -> list[Finding]:
    """Return everything that is wrong or doubtful with a plan, gravest first.

    Args:
        plan: What is to be posted.
        author: Whom it is posted as.
        now: The present instant.
        markup_length: Length of the text as little text, escapes included.
        same_text_at: When the same author has another post with the same text, nearest to this one's time.
    """
    findings = [
        *_text_findings(plan, markup_length),
        *_visibility_findings(plan, author),
        *_media_findings(plan.attachments),
        *_time_findings(plan, now, same_text_at),
        *author_findings(author, at=plan.due_at or now, now=now),
    ]
    return sorted(findings, key=lambda finding: finding.severity != "error")


def _text_findings(plan: Plan, markup_length: int) -> Iterator[Finding]:
    length = utf16_length(plan.text)
    if not plan.text.strip() and not plan.attachments:
        yield _error("text", "the post is empty", "write something or add a picture")
    elif length > MAX_COMMENTARY:
        over = length - MAX_COMMENTARY
        yield _error(
            "text",
            f"the text has {length:,} characters; LinkedIn takes {MAX_COMMENTARY:,}",
            f"shorten it by {over:,} character{'s' if over > 1 else ''}",
        )
    elif markup_length > MAX_COMMENTARY:
        yield _warning(
            "text",
            f"with the escapes that LinkedIn needs the text has {markup_length:,} characters; should LinkedIn count"
            f" them, it is over {MAX_COMMENTARY:,}",
            "shorten it a little to be safe",
        )


def _visibility_findings(plan: Plan, author: Author) -> Iterator[Finding]:
    if plan.visibility not in VISIBILITIES:
        yield _error("visibility", f"there is no visibility {plan.visibility!r}", f"use {', '.join(VISIBILITIES)}")
    elif plan.visibility == "CONNECTIONS" and author.kind == "organization":
        yield _error(
            "visibility",
            "an organization has no connections to show a post to",
            "choose PUBLIC (anyone) or LOGGED_IN (members of LinkedIn)",
        )


def _media_findings(attachments: Sequence[Attachment]) -> Iterator[Finding]:
    most = MULTI_IMAGE_COUNT[1]
    if len(attachments) > most:
        yield _error(
            "media", f"the post has {len(attachments)} pictures; LinkedIn takes {most}", "leave some of them out"
        )
    for position, attachment in enumerate(attachments):
        where = f"media[{position}]"
        yield from picture_findings(attachment.media, where=where)
        yield from _alt_text_findings(attachment, where=f"{where}.alt_text")


def picture_findings(media: Media, *, where: str = "media") -> Iterator[Finding]:
    """Yield what is wrong or doubtful with a picture by itself."""
    pixels = media.width * media.height
    if pixels >= MAX_IMAGE_PIXELS:
        yield _error(
            where,
            f"{media.name} has {media.width} x {media.height} = {pixels / 1e6:.1f} megapixels; LinkedIn takes fewer"
            f" than {MAX_IMAGE_PIXELS / 1e6:.2f}",
            "make it smaller, for example 4000 pixels at the longer side",
        )
    if media.size > IMAGE_BYTES_ADVISED:
        yield _warning(
            where,
            f"{media.name} has {media.size / 2**20:.1f} MB; above {IMAGE_BYTES_ADVISED // 2**20} MB LinkedIn may"
            " refuse it",
            "save it with stronger compression",
        )
    if media.frames > MAX_GIF_FRAMES:
        yield _error(
            where, f"{media.name} has {media.frames} frames; LinkedIn takes {MAX_GIF_FRAMES}", "leave out some frames"
        )
    yield from _name_findings(media, where)


def _name_findings(media: Media, where: str) -> Iterator[Finding]:
    suffix = media.name.rpartition(".")[2].lower() if "." in media.name else ""
    named = _KNOWN_SUFFIXES.get(suffix)
    if named is not None and named != media.content_type:
        real = _SHORT[media.content_type]
        yield _warning(
            where,
            f"{media.name} is named like a {_SHORT[named]}, but its content is a {real}: it goes out as a {real}",
            f"if that is meant, rename it to .{_SUFFIXES[media.content_type][0]}; else choose another file",
        )


def _alt_text_findings(attachment: Attachment, *, where: str) -> Iterator[Finding]:
    length, name = len(attachment.alt_text), attachment.media.name
    if length > MAX_ALT_TEXT:
        yield _error(
            where,
            f"the alternative text of {name} has {length:,} characters; LinkedIn takes {MAX_ALT_TEXT:,}",
            f"shorten it; about {ALT_TEXT_ADVISED} read well",
        )
    elif not attachment.alt_text.strip():
        yield _warning(
            where, f"{name} has no alternative text", "say in a sentence what it shows, for people who cannot see it"
        )


def _time_findings(plan: Plan, now: datetime, same_text_at: datetime | None) -> Iterator[Finding]:
    if plan.due_at is not None and plan.due_at < now:
        yield _error(
            "time", f"that time was {_ago(now - plan.due_at)} ago", "choose a time that is still to come, or post now"
        )
    if plan.twice:
        taken, other = ("second", "first") if plan.fold else ("first", "second")
        yield _warning(
            "time",
            f"clocks go back on that day and show this time twice; the {taken} one counts",
            f"choose a time outside that hour if you mean the {other} one",
        )
    if same_text_at is not None and abs(same_text_at - (plan.due_at or now)) < DUPLICATE_WINDOW:
        yield _warning(
            "text",
            "the same author has another post with the same text within"
            f" {DUPLICATE_WINDOW // timedelta(minutes=1)} minutes; LinkedIn refuses duplicates",
            "change the text, or keep more time between the two",
        )


def author_findings(author: Author, *, at: datetime, now: datetime) -> Iterator[Finding]:
    """Yield why the connection may not post as this author at that time."""
    if author.usable_until is not None and author.usable_until <= now:
        yield _error(
            "author",
            f"the connection for {author.name} ended on {author.usable_until:%Y-%m-%d at %H:%M} UTC",
            "connect LinkedIn again",
        )
    elif author.problem is not None:
        yield _error("author", f"nothing can be posted as {author.name}: {author.problem}", "connect LinkedIn again")
    elif author.usable_until is not None and author.usable_until <= at:
        yield _warning(
            "author",
            f"the connection for {author.name} ends on {author.usable_until:%Y-%m-%d at %H:%M} UTC, before this post"
            " is due",
            "connect LinkedIn again before then, or the post cannot go out",
        )
    scope = WRITE_SCOPE[author.kind]
    if author.problem is None and scope not in author.scopes:
        yield _error(
            "author",
            f"the connection may not post as {author.name}: LinkedIn did not grant {scope}",
            "connect again and allow posting; the app needs the product that grants it",
        )
    if author.kind == "organization" and author.role not in POSTING_ROLES:
        role = f"has the role {author.role}, which may not post" if author.role else "has no role on its page"
        yield _error(
            "author",
            f"the connected member {role} for {author.name}",
            "ask an administrator of the page for the role of content administrator",
        )


def visibility_named(name: str) -> Visibility:
    """Return the visibility with this name, which `preflight` has found to exist.

    Raises:
        ValueError: there is none.
    """
    return VISIBILITIES[VISIBILITIES.index(name)]


def may_read(author: Author) -> bool:
    """Tell whether the connection may read the author's posts, single and listed."""
    return READ_SCOPE[author.kind] in author.scopes


def digest(body: bytes) -> str:
    """Return the SHA-256 of a body, in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def post_link(urn: str, *, base: str = "https://www.linkedin.com") -> str:
    """Return the public address of a post. It works with share and ugcPost URNs."""
    return f"{base}/feed/update/{urn}"


def _ago(span: timedelta) -> str:
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1)):
        count = int(span.total_seconds() // size)
        if count:
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return "a moment"


def _error(where: str, message: str, fix: str) -> Finding:
    return Finding(severity="error", where=where, message=message, fix=fix)


def _warning(where: str, message: str, fix: str) -> Finding:
    return Finding(severity="warning", where=where, message=message, fix=fix)
