"""Pictures on disk, by the hash of their content: taken in as a stream, kept whole or not at all, typed by content.

The pixel count is read from the header before anything is decoded, so that a small file that unpacks to gigabytes
is refused while it is still small.
"""

import asyncio
import contextlib
import errno
import hashlib
import os
import struct
import uuid
from collections.abc import AsyncIterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from PIL import Image, UnidentifiedImageError

from inroad.contract.media import MAX_IMAGE_PIXELS
from inroad.service.errors import InvalidInput, StorageFull

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_HEAD_BYTES = 512 * 1024  # a JPEG may carry that much of previews and profiles before its size
_FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif"}
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_MAX_NAME = 120


class MediaRefused(InvalidInput):
    """The file cannot be a picture of a post."""

    def __init__(self, problem: str, *, fix: str = "") -> None:
        super().__init__("media", problem, fix=fix)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A picture on disk and what it is."""

    sha256: str
    size: int
    content_type: str
    width: int
    height: int
    frames: int


class MediaStore:
    """A folder of pictures, each once, named by the SHA-256 of its bytes."""

    def __init__(self, folder: Path, *, max_bytes: int) -> None:
        self._folder = folder
        self._max_bytes = max_bytes

    def path(self, sha256: str) -> Path:
        """Return where the picture with this hash is kept."""
        return self._folder / sha256[:2] / sha256

    async def take_in(self, data: AsyncIterable[bytes], *, name: str) -> Stored:
        """Keep a picture and return what it is. When anything is wrong with it, nothing is kept.

        Args:
            data: The bytes, in parts of any size; one part is in memory at a time.
            name: What the person calls the file, for messages.

        Raises:
            MediaRefused: too large, not a JPEG, PNG or GIF, damaged, or with too many pixels.
            StorageFull: there is no room; nothing half is left behind.
        """
        part_file = self._folder / "incoming" / uuid.uuid4().hex
        try:
            sha256, size = await self._receive(data, part_file, name)
            facts = await asyncio.to_thread(_facts, part_file, name, sha256=sha256, size=size)
            await asyncio.to_thread(self._keep, part_file, sha256)
        except OSError as problem:
            if problem.errno in _FULL:
                raise StorageFull(
                    f"no room left for {name} in {self._folder}; nothing of it was kept",
                    fix="free some space, then upload it again",
                ) from problem
            raise
        finally:
            with contextlib.suppress(OSError):
                part_file.unlink(missing_ok=True)
        return facts

    async def _receive(self, data: AsyncIterable[bytes], part_file: Path, name: str) -> tuple[str, int]:
        digest, size = hashlib.sha256(), 0
        file = await asyncio.to_thread(_create, part_file)
        try:
            async for part in data:
                size += len(part)
                if size > self._max_bytes:
                    raise MediaRefused(
                        f"{name} is larger than {self._max_bytes // 2**20} MB", fix="save it smaller and try again"
                    )
                digest.update(part)
                await asyncio.to_thread(file.write, part)
            await asyncio.to_thread(_sync, file)
        finally:
            # Closing writes what is buffered, and so may be what finds the disk full.
            await asyncio.to_thread(file.close)
        if size == 0:
            raise MediaRefused(f"{name} is empty")
        return digest.hexdigest(), size

    def _keep(self, part_file: Path, sha256: str) -> None:
        target = self.path(sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            os.replace(part_file, target)  # noqa: PTH105 - atomic, by its well-known name
            _sync_folder(target.parent)


def _create(path: Path) -> BinaryIO:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("xb")


def _sync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _facts(path: Path, name: str, *, sha256: str, size: int) -> Stored:
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    dimensions = header_size(head)
    if dimensions is None:
        raise MediaRefused(
            f"{name[:_MAX_NAME]} is {_kind_of(head)}; LinkedIn takes JPEG, PNG and GIF",
            fix="save the picture as JPEG or PNG",
        )
    width, height = dimensions
    if width * height >= MAX_IMAGE_PIXELS:
        raise MediaRefused(
            f"{name[:_MAX_NAME]} has {width} x {height} = {width * height / 1e6:.1f} megapixels; LinkedIn takes fewer"
            f" than {MAX_IMAGE_PIXELS / 1e6:.2f}",
            fix="make it smaller, for example 4000 pixels at the longer side",
        )
    content_type, frames = _verified(path, name)
    return Stored(sha256=sha256, size=size, content_type=content_type, width=width, height=height, frames=frames)


def _verified(path: Path, name: str) -> tuple[str, int]:
    """Return content type and number of frames of a picture that can be decoded to its end."""
    try:
        with Image.open(path, formats=tuple(_FORMATS)) as picture:
            picture.verify()
        with Image.open(path, formats=tuple(_FORMATS)) as picture:
            content_type = _FORMATS[picture.format or ""]
            frames = int(getattr(picture, "n_frames", 1))
            picture.draft(None, (picture.width // 8 or 1, picture.height // 8 or 1))  # JPEGs are read small
            picture.load()
    except UnidentifiedImageError:
        raise MediaRefused(f"{name[:_MAX_NAME]} cannot be read as a picture", fix="save it again") from None
    except (OSError, SyntaxError, ValueError, struct.error, EOFError) as problem:
        if isinstance(problem, OSError) and problem.errno is not None:
            raise
        raise MediaRefused(
            f"{name[:_MAX_NAME]} is damaged: {problem}", fix="save it again, or upload it once more"
        ) from problem
    return content_type, frames


def header_size(head: bytes) -> tuple[int, int] | None:
    """Return the width and height that the first bytes of a JPEG, PNG or GIF name; None for anything else."""
    if head.startswith(_PNG_SIGNATURE) and head[12:16] == b"IHDR" and len(head) >= 24:
        width, height = struct.unpack(">II", head[16:24])
        return width, height
    if head[:6] in (b"GIF87a", b"GIF89a") and len(head) >= 10:
        width, height = struct.unpack("<HH", head[6:10])
        return width, height
    if head.startswith(b"\xff\xd8\xff"):
        return _jpeg_size(head)
    return None


def _jpeg_size(head: bytes) -> tuple[int, int] | None:
    """Walk a JPEG's segments to its frame header. Source: ITU-T T.81, annex B."""
    position = 2
    while position + 9 <= len(head):
        if head[position] != 0xFF:
            return None
        marker = head[position + 1]
        if marker == 0xFF:  # fill bytes
            position += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", head[position + 5 : position + 9])
            return width, height
        if 0xD0 <= marker <= 0xD9 or marker == 0x01:  # markers without a length
            position += 2
            continue
        position += 2 + int.from_bytes(head[position + 2 : position + 4], "big")
    return None


def _kind_of(head: bytes) -> str:
    known = (
        (b"RIFF", "a WebP picture or another RIFF file"),
        (b"%PDF", "a PDF"),
        (b"BM", "a BMP picture"),
        (b"II*\x00", "a TIFF picture"),
        (b"MM\x00*", "a TIFF picture"),
        (b"PK\x03\x04", "a ZIP archive or an office document"),
        (b"<svg", "an SVG drawing"),
        (b"<?xml", "an XML or SVG file"),
    )
    if head[4:8] == b"ftyp":
        return "a HEIC or AVIF picture or a video"
    return next((kind for start, kind in known if head.startswith(start)), "no picture that we know")
