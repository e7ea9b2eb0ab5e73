import io
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from inroad.sdk.client import AsyncClient
from inroad.sdk.drivers import Transport
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import Body, Piece, Request
from inroad.sdk.transport import HttpTransport, MountedTransport
from inroad.sdk.wire import Composer, Environment

URL = "https://www.linkedin.com/dms-uploads/D4D05AQ/uploadedVideo?part=1"


class Echo(httpx2.AsyncBaseTransport):
    def __init__(self) -> None:
        self.seen: list[httpx2.Request] = []

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        await request.aread()
        self.seen.append(request)
        return httpx2.Response(200, content=b"{}")


async def sent(content: Body) -> bytes:
    echo = Echo()
    async with AsyncClient("token", transport=MountedTransport(echo)) as client:
        await client.request("PUT", URL, content=content)
    return echo.seen[0].content


async def parts() -> AsyncIterator[bytes]:
    yield b"first "
    yield b"second"


async def test_a_piece_of_a_path_is_read_from_its_start(tmp_path: Path) -> None:
    path = tmp_path / "video.mp4"
    path.write_bytes(b"0123456789")

    assert await sent(Piece(path, 3, 4)) == b"3456"


async def test_a_piece_of_a_file_is_read_from_its_start_again_and_again() -> None:
    piece = Piece(io.BytesIO(b"0123456789"), 3, 4)

    assert (await sent(piece), await sent(piece)) == (b"3456", b"3456")


async def test_a_piece_of_a_stream_is_what_the_stream_yields() -> None:
    assert await sent(Piece(iter([b"34", b"56"]), 0, 4)) == b"3456"


async def test_an_async_iterable_is_sent_by_an_async_client() -> None:
    assert await sent(parts()) == b"first second"
    assert await sent(Piece(parts(), 0, 12)) == b"first second"


async def test_a_file_that_became_shorter_is_an_error_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "video.mp4"
    path.write_bytes(b"01234")

    with pytest.raises(InvalidArgument, match="the file ended 2 bytes before its size"):
        await sent(Piece(path, 3, 4))


def test_a_blocking_client_refuses_an_async_iterable() -> None:
    transport: Transport = HttpTransport()
    wire = Composer(environment=Environment()).compose(Request("PUT", URL, content=parts(), authorized=False), None)

    with pytest.raises(InvalidArgument, match="async client only"):
        transport.send(wire)


@pytest.mark.parametrize(
    ("source", "is_seekable"),
    [(Path("video.mp4"), True), (io.BytesIO(b"x"), True), (iter([b"x"]), False)],
)
def test_paths_and_files_can_be_read_again_and_streams_cannot(source: Any, is_seekable: bool) -> None:
    assert Piece(source, 0, 1).is_seekable is is_seekable


def test_a_blocking_transport_sends_a_piece_with_its_length(tmp_path: Path) -> None:
    from inroad.sdk.transport import _BlockingBody, _headers

    path = tmp_path / "video.mp4"
    path.write_bytes(b"0123456789")
    request = Request("PUT", URL, content=Piece(path, 3, 4), authorized=False)
    wire = Composer(environment=Environment()).compose(request, None)
    body = _BlockingBody(wire.content)

    assert isinstance(body.stream, Iterator)
    assert dict(_headers(wire, body.size))[b"Content-Length"] == b"4"
    assert b"".join(body.stream) == b"3456"
    body.close()
