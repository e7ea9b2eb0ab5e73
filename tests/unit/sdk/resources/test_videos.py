import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from inroad.common.urn import Urn
from inroad.sdk.errors import ConnectionFailed, InvalidArgument, UnexpectedResponse
from inroad.sdk.flow import Piece, Sleep
from inroad.sdk.resources.images import MediaNotReady
from inroad.sdk.resources.video_source import video_source
from inroad.sdk.resources.videos import VideoPart, Videos, VideoUpload

ADA = Urn("person", "Kq7_dTz3Rm")
VIDEO = Urn("video", "D4D05AQH2cccccccccc")
AT = "https://www.linkedin.com/dms-uploads/D4D05AQH2cccccccccc"
DATA = b"0123456789"


def initialized(*ranges: tuple[int, int], **more: str) -> dict[str, object]:
    instructions = [
        {"uploadUrl": f"{AT}/uploadedVideo?part={number}", "firstByte": first, "lastByte": last}
        for number, (first, last) in enumerate(ranges)
    ]
    return {
        "value": {
            "video": str(VIDEO),
            "uploadUrlsExpireAt": 1795953600000,
            "uploadToken": "",
            "uploadInstructions": instructions,
            **more,
        }
    }


TWO_PARTS = initialized((0, 5), (6, 11))
"""The last range reaches past the end of ten bytes, as in LinkedIn's own example."""


def part(answer: Any, etag: str) -> Any:
    return answer(200, None, {"ETag": etag})


def started() -> VideoUpload:
    parts = (VideoPart(f"{AT}/uploadedVideo?part=0", 0, 6), VideoPart(f"{AT}/uploadedVideo?part=1", 6, 4))
    return VideoUpload(urn=VIDEO, size=10, parts=parts)


def test_a_video_is_cut_by_the_ranges_that_linkedin_gave(steps: Any, answer: Any) -> None:
    asked, urn = steps(
        Videos.upload.flow(None, owner=ADA, data=DATA),
        answer(200, TWO_PARTS),
        part(answer, '"4b1f0e"'),
        part(answer, "/ambry-videoei/signedId/77aa21.bin"),
        answer(200),
    )

    assert asked[0].json == {
        "initializeUploadRequest": {
            "owner": "urn:li:person:Kq7_dTz3Rm",
            "fileSizeBytes": 10,
            "uploadCaptions": False,
            "uploadThumbnail": False,
        }
    }
    assert [(step.path[-6:], step.content, step.authorized) for step in asked[1:3]] == [
        ("part=0", b"012345", False),
        ("part=1", b"6789", False),
    ]
    assert asked[3].params == {"action": "finalizeUpload"}
    assert asked[3].json == {
        "finalizeUploadRequest": {
            "video": str(VIDEO),
            "uploadToken": "",
            "uploadedPartIds": ["4b1f0e", "/ambry-videoei/signedId/77aa21.bin"],
        }
    }
    assert urn == VIDEO


def test_captions_and_thumbnail_are_sent_after_the_parts(steps: Any, answer: Any) -> None:
    asked, _ = steps(
        Videos.upload.flow(None, owner=ADA, data=DATA, captions=b"WEBVTT", thumbnail=b"jpeg"),
        answer(200, initialized((0, 9), captionsUploadUrl=f"{AT}/captions", thumbnailUploadUrl=f"{AT}/thumbnail")),
        part(answer, "a"),
        answer(201),
        answer(201),
        answer(200),
    )

    wanted = asked[0].json["initializeUploadRequest"]
    assert (wanted["uploadCaptions"], wanted["uploadThumbnail"]) == (True, True)
    assert [(step.path, step.content) for step in asked[2:4]] == [
        (f"{AT}/captions", b"WEBVTT"),
        (f"{AT}/thumbnail", b"jpeg"),
    ]


def test_an_upload_that_broke_off_sends_only_what_is_missing(steps: Any, answer: Any) -> None:
    told: list[VideoUpload] = []
    flow = Videos.upload.flow(None, owner=ADA, data=DATA, progress=told.append)
    with pytest.raises(ConnectionFailed):
        steps(flow, answer(200, TWO_PARTS), part(answer, "one"), ConnectionFailed("broken", sent=None))
    kept = told[-1].to_json()

    asked, urn = steps(Videos.resume.flow(None, VideoUpload.from_json(kept), DATA), part(answer, "two"), answer(200))

    assert [upload.bytes_sent for upload in told] == [0, 6]
    assert (asked[0].path, asked[0].content) == (f"{AT}/uploadedVideo?part=1", b"6789")
    assert asked[1].json["finalizeUploadRequest"]["uploadedPartIds"] == ["one", "two"]
    assert urn == VIDEO


def test_a_saved_upload_comes_back_as_it_was(steps: Any, answer: Any) -> None:
    _, upload = steps(Videos.initialize_upload.flow(None, ADA, size=10), answer(200, TWO_PARTS))

    assert VideoUpload.from_json(upload.to_json()) == upload
    with pytest.raises(InvalidArgument, match="not a saved video upload"):
        VideoUpload.from_json(b'{"urn": 7}')


def test_parts_can_be_sent_in_any_order(steps: Any, answer: Any) -> None:
    upload = started()
    for number, etag in ((1, "two"), (0, "one")):
        _, done = steps(Videos.put_part.flow(None, upload, upload.parts[number], DATA), part(answer, etag))
        upload = upload.with_part(done)

    asked, _ = steps(Videos.finalize_upload.flow(None, upload), answer(200))

    assert upload.missing == ()
    assert asked[0].json["finalizeUploadRequest"]["uploadedPartIds"] == ["one", "two"]


def test_an_upload_with_missing_parts_is_not_finished(steps: Any) -> None:
    with pytest.raises(InvalidArgument, match="2 of 2 parts have not been sent"):
        next(Videos.finalize_upload.flow(None, started()))


def test_a_part_without_etag_is_unexpected(steps: Any, answer: Any) -> None:
    with pytest.raises(UnexpectedResponse, match="no ETag"):
        steps(Videos.put_part.flow(None, started(), started().parts[0], DATA), answer(200))


@pytest.mark.parametrize("ranges", [[], [(0, 3)], [(0, 3), (5, 9)], [(1, 9)], [(0, 3), (0, 9)]])
def test_instructions_with_gaps_are_unexpected(ranges: list[tuple[int, int]], steps: Any, answer: Any) -> None:
    with pytest.raises(UnexpectedResponse, match="do not cover 10 bytes"):
        steps(Videos.initialize_upload.flow(None, ADA, size=10), answer(200, initialized(*ranges)))


def test_another_file_than_the_uploads_is_refused(steps: Any) -> None:
    with pytest.raises(InvalidArgument, match="size is 10 but there are 3 bytes"):
        Videos.resume.flow(None, started(), b"012")
    with pytest.raises(InvalidArgument, match="a stream cannot be cut anew"):
        Videos.resume.flow(None, started(), iter([DATA]))


@pytest.mark.parametrize("size", [0, -1, 5 * 1024**3 + 1])
def test_sizes_that_linkedin_refuses_are_refused(size: int) -> None:
    with pytest.raises(InvalidArgument, match="a video has 1 to 5,368,709,120 bytes"):
        next(Videos.initialize_upload.flow(None, ADA, size=size))


def test_captions_need_an_upload_that_announced_them() -> None:
    with pytest.raises(InvalidArgument, match="without captions"):
        next(Videos.put_captions.flow(None, started(), b"WEBVTT"))
    with pytest.raises(InvalidArgument, match="without a thumbnail"):
        next(Videos.put_thumbnail.flow(None, started(), b"jpeg"))


def test_a_path_is_measured_and_sent_as_pieces(tmp_path: Path, steps: Any, answer: Any) -> None:
    path = tmp_path / "video.mp4"
    path.write_bytes(DATA)

    asked, _ = steps(
        Videos.upload.flow(None, owner=ADA, data=path),
        answer(200, TWO_PARTS),
        part(answer, "a"),
        part(answer, "b"),
        answer(200),
    )

    assert [step.content for step in asked[1:3]] == [Piece(path, 0, 6), Piece(path, 6, 4)]


def test_a_file_is_measured_from_where_it_stands() -> None:
    file = io.BytesIO(b"head" + DATA)
    file.seek(4)

    source = video_source(file, None)

    assert (source.size, file.tell()) == (10, 4)
    assert source.piece(6, 4) == Piece(file, 10, 4)


def test_a_stream_is_cut_across_its_chunks() -> None:
    source = video_source(iter([b"0123", b"45678", b"9"]), 10)

    pieces = [source.piece(0, 6), source.piece(6, 4)]

    assert [b"".join(piece.source) for piece in pieces if isinstance(piece, Piece)] == [b"012345", b"6789"]


async def test_an_async_stream_is_cut_across_its_chunks() -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for chunk in (b"0123", b"45678", b"9"):
            yield chunk

    source = video_source(chunks(), 10)

    first, second = source.piece(0, 6), source.piece(6, 4)

    assert isinstance(first, Piece)
    assert isinstance(second, Piece)
    assert b"".join([chunk async for chunk in first.source]) == b"012345"
    assert b"".join([chunk async for chunk in second.source]) == b"6789"


def test_a_stream_needs_its_size_and_keeps_it() -> None:
    with pytest.raises(InvalidArgument, match="size must be given for a stream"):
        video_source(iter([DATA]), None)
    piece = video_source(iter([b"012"]), 10).piece(0, 10)
    assert isinstance(piece, Piece)
    with pytest.raises(InvalidArgument, match="the stream ended 7 bytes before its size"):
        b"".join(piece.source)


def test_waiting_ends_when_linkedin_gives_a_video_up(steps: Any, answer: Any) -> None:
    flow = Videos.wait.flow(None, VIDEO)
    with pytest.raises(MediaNotReady) as caught:
        steps(
            flow,
            answer(200, {"id": str(VIDEO), "status": "PROCESSING"}),
            None,
            answer(200, {"id": str(VIDEO), "status": "PROCESSING_FAILED"}),
        )
    assert (caught.value.urn, caught.value.status) == (VIDEO, "PROCESSING_FAILED")


def test_waiting_asks_at_growing_intervals(steps: Any, answer: Any) -> None:
    asked, video = steps(
        Videos.wait.flow(None, VIDEO),
        answer(200, {"id": str(VIDEO), "status": "PROCESSING"}),
        None,
        answer(200, {"id": str(VIDEO), "status": "PROCESSING"}),
        None,
        answer(200, {"id": str(VIDEO), "status": "AVAILABLE", "duration": 91000}),
    )

    assert [step.seconds for step in asked if isinstance(step, Sleep)] == [1.0, 1.5]
    assert video.is_available
    assert video.duration == 91000
