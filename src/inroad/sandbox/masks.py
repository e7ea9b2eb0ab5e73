"""Answers cut down to what was asked for: Rest.li's `fields=`, and the legacy `projection=` with its decoration.

Sources, learn.microsoft.com /linkedin/shared/api-guide/concepts: "Projections", "Decoration"; Rest.li's `URIMaskUtil`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from inroad.sandbox.shape import is_list, is_object

MAX_DEPTH: Final = 32
_TOKEN = re.compile(r"\s*([(),:~*]|[^(),:~*\s]+)")


class MaskError(ValueError):
    """A mask breaks its grammar."""


@dataclass(slots=True)
class Mask:
    """A `fields=` mask: what to keep, what to leave out, and a window over a list."""

    kept: dict[str, "Mask | None"] = field(default_factory=dict)  # None: the whole value
    dropped: set[str] = field(default_factory=set)
    each: "Mask | None" = None  # what `$*:(...)` says of every entry
    every: bool = False  # a bare `$*`
    start: int = 0
    count: int | None = None


@dataclass(slots=True)
class Decoration:
    """`~`, `~(a,b)`, `~foo(a)` or `~:decorator` behind a field."""

    kind: str = ""  # only URNs of this type; empty: any
    decorator: str = ""
    fields: "Projection | None" = None


@dataclass(slots=True)
class Projected:
    """One field of a projection."""

    name: str
    each: bool = False
    fields: "Projection | None" = None
    decorations: list[Decoration] = field(default_factory=list)


Projection: TypeAlias = list[Projected]
Resolve: TypeAlias = Callable[[str, str], tuple[str, Any]]
"""Takes a URN and a decorator's name, returns the sign of the sibling key (`~` or `!`) and its value."""


def parse_fields(text: str) -> Mask:
    """Read a `fields=` mask such as `a,b:(c,$*:(d)),-e`.

    Raises:
        MaskError: the text is no mask.
    """
    reader = _Reader(_fields_tokens(text))
    mask = _mask(reader, depth=0)
    reader.require_end()
    return mask


def masked(value: Any, mask: Mask) -> Any:
    """Return the part of a JSON value that a mask keeps; names that are not there are ignored."""
    if is_list(value):
        end = None if mask.count is None else mask.start + mask.count
        window = value[mask.start : end]
        inner = mask.each or (None if mask.every else _named_only(mask))
        return [item if inner is None else masked(item, inner) for item in window]
    if not is_object(value):
        return value
    keeps_all = mask.every or mask.each is not None or not mask.kept
    found: dict[str, Any] = {}
    for name, inner_value in value.items():
        if name in mask.dropped:
            continue
        if name in mask.kept:
            inner = mask.kept[name]
            found[name] = inner_value if inner is None else masked(inner_value, inner)
        elif keeps_all:
            found[name] = inner_value if mask.each is None else masked(inner_value, mask.each)
    return found


def parse_projection(text: str) -> Projection:
    """Read a legacy projection such as `(id,elements*(organization~(localizedName)))`.

    Raises:
        MaskError: the text is no projection.
    """
    reader = _Reader([m[1] for m in _TOKEN.finditer(text)])
    if not reader.tokens:
        raise MaskError("an empty projection")
    bracketed = reader.take("(")
    fields = _projection(reader, depth=0)
    if bracketed:
        reader.require(")")
    reader.require_end()
    return fields


def projected(value: Any, projection: Projection, resolve: Resolve) -> Any:
    """Return the part of a JSON value that a projection names, with decorations beside their URNs.

    A projection is a positive mask: one that selects nothing gives an empty object.
    """
    if is_list(value):
        inner = next((f.fields for f in projection if f.name == "*" and f.fields), None)
        return [projected(item, inner or projection, resolve) for item in value]
    if not is_object(value):
        return value
    found: dict[str, Any] = {}
    for part in projection:
        if part.name == "*":
            for name, inner_value in value.items():
                found[name] = inner_value if part.fields is None else projected(inner_value, part.fields, resolve)
        elif part.name in value:
            found.update(_field(part, value[part.name], resolve))
    return found


def _field(part: Projected, value: Any, resolve: Resolve) -> dict[str, Any]:
    if part.decorations:
        return {part.name: value, **_decorated(part, value, resolve)}
    if part.fields is None:
        return {part.name: value}
    if part.each and is_object(value):
        return {part.name: {k: projected(v, part.fields, resolve) for k, v in value.items()}}
    return {part.name: projected(value, part.fields, resolve)}


def _decorated(part: Projected, value: Any, resolve: Resolve) -> dict[str, Any]:
    """Return the sibling keys of a decorated field: `name~` with the entity, or `name!` with an error."""
    if isinstance(value, str):
        return {f"{part.name}{sign}": shown for sign, shown in _resolved(part, value, resolve)}
    if not is_list(value):
        return {}
    found: dict[str, dict[str, Any]] = {}
    for urn in value:
        for sign, shown in _resolved(part, urn, resolve) if isinstance(urn, str) else ():
            found.setdefault(f"{part.name}{sign}", {})[urn] = shown
    return dict(found)


def _resolved(part: Projected, urn: str, resolve: Resolve) -> list[tuple[str, Any]]:
    kind = urn.split(":")[2] if urn.count(":") > 2 else ""
    for decoration in part.decorations:
        if decoration.kind in ("", kind):
            sign, shown = resolve(urn, decoration.decorator)
            if sign == "~" and decoration.fields is not None:
                shown = projected(shown, decoration.fields, resolve)
            return [(sign, shown)]
    return []


def _named_only(mask: Mask) -> Mask | None:
    """Return the mask for the items of a list that carries no `$*`: its names hold for every item."""
    return mask if mask.kept or mask.dropped else None


class _Reader:
    """Tokens and a place among them."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, token: str) -> bool:
        if self.peek() != token:
            return False
        self.at += 1
        return True

    def name(self) -> str:
        token = self.peek()
        if token in ("", "(", ")", ",", ":", "~"):
            raise MaskError(f"expected a name, found {token!r}")
        self.at += 1
        return token

    def require(self, token: str) -> None:
        if not self.take(token):
            raise MaskError(f"expected {token!r}, found {self.peek()!r}")

    def require_end(self) -> None:
        if self.peek():
            raise MaskError(f"unexpected {self.peek()!r}")


def _fields_tokens(text: str) -> list[str]:
    return re.findall(r"[(),:]|[^(),:\s]+", text)


def _mask(reader: _Reader, depth: int) -> Mask:
    if depth > MAX_DEPTH:
        raise MaskError("a mask nests too deep")
    mask = Mask()
    while True:
        _mask_entry(reader, mask, depth)
        if not reader.take(","):
            return mask


def _mask_entry(reader: _Reader, mask: Mask, depth: int) -> None:
    name = reader.name()
    if name in ("$start", "$count"):
        reader.require(":")
        number = reader.name()
        if not (number.isascii() and number.isdigit()):
            raise MaskError(f"{name} takes a number, got {number!r}")
        if name == "$start":
            mask.start = int(number)
        else:
            mask.count = int(number)
        return
    inner: Mask | None = None
    if reader.take(":"):
        reader.require("(")
        inner = _mask(reader, depth + 1)
        reader.require(")")
    if name == "$*":
        mask.each, mask.every = inner, inner is None
    elif name.startswith("-"):
        mask.dropped.add(name[1:])
    else:
        mask.kept[name] = inner


def _projection(reader: _Reader, depth: int) -> Projection:
    if depth > MAX_DEPTH:
        raise MaskError("a projection nests too deep")
    fields: Projection = []
    while True:
        fields.append(_projected(reader, depth))
        if not reader.take(","):
            return fields


def _projected(reader: _Reader, depth: int) -> Projected:
    part = Projected("*") if reader.take("*") else Projected(reader.name())
    if part.name != "*":
        part.each = reader.take("*")
    while reader.take("~"):
        part.decorations.append(_decoration(reader, depth))
    if not part.decorations:
        part.fields = _inner(reader, depth)
    return part


def _decoration(reader: _Reader, depth: int) -> Decoration:
    decoration = Decoration()
    if reader.take(":"):
        decoration.decorator = reader.name()
    elif reader.peek() not in ("", "(", ")", ",", "~"):
        decoration.kind = reader.name()
    decoration.fields = _inner(reader, depth)
    return decoration


def _inner(reader: _Reader, depth: int) -> Projection | None:
    if not reader.take("("):
        return None
    fields = _projection(reader, depth + 1)
    reader.require(")")
    return fields
