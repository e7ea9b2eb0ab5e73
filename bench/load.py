"""A load of one request over a few kept-alive connections, from a process of its own; prints requests per second."""

import asyncio
import sys
import time


async def _worker(host: str, port: int, request: bytes, until: float) -> int:
    reader, writer = await asyncio.open_connection(host, port)
    done = 0
    while time.perf_counter() < until:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head.decode())
        length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        await reader.readexactly(length)
        done += 1
    writer.close()
    return done


async def main(port: int, path: str, token: str, seconds: float, connections: int) -> None:
    request = (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n"
        "LinkedIn-Version: 202609\r\nX-Restli-Protocol-Version: 2.0.0\r\n\r\n"
    ).encode()
    await asyncio.gather(*(_worker("127.0.0.1", port, request, time.perf_counter() + 0.5) for _ in range(connections)))
    began = time.perf_counter()
    counts = await asyncio.gather(*(_worker("127.0.0.1", port, request, began + seconds) for _ in range(connections)))
    print(sum(counts) / (time.perf_counter() - began))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2], sys.argv[3], float(sys.argv[4]), int(sys.argv[5])))
