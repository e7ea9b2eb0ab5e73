"""How the journal's entries are shown."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any, Literal

from inroad.sandbox.console.people import member_card
from inroad.sandbox.journal import Entry
from inroad.sandbox.world import World

MAX_BODY_SHOWN = 8_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """A request or an answer: its headers and its body, cut when long."""

    headers: tuple[tuple[str, str], ...]
    body: str
    is_cut: bool
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CallShown:
    """One call as the journal's page shows it, its secrets hidden."""

    number: int
    at: datetime
    method: str
    path: str
    query: str
    status: str
    tone: Literal["live", "attention", "failed", ""]
    target: str  # resource and Rest.li method
    member: str
    app: str
    milliseconds: float
    facts: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]
    request: Half
    answer: Half


def is_trouble(entry: Entry) -> bool:
    """Tell whether somebody looking for what went wrong wants to see the entry."""
    return entry.status >= 400 or entry.status == 0 or bool(entry.remarks) or bool(entry.faults)


def is_of_linkedin(entry: Entry) -> bool:
    """Tell whether the call was one that LinkedIn would see, not one of the sandbox's own pages and levers."""
    return not entry.path.startswith("/sandbox/")


def call_shown(world: World, entry: Entry) -> CallShown:
    """Return an entry as its page shows it."""
    shown = entry.shown()
    path, _, query = shown["url"].partition("?")
    return CallShown(
        number=entry.number,
        at=entry.at,
        method=entry.method,
        path=path,
        query=query,
        status=_status(entry.status),
        tone=_tone(entry),
        target=" ".join(part for part in (entry.resource, entry.rest_method) if part),
        member=_member_name(world, entry.member),
        app=_app_name(world, entry.app),
        milliseconds=entry.milliseconds,
        facts=_facts(entry),
        remarks=(*entry.remarks, *(f"planned fault: {name}" for name in entry.faults)),
        request=_half(shown["request"]),
        answer=_half(shown["response"]),
    )


def _member_name(world: World, member_id: str | None) -> str:
    member = world.members.get(member_id or "")
    return member_id or "" if member is None else member_card(world, member).name


def _app_name(world: World, client_id: str | None) -> str:
    app = world.apps.get(client_id or "")
    return client_id or "" if app is None else app.name


def _status(status: int) -> str:
    if status == 0:
        return "no answer"
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _tone(entry: Entry) -> Literal["live", "attention", "failed", ""]:
    if entry.status >= 400 or entry.status == 0:
        return "failed"
    if entry.remarks or entry.faults:
        return "attention"
    return "live" if entry.status < 300 else ""


def _facts(entry: Entry) -> tuple[tuple[str, str], ...]:
    known: Iterable[tuple[str, str | None]] = (
        ("Version", entry.version),
        ("Protocol", entry.protocol),
        ("Scopes used", ", ".join(entry.used_scopes)),
    )
    return tuple((word, value) for word, value in known if value)


def _half(half: Mapping[str, Any]) -> Half:
    body = _readable(half["body"])
    return Half(
        headers=tuple(half["headers"].items()),
        body=body[:MAX_BODY_SHOWN],
        is_cut=len(body) > MAX_BODY_SHOWN,
        size=half["bytes"],
    )


def _readable(body: str) -> str:
    if not body.startswith(("{", "[")):
        return body
    try:
        return json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    except ValueError:
        return body
