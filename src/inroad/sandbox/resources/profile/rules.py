"""Which fields of a member a grant opens."""

from collections.abc import Iterable

from inroad.sandbox.records import unpermitted_fields
from inroad.sandbox.resources.profile.views import BASIC_FIELDS, FULL_FIELDS, LITE_FIELDS


def check_fields(asked: Iterable[str], *, is_basic: bool, policy: str) -> None:
    """Refuse a projection of fields that the grant does not open.

    `policy` is the switch `profile.full_fields`: `drop` leaves them out of the answer instead.
    """
    allowed = BASIC_FIELDS if is_basic else LITE_FIELDS
    closed = sorted(name for name in asked if name in FULL_FIELDS | BASIC_FIELDS and name not in allowed)
    if closed and policy == "forbid":
        raise unpermitted_fields([f"/{name}" for name in closed], "PARAMETER")
