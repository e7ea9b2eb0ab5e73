"""From raw HTTP to a request that the pipeline can judge: size limits, tunnelling, headers, query, keys.

Nothing here is shared with the SDK: both read LinkedIn's documents for themselves. Sources, learn.microsoft.com
/linkedin/shared/api-guide/concepts: "Protocol version", "Query tunneling"; Rest.li's `QueryTunnelUtil`.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from inroad.contract.limits import MAX_HEAD_BYTES, MAX_PATH_SEGMENT_BYTES, MAX_QUERY_BYTES, MAX_URL_BYTES
from inroad.sandbox import answers
from inroad.sandbox.call import Refusal, Value
from inroad.sandbox.grammar import (
    GrammarError,
    decode,
    decode_legacy,
    decode_legacy_key,
    escape_raw_urns,
    has_grammar,
    reduced,
    unescape,
)
from inroad.sandbox.shape import is_object, member_of
from inroad.sandbox.switches import Switches

PROTOCOLS: Final = ("1.0.0", "2.0.0")
RAW_PARAMETERS: Final = frozenset({"fields", "metadataFields", "pagingFields", "projection"})
"""Masks: they have grammars of their own (`masks.py`)."""

_JOINED_IDS = re.compile(r"List\([^():,]+(?::[^():,]+)+\)")
"""Ids as LinkedIn's Talent Solutions SDK for Java writes those of job reports: with colons between them."""

REPEATED: Final = frozenset({"verificationCriteria"})
"""Parameters that clients repeat under 2.0.0 too, and LinkedIn answers ("Verified on LinkedIn", three clients)."""

_TUNNELLED: Final = frozenset({"GET", "POST", "PUT", "DELETE", "OPTIONS"})
_FORM: Final = "application/x-www-form-urlencoded"
_ENCODED_GRAMMAR = re.compile(r"%(?:28|29|2C|3A)", re.IGNORECASE)
_BOUNDARY = re.compile(r'boundary="?([^";,]+)"?', re.IGNORECASE)
_FIRST_BLANK_LINE = re.compile(rb"\r?\n\r?\n")


class Wire(msgspec.Struct, kw_only=True):
    """One request as it came: header names in lower case, path and query not decoded."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = {}
    body: bytes = b""
    protocol: str = ""  # the Rest.li protocol version of the headers; a missing header means 1.0.0

    def __post_init__(self) -> None:
        self.protocol = self.headers.get("x-restli-protocol-version", "").strip() or "1.0.0"

    @property
    def content_type(self) -> str:
        """The media type without its parameters, in lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def check_size(wire: Wire, max_url_bytes: int = MAX_URL_BYTES) -> None:
    """Refuse with 414 what exceeds a documented limit, and with 411 a POST that does not tell its length.

    UNCONFIRMED: the bodies of both; the documentation gives the statuses only.
    """
    url = len(wire.path) + len(wire.query) + bool(wire.query)
    headers = wire.headers
    head = len(wire.method) + url + 11 + sum(map(len, headers)) + sum(map(len, headers.values())) + 4 * len(headers)
    if (
        url > max_url_bytes
        or len(wire.query) > MAX_QUERY_BYTES
        or head > MAX_HEAD_BYTES
        or (len(wire.path) > MAX_PATH_SEGMENT_BYTES and max(map(len, wire.path.split("/"))) > MAX_PATH_SEGMENT_BYTES)
    ):
        raise answers.sentence(414, "URI Too Long")
    if wire.method == "POST" and "content-length" not in wire.headers and "transfer-encoding" not in wire.headers:
        raise answers.sentence(411, "Length Required")


def unfold(wire: Wire, switches: Switches) -> tuple[Wire, list[str]]:
    """Return the request that a tunnelled one stands for, and remarks; any other request comes back as it is.

    The override header alone makes a tunnel, whatever the length. Both official clients tunnel a long DELETE as
    GET; with `lenient.tunnel_get_delete` the X-RestLi-Method header decides then.
    """
    method = wire.headers.get("x-http-method-override")
    if method is None or wire.method != "POST":
        return wire, []
    if method not in _TUNNELLED:
        raise _bad_tunnel(f"Invalid HTTP method override: {method}")
    if not wire.content_type:
        raise _bad_tunnel("A tunnelled request needs a Content-Type")
    headers = {n: v for n, v in wire.headers.items() if n not in ("x-http-method-override", "content-length")}
    query, body, inner_type = _tunnelled_parts(wire)
    headers.pop("content-type")
    if inner_type:
        headers["content-type"] = inner_type
    remarks = ["tunnelled"]
    wanted = headers.get("x-restli-method", "").upper()
    if method == "GET" and wanted in ("DELETE", "BATCH_DELETE") and switches.is_on("lenient.tunnel_get_delete"):
        method = "DELETE"
        remarks.append("a DELETE tunnelled as GET was let pass, as the official clients send it")
    joined = f"{wire.query}&{query}" if wire.query and query else wire.query or query
    return replace(wire, method=method, query=joined, headers=headers, body=body), remarks


def check_protocol(wire: Wire) -> None:
    """Refuse a Rest.li protocol version that the server does not speak."""
    if wire.protocol not in PROTOCOLS:
        raise answers.sentence(400, f"Rest.li protocol version {wire.protocol} used by the client is not supported!")


def pairs_of(query: str) -> list[tuple[str, str]]:
    """Split a query into raw pairs; empty ones and stray `?` at its start are ignored, as clients send them."""
    found: list[tuple[str, str]] = []
    for part in query.lstrip("?&").split("&"):
        if part:
            name, _, value = part.partition("=")
            found.append((name, value))
    return found


def parameters(wire: Wire, switches: Switches, *, raw_urns: bool = False) -> dict[str, Value]:
    """Read the query by the rules of the request's protocol; masks stay text.

    `raw_urns` lets unencoded URNs pass under 2.0.0, as some resources do.

    Raises:
        Refusal: 400 for broken grammar, raw URNs under 2.0.0, or a parameter that is repeated there.
    """
    pairs = pairs_of(wire.query) if wire.query else []
    if not pairs:
        return {}
    if wire.protocol == "2.0.0":
        return _modern(pairs, switches, raw_urns=raw_urns or switches.is_on("lenient.raw_urns"))
    try:
        return decode_legacy((unescape(name), unescape(value)) for name, value in pairs)
    except GrammarError as fault:
        raise answers.bad_query() from fault


def _modern(pairs: list[tuple[str, str]], switches: Switches, *, raw_urns: bool) -> dict[str, Value]:
    empty = switches.is_on("lenient.empty")
    encoded = switches["restli.encoded_syntax"] == "accept"
    read: dict[str, Value] = {}
    for raw_name, raw in pairs:
        try:
            name = unescape(raw_name)
            if name in read and name in REPEATED:
                held = read[name]
                read[name] = [*(held if isinstance(held, list) else [held]), decode(raw)]
                continue
            if name in read:
                message = f"unexpected repeated query param in URI: {name}"
                raise answers.gateway(400, "ILLEGAL_ARGUMENT", message)
            if name in RAW_PARAMETERS:
                if name == "fields" and not encoded and _ENCODED_GRAMMAR.search(raw) is not None:
                    # UNCONFIRMED: the body; a client that encoded the commas met an error naming one giant field.
                    raise answers.bad_parameter("PARAM_INVALID", unescape(raw))
                read[name] = unescape(raw)
            else:
                if encoded and raw.upper().startswith(("%28", "LIST%28")):
                    raw = unescape(raw)  # noqa: PLW2901 - the whole value was encoded once too often
                if name == "ids" and switches["jobs.sdk_report_ids"] == "split":
                    raw = _JOINED_IDS.sub(lambda found: found[0].replace(":", ","), raw)  # noqa: PLW2901 - see there
                read[name] = decode(escape_raw_urns(raw) if raw_urns else raw, empty=empty)
        except GrammarError as fault:
            raise answers.bad_query() from fault
    return read


def path_key(segment: str, protocol: str, switches: Switches, *, compound: bool) -> Value:
    """Read one key of the path; `compound` tells that its resource has keys of several parts.

    Under 2.0.0 a simple key is percent-decoded and nothing else, and the gateway refuses bare grammar in it.

    Raises:
        Refusal: 400 for an unencoded or broken key.
    """
    try:
        if protocol == "2.0.0":
            return _modern_key(segment, switches)
        if not compound:
            return unescape(segment)
        return decode(escape_raw_urns(segment)) if segment.startswith("(") else decode_legacy_key(segment)
    except GrammarError as fault:
        raise answers.bad_path() from fault


def _modern_key(segment: str, switches: Switches) -> Value:
    if switches.is_on("lenient.raw_urns"):
        segment = escape_raw_urns(segment)
    if segment.startswith("("):
        return decode(segment)
    if has_grammar(segment):
        raise answers.bad_path()
    return unescape(segment)


def batch_keys(value: Value | None, protocol: str, *, compound: bool) -> list[Value]:
    """Return the keys of `ids`, in order and without repetition.

    Raises:
        Refusal: 400 when `ids` is no list under 2.0.0.
    """
    if isinstance(value, str) and protocol != "2.0.0":
        value = [value]
    if not isinstance(value, list):
        raise answers.bad_query()
    try:
        keys = [decode_legacy_key(k) if compound and isinstance(k, str) and protocol != "2.0.0" else k for k in value]
    except GrammarError as fault:
        raise answers.bad_query() from fault
    unique: list[Value] = []
    for key in keys:
        if key not in unique:
            unique.append(key)
    return unique


def entities_of(body: Any, keys: Sequence[Value]) -> list[tuple[Value, Any]]:
    """Return the entities of a batch body beside their keys, in the order of `ids`.

    Keys of the body are in the reduced form; both official clients percent-encode simple ones, so that each is
    tried as it stands first and decoded then.

    Raises:
        Refusal: 400 when body and `ids` do not name the same keys, or one is there twice.
    """
    sent = member_of(body, "entities")
    if not is_object(sent):
        raise answers.bad_body()
    wanted = {reduced(key): key for key in keys}
    found: dict[str, Any] = {}
    for name, entity in sent.items():
        key = _batch_name(name, wanted)
        if key in found:
            raise answers.sentence(400, f"Duplicate key in batch request body: '{name}'")
        found[key] = entity
    if found.keys() != wanted.keys():
        message = f"Batch request mismatch. URI keys: {list(wanted)} Body keys: {list(sent)}"
        raise answers.sentence(400, message)
    return [(key, found[name]) for name, key in wanted.items()]


def _batch_name(name: str, wanted: Mapping[str, Value]) -> str:
    if name in wanted:
        return name
    try:
        return reduced(decode(name)) if name.startswith("(") else unescape(name)
    except GrammarError:
        return name


def json_body(wire: Wire, *, strict_content_type: bool) -> Any:
    """Return the body as a JSON object.

    Raises:
        Refusal: 400 when it is none; 415 for another media type, where the switch asks for that.
    """
    if strict_content_type and wire.content_type not in ("", "application/json"):
        raise answers.sentence(415, "Unsupported Media Type")
    try:
        read = msgspec.json.decode(wire.body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as fault:
        raise answers.bad_body() from fault
    if not is_object(read):
        raise answers.bad_body()
    return read


def _tunnelled_parts(wire: Wire) -> tuple[str, bytes, str]:
    """Return query, entity and the entity's content type of a tunnelled request."""
    if wire.content_type == _FORM:
        return _as_text(wire.body).strip(), b"", ""
    if wire.content_type != "multipart/mixed":
        raise _bad_tunnel(f"Cannot tunnel a body of type {wire.content_type}")
    boundary = _BOUNDARY.search(wire.headers["content-type"])
    if boundary is None:
        raise _bad_tunnel("A multipart body needs a boundary")
    query: str | None = None
    entity: tuple[bytes, str] | None = None
    for kind, content in _multipart(wire.body, boundary[1].strip().encode("latin-1", "replace")):
        if kind.partition(";")[0].strip().lower() == _FORM and query is None:
            query = _as_text(content).strip()
        elif entity is None:
            entity = (content, kind)
    if query is None:
        raise _bad_tunnel("A tunnelled body has no query part")
    content, kind = entity or (b"", "")
    return query, content, kind


def _multipart(body: bytes, boundary: bytes) -> list[tuple[str, bytes]]:
    """Split a multipart body into content types and contents; lines may end in LF alone."""
    found: list[tuple[str, bytes]] = []
    for piece in (b"\n" + body).split(b"\n--" + boundary)[1:]:
        if piece.startswith(b"--"):
            break
        content = piece.removeprefix(b"\r").removeprefix(b"\n")
        blank = _FIRST_BLANK_LINE.search(content)
        if blank is None:
            raise _bad_tunnel("A part of the multipart body has no headers")
        headers = dict(_header(line) for line in content[: blank.start()].splitlines())
        found.append((headers.get("content-type", ""), content[blank.end() :].removesuffix(b"\r")))
    return found


def _header(line: bytes) -> tuple[str, str]:
    name, _, value = line.decode("latin-1").partition(":")
    return name.strip().lower(), value.strip()


def _as_text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _bad_tunnel(message: str) -> Refusal:
    return answers.gateway(400, "ILLEGAL_ARGUMENT", message)
