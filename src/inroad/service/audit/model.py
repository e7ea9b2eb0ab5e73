"""Audit entries and the arithmetic of their chain.

Each entry's hash covers its content and the hash before it, so an entry that is changed, removed or put in
between shows. Someone who can rewrite the whole chain is not stopped by it: export the head elsewhere for that.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

INSTALLATION = "-"
"""The chain of what belongs to no workspace, such as failed sign-ins."""

GENESIS = "0" * 64

Facts: TypeAlias = Mapping[str, "str | int | bool | list[str] | None"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that was done. `at` is whole milliseconds; `before` and `after` are JSON texts, as they are hashed."""

    workspace_id: str
    seq: int
    at: int
    person_id: str | None
    action: str
    subject: str
    before: str | None
    after: str | None
    request_id: str
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where a chain does not hold."""

    seq: int
    problem: str


def canonical(facts: Facts | None) -> str | None:
    """Return the one JSON text of these facts: sorted, no blanks, ASCII."""
    if facts is None:
        return None
    return json.dumps(facts, sort_keys=True, separators=(",", ":"))


def hash_of(
    *,
    workspace_id: str,
    seq: int,
    at: int,
    person_id: str | None,
    action: str,
    subject: str,
    before: str | None,
    after: str | None,
    request_id: str,
    previous_hash: str,
) -> str:
    """Return the SHA-256 over the entry's content and the hash before it, in hex."""
    content = [workspace_id, seq, at, person_id, action, subject, before, after, request_id, previous_hash]
    return hashlib.sha256(json.dumps(content, separators=(",", ":")).encode()).hexdigest()


def first_break(entries: Iterable[Entry], *, after: tuple[int, str] = (0, GENESIS)) -> Break | None:
    """Return where the chain that follows the entry `after` (number, hash) is broken, or None when it holds."""
    seq, previous = after
    for entry in entries:
        if entry.seq != seq + 1:
            return Break(seq + 1, f"entry {seq + 1} is missing")
        if entry.previous_hash != previous:
            return Break(entry.seq, f"entry {entry.seq} does not follow the one before it")
        if entry.hash != _hash(entry):
            return Break(entry.seq, f"entry {entry.seq} was changed")
        seq, previous = entry.seq, entry.hash
    return None


def broken_end(last: tuple[int, str], *, head: tuple[int, str]) -> Break | None:
    """Return what is wrong when the chain's last entry (number, hash) is not its head, or None when it is."""
    if last == head:
        return None
    return Break(last[0] + 1, f"the chain ends at entry {last[0]}, but {head[0]} were written")


def _hash(entry: Entry) -> str:
    return hash_of(
        workspace_id=entry.workspace_id,
        seq=entry.seq,
        at=entry.at,
        person_id=entry.person_id,
        action=entry.action,
        subject=entry.subject,
        before=entry.before,
        after=entry.after,
        request_id=entry.request_id,
        previous_hash=entry.previous_hash,
    )
