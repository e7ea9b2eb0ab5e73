"""`/v2/ugcPosts`: the legacy API over the same posts."""

from copy import deepcopy
from typing import Any, Final

from inroad.sandbox.answers import bad_parameter
from inroad.sandbox.call import Answer, Call
from inroad.sandbox.records import faults, schema_refusal
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources import little
from inroad.sandbox.resources.actors import (
    LEGACY_POSTING_ROLES,
    READ_SCOPES,
    WRITE_SCOPES,
    is_organization,
    name_check,
    require_author_field,
    to_world,
)
from inroad.sandbox.resources.batches import batch
from inroad.sandbox.resources.media.state import Media
from inroad.sandbox.resources.paging import page
from inroad.sandbox.resources.patch import patched
from inroad.sandbox.resources.posts.access import found, listed_author, writable
from inroad.sandbox.resources.posts.routes import deleted, edit_text, keep, listed, shown, touch
from inroad.sandbox.resources.posts.rules import check_length, family, reshared
from inroad.sandbox.resources.posts.state import MediaItem, MultiImage, Post, Posts, new_post
from inroad.sandbox.resources.projection import projected
from inroad.sandbox.resources.refusals import bad_content, not_found
from inroad.sandbox.resources.ugc_posts import rules
from inroad.sandbox.resources.ugc_posts.schema import (
    EDITED,
    MEMBER_VISIBILITY_KEY,
    SHARE_CONTENT_KEY,
    SPONSORED_VISIBILITY_KEY,
    UGC_POST,
)
from inroad.sandbox.resources.ugc_posts.views import editable_view, ugc_post_view
from inroad.sandbox.shape import member_of

SOURCE: Final = "learn.microsoft.com /linkedin/consumer/integrations/self-serve/share-on-linkedin"


def _may_create(call: Call) -> None:
    require_author_field(call, member_of(call.body, "author"), path="/author", roles=LEGACY_POSTING_ROLES)
    rules.check_union_key(member_of(call.body, "specificContent"))


def _create(call: Call) -> Answer:
    body, switches = call.body, call.switches
    author = to_world(call, body["author"])
    assert author is not None  # the rule has looked
    share = body["specificContent"][SHARE_CONTENT_KEY]
    rules.check_state(body["lifecycleState"])
    elements = _elements(call, share["shareCommentary"])
    visibility = next(iter(body["visibility"].items()))
    _check_audience(body, visibility[1], is_page=is_organization(author))
    content = rules.content(
        share,
        media=call.world.state(Media),
        author=author,
        now=call.now,
        readiness=str(switches["media.readiness"]),
    )
    parent, root = reshared(call.world.state(Posts), body.get("responseContext", {}).get("parent"))
    if "containerEntity" in body:
        raise not_found()  # no groups and no events in this sandbox
    post = new_post(
        call.world,
        family=family(content, video_kind=str(switches["ids.video_post"])),
        author=author,
        actor=call.member.id,
        at=call.now,
    )
    post.elements, post.content, post.parent, post.root = elements, content, parent, root
    post.lifecycle = body["lifecycleState"]
    post.visibility = "DARK" if visibility[0] == SPONSORED_VISIBILITY_KEY else visibility[1]
    distribution = body.get("distribution", {})
    post.feed = distribution.get("feedDistribution", "NONE" if post.visibility == "DARK" else "MAIN_FEED")
    post.channels = distribution.get("externalDistributionChannels", [])
    post.targets = body.get("targetAudience", {}).get("targetedEntities", [])
    urn = keep(call, post)
    return Answer.created(urn, {"id": urn})


def _check_audience(body: dict[str, Any], visibility: str, *, is_page: bool) -> None:
    if is_page and visibility == "CONNECTIONS":
        raise bad_content(
            "INVALID_VALUE_FOR_FIELD",
            "an organization's post cannot be for connections",
            field=f"visibility/{MEMBER_VISIBILITY_KEY}",
            sent=visibility,
        )
    if not is_page and body.get("targetAudience", {}).get("targetedEntities"):
        raise bad_content(
            "INVALID_VALUE_FOR_FIELD", "only organizations may target their posts", field="targetAudience"
        )


def _elements(call: Call, commentary: dict[str, Any]) -> tuple[little.Element, ...]:
    documented = call.switches["errors.posts_family"] == "documented"
    check_length(commentary["text"], sent=commentary["text"], documented=documented)
    elements = rules.elements(commentary, is_name_of=name_check(call))
    return little.with_urns(elements, lambda urn: to_world(call, urn) or urn)


def _get(call: Call) -> Answer:
    return Answer(body=ugc_post_view(call, shown(call)))


def _batch_get(call: Call) -> Answer:
    return batch(call, lambda key: ugc_post_view(call, found(call, key)))


def _find_by_authors(call: Call) -> Answer:
    sent = call.params.get("authors")
    authors = [sent] if isinstance(sent, str) else sent
    if not isinstance(authors, list) or not authors:
        raise bad_parameter("PARAM_INVALID", "authors")
    posts = listed(call, [listed_author(call, urn, "authors") for urn in authors])
    return Answer(body=page(call, posts, lambda post: ugc_post_view(call, post)))


def _update(call: Call) -> Answer:
    post = call.world.state(Posts).live(call.key) if isinstance(call.key, str) else None
    if post is None:
        raise not_found()
    writable(call, post, LEGACY_POSTING_ROLES)
    before = editable_view(call, post)
    after = patched(before, call.body["patch"])
    lines = faults(EDITED, deepcopy(after))
    if lines:
        raise schema_refusal(lines)
    rules.check_edit(before, after)
    rules.check_state(after["lifecycleState"])
    share = after["specificContent"][SHARE_CONTENT_KEY]
    commentary = share["shareCommentary"]
    if commentary != before["specificContent"][SHARE_CONTENT_KEY]["shareCommentary"]:
        edit_text(post, _elements(call, commentary))
    _edit_media(post, share.get("media", []))
    post.lifecycle = after["lifecycleState"]
    post.targets = after.get("targetAudience", {}).get("targetedEntities", [])
    touch(call, post)
    return Answer(status=204)


def _edit_media(post: Post, media: list[dict[str, Any]]) -> None:
    """Take over titles and descriptions; the media themselves stay."""
    items = post.media
    if [m.get("media") for m in media] != [f"urn:li:digitalmediaAsset:{i.id}" for i in items]:
        if items:
            raise bad_content("INVALID_VALUE_FOR_FIELD", "the media of a post cannot be exchanged", field="media")
        return
    edited = [
        MediaItem(
            id=item.id,
            kind=item.kind,
            alt_text=item.alt_text,
            title=sent.get("title", {}).get("text"),
            description=sent.get("description", {}).get("text"),
        )
        for item, sent in zip(items, media, strict=True)
    ]
    if isinstance(post.content, MultiImage):
        post.content = MultiImage(images=edited)
    elif edited:
        post.content = edited[0]


def _delete(call: Call) -> Answer:
    return deleted(call, again=str(call.switches["posts.second_delete_v2"]), roles=LEGACY_POSTING_ROLES)


RESOURCES: Final = (
    Resource(
        path="ugcPosts",
        bases=frozenset({"v2"}),
        key="urn",
        methods=(
            Method(
                name="CREATE",
                handler=_create,
                scopes=frozenset(WRITE_SCOPES),
                rule=_may_create,
                body=UGC_POST,
                source=SOURCE,
            ),
            Method(
                name="GET",
                handler=projected(_get),
                scopes=frozenset(READ_SCOPES),
                params={"viewContext": "optional", "projection": "optional"},
                source=SOURCE,
            ),
            Method(
                name="BATCH_GET",
                handler=projected(_batch_get),
                scopes=frozenset(READ_SCOPES),
                params={"viewContext": "optional", "projection": "optional"},
                source=SOURCE,
            ),
            Method(
                name="FINDER-authors",
                handler=projected(_find_by_authors),
                scopes=frozenset(READ_SCOPES),
                params={
                    "authors": "required",
                    "sortBy": "optional",
                    "viewContext": "optional",
                    "projection": "optional",
                    "start": "optional",
                    "count": "optional",
                },
                source=SOURCE,
            ),
            Method(
                name="PARTIAL_UPDATE",
                handler=_update,
                scopes=frozenset(WRITE_SCOPES),
                body=UGC_POST,
                source=SOURCE,
            ),
            Method(name="DELETE", handler=_delete, scopes=frozenset(WRITE_SCOPES), source=SOURCE),
        ),
    ),
)
