"""Looking at LinkedIn for proof: listing an author's posts, reading one, comparing it with what was sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

from inroad.common.urn import Urn
from inroad.sdk.client import AsyncClient
from inroad.sdk.errors import NotFound
from inroad.sdk.resources.posts import Post, PostContent
from inroad.sdk.text import LittleText, plain
from inroad.service.publishing.effects import Effect, Sighting
from inroad.service.publishing.ports import Author

_PAGE = 50
_MOST_LISTED = 500
_LISTED_BEFORE = 2  # minutes before the send, for clocks that differ


@dataclass(frozen=True, slots=True)
class Sent:
    """What a frozen body says, reduced to what can be compared. `text` is plain."""

    author: Urn
    text: str
    media: frozenset[str]


Comparison: TypeAlias = Literal["equal", "differs", "missing"]


def read_body(body: bytes) -> Sent:
    """Return what a body made by `posts.render` says."""
    wire = msgspec.json.decode(body, type=_Body)
    return Sent(Urn.parse(wire.author), plain(LittleText(wire.commentary)), _media_of(wire.content))


async def list_since(client: AsyncClient, author: Author, since: datetime) -> list[Sighting]:
    """Return the author's posts, newest first, back to those created before `since`."""
    seen: list[Sighting] = []
    async for found in client.posts.find_by_author(author=author.urn, count=_PAGE, order="CREATED"):
        seen.append(_sighting(found))
        too_old = found.created_at is not None and (since - found.created_at).total_seconds() > _LISTED_BEFORE * 60
        if too_old or len(seen) >= _MOST_LISTED:
            break
    return seen


async def read_post(client: AsyncClient, urn: str) -> Sighting | None:
    """Return a post as LinkedIn shows it, or None when there is none.

    Raises:
        Error: it could not be asked.
    """
    try:
        return _sighting(await client.posts.get(urn))
    except NotFound:
        return None


def compare(seen: Sighting | None, sent: Sent) -> Comparison:
    """Tell whether what LinkedIn shows is what was sent."""
    if seen is None:
        return "missing"
    return "equal" if (seen.author, seen.text, seen.media) == (sent.author, sent.text, sent.media) else "differs"


def sent_by(effect: Effect) -> Sent:
    """Return what an effect's frozen body says."""
    if effect.body is None:
        raise LookupError(f"effect {effect.id} was never given a body")
    return read_body(effect.body)


class _Image(msgspec.Struct):
    id: str


class _Images(msgspec.Struct):
    images: list[_Image] = []


class _Content(msgspec.Struct, rename="camel"):
    media: _Image | None = None
    multi_image: _Images | None = None


class _Body(msgspec.Struct):
    author: str
    commentary: str
    content: _Content | None = None


def _media_of(content: "_Content | PostContent | None") -> frozenset[str]:
    if content is None:
        return frozenset()
    found = set[str]() if content.media is None else {str(content.media.id)}
    if content.multi_image is not None:
        found |= {str(image.id) for image in content.multi_image.images}
    return frozenset(found)


def _sighting(post: Post) -> Sighting:
    return Sighting(
        urn=post.id,
        author=post.author,
        text=plain(LittleText(post.commentary)),
        media=_media_of(post.content),
        created_at=post.created_at,
    )
