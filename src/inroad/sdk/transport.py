"""Sends bytes and reads answers: the only module that knows the HTTP library. Imported late, because that is heavy.

httpx2's engine is used beneath its client: the client's own request and response objects cost more than the rest of a
call (measured: 250 us against 420 us on one core). On asyncio it serves proxies only: `http11` does the rest.
"""

import asyncio
import os
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from pathlib import Path
from typing import IO, Any, NoReturn, TypeVar, cast

import httpcore2
import httpx2

from inroad.sdk.errors import ConfigurationError, ConnectionFailed, InvalidArgument, Timeout, TransportError
from inroad.sdk.flow import Body, Headers, Piece, Response
from inroad.sdk.http11 import Pool
from inroad.sdk.wire import Origin, Wire

Failure = TypeVar("Failure", bound=BaseException)

CHUNK_BYTES = 256 * 1024
_MAX_CONNECTIONS = 100
_MAX_IDLE_CONNECTIONS = 20
# LinkedIn's edge closes idle connections on its own; a short life keeps us from writing into a closed one.
_IDLE_SECONDS = 15.0

# Raised while a connection is awaited, made or secured: no byte of the request has left.
_NOTHING_LEFT = (
    httpcore2.ConnectError,
    httpcore2.ConnectTimeout,
    httpcore2.PoolTimeout,
    httpcore2.ProxyError,
    httpcore2.UnsupportedProtocol,
)
_FAILURES = (
    httpcore2.TimeoutException,
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.ProxyError,
    httpcore2.UnsupportedProtocol,
)


class HttpTransport:
    """A pool of connections for blocking clients. Safe to use from several threads."""

    def __init__(self, *, proxy: str | None = None, max_connections: int = _MAX_CONNECTIONS) -> None:
        pool: dict[str, Any] = _pool_options(max_connections)
        if proxy is None:
            self._pool: httpcore2.ConnectionPool = httpcore2.ConnectionPool(**pool)
        else:
            self._pool = httpcore2.HTTPProxy(_proxy_url(proxy), **pool)

    def send(self, wire: Wire) -> Response:
        """Send one request and return its answer, whatever its status.

        Raises:
            TransportError: there is no usable answer; `sent` tells what is known.
        """
        body = _BlockingBody(wire.content)
        try:
            answer = self._pool.handle_request(_request(wire, _headers(wire, body.size), body.stream))
            try:
                content = answer.read()
            finally:
                answer.close()
        except _FAILURES as cause:
            _fail(cause, wire)
        finally:
            body.close()
        return Response(answer.status, Headers(answer.headers), content)

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()


class AsyncHttpTransport:
    """A pool of connections for clients on asyncio's loop."""

    def __init__(self, *, proxy: str | None = None, max_connections: int = _MAX_CONNECTIONS) -> None:
        self._lines: Pool | _ProxiedLines
        if proxy is None:
            self._lines = Pool(
                httpx2.create_ssl_context(),
                max_connections=max_connections,
                max_idle_connections=min(max_connections, _MAX_IDLE_CONNECTIONS),
                idle_seconds=_IDLE_SECONDS,
            )
        else:
            self._lines = _ProxiedLines(proxy, max_connections)

    async def send(self, wire: Wire) -> Response:
        """Send one request and return its answer, whatever its status.

        Raises:
            TransportError: there is no usable answer; `sent` tells what is known.
        """
        content = wire.content
        try:
            if content is None or (isinstance(content, bytes) and len(content) <= CHUNK_BYTES):
                return await self._lines.exchange(wire, wire.headers, content)
            body = _AsyncBody(content)
            await body.open()
            try:
                return await self._lines.exchange(wire, _headers(wire, body.size), body.parts)
            finally:
                await body.close()
        except TransportError as error:
            raise _without_frames(error) from None

    async def close(self) -> None:
        """Close every connection."""
        await self._lines.close()


class _ProxiedLines:
    """Connections through a proxy."""

    def __init__(self, proxy: str, max_connections: int) -> None:
        self._pool = httpcore2.AsyncHTTPProxy(_proxy_url(proxy), **_pool_options(max_connections))

    async def exchange(
        self, wire: Wire, headers: list[tuple[bytes, bytes]], body: bytes | AsyncIterable[bytes] | None
    ) -> Response:
        try:
            answer = await self._pool.handle_async_request(_request(wire, headers, body))
            try:
                content = await answer.aread()
            finally:
                await answer.aclose()
        except _FAILURES as cause:
            _fail(cause, wire)
        return Response(answer.status, Headers(answer.headers), content)

    async def close(self) -> None:
        await self._pool.aclose()


class MountedTransport:
    """Sends an async client's requests into an `httpx2` transport, such as `httpx2.ASGITransport(app)`."""

    def __init__(self, inner: httpx2.AsyncBaseTransport) -> None:
        self._inner = inner

    async def send(self, wire: Wire) -> Response:
        """Hand one request to the mounted transport and return its answer."""
        content = wire.content or b""
        if not isinstance(content, bytes):
            body = _AsyncBody(content)
            await body.open()
            try:
                content = b"".join([part async for part in body.parts])
            finally:
                await body.close()
        address = b"%b://%b%b" % (wire.origin.scheme, wire.origin.authority, wire.target)
        request = httpx2.Request(wire.method.decode(), address.decode(), headers=wire.headers, content=content)
        try:
            answer = await self._inner.handle_async_request(request)
            await answer.aread()
        except httpx2.TransportError as cause:
            raise ConnectionFailed(f"the mounted transport failed: {cause}", sent=None) from cause
        return Response(answer.status_code, Headers(answer.headers.raw), answer.content)

    async def close(self) -> None:
        """Close the mounted transport."""
        await self._inner.aclose()


def _pool_options(max_connections: int) -> dict[str, Any]:
    return {
        "ssl_context": httpx2.create_ssl_context(),
        "max_connections": max_connections,
        "max_keepalive_connections": min(max_connections, _MAX_IDLE_CONNECTIONS),
        "keepalive_expiry": _IDLE_SECONDS,
    }


def _proxy_url(proxy: str) -> str:
    if not proxy.startswith(("http://", "https://")):
        raise ConfigurationError("proxy must begin with http:// or https://")
    return proxy


def _headers(wire: Wire, size: int | None) -> list[tuple[bytes, bytes]]:
    """Return the headers with the length of a body that is read while it is sent."""
    if isinstance(wire.content, bytes | None):
        return wire.headers
    length = (b"Transfer-Encoding", b"chunked") if size is None else (b"Content-Length", b"%d" % size)
    return [*wire.headers, length]


def _request(wire: Wire, headers: list[tuple[bytes, bytes]], body: Any) -> httpcore2.Request:
    seconds = wire.timeout_seconds
    return httpcore2.Request(
        wire.method,
        _url(wire.origin, wire.target),
        headers=headers,
        content=body,
        extensions={"timeout": {"connect": seconds, "read": seconds, "write": seconds, "pool": seconds}},
    )


def _url(origin: Origin, target: bytes) -> httpcore2.URL:
    return httpcore2.URL(scheme=origin.scheme, host=origin.host, port=origin.port, target=target)


def _fail(cause: Exception, wire: Wire) -> NoReturn:
    sent = False if isinstance(cause, _NOTHING_LEFT) else None
    where = wire.origin.authority.decode()
    kind: type[TransportError] = ConnectionFailed
    what = f"connection to {where} failed"
    if isinstance(cause, httpcore2.TimeoutException):
        kind = Timeout
        what = f"no answer from {where} within {wire.timeout_seconds:g} s"
    raise kind(f"{what}: {_reason(cause)}", sent=sent) from _without_frames(cause)


def _reason(cause: Exception) -> str:
    return str(cause) or type(cause).__name__


def _without_frames(cause: Failure) -> Failure:
    """Return the error without its frames: those hold the request's headers, and tools print frames' variables."""
    link: BaseException | None = cause
    while link is not None:
        link.__traceback__ = None
        link = link.__cause__ or link.__context__
    return cause


class _BlockingBody:
    """A request's body, opened: its parts and, when it can be known, its size."""

    __slots__ = ("_file", "size", "stream")

    def __init__(self, content: Body | None) -> None:
        self._file: IO[bytes] | None = None
        self.size: int | None = None
        self.stream: bytes | Iterable[bytes] | None
        if content is None or isinstance(content, bytes):
            self.stream = content
        elif isinstance(content, Piece):
            self.size = content.size
            source = content.source
            if isinstance(source, Path):
                source = self._file = source.open("rb")
            self.stream = _piece(source, content) if content.is_seekable else _blocking(source)
        elif isinstance(content, Path):
            self._file = content.open("rb")
            self.size = os.fstat(self._file.fileno()).st_size
            self.stream = _parts(self._file)
        elif _is_file(content):
            self.size = _size_left(content)
            self.stream = _parts(content)
        else:
            self.stream = _blocking(content)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


class _AsyncBody:
    """The same for asyncio: files are read on a thread."""

    __slots__ = ("_content", "_file", "parts", "size")

    def __init__(self, content: Body) -> None:
        self._content = content
        self._file: IO[bytes] | None = None
        self.size: int | None = None
        self.parts: AsyncIterable[bytes]

    async def open(self) -> None:
        content = self._content
        if isinstance(content, bytes):
            self.parts = _slices(content)
        elif isinstance(content, Piece):
            self.size = content.size
            source = content.source
            if isinstance(source, Path):
                source = self._file = await asyncio.to_thread(source.open, "rb")
            if content.is_seekable:
                self.parts = _async_parts(_piece(source, content))
            else:
                self.parts = _async(source)
        elif isinstance(content, Path):
            self._file = await asyncio.to_thread(content.open, "rb")
            self.size = os.fstat(self._file.fileno()).st_size
            self.parts = _async_parts(_parts(self._file))
        elif _is_file(content):
            self.size = _size_left(content)
            self.parts = _async_parts(_parts(content))
        else:
            self.parts = _async(content)

    async def close(self) -> None:
        if self._file is not None:
            await asyncio.to_thread(self._file.close)


def _is_file(content: object) -> bool:
    return hasattr(content, "read")


def _size_left(file: Any) -> int | None:
    """Return how many bytes are left to read, or None for a stream that cannot tell."""
    if not file.seekable():
        return None
    here: int = file.tell()
    end: int = file.seek(0, os.SEEK_END)
    file.seek(here)
    return end - here


def _parts(file: Any) -> Iterator[bytes]:
    while part := file.read(CHUNK_BYTES):
        yield part


def _piece(file: Any, piece: Piece) -> Iterator[bytes]:
    file.seek(piece.start)
    left = piece.size
    while left > 0:
        part: bytes = file.read(min(CHUNK_BYTES, left))
        if not part:
            raise InvalidArgument(f"the file ended {left:,} bytes before its size")
        left -= len(part)
        yield part


async def _slices(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), CHUNK_BYTES):
        yield content[start : start + CHUNK_BYTES]


def _blocking(stream: object) -> Iterable[bytes]:
    if isinstance(stream, AsyncIterable):
        raise InvalidArgument("an async iterable can be sent by an async client only")
    return cast("Iterable[bytes]", stream)


def _async(stream: Any) -> AsyncIterable[bytes]:
    if isinstance(stream, AsyncIterable):
        return cast("AsyncIterable[bytes]", stream)
    return _async_parts(iter(stream))


async def _async_parts(parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    while True:
        part = await asyncio.to_thread(next, parts, None)
        if part is None:
            return
        yield part
