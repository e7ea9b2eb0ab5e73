"""A server that does nothing but answer one post, so that what is measured is the client."""

import asyncio
import json
import multiprocessing
import socket
from collections.abc import Generator
from contextlib import contextmanager
from multiprocessing.connection import Connection

POST: dict[str, object] = {
    "id": "urn:li:share:7522266120616303830",
    "author": "urn:li:organization:70412233",
    "commentary": "Open day on Saturday \\(bring boots\\). {hashtag|\\#|woodwork}",
    "visibility": "PUBLIC",
    "distribution": {"feedDistribution": "MAIN_FEED", "thirdPartyDistributionChannels": []},
    "content": {"multiImage": {"images": [{"id": "urn:li:image:D4E22AQF1aaaaaaaaaa", "altText": "A row of benches"}]}},
    "lifecycleState": "PUBLISHED",
    "lifecycleStateInfo": {"isEditedByAuthor": False},
    "isReshareDisabledByAuthor": False,
    "createdAt": 1793448000101,
    "publishedAt": 1793448000140,
    "lastModifiedAt": 1793448000188,
}
_BODY = json.dumps(POST).encode()
_ANSWER = (
    b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-restli-protocol-version: 2.0.0\r\n"
    b"x-li-uuid: AAYqT1kz0bW4hJ2sV9dLmw==\r\ncontent-length: %d\r\n\r\n" % len(_BODY)
) + _BODY


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while True:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(_ANSWER)
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


def _serve(port: Connection) -> None:
    async def main() -> None:
        server = await asyncio.start_server(_answer, "127.0.0.1", 0)
        port.send(server.sockets[0].getsockname()[1])
        async with server:
            await server.serve_forever()

    asyncio.run(main())


@contextmanager
def answering() -> Generator[str]:
    """Run the server in a process of its own; give its address."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(there,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{here.recv()}"
    finally:
        process.terminate()
        process.join()


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
