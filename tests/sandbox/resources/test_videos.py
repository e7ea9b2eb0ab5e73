"""`/rest/videos`: parts, tags, the end of an upload, processing, captions, thumbnails, posts."""

import gc
import hashlib
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from inroad.common.clock import to_millis
from inroad.sandbox.resources.levers import SLOW_MEDIA, Levers
from inroad.sandbox.resources.media.state import Media
from inroad.sandbox.storage import files_of, load, write_whole
from inroad.sandbox.world import World

from .conftest import ADA, BEN, HARBOUR, NORTHWIND, NOW, Api, encoded, input_error, picture, share, text_post
from .films import box, film

MIB = 1024 * 1024


async def begin(api: Api, size: int, **more: Any) -> dict[str, Any]:
    request = {"owner": ADA, "fileSizeBytes": size, **more}
    answer = await api.post("/rest/videos?action=initializeUpload", {"initializeUploadRequest": request})
    assert answer.status_code == 200, answer.text
    value = answer.json()["value"]
    assert isinstance(value, dict)
    return value


async def put_parts(api: Api, value: dict[str, Any], data: bytes) -> list[str]:
    tags = []
    for step in value["uploadInstructions"]:
        answer = await api.client.put(step["uploadUrl"], content=data[step["firstByte"] : step["lastByte"] + 1])
        assert (answer.status_code, answer.content) == (200, b""), answer.text
        tags.append(answer.headers["etag"].strip('"'))
    return tags


async def end(api: Api, video: str, tags: list[str], **more: Any) -> Any:
    request = {"video": video, "uploadToken": "", "uploadedPartIds": tags}
    return await api.post("/rest/videos?action=finalizeUpload", {"finalizeUploadRequest": request}, **more)


async def uploaded(api: Api, data: bytes | None = None, *, owner: str = ADA, wait: float = 10, **more: Any) -> str:
    data = data or film()
    value = await begin(api, len(data), owner=owner, **more)
    answer = await end(api, value["video"], await put_parts(api, value, data))
    assert (answer.status_code, answer.content) == (200, b""), answer.text
    api.pass_time(wait)
    return str(value["video"])


async def shown(api: Api, video: str) -> dict[str, Any]:
    body = (await api.get(f"/rest/videos/{encoded(video)}")).json()
    assert isinstance(body, dict)
    return body


class TestInitialize:
    async def test_answers_with_flat_byte_ranges(self, api: Api) -> None:
        value = await begin(api, 6 * MIB)
        key = value["video"].rpartition(":")[2]
        steps = value["uploadInstructions"]
        assert value["video"].startswith("urn:li:video:D4D10AQ")
        assert sorted(value) == ["uploadInstructions", "uploadToken", "uploadUrlsExpireAt", "video"]
        assert (value["uploadToken"], value["uploadUrlsExpireAt"]) == ("", to_millis(NOW + timedelta(days=30)))
        assert [(s["firstByte"], s["lastByte"]) for s in steps] == [(0, 4194303), (4194304, 6291455)]
        assert steps[1]["uploadUrl"].startswith(f"http://linkedin.test/dms-uploads/{key}/uploadedVideo?part=1&sau=")

    @pytest.mark.parametrize(
        ("size", "parts"), [(1, 1), (893_252, 1), (4 * MIB, 1), (4 * MIB + 1, 2), (5120 * MIB, 1280)]
    )
    async def test_parts_are_four_mebibytes(self, api: Api, size: int, parts: int) -> None:
        steps = (await begin(api, size))["uploadInstructions"]
        assert (len(steps), steps[-1]["lastByte"]) == (parts, size - 1)

    @pytest.mark.parametrize("size", [0, -1, 5 * 1024**3 + 1])
    async def test_other_sizes_are_refused(self, api: Api, size: int) -> None:
        request = {"owner": ADA, "fileSizeBytes": size}
        answer = await api.post("/rest/videos?action=initializeUpload", {"initializeUploadRequest": request})
        assert (answer.status_code, input_error(answer)["code"]) == (400, "INVALID_VALUE_FOR_FIELD")

    async def test_schema_names_what_is_missing_and_misspelt(self, api: Api) -> None:
        request = {"owner": ADA, "uploadCaption": False}
        answer = await api.post("/rest/videos?action=initializeUpload", {"initializeUploadRequest": request})
        assert answer.status_code == 422
        assert answer.json()["message"] == (
            "ERROR :: /initializeUploadRequest/fileSizeBytes :: "
            "field is required but not found and has no default value\n"
            "ERROR :: /initializeUploadRequest/uploadCaption :: unrecognized field found but not allowed\n"
        )

    async def test_owner_comes_before_the_schema(self, api: Api) -> None:
        path = "/rest/videos?action=initializeUpload"
        foreign = await api.post(path, {"initializeUploadRequest": {"owner": BEN}})
        kind = await api.post(
            path, {"initializeUploadRequest": {"owner": NORTHWIND}}, token=api.token("w_member_social")
        )
        scope = await api.post(path, {"initializeUploadRequest": {"owner": ADA}}, token=api.token("profile"))
        assert foreign.json()["message"].endswith("[/initializeUploadRequest/owner]")
        assert kind.json()["message"] == "Organization permissions must be used when using organization as owner"
        assert scope.json()["message"] == (
            "Not enough permissions to access: partnerApiVideosExternal.ACTION-initializeUpload.20261001"
        )


class TestParts:
    async def test_the_assembled_file_is_what_was_sent(self, api: Api) -> None:
        data = film(size=9 * MIB + 17)
        video = await uploaded(api, data)
        body = await shown(api, video)
        medium = api.world.state(Media).named(video, "video")
        assert medium is not None
        assert medium.file is not None
        assert (medium.file.size, medium.file.sha256) == (len(data), hashlib.sha256(data).hexdigest())
        assert (await api.client.get(body["downloadUrl"])).content == data

    async def test_large_files_are_not_in_memory_and_parts_do_not_stay(self, api: Api) -> None:
        data = film(size=9 * MIB)
        value = await begin(api, len(data))
        tags = await put_parts(api, value, data)
        during = sorted(f.stat().st_size for f in api.world.files.folder.iterdir())
        await end(api, value["video"], tags)
        after = [f.stat().st_size for f in api.world.files.folder.iterdir()]
        assert (during, after) == ([MIB, 4 * MIB, 4 * MIB], [9 * MIB])
        assert sum(len(blob.data) for blob in api.world.blobs.values()) < 2 * MIB

    async def test_no_token_is_needed_and_none_is_looked_at(self, api: Api) -> None:
        data = film()
        value = await begin(api, len(data))
        address = value["uploadInstructions"][0]["uploadUrl"]
        answer = await api.client.put(address, content=data, headers={"authorization": "Bearer made-up"})
        assert answer.status_code == 200

    async def test_the_tag_is_quoted_and_both_forms_are_understood(self, api: Api) -> None:
        data = film()
        value = await begin(api, len(data))
        answer = await api.client.put(value["uploadInstructions"][0]["uploadUrl"], content=data)
        tag = answer.headers["etag"]
        finished = await end(api, value["video"], [tag])
        assert (tag[0], tag[-1], finished.status_code) == ('"', '"', 200)

    async def test_a_part_of_another_length_is_refused(self, api: Api) -> None:
        value = await begin(api, 5 * MIB)
        first, second = (s["uploadUrl"] for s in value["uploadInstructions"])
        short = await api.client.put(first, content=b"x" * 100)
        long = await api.client.put(second, content=b"x" * (2 * MIB))
        beyond = await api.client.put(second.replace("part=1", "part=2"), content=b"x")
        assert [a.status_code for a in (short, long, beyond)] == [400, 413, 404]
        assert short.json()["message"] == "part 0 must have 4194304 bytes, got 100"
        assert list(api.world.files.folder.iterdir()) == []

    async def test_the_whole_file_may_go_to_the_first_address(self, api: Api) -> None:
        data = film(size=5 * MIB)
        value = await begin(api, len(data))
        answer = await api.client.put(value["uploadInstructions"][0]["uploadUrl"], content=data)
        finished = await end(api, value["video"], [answer.headers["etag"]])
        api.pass_time(10)
        assert finished.status_code == 200
        assert (await api.client.get((await shown(api, value["video"]))["downloadUrl"])).content == data

    async def test_a_part_may_be_sent_again_and_the_last_one_counts(self, api: Api) -> None:
        data = film(size=5 * MIB)
        value = await begin(api, len(data))
        stale = await put_parts(api, value, b"\0" * len(data))
        fresh = await put_parts(api, value, data)
        refused = await end(api, value["video"], stale)
        accepted = await end(api, value["video"], fresh)
        assert (refused.status_code, accepted.status_code) == (400, 200)

    async def test_addresses_end_after_thirty_days(self, api: Api) -> None:
        data = film()
        value = await begin(api, len(data))
        tags = await put_parts(api, value, data)
        api.world.clock.advance(timedelta(days=30))
        late = await api.client.put(value["uploadInstructions"][0]["uploadUrl"], content=data)
        finished = await end(api, value["video"], tags)
        assert [(a.status_code, a.json()["code"]) for a in (late, finished)] == [(400, "EXPIRED_UPLOAD_URL")] * 2

    async def test_pieces_to_the_first_address_are_joined_by_switch(self, api: Api) -> None:
        data = film(size=5 * MIB)
        pieces = [data[at : at + 2 * MIB] for at in range(0, len(data), 2 * MIB)]
        refused = await api.client.put(
            (await begin(api, len(data)))["uploadInstructions"][0]["uploadUrl"], content=pieces[0]
        )
        api.world.switches["upload.concat"] = "on"
        value = await begin(api, len(data))
        address = value["uploadInstructions"][0]["uploadUrl"]
        tags = [(await api.client.put(address, content=piece)).headers["etag"] for piece in pieces]
        finished = await end(api, value["video"], tags)
        api.pass_time(10)
        body = await shown(api, value["video"])
        assert (refused.status_code, len(set(tags)), finished.status_code) == (400, 3, 200)
        assert (await api.client.get(body["downloadUrl"])).content == data


class TestFinalize:
    @pytest.mark.parametrize("change", ["empty", "foreign", "swapped", "missing", "twice"])
    async def test_tags_must_be_those_of_the_parts_in_their_order(self, api: Api, change: str) -> None:
        data = film(size=5 * MIB)
        value = await begin(api, len(data))
        one, two = await put_parts(api, value, data)
        told = {
            "empty": [],
            "foreign": [one, "4b1f0e"],
            "swapped": [two, one],
            "missing": [one],
            "twice": [one, two, two],
        }[change]
        answer = await end(api, value["video"], told)
        assert answer.status_code == 400
        assert answer.json() == {"message": "All chunks IDs must be signed", "status": 400}

    async def test_nothing_uploaded_is_told_apart(self, api: Api) -> None:
        value = await begin(api, 5 * MIB)
        waiting = await end(api, value["video"], ["4b1f0e"])
        empty = await end(api, value["video"], [])
        assert input_error(waiting)["code"] == "MEDIA_ASSET_WAITING_UPLOAD"
        assert empty.json()["message"] == "All chunks IDs must be signed"

    async def test_unknown_and_foreign_videos(self, api: Api) -> None:
        unknown = await end(api, "urn:li:video:nowhere", ["a"])
        kind = await end(api, await api.image(), ["a"])
        data = film()
        value = await begin(api, len(data))
        tags = await put_parts(api, value, data)
        stranger = await end(api, value["video"], tags, token=api.token(member="sBx8kQ2mWb"))
        assert [input_error(a)["code"] for a in (unknown, kind)] == ["INVALID_VIDEO_ID"] * 2
        assert (stranger.status_code, stranger.json()["message"]) == (
            403,
            "Accessing this video resource is forbidden. Please check your permissions for this resource",
        )

    async def test_schema_comes_first(self, api: Api) -> None:
        answer = await api.post("/rest/videos?action=finalizeUpload", {"finalizeUploadRequest": {"video": "x"}})
        assert answer.status_code == 422
        assert answer.json()["message"].count("ERROR :: ") == 3

    async def test_again_changes_nothing(self, api: Api) -> None:
        data = film()
        value = await begin(api, len(data))
        tags = await put_parts(api, value, data)
        assert [(await end(api, value["video"], tags)).status_code for _ in "ab"] == [200, 200]


class TestProcessing:
    async def test_goes_from_waiting_over_processing_to_available(self, api: Api) -> None:
        data = film()
        value = await begin(api, len(data))
        seen = [await shown(api, value["video"])]
        tags = await put_parts(api, value, data)
        seen.append(await shown(api, value["video"]))
        await end(api, value["video"], tags)
        seen.append(await shown(api, value["video"]))
        api.pass_time(10)
        seen.append(await shown(api, value["video"]))
        assert [s["status"] for s in seen] == ["WAITING_UPLOAD", "WAITING_UPLOAD", "PROCESSING", "AVAILABLE"]
        assert "downloadUrl" not in seen[2]
        assert {n: seen[3][n] for n in ("owner", "duration", "aspectRatioWidth", "aspectRatioHeight")} == {
            "owner": ADA,
            "duration": 20_000,
            "aspectRatioWidth": 1080,
            "aspectRatioHeight": 1920,
        }

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (film(seconds=2.9), "shorter than 3 seconds"),
            (film(seconds=1801), "longer than 30 minutes"),
            (b"GIF89a" + b"\0" * 100, "unsupported format"),
            (box(b"ftyp", b"mp42") + box(b"moov", box(b"mvhd", b"\0\0\0\0")), "the container is broken"),
        ],
    )
    async def test_what_cannot_be_processed_says_why(self, api: Api, data: bytes, reason: str) -> None:
        body = await shown(api, await uploaded(api, data))
        assert (body["status"], body["processingFailureReason"]) == ("PROCESSING_FAILED", reason)

    @pytest.mark.parametrize("data", [film(seconds=3), film(seconds=1800), film(brand=b"qt  "), b"\0\0\0\x18ftypmp42"])
    async def test_what_the_limits_allow_becomes_available(self, api: Api, data: bytes) -> None:
        assert (await shown(api, await uploaded(api, data)))["status"] == "AVAILABLE"

    async def test_joined_pieces_of_another_size_fail(self, api: Api) -> None:
        api.world.switches["upload.concat"] = "on"
        value = await begin(api, 5 * MIB)
        answer = await api.client.put(value["uploadInstructions"][0]["uploadUrl"], content=film())
        await end(api, value["video"], [answer.headers["etag"]])
        api.pass_time(10)
        assert (await shown(api, value["video"]))["processingFailureReason"].endswith("5242880 were announced")

    async def test_the_lever_slows_it_down(self, api: Api) -> None:
        api.world.state(Levers).on[SLOW_MEDIA] = 600
        video = await uploaded(api, wait=599)
        assert (await shown(api, video))["status"] == "PROCESSING"

    async def test_a_player_may_ask_for_ranges(self, api: Api) -> None:
        data = film(size=MIB)
        address = (await shown(api, await uploaded(api, data)))["downloadUrl"]
        answer = await api.client.get(address, headers={"range": "bytes=10-19"})
        api.world.clock.advance(timedelta(days=61))
        expired = await api.client.get(address)
        assert (answer.status_code, answer.content, answer.headers["content-type"]) == (206, data[10:20], "video/mp4")
        assert expired.status_code == 403


class TestExtras:
    async def test_captions_and_thumbnail_have_addresses_of_their_own(self, api: Api) -> None:
        data = film()
        value = await begin(api, len(data), uploadCaptions=True, uploadThumbnail=True)
        captions = await api.client.put(
            value["captionsUploadUrl"], content=b"WEBVTT\n\n00:00.000 --> 00:02.000\nGood morning\n"
        )
        thumbnail = await api.client.put(value["thumbnailUploadUrl"], content=picture(320, 180))
        await end(api, value["video"], await put_parts(api, value, data))
        api.pass_time(10)
        body = await shown(api, value["video"])
        read = await api.client.get(body["captions"])
        assert (captions.status_code, thumbnail.status_code) == (201, 201)
        assert (read.headers["content-type"].partition(";")[0], read.text[:6]) == ("text/vtt", "WEBVTT")
        assert (await api.client.get(body["thumbnail"])).headers["content-type"] == "image/jpeg"

    async def test_other_bytes_are_415_and_unasked_addresses_404(self, api: Api) -> None:
        value = await begin(api, 1000, uploadCaptions=True, uploadThumbnail=True)
        captions = await api.client.put(value["captionsUploadUrl"], content=b"\xff\xfe")
        thumbnail = await api.client.put(value["thumbnailUploadUrl"], content=b"GIF?")
        plain = await begin(api, 1000)
        unasked = plain["uploadInstructions"][0]["uploadUrl"].replace("uploadedVideo", "captions")
        assert (captions.status_code, thumbnail.status_code) == (415, 415)
        assert (await api.client.put(unasked, content=b"1 --> 2")).status_code == 404

    async def test_the_switch_closes_reading_to_write_scopes(self, api: Api) -> None:
        video, token = await uploaded(api), api.token("w_member_social")
        allowed = await api.get(f"/rest/videos/{encoded(video)}", token=token)
        api.world.switches["video.member_read"] = "403"
        refused = await api.get(f"/rest/videos/{encoded(video)}", token=token)
        assert (allowed.status_code, refused.status_code) == (200, 403)

    async def test_batch_get(self, api: Api) -> None:
        video = await uploaded(api)
        body = (await api.get(f"/rest/videos?ids=List({encoded(video)},urn%3Ali%3Avideo%3Ax)")).json()
        assert (body["results"][video]["status"], body["errors"]["urn:li:video:x"]["status"]) == ("AVAILABLE", 404)

    async def test_an_ad_accounts_library_lists_its_videos(self, api: Api) -> None:
        ads = api.token("w_member_social rw_ads")
        account = "urn:li:sponsoredAccount:512345678"
        metadata = {"associatedAccount": account, "assetName": "Teaser"}
        request = {"owner": ADA, "fileSizeBytes": 1000, "mediaLibraryMetadata": metadata}
        begun = await api.post("/rest/videos?action=initializeUpload", {"initializeUploadRequest": request}, token=ads)
        video = begun.json()["value"]["video"]
        path = f"/rest/videos?q=associatedAccount&associatedAccount={encoded(account)}"
        listed = (await api.get(path, token=ads)).json()["elements"]
        changed = await api.patch(
            f"/rest/videos/{encoded(video)}",
            {"patch": {"mediaLibraryMetadata": {"$set": {"assetName": "Autumn"}}}},
            token=ads,
        )
        again = (await api.get(f"{path}&sortOrder=ASCENDING", token=ads)).json()["elements"]
        wrong = await api.get(path.replace("sponsoredAccount", "person"), token=ads)
        assert [(e["id"], e["mediaLibraryMetadata"]) for e in listed] == [(video, metadata)]
        assert (changed.status_code, again[0]["mediaLibraryMetadata"]["assetName"]) == (204, "Autumn")
        assert (wrong.status_code, input_error(wrong)["code"]) == (400, "PARAM_INVALID")
        assert (await api.get(path, token=api.token("w_member_social"))).status_code == 403


class TestPosts:
    async def test_a_post_waits_for_its_video(self, api: Api) -> None:
        video = await uploaded(api, wait=0)
        content = {"media": {"id": video, "title": "Ninety seconds in the shop"}}
        made = await api.post("/rest/posts", text_post(content=content))
        urn = made.headers["x-restli-id"]
        path = f"/rest/posts/{encoded(urn)}"
        before = (await api.get(path)).json()
        comment = {"actor": ADA, "message": {"text": "First"}}
        unseen = await api.post(f"/rest/socialActions/{encoded(urn)}/comments", comment)
        api.pass_time(10)
        after = (await api.get(path)).json()
        assert urn.startswith("urn:li:ugcPost:")
        assert (before["lifecycleState"], after["lifecycleState"]) == ("PUBLISH_REQUESTED", "PUBLISHED")
        assert after["publishedAt"] == to_millis(NOW) + 10_000
        assert after["content"] == content
        assert unseen.json() == {"message": f"Unable to obtain activity for {urn}", "status": 404}

    async def test_a_post_fails_with_its_video(self, api: Api) -> None:
        value = await begin(api, 100)
        await end(api, value["video"], await put_parts(api, value, b"\0" * 100))
        made = await api.post("/rest/posts", text_post(content={"media": {"id": value["video"]}}))
        api.pass_time(10)
        body = (await api.get(f"/rest/posts/{encoded(made.headers['x-restli-id'])}")).json()
        assert body["lifecycleState"] == "PUBLISH_FAILED"

    async def test_a_video_that_is_not_finished_or_foreign_is_refused(self, api: Api) -> None:
        waiting = (await begin(api, 100))["video"]
        pages = await uploaded(api, owner=NORTHWIND)
        posts = [await api.post("/rest/posts", text_post(content={"media": {"id": v}})) for v in (waiting, pages)]
        assert input_error(posts[0])["code"] == "MEDIA_ASSET_WAITING_UPLOAD"
        assert posts[1].json()["message"].startswith("Accessing this video resource is forbidden")

    @pytest.mark.parametrize(("switch", "status"), [("reject", 400), ("drop_media", 201)])
    async def test_readiness_is_a_switch(self, api: Api, switch: str, status: int) -> None:
        api.world.switches["media.readiness"] = switch
        video = await uploaded(api, wait=0)
        answer = await api.post("/rest/posts", text_post(content={"media": {"id": video}}))
        assert answer.status_code == status

    async def test_the_family_of_video_posts_is_a_switch(self, api: Api) -> None:
        api.world.switches["ids.video_post"] = "share"
        made = await api.post("/rest/posts", text_post(content={"media": {"id": await uploaded(api)}}))
        assert made.headers["x-restli-id"].startswith("urn:li:share:")

    async def test_legacy_videos_go_through_files_too(self, api: Api) -> None:
        request = {
            "registerUploadRequest": {
                "owner": ADA,
                "recipes": ["urn:li:digitalmediaRecipe:feedshare-video"],
                "serviceRelationships": [{"relationshipType": "OWNER", "identifier": "urn:li:userGeneratedContent"}],
            }
        }
        value = (await api.post("/v2/assets?action=registerUpload", request)).json()["value"]
        upload = next(iter(value["uploadMechanism"].values()))
        put = await api.client.put(upload["uploadUrl"], content=film(size=2 * MIB))
        api.pass_time(10)
        content = {"shareMediaCategory": "VIDEO", "media": [{"status": "READY", "media": value["asset"]}]}
        made = await api.post("/v2/ugcPosts", share("Film", **content))
        body = (await api.get(f"/v2/ugcPosts/{encoded(made.json()['id'])}")).json()
        assert (put.status_code, body["lifecycleState"]) == (201, "PUBLISHED")
        assert len(list(api.world.files.folder.iterdir())) == 1


class TestKeeping:
    async def test_a_saved_world_finds_its_files_again(self, api: Api, tmp_path: Path) -> None:
        data = film(size=2 * MIB)
        video = await uploaded(api, data)
        kept = tmp_path / "world.json"
        temporary = api.world.files.folder
        api.world.files.settle(files_of(kept))
        write_whole(kept, api.world.to_document())
        (files_of(kept) / os.urandom(16).hex()).write_bytes(b"left over")
        (files_of(kept) / "notes.txt").write_text("not ours")
        again = load(kept)
        assert again is not None
        medium = again.state(Media).named(video, "video")
        assert medium is not None
        assert medium.file is not None
        assert again.files.path(medium.file).read_bytes() == data
        assert not temporary.exists()
        assert sorted(p.name for p in files_of(kept).iterdir()) == sorted([medium.file.name, "notes.txt"])

    async def test_a_snapshot_keeps_its_files_in_the_same_process(self, api: Api) -> None:
        address = (await shown(api, await uploaded(api)))["downloadUrl"]
        document = (await api.client.get("/sandbox/world")).content
        put = await api.client.put("/sandbox/world", content=document)
        api.world = World()
        gc.collect()
        assert (put.status_code, (await api.client.get(address)).status_code) == (200, 200)

    async def test_a_document_names_no_other_files_of_the_machine(self, tmp_path: Path) -> None:
        world = World()
        world.files.settle(tmp_path)
        with world.files.writing() as writing:
            kept = writing.done()
        with pytest.raises(ValueError, match="no file of this store"):
            world.files.path(type(kept)(name="../secret", size=1, sha256=""))

    async def test_a_broken_upload_leaves_nothing(self, api: Api) -> None:
        value = await begin(api, 3 * MIB)

        async def broken() -> Any:
            yield b"x" * MIB
            raise ConnectionError("the client went away")

        with pytest.raises(ConnectionError):
            await api.client.put(value["uploadInstructions"][0]["uploadUrl"], content=broken())
        assert list(api.world.files.folder.iterdir()) == []

    async def test_somebody_elses_page_owns_no_upload(self, api: Api) -> None:
        request = {"owner": HARBOUR, "fileSizeBytes": 1000}
        answer = await api.post("/rest/videos?action=initializeUpload", {"initializeUploadRequest": request})
        assert answer.status_code == 403
