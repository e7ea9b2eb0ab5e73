"""The closed list of connections."""

from sandbox.partnership import Api

PATH = "/v2/connections?q=viewer&start=0&count=50"


async def test_connections_are_members_of_this_world(api: Api) -> None:
    answer = await api.send("GET", PATH, app="demo-app", member="ada", scopes="r_1st_connections")
    assert answer.status_code == 200
    assert answer.json()["elements"] == [{"to": "urn:li:person:ben"}]
    assert answer.json()["paging"]["total"] == 1


async def test_the_size_does_not_open_the_list(api: Api) -> None:
    answer = await api.send("GET", PATH, app="demo-app", member="ada", scopes="r_1st_connections_size")
    assert answer.status_code == 403
