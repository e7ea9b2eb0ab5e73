import pytest

from inroad.sandbox.world import Organization
from sandbox.workbench import new_world, speaking_to, token_of


@pytest.fixture
def world():
    return new_world()


@pytest.fixture
async def http(world):
    async with speaking_to(world) as client:
        yield client


async def test_health_says_when_it_is_ready(http):
    assert (await http.get("/sandbox/health")).json() == {
        "status": "ok",
        "profile": "today",
        "now": "2026-11-23T09:00:00+00:00",
        "apps": 1,
        "members": 2,
        "organizations": 0,
        "requests": 0,
    }


async def test_the_clock_is_set_advanced_frozen_and_resumed(http, world):
    async def move(**wanted):
        return (await http.post("/sandbox/clock", json=wanted)).json()

    assert await move(set="2026-12-01T10:00:00+01:00") == {"now": "2026-12-01T09:00:00+00:00", "frozen": True}
    assert (await move(advance=90))["now"] == "2026-12-01T09:01:30+00:00"
    assert (await move(advance={"days": 1, "minutes": -1}))["now"] == "2026-12-02T09:00:30+00:00"
    assert (await move(set=1795424400000))["now"] == "2026-11-23T09:00:00+00:00"
    assert (await move(resume=True))["frozen"] is False
    assert (await move(freeze=True))["frozen"] is True
    assert (await http.get("/sandbox/clock")).json()["frozen"] is True


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ({}, "a clock takes set, advance, freeze or resume"),
        ({"sett": 1}, "unknown field 'sett': this takes set, advance, freeze, resume"),
        ({"set": "tomorrow"}, "set takes an instant such as 2026-11-23T09:00:00Z, got 'tomorrow'"),
        ({"set": "2026-11-23T09:00:00"}, "set takes an instant with its zone"),
        ({"set": 10**30}, "set leads out of the calendar"),
        ({"advance": "1h"}, "advance takes seconds, or an object with days, hours, minutes, seconds, got '1h'"),
        ({"advance": {"weeks": 1}}, "got 'weeks': 1"),
        ({"advance": 10**12}, "advance leads out of the calendar"),
        ({"advance": 10**40}, "advance leads out of the calendar"),
    ],
)
async def test_a_clock_that_makes_no_sense_is_told(http, world, wanted, words):
    before = world.clock.now()
    answer = await http.post("/sandbox/clock", json=wanted)
    assert answer.status_code == 400
    assert words in answer.json()["error"]
    assert world.clock.now() == before


@pytest.mark.parametrize("path", ["clock", "switches", "profile", "faults", "tokens"])
async def test_a_body_that_is_no_json_object_is_told(http, path):
    assert (await http.post(f"/sandbox/{path}", content=b"{")).json()["error"].startswith("the body is no JSON: ")
    assert (await http.post(f"/sandbox/{path}", content=b"[]")).json()["error"] == "the body must be a JSON object"


async def test_switches_are_shown_and_set_all_or_none(http, world):
    shown = (await http.get("/sandbox/switches")).json()
    assert shown["switches"]["versions.malformed"] == {
        "value": "426",
        "alternatives": ["426", "400"],
        "meaning": "the status of a version that is no version (UNCONFIRMED which)",
    }
    await http.post("/sandbox/switches", json={"lenient.empty": True, "duplicate_window": 5})
    assert world.switches["lenient.empty"] == "on"
    answer = await http.patch("/sandbox/switches", json={"lenient.raw_urns": "on", "versions.malformed": 500})
    assert answer.status_code == 400
    assert answer.json()["error"] == (
        "switch 'versions.malformed': switch 'versions.malformed' takes 426, 400, got 500"
    )
    assert world.switches["lenient.raw_urns"] == "off"


async def test_a_profile_is_put_in_force(http, world):
    await http.post("/sandbox/switches", json={"duplicate_window": 5})
    assert (await http.put("/sandbox/profile", json={"profile": "guide", "keep": True})).json()["set"] == {
        "duplicate_window": 5
    }
    assert world.switches.is_on("headers.tutorial_quota")
    assert (await http.post("/sandbox/profile", json={"profile": "lenient"})).json()["set"] == {}
    answer = await http.post("/sandbox/profile", json={"profile": "x"})
    assert answer.json() == {"error": "no profile 'x': there are today, guide, lenient"}


async def test_a_world_is_taken_out_put_back_and_reset(http, world):
    world.organizations[7] = Organization(id=7, name="Northwind Works")
    token = token_of(world, member="jonas")
    document = (await http.get("/sandbox/world")).content
    assert (await http.delete("/sandbox/world")).json()["organizations"] == 0
    fresh = {"authorization": f"Bearer {token}"}
    assert (await http.get("/v2/self", headers=fresh)).status_code == 401
    assert (await http.put("/sandbox/world", content=document)).json()["organizations"] == 1
    assert (await http.get("/v2/self", headers=fresh)).status_code == 200


@pytest.mark.parametrize("document", [b"", b"[]", b"{}", b'{"format": 1}', b"\xff"])
async def test_a_document_that_is_no_world_is_told(http, document):
    answer = await http.put("/sandbox/world", content=document)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("not a saved world: ")


async def test_a_token_is_minted_without_the_consent_page(http):
    minted = await http.post("/sandbox/tokens", json={"member": "jonas", "scopes": ["w_member_social"]})
    assert minted.status_code == 201
    fresh = {"authorization": f"Bearer {minted.json()['access_token']}"}
    assert (await http.get("/rest/things/x", headers=fresh)).status_code == 200
    application = (await http.post("/sandbox/tokens", json={"client_id": "app-1"})).json()
    assert application["expires_in"] == 1800


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ({"client_id": "nope"}, "no app 'nope' in this world: there are app-1"),
        ({"client_id": 7}, "no app 7 in this world"),
        ({"member": "nobody"}, "no member 'nobody' in this world"),
        ({"member": "ada", "scopes": 7}, "scopes must be a list of names, got 7"),
        ({"member": "ada", "scopes": ["rw_ads"]}, "app 'app-1' may not ask for 'rw_ads'"),
    ],
)
async def test_a_token_that_cannot_be_minted_is_told(http, wanted, words):
    answer = await http.post("/sandbox/tokens", json=wanted)
    assert answer.status_code == 400
    assert words in answer.json()["error"]


@pytest.mark.parametrize(
    ("caps", "words"),
    [({"posts.CREATE": 7}, "cap of 'posts.CREATE': "), ({"posts.CREATE": {"per_app": "x"}}, "Expected `int | null`")],
)
async def test_a_cap_that_makes_no_sense_is_told(http, caps, words):
    answer = await http.put("/sandbox/quota", json=caps)
    assert answer.status_code == 400
    assert words in answer.json()["error"]


async def test_what_is_there_is_listed_without_secrets(http, world):
    assert (await http.get("/sandbox/apps")).json()["apps"][0]["client_id"] == "app-1"
    assert "secret" not in (await http.get("/sandbox/apps")).text
    member = (await http.get("/sandbox/members")).json()["members"][0]
    assert member["ids"] == {"app-1": "ada"}
    assert "password" not in member
    assert (await http.get("/sandbox/organizations")).json() == {"organizations": []}


async def test_a_part_of_a_world_that_is_broken_is_told(http, world):
    document = (await http.get("/sandbox/world")).json()
    document["states"]["faults.Plan"] = {"faults": 7}
    answer = await http.put("/sandbox/world", json=document)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("not a saved world: Plan: Expected `array`, got `int`")
    assert http.app.state.world is world


async def test_a_lever_that_is_pulled_the_wrong_way_is_told(http):
    answer = await http.get("/sandbox/tokens")
    assert (answer.status_code, answer.json()) == (405, {"error": "/sandbox/tokens does not take GET"})
    assert (await http.put("/oauth/v2/accessToken")).json() == {"message": "Method Not Allowed", "status": 405}
