"""Projections, built and read: the `fields` mask of the versioned API and the older `projection` of `/v2`.

Both travel raw: their commas, colons, parentheses, stars and tildes are never percent-encoded.
Source: "Projections" and "Response Decoration", learn.microsoft.com /linkedin/shared/api-guide/concepts/projections
and /decoration; linkedin/rest.li gh-pages-source:src/projections.md
"""

import re
from dataclasses import dataclass
from typing import Self

from inroad.sdk.errors import InvalidArgument

MAX_DEPTH = 100

_NAME = re.compile(r"[A-Za-z0-9_.$\-]+")
_MASK_TOKEN = re.compile(r"[(),:]|[^(),:]+")
_MASK_NAME = re.compile(r"[A-Za-z0-9_.$][A-Za-z0-9_.$\-]*")
_RANGE = re.compile(r"[0-9]{1,9}")
_PROJECTION_TOKEN = re.compile(r"[(),:*~]|[^(),:*~]+")


class ProjectionError(InvalidArgument):
    """A projection outside its grammar; `position` counts characters from its beginning, when it was text."""

    def __init__(self, reason: str, position: int | None = None) -> None:
        super().__init__(reason if position is None else f"{reason}, at position {position}")
        self.position = position


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a mask: alone, with the fields wanted inside it, or left out.

    For an array or a map, `each` says what is wanted of every element, and `start` and `count` which elements.
    """

    name: str
    fields: "tuple[Field, ...]" = ()
    excluded: bool = False
    start: int | None = None
    count: int | None = None

    def __post_init__(self) -> None:
        if self.name != "$*" and not _MASK_NAME.fullmatch(self.name):
            raise ProjectionError(f"not the name of a field: {self.name!r}")
        if self.excluded and (self.fields or self.start is not None or self.count is not None):
            raise ProjectionError(f"{self.name} is left out, so nothing can be wanted inside it")
        if any(bound is not None and bound < 0 for bound in (self.start, self.count)):
            raise ProjectionError(f"the range of {self.name} must not be negative")

    def __str__(self) -> str:
        inside = [str(field) for field in self.fields]
        inside += [f"${name}:{n}" for name, n in (("start", self.start), ("count", self.count)) if n is not None]
        written = f"{'-' if self.excluded else ''}{self.name}"
        return f"{written}:({','.join(inside)})" if inside else written


@dataclass(frozen=True, slots=True)
class FieldMask:
    """The value of `fields=`: which fields an answer should hold. `str` gives what is sent."""

    fields: tuple[Field, ...]

    def __post_init__(self) -> None:
        if not self.fields:
            raise ProjectionError("a mask names one field at least")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a mask from its text.

        Raises:
            ProjectionError: the text is outside the grammar of masks.
        """
        return cls(_MaskReader(text).read())

    def __str__(self) -> str:
        return ",".join(map(str, self.fields))


def fields(*wanted: str | Field) -> FieldMask:
    """Ask for these fields and no others: `fields("id", field("message", "id"), without("secret"))`."""
    return FieldMask(_fields(wanted))


def field(name: str, *inside: str | Field) -> Field:
    """Ask for a field, and of it only what stands `inside`."""
    return Field(name, _fields(inside))


def array(name: str, *inside: str | Field, start: int | None = None, count: int | None = None) -> Field:
    """Ask for an array or a map, of each element only what stands `inside`, and only `count` from `start` on."""
    return Field(name, (Field("$*", _fields(inside)),), start=start, count=count)


def without(name: str) -> Field:
    """Leave a field out of the answer."""
    return Field(name, excluded=True)


def _fields(wanted: tuple[str | Field, ...]) -> tuple[Field, ...]:
    return tuple(Field(each) if isinstance(each, str) else each for each in wanted)


@dataclass(frozen=True, slots=True)
class Decoration:
    """What a URN is replaced by, in a sibling named `urn~`: its entity, or what a named decorator makes of it.

    `via` names a decorator, as in `displayImage~:playableStreams`; `kind` a type of URN, as in
    `entities*~foo(a)~bar(b)`; `parts` are the entity's fields, all of them when there are none.
    """

    parts: "tuple[Part, ...]" = ()
    kind: str = ""
    via: str = ""

    def __post_init__(self) -> None:
        if self.kind and self.via:
            raise ProjectionError("a decoration has a type of URN or a decorator, not both")

    def __str__(self) -> str:
        return f"~{f':{self.via}' if self.via else self.kind}{_parenthesised(self.parts)}"


@dataclass(frozen=True, slots=True)
class Part:
    """One name of a `projection=`: `*` for every field, `each` for the elements of a list or map."""

    name: str
    parts: "tuple[Part, ...]" = ()
    each: bool = False
    decorations: tuple[Decoration, ...] = ()

    def __post_init__(self) -> None:
        if self.name != "*" and not _NAME.fullmatch(self.name):
            raise ProjectionError(f"not the name of a field: {self.name!r}")
        if self.parts and self.decorations:
            raise ProjectionError(f"{self.name} is decorated, so its fields stand with the decoration")

    def __str__(self) -> str:
        inside = "".join(map(str, self.decorations)) or _parenthesised(self.parts)
        return f"{self.name}{'*' if self.each else ''}{inside}"


@dataclass(frozen=True, slots=True)
class Projection:
    """The value of `projection=`, the `/v2` API's way to choose fields and expand URNs.

    `bare` is the rare form of one part without parentheses around it.
    """

    parts: tuple[Part, ...]
    bare: bool = False

    def __post_init__(self) -> None:
        if not self.parts:
            raise ProjectionError("a projection names one field at least")
        if self.bare and len(self.parts) > 1:
            raise ProjectionError("a projection of several parts needs its parentheses")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a projection from its text.

        Raises:
            ProjectionError: the text is outside the grammar of projections.
        """
        bare = not text.startswith("(")
        return cls(_ProjectionReader(text).read(bare=bare), bare)

    def __str__(self) -> str:
        return str(self.parts[0]) if self.bare else _parenthesised(self.parts)


def projection(*wanted: str | Part) -> Projection:
    """Ask for these fields and no others: `projection("id", part("elements", decorated("handle"), each=True))`."""
    return Projection(_parts(wanted))


def part(name: str, *inside: str | Part, each: bool = False) -> Part:
    """Ask for a field, of it (or of each of its elements) only what stands `inside`."""
    return Part(name, _parts(inside), each)


def decorated(name: str, *inside: str | Part, via: str = "", each: bool = False) -> Part:
    """Ask for a URN and its entity beside it, of the entity only what stands `inside`."""
    return Part(name, (), each, (Decoration(_parts(inside), via=via),))


def _parts(wanted: tuple[str | Part, ...]) -> tuple[Part, ...]:
    return tuple(Part(each) if isinstance(each, str) else each for each in wanted)


def _parenthesised(parts: tuple[Part, ...]) -> str:
    return f"({','.join(map(str, parts))})" if parts else ""


class _Tokens:
    """The tokens of a projection and a place among them."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._next = 0
        self._depth = 0

    def _peek(self) -> str:
        return self._tokens[self._next] if self._next < len(self._tokens) else ""

    def _accept(self, token: str) -> bool:
        found = self._peek() == token
        self._next += found
        return found

    def _take(self, form: re.Pattern[str], what: str) -> str:
        token = self._peek()
        if not form.fullmatch(token):
            raise self._error(f"expected {what}, found {token!r}" if token else f"expected {what}, found the end")
        self._next += 1
        return token

    def _open(self) -> bool:
        opened = self._accept("(")
        self._depth += opened
        if self._depth > MAX_DEPTH:
            raise self._error(f"nested more than {MAX_DEPTH} deep")
        return opened

    def _close(self) -> None:
        if not self._accept(")"):
            raise self._error("expected ')'")
        self._depth -= 1

    def _end(self) -> None:
        if self._peek():
            raise self._error(f"unexpected {self._peek()!r}")

    def _error(self, reason: str) -> ProjectionError:
        return ProjectionError(reason, sum(map(len, self._tokens[: self._next])))


class _MaskReader(_Tokens):
    def __init__(self, text: str) -> None:
        super().__init__(_MASK_TOKEN.findall(text))

    def read(self) -> tuple[Field, ...]:
        found, bounds = self._fields()
        if bounds:
            raise self._error("a range stands inside a field, not beside it")
        self._end()
        return found

    def _fields(self) -> tuple[tuple[Field, ...], dict[str, int]]:
        found: list[Field] = []
        bounds: dict[str, int] = {}
        while True:
            if self._peek() in {"$start", "$count"}:
                self._bound(bounds)
            else:
                found.append(self._field())
            if not self._accept(","):
                return tuple(found), bounds

    def _bound(self, bounds: dict[str, int]) -> None:
        name = self._peek().removeprefix("$")
        self._next += 1
        if name in bounds:
            raise self._error(f"${name} stands twice")
        if not self._accept(":"):
            raise self._error("expected ':'")
        bounds[name] = int(self._take(_RANGE, "a number"))

    def _field(self) -> Field:
        token = self._peek()
        name = token.removeprefix("-")
        if name != "$*" and not _MASK_NAME.fullmatch(name):
            raise self._error(f"expected the name of a field, found {token!r}")
        excluded = token.startswith("-")
        self._next += 1
        if excluded or not self._accept(":"):
            return Field(name, excluded=excluded)
        if not self._open():
            raise self._error("expected '('")
        inside, bounds = self._fields()
        self._close()
        return Field(name, inside, start=bounds.get("start"), count=bounds.get("count"))


class _ProjectionReader(_Tokens):
    def __init__(self, text: str) -> None:
        super().__init__(_PROJECTION_TOKEN.findall(text))

    def read(self, *, bare: bool) -> tuple[Part, ...]:
        found = (self._part(),) if bare else self._inside()
        self._end()
        return found

    def _inside(self) -> tuple[Part, ...]:
        if not self._open():
            return ()
        found = [self._part()]
        while self._accept(","):
            found.append(self._part())
        self._close()
        return tuple(found)

    def _part(self) -> Part:
        name = "*" if self._accept("*") else self._take(_NAME, "the name of a field")
        each = self._accept("*")
        decorations: list[Decoration] = []
        while self._accept("~"):
            decorations.append(self._decoration())
        return Part(name, () if decorations else self._inside(), each, tuple(decorations))

    def _decoration(self) -> Decoration:
        via = self._take(_NAME, "the name of a decorator") if self._accept(":") else ""
        kind = self._take(_NAME, "a type of URN") if not via and _NAME.fullmatch(self._peek()) else ""
        return Decoration(self._inside(), kind, via)
