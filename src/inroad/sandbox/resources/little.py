"""LinkedIn's "little" text: what `commentary` holds, read and written.

The sandbox's own reading of the format; the SDK has another. Texts are kept parsed, so that every
generation of the API shows them in its own way.

Source: "little Text Format", learn.microsoft.com /linkedin/marketing/community-management/shares/little-text-format
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import msgspec

RESERVED = frozenset("|{}@[]()<>#\\*_~")
_ESCAPED = str.maketrans({sign: f"\\{sign}" for sign in RESERVED})
_SIGNS = "#\uff03"
_WORD = r"[^\s|{}@\[\]()<>#\\*_~\uff03]+"
_MENTION = re.compile(r"@\[(?P<name>(?:\\.|[^\\\]]){0,400})\]\((?P<urn>urn:li:[A-Za-z]+:[^\s()]+)\)", re.DOTALL)
# Documented with and without the backslash before the sign: both are read, the first is written.
_TEMPLATE = re.compile(r"\{hashtag\|\\?[" + _SIGNS + r"]\|(?P<word>" + _WORD + r")\}")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


class Text(msgspec.Struct, frozen=True, tag="text"):
    """Characters as they stand."""

    text: str


class Mention(msgspec.Struct, frozen=True, tag="mention"):
    """A link to a member or an organization, shown under its name."""

    name: str
    urn: str


class Hashtag(msgspec.Struct, frozen=True, tag="hashtag"):
    """A hashtag; `word` has no sign."""

    word: str


Element: TypeAlias = Text | Mention | Hashtag


@dataclass(frozen=True, slots=True)
class Reading:
    """What a raw commentary says, and where it first stopped making sense."""

    elements: tuple[Element, ...]
    fault_at: int | None = None


def parse(raw: str, *, keep_faults: bool = False) -> Reading:
    """Read little text.

    A reserved character that is neither escaped nor part of an element ends the text there: LinkedIn
    answers 201 and drops the rest. With `keep_faults` it stays as a character instead.
    """
    elements: list[Element] = []
    at, fault_at = 0, None
    while at < len(raw):
        element, length = _element_at(raw, at)
        if element is None:
            fault_at = at if fault_at is None else fault_at
            if not keep_faults:
                break
            element, length = Text(raw[at]), 1
        elements.append(element)
        at += length
    return Reading(joined(elements), fault_at)


def from_plain(text: str, mentions: Sequence[tuple[int, int, str]] = ()) -> tuple[Element, ...]:
    """Return the elements of a text without markup, the form of `ugcPosts`.

    `mentions` are `(start, length, urn)` in UTF-16 code units (UNCONFIRMED: a recorded mention behind an emoji
    would confirm it). A bare `#word` becomes a hashtag, as LinkedIn makes it one.
    """
    elements: list[Element] = []
    units = text.encode("utf-16-le")
    at = 0
    for start, length, urn in sorted(mentions):
        first, last = 2 * start, 2 * (start + length)
        if first < at or length <= 0 or last > len(units):
            continue
        elements += _hashtagged(_decoded(units[at:first]))
        elements.append(Mention(_decoded(units[first:last]), urn))
        at = last
    elements += _hashtagged(_decoded(units[at:]))
    return joined(elements)


def joined(elements: Iterable[Element]) -> tuple[Element, ...]:
    """Return the elements with neighbouring texts made one."""
    found: list[Element] = []
    for element in elements:
        if isinstance(element, Text) and found and isinstance(found[-1], Text):
            found[-1] = Text(found[-1].text + element.text)
        elif not (isinstance(element, Text) and not element.text):
            found.append(element)
    return tuple(found)


def plain(elements: Iterable[Element]) -> str:
    """Return the text as a reader sees it; LinkedIn measures and compares this one."""
    return "".join(_plain_of(e) for e in elements)


def render(elements: Iterable[Element]) -> str:
    """Return the little text that LinkedIn would give back."""
    return "".join(_little_of(e) for e in elements)


def attributes(elements: Iterable[Element]) -> list[dict[str, Any]]:
    """Return the spans of mentions and hashtags, the form of `ugcPosts`."""
    spans: list[dict[str, Any]] = []
    at = 0
    for element in elements:
        length = len(_plain_of(element).encode("utf-16-le")) // 2
        value = _attribute_value(element)
        if value is not None:
            spans.append({"start": at, "length": length, "value": value})
        at += length
    return spans


def with_urns(elements: Iterable[Element], translate: Callable[[str], str]) -> tuple[Element, ...]:
    """Return the elements with every mention's URN translated."""
    return tuple(Mention(e.name, translate(e.urn)) if isinstance(e, Mention) else e for e in elements)


def with_links(elements: Iterable[Element], is_name_of: Callable[[str, str], bool]) -> tuple[Element, ...]:
    """Return the elements with only those mentions linked whose text `is_name_of` their URN.

    The others stay as plain text; LinkedIn says nothing about them.
    """
    return joined(Text(e.name) if isinstance(e, Mention) and not is_name_of(e.name, e.urn) else e for e in elements)


def escape(text: str) -> str:
    """Return `text` with every reserved character escaped."""
    return text.translate(_ESCAPED)


def _element_at(raw: str, at: int) -> tuple[Element | None, int]:
    character = raw[at]
    if character == "\\":
        following = raw[at + 1 : at + 2]
        return (Text(following), 2) if following and (following in RESERVED or following in _SIGNS) else (None, 0)
    if character == "@" and (found := _MENTION.match(raw, at)):
        return Mention(_ESCAPE.sub(r"\1", found["name"]), found["urn"]), len(found[0])
    if character == "{" and (found := _TEMPLATE.match(raw, at)):
        return Hashtag(found["word"]), len(found[0])
    if character in _SIGNS and (length := _word_length(raw, at + 1)):
        return Hashtag(raw[at + 1 : at + 1 + length]), 1 + length
    return (None, 0) if character in RESERVED else (Text(character), 1)


def _word_length(text: str, start: int) -> int:
    at = start
    while at < len(text) and unicodedata.category(text[at])[0] in "LMN":
        at += 1
    return at - start


def _hashtagged(text: str) -> list[Element]:
    elements: list[Element] = []
    at = 0
    while at < len(text):
        starts_word = at == 0 or text[at - 1].isspace() or text[at - 1] in "([{\"'"
        length = _word_length(text, at + 1) if text[at] in _SIGNS and starts_word else 0
        elements.append(Hashtag(text[at + 1 : at + 1 + length]) if length else Text(text[at]))
        at += 1 + length
    return elements


def _decoded(units: bytes) -> str:
    return units.decode("utf-16-le", "replace")


def _plain_of(element: Element) -> str:
    if isinstance(element, Text):
        return element.text
    return element.name if isinstance(element, Mention) else f"#{element.word}"


def _little_of(element: Element) -> str:
    if isinstance(element, Text):
        return escape(element.text)
    if isinstance(element, Mention):
        return f"@[{escape(element.name)}]({element.urn})"
    return f"{{hashtag|\\#|{element.word}}}"


def _attribute_value(element: Element) -> Mapping[str, Any] | None:
    if isinstance(element, Hashtag):
        return {"com.linkedin.common.HashtagAttributedEntity": {"hashtag": f"urn:li:hashtag:{element.word}"}}
    if not isinstance(element, Mention):
        return None
    if element.urn.startswith("urn:li:person:"):
        return {"com.linkedin.common.MemberAttributedEntity": {"member": element.urn}}
    return {"com.linkedin.common.CompanyAttributedEntity": {"company": element.urn}}
