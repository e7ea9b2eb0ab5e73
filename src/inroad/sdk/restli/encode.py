"""Rest.li protocol 2.0.0, outgoing: values, keys and queries in the strict form, batch keys in the reduced form.

The strict form percent-encodes everything outside `A-Za-z0-9-._~`, writes the empty string as `''` and sorts
map keys; it is legal in a path segment and in a query value alike.
Source: "Protocol version", learn.microsoft.com /linkedin/shared/api-guide/concepts/protocol-version;
linkedin/rest.li, gh-pages-source:src/protocol.md
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from typing import TypeAlias, cast
from urllib.parse import quote

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.restli.projection import FieldMask, Projection
from inroad.sdk.restli.shape import is_list, is_map, is_object

MAX_DEPTH = 100
"""Lists and maps may be nested this deep; LinkedIn's deepest parameter, targeting criteria, needs six."""

RAW_NAMES = frozenset({"fields", "metadataFields", "pagingFields", "projection"})
"""Parameters that hold a projection: sent as they are, outside the grammar of values."""

_LONG = range(-(2**63), 2**63)
_UNSAFE = re.compile(r"[^A-Za-z0-9\-._~]")
_UNSAFE_IN_URN = re.compile(r"[^A-Za-z0-9\-._~:]")
_RAW_TEXT = re.compile(r"(?:[A-Za-z0-9_.$*,:()~!\-]|%[0-9A-Fa-f]{2})+")
_REDUCED = str.maketrans({character: f"%{ord(character):02X}" for character in "(),:'%"})
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")

_Place: TypeAlias = "tuple[_Place, str | int, int] | None"
_Escape: TypeAlias = Callable[[str], str]


class EncodeError(InvalidArgument):
    """A value that Rest.li cannot write.

    `path` is where it stands, as in `search.status.values[1]`; empty for the value itself.
    """

    def __init__(self, reason: str, path: str = "") -> None:
        super().__init__(f"{path or 'the value'} {reason}")
        self.path = path
        self.reason = reason


def encode_value(value: object) -> str:
    """Write a value in the strict form, for a query or inside one.

    Args:
        value: Text, a number, a bool, a `Urn`, an `Enum` of those, or lists and maps of them.

    Raises:
        EncodeError: the value, or something in it, is None or of no kind that Rest.li knows.
    """
    return _encode(value, _strict, None)


def encode_key(key: object) -> str:
    """Write an entity's key as one path segment: a number, text, a `Urn`, or a map for a compound or complex key."""
    text = _encode(key, _strict, None)
    if text in {".", ".."}:
        raise EncodeError(f"cannot be a path segment: {text!r} means a folder there")
    return text


def reduced_key(key: object) -> str:
    """Write a key as the keys of a batch body's `entities` are written.

    Text, numbers and URNs stand as they are; inside a map or a list only `( ) , : '` and `%` are escaped.
    Source: linkedin/rest.li URIParamUtils.simpleKeyToStringV2
    """
    text = _scalar(key, None)
    reduced = _encode(key, _reduced, None) if text is None else text
    if _CONTROL.search(reduced):
        raise EncodeError("holds a control character, which no key can")
    return reduced


def encode_query(
    params: Mapping[str, object] | Iterable[tuple[str, object]] = (),
    *,
    fields: FieldMask | Sequence[str] | None = None,
    projection: Projection | str | None = None,
) -> str:
    """Write a query string, without its question mark: names sorted, projections raw and last.

    Args:
        params: Names and values. `fields`, `metadataFields`, `pagingFields` and `projection` are sent raw.
        fields: The field mask of the versioned API; several names as a list, or the mask as text.
        projection: The projection of the `/v2` API.

    Raises:
        EncodeError: a value cannot be written, a name is empty or is given twice, or a projection
            holds a character that would leave its parameter.
    """
    pairs = sorted_params(params, fields=fields, projection=projection)
    return "&".join([f"{_strict(name)}={_parameter(name, value)}" for name, value in pairs])


def sorted_params(
    params: Mapping[str, object] | Iterable[tuple[str, object]],
    *,
    fields: FieldMask | Sequence[str] | None = None,
    projection: Projection | str | None = None,
) -> list[tuple[str, object]]:
    """Return the parameters of a query in the order they are sent: by name, projections last.

    Raises:
        EncodeError: a name is no text, is empty or is given twice.
    """
    given = params.items() if is_object(params) else cast("Iterable[tuple[str, object]]", params)
    pairs = list(given)
    pairs += [(name, value) for name, value in (("fields", fields), ("projection", projection)) if value is not None]
    seen: set[str] = set()
    for name, _ in pairs:
        _check_name(name, seen)
    pairs.sort(key=lambda pair: (pair[0] in RAW_NAMES, pair[0]))
    return pairs


def to_text(value: object) -> str | None:
    """Return the text of a single value as LinkedIn writes it, None for lists, maps and unknown kinds.

    Raises:
        EncodeError: a number that LinkedIn's types cannot hold.
    """
    return _scalar(value, None)


def encode_raw(name: str, value: object) -> str:
    """Return a projection's text, checked to stay within its parameter.

    Raises:
        EncodeError: not a projection, or one with a character outside its grammar.
    """
    if isinstance(value, str | FieldMask | Projection):
        text = str(value)
    elif is_list(value) and all(isinstance(part, str) for part in value):
        text = ",".join(map(str, value))
    else:
        raise EncodeError(f"must be a projection, got {type(value).__name__}", name)
    if not _RAW_TEXT.fullmatch(text):
        raise EncodeError(f"is no projection: {text!r}", name)
    return text


def _check_name(name: object, seen: set[str]) -> None:
    if not isinstance(name, str) or not name:
        raise EncodeError(f"has a parameter whose name is not text: {name!r}", "the query")
    if name in seen:
        raise EncodeError("is given twice", name)
    _escaped(name, _strict, None)
    seen.add(name)


def _parameter(name: str, value: object) -> str:
    if name in RAW_NAMES:
        return encode_raw(name, value)
    return _encode(value, _strict, (None, name, 0))


def _encode(value: object, escape: _Escape, place: _Place) -> str:
    text = value if type(value) is str else _scalar(value, place)
    if text is not None:
        return _escaped(text, escape, place)
    depth = 1 if place is None else place[2] + 1
    if depth > MAX_DEPTH:
        raise _refusal(f"is nested more than {MAX_DEPTH} deep", place)
    if is_map(value):
        return _encode_map(value, escape, place, depth)
    if is_list(value):
        return f"List({','.join([_encode(item, escape, (place, i, depth)) for i, item in enumerate(value)])})"
    raise _refusal(f"must be text, a number, a bool, a URN, a list or a map, got {type(value).__name__}", place)


def _encode_map(value: Mapping[object, object], escape: _Escape, place: _Place, depth: int) -> str:
    named: dict[str, object] = {}
    for key, item in value.items():
        name = str(key) if isinstance(key, str | Urn) else None
        if name is None:
            raise _refusal(f"has a key that must be text or a URN, got {type(key).__name__}", place)
        if name in named:
            raise _refusal(f"has the key {name!r} twice", place)
        named[name] = item
    return f"({','.join([_entry(name, named[name], escape, (place, name, depth)) for name in sorted(named)])})"


def _entry(name: str, item: object, escape: _Escape, place: _Place) -> str:
    return f"{_escaped(name, escape, place)}:{_encode(item, escape, place)}"


def _scalar(value: object, place: _Place) -> str | None:
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Urn):
        return str(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return _integer(value, place)
    if isinstance(value, float):
        return _double(value, place)
    if value is None:
        raise _refusal("is None: leave it out, or say what it should be", place)
    return None


def _integer(value: int, place: _Place) -> str:
    if value not in _LONG:
        raise _refusal("is a whole number outside 64 bits", place)
    return str(int(value))


def _double(value: float, place: _Place) -> str:
    """Write a float as Java's `Double.toString`, which is what LinkedIn's own answers hold: `1.5`, `1.0E10`."""
    if not math.isfinite(value):
        raise _refusal(f"must be a finite number, got {value!r}", place)
    if value == 0 or 1e-3 <= abs(value) < 1e7:
        return repr(float(value))
    sign, digits, exponent = Decimal(repr(float(value))).normalize().as_tuple()
    assert isinstance(exponent, int)
    rest = "".join(map(str, digits[1:])) or "0"
    return f"{'-' if sign else ''}{digits[0]}.{rest}E{exponent + len(digits) - 1}"


def _escaped(text: str, escape: _Escape, place: _Place) -> str:
    try:
        return escape(text) or "''"
    except UnicodeEncodeError as cause:
        raise _refusal("holds half of a surrogate pair, which is no character", place) from cause


def _strict(text: str) -> str:
    if not _UNSAFE.search(text):
        return text
    if not _UNSAFE_IN_URN.search(text):
        return text.replace(":", "%3A")
    return quote(text, safe="")


def _reduced(text: str) -> str:
    return text.translate(_REDUCED)


def _refusal(reason: str, place: _Place) -> EncodeError:
    steps: list[str] = []
    while place is not None:
        place, step, _ = place
        steps.append(f"[{step}]" if isinstance(step, int) else f".{step}")
    return EncodeError(reason, "".join(reversed(steps)).removeprefix("."))
