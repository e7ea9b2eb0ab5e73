"""What a video file tells about itself: length and size of the picture, from its boxes.

Source: ISO/IEC 14496-12 (ISO base media file format); limits of "Videos API", learn.microsoft.com
/linkedin/marketing/community-management/shares/videos-api
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

MAX_VIDEO_BYTES: Final = 5 * 1024**3
PART_BYTES: Final = 4 * 1024 * 1024
"""The page's ranges; its prose says one byte less."""

FEWEST_SECONDS: Final = 3
MOST_SECONDS: Final = 30 * 60

_CONTAINERS: Final = (b"ftyp", b"moov", b"wide")
_MAX_BOXES: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoFacts:
    """What the file is. `milliseconds` is 0 when it does not say; `failure` says why LinkedIn would not process it."""

    content_type: str = "video/mp4"
    milliseconds: int = 0
    width: int = 0
    height: int = 0
    failure: str = ""


def read_video(path: Path) -> VideoFacts:
    """Return what a video file is; only its boxes are read, never its pictures."""
    with path.open("rb") as file:
        end = file.seek(0, 2)
        file.seek(0)
        start = file.read(12)
        if start[4:8] not in _CONTAINERS:
            return VideoFacts(failure="unsupported format")
        try:
            milliseconds, width, height = _movie(file, end)
        except (struct.error, ZeroDivisionError):
            return VideoFacts(failure="the container is broken")
    is_mov = start[4:8] != b"ftyp" or start[8:12] == b"qt  "
    return VideoFacts(
        content_type="video/quicktime" if is_mov else "video/mp4",
        milliseconds=milliseconds,
        width=width,
        height=height,
        failure=_length_fault(milliseconds),
    )


def _length_fault(milliseconds: int) -> str:
    # A file without a movie header does not tell; it is let pass.
    if milliseconds and milliseconds < FEWEST_SECONDS * 1000:
        return f"shorter than {FEWEST_SECONDS} seconds"
    return f"longer than {MOST_SECONDS // 60} minutes" if milliseconds > MOST_SECONDS * 1000 else ""


def _movie(file: BinaryIO, end: int) -> tuple[int, int, int]:
    milliseconds = width = height = 0
    for kind, start, stop in _boxes(file, 0, end):
        if kind != b"moov":
            continue
        for inner, first, last in _boxes(file, start, stop):
            if inner == b"mvhd":
                milliseconds = _duration(file, first)
            elif inner == b"trak":
                for part, at, until in _boxes(file, first, last):
                    if part == b"tkhd" and until - at >= 8:
                        file.seek(until - 8)
                        across, down = struct.unpack(">II", file.read(8))
                        width, height = max(width, across >> 16), max(height, down >> 16)
    return milliseconds, width, height


def _duration(file: BinaryIO, at: int) -> int:
    file.seek(at)
    version = file.read(4)[0]
    if version == 1:
        scale, length = struct.unpack(">16xIQ", file.read(28))
    else:
        scale, length = struct.unpack(">8xII", file.read(16))
    return int(length * 1000 // scale)


def _boxes(file: BinaryIO, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield the boxes between two places: kind, start and end of what is inside."""
    for _ in range(_MAX_BOXES):
        if start + 8 > end:
            return
        file.seek(start)
        size, kind = struct.unpack(">I4s", file.read(8))
        head = 8
        if size == 1:
            (size,) = struct.unpack(">Q", file.read(8))
            head = 16
        elif size == 0:
            size = end - start
        if size < head:
            return
        yield kind, start + head, min(start + size, end)
        start += size
