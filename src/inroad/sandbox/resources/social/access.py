"""Who may read and write comments, reactions and comment states.

Two generations of scopes are in force: under `/rest` the `_feed` scopes, under `/v2` the plain social ones. The
switch `scope.policy` = `compat` lets the plain scopes do both, as before 2023. Source of the roles: "Comments API",
learn.microsoft.com /linkedin/marketing/community-management/shares/comments-api.
"""

from inroad.sandbox.answers import sentence
from inroad.sandbox.call import Call
from inroad.sandbox.records import invalid_field_values
from inroad.sandbox.resources.actors import is_organization, may_act, to_world
from inroad.sandbox.resources.posts.state import Post
from inroad.sandbox.resources.refusals import forbidden
from inroad.sandbox.resources.social.entity import Entity
from inroad.sandbox.resources.social.state import Comment

READER_ROLES = frozenset(("ADMINISTRATOR", "DIRECT_SPONSORED_CONTENT_POSTER"))
WRITER_ROLES = READER_ROLES | {"RECRUITING_POSTER"}

FEED_WRITERS = frozenset(("w_member_social_feed", "w_organization_social_feed"))
FEED_READERS = frozenset(("r_member_social_feed", "r_organization_social_feed", "w_member_social_feed"))
"""The member's write scope reads too: comments, likes and social metadata of the member's own posts (recorded)."""

PLAIN_WRITERS = frozenset(("w_member_social", "w_organization_social"))
PLAIN_READERS = frozenset(("r_member_social", "r_organization_social"))


def readers(base: str) -> frozenset[str]:
    """Return the scopes that open reading under a base."""
    return FEED_READERS if base == "rest" else PLAIN_READERS | PLAIN_WRITERS


def writers(base: str) -> frozenset[str]:
    """Return the scopes that open writing under a base."""
    return FEED_WRITERS if base == "rest" else PLAIN_WRITERS


def compat_readers(base: str) -> frozenset[str]:
    """Return the scopes that open reading too while `scope.policy` is `compat`."""
    return PLAIN_READERS | PLAIN_WRITERS if base == "rest" else FEED_READERS


def compat_writers(base: str) -> frozenset[str]:
    """Return the scopes that open writing too while `scope.policy` is `compat`."""
    return PLAIN_WRITERS if base == "rest" else FEED_WRITERS


def may_read(call: Call, post: Post) -> bool:
    """Tell whether the caller may read what a post gathered: its own, or its page's with a role there."""
    return _acts_for(call, post.author, _opened(call, readers(call.base), compat_readers(call.base)), READER_ROLES)


def require_reader(call: Call, entity: Entity) -> None:
    """Refuse a caller that may not read what the post gathered, in the words recorded for a stranger's post."""
    if not may_read(call, entity.post):
        raise sentence(403, f"member is unauthorized on {entity.activity}")


def may_write_as(call: Call, actor: str) -> bool:
    """Tell whether the caller may comment and react as this member or page (a world's URN)."""
    return _acts_for(call, actor, _opened(call, writers(call.base), compat_writers(call.base)), WRITER_ROLES)


def require_actor(call: Call, urn: object, *, place: str = "REQUEST_BODY") -> None:
    """Refuse an actor that the caller may not be, with the gateway's 403 that names the field.

    UNCONFIRMED: recorded for `/author` of posts; a recorded answer for a comment's actor would confirm it.
    """
    if not isinstance(urn, str):
        return  # missing or of another type: schema and parameters say so
    actor = to_world(call, urn)
    if actor is None or not may_write_as(call, actor):
        raise invalid_field_values(["/actor"], place)


def actor_of(call: Call, sent: object) -> str:
    """Return the world's URN of the actor that a call names, of the token's member when it names none."""
    named = to_world(call, sent) if sent is not None else None
    return named or f"urn:li:person:{call.member.id}"


def agent_of(call: Call, actor: str) -> str | None:
    """Return the member behind an organization's deed, None when a member acts for themselves."""
    own = f"urn:li:person:{call.member.id}"
    return None if actor == own else own


def require_commenter(call: Call, comment: Comment) -> None:
    """Refuse to let anybody but a comment's actor change it."""
    if not may_write_as(call, comment.actor):
        raise forbidden("this comment")


def _acts_for(call: Call, who: str, scopes: frozenset[str], roles: frozenset[str]) -> bool:
    kind = "_organization_" if is_organization(who) else "_member_"
    return any(may_act(call, who, scopes=(s, s), roles=roles) for s in sorted(scopes) if kind in s)


def _opened(call: Call, usual: frozenset[str], compat: frozenset[str]) -> frozenset[str]:
    allowed = usual | compat if call.switches["scope.policy"] == "compat" else usual
    return allowed & call.grant.scopes
