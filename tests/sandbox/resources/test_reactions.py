"""`/rest/reactions`, likes and summaries of `socialActions`, `/rest/socialMetadata`."""

from typing import Any

import httpx2
import pytest

from inroad.common.clock import to_millis
from inroad.sandbox.resources.posts.seed import seed_post
from inroad.sandbox.resources.posts.state import Post

from .conftest import ADA, BEN, HARBOUR, NORTHWIND, NOW, Api, encoded, input_error


@pytest.fixture
def post(api: Api) -> Post:
    """A post of Ada's page, with a past."""
    return seed_post(
        api.world, author_urn=NORTHWIND, text="Open day", published=NOW, reactions=31, comments=[(BEN, "Well done")]
    )


@pytest.fixture
def fresh(api: Api) -> Post:
    """A post of Ada's page that nobody has seen."""
    return seed_post(api.world, author_urn=NORTHWIND, text="Second day", published=NOW)


def activity(post: Post) -> str:
    return f"urn:li:activity:{post.activity}"


def key(actor: str, entity: str) -> str:
    return f"(actor:{encoded(actor)},entity:{encoded(entity)})"


async def react(api: Api, root: str, kind: str = "LIKE", *, actor: str = ADA, **more: Any) -> httpx2.Response:
    return await api.post(f"/rest/reactions?actor={encoded(actor)}", {"root": root, "reactionType": kind}, **more)


class TestReactions:
    async def test_a_reaction_comes_back_whole(self, api: Api, fresh: Post) -> None:
        answer = await react(api, fresh.urn, "PRAISE", actor=NORTHWIND)
        stamp = {"actor": NORTHWIND, "impersonator": ADA, "time": to_millis(NOW)}
        assert answer.status_code == 201
        assert answer.headers["x-restli-id"] == f"urn:li:reaction:({NORTHWIND},{activity(fresh)})"
        assert answer.json() == {
            "id": f"urn:li:reaction:({NORTHWIND},{activity(fresh)})",
            "reactionType": "PRAISE",
            "root": activity(fresh),
            "created": stamp,
            "lastModified": stamp,
        }

    @pytest.mark.parametrize("form", ["{}", "encoded"])
    async def test_the_key_is_read_however_much_of_it_is_encoded(self, api: Api, fresh: Post, form: str) -> None:
        await react(api, fresh.urn)
        name = key(ADA, fresh.urn)
        path = encoded(name) if form == "encoded" else name
        answer = await api.get(f"/rest/reactions/{path}")
        assert answer.json()["reactionType"] == "LIKE"

    async def test_batch_get_is_keyed_by_the_reduced_form(self, api: Api, fresh: Post) -> None:
        await react(api, fresh.urn)
        here, missing = key(ADA, activity(fresh)), key(NORTHWIND, activity(fresh))
        body = (await api.get(f"/rest/reactions?ids=List({here},{missing})")).json()
        assert body["results"][here]["reactionType"] == "LIKE"
        assert body["errors"][missing]["status"] == 404

    async def test_the_finder_sorts_and_counts_with_the_past(self, api: Api, post: Post) -> None:
        await react(api, post.urn, "EMPATHY")
        path = f"/rest/reactions/(entity:{encoded(activity(post))})?q=entity&sort=(value:"
        newest = (await api.get(f"{path}REVERSE_CHRONOLOGICAL)&count=5")).json()
        oldest = (await api.get(f"{path}CHRONOLOGICAL)&count=100")).json()
        relevant = (await api.get(f"{path}RELEVANCE)")).json()
        again = (await api.get(f"{path}CHRONOLOGICAL)&count=100")).json()
        assert newest["paging"]["total"] == 32
        assert len(newest["elements"]) == 5
        assert newest["elements"][0]["id"] == f"urn:li:reaction:({ADA},{activity(post)})"
        assert oldest["elements"][-1]["reactionType"] == "EMPATHY"
        assert len(relevant["elements"]) == 10
        assert oldest == again
        assert newest["paging"]["links"][0]["href"] == (
            f"/rest/reactions/{encoded_key(activity(post))}?sort=(value:REVERSE_CHRONOLOGICAL)&q=entity&count=5&start=5"
        )

    async def test_an_unknown_order_is_refused(self, api: Api, post: Post) -> None:
        answer = await api.get(f"/rest/reactions/(entity:{encoded(post.urn)})?q=entity&sort=(value:BEST)")
        assert input_error(answer)["code"] == "PARAM_INVALID"

    async def test_the_same_again_is_a_conflict_and_another_type_replaces(self, api: Api, fresh: Post) -> None:
        first, again = await react(api, fresh.urn), await react(api, activity(fresh))
        other = await react(api, fresh.urn, "INTEREST")
        metadata = (await api.get(f"/rest/socialMetadata/{encoded(fresh.urn)}")).json()
        assert [a.status_code for a in (first, again, other)] == [201, 409, 201]
        assert again.json()["code"] == "CONFLICT"
        assert metadata["reactionSummaries"] == {"INTEREST": {"reactionType": "INTEREST", "count": 1}}

    async def test_repeating_may_be_fine_by_switch(self, api: Api, fresh: Post) -> None:
        api.world.switches["reaction.repeat"] = "ok"
        assert [(await react(api, fresh.urn)).status_code for _ in "ab"] == [201, 201]

    async def test_a_reaction_is_changed_by_patch(self, api: Api, fresh: Post) -> None:
        await react(api, fresh.urn)
        path = f"/rest/reactions/{key(ADA, fresh.urn)}"
        answer = await api.patch(path, {"patch": {"$set": {"reactionType": "PRAISE"}}})
        missing = await api.patch(
            f"/rest/reactions/{key(NORTHWIND, fresh.urn)}", {"patch": {"$set": {"reactionType": "PRAISE"}}}
        )
        assert (answer.status_code, missing.status_code) == (204, 404)
        assert (await api.get(path)).json()["reactionType"] == "PRAISE"

    async def test_a_withdrawn_reaction_is_gone(self, api: Api, fresh: Post) -> None:
        await react(api, fresh.urn)
        path = f"/rest/reactions/{key(ADA, fresh.urn)}"
        statuses = [(await api.send("DELETE", path)).status_code for _ in "ab"]
        assert [*statuses, (await api.get(path)).status_code] == [204, 404, 404]

    async def test_a_comment_is_reacted_to_by_its_urn(self, api: Api, post: Post) -> None:
        listed = (await api.get(f"/rest/socialActions/{encoded(post.urn)}/comments")).json()
        urn = listed["elements"][0]["commentUrn"]
        made = await react(api, urn)
        again = (await api.get(f"/rest/socialActions/{encoded(post.urn)}/comments")).json()
        assert made.json()["root"] == urn
        assert again["elements"][0]["likesSummary"]["totalLikes"] == 1
        assert again["elements"][0]["likesSummary"]["likedByCurrentUser"] is True

    @pytest.mark.parametrize("kind", ["CELEBRATE", "like"])
    async def test_words_of_the_screen_are_no_symbols(self, api: Api, fresh: Post, kind: str) -> None:
        answer = await react(api, fresh.urn, kind)
        assert answer.status_code == 422
        assert answer.json()["message"] == f'ERROR :: /reactionType :: "{kind}" is not an enum symbol\n'

    async def test_the_deprecated_type_is_400(self, api: Api, fresh: Post) -> None:
        assert input_error(await react(api, fresh.urn, "MAYBE"))["code"] == "INVALID_VALUE_FOR_FIELD"

    async def test_plain_scopes_do_not_open_it(self, api: Api, fresh: Post) -> None:
        answer = await react(api, fresh.urn, token=api.token("w_member_social"))
        assert answer.json()["message"] == "Not enough permissions to access: partnerApiReactions.CREATE.20261001"

    @pytest.mark.parametrize("actor", [BEN, HARBOUR])
    async def test_a_foreign_actor_is_403_before_the_schema(self, api: Api, fresh: Post, actor: str) -> None:
        answer = await react(api, fresh.urn, "CELEBRATE", actor=actor)
        assert answer.status_code == 403
        assert answer.json()["message"].endswith(
            "PARAMETER: Data Processing Exception while processing fields [/actor]"
        )

    async def test_the_actor_is_required(self, api: Api, fresh: Post) -> None:
        answer = await api.post("/rest/reactions", {"root": fresh.urn, "reactionType": "LIKE"})
        assert answer.json() == {"message": "Parameter 'actor' is required", "status": 400}

    async def test_unknown_roots_and_young_posts_are_404(self, api: Api, fresh: Post) -> None:
        unknown = await react(api, "urn:li:share:1")
        api.world.switches["posts.activity_delay_s"] = 3
        young = await react(api, fresh.urn)
        assert (unknown.status_code, young.json()["message"]) == (404, f"Unable to obtain activity for {fresh.urn}")

    async def test_a_strangers_post_shows_no_reactions(self, api: Api) -> None:
        other = seed_post(api.world, author_urn=HARBOUR, text="Timber", published=NOW)
        mine = await react(api, other.urn)
        own = await api.get(f"/rest/reactions/{key(ADA, other.urn)}")
        listed = await api.get(f"/rest/reactions/(entity:{encoded(other.urn)})?q=entity")
        assert (mine.status_code, own.status_code, listed.status_code) == (201, 200, 403)
        assert listed.json()["message"] == f"member is unauthorized on {activity(other)}"

    async def test_keys_of_other_parts_are_400(self, api: Api, fresh: Post) -> None:
        plain = await api.get(f"/rest/reactions/{encoded(fresh.urn)}")
        other = await api.get("/rest/reactions/(who:x)")
        assert [(a.status_code, a.json()["code"]) for a in (plain, other)] == [(400, "ILLEGAL_ARGUMENT")] * 2


def encoded_key(urn: str) -> str:
    return f"(entity:{encoded(urn)})"


class TestLikes:
    async def test_summary_counts_reactions_of_every_type(self, api: Api, post: Post) -> None:
        await react(api, post.urn, "ENTERTAINMENT")
        assert (await api.get(f"/v2/socialActions/{encoded(post.urn)}")).json() == {
            "target": post.urn,
            "$URN": f"urn:li:socialActions:{post.urn}",
            "likesSummary": {
                "selectedLikes": [],
                "aggregatedTotalLikes": 32,
                "totalLikes": 32,
                "likedByCurrentUser": True,
            },
            "commentsSummary": {
                "selectedComments": [],
                "totalFirstLevelComments": 1,
                "aggregatedTotalComments": 1,
                "commentsState": "OPEN",
            },
        }

    async def test_summaries_come_in_batches(self, api: Api, post: Post, fresh: Post) -> None:
        ids = ",".join(encoded(p.urn) for p in (post, fresh))
        body = (await api.get(f"/v2/socialActions?ids=List({ids},urn%3Ali%3Ashare%3A1)")).json()
        assert {u: v["likesSummary"]["totalLikes"] for u, v in body["results"].items()} == {post.urn: 31, fresh.urn: 0}
        assert list(body["errors"]) == ["urn:li:share:1"]

    async def test_a_like_is_made_shown_and_taken_back(self, api: Api, fresh: Post) -> None:
        path = f"/v2/socialActions/{encoded(fresh.urn)}/likes"
        made = await api.post(path, {"actor": ADA, "object": fresh.urn, "reactionType": "LIKE"})
        again = await api.post(path, {"actor": ADA, "object": fresh.urn})
        listed = (await api.get(path)).json()
        one = await api.get(f"{path}/{encoded(ADA)}")
        batch = (await api.get(f"{path}?ids=List({encoded(ADA)},{encoded(BEN)})")).json()
        gone = await api.send("DELETE", f"{path}/{encoded(ADA)}?actor={encoded(ADA)}")
        missing = await api.send("DELETE", f"{path}/{encoded(ADA)}")
        stamp = {"actor": ADA, "time": to_millis(NOW)}
        assert (made.status_code, made.headers["x-restli-id"], again.status_code) == (201, ADA, 409)
        assert made.json() == {
            "$URN": f"urn:li:like:({ADA},{activity(fresh)})",
            "actor": ADA,
            "object": activity(fresh),
            "id": str(fresh.activity),
            "created": stamp,
            "lastModified": stamp,
        }
        assert (listed["paging"]["total"], listed["elements"], one.json()) == (1, [made.json()], made.json())
        assert (list(batch["results"]), list(batch["errors"])) == ([ADA], [BEN])
        assert (gone.status_code, missing.status_code) == (204, 404)

    async def test_an_organizations_like_names_its_agent_and_is_withdrawn_in_its_name(
        self, api: Api, fresh: Post
    ) -> None:
        path = f"/rest/socialActions/{encoded(fresh.urn)}/likes"
        made = await api.post(path, {"actor": NORTHWIND, "object": activity(fresh)})
        wrong = await api.send("DELETE", f"{path}/{encoded(NORTHWIND)}?actor={encoded(ADA)}")
        gone = await api.send("DELETE", f"{path}/{encoded(NORTHWIND)}?actor={encoded(NORTHWIND)}")
        assert made.json()["agent"] == ADA
        assert (wrong.status_code, gone.status_code) == (404, 204)

    async def test_the_summary_asks_for_a_scope_that_reads(self, api: Api, fresh: Post) -> None:
        token = api.token("w_organization_social w_member_social")
        path = f"/v2/socialActions/{encoded(fresh.urn)}"
        summary, likes = await api.get(path, token=token), await api.get(f"{path}/likes", token=token)
        versioned = await api.get(f"/rest/socialActions/{encoded(fresh.urn)}", token=token)
        assert (summary.status_code, likes.status_code) == (403, 200)
        assert versioned.json()["message"] == "Not enough permissions to access: partnerApiSocialActions.GET.20261001"

    async def test_likes_are_refused_as_comments_are(self, api: Api, fresh: Post, post: Post) -> None:
        path = f"/v2/socialActions/{encoded(fresh.urn)}/likes"
        stranger = await api.post(path, {"actor": BEN, "object": fresh.urn})
        schema = await api.post(path, {"actor": ADA})
        elsewhere = await api.post(path, {"actor": ADA, "object": post.urn})
        nowhere = await api.post(path, {"actor": ADA, "object": "urn:li:share:1"})
        unread = await api.get(path, token=api.token(member="sBx8kQ2mWb"))
        foreign = await api.send("DELETE", f"{path}/{encoded(BEN)}")
        assert [a.status_code for a in (stranger, schema, elsewhere, nowhere, unread, foreign)] == [
            403,
            422,
            400,
            404,
            403,
            403,
        ]


class TestSocialMetadata:
    async def test_counts_by_type_and_by_level(self, api: Api, post: Post) -> None:
        urn = activity(post)
        first = (await api.get(f"/rest/socialActions/{encoded(post.urn)}/comments")).json()["elements"][0]
        await api.post(
            f"/rest/socialActions/{encoded(post.urn)}/comments",
            {"actor": ADA, "message": {"text": "Yes"}, "parentComment": first["commentUrn"]},
        )
        body = (await api.get(f"/rest/socialMetadata/{encoded(urn)}")).json()
        assert (body["entity"], body["commentsState"]) == (urn, "OPEN")
        assert body["commentSummary"] == {"count": 2, "topLevelCount": 1}
        assert sum(s["count"] for s in body["reactionSummaries"].values()) == 31
        assert "MAYBE" not in body["reactionSummaries"]

    async def test_batch(self, api: Api, post: Post) -> None:
        body = (await api.get(f"/rest/socialMetadata?ids=List({encoded(post.urn)},urn%3Ali%3Ashare%3A1)")).json()
        assert body["results"][post.urn]["commentSummary"]["count"] == 1
        assert body["errors"]["urn:li:share:1"]["status"] == 404

    async def test_closing_deletes_what_was_said_and_opening_does_not_bring_it_back(self, api: Api, post: Post) -> None:
        path = f"/rest/socialMetadata/{encoded(post.urn)}"
        for state in ("CLOSED", "OPEN"):
            answer = await api.patch(
                f"{path}?actor={encoded(NORTHWIND)}", {"patch": {"$set": {"commentsState": state}}}
            )
            body = (await api.get(path)).json()
            assert (answer.status_code, answer.content) == (202, b"")
            assert (body["commentsState"], body["commentSummary"]["count"]) == (state, 0)

    async def test_what_cannot_be_changed(self, api: Api, post: Post) -> None:
        patch = {"patch": {"$set": {"commentsState": "CLOSED"}}}
        comment = (await api.get(f"/rest/socialActions/{encoded(post.urn)}/comments")).json()["elements"][0]
        path = f"/rest/socialMetadata/{encoded(post.urn)}"
        whose = f"?actor={encoded(NORTHWIND)}"
        on_comment = await api.patch(f"/rest/socialMetadata/{encoded(comment['commentUrn'])}{whose}", patch)
        as_member = await api.patch(f"{path}?actor={encoded(ADA)}", patch)
        as_stranger = await api.patch(f"{path}?actor={encoded(BEN)}", patch)
        nobody = await api.patch(path, patch)
        symbol = await api.patch(f"{path}{whose}", {"patch": {"$set": {"commentsState": "PROCESSING"}}})
        read_only = await api.patch(f"{path}{whose}", {"patch": {"$set": {"commentSummary": {}}}})
        answers = (on_comment, as_member, as_stranger, nobody, symbol, read_only)
        assert [a.status_code for a in answers] == [400, 403, 403, 400, 422, 422]

    async def test_strangers_and_plain_scopes_are_refused(self, api: Api, post: Post) -> None:
        path = f"/rest/socialMetadata/{encoded(post.urn)}"
        stranger = await api.get(path, token=api.token(member="sBx8kQ2mWb"))
        plain = await api.get(path, token=api.token("r_organization_social w_organization_social"))
        assert stranger.status_code == 403
        assert plain.json()["message"] == "Not enough permissions to access: socialMetadata.GET.20261001"
