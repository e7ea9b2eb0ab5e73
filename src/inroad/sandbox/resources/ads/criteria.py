"""The `search` parameter of accounts, groups and campaigns: values of a field are ORed, fields are ANDed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from inroad.common.urn import Urn
from inroad.sandbox.answers import BAD_REQUEST_TYPE
from inroad.sandbox.call import Call, Refusal, Value
from inroad.sandbox.resources.ads import params

E = TypeVar("E")

SPELLINGS: Final = {"CANCELLED": "CANCELED"}
"""The tables spell it with two, the wire with one."""


@dataclass(frozen=True, slots=True)
class By(Generic[E]):
    """How one field of `search` is compared: with what of an entity, as a URN of which types."""

    of: Callable[[E], str | None]
    kinds: tuple[str, ...] = ()
    numbers: bool = False  # a bare number stands for the URN
    fragment: bool = False  # compares without case


def fits(call: Call, known: Mapping[str, By[E]], *, is_test: Callable[[E], bool]) -> Callable[[E], bool]:
    """Return a function that tells whether an entity fits the call's `search`."""
    sent = params.record(call, "search") or {}
    checks: list[Callable[[E], bool]] = []
    for name, value in sent.items():
        if name == "test":
            checks.append(_test(value, is_test))
        elif name in known:
            checks.append(_field(name, value, known[name]))
        else:
            said = f"ERROR :: /{name} :: unrecognized field found but not allowed"
            raise params.field_invalid(f"search/{name}", said)
    return lambda entity: all(check(entity) for check in checks)


def _test(value: Value, is_test: Callable[[E], bool]) -> Callable[[E], bool]:
    if value not in ("true", "false"):
        raise params.field_invalid("search/test", f"ERROR :: /test :: {value} cannot be coerced to Boolean")
    return lambda entity: is_test(entity) == (value == "true")


def _field(name: str, value: Value, by: By[E]) -> Callable[[E], bool]:
    values = value.get("values") if isinstance(value, dict) else None
    if isinstance(values, str):
        values = [values]
    if not isinstance(values, list):
        said = f"ERROR :: /{name}/values :: array type is not backed by a DataList"
        raise params.field_invalid(f"search/{name}/values", said)
    wanted = {_wanted(name, at, v, by) for at, v in enumerate(values)}
    if by.fragment:
        return lambda entity: (by.of(entity) or "").casefold() in wanted
    return lambda entity: by.of(entity) in wanted


def _wanted(name: str, at: int, value: Value, by: By[Any]) -> str:
    if not isinstance(value, str):
        raise params.invalid("search")
    if by.fragment:
        return value.casefold()
    if not by.kinds:
        return SPELLINGS.get(value, value)
    if by.numbers and value.isascii() and value.isdigit():
        return f"urn:li:{by.kinds[0]}:{value}"
    try:
        fits_kind = Urn.parse(value).is_kind(*by.kinds)
    except ValueError:
        fits_kind = False
    if not fits_kind:
        raise _bad_urn(name, at, by.kinds)
    return value


def _bad_urn(name: str, at: int, kinds: Sequence[str]) -> Refusal:
    """Return the 400 for a URN of the wrong type inside `search`; its code is the validator's text (recorded)."""
    text = f"ERROR :: /{name}/values/{at} :: Invalid Urn Format. Expected urn:li:{kinds[0]}."
    error = {
        "description": "Invalid argument",
        "input": {"inputPath": {"fieldPath": f"search/{name}"}},
        "code": text,
    }
    return Refusal(
        400,
        {
            "errorDetailType": BAD_REQUEST_TYPE,
            "message": "Invalid param. Please see errorDetails for more information.",
            "errorDetails": {"inputErrors": [error]},
            "status": 400,
        },
    )
