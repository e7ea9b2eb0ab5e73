"""LinkedIn's names for things: `urn:{namespace}:{type}:{id}`.

Source: "URNs and IDs", learn.microsoft.com /linkedin/shared/api-guide/concepts/urns
"""

import re
from dataclasses import dataclass
from typing import Self

MAX_LENGTH = 255
_FORM = re.compile(r"urn:(?P<namespace>[a-z]+):(?P<kind>[A-Za-z]+):(?P<id>.+)", re.DOTALL)
_BLANK = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Urn:
    """A LinkedIn URN, such as `urn:li:share:7391112223334445556`.

    `kind` is the URN's type (`share`, `person`, `organization`); `id` keeps what follows as text,
    a tuple such as `(urn:li:activity:7,9)` included. Equal texts are equal URNs.
    """

    kind: str
    id: str
    namespace: str = "li"

    @classmethod
    def parse(cls, text: "str | Urn") -> Self:
        """Read a URN from its text; a `Urn` is returned as it is.

        Raises:
            ValueError: the text has no URN's form, is longer than 255 characters, or its
                parentheses do not match.
        """
        if isinstance(text, Urn):
            return text if isinstance(text, cls) else cls(text.kind, text.id, text.namespace)
        if not isinstance(text, str):  # pyright: ignore[reportUnnecessaryIsInstance] - not every caller is checked
            raise ValueError(f"a URN is text, got {type(text).__name__}")
        if len(text) > MAX_LENGTH:
            raise ValueError(f"a URN has at most {MAX_LENGTH} characters, got {len(text)}")
        match = _FORM.fullmatch(text)
        if match is None or _BLANK.search(text):
            raise ValueError(f"not a URN (urn:li:type:id): {text!r}")
        if "(" in text or ")" in text:
            _check_parentheses(text)
        return cls(match["kind"], match["id"], match["namespace"])

    @property
    def parts(self) -> tuple[str, ...]:
        """The id's parts: one for a plain id, several for a tuple such as `(a,b)`."""
        if not self.id.startswith("("):
            return (self.id,)
        return tuple(_split_tuple(self.id[1:-1]))

    def is_kind(self, *kinds: str) -> bool:
        """Tell whether the URN's type is one of `kinds`."""
        return self.kind in kinds

    def __str__(self) -> str:
        return f"urn:{self.namespace}:{self.kind}:{self.id}"


def person(member_id: str) -> Urn:
    """Return the URN of the member with this app-scoped id (`sub` of userinfo, `id` of me)."""
    return Urn("person", member_id)


def organization(organization_id: int | str) -> Urn:
    """Return the URN of the organization with this number."""
    return Urn("organization", str(organization_id))


def _check_parentheses(text: str) -> None:
    depth = 0
    for character in text:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            break
    if depth != 0:
        raise ValueError(f"parentheses of the URN do not match: {text!r}")


def _split_tuple(inner: str) -> list[str]:
    parts: list[str] = []
    depth, start = 0, 0
    for index, character in enumerate(inner):
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            parts.append(inner[start:index])
            start = index + 1
    parts.append(inner[start:])
    return parts
