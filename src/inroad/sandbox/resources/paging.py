"""Index paging as LinkedIn's finders do it: `start`, `count`, links.

Source: "Pagination", learn.microsoft.com /linkedin/shared/api-guide/concepts/pagination; links as Rest.li's
`RestUtils` writes them.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from inroad.sandbox.answers import sentence
from inroad.sandbox.call import Call
from inroad.sandbox.grammar import url_key
from inroad.sandbox.resources.levers import SHORT_PAGES, lever

T = TypeVar("T")

DEFAULT_COUNT = 10
MAX_COUNT = 100


def page(
    call: Call, items: Sequence[T], show: Callable[[T], Any], *, total: bool = False, most: int = MAX_COUNT
) -> dict[str, Any]:
    """Return the part of `items` that the call asks for, as a finder's answer.

    `total` writes down how many there are, which some finders do and others do not.
    """
    start, count = _number(call, "start", 0), min(_number(call, "count", DEFAULT_COUNT), most)
    shown = items[start : start + count]
    links: list[dict[str, str]] = []
    if start > 0:
        links.append(_link(call, "prev", max(0, start - count), count))
    if count > 0 and start + len(shown) < len(items):
        links.append(_link(call, "next", start + count, count))
        # Hidden items are filtered after the cut: a short page is not the last one.
        shown = shown[: max(0, len(shown) - int(lever(call.world, SHORT_PAGES) or 0))]
    paging: dict[str, Any] = {"start": start, "count": count, "links": links}
    if total:
        paging["total"] = len(items)
    return {"paging": paging, "elements": [show(item) for item in shown]}


def _number(call: Call, name: str, default: int) -> int:
    sent = call.params.get(name)
    if sent is None:
        return default
    try:
        number = int(sent) if isinstance(sent, str) else None
    except ValueError:
        number = None
    if number is None:
        raise sentence(400, "Invalid (non-integer) start/count parameters")
    if number < 0:
        raise sentence(400, "start/count parameters must be non-negative")
    return number


def _link(call: Call, rel: str, start: int, count: int) -> dict[str, str]:
    query = {name: url_key(value) for name, value in call.params.items() if name not in ("start", "count", "q")}
    _, _, finder = call.method.partition("-")
    query |= {"q": finder} if finder else {}
    query |= {"count": str(count), "start": str(start)}
    tail = "&".join(f"{name}={value}" for name, value in query.items())
    return {"rel": rel, "href": f"/{call.base}/{_path(call)}?{tail}", "type": "application/json"}


def _path(call: Call) -> str:
    """Return the path below the base with its keys in place."""
    parents = iter(call.parent_keys)
    steps = [url_key(next(parents)) if step.startswith("{") else step for step in call.resource.split("/")]
    return "/".join(steps if call.key is None else [*steps, url_key(call.key)])
