"""Calls one post many times with `inroad.AsyncClient`; prints microseconds of CPU per call."""

import asyncio
import sys
import time

import inroad

url, calls = sys.argv[1], int(sys.argv[2])
urn = inroad.Urn.parse("urn:li:share:7522266120616303830")


async def main() -> None:
    async with inroad.AsyncClient("AQX", environment=inroad.Environment.sandbox(url)) as client:
        for _ in range(100):
            await client.posts.get(urn)
        before = time.process_time()
        for _ in range(calls):
            assert str((await client.posts.get(urn)).author) == "urn:li:organization:70412233"
        print((time.process_time() - before) / calls * 1e6)


asyncio.run(main())
