"""`/v2/ugcPosts`: the legacy generation over the same posts, and every refusal of a create."""

from typing import Any

import pytest

from inroad.common.clock import to_millis
from inroad.sandbox.resources.posts.state import Posts

from .conftest import ADA, BEN, HARBOUR, NORTHWIND, NOW, Api, encoded, input_error, picture, share, text_post

KEY = "com.linkedin.ugc.ShareContent"


async def created(api: Api, body: dict[str, Any]) -> str:
    answer = await api.post("/v2/ugcPosts", body)
    assert answer.status_code == 201, answer.text
    assert answer.json() == {"id": answer.headers["x-restli-id"]}
    return answer.headers["x-restli-id"]


async def read(api: Api, urn: str) -> Any:
    answer = await api.get(f"/v2/ugcPosts/{encoded(urn)}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def asset(api: Api, *, kind: str = "image", data: bytes | None = None, wait: float = 15) -> str:
    """Register and upload by the legacy way, as the tutorial does it: POST, not PUT."""
    answer = await api.post(
        "/v2/assets?action=registerUpload",
        {
            "registerUploadRequest": {
                "recipes": [f"urn:li:digitalmediaRecipe:feedshare-{kind}"],
                "owner": ADA,
                "serviceRelationships": [{"relationshipType": "OWNER", "identifier": "urn:li:userGeneratedContent"}],
            }
        },
    )
    value = answer.json()["value"]
    upload = value["uploadMechanism"]["com.linkedin.digitalmedia.uploading.MediaUploadHttpRequest"]
    if data is not None:
        assert (await api.client.post(upload["uploadUrl"], content=data)).status_code == 201
        api.pass_time(wait)
    return str(value["asset"])


async def test_text_post_reads_back(api: Api) -> None:
    urn = await created(api, share("Excited to announce! #innovation"))
    assert await read(api, urn) == {
        "id": urn,
        "author": ADA,
        "lifecycleState": "PUBLISHED",
        "created": {"actor": ADA, "time": to_millis(NOW)},
        "lastModified": {"actor": ADA, "time": to_millis(NOW)},
        "versionTag": "1",
        "specificContent": {
            KEY: {
                "shareCommentary": {
                    "attributes": [
                        {
                            "start": 21,
                            "length": 11,
                            "value": {
                                "com.linkedin.common.HashtagAttributedEntity": {"hashtag": "urn:li:hashtag:innovation"}
                            },
                        }
                    ],
                    "text": "Excited to announce! #innovation",
                },
                "media": [],
                "shareMediaCategory": "NONE",
                "shareFeatures": {"hashtags": ["urn:li:hashtag:innovation"]},
            }
        },
        "visibility": {"com.linkedin.ugc.MemberNetworkVisibility": "PUBLIC"},
        "distribution": {
            "feedDistribution": "MAIN_FEED",
            "externalDistributionChannels": [],
            "distributedViaFollowFeed": True,
        },
        "ugcOrigin": "DESKTOP",
        "firstPublishedAt": to_millis(NOW),
    }


async def test_text_is_plain_and_never_parsed(api: Api) -> None:
    urn = await created(api, share("Now open (durable) \\o/ @[x](urn:li:organization:55120077)"))
    rest = (await api.get(f"/rest/posts/{encoded(urn)}")).json()
    assert (await read(api, urn))["specificContent"][KEY]["shareCommentary"]["text"] == (
        "Now open (durable) \\o/ @[x](urn:li:organization:55120077)"
    )
    assert rest["commentary"] == r"Now open \(durable\) \\o/ \@\[x\]\(urn:li:organization:55120077\)"


async def test_each_generation_reads_the_others_posts(api: Api) -> None:
    image = await api.image()
    urn = (await api.post("/rest/posts", text_post("Benches \\(new\\)", content={"media": {"id": image}}))).headers[
        "x-restli-id"
    ]
    content = (await read(api, urn))["specificContent"][KEY]
    assert content["shareCommentary"]["text"] == "Benches (new)"
    assert content["shareMediaCategory"] == "IMAGE"
    assert content["media"] == [
        {"media": image.replace("image", "digitalmediaAsset"), "status": "READY", "thumbnails": []}
    ]


async def test_image_post_as_the_tutorial_sends_it(api: Api) -> None:
    image = await asset(api, data=picture())
    media = [{"status": "READY", "description": {"text": ""}, "media": image, "title": {"text": "Workshop"}}]
    urn = await created(api, share("First light", shareMediaCategory="IMAGE", media=media))
    rest = (await api.get(f"/rest/posts/{encoded(urn)}")).json()
    shown = (await read(api, urn))["specificContent"][KEY]["media"]
    assert rest["content"]["media"]["id"] == image.replace("digitalmediaAsset", "image")
    assert shown[0]["title"] == {"attributes": [], "text": "Workshop"}


async def test_article_needs_no_asset(api: Api) -> None:
    media = [{"status": "READY", "originalUrl": "https://example.org/oak", "title": {"text": "Oak or ash?"}}]
    urn = await created(api, share("Worth a read", shareMediaCategory="ARTICLE", media=media))
    rest = (await api.get(f"/rest/posts/{encoded(urn)}")).json()
    assert rest["content"] == {"article": {"source": "https://example.org/oak", "title": "Oak or ash?"}}


async def test_video_posted_before_its_bytes_stays_invisible(api: Api) -> None:
    video = await asset(api, kind="video")
    media = [{"status": "READY", "media": video}]
    urn = await created(api, share("Soon", shareMediaCategory="VIDEO", media=media))
    assert urn.startswith("urn:li:ugcPost:")
    assert (await read(api, urn))["lifecycleState"] == "PROCESSING"


async def test_video_is_published_once_it_is_processed(api: Api) -> None:
    video = await asset(api, kind="video", data=b"\0\0\0\x18ftypmp42" + b"\0" * 64)
    urn = await created(api, share("Now", shareMediaCategory="VIDEO", media=[{"status": "READY", "media": video}]))
    rest = (await api.get(f"/rest/posts/{encoded(urn)}")).json()
    assert (await read(api, urn))["lifecycleState"] == "PUBLISHED"
    assert rest["content"]["media"]["id"].startswith("urn:li:video:")


async def test_empty_media_with_none_is_fine(api: Api) -> None:
    await created(api, share("Hiring", author=NORTHWIND, media=[]))


async def test_company_urn_is_the_organization(api: Api) -> None:
    urn = await created(api, share("Hi", author="urn:li:company:90210001"))
    assert (await read(api, urn))["author"] == NORTHWIND


async def test_mention_by_attribute_is_linked(api: Api) -> None:
    attribute = {
        "start": 8,
        "length": 14,
        "value": {"com.linkedin.common.CompanyAttributedEntity": {"company": HARBOUR}},
    }
    body = share("\U0001f389 With Harbour Timber")
    body["specificContent"][KEY]["shareCommentary"]["attributes"] = [attribute]
    urn = await created(api, body)
    rest = (await api.get(f"/rest/posts/{encoded(urn)}")).json()
    shown = (await read(api, urn))["specificContent"][KEY]["shareCommentary"]["attributes"]
    assert rest["commentary"] == "\U0001f389 With @[Harbour Timber](urn:li:organization:55120077)"
    assert shown == [attribute]


async def test_reshare_names_parent_and_root(api: Api) -> None:
    first = await created(api, share("first"))
    second = await created(api, share("second") | {"responseContext": {"parent": first}})
    assert (await read(api, second))["responseContext"] == {"parent": first, "root": first}


@pytest.mark.parametrize(
    "patch",
    [
        {"specificContent": {KEY: {"$set": {"shareCommentary": {"text": "after"}}}}},
        {
            "$set": {
                "specificContent": {
                    KEY: {
                        "shareCommentary": {"text": "after"},
                        "shareMediaCategory": "NONE",
                        "media": [],
                        "shareFeatures": {"hashtags": []},
                    }
                }
            }
        },
        {"specificContent": {KEY: {"shareCommentary": {"$set": {"text": "after"}}}}},
    ],
)
async def test_patches_at_any_depth_reach_the_same_state(api: Api, patch: dict[str, Any]) -> None:
    urn = await created(api, share("before"))
    answer = await api.patch(f"/v2/ugcPosts/{encoded(urn)}", {"patch": patch})
    shown = await read(api, urn)
    assert (answer.status_code, answer.content) == (204, b"")
    assert shown["specificContent"][KEY]["shareCommentary"]["text"] == "after"
    assert shown["versionTag"] == "2"


async def test_category_cannot_be_patched(api: Api) -> None:
    urn = await created(api, share("before"))
    patch = {"specificContent": {KEY: {"$set": {"shareMediaCategory": "ARTICLE"}}}}
    answer = await api.patch(f"/v2/ugcPosts/{encoded(urn)}", {"patch": patch})
    assert answer.status_code == 400


async def test_draft_is_hidden_until_it_is_published(api: Api) -> None:
    urn = await created(api, share("later") | {"lifecycleState": "DRAFT"})
    path = f"/v2/ugcPosts/{encoded(urn)}"
    assert (await api.get(path)).status_code == 404
    assert (await api.get(f"{path}?viewContext=AUTHOR")).json()["lifecycleState"] == "DRAFT"
    await api.patch(path, {"patch": {"$set": {"lifecycleState": "PUBLISHED"}}})
    assert (await read(api, urn))["lifecycleState"] == "PUBLISHED"


@pytest.mark.parametrize("again", ["204", "404"])
async def test_second_delete_follows_its_switch(api: Api, again: str) -> None:
    api.world.switches["posts.second_delete_v2"] = again
    path = f"/v2/ugcPosts/{encoded(await created(api, share()))}"
    assert (await api.send("DELETE", path, token=api.token("w_member_social"))).status_code == 204
    assert (await api.send("DELETE", path)).status_code == int(again)


async def test_finder_reads_authors_in_both_protocols(api: Api) -> None:
    urn = await created(api, share(author=NORTHWIND))
    modern = await api.get(f"/v2/ugcPosts?q=authors&authors=List({encoded(NORTHWIND)})&sortBy=CREATED")
    legacy = await api.get(
        f"/v2/ugcPosts?q=authors&authors[0]={NORTHWIND}", headers={"x-restli-protocol-version": "1.0.0"}
    )
    assert [e["id"] for e in modern.json()["elements"]] == [urn]
    assert [e["id"] for e in legacy.json()["elements"]] == [urn]


async def test_batch_get_keeps_the_keys_as_asked(api: Api) -> None:
    urn = await created(api, share())
    answer = (await api.get(f"/v2/ugcPosts?ids=List({encoded(urn)},urn%3Ali%3AugcPost%3A1)")).json()
    assert list(answer["results"]) == [urn]
    assert answer["errors"]["urn:li:ugcPost:1"]["status"] == 404


class TestRefusals:
    @pytest.mark.parametrize("author", [BEN, "sBx7kQ2mWa", HARBOUR, "urn:li:person:nobody"])
    async def test_author_that_the_caller_may_not_be_is_403(self, api: Api, author: str) -> None:
        answer = await api.post("/v2/ugcPosts", share(author=author))
        assert answer.status_code == 403
        assert answer.json() == {
            "status": 403,
            "serviceErrorCode": 100,
            "code": "ACCESS_DENIED",
            "message": "Field Value validation failed in REQUEST_BODY: "
            "Data Processing Exception while processing fields [/author]",
        }

    async def test_organization_without_the_scope_is_403_here(self, api: Api) -> None:
        answer = await api.post("/v2/ugcPosts", share(author=NORTHWIND), token=api.token("w_member_social"))
        assert (answer.status_code, answer.json()["message"].endswith("[/author]")) == (403, True)

    async def test_null_is_an_unpermitted_field(self, api: Api) -> None:
        answer = await api.post("/v2/ugcPosts", share() | {"distribution": None})
        assert answer.json()["message"] == (
            "Unpermitted fields present in REQUEST_BODY: "
            "Data Processing Exception while processing fields [/distribution]"
        )

    async def test_body_that_is_no_object_is_400(self, api: Api) -> None:
        answer = await api.send("POST", "/v2/ugcPosts", content=b"[]")
        assert answer.json()["message"] == "Request body could not be converted to data map"

    async def test_missing_and_unknown_fields_are_422(self, api: Api) -> None:
        body = share()
        del body["visibility"]
        body["specificContent"][KEY]["shareMediaCategory"] = "PICTURE"
        body["text"] = "Hello"
        answer = await api.post("/v2/ugcPosts", body)
        assert answer.status_code == 422
        assert answer.json()["message"] == (
            "ERROR :: /visibility :: field is required but not found and has no default value\n"
            f'ERROR :: /specificContent/{KEY}/shareMediaCategory :: "PICTURE" is not an enum symbol\n'
            "ERROR :: /text :: unrecognized field found but not allowed\n"
        )

    @pytest.mark.parametrize(
        "content",
        [
            {"com.linkedin.ugc.Wrong": {}},
            {KEY: {"shareCommentary": {"text": "x"}, "shareMediaCategory": "IMAGE"}},
            {KEY: {"shareCommentary": {"text": "x"}, "shareMediaCategory": "IMAGE", "media": []}},
            {KEY: {"shareCommentary": {"text": "x"}, "shareMediaCategory": "NONE", "media": [{"status": "READY"}]}},
            {
                KEY: {
                    "shareCommentary": {"text": "x"},
                    "shareMediaCategory": "IMAGE",
                    "media": [{"status": "READY", "media": "urn:li:image:x"}],
                }
            },
            {
                KEY: {
                    "shareCommentary": {"text": "x"},
                    "shareMediaCategory": "ARTICLE",
                    "media": [{"status": "READY", "originalUrl": "not a page"}],
                }
            },
            {
                KEY: {
                    "shareCommentary": {"text": "x"},
                    "shareMediaCategory": "CAROUSEL",
                    "media": [{"status": "READY"}],
                }
            },
        ],
    )
    async def test_content_that_does_not_fit_its_category_is_400(self, api: Api, content: Any) -> None:
        answer = await api.post("/v2/ugcPosts", share() | {"specificContent": content})
        assert answer.status_code == 400
        assert input_error(answer)["description"].startswith("ShareContent")

    async def test_over_long_text_is_400(self, api: Api) -> None:
        answer = await api.post("/v2/ugcPosts", share("a" * 3001))
        assert (answer.status_code, input_error(answer)["code"]) == (400, "FIELD_ARRAY_SIZE_TOO_HIGH")

    async def test_unready_failed_or_foreign_asset_is_422(self, api: Api) -> None:
        waiting = await asset(api)
        broken = await asset(api, data=b"no picture")
        foreign = (await api.image(owner=NORTHWIND)).replace("image", "digitalmediaAsset")
        for urn in (waiting, broken, foreign, "urn:li:digitalmediaAsset:nowhere"):
            media = [{"status": "READY", "media": urn}]
            answer = await api.post("/v2/ugcPosts", share(shareMediaCategory="IMAGE", media=media))
            assert answer.status_code == 422
        assert not api.world.state(Posts).by_urn

    async def test_duplicate_is_422(self, api: Api) -> None:
        urn = await created(api, share())
        answer = await api.post("/v2/ugcPosts", share())
        assert (answer.status_code, input_error(answer)["code"]) == (422, "DUPLICATE_POST")
        assert answer.json()["message"].endswith(f"Content is a duplicate of {urn}")

    async def test_write_scope_does_not_read(self, api: Api) -> None:
        urn = await created(api, share())
        answer = await api.get(f"/v2/ugcPosts/{encoded(urn)}", token=api.token("w_member_social"))
        assert answer.status_code == 403
        assert answer.json()["message"] == "Not enough permissions to access: ugcPosts.GET.NO_VERSION"

    async def test_unknown_token_is_401(self, api: Api) -> None:
        answer = await api.post("/v2/ugcPosts", share(), token="made-up")
        assert (answer.status_code, answer.json()["serviceErrorCode"]) == (401, 65600)
