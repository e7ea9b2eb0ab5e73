"""Rest.li's URL grammar as the sandbox reads it: protocol 2.0.0 values, 1.0.0 parameters, keys in answers.

Sources: "Rest.li Protocol" (linkedin.github.io/rest.li/spec/protocol); `URIElementParser`, `URIParamUtils` and
`QueryParamsDataMap` of github.com/linkedin/rest.li.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final, NoReturn
from urllib.parse import quote, unquote, unquote_to_bytes

from inroad.sandbox.call import Value
from inroad.sandbox.shape import is_list, is_object

MAX_DEPTH: Final = 64
"""Ours: no LinkedIn parameter nests deeper than six levels."""

_TOKEN = re.compile(r"[(),:]|[^(),:]+")
_GRAMMAR = re.compile(r"[(),:]")
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_RAW_URN = re.compile(r"urn:[a-z]+:[A-Za-z]+:")
_REDUCED = str.maketrans({"(": "%28", ")": "%29", ",": "%2C", ":": "%3A", "'": "%27", "%": "%25"})
_TILDE = re.compile(r"~(2E|5B|5D|7E)", re.IGNORECASE)
_STEP = re.compile(r"\[(\d{1,9})\]")


class GrammarError(ValueError):
    """A value breaks the grammar; `position` counts characters from its start."""

    def __init__(self, reason: str, position: int) -> None:
        super().__init__(f"{reason} at {position}")
        self.reason = reason
        self.position = position


def decode(text: str, *, empty: bool = False) -> Value:
    """Read a protocol 2.0.0 value: a text, `List(...)` or `(key:value,...)`. One pass, no recursion.

    Args:
        text: The value as it stands in the URL, still percent-encoded.
        empty: Let a missing element pass as the empty text (switch `lenient.empty`).

    Raises:
        GrammarError: with the position of the first fault.
    """
    if _GRAMMAR.search(text) is None and (text or empty):
        return _text(text, 0)
    return _Reader(empty=empty).read(text)


def unescape(text: str) -> str:
    """Return `text` with its percent-escapes decoded once; a malformed escape is a `GrammarError`."""
    if "%" not in text:
        return text
    bad = _BAD_ESCAPE.search(text)
    if bad is not None:
        raise GrammarError("malformed percent-encoding", bad.start())
    if text.isascii():  # the same, without looking for stretches to leave alone
        return unquote_to_bytes(text).decode(errors="replace")
    return unquote(text, errors="replace")


def has_grammar(text: str) -> bool:
    """Tell whether a bare `(`, `)`, `,` or `:` stands in the text."""
    return _GRAMMAR.search(text) is not None


def escape_raw_urns(text: str) -> str:
    """Return the text with unencoded URNs percent-encoded, as the switch `lenient.raw_urns` lets them pass."""
    if "urn:" not in text:
        return text
    parts: list[str] = []
    at = 0
    while (found := _RAW_URN.search(text, at)) is not None:
        end = _end_of_urn(text, found.end())
        parts += (text[at : found.start()], quote(text[found.start() : end], safe="%-._~"))
        at = end
    return "".join((*parts, text[at:]))


def reduced(value: object) -> str:
    """Return a key in the form of headers and of keys in JSON: a bare text is not escaped at all."""
    return _nested(value, _escape_reduced) if is_object(value) or is_list(value) else _texts(value)


def url_key(value: object) -> str:
    """Return a key in the form of a path segment, everything outside the unreserved characters escaped."""
    return _nested(value, _escape_url)


def decode_legacy(pairs: Iterable[tuple[str, str]]) -> dict[str, Value]:
    """Read protocol 1.0.0 parameters, decoded pairs: repeated names are lists, dots and brackets lead inside.

    Raises:
        GrammarError: a name is both a value and a way to others, or nests too deep.
    """
    root: dict[str, Value] = {}
    for name, value in pairs:
        steps = _steps(name)
        place = root
        for step in steps[:-1]:
            inner = place.setdefault(step, {})
            if not isinstance(inner, dict):
                raise GrammarError(f"parameter {name!r} leads into a value", 0)
            place = inner
        last = steps[-1]
        held = place.get(last)
        if held is None:
            place[last] = value
        elif isinstance(held, list):
            held.append(value)
        elif isinstance(held, str):
            both: list[Value] = [held, value]
            place[last] = both
        else:
            raise GrammarError(f"parameter {name!r} is both a value and a record", 0)
    return {name: _gathered(inner) for name, inner in root.items()}


def decode_legacy_key(text: str) -> Value:
    """Read a protocol 1.0.0 key: `a=1&b=2` is a compound one, anything else a text."""
    plain = unescape(text)
    if "=" not in plain or plain.startswith("urn:"):
        return plain
    pairs = [part.partition("=") for part in plain.split("&") if part]
    return {unescape(name): unescape(value) for name, _, value in pairs}


class _Reader:
    """One value's reading: where an element may start, where one has just ended, and what is open."""

    def __init__(self, *, empty: bool) -> None:
        self.empty = empty
        self.open: list[list[Value] | dict[str, Value]] = []
        self.keys: list[str] = []  # of the open maps whose value is being read
        self.whole: Value | None = None
        self.awaits = "value"  # value, item (or the list's end), key (or the map's end), colon, end

    def read(self, text: str) -> Value:
        tokens = list(_TOKEN.finditer(text))
        skip = False
        for index, token in enumerate(tokens):
            if skip:
                skip = False
                continue
            if token[0] == "List" and self.awaits in ("value", "item") and _opens(tokens, index):
                self.start([], token.start())
                skip = True
            elif token[0] in "(),:":
                self.sign(token[0], token.start())
            else:
                self.word(token[0], token.start())
        if self.whole is None and self.empty and self.awaits == "value" and not self.open:
            return ""
        if self.whole is None or self.open:
            raise GrammarError("unexpected end of input", len(text))
        return self.whole

    def start(self, container: "list[Value] | dict[str, Value]", at: int) -> None:
        if len(self.open) >= MAX_DEPTH:
            raise GrammarError("value nests too deep", at)
        self.open.append(container)
        self.awaits = "item" if isinstance(container, list) else "key"

    def word(self, text: str, at: int) -> None:
        if self.awaits in ("value", "item"):
            self.finish(_text(text, at), at)
        elif self.awaits in ("key", "next key"):
            self.keys.append(_text(text, at))
            self.awaits = "colon"
        else:
            self.fault(text, at)

    def sign(self, sign: str, at: int) -> None:
        if sign == "(" and self.awaits in ("value", "item"):
            self.start({}, at)
        elif sign == ":" and self.awaits == "colon":
            self.awaits = "value"
        elif sign == "," and self.awaits == "end" and self.open:
            self.awaits = "value" if isinstance(self.open[-1], list) else "next key"
        elif sign == ")" and self.open and self.awaits in ("item", "key", "end"):
            self.finish(self.open.pop(), at)
        elif self.empty and self.awaits in ("value", "item") and self.open and sign in ",)":
            self.finish("", at)
            self.sign(sign, at)
        else:
            self.fault(sign, at)

    def finish(self, value: Value, at: int) -> None:
        """Put a complete element where it belongs."""
        self.awaits = "end"
        if not self.open:
            if self.whole is not None:
                self.fault("(", at)
            self.whole = value
        elif isinstance(holder := self.open[-1], list):
            holder.append(value)
        else:
            holder[self.keys.pop()] = value

    def fault(self, token: str, at: int) -> NoReturn:
        if self.awaits == "end" and not self.open:
            reason = f"tokens left over after parsing; first excess token {token!r}"
        elif self.awaits == "colon":
            reason = "expected ':'"
        elif self.awaits in ("key", "next key"):
            reason = f"expected string token, found grammar token {token!r}"
        elif self.awaits == "end":
            reason = "expected ')'"
        else:
            reason = f"unexpected token {token!r} at start of element"
        raise GrammarError(reason, at)


def _opens(tokens: "list[re.Match[str]]", index: int) -> bool:
    return index + 1 < len(tokens) and tokens[index + 1][0] == "("


def _text(text: str, at: int) -> str:
    if text == "''":
        return ""
    try:
        return unescape(text)
    except GrammarError as fault:
        raise GrammarError(fault.reason, at + fault.position) from None


def _end_of_urn(text: str, at: int) -> int:
    """Return where the URN whose id starts at `at` ends: at a sign that is not inside its own parentheses."""
    depth = 0
    for index in range(at, len(text)):
        sign = text[index]
        if sign == "(":
            depth += 1
        elif sign == ")" and depth:
            depth -= 1
            if not depth:
                return index + 1
        elif sign in "),:" and not depth:
            return index
    return len(text)


def _texts(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _escape_reduced(text: str) -> str:
    return text.translate(_REDUCED) or "''"


def _escape_url(text: str) -> str:
    return quote(text, safe="-._~") or "''"


def _nested(value: object, escape: Callable[[str], str]) -> str:
    if is_object(value):
        return "(" + ",".join(f"{escape(_texts(k))}:{_nested(v, escape)}" for k, v in sorted(value.items())) + ")"
    if is_list(value):
        return "List(" + ",".join(_nested(v, escape) for v in value) + ")"
    return escape(_texts(value))


def _steps(name: str) -> list[str]:
    """Split `search.status.values[0]` into its steps; `~2E` and the like stand for the signs themselves."""
    steps: list[str] = []
    for part in name.split("."):
        plain, *rest = _STEP.split(part)
        if plain or not rest:
            steps.append(plain)
        steps += [f"[{index}]" for index in rest[::2]]
    if len(steps) > MAX_DEPTH:
        raise GrammarError(f"parameter {name[:40]!r} nests too deep", 0)
    return [_TILDE.sub(lambda m: chr(int(m[1], 16)), step) for step in steps]


def _gathered(value: Value) -> Value:
    """Turn maps whose keys are all indexes into lists."""
    if isinstance(value, dict):
        if value and all(_STEP.fullmatch(key) for key in value):
            return [_gathered(value[key]) for key in sorted(value, key=lambda k: int(k[1:-1]))]
        return {key: _gathered(inner) for key, inner in value.items()}
    return value
