"""`/v2/shares`: create, get, list by owner, delete. Sunset for marketing apps."""

from typing import Any, Final

from inroad.common.clock import to_millis
from inroad.sandbox.answers import bad_parameter
from inroad.sandbox.call import Answer, Call, Value
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources import little
from inroad.sandbox.resources.actors import (
    LEGACY_POSTING_ROLES,
    READ_SCOPES,
    WRITE_SCOPES,
    is_organization,
    name_check,
    require_author_field,
    to_app,
    to_world,
)
from inroad.sandbox.resources.media.state import Media
from inroad.sandbox.resources.paging import page
from inroad.sandbox.resources.posts.access import found, listed_author
from inroad.sandbox.resources.posts.routes import deleted, keep, listed
from inroad.sandbox.resources.posts.rules import check_length, is_web_address, reshared
from inroad.sandbox.resources.posts.state import Article, Content, MediaItem, MultiImage, Post, Posts, new_post
from inroad.sandbox.resources.refusals import bad_content, not_found
from inroad.sandbox.resources.shares.schema import SHARE
from inroad.sandbox.shape import member_of

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/integrations/community-management/shares/share-api"
_MOST_PER_OWNER: Final = 1000  # UNCONFIRMED: the documentation's default


def _may_create(call: Call) -> None:
    require_author_field(call, member_of(call.body, "owner"), path="/owner", roles=LEGACY_POSTING_ROLES)


def _create(call: Call) -> Answer:
    body = call.body
    owner = to_world(call, body["owner"])
    assert owner is not None  # the rule has looked
    text = body["text"]["text"]
    elements = little.with_links(little.from_plain(text, _mentions(body["text"])), name_check(call))
    check_length(little.plain(elements), sent=text, documented=call.switches["errors.posts_family"] == "documented")
    content = _content(call, body.get("content"), owner)
    parent, root = reshared(call.world.state(Posts), body.get("resharedShare"))
    if not text and content is None and parent is None:
        raise bad_content("INVALID_VALUE_BLANK_FIELD", "text cannot be blank", field="text")
    post = new_post(call.world, family="share", author=owner, actor=call.member.id, at=call.now)
    post.elements = little.with_urns(elements, lambda urn: to_world(call, urn) or urn)
    post.content, post.parent, post.root = content, parent, root
    target = body["distribution"].get("linkedInDistributionTarget", {})
    if target.get("connectionsOnly"):
        if is_organization(owner):
            raise bad_content("INVALID_VALUE_FOR_FIELD", "a page has no connections", field="distribution")
        post.visibility = "CONNECTIONS"
    keep(call, post)
    return Answer.created(str(post.share), _view(call, post))


def _mentions(text: dict[str, Any]) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for annotation in text.get("annotations", ()):
        start, length, entity = (member_of(annotation, name) for name in ("start", "length", "entity"))
        if isinstance(start, int) and isinstance(length, int) and isinstance(entity, str):
            found.append((start, length, entity))
    return found


def _content(call: Call, sent: dict[str, Any] | None, owner: str) -> Content | None:
    entities = (sent or {}).get("contentEntities", [])
    if sent is None or not entities:
        return None
    uploaded = [e["entity"] for e in entities if "entity" in e]
    if uploaded:
        media = [call.world.state(Media).named(urn, "digitalmediaAsset") for urn in uploaded]
        items = [MediaItem(id=m.id, kind=m.kind, title=sent.get("title")) for m in media if m and m.owner == owner]
        if len(items) != len(uploaded):
            raise bad_content("INVALID_URN_ID", "the media asset does not exist", field="content/contentEntities")
        return items[0] if len(items) == 1 else MultiImage(images=items)
    address = entities[0].get("entityLocation", "")
    if not is_web_address(address):
        raise bad_content("INVALID_URL", f"{address} is not a valid URL", field="content/contentEntities", sent=address)
    return Article(source=address, title=sent.get("title"), description=sent.get("description"))


def _urn(call: Call, key: Value | None) -> str:
    """Return the canonical URN of the share with this number; the whole URN is understood too."""
    text = key if isinstance(key, str) else ""
    number = text.rpartition(":")[2]
    post = call.world.state(Posts).named(f"urn:li:share:{number}")
    if post is None:
        raise not_found()
    return post.urn


def _get(call: Call) -> Answer:
    return Answer(body=_view(call, found(call, _urn(call, call.key))))


def _find(call: Call) -> Answer:
    sent = call.params["owners"]
    owners = [sent] if isinstance(sent, str) else sent
    if not isinstance(owners, list) or not owners:
        raise bad_parameter("PARAM_INVALID", "owners")
    most = call.params.get("sharesPerOwner", str(_MOST_PER_OWNER))
    if not isinstance(most, str) or not most.isdecimal():
        raise bad_parameter("PARAM_INVALID", "sharesPerOwner")
    posts: list[Post] = []
    for urn in owners:
        posts += listed(call, [listed_author(call, urn, "owners")])[: int(most)]
    return Answer(body=page(call, posts, lambda post: _view(call, post), total=True))


def _delete(call: Call) -> Answer:
    call.key = _urn(call, call.key)
    return deleted(call, again=str(call.switches["posts.second_delete_v2"]), roles=LEGACY_POSTING_ROLES)


def _view(call: Call, post: Post) -> dict[str, Any]:
    actor = call.person_urn(post.actor) if post.actor in call.world.members else to_app(call, post.author)
    view: dict[str, Any] = {
        "id": str(post.share),
        "activity": f"urn:li:activity:{post.activity}",
        "owner": to_app(call, post.author),
        "text": {"text": post.text},
        "distribution": {"linkedInDistributionTarget": _target(post)},
        "created": {"actor": actor, "time": to_millis(post.created_at)},
        "lastModified": {"actor": actor, "time": to_millis(post.modified_at)},
    }
    if isinstance(post.content, Article):
        entities = [{"entityLocation": post.content.source}]
        texts = {"title": post.content.title, "description": post.content.description}
        view["content"] = {n: v for n, v in texts.items() if v} | {"contentEntities": entities}
    elif post.media:
        view["content"] = {"contentEntities": [{"entity": f"urn:li:digitalmediaAsset:{m.id}"} for m in post.media]}
    if post.parent is not None:
        view["resharedShare"] = post.parent
    return {**view, "edited": True} if post.is_edited else view


def _target(post: Post) -> dict[str, bool]:
    return {"connectionsOnly": True} if post.visibility == "CONNECTIONS" else {"visibleToGuest": True}


RESOURCES: Final = (
    Resource(
        path="shares",
        bases=frozenset({"v2"}),
        key="string",
        methods=(
            Method(
                name="CREATE",
                handler=_create,
                scopes=frozenset(WRITE_SCOPES),
                rule=_may_create,
                body=SHARE,
                source=SOURCE,
            ),
            Method(name="GET", handler=_get, scopes=frozenset(READ_SCOPES), source=SOURCE),
            Method(
                name="FINDER-owners",
                handler=_find,
                scopes=frozenset(READ_SCOPES),
                params={
                    "owners": "required",
                    "sharesPerOwner": "optional",
                    "start": "optional",
                    "count": "optional",
                },
                source=SOURCE,
            ),
            Method(name="DELETE", handler=_delete, scopes=frozenset(WRITE_SCOPES), source=SOURCE),
        ),
    ),
)
