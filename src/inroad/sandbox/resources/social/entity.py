"""What a URN of a thread names: a post by any of its three URNs, or a comment.

Source: "Network Update Social Actions", learn.microsoft.com
/linkedin/marketing/community-management/shares/network-update-social-actions
"""

from dataclasses import dataclass
from datetime import timedelta

from inroad.common.urn import Urn
from inroad.sandbox.answers import sentence
from inroad.sandbox.call import Call
from inroad.sandbox.resources.posts.rules import published_at
from inroad.sandbox.resources.posts.state import Post, Posts
from inroad.sandbox.resources.posts.views import lifecycle_of, media_of
from inroad.sandbox.resources.refusals import not_found
from inroad.sandbox.resources.social.state import Comment, Social
from inroad.sandbox.world import World

POST_KINDS = ("share", "ugcPost", "activity")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A post, or a comment under it."""

    post: Post
    comment: Comment | None = None

    @property
    def key(self) -> str:
        """Where the store keeps what this has gathered."""
        return self.post.urn if self.comment is None else self.comment.entity

    @property
    def activity(self) -> str:
        """The post's activity, which comments and reactions are named after."""
        return f"urn:li:activity:{self.post.activity}"

    @property
    def urn(self) -> str:
        """The URN that reactions and likes have as their root."""
        return self.activity if self.comment is None else comment_urn(self.post, self.comment)


def comment_urn(post: Post, comment: Comment) -> str:
    """Return a comment's URN."""
    return f"urn:li:comment:(urn:li:activity:{post.activity},{comment.id})"


def entity_in(world: World, urn: object) -> Entity | None:
    """Return what a URN names, None when it is nothing of this world or not published.

    The post inside a comment's URN may be named by any of its three URNs.
    """
    try:
        parsed = Urn.parse(urn) if isinstance(urn, str) else None
    except ValueError:
        return None
    if parsed is None:
        return None
    if parsed.is_kind("comment") and len(parsed.parts) == 2:
        comment = world.state(Social).comments.get(parsed.parts[1])
        post = world.state(Posts).live(parsed.parts[0])
        if comment is None or post is None or comment.post != post.urn:
            return None
        return Entity(post=post, comment=comment)
    post = world.state(Posts).live(parsed) if parsed.is_kind(*POST_KINDS) else None
    return None if post is None or lifecycle_of(world, post) != "PUBLISHED" else Entity(post=post)


def entity_of(call: Call, urn: object) -> Entity:
    """Return what a URN names, or refuse: 404, also for a post whose activity does not exist yet.

    That is while its media are processed, and for as many seconds after its publication as the switch
    `posts.activity_delay_s` says (recorded: 1 to 30).
    """
    found = entity_in(call.world, urn)
    if found is None:
        waiting = call.world.state(Posts).live(urn) if isinstance(urn, str) else None
        if waiting is not None and lifecycle_of(call.world, waiting) == "PUBLISH_REQUESTED":
            raise sentence(404, f"Unable to obtain activity for {urn}")
        raise not_found()
    delay = timedelta(seconds=call.switches.number("posts.activity_delay_s"))
    if call.now - published_at(found.post, media_of(call.world, found.post)) < delay:
        raise sentence(404, f"Unable to obtain activity for {urn}")
    return found


def same_thread(entity: Entity, urn: object) -> bool:
    """Tell whether a URN in a body names the thread of `entity`.

    The documented sample pairs a ugcPost in the path with an activity of the same number, so any kind goes with any
    of the post's numbers.
    """
    try:
        parsed = Urn.parse(urn) if isinstance(urn, str) else None
    except ValueError:
        return False
    if parsed is None:
        return False
    if parsed.is_kind("comment") and len(parsed.parts) == 2:
        return entity.comment is not None and parsed.parts[1] == entity.comment.id
    numbers = {str(n) for n in (entity.post.share, entity.post.ugc_post, entity.post.activity)}
    return parsed.is_kind(*POST_KINDS) and parsed.id in numbers
