import socket
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from inroad.sdk.client import Client
from inroad.sdk.errors import ConnectionFailed, Timeout
from inroad.sdk.fast import FastTransport
from inroad.sdk.flow import Request, Response
from inroad.sdk.policy import NEVER
from inroad.sdk.wire import Composer, Environment
from unit.sdk import servers
from unit.sdk.servers import Server


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    started: list[Server] = []

    def start(behave: servers.Behaviour = servers.answer_well, **options: Any) -> Server:
        started.append(Server(behave, **options))
        return started[-1]

    yield start
    for server in started:
        server.close()


def read(url: str, path: str = "/rest/x", **options: Any) -> Response:
    seconds = options.pop("timeout_seconds", 10.0)
    environment = Environment.sandbox(url)
    with Client(
        "AQXhidden", environment=environment, retry=NEVER, timeout_seconds=seconds, transport=FastTransport()
    ) as client:
        return client.request(options.pop("method", "GET"), path, **options)


def test_a_read_is_sent_as_it_was_composed(serve: Any) -> None:
    server = serve()

    response = read(server.url, "/rest/posts/urn%3Ali%3Ashare%3A1", params={"ids": ["a", "b/c"], "q": "author"})

    assert (response.status, response.json(), response.request_id) == (200, {}, "id")
    head, *lines = server.seen[0].split(b"\r\n")
    assert head == b"GET /rest/posts/urn%3Ali%3Ashare%3A1?ids=List(a,b%2Fc)&q=author HTTP/1.1"
    assert b"Authorization: Bearer AQXhidden" in lines
    assert b"Host: " + server.url.removeprefix("http://").encode() in lines
    assert [line for line in lines if line.lower().startswith((b"user-agent", b"accept-encoding"))] == [
        b"User-Agent: inroad"
    ]


@pytest.mark.parametrize("target", ["/rest/a'b", "/rest/../x", "/rest/%2e%2e/x", '/rest/x?q="1"'])
def test_addresses_that_would_be_spelled_anew_are_not(serve: Any, target: str) -> None:
    server = serve()

    read(server.url, target)

    assert server.seen[0].startswith(f"GET {target} HTTP/1.1\r\n".encode())


def test_connections_are_kept(serve: Any) -> None:
    server = serve()

    with Client("t", environment=Environment.sandbox(server.url), transport=FastTransport()) as client:
        for _ in range(3):
            client.request("GET", "/rest/x")
        client.with_options(version="202601").request("GET", "/rest/x")

    assert server.connections == 1


def test_an_answer_of_any_status_and_framing_is_read(serve: Any) -> None:
    answers = [
        b"HTTP/1.1 404 Not Found\r\ntransfer-encoding: chunked\r\n\r\n1\r\n[\r\n1\r\n]\r\n0\r\n\r\n",
        b"HTTP/1.1 307 Temporary Redirect\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 3\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\n\r\nuntil the end",
    ]

    def take_turns(connection: socket.socket, data: bytes) -> bool:
        connection.sendall(answers[len(server.seen) - 1])
        return len(server.seen) < len(answers)

    server, transport = serve(take_turns), FastTransport()
    composer = Composer(environment=Environment.sandbox(server.url))

    got = [transport.send(composer.compose(Request("GET", "/rest/x"), None)) for _ in answers]
    transport.close()

    assert [(answer.status, answer.content) for answer in got] == [
        (404, b"[]"),
        (307, b""),
        (200, b"abc"),
        (200, b"until the end"),
    ]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_what_writes_never_meets_a_connection_that_was_closed(serve: Any, method: str) -> None:
    server = serve(servers.answer_and_hang_up)
    environment = Environment.sandbox(server.url)

    with Client("t", environment=environment, retry=NEVER, transport=FastTransport()) as client:
        for _ in range(5):
            client.request(method, "/rest/x", json={"a": 1})
            assert server.hung_up.wait(5)
            server.hung_up.clear()

    assert len(server.seen) == 5


def test_files_are_streamed(serve: Any, tmp_path: Path) -> None:
    server = serve()
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"p" * 600_000)

    read(server.url, method="PUT", content=picture)

    assert server.seen[0].endswith(b"p" * 600_000)


def test_a_refused_connection_sent_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"

    with pytest.raises(ConnectionFailed, match="Connection refused") as caught:
        read(url)
    assert caught.value.sent is False


def test_a_name_that_does_not_resolve_sent_nothing() -> None:
    with pytest.raises(ConnectionFailed) as caught:
        read("http://nowhere.invalid")
    assert caught.value.sent is False


@pytest.mark.parametrize(
    "behave", [servers.close_after_reading, servers.close_within_the_answer, servers.answer_nonsense]
)
def test_a_broken_answer_leaves_it_open(serve: Any, behave: Any) -> None:
    with pytest.raises(ConnectionFailed) as caught:
        read(serve(behave).url)
    assert caught.value.sent is None


def test_silence_leaves_it_open(serve: Any) -> None:
    with pytest.raises(Timeout, match=r"within 0\.2 s") as caught:
        read(serve(servers.never_answer).url, timeout_seconds=0.2)
    assert caught.value.sent is None


def test_the_system_decides_whom_to_trust(serve: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context, trusted = servers.certificate(tmp_path)
    server = serve(tls=context)

    with pytest.raises(ConnectionFailed, match="certificate") as caught:
        read(server.url)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    response = read(server.url)

    assert caught.value.sent is False
    assert (response.status, len(server.seen)) == (200, 1)


def test_threads_share_it(serve: Any) -> None:
    server, answers = serve(), []
    with Client("t", environment=Environment.sandbox(server.url), transport=FastTransport()) as client:
        threads = [
            threading.Thread(target=lambda: answers.append(client.request("GET", "/rest/x").status)) for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert answers == [200] * 8


def test_the_token_is_in_no_error_and_no_frame(serve: Any) -> None:
    shown = ""
    try:
        read(serve(servers.close_after_reading).url)
    except ConnectionFailed as error:
        shown = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())

    assert "ConnectionFailed" in shown
    assert "AQXhidden" not in shown.replace('"AQXhidden", environment', "")


def test_it_says_what_to_install() -> None:
    program = (
        "import sys; sys.modules['pyreqwest.exceptions'] = None\n"
        "import inroad\n"
        "try: inroad.FastTransport()\n"
        "except inroad.ConfigurationError as error: print(error)"
    )

    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert shown.stdout.strip() == "FastTransport needs pyreqwest: install inroad[fast]"
