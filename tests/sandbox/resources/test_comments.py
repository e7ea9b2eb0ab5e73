"""`socialActions/{urn}/comments`: what is made, shown, listed, changed, deleted, and refused in which order."""

from typing import Any

import pytest

from inroad.common.clock import to_millis
from inroad.sandbox.resources.posts.seed import seed_post
from inroad.sandbox.resources.posts.state import Post, Posts

from .conftest import ADA, BEN, HARBOUR, NORTHWIND, NOW, Api, encoded, input_error, picture, text_post


@pytest.fixture
async def post(api: Api) -> Post:
    """A post of Ada's page."""
    answer = await api.post("/rest/posts", text_post("Open day", author=NORTHWIND))
    return api.world.state(Posts).by_urn[answer.headers["x-restli-id"]]


def activity(post: Post) -> str:
    return f"urn:li:activity:{post.activity}"


def comments(urn: str, base: str = "/rest") -> str:
    return f"{base}/socialActions/{encoded(urn)}/comments"


def said(text: str = "Thanks", *, actor: str = ADA, **more: Any) -> dict[str, Any]:
    return {"actor": actor, "message": {"text": text}, **more}


async def created(api: Api, urn: str, body: dict[str, Any], **more: Any) -> dict[str, Any]:
    answer = await api.post(comments(urn), body, **more)
    assert answer.status_code == 201, answer.text
    read = answer.json()
    assert isinstance(read, dict)
    return read


class TestCreate:
    async def test_a_comment_comes_back_whole(self, api: Api, post: Post) -> None:
        answer = await api.post(comments(post.urn), said(object=activity(post)))
        body, key = answer.json(), answer.headers["x-restli-id"]
        urn = f"urn:li:comment:({activity(post)},{key})"
        assert answer.status_code == 201
        assert answer.headers["x-linkedin-id"] == key
        assert body == {
            "id": key,
            "$URN": urn,
            "commentUrn": urn,
            "actor": ADA,
            "object": activity(post),
            "message": {"text": "Thanks", "attributes": []},
            "created": {"actor": ADA, "time": to_millis(NOW)},
            "lastModified": {"actor": ADA, "time": to_millis(NOW)},
            "likesSummary": {
                "selectedLikes": [],
                "aggregatedTotalLikes": 0,
                "likedByCurrentUser": False,
                "totalLikes": 0,
            },
            "commentsSummary": {"selectedComments": [], "totalFirstLevelComments": 0, "aggregatedTotalComments": 0},
        }

    async def test_an_organization_comments_through_its_administrator(self, api: Api, post: Post) -> None:
        body = await created(api, post.urn, said(actor=NORTHWIND))
        assert (body["actor"], body["agent"]) == (NORTHWIND, ADA)
        assert body["created"] == {"actor": NORTHWIND, "impersonator": ADA, "time": to_millis(NOW)}

    async def test_any_urn_of_the_post_leads_to_its_thread(self, api: Api, post: Post) -> None:
        for urn in post.urns:
            await created(api, urn, said(object=post.urn))
        listed = (await api.get(comments(post.urn))).json()
        assert listed["paging"]["total"] == 3

    async def test_the_object_may_be_an_activity_of_the_same_number(self, api: Api, post: Post) -> None:
        answer = await api.post(comments(post.urn), said(object=f"urn:li:activity:{post.ugc_post}"))
        assert answer.status_code == 201

    async def test_mentions_come_back_as_sent(self, api: Api, post: Post) -> None:
        value = {"com.linkedin.common.MemberAttributedEntity": {"member": BEN}}
        attributes = [{"start": 0, "length": 3, "value": value}]
        body = await created(api, post.urn, said(message={"text": "Ben!", "attributes": attributes}))
        other = await api.get(f"{comments(post.urn)}/{body['id']}", token=api.token(app="other-app"))
        seen = other.json()["message"]["attributes"][0]["value"]["com.linkedin.common.MemberAttributedEntity"]["member"]
        assert body["message"]["attributes"] == attributes
        assert seen == f"urn:li:person:{api.world.scoped_id('other-app', BEN.rpartition(':')[2])}"

    async def test_text_is_plain_and_never_little(self, api: Api, post: Post) -> None:
        body = await created(api, post.urn, said(r"2 \* 3 @[X](urn:li:organization:1)"))
        assert body["message"]["text"] == r"2 \* 3 @[X](urn:li:organization:1)"


class TestReplies:
    async def test_a_reply_goes_to_the_comments_own_path(self, api: Api, post: Post) -> None:
        first = await created(api, post.urn, said())
        reply = await created(api, first["commentUrn"], said("Me too", object=first["commentUrn"]))
        replies = (await api.get(comments(first["commentUrn"]))).json()
        assert reply["parentComment"] == first["commentUrn"]
        assert [c["id"] for c in replies["elements"]] == [reply["id"]]

    async def test_a_reply_may_go_to_the_posts_path_with_its_parent(self, api: Api, post: Post) -> None:
        first = await created(api, post.urn, said())
        reply = await created(api, post.urn, said("Me too", parentComment=first["commentUrn"]))
        listed = (await api.get(comments(post.urn))).json()
        assert reply["parentComment"] == first["commentUrn"]
        assert [c["id"] for c in listed["elements"]] == [first["id"]]
        assert listed["elements"][0]["commentsSummary"]["totalFirstLevelComments"] == 1

    async def test_a_reply_to_a_reply_hangs_under_the_first_level(self, api: Api, post: Post) -> None:
        first = await created(api, post.urn, said())
        reply = await created(api, post.urn, said(parentComment=first["commentUrn"]))
        deeper = await created(api, post.urn, said(parentComment=reply["commentUrn"]))
        assert deeper["parentComment"] == first["commentUrn"]

    async def test_a_reply_by_path_needs_its_object(self, api: Api, post: Post) -> None:
        first = await created(api, post.urn, said())
        answer = await api.post(comments(first["commentUrn"]), said())
        assert answer.status_code == 422
        assert answer.json()["message"] == (
            "ERROR :: /object :: field is required but not found and has no default value\n"
        )

    async def test_a_parent_of_another_thread_is_refused(self, api: Api, post: Post) -> None:
        other = seed_post(api.world, author_urn=ADA, text="Other", published=NOW)
        first = await created(api, other.urn, said())
        answer = await api.post(comments(post.urn), said(parentComment=first["commentUrn"]))
        unknown = await api.post(comments(post.urn), said(parentComment=f"urn:li:comment:({activity(post)},7)"))
        assert (answer.status_code, unknown.status_code) == (400, 404)


class TestReading:
    async def test_list_pages_with_a_total_and_links(self, api: Api, post: Post) -> None:
        for text in "abc":
            await created(api, post.urn, said(text))
        body = (await api.get(f"{comments(post.urn)}?start=1&count=1")).json()
        assert [c["message"]["text"] for c in body["elements"]] == ["b"]
        assert (body["paging"]["total"], body["paging"]["start"], body["paging"]["count"]) == (3, 1, 1)
        assert {link["rel"]: link["href"] for link in body["paging"]["links"]} == {
            "prev": f"/rest/socialActions/{encoded(post.urn)}/comments?count=1&start=0",
            "next": f"/rest/socialActions/{encoded(post.urn)}/comments?count=1&start=2",
        }

    async def test_batch_get_tells_finds_and_failures(self, api: Api, post: Post) -> None:
        first = await created(api, post.urn, said())
        body = (
            await api.get(f"{comments(post.urn)}?ids=List({first['id']},7)", headers={"x-restli-method": "BATCH_GET"})
        ).json()
        assert body["results"][first["id"]]["message"]["text"] == "Thanks"
        assert body["errors"]["7"]["status"] == 404

    async def test_a_strangers_thread_is_closed_to_readers(self, api: Api, post: Post) -> None:
        answer = await api.get(comments(post.urn), token=api.token(member="sBx8kQ2mWb"))
        assert answer.status_code == 403
        assert answer.json() == {"message": f"member is unauthorized on {activity(post)}", "status": 403}

    async def test_a_comment_on_a_strangers_post_is_readable_to_its_author(self, api: Api) -> None:
        other = seed_post(api.world, author_urn=HARBOUR, text="Timber", published=NOW)
        mine = await created(api, other.urn, said())
        answer = await api.get(f"{comments(other.urn)}/{mine['id']}")
        assert answer.json()["message"]["text"] == "Thanks"

    async def test_the_write_scope_reads_the_members_own_post(self, api: Api) -> None:
        urn = (await api.post("/rest/posts", text_post())).headers["x-restli-id"]
        answer = await api.get(comments(urn), token=api.token("w_member_social_feed"))
        assert answer.status_code == 200

    async def test_projection_on_the_legacy_path_resolves_actors(self, api: Api, post: Post) -> None:
        await created(api, post.urn, said())
        path = f"{comments(post.urn, '/v2')}?projection=(elements*(actor~(localizedFirstName)))"
        assert (await api.get(path)).json() == {"elements": [{"actor": ADA, "actor~": {"localizedFirstName": "Ada"}}]}


class TestChanging:
    async def test_an_edit_answers_with_the_comment(self, api: Api, post: Post) -> None:
        first = await created(api, post.urn, said(actor=NORTHWIND))
        api.pass_time(5)
        answer = await api.patch(
            f"{comments(post.urn)}/{first['id']}?actor={encoded(NORTHWIND)}",
            {"patch": {"message": {"$set": {"text": "See you at ten"}}}},
        )
        assert answer.status_code == 200
        assert answer.json()["message"]["text"] == "See you at ten"
        assert answer.json()["lastModified"]["time"] == to_millis(NOW) + 5000

    async def test_an_organizations_comment_is_changed_in_its_name_only(self, api: Api, post: Post) -> None:
        first = await created(api, post.urn, said(actor=NORTHWIND))
        path = f"{comments(post.urn)}/{first['id']}"
        patch = {"patch": {"message": {"$set": {"text": "x"}}}}
        as_member = await api.patch(path, patch)
        as_stranger = await api.patch(f"{path}?actor={encoded(BEN)}", patch)
        assert as_member.json()["message"].startswith("Accessing this comment resource is forbidden")
        assert as_stranger.json()["message"].endswith(
            "PARAMETER: Data Processing Exception while processing fields [/actor]"
        )

    async def test_only_the_message_can_be_edited(self, api: Api, post: Post) -> None:
        first = await created(api, post.urn, said())
        answer = await api.patch(f"{comments(post.urn)}/{first['id']}", {"patch": {"$set": {"actor": BEN}}})
        assert answer.status_code == 422
        assert "CreateOnly field" in answer.json()["message"]

    async def test_a_deleted_comment_is_gone_with_its_replies(self, api: Api, post: Post) -> None:
        first = await created(api, post.urn, said())
        await created(api, post.urn, said(parentComment=first["commentUrn"]))
        path = f"{comments(post.urn)}/{first['id']}?actor={encoded(ADA)}"
        gone, again = await api.send("DELETE", path), await api.send("DELETE", path)
        summary = (await api.get(f"/v2/socialActions/{encoded(post.urn)}")).json()
        assert (gone.status_code, gone.content, again.status_code) == (204, b"", 404)
        assert summary["commentsSummary"]["aggregatedTotalComments"] == 0

    async def test_who_owns_the_post_may_delete_what_others_said(self, api: Api, post: Post) -> None:
        ben = api.token(member="sBx8kQ2mWb")
        theirs = await created(api, post.urn, said(actor=BEN), token=ben)
        own_thread = await api.send("DELETE", f"{comments(post.urn)}/{theirs['id']}")
        other = seed_post(api.world, author_urn=HARBOUR, text="Timber", published=NOW)
        foreign = await created(api, other.urn, said(actor=BEN), token=ben)
        stranger = await api.send("DELETE", f"{comments(other.urn)}/{foreign['id']}")
        assert (own_thread.status_code, stranger.status_code) == (204, 403)

    async def test_comments_go_with_their_post(self, api: Api, post: Post) -> None:
        first = await created(api, post.urn, said())
        await api.send("DELETE", f"/rest/posts/{encoded(post.urn)}")
        answer = await api.get(f"{comments(post.urn)}/{first['id']}")
        assert answer.status_code == 404


class TestRefusals:
    async def test_plain_scopes_do_not_open_the_versioned_path(self, api: Api, post: Post) -> None:
        token = api.token("w_member_social w_organization_social")
        made = await api.post(comments(post.urn), said(), token=token)
        listed = await api.get(comments(post.urn), token=token)
        assert [made.json()["message"], listed.json()["message"]] == [
            "Not enough permissions to access: partnerApiSocialActions.CREATE.20261001",
            "Not enough permissions to access: partnerApiSocialActions.GET_ALL.20261001",
        ]

    async def test_plain_scopes_open_the_legacy_path_and_compat_opens_both(self, api: Api, post: Post) -> None:
        plain = "w_member_social w_organization_social"
        legacy = await api.post(comments(post.urn, "/v2"), said(), token=api.token(plain))
        feed_only = await api.post(comments(post.urn, "/v2"), said(), token=api.token("w_member_social_feed"))
        api.world.switches["scope.policy"] = "compat"
        versioned = await api.post(comments(post.urn), said(), token=api.token(plain))
        assert (legacy.status_code, feed_only.status_code, versioned.status_code) == (201, 403, 201)

    async def test_missing_scope_comes_before_an_unreadable_body(self, api: Api, post: Post) -> None:
        answer = await api.send("POST", comments(post.urn), content=b"{", token=api.token("w_member_social"))
        readable = await api.send("POST", comments(post.urn), content=b"{")
        assert (answer.status_code, readable.status_code) == (403, 400)
        assert readable.json()["message"] == "Request body could not be converted to data map"

    @pytest.mark.parametrize("actor", [BEN, HARBOUR, "sBx7kQ2mWa"])
    async def test_an_actor_that_the_caller_may_not_be_is_403(self, api: Api, post: Post, actor: str) -> None:
        answer = await api.post(comments(post.urn), said(actor=actor, unknown=1))
        assert answer.status_code == 403
        assert answer.json()["message"] == (
            "Field Value validation failed in REQUEST_BODY: Data Processing Exception while processing fields [/actor]"
        )

    async def test_a_content_administrator_posts_but_does_not_comment(self, api: Api, post: Post) -> None:
        answer = await api.post(comments(post.urn), said(actor=NORTHWIND), token=api.token(member="sBx8kQ2mWb"))
        assert answer.status_code == 403

    async def test_schema_faults_come_all_at_once_and_before_the_thread(self, api: Api) -> None:
        answer = await api.post(comments("urn:li:share:1"), {"text": "x"})
        assert answer.status_code == 422
        assert answer.json()["message"] == (
            "ERROR :: /actor :: field is required but not found and has no default value\n"
            "ERROR :: /message :: field is required but not found and has no default value\n"
            "ERROR :: /text :: unrecognized field found but not allowed\n"
        )

    async def test_pictures_are_refused_by_both_generations(self, api: Api, post: Post) -> None:
        image = await api.image()
        versioned = await api.post(comments(post.urn), said(content=[{"entity": {"image": image}}]))
        asset = image.replace("image", "digitalmediaAsset")
        legacy = await api.post(comments(post.urn, "/v2"), said(content=[{"entity": {"digitalmediaAsset": asset}}]))
        assert (versioned.status_code, legacy.status_code) == (403, 500)
        assert versioned.json()["message"] == (
            "Unpermitted fields present in REQUEST_BODY: Data Processing Exception while processing fields [/content]"
        )

    async def test_pictures_are_accepted_by_switch(self, api: Api, post: Post) -> None:
        api.world.switches["comment.image"] = "accept"
        image = await api.image(data=picture())
        body = await created(api, post.urn, said("", content=[{"entity": {"image": image}}]))
        two = await api.post(comments(post.urn), said(content=[{"entity": {"image": image}}] * 2))
        waiting = await api.post(comments(post.urn), said(content=[{"entity": {"image": await api.image(wait=0)}}]))
        other_kind = await api.post(comments(post.urn), said(content=[{"entity": {"video": "urn:li:video:x"}}]))
        assert body["content"][0]["entity"] == {"image": image}
        assert (await api.client.get(body["content"][0]["url"])).status_code == 200
        assert [a.status_code for a in (two, waiting, other_kind)] == [400, 400, 400]

    async def test_a_closed_thread_takes_no_comments(self, api: Api, post: Post) -> None:
        await api.patch(
            f"/rest/socialMetadata/{encoded(post.urn)}?actor={encoded(NORTHWIND)}",
            {"patch": {"$set": {"commentsState": "CLOSED"}}},
        )
        answer = await api.post(comments(post.urn), said())
        assert (answer.status_code, answer.json()["code"]) == (403, "ACCESS_DENIED")
        assert answer.json()["message"] == "Comments are closed on this thread"

    async def test_a_young_post_has_no_activity_yet(self, api: Api, post: Post) -> None:
        api.world.switches["posts.activity_delay_s"] = 3
        early = await api.post(comments(post.urn), said())
        api.pass_time(3)
        later = await api.post(comments(post.urn), said())
        assert early.json() == {"message": f"Unable to obtain activity for {post.urn}", "status": 404}
        assert later.status_code == 201

    async def test_unknown_threads_and_comments_are_404(self, api: Api, post: Post) -> None:
        thread = await api.post(comments("urn:li:share:1"), said())
        listed = await api.get(comments("nonsense"))
        unknown = await api.get(f"{comments(post.urn)}/7")
        wrong = await api.get(f"{comments(post.urn)}/seven")
        assert [a.status_code for a in (thread, listed, unknown, wrong)] == [404, 404, 404, 400]
        assert wrong.json()["message"] == "Key value 'seven' must be of type 'java.lang.Long'"

    async def test_an_object_of_another_thread_is_refused(self, api: Api, post: Post) -> None:
        other = seed_post(api.world, author_urn=ADA, text="Other", published=NOW)
        wrong = await api.post(comments(post.urn), said(object=other.urn))
        unknown = await api.post(comments(post.urn), said(object="urn:li:share:1"))
        assert (wrong.status_code, unknown.status_code) == (400, 404)

    async def test_text_is_neither_blank_nor_too_long(self, api: Api, post: Post) -> None:
        blank = await api.post(comments(post.urn), said(" "))
        long = await api.post(comments(post.urn), said("x" * 1251))
        fits = await api.post(comments(post.urn), said("x" * 1250))
        assert input_error(blank)["code"] == "INVALID_VALUE_BLANK_FIELD"
        assert (input_error(long)["code"], input_error(long)["maxLength"]) == ("FIELD_LENGTH_TOO_LONG", 1250)
        assert fits.status_code == 201

    async def test_ten_comments_a_minute_are_enough(self, api: Api, post: Post) -> None:
        for number in range(10):
            await created(api, post.urn, said(str(number)))
        refused = await api.post(comments(post.urn), said("eleven"))
        other = await api.post(comments(post.urn), said(actor=BEN), token=api.token(member="sBx8kQ2mWb"))
        api.pass_time(60)
        later = await api.post(comments(post.urn), said("eleven"))
        assert refused.status_code == 429
        assert refused.json() == {
            "message": "Comment create throttled: creation rate limit exceeded for member",
            "status": 429,
        }
        assert (other.status_code, later.status_code) == (201, 201)

    async def test_the_throttle_can_be_off(self, api: Api, post: Post) -> None:
        api.world.switches["comments.per_minute"] = "off"
        statuses = {(await api.post(comments(post.urn), said(str(n)))).status_code for n in range(12)}
        assert statuses == {201}

    async def test_a_path_that_does_not_exist_is_404(self, api: Api, post: Post) -> None:
        answer = await api.send("DELETE", f"/rest/socialActions/comments/{encoded(post.urn)}")
        assert (answer.status_code, answer.json()["code"]) == (404, "RESOURCE_NOT_FOUND")

    async def test_raw_urns_need_the_older_protocol(self, api: Api, post: Post) -> None:
        path = f"/v2/socialActions/{post.urn}/comments"
        modern = await api.post(path, said())
        legacy = await api.post(path, said(), headers={"x-restli-protocol-version": "1.0.0"})
        assert (modern.status_code, legacy.status_code) == (400, 201)
