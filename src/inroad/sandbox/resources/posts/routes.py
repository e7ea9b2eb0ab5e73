"""`/rest/posts`: the versioned Posts API."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final, Literal

from inroad.sandbox.answers import bad_parameter
from inroad.sandbox.call import Answer, Call
from inroad.sandbox.records import unpermitted_fields
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources import little
from inroad.sandbox.resources.actors import (
    POSTING_ROLES,
    READ_SCOPES,
    WRITE_SCOPES,
    covers,
    is_organization,
    name_check,
    require_author,
    to_world,
)
from inroad.sandbox.resources.batches import batch
from inroad.sandbox.resources.levers import LISTING_LAG, PHANTOM_201, lever
from inroad.sandbox.resources.media.state import Media
from inroad.sandbox.resources.paging import page
from inroad.sandbox.resources.patch import patched
from inroad.sandbox.resources.posts import rules
from inroad.sandbox.resources.posts.access import found, listed_author, writable
from inroad.sandbox.resources.posts.schema import POST
from inroad.sandbox.resources.posts.state import Post, Posts, new_number, new_post
from inroad.sandbox.resources.posts.views import lifecycle_of, post_view
from inroad.sandbox.resources.refusals import not_found
from inroad.sandbox.resources.social.deeds import tell_of_post
from inroad.sandbox.resources.social.state import Social
from inroad.sandbox.shape import is_object

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/community-management/shares/posts-api"
_VIEWS: Final = ("READER", "AUTHOR")


def keep(call: Call, post: Post) -> str:
    """Keep a new post unless it is a duplicate, and return the URN to answer with.

    Both generations of the API create through here.
    """
    posts, switches = call.world.state(Posts), call.switches
    post.fingerprint = rules.fingerprint(post)
    original = rules.duplicate_of(
        posts.with_fingerprint(post.fingerprint),
        now=call.now,
        window=timedelta(seconds=switches.number("duplicate_window")),
        after_delete=str(switches["duplicates.after_delete"]),
    )
    if original is not None:
        phantom = f"urn:li:{post.family}:{new_number(call.world, call.now)}"
        raise rules.duplicate(phantom if switches["duplicates.urn"] == "phantom" else original.urn)
    if lever(call.world, PHANTOM_201) is None:
        posts.add(post)
        tell_of_post(call.world, post)
    return post.urn


def listed(call: Call, authors: Iterable[str]) -> list[Post]:
    """Return the authors' posts as a finder lists them: sorted, and what a reader may not see yet left out."""
    by_creation = choice(call, "sortBy", ("LAST_MODIFIED", "CREATED")) == "CREATED"
    posts = [p for author in authors for p in call.world.state(Posts).of_author(author)]
    lag = lever(call.world, LISTING_LAG)
    if lag is not None:
        posts = [p for p in posts if call.now - p.created_at >= timedelta(seconds=lag)]
    if choice(call, "viewContext", _VIEWS) == "READER":
        posts = [p for p in posts if lifecycle_of(call.world, p) == "PUBLISHED"]
    return sorted(posts, key=lambda p: p.created_at if by_creation else p.modified_at, reverse=True)


def deleted(call: Call, *, again: str, roles: frozenset[str] = POSTING_ROLES) -> Answer:
    """Delete the post that the key names; `again` is what a second delete answers."""
    post = call.world.state(Posts).named(call.key) if isinstance(call.key, str) else None
    if post is None:
        raise not_found()
    writable(call, post, roles)
    if post.deleted_at is not None:
        if again == "404":
            raise not_found()
        return Answer(status=204)
    post.deleted_at = call.now
    call.world.state(Social).forget(post.urn)
    return Answer(status=204)


def shown(call: Call) -> Post:
    """Return the post that the key names, if the caller may read it in the view it asks for."""
    return _in_view(call, found(call, call.key))


def _in_view(call: Call, post: Post) -> Post:
    # READER hides drafts; everything else shows the state it is in.
    if choice(call, "viewContext", _VIEWS) == "READER" and post.lifecycle == "DRAFT":
        raise not_found()
    return post


def choice(call: Call, name: str, symbols: Sequence[str]) -> str:
    """Return the symbol that a parameter names, the first one when it is left out."""
    chosen = call.params.get(name, symbols[0])
    if not isinstance(chosen, str) or chosen not in symbols:
        raise bad_parameter("PARAM_INVALID", name)
    return chosen


def _may_create(call: Call) -> None:
    body = call.body
    if not is_object(body):
        return
    require_author(call, body.get("author"), word="author", path="/author", roles=POSTING_ROLES)
    if "adContext" in body and not covers(call, "rw_ads"):
        raise unpermitted_fields(["/adContext"])


def _create(call: Call) -> Answer:
    body, switches = call.body, call.switches
    author = to_world(call, body["author"])
    assert author is not None  # the rule has looked
    elements = _commentary(call, body["commentary"])
    rules.check_head(body, is_organization=is_organization(author))
    content = rules.content(
        body.get("content"),
        media=call.world.state(Media),
        author=author,
        now=call.now,
        readiness=str(switches["media.readiness"]),
    )
    parent, root = rules.reshared(call.world.state(Posts), body.get("reshareContext", {}).get("parent"))
    if "container" in body:
        raise not_found()  # no groups and no events in this sandbox
    family = rules.family(content, video_kind=str(switches["ids.video_post"]))
    post = new_post(call.world, family=family, author=author, actor=call.member.id, at=call.now)
    post.elements, post.content, post.parent, post.root = elements, content, parent, root
    post.visibility = body["visibility"]
    _distribute(post, body["distribution"])
    post.is_reshare_disabled = body.get("isReshareDisabledByAuthor", False)
    post.landing_page, post.call_to_action = body.get("contentLandingPage"), body.get("contentCallToActionLabel")
    post.ad_context = body.get("adContext")
    return Answer.created(keep(call, post))


def _commentary(call: Call, raw: str) -> tuple[little.Element, ...]:
    reading, elements = rules.commentary(
        raw,
        policy=str(call.switches["little.policy"]),
        documented=call.switches["errors.posts_family"] == "documented",
        is_name_of=name_check(call),
    )
    if reading.fault_at is not None:
        call.remarks.append(f"commentary: unescaped reserved character {raw[reading.fault_at]!r} at {reading.fault_at}")
    return little.with_urns(elements, lambda urn: to_world(call, urn) or urn)


def _distribute(post: Post, distribution: dict[str, Any]) -> None:
    post.feed = distribution["feedDistribution"]
    post.targets = distribution.get("targetEntities", [])
    post.channels = distribution.get("thirdPartyDistributionChannels", [])


def _get(call: Call) -> Answer:
    return Answer(body=post_view(call, shown(call)))


def _batch_get(call: Call) -> Answer:
    return batch(call, lambda key: post_view(call, _in_view(call, found(call, key))))


def _find_by_author(call: Call) -> Answer:
    posts = listed(call, [listed_author(call, call.params.get("author"))])
    if "isDsc" in call.params:
        dark = call.params["isDsc"] == "true"
        posts = [p for p in posts if (p.feed == "NONE") == dark]
    return Answer(body=page(call, posts, lambda post: post_view(call, post), total=True))


def _update(call: Call) -> Answer:
    post = call.world.state(Posts).live(call.key) if isinstance(call.key, str) else None
    if post is None:
        raise not_found()
    writable(call, post)
    patch = call.body["patch"]
    rules.check_patch(patch)
    changes, dropped = patch.get("$set", {}), patch.get("$delete", [])
    if "commentary" in changes:
        edit_text(post, _commentary(call, changes["commentary"]))
    if "contentLandingPage" in changes or "contentLandingPage" in dropped:
        post.landing_page = changes.get("contentLandingPage")
    if "contentCallToActionLabel" in changes or "contentCallToActionLabel" in dropped:
        post.call_to_action = changes.get("contentCallToActionLabel")
    if "adContext" in patch or "adContext" in changes:
        merged = patched({"adContext": post.ad_context or {}}, patch)["adContext"]
        post.ad_context = {**(post.ad_context or {}), **{k: merged[k] for k in ("dscName", "dscStatus") if k in merged}}
    if "lifecycleState" in changes:
        post.lifecycle = "PUBLISHED"
    touch(call, post)
    return Answer(status=204)


def edit_text(post: Post, elements: tuple[little.Element, ...]) -> None:
    """Give the post another text; its readers see that it was edited."""
    post.elements, post.is_edited = elements, True


def touch(call: Call, post: Post) -> None:
    """Note that the post was changed now."""
    post.modified_at, post.revision = call.now, post.revision + 1
    post.fingerprint = rules.fingerprint(post)
    call.world.state(Posts).note_fingerprint(post)


def _delete(call: Call) -> Answer:
    return deleted(call, again=str(call.switches["posts.second_delete"]))


_PAGED: Final[Mapping[str, Literal["required", "optional"]]] = {
    "start": "optional",
    "count": "optional",
    "sortBy": "optional",
    "viewContext": "optional",
}

RESOURCES: Final = (
    Resource(
        path="posts",
        bases=frozenset({"rest"}),
        permission="partnerApiPostsExternal",
        key="urn",
        methods=(
            Method(
                name="CREATE",
                handler=_create,
                scopes=frozenset(WRITE_SCOPES),
                rule=_may_create,
                body=POST,
                source=SOURCE,
            ),
            Method(
                name="GET",
                handler=_get,
                scopes=frozenset(READ_SCOPES),
                params={"viewContext": "optional"},
                source=SOURCE,
            ),
            Method(
                name="BATCH_GET",
                handler=_batch_get,
                scopes=frozenset(READ_SCOPES),
                params={"viewContext": "optional"},
                source=SOURCE,
            ),
            Method(
                name="FINDER-author",
                handler=_find_by_author,
                scopes=frozenset(READ_SCOPES),
                params={"author": "required", "isDsc": "optional", **_PAGED},
                source=SOURCE,
            ),
            Method(
                name="PARTIAL_UPDATE",
                handler=_update,
                scopes=frozenset(WRITE_SCOPES),
                body=POST,
                source=SOURCE,
            ),
            Method(name="DELETE", handler=_delete, scopes=frozenset(WRITE_SCOPES), source=SOURCE),
        ),
    ),
)
