"""Long lists in pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from starlette.requests import Request

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages(Generic[Item]):
    """One page of a list and the way to its neighbours; `start` counts from nought."""

    items: Sequence[Item]
    start: int
    total: int
    before: str | None
    after: str | None

    @property
    def first(self) -> int:
        """The number of the first item shown, counted from one."""
        return self.start + 1

    @property
    def last(self) -> int:
        """The number of the last item shown, counted from one."""
        return self.start + len(self.items)


def paged(request: Request, items: Sequence[Item], *, size: int, parameter: str = "start") -> Pages[Item]:
    """Return the page of `items` that the request asks for; nonsense asks for the first."""
    asked = request.query_params.get(parameter, "")
    start = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 0
    start = start if start < len(items) else 0
    return Pages(
        items=items[start : start + size],
        start=start,
        total=len(items),
        before=_address(request, parameter, max(0, start - size)) if start else None,
        after=_address(request, parameter, start + size) if start + size < len(items) else None,
    )


def _address(request: Request, parameter: str, start: int) -> str:
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != parameter]
    query = urlencode([*kept, (parameter, str(start))] if start else kept)
    return f"{request.url.path}?{query}" if query else request.url.path
