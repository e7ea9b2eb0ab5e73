"""Images, assets and uploads: registration, bytes good and bad, processing, download."""

import io
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image

from inroad.common.clock import to_millis
from inroad.sandbox import uploads
from inroad.sandbox.resources.levers import SLOW_MEDIA, Levers
from inroad.sandbox.resources.media.pictures import facts

from .conftest import ADA, BEN, HARBOUR, NORTHWIND, NOW, Api, encoded, picture

REGISTER = "/v2/assets?action=registerUpload"
SINGLE = "com.linkedin.digitalmedia.uploading.MediaUploadHttpRequest"
MULTIPART = "com.linkedin.digitalmedia.uploading.MultipartUpload"


async def begin(api: Api, owner: str = ADA) -> dict[str, Any]:
    answer = await api.post("/rest/images?action=initializeUpload", {"initializeUploadRequest": {"owner": owner}})
    assert answer.status_code == 200, answer.text
    value = answer.json()["value"]
    assert isinstance(value, dict)
    return value


async def status(api: Api, urn: str) -> str:
    return str((await api.get(f"/rest/images/{encoded(urn)}")).json()["status"])


def registration(**changes: Any) -> dict[str, Any]:
    return {
        "registerUploadRequest": {
            "owner": ADA,
            "recipes": ["urn:li:digitalmediaRecipe:feedshare-image"],
            "serviceRelationships": [{"relationshipType": "OWNER", "identifier": "urn:li:userGeneratedContent"}],
            **changes,
        }
    }


def animation(frames: int) -> bytes:
    out = io.BytesIO()
    # Equal neighbours would be saved as one frame.
    pictures = [Image.new("L", (2, 2), 255 * (n % 2)) for n in range(frames)]
    pictures[0].save(out, "GIF", save_all=True, append_images=pictures[1:], duration=20)
    return out.getvalue()


class TestImages:
    async def test_initialize_answers_with_address_urn_and_expiry(self, api: Api) -> None:
        value = await begin(api)
        address = urlsplit(value["uploadUrl"])
        assert value["image"].startswith("urn:li:image:D4E22AQ")
        assert address.netloc == "linkedin.test"
        assert address.path == f"/dms-uploads/{value['image'].rpartition(':')[2]}/uploaded-image/0"
        assert value["uploadUrlExpiresAt"] == to_millis(NOW + timedelta(hours=24))

    async def test_picture_goes_from_waiting_over_processing_to_available(self, api: Api) -> None:
        value = await begin(api)
        seen = [await status(api, value["image"])]
        await api.client.put(value["uploadUrl"], content=picture())
        seen.append(await status(api, value["image"]))
        api.pass_time(2)
        seen.append(await status(api, value["image"]))
        assert seen == ["WAITING_UPLOAD", "PROCESSING", "AVAILABLE"]

    async def test_available_picture_can_be_downloaded(self, api: Api) -> None:
        image = await api.image(data=picture(300, 200))
        shown = (await api.get(f"/rest/images/{encoded(image)}")).json()
        answer = await api.client.get(shown["downloadUrl"])
        assert sorted(shown) == ["downloadUrl", "downloadUrlExpiresAt", "id", "owner", "status"]
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
        assert facts(answer.content).width == 300

    async def test_download_address_expires(self, api: Api) -> None:
        image = await api.image()
        address = (await api.get(f"/rest/images/{encoded(image)}")).json()["downloadUrl"]
        api.world.clock.advance(timedelta(days=61))
        assert (await api.client.get(address)).status_code == 403

    async def test_write_scope_reads_the_state_unless_the_switch_says_no(self, api: Api) -> None:
        image, token = await api.image(), api.token("w_member_social")
        allowed = await api.get(f"/rest/images/{encoded(image)}", token=token)
        api.world.switches["image.member_read"] = "403"
        refused = await api.get(f"/rest/images/{encoded(image)}", token=token)
        assert allowed.status_code == 200
        assert refused.status_code == 403
        assert refused.json()["message"] == (
            "Accessing this image resource is forbidden. Please check your permissions for this resource"
        )

    async def test_strangers_picture_is_forbidden_and_an_unknown_one_not_found(self, api: Api) -> None:
        image = await api.image()
        stranger = await api.get(f"/rest/images/{encoded(image)}", token=api.token(member="sBx8kQ2mWb"))
        unknown = await api.get("/rest/images/urn%3Ali%3Aimage%3Anowhere")
        assert (stranger.status_code, unknown.status_code) == (403, 404)

    async def test_batch_get_tells_finds_and_failures(self, api: Api) -> None:
        image = await api.image()
        body = (await api.get(f"/rest/images?ids=List({encoded(image)},urn%3Ali%3Aimage%3Ax)")).json()
        assert body["results"][image]["status"] == "AVAILABLE"
        assert body["errors"]["urn:li:image:x"]["status"] == 404

    async def test_organization_owner_without_the_scope_is_400(self, api: Api) -> None:
        answer = await api.post(
            "/rest/images?action=initializeUpload",
            {"initializeUploadRequest": {"owner": NORTHWIND}},
            token=api.token("w_member_social"),
        )
        assert answer.status_code == 400
        assert answer.json()["message"] == "Organization permissions must be used when using organization as owner"

    async def test_person_owner_with_an_organization_token_is_400(self, api: Api) -> None:
        answer = await api.post(
            "/rest/images?action=initializeUpload",
            {"initializeUploadRequest": {"owner": ADA}},
            token=api.token("w_organization_social"),
        )
        assert answer.json() == {"message": "Member permissions must be used when using person as owner", "status": 400}

    @pytest.mark.parametrize("owner", [BEN, HARBOUR, "sBx7kQ2mWa"])
    async def test_owner_that_the_caller_may_not_be_is_403(self, api: Api, owner: str) -> None:
        answer = await api.post("/rest/images?action=initializeUpload", {"initializeUploadRequest": {"owner": owner}})
        assert (answer.status_code, answer.json()["message"].endswith("[/initializeUploadRequest/owner]")) == (
            403,
            True,
        )

    async def test_content_administrator_posts_but_does_not_upload(self, api: Api) -> None:
        answer = await api.post(
            "/rest/images?action=initializeUpload",
            {"initializeUploadRequest": {"owner": NORTHWIND}},
            token=api.token(member="sBx8kQ2mWb"),
        )
        assert answer.status_code == 403

    async def test_misspelt_field_is_422(self, api: Api) -> None:
        answer = await api.post("/rest/images?action=initializeUpload", {"initializeUploadRequest": {"ower": ADA}})
        assert answer.status_code == 422
        assert answer.json()["message"] == (
            "ERROR :: /initializeUploadRequest/owner :: field is required but not found and has no default value\n"
            "ERROR :: /initializeUploadRequest/ower :: unrecognized field found but not allowed\n"
        )


class TestBytes:
    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF"])
    async def test_three_formats_are_processed(self, api: Api, kind: str) -> None:
        assert await status(api, await api.image(data=picture(kind=kind))) == "AVAILABLE"

    @pytest.mark.parametrize("data", [b"%PDF-1.7", b"\xff\xd8\xffnot really", picture(kind="BMP"), picture()[:200]])
    async def test_anything_else_fails_in_processing(self, api: Api, data: bytes) -> None:
        assert await status(api, await api.image(data=data)) == "PROCESSING_FAILED"

    async def test_pixels_are_bounded(self, api: Api) -> None:
        # 36,152,320 pixels are one too many: 8,000 x 4,519 stay below, 8,000 x 4,520 do not.
        small = await api.image(data=picture(8000, 4519, kind="PNG"))
        large = await api.image(data=picture(8000, 4520, kind="PNG"))
        assert [await status(api, small), await status(api, large)] == ["AVAILABLE", "PROCESSING_FAILED"]

    async def test_frames_are_bounded(self, api: Api) -> None:
        good = await api.image(data=animation(250))
        bad = await api.image(data=animation(251))
        assert [await status(api, good), await status(api, bad)] == ["AVAILABLE", "PROCESSING_FAILED"]

    async def test_bomb_is_refused_by_its_header(self) -> None:
        header = picture(8, 8, kind="PNG")
        bomb = header[:16] + (60_000).to_bytes(4) * 2 + header[24:]
        assert facts(bomb).failure != ""

    async def test_slow_media_takes_as_long_as_the_lever_says(self, api: Api) -> None:
        api.world.state(Levers).on[SLOW_MEDIA] = 600
        image = await api.image(wait=599)
        before = await status(api, image)
        api.pass_time(1)
        assert (before, await status(api, image)) == ("PROCESSING", "AVAILABLE")


class TestUploads:
    @pytest.mark.parametrize("method", ["PUT", "POST"])
    async def test_both_methods_answer_201_with_nothing(self, api: Api, method: str) -> None:
        address = (await begin(api))["uploadUrl"]
        answer = await api.client.request(method, address, content=picture())
        assert (answer.status_code, answer.content) == (201, b"")

    async def test_post_is_refused_by_switch(self, api: Api) -> None:
        api.world.switches["upload.method"] = "put"
        answer = await api.client.post((await begin(api))["uploadUrl"], content=picture())
        assert answer.status_code == 405

    async def test_last_write_wins(self, api: Api) -> None:
        value = await begin(api)
        await api.client.put(value["uploadUrl"], content=b"broken")
        await api.client.put(value["uploadUrl"], content=picture())
        api.pass_time(5)
        assert await status(api, value["image"]) == "AVAILABLE"

    async def test_expired_address_is_400(self, api: Api) -> None:
        address = (await begin(api))["uploadUrl"]
        api.world.clock.advance(timedelta(hours=24))
        answer = await api.client.put(address, content=picture())
        assert (answer.status_code, answer.json()["code"]) == (400, "EXPIRED_UPLOAD_URL")

    async def test_tampered_address_opens_nothing(self, api: Api) -> None:
        address = (await begin(api))["uploadUrl"]
        changed = await api.client.put(address[:-1] + "!", content=picture())
        unknown = await api.client.put("/dms-uploads/nowhere/uploaded-image/0?sau=x", content=picture())
        assert (changed.status_code, unknown.status_code) == (403, 404)

    async def test_wrong_token_is_401_and_none_is_fine(self, api: Api) -> None:
        address = (await begin(api))["uploadUrl"]
        wrong = await api.client.put(address, content=picture(), headers={"authorization": "Bearer made-up"})
        none = await api.client.put(address, content=picture())
        assert (wrong.status_code, wrong.json()["code"], none.status_code) == (401, "INVALID_ACCESS_TOKEN", 201)

    async def test_token_is_asked_for_by_switch(self, api: Api) -> None:
        api.world.switches["upload.require_token"] = "images"
        address = (await begin(api))["uploadUrl"]
        without = await api.client.put(address, content=picture())
        with_one = await api.client.put(address, content=picture(), headers={"authorization": f"Bearer {api.token()}"})
        assert (without.status_code, with_one.status_code) == (401, 201)

    async def test_form_data_is_refused_or_read_by_switch(self, api: Api) -> None:
        value = await begin(api)
        refused = await api.client.put(value["uploadUrl"], files={"file": ("a.jpg", picture(), "image/jpeg")})
        api.world.switches["upload.multipart"] = "accept"
        accepted = await api.client.put(value["uploadUrl"], files={"file": ("a.jpg", picture(), "image/jpeg")})
        api.pass_time(5)
        assert (refused.status_code, refused.json()["code"]) == (415, "UNSUPPORTED_MEDIA_TYPE")
        assert accepted.status_code == 201
        assert await status(api, value["image"]) == "AVAILABLE"

    async def test_too_many_bytes_are_413(self, api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(uploads, "MAX_UPLOAD_BYTES", 1000)
        address = (await begin(api))["uploadUrl"]

        async def stream() -> Any:
            for _ in range(11):
                yield b"x" * 100

        told = await api.client.put(address, content=b"x" * 1001)
        streamed = await api.client.put(address, content=stream())
        assert (told.status_code, streamed.status_code) == (413, 413)
        assert told.json()["code"] == "REQUEST_ENTITY_TOO_LARGE"


class TestAssets:
    async def test_registration_answers_as_recorded(self, api: Api) -> None:
        value = (await api.post(REGISTER, registration())).json()["value"]
        key = value["asset"].rpartition(":")[2]
        assert value["mediaArtifact"] == (
            f"urn:li:digitalmediaMediaArtifact:({value['asset']},"
            "urn:li:digitalmediaMediaArtifactClass:feedshare-uploadedImage)"
        )
        assert value["assetRealTimeTopic"] == f"urn:li-realtime:digitalmediaAssetUpdatesTopic:{value['asset']}"
        assert value["uploadMechanism"][SINGLE]["headers"] == {}
        address = value["uploadMechanism"][SINGLE]["uploadUrl"]
        assert address.startswith(f"http://linkedin.test/mediaUpload/{key}/feedshare-uploadedImage/0?ca=")

    @pytest.mark.parametrize("base", ["/v2", "/rest"])
    async def test_state_is_read_by_id_and_by_urn(self, api: Api, base: str) -> None:
        asset = (await api.post(f"{base}/assets?action=registerUpload", registration())).json()["value"]["asset"]
        by_id = (await api.get(f"{base}/assets/{asset.rpartition(':')[2]}")).json()
        by_urn = (await api.get(f"{base}/assets/{encoded(asset)}")).json()
        assert by_id == by_urn
        assert by_id == {
            "id": asset.rpartition(":")[2],
            "owner": ADA,
            "mediaTypeFamily": "STILLIMAGE",
            "status": "ALLOWED",
            "recipes": [{"recipe": "urn:li:digitalmediaRecipe:feedshare-image", "status": "WAITING_UPLOAD"}],
            "serviceRelationships": [{"identifier": "urn:li:userGeneratedContent", "relationshipType": "OWNER"}],
            "resourceRelationships": [],
            "created": to_millis(NOW),
            "lastModified": to_millis(NOW),
        }

    @pytest.mark.parametrize(
        ("changes", "path"),
        [
            ({"recipes": ["urn:li:digitalmediaRecipe:feedshare-document"]}, "recipes/0"),
            ({"recipes": [{"recipe": "x"}]}, "recipes/0"),
            ({"recipes": ["urn:li:digitalmediaRecipe:ads-image"]}, "recipes/0"),
            (
                {"serviceRelationships": [{"relationshipType": "OWNER", "identifier": "urn:li:other"}]},
                "serviceRelationships/0/identifier",
            ),
            ({"owner": BEN}, "owner"),
        ],
    )
    async def test_value_that_is_not_the_callers_is_403(self, api: Api, changes: dict[str, Any], path: str) -> None:
        answer = await api.post(REGISTER, registration(**changes))
        assert answer.status_code == 403
        assert answer.json()["message"] == (
            "Field Value validation failed in REQUEST_BODY: "
            f"Data Processing Exception while processing fields [/registerUploadRequest/{path}]"
        )

    async def test_multipart_upload_is_joined_when_completed(self, api: Api) -> None:
        size = 5 * 1024 * 1024
        data = b"\0\0\0\x18ftypmp42" + b"\0" * (size - 12)
        value = (
            await api.post(
                REGISTER,
                registration(
                    recipes=["urn:li:digitalmediaRecipe:feedshare-video"],
                    supportedUploadMechanism=["MULTIPART_UPLOAD"],
                    fileSize=size,
                ),
            )
        ).json()["value"]
        upload = value["uploadMechanism"][MULTIPART]
        told = []
        for part in upload["partUploadRequests"]:
            span = part["byteRange"]
            answer = await api.client.put(part["url"], content=data[span["firstByte"] : span["lastByte"] + 1])
            assert answer.status_code == 200
            told.append({"headers": {"ETag": answer.headers["etag"]}, "httpStatusCode": 200})
        request = {
            "mediaArtifact": value["mediaArtifact"],
            "metadata": upload["metadata"],
            "partUploadResponses": told,
        }
        path = "/v2/assets?action=completeMultipartUpload"
        incomplete = await api.post(path, {"completeMultipartUploadRequest": {**request, "partUploadResponses": []}})
        complete = await api.post(path, {"completeMultipartUploadRequest": request})
        api.pass_time(10)
        state = (await api.get(f"/v2/assets/{encoded(value['asset'])}")).json()["recipes"][0]["status"]
        assert [(r["byteRange"]["firstByte"], r["byteRange"]["lastByte"]) for r in upload["partUploadRequests"]] == [
            (0, 4194303),
            (4194304, 5242879),
        ]
        assert (incomplete.status_code, incomplete.json()["message"]) == (400, "All chunks IDs must be signed")
        assert (complete.status_code, complete.content, state) == (200, b"", "AVAILABLE")


async def test_profile_picture_is_scaled_by_its_rendition(api: Api) -> None:
    name = "profile-displayphoto-shrink_100_100"
    answer = await api.client.get(f"/media/dms/image/C5603AQEada/{name}/0")
    assert (facts(answer.content).width, facts(answer.content).height) == (100, 100)
