"""`/rest/posts`: what is made, shown, listed, changed and deleted."""

from typing import Any

import pytest

from inroad.common.clock import to_millis
from inroad.sandbox.call import Call, Grant
from inroad.sandbox.resources.levers import LISTING_LAG, PHANTOM_201, SHORT_PAGES, Levers
from inroad.sandbox.resources.posts.seed import seed_post
from inroad.sandbox.resources.posts.state import Posts
from inroad.sandbox.resources.posts.views import post_view
from inroad.sandbox.resources.social.state import Social, reaction_count
from inroad.sandbox.world import World

from .conftest import ADA, BEN, NORTHWIND, NOW, Api, encoded, text_post


async def created(api: Api, body: dict[str, Any], **more: Any) -> str:
    answer = await api.post("/rest/posts", body, **more)
    assert answer.status_code == 201, answer.text
    return answer.headers["x-restli-id"]


async def read(api: Api, urn: str) -> dict[str, Any]:
    answer = await api.get(f"/rest/posts/{encoded(urn)}")
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert isinstance(body, dict)
    return body


async def test_create_answers_with_an_empty_body_and_the_id_in_headers(api: Api) -> None:
    answer = await api.post("/rest/posts", text_post())
    assert answer.status_code == 201
    assert answer.content == b""
    assert answer.headers["content-length"] == "0"
    assert answer.headers["x-restli-id"].startswith("urn:li:share:")
    assert answer.headers["x-linkedin-id"] == answer.headers["x-restli-id"]


async def test_a_post_reads_back_as_linkedin_shows_it(api: Api) -> None:
    urn = await created(api, text_post("Doors open at nine. #carpentry"))
    assert await read(api, urn) == {
        "id": urn,
        "author": ADA,
        "commentary": "Doors open at nine. {hashtag|\\#|carpentry}",
        "visibility": "PUBLIC",
        "distribution": {"feedDistribution": "MAIN_FEED", "thirdPartyDistributionChannels": []},
        "lifecycleState": "PUBLISHED",
        "lifecycleStateInfo": {"isEditedByAuthor": False},
        "isReshareDisabledByAuthor": False,
        "createdAt": to_millis(NOW),
        "publishedAt": to_millis(NOW),
        "lastModifiedAt": to_millis(NOW),
    }


async def test_ids_are_ordered_by_time(api: Api) -> None:
    first = await created(api, text_post("one"))
    api.pass_time(1)
    second = await created(api, text_post("two"))
    assert int(first.rpartition(":")[2]) >> 22 == to_millis(NOW)
    assert int(first.rpartition(":")[2]) < int(second.rpartition(":")[2])


async def test_any_of_three_urns_names_the_post(api: Api) -> None:
    urn = await created(api, text_post())
    names = api.world.state(Posts).by_urn[urn].urns
    assert [(await read(api, name))["id"] for name in names] == [urn, urn, urn]


@pytest.mark.parametrize(
    ("content", "family"),
    [
        ({"article": {"source": "https://example.org/oak", "title": "Oak or ash?"}}, "share"),
        ({"article": {"source": "https://example.org/oak", "title": "", "description": "", "thumbnail": ""}}, "share"),
        (
            {
                "poll": {
                    "question": "Which finish?",
                    "options": [{"text": "Oil"}, {"text": "Wax"}],
                    "settings": {"duration": "THREE_DAYS"},
                }
            },
            "ugcPost",
        ),
    ],
)
async def test_id_kind_follows_the_content(api: Api, content: dict[str, Any], family: str) -> None:
    urn = await created(api, text_post(content=content))
    assert urn.startswith(f"urn:li:{family}:")


async def test_poll_reads_back_with_its_counts(api: Api) -> None:
    poll = {"question": "Which?", "options": [{"text": "A"}, {"text": "B"}], "settings": {"duration": "ONE_DAY"}}
    urn = await created(api, text_post(content={"poll": poll}))
    assert (await read(api, urn))["content"]["poll"] == {
        "question": "Which?",
        "options": [
            {"text": "A", "voteCount": 0, "isVotedByViewer": False},
            {"text": "B", "voteCount": 0, "isVotedByViewer": False},
        ],
        "settings": {"duration": "ONE_DAY", "voteSelectionType": "SINGLE_VOTE", "isVoterVisibleToAuthor": True},
        "uniqueVotersCount": 0,
    }


async def test_image_post_shows_its_picture_and_alt_text(api: Api) -> None:
    image = await api.image()
    urn = await created(api, text_post(content={"media": {"id": image, "altText": "Benches", "title": ""}}))
    assert (await read(api, urn))["content"] == {"media": {"id": image, "title": "", "altText": "Benches"}}


async def test_several_images_make_a_multi_image_post(api: Api) -> None:
    images = [await api.image(), await api.image()]
    content = {"multiImage": {"images": [{"id": images[0], "altText": "left"}, {"id": images[1]}]}}
    urn = await created(api, text_post(content=content))
    assert (await read(api, urn))["content"] == content


async def test_post_waits_for_a_picture_that_is_still_processed(api: Api) -> None:
    image = await api.image(wait=0)
    urn = await created(api, text_post(content={"media": {"id": image}}))
    before = await read(api, urn)
    api.pass_time(3)
    after = await read(api, urn)
    assert (before["lifecycleState"], "publishedAt" in before) == ("PUBLISH_REQUESTED", False)
    assert (after["lifecycleState"], after["publishedAt"]) == ("PUBLISHED", to_millis(NOW) + 2000)


async def test_waiting_post_is_not_listed_to_readers(api: Api) -> None:
    image = await api.image(wait=0)
    await created(api, text_post(content={"media": {"id": image}}))
    path = f"/rest/posts?q=author&author={encoded(ADA)}"
    assert (await api.get(path)).json()["paging"]["total"] == 0
    assert (await api.get(f"{path}&viewContext=AUTHOR")).json()["paging"]["total"] == 1


async def test_drop_media_publishes_without_the_unready_picture(api: Api) -> None:
    api.world.switches["media.readiness"] = "drop_media"
    urn = await created(api, text_post(content={"media": {"id": await api.image(wait=0)}}))
    assert "content" not in await read(api, urn)


async def test_reshare_names_its_parent_and_the_top_of_the_chain(api: Api) -> None:
    first = await created(api, text_post("first"))
    second = await created(api, text_post("", reshareContext={"parent": first}))
    third = await created(api, text_post("third", reshareContext={"parent": second}))
    assert (await read(api, third))["reshareContext"] == {"parent": second, "root": first}


async def test_organization_posts_by_an_administrator(api: Api) -> None:
    urn = await created(api, text_post(author=NORTHWIND))
    assert (await read(api, urn))["author"] == NORTHWIND


async def test_person_urns_are_each_apps_own(api: Api) -> None:
    other = api.token(app="other-app")
    me = (await api.get("/v2/me", token=other)).json()["id"]
    urn = await created(api, text_post(author=f"urn:li:person:{me}"), token=other)
    seen_by_other = await api.get(f"/rest/posts/{encoded(urn)}", token=other)
    assert me != "sBx7kQ2mWa"
    assert seen_by_other.json()["author"] == f"urn:li:person:{me}"
    assert (await read(api, urn))["author"] == ADA


async def test_mention_is_a_link_only_under_the_right_name(api: Api) -> None:
    text = "With @[Harbour Timber](urn:li:organization:55120077) and @[Harbor](urn:li:organization:55120077)"
    urn = await created(api, text_post(text))
    shown = (await read(api, urn))["commentary"]
    assert shown == "With @[Harbour Timber](urn:li:organization:55120077) and Harbor"


async def test_unescaped_reserved_character_cuts_the_text(api: Api) -> None:
    urn = await created(api, text_post("Now open (durable) at last"))
    assert (await read(api, urn))["commentary"] == "Now open "


async def test_lenient_policy_keeps_reserved_characters(api: Api) -> None:
    api.world.switches["little.policy"] = "lenient"
    urn = await created(api, text_post("Now open (durable) at last"))
    assert (await read(api, urn))["commentary"] == "Now open \\(durable\\) at last"


async def test_listing_is_newest_first_with_totals_and_links(api: Api) -> None:
    for n in range(13):
        seed_post(api.world, author_urn=NORTHWIND, text=f"post {n}", published=api.world.clock.now())
        api.pass_time(60)
    path = f"/rest/posts?q=author&author={encoded(NORTHWIND)}&count=10"
    page = (await api.get(path)).json()
    following = (await api.get(page["paging"]["links"][0]["href"])).json()
    assert page["elements"][0]["commentary"] == "post 12"
    assert page["paging"]["total"] == 13
    assert page["paging"]["links"] == [
        {
            "rel": "next",
            "href": "/rest/posts?author=urn%3Ali%3Aorganization%3A90210001&q=author&count=10&start=10",
            "type": "application/json",
        }
    ]
    assert [e["commentary"] for e in following["elements"]] == ["post 2", "post 1", "post 0"]
    assert [link["rel"] for link in following["paging"]["links"]] == ["prev"]


async def test_listing_can_be_sorted_by_creation(api: Api) -> None:
    old = await created(api, text_post("old"))
    api.pass_time(60)
    await created(api, text_post("new"))
    api.pass_time(60)
    await api.patch(f"/rest/posts/{encoded(old)}", {"patch": {"$set": {"commentary": "old, edited"}}})
    path = f"/rest/posts?q=author&author={encoded(ADA)}"
    by_change = (await api.get(path)).json()["elements"]
    by_creation = (await api.get(f"{path}&sortBy=CREATED")).json()["elements"]
    assert [e["commentary"] for e in by_change] == ["old, edited", "new"]
    assert [e["commentary"] for e in by_creation] == ["new", "old, edited"]


async def test_dark_posts_can_be_filtered(api: Api) -> None:
    await created(api, text_post("dark", author=NORTHWIND, distribution={"feedDistribution": "NONE"}))
    await created(api, text_post("light", author=NORTHWIND))
    path = f"/rest/posts?q=author&author={encoded(NORTHWIND)}"
    assert [e["commentary"] for e in (await api.get(f"{path}&isDsc=true")).json()["elements"]] == ["dark"]
    assert (await api.get(f"{path}&isDsc=false")).json()["paging"]["total"] == 1


async def test_listing_lag_hides_new_posts_for_a_while(api: Api) -> None:
    api.world.state(Levers).on[LISTING_LAG] = 30
    await created(api, text_post())
    path = f"/rest/posts?q=author&author={encoded(ADA)}"
    early = (await api.get(path)).json()["paging"]["total"]
    api.pass_time(31)
    late = (await api.get(path)).json()["paging"]["total"]
    assert (early, late) == (0, 1)


async def test_short_pages_leave_out_items_and_keep_the_next_link(api: Api) -> None:
    api.world.state(Levers).on[SHORT_PAGES] = 2
    for n in range(5):
        await created(api, text_post(f"post {n}"))
    page = (await api.get(f"/rest/posts?q=author&author={encoded(ADA)}&count=4")).json()
    assert (len(page["elements"]), page["paging"]["count"], page["paging"]["total"]) == (2, 4, 5)
    assert page["paging"]["links"][0]["href"].endswith("start=4")


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("start=-1", "start/count parameters must be non-negative"),
        ("start=0&count=ten", "Invalid (non-integer) start/count parameters"),
    ],
)
async def test_bad_paging_is_400(api: Api, query: str, message: str) -> None:
    answer = await api.get(f"/rest/posts?q=author&author={encoded(ADA)}&{query}")
    assert answer.json() == {"message": message, "status": 400}


async def test_phantom_create_answers_201_and_makes_nothing(api: Api) -> None:
    api.world.state(Levers).on[PHANTOM_201] = 1
    urn = await created(api, text_post())
    assert (await api.get(f"/rest/posts/{encoded(urn)}")).status_code == 404


async def test_batch_get_tells_finds_and_failures(api: Api) -> None:
    urn = await created(api, text_post())
    answer = await api.get(
        f"/rest/posts?ids=List({encoded(urn)},urn%3Ali%3Ashare%3A1)", headers={"x-restli-method": "BATCH_GET"}
    )
    body = answer.json()
    assert list(body["results"]) == [urn]
    assert body["statuses"] == {urn: 200, "urn:li:share:1": 404}
    assert body["errors"] == {"urn:li:share:1": {"status": 404, "message": "Not Found"}}


async def test_edit_changes_text_and_says_so(api: Api) -> None:
    urn = await created(api, text_post("before"))
    api.pass_time(5)
    answer = await api.patch(
        f"/rest/posts/{encoded(urn)}",
        {"patch": {"$set": {"commentary": "after", "contentCallToActionLabel": "LEARN_MORE"}}},
    )
    post = await read(api, urn)
    assert (answer.status_code, answer.content) == (204, b"")
    assert post["commentary"] == "after"
    assert post["contentCallToActionLabel"] == "LEARN_MORE"
    assert post["lifecycleStateInfo"] == {"isEditedByAuthor": True}
    assert post["lastModifiedAt"] == to_millis(NOW) + 5000


async def test_patch_without_the_method_header_is_an_edit_too(api: Api) -> None:
    urn = await created(api, text_post("before"))
    answer = await api.post(f"/rest/posts/{encoded(urn)}", {"patch": {"$set": {"commentary": "after"}}})
    assert (answer.status_code, (await read(api, urn))["commentary"]) == (204, "after")


@pytest.mark.parametrize(
    ("field", "value"), [("content", {"media": {"id": "urn:li:image:x"}}), ("visibility", "PUBLIC"), ("author", ADA)]
)
async def test_edit_of_anything_else_is_refused(api: Api, field: str, value: Any) -> None:
    urn = await created(api, text_post())
    answer = await api.patch(f"/rest/posts/{encoded(urn)}", {"patch": {"$set": {field: value}}})
    assert answer.status_code == 400


@pytest.mark.parametrize("again", ["404", "204"])
async def test_second_delete_follows_its_switch(api: Api, again: str) -> None:
    api.world.switches["posts.second_delete"] = again
    path = f"/rest/posts/{encoded(await created(api, text_post()))}"
    first = await api.send("DELETE", path)
    second = await api.send("DELETE", path)
    assert (first.status_code, first.content) == (204, b"")
    assert second.status_code == int(again)
    assert (await api.get(path)).status_code == 404


async def test_strangers_post_cannot_be_deleted(api: Api) -> None:
    urn = await created(api, text_post())
    answer = await api.send("DELETE", f"/rest/posts/{encoded(urn)}", token=api.token(member="sBx8kQ2mWb"))
    assert answer.status_code == 403
    assert answer.json() == {
        "message": "Accessing the UGC resource is forbidden. Please check your permissions for this resource",
        "status": 403,
    }


async def test_write_scope_alone_deletes_but_does_not_read(api: Api) -> None:
    token = api.token("w_member_social")
    urn = await created(api, text_post(), token=token)
    refused = await api.get(f"/rest/posts/{encoded(urn)}", token=token)
    assert refused.status_code == 403
    assert refused.json() == {
        "status": 403,
        "serviceErrorCode": 100,
        "code": "ACCESS_DENIED",
        "message": "Not enough permissions to access: partnerApiPostsExternal.GET.20261001",
    }
    assert (await api.send("DELETE", f"/rest/posts/{encoded(urn)}", token=token)).status_code == 204


async def test_members_posts_need_the_closed_scope_to_be_read(api: Api) -> None:
    urn = await created(api, text_post())
    token = api.token("r_organization_social")
    entity = await api.get(f"/rest/posts/{encoded(urn)}", token=token)
    listing = await api.get(f"/rest/posts?q=author&author={encoded(ADA)}", token=token)
    assert (entity.status_code, "Accessing the UGC resource" in entity.text) == (403, True)
    assert listing.status_code == 400
    assert listing.json() == {
        "message": "Member permissions must be used when using member as author",
        "status": 400,
    }


async def test_listing_asks_for_the_author(api: Api) -> None:
    answer = await api.get("/rest/posts?q=author")
    assert (answer.status_code, answer.json()["message"]) == (400, "Parameter 'author' is required")


async def test_listing_somebody_else_is_refused(api: Api) -> None:
    assert (await api.get(f"/rest/posts?q=author&author={encoded(BEN)}")).status_code == 403


async def test_scope_without_its_product_does_not_count(api: Api) -> None:
    token = api.token("w_member_social w_organization_social")
    app = api.world.apps["demo-app"]
    app.scopes, app.products = [], ["Share on LinkedIn"]
    member = await api.post("/rest/posts", text_post(), token=token)
    organization = await api.post("/rest/posts", text_post(author=NORTHWIND), token=token)
    assert (member.status_code, organization.status_code) == (201, 400)


async def test_saved_world_shows_the_same_posts(api: Api) -> None:
    image = await api.image()
    content = {"multiImage": {"images": [{"id": image}, {"id": await api.image()}]}}
    urn = await created(api, text_post("Hello #oak", content=content))
    before = await read(api, urn)
    saved = World.from_document(api.world.to_document())
    call = Call(
        world=saved,
        grant=Grant(app=saved.apps["demo-app"], member=saved.members["sBx7kQ2mWa"], scopes=frozenset()),
        base="rest",
        resource="posts",
        method="GET",
    )
    assert post_view(call, saved.state(Posts).by_urn[urn]) == before


async def test_endless_text_is_refused_unread(api: Api) -> None:
    api.world.switches["little.policy"] = "lenient"
    answer = await api.post("/rest/posts", text_post("@[" * 200_000))
    assert answer.status_code == 400


async def test_seeded_post_is_history_with_picture_and_talk(api: Api) -> None:
    post = seed_post(
        api.world,
        author_urn=NORTHWIND,
        text="We opened our second workshop. #oak",
        published=NOW,
        image="generated",
        reactions=31,
        comments=[(ADA, "Congratulations")],
    )
    shown = await read(api, post.urn)
    assert shown["commentary"] == "We opened our second workshop. {hashtag|\\#|oak}"
    assert shown["content"]["media"]["id"].startswith("urn:li:image:D4E22AQ")
    said = [c.text for c in api.world.state(Social).of_post(post.urn)]
    assert (reaction_count(api.world, post.urn), said) == (31, ["Congratulations"])
