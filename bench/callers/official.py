"""Calls one post many times with the official client; prints microseconds of CPU per call."""

import sys
import time

from linkedin_api.clients.restli.client import RestliClient
from linkedin_api.common import constants

url, calls = sys.argv[1], int(sys.argv[2])
constants.VERSIONED_BASE_URL = f"{url}/rest"
client = RestliClient()


def once():
    answer = client.get(
        resource_path="/posts/{id}",
        access_token="AQX",
        path_keys={"id": "urn:li:share:7522266120616303830"},
        version_string="202609",
    )
    assert answer.entity["author"] == "urn:li:organization:70412233"


for _ in range(100):
    once()
before = time.process_time()
for _ in range(calls):
    once()
print((time.process_time() - before) / calls * 1e6)
