"""The outermost layer: hands API requests to judgement, acts out broken connections, and writes the journal."""

import asyncio
import logging
import re
import socket
import struct
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import msgspec
from starlette.requests import Request

from inroad.common.clock import ticks
from inroad.sandbox import answers, faults, judgement
from inroad.sandbox.call import Refusal
from inroad.sandbox.faults import ConnectionDropped, Fault
from inroad.sandbox.journal import MAX_BODY_BYTES, Entry, Journal, texts
from inroad.sandbox.judgement import Case, Decorator, Reply, Step
from inroad.sandbox.oauth.origin import origin_of
from inroad.sandbox.router import Router
from inroad.sandbox.wire import Wire
from inroad.sandbox.world import World

Message: TypeAlias = MutableMapping[str, Any]
Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
Asgi: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

MAX_API_BODY: Final = 32 * 1024 * 1024
"""Ours: no API body comes near; uploads have addresses of their own and no bound here."""

_API: Final = ("/v2/", "/rest/")
_QUIET: Final = ("/sandbox", "/feed", "/in/", "/company/", "/media/", "/favicon.ico")
_DUPLICATE = re.compile(rb"(urn:li:(?:share|ugcPost):)\d+")
_LOG = logging.getLogger("inroad.sandbox")


@dataclass(slots=True, kw_only=True)
class Front:
    """The ASGI layer before everything else of one sandbox."""

    inner: Asgi
    state: Any  # Starlette's: .world, .journal, .touch
    router: Router
    steps: tuple[Step, ...]
    routed: frozenset[str]  # paths under /v2 or /rest that other rooms answer
    decorators: Mapping[str, Decorator] = field(default_factory=dict[str, Decorator])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        path = scope["path"]
        if path.startswith(_API) and path not in self.routed:
            await self._answer_api(scope, receive, send)
        elif path == "/" or path.startswith(_QUIET):
            await self.inner(scope, receive, send)
            if path.startswith("/sandbox") and scope["method"] != "GET":
                self.state.touch()
        else:
            await self._answer_elsewhere(scope, receive, send)

    async def _answer_api(self, scope: Scope, receive: Receive, send: Send) -> None:
        began, world, journal = ticks(), self.state.world, self.state.journal
        sent = _wire(scope, await _body(receive))
        case = Case(
            world=world,
            router=self.router,
            wire=sent,
            tell_origin=lambda: origin_of(Request(scope)),
            decorators=self.decorators,
        )
        outgoing = _after(await self._judged(case), case.faults, world)
        entry = _entry(journal, world, scope, sent)
        _note_case(entry, case)
        entry.milliseconds = (ticks() - began) * 1000
        _note_reply(entry, outgoing)
        journal.write(entry)
        self.state.touch()
        await _send(outgoing, case.faults, entry, send)

    async def _judged(self, case: Case) -> Reply:
        try:
            for step in self.steps:
                step(case)
                if case.wait_seconds:
                    await asyncio.sleep(case.wait_seconds)
                    case.wait_seconds = 0.0
                if case.call is not None and case.call.work is not None:
                    work, case.call.work = case.call.work, None
                    await asyncio.to_thread(work)
            assert case.answer is not None
            return judgement.reply(case, case.answer)
        except Refusal as refusal:
            return judgement.reply(case, refusal)
        except Exception:
            _LOG.exception("the sandbox failed at %s %s", case.wire.method, case.wire.path)
            case.remarks.append("the sandbox itself failed; LinkedIn did not say this")
            failure = answers.gateway(500, "SANDBOX_FAILED", "the sandbox itself failed, see its log")
            return judgement.reply(case, failure)

    async def _answer_elsewhere(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer OAuth, uploads and whatever else the rooms' own routes serve."""
        began, world, journal = ticks(), self.state.world, self.state.journal
        met = faults.take(world, scope["method"], scope["path"])
        entry = _entry(journal, world, scope, _wire(scope, b""))
        heard = _Heard(receive)
        outgoing = await self._planned(met)
        try:
            if outgoing is None and any(faults.KINDS[f.name].stage == "after" for f in met):
                outgoing = await _collected(self.inner, scope, heard)
            if outgoing is not None:
                outgoing = _after(outgoing, met, world)
                _note_reply(entry, outgoing)
                await _send(outgoing, met, entry, send)
            else:
                await self.inner(scope, heard, _Said(send, entry))
        finally:
            entry.request_body, entry.request_bytes = bytes(heard.kept), heard.length
            entry.milliseconds = (ticks() - began) * 1000
            entry.faults = [f.name for f in met]
            journal.write(entry)
            self.state.touch()

    async def _planned(self, met: Iterable[Fault]) -> Reply | None:
        await asyncio.sleep(sum(f.seconds for f in met if f.name == "latency"))
        for fault in met:
            refusal = faults.refusal_of(fault, "")
            if refusal is not None and faults.KINDS[fault.name].stage == "before":
                return _plain(refusal)
        return None


class _Heard:
    """A request's body on its way in, of which the beginning is kept."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self.kept = bytearray()
        self.length = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        chunk = message.get("body", b"")
        self.length += len(chunk)
        self.kept += chunk[: max(0, MAX_BODY_BYTES - len(self.kept))]
        return message


class _Said:
    """An answer on its way out, written down as it passes, with LinkedIn's headers added."""

    def __init__(self, send: Send, entry: Entry) -> None:
        self._send = send
        self._entry = entry

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), *judgement.linkedin_headers()]
            self._entry.status = message["status"]
            self._entry.response_headers = message["headers"]
        elif message["type"] == "http.response.body":
            chunk = message.get("body", b"")
            self._entry.response_bytes += len(chunk)
            self._entry.response_body += chunk[: max(0, MAX_BODY_BYTES - len(self._entry.response_body))]
        await self._send(message)


def _wire(scope: Scope, body: bytes) -> Wire:
    raw_path = scope.get("raw_path") or scope["path"].encode()
    return Wire(
        method=scope["method"],
        path=raw_path.partition(b"?")[0].decode("utf-8", "replace"),
        query=scope["query_string"].decode("utf-8", "replace"),
        headers=dict(texts(scope["headers"])),
        body=body,
    )


async def _body(receive: Receive) -> bytes:
    chunks: list[bytes] = []
    length, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        chunk = message.get("body", b"")
        length += len(chunk)
        if length <= MAX_API_BODY:
            chunks.append(chunk)
        more = message.get("more_body", False)
    return b"".join(chunks)


async def _collected(inner: Asgi, scope: Scope, receive: Receive) -> Reply:
    """Run a room's route to its end and keep the answer instead of sending it."""
    found = Reply(status=500, headers=[])

    async def keep(message: Message) -> None:
        if message["type"] == "http.response.start":
            found.status = message["status"]
            found.headers = [*message.get("headers", ()), *judgement.linkedin_headers()]
        elif message["type"] == "http.response.body":
            found.body += message.get("body", b"")

    await inner(scope, receive, keep)
    return found


def _entry(journal: Journal, world: World, scope: Scope, sent: Wire) -> Entry:
    return Entry(
        number=journal.next_number(),
        at=world.clock.now(),
        method=sent.method,
        path=sent.path,
        query=sent.query,
        http_version=scope.get("http_version", "1.1"),
        request_headers=scope["headers"],
        request_body=sent.body[:MAX_BODY_BYTES],
        request_bytes=len(sent.body),
    )


def _note_case(entry: Entry, case: Case) -> None:
    entry.protocol, entry.version, entry.remarks = case.wire.protocol, case.version, case.remarks
    entry.faults = [f.name for f in case.faults]
    if case.grant is not None:
        entry.app = case.grant.app.client_id
        entry.member = None if case.grant.member is None else case.grant.member.id
    if case.call is not None:
        entry.resource, entry.rest_method = case.call.resource, case.call.method
        entry.used_scopes = case.call.used_scopes


def _note_reply(entry: Entry, outgoing: Reply) -> None:
    entry.status, entry.response_headers = outgoing.status, outgoing.headers
    entry.response_body, entry.response_bytes = outgoing.body[:MAX_BODY_BYTES], len(outgoing.body)


def _plain(refusal: Refusal) -> Reply:
    body = msgspec.json.encode(refusal.body)
    described = [("content-type", "application/json"), ("content-length", str(len(body)))]
    headers = [*judgement.linkedin_headers(), *judgement.raw(described)]
    return Reply(status=refusal.status, headers=headers, body=body)


def _after(outgoing: Reply, met: Iterable[Fault], world: World) -> Reply:
    """Return what faults that come after the work make of the answer."""
    for fault in met:
        if fault.name == "error_after":
            outgoing = _plain(answers.server_error(fault.status))
        elif fault.name == "duplicate_phantom" and outgoing.status == 422:
            number = str(world.new_number()).encode()
            outgoing.body = _DUPLICATE.sub(lambda match, n=number: match[1] + n, outgoing.body)  # type: ignore[misc]
            length = str(len(outgoing.body)).encode()
            outgoing.headers = [(n, length if n == b"content-length" else v) for n, v in outgoing.headers]
    return outgoing


async def _send(outgoing: Reply, met: Iterable[Fault], entry: Entry, send: Send) -> None:
    cut = next((f for f in met if f.name in ("answer_lost", "connection_reset", "truncated_body")), None)
    if cut is not None and cut.name == "answer_lost":
        entry.remarks.append(f"carried out, and the answer {outgoing.status} was lost")
        entry.status = 0
        await _drop(send, reset=False)
        return
    await send({"type": "http.response.start", "status": outgoing.status, "headers": outgoing.headers})
    if cut is None:
        await send({"type": "http.response.body", "body": outgoing.body})
        return
    length = len(outgoing.body) // 2 if cut.bytes is None else cut.bytes
    entry.remarks.append(f"the connection broke after {min(length, len(outgoing.body))} bytes of the body")
    await send({"type": "http.response.body", "body": outgoing.body[:length], "more_body": True})
    await _drop(send, reset=cut.name == "connection_reset")


async def _drop(send: Send, *, reset: bool) -> None:
    """Close the connection under the answer. Without a server around, callers in the same process get an exception."""
    cycle = getattr(send, "__self__", None)
    transport = getattr(cycle, "transport", None)
    if transport is None or cycle is None:
        raise ConnectionDropped("the sandbox dropped the connection, as planned")
    if reset:
        await asyncio.sleep(0.02)  # let what was sent arrive; a reset throws the rest away
        raw = transport.get_extra_info("socket")
        if raw is not None:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    else:
        transport.close()
    while not cycle.disconnected:  # noqa: ASYNC110 - uvicorn answers 500 for us until it has noticed, and tells nobody
        await asyncio.sleep(0.001)
