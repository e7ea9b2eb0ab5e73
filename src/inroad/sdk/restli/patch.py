"""Partial updates: what PARTIAL_UPDATE and BATCH_PARTIAL_UPDATE send.

Source: linkedin/rest.li gh-pages-source:src/protocol.md "Partial update"; "Posts API", learn.microsoft.com
/linkedin/marketing/community-management/shares/posts-api
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from inroad.sdk.errors import InvalidArgument
from inroad.sdk.restli.shape import is_list, is_map, is_object

MAX_DEPTH = 100


class PatchError(InvalidArgument):
    """A change that no patch can say; `path` is where, as in `adContext.dscName`."""

    def __init__(self, reason: str, path: str = "") -> None:
        super().__init__(f"{path or 'the record'} {reason}")
        self.path = path


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """A change of a record: fields to set, fields to delete, and patches of records inside it.

    A patch that changes nothing is false. Most LinkedIn resources take `nested` patches for few fields only; the
    resource's page names them.
    """

    set: Mapping[str, object] = field(default_factory=dict[str, object])
    delete: tuple[str, ...] = ()
    nested: "Mapping[str, Patch]" = field(default_factory=dict[str, "Patch"])

    def __post_init__(self) -> None:
        seen: dict[str, None] = {}
        for name in (*self.set, *self.delete, *self.nested):
            _check_name(name, "")
            if name in seen:
                raise PatchError("is changed twice by one patch", name)
            seen[name] = None
        for name, value in self.set.items():
            _check_value(value, name, 1)

    @classmethod
    def from_wire(cls, body: Mapping[str, object]) -> Self:
        """Read a patch from the body of a request, `{"patch": {...}}`.

        Raises:
            PatchError: the body has another shape.
        """
        return cls._from_fields(_mapping(body.get("patch"), "patch"), "patch")

    @classmethod
    def _from_fields(cls, fields: Mapping[str, object], path: str) -> Self:
        delete = fields.get("$delete", [])
        if not is_list(delete) or not all(isinstance(name, str) for name in delete):
            raise PatchError("must be a list of names", f"{path}.$delete")
        inside = {name: value for name, value in fields.items() if name not in {"$set", "$delete"}}
        return cls(
            set=dict(_mapping(fields.get("$set", {}), f"{path}.$set")),
            delete=tuple(map(str, delete)),
            nested={
                name: cls._from_fields(_mapping(p, f"{path}.{name}"), f"{path}.{name}") for name, p in inside.items()
            },
        )

    def __bool__(self) -> bool:
        return bool(self.set or self.delete or any(self.nested.values()))

    def to_wire(self) -> dict[str, object]:
        """Return the body of a partial update, `{"patch": {...}}`, without empty parts."""
        return {"patch": self.to_fields()}

    def to_fields(self) -> dict[str, object]:
        """Return what stands inside `patch`: `$set`, `$delete` and the nested patches."""
        fields: dict[str, object] = {}
        if self.set:
            fields["$set"] = dict(self.set)
        if self.delete:
            fields["$delete"] = list(self.delete)
        fields.update({name: patch.to_fields() for name, patch in self.nested.items() if patch})
        return fields

    def apply(self, record: Mapping[str, object]) -> dict[str, object]:
        """Return the record as it stands after the change; what is left out of the patch stays."""
        after = {name: value for name, value in record.items() if name not in self.delete} | dict(self.set)
        for name, patch in self.nested.items():
            if patch:
                after[name] = patch.apply(_mapping(after.get(name, {}), name))
        return after


def diff(before: Mapping[str, object], after: Mapping[str, object], *, nested: bool = True) -> Patch:
    """Return the smallest patch that makes `after` of `before`.

    Args:
        before: The record as LinkedIn has it.
        after: The record as it should be. A field that is missing here is deleted.
        nested: Whether records inside are patched field by field; otherwise a changed one is set as a whole.

    Raises:
        PatchError: a field of `after` is None, which Rest.li does not know, or its name begins with `$`.
    """
    return _diff(before, after, "", 1, nested=nested)


def _diff(before: Mapping[str, object], after: Mapping[str, object], path: str, depth: int, *, nested: bool) -> Patch:
    if depth > MAX_DEPTH:
        raise PatchError(f"is nested more than {MAX_DEPTH} deep", path)
    put: dict[str, object] = {}
    inside: dict[str, Patch] = {}
    for name, value in after.items():
        at = f"{path}.{name}".removeprefix(".")
        _check_name(name, path)
        old = before.get(name)
        if nested and is_object(old) and is_object(value):
            inside[name] = _diff(old, value, at, depth + 1, nested=True)
            continue
        _check_value(value, at, depth)
        if name not in before or not _same(old, value):
            put[name] = value
    gone = tuple(name for name in before if name not in after)
    return Patch(set=put, delete=gone, nested={name: patch for name, patch in inside.items() if patch})


def _same(one: object, other: object) -> bool:
    """Tell whether two values are the same JSON; `True` and `1` are equal in Python and differ there."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if is_map(one) and is_map(other):
        return one.keys() == other.keys() and all(_same(value, other[name]) for name, value in one.items())
    if is_list(one) and is_list(other):
        return len(one) == len(other) and all(map(_same, one, other))
    return one == other


def _check_name(name: object, path: str) -> None:
    if not isinstance(name, str) or not name or name.startswith("$"):
        raise PatchError(f"has a field with a name that no patch can say: {name!r}", path)


def _check_value(value: object, path: str, depth: int) -> None:
    if value is None:
        raise PatchError("is None: to delete the field, leave it out", path)
    if depth > MAX_DEPTH:
        raise PatchError(f"is nested more than {MAX_DEPTH} deep", path)
    if is_map(value):
        for name, item in value.items():
            _check_value(item, f"{path}.{name}", depth + 1)
    elif is_list(value):
        for index, item in enumerate(value):
            _check_value(item, f"{path}[{index}]", depth + 1)


def _mapping(value: object, path: str) -> Mapping[str, object]:
    if not is_object(value):
        raise PatchError(f"must be an object, got {type(value).__name__}", path)
    return value
