"""Rest.li protocol 1.0.0, which LinkedIn applies to requests without a protocol header.

Lists of single values are repeated parameters, records are dotted names, lists of records are indexed names.
An empty list or map cannot be said and is left out.
Source: "Protocol version", learn.microsoft.com /linkedin/shared/api-guide/concepts/protocol-version;
linkedin/rest.li gh-pages-source:src/protocol.md, CompoundKey, QueryParamsDataMap
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeGuard
from urllib.parse import quote, unquote

from inroad.common.urn import Urn
from inroad.sdk.restli.decode import DecodeError
from inroad.sdk.restli.encode import MAX_DEPTH, RAW_NAMES, EncodeError, encode_raw, sorted_params, to_text
from inroad.sdk.restli.projection import FieldMask, Projection
from inroad.sdk.restli.shape import is_list, is_map

_BARE = "$:(),"
"""Legal in a 1.0.0 path or query beside the unreserved: URNs stand as they are."""

_NAME_ESCAPES = str.maketrans({"~": "~7E", ".": "~2E", "[": "~5B", "]": "~5D"})
_NAME_ESCAPE = re.compile(r"~(7E|2E|5B|5D)")
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


def encode_key(key: object) -> str:
    """Write an entity's key as one path segment: text, a number, a `Urn`, or `a=1&b=2` for a compound key.

    Raises:
        EncodeError: a complex key (with `$params`, lists or maps in it) has no such form, or a part is None.
    """
    if is_map(key):
        return _compound(key, "")
    text = _single(key, "")
    if text in {".", ".."}:
        raise EncodeError(f"cannot be a path segment: {text!r} means a folder there")
    return _escaped(text, "")


def decode_key(text: str) -> str | dict[str, str]:
    """Read a key of a batch answer: the parts of a compound key, the text of any other.

    Raises:
        DecodeError: a part is given twice, or a percent sign escapes nothing.
    """
    if "=" not in text:
        return text
    bad = _BAD_ESCAPE.search(text)
    if bad is not None:
        raise DecodeError("malformed percent-encoding", bad.start())
    parts: dict[str, str] = {}
    position = 0
    for pair in text.split("&"):
        name, equals, value = pair.partition("=")
        if not equals or unquote(name) in parts:
            raise DecodeError("expected another part of a compound key", position)
        parts[unquote(name)] = unquote(value)
        position += len(pair) + 1
    return parts


def encode_query(
    params: Mapping[str, object] | Iterable[tuple[str, object]] = (),
    *,
    fields: FieldMask | Sequence[str] | None = None,
    projection: Projection | str | None = None,
) -> str:
    """Write a query string, without its question mark: names sorted, projections raw and last.

    Args:
        params: Names and values. Maps in `ids` are compound keys, or complex ones when they hold `$params`.
        fields: A field mask; several names as a list, or the mask as text.
        projection: The projection of the `/v2` API.

    Raises:
        EncodeError: a value cannot be written, a name is empty or is given twice, or a projection
            holds a character that would leave its parameter.
    """
    pairs = sorted_params(params, fields=fields, projection=projection)
    return "&".join([f"{name}={value}" for each, given in pairs for name, value in _parameter(each, given)])


def escape_name(name: str) -> str:
    """Write a field's name so that its dots and brackets are not taken for structure."""
    return name.translate(_NAME_ESCAPES)


def unescape_name(name: str) -> str:
    """Read a field's name back from what `escape_name` wrote."""
    return _NAME_ESCAPE.sub(lambda match: chr(int(match[1], 16)), name)


def _parameter(name: str, value: object) -> Iterator[tuple[str, str]]:
    if name in RAW_NAMES:
        return iter([(name, encode_raw(name, value))])
    if is_list(value):
        return _listed(name, value)
    return _flat(_written(name, name), value, name, 1)


def _listed(name: str, items: Sequence[object]) -> Iterator[tuple[str, str]]:
    written = _written(name, name)
    compound = [item for item in items if _is_compound(item)] if name == "ids" else []
    if compound and len(compound) == len(items):
        for index, key in enumerate(compound):
            yield written, quote(_compound(key, f"{name}[{index}]"), safe=_BARE)
    elif any(is_map(item) or is_list(item) for item in items):
        yield from _flat(written, items, name, 1)
    else:
        for index, item in enumerate(items):
            path = f"{name}[{index}]"
            yield written, _escaped(_single(item, path), path)


def _flat(written: str, value: object, path: str, depth: int) -> Iterator[tuple[str, str]]:
    if depth > MAX_DEPTH:
        raise EncodeError(f"is nested more than {MAX_DEPTH} deep", path)
    if is_map(value):
        for name in sorted(value, key=str):
            inside = f"{path}.{name}"
            yield from _flat(f"{written}.{_written(_name(name, path), path)}", value[name], inside, depth + 1)
    elif is_list(value):
        for index, item in enumerate(value):
            yield from _flat(f"{written}%5B{index}%5D", item, f"{path}[{index}]", depth + 1)
    else:
        yield written, _escaped(_single(value, path), path)


def _compound(key: Mapping[object, object], path: str) -> str:
    parts: list[str] = []
    for name in sorted(key, key=str):
        inside = f"{path}.{name}".removeprefix(".")
        value = _escaped(_single(key[name], inside), inside)
        parts.append(f"{_escaped(_name(name, path), path)}={value}")
    return "&".join(parts)


def _is_compound(key: object) -> TypeGuard[Mapping[object, object]]:
    if not is_map(key) or "$params" in key:
        return False
    return not any(is_map(part) or is_list(part) for part in key.values())


def _name(name: object, path: str) -> str:
    if not isinstance(name, str | Urn):
        raise EncodeError(f"has a key that must be text or a URN, got {type(name).__name__}", path)
    return str(name)


def _written(name: str, path: str) -> str:
    return _escaped(escape_name(name), path)


def _single(value: object, path: str) -> str:
    try:
        text = to_text(value)
    except EncodeError as error:
        raise EncodeError(error.reason, path) from error
    if text is None:
        raise EncodeError(f"must be text, a number, a bool or a URN, got {type(value).__name__}", path)
    return text


def _escaped(text: str, path: str) -> str:
    try:
        return quote(text, safe=_BARE)
    except UnicodeEncodeError as cause:
        raise EncodeError("holds half of a surrogate pair, which is no character", path) from cause
