"""Query tunnelling: a request whose query is too long for an address, sent as a POST that carries it.

Source: "Query Tunneling", learn.microsoft.com /linkedin/shared/api-guide/concepts/query-tunneling;
linkedin/rest.li QueryTunnelUtil
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from inroad.sdk.errors import InvalidArgument

THRESHOLD = 4000
"""Characters of query that still travel in the address; both official clients tunnel from 4001 on."""

OVERRIDE = "X-HTTP-Method-Override"

_FORM = "application/x-www-form-urlencoded"
_METHODS = frozenset({"GET", "POST", "PUT", "DELETE", "OPTIONS"})
_BOUNDARY = re.compile(r';\s*boundary=(?:"([^"]+)"|([^\s;]+))', re.IGNORECASE)
_BOUNDARY_FORM = re.compile(r"[A-Za-z0-9'()+_,\-./:=?]{1,70}")
_NO_HEADERS = re.compile(rb"\r?\n")
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")
_LAST_LINE_END = re.compile(rb"\r?\n\Z")


class TunnelError(InvalidArgument):
    """A request that cannot be tunnelled, or a tunnelled one that cannot be unfolded."""


@dataclass(frozen=True, slots=True)
class Tunnelled:
    """What is sent instead: a POST to the path without its query, `override` in the `X-HTTP-Method-Override` header."""

    override: str
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Parts:
    """What tunnelling changes of a request. `query` has no question mark; `content` is None without a body."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    content: bytes | None = None


def is_needed(query: str, *, threshold: int = THRESHOLD) -> bool:
    """Tell whether a query is too long to stand in the address."""
    return len(query) > threshold


def tunnel(
    method: str,
    query: str,
    content: bytes | None = None,
    content_type: str | None = None,
    *,
    boundary: str | None = None,
) -> Tunnelled:
    """Return what to send so that the query travels in the body.

    Args:
        method: The request's own method; it goes into the override header, for a POST too.
        query: The query string as it would stand in the address; it is not encoded again.
        content: The request's own body, None when it has none.
        content_type: The type of that body; JSON when it is not said.
        boundary: What separates query from body when there is one; derived from the contents by default.

    Raises:
        TunnelError: the method cannot be tunnelled, or the boundary stands in the contents.
    """
    if method not in _METHODS:
        raise TunnelError(f"method {method} cannot be tunnelled, only {', '.join(sorted(_METHODS))}")
    if not query.isascii():
        raise TunnelError("the query holds characters that are not encoded")
    if content is None:
        return Tunnelled(method, _FORM, query.encode())
    kind, body = _multipart(query.encode(), content, content_type or "application/json", boundary)
    return Tunnelled(method, kind, body)


def unfold(parts: Parts) -> Parts:
    """Return the request that was tunnelled, or the same one when none was.

    The override header decides, whatever the length. What is left in the address comes before the tunnelled query.

    Raises:
        TunnelError: the override is no method in upper case, or the content is not what its type says.
    """
    method = _header(parts.headers, OVERRIDE.lower())
    if method is None:
        return parts
    if method not in _METHODS:
        raise TunnelError(f"{OVERRIDE} must be one of {', '.join(sorted(_METHODS))}, got {method!r}")
    kind = _header(parts.headers, "content-type")
    if kind is None:
        raise TunnelError("a tunnelled request needs a Content-Type")
    kept = _without(parts.headers, "content-type", "content-length", OVERRIDE.lower())
    query, entity_kind, entity = _contents(kind, parts.content or b"")
    path, _, left = parts.path.partition("?")
    whole = "&".join(text for text in (left, parts.query, query) if text)
    if entity is not None:
        kept["Content-Type"] = entity_kind
    return replace(parts, method=method, path=path, query=whole, headers=kept, content=entity)


def _multipart(query: bytes, entity: bytes, entity_kind: str, boundary: str | None) -> tuple[str, bytes]:
    chosen = boundary or _choose_boundary(query, entity)
    if not _BOUNDARY_FORM.fullmatch(chosen):
        raise TunnelError(f"not a boundary: {chosen!r}")
    mark = chosen.encode()
    if not entity_kind.isprintable() or not entity_kind.isascii():
        raise TunnelError(f"not a content type: {entity_kind!r}")
    if mark in query or mark in entity:
        raise TunnelError(f"the boundary {chosen!r} stands in the contents")
    content = b"--%b\r\nContent-Type: %b\r\n\r\n%b\r\n--%b\r\nContent-Type: %b\r\n\r\n%b\r\n--%b--" % (
        mark,
        _FORM.encode(),
        query,
        mark,
        entity_kind.encode(),
        entity,
        mark,
    )
    return f"multipart/mixed; boundary={chosen}", content


def _choose_boundary(query: bytes, entity: bytes) -> str:
    """Derive a boundary from the contents, so that equal requests are equal bytes."""
    digest = hashlib.sha256(query + b"\n" + entity).hexdigest()
    while (chosen := digest[:40]).encode() in entity or chosen.encode() in query:
        digest = hashlib.sha256(digest.encode()).hexdigest()
    return chosen


def _contents(kind: str, content: bytes) -> tuple[str, str, bytes | None]:
    """Return the query, and the entity's type and bytes."""
    essence = _essence(kind)
    if essence == _FORM:
        return _query(content), "", None
    boundary = _BOUNDARY.search(kind)
    if essence != "multipart/mixed" or boundary is None:
        raise TunnelError(f"a tunnelled request is {_FORM} or multipart/mixed with a boundary, got {kind!r}")
    query, entity_kind, entity = None, "", None
    for part_kind, part in _split(content, (boundary[1] or boundary[2]).encode("latin-1")):
        if _essence(part_kind) == _FORM and query is None:
            query = _query(part)
        elif _essence(part_kind) != _FORM and entity is None:
            entity_kind, entity = part_kind, part
    if query is None:
        raise TunnelError("no part of the tunnelled request is its query")
    return query, entity_kind, entity


def _split(content: bytes, boundary: bytes) -> list[tuple[str, bytes]]:
    """Return the type and the bytes of each part; line ends may be CRLF or LF."""
    delimiter = re.compile(rb"(?m)^--" + re.escape(boundary) + rb"(--)?[ \t]*\r?(?:\n|\Z)")
    parts: list[tuple[str, bytes]] = []
    begin: int | None = None
    for match in delimiter.finditer(content):
        if begin is not None:
            parts.append(_part(_LAST_LINE_END.sub(b"", content[begin : match.start()])))
        begin = match.end()
        if match[1]:
            return parts
    raise TunnelError("the tunnelled request has no closing delimiter")


def _part(text: bytes) -> tuple[str, bytes]:
    bare = _NO_HEADERS.match(text)
    if bare is not None:
        return "", text[bare.end() :]
    end = _END_OF_HEADERS.search(text)
    if end is None:
        raise TunnelError("a part of the tunnelled request has no empty line after its headers")
    lines = text[: end.start()].decode("latin-1").splitlines()
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return headers.get("content-type", ""), text[end.end() :]


def _query(content: bytes) -> str:
    return content.decode("utf-8", "replace")


def _essence(kind: str) -> str:
    return kind.partition(";")[0].strip().lower()


def _header(headers: Mapping[str, str], name: str) -> str | None:
    return next((value for key, value in headers.items() if key.lower() == name), None)


def _without(headers: Mapping[str, str], *names: str) -> dict[str, str]:
    return {key: value for key, value in headers.items() if key.lower() not in names}
