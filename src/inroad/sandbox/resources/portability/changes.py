"""A member's log of changes: what they wrote, edited and deleted since they allowed the app to see it.

Source: "Member Changelog API", learn.microsoft.com /linkedin/dma/member-data-portability/shared/member-changelog-api.
Deletions of comments and reactions are found by comparing with what the log showed before.
"""

import hashlib
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias

from inroad.common.clock import to_millis
from inroad.sandbox.call import Call
from inroad.sandbox.resources.messages.state import Messages
from inroad.sandbox.resources.portability.state import Portability
from inroad.sandbox.resources.posts.state import Posts
from inroad.sandbox.resources.social.state import Social

Event: TypeAlias = dict[str, Any]

KEPT: Final = timedelta(days=28)
_PROCESSING: Final = timedelta(milliseconds=800)
_CONFIG_VERSION: Final = 13


def events_of(call: Call, since: datetime) -> list[Event]:
    """Return the calling member's events from `since` on, in the order of their processing."""
    present = dict(_entities(call))
    gone = call.world.state(Portability).note_seen(call.member.id, present, call.now)
    found = [*_posts(call), *_comments(call), *_likes(call), *_messages(call)]
    found += [_event(call, entry.resource, entry.key, "DELETE", at=entry.at) for entry in gone]
    bound = to_millis(since)
    return sorted((e for e in found if e["processedAt"] >= bound), key=lambda e: (e["processedAt"], e["id"]))


def _entities(call: Call) -> Iterator[tuple[str, str]]:
    """Yield what can vanish without leaving a trace in the world, with its resource."""
    social, me = call.world.state(Social), _me(call)
    for comment in social.comments.values():
        if comment.actor == me:
            yield comment.id, "socialActions/comments"
    for key, thread in social.threads.items():
        if me in thread.reactions:
            yield f"like:{key}", "socialActions/likes"


def _posts(call: Call) -> Iterator[Event]:
    owner, posts = call.person_urn(call.member.id), call.world.state(Posts)
    for urn in posts.by_author.get(_me(call), ()):
        post = posts.by_urn[urn]
        activity = {
            "id": post.urn,
            "author": owner,
            "lifecycleState": post.lifecycle,
            "specificContent": {
                "com.linkedin.ugc.ShareContent": {
                    "shareCommentary": {"text": post.text},
                    "shareMediaCategory": "IMAGE" if post.media else "NONE",
                }
            },
            "visibility": {"com.linkedin.ugc.MemberNetworkVisibility": post.visibility},
        }
        yield _event(call, "ugcPosts", post.urn, "CREATE", at=post.created_at, activity=activity)
        if post.is_edited:
            yield _event(call, "ugcPosts", post.urn, "PARTIAL_UPDATE", at=post.modified_at, activity=activity)
        if post.deleted_at is not None:
            yield _event(call, "ugcPosts", post.urn, "DELETE", at=post.deleted_at)


def _comments(call: Call) -> Iterator[Event]:
    owner, resource = call.person_urn(call.member.id), "socialActions/comments"
    for comment in call.world.state(Social).comments.values():
        if comment.actor != _me(call):
            continue
        activity = {"actor": owner, "object": comment.post, "message": {"text": comment.text}, "id": comment.id}
        yield _event(call, resource, comment.id, "CREATE", at=comment.created_at, activity=activity)
        if comment.modified_at > comment.created_at:
            yield _event(call, resource, comment.id, "UPDATE", at=comment.modified_at, activity=activity)


def _likes(call: Call) -> Iterator[Event]:
    owner = call.person_urn(call.member.id)
    for key, thread in call.world.state(Social).threads.items():
        made = thread.reactions.get(_me(call))
        if made is not None:
            activity = {"actor": owner, "object": key, "reactionType": made.type}
            yield _event(call, "socialActions/likes", f"like:{key}", "CREATE", at=made.created_at, activity=activity)


def _messages(call: Call) -> Iterator[Event]:
    owner = call.person_urn(call.member.id)
    for message in call.world.state(Messages).of_member(call.member.id):
        author = call.person_urn(message.author)
        activity = {
            "owner": owner,
            "author": author,
            "thread": message.thread,
            "id": message.id,
            "createdAt": to_millis(message.sent_at),
            "deliveredAt": to_millis(message.sent_at),
            "content": {
                "format": "TEXT",
                "fallback": message.body,
                "formatVersion": 1,
                "content": {"string": message.body},
            },
            "attachments": message.attachments,
        }
        yield {**_event(call, "messages", message.id, "CREATE", at=message.sent_at, activity=activity), "actor": author}


def _event(
    call: Call, resource: str, key: str, method: str, *, at: datetime, activity: dict[str, Any] | None = None
) -> Event:
    digest = hashlib.sha256(f"{call.member.id}\0{resource}\0{key}\0{method}\0{to_millis(at)}".encode()).digest()
    owner = call.person_urn(call.member.id)
    return {
        "id": int.from_bytes(digest[:6]),
        "activityId": str(uuid.UUID(bytes=digest[:16], version=4)),
        "owner": owner,
        "actor": owner,
        "resourceName": resource,
        "resourceId": key,
        "resourceUri": f"/{resource}/{key}",
        "method": method,
        "configVersion": _CONFIG_VERSION,
        "capturedAt": to_millis(at),
        "processedAt": to_millis(at + _PROCESSING),
        "activityStatus": "SUCCESS",
        "siblingActivities": [],
        "parentSiblingActivities": [],
        "activity": activity or {},
        "processedActivity": activity or {},
    }


def _me(call: Call) -> str:
    return f"urn:li:person:{call.member.id}"
