import json

from inroad.sandbox.journal import MAX_BODY_BYTES, Journal
from sandbox.workbench import new_world, speaking_to, token_of


async def entries(http, **params):
    return (await http.get("/sandbox/journal", params=params)).json()["entries"]


async def test_a_call_is_written_down_with_what_it_used():
    async with speaking_to(new_world()) as http:
        await http.get("/rest/things/x", headers={"x-restli-method": "get"})
        (entry,) = await entries(http)
        assert entry["at"] == "2026-11-23T09:00:00+00:00"
        assert (entry["method"], entry["url"], entry["status"]) == ("GET", "/rest/things/x", 200)
        assert (entry["app"], entry["member"]) == ("app-1", "ada")
        assert (entry["resource"], entry["method_name"], entry["version"]) == ("things", "GET", "20260901")
        assert entry["scopes"] == ["w_member_social"]
        assert json.loads(entry["response"]["body"])["key"] == "x"


async def test_secrets_are_not_shown():
    world = new_world()
    token = token_of(world)
    async with speaking_to(world, token=token) as http:
        await http.get(f"/v2/self?oauth2_access_token={token}")
        await http.post(
            "/oauth/v2/accessToken",
            data={
                "grant_type": "refresh_token",
                "refresh_token": "AQrefresh",
                "client_id": "app-1",
                "client_secret": "s3cret",
            },
        )
        await http.post("/rest/things?action=poke", json={"access_token": "AQinside", "password": 'a"b'})
        shown = json.dumps(await entries(http)) + json.dumps((await http.get("/sandbox/journal.har")).json())
        for secret in (token, "AQrefresh", "s3cret", "AQinside", 'a\\"b'):
            assert secret not in shown
        assert "client_id=app-1" in shown
        assert "(hidden)" in shown


async def test_remarks_tell_what_was_let_pass():
    async with speaking_to(new_world()) as http:
        headers = {
            "x-http-method-override": "GET",
            "content-type": "application/x-www-form-urlencoded",
            "x-restli-method": "DELETE",
        }
        assert (await http.post("/rest/things/x", content="", headers=headers)).status_code == 204
        (entry,) = await entries(http)
        assert entry["remarks"][0] == "tunnelled"


async def test_raw_urns_that_were_let_pass_are_remarked():
    async with speaking_to(new_world("guide")) as http:
        assert (await http.get("/rest/things/urn:li:share:7")).json()["key"] == "urn:li:share:7"
        assert (await http.get("/rest/things/urn%3Ali%3Ashare%3A7")).json()["key"] == "urn:li:share:7"
        raw, encoded = await entries(http)
        assert raw["remarks"] == ["raw URNs under protocol 2.0.0: LinkedIn itself answers 400"]
        assert encoded["remarks"] == []


async def test_entries_are_narrowed_and_cleared():
    async with speaking_to(new_world()) as http:
        await http.get("/v2/self")
        await http.get("/rest/nothing")
        assert [e["url"] for e in await entries(http, status=404)] == ["/rest/nothing"]
        assert [e["url"] for e in await entries(http, path="/v2")] == ["/v2/self"]
        assert [e["number"] for e in await entries(http, after=1)] == [2]
        assert (await http.get("/sandbox/journal", params={"after": "x"})).status_code == 400
        await http.delete("/sandbox/journal")
        assert await entries(http) == []


async def test_levers_and_pages_are_not_written_down():
    async with speaking_to(new_world()) as http:
        await http.get("/sandbox/health")
        await http.get("/feed/")
        assert await entries(http) == []


async def test_the_journal_is_bounded():
    world = new_world()
    async with speaking_to(world) as http:
        http.app.state.journal = Journal(max_entries=3)
        for _ in range(5):
            await http.get("/v2/self")
        assert [e["number"] for e in await entries(http)] == [3, 4, 5]
        await http.post("/rest/things?action=poke", json={"text": "a" * 100_000})
        (*_, entry) = await entries(http)
        assert entry["request"]["bytes"] > 100_000
        assert len(entry["request"]["body"]) == MAX_BODY_BYTES


async def test_the_archive_opens_in_a_browser():
    async with speaking_to(new_world()) as http:
        await http.get("/rest/things?q=echo&text=a")
        log = (await http.get("/sandbox/journal.har")).json()["log"]
        assert log["version"] == "1.2"
        (entry,) = log["entries"]
        assert entry["request"]["url"] == "http://sandbox.test/rest/things?q=echo&text=a"
        assert entry["request"]["queryString"] == [{"name": "q", "value": "echo"}, {"name": "text", "value": "a"}]
        assert entry["response"]["status"] == 200
        assert {"send", "wait", "receive"} <= set(entry["timings"])


async def test_the_journal_is_bounded_in_bytes_too():
    async with speaking_to(new_world()) as http:
        http.app.state.journal = Journal(max_bytes=1_000)
        for size in (400, 400, 400):
            await http.post("/rest/things?action=poke", json={"text": "a" * size})
        assert [e["number"] for e in await entries(http)] == [3]


async def test_a_picture_is_not_printed():
    async with speaking_to(new_world()) as http:
        await http.post("/rest/things?action=poke", content=b"\xff\xd8\xff", headers={"content-type": "image/jpeg"})
        (entry,) = await entries(http)
        assert entry["request"]["body"] == "(3 bytes of image/jpeg)"
