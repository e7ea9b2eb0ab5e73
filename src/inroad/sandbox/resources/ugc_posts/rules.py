"""What LinkedIn would say to a ugcPost: categories and their media, edits. Values in, values out, or a `Refusal`."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from inroad.sandbox.answers import sentence
from inroad.sandbox.call import Refusal
from inroad.sandbox.resources import little
from inroad.sandbox.resources.media.state import Media, Medium
from inroad.sandbox.resources.posts.rules import is_web_address
from inroad.sandbox.resources.posts.state import Article, Content, MediaItem, MultiImage
from inroad.sandbox.resources.refusals import bad_content
from inroad.sandbox.resources.ugc_posts.schema import SHARE_CONTENT_KEY
from inroad.sandbox.shape import is_object

MAX_IMAGES = 20
_MEDIA_KINDS: Mapping[str, str] = {"IMAGE": "image", "VIDEO": "video", "NATIVE_DOCUMENT": "document"}
_EDITABLE = (
    ("lifecycleState",),
    ("targetAudience",),
    ("specificContent", SHARE_CONTENT_KEY, "shareCommentary"),
    ("specificContent", SHARE_CONTENT_KEY, "media"),
)


def check_union_key(specific_content: object) -> None:
    """Refuse content that is not a share. UNCONFIRMED: the wording; a recorded answer would confirm it."""
    if isinstance(specific_content, Mapping) and specific_content and SHARE_CONTENT_KEY not in specific_content:
        raise _bad_share(f"must be sent as {SHARE_CONTENT_KEY}")


def elements(commentary: Mapping[str, Any], *, is_name_of: Callable[[str, str], bool]) -> tuple[little.Element, ...]:
    """Return what a share's text says: plain text, never little text, with its mentions linked."""
    mentions = [
        (a["start"], a["length"], urn)
        for a in commentary.get("attributes", ())
        for key, value in a["value"].items()
        for urn in value.values()
        if key != "com.linkedin.common.HashtagAttributedEntity"
    ]
    return little.with_links(little.from_plain(commentary["text"], mentions), is_name_of)


def content(share: Mapping[str, Any], *, media: Media, author: str, now: datetime, readiness: str) -> Content | None:
    """Return the content that a share asks for, by its category."""
    category, items = share["shareMediaCategory"], share.get("media", [])
    for item in items:
        if item["status"] != "READY":
            raise _bad_share("media must have the status READY")
    if category == "NONE":
        if items:
            raise _bad_share("media must be empty when shareMediaCategory is NONE")
        return None
    if not items:
        raise _bad_share(f"media must not be empty when shareMediaCategory is {category}")
    if category == "ARTICLE":
        return _article(items)
    if category not in _MEDIA_KINDS:
        raise _bad_share(f"shareMediaCategory {category} cannot be created in an organic post")
    kind = _MEDIA_KINDS[category]
    found = [_item(i, kind, media=media, author=author, now=now, readiness=readiness) for i in items]
    shown = [item for item in found if item is not None]
    if len(items) > 1 and kind == "image" and len(items) <= MAX_IMAGES:
        return MultiImage(images=shown) if shown else None
    if len(items) > 1:
        raise _bad_share(f"too many media for shareMediaCategory {category}")
    return shown[0] if shown else None


def check_state(lifecycle_state: str) -> None:
    """Refuse a state that only LinkedIn sets."""
    if lifecycle_state not in ("PUBLISHED", "DRAFT"):
        raise _bad_share(f"lifecycleState {lifecycle_state} cannot be set")


def check_edit(before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Refuse an edit of anything but text, media texts, state and audience."""
    for path in _changed(before, after, ()):
        if not any(path[: len(editable)] == editable for editable in _EDITABLE):
            raise bad_content("INVALID_VALUE_FOR_FIELD", f"/{'/'.join(path)} cannot be updated", field="/".join(path))


def _changed(before: object, after: object, path: tuple[str, ...]) -> list[tuple[str, ...]]:
    if before == after:
        return []
    if not is_object(before) or not is_object(after):
        return [path]
    names = sorted({*before, *after})
    return [p for name in names for p in _changed(before.get(name), after.get(name), (*path, name))]


def _article(items: Sequence[Mapping[str, Any]]) -> Article:
    address = items[0].get("originalUrl")
    if len(items) > 1 or not isinstance(address, str) or not is_web_address(address):
        raise _bad_share("an article needs one media with a valid originalUrl")
    return Article(source=address, title=_text(items[0], "title"), description=_text(items[0], "description"))


def _item(
    sent: Mapping[str, Any], kind: str, *, media: Media, author: str, now: datetime, readiness: str
) -> MediaItem | None:
    urn = sent.get("media", "")
    if not urn.startswith("urn:li:digitalmediaAsset:"):
        # URNs of the versioned APIs do not work here.
        raise _bad_share(f"media {urn!r} must be a urn:li:digitalmediaAsset")
    medium = media.named(urn, "digitalmediaAsset")
    if medium is None or medium.kind != kind or medium.owner != author:
        raise _bad_asset(f"media asset {urn} does not exist, is no {kind} or is not owned by the author")
    if not _is_usable(medium, medium.status(now), readiness=readiness, urn=urn):
        return None
    title, description = _text(sent, "title"), _text(sent, "description")
    return MediaItem(id=medium.id, kind=medium.kind, title=title, description=description)


def _is_usable(medium: Medium, status: str, *, readiness: str, urn: str) -> bool:
    # A video may be posted before its bytes are there: the post stays invisible until they are.
    waits = status == "WAITING_UPLOAD" and medium.kind != "video"
    if waits or status == "PROCESSING_FAILED" or (status != "AVAILABLE" and readiness == "reject"):
        raise _bad_asset(f"media asset {urn} is not ready: {status}")
    return status == "AVAILABLE" or readiness != "drop_media"


def _text(item: Mapping[str, Any], name: str) -> str | None:
    return item[name]["text"] if name in item else None


def _bad_share(message: str) -> Refusal:
    return bad_content("INVALID_VALUE_FOR_FIELD", f"ShareContent {message}", field="specificContent")


def _bad_asset(message: str) -> Refusal:
    # UNCONFIRMED: the wording of a 422 for an asset that is not ready or not owned.
    return sentence(422, message)
