import asyncio
import gc
import io
import random
import socket
import struct
import threading
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from inroad.sdk.errors import ConnectionFailed, Timeout
from inroad.sdk.flow import Body, Piece, Request, Response
from inroad.sdk.transport import AsyncHttpTransport
from inroad.sdk.wire import Composer, Environment, Wire
from unit.sdk import servers
from unit.sdk.servers import OK, Server

CHUNKED = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\n[\r\n1\r\n]\r\n0\r\n\r\n"


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    started: list[Server] = []

    def start(behave: servers.Behaviour = servers.answer_well, **options: Any) -> Server:
        started.append(Server(behave, **options))
        return started[-1]

    yield start
    for server in started:
        server.close()


@pytest.fixture
async def transport() -> AsyncIterator[AsyncHttpTransport]:
    opened = AsyncHttpTransport()
    yield opened
    await opened.close()


def wire(server: Server, content: Body | None = None, *, method: str = "POST", seconds: float = 10.0) -> Wire:
    composer = Composer(environment=Environment.sandbox(server.url), timeout_seconds=seconds)
    return composer.compose(Request(method, "/rest/x", content=content), b"Bearer AQXhidden")


async def turns(count: int = 20) -> None:
    """Let the loop look at its sockets."""
    for _ in range(count):
        await asyncio.sleep(0)


async def arrival(server: Server) -> None:
    """Wait until the server has read a request."""
    await asyncio.to_thread(server.read_one.wait, 5)


async def test_a_connection_is_kept_over_answers_of_every_framing(serve: Any, transport: AsyncHttpTransport) -> None:
    answers = [OK, CHUNKED, b"HTTP/1.1 204 No Content\r\n\r\n", b"HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n" + OK]

    def take_turns(connection: socket.socket, data: bytes) -> bool:
        connection.sendall(answers[len(server.seen) - 1])
        return True

    server = serve(take_turns)

    responses = [await transport.send(wire(server, b"{}")) for _ in answers]

    assert [(response.status, response.content) for response in responses] == [
        (200, b"{}"),
        (200, b"[]"),
        (204, b""),
        (200, b"{}"),
    ]
    assert server.connections == 1


async def test_the_answer_to_head_has_no_body(serve: Any, transport: AsyncHttpTransport) -> None:
    server = serve(lambda connection, data: connection.sendall(OK[:-2]) is None)

    first, second = [await transport.send(wire(server, method="HEAD")) for _ in range(2)]

    assert (first.status, first.content, second.content, server.connections) == (200, b"", b"", 1)


async def test_an_answer_that_arrives_in_pieces_is_put_together(serve: Any, transport: AsyncHttpTransport) -> None:
    def dribble(connection: socket.socket, data: bytes) -> bool:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in CHUNKED:
            connection.sendall(bytes([byte]))
        return True

    assert (await transport.send(wire(serve(dribble)))).content == b"[]"


async def test_an_answer_without_a_length_ends_with_the_connection(serve: Any, transport: AsyncHttpTransport) -> None:
    def until_the_end(connection: socket.socket, data: bytes) -> bool:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n{}")
        return False

    server = serve(until_the_end)

    responses = [await transport.send(wire(server)) for _ in range(2)]

    assert [response.content for response in responses] == [b"{}", b"{}"]
    assert server.connections == 2


async def test_a_reset_is_not_the_end_of_an_answer(serve: Any, transport: AsyncHttpTransport) -> None:
    def reset(connection: socket.socket, data: bytes) -> bool:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n{")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return False

    with pytest.raises(ConnectionFailed, match="reset") as caught:
        await transport.send(wire(serve(reset)))
    assert caught.value.sent is None


async def test_a_silent_end_is_named(serve: Any, transport: AsyncHttpTransport) -> None:
    with pytest.raises(ConnectionFailed, match="closed the connection without an answer") as caught:
        await transport.send(wire(serve(servers.close_after_reading)))
    assert caught.value.sent is None


async def test_a_server_that_says_close_gets_another_connection(serve: Any, transport: AsyncHttpTransport) -> None:
    closing = OK.replace(b"\r\n\r\n", b"\r\nconnection: close\r\n\r\n")
    server = serve(lambda connection, data: connection.sendall(closing) is None)

    for _ in range(2):
        await transport.send(wire(server))

    assert server.connections == 2


@pytest.mark.parametrize("is_seen_by_the_loop", [True, False])
async def test_a_connection_that_was_closed_while_idle_is_not_used(
    serve: Any, transport: AsyncHttpTransport, is_seen_by_the_loop: bool
) -> None:
    server = serve(servers.answer_and_hang_up)

    for _ in range(3):
        await transport.send(wire(server, b"{}"))
        # The loop stands still here: without a look at the socket the next call would be written into the void.
        assert server.hung_up.wait(5)
        server.hung_up.clear()
        if is_seen_by_the_loop:
            await turns()

    assert server.connections == len(server.seen) == 3


async def test_bytes_that_nobody_asked_for_end_a_connection(serve: Any, transport: AsyncHttpTransport) -> None:
    def chatter(connection: socket.socket, data: bytes) -> bool:
        connection.sendall(OK + b"HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nforged")
        return True

    server = serve(chatter)

    responses = [await transport.send(wire(server)) for _ in range(2)]

    assert [response.content for response in responses] == [b"{}", b"{}"]
    assert server.connections == 2


async def test_an_idle_connection_has_an_end(serve: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inroad.sdk.transport._IDLE_SECONDS", -1.0)
    server, transport = serve(), AsyncHttpTransport()

    for _ in range(2):
        await transport.send(wire(server))
    await transport.close()

    assert server.connections == 2


async def test_calls_beyond_the_limit_wait_their_turn(serve: Any) -> None:
    server, transport = serve(), AsyncHttpTransport(max_connections=2)

    await asyncio.gather(*[transport.send(wire(server)) for _ in range(10)])
    await transport.close()

    assert (server.connections, len(server.seen)) == (2, 10)


async def test_a_call_that_never_gets_its_turn_sent_nothing(serve: Any) -> None:
    server, transport = serve(servers.never_answer), AsyncHttpTransport(max_connections=1)
    first = asyncio.create_task(transport.send(wire(server)))
    await turns()

    with pytest.raises(Timeout, match="all connections are in use") as caught:
        await transport.send(wire(server, seconds=0.05))
    await transport.close()

    assert caught.value.sent is False
    with pytest.raises(ConnectionFailed):
        await first


async def test_an_idle_connection_makes_room_for_another_server(serve: Any) -> None:
    one, other, transport = serve(), serve(), AsyncHttpTransport(max_connections=1)

    for server in (one, other, one):
        await transport.send(wire(server))
    await transport.close()

    assert (one.connections, other.connections) == (2, 1)
    assert one.hung_up.wait(5)


async def test_a_cancelled_call_takes_its_connection_along(serve: Any) -> None:
    answers: list[bool] = []

    def answer_the_second(connection: socket.socket, data: bytes) -> bool:
        answers.append(True)
        return servers.answer_well(connection, data) if len(answers) > 1 else servers.never_answer(connection, data)

    server, transport = serve(answer_the_second), AsyncHttpTransport(max_connections=1)
    task = asyncio.create_task(transport.send(wire(server)))
    await arrival(server)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    response = await transport.send(wire(server))
    await transport.close()

    assert (response.content, server.connections) == (b"{}", 2)


async def test_a_call_cancelled_while_it_connects_leaves_nothing_behind(serve: Any) -> None:
    server, transport = serve(), AsyncHttpTransport(max_connections=1)
    for steps in range(6):
        task = asyncio.create_task(transport.send(wire(server)))
        await turns(steps)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    assert (await transport.send(wire(server))).content == b"{}"
    await transport.close()


async def test_a_refusal_during_an_upload_is_the_answer(serve: Any, transport: AsyncHttpTransport) -> None:
    def refuse(connection: socket.socket, data: bytes) -> bool:
        connection.sendall(b"HTTP/1.1 413 Content Too Large\r\ncontent-length: 3\r\n\r\nbig")
        while connection.recv(1_000_000):  # closing with bytes unread would take the answer back
            pass
        return False

    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += 1
            yield bytes(100_000)
            await asyncio.sleep(0)

    response = await transport.send(wire(serve(refuse, whole=False), endless()))

    assert (response.status, response.content) == (413, b"big")
    assert taken > 0


async def test_an_upload_waits_for_a_slow_reader(serve: Any, transport: AsyncHttpTransport) -> None:
    size = 20_000_000
    reading = threading.Event()
    taken = 0

    def read_late(connection: socket.socket, data: bytes) -> bool:
        assert reading.wait(5)
        left = size - len(data.partition(b"\r\n\r\n")[2])
        while left > 0:
            left -= len(connection.recv(1_000_000))
        return servers.answer_well(connection, data)

    async def much() -> AsyncIterator[bytes]:
        nonlocal taken
        for _ in range(size // 100_000):
            taken += 1
            yield bytes(100_000)

    server = serve(read_late, whole=False)
    call = asyncio.create_task(transport.send(wire(server, Piece(much(), 0, size))))
    await arrival(server)
    await turns(200)
    taken_before_reading = taken
    reading.set()
    response = await call

    # What the kernel's buffers hold is sent; the rest is still with the caller.
    assert taken_before_reading < size // 100_000
    assert (response.status, taken) == (200, size // 100_000)


async def test_an_upload_that_nobody_reads_ends(serve: Any, transport: AsyncHttpTransport) -> None:
    stuck = threading.Event()
    server = serve(lambda connection, data: stuck.wait(5) and False, whole=False)

    with pytest.raises(Timeout) as caught:
        await transport.send(wire(server, bytes(20_000_000), seconds=0.1))
    stuck.set()

    assert caught.value.sent is None


@pytest.mark.parametrize("size", [0, 1, 262_144, 262_145, 3_000_000])
async def test_bytes_of_any_size_arrive_whole(serve: Any, transport: AsyncHttpTransport, size: int) -> None:
    server = serve()

    await transport.send(wire(server, bytes(size)))

    head, _, body = server.seen[0].partition(b"\r\n\r\n")
    assert body == bytes(size)
    assert head.lower().count(b"content-length: %d" % size) == 1


async def test_a_body_that_fails_is_the_callers_error(serve: Any, transport: AsyncHttpTransport) -> None:
    def parts() -> Iterator[bytes]:
        yield b"first"
        raise OSError("the disk is gone")

    server = serve()

    with pytest.raises(OSError, match="the disk is gone"):
        await transport.send(wire(server, parts()))
    assert (await transport.send(wire(server))).content == b"{}"
    assert server.connections == 2


async def test_a_file_that_shrinks_is_no_complete_request(serve: Any, transport: AsyncHttpTransport) -> None:
    class Shrinking(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(size)[:3]

        def seek(self, offset: int, whence: int = 0) -> int:
            return 100 if whence == io.SEEK_END else super().seek(offset, whence)

    with pytest.raises(ConnectionFailed) as caught:
        await transport.send(wire(serve(), Shrinking(b"short")))
    assert caught.value.sent is None


async def test_closing_ends_calls_that_are_on_their_way(serve: Any) -> None:
    server, transport = serve(servers.never_answer), AsyncHttpTransport()
    call = asyncio.create_task(transport.send(wire(server)))
    await arrival(server)

    await transport.close()

    with pytest.raises(ConnectionFailed, match="the connection was closed") as caught:
        await call
    assert caught.value.sent is None


async def test_a_trusted_server_is_spoken_to_over_tls(
    serve: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, trusted = servers.certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    server, transport = serve(tls=context), AsyncHttpTransport()

    responses: list[Response] = [await transport.send(wire(server, bytes(1_000_000))) for _ in range(3)]
    await transport.close()

    assert [response.status for response in responses] == [200, 200, 200]
    assert server.connections == 1


async def test_tls_connections_that_were_closed_while_idle_are_not_used(
    serve: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, trusted = servers.certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    server, transport = serve(servers.answer_and_hang_up, tls=context), AsyncHttpTransport()

    for _ in range(2):
        await transport.send(wire(server))
        assert server.hung_up.wait(5)
        server.hung_up.clear()
    await transport.close()

    assert server.connections == 2


async def test_a_server_that_nobody_vouches_for_is_sent_nothing(
    serve: Any, transport: AsyncHttpTransport, tmp_path: Path
) -> None:
    context, _ = servers.certificate(tmp_path)
    server = serve(tls=context)

    with pytest.raises(ConnectionFailed, match="certificate") as caught:
        await transport.send(wire(server))
    assert caught.value.sent is False
    assert server.seen == []


async def test_a_connection_that_takes_too_long_sent_nothing(serve: Any, transport: AsyncHttpTransport) -> None:
    # A listener whose queue is full answers no further handshake.
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        address = full.getsockname()
        waiting = [socket.socket() for _ in range(3)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(address)
        environment = Environment.sandbox(f"http://127.0.0.1:{address[1]}")
        request = Composer(environment=environment, timeout_seconds=0.2).compose(Request("GET", "/rest/x"), None)

        with pytest.raises(Timeout) as caught:
            await transport.send(request)
        for one in waiting:
            one.close()

    assert caught.value.sent is False


async def test_headers_that_cannot_be_sent_sent_nothing(serve: Any, transport: AsyncHttpTransport) -> None:
    composer = Composer(environment=Environment.sandbox(serve().url))
    request = composer.compose(Request("GET", "/rest/x", headers={"Host": None}), None)

    with pytest.raises(ConnectionFailed, match="cannot be sent") as caught:
        await transport.send(request)
    assert caught.value.sent is False


async def test_the_next_address_is_tried_when_the_first_does_not_answer(
    serve: Any, transport: AsyncHttpTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, loop = serve(), asyncio.get_running_loop()
    with socket.create_server(("127.0.0.1", 0)) as unused:
        nobody = unused.getsockname()
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", address) for address in (nobody, ("127.0.0.1", server.port))]

    async def look_up(*question: Any, **options: Any) -> Any:
        return found

    monkeypatch.setattr(loop, "getaddrinfo", look_up)

    assert (await transport.send(wire(server))).status == 200


async def test_an_answer_never_reaches_another_call(serve: Any) -> None:
    chance = random.Random(20261123)

    def repeat(connection: socket.socket, data: bytes) -> bool:
        target = data.split(b" ")[1]
        if chance.random() < 0.1:
            return False
        connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % len(target))
        connection.sendall(target)
        return chance.random() < 0.9

    server, transport = serve(repeat), AsyncHttpTransport(max_connections=8)
    composer = Composer(environment=Environment.sandbox(server.url))
    outcomes: list[str] = []

    async def one(number: int) -> None:
        try:
            answer = await transport.send(composer.compose(Request("GET", f"/rest/{number}"), None))
            assert answer.content == b"/rest/%d" % number
            outcomes.append("answered")
        except ConnectionFailed:
            outcomes.append("failed")
        except asyncio.CancelledError:
            outcomes.append("cancelled")

    async def disturbed(number: int) -> None:
        call = asyncio.create_task(one(number))
        if chance.random() < 0.3:
            await turns(chance.randrange(30))
            call.cancel()
        await asyncio.wait([call])

    await asyncio.gather(*[disturbed(number) for number in range(400)])
    await asyncio.gather(*[one(number) for number in range(40)])
    await transport.close()

    assert outcomes.count("answered") > 200
    assert {"failed", "cancelled"} <= set(outcomes)


def test_a_connection_of_another_loop_is_not_used(serve: Any) -> None:
    server, transport = serve(), AsyncHttpTransport()

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # nobody can close what belongs to a loop that is over
        for _ in range(2):
            assert asyncio.run(transport.send(wire(server))).status == 200
        del transport
        gc.collect()

    assert len(server.seen) == server.connections == 2
