"""A load of one request over a few kept-alive connections, from a process of its own; prints requests per second.

The request comes on standard input, whole. Nine `#` in it stand for a number that is another each time.
"""

import asyncio
import itertools
import sys
import time
from collections.abc import Iterator
from typing import cast

from uvicorn.loops.auto import auto_loop_factory

NUMBER = b"#########"


class _Caller(asyncio.Protocol):
    """One connection, made again where the server closes it: as soon as an answer is whole, the next request goes out.

    Thin, so that the server is the limit.
    """

    def __init__(self, port: int, request: bytes, numbers: Iterator[int]) -> None:
        self.port, self.request, self.numbers = port, request, numbers
        self.is_numbered = NUMBER in request
        self.done = 0
        self.heard = b""
        self.problem = ""
        self.goes_on = False

    async def connect(self) -> None:
        await asyncio.get_running_loop().create_connection(lambda: self, "127.0.0.1", self.port)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)  # uvloop's is none by inheritance
        self.ask()

    def ask(self) -> None:
        number = b"%09d" % next(self.numbers) if self.is_numbered else b""
        self.transport.write(self.request.replace(NUMBER, number) if self.is_numbered else self.request)

    def data_received(self, data: bytes) -> None:
        self.heard = self.heard + data if self.heard else data
        end = self.heard.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self.heard[:end].lower()
        if not head.startswith(b"http/1.1 20"):
            self.problem = self.heard.decode()
            self.transport.close()
            return
        length = head.partition(b"\r\ncontent-length:")[2].partition(b"\r\n")[0]
        if len(self.heard) < end + 4 + int(length):
            return
        self.heard = b""
        self.done += 1
        if b"\r\nconnection: close" in head:
            self.goes_on = True
            self.transport.close()
        else:
            self.ask()

    def connection_lost(self, exc: Exception | None) -> None:
        if self.goes_on:
            self.goes_on = False
            self.reconnecting = asyncio.ensure_future(self.connect())
        else:
            self.problem = self.problem or f"the server closed the connection: {exc}"


async def main(port: int, request: bytes, seconds: float, connections: int) -> None:
    """Warm up for half a second, then count for `seconds`."""
    numbers = itertools.count(time.time_ns() // 1_000_000 % 1_000_000_000)
    callers = [_Caller(port, request, numbers) for _ in range(connections)]
    for caller in callers:
        await caller.connect()
    await asyncio.sleep(0.5)
    before, began = sum(c.done for c in callers), time.perf_counter()
    await asyncio.sleep(seconds)
    counted, took = sum(c.done for c in callers) - before, time.perf_counter() - began
    for caller in callers:
        if caller.problem:
            raise RuntimeError(caller.problem)
    if not counted:
        raise RuntimeError("no answer came")
    print(counted / took)


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        runner.run(main(int(sys.argv[1]), sys.stdin.buffer.read(), float(sys.argv[2]), int(sys.argv[3])))
