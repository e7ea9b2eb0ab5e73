"""What becomes of uploaded bytes."""

from datetime import datetime, timedelta

from inroad.sandbox.resources.levers import SLOW_MEDIA, lever
from inroad.sandbox.resources.media.pictures import PictureFacts, facts
from inroad.sandbox.resources.media.state import Kind, Medium
from inroad.sandbox.world import Blob, World

PROCESSING: dict[Kind, timedelta] = {
    "image": timedelta(seconds=2),
    "video": timedelta(seconds=10),
    "document": timedelta(seconds=5),
}
"""How long processing takes here; LinkedIn publishes no figure."""

_MP4_BRAND = slice(4, 8)


def judged(kind: Kind, data: bytes) -> PictureFacts:
    """Return what the bytes are and why they would not be processed, by content and never by name.

    Of a video only the container is looked at: MP4 and MOV carry their brand behind the first box's size.
    """
    if kind == "image":
        return facts(data)
    if kind == "video":
        is_video = data[_MP4_BRAND] in (b"ftyp", b"moov", b"wide")
        return PictureFacts(content_type="video/mp4", failure="" if is_video else "unsupported format")
    is_document = data.startswith((b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))
    return PictureFacts(content_type="application/pdf", failure="" if is_document else "unsupported format")


def keep_upload(world: World, medium: Medium, data: bytes, read: PictureFacts) -> None:
    """Keep a medium's bytes and start its processing; a later upload to the same address replaces them."""
    now = world.clock.now()
    slow = lever(world, SLOW_MEDIA)
    world.blobs[medium.id] = Blob(content_type=read.content_type, data=data)
    medium.uploaded_at = now
    medium.ready_at = now + (PROCESSING[medium.kind] if slow is None else timedelta(seconds=slow))
    medium.width, medium.height, medium.failure = read.width, read.height, read.failure


def changed_at(medium: Medium, now: datetime) -> datetime:
    """Return when the medium's state last changed."""
    if medium.ready_at is not None and medium.ready_at <= now:
        return medium.ready_at
    return medium.uploaded_at or medium.created_at
