"""What LinkedIn would say to a post: texts, media, duplicates, life, edits. Values in, values out, or a `Refusal`."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from inroad.contract.limits import MAX_COMMENTARY
from inroad.contract.media import MAX_ALT_TEXT, MULTI_IMAGE_COUNT
from inroad.sandbox.call import Refusal
from inroad.sandbox.resources import little
from inroad.sandbox.resources.media.state import Media, Medium, Status
from inroad.sandbox.resources.posts.state import (
    Article,
    Content,
    Family,
    MediaItem,
    MultiImage,
    Poll,
    PollOption,
    Post,
    Posts,
)
from inroad.sandbox.resources.refusals import bad_content, forbidden, not_found

# fmt: off
CALLS_TO_ACTION = frozenset((
    "APPLY", "DOWNLOAD", "VIEW_QUOTE", "LEARN_MORE", "SIGN_UP", "SUBSCRIBE", "REGISTER", "JOIN", "ATTEND",
    "REQUEST_DEMO", "SEE_MORE", "BUY_NOW", "SHOP_NOW",
))
# fmt: on
EDITABLE = frozenset(
    ("commentary", "contentCallToActionLabel", "contentLandingPage", "lifecycleState", "adContext", "reshareContext")
)
"""Fields that a partial update may name. Source: "Posts API", section "Update Posts"."""

MAX_RAW_COMMENTARY = 100_000
"""Ours: no text of 3,000 characters needs more markup, and nothing longer is parsed."""

MAX_ARTICLE_TITLE = 400  # UNCONFIRMED: an answer to a longer one would confirm it
MAX_ARTICLE_DESCRIPTION = 4_086
POLL_OPTIONS = (2, 4)
MAX_POLL_QUESTION = 140
MAX_POLL_OPTION = 30
BLOCKED_AFTER_DELETE = timedelta(hours=24)


def commentary(
    raw: str, *, policy: str, documented: bool, is_name_of: Callable[[str, str], bool]
) -> tuple[little.Reading, tuple[little.Element, ...]]:
    """Return what a raw commentary says, with mentions linked only where the name fits.

    `policy` is the switch `little.policy`: what happens to an unescaped reserved character.
    """
    if len(raw) > MAX_RAW_COMMENTARY:
        check_length(raw, sent=raw, documented=documented)
    reading = little.parse(raw, keep_faults=policy == "lenient")
    if policy == "reject" and reading.fault_at is not None:
        at = reading.fault_at
        message = f"commentary holds an unescaped reserved character {raw[at]!r} at {at}"
        raise bad_content("INVALID_VALUE_FOR_FIELD", message, field="commentary")
    elements = little.with_links(reading.elements, is_name_of)
    check_length(little.plain(elements), sent=raw, documented=documented)
    return reading, elements


def check_length(text: str, *, sent: str, documented: bool) -> None:
    """Refuse a text of more than 3,000 characters, counted as its reader sees it."""
    if len(text) <= MAX_COMMENTARY:
        return
    raise bad_content(
        "FIELD_LENGTH_TOO_LONG" if documented else "FIELD_ARRAY_SIZE_TOO_HIGH",
        f"ShareCommentary text length ({len(text)} characters) exceeded the maximum allowed "
        f"({MAX_COMMENTARY} characters)",
        description="Size of array cannot be higher than the maxLength",
        sent=sent,
        details={"maxLength": MAX_COMMENTARY},
    )


def check_head(body: Mapping[str, Any], *, is_organization: bool) -> None:
    """Refuse what the schema allows and the Posts API does not, apart from the content."""
    if body["lifecycleState"] != "PUBLISHED":
        raise _invalid("lifecycleState", "lifecycleState must be PUBLISHED on creation", body["lifecycleState"])
    if not body["commentary"] and "content" not in body and "reshareContext" not in body:
        # UNCONFIRMED: one report of a 422, body not seen.
        raise bad_content("INVALID_VALUE_BLANK_FIELD", "commentary cannot be blank", field="commentary", status=422)
    if body["visibility"] == "CONNECTIONS" and is_organization:
        raise _invalid("visibility", "an organization's post cannot be for connections", "CONNECTIONS")
    if body["visibility"] == "CONTAINER" and "container" not in body:
        raise _invalid("container", "visibility CONTAINER needs a container", "")
    if body["distribution"].get("targetEntities") and not is_organization:
        raise _invalid("distribution/targetEntities", "only organizations may target their posts", "")
    check_links(body)


def check_links(fields: Mapping[str, Any]) -> None:
    """Refuse a landing page that is no web address and an unknown call to action."""
    page, label = fields.get("contentLandingPage"), fields.get("contentCallToActionLabel")
    if page is not None and not is_web_address(page):
        raise bad_content("INVALID_URL", f"{page} is not a valid URL", field="contentLandingPage", sent=page)
    if label is not None and label not in CALLS_TO_ACTION:
        raise bad_content(
            "INVALID_CALL_TO_ACTION", f"{label} is not a call to action", field="contentCallToActionLabel", sent=label
        )


def is_web_address(text: str) -> bool:
    """Tell whether this is an http or https address with a host."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not any(c.isspace() for c in text)


def content(
    sent: Mapping[str, Any] | None, *, media: Media, author: str, now: datetime, readiness: str
) -> Content | None:
    """Return the content that a create asks for.

    `readiness` is the switch `media.readiness`: what happens to media that are still processed.
    """
    if sent is None:
        return None
    kind, value = next(iter(sent.items()))
    desk = _MediaDesk(media, author, now, readiness)
    if kind == "media":
        return _single(value, desk)
    if kind == "multiImage":
        return _multi_image(value["images"], desk)
    if kind == "article":
        return _article(value, desk)
    if kind == "poll":
        return _poll(value)
    raise _invalid(f"content/{kind}", f"{kind} cannot be created in an organic post", "")


def family(body: Content | None, *, video_kind: str) -> Family:
    """Return which of the URN families the create answers with. Recorded for 25 posts, except for video."""
    if isinstance(body, Poll):
        return "ugcPost"
    if isinstance(body, MediaItem) and body.kind != "image":
        return "share" if body.kind == "video" and video_kind == "share" else "ugcPost"
    return "share"


def reshared(posts: Posts, parent: str | None) -> tuple[str | None, str | None]:
    """Return canonical URNs of a reshare's parent and of the top of its chain."""
    if parent is None:
        return None, None
    post = posts.live(parent)
    if post is None:
        raise not_found()
    if post.is_reshare_disabled:
        raise _invalid("reshareContext/parent", "the author has disabled reshares of this post", parent)
    return post.urn, post.root or post.urn


def fingerprint(post: Post) -> str:
    """Return what two posts have in common when LinkedIn calls them duplicates.

    The author, the **parsed** text, and what is shown: texts that differ only in a dropped character collide.
    """
    shown = post.content
    parts: list[str] = [post.author, post.text, post.parent or ""]
    if isinstance(shown, Article):
        parts.append(shown.source)
    elif isinstance(shown, Poll):
        parts += [shown.question, *(o.text for o in shown.options)]
    parts += [m.id for m in post.media]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def duplicate_of(same: Iterable[Post], *, now: datetime, window: timedelta, after_delete: str) -> Post | None:
    """Return the earlier post that stands in the way of a new one that says the same."""
    for post in same:
        if post.deleted_at is None and now - post.created_at < window:
            return post
        if post.deleted_at is not None and after_delete == "blocked" and now - post.created_at < BLOCKED_AFTER_DELETE:
            return post
    return None


def duplicate(urn: str) -> Refusal:
    """Return the 422 that names the post (or a phantom) of which the new one is a duplicate."""
    return bad_content(
        "DUPLICATE_POST", f"Content is a duplicate of {urn}", description="Duplicate post is detected", status=422
    )


def lifecycle(post: Post, statuses: Iterable[Status]) -> str:
    """Return the state that the post shows: its media may hold it back."""
    if post.lifecycle == "DRAFT":
        return "DRAFT"
    found = set(statuses)
    if "PROCESSING_FAILED" in found:
        return "PUBLISH_FAILED"
    return "PUBLISH_REQUESTED" if found & {"PROCESSING", "WAITING_UPLOAD"} else "PUBLISHED"


def published_at(post: Post, media: Iterable[Medium]) -> datetime:
    """Return when the post went out: at its creation, or when its last medium was ready."""
    return max([post.created_at, *(m.ready_at for m in media if m.ready_at is not None)])


def check_patch(patch: Mapping[str, Any]) -> None:
    """Refuse a partial update that names a field which cannot be edited."""
    for name in _named(patch):
        if name not in EDITABLE:
            raise _invalid(name, f"{name} cannot be updated", "")
    state = patch.get("$set", {}).get("lifecycleState", "PUBLISHED")
    if state not in ("PUBLISHED", "PUBLISH_REQUESTED"):
        raise _invalid("lifecycleState", "lifecycleState can only be changed to PUBLISHED", state)
    check_links(patch.get("$set", {}))


def checked_medium(medium: Medium | None, *, author: str, now: datetime, readiness: str, field: str) -> Medium | None:
    """Return a medium that the author may show now, None when LinkedIn would drop it."""
    if medium is None:
        raise bad_content("INVALID_URN_ID", "the media asset does not exist", field=field)
    if medium.owner != author:
        raise forbidden(f"this {medium.kind}")
    status = medium.status(now)
    if status == "WAITING_UPLOAD":
        raise bad_content("MEDIA_ASSET_WAITING_UPLOAD", "the media asset is waiting for its upload", field=field)
    if status == "PROCESSING_FAILED":
        raise bad_content("MEDIA_ASSET_PROCESSING_FAILED", "processing of the media asset failed", field=field)
    if status == "PROCESSING" and readiness == "reject":
        raise bad_content("UPDATING_ASSET_FAILED", "the media asset is still processed", field=field)
    return None if status == "PROCESSING" and readiness == "drop_media" else medium


class _MediaDesk:
    """Hands out the media that one author may show at one instant."""

    def __init__(self, media: Media, author: str, now: datetime, readiness: str) -> None:
        self._media, self._author, self._now, self._readiness = media, author, now, readiness

    def take(self, urn: str, *kinds: str, field: str) -> Medium | None:
        if not urn.startswith(tuple(f"urn:li:{kind}:" for kind in kinds)):
            raise bad_content("INVALID_URN_TYPE", f"{urn} is not a URN of {', '.join(kinds)}", field=field, sent=urn)
        medium = self._media.named(urn, *kinds)
        return checked_medium(medium, author=self._author, now=self._now, readiness=self._readiness, field=field)


def _single(value: Mapping[str, Any], desk: _MediaDesk) -> MediaItem | None:
    _check_alt_text(value, "content/media/altText")
    medium = desk.take(value["id"], "image", "video", "document", field="content/media/id")
    if medium is None:
        return None
    if medium.kind == "document" and not value.get("title"):
        raise bad_content("MISSING_FIELD", "a document needs a title", field="content/media/title")
    return MediaItem(id=medium.id, kind=medium.kind, title=value.get("title"), alt_text=value.get("altText"))


def _multi_image(images: Sequence[Mapping[str, Any]], desk: _MediaDesk) -> MultiImage | None:
    fewest, most = MULTI_IMAGE_COUNT
    if not fewest <= len(images) <= most:
        message = f"multiImage takes {fewest} to {most} images, got {len(images)}"
        raise _invalid("content/multiImage/images", message, "")
    found: list[MediaItem] = []
    for index, image in enumerate(images):
        _check_alt_text(image, f"content/multiImage/images/{index}/altText")
        medium = desk.take(image["id"], "image", field=f"content/multiImage/images/{index}/id")
        if medium is not None:
            found.append(MediaItem(id=medium.id, alt_text=image.get("altText")))
    return MultiImage(images=found) if found else None


def _article(value: Mapping[str, Any], desk: _MediaDesk) -> Article:
    source = value["source"]
    if not is_web_address(source):
        raise bad_content("INVALID_URL", f"{source} is not a valid URL", field="content/article/source", sent=source)
    _check_size(value, "title", MAX_ARTICLE_TITLE, "content/article/title")
    _check_size(value, "description", MAX_ARTICLE_DESCRIPTION - 1, "content/article/description")
    thumbnail = value.get("thumbnail") or None  # clients send ""
    medium = None if thumbnail is None else desk.take(thumbnail, "image", field="content/article/thumbnail")
    return Article(
        source=source,
        title=value.get("title"),
        description=value.get("description"),
        thumbnail=None if medium is None else medium.id,
        thumbnail_alt_text=value.get("thumbnailAltText"),
    )


def _poll(value: Mapping[str, Any]) -> Poll:
    question, options, settings = value["question"], value["options"], value["settings"]
    if not 1 <= len(question) <= MAX_POLL_QUESTION:
        message = f"a poll's question has 1 to {MAX_POLL_QUESTION} characters, got {len(question)}"
        raise _invalid("content/poll/question", message, question)
    if not POLL_OPTIONS[0] <= len(options) <= POLL_OPTIONS[1]:
        message = f"a poll has {POLL_OPTIONS[0]} to {POLL_OPTIONS[1]} options, got {len(options)}"
        raise _invalid("content/poll/options", message, "")
    for index, option in enumerate(options):
        if not 1 <= len(option["text"]) <= MAX_POLL_OPTION:
            message = f"a poll's option has 1 to {MAX_POLL_OPTION} characters, got {len(option['text'])}"
            raise _invalid(f"content/poll/options/{index}/text", message, option["text"])
    if settings.get("voteSelectionType", "SINGLE_VOTE") != "SINGLE_VOTE":
        raise _invalid("content/poll/settings/voteSelectionType", "MULTIPLE_VOTE is not supported", "MULTIPLE_VOTE")
    if settings.get("isVoterVisibleToAuthor", True) is not True:
        raise _invalid("content/poll/settings/isVoterVisibleToAuthor", "voters must be visible to the author", "false")
    return Poll(question=question, options=[PollOption(text=o["text"]) for o in options], duration=settings["duration"])


def _check_alt_text(value: Mapping[str, Any], field: str) -> None:
    _check_size(value, "altText", MAX_ALT_TEXT, field)


def _check_size(value: Mapping[str, Any], name: str, most: int, field: str) -> None:
    text = value.get(name) or ""
    if len(text) > most:
        message = f"{name} has at most {most} characters, got {len(text)}"
        raise bad_content("FIELD_LENGTH_TOO_LONG", message, field=field, sent=text, details={"maxLength": most})


def _named(patch: Mapping[str, Any]) -> list[str]:
    names = [name for name in patch if not name.startswith("$")]
    return [*names, *patch.get("$set", {}), *patch.get("$delete", [])]


def _invalid(field: str, message: str, sent: str) -> Refusal:
    return bad_content("INVALID_VALUE_FOR_FIELD", message, field=field, sent=sent or None)
