import asyncio
import socket
import threading

import httpx2
import pytest
import uvicorn

from inroad.sandbox.app import create_app
from inroad.sandbox.faults import ConnectionDropped, plan, shown, take
from sandbox.workbench import CALLS, RESOURCES, new_world, speaking_to, token_of

GOOD = {"owner": "urn:li:person:ada", "name": "n"}


@pytest.mark.parametrize(
    ("fault", "status", "message"),
    [
        ({"name": "throttle_app_day"}, 429, "Resource level throttle APPLICATION DAY limit for calls"),
        ({"name": "throttle_member_day"}, 429, "Resource level throttle APPLICATION_AND_MEMBER DAY limit"),
        ({"name": "throttle_burst"}, 429, "Resource level throttle limit for calls"),
        ({"name": "throttle_data"}, 429, "Data volume"),
        ({"name": "error_before", "status": 504}, 504, "Gateway Timeout"),
        ({"name": "version_retired"}, 426, "Requested version 202609 is not active"),
    ],
)
async def test_a_fault_before_the_work_answers_in_its_place(fault, status, message):
    world = new_world()
    async with speaking_to(world) as http:
        assert (await http.post("/sandbox/faults", json=fault)).status_code == 201
        answer = await http.post("/rest/things", json=GOOD)
        assert answer.status_code == status
        assert answer.json()["message"].startswith(message)
        assert not CALLS
        assert (await http.post("/rest/things", json=GOOD)).status_code == 201


async def test_an_error_after_the_work_hides_that_it_was_done():
    async with speaking_to(new_world()) as http:
        await http.post("/sandbox/faults", json={"name": "error_after", "status": 500})
        assert (await http.post("/rest/things", json=GOOD)).status_code == 500
        assert [call.method for call in CALLS] == ["CREATE"]


async def test_a_lost_answer_is_an_exception_in_the_same_process_and_is_in_the_journal():
    async with speaking_to(new_world()) as http:
        await http.post("/sandbox/faults", json={"name": "answer_lost"})
        with pytest.raises(ConnectionDropped):
            await http.post("/rest/things", json=GOOD)
        assert [call.method for call in CALLS] == ["CREATE"]
        entry = (await http.get("/sandbox/journal")).json()["entries"][-1]
        assert (entry["status"], entry["faults"]) == (0, ["answer_lost"])
        assert entry["remarks"] == ["carried out, and the answer 201 was lost"]


async def test_a_fault_meets_its_target_only():
    async with speaking_to(new_world()) as http:
        await http.post(
            "/sandbox/faults", json={"name": "error_before", "path": "/rest/things*", "method": "post", "times": 2}
        )
        assert (await http.get("/rest/things/x")).status_code == 200
        assert (await http.post("/v2/things", json=GOOD)).status_code == 201
        assert [(await http.post("/rest/things", json=GOOD)).status_code for _ in range(3)] == [503, 503, 201]


async def test_a_tunnelled_request_meets_the_faults_of_its_original():
    async with speaking_to(new_world()) as http:
        await http.post("/sandbox/faults", json={"name": "error_before", "method": "GET"})
        headers = {"x-http-method-override": "GET", "content-type": "application/x-www-form-urlencoded"}
        assert (await http.post("/rest/things/x", content="", headers=headers)).status_code == 503


async def test_faults_meet_oauth_too():
    async with speaking_to(new_world()) as http:
        await http.post("/sandbox/faults", json={"name": "error_before", "path": "/oauth/*"})
        assert (await http.get("/oauth/openid/jwks")).status_code == 503
        await http.post("/sandbox/faults", json={"name": "error_after", "path": "/oauth/*"})
        assert (await http.get("/oauth/openid/jwks")).status_code == 503
        answer = await http.get("/oauth/openid/jwks")
        assert answer.status_code == 200
        assert "x-li-uuid" in answer.headers


def test_skipping_and_chance_follow_the_worlds_seed():
    world = new_world()
    plan(world, {"name": "latency", "seconds": 1, "skip": 2, "times": None, "probability": 0.5})
    met = [bool(take(world, "GET", "/v2/me")) for _ in range(40)]
    assert met[:2] == [False, False]
    assert 5 < sum(met) < 35
    again = new_world()
    plan(again, {"name": "latency", "seconds": 1, "skip": 2, "times": None, "probability": 0.5})
    assert [bool(take(again, "GET", "/v2/me")) for _ in range(40)] == met


async def test_a_settling_token_is_refused_at_first():
    world = new_world()
    async with speaking_to(world) as http:
        await http.post("/sandbox/faults", json={"name": "token_settling", "calls": 2})
        fresh = {"authorization": f"Bearer {token_of(world, member='jonas')}"}
        answers = [await http.get("/v2/self", headers=fresh) for _ in range(3)]
        assert [a.status_code for a in answers] == [401, 401, 200]
        assert answers[0].json()["serviceErrorCode"] == 65601


async def test_faults_are_listed_and_lifted():
    world = new_world()
    async with speaking_to(world) as http:
        await http.post("/sandbox/faults", json={"name": "error_before", "times": None})
        await http.post("/sandbox/faults", json={"name": "listing_lag", "number": 30})
        listed = (await http.get("/sandbox/faults")).json()
        assert [f["name"] for f in listed["planned"]] == ["error_before", "listing_lag"]
        assert "answer_lost" in listed["kinds"]
        assert (await http.delete("/sandbox/faults/fault-1")).json() == {"lifted": 1}
        assert (await http.get("/v2/self")).status_code == 200
        assert (await http.delete("/sandbox/faults")).json() == {"lifted": 1}
        assert shown(world) == []


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ({}, "no fault None: there are latency, "),
        ({"name": "nope"}, "no fault 'nope'"),
        ({"name": "latency", "bytes": 1}, "fault latency has no field 'bytes': it takes path, method, times"),
        ({"name": "latency", "seconds": "x"}, "fault latency: "),
        ({"name": "latency", "seconds": -1}, "seconds must be 0 to 3600, got -1.0"),
        ({"name": "error_before", "status": 404}, "status must be 500 to 599, got 404"),
        ({"name": "error_before", "times": 0}, "times must be 1 or more, or null, got 0"),
        ({"name": "error_before", "probability": 2}, "probability must be more than 0 and at most 1"),
        ({"name": "slow_media", "number": True}, "number must be a number from 0 on, got True"),
    ],
)
def test_a_fault_that_makes_no_sense_is_told(wanted, words):
    world = new_world()
    with pytest.raises(ValueError, match=r"^no fault|^fault") as caught:
        plan(world, wanted)
    assert words in str(caught.value)
    assert shown(world) == []


@pytest.fixture
def served():
    """A sandbox behind a real server: only there can a connection break."""
    world = new_world()
    app = create_app(world, offered=RESOURCES)
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="on"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    token = token_of(world)
    headers = {"authorization": f"Bearer {token}", "linkedin-version": "202609"}
    with httpx2.Client(base_url=f"http://127.0.0.1:{listener.getsockname()[1]}", headers=headers) as http:
        yield http
    server.should_exit = True
    thread.join(10)


def test_a_connection_breaks_without_an_answer(served):
    CALLS.clear()
    served.post("/sandbox/faults", json={"name": "answer_lost"})
    with pytest.raises(httpx2.RemoteProtocolError):
        served.post("/rest/things", json=GOOD)
    assert [call.method for call in CALLS] == ["CREATE"]
    assert served.get("/v2/self").status_code == 200


def test_a_connection_breaks_in_the_middle_of_a_body(served):
    served.post("/sandbox/faults", json={"name": "truncated_body"})
    with pytest.raises(httpx2.RemoteProtocolError):
        served.get("/v2/self")
    served.post("/sandbox/faults", json={"name": "connection_reset", "bytes": 3})
    with pytest.raises((httpx2.ReadError, httpx2.RemoteProtocolError)):
        served.get("/v2/self")
    assert served.get("/v2/self").status_code == 200


async def test_latency_lets_others_pass(monkeypatch):
    waited, over = [], asyncio.Event()

    async def wait(seconds):
        if seconds:
            waited.append(seconds)
            await over.wait()

    monkeypatch.setattr("inroad.sandbox.front.asyncio.sleep", wait)
    async with speaking_to(new_world()) as http:
        await http.post("/sandbox/faults", json={"name": "latency", "seconds": 30})
        slow = asyncio.create_task(http.get("/v2/self"))
        while not waited:
            await asyncio.wait([slow], timeout=0.01)
        assert (await http.get("/v2/self")).status_code == 200
        assert not slow.done()
        over.set()
        assert (await slow).status_code == 200
        assert waited == [30]
