"""How `/v2/ugcPosts` shows a post of the store."""

from typing import Any

from inroad.common.clock import to_millis
from inroad.sandbox.call import Call
from inroad.sandbox.resources import little
from inroad.sandbox.resources.actors import to_app
from inroad.sandbox.resources.media.state import Media
from inroad.sandbox.resources.posts.rules import published_at
from inroad.sandbox.resources.posts.state import Article, MediaItem, Poll, Post
from inroad.sandbox.resources.posts.views import lifecycle_of, media_of
from inroad.sandbox.resources.ugc_posts.schema import (
    MEMBER_VISIBILITY_KEY,
    SHARE_CONTENT_KEY,
    SPONSORED_VISIBILITY_KEY,
)

_STATES = {"PUBLISH_REQUESTED": "PROCESSING", "PUBLISH_FAILED": "PROCESSING_FAILED"}
_CATEGORIES = {"image": "IMAGE", "video": "VIDEO", "document": "NATIVE_DOCUMENT"}
_MEDIA_STATES = {"AVAILABLE": "READY", "PROCESSING_FAILED": "FAILED"}


def ugc_post_view(call: Call, post: Post) -> dict[str, Any]:
    """Return the post in the legacy form; media of either generation are shown as digital media assets."""
    state = lifecycle_of(call.world, post)
    actor = call.person_urn(post.actor) if post.actor in call.world.members else to_app(call, post.author)
    view: dict[str, Any] = {
        "id": post.urn,
        "author": to_app(call, post.author),
        "lifecycleState": _STATES.get(state, state),
        "created": {"actor": actor, "time": to_millis(post.created_at)},
        "lastModified": {"actor": actor, "time": to_millis(post.modified_at)},
        "versionTag": str(post.revision),
        **editable_view(call, post),
        "visibility": _visibility(post),
        "distribution": {
            "feedDistribution": post.feed,
            "externalDistributionChannels": post.channels,
            "distributedViaFollowFeed": post.feed == "MAIN_FEED",
        },
        "ugcOrigin": "DESKTOP",
    }
    view["lifecycleState"] = _STATES.get(state, state)
    if state == "PUBLISHED":
        view["firstPublishedAt"] = to_millis(published_at(post, media_of(call.world, post)))
    if post.parent is not None:
        view["responseContext"] = {"parent": post.parent, "root": post.root}
    return view


def editable_view(call: Call, post: Post) -> dict[str, Any]:
    """Return the part of the legacy form that a partial update may reach."""
    spoken = little.with_urns(post.elements, lambda urn: to_app(call, urn))
    share: dict[str, Any] = {
        "shareCommentary": {"attributes": little.attributes(spoken), "text": little.plain(spoken)},
        "media": _media(call, post),
        "shareMediaCategory": _category(post),
        "shareFeatures": {
            "hashtags": [f"urn:li:hashtag:{e.word}" for e in spoken if isinstance(e, little.Hashtag)],
        },
    }
    view: dict[str, Any] = {"lifecycleState": post.lifecycle, "specificContent": {SHARE_CONTENT_KEY: share}}
    return {**view, "targetAudience": {"targetedEntities": post.targets}} if post.targets else view


def _media(call: Call, post: Post) -> list[dict[str, Any]]:
    if isinstance(post.content, Article):
        shown: dict[str, Any] = {"status": "READY", "originalUrl": post.content.source, "thumbnails": []}
        return [shown | _texts(post.content)]
    known, now = call.world.state(Media).by_id, call.now
    return [
        {
            "media": f"urn:li:digitalmediaAsset:{item.id}",
            "status": _MEDIA_STATES.get(known[item.id].status(now), "PROCESSING") if item.id in known else "FAILED",
            "thumbnails": [],
        }
        | _texts(item)
        for item in post.media
    ]


def _texts(item: MediaItem | Article) -> dict[str, Any]:
    texts = {"title": item.title, "description": item.description}
    return {name: {"attributes": [], "text": text} for name, text in texts.items() if text is not None}


def _category(post: Post) -> str:
    if isinstance(post.content, Article):
        return "ARTICLE"
    if post.content is None or isinstance(post.content, Poll):
        return "NONE"  # UNCONFIRMED: how the legacy API shows a poll
    return _CATEGORIES[post.content.kind] if isinstance(post.content, MediaItem) else "IMAGE"


def _visibility(post: Post) -> dict[str, str]:
    if post.visibility == "DARK":
        return {SPONSORED_VISIBILITY_KEY: "DARK"}
    return {MEMBER_VISIBILITY_KEY: post.visibility}
