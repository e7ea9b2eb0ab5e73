"""The evidence of a post as a timeline in words: what happened, what is still ahead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from inroad.service.publishing.model import Post
from inroad.service.publishing.store import Evidence
from inroad.web.dashboard.words import say_count, say_instant, say_size, say_when
from inroad.web.problems import sentence


class _Look(NamedTuple):
    title: str
    icon: str
    tone: str


_STEPS: Final[Mapping[str, _Look]] = {
    "scheduled": _Look("Planned", "clock", "scheduled"),
    "rescheduled": _Look("Moved to another time", "clock", "scheduled"),
    "preparing": _Look("Preparation began", "moving", "scheduled"),
    "upload_started": _Look("Picture on its way to LinkedIn", "image", "scheduled"),
    "uploaded": _Look("Picture at LinkedIn", "image", "scheduled"),
    "available": _Look("Picture ready at LinkedIn", "image", "scheduled"),
    "prepared": _Look("Prepared; its bytes are fixed", "check", "scheduled"),
    "put_off": _Look("Put off", "clock", "attention"),
    "sent": _Look("Sent", "moving", "scheduled"),
    "answer_lost": _Look("No clear answer", "attention", "attention"),
    "looked": _Look("Looked for it at LinkedIn", "spark", "attention"),
    "not_listed": _Look("The author's posts could not be listed", "attention", "attention"),
    "confirmed": _Look("Confirmed by LinkedIn", "check", "live"),
    "read_back": _Look("Read back", "check", "live"),
    "not_read_back": _Look("Not read back", "stopped", "plain"),
    "refused": _Look("Refused", "cross", "failed"),
    "failed": _Look("Failed", "cross", "failed"),
    "needs_review": _Look("A person has to decide", "attention", "attention"),
    "resolved": _Look("Decided", "account", "scheduled"),
    "waiting_for_connection": _Look("Waits for the connection", "connections", "attention"),
    "cancelled": _Look("Cancelled", "stopped", "draft"),
}
_FACTS: Final[Mapping[str, str]] = {
    "urn": "URN",
    "request_id": "Request id",
    "sha256": "SHA-256",
    "status": "status",
    "code": "code",
}
_OUTCOMES: Final[Mapping[str, str]] = {
    "equal": "LinkedIn shows exactly what was sent.",
    "differs": "LinkedIn shows something else than what was sent.",
    "missing": "LinkedIn does not show it.",
}
_HOW: Final[Mapping[str, str]] = {
    "answer": "",
    "listing": "The answer was lost; the post was found among the author's posts.",
    "duplicate": "The answer was lost; asked again, LinkedIn named the post that was there.",
}
_DECISIONS: Final[Mapping[str, str]] = {
    "it_is_there": "It is there: nothing is sent again.",
    "send_again": "It is not there: it is sent again.",
    "drop": "Left as it is; it will not be sent again.",
}
_MEANINGS: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "read_back": ("outcome", _OUTCOMES),
    "confirmed": ("how", _HOW),
    "resolved": ("decision", _DECISIONS),
}
_NO_MEANING: Final[tuple[str, Mapping[str, str]]] = ("", {})
_SENTENCES: Final = ("why", "reason", "message")
_SHOWN: Final = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One value of a step, shortened to be read and whole to be copied."""

    name: str
    value: str

    @property
    def short(self) -> str:
        """Return the value, cut in the middle of a line's length."""
        return self.value if len(self.value) <= 40 else f"{self.value[:_SHOWN]}…"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineStep:
    """One step, done or still ahead."""

    name: str
    title: str
    icon: str
    tone: str
    text: str = ""
    when: str = ""
    instant: str = ""
    actor: str = ""
    facts: tuple[Fact, ...] = ()
    is_ahead: bool = False


def timeline_of(
    post: Post, evidence: Sequence[Evidence], *, people: Mapping[str, str], now: datetime, zone: str
) -> tuple[TimelineStep, ...]:
    """Return what happened to a post, earliest first, and then what is expected."""
    done = [_step(line, people=people, now=now, zone=zone) for line in evidence]
    return (*done, *_ahead(post, evidence, now=now, zone=zone))


def put_off_until(evidence: Sequence[Evidence]) -> datetime | None:
    """Return when a post is tried again; None when the last that happened to it is not that it was put off."""
    if not evidence or evidence[-1].step != "put_off":
        return None
    until = evidence[-1].detail.get("until")
    return datetime.fromisoformat(until) if isinstance(until, str) and until else None


def _step(line: Evidence, *, people: Mapping[str, str], now: datetime, zone: str) -> TimelineStep:
    """Return a step in words; one that has none yet is shown by its name."""
    look = _STEPS.get(line.step, _Look(line.step.replace("_", " ").capitalize(), "ahead", "plain"))
    title = look.title
    detail = dict(line.detail)
    if line.step == "sent" and detail.get("resend"):
        title = "Sent again, byte for byte"
    return TimelineStep(
        name=line.step,
        title=title,
        icon=look.icon,
        tone=look.tone,
        text=_text(line.step, detail, now=now, zone=zone),
        when=say_instant(line.at, zone, now=now),
        instant=line.at.isoformat(),
        actor=people.get(str(detail.get("person_id")), ""),
        facts=tuple(Fact(name=name, value=str(detail[key])) for key, name in _FACTS.items() if detail.get(key)),
    )


def _text(step: str, detail: Mapping[str, object], *, now: datetime, zone: str) -> str:
    if step in {"sent", "prepared", "uploaded"}:
        return _size_words(detail)
    if step in {"scheduled", "rescheduled"}:
        return _plan_words(detail)
    if step == "looked":
        found = "this one among them" if detail.get("found") else "this one not among them"
        return f"{say_count(int(str(detail.get('posts', 0))), 'post')} of the author seen, {found}."
    key, words = _MEANINGS.get(step, _NO_MEANING)
    said = next((sentence(str(detail[name])) for name in _SENTENCES if detail.get(name)), "")
    until = detail.get("until")
    if step == "put_off" and isinstance(until, str) and until:
        return f"{said} Next try {say_instant(datetime.fromisoformat(until), zone, now=now)}.".strip()
    return words.get(str(detail.get(key)), said)


def _size_words(detail: Mapping[str, object]) -> str:
    size = detail.get("bytes")
    name = detail.get("name")
    said = (say_size(size) if size >= 1024 else say_count(size, "byte")) if isinstance(size, int) else ""
    return f"{name}, {said}" if name and said else said


def _plan_words(detail: Mapping[str, object]) -> str:
    wall, zone = detail.get("wall_time"), str(detail.get("zone"))
    if not wall:
        return "To go out at once."
    local = datetime.fromisoformat(str(wall))
    return f"For {say_when(local, zone, now=local.replace(tzinfo=ZoneInfo(zone)))}."


def _ahead(post: Post, evidence: Sequence[Evidence], *, now: datetime, zone: str) -> tuple[TimelineStep, ...]:
    """Return the steps that a post on its way still has before it."""
    if post.state not in {"scheduled", "preparing", "prepared", "sending"}:
        return ()
    steps: list[TimelineStep] = []
    if all(line.step != "prepared" for line in evidence):
        steps.append(TimelineStep(name="prepare", title="Prepare", icon="ahead", tone="plain", is_ahead=True))
    if post.state != "sending":
        again = put_off_until(evidence)
        when = f"At {say_when(post.wall_time, post.zone, now=now)}" if post.wall_time is not None else "At once"
        when = when if again is None else f"Next try {say_instant(again, zone, now=now)}"
        steps.append(TimelineStep(name="send", title="Send", icon="ahead", tone="plain", text=when, is_ahead=True))
    steps.append(TimelineStep(name="confirm", title="Confirmed by LinkedIn", icon="ahead", tone="plain", is_ahead=True))
    return tuple(steps)
