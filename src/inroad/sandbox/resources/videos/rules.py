"""What LinkedIn would say to the beginning and the end of a video's upload.

Source: "Videos API", learn.microsoft.com /linkedin/marketing/community-management/shares/videos-api
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from inroad.sandbox.answers import sentence
from inroad.sandbox.resources.media.state import Chunk, Medium, Part
from inroad.sandbox.resources.media.videos import MAX_VIDEO_BYTES, PART_BYTES
from inroad.sandbox.resources.refusals import bad_content

ADDRESS_LIFE: Final = timedelta(days=30)
"""About what documented samples show."""

SMALLEST_ADVISED: Final = 75 * 1024
LARGEST_ADVISED: Final = 500 * 1024 * 1024
LONGEST_ADVISED: Final = timedelta(minutes=15)


def parts_of(file_bytes: int) -> list[Part]:
    """Return the byte ranges to upload; the last one ends with the file."""
    if not 0 < file_bytes <= MAX_VIDEO_BYTES:
        message = f"fileSizeBytes must be 1 to {MAX_VIDEO_BYTES}, got {file_bytes}"
        raise bad_content(
            "INVALID_VALUE_FOR_FIELD",
            message,
            field="initializeUploadRequest/fileSizeBytes",
            sent=str(file_bytes),
        )
    return [
        Part(first=first, last=min(first + PART_BYTES, file_bytes) - 1) for first in range(0, file_bytes, PART_BYTES)
    ]


def size_remarks(file_bytes: int) -> list[str]:
    """Return what the specifications page or the member help advise against, and the API lets pass."""
    if file_bytes < SMALLEST_ADVISED:
        return ["video: smaller than the 75 KB that LinkedIn's specifications ask for"]
    return ["video: larger than the 500 MB of the specifications page"] if file_bytes > LARGEST_ADVISED else []


def chunks_in_order(medium: Medium, told: Sequence[str], *, concat: bool) -> list[Chunk]:
    """Return the uploaded chunks that the end of an upload names, in the file's order.

    Ids are compared without quotes, which some clients send along. The recorded text for ids that are missing,
    foreign or out of order is the last one; its envelope is UNCONFIRMED.
    """
    ids = [text.strip('"') for text in told]
    uploaded = [chunk for part in medium.parts for chunk in part.chunks]
    if ids and not uploaded:
        message = f"urn:li:video:{medium.id} is waiting for its upload"
        raise bad_content("MEDIA_ASSET_WAITING_UPLOAD", message, field="finalizeUploadRequest/video")
    first = medium.parts[0].chunks
    is_whole = len(first) == 1 and first[0].file.size == medium.declared_bytes
    if is_whole or concat:
        expected = first if is_whole else uploaded
    else:
        expected = [part.chunks[-1] for part in medium.parts if part.chunks]
    complete = is_whole or concat or len(expected) == len(medium.parts)
    if not ids or not complete or ids != [chunk.etag for chunk in expected]:
        raise sentence(400, "All chunks IDs must be signed")
    return expected
