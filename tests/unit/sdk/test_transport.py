import io
import socket
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from inroad.sdk.client import AsyncClient, Client
from inroad.sdk.errors import ConnectionFailed, Timeout
from inroad.sdk.flow import Response
from inroad.sdk.policy import NEVER
from inroad.sdk.transport import AsyncHttpTransport, HttpTransport
from inroad.sdk.wire import Environment
from unit.sdk.servers import (
    Server,
    answer_and_hang_up,
    answer_nonsense,
    answer_well,
    close_after_reading,
    close_within_the_answer,
    never_answer,
)


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    servers: list[Server] = []

    def start(behave: Callable[[socket.socket, bytes], bool] = answer_well) -> Server:
        servers.append(Server(behave))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


async def call(url: str, colour: str, **options: Any) -> Response:
    """Make one POST in either colour."""
    timeout_seconds = options.pop("timeout_seconds", 10.0)
    environment = Environment.sandbox(url)
    if colour == "blocking":
        with Client("AQXhidden", environment=environment, retry=NEVER, timeout_seconds=timeout_seconds) as client:
            return client.request("POST", "/rest/x", **options)
    async with AsyncClient("AQXhidden", environment=environment, retry=NEVER, timeout_seconds=timeout_seconds) as other:
        return await other.request("POST", "/rest/x", **options)


pytestmark = pytest.mark.parametrize("colour", ["blocking", "async"])


async def test_an_answer_is_read(serve: Any, colour: str) -> None:
    server = serve()

    response = await call(server.url, colour, json={"a": 1})

    assert (response.status, response.json(), response.request_id) == (200, {}, "id")
    assert server.seen[0].startswith(b"POST /rest/x HTTP/1.1\r\n")
    assert server.seen[0].endswith(b'\r\n\r\n{"a":1}')


async def test_a_refused_connection_sent_nothing(colour: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"

    with pytest.raises(ConnectionFailed) as caught:
        await call(url, colour)
    assert caught.value.sent is False


async def test_a_name_that_does_not_resolve_sent_nothing(colour: str) -> None:
    with pytest.raises(ConnectionFailed) as caught:
        await call("http://nowhere.invalid", colour)
    assert caught.value.sent is False


async def test_a_failed_handshake_sent_nothing(serve: Any, colour: str) -> None:
    server = serve()
    server._one = lambda connection: False

    with pytest.raises(ConnectionFailed) as caught:
        await call(server.url.replace("http:", "https:"), colour)
    assert caught.value.sent is False


@pytest.mark.parametrize("behave", [close_after_reading, close_within_the_answer, answer_nonsense])
async def test_a_broken_answer_leaves_it_open(serve: Any, colour: str, behave: Any) -> None:
    with pytest.raises(ConnectionFailed) as caught:
        await call(serve(behave).url, colour, json={"a": 1})
    assert caught.value.sent is None


async def test_silence_leaves_it_open(serve: Any, colour: str) -> None:
    with pytest.raises(Timeout, match=r"within 0\.2 s") as caught:
        await call(serve(never_answer).url, colour, timeout_seconds=0.2)
    assert caught.value.sent is None


async def test_a_kept_connection_that_broke_leaves_it_open(serve: Any, colour: str) -> None:
    answered: list[bool] = []

    def answer_once(connection: socket.socket, data: bytes) -> bool:
        if answered:
            return False
        answered.append(True)
        return answer_well(connection, data)

    environment = Environment.sandbox(serve(answer_once).url)
    if colour == "blocking":
        with Client("t", environment=environment, retry=NEVER) as client:
            client.request("POST", "/rest/x")
            with pytest.raises(ConnectionFailed) as caught:
                client.request("POST", "/rest/x")
    else:
        async with AsyncClient("t", environment=environment, retry=NEVER) as other:
            await other.request("POST", "/rest/x")
            with pytest.raises(ConnectionFailed) as caught:
                await other.request("POST", "/rest/x")
    assert caught.value.sent is None


async def test_a_connection_that_was_closed_while_idle_is_not_used(serve: Any, colour: str) -> None:
    server = serve(answer_and_hang_up)
    environment = Environment.sandbox(server.url)

    # A create on a connection that is gone would have an unknown outcome.
    if colour == "blocking":
        with Client("t", environment=environment, retry=NEVER) as client:
            for _ in range(3):
                client.request("POST", "/rest/x", json={"a": 1})
                assert server.hung_up.wait(5)
                server.hung_up.clear()
    else:
        async with AsyncClient("t", environment=environment, retry=NEVER) as other:
            for _ in range(3):
                await other.request("POST", "/rest/x", json={"a": 1})
                assert server.hung_up.wait(5)
                server.hung_up.clear()

    assert server.connections == len(server.seen) == 3


async def through(proxy: str, url: str, colour: str) -> Response:
    """Make one POST through a proxy in either colour."""
    environment = Environment.sandbox(url)
    if colour == "blocking":
        with Client("AQXhidden", environment=environment, retry=NEVER, transport=HttpTransport(proxy=proxy)) as client:
            return client.request("POST", "/rest/x", json={"a": 1})
    transport = AsyncHttpTransport(proxy=proxy)
    async with AsyncClient("AQXhidden", environment=environment, retry=NEVER, transport=transport) as other:
        return await other.request("POST", "/rest/x", json={"a": 1})


async def test_a_proxy_is_asked_for_the_whole_address(serve: Any, colour: str) -> None:
    proxy = serve()

    response = await through(proxy.url, "http://linkedin.invalid", colour)

    assert response.status == 200
    assert proxy.seen[0].startswith(b"POST http://linkedin.invalid:80/rest/x HTTP/1.1\r\n")


async def test_a_proxy_that_refuses_to_connect_was_sent_no_token(serve: Any, colour: str) -> None:
    def refuse(connection: socket.socket, data: bytes) -> bool:
        connection.sendall(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n")
        return True

    proxy = serve(refuse)

    with pytest.raises(ConnectionFailed) as caught:
        await through(proxy.url, "https://linkedin.invalid", colour)
    assert caught.value.sent is False
    assert b"AQXhidden" not in proxy.seen[0]


async def test_a_proxy_that_is_not_there_was_sent_nothing(colour: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        proxy = f"http://127.0.0.1:{unused.getsockname()[1]}"

    with pytest.raises(ConnectionFailed) as caught:
        await through(proxy, "http://linkedin.invalid", colour)
    assert caught.value.sent is False


async def test_connections_are_kept_and_shared_with_derived_clients(serve: Any, colour: str) -> None:
    server = serve()
    environment = Environment.sandbox(server.url)

    if colour == "blocking":
        with Client("t", environment=environment) as client:
            for _ in range(3):
                client.request("GET", "/rest/x")
            client.with_options(version="202601").request("GET", "/rest/x")
    else:
        async with AsyncClient("t", environment=environment) as other:
            for _ in range(3):
                await other.request("GET", "/rest/x")
            await other.with_options(version="202601").request("GET", "/rest/x")

    assert server.connections == 1
    assert b"LinkedIn-Version: 202601" in server.seen[-1]


async def test_files_and_parts_are_streamed(serve: Any, colour: str, tmp_path: Path) -> None:
    server = serve()
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"p" * 600_000)

    await call(server.url, colour, content=picture)
    await call(server.url, colour, content=io.BytesIO(b"file"))
    await call(server.url, colour, content=iter([b"par", b"ts"]))

    heads = [seen.partition(b"\r\n\r\n")[0] for seen in server.seen]
    assert b"Content-Length: 600000" in heads[0]
    assert server.seen[0].endswith(b"p" * 600_000)
    assert b"Content-Length: 4" in heads[1]
    assert server.seen[1].endswith(b"\r\n\r\nfile")
    assert b"Transfer-Encoding: chunked" in heads[2]
    assert server.seen[2].endswith(b"3\r\npar\r\n2\r\nts\r\n0\r\n\r\n")


async def test_a_file_that_is_not_there_is_the_callers_error(serve: Any, colour: str, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        await call(serve().url, colour, content=tmp_path / "none.png")


async def test_the_token_is_in_no_error_and_no_frame(serve: Any, colour: str) -> None:
    shown = ""
    try:
        await call(serve(close_after_reading).url, colour)
    except ConnectionFailed as error:
        shown = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())

    assert "ConnectionFailed" in shown
    assert "AQXhidden" not in shown.replace('Client("AQXhidden"', "")
