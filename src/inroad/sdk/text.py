r"""Little text, the format of a post's `commentary`: mentions, hashtags and escapes in one string.

Only `commentary` is little text. Comments, titles, alternative texts, polls and `ugcPosts` are plain: escaping
those publishes the backslashes. `LittleText` and `PlainText` are both `str` when the program runs; they differ for
the type checker, which refuses one in the place of the other.

Grammar:

    content  := (mention | hashtag | template | text)*
    mention  := '@' '[' name ']' '(' urn ')'
    hashtag  := '#' word
    template := '{hashtag|' '\#' '|' word '}'
    text     := any character but the reserved, or '\' and a reserved one
    reserved := | { } @ [ ] ( ) < > # \ * _ ~

The fullwidth number sign, U+FF03, begins a hashtag too, and is not reserved.
Source: "little Text Format", learn.microsoft.com
/linkedin/marketing/community-management/shares/little-text-format
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NewType, TypeAlias

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument

LittleText = NewType("LittleText", str)
"""A text in the little format. `escape` and `compose` make one; `LittleText(raw)` vouches for a raw one."""

PlainText = NewType("PlainText", str)
"""A text without markup, for every field but `commentary`."""

Sign: TypeAlias = Literal["#", "\uff03"]

MENTIONED_KINDS = frozenset({"person", "organization"})
"""Whom a mention can name."""

_RESERVED = r"|{}@\[\]()<>#\\*_~"
_FULLWIDTH = "\uff03"

# Where a bare hashtag ends is documented as blank or reserved. We end it at punctuation, pictures and symbols as well,
# as LinkedIn's own composer does (UNCONFIRMED for the API; a post made with `#a, b` and read back would tell).
_NO_WORD = (
    rf"\s{_RESERVED}{_FULLWIDTH}"
    r"!\"$%&'+,\-./:;=?^`"
    r"\x00-\x1f\x7f-\xa9\xab-\xb1\xb4\xb6-\xb8\xbb\xbf\xd7\xf7"
    r"\u2000-\u200b\u200e-\u206f\u2190-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\u3030"
    r"\ufe0f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\U0001f000-\U0001faff"
)
_WORD = rf"[^{_NO_WORD}]++"
_TEXT_RUN = rf"(?:[^{_RESERVED}{_FULLWIDTH}]++|\\[{_RESERVED}])++"
_URN = r"urn:[a-z]{1,16}+:[A-Za-z]{1,64}+:[A-Za-z0-9_.:%=\-]{1,169}+"

_ELEMENT = re.compile(
    rf"(?P<text>{_TEXT_RUN})"
    rf"|@\[(?P<name>(?:[^\[\]\\]++|\\[{_RESERVED}])++)\]\((?P<urn>{_URN})\)"
    rf"|\{{hashtag\|\\?(?P<template_sign>[#{_FULLWIDTH}])\|(?P<template>[^\s{_RESERVED}{_FULLWIDTH}]++)\}}"
    rf"|(?P<sign>[#{_FULLWIDTH}])(?P<word>{_WORD}|[^\s{_RESERVED}{_FULLWIDTH}]++)"
    rf"|(?P<lone_sign>{_FULLWIDTH})"
)
_MENTIONED = re.compile(_URN)
_WORD_ALONE = re.compile(_WORD)
_SPECIAL = re.compile(rf"[{_RESERVED}]")
_ESCAPED = re.compile(rf"\\([{_RESERVED}])")
_FORBIDDEN_IN_WORD = re.compile(rf"[\s{_RESERVED}{_FULLWIDTH}]")
_WORD_CHARACTER = re.compile(rf"[^{_NO_WORD}]")

# A hashtag in plain text: not inside a word (C#5), not half of a name that little text would cut (#a_b, #a#b).
_PLAIN_HASHTAG = re.compile(
    rf"(?<![^{_NO_WORD}])(?<![_&/])(?P<sign>[#{_FULLWIDTH}])(?P<word>{_WORD})(?![_#{_FULLWIDTH}@])"
)
_SPECIAL_OR_HASHTAG = re.compile(rf"{_PLAIN_HASHTAG.pattern}|[{_RESERVED}]")


@dataclass(frozen=True, slots=True)
class Text:
    """Words that are neither mention nor hashtag, as a reader sees them."""

    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A link to a member or an organization.

    LinkedIn links only when `name` is the organization's whole name, or the member's first, last or full name, in
    exactly that case; otherwise the name stands as plain text, without an error.
    """

    name: str
    urn: Urn

    def __post_init__(self) -> None:
        if not self.name:
            raise InvalidArgument("a mention needs the name that it shows")


@dataclass(frozen=True, slots=True)
class Hashtag:
    """A hashtag; `word` stands without its sign, and holds neither blanks nor reserved characters."""

    word: str
    sign: Sign = "#"

    def __post_init__(self) -> None:
        found = _FORBIDDEN_IN_WORD.search(self.word)
        if found is not None:
            raise InvalidArgument(f"a hashtag's word cannot hold {found[0]!r}: {self.word!r}")
        if not self.word:
            raise InvalidArgument("a hashtag needs a word")


Element: TypeAlias = Text | Mention | Hashtag


@dataclass(frozen=True, slots=True)
class Parsed:
    """A little text, read.

    `unparsed_from` is the position of the first character that the grammar cannot read, None when it reads all.
    LinkedIn accepts such a text and silently drops the rest of it: `dropped`.
    """

    elements: tuple[Element, ...]
    unparsed_from: int | None = None
    dropped: str = ""

    @property
    def plain(self) -> PlainText:
        """The text as a reader sees it, without what LinkedIn drops."""
        return PlainText("".join(map(_shown, self.elements)))


def escape(text: str, *, auto_hashtags: bool = False) -> LittleText:
    r"""Write a plain text as little text: `2 * 3 (ok)` becomes `2 \* 3 \(ok\)`.

    Args:
        text: The text as a reader should see it.
        auto_hashtags: Leave `#word` a hashtag, as `find_hashtags` finds them, instead of plain text.
    """
    if not auto_hashtags:
        return LittleText(_SPECIAL.sub(r"\\\g<0>", text))
    return LittleText(_SPECIAL_OR_HASHTAG.sub(_escape_unless_hashtag, text))


def compose(elements: Iterable[Element | str], *, hashtags: Literal["template", "bare"] = "template") -> LittleText:
    r"""Write elements as little text; a `str` is text as a reader should see it, and is escaped.

    Args:
        elements: What the text is made of, in order.
        hashtags: Whether hashtags are written `{hashtag|\#|word}` or `#word`. A bare one that would run into what
            follows is written as a template all the same.

    Raises:
        InvalidArgument: a mention names something else than a person or an organization.
    """
    written: list[str] = []
    follower = ""
    for element in reversed(list(elements)):
        text = _write(element, follower, bare=hashtags == "bare")
        written.append(text)
        follower = text or follower
    return LittleText("".join(reversed(written)))


def parse(raw: LittleText) -> Parsed:
    """Read a little text, one pass, up to where LinkedIn would stop reading it."""
    elements: list[Element] = []
    words: list[str] = []
    position = 0
    while position < len(raw) and (match := _ELEMENT.match(raw, position)) is not None:
        position = match.end()
        if match.lastgroup in {"text", "lone_sign"}:
            words.append(_unescape(match[0]))
            continue
        if words:
            elements.append(Text("".join(words)))
            words.clear()
        elements.append(_read(match))
    if words:
        elements.append(Text("".join(words)))
    if position == len(raw):
        return Parsed(tuple(elements))
    return Parsed(tuple(elements), position, raw[position:])


def plain(raw: LittleText) -> PlainText:
    """Return a little text as a reader sees it: names of mentions, `#word`, no escapes."""
    return parse(raw).plain


def plain_length(raw: LittleText, *, unit: Literal["utf-16", "code-point"] = "utf-16") -> int:
    """Return the length that LinkedIn's limit of 3,000 is held against: that of the text as a reader sees it.

    LinkedIn's error speaks of the parsed text ("ShareCommentary text length"). UNCONFIRMED: that escapes do not count,
    and that it counts UTF-16 units, as Java does, where an emoji outside the basic plane is two; of the two units
    this is the one that never comes out too small. A post of 2,999 letters and one emoji would tell.
    """
    shown = plain(raw)
    return len(shown) if unit == "code-point" or shown.isascii() else utf16_length(shown)


def utf16_length(text: str) -> int:
    """Return how many UTF-16 units a text has, LinkedIn's own way to count characters."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def unparsed_from(raw: LittleText) -> int | None:
    """Return the position from which LinkedIn would silently drop the text, None when it reads all of it."""
    return parse(raw).unparsed_from


def find_hashtags(text: str) -> tuple[Hashtag, ...]:
    """Return the hashtags of a plain text, in order: those that `escape` keeps with `auto_hashtags`.

    A number sign inside a word (`C#5`), before mere digits (`#1`) or beside an underscore (`#a_b`) begins none.
    """
    return tuple(_found(match) for match in _PLAIN_HASHTAG.finditer(text) if _is_hashtag(match))


def split_hashtags(text: str) -> tuple[Element, ...]:
    """Return a plain text as elements for `compose`, its hashtags apart from its words."""
    return tuple(_split_hashtags(text))


def _split_hashtags(text: str) -> Iterator[Element]:
    begin = 0
    for match in _PLAIN_HASHTAG.finditer(text):
        if _is_hashtag(match):
            if begin < match.start():
                yield Text(text[begin : match.start()])
            yield _found(match)
            begin = match.end()
    if begin < len(text):
        yield Text(text[begin:])


def _is_hashtag(match: re.Match[str]) -> bool:
    return any(map(str.isalpha, match["word"]))


def _found(match: re.Match[str]) -> Hashtag:
    return Hashtag(match["word"], _sign(match["sign"]))


def _escape_unless_hashtag(match: re.Match[str]) -> str:
    if match["word"] is None:
        return f"\\{match[0]}"
    if _is_hashtag(match):
        return match[0]
    return _SPECIAL.sub(r"\\\g<0>", match[0])


def _write(element: Element | str, follower: str, *, bare: bool) -> str:
    if isinstance(element, str):
        return escape(element)
    if isinstance(element, Text):
        return escape(element.text)
    if isinstance(element, Mention):
        return _write_mention(element)
    if bare and not _WORD_CHARACTER.match(follower) and _WORD_ALONE.fullmatch(element.word):
        return f"{element.sign}{element.word}"
    sign = r"\#" if element.sign == "#" else element.sign
    return f"{{hashtag|{sign}|{element.word}}}"


def _write_mention(mention: Mention) -> str:
    if not mention.urn.is_kind(*MENTIONED_KINDS):
        raise InvalidArgument(f"a mention must name a person or an organization, got {str(mention.urn)!r}")
    if not _MENTIONED.fullmatch(str(mention.urn)):
        raise InvalidArgument(f"a mention cannot hold the URN {str(mention.urn)!r}")
    # UNCONFIRMED: that reserved characters are escaped inside the name; a mention of `Fish (Rye) Ltd` would tell.
    return f"@[{escape(mention.name)}]({mention.urn})"


def _read(match: re.Match[str]) -> Element:
    if match["name"] is not None:
        return Mention(_unescape(match["name"]), Urn.parse(match["urn"]))
    if match["template"] is not None:
        return Hashtag(match["template"], _sign(match["template_sign"]))
    return Hashtag(match["word"], _sign(match["sign"]))


def _sign(text: str) -> Sign:
    return "\uff03" if text == _FULLWIDTH else "#"


def _unescape(text: str) -> str:
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def _shown(element: Element) -> str:
    if isinstance(element, Text):
        return element.text
    if isinstance(element, Mention):
        return element.name
    return f"{element.sign}{element.word}"
