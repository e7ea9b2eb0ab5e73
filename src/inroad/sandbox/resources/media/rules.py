"""What becomes of uploaded bytes."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from inroad.sandbox.files import StoredFile
from inroad.sandbox.resources.levers import SLOW_MEDIA, lever
from inroad.sandbox.resources.media.documents import read_document
from inroad.sandbox.resources.media.pictures import PictureFacts
from inroad.sandbox.resources.media.state import Chunk, Kind, Medium
from inroad.sandbox.resources.media.videos import read_video
from inroad.sandbox.world import Blob, World

PROCESSING: dict[Kind, timedelta] = {
    "image": timedelta(seconds=2),
    "video": timedelta(seconds=10),
    "document": timedelta(seconds=5),
}
"""How long processing takes here; LinkedIn publishes no figure."""


def keep_picture(world: World, medium: Medium, data: bytes, read: PictureFacts) -> None:
    """Keep a picture's bytes and start its processing; a later upload to the same address replaces them."""
    world.blobs[medium.id] = Blob(content_type=read.content_type, data=data)
    medium.content_type = read.content_type
    medium.width, medium.height = read.width, read.height
    begin_processing(world, medium, read.failure)


def keep_file(world: World, medium: Medium, file: StoredFile) -> None:
    """Keep a video's or a document's bytes and start its processing. Reads the file: call it in a thread."""
    path = world.files.path(file)
    if medium.kind == "video":
        video = read_video(path)
        medium.content_type, medium.milliseconds = video.content_type, video.milliseconds
        medium.width, medium.height, failure = video.width, video.height, video.failure
    else:
        document = read_document(path)
        medium.content_type, medium.pages, failure = document.content_type, document.pages, document.failure
    if medium.file is not None and medium.file != file:
        world.files.remove(medium.file)
    medium.file = file
    begin_processing(world, medium, failure)


def join_parts(world: World, medium: Medium, chunks: Sequence[Chunk], *, expected: int) -> None:
    """Make one file of a multipart upload and start its processing. Copies the bytes: call it in a thread.

    A file of another size than was announced fails in processing (UNCONFIRMED).
    """
    file = world.files.join(chunk.file for chunk in chunks)
    for part in medium.parts:
        world.files.remove(*(chunk.file for chunk in part.chunks))
    keep_file(world, medium, file)
    if file.size != expected:
        medium.failure = f"{file.size} bytes were uploaded, {expected} were announced"


def begin_processing(world: World, medium: Medium, failure: str) -> None:
    """Note that the bytes are there; after a while they are available, or `failure` says why not."""
    now = world.clock.now()
    slow = lever(world, SLOW_MEDIA)
    medium.failure = failure
    medium.uploaded_at = now
    medium.ready_at = now + (PROCESSING[medium.kind] if slow is None else timedelta(seconds=slow))


def changed_at(medium: Medium, now: datetime) -> datetime:
    """Return when the medium's state last changed."""
    if medium.ready_at is not None and medium.ready_at <= now:
        return medium.ready_at
    return medium.uploaded_at or medium.created_at
