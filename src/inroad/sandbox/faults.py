"""Planned misbehaviour: throttles, outages, lost answers, broken connections, by name and target.

Faults of whole requests are acted out here and in `front.py`. Those that only a resource can act out (slow media,
listing lag, short pages) are its levers, and a settling token is OAuth's; `plan` puts each where it belongs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Final, Literal, TypeAlias

import msgspec

from inroad.sandbox import answers
from inroad.sandbox.call import Refusal
from inroad.sandbox.oauth.tokens import settle_tokens
from inroad.sandbox.resources.levers import NAMES as LEVERS
from inroad.sandbox.resources.levers import Levers
from inroad.sandbox.world import World

Stage: TypeAlias = Literal["before", "after", "elsewhere"]


class ConnectionDropped(ConnectionError):
    """The sandbox broke the connection on purpose; only in-process callers see this exception."""


@dataclass(frozen=True, slots=True)
class FaultKind:
    """What a fault does, when, and which of its numbers it reads."""

    stage: Stage
    reads: tuple[str, ...]
    meaning: str


KINDS: Final[Mapping[str, FaultKind]] = {
    "latency": FaultKind("before", ("seconds",), "the answer waits so many real seconds"),
    "throttle_member_day": FaultKind("before", (), "429 APPLICATION_AND_MEMBER DAY"),
    "throttle_app_day": FaultKind("before", (), "429 APPLICATION DAY"),
    "throttle_burst": FaultKind("before", (), "429 without level and window"),
    # UNCONFIRMED: no 429 of the data volume limit was recorded; its body would confirm the text.
    "throttle_data": FaultKind("before", (), "429 of the data volume"),
    "error_before": FaultKind("before", ("status",), "5xx, and nothing was done"),
    "version_retired": FaultKind("before", (), "426 for whatever version was sent"),
    "error_after": FaultKind("after", ("status",), "5xx although the request was carried out"),
    "answer_lost": FaultKind("after", (), "the request is carried out and the connection closed without an answer"),
    "connection_reset": FaultKind("after", ("bytes",), "the connection is reset after so many bytes of the body"),
    "truncated_body": FaultKind("after", ("bytes",), "the body ends too early; half of it without a number"),
    "duplicate_phantom": FaultKind("after", (), "a 422 DUPLICATE_POST names a URN that is nowhere"),
    "token_settling": FaultKind("elsewhere", ("calls", "seconds"), "fresh tokens answer 401 65601 at first"),
    **{name: FaultKind("elsewhere", ("number",), "acted out by the resources") for name in LEVERS},
}


class Fault(msgspec.Struct, kw_only=True, omit_defaults=True):
    """One planned fault. Patterns are shell patterns; `times` None: until it is lifted."""

    id: str
    name: str
    path: str = "*"
    method: str = "*"
    times: int | None = 1
    skip: int = 0
    probability: float = 1.0
    status: int = 503
    seconds: float = 0.0
    bytes: int | None = None
    hits: int = 0


class Plan(msgspec.Struct):
    """The faults planned in a world."""

    faults: list[Fault] = []
    planned: int = 0


def plan(world: World, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Plan one fault and return it as it stands.

    Raises:
        ValueError: an unknown name or field, or a value out of bounds; says which.
    """
    name = wanted.get("name")
    kind = KINDS.get(name) if isinstance(name, str) else None
    if kind is None or not isinstance(name, str):
        raise ValueError(f"no fault {name!r}: there are {', '.join(KINDS)}")
    if kind.stage == "elsewhere":
        return _plan_elsewhere(world, name, kind, wanted)
    _check_fields(wanted, ("name", "path", "method", "times", "skip", "probability", *kind.reads))
    state = world.state(Plan)
    try:
        fault = msgspec.convert({**wanted, "id": f"fault-{state.planned + 1}"}, Fault)
    except msgspec.ValidationError as problem:
        raise ValueError(f"fault {name}: {problem}") from problem
    _check_bounds(fault)
    state.planned += 1
    state.faults.append(fault)
    return _shown(fault)


def take(world: World, method: str, path: str) -> list[Fault]:
    """Return the faults that this request meets, and use them up."""
    state = world.state(Plan)
    if not state.faults:
        return []
    met = [fault for fault in state.faults if _meets(world, fault, method, path)]
    state.faults = [f for f in state.faults if f.times is None or f.times > 0]
    return met


def refusal_of(fault: Fault, version: str) -> Refusal | None:
    """Return what a fault answers in place of the resource, None for one that answers nothing."""
    if fault.name in ("error_before", "error_after"):
        return answers.server_error(fault.status)
    if fault.name == "version_retired":
        return answers.gateway(426, "NONEXISTENT_VERSION", f"Requested version {version} is not active")
    return {
        "throttle_member_day": answers.throttled("APPLICATION_AND_MEMBER", "DAY"),
        "throttle_app_day": answers.throttled("APPLICATION", "DAY"),
        "throttle_burst": answers.throttled(),
        "throttle_data": answers.gateway(
            429, "TOO_MANY_REQUESTS", "Data volume throttle limit is reached.", number=101
        ),
    }.get(fault.name)


def shown(world: World) -> list[dict[str, Any]]:
    """Return everything planned in a world."""
    rows = [_shown(fault) for fault in world.state(Plan).faults]
    return rows + [{"id": name, "name": name, "number": number} for name, number in world.state(Levers).on.items()]


def lift(world: World, fault_id: str | None = None) -> int:
    """Lift one fault, or all of them, and return how many there were."""
    state, levers = world.state(Plan), world.state(Levers)
    kept = [f for f in state.faults if fault_id is not None and f.id != fault_id]
    lifted = len(state.faults) - len(kept)
    state.faults = kept
    for name in [n for n in levers.on if fault_id in (None, n)]:
        del levers.on[name]
        lifted += 1
    if fault_id in (None, "token_settling"):
        settle_tokens(world)
    return lifted


def _plan_elsewhere(world: World, name: str, kind: FaultKind, wanted: Mapping[str, Any]) -> dict[str, Any]:
    _check_fields(wanted, ("name", *kind.reads))
    numbers = {field: wanted.get(field, 0) for field in kind.reads}
    for field, number in numbers.items():
        if isinstance(number, bool) or not isinstance(number, int | float) or number < 0:
            raise ValueError(f"fault {name}: {field} must be a number from 0 on, got {number!r}")
    if name == "token_settling":
        settle_tokens(world, calls=int(numbers["calls"]), seconds=float(numbers["seconds"]))
    else:
        world.state(Levers).on[name] = float(numbers["number"])
    return {"id": name, "name": name, **numbers}


def _check_fields(wanted: Mapping[str, Any], known: tuple[str, ...]) -> None:
    for field in wanted:
        if field not in known:
            raise ValueError(f"fault {wanted['name']} has no field {field!r}: it takes {', '.join(known[1:])}")


def _check_bounds(fault: Fault) -> None:
    for field, is_good, bounds in (
        ("times", fault.times is None or fault.times > 0, "1 or more, or null"),
        ("skip", fault.skip >= 0, "0 or more"),
        ("probability", 0 < fault.probability <= 1, "more than 0 and at most 1"),
        ("status", 500 <= fault.status <= 599, "500 to 599"),
        ("seconds", 0 <= fault.seconds <= 3600, "0 to 3600"),
        ("bytes", fault.bytes is None or fault.bytes >= 0, "0 or more"),
    ):
        if not is_good:
            raise ValueError(f"fault {fault.name}: {field} must be {bounds}, got {getattr(fault, field)!r}")


def _meets(world: World, fault: Fault, method: str, path: str) -> bool:
    if not (fnmatchcase(path, fault.path) and fnmatchcase(method, fault.method.upper())):
        return False
    if fault.skip > 0:
        fault.skip -= 1
        return False
    if fault.probability < 1 and world.random.random() >= fault.probability:
        return False
    fault.hits += 1
    if fault.times is not None:
        fault.times -= 1
    return True


def _shown(fault: Fault) -> dict[str, Any]:
    row: dict[str, Any] = msgspec.to_builtins(fault)
    return {**row, "times": fault.times}
