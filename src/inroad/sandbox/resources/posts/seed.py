"""Posts that a seed brings along: history, put into the store without asking for scopes."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from inroad.sandbox.resources import little
from inroad.sandbox.resources.media.pictures import facts, painted
from inroad.sandbox.resources.media.state import register
from inroad.sandbox.resources.posts.rules import fingerprint
from inroad.sandbox.resources.posts.state import MediaItem, Post, Posts, new_number, new_post
from inroad.sandbox.resources.social.state import Comment, Social, gather_crowd
from inroad.sandbox.world import Blob, World


def seed_post(
    world: World,
    *,
    author_urn: str,
    text: str,
    published: datetime,
    image: str | Blob | None = None,
    alt_text: str | None = None,
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
        reactions: How many there are.
        comments: Pairs of actor URN and text.
    """
    post = new_post(world, family="share", author=author_urn, actor=author_urn, at=published)
    post.elements = little.from_plain(text)
    if image is not None:
        post.content = MediaItem(id=_picture(world, author_urn, image, published, text), alt_text=alt_text)
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
