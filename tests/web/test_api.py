"""The REST API that the command line uses."""

from typing import Any

import httpx2
import pytest

from web.house import SITE, House, jpeg


class Program:
    """A program with an API key."""

    def __init__(self, house: House, key: str) -> None:
        self._http = httpx2.AsyncClient(
            transport=house.transport, base_url=f"{SITE}/api/v1", headers={"Authorization": f"Bearer {key}"}
        )
        house.clients.append(self._http)

    async def get(self, path: str, **params: Any) -> httpx2.Response:
        return await self._http.get(path, params=params)

    async def post(self, path: str, body: dict[str, Any] | None = None) -> httpx2.Response:
        return await self._http.post(path, json=body)

    async def upload(self, data: bytes, name: str) -> httpx2.Response:
        return await self._http.post("/media", content=data, headers={"X-File-Name": name})


@pytest.fixture
async def program(house: House) -> Program:
    visitor = await house.connected()
    return Program(house, await house.api_key(visitor))


async def test_authors_are_listed(program: Program) -> None:
    response = await program.get("/authors")
    assert response.status_code == 200
    found = [(author["name"], author["kind"], author["role"]) for author in response.json()["authors"]]
    assert found == [("Ada Okafor", "member", ""), ("Northwind Works", "organization", "ADMINISTRATOR")]


async def test_post_with_a_picture_is_planned_and_shown_with_its_evidence(program: Program, house: House) -> None:
    media = (await program.upload(jpeg(), "workshop.jpg")).json()

    planned = await program.post(
        "/posts",
        {
            "text": "We opened.",
            "author": "northwind works",
            "media": [{"id": media["id"], "alt_text": "The door"}],
            "at": "2026-12-01 09:00",
            "zone": "Europe/Berlin",
        },
    )
    page = await program.get(f"/posts/{planned.json()['id']}")

    assert (media["content_type"], media["width"], media["height"]) == ("image/jpeg", 640, 480)
    assert planned.status_code == 201
    assert planned.json()["state"] == "scheduled"
    assert planned.json()["when"] == "Tue 1 Dec, 09:00 Berlin"
    assert planned.json()["author"]["name"] == "Northwind Works"
    assert planned.json()["due_at"] == "2026-12-01T08:00:00Z"
    assert planned.json()["media"] == [{"id": media["id"], "name": "workshop.jpg", "alt_text": "The door"}]
    assert [line["step"] for line in page.json()["evidence"]] == ["scheduled"]
    assert page.json()["may_cancel"] is True


async def test_published_post_tells_its_urn_and_link(program: Program, house: House) -> None:
    planned = await program.post("/posts", {"text": "Now", "author": "Ada Okafor"})
    for _ in range(5):
        await house.work(seconds=5)

    page = (await program.get(f"/posts/{planned.json()['id']}")).json()
    listed = (await program.get("/posts", state="published")).json()["posts"]

    assert page["post"]["state"] == "published"
    assert page["post"]["link"] == f"http://linkedin.test/feed/update/{page['post']['urn']}"
    assert page["request_id"]
    assert [post["id"] for post in listed] == [planned.json()["id"]]


async def test_several_authors_must_be_told_apart(program: Program) -> None:
    response = await program.post("/posts", {"text": "Hello"})
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["detail"] == "There are several authors: Ada Okafor and Northwind Works."
    assert problem["fix"] == "Say which one, for example by name."
    assert problem["field"] == "author"


async def test_unknown_author_is_answered_with_those_that_there_are(program: Program) -> None:
    problem = (await program.post("/posts", {"text": "Hello", "author": "Nobody"})).json()
    assert problem["detail"] == "There is no author 'Nobody'."
    assert problem["fix"] == "The authors are Ada Okafor and Northwind Works."


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({"at": "2026-12-01 09:00"}, "The time '2026-12-01 09:00' needs its zone."),
        ({"at": "tomorrow", "zone": "UTC"}, "'tomorrow' is no time."),
        ({"at": "2026-12-01 09:00", "zone": "Mars/Base"}, "There is no time zone 'Mars/Base'."),
        ({"at": "2026-11-23 08:00", "zone": "UTC"}, "That time was 1 hour ago."),
        ({"text": "x" * 3001}, "The text has 3,001 characters; LinkedIn takes 3,000."),
        ({"media": [{"id": "nothing"}]}, "There is no such picture in this workspace."),
        ({"at": "2027-03-28 02:30", "zone": "Europe/Berlin"}, "2027-03-28 02:30 does not exist in Europe/Berlin: "
         "clocks go from 02:00 straight to 03:00."),
    ],
)  # fmt: skip
async def test_bad_plan_is_refused_in_words(program: Program, body: dict[str, Any], detail: str) -> None:
    response = await program.post("/posts", {"text": "Hello", "author": "Ada Okafor", **body})
    assert response.status_code in {404, 422}
    assert response.json()["detail"] == detail


async def test_misspelt_field_is_refused(program: Program) -> None:
    response = await program.post("/posts", {"text": "Hello", "authr": "Ada Okafor"})
    assert response.status_code == 422
    assert response.json()["field"] == "authr"
    assert response.json()["detail"] == "The field 'authr': extra inputs are not permitted."


async def test_cancelled_post_is_answered_as_it_is(program: Program) -> None:
    body = {"text": "Later", "author": "Ada Okafor", "at": "2026-12-01 09:00", "zone": "UTC"}
    planned = (await program.post("/posts", body)).json()

    first = await program.post(f"/posts/{planned['id']}/cancel")
    again = await program.post(f"/posts/{planned['id']}/cancel")

    assert first.json()["state"] == "cancelled"
    assert again.status_code == 409
    assert again.json()["title"] == "It is too late for that"


async def test_request_without_a_key_is_told_where_keys_come_from(house: House) -> None:
    response = await house.visitor().get("/api/v1/posts")
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == 'Bearer realm="inroad"'
    assert response.json()["detail"] == "This address takes an API key."
    assert "inroad login" in response.json()["fix"]


async def test_cookies_are_not_accepted(house: House) -> None:
    visitor = await house.connected()
    response = await visitor.http.get("/api/v1/posts")
    assert response.status_code == 401


async def test_wrong_key_is_refused(house: House) -> None:
    response = await Program(house, "inr_made-up").get("/posts")
    assert response.status_code == 401
    assert response.json()["detail"] == "This API key is unknown, revoked or too old."


async def test_login_code_is_worth_nothing_with_another_verifier(house: House) -> None:
    visitor = await house.owner()
    await visitor.get(f"/cli/authorize?port=50123&code_challenge={'a' * 43}&state=abc")
    back = await visitor.post(
        "/cli/authorize", {"port": "50123", "code_challenge": "a" * 43, "state": "abc", "answer": "yes"}
    )
    code = httpx2.URL(back.headers["location"]).params["code"]

    response = await house.visitor().http.post("/api/v1/cli/token", json={"code": code, "verifier": "b" * 43})

    assert response.status_code == 410
    assert response.json()["detail"] == "This login code was made for another command line."


async def test_unknown_address_answers_in_json(program: Program) -> None:
    response = await program.get("/nothing-here")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
