"""Pictures of people and marks of pages for generated worlds: the same name gives the same bytes at every start."""

import hashlib
import io
import math
import random
from typing import Final, TypeAlias

from PIL import Image, ImageDraw, ImageFont

from inroad.sandbox.world import Blob

Colour: TypeAlias = tuple[int, int, int]

SIDE: Final = 800
_PAIRS: Final[tuple[tuple[Colour, Colour], ...]] = (
    ((18, 78, 92), (74, 160, 150)),
    ((92, 45, 88), (196, 110, 132)),
    ((34, 58, 122), (110, 152, 214)),
    ((126, 68, 26), (226, 164, 92)),
    ((44, 88, 52), (148, 182, 104)),
    ((110, 36, 46), (222, 122, 98)),
    ((50, 54, 72), (140, 148, 176)),
)


def portrait(name: str, initials: str) -> Blob:
    """Return a square picture with a person's initials on a soft gradient."""
    chance = _chance(name)
    dark, light = _PAIRS[chance.randrange(len(_PAIRS))]
    picture = _gradient(dark, light, angle=chance.uniform(0.5, 1.1))
    glow = Image.new("L", (SIDE, SIDE), 0)
    x, y, radius = chance.randint(-100, SIDE // 2), chance.randint(-200, 200), chance.randint(360, 520)
    ImageDraw.Draw(glow).ellipse([x - radius, y - radius, x + radius, y + radius], fill=34)
    picture.paste(Image.new("RGB", (SIDE, SIDE), (255, 255, 255)), mask=glow)
    font = ImageFont.load_default(size=SIDE * 0.38)
    ImageDraw.Draw(picture).text((SIDE / 2, SIDE / 2), initials, font=font, fill=(255, 255, 255), anchor="mm")
    return _jpeg(picture)


def mark(name: str) -> Blob:
    """Return a square mark for a page: three overlapping shapes on a quiet ground."""
    chance = _chance(name)
    dark, light = _PAIRS[chance.randrange(len(_PAIRS))]
    picture = Image.new("RGB", (SIDE, SIDE), _mixed(light, (255, 255, 255), 0.86))
    turn = chance.uniform(0, math.tau)
    sides = chance.choice((0, 3, 4, 6))
    for layer in range(3):
        angle = turn + layer * math.tau / 3
        centre = (SIDE / 2 + math.cos(angle) * 110, SIDE / 2 + math.sin(angle) * 110)
        shape = Image.new("L", (SIDE, SIDE), 0)
        _shape(ImageDraw.Draw(shape), centre, 190.0, sides, turn)
        faint = shape.point(_faded)  # pyright: ignore[reportUnknownMemberType] - Pillow names types of numpy
        picture.paste(Image.new("RGB", (SIDE, SIDE), _mixed(dark, light, layer / 2)), mask=faint)
    return _jpeg(picture)


def initials_of(*names: str) -> str:
    """Return the first letters of up to two names."""
    return "".join(name[0] for name in names if name)[:2].upper() or "?"


def _chance(name: str) -> random.Random:
    return random.Random(hashlib.sha256(name.encode()).digest())  # noqa: S311 - looks, not secrets


def _gradient(first: Colour, second: Colour, angle: float) -> Image.Image:
    """Return a slanted gradient; drawn small and enlarged, which is smooth and quick."""
    small = Image.new("RGB", (64, 64))
    points = [
        _mixed(first, second, min(1.0, (x * math.cos(angle) + y * math.sin(angle)) / 84))
        for y in range(64)
        for x in range(64)
    ]
    small.putdata(points)  # pyright: ignore[reportUnknownMemberType] - as above
    return small.resize((SIDE, SIDE), Image.Resampling.BICUBIC)  # pyright: ignore[reportUnknownMemberType] - as above


def _shape(draw: ImageDraw.ImageDraw, centre: tuple[float, float], radius: float, sides: int, turn: float) -> None:
    x, y = centre
    if sides == 0:
        draw.ellipse([x - radius, y - radius, x + radius, y + radius], fill=255)
        return
    steps = (turn + step * math.tau / sides for step in range(sides))
    draw.polygon([(x + math.cos(a) * radius, y + math.sin(a) * radius) for a in steps], fill=255)


def _faded(level: int) -> float:
    return level * 0.82


def _mixed(first: Colour, second: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def _jpeg(picture: Image.Image) -> Blob:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=88)
    return Blob(content_type="image/jpeg", data=out.getvalue())
