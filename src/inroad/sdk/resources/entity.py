"""What LinkedIn's entities have in common: how their fields are read, and lists in pages.

An entity is a frozen struct whose snake_case fields are LinkedIn's camelCase ones; unknown fields are tolerated,
because LinkedIn adds fields without notice.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

import msgspec

from inroad.common.clock import from_millis
from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import Flow, Page, Request, Response, send

T = TypeVar("T")

if TYPE_CHECKING:
    UrnText = Urn
    Millis = datetime
else:
    # The codec reads dataclasses and datetimes in its own way, so it is shown types of ours, which it hands to
    # `_read_special`; their instances are plain `Urn` and `datetime`.

    class _Shown(type):
        shown: type

        def __instancecheck__(cls, value: object) -> bool:
            return isinstance(value, cls.shown)

    class UrnText(metaclass=_Shown):
        """A URN, written as text on the wire."""

        shown = Urn

    class Millis(metaclass=_Shown):
        """An instant, written as milliseconds since the epoch on the wire."""

        shown = datetime


class Entity(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """A value that LinkedIn sends."""


class LocalizedText(Entity, frozen=True):
    """A text in several languages; keys are such as `en_US`. LinkedIn's MultiLocaleString."""

    localized: Mapping[str, str] = {}
    preferred_locale: "Locale | None" = None

    @property
    def text(self) -> str:
        """The text in the preferred locale, else the first one, else nothing."""
        if self.preferred_locale is not None and self.preferred_locale.key in self.localized:
            return self.localized[self.preferred_locale.key]
        return next(iter(self.localized.values()), "")


class Locale(Entity, frozen=True):
    """A language, and perhaps its country."""

    language: str
    country: str | None = None

    @property
    def key(self) -> str:
        """The locale as LinkedIn writes keys: `en_US`."""
        return self.language if not self.country else f"{self.language}_{self.country}"


class _Link(Entity, frozen=True):
    rel: str = ""
    href: str = ""


class _Paging(Entity, frozen=True):
    start: int = 0
    count: int = 0
    total: int | None = None
    links: tuple[_Link, ...] = ()


class _Metadata(Entity, frozen=True):
    next_page_token: str | None = None


class Elements(Entity, Generic[T], frozen=True):
    """The answer of a finder: some elements and where they stand in the whole."""

    elements: list[T] = []
    paging: _Paging = _Paging()
    metadata: _Metadata = _Metadata()


class Results(Entity, Generic[T], frozen=True):
    """The answer of a batch: what was found by its key, and an error for each of the rest."""

    results: Mapping[str, T] = {}
    errors: Mapping[str, Any] = {}


class Batch(Mapping[Urn, T]):
    """Entities by URN. What could not be read is in `missing`, with the status LinkedIn gave for it."""

    def __init__(self, found: Mapping[Urn, T], missing: Mapping[Urn, int]) -> None:
        self._found = found
        self.missing = missing

    def __getitem__(self, urn: Urn) -> T:
        return self._found[urn]

    def __iter__(self) -> Iterator[Urn]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def decoder(of: type[T]) -> "msgspec.json.Decoder[T]":
    """Return what reads an entity from JSON."""
    return msgspec.json.Decoder(of, dec_hook=_read_special)


def read_batch(
    response: Response, reader: "msgspec.json.Decoder[Results[T]]", to_urn: Callable[[str], Urn] = Urn.parse
) -> Batch[T]:
    """Return a batch answer's entities by URN; `to_urn` reads a key."""
    answer = response.decode(reader)
    try:
        found = {to_urn(key): value for key, value in answer.results.items()}
        missing = {to_urn(key): _status(error) for key, error in answer.errors.items()}
    except ValueError as cause:
        raise response.unexpected(f"a key of the batch answer is no URN: {cause}") from cause
    return Batch(found, missing)


def pages(request: Request, reader: "msgspec.json.Decoder[Elements[T]]") -> Flow[Page[T]]:
    """Ask for the first page of a list; each page knows how to ask for the next.

    A page may be shorter than asked for while more follow (hidden elements are left out after the cut), so its length
    says nothing: the answer's `next` link, page token or total does.
    Source: "Pagination", learn.microsoft.com /linkedin/shared/api-guide/concepts/pagination
    """
    return _page(request, request, reader)


def _page(first: Request, this: Request, reader: "msgspec.json.Decoder[Elements[T]]") -> Flow[Page[T]]:
    response = yield from send(this)
    answer = response.decode(reader)
    following = _following(first, answer)
    if following is None:
        return Page(answer.elements)
    if following == this:
        raise response.unexpected("the next page is the same page")
    return Page(answer.elements, lambda: _page(first, following, reader))


def _following(first: Request, answer: Elements[T]) -> Request | None:
    paging = answer.paging
    if answer.metadata.next_page_token:
        return _with_params(first, {"pageToken": answer.metadata.next_page_token})
    for link in paging.links:
        if link.rel == "next" and link.href.startswith("/"):
            return msgspec.structs.replace(first, path=link.href, params=None, query="")
    after = paging.start + paging.count
    if paging.count <= 0:
        return None
    # Conversions say a total of -1 and leads were seen to say 0: neither is one.
    total = paging.total if paging.total is not None and paging.total > 0 else None
    is_more = after < total if total is not None else len(answer.elements) >= paging.count
    return _with_params(first, {"start": after, "count": paging.count}) if is_more else None


def _with_params(request: Request, params: Mapping[str, object]) -> Request:
    return msgspec.structs.replace(request, params={**(request.params or {}), **params})


def _read_special(kind: type, value: Any) -> Any:
    if kind is UrnText:
        return _read_urn(value)
    if kind is Millis:
        if not isinstance(value, int):
            raise ValueError(f"expected milliseconds since the epoch, got {type(value).__name__}")
        return from_millis(value)
    raise NotImplementedError(f"no reader for {kind!r}")


def _read_urn(value: object) -> Urn:
    if isinstance(value, str) and value.startswith("urn:li:"):
        kind, _, key = value[7:].partition(":")
        # Most URNs are plain: reading them without the full grammar takes a fifth of the time.
        if kind.isalpha() and key.isalnum() and value.isascii() and len(value) < 100:
            return Urn(kind, key)
    return Urn.parse(cast("str", value))


def _status(error: object) -> int:
    status = cast("Mapping[str, object]", error).get("status") if isinstance(error, Mapping) else None
    return status if isinstance(status, int) else 0


def as_urn(value: Urn | str, *kinds: str, name: str) -> Urn:
    """Return a caller's URN when it is of one of `kinds`.

    Raises:
        InvalidArgument: it is not, or is no URN at all.
    """
    expected = _listed([f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}" for kind in kinds])
    try:
        urn = value if isinstance(value, Urn) else _read_urn(value)
    except ValueError as cause:
        raise InvalidArgument(f"{name} must be {expected} URN, got {str(value)[:80]!r}") from cause
    if not urn.is_kind(*kinds):
        raise InvalidArgument(f"{name} must be {expected} URN, got {str(urn)!r}")
    return urn


def as_count(value: int, most: int, *, name: str = "count") -> int:
    """Return a caller's page size when it is within bounds."""
    if not 1 <= value <= most:
        raise InvalidArgument(f"{name} must be between 1 and {most}, got {value}")
    return value


def as_batch(values: Sequence[T], *, name: str, most: int = 100) -> list[T]:
    """Return a caller's keys, each once, when there are any."""
    keys = list(dict.fromkeys(values))
    if not 1 <= len(keys) <= most:
        raise InvalidArgument(f"{name} must be 1 to {most} keys, got {len(keys)}")
    return keys


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
