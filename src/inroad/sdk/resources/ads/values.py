"""What the advertising resources share: money, schedules, stamps, and how values are written for LinkedIn."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar, TypeVar, cast

import msgspec

from inroad.common.clock import to_millis
from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.resources.entity import Entity, Locale, Millis
from inroad.sdk.resources.ugc_posts import AuditStamp
from inroad.sdk.restli.patch import Patch, diff
from inroad.sdk.restli.shape import is_list, is_map, is_object

E = TypeVar("E", bound=Entity)


class Money(Entity, frozen=True):
    """An amount in one currency, such as `Money.of("80.00", "EUR")`; exact, and text on the wire.

    Source: "Object Types", learn.microsoft.com /linkedin/shared/references/v2/object-types
    """

    amount: Decimal
    currency_code: str

    @classmethod
    def of(cls, amount: Decimal | int | str, currency_code: str) -> "Money":
        """Return an amount; a float is refused, because it is not exact.

        Raises:
            InvalidArgument: the amount is no number, or the currency no code of three capitals.
        """
        if not isinstance(cast("object", amount), Decimal | int | str) or isinstance(amount, bool):
            raise InvalidArgument(f"amount must be text, a Decimal or an int, got {type(amount).__name__}")
        try:
            exact = Decimal(amount)
        except InvalidOperation as cause:
            raise InvalidArgument(f"amount must be a decimal number, got {amount!r}") from cause
        if not exact.is_finite():
            raise InvalidArgument(f"amount must be a finite number, got {amount!r}")
        if not (len(currency_code) == 3 and currency_code.isascii() and currency_code.isupper()):
            raise InvalidArgument(f"currency_code must be three capitals such as EUR, got {currency_code!r}")
        return cls(amount=exact, currency_code=currency_code)


class RunSchedule(Entity, frozen=True):
    """When something runs: from `start` on, and up to `end`, which is not in it."""

    start: Millis
    end: Millis | None = None


class ChangeAuditStamps(Entity, frozen=True):
    """When something was made and last changed. An actor may be `urn:li:unknown:0`, or missing."""

    created: AuditStamp = AuditStamp()
    last_modified: AuditStamp = AuditStamp()


class EntityVersion(Entity, frozen=True):
    """A counter of changes: begins at "1", one more with each update."""

    version_tag: str = ""


class Record(Entity, frozen=True):
    """An entity that can be changed by `change`; `READ_ONLY` are LinkedIn's names of what it alone sets."""

    READ_ONLY: ClassVar[frozenset[str]] = frozenset({"id"})


STAMPED = frozenset({"id", "version", "changeAuditStamps", "servingStatuses", "test"})
"""What LinkedIn alone sets of accounts, campaign groups and campaigns."""


def to_wire(value: object) -> Any:
    """Return a value as LinkedIn writes it in JSON: camelCase names, URNs and amounts as text, instants as numbers.

    What is None is left out, because LinkedIn refuses null.

    Raises:
        InvalidArgument: an instant has no zone, or a value is of no kind that JSON knows.
    """
    if isinstance(value, msgspec.Struct):
        pairs = zip(value.__struct_encode_fields__, value.__struct_fields__, strict=True)
        members = {name: getattr(value, attribute) for name, attribute in pairs}
        return {name: to_wire(member) for name, member in members.items() if member is not None}
    if is_map(value):
        return {str(name): to_wire(member) for name, member in value.items()}
    if is_list(value):
        return [to_wire(member) for member in value]
    return _scalar(value)


def _scalar(value: object) -> object:
    match value:
        case Urn():
            return str(value)
        case Decimal():
            return format(value, "f")
        case datetime():
            return millis(value)
        case date():
            return {"year": value.year, "month": value.month, "day": value.day}
        case None | str() | bool() | int() | float():
            return value
        case _:
            raise InvalidArgument(f"cannot write a {type(value).__name__} as JSON")


def millis(instant: datetime, *, name: str = "an instant") -> int:
    """Return an instant as LinkedIn writes it.

    Raises:
        InvalidArgument: it has no zone.
    """
    if instant.tzinfo is None:
        raise InvalidArgument(f"{name} must be aware, got {instant.isoformat()}")
    return to_millis(instant)


def change(before: E, after: E) -> Patch:
    """Return the patch that makes `after` of `before`, for an `update`.

    Records inside, such as targeting criteria, are set as a whole, as LinkedIn does.

    Raises:
        InvalidArgument: something differs that LinkedIn alone sets.
    """
    patch = diff(_members(before), _members(after), nested=False)
    read_only = after.READ_ONLY if isinstance(after, Record) else frozenset({"id"})
    fixed = sorted(read_only.intersection([*patch.set, *patch.delete]))
    if fixed:
        raise InvalidArgument(f"{', '.join(fixed)} cannot be changed")
    return patch


def patch_body(patch: Patch) -> dict[str, object]:
    """Return the body of a partial update.

    Raises:
        InvalidArgument: the patch changes nothing.
    """
    if not patch:
        raise InvalidArgument("an update changes something; the patch is empty")
    return cast("dict[str, object]", to_wire(patch.to_wire()))


def given(**members: object) -> dict[str, object]:
    """Return what is not None, as LinkedIn writes it; names are LinkedIn's."""
    return {name: to_wire(member) for name, member in members.items() if member is not None}


def check_length(text: str | None, most: int, *, name: str) -> None:
    """Refuse a text that is longer than LinkedIn takes."""
    if text is not None and len(text) > most:
        raise InvalidArgument(f"{name} has at most {most:,} characters, got {len(text):,}")


def locale_param(locale: Locale) -> Mapping[str, object]:
    """Return a locale as a query parameter."""
    return given(language=locale.language, country=locale.country)


def _members(entity: Entity) -> Mapping[str, object]:
    members: object = to_wire(entity)
    assert is_object(members)
    return members
