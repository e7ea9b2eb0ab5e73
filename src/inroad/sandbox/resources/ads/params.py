"""Query parameters of the advertising finders, in every spelling that working clients send.

Protocol 2.0.0 records, the dotted form of 1.0.0, and the older `(value:X)` wrapper. Clients that
leave the protocol header out write 2.0.0 records all the same; those are read too.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from inroad.common.clock import from_millis
from inroad.common.urn import Urn
from inroad.sandbox.answers import bad_parameter, sentence
from inroad.sandbox.call import Call, Refusal, Value
from inroad.sandbox.grammar import GrammarError, decode, escape_raw_urns
from inroad.sandbox.resources.ads.refusals import several_parameters


def value(call: Call, name: str) -> Value | None:
    """Return the parameter without its `(value:...)` wrapper, None when it was not sent."""
    found = call.params.get(name)
    if isinstance(found, str) and call.protocol != "2.0.0" and found.startswith(("(", "List(")):
        try:
            found = decode(escape_raw_urns(found))
        except GrammarError as fault:
            raise invalid(name) from fault
    if isinstance(found, dict) and list(found) == ["value"]:
        found = found["value"]
    return found


def invalid(name: str) -> Refusal:
    """Return the 400 for a known parameter of a wrong type or syntax."""
    return bad_parameter("PARAM_INVALID", name)


def field_invalid(path: str, description: str) -> Refusal:
    """Return the 400 for a value that a finder refuses."""
    return several_parameters([("FIELD_INVALID", path, description)])


def unknown_field(name: str, inner: str) -> Refusal:
    """Return the 400 for a field that a record parameter does not have."""
    return field_invalid(f"{name}/{inner}", f"ERROR :: /{inner} :: unrecognized field found but not allowed")


def text(call: Call, name: str) -> str | None:
    """Return a plain text; an empty one is refused as the grammar refuses it."""
    found = value(call, name)
    if found is None:
        return None
    if not isinstance(found, str):
        raise invalid(name)
    return found


def symbol(call: Call, name: str, symbols: Collection[str]) -> str | None:
    """Return one of some symbols."""
    found = text(call, name)
    if found is not None and found not in symbols:
        raise invalid(name)
    return found


def flag(call: Call, name: str) -> bool | None:
    """Return a boolean."""
    found = symbol(call, name, ("true", "false"))
    return None if found is None else found == "true"


def number(call: Call, name: str) -> int | None:
    """Return a whole number."""
    found = text(call, name)
    if found is None:
        return None
    try:
        return int(found)
    except ValueError as problem:
        raise invalid(name) from problem


def items(call: Call, name: str) -> list[str] | None:
    """Return a list of texts; a single text is read as a list of one."""
    found = value(call, name)
    if found is None:
        return None
    if isinstance(found, str):
        if found.startswith(("List(", "(")):
            raise invalid(name)  # syntax that was percent-encoded under 2.0.0
        return [found]
    if not isinstance(found, list):
        raise invalid(name)
    texts: list[str] = []
    for item in found:
        if not isinstance(item, str):
            raise invalid(name)
        texts.append(item)
    return texts


def record(call: Call, name: str) -> Mapping[str, Value] | None:
    """Return a record."""
    found = call.params.get(name)
    if isinstance(found, str):
        found = value(call, name)
    if found is None:
        return None
    if not isinstance(found, dict):
        raise invalid(name)
    return found


def urns(call: Call, name: str) -> list[Urn] | None:
    """Return a list of URNs of any type."""
    found = items(call, name)
    if found is None:
        return None
    return [_urn(name, item) for item in found]


def urn(call: Call, name: str, *kinds: str) -> Urn | None:
    """Return one URN of one of some types; `List(urn)` with one entry is read too."""
    found = urns(call, name)
    if found is None:
        return None
    if len(found) != 1 or (kinds and not found[0].is_kind(*kinds)):
        raise sentence(400, f"Invalid params for {name}.")
    return found[0]


def number_of(call: Call, name: str, kind: str) -> int | None:
    """Return the number inside a URN of one type."""
    found = urn(call, name, kind)
    if found is None:
        return None
    return id_number(found) or 0


def id_number(found: Urn) -> int | None:
    """Return a URN's id as a number, None when it is none."""
    return int(found.id) if found.id.isascii() and found.id.isdigit() else None


def time_range(call: Call, name: str) -> tuple[datetime | None, datetime | None] | None:
    """Return `(start:ms,end:ms)`, either of which may be absent."""
    found = record(call, name)
    if found is None:
        return None
    _only(found, name, {"start", "end"})
    return _instant(found.get("start"), name), _instant(found.get("end"), name)


@dataclass(frozen=True, slots=True)
class Days:
    """A range of days, both included; an open end is None."""

    start: date
    end: date | None


def days(call: Call, name: str) -> Days | None:
    """Return `(start:(year:..,month:..,day:..),end:(...))`; the end may be absent."""
    found = record(call, name)
    if found is None:
        return None
    _only(found, name, {"start", "end"})
    start = _day(found.get("start"), name)
    if start is None:
        raise field_invalid(f"{name}/start", "ERROR :: /start :: field is required but not found")
    return Days(start, _day(found.get("end"), name))


def locale(call: Call, name: str = "locale") -> str:
    """Return a locale as `de_DE`; `en_US` without one."""
    found = record(call, name)
    if found is None:
        return "en_US"
    _only(found, name, {"language", "country"})
    language, country = found.get("language", "en"), found.get("country", "US")
    if not isinstance(language, str) or not isinstance(country, str):
        raise invalid(name)
    return f"{language}_{country}"


def money(call: Call, name: str) -> tuple[float, str] | None:
    """Return `(amount:12.00,currencyCode:EUR)`."""
    found = record(call, name)
    if found is None:
        return None
    amount, currency = found.get("amount"), found.get("currencyCode", "USD")
    if not isinstance(amount, str) or not isinstance(currency, str):
        raise invalid(name)
    try:
        return float(amount), currency
    except ValueError as problem:
        raise invalid(name) from problem


def _urn(name: str, sent: str) -> Urn:
    try:
        return Urn.parse(sent)
    except ValueError as problem:
        message = f"Array parameter '{name}' value '{sent}' is invalid. Reason: Deserializing output '{sent}' failed"
        raise sentence(400, message) from problem


def _only(found: Mapping[str, Value], name: str, known: Collection[str]) -> None:
    for inner in found:
        if inner not in known:
            raise unknown_field(name, inner)


def _instant(sent: Value | None, name: str) -> datetime | None:
    if sent is None:
        return None
    try:
        return from_millis(int(str(sent)))
    except (ValueError, OverflowError) as problem:
        raise invalid(name) from problem


def _day(sent: Value | None, name: str) -> date | None:
    if sent is None:
        return None
    if not isinstance(sent, dict):
        raise invalid(name)
    try:
        return date(*(int(str(sent[part])) for part in ("year", "month", "day")))
    except (KeyError, ValueError, OverflowError) as problem:
        raise invalid(name) from problem
