"""Rest.li protocol 2.0.0, incoming: values, queries and reduced keys, read in one pass.

Scalars carry no type on the wire, so every leaf is text.
Source: linkedin/rest.li URIElementParser; gh-pages-source:src/protocol.md
"""

import re
from collections.abc import Callable
from typing import TypeAlias
from urllib.parse import unquote

from inroad.sdk.errors import Error
from inroad.sdk.restli.encode import MAX_DEPTH, RAW_NAMES

Value: TypeAlias = "str | list[Value] | dict[str, Value]"

_TOKEN = re.compile(r"[(),:]|[^(),:]+")
_GRAMMAR = frozenset("(),:")
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ESCAPED_GRAMMAR = re.compile(r"%(28|29|2C|3A|27)")
_ESCAPED_IN_CONTAINER = re.compile(r"%(28|29|2C|3A|27|25)")
_BARE_GRAMMAR = re.compile(r"[(),:']")


class DecodeError(Error, ValueError):
    """A text outside the grammar; `position` counts characters from its beginning."""

    def __init__(self, reason: str, position: int) -> None:
        super().__init__(f"{reason}, at position {position}")
        self.reason = reason
        self.position = position


def decode(text: str) -> Value:
    """Read a value of a query or a path.

    Raises:
        DecodeError: the text is outside the grammar, or nested more than 100 deep.
    """
    bad = _BAD_ESCAPE.search(text)
    if bad is not None:
        raise DecodeError(f"malformed percent-encoding at index {bad.start()}", bad.start())
    return _Reader(text, _decode_text).read()


def reduced_decode(text: str) -> Value:
    """Read a key of a batch answer, or an `x-restli-id` header.

    A text that begins as a map or a list is read as one. Any other is a simple key, which LinkedIn does not
    escape; official clients un-escape `( ) , : '` in it all the same, and so does this, unless one of the five
    stands there bare and so proves it unescaped. A simple key known to be one is better taken as it is.

    Raises:
        DecodeError: the text begins as a map or a list and is neither.
    """
    if text.startswith(("(", "List(")):
        return _Reader(text, _reduce_text).read()
    if _BARE_GRAMMAR.search(text):
        return text
    return _ESCAPED_GRAMMAR.sub(_unescape, text)


def decode_query(query: str) -> dict[str, Value]:
    """Read a query string, without its question mark. Projections stay the text that they are.

    Raises:
        DecodeError: a parameter has no name or value, is given twice, or has a value outside the grammar.
    """
    params: dict[str, Value] = {}
    position = 0
    for pair in query.split("&") if query else ():
        written, equals, value = pair.partition("=")
        name = _name(written, position)
        if not equals:
            raise DecodeError("expected '='", position + len(written))
        if name in params:
            raise DecodeError(f"unexpected repeated query param in URI: {name}", position)
        params[name] = value if name in RAW_NAMES else _decode_at(value, position + len(written) + 1)
        position += len(pair) + 1
    return params


def _name(written: str, position: int) -> str:
    bad = _BAD_ESCAPE.search(written)
    if bad is not None:
        raise DecodeError("malformed percent-encoding in a name", position + bad.start())
    if not written:
        raise DecodeError("expected the name of a parameter", position)
    return unquote(written)


def _decode_at(value: str, position: int) -> Value:
    try:
        return decode(value)
    except DecodeError as error:
        raise DecodeError(error.reason, position + error.position) from error


def _decode_text(token: str) -> str:
    return unquote(token) if "%" in token else token


def _reduce_text(token: str) -> str:
    return _ESCAPED_IN_CONTAINER.sub(_unescape, token) if "%" in token else token


def _unescape(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))


class _Reader:
    """One pass over the tokens of a text; each is looked at twice at most."""

    __slots__ = ("_depth", "_next", "_to_text", "_tokens")

    def __init__(self, text: str, to_text: Callable[[str], str]) -> None:
        self._tokens: list[str] = _TOKEN.findall(text)
        self._next = 0
        self._depth = 0
        self._to_text = to_text

    def read(self) -> Value:
        value = self._value()
        if self._next < len(self._tokens):
            raise self._error(f"tokens left over after parsing; first excess token {self._tokens[self._next]!r}")
        return value

    def _value(self) -> Value:
        piece = self._peek()
        if piece == "(":
            return self._map()
        if piece in _GRAMMAR:
            raise self._error(f"unexpected token {piece!r} at start of element")
        if piece == "List" and self._tokens[self._next + 1 : self._next + 2] == ["("]:
            self._next += 1
            return self._list()
        return self._text(piece)

    def _list(self) -> list[Value]:
        items: list[Value] = []
        self._open()
        if self._peek() != ")":
            items.append(self._value())
            while self._accept(","):
                items.append(self._value())
        self._close()
        return items

    def _map(self) -> dict[str, Value]:
        entries: dict[str, Value] = {}
        self._open()
        if self._peek() != ")":
            self._entry(entries)
            while self._accept(","):
                self._entry(entries)
        self._close()
        return entries

    def _entry(self, entries: dict[str, Value]) -> None:
        token = self._peek()
        if token in _GRAMMAR:
            raise self._error(f"expected string token, found grammar token {token!r}")
        key = self._text(token)
        if key in entries:
            self._next -= 1
            raise self._error(f"the key {key!r} stands twice in a map")
        self._expect(":")
        entries[key] = self._value()

    def _text(self, piece: str) -> str:
        self._next += 1
        return "" if piece == "''" else self._to_text(piece)

    def _open(self) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._error(f"nested more than {MAX_DEPTH} deep")
        self._expect("(")

    def _close(self) -> None:
        self._depth -= 1
        self._expect(")")

    def _peek(self) -> str:
        if self._next >= len(self._tokens):
            raise self._error("unexpected end of input")
        return self._tokens[self._next]

    def _accept(self, token: str) -> bool:
        found = self._peek() == token
        self._next += found
        return found

    def _expect(self, token: str) -> None:
        if not self._accept(token):
            raise self._error(f"expected {token!r}")

    def _error(self, reason: str) -> DecodeError:
        return DecodeError(reason, sum(map(len, self._tokens[: self._next])))
