"""Turns templates into answers that no script, frame or foreign address can use."""

import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

HERE = Path(__file__).parent

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; font-src 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)

HEADERS = {
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


def page(template: str, *, status: int = 200, may_leave: bool = False, **values: Any) -> HTMLResponse:
    """Return a page.

    Args:
        template: Its file name in the templates of the console or of OAuth.
        status: The answer's status.
        may_leave: Whether a form of the page may end at another origin. Browsers hold `form-action` against
            every redirect that follows a form, so the consent page cannot do with 'self'.
        values: What the template shows; all of it is escaped.
    """
    policy = _POLICY if may_leave else f"{_POLICY}; form-action 'self'"
    html = _TEMPLATES.get_template(template).render(values)
    return HTMLResponse(html, status_code=status, headers={**HEADERS, "content-security-policy": policy})


def moment(instant: datetime) -> str:
    """Return an instant in full, for tables and tooltips."""
    return f"{instant:%a} {instant.day} {instant:%b %Y, %H:%M:%S} UTC"


def ago(instant: datetime, now: datetime) -> str:
    """Return how long ago an instant was, in the largest unit that fits."""
    seconds = (now - instant).total_seconds()
    if seconds < 0:
        return "in the future"
    for unit, size in (("day", 86_400), ("h", 3_600), ("min", 60)):
        count = int(seconds // size)
        if unit == "day" and count >= 7:
            return f"{instant.day} {instant:%b %Y}"
        if count:
            return f"{count} {unit}{'s' if unit == 'day' and count > 1 else ''} ago"
    return "just now"


def grouped(number: int) -> str:
    """Return a count with its thousands apart."""
    return f"{number:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def counted(number: int, noun: str) -> str:
    """Return "1 comment", "2 comments"."""
    return f"{grouped(number)} {noun}{'' if number == 1 else 's'}"


def initials(name: str) -> str:
    """Return the one or two letters that stand for a name."""
    words = re.findall(r"\w+", name)
    letters: Iterable[str] = (word[0] for word in ([*words[:1], *words[-1:]] if len(words) > 1 else words))
    return "".join(letters).upper() or "?"


def _templates() -> Environment:
    folders = [HERE / "templates", HERE.parent / "oauth" / "templates"]
    made = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Any] = made.filters
    filters.update(moment=moment, grouped=grouped, counted=counted)
    return made


_TEMPLATES = _templates()
