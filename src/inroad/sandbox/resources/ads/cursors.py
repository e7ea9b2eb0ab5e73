"""Cursor paging of the search finders: `pageSize`, `pageToken`, `metadata.nextPageToken`.

Source: "Cursor Based Pagination", learn.microsoft.com /linkedin/marketing/integrations/ads/cursor-based-pagination
"""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

from inroad.sandbox.answers import bad_parameter
from inroad.sandbox.call import Call
from inroad.sandbox.grammar import url_key
from inroad.sandbox.resources.ads import params
from inroad.sandbox.resources.levers import SHORT_PAGES, lever

T = TypeVar("T")

DEFAULT_SIZE: Final = 100
PARAMS: Final = {"pageSize": "optional", "pageToken": "optional", "sortOrder": "optional"}
_SIGNATURE_BYTES: Final = 24


def is_paged(call: Call) -> bool:
    """Tell whether the call asks for a page in any way."""
    return any(name in call.params for name in ("pageSize", "pageToken", "start", "count"))


def page(
    call: Call, found: Sequence[T], number: Callable[[T], int], show: Callable[[T], Any], *, most: int, clamps: bool
) -> dict[str, Any]:
    """Return one page of `found`, which has no order yet.

    Args:
        call: Asks for the page; `start` and `count` are let pass and ignored, as three live clients show.
        found: Everything that the criteria fit.
        number: The number by which elements are ordered; the token remembers the last one.
        show: Makes the element of the answer.
        most: The largest page.
        clamps: A larger `pageSize` is cut to it; refused otherwise.
    """
    if call.switches.is_on("token_finders.reject_start_count"):
        for name in ("start", "count"):
            if name in call.params:
                raise bad_parameter("QUERY_PARAM_NOT_ALLOWED", name)
    size = _size(call, most, clamps=clamps)
    falling = params.symbol(call, "sortOrder", ("ASCENDING", "DESCENDING")) == "DESCENDING"
    after = _read_token(call)
    ordered = sorted(found, key=number, reverse=falling)
    if after is not None:
        ordered = [item for item in ordered if (number(item) < after if falling else number(item) > after)]
    shown, metadata = ordered[:size], {}
    if len(ordered) > size:
        metadata["nextPageToken"] = _token(call, number(shown[-1])) if shown else _token(call, after or 0)
        # A broken element is left out of its page; a short page is not the last one.
        shown = shown[: max(0, len(shown) - int(lever(call.world, SHORT_PAGES) or 0))]
    return {"elements": [show(item) for item in shown], "metadata": metadata}


def _size(call: Call, most: int, *, clamps: bool) -> int:
    size = params.number(call, "pageSize")
    if size is None:
        return min(DEFAULT_SIZE, most)
    if size < 1 or (size > most and not clamps):
        raise bad_parameter("PARAM_INVALID", "pageSize")
    return min(size, most)


def _token(call: Call, last: int) -> str:
    return urlsafe_b64encode(last.to_bytes(8) + _signature(call)).decode().rstrip("=")


def _read_token(call: Call) -> int | None:
    sent = params.text(call, "pageToken")
    if sent is None:
        return None
    try:
        raw = urlsafe_b64decode(sent + "=" * (-len(sent) % 4))
    except ValueError as problem:
        raise bad_parameter("PARAM_INVALID", "pageToken") from problem
    # A token belongs to its query; what LinkedIn says to another one is not known.
    if len(raw) != 8 + _SIGNATURE_BYTES or raw[8:] != _signature(call):
        raise bad_parameter("PARAM_INVALID", "pageToken")
    return int.from_bytes(raw[:8])


def _signature(call: Call) -> bytes:
    """Return what a token is bound to: the resource, its parents, and the criteria."""
    passing = {"pageSize", "pageToken", "start", "count", "fields"}
    criteria = {name: sent for name, sent in call.params.items() if name not in passing}
    parts = (call.world.seed, call.resource, list(call.parent_keys), url_key(criteria))
    return hashlib.sha256(repr(parts).encode()).digest()[:_SIGNATURE_BYTES]
