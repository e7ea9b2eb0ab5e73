"""Pictures taken in: whole or not at all, typed by content, and errors that a person can read."""

import errno
import hashlib
import io
import os
import struct
import zlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image

from inroad.service.errors import StorageFull
from inroad.service.publishing import media
from inroad.service.publishing.media import MediaRefused, MediaStore, header_size


def picture(form: str, size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(out, form, **options)
    return out.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A PNG that claims this size and unpacks to nothing like it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")


async def parts(data: bytes, size: int = 1000) -> AsyncIterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


@pytest.fixture
def store(tmp_path: Path) -> MediaStore:
    return MediaStore(tmp_path / "media", max_bytes=2**20)


def files(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "media").rglob("*") if path.is_file())


@pytest.mark.parametrize(("form", "content_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("GIF", "image/gif")])
async def test_picture_is_kept_under_its_hash(store: MediaStore, tmp_path: Path, form: str, content_type: str) -> None:
    data = picture(form)
    stored = await store.take_in(parts(data), name="a.bin")
    digest = hashlib.sha256(data).hexdigest()

    assert (stored.content_type, stored.width, stored.height, stored.size) == (content_type, 40, 30, len(data))
    assert stored.sha256 == digest
    assert store.path(digest).read_bytes() == data
    assert files(tmp_path) == [digest]


async def test_same_picture_twice_is_one_file(store: MediaStore, tmp_path: Path) -> None:
    data = picture("PNG")
    first, second = await store.take_in(parts(data), name="a.png"), await store.take_in(parts(data), name="b.png")

    assert first == second
    assert len(files(tmp_path)) == 1


async def test_frames_of_a_gif_are_counted(store: MediaStore) -> None:
    out = io.BytesIO()
    frames = [Image.new("RGB", (20, 20), (shade, 0, 0)) for shade in (0, 90, 180)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])

    assert (await store.take_in(parts(out.getvalue()), name="a.gif")).frames == 3


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "a.jpg is empty"),
        (b"%PDF-1.7 ...", "a.jpg is a PDF; LinkedIn takes JPEG, PNG and GIF"),
        (b"RIFF1234WEBPVP8 ", "a.jpg is a WebP picture or another RIFF file; LinkedIn takes JPEG, PNG and GIF"),
        (b"\0\0\0\x18ftypheic", "a.jpg is a HEIC or AVIF picture or a video; LinkedIn takes JPEG, PNG and GIF"),
        (b"hello", "a.jpg is no picture that we know; LinkedIn takes JPEG, PNG and GIF"),
        (png_of(8000, 5000), "a.jpg has 8000 x 5000 = 40.0 megapixels; LinkedIn takes fewer than 36.15"),
        (png_of(60000, 60000), "a.jpg has 60000 x 60000 = 3600.0 megapixels; LinkedIn takes fewer than 36.15"),
        (b"x" * (2**20 + 1), "a.jpg is larger than 1 MB"),
    ],
)
async def test_what_is_no_picture_for_a_post_is_refused_and_nothing_is_kept(
    store: MediaStore, tmp_path: Path, data: bytes, message: str
) -> None:
    with pytest.raises(MediaRefused) as refusal:
        await store.take_in(parts(data), name="a.jpg")

    assert str(refusal.value) == message
    assert files(tmp_path) == []


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF"])
async def test_truncated_picture_is_refused(store: MediaStore, tmp_path: Path, form: str) -> None:
    data = picture(form, (200, 200))
    with pytest.raises(MediaRefused, match=r"damaged|cannot be read"):
        await store.take_in(parts(data[: len(data) // 2]), name="a.jpg")

    assert files(tmp_path) == []


async def test_upload_that_breaks_off_leaves_nothing(store: MediaStore, tmp_path: Path) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield picture("PNG")[:500]
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await store.take_in(broken(), name="a.png")

    assert files(tmp_path) == []


@pytest.mark.parametrize("step", ["write", "sync", "keep"])
async def test_full_disk_is_a_clear_error_and_leaves_nothing_half(
    store: MediaStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if step == "write":

        class FullFile(io.BytesIO):
            write = full

        monkeypatch.setattr(media, "_create", lambda path: (path.parent.mkdir(parents=True), FullFile())[1])
    else:
        monkeypatch.setattr(os, "fsync" if step == "sync" else "replace", full)
    with pytest.raises(StorageFull) as refusal:
        await store.take_in(parts(picture("PNG")), name="a.png")
    monkeypatch.undo()

    assert str(refusal.value) == f"no room left for a.png in {tmp_path / 'media'}; nothing of it was kept"
    assert files(tmp_path) == []
    assert (await store.take_in(parts(picture("PNG")), name="a.png")).width == 40


async def test_jpeg_with_a_large_preview_before_its_size_is_read(store: MediaStore) -> None:
    data = picture("JPEG", exif=b"Exif\0\0" + b"x" * 60_000)

    assert header_size(data) == (40, 30)
    assert (await store.take_in(parts(data), name="a.jpg")).content_type == "image/jpeg"


@pytest.mark.parametrize("cut", range(30))
def test_header_that_is_cut_off_anywhere_is_no_crash(cut: int) -> None:
    for form in ("JPEG", "PNG", "GIF"):
        assert header_size(picture(form)[:cut]) in (None, (40, 30))


async def test_library_knows_a_gif_by_its_content(house) -> None:
    out = io.BytesIO()
    Image.new("RGB", (20, 20)).save(out, "GIF")
    view = await house.publishing.store_media(house.who, "C:\\holiday\\beach.jpg", parts(out.getvalue()))

    assert (view.media.name, view.media.content_type) == ("beach.jpg", "image/gif")
    assert [finding.message for finding in view.findings] == [
        "beach.jpg is named like a JPEG, but its content is a GIF: it goes out as a GIF"
    ]


async def test_same_file_uploaded_twice_is_one_entry_of_the_library(house) -> None:
    assert await house.picture("a.jpg") == await house.picture("a.jpg") != await house.picture("b.jpg")
