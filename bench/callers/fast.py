"""Calls one post many times with `inroad.Client` over `inroad.FastTransport`; prints microseconds of CPU per call."""

import sys
import time

import inroad

url, calls = sys.argv[1], int(sys.argv[2])
urn = inroad.Urn.parse("urn:li:share:7522266120616303830")
environment = inroad.Environment.sandbox(url)
with inroad.Client("AQX", environment=environment, transport=inroad.FastTransport()) as client:
    for _ in range(100):
        client.posts.get(urn)
    before = time.process_time()
    for _ in range(calls):
        assert str(client.posts.get(urn).author) == "urn:li:organization:70412233"
    print((time.process_time() - before) / calls * 1e6)
