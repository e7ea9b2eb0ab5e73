"""Shapes of JSON that no schema has checked yet, told so that both type checkers follow.

The SDK has its own such module: the two share nothing.
"""

from typing import Any, TypeGuard


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Tell whether this is a JSON object."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[Any]]:
    """Tell whether this is a JSON list."""
    return isinstance(value, list)


def member_of(value: object, name: str) -> Any:
    """Return a JSON object's member, None where there is none or no object."""
    return value.get(name) if is_object(value) else None
