"""Which shape a value has, told in a way that both type checkers follow."""

from collections.abc import Mapping, Sequence
from typing import TypeGuard


def is_map(value: object) -> TypeGuard[Mapping[object, object]]:
    """Tell whether a value is a map, of whatever."""
    return isinstance(value, Mapping)


def is_object(value: object) -> TypeGuard[Mapping[str, object]]:
    """Tell whether a value is a JSON object; its names are taken for text, as a JSON reader gives them."""
    return isinstance(value, Mapping)


def is_list(value: object) -> TypeGuard[Sequence[object]]:
    """Tell whether a value is a list of values, which text and bytes are not."""
    return isinstance(value, Sequence) and not isinstance(value, str | bytes | bytearray | memoryview)


def is_int(value: object) -> TypeGuard[int]:
    """Tell whether a value is a whole number, which `True` is not."""
    return isinstance(value, int) and not isinstance(value, bool)
