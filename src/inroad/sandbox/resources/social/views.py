"""What comments, likes, reactions and their summaries have in common when shown."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from inroad.common.clock import to_millis
from inroad.sandbox.call import Call
from inroad.sandbox.resources.actors import to_app
from inroad.sandbox.resources.social.entity import Entity, comment_urn
from inroad.sandbox.resources.social.state import Comment, Reaction, Social, comment_count, reaction_count
from inroad.sandbox.shape import is_list, is_object


def audit_stamp(call: Call, actor: str, agent: str | None, at: datetime) -> dict[str, Any]:
    """Return who did something and when; the impersonator is the member behind an organization."""
    stamp: dict[str, Any] = {"actor": to_app(call, actor)}
    if agent is not None:
        stamp["impersonator"] = to_app(call, agent)
    return {**stamp, "time": to_millis(at)}


def likes_summary(call: Call, key: str) -> dict[str, Any]:
    """Return how many reacted, of whatever type."""
    count = reaction_count(call.world, key)
    own = call.grant.member is not None and f"urn:li:person:{call.grant.member.id}"
    liked = own in call.world.state(Social).thread(key).reactions
    return {
        "selectedLikes": [],
        "aggregatedTotalLikes": count,
        "likedByCurrentUser": liked,
        "totalLikes": count,
    }


def comments_summary(call: Call, key: str) -> dict[str, Any]:
    """Return how many comments there are, directly and with replies."""
    direct, all_of_them = comment_count(call.world, key)
    return {"selectedComments": [], "totalFirstLevelComments": direct, "aggregatedTotalComments": all_of_them}


def social_actions_view(call: Call, entity: Entity, asked: str) -> dict[str, Any]:
    """Return the summary of `socialActions`. UNCONFIRMED: the value of `$URN`."""
    closed = call.world.state(Social).thread(entity.post.urn).is_closed
    comments = {**comments_summary(call, entity.key), "commentsState": "CLOSED" if closed else "OPEN"}
    return {
        "target": asked,
        "$URN": f"urn:li:socialActions:{asked}",
        "likesSummary": likes_summary(call, entity.key),
        "commentsSummary": comments,
    }


def like_view(call: Call, entity: Entity, reaction: Reaction) -> dict[str, Any]:
    """Return a reaction of whatever type as the older API's like."""
    actor = to_app(call, reaction.actor)
    view: dict[str, Any] = {"$URN": f"urn:li:like:({actor},{entity.urn})", "actor": actor}
    if reaction.agent is not None:
        view["agent"] = to_app(call, reaction.agent)
    return {
        **view,
        "object": entity.urn,
        "id": str(entity.post.activity) if entity.comment is None else entity.comment.id,
        "created": audit_stamp(call, reaction.actor, reaction.agent, reaction.created_at),
        "lastModified": audit_stamp(call, reaction.actor, reaction.agent, reaction.modified_at),
    }


def reaction_view(call: Call, entity: Entity, reaction: Reaction) -> dict[str, Any]:
    """Return a reaction."""
    return {
        "id": f"urn:li:reaction:({to_app(call, reaction.actor)},{entity.urn})",
        "reactionType": reaction.type,
        "root": entity.urn,
        "created": audit_stamp(call, reaction.actor, reaction.agent, reaction.created_at),
        "lastModified": audit_stamp(call, reaction.actor, reaction.agent, reaction.modified_at),
    }


def comment_view(call: Call, entity: Entity, comment: Comment) -> dict[str, Any]:
    """Return a comment of the post that `entity` is or is under.

    `$URN` is what older recordings have, `commentUrn` what those from 2025 on have: both are there.
    """
    urn, thread = comment_urn(entity.post, comment), entity.activity
    view: dict[str, Any] = {"id": comment.id, "$URN": urn, "commentUrn": urn, "actor": to_app(call, comment.actor)}
    if comment.agent is not None:
        view["agent"] = to_app(call, comment.agent)
    view["object"] = thread
    if comment.parent is not None:
        view["parentComment"] = f"urn:li:comment:({thread},{comment.parent})"
    attributes = person_urns_mapped(comment.attributes, lambda urn: to_app(call, urn))
    view["message"] = {"text": comment.text, "attributes": attributes}
    if comment.image is not None:
        view["content"] = [_image(call, comment.image)]
    return {
        **view,
        "created": audit_stamp(call, comment.actor, comment.agent, comment.created_at),
        "lastModified": audit_stamp(call, comment.actor, comment.agent, comment.modified_at),
        "likesSummary": likes_summary(call, comment.entity),
        "commentsSummary": comments_summary(call, comment.entity),
    }


def person_urns_mapped(value: Any, change: Callable[[str], str]) -> Any:
    """Return a JSON value in which every person URN went through `change`."""
    if is_object(value):
        return {name: person_urns_mapped(inner, change) for name, inner in value.items()}
    if is_list(value):
        return [person_urns_mapped(inner, change) for inner in value]
    return change(value) if isinstance(value, str) and value.startswith("urn:li:person:") else value


def _image(call: Call, urn: str) -> dict[str, Any]:
    kind, _, name = urn.removeprefix("urn:li:").partition(":")
    return {"type": "IMAGE", "url": f"{call.origin}/media/{name}", "entity": {kind: urn}}
