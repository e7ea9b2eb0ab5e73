"""Pictures: reading what was uploaded, scaling it, and painting believable ones for seeds."""

import hashlib
import io
import random
from dataclasses import dataclass
from typing import Literal, TypeAlias

from PIL import Image, ImageDraw, UnidentifiedImageError
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

from inroad.contract.media import MAX_GIF_FRAMES, MAX_IMAGE_PIXELS
from inroad.sandbox.world import Blob

PictureType: TypeAlias = Literal["image/jpeg", "image/png", "image/gif"]

_SIGNATURES: tuple[tuple[bytes, PictureType], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
_FORMATS: dict[PictureType, str] = {"image/jpeg": "JPEG", "image/png": "PNG", "image/gif": "GIF"}
_READERS: dict[PictureType, type[ImageFile]] = {
    "image/jpeg": JpegImageFile,
    "image/png": PngImageFile,
    "image/gif": GifImageFile,
}
_UNREADABLE = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFacts:
    """What the bytes are. `failure` says why LinkedIn would not process them; empty when it would."""

    content_type: str = "application/octet-stream"
    width: int = 0
    height: int = 0
    failure: str = ""


def sniff(data: bytes) -> PictureType | None:
    """Return the picture type that the first bytes tell, None for anything else."""
    return next((kind for signature, kind in _SIGNATURES if data.startswith(signature)), None)


def facts(data: bytes) -> PictureFacts:
    """Return what an uploaded picture is, read from its bytes and never from its name.

    Limits: JPEG, PNG or GIF; fewer than 36,152,320 pixels; at most 250 frames.
    Source: "Images API", learn.microsoft.com /linkedin/marketing/community-management/shares/images-api
    """
    content_type = sniff(data)
    if content_type is None:
        return PictureFacts(failure="unsupported format")
    try:
        with _opened(data, content_type) as picture:
            width, height = picture.size
            failure = _failure(picture)
    except _UNREADABLE:
        return PictureFacts(content_type=content_type, failure="unreadable picture")
    return PictureFacts(content_type=content_type, width=width, height=height, failure=failure)


def size_of(data: bytes) -> tuple[int, int]:
    """Return width and height as the first bytes tell them, zeroes for what is no picture."""
    content_type = sniff(data)
    if content_type is None:
        return 0, 0
    try:
        with _opened(data, content_type) as picture:
            return picture.size
    except _UNREADABLE:
        return 0, 0


def rendition(data: bytes, width: int) -> Blob:
    """Return the picture no wider than `width`; the same bytes when it is small enough already."""
    content_type = sniff(data)
    if content_type is None:
        return Blob(content_type="application/octet-stream", data=data)
    with _opened(data, content_type) as picture:
        if picture.width <= width or content_type == "image/gif":
            return Blob(content_type=content_type, data=data)
        height = max(1, picture.height * width // picture.width)
        scaled = picture.resize((width, height))  # pyright: ignore[reportUnknownMemberType] - Pillow names numpy
        out = io.BytesIO()
        scaled.save(out, _FORMATS[content_type], quality=85)
    return Blob(content_type=content_type, data=out.getvalue())


def painted(name: str, *, width: int = 1200, height: int = 628) -> Blob:
    """Return a picture that is always the same for the same name: hills under a sky, as JPEG."""
    # Deterministic decoration, not secrets.
    chance = random.Random(hashlib.sha256(name.encode()).digest())  # noqa: S311
    sky, ground = _colours(chance)
    picture = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(picture)
    for y in range(height):
        draw.line([(0, y), (width, y)], fill=_mixed(sky, (255, 246, 230), y / height))
    radius = height // 8
    x, y = chance.randint(radius, width - radius), chance.randint(radius, height // 2)
    draw.ellipse([x - radius, y - radius, x + radius, y + radius], fill=(255, 240, 200))
    for ridge in range(4):
        draw.polygon(_ridge(chance, width, height, ridge), fill=_mixed(ground, (20, 26, 34), ridge / 5))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return Blob(content_type="image/jpeg", data=out.getvalue())


Colour: TypeAlias = tuple[int, int, int]


def _opened(data: bytes, content_type: PictureType) -> ImageFile:
    # Not Image.open: that warns of large pictures before their size can be read, and they are refused anyhow.
    return _READERS[content_type](io.BytesIO(data))


def _failure(picture: Image.Image) -> str:
    width, height = picture.size
    if width * height >= MAX_IMAGE_PIXELS:
        return f"{width * height} pixels, fewer than {MAX_IMAGE_PIXELS} are allowed"
    frames = int(getattr(picture, "n_frames", 1))
    if frames > MAX_GIF_FRAMES:
        return f"{frames} frames, at most {MAX_GIF_FRAMES} are allowed"
    picture.load()
    return ""


def _colours(chance: random.Random) -> tuple[Colour, Colour]:
    skies: tuple[Colour, ...] = ((92, 142, 190), (228, 150, 110), (120, 116, 176), (88, 160, 164))
    grounds: tuple[Colour, ...] = ((62, 110, 88), (96, 84, 120), (120, 92, 70), (52, 96, 120))
    return chance.choice(skies), chance.choice(grounds)


def _mixed(first: Colour, second: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def _ridge(chance: random.Random, width: int, height: int, ridge: int) -> list[tuple[int, int]]:
    base = height * (50 + 12 * ridge) // 100
    steps = 7 + 2 * ridge
    line = [(width * s // steps, base - chance.randint(0, height // 8)) for s in range(steps + 1)]
    return [(0, height), *line, (width, height)]
