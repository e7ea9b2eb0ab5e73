"""Servers that behave well or badly, on real sockets and threads of their own."""

import datetime as dt
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

OK = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nx-li-uuid: id\r\n\r\n{}"

Behaviour: TypeAlias = Callable[[socket.socket, bytes], bool]


class Server:
    """A server of one kind of behaviour, on a port of its own. Events tell what it has done."""

    def __init__(self, behave: Behaviour, *, tls: ssl.SSLContext | None = None, whole: bool = True) -> None:
        self._behave = behave
        self._tls = tls
        self._whole = whole
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.url = f"{'http' if tls is None else 'https'}://127.0.0.1:{self.port}"
        self.seen: list[bytes] = []
        self.connections = 0
        self.read_one = threading.Event()
        self.hung_up = threading.Event()
        self._sockets: set[socket.socket] = set()
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            if self._tls is not None:
                connection = self._tls.wrap_socket(connection, server_side=True)
            self._sockets.add(connection)
            while self._one(connection):
                pass
        except OSError:
            pass
        finally:
            self._sockets.discard(connection)
            connection.close()
            self.hung_up.set()

    def _one(self, connection: socket.socket) -> bool:
        data = b""
        while b"\r\n\r\n" not in data or (self._whole and not self._is_whole(data)):
            part = connection.recv(65536)
            if not part:
                return False
            data += part
        self.seen.append(data)
        self.read_one.set()
        return self._behave(connection, data)

    @staticmethod
    def _is_whole(data: bytes) -> bool:
        head, _, body = data.partition(b"\r\n\r\n")
        if b"transfer-encoding: chunked" in head.lower():
            return body.endswith(b"0\r\n\r\n")
        lengths = [line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")]
        return len(body) >= int(lengths[0]) if lengths else True

    def close(self) -> None:
        # Threads that wait in accept or recv are woken by closing both ends.
        for waiting in [self._listener, *self._sockets]:
            try:
                waiting.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
        self._listener.close()
        for thread in self._threads:
            thread.join(5)


def answer_well(connection: socket.socket, data: bytes) -> bool:
    connection.sendall(OK)
    return True


def answer_and_hang_up(connection: socket.socket, data: bytes) -> bool:
    connection.sendall(OK)
    return False


def close_after_reading(connection: socket.socket, data: bytes) -> bool:
    return False


def close_within_the_answer(connection: socket.socket, data: bytes) -> bool:
    connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{")
    return False


def answer_nonsense(connection: socket.socket, data: bytes) -> bool:
    connection.sendall(b"nonsense\r\n\r\n")
    return False


def never_answer(connection: socket.socket, data: bytes) -> bool:
    connection.recv(1)
    return False


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """Return a server's side for 127.0.0.1, and the file that a client must trust."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _signed("a root of our own", root_key.public_key(), "a root of our own", root_key, is_root=True)
    made = _signed("127.0.0.1", key.public_key(), "a root of our own", root_key, is_root=False)
    trusted, public, private = folder / "root.pem", folder / "server.pem", folder / "server.key"
    trusted.write_bytes(root.public_bytes(serialization.Encoding.PEM))
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return context, trusted


def _signed(
    name: str, key: ec.EllipticCurvePublicKey, by: str, with_key: ec.EllipticCurvePrivateKey, *, is_root: bool
) -> x509.Certificate:
    now = dt.datetime.now(dt.UTC)
    usage = x509.KeyUsage(
        digital_signature=True,
        key_cert_sign=is_root,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, by)]))
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(address, critical=False)
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(with_key.public_key()), critical=False)
        .add_extension(usage, critical=True)
        .sign(with_key, hashes.SHA256())
    )
