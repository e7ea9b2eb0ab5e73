import inspect
import subprocess
import sys
from collections.abc import AsyncIterator, Coroutine, Iterator
from typing import Any, get_type_hints

import pytest

from inroad.sdk.client import AsyncClient, Client
from inroad.sdk.errors import UnexpectedResponse
from inroad.sdk.flow import (
    Blocking,
    Flow,
    Headers,
    NonBlocking,
    Operation,
    Page,
    Paged,
    Request,
    Resource,
    Response,
    Sleep,
    operation,
    paged,
)
from inroad.sdk.oauth import AsyncOAuth, OAuth

BLOCKING, NONBLOCKING = Client("token"), AsyncClient("token")
OAUTH, ASYNC_OAUTH = OAuth("id", "secret"), AsyncOAuth("id", "secret")


def resources(client: object) -> dict[str, object]:
    found = {name: getattr(client, name) for name in dir(client)}
    return {name: value for name, value in found.items() if isinstance(value, Resource)}


def definitions(owner: object) -> dict[str, Operation[..., Any] | Paged[..., Any]]:
    found = {}
    for kind in reversed(type(owner).__mro__):
        found.update({name: value for name, value in vars(kind).items() if isinstance(value, Operation | Paged)})
    return found


def both_colours() -> list[tuple[str, object, object]]:
    pairs: list[tuple[str, object, object]] = [("client", BLOCKING, NONBLOCKING), ("oauth", OAUTH, ASYNC_OAUTH)]
    theirs = resources(NONBLOCKING)
    pairs += [(name, resource, theirs[name]) for name, resource in resources(BLOCKING).items()]
    return [
        (f"{name}.{method}", getattr(blocking, method), getattr(nonblocking, method))
        for name, blocking, nonblocking in pairs
        for method in definitions(blocking)
    ]


def test_both_clients_have_the_same_resources() -> None:
    assert set(resources(BLOCKING)) == set(resources(NONBLOCKING))
    assert {"posts", "images", "me", "userinfo", "organizations"} <= set(resources(BLOCKING))


def test_every_public_method_is_a_definition_of_both_colours() -> None:
    shared = {"close", "with_options"}
    public = {name for name in dir(BLOCKING) if not name.startswith("_") and callable(getattr(BLOCKING, name))}

    assert public - shared - set(resources(BLOCKING)) - {"driver"} == set(definitions(BLOCKING))


@pytest.mark.parametrize(("name", "blocking", "nonblocking"), both_colours(), ids=lambda value: str(value)[:40])
def test_both_colours_show_one_signature(name: str, blocking: Any, nonblocking: Any) -> None:
    plain, awaited = inspect.signature(blocking), inspect.signature(nonblocking)

    assert plain.parameters == awaited.parameters
    assert "self" not in plain.parameters
    assert blocking.__doc__ == nonblocking.__doc__
    assert blocking.__doc__
    assert blocking.__name__ == nonblocking.__name__ == name.partition(".")[2]
    assert not inspect.iscoroutinefunction(blocking)
    if "Iterator" in str(plain.return_annotation):
        assert plain.return_annotation.__origin__ is Iterator
        assert awaited.return_annotation.__origin__ is AsyncIterator
        assert plain.return_annotation.__args__ == awaited.return_annotation.__args__
    else:
        assert inspect.iscoroutinefunction(nonblocking)
        assert plain.return_annotation == awaited.return_annotation
    assert "Generator" not in str(plain.return_annotation)
    assert get_type_hints(blocking)["return"] == plain.return_annotation


class Recording(Blocking):
    def __init__(self) -> None:
        self.asked: list[Request | Sleep] = []

    def run(self, flow: Flow[Any]) -> Any:
        try:
            step = next(flow)
            while True:
                self.asked.append(step)
                step = flow.send(Response(200, content=b"7"))
        except StopIteration as end:
            return end.value


class AsyncRecording(NonBlocking):
    def __init__(self) -> None:
        self.inner = Recording()

    async def run(self, flow: Flow[Any]) -> Any:
        return self.inner.run(flow)


class Numbers(Resource[Any]):
    @operation
    def get(self, *, of: str) -> Flow[int]:
        """Return a number."""
        response = yield Request("GET", f"/{of}")
        return int(response.json())

    @paged
    def list(self, *, pages: int) -> Flow[Page[int]]:
        """Yield numbers."""
        yield Request("GET", f"/left/{pages}")
        more = (lambda: Numbers.list.flow(self, pages=pages - 1)) if pages > 1 else None
        return Page([pages] if pages % 2 else [], more)


def test_an_operation_is_a_plain_method_on_a_blocking_resource() -> None:
    assert Numbers(Recording()).get(of="x") == 7


async def test_an_operation_is_a_coroutine_function_on_an_async_resource() -> None:
    call = Numbers(AsyncRecording()).get(of="x")

    assert isinstance(call, Coroutine)
    assert await call == 7


def test_the_class_shows_the_definition_for_stepping() -> None:
    assert isinstance(Numbers.get, Operation)
    flow = Numbers.get.flow(None, of="y")

    assert next(flow) == Request("GET", "/y")
    with pytest.raises(StopIteration, match="5"):
        flow.send(Response(200, content=b"5"))


def test_pages_are_fetched_as_one_iterates() -> None:
    driver = Recording()
    numbers = Numbers(driver).list(pages=5)

    assert driver.asked == []
    assert next(numbers) == 5
    assert len(driver.asked) == 1
    assert list(numbers) == [3, 1]
    assert len(driver.asked) == 5


async def test_pages_are_an_async_iterator_on_an_async_resource() -> None:
    numbers = Numbers(AsyncRecording()).list(pages=3)

    assert [number async for number in numbers] == [3, 1]


def test_headers_do_not_regard_case() -> None:
    headers = Headers([(b"X-RestLi-Id", b"urn:li:share:1")])

    assert headers["x-restli-id"] == headers["X-RESTLI-ID"] == "urn:li:share:1"
    assert headers.get("location") is None


@pytest.mark.parametrize("content", [b"", b"<html>", b"\xff\xfe"])
def test_unreadable_answers_keep_their_bytes(content: bytes) -> None:
    with pytest.raises(UnexpectedResponse) as caught:
        Response(200, {"x-li-uuid": "id"}, content).json()

    assert caught.value.content == content
    assert caught.value.request_id == "id"


def test_requests_and_answers_do_not_show_what_they_carry() -> None:
    request = Request("POST", "/v2/accessToken?code=hidden", content=b"hidden", headers={"a": "hidden"}, json="hidden")

    assert "hidden" not in repr(request)
    assert "hidden" not in repr(Response(200, {"a": "hidden"}, b"hidden"))


def test_a_resource_is_loaded_when_it_is_first_asked_for() -> None:
    program = (
        "import sys, inroad; client = inroad.Client('t'); name = 'inroad.sdk.resources.posts'\n"
        "before = name in sys.modules; first = client.posts\n"
        "print(before, name in sys.modules, client.posts is first)"
    )

    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert shown.stdout.split() == ["False", "True", "True"]


def test_a_resource_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="'Client' object has no attribute 'postz'"):
        _ = BLOCKING.postz


def test_names_of_resources_are_shown_before_they_are_loaded() -> None:
    assert {"posts", "images", "request"} <= set(dir(Client("token")))
