"""What LinkedIn would say to a comment, beyond its schema.

Source: "Comments API", learn.microsoft.com /linkedin/marketing/community-management/shares/comments-api
"""

from collections.abc import Mapping
from typing import Any, Final

from inroad.sandbox.answers import gateway, sentence, server_error
from inroad.sandbox.call import Call
from inroad.sandbox.records import schema_refusal, unpermitted_fields
from inroad.sandbox.resources.comments.state import may_comment
from inroad.sandbox.resources.media.state import Media
from inroad.sandbox.resources.posts.rules import checked_medium
from inroad.sandbox.resources.refusals import bad_content, not_found
from inroad.sandbox.resources.social.entity import Entity, entity_in, same_thread
from inroad.sandbox.resources.social.state import Social

MAX_COMMENT_TEXT: Final = 1_250
"""Characters of a comment. UNCONFIRMED: clients' own limit; an answer to a longer one would confirm it."""

_IMAGE_KINDS: Final = {"rest": "image", "v2": "digitalmediaAsset"}


def check_permitted_fields(call: Call, body: Mapping[str, Any]) -> None:
    """Refuse a picture in a comment under `/rest`, as the page's own error table says."""
    if "content" in body and call.base == "rest" and call.switches["comment.image"] == "refuse":
        raise unpermitted_fields(["/content"])


def commented(call: Call, entity: Entity, body: Mapping[str, Any], *, path_names_comment: bool) -> Entity:
    """Return what a new comment hangs under: the post, or the comment that it replies to.

    A reply is sent to the comment's own path, or to the post's with `parentComment`.
    """
    if "object" not in body and path_names_comment:
        raise schema_refusal(["ERROR :: /object :: field is required but not found and has no default value"])
    if "object" in body and not same_thread(Entity(post=entity.post, comment=entity.comment), body["object"]):
        if entity_in(call.world, body["object"]) is None:
            raise not_found()
        # UNCONFIRMED: the wording for an object that is another thread's.
        raise sentence(400, f"object {body['object']} is not of the thread {entity.activity}")
    if "parentComment" not in body:
        return entity
    parent = entity_in(call.world, body["parentComment"])
    if parent is None:
        raise not_found()
    if parent.post is not entity.post:
        raise sentence(400, f"parentComment {body['parentComment']} is not of the thread {entity.activity}")
    return parent


def check_open(call: Call, entity: Entity) -> None:
    """Refuse a comment on a closed thread. UNCONFIRMED: status and text."""
    if call.world.state(Social).thread(entity.post.urn).is_closed:
        raise gateway(403, "ACCESS_DENIED", "Comments are closed on this thread", number=100)


def check_text(text: str, *, may_be_empty: bool = False) -> None:
    """Refuse a text that is blank or too long. UNCONFIRMED: the codes; a recorded answer would confirm them."""
    if not text.strip() and not may_be_empty:
        raise bad_content("INVALID_VALUE_BLANK_FIELD", "message/text cannot be blank", field="message/text")
    if len(text) > MAX_COMMENT_TEXT:
        message = f"Comment text length ({len(text)} characters) exceeded the maximum allowed ({MAX_COMMENT_TEXT})"
        details = {"maxLength": MAX_COMMENT_TEXT}
        raise bad_content("FIELD_LENGTH_TOO_LONG", message, field="message/text", sent=text, details=details)


def image_of(call: Call, body: Mapping[str, Any], actor: str) -> str | None:
    """Return the picture of a comment. `/v2` answers 500 to one while the switch `comment.image` is `refuse`."""
    contents = body.get("content", [])
    if not contents:
        return None
    if call.switches["comment.image"] == "refuse":
        raise server_error(500)
    if len(contents) > 1:
        raise bad_content("INVALID_VALUE_FOR_FIELD", "a comment has at most one image", field="content")
    entity = contents[0]["entity"]
    kind = _IMAGE_KINDS[call.base]
    urn = entity.get(kind)
    if urn is None or len(entity) != 1:
        raise bad_content("INVALID_URN_TYPE", f"entity takes one key, {kind}", field="content/0/entity")
    medium = call.world.state(Media).named(urn, kind)
    checked_medium(medium, author=actor, now=call.now, readiness="reject", field=f"content/0/entity/{kind}")
    return str(urn)


def count_comment(call: Call) -> None:
    """Refuse a comment that comes too soon after others. The number is unpublished: switch `comments.per_minute`."""
    most = call.switches["comments.per_minute"]
    if most == "off":
        return
    if not may_comment(call.world, call.member.id, int(call.switches.number("comments.per_minute"))):
        raise sentence(429, "Comment create throttled: creation rate limit exceeded for member")
