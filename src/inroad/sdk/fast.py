"""Reads through pyreqwest, for programs that read a lot: `Client(..., transport=inroad.FastTransport())`.

Its engine is written in Rust and spends a third of the CPU. What it cannot do decides what it is used for: it does not
say whether a request that failed had left, and it writes into kept connections that the server has closed meanwhile.
So creates and everything else that is not a plain GET take the ordinary connections.
"""

import re
import threading
from datetime import timedelta
from typing import TYPE_CHECKING, Final, cast

from inroad.sdk.connections import Connections, open_transport
from inroad.sdk.errors import ConfigurationError, ConnectionFailed, Timeout, TransportError
from inroad.sdk.flow import Headers, Response
from inroad.sdk.wire import Wire

if TYPE_CHECKING:
    from pyreqwest.client import SyncClient
    from pyreqwest.request import SyncConsumedRequest

    from inroad.sdk.drivers import Transport

_MAX_CONNECTIONS: Final = 100
_IDLE: Final = timedelta(seconds=15)
# Other characters, and segments of dots, would be spelled anew on the way.
_PLAIN_TARGET: Final = re.compile(rb"[A-Za-z0-9_~%!$&()*+,;=:@/?.-]+")
_DOTS: Final = re.compile(rb"/(?:\.|%2e)", re.IGNORECASE)
# pyreqwest raises ConnectError and ConnectTimeoutError for requests that were sent, too; only this cause is sure.
_NEVER_CONNECTED: Final = "client error (Connect)"


class FastTransport:
    """Connections for blocking clients that spend little CPU on reads. Safe to use from several threads.

    Waiting for an answer counts from the start of the call, connecting included. Proxies are not supported.
    """

    def __init__(self, *, max_connections: int = _MAX_CONNECTIONS) -> None:
        try:
            # Imported late: it comes with inroad[fast] only.
            from pyreqwest.exceptions import PyreqwestError  # noqa: PLC0415
        except ImportError as cause:
            raise ConfigurationError("FastTransport needs pyreqwest: install inroad[fast]") from cause
        self._failure: type[Exception] = PyreqwestError
        self._max_connections = max_connections
        self._readers: dict[float, SyncClient] = {}
        self._opening = threading.Lock()
        self._ordinary: Connections[Transport] = Connections(None, open_transport)

    def send(self, wire: Wire) -> Response:
        """Send one request and return its answer, whatever its status.

        Raises:
            TransportError: there is no usable answer; `sent` tells what is known.
        """
        if wire.method != b"GET" or wire.content is not None or not _is_plain(wire.target):
            return self._ordinary.open().send(wire)
        reader = self._readers.get(wire.timeout_seconds) or self._reader(wire.timeout_seconds)
        try:
            answer = _request(reader, wire).send()
            return Response(answer.status, Headers.named(dict(answer.headers.items())), bytes(answer.bytes()))
        except self._failure as cause:
            failure = _failed(cause, wire)
        # The cause is not kept: its frames hold the request's headers.
        raise failure

    def close(self) -> None:
        """Close every connection."""
        with self._opening:
            readers, self._readers = self._readers, {}
        for reader in readers.values():
            reader.close()
        ordinary = self._ordinary.take()
        if ordinary is not None:
            ordinary.close()

    def _reader(self, seconds: float) -> "SyncClient":
        from pyreqwest.client import SyncClientBuilder  # noqa: PLC0415 - as above

        with self._opening:
            if seconds not in self._readers:
                wait = timedelta(seconds=seconds)
                self._readers[seconds] = (
                    SyncClientBuilder()
                    .error_for_status(enable=False)
                    .follow_redirects(enable=False)
                    .referer(enable=False)
                    .gzip(enable=False)
                    .brotli(enable=False)
                    .zstd(enable=False)
                    .deflate(enable=False)
                    .no_proxy()
                    .http1_only()
                    .max_connections(self._max_connections)
                    .pool_idle_timeout(_IDLE)
                    .pool_timeout(wait)
                    .connect_timeout(wait)
                    .read_timeout(wait)
                    .build()
                )
            return self._readers[seconds]


def _is_plain(target: bytes) -> bool:
    return _PLAIN_TARGET.fullmatch(target) is not None and not _DOTS.search(target)


def _request(reader: "SyncClient", wire: Wire) -> "SyncConsumedRequest":
    address = b"%b://%b%b" % (wire.origin.scheme, wire.origin.authority, wire.target)
    headers = [(name.decode("ascii"), value.decode("latin-1")) for name, value in wire.headers]
    return reader.request("GET", address.decode("ascii")).headers(headers).build()


def _failed(cause: Exception, wire: Wire) -> TransportError:
    where = wire.origin.authority.decode()
    details = cast("dict[str, list[dict[str, str]] | None]", getattr(cause, "details", {}))
    causes = [link["message"] for link in details.get("causes") or []]
    sent = False if _NEVER_CONNECTED in causes else None
    # The first of several names the address with its query.
    reason = causes[-1] if len(causes) > 1 else str(cause)
    if isinstance(cause, TimeoutError):
        return Timeout(f"no answer from {where} within {wire.timeout_seconds:g} s: {reason}", sent=sent)
    return ConnectionFailed(f"connection to {where} failed: {reason}", sent=sent)
