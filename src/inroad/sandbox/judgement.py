"""The steps of judging one API request. Their order is one list in `app.py`; each step either passes or refuses.

A step changes the `Case` and knows nothing of the steps before and after it, beyond what the case holds by then.
"""

import os
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeAlias
from urllib.parse import quote

import msgspec

from inroad.sandbox import access, answers, faults, limits, records, versions, wire
from inroad.sandbox.call import Answer, Call, Grant, Refusal, Value
from inroad.sandbox.faults import Fault
from inroad.sandbox.grammar import GrammarError, decode, escape_raw_urns, has_grammar, reduced, url_key
from inroad.sandbox.masks import MaskError, masked, parse_fields, parse_projection, projected
from inroad.sandbox.resource import Method
from inroad.sandbox.router import Route, Router, line_of, resolve
from inroad.sandbox.shape import is_object
from inroad.sandbox.wire import Wire
from inroad.sandbox.world import World

Decorator: TypeAlias = Callable[[Call, str, str], Any]
"""Takes a call, a URN and a decorator's name; returns the entity that stands beside the URN, or refuses."""

Header: TypeAlias = tuple[bytes, bytes]

_SELECTORS: Final = frozenset({"q", "bq", "action", "ids", "oauth2_access_token", "$returnEntity"})
_PAGING: Final = frozenset({"start", "count"})
_BODIES: Final = ("CREATE", "UPDATE", "PARTIAL_UPDATE", "BATCH_", "ACTION-")
_ENTITY_LISTS: Final = ("FINDER-", "GET_ALL")


class Case(msgspec.Struct, kw_only=True):
    """One request on its way through judgement, with what the steps found out."""

    world: World
    router: Router
    wire: Wire
    tell_origin: Callable[[], str]
    decorators: Mapping[str, Decorator] = {}
    base: str = ""  # `v2` or `rest`
    steps: list[str] = []  # the path below its base
    place: Route | None = None  # where the path leads, before anybody asks
    faults: list[Fault] = []
    remarks: list[str] = []
    wait_seconds: float = 0.0
    grant: Grant | None = None
    version: str | None = None
    params: dict[str, Value] = {}
    route: Route | None = None
    method: Method | None = None
    call: Call | None = None
    answer: Answer | None = None

    def __post_init__(self) -> None:
        self.base, *self.steps = self.wire.path.removeprefix("/").split("/")
        self.place = self.router.find(self.base, self.steps)

    @property
    def permission(self) -> str:
        """How a 403 names this request."""
        assert self.route is not None
        assert self.method is not None
        wording = self.world.switches["errors.wording"]
        return access.permission_name(self.route.resource, self.method.name, self.version, self.wire.method, wording)


Step: TypeAlias = Callable[[Case], None]


def check_size(case: Case) -> None:
    """Refuse with 414 or 411 what LinkedIn's front does not even read."""
    wire.check_size(case.wire, int(case.world.switches.number("url_limit")))


def unfold_tunnel(case: Case) -> None:
    """Put the request in place that a tunnelled one stands for."""
    case.wire, remarks = wire.unfold(case.wire, case.world.switches)
    case.remarks += remarks
    wire.check_protocol(case.wire)


def meet_planned_faults(case: Case) -> None:
    """Let planned faults happen that come before the request is carried out."""
    case.faults = faults.take(case.world, case.wire.method, case.wire.path)
    case.wait_seconds = sum(f.seconds for f in case.faults if f.name == "latency")
    for fault in case.faults:
        refusal = faults.refusal_of(fault, case.wire.headers.get("linkedin-version", ""))
        if refusal is not None and faults.KINDS[fault.name].stage == "before":
            raise refusal


def authenticate(case: Case) -> None:
    """Find out whom the token speaks for."""
    in_query = None
    if case.world.switches["auth.query_token"] == case.base:
        in_query = dict(wire.pairs_of(case.wire.query)).get("oauth2_access_token")
    case.grant = access.authenticate(case.world, access.bearer_text(case.wire.headers, in_query))


def check_version(case: Case) -> None:
    """Ask for a version that lives; `/v2` ignores the header."""
    if case.base == "rest":
        line = line_of(case.place, case.steps)
        header = case.wire.headers.get("linkedin-version")
        case.version = versions.judge(header, line, case.world.switches, case.world.clock.now().date())


def read_query(case: Case) -> None:
    """Decode path and query by the protocol's grammar, before anybody asks what they mean."""
    if case.wire.protocol == "2.0.0":
        for step in _checked_steps(case):
            if has_grammar(step):
                wire.path_key(step, "2.0.0", case.world.switches, compound=True)
        if "urn:" in case.wire.path or "urn:" in case.wire.query:
            case.remarks.append("raw URNs under protocol 2.0.0: LinkedIn itself answers 400")
    raw_urns = case.place is not None and case.place.resource.takes_raw_urns
    case.params = wire.parameters(case.wire, case.world.switches, raw_urns=raw_urns)


def find_method(case: Case) -> None:
    """Find the resource and the Rest.li method, and make the call that its handler will get."""
    route = case.place
    if route is None:
        raise case.router.missing(case.base, case.steps)
    method = resolve(
        case.wire.method,
        route,
        case.params,
        case.wire.headers.get("x-restli-method", "").strip(),
        path=case.wire.path,
        switches=case.world.switches,
    )
    case.route, case.method = route, method
    assert case.grant is not None
    declared = method.params
    case.call = Call(
        world=case.world,
        grant=case.grant,
        base=case.base,
        resource=route.resource.path,
        method=method.name,
        key=None if route.key is None else _key(case, route, route.key),
        parent_keys=_parents(case, route),
        keys=_keys(case, route, method),
        params={
            n: v
            for n, v in case.params.items()
            if n in declared or (n not in _SELECTORS and n not in wire.RAW_PARAMETERS)
        },
        version=case.version,
        protocol=case.wire.protocol,
        tell_origin=case.tell_origin,
        remarks=case.remarks,
    )


def check_scopes(case: Case) -> None:
    """Hold the grant against the scopes and products that the method asks for."""
    call, method = _judged(case)
    if not access.is_open(call, method):
        raise answers.not_permitted(case.permission)
    if method.gate is not None:
        method.gate(call)


def count_quota(case: Case) -> None:
    """Count the call, or refuse it for today."""
    if case.world.switches["gateway.quota_position"] == "before_body":
        limits.count(_judged(case)[0])


def check_parameters(case: Case) -> None:
    """Refuse parameters that the method does not know, and ask for those that it requires."""
    call, method = _judged(case)
    known = _PAGING if method.name.startswith(("FINDER-", "BATCH_FINDER-", "GET_ALL")) else frozenset[str]()
    unknown = [n for n in call.params if n not in method.params and n not in known]
    if unknown and case.base == "rest":
        raise answers.bad_parameter("QUERY_PARAM_NOT_ALLOWED", unknown[0])
    if unknown:
        raise records.unpermitted_fields([f"/{name}" for name in unknown], "PARAMETER")
    for name, need in method.params.items():
        if need == "required" and name not in case.params:
            raise answers.missing_parameter(name)


def read_body(case: Case) -> None:
    """Read the JSON object of methods that have a body."""
    call, method = _judged(case)
    if not method.name.startswith(_BODIES) or method.name in ("BATCH_GET", "BATCH_DELETE"):
        return
    if not case.wire.body and method.name.startswith("ACTION-"):
        call.body = {}
    elif case.wire.body or method.body is not None:
        strict = case.world.switches.is_on("strict_content_type")
        call.body = wire.json_body(case.wire, strict_content_type=strict)


def check_fields(case: Case) -> None:
    """Refuse fields that this caller may not send, and values that are not this caller's: the gateway's 403s."""
    call, method = _judged(case)
    if method.body is not None and is_object(call.body):
        nulls = records.null_paths(method.body, call.body)
        if nulls:
            raise records.unpermitted_fields(nulls)
    if method.rule is not None:
        method.rule(call)


def check_schema(case: Case) -> None:
    """Hold the body against what LinkedIn accepts; every fault is told at once."""
    call, method = _judged(case)
    if method.body is None or call.body is None:
        return
    kind = method.name.partition("-")[0]
    if kind == "PARTIAL_UPDATE" and "patch" not in method.body.by_name:
        lines = records.patch_faults(method.body, call.body)
    else:
        request: records.Request = "action" if kind == "ACTION" else "update" if kind == "UPDATE" else "create"
        lines = records.faults(method.body, call.body, request=request)
    if lines:
        raise records.schema_refusal(lines)


def act(case: Case) -> None:
    """Let the resource's rules judge the call and change the world."""
    call, method = _judged(case)
    if case.world.switches["gateway.quota_position"] == "after_resource":
        limits.count(call)
    case.answer = method.handler(call)


def cut_down(case: Case) -> None:
    """Keep of the answer what `fields` or `projection` name, where the resource does not read them itself."""
    call, method = _judged(case)
    assert case.answer is not None
    body = case.answer.body
    if not is_object(body) or not case.params:
        return
    for name, cut in (("fields", _masked), ("projection", _projected)):
        text = case.params.get(name)
        if isinstance(text, str) and name not in method.params:
            try:
                body = cut(case, call, body, text)
            except MaskError as fault:
                raise answers.bad_query() from fault
    case.answer = Answer(status=case.answer.status, body=body, headers=case.answer.headers)


class Reply(msgspec.Struct, kw_only=True):
    """What goes out."""

    status: int
    headers: list[Header]
    body: bytes = b""


def reply(case: Case, outcome: Answer | Refusal) -> Reply:
    """Return the answer with the headers that LinkedIn sends."""
    headers = [("x-restli-protocol-version", case.wire.protocol)]
    if case.route is not None:
        headers.append(("x-li-route-key", case.route.resource.path))
    headers += _quota_headers(case)
    body = outcome.body
    if isinstance(outcome, Refusal):
        headers += _error_headers(case, outcome)
    elif outcome.status == 201:
        headers += _id_headers(case, outcome.headers.get("x-restli-id", ""))
        if case.params.get("$returnEntity") == "false":
            body = None
    headers += [(n, v) for n, v in outcome.headers.items() if n != "x-restli-id"]
    encoded = b"" if body is None else msgspec.json.encode(body)
    if encoded:
        headers.append(("content-type", "application/json"))
    if outcome.status != 204:
        headers.append(("content-length", str(len(encoded))))
    return Reply(status=outcome.status, headers=[*linkedin_headers(), *raw(headers)], body=encoded)


def linkedin_headers() -> list[Header]:
    """Return what support asks for; fresh for every answer."""
    chance = os.urandom(24)
    return [
        (b"x-li-uuid", b64encode(chance[:16])),
        (b"x-li-request-id", chance[16:].hex().encode()),
        (b"x-li-fabric", b"prod-lor1"),
        (b"x-li-source-fabric", b"prod-lor1"),
        (b"x-li-pop", b"afd-prod-lor1-x"),
        (b"x-li-proto", b"http/1.1"),
    ]


def raw(headers: Iterable[tuple[str, str]]) -> list[Header]:
    """Return headers as they go over the wire."""
    return [(name.encode("latin-1"), value.encode("latin-1", "replace")) for name, value in headers]


def _judged(case: Case) -> tuple[Call, Method]:
    assert case.call is not None
    assert case.method is not None
    return case.call, case.method


def _key(case: Case, route: Route, raw: str) -> Value:
    """Read the entity's key as its resource declares it."""
    compound = route.resource.key == "compound"
    if route.resource.takes_raw_urns:
        raw = escape_raw_urns(raw)
    key = wire.path_key(raw, case.wire.protocol, case.world.switches, compound=compound)
    if compound and isinstance(key, str) and key.startswith("("):
        key = _encoded_whole(case, key)
    if compound != isinstance(key, dict):
        raise answers.bad_path()
    if route.resource.key == "number" and not _is_number(key):
        raise answers.sentence(400, f"Key value '{key}' must be of type 'java.lang.Long'")
    return key


def _checked_steps(case: Case) -> list[str]:
    """Return the path's steps as the gateway's grammar is held against them."""
    if case.place is None or not case.place.resource.takes_raw_urns:
        return case.steps
    return [escape_raw_urns(step) for step in case.steps]


def _encoded_whole(case: Case, key: str) -> Value:
    """Read a compound key whose own grammar was percent-encoded too, as some clients send keys of reactions."""
    try:
        read = decode(escape_raw_urns(key))
    except GrammarError as fault:
        raise answers.bad_path() from fault
    case.remarks.append("a compound key came with its parentheses encoded; it was let pass")
    return read


def _parents(case: Case, route: Route) -> tuple[Value, ...]:
    protocol, switches = case.wire.protocol, case.world.switches
    return tuple(wire.path_key(raw, protocol, switches, compound=raw.startswith("(")) for raw in route.parents)


def _keys(case: Case, route: Route, method: Method) -> tuple[Value, ...]:
    """Read the keys of `ids`, where the method is one of a batch."""
    if not method.name.startswith("BATCH_") or "ids" not in case.params:
        return ()
    compound = route.resource.key == "compound"
    keys = wire.batch_keys(case.params["ids"], case.wire.protocol, compound=compound)
    if route.resource.key == "number":
        for key in keys:
            if not _is_number(key):
                raise answers.sentence(400, f"NumberFormatException parsing batch key '{reduced(key)}'")
    return tuple(keys)


def _is_number(key: Value) -> bool:
    return isinstance(key, str) and key.isascii() and key.removeprefix("-").isdigit()


def _masked(case: Case, call: Call, body: dict[str, Any], text: str) -> dict[str, Any]:
    """Apply `fields` to each entity of the answer; what surrounds entities has masks of its own."""
    mask = parse_fields(text)
    if call.method.startswith(_ENTITY_LISTS):
        cut = {**body, "elements": [masked(e, mask) for e in body.get("elements", ())]}
        for part, name in (("metadata", "metadataFields"), ("paging", "pagingFields")):
            inner = case.params.get(name)
            if isinstance(inner, str) and part in cut:
                cut[part] = masked(cut[part], parse_fields(inner))
        return cut
    if call.method == "BATCH_GET":
        return {**body, "results": {k: masked(v, mask) for k, v in body.get("results", {}).items()}}
    found: dict[str, Any] = masked(body, mask)
    return found


def _projected(case: Case, call: Call, body: dict[str, Any], text: str) -> dict[str, Any]:
    """Apply a legacy projection to the whole answer; decoration is `/v2`'s only."""

    def resolve(urn: str, decorator: str) -> tuple[str, Any]:
        kind = urn.split(":")[2] if urn.count(":") > 2 else ""
        known = case.decorators.get(kind)
        try:
            if known is None:
                raise answers.gateway(404, "NOT_FOUND", "Not Found")
            return "~", known(call, urn, decorator)
        except Refusal as refusal:
            return "!", refusal.body

    projection = parse_projection(text)
    if call.base == "rest":
        projection = [part for part in projection if not part.decorations]
    found: dict[str, Any] = projected(body, projection, resolve)
    return found


def _quota_headers(case: Case) -> list[tuple[str, str]]:
    """Return the tutorial's two headers, which LinkedIn has never been seen to send."""
    if case.call is None or not case.world.switches.is_on("headers.tutorial_quota"):
        return []
    left = limits.left(case.call)
    if left is None:
        return []
    reset = limits.seconds_to_reset(case.world.clock.now())
    return [("x-restli-quota-remaining", str(left)), ("x-restli-quota-reset", str(reset))]


def _error_headers(case: Case, refusal: Refusal) -> list[tuple[str, str]]:
    headers: list[tuple[str, str]] = []
    if answers.is_gateway_error(refusal.body):
        if "x-restli-gateway-error" not in refusal.headers:
            headers.append(("x-restli-gateway-error", "true"))
    else:
        name = "x-restli-error-response" if case.wire.protocol == "2.0.0" else "x-linkedin-error-response"
        headers.append((name, "true"))
    seconds = case.world.switches["headers.retry_after"]
    if refusal.status == 429 and seconds != "off":
        headers.append(("retry-after", str(seconds)))
    return headers


def _id_headers(case: Case, key: str) -> list[tuple[str, str]]:
    """Return the id under the names that the switch asks for, and the address of the new entity."""
    if not key:
        return []
    names = ["x-restli-id", "x-linkedin-id"]
    if case.world.switches["headers.id"] == "by_protocol":
        names = names[:1] if case.wire.protocol == "2.0.0" else names[1:]
    tail = quote(key, safe="(),:%-._~") if key.startswith("(") else url_key(key)
    return [*((name, key) for name in names), ("location", f"{case.wire.path.rstrip('/')}/{tail}")]
