"""What bodies LinkedIn accepts: record schemas, and a validator that speaks Rest.li's own messages.

Texts and rules: Rest.li's `ValidateDataAgainstSchema` and `RestLiDataValidator` (github.com/linkedin/rest.li), the
422 answers of "Error handling", learn.microsoft.com /linkedin/shared/api-guide/concepts/error-handling.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias

from inroad.common.urn import Urn
from inroad.sandbox.call import Refusal
from inroad.sandbox.shape import is_list, is_object

Request: TypeAlias = Literal["create", "update", "partial_update", "action"]


@dataclass(frozen=True, slots=True)
class Primitive:
    """A scalar; `name` is the Java class that Rest.li's messages name."""

    name: Literal["String", "Integer", "Long", "Double", "Boolean"]


@dataclass(frozen=True, slots=True)
class Anything:
    """A value that is not looked into."""


STRING: Final = Primitive("String")
INT: Final = Primitive("Integer")
LONG: Final = Primitive("Long")
DOUBLE: Final = Primitive("Double")
BOOLEAN: Final = Primitive("Boolean")
ANY: Final = Anything()


@dataclass(frozen=True, slots=True, init=False)
class Enum:
    """One of some symbols, spelled exactly."""

    symbols: frozenset[str]

    def __init__(self, *symbols: str) -> None:
        object.__setattr__(self, "symbols", frozenset(symbols))


@dataclass(frozen=True, slots=True, init=False)
class UrnOf:
    """A URN of one of some types; of any type, and even without an id, when none is named."""

    kinds: frozenset[str]

    def __init__(self, *kinds: str) -> None:
        object.__setattr__(self, "kinds", frozenset(kinds))


@dataclass(frozen=True, slots=True)
class ArrayOf:
    """A list of values of one type."""

    item: "Type"


@dataclass(frozen=True, slots=True)
class MapOf:
    """An object with keys of any name and values of one type."""

    value: "Type"


@dataclass(frozen=True, slots=True)
class UnionOf:
    """An object with exactly one entry, whose key tells the type of its value."""

    members: Mapping[str, "Type"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record.

    `read_only` fields may not be sent at all; `create_only` ones may not be changed.
    """

    name: str
    type: "Type"
    required: bool = field(default=True, kw_only=True)
    read_only: bool = field(default=False, kw_only=True)
    create_only: bool = field(default=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Record:
    """An object with named fields; a field that is not named is a fault."""

    name: str
    fields: tuple[Field, ...]
    by_name: Mapping[str, Field] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {f.name: f for f in self.fields})


Type: TypeAlias = Primitive | Anything | Enum | UrnOf | ArrayOf | MapOf | UnionOf | Record


def faults(record: Record, body: Any, *, request: Request = "create") -> list[str]:
    """Return every fault of `body` as a line `ERROR :: /path :: reason`, in order of discovery.

    A record's missing fields come first, in the schema's order, then its entries in the body's order. Numbers of
    another kind are turned into the field's in place, as Rest.li does.
    """
    walk = _Walk(request)
    walk.record(record, body, "")
    return walk.lines


def patch_faults(record: Record, body: Any) -> list[str]:
    """Return every fault of a partial update's body, `{"patch": {"$set": ..., "$delete": [...], nested: ...}}`.

    Source: contract of PARTIAL_UPDATE in the Rest.li protocol, linkedin.github.io/rest.li/spec/protocol
    """
    walk = _Walk("partial_update")
    if not is_object(body):
        return ["ERROR ::  :: record type is not backed by a DataMap"]
    for name in body:
        if name != "patch":
            walk.fault(f"/{name}", _UNRECOGNIZED)
    if "patch" in body:
        walk.patch(record, body["patch"], "")
    else:
        walk.fault("/patch", _MISSING)
    return walk.lines


def schema_refusal(lines: Iterable[str]) -> Refusal:
    """Return the 422 that names all faults, one a line; every line ends with a newline."""
    return Refusal(422, {"message": "".join(f"{line}\n" for line in lines), "status": 422})


def null_paths(record: Record, body: Any) -> list[str]:
    """Return the paths of explicit nulls, which LinkedIn's gateway refuses as unpermitted fields.

    Values that the schema does not look into are not searched.
    """
    found: list[str] = []
    _find_nulls(record, body, "", found)
    return found


def unpermitted_fields(paths: Iterable[str], place: str = "REQUEST_BODY") -> Refusal:
    """Return the gateway's 403 for fields that the caller may not send."""
    return _field_refusal(f"Unpermitted fields present in {place}", paths)


def invalid_field_values(paths: Iterable[str], place: str = "REQUEST_BODY") -> Refusal:
    """Return the gateway's 403 for fields whose value is not allowed to this caller, such as another's `/author`."""
    return _field_refusal(f"Field Value validation failed in {place}", paths)


def _field_refusal(what: str, paths: Iterable[str]) -> Refusal:
    message = f"{what}: Data Processing Exception while processing fields [{', '.join(paths)}]"
    return Refusal(403, {"status": 403, "serviceErrorCode": 100, "code": "ACCESS_DENIED", "message": message})


_MISSING = "field is required but not found and has no default value"
_UNRECOGNIZED = "unrecognized field found but not allowed"
_BAD_URN = "Invalid Urn format. Invalid prefix."


class _Walk:
    """One validation, from the root to the leaves; the schema bounds its depth."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.lines: list[str] = []

    def fault(self, path: str, reason: str) -> None:
        self.lines.append(f"ERROR :: {path} :: {reason}")

    def value(self, type_: Type, value: Any, path: str) -> Any:
        """Check one value and return it, coerced where Rest.li coerces."""
        return _CHECKS[type(type_)](self, type_, value, path)

    def record(self, record: Record, value: Any, path: str) -> Any:
        if not is_object(value):
            self.fault(path, "record type is not backed by a DataMap")
            return value
        for wanted in record.fields:
            if wanted.required and not wanted.read_only and wanted.name not in value:
                self.fault(f"{path}/{wanted.name}", _MISSING)
        for name in value:
            self.entry(record, value, name, path)
        return value

    def entry(self, record: Record, value: dict[str, Any], name: str, path: str) -> None:
        """Check the entry `name` of an object that `record` describes."""
        place = f"{path}/{name}"
        known = record.by_name.get(name)
        if known is None:
            self.fault(place, _UNRECOGNIZED)
        elif known.read_only and self.request != "action":
            self.fault(place, f"ReadOnly field present in a {self.request} request")
        elif known.create_only and self.request == "partial_update":
            self.fault(place, "CreateOnly field present in a partial_update request")
        else:
            value[name] = self.value(known.type, value[name], place)

    def patch(self, record: Record, patch: Any, path: str) -> None:
        if not is_object(patch):
            self.fault(path or "/patch", "record type is not backed by a DataMap")
            return
        for name, part in patch.items():
            if name == "$set":
                self.set_part(record, part, path)
            elif name == "$delete":
                self.delete_part(record, part, path)
            else:
                self.nested_part(record, name, part, path)

    def set_part(self, record: Record, part: Any, path: str) -> None:
        if not is_object(part):
            self.fault(f"{path}/$set", "map type is not backed by a DataMap")
            return
        for name in part:
            self.entry(record, part, name, path)

    def delete_part(self, record: Record, part: Any, path: str) -> None:
        if not is_list(part):
            self.fault(f"{path}/$delete", "array type is not backed by a DataList")
            return
        for name in part:
            known = record.by_name.get(name) if isinstance(name, str) else None
            if known is None:
                self.fault(f"{path}/{_java(name)}", _UNRECOGNIZED)
            elif known.read_only:
                self.fault(f"{path}/{name}", "ReadOnly field present in a partial_update request")
            elif known.required:
                self.fault(f"{path}/{name}", "cannot delete a required field")

    def nested_part(self, record: Record, name: str, part: Any, path: str) -> None:
        known = record.by_name.get(name)
        if known is None:
            self.fault(f"{path}/{name}", _UNRECOGNIZED)
        elif isinstance(known.type, Record):
            self.patch(known.type, part, f"{path}/{name}")
        elif isinstance(known.type, UnionOf) and is_object(part):
            for key, inner in part.items():
                member = known.type.members.get(key)
                if isinstance(member, Record):
                    self.patch(member, inner, f"{path}/{name}/{key}")
        elif not isinstance(known.type, Anything | MapOf):
            self.fault(f"{path}/{name}", "record type is not backed by a DataMap")

    def primitive(self, type_: Primitive, value: Any, path: str) -> Any:
        if type_.name == "String":
            fits = isinstance(value, str)
        elif type_.name == "Boolean":
            fits = isinstance(value, bool)
        else:
            fits = isinstance(value, int | float) and not isinstance(value, bool)
        if not fits:
            self.fault(path, f"{_java(value)} cannot be coerced to {type_.name}")
            return value
        return _as_number(type_, value) if type_.name in _BOUNDS or type_.name == "Double" else value

    def enum(self, type_: Enum, value: Any, path: str) -> Any:
        if not isinstance(value, str):
            self.fault(path, "enum type is not backed by a String")
        elif value not in type_.symbols:
            self.fault(path, f'"{value}" is not an enum symbol')
        return value

    def urn(self, type_: UrnOf, value: Any, path: str) -> Any:
        if not isinstance(value, str):
            self.fault(path, f"{_java(value)} cannot be coerced to String")
        elif not _is_urn(value, type_.kinds):
            self.fault(path, _BAD_URN)
        return value

    def array(self, type_: ArrayOf, value: Any, path: str) -> Any:
        if not is_list(value):
            self.fault(path, "array type is not backed by a DataList")
            return value
        for index, item in enumerate(value):
            value[index] = self.value(type_.item, item, f"{path}/{index}")
        return value

    def map(self, type_: MapOf, value: Any, path: str) -> Any:
        if not is_object(value):
            self.fault(path, "map type is not backed by a DataMap")
            return value
        for name, item in value.items():
            value[name] = self.value(type_.value, item, f"{path}/{name}")
        return value

    def union(self, type_: UnionOf, value: Any, path: str) -> Any:
        if not is_object(value):
            self.fault(path, "union type is not backed by a DataMap or null")
        elif not value:
            self.fault(path, "DataMap should have at least one entry for a union type")
        elif len(value) > 1:
            self.fault(path, "DataMap should have no more than one entry for a union type")
        else:
            key, inner = next(iter(value.items()))
            member = type_.members.get(key)
            if member is None:
                # LinkedIn prints the whole union schema here; its member names must do.
                names = ", ".join(f'"{name}"' for name in type_.members)
                self.fault(path, f'"{key}" is not a member type of union [ {names} ]')
            else:
                value[key] = self.value(member, inner, f"{path}/{key}")
        return value


_CHECKS: Final[Mapping[type[Any], Callable[[_Walk, Any, Any, str], Any]]] = {
    Primitive: _Walk.primitive,
    Anything: lambda _walk, _type, value, _path: value,
    Enum: _Walk.enum,
    UrnOf: _Walk.urn,
    ArrayOf: _Walk.array,
    MapOf: _Walk.map,
    UnionOf: _Walk.union,
    Record: _Walk.record,
}

_ANY_URN: Final = re.compile(r"urn:[a-z]+:[A-Za-z]+(?::[^\s]+)?\Z")
_BOUNDS: Final = {"Integer": 2**31, "Long": 2**63}


def _as_number(type_: Primitive, value: int | float) -> int | float:
    """Return the number as Java's `Number.intValue`, `longValue` or `doubleValue` does."""
    if type_.name == "Double":
        return value if isinstance(value, float) else float(value)
    bound = _BOUNDS[type_.name]
    if isinstance(value, float):  # a double saturates, and loses what stands after the point
        if value != value:  # noqa: PLR0124 - not a number
            return 0
        return int(max(-bound, min(bound - 1, value)))
    return (value + bound) % (2 * bound) - bound


def _is_urn(text: str, kinds: frozenset[str]) -> bool:
    if not kinds:  # `urn:li:userGeneratedContent` has no id and is one of LinkedIn's own samples
        return _ANY_URN.match(text) is not None
    try:
        return Urn.parse(text).kind in kinds
    except ValueError:
        return False


def _java(value: Any) -> str:
    """Return the text that Java's `String.valueOf` gives of a JSON value."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if is_object(value):
        return "{" + ", ".join(f"{k}={_java(v)}" for k, v in value.items()) + "}"
    if is_list(value):
        return "[" + ", ".join(_java(v) for v in value) + "]"
    return str(value)


def _find_nulls(type_: Type, value: Any, path: str, found: list[str]) -> None:
    if value is None:
        found.append(path)
    elif isinstance(type_, Record) and is_object(value):
        for name, inner in value.items():
            known = type_.by_name.get(name)
            _find_nulls(ANY if known is None else known.type, inner, f"{path}/{name}", found)
    elif isinstance(type_, UnionOf) and is_object(value):
        for name, inner in value.items():
            _find_nulls(type_.members.get(name, ANY), inner, f"{path}/{name}", found)
    elif isinstance(type_, MapOf) and is_object(value):
        for name, inner in value.items():
            _find_nulls(type_.value, inner, f"{path}/{name}", found)
    elif isinstance(type_, ArrayOf) and is_list(value):
        for index, inner in enumerate(value):
            _find_nulls(type_.item, inner, f"{path}/{index}", found)
