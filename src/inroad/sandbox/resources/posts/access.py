"""Who may read, change and list posts."""

from inroad.common.urn import Urn
from inroad.sandbox.answers import bad_parameter, sentence
from inroad.sandbox.call import Call
from inroad.sandbox.resources.actors import (
    ORGANIZATION_KINDS,
    PERSON_KINDS,
    POSTING_ROLES,
    READ_SCOPES,
    WRITE_SCOPES,
    covers,
    may_act,
    to_world,
)
from inroad.sandbox.resources.posts.state import Post, Posts
from inroad.sandbox.resources.refusals import forbidden, not_found


def readable(call: Call, post: Post) -> bool:
    """Tell whether the caller may read the post: its own, or its page's with a posting role.

    Reading a member's posts needs the closed `r_member_social`.
    """
    return may_act(call, post.author, scopes=READ_SCOPES, roles=POSTING_ROLES)


def found(call: Call, urn: object) -> Post:
    """Return the post with this URN that the caller may read."""
    post = call.world.state(Posts).live(urn) if isinstance(urn, str) else None
    if post is None:
        raise not_found()
    if not readable(call, post):
        raise forbidden("the UGC")
    return post


def writable(call: Call, post: Post, roles: frozenset[str] = POSTING_ROLES) -> Post:
    """Return the post when the caller may change it."""
    if not may_act(call, post.author, scopes=WRITE_SCOPES, roles=roles):
        raise forbidden("the UGC")
    return post


def listed_author(call: Call, urn: object, param: str = "author") -> str:
    """Return the world's URN of an author whose posts the caller may list."""
    try:
        kind = Urn.parse(urn).kind if isinstance(urn, str) else ""
    except ValueError:
        kind = ""
    if kind in PERSON_KINDS and not covers(call, "r_member_social"):
        raise sentence(400, "Member permissions must be used when using member as author")
    if kind in ORGANIZATION_KINDS and not covers(call, "r_organization_social"):
        raise sentence(400, "Organization permissions must be used when using organization as author")
    if kind not in (*PERSON_KINDS, *ORGANIZATION_KINDS):
        raise bad_parameter("PARAM_INVALID", param)
    author = to_world(call, urn)
    if author is None or not may_act(call, author, scopes=READ_SCOPES, roles=POSTING_ROLES):
        raise forbidden("the UGC")
    return author
