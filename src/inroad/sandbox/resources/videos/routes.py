"""`/rest/videos`: the versioned Videos API."""

from functools import partial
from typing import Any, Final

from inroad.common.clock import to_millis, to_seconds
from inroad.sandbox.answers import gateway
from inroad.sandbox.call import Answer, Call
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.actors import to_world
from inroad.sandbox.resources.media import library
from inroad.sandbox.resources.media.rules import join_parts
from inroad.sandbox.resources.media.state import Media, Medium, register
from inroad.sandbox.resources.media.streams import picture_expiry
from inroad.sandbox.resources.refusals import bad_content
from inroad.sandbox.resources.videos import rules
from inroad.sandbox.resources.videos.schema import FINALIZE_UPLOAD, INITIALIZE_UPLOAD

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/community-management/shares/videos-api"


def _initialize(call: Call) -> Answer:
    request = call.body["initializeUploadRequest"]
    owner = to_world(call, request["owner"])
    assert owner is not None  # the rule has looked
    size = request["fileSizeBytes"]
    parts = rules.parts_of(size)
    call.remarks.extend(rules.size_remarks(size))
    medium = register(call.world, kind="video", owner=owner, artifact="uploadedVideo", life=rules.ADDRESS_LIFE)
    medium.parts, medium.declared_bytes = parts, size
    medium.wants_captions = request.get("uploadCaptions", False)
    medium.wants_thumbnail = request.get("uploadThumbnail", False)
    medium.library = library.library_of(request)
    base = f"{call.origin}/dms-uploads/{medium.id}"
    value: dict[str, Any] = {
        "video": f"urn:li:video:{medium.id}",
        "uploadUrlsExpireAt": to_millis(medium.expires_at),
        "uploadToken": "",
        "uploadInstructions": [
            {
                "uploadUrl": f"{base}/{medium.artifact}?part={number}&sau={medium.signature}",
                "firstByte": part.first,
                "lastByte": part.last,
            }
            for number, part in enumerate(parts)
        ],
    }
    if medium.wants_captions:
        value["captionsUploadUrl"] = f"{base}/captions?sau={medium.signature}"
    if medium.wants_thumbnail:
        value["thumbnailUploadUrl"] = f"{base}/thumbnail?sau={medium.signature}"
    return Answer(body={"value": value})


def _finalize(call: Call) -> Answer:
    request = call.body["finalizeUploadRequest"]
    medium = call.world.state(Media).named(request["video"], "video")
    if medium is None or not medium.parts:
        message = f"{request['video']} is no video"
        raise bad_content("INVALID_VIDEO_ID", message, field="finalizeUploadRequest/video", sent=request["video"])
    library.require_uploader(call, medium)
    if call.now >= medium.expires_at:
        raise gateway(400, "EXPIRED_UPLOAD_URL", "The upload URL has expired")
    if medium.file is None:  # finalizing again changes nothing
        concat = call.switches.is_on("upload.concat")
        chunks = rules.chunks_in_order(medium, request["uploadedPartIds"], concat=concat)
        call.work = partial(join_parts, call.world, medium, chunks, expected=medium.declared_bytes)
    return Answer()


def _view(call: Call, medium: Medium) -> dict[str, Any]:
    view = library.head(call, medium)
    expires = to_seconds(picture_expiry(call.now))
    if view["status"] == "PROCESSING_FAILED":
        view["processingFailureReason"] = medium.failure
    if view["status"] == "AVAILABLE":
        view |= {
            "duration": medium.milliseconds,
            "aspectRatioWidth": medium.width,
            "aspectRatioHeight": medium.height,
            **library.download(call, f"{call.origin}/media/dms/video/{medium.id}/0?e={expires}&v=beta&t=sandbox"),
        }
        for name in ("duration", "aspectRatioWidth", "aspectRatioHeight"):
            if not view[name]:  # the file does not tell
                del view[name]
    if medium.thumbnail in call.world.blobs:
        view["thumbnail"] = f"{call.origin}/media/dms/image/{medium.thumbnail}/thumb/0?e={expires}&v=beta&t=sandbox"
    if medium.captions in call.world.blobs:
        view["captions"] = f"{call.origin}/media/dms/captions/{medium.id}/0?e={expires}&v=beta&t=sandbox"
    return view


RESOURCES: Final = (
    Resource(
        path="videos",
        bases=frozenset({"rest"}),
        permission="partnerApiVideosExternal",
        key="urn",
        methods=(
            Method(
                name="ACTION-initializeUpload",
                handler=_initialize,
                scopes=library.UPLOADERS,
                rule=library.may_initialize,
                body=INITIALIZE_UPLOAD,
                source=SOURCE,
            ),
            Method(
                name="ACTION-finalizeUpload",
                handler=_finalize,
                scopes=library.UPLOADERS,
                body=FINALIZE_UPLOAD,
                source=SOURCE,
            ),
            *library.methods("video", _view, SOURCE),
        ),
    ),
)
