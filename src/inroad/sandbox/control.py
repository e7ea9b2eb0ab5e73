"""The levers under `/sandbox/`: health, clock, switches, faults, journal, world, tokens. Not a part of LinkedIn.

Bad input is answered with 400 and `{"error": ...}` in the caller's own words.
"""

import contextlib
from collections.abc import Awaitable, Callable, Generator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from inroad.sandbox import faults, limits, storage
from inroad.sandbox.access import is_held
from inroad.sandbox.journal import Journal, har, to_json
from inroad.sandbox.oauth import tokens
from inroad.sandbox.oauth.origin import origin_of
from inroad.sandbox.shape import is_list, is_object
from inroad.sandbox.switches import PROFILES, SWITCHES, Switches
from inroad.sandbox.world import App, World

Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]


class BadInput(ValueError):
    """The caller sent something that this lever does not take."""


def routes() -> list[BaseRoute]:
    """Return the control routes; what they move is at `request.app.state`."""
    return [
        lever("/sandbox/health", GET=_health),
        lever("/sandbox/clock", GET=_clock, POST=_move_clock),
        lever("/sandbox/switches", GET=_switches, PATCH=_set_switches, POST=_set_switches),
        lever("/sandbox/profile", GET=_switches, PUT=_set_profile, POST=_set_profile),
        lever("/sandbox/faults", GET=_faults, POST=_plan_fault, DELETE=_lift_faults),
        lever("/sandbox/faults/{id}", DELETE=_lift_faults),
        lever("/sandbox/quota", GET=_quota, PUT=_set_cap, DELETE=_empty_quota),
        lever("/sandbox/journal", GET=_journal, DELETE=_clear_journal),
        lever("/sandbox/journal.har", GET=_archive),
        lever("/sandbox/world", GET=_world, PUT=_put_world, DELETE=_reset_world),
        lever("/sandbox/tokens", POST=_mint_token),
        lever("/sandbox/apps", GET=_apps),
        lever("/sandbox/members", GET=_members),
        lever("/sandbox/organizations", GET=_organizations),
    ]


async def _health(request: Request) -> Response:
    world = world_of(request)
    return as_json(
        {
            "status": "ok",
            "profile": world.switches.profile,
            "now": world.clock.now().isoformat(),
            "apps": len(world.apps),
            "members": len(world.members),
            "organizations": len(world.organizations),
            "requests": len(_journal_of(request)),
        }
    )


async def _clock(request: Request) -> Response:
    return as_json(_clock_shown(world_of(request)))


async def _move_clock(request: Request) -> Response:
    """Take `set` (an instant), `advance` (seconds, or `{"days": 1, "hours": 2}`), `freeze`, `resume`."""
    clock = world_of(request).clock
    wanted = await read_object(request, "set", "advance", "freeze", "resume")
    if not wanted:
        raise BadInput("a clock takes set, advance, freeze or resume")
    if "set" in wanted:
        clock.set(_instant(wanted["set"]))
    if "advance" in wanted:
        with in_words("advance leads out of the calendar"):
            clock.advance(_duration(wanted["advance"]))
    if wanted.get("freeze"):
        clock.freeze()
    if wanted.get("resume"):
        clock.resume()
    return as_json(_clock_shown(world_of(request)))


async def _switches(request: Request) -> Response:
    switches = world_of(request).switches
    return as_json(
        {
            "profile": switches.profile,
            "set": switches.to_values()["set"],
            "switches": {
                name: {"value": switches[name], "alternatives": list(s.alternatives), "meaning": s.meaning}
                for name, s in SWITCHES.items()
            },
        }
    )


async def _set_switches(request: Request) -> Response:
    world = world_of(request)
    tried = Switches.from_values(world.switches.to_values())
    for name, value in (await read_object(request)).items():
        with in_words(f"switch {name!r}"):
            tried[name] = value
    world.switches = tried
    return await _switches(request)


async def _set_profile(request: Request) -> Response:
    """Take a profile; single switches that were set go back to its values unless `keep` is true."""
    world = world_of(request)
    wanted = await read_object(request, "profile", "keep")
    profile = wanted.get("profile")
    if profile not in PROFILES:
        raise BadInput(f"no profile {profile!r}: there are {', '.join(PROFILES)}")
    world.switches = Switches(profile, world.switches.to_values()["set"] if wanted.get("keep") else None)
    return await _switches(request)


async def _faults(request: Request) -> Response:
    kinds = {n: {"stage": k.stage, "reads": list(k.reads), "meaning": k.meaning} for n, k in faults.KINDS.items()}
    return as_json({"planned": faults.shown(world_of(request)), "kinds": kinds})


async def _plan_fault(request: Request) -> Response:
    wanted = await read_object(request)
    with in_words():
        return as_json(faults.plan(world_of(request), wanted), status=201)


async def _lift_faults(request: Request) -> Response:
    return as_json({"lifted": faults.lift(world_of(request), request.path_params.get("id"))})


async def _quota(request: Request) -> Response:
    world = world_of(request)
    caps = msgspec.to_builtins(limits.today(world).caps)
    reset = limits.seconds_to_reset(world.clock.now())
    return as_json({"used": limits.usage(world), "caps": caps, "seconds_to_reset": reset})


async def _set_cap(request: Request) -> Response:
    """Take `{"posts.CREATE": {"per_app": 10, "per_member": 2}}`; null lifts a cap of one's own."""
    counters = limits.today(world_of(request))
    for endpoint, cap in (await read_object(request)).items():
        if cap is None:
            counters.caps.pop(endpoint, None)
            continue
        with in_words(f"cap of {endpoint!r}"):
            counters.caps[endpoint] = msgspec.convert(cap, limits.Cap)
    return await _quota(request)


async def _empty_quota(request: Request) -> Response:
    limits.today(world_of(request)).calls.clear()
    return await _quota(request)


async def _journal(request: Request) -> Response:
    """Answer entries; `after`, `path` and `status` narrow them."""
    query = request.query_params
    entries = _journal_of(request).entries(
        after=_whole_number(query, "after") or 0, path=query.get("path", ""), status=_whole_number(query, "status")
    )
    return Response(to_json(entries), media_type="application/json")


async def _clear_journal(request: Request) -> Response:
    _journal_of(request).clear()
    return Response(status_code=204)


async def _archive(request: Request) -> Response:
    archive = har(_journal_of(request).entries(), origin=origin_of(request))
    return Response(
        msgspec.json.encode(archive),
        media_type="application/json",
        headers={"content-disposition": 'attachment; filename="sandbox.har"'},
    )


async def _world(request: Request) -> Response:
    return Response(world_of(request).to_document(), media_type="application/json")


async def _put_world(request: Request) -> Response:
    document = await request.body()
    with in_words():
        world = storage.read(document)
    before = world_of(request)
    if world.files.place == before.files.place:
        world.files = before.files  # which removes a temporary folder when nobody has it any more
    request.app.state.world = world
    return await _health(request)


async def _reset_world(request: Request) -> Response:
    request.app.state.world = request.app.state.seed()
    return await _health(request)


async def _mint_token(request: Request) -> Response:
    """Take `client_id`, `member` (left out: an application's token) and `scopes`; the consent page is not asked."""
    world = world_of(request)
    wanted = await read_object(request, "client_id", "member", "scopes")
    client_id = wanted.get("client_id") or next(iter(world.apps), "")
    app = world.apps.get(client_id) if isinstance(client_id, str) else None
    if app is None:
        raise BadInput(f"no app {client_id!r} in this world: there are {', '.join(world.apps) or 'none'}")
    scopes = _scopes(wanted.get("scopes", []), app, world)
    with in_words():
        issued = tokens.issue(world, client_id=app.client_id, member_id=wanted.get("member"), scopes=scopes)
    return as_json(
        {
            "access_token": issued.access_token,
            "expires_in": issued.expires_in,
            "scope": ",".join(issued.scopes),
            "refresh_token": issued.refresh_token,
            "refresh_token_expires_in": issued.refresh_token_expires_in,
        },
        status=201,
    )


async def _apps(request: Request) -> Response:
    shown = [
        {n: v for n, v in msgspec.to_builtins(app).items() if n not in ("client_secret", "webhook_secret")}
        for app in world_of(request).apps.values()
    ]
    return as_json({"apps": shown})


async def _members(request: Request) -> Response:
    """Answer the members with the ids under which each app knows them."""
    world = world_of(request)
    shown = [
        {
            **{n: v for n, v in msgspec.to_builtins(member).items() if n != "password"},
            "ids": {client_id: world.scoped_id(client_id, member.id) for client_id in world.apps},
        }
        for member in world.members.values()
    ]
    return as_json({"members": shown})


async def _organizations(request: Request) -> Response:
    return as_json({"organizations": msgspec.to_builtins(list(world_of(request).organizations.values()))})


def lever(path: str, **endpoints: Endpoint) -> Route:
    """Return one route whose methods have functions of their own; `BadInput` becomes a 400."""

    async def endpoint(request: Request) -> Response:
        try:
            return await endpoints["GET" if request.method == "HEAD" else request.method](request)
        except BadInput as problem:
            return as_json({"error": str(problem)}, status=400)

    return Route(path, endpoint, methods=list(endpoints))


def world_of(request: Request) -> World:
    """Return the world that the application holds now."""
    world: World = request.app.state.world
    return world


def _journal_of(request: Request) -> Journal:
    journal: Journal = request.app.state.journal
    return journal


def as_json(body: Any, status: int = 200) -> Response:
    """Return a JSON answer."""
    return Response(msgspec.json.encode(body), status_code=status, media_type="application/json")


async def read_object(request: Request, *known: str) -> dict[str, Any]:
    """Return the request's JSON object, whose names are among `known` where any are given."""
    try:
        read = msgspec.json.decode(await request.body() or b"{}")
    except msgspec.DecodeError as problem:
        raise BadInput(f"the body is no JSON: {problem}") from problem
    if not is_object(read):
        raise BadInput("the body must be a JSON object")
    for name in read:
        if known and name not in known:
            raise BadInput(f"unknown field {name!r}: this takes {', '.join(known)}")
    return read


@contextlib.contextmanager
def in_words(prefix: str = "") -> Generator[None]:
    """Turn what the rooms say of a bad value into an answer."""
    try:
        yield
    except (ValueError, OverflowError, TypeError) as problem:
        raise BadInput(f"{prefix}: {problem}" if prefix else str(problem)) from problem


def _clock_shown(world: World) -> dict[str, Any]:
    return {"now": world.clock.now().isoformat(), "frozen": world.clock.frozen_at is not None}


def _instant(value: Any) -> datetime:
    if isinstance(value, int | float) and not isinstance(value, bool):
        with in_words("set leads out of the calendar"):
            return datetime.fromtimestamp(value / 1000, UTC)
    try:
        read = datetime.fromisoformat(str(value))
    except ValueError as problem:
        raise BadInput(f"set takes an instant such as 2026-11-23T09:00:00Z, got {value!r}") from problem
    if read.tzinfo is None:
        raise BadInput(f"set takes an instant with its zone, such as 2026-11-23T09:00:00Z, got {value!r}")
    return read


def _duration(value: Any) -> timedelta:
    units = ("days", "hours", "minutes", "seconds")
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = {"seconds": value}
    if not is_object(value) or not value:
        raise BadInput(f"advance takes seconds, or an object with {', '.join(units)}, got {value!r}")
    for name, number in value.items():
        if name not in units or isinstance(number, bool) or not isinstance(number, int | float):
            raise BadInput(f"advance takes {', '.join(units)} with numbers, got {name!r}: {number!r}")
    with in_words("advance leads out of the calendar"):
        return timedelta(**value)


def _scopes(value: Any, app: App, world: World) -> list[str]:
    if isinstance(value, str):
        value = value.replace(",", " ").split()
    if not is_list(value) or not all(isinstance(s, str) for s in value):
        raise BadInput(f"scopes must be a list of names, got {value!r}")
    for scope in value:
        if not is_held(scope, app, world.switches):
            raise BadInput(f"app {app.client_id!r} may not ask for {scope!r}: no product of its own grants it")
    return value


def _whole_number(query: Mapping[str, str], name: str) -> int | None:
    text = query.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit()):
        raise BadInput(f"{name} must be a number, got {text!r}")
    return int(text)
