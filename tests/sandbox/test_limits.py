from datetime import timedelta

from sandbox.workbench import new_world, speaking_to, token_of

MESSAGE = "Resource level throttle {} DAY limit for calls to this resource is reached."


async def statuses(http, times, url="/rest/numbers/1"):
    return [(await http.get(url)).status_code for _ in range(times)]


async def test_a_members_quota_is_reached_and_told():
    world = new_world(quota__profile="development")
    async with speaking_to(world) as http:
        assert await statuses(http, 101) == [200] * 100 + [429]
        answer = await http.get("/rest/numbers/1")
        assert answer.json() == {
            "status": 429,
            "serviceErrorCode": 101,
            "code": "TOO_MANY_REQUESTS",
            "message": MESSAGE.format("APPLICATION_AND_MEMBER"),
        }
        assert "retry-after" not in answer.headers
        # another endpoint and another member have counters of their own
        assert await statuses(http, 1, "/rest/things/x") == [200]
        jonas = {"authorization": f"Bearer {token_of(world, member='jonas')}"}
        assert (await http.get("/rest/numbers/1", headers=jonas)).status_code == 200


async def test_quotas_are_empty_again_at_midnight_utc():
    world = new_world(quota__profile="development")
    async with speaking_to(world) as http:
        await statuses(http, 100)
        world.clock.advance(timedelta(hours=14, minutes=59, seconds=59))
        assert await statuses(http, 1) == [429]
        world.clock.advance(timedelta(seconds=1))
        assert await statuses(http, 1) == [200]


async def test_the_apps_quota_counts_all_its_members():
    world = new_world()
    async with speaking_to(world) as http:
        await http.put("/sandbox/quota", json={"numbers.GET": {"per_app": 2}})
        assert await statuses(http, 3) == [200, 200, 429]
        assert (await http.get("/rest/numbers/1")).json()["message"] == MESSAGE.format("APPLICATION")


async def test_the_standard_profile_publishes_no_limit_but_the_development_tier_has_one():
    world = new_world()
    async with speaking_to(world) as http:
        assert set(await statuses(http, 160)) == {200}
        world.apps["app-1"].tier = "development"
        assert await statuses(http, 1) == [429]


async def test_the_tutorials_headers_are_sent_only_where_switched():
    world = new_world("guide")
    async with speaking_to(world) as http:
        await http.put("/sandbox/quota", json={"numbers.GET": {"per_app": 10}})
        answer = await http.get("/rest/numbers/1")
        assert answer.headers["x-restli-quota-remaining"] == "9"
        assert answer.headers["x-restli-quota-reset"] == str(15 * 3600)


async def test_a_429_tells_when_to_come_back_only_where_switched():
    world = new_world(headers__retry_after=30)
    async with speaking_to(world) as http:
        await http.put("/sandbox/quota", json={"numbers.GET": {"per_member": 0}})
        assert (await http.get("/rest/numbers/1")).headers["retry-after"] == "30"


async def test_usage_shows_endpoints_that_were_called_today():
    world = new_world()
    async with speaking_to(world) as http:
        await statuses(http, 2)
        shown = (await http.get("/sandbox/quota")).json()
        assert shown["used"] == [
            {"app": "app-1", "endpoint": "numbers.GET", "member": None, "calls": 2},
            {"app": "app-1", "endpoint": "numbers.GET", "member": "ada", "calls": 2},
        ]
        assert shown["seconds_to_reset"] == 15 * 3600
        assert (await http.delete("/sandbox/quota")).json()["used"] == []


async def test_a_refused_body_has_been_counted_unless_quota_comes_last():
    world = new_world()
    async with speaking_to(world) as http:
        await http.put("/sandbox/quota", json={"things.CREATE": {"per_member": 1}})
        assert [(await http.post("/rest/things", json={})).status_code for _ in range(2)] == [422, 429]
    late = new_world(gateway__quota_position="after_resource")
    async with speaking_to(late) as http:
        await http.put("/sandbox/quota", json={"things.CREATE": {"per_member": 1}})
        assert [(await http.post("/rest/things", json={})).status_code for _ in range(2)] == [422, 422]
