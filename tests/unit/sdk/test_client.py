import gc
from typing import Any

import httpx2
import pytest

from inroad.common.secret import Secret
from inroad.common.urn import Urn
from inroad.sdk.client import AsyncClient, Client
from inroad.sdk.errors import ConfigurationError, InvalidArgument
from inroad.sdk.policy import RetryPolicy
from inroad.sdk.transport import MountedTransport
from inroad.sdk.wire import Environment


def test_anything_can_be_called(answers: Any, answer: Any, clock: Any) -> None:
    transport = answers(answer(201, headers={"x-restli-id": "7"}))

    response = Client("AQX", transport=transport, clock=clock).request(
        "POST",
        "/rest/things",
        params={"owner": Urn("person", "a"), "ids": [1, 2]},
        query="fields=id",
        json={"author": Urn("person", "a"), "list": [Urn("share", "1")]},
        headers={"X-A": "b"},
        restli_method="CREATE",
    )

    assert response.headers["X-RestLi-Id"] == "7"
    wire = transport.wires[0]
    assert wire.target == b"/rest/things?ids=List(1,2)&owner=urn%3Ali%3Aperson%3Aa&fields=id"
    assert wire.content == b'{"author":"urn:li:person:a","list":["urn:li:share:1"]}'
    sent = dict(wire.headers)
    assert sent[b"X-RestLi-Method"] == b"CREATE"
    assert sent[b"X-A"] == b"b"


def test_calls_without_authorization_carry_no_token(answers: Any, answer: Any, clock: Any) -> None:
    transport = answers(answer())

    Client("AQX", transport=transport, clock=clock).request("GET", "/v2/x", auth=False)

    assert b"Authorization" not in dict(transport.wires[0].headers)


@pytest.mark.parametrize(
    ("method", "path", "options"),
    [
        ("get", "/rest/x", {}),
        ("TRACE", "/rest/x", {}),
        ("GET", "rest/x", {}),
        ("GET", "/rest/\u00e4", {}),
        ("GET", "/rest/x\r\nX: y", {}),
        ("POST", "/rest/x", {"json": {}, "content": b""}),
        ("GET", "/rest/x", {"params": {"a": object()}}),
    ],
)
def test_calls_that_cannot_be_sent_are_refused(
    answers: Any, clock: Any, method: str, path: str, options: dict[str, Any]
) -> None:
    transport = answers()

    with pytest.raises(InvalidArgument):
        Client("AQX", transport=transport, clock=clock).request(method, path, **options)
    assert transport.wires == []


@pytest.mark.parametrize("token", ["", "two words", "line\r\nX: y", "\u00fc", Secret("a b")])
def test_tokens_that_cannot_be_sent_are_refused_unseen(token: Any) -> None:
    with pytest.raises(InvalidArgument) as caught:
        Client(token)

    assert "words" not in str(caught.value)


def test_options_change_a_copy(answers: Any, answer: Any, clock: Any) -> None:
    transport = answers(answer(), answer(), answer())
    client = Client("one", transport=transport, clock=clock)
    other = client.with_options(token="two", version="202601", retry=RetryPolicy(max_attempts=1), timeout_seconds=3)

    client.request("GET", "/rest/x")
    other.request("GET", "/rest/x")
    other.close()
    client.request("GET", "/rest/x")

    sent = [dict(wire.headers) for wire in transport.wires]
    assert [headers[b"Authorization"] for headers in sent] == [b"Bearer one", b"Bearer two", b"Bearer one"]
    assert [headers[b"LinkedIn-Version"] for headers in sent] == [b"202609", b"202601", b"202609"]
    assert [wire.timeout_seconds for wire in transport.wires] == [30.0, 3, 30.0]
    assert not transport.is_closed


def test_versions_of_other_lines_are_kept_by_a_copy(answers: Any, answer: Any, clock: Any) -> None:
    transport = answers(answer(), answer(), answer())
    client = Client("one", transport=transport, clock=clock, versions={"verified": "202510.03"})
    other = client.with_options(version="202601", versions={"talent": "202504"})

    for path in ("/rest/x", "/rest/identityMe", "/rest/simpleJobPostings"):
        other.request("GET", path)

    sent = [dict(wire.headers)[b"LinkedIn-Version"] for wire in transport.wires]
    assert sent == [b"202601", b"202510.03", b"202504"]


def test_two_clients_never_see_each_other(answers: Any, answer: Any, clock: Any) -> None:
    one, two = answers(answer()), answers(answer())
    first = Client("one", transport=one, clock=clock, environment=Environment.sandbox("http://one"))
    second = Client("two", transport=two, clock=clock, environment=Environment.sandbox("http://two"))

    first.request("GET", "/rest/x")
    second.request("GET", "/rest/x")

    assert dict(one.wires[0].headers)[b"Host"] == b"one"
    assert dict(two.wires[0].headers)[b"Host"] == b"two"
    assert first.driver is not second.driver


def test_a_closed_client_closes_its_transport(answers: Any, clock: Any) -> None:
    transport = answers()

    with Client("AQX", transport=transport, clock=clock):
        pass

    assert transport.is_closed


def test_clients_do_not_show_their_token() -> None:
    assert "AQXhidden" not in repr(Client("AQXhidden"))
    assert "AQXhidden" not in repr(vars(Client("AQXhidden")))
    gc.collect()


@pytest.mark.parametrize("seconds", [0, -1])
def test_a_timeout_is_above_zero(seconds: float) -> None:
    with pytest.raises(ConfigurationError, match="timeout_seconds"):
        Client("AQX", timeout_seconds=seconds)


async def test_a_mounted_application_is_called_without_a_socket() -> None:
    seen: list[Any] = []

    def handle(request: httpx2.Request) -> httpx2.Response:
        seen.append((request.method, str(request.url), request.headers["authorization"], request.content))
        return httpx2.Response(200, json={"a": 1})

    transport = MountedTransport(httpx2.MockTransport(handle))
    async with AsyncClient("t", environment=Environment.sandbox("http://sandbox"), transport=transport) as client:
        response = await client.request("PUT", "/rest/x%20y", content=iter([b"a", b"b"]))

    assert response.json() == {"a": 1}
    assert seen == [("PUT", "http://sandbox/rest/x%20y", "Bearer t", b"ab")]


async def test_a_mounted_application_is_called_without_a_body() -> None:
    transport = MountedTransport(httpx2.MockTransport(lambda request: httpx2.Response(204)))

    async with AsyncClient("t", environment=Environment.sandbox("http://sandbox"), transport=transport) as client:
        assert (await client.request("DELETE", "/rest/x")).status == 204
