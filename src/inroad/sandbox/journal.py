"""Every request and answer, bounded, with what it used and what was wrong; secrets are left out when shown."""

import json
import re
from collections import deque
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

import msgspec

MAX_ENTRIES: Final = 1_000
MAX_KEPT_BYTES: Final = 32 * 1024 * 1024
"""Of all bodies together; the oldest entries go first."""

MAX_BODY_BYTES: Final = 64 * 1024
"""Of each body so much is kept; how long it was is kept too."""

HIDDEN: Final = "(hidden)"
_SECRET_HEADERS: Final = frozenset({"authorization", "cookie", "set-cookie", "proxy-authorization"})
_SECRET_NAMES: Final = frozenset(
    {"access_token", "refresh_token", "id_token", "client_secret", "code", "code_verifier", "password", "token"}
    | {"oauth2_access_token", "csrf", "csrf_token", "sau"}
)
_SECRET_IN_JSON = re.compile(
    r'("(?:' + "|".join(sorted(_SECRET_NAMES - {"code"})) + r')"\s*:\s*)"(?:[^"\\]|\\.)*"', re.IGNORECASE
)


class Entry(msgspec.Struct, kw_only=True):
    """One request and its answer as they passed; `shown` reads them, and leaves their secrets out."""

    number: int
    at: datetime
    method: str
    path: str
    query: str = ""
    http_version: str = "1.1"
    request_headers: Iterable[tuple[bytes, bytes]] = ()
    request_body: bytes = b""
    request_bytes: int = 0
    status: int = 0  # 0: no answer left
    response_headers: Iterable[tuple[bytes, bytes]] = ()
    response_body: bytes = b""
    response_bytes: int = 0
    milliseconds: float = 0.0
    app: str | None = None
    member: str | None = None
    resource: str | None = None
    rest_method: str | None = None
    version: str | None = None
    protocol: str | None = None
    used_scopes: Collection[str] = ()
    remarks: list[str] = []
    faults: list[str] = []

    def shown(self) -> dict[str, Any]:
        """Return the entry as JSON values."""
        request, answer = dict(_headers(self.request_headers)), dict(_headers(self.response_headers))
        return {
            "number": self.number,
            "at": self.at.isoformat(),
            "method": self.method,
            "url": _url(self.path, self.query),
            "request": {"headers": request, "body": _body(request, self.request_body), "bytes": self.request_bytes},
            "status": self.status,
            "response": {"headers": answer, "body": _body(answer, self.response_body), "bytes": self.response_bytes},
            "milliseconds": round(self.milliseconds, 3),
            "app": self.app,
            "member": self.member,
            "resource": self.resource,
            "method_name": self.rest_method,
            "version": self.version,
            "protocol": self.protocol,
            "scopes": sorted(self.used_scopes),
            "remarks": self.remarks,
            "faults": self.faults,
        }


class Journal:
    """The latest requests, oldest dropped first."""

    def __init__(self, max_entries: int = MAX_ENTRIES, max_bytes: int = MAX_KEPT_BYTES) -> None:
        self._entries: deque[Entry] = deque()
        self._max_entries = max_entries
        self._max_bytes = max_bytes
        self._bytes = 0
        self._written = 0

    def next_number(self) -> int:
        """Return the number of the entry that is written next."""
        self._written += 1
        return self._written

    def write(self, entry: Entry) -> None:
        """Keep an entry; its bodies must be complete."""
        self._entries.append(entry)
        self._bytes += _weight(entry)
        while len(self._entries) > self._max_entries or self._bytes > self._max_bytes:
            self._bytes -= _weight(self._entries.popleft())

    def clear(self) -> None:
        """Forget everything; numbers go on."""
        self._entries.clear()
        self._bytes = 0

    def entries(self, *, after: int = 0, path: str = "", status: int | None = None) -> list[Entry]:
        """Return the entries past a number, oldest first, of paths that begin so and with that status."""
        return [
            e
            for e in self._entries
            if e.number > after and e.path.startswith(path) and (status is None or e.status == status)
        ]

    def __len__(self) -> int:
        return len(self._entries)


def _weight(entry: Entry) -> int:
    return len(entry.request_body) + len(entry.response_body)


def har(entries: Iterable[Entry], *, origin: str) -> dict[str, Any]:
    """Return entries as an HTTP archive, which browsers and API tools open.

    Source: HAR 1.2, w3c.github.io/web-performance/specs/HAR/Overview.html
    """
    return {
        "log": {
            "version": "1.2",
            "creator": {"name": "inroad sandbox", "version": "1"},
            "entries": [_har_entry(entry, origin) for entry in entries],
        }
    }


def _har_entry(entry: Entry, origin: str) -> dict[str, Any]:
    shown = entry.shown()
    sent, answered = shown["request"], shown["response"]
    wait = shown["milliseconds"]
    request: dict[str, Any] = {
        "method": entry.method,
        "url": origin + shown["url"],
        "httpVersion": f"HTTP/{entry.http_version}",
        "cookies": [],
        "headers": _named(sent["headers"]),
        "queryString": _named(dict(_pairs(shown["url"].partition("?")[2]))),
        "headersSize": -1,
        "bodySize": entry.request_bytes,
    }
    if sent["body"]:
        request["postData"] = {"mimeType": sent["headers"].get("content-type", ""), "text": sent["body"]}
    return {
        "startedDateTime": shown["at"],
        "time": wait,
        "request": request,
        "response": {
            "status": entry.status,
            "statusText": "",
            "httpVersion": f"HTTP/{entry.http_version}",
            "cookies": [],
            "headers": _named(answered["headers"]),
            "content": {
                "size": entry.response_bytes,
                "mimeType": answered["headers"].get("content-type", ""),
                "text": answered["body"],
            },
            "redirectURL": answered["headers"].get("location", ""),
            "headersSize": -1,
            "bodySize": entry.response_bytes,
        },
        "cache": {},
        "timings": {"send": 0, "wait": wait, "receive": 0},
        "comment": "; ".join((*entry.remarks, *(f"fault: {name}" for name in entry.faults))),
    }


def _named(values: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in values.items()]


def texts(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[str, str]]:
    """Return headers as text, their names in lower case."""
    return [(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in headers]


def _headers(headers: Iterable[tuple[bytes, bytes]]) -> Iterable[tuple[str, str]]:
    for name, value in texts(headers):
        if name == "authorization":
            yield name, f"{value.partition(' ')[0]} {HIDDEN}"
        elif name in _SECRET_HEADERS:
            yield name, HIDDEN
        elif name == "location":
            yield name, _url(*value.partition("?")[::2])
        else:
            yield name, value


def _url(path: str, query: str) -> str:
    if not query:
        return path
    if not any(f"{name}=" in query.lower() for name in _SECRET_NAMES):
        return f"{path}?{query}"
    return f"{path}?" + "&".join(
        f"{part.partition('=')[0]}={HIDDEN}" if part.partition("=")[0].lower() in _SECRET_NAMES else part
        for part in query.split("&")
    )


def _pairs(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query, keep_blank_values=True)


def _body(headers: Mapping[str, str], body: bytes) -> str:
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if not body:
        return ""
    if kind == "application/x-www-form-urlencoded":
        pairs = _pairs(body.decode("utf-8", "replace"))
        return urlencode([(n, HIDDEN if n.lower() in _SECRET_NAMES else v) for n, v in pairs], safe="()")
    if kind == "multipart/form-data":
        return f"({len(body)} bytes of multipart/form-data)"
    try:
        # A body that was cut may end inside a character.
        text = body.decode(errors="replace" if kind == "application/json" else "strict")
    except UnicodeDecodeError:
        return f"({len(body)} bytes of {kind or 'no named type'})"
    return _SECRET_IN_JSON.sub(rf'\1"{HIDDEN}"', text)


def to_json(entries: Iterable[Entry]) -> bytes:
    """Return entries as one JSON document."""
    return json.dumps({"entries": [entry.shown() for entry in entries]}, ensure_ascii=False).encode()
