"""`organizationalEntityNotifications`: what happened, asked for."""

from datetime import datetime
from typing import Any, Final, get_args

from inroad.common.clock import from_millis, to_millis
from inroad.sandbox.answers import bad_parameter
from inroad.sandbox.call import Answer, Call, Value
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.actors import to_app
from inroad.sandbox.resources.metrics.access import ADMINISTRATION, administered_page
from inroad.sandbox.resources.organizational_entity_notifications.state import Action, Notification, Notifications
from inroad.sandbox.resources.paging import page
from inroad.sandbox.resources.posts.state import Article, MediaItem, MultiImage, Post, Posts

SOURCE: Final = (
    "learn.microsoft.com /linkedin/marketing/community-management/organizations/"
    "organization-social-action-notifications"
)
_ACTIONS: Final[tuple[str, ...]] = get_args(Action)
_CATEGORIES: Final = {"image": "IMAGE", "video": "VIDEO", "document": "NATIVE_DOCUMENT"}


def _find(call: Call) -> Answer:
    found = administered_page(call, "organizationalEntity", "organization", "organizationBrand", "company")
    actions = call.params.get("actions", list(_ACTIONS))
    if not isinstance(actions, list) or not set(map(str, actions)) <= set(_ACTIONS):
        raise bad_parameter("PARAM_INVALID", "actions")
    first, last = _span(call)
    source = _source(call)
    kept = [
        n
        for n in call.world.state(Notifications).of(found.id, call.now)
        if n.action in actions
        and (source is None or n.source_post == source)
        and (first is None or n.at >= first)
        and (last is None or n.at <= last)
    ]
    return Answer(body=page(call, kept, lambda n: notification_view(call, n)))


def notification_view(call: Call, notification: Notification) -> dict[str, Any]:
    """Return a notification; there is no actor in it but in the decorated parts."""
    view: dict[str, Any] = {
        "notificationId": notification.id,
        "organizationalEntity": f"urn:li:organization:{notification.organization}",
        "action": notification.action,
        "sourcePost": notification.source_post,
        "generatedActivity": _for_app(call, notification),
        "lastModifiedAt": to_millis(notification.at),
        "subscriber": call.person_urn(call.member.id),
    }
    source = call.world.state(Posts).live(notification.source_post)
    if source is not None:
        view["decoratedSourcePost"] = {**_decorated(call, source), "mediaCategory": _category(source)}
    activity = _generated(call, notification, source)
    return {**view, "decoratedGeneratedActivity": activity} if activity else view


def _for_app(call: Call, notification: Notification) -> str:
    """Return the generated URN; a reaction's holds its actor as the app knows them."""
    if notification.action != "LIKE":
        return notification.generated
    return notification.generated.replace(notification.actor, to_app(call, notification.actor))


def _generated(call: Call, notification: Notification, source: Post | None) -> dict[str, Any] | None:
    if notification.action == "LIKE":
        return None
    if notification.action in ("SHARE", "SHARE_MENTION"):
        post = call.world.state(Posts).live(notification.generated)
        return None if post is None else {"share": _decorated(call, post)}
    comment: dict[str, Any] = {
        "entity": notification.generated,
        "owner": to_app(call, notification.actor),
        "text": notification.text,
    }
    if source is not None:
        comment["object"] = f"urn:li:activity:{source.activity}"
    return {"comment": comment}


def _decorated(call: Call, post: Post) -> dict[str, Any]:
    return {"entity": post.urn, "owner": to_app(call, post.author), "text": post.text}


def _category(post: Post) -> str:
    if isinstance(post.content, MediaItem):
        return _CATEGORIES[post.content.kind]
    if isinstance(post.content, MultiImage):
        return "IMAGE"
    return "ARTICLE" if isinstance(post.content, Article) else "NONE"


def _source(call: Call) -> str | None:
    """Return the canonical URN of `sourcePost`, None when it is left out."""
    sent = call.params.get("sourcePost")
    if sent is None:
        return None
    post = call.world.state(Posts).named(sent) if isinstance(sent, str) else None
    if post is None:
        raise bad_parameter("PARAM_INVALID", "sourcePost")
    return post.urn


def _span(call: Call) -> tuple[datetime | None, datetime | None]:
    sent = call.params.get("timeRange", {})
    if not isinstance(sent, dict):
        raise bad_parameter("PARAM_INVALID", "timeRange")
    try:
        return _instant(sent.get("start")), _instant(sent.get("end"))
    except (ValueError, OverflowError) as problem:
        raise bad_parameter("PARAM_INVALID", "timeRange") from problem


def _instant(millis: Value | None) -> datetime | None:
    return None if millis is None else from_millis(int(str(millis)))


RESOURCES: Final = (
    Resource(
        path="organizationalEntityNotifications",
        bases=frozenset({"v2", "rest"}),
        key="number",
        methods=(
            Method(
                name="FINDER-criteria",
                handler=_find,
                params={
                    "organizationalEntity": "required",
                    "actions": "optional",
                    "sourcePost": "optional",
                    "timeRange": "optional",
                    "start": "optional",
                    "count": "optional",
                },
                source=SOURCE,
                **ADMINISTRATION,
            ),
        ),
    ),
)
