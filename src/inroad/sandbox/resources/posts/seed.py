"""Posts that a seed brings along: history, put into the store without asking for scopes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Literal

from inroad.sandbox.files import CHUNK_BYTES
from inroad.sandbox.resources import little
from inroad.sandbox.resources.media.made import made_document, made_video
from inroad.sandbox.resources.media.pictures import facts, painted
from inroad.sandbox.resources.media.rules import keep_file
from inroad.sandbox.resources.media.state import Medium, register
from inroad.sandbox.resources.posts.rules import fingerprint
from inroad.sandbox.resources.posts.state import Family, MediaItem, Post, Posts, new_number, new_post
from inroad.sandbox.resources.social.state import Comment, Social, gather_crowd
from inroad.sandbox.world import Blob, World

_ARTIFACTS: Final = {"video": "uploadedVideo", "document": "ads-uploadedDocument"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A video or a document of a seeded post: "generated", or where its file is."""

    kind: Literal["video", "document"]
    source: Path | Literal["generated"]
    title: str


def seed_post(
    world: World,
    *,
    author_urn: str,
    text: str,
    published: datetime,
    image: str | Blob | None = None,
    alt_text: str | None = None,
    attachment: Attachment | None = None,
    reactions: int = 0,
    comments: Sequence[tuple[str, str]] = (),
) -> Post:
    """Keep a post of the past and return it.

    Args:
        world: Where to keep it.
        author_urn: A person URN with the world's own member id, or an organization URN.
        text: Plain text; `#word` becomes a hashtag.
        published: When it went out.
        image: "generated" for a painted picture, or the picture's bytes.
        alt_text: The picture's alternative text.
        attachment: A video or a document, in place of a picture.
        reactions: How many there are.
        comments: Pairs of actor URN and text.
    """
    family: Family = "share" if attachment is None else "ugcPost"
    post = new_post(world, family=family, author=author_urn, actor=author_urn, at=published)
    post.elements = little.from_plain(text)
    if image is not None:
        post.content = MediaItem(id=_picture(world, author_urn, image, published, text), alt_text=alt_text)
    if attachment is not None:
        medium = _attached(world, author_urn, attachment, published)
        post.content = MediaItem(id=medium.id, kind=attachment.kind, title=attachment.title)
    post.fingerprint = fingerprint(post)
    world.state(Posts).add(post)
    gather_crowd(world, post, reactions)
    for number, (actor, said) in enumerate(comments):
        at = published + timedelta(minutes=20 * (number + 1))
        comment = Comment(
            id=str(new_number(world, at)), post=post.urn, actor=actor, text=said, created_at=at, modified_at=at
        )
        world.state(Social).add_comment(comment)
    return post


def _attached(world: World, owner: str, attachment: Attachment, at: datetime) -> Medium:
    """Keep a file as uploaded in the past.

    Raises:
        OSError: the file cannot be read.
        ValueError: LinkedIn would not process it; says why.
    """
    medium = register(world, kind=attachment.kind, owner=owner, artifact=_ARTIFACTS[attachment.kind])
    with world.files.writing() as writing:
        if isinstance(attachment.source, Path):
            with attachment.source.open("rb") as file:
                while data := file.read(CHUNK_BYTES):
                    writing.write(data)
        else:
            writing.write(made_video() if attachment.kind == "video" else made_document(attachment.title))
        kept = writing.done()
    keep_file(world, medium, kept)
    if medium.failure:
        raise ValueError(medium.failure)
    if attachment.kind == "video" and attachment.source == "generated":
        world.blobs[medium.thumbnail] = painted(f"{world.seed}:{owner}:{attachment.title}")
    medium.created_at = medium.uploaded_at = medium.ready_at = at
    return medium


def _picture(world: World, owner: str, image: str | Blob, at: datetime, text: str) -> str:
    if isinstance(image, str):
        if image != "generated":
            raise ValueError(f'a seeded picture is "generated" or bytes, got {image!r}')
        image = painted(f"{world.seed}:{owner}:{text}")
    medium = register(world, kind="image", owner=owner, artifact="uploaded-image")
    read = facts(image.data)
    medium.created_at = medium.uploaded_at = medium.ready_at = at
    medium.width, medium.height, medium.failure = read.width, read.height, read.failure
    world.blobs[medium.id] = image
    return medium.id
