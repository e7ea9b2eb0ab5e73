"""Videos for posts (versioned API): start an upload, send its parts, finish it, wait until LinkedIn has processed it.

An upload is a value: `VideoUpload` knows which parts are done, can be kept, and an upload that broke off is taken up
again with it. Parts are streamed from where they are; one at a time is in memory, and of a file not even that.
Source: "Videos API", learn.microsoft.com /linkedin/marketing/community-management/shares/videos-api
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Self, TypeAlias

import msgspec

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Body, Flow, Page, Request, Resource, operation, paged
from inroad.sdk.resources.entity import (
    Batch,
    Elements,
    Entity,
    Millis,
    Results,
    UrnText,
    as_batch,
    as_count,
    as_urn,
    decoder,
    pages,
    read_batch,
)
from inroad.sdk.resources.uploads import OWNERS, wait_until_available
from inroad.sdk.resources.video_source import VideoData, VideoSource, video_source
from inroad.sdk.restli.encode import encode_key

MAX_VIDEO_BYTES = 5 * 1024**3
"""The bound of the page's `fileSizeBytes`; its list of specifications says 500 MB."""

_PATH = "/rest/videos"
_BINARY = "application/octet-stream"


class Video(Entity, frozen=True):
    """A video at LinkedIn. `status` is WAITING_UPLOAD, PROCESSING, AVAILABLE or PROCESSING_FAILED.

    `duration` is in milliseconds. Addresses expire: do not keep them.
    """

    id: UrnText
    status: str
    owner: UrnText | None = None
    duration: int | None = None
    aspect_ratio_width: int | None = None
    aspect_ratio_height: int | None = None
    download_url: str | None = None
    download_url_expires_at: Millis | None = None
    thumbnail: str | None = None
    captions: str | None = None
    transcript: str | None = None
    processing_failure_reason: str | None = None

    @property
    def is_available(self) -> bool:
        """Whether it can be shown."""
        return self.status == "AVAILABLE"

    @property
    def is_failed(self) -> bool:
        """Whether LinkedIn gave it up; it must be uploaded again."""
        return self.status == "PROCESSING_FAILED"


class VideoPart(msgspec.Struct, frozen=True):
    """One part of an upload: where its bytes go, from `first_byte` on, and LinkedIn's id for it once they are there."""

    upload_url: str
    first_byte: int
    size: int
    part_id: str | None = None


class VideoUpload(msgspec.Struct, frozen=True, kw_only=True):
    """An upload that was started. `to_json` keeps it, `from_json` takes it up again.

    Its addresses let anybody send bytes until `expires_at`, some 30 days: keep it like a secret.
    """

    urn: Urn
    size: int
    parts: tuple[VideoPart, ...]
    token: str = ""
    captions_url: str | None = None
    thumbnail_url: str | None = None
    expires_at: datetime | None = None

    @property
    def missing(self) -> tuple[VideoPart, ...]:
        """The parts that are still to be sent."""
        return tuple(part for part in self.parts if part.part_id is None)

    @property
    def bytes_sent(self) -> int:
        """How much LinkedIn has."""
        return sum(part.size for part in self.parts if part.part_id is not None)

    def with_part(self, done: VideoPart) -> Self:
        """Return the upload with a part that was sent."""
        parts = tuple(done if part.first_byte == done.first_byte else part for part in self.parts)
        return msgspec.structs.replace(self, parts=parts)

    def to_json(self) -> bytes:
        """Return the upload as JSON, to take it up again in another process."""
        return msgspec.json.encode(self)

    @classmethod
    def from_json(cls, state: bytes | str) -> Self:
        """Return the upload that `to_json` wrote.

        Raises:
            InvalidArgument: it is something else.
        """
        try:
            return msgspec.json.decode(state, type=cls)
        except (msgspec.DecodeError, UnicodeDecodeError) as cause:
            raise InvalidArgument(f"not a saved video upload: {cause}") from cause


VideoProgress: TypeAlias = Callable[[VideoUpload], None]
"""Told of the upload when it starts and after each part: a place to save it. Called while nothing is sent."""


class _Instruction(Entity, frozen=True):
    upload_url: str
    first_byte: int
    last_byte: int


class _Initialized(Entity, frozen=True):
    video: UrnText
    upload_instructions: tuple[_Instruction, ...]
    upload_token: str = ""
    upload_urls_expire_at: Millis | None = None
    captions_upload_url: str | None = None
    thumbnail_upload_url: str | None = None


class _InitializedValue(Entity, frozen=True):
    value: _Initialized


_INITIALIZED = decoder(_InitializedValue)
_VIDEO = decoder(Video)
_VIDEO_PAGE = decoder(Elements[Video])
_VIDEO_BATCH = decoder(Results[Video])


class Videos(Resource[IO]):
    """Videos for posts."""

    @operation
    def initialize_upload(
        self, owner: Urn | str, *, size: int, has_captions: bool = False, has_thumbnail: bool = False
    ) -> Flow[VideoUpload]:
        """Start an upload and return where its parts go.

        Args:
            owner: The person or organization that will be the post's author.
            size: How many bytes the video has.
            has_captions: Whether `put_captions` will follow.
            has_thumbnail: Whether `put_thumbnail` will follow.

        Raises:
            InvalidArgument: there are no bytes, or more than LinkedIn takes.
            BadRequest: the token's scopes do not cover this kind of owner.

        Scopes: w_member_social, or w_organization_social for an organization.
        Roles: ADMINISTRATOR, DIRECT_SPONSORED_CONTENT_POSTER or CONTENT_ADMINISTRATOR of the organization.
        """
        return (yield from _initialize(owner, size, has_captions=has_captions, has_thumbnail=has_thumbnail))

    @operation
    def put_part(self, upload: VideoUpload, part: VideoPart, data: VideoData) -> Flow[VideoPart]:
        """Send one part of a video and return it as done, for `upload.with_part`.

        Parts of bytes and of a path may be sent side by side; a file object has one position, so its parts may not.

        Args:
            upload: What `initialize_upload` returned.
            part: One of its parts.
            data: The whole video, of which the part is cut out; not a stream.

        Raises:
            InvalidArgument: the video has another size than the upload, or is a stream.
            BadRequest: the upload addresses have expired.
        """
        source = _resumable(upload, data)
        return _put_part(part, source)

    @operation
    def put_captions(self, upload: VideoUpload, data: Body, *, content_type: str = _BINARY) -> Flow[None]:
        """Send a video's captions, one SRT or WebVTT file in English.

        UNCONFIRMED: whether LinkedIn wants a form with metadata instead; one client sends the file as it is.

        Raises:
            InvalidArgument: the upload was started without captions.
        """
        yield _put_captions(upload, data, content_type)

    @operation
    def put_thumbnail(self, upload: VideoUpload, data: Body, *, content_type: str = _BINARY) -> Flow[None]:
        """Send the picture to show before a video plays.

        Raises:
            InvalidArgument: the upload was started without a thumbnail.
        """
        yield _put_thumbnail(upload, data, content_type)

    @operation
    def finalize_upload(self, upload: VideoUpload) -> Flow[None]:
        """Tell LinkedIn that all parts are there; it begins to process the video.

        Raises:
            InvalidArgument: a part has not been sent.
            BadRequest: LinkedIn does not know a part's id, or the upload has expired.
        """
        yield _finalize(upload)

    @operation
    def upload(
        self,
        *,
        owner: Urn | str,
        data: VideoData,
        size: int | None = None,
        captions: Body | None = None,
        thumbnail: Body | None = None,
        progress: VideoProgress | None = None,
    ) -> Flow[Urn]:
        """Upload a video and return its URN. LinkedIn processes it afterwards; `wait` waits for that.

        When it breaks off, `resume` goes on with the last upload that `progress` was told of.

        Args:
            owner: The person or organization that will be the post's author.
            data: Bytes, a path, an open binary file, parts; with an async client also an async iterable.
            size: How many bytes there are; needed for parts, which cannot be resumed.
            captions: An SRT or WebVTT file in English.
            thumbnail: The picture to show before it plays.
            progress: Told of the upload when it starts and after each part.

        Raises:
            InvalidArgument: there are no bytes, or more than LinkedIn takes.
            BadRequest: the token's scopes do not cover this kind of owner.
            TransportError: it broke off.

        Scopes: w_member_social, or w_organization_social for an organization.
        Roles: ADMINISTRATOR, DIRECT_SPONSORED_CONTENT_POSTER or CONTENT_ADMINISTRATOR of the organization.
        """
        return _upload(owner, video_source(data, size), captions, thumbnail, progress)

    @operation
    def resume(
        self,
        upload: VideoUpload,
        data: VideoData,
        *,
        captions: Body | None = None,
        thumbnail: Body | None = None,
        progress: VideoProgress | None = None,
    ) -> Flow[Urn]:
        """Send what is missing of an upload that broke off, finish it, and return the video's URN.

        Args:
            upload: The upload as `progress` was last told of it.
            data: The whole video again: bytes, a path or an open binary file.
            captions: The captions again, when the upload was started with them.
            thumbnail: The thumbnail again, when the upload was started with one.
            progress: Told of the upload after each part.

        Raises:
            InvalidArgument: the video has another size than the upload, or is a stream.
            BadRequest: the upload addresses have expired; start anew.
        """
        return _send(upload, _resumable(upload, data), captions, thumbnail, progress)

    @operation
    def get(self, urn: Urn | str) -> Flow[Video]:
        """Return a video's state and, once it is available, where it can be downloaded.

        Raises:
            Forbidden: the token may not see it; some tokens with w_member_social alone may, some may not.
        """
        return (yield from _get(urn))

    @operation
    def batch_get(self, urns: Sequence[Urn | str]) -> Flow[Batch[Video]]:
        """Return several videos by URN; those that cannot be read are in `missing`."""
        keys = as_batch([as_urn(urn, "video", name="urns") for urn in urns], name="urns")
        response = yield Request("GET", _PATH, {"ids": keys}, restli_method="BATCH_GET")
        return read_batch(response, _VIDEO_BATCH)

    @paged
    def find_by_associated_account(self, account: Urn | str, *, count: int = 10) -> Flow[Page[Video]]:
        """Yield the videos in an ad account's media library, newest first.

        Args:
            account: A urn:li:sponsoredAccount.
            count: Videos per page, 1 to 100. Pages are fetched as you iterate.

        Scopes: r_ads or rw_ads.
        """
        params = {
            "q": "associatedAccount",
            "associatedAccount": as_urn(account, "sponsoredAccount", name="account"),
            "sortOrder": "DESCENDING",
            "start": 0,
            "count": as_count(count, 100),
        }
        return (yield from pages(Request("GET", _PATH, params, restli_method="FINDER"), _VIDEO_PAGE))

    @operation
    def wait(self, urn: Urn | str, *, timeout_seconds: float = 600.0) -> Flow[Video]:
        """Wait until a video is available and return it, asking at growing intervals.

        Raises:
            MediaNotReady: LinkedIn failed to process it, or `timeout_seconds` of waiting were not enough.
        """
        return (yield from wait_until_available(lambda: _get(urn), timeout_seconds))


def _initialize(owner: Urn | str, size: int, *, has_captions: bool, has_thumbnail: bool) -> Flow[VideoUpload]:
    if not 0 < size <= MAX_VIDEO_BYTES:
        raise InvalidArgument(f"a video has 1 to {MAX_VIDEO_BYTES:,} bytes, got {size:,}")
    wanted = {
        "owner": str(as_urn(owner, *OWNERS, name="owner")),
        "fileSizeBytes": size,
        "uploadCaptions": has_captions,
        "uploadThumbnail": has_thumbnail,
    }
    request = Request("POST", _PATH, {"action": "initializeUpload"}, json={"initializeUploadRequest": wanted})
    response = yield request
    value = response.decode(_INITIALIZED).value
    parts = _parts(value.upload_instructions, size)
    if parts is None:
        raise response.unexpected(f"the upload instructions do not cover {size:,} bytes")
    return VideoUpload(
        urn=value.video,
        size=size,
        parts=parts,
        token=value.upload_token,
        captions_url=value.captions_upload_url,
        thumbnail_url=value.thumbnail_upload_url,
        expires_at=value.upload_urls_expire_at,
    )


def _parts(instructions: Sequence[_Instruction], size: int) -> tuple[VideoPart, ...] | None:
    """Return the parts as LinkedIn cut them, None when they leave a gap.

    The ranges count, not a constant: the page's prose and its ranges disagree by a byte. The last range may reach past
    the end.
    """
    parts: list[VideoPart] = []
    after = 0
    for instruction in sorted(instructions, key=lambda instruction: instruction.first_byte):
        if instruction.first_byte != after or instruction.last_byte < after:
            return None
        end = min(instruction.last_byte + 1, size)
        parts.append(VideoPart(instruction.upload_url, after, end - after))
        after = end
        if after == size:
            return tuple(parts)
    return None


def _upload(
    owner: Urn | str,
    source: VideoSource,
    captions: Body | None,
    thumbnail: Body | None,
    progress: VideoProgress | None,
) -> Flow[Urn]:
    has_captions, has_thumbnail = captions is not None, thumbnail is not None
    upload = yield from _initialize(owner, source.size, has_captions=has_captions, has_thumbnail=has_thumbnail)
    if progress is not None:
        progress(upload)
    return (yield from _send(upload, source, captions, thumbnail, progress))


def _send(
    upload: VideoUpload,
    source: VideoSource,
    captions: Body | None,
    thumbnail: Body | None,
    progress: VideoProgress | None,
) -> Flow[Urn]:
    for part in upload.missing:
        upload = upload.with_part((yield from _put_part(part, source)))
        if progress is not None:
            progress(upload)
    if captions is not None:
        yield _put_captions(upload, captions, _BINARY)
    if thumbnail is not None:
        yield _put_thumbnail(upload, thumbnail, _BINARY)
    yield _finalize(upload)
    return upload.urn


def _put_part(part: VideoPart, source: VideoSource) -> Flow[VideoPart]:
    # The page says that parts take no token.
    response = yield Request(
        "PUT",
        part.upload_url,
        content=source.piece(part.first_byte, part.size),
        content_type=_BINARY,
        authorized=False,
    )
    # Either quoted hex or an unquoted path; the ids of a finalize are unquoted.
    part_id = response.headers.get("etag", "").strip('"')
    if not part_id:
        raise response.unexpected("the answer to a part names no ETag")
    return msgspec.structs.replace(part, part_id=part_id)


def _put_captions(upload: VideoUpload, data: Body, content_type: str) -> Request:
    if upload.captions_url is None:
        raise InvalidArgument("the upload was started without captions")
    return Request("PUT", upload.captions_url, content=data, content_type=content_type, authorized=False)


def _put_thumbnail(upload: VideoUpload, data: Body, content_type: str) -> Request:
    if upload.thumbnail_url is None:
        raise InvalidArgument("the upload was started without a thumbnail")
    return Request("PUT", upload.thumbnail_url, content=data, content_type=content_type, authorized=False)


def _finalize(upload: VideoUpload) -> Request:
    part_ids = [part.part_id for part in upload.parts if part.part_id is not None]
    if len(part_ids) < len(upload.parts):
        raise InvalidArgument(f"{len(upload.missing)} of {len(upload.parts)} parts have not been sent")
    body = {"video": str(upload.urn), "uploadToken": upload.token, "uploadedPartIds": part_ids}
    return Request("POST", _PATH, {"action": "finalizeUpload"}, json={"finalizeUploadRequest": body})


def _get(urn: Urn | str) -> Flow[Video]:
    response = yield Request("GET", f"{_PATH}/{encode_key(as_urn(urn, 'video', name='urn'))}")
    return response.decode(_VIDEO)


def _resumable(upload: VideoUpload, data: VideoData) -> VideoSource:
    source = video_source(data, upload.size)
    if not source.is_seekable:
        raise InvalidArgument("a stream cannot be cut anew; give bytes, a path or a file that can seek")
    return source
