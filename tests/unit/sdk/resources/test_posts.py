import json
from datetime import UTC, datetime
from typing import Any

import pytest

from inroad.common.urn import Urn
from inroad.sdk.client import Client
from inroad.sdk.errors import Forbidden, InvalidArgument, NotFound, UnexpectedResponse, error_from_answer
from inroad.sdk.resources.posts import (
    Article,
    Created,
    Distribution,
    Media,
    MultiImage,
    Post,
    PostImage,
    Posts,
    Reference,
    pictures,
    render,
)
from inroad.sdk.text import LittleText, compose

ADA = Urn("person", "sBx7kQ2mWa")
IMAGE = Urn("image", "D4E22AQF1aaaaaaaaaa")
POST = {
    "id": "urn:li:share:7522266120616303830",
    "author": "urn:li:organization:70412233",
    "commentary": "Open day \\(bring boots\\)",
    "visibility": "PUBLIC",
    "distribution": {"feedDistribution": "MAIN_FEED", "thirdPartyDistributionChannels": []},
    "content": {
        "multiImage": {"images": [{"id": str(IMAGE), "altText": "Benches"}, {"id": "urn:li:image:D4E22AQF1bb_-b"}]}
    },
    "lifecycleState": "PUBLISHED",
    "lifecycleStateInfo": {"isEditedByAuthor": False},
    "isReshareDisabledByAuthor": False,
    "createdAt": 1793448000101,
    "publishedAt": 1793448000140,
    "lastModifiedAt": 1793448000188,
    "somethingNew": {"a": 1},
}


def created(**headers: str) -> dict[str, str]:
    return {"x-restli-id": "urn:li:share:1", **headers}


def refused(status: int) -> Any:
    return error_from_answer(status, {}, b"{}", call="c")


def test_rendering_gives_the_same_bytes() -> None:
    values: dict[str, Any] = {"author": ADA, "commentary": LittleText("Hello"), "visibility": "CONNECTIONS"}

    assert render(**values) == render(**values)
    assert render(**values) == (
        b'{"author":"urn:li:person:sBx7kQ2mWa","commentary":"Hello","visibility":"CONNECTIONS",'
        b'"distribution":{"feedDistribution":"MAIN_FEED","targetEntities":[],"thirdPartyDistributionChannels":[]},'
        b'"lifecycleState":"PUBLISHED","isReshareDisabledByAuthor":false}'
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (Media(id=IMAGE, alt_text="Benches"), {"media": {"id": str(IMAGE), "altText": "Benches"}}),
        (
            Media(id=Urn("document", "d"), title="Prices.pdf"),
            {"media": {"id": "urn:li:document:d", "title": "Prices.pdf"}},
        ),
        (pictures([PostImage(id=IMAGE)]), {"media": {"id": str(IMAGE)}}),
        (
            pictures([PostImage(id=IMAGE, alt_text="a"), PostImage(id=IMAGE)]),
            {"multiImage": {"images": [{"id": str(IMAGE), "altText": "a"}, {"id": str(IMAGE)}]}},
        ),
        (
            Article(source="https://example.org/oak", title="Oak", thumbnail=IMAGE),
            {"article": {"source": "https://example.org/oak", "title": "Oak", "thumbnail": str(IMAGE)}},
        ),
        (Reference(id=Urn("event", "1")), {"reference": {"id": "urn:li:event:1"}}),
    ],
)
def test_content_is_written_as_linkedin_spells_it(content: Any, expected: object) -> None:
    body = json.loads(render(author=ADA, commentary=LittleText(""), content=content))

    assert body["content"] == expected


def test_a_reshare_needs_no_text() -> None:
    body = json.loads(render(author=ADA, commentary=LittleText(""), reshare_of="urn:li:ugcPost:9"))

    assert body["reshareContext"] == {"parent": "urn:li:ugcPost:9"}
    assert body["commentary"] == ""


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"author": "urn:li:share:7"}, "author must be a person, an organization or an organizationBrand URN, got"),
        ({"author": "sBx7kQ2mWa"}, "author must be"),
        ({"commentary": LittleText("x" * 3001)}, "at most 3,000 characters, got 3,001"),
        ({"commentary": LittleText("")}, "needs commentary"),
        ({"visibility": "FRIENDS"}, "visibility must be one of"),
        ({"content": Media(id=Urn("digitalmediaAsset", "a"))}, "must be an image, a video or a document URN"),
        ({"content": Media(id=Urn("document", "d"))}, "needs a title"),
        ({"content": Media(id=IMAGE, alt_text="x" * 4087)}, "alt_text has at most 4,086"),
        ({"content": MultiImage(images=())}, "got 0"),
        ({"content": MultiImage(images=(PostImage(id=IMAGE),) * 21)}, "got 21"),
        ({"content": MultiImage(images=(PostImage(id=IMAGE),))}, "got 1"),
        ({"content": Article(source="example.org")}, "https://"),
        ({"content": Article(source="https://e.org", description="x" * 4087)}, "description"),
        ({"reshare_of": "urn:li:activity:7"}, "reshare_of must be"),
    ],
)
def test_bad_values_are_refused_before_the_wire(values: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidArgument, match=message):
        render(**{"author": ADA, "commentary": LittleText("Hello"), **values})


def test_escapes_do_not_count() -> None:
    assert render(author=ADA, commentary=compose(["(" * 3000]))


def test_a_create_is_sent_once_and_gives_the_urn(steps: Any, answer: Any) -> None:
    flow = Posts.create.flow(None, author=ADA, text="Oak (ash) #wood")

    asked, result = steps(flow, answer(201, headers=created(**{"x-li-uuid": "id"})))

    assert (asked[0].method, asked[0].path, asked[0].repeatable) == ("POST", "/rest/posts", False)
    assert json.loads(asked[0].content)["commentary"] == "Oak \\(ash\\) #wood"
    assert result == Urn("share", "1")


def test_what_was_rendered_is_sent_byte_for_byte(steps: Any, answer: Any) -> None:
    body = render(author=ADA, commentary=compose(["Oak"]))

    asked, result = steps(Posts.send.flow(None, body), answer(201, headers=created(**{"x-li-uuid": "id"})))

    assert asked[0].content == body
    assert result == Created(Urn("share", "1"), "id")


def test_rendered_bytes_are_sent_as_they_are(steps: Any, answer: Any) -> None:
    body = render(author=ADA, commentary=LittleText("Hello"))

    asked, result = steps(Posts.send.flow(None, body), answer(201, headers=created()))

    assert asked[0].content is body
    assert result.urn == Urn("share", "1")


@pytest.mark.parametrize(
    ("headers", "body"),
    [({"x-linkedin-id": "urn:li:share:1"}, None), ({}, {"id": "urn:li:share:1"})],
)
def test_the_urn_is_found_elsewhere(steps: Any, answer: Any, headers: dict[str, str], body: object) -> None:
    _, result = steps(Posts.send.flow(None, b"{}"), answer(201, body, headers))

    assert result.urn == Urn("share", "1")


@pytest.mark.parametrize(("headers", "body"), [({}, None), ({}, {}), ({"x-restli-id": "7"}, None)])
def test_a_create_without_urn_is_unexpected(answer: Any, headers: dict[str, str], body: object) -> None:
    flow = Posts.send.flow(None, b"{}")
    next(flow)

    with pytest.raises(UnexpectedResponse, match="names no URN"):
        flow.send(answer(201, body, headers))


def test_two_texts_are_refused(first: Any) -> None:
    with pytest.raises(InvalidArgument, match="give one"):
        first(Posts.create.flow(None, author=ADA, text="a", commentary=LittleText("b")))


def test_a_post_is_read(steps: Any, answer: Any) -> None:
    asked, post = steps(Posts.get.flow(None, "urn:li:share:7522266120616303830"), answer(200, POST))

    assert asked[0].path == "/rest/posts/urn%3Ali%3Ashare%3A7522266120616303830"
    assert isinstance(post, Post)
    assert post.id == Urn("share", "7522266120616303830")
    assert post.content is not None
    assert post.content.multi_image is not None
    assert post.content.multi_image.images == (
        PostImage(id=IMAGE, alt_text="Benches"),
        PostImage(id=Urn("image", "D4E22AQF1bb_-b")),
    )
    assert post.distribution == Distribution()
    assert post.created_at == datetime(2026, 10, 31, 12, 0, 0, 101000, tzinfo=UTC)


@pytest.mark.parametrize("change", [{"id": "7"}, {"id": None}, {"createdAt": "soon"}, {"author": 5}])
def test_a_post_of_another_shape_is_unexpected(answer: Any, change: dict[str, object]) -> None:
    flow = Posts.get.flow(None, "urn:li:share:1")
    next(flow)

    with pytest.raises(UnexpectedResponse):
        flow.send(answer(200, {**POST, **change}))


def test_a_batch_tells_what_is_missing(steps: Any, answer: Any) -> None:
    body = {
        "results": {"urn:li:share:7522266120616303830": POST},
        "statuses": {},
        "errors": {"urn:li:share:2": {"status": 404, "message": "Not Found"}},
    }

    asked, batch = steps(
        Posts.batch_get.flow(None, ["urn:li:share:7522266120616303830", "urn:li:share:2"]), answer(200, body)
    )

    assert asked[0].restli_method == "BATCH_GET"
    assert list(batch) == [Urn("share", "7522266120616303830")]
    assert batch.missing == {Urn("share", "2"): 404}


def test_an_update_is_a_patch(steps: Any, answer: Any) -> None:
    asked, _ = steps(Posts.update.flow(None, "urn:li:share:1", commentary=LittleText("New")), answer(204))

    assert asked[0].restli_method == "PARTIAL_UPDATE"
    assert asked[0].json == {"patch": {"$set": {"commentary": "New"}}}


def test_an_update_changes_something(first: Any) -> None:
    with pytest.raises(InvalidArgument, match="changes something"):
        first(Posts.update.flow(None, "urn:li:share:1"))


def test_deleting_again_is_no_error(steps: Any) -> None:
    assert steps(Posts.delete.flow(None, "urn:li:share:1"), refused(404))[1] is None


def test_deleting_what_is_not_ours_is_one() -> None:
    flow = Posts.delete.flow(None, "urn:li:share:1")
    next(flow)

    with pytest.raises(Forbidden):
        flow.throw(refused(403))


def page(
    start: int, ids: list[int], *, total: int | None = None, links: bool = False, count: int = 2
) -> dict[str, Any]:
    href = f"/rest/posts?author=urn%3Ali%3Aorganization%3A1&count={count}&q=author&start={start + count}"
    paging: dict[str, Any] = {"start": start, "count": count, "links": [{"rel": "next", "href": href}] if links else []}
    if total is not None:
        paging["total"] = total
    return {"elements": [{**POST, "id": f"urn:li:share:{number}"} for number in ids], "paging": paging}


def listed(answers: Any, clock: Any, *bodies: Any) -> tuple[list[str], list[str]]:
    transport = answers(*bodies)
    client = Client("t", transport=transport, clock=clock)
    found = [post.id.id for post in client.posts.find_by_author(author="urn:li:organization:1", count=2)]
    assert transport.answers == []
    return found, [wire.target.decode() for wire in transport.wires]


def test_pages_follow_the_link(answers: Any, answer: Any, clock: Any) -> None:
    found, targets = listed(
        answers,
        clock,
        answer(200, page(0, [1, 2], links=True)),
        answer(200, page(2, [3])),
    )

    assert found == ["1", "2", "3"]
    assert targets == [
        "/rest/posts?author=urn%3Ali%3Aorganization%3A1&count=2&q=author&sortBy=LAST_MODIFIED",
        "/rest/posts?author=urn%3Ali%3Aorganization%3A1&count=2&q=author&start=2",
    ]


def test_a_short_or_empty_page_is_not_the_end(answers: Any, answer: Any, clock: Any) -> None:
    bodies = [
        answer(200, page(0, [1], links=True)),
        answer(200, page(2, [], links=True)),
        answer(200, page(4, [2], total=8)),
        answer(200, page(6, [3], total=8)),
    ]

    found, targets = listed(answers, clock, *bodies)

    assert found == ["1", "2", "3"]
    assert targets[-1].endswith("sortBy=LAST_MODIFIED&start=6")


def test_a_full_page_without_link_or_total_is_asked_after(answers: Any, answer: Any, clock: Any) -> None:
    found, _ = listed(answers, clock, answer(200, page(0, [1, 2])), answer(200, page(2, [])))

    assert found == ["1", "2"]


def test_a_page_that_leads_to_itself_is_unexpected(answers: Any, answer: Any, clock: Any) -> None:
    with pytest.raises(UnexpectedResponse, match="same page"):
        listed(answers, clock, answer(200, page(0, [1], links=True)), answer(200, page(0, [1], links=True)))


@pytest.mark.parametrize("count", [0, -1, 101])
def test_page_sizes_have_bounds(answers: Any, clock: Any, count: int) -> None:
    with pytest.raises(InvalidArgument, match="count must be between 1 and 100"):
        next(Client("t", transport=answers(), clock=clock).posts.find_by_author(author=ADA, count=count))


def test_not_found_is_told_apart(answer: Any) -> None:
    assert isinstance(refused(404), NotFound)
