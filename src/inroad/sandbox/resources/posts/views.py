"""How `/rest/posts` shows a post of the store."""

from collections.abc import Sequence
from typing import Any

from inroad.common.clock import to_millis
from inroad.sandbox.call import Call
from inroad.sandbox.resources import little
from inroad.sandbox.resources.actors import to_app
from inroad.sandbox.resources.media.state import Media, Medium
from inroad.sandbox.resources.posts.rules import lifecycle, published_at
from inroad.sandbox.resources.posts.state import Article, Content, MediaItem, MultiImage, Poll, Post
from inroad.sandbox.world import World


def media_of(world: World, post: Post) -> list[Medium]:
    """Return the media that the post shows, as far as they exist."""
    if post.content is None:
        return []
    known = world.state(Media).by_id
    return [known[item.id] for item in post.media if item.id in known]


def lifecycle_of(world: World, post: Post) -> str:
    """Return the state that the post shows now: `PUBLISHED`, or what its media hold it back in."""
    return _lifecycle(world, post, media_of(world, post))


def _lifecycle(world: World, post: Post, media: Sequence[Medium]) -> str:
    if not media:
        return lifecycle(post, ())
    now = world.clock.now()
    return lifecycle(post, [m.status(now) for m in media])


def post_view(call: Call, post: Post) -> dict[str, Any]:
    """Return the post in the versioned form. Absent optional fields are left out, never null."""
    media = media_of(call.world, post)
    state = _lifecycle(call.world, post, media)
    view: dict[str, Any] = {
        "id": post.urn,
        "author": to_app(call, post.author),
        "commentary": little.render(little.with_urns(post.elements, lambda urn: to_app(call, urn))),
        "visibility": post.visibility,
        "distribution": _distribution(post),
        "content": None if post.content is None else content_view(post.content),
        "lifecycleState": state,
        "lifecycleStateInfo": {"isEditedByAuthor": post.is_edited},
        "isReshareDisabledByAuthor": post.is_reshare_disabled,
        "reshareContext": None if post.parent is None else {"parent": post.parent, "root": post.root},
        "contentLandingPage": post.landing_page,
        "contentCallToActionLabel": post.call_to_action,
        "adContext": post.ad_context,
        "createdAt": to_millis(post.created_at),
        "publishedAt": None,
        "lastModifiedAt": to_millis(post.modified_at),
    }
    if state == "PUBLISHED":
        view["publishedAt"] = to_millis(published_at(post, media))
    return {name: value for name, value in view.items() if value is not None}


def content_view(content: Content) -> dict[str, Any]:
    """Return a post's content as the union that the versioned API shows."""
    if isinstance(content, MediaItem):
        item = {"id": f"urn:li:{content.kind}:{content.id}", "title": content.title, "altText": content.alt_text}
        return {"media": _present(item)}
    if isinstance(content, MultiImage):
        images = [_present({"id": f"urn:li:image:{i.id}", "altText": i.alt_text}) for i in content.images]
        return {"multiImage": {"images": images}}
    if isinstance(content, Article):
        return {"article": _article(content)}
    return {"poll": _poll(content)}


def _article(article: Article) -> dict[str, Any]:
    return _present(
        {
            "source": article.source,
            "title": article.title,
            "description": article.description,
            "thumbnail": None if article.thumbnail is None else f"urn:li:image:{article.thumbnail}",
            "thumbnailAltText": article.thumbnail_alt_text,
        }
    )


def _poll(poll: Poll) -> dict[str, Any]:
    return {
        "question": poll.question,
        "options": [{"text": o.text, "voteCount": o.votes, "isVotedByViewer": False} for o in poll.options],
        "settings": {
            "duration": poll.duration,
            "voteSelectionType": "SINGLE_VOTE",
            "isVoterVisibleToAuthor": True,
        },
        "uniqueVotersCount": sum(o.votes for o in poll.options),
    }


def _distribution(post: Post) -> dict[str, Any]:
    shown: dict[str, Any] = {"feedDistribution": post.feed, "thirdPartyDistributionChannels": post.channels}
    return {**shown, "targetEntities": post.targets} if post.targets else shown


def _present(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
