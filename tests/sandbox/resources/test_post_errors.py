"""`/rest/posts`: every refusal of a create, with the exact status and body."""

from typing import Any

import pytest

from inroad.sandbox.resources.posts.state import Posts

from .conftest import ADA, BEN, HARBOUR, NORTHWIND, Api, encoded, input_error, picture, text_post

FIELD_REFUSED = "Data Processing Exception while processing fields"


async def refused(api: Api, body: Any, **more: Any) -> Any:
    answer = await api.post("/rest/posts", body, **more)
    assert answer.status_code >= 400, answer.headers
    assert not api.world.state(Posts).by_urn
    return answer


@pytest.mark.parametrize("body", [b"[]", b"not json", b'"text"'])
async def test_body_that_is_no_object_is_400(api: Api, body: bytes) -> None:
    answer = await api.send("POST", "/rest/posts", content=body)
    assert answer.status_code == 400
    assert answer.json() == {
        "status": 400,
        "code": "ILLEGAL_ARGUMENT",
        "message": "Request body could not be converted to data map",
    }


async def test_all_five_missing_fields_are_named_at_once(api: Api) -> None:
    answer = await refused(api, {"comentary": "Hello"})
    assert answer.status_code == 422
    missing = "field is required but not found and has no default value"
    assert answer.json() == {
        "message": f"ERROR :: /author :: {missing}\n"
        f"ERROR :: /commentary :: {missing}\n"
        f"ERROR :: /visibility :: {missing}\n"
        f"ERROR :: /distribution :: {missing}\n"
        f"ERROR :: /lifecycleState :: {missing}\n"
        "ERROR :: /comentary :: unrecognized field found but not allowed\n",
        "status": 422,
    }


async def test_misspelt_distribution_field_is_422(api: Api) -> None:
    answer = await refused(api, text_post(distribution={"feedDistribution": "MAIN_FEED", "targetEnties": []}))
    assert (
        answer.json()["message"] == "ERROR :: /distribution/targetEnties :: unrecognized field found but not allowed\n"
    )


async def test_unknown_enum_symbol_is_422(api: Api) -> None:
    answer = await refused(api, text_post(visibility="EVERYONE"))
    assert answer.json() == {"message": 'ERROR :: /visibility :: "EVERYONE" is not an enum symbol\n', "status": 422}


async def test_over_long_text_is_measured_as_its_reader_sees_it(api: Api) -> None:
    text = "\\(" + "a" * 3000
    answer = await refused(api, text_post(text))
    assert answer.status_code == 400
    assert answer.json() == {
        "errorDetailType": "com.linkedin.common.error.BadRequest",
        "message": "com.linkedin.content.common.exception.BadRequestResponseException: ShareCommentary text length "
        "(3001 characters) exceeded the maximum allowed (3000 characters)",
        "errorDetails": {
            "inputErrors": [
                {
                    "description": "Size of array cannot be higher than the maxLength",
                    "input": {"value": {"stringValue": text}},
                    "code": "FIELD_ARRAY_SIZE_TOO_HIGH",
                    "maxLength": 3000,
                }
            ]
        },
        "status": 400,
    }


async def test_escapes_do_not_count(api: Api) -> None:
    answer = await api.post("/rest/posts", text_post("\\(" * 3000))
    assert answer.status_code == 201


async def test_documented_family_names_the_length_otherwise(api: Api) -> None:
    api.world.switches["errors.posts_family"] = "documented"
    answer = await refused(api, text_post("a" * 3001))
    assert input_error(answer)["code"] == "FIELD_LENGTH_TOO_LONG"


@pytest.mark.parametrize("author", [BEN, "sBx7kQ2mWa", "urn:li:person:nobody", "urn:li:share:7", HARBOUR])
async def test_author_that_the_caller_may_not_be_is_403(api: Api, author: str) -> None:
    answer = await refused(api, text_post(author=author))
    assert answer.status_code == 403
    assert answer.json() == {
        "status": 403,
        "serviceErrorCode": 100,
        "code": "ACCESS_DENIED",
        "message": f"Field Value validation failed in REQUEST_BODY: {FIELD_REFUSED} [/author]",
    }


async def test_another_apps_person_id_is_403(api: Api) -> None:
    answer = await refused(api, text_post(author=ADA), token=api.token(app="other-app"))
    assert answer.json()["message"].endswith("[/author]")


async def test_organization_without_its_scope_is_400(api: Api) -> None:
    answer = await refused(api, text_post(author=NORTHWIND), token=api.token("w_member_social"))
    assert answer.status_code == 400
    assert answer.json() == {
        "message": "Organization permissions must be used when using organization as author",
        "status": 400,
    }


async def test_member_without_the_member_scope_is_400(api: Api) -> None:
    answer = await refused(api, text_post(), token=api.token("w_organization_social"))
    assert answer.json() == {"message": "Member permissions must be used when using member as author", "status": 400}


async def test_missing_scope_is_403_that_names_the_call(api: Api) -> None:
    answer = await refused(api, text_post(), token=api.token("openid profile"))
    assert answer.status_code == 403
    assert answer.json() == {
        "status": 403,
        "serviceErrorCode": 100,
        "code": "ACCESS_DENIED",
        "message": "Not enough permissions to access: partnerApiPostsExternal.CREATE.20261001",
    }


async def test_missing_version_is_400(api: Api) -> None:
    answer = await api.client.post("/rest/posts", json=text_post(), headers={"authorization": f"Bearer {api.token()}"})
    assert (answer.status_code, answer.json()["code"]) == (400, "VERSION_MISSING")


async def test_retired_version_is_426(api: Api) -> None:
    answer = await api.post("/rest/posts", text_post(), headers={"linkedin-version": "202306"})
    assert (answer.status_code, answer.json()["code"]) == (426, "NONEXISTENT_VERSION")


@pytest.mark.parametrize(("field", "value"), [("content", None), ("adContext", {"dscName": "Teaser", "isDsc": True})])
async def test_field_that_the_product_does_not_open_is_403(api: Api, field: str, value: Any) -> None:
    answer = await refused(api, text_post(**{field: value}))
    assert answer.status_code == 403
    assert answer.json()["message"] == f"Unpermitted fields present in REQUEST_BODY: {FIELD_REFUSED} [/{field}]"


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"lifecycleState": "DRAFT"}, "INVALID_VALUE_FOR_FIELD", "lifecycleState"),
        ({"visibility": "CONTAINER"}, "INVALID_VALUE_FOR_FIELD", "container"),
        ({"author": NORTHWIND, "visibility": "CONNECTIONS"}, "INVALID_VALUE_FOR_FIELD", "visibility"),
        ({"contentLandingPage": "not a page"}, "INVALID_URL", "contentLandingPage"),
        ({"contentCallToActionLabel": "CLICK"}, "INVALID_CALL_TO_ACTION", "contentCallToActionLabel"),
        ({"content": {"article": {"source": "ftp://example.org"}}}, "INVALID_URL", "content/article/source"),
        ({"content": {"media": {"id": "urn:li:digitalmediaAsset:x"}}}, "INVALID_URN_TYPE", "content/media/id"),
        ({"content": {"media": {"id": "urn:li:image:nowhere"}}}, "INVALID_URN_ID", "content/media/id"),
        ({"content": {"media": {"id": "urn:li:video:nowhere"}}}, "INVALID_URN_ID", "content/media/id"),
        ({"content": {"media": {"id": "urn:li:document:nowhere", "title": "x"}}}, "INVALID_URN_ID", "content/media/id"),
        ({"content": {"carousel": {"cards": []}}}, "INVALID_VALUE_FOR_FIELD", "content/carousel"),
        ({"content": {"celebration": {"recipients": []}}}, "INVALID_VALUE_FOR_FIELD", "content/celebration"),
        ({"content": {"reference": {"id": "urn:li:event:7"}}}, "INVALID_VALUE_FOR_FIELD", "content/reference"),
        (
            {"content": {"multiImage": {"images": [{"id": "urn:li:image:x"}]}}},
            "INVALID_VALUE_FOR_FIELD",
            "content/multiImage/images",
        ),
        (
            {"content": {"media": {"id": "urn:li:image:x", "altText": "a" * 4087}}},
            "FIELD_LENGTH_TOO_LONG",
            "content/media/altText",
        ),
        (
            {"content": {"article": {"source": "https://example.org", "title": "a" * 401}}},
            "FIELD_LENGTH_TOO_LONG",
            "content/article/title",
        ),
    ],
)
async def test_documented_value_rules_are_400(api: Api, change: dict[str, Any], code: str, field: str) -> None:
    answer = await refused(api, text_post(**change))
    assert answer.status_code == 400
    error = input_error(answer)
    assert (error["code"], error["input"]["inputPath"]["fieldPath"]) == (code, field)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"question": ""}, "content/poll/question"),
        ({"question": "q" * 141}, "content/poll/question"),
        ({"options": [{"text": "one"}]}, "content/poll/options"),
        ({"options": [{"text": "x"}] * 5}, "content/poll/options"),
        ({"options": [{"text": "x"}, {"text": "y" * 31}]}, "content/poll/options/1/text"),
        (
            {"settings": {"duration": "ONE_DAY", "voteSelectionType": "MULTIPLE_VOTE"}},
            "content/poll/settings/voteSelectionType",
        ),
        (
            {"settings": {"duration": "ONE_DAY", "isVoterVisibleToAuthor": False}},
            "content/poll/settings/isVoterVisibleToAuthor",
        ),
    ],
)
async def test_poll_limits_are_400(api: Api, change: dict[str, Any], field: str) -> None:
    poll = {"question": "q", "options": [{"text": "a"}, {"text": "b"}], "settings": {"duration": "ONE_DAY"}, **change}
    error = input_error(await refused(api, text_post(content={"poll": poll})))
    assert (error["code"], error["input"]["inputPath"]["fieldPath"]) == ("INVALID_VALUE_FOR_FIELD", field)


async def test_blank_text_with_nothing_else_is_422(api: Api) -> None:
    answer = await refused(api, text_post(""))
    assert (answer.status_code, input_error(answer)["code"]) == (422, "INVALID_VALUE_BLANK_FIELD")


async def test_reject_policy_refuses_unescaped_characters(api: Api) -> None:
    api.world.switches["little.policy"] = "reject"
    answer = await refused(api, text_post("Now open (durable)"))
    assert (answer.status_code, input_error(answer)["code"]) == (400, "INVALID_VALUE_FOR_FIELD")


async def test_picture_without_bytes_is_400(api: Api) -> None:
    begun = await api.post("/rest/images?action=initializeUpload", {"initializeUploadRequest": {"owner": ADA}})
    answer = await refused(api, text_post(content={"media": {"id": begun.json()["value"]["image"]}}))
    assert (answer.status_code, input_error(answer)["code"]) == (400, "MEDIA_ASSET_WAITING_UPLOAD")


async def test_picture_that_failed_is_400(api: Api) -> None:
    image = await api.image(data=b"GIF is what this is not")
    answer = await refused(api, text_post(content={"media": {"id": image}}))
    assert (answer.status_code, input_error(answer)["code"]) == (400, "MEDIA_ASSET_PROCESSING_FAILED")


async def test_reject_readiness_refuses_a_picture_in_processing(api: Api) -> None:
    api.world.switches["media.readiness"] = "reject"
    image = await api.image(wait=0)
    answer = await refused(api, text_post(content={"media": {"id": image}}))
    assert (answer.status_code, input_error(answer)["code"]) == (400, "UPDATING_ASSET_FAILED")


async def test_somebody_elses_picture_is_403(api: Api) -> None:
    image = await api.image(owner=NORTHWIND)
    answer = await refused(api, text_post(content={"media": {"id": image}}))
    assert answer.status_code == 403
    assert answer.json() == {
        "message": "Accessing this image resource is forbidden. Please check your permissions for this resource",
        "status": 403,
    }


@pytest.mark.parametrize("change", [{"reshareContext": {"parent": "urn:li:share:1"}}, {"container": "urn:li:group:1"}])
async def test_unknown_parent_or_container_is_404(api: Api, change: dict[str, Any]) -> None:
    answer = await refused(api, text_post(**change))
    assert (answer.status_code, answer.json()["code"]) == (404, "NOT_FOUND")


async def test_reshare_that_the_author_disabled_is_refused(api: Api) -> None:
    parent = (await api.post("/rest/posts", text_post("mine", isReshareDisabledByAuthor=True))).headers["x-restli-id"]
    answer = await api.post("/rest/posts", text_post("yours", reshareContext={"parent": parent}))
    assert answer.status_code == 400


class TestDuplicates:
    async def test_same_content_is_422_that_names_the_post(self, api: Api) -> None:
        first = (await api.post("/rest/posts", text_post())).headers["x-restli-id"]
        answer = await api.post("/rest/posts", text_post())
        assert answer.status_code == 422
        assert answer.json() == {
            "errorDetailType": "com.linkedin.common.error.BadRequest",
            "message": "com.linkedin.content.common.exception.BadRequestResponseException: "
            f"Content is a duplicate of {first}",
            "errorDetails": {
                "inputErrors": [{"description": "Duplicate post is detected", "input": {}, "code": "DUPLICATE_POST"}]
            },
            "status": 422,
        }

    async def test_texts_are_compared_after_parsing(self, api: Api) -> None:
        await api.post("/rest/posts", text_post("Hello"))
        assert (await api.post("/rest/posts", text_post("Hello)"))).status_code == 422
        assert (await api.post("/rest/posts", text_post("Hello\\)"))).status_code == 201

    async def test_window_ends_after_ten_minutes(self, api: Api) -> None:
        await api.post("/rest/posts", text_post())
        api.pass_time(599)
        assert (await api.post("/rest/posts", text_post())).status_code == 422
        api.pass_time(1)
        assert (await api.post("/rest/posts", text_post())).status_code == 201

    async def test_phantom_names_a_post_that_is_nowhere(self, api: Api) -> None:
        api.world.switches["duplicates.urn"] = "phantom"
        first = (await api.post("/rest/posts", text_post())).headers["x-restli-id"]
        named = (await api.post("/rest/posts", text_post())).json()["message"].rpartition(" ")[2]
        assert named != first
        assert (await api.get(f"/rest/posts/{encoded(named)}")).status_code == 404

    @pytest.mark.parametrize(("policy", "status"), [("free", 201), ("blocked", 422)])
    async def test_deleted_post_blocks_by_switch(self, api: Api, policy: str, status: int) -> None:
        api.world.switches["duplicates.after_delete"] = policy
        urn = (await api.post("/rest/posts", text_post())).headers["x-restli-id"]
        await api.send("DELETE", f"/rest/posts/{encoded(urn)}")
        assert (await api.post("/rest/posts", text_post())).status_code == status

    async def test_window_of_nothing_lets_everything_pass(self, api: Api) -> None:
        api.world.switches["duplicate_window"] = 0
        await api.post("/rest/posts", text_post())
        assert (await api.post("/rest/posts", text_post())).status_code == 201

    async def test_other_pictures_make_other_posts(self, api: Api) -> None:
        for data in (picture(10, 10), picture(11, 11)):
            image = await api.image(data=data)
            answer = await api.post("/rest/posts", text_post(content={"media": {"id": image}}))
            assert answer.status_code == 201

    async def test_reshare_of_the_same_parent_counts(self, api: Api) -> None:
        parent = (await api.post("/rest/posts", text_post("first"))).headers["x-restli-id"]
        reshare = text_post("", reshareContext={"parent": parent})
        assert (await api.post("/rest/posts", reshare)).status_code == 201
        assert (await api.post("/rest/posts", reshare)).status_code == 422

    async def test_other_generation_meets_the_same_guard(self, api: Api) -> None:
        from .conftest import share

        urn = (await api.post("/rest/posts", text_post("Hello #oak"))).headers["x-restli-id"]
        answer = await api.post("/v2/ugcPosts", share("Hello #oak"))
        assert (answer.status_code, answer.json()["message"].endswith(urn)) == (422, True)


async def test_development_tier_has_no_batch_get(api: Api) -> None:
    api.world.apps["demo-app"].tier = "development"
    answer = await api.get("/rest/posts?ids=List(urn%3Ali%3Ashare%3A1)")
    assert (answer.status_code, answer.json()["code"]) == (403, "ACCESS_DENIED")


async def test_raw_urn_in_the_path_is_400_under_protocol_2(api: Api) -> None:
    answer = await api.get("/rest/posts/urn:li:share:1")
    assert (answer.status_code, answer.json()["message"]) == (400, "Syntax exception in path variables")
