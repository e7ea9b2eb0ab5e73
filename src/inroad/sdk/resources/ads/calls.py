"""The calls that advertising resources share: keys, partial updates, batches, searches."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, TypeAlias, TypeVar
from urllib.parse import unquote

import msgspec

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import Flow, Page, Request, Response
from inroad.sdk.resources.ads.values import patch_body, to_wire
from inroad.sdk.resources.entity import Batch, Elements, Results, as_batch, as_count, as_urn, pages, read_batch
from inroad.sdk.restli.batch import (
    BatchCreated,
    BatchResult,
    BatchShapeError,
    key_reader,
    patches,
    read_batch_change,
    read_batch_create,
)
from inroad.sdk.restli.encode import encode_key
from inroad.sdk.restli.patch import Patch
from inroad.sdk.restli.shape import is_list, is_object

T = TypeVar("T")
K = TypeVar("K")

Key: TypeAlias = Urn | str | int
"""What names an entity: its URN, or its number."""

SortOrder: TypeAlias = Literal["ASCENDING", "DESCENDING"]

ACCOUNT = "sponsoredAccount"
CAMPAIGN_GROUP = "sponsoredCampaignGroup"
CAMPAIGN = "sponsoredCampaign"
CREATIVE = "sponsoredCreative"
CONVERSION = "llaPartnerConversion"

NAMESPACES: Mapping[str, str] = {CONVERSION: "lla"}
"""Kinds of URN that do not begin with `urn:li:`."""

MAX_SEARCH_PAGE = 1_000
"""Entities per page of a search. Source: "Cursor based pagination", learn.microsoft.com
/linkedin/marketing/integrations/ads/cursor-based-pagination"""

MAX_OFFSET_PAGE = 1_000
"""Entities per page of the older finders. Source: as above, "Specified count is larger than 1000"."""

ADS_BATCH = 1_000
"""Keys or entities per batch of ours. UNCONFIRMED: LinkedIn publishes no bound for ads; its error would say it."""


def urn_of(value: Key, kind: str, *, name: str) -> Urn:
    """Return a caller's key as a URN of `kind`.

    Raises:
        InvalidArgument: it is no number and no URN of that kind.
    """
    namespace = NAMESPACES.get(kind, "li")
    if isinstance(value, int):
        value = str(value)
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return Urn(kind, value, namespace)
    urn = as_urn(value, kind, name=name)
    if urn.namespace != namespace or not (urn.id.isascii() and urn.id.isdigit()):
        raise InvalidArgument(f"{name} must look like urn:{namespace}:{kind}:123, got {str(urn)!r}")
    return urn


def number_of(value: Key, kind: str, *, name: str) -> int:
    """Return a caller's key as the number that stands in paths and `id` fields."""
    return int(urn_of(value, kind, name=name).id)


def created_urn(response: Response, kind: str) -> Urn:
    """Return the URN of what was created: LinkedIn writes a number, a URN or a percent-encoded URN.

    Raises:
        UnexpectedResponse: the answer names nothing of that kind.
    """
    text = created_id(response)
    try:
        return urn_of(text, kind, name="the id of what was created")
    except InvalidArgument as cause:
        raise response.unexpected(str(cause)) from cause


def created_id(response: Response) -> str:
    """Return the key of what was created, as text."""
    text = response.headers.get("x-restli-id") or response.headers.get("x-linkedin-id")
    if not text:
        raise response.unexpected("the answer to a create names no id")
    return unquote(text)


def created_number(response: Response) -> int:
    """Return the number of what was created."""
    text = created_id(response)
    if not (text.isascii() and text.isdigit()):
        raise response.unexpected(f"the id of what was created is no number: {text[:80]!r}")
    return int(text)


def entity_path(collection: str, key: object) -> str:
    """Return the path of one entity."""
    return f"{collection}/{encode_key(key)}"


def get(path: str, reader: "msgspec.json.Decoder[T]", fields: Sequence[str] | None, *always: str) -> Flow[T]:
    """Ask for one entity, or for some of its fields."""
    response = yield Request("GET", path, with_fields({}, fields, *always))
    return response.decode(reader)


def with_fields(params: Mapping[str, object], fields: Sequence[str] | None, *always: str) -> dict[str, object]:
    """Return parameters that ask for these fields only, and for those without which an entity cannot be read."""
    if fields is None:
        return dict(params)
    if isinstance(fields, str):
        raise InvalidArgument("fields is a list of names, not one text")
    if not fields:
        raise InvalidArgument("fields must name one field at least")
    return {**params, "fields": list(dict.fromkeys([*always, *fields]))}


def batch_get(
    collection: str,
    keys: Sequence[object],
    reader: "msgspec.json.Decoder[Results[T]]",
    to_urn: Callable[[str], Urn],
    fields: Sequence[str] | None = None,
    *always: str,
) -> Flow[Batch[T]]:
    """Ask for several entities."""
    params = with_fields({"ids": as_batch(keys, name="the batch", most=ADS_BATCH)}, fields, *always)
    response = yield Request("GET", collection, params, restli_method="BATCH_GET")
    return read_batch(response, reader, to_urn)


def batch_create(collection: str, entities: Sequence[object], *, most: int = ADS_BATCH) -> Flow[list[BatchCreated]]:
    """Create several entities; the answer has one element for each, in order."""
    if not 1 <= len(entities) <= most:
        raise InvalidArgument(f"a batch creates 1 to {most:,} entities, got {len(entities):,}")
    body = {"elements": to_wire(entities)}
    response = yield Request("POST", collection, json=body, restli_method="BATCH_CREATE", repeatable=False)
    created = _read(response, lambda: read_batch_create(response.json()))
    if len(created) != len(entities):
        raise response.unexpected(f"asked to create {len(entities)} entities, answered for {len(created)}")
    return created


def update(path: str, patch: Patch) -> Flow[None]:
    """Change some fields of an entity."""
    yield Request("POST", path, json=patch_body(patch), restli_method="PARTIAL_UPDATE")


def batch_update(
    collection: str, changes: Mapping[K, Patch], to_key: Callable[[K], object]
) -> Flow[BatchResult[K, int]]:
    """Change several entities; the answer says of each whether it was."""
    keys = as_batch(list(changes), name="changes", most=ADS_BATCH)
    for patch in changes.values():
        patch_body(patch)
    body = to_wire(patches(changes, to_key))
    params = {"ids": [to_key(key) for key in keys]}
    response = yield Request("POST", collection, params, json=body, restli_method="BATCH_PARTIAL_UPDATE")
    return _read(response, lambda: read_batch_change(response.json(), key=key_reader(keys, to_key)))


def batch_delete(collection: str, keys: Sequence[K], to_key: Callable[[K], object]) -> Flow[BatchResult[K, int]]:
    """Delete several entities; the answer says of each whether it is gone."""
    asked = as_batch(keys, name="the batch", most=ADS_BATCH)
    params = {"ids": [to_key(key) for key in asked]}
    response = yield Request("DELETE", collection, params, restli_method="BATCH_DELETE")
    return _read(response, lambda: read_batch_change(response.json(), key=key_reader(asked, to_key)))


def criteria(**wanted: object) -> dict[str, object]:
    """Return a `search` parameter: values of one field are alternatives, fields all hold; `test` is a bare bool.

    Raises:
        InvalidArgument: a field is given with no value.
    """
    search: dict[str, object] = {}
    for name, values in wanted.items():
        if values is None:
            continue
        if isinstance(values, bool):
            search[name] = values
            continue
        listed = list(values) if is_list(values) else [values]
        if not listed:
            raise InvalidArgument(f"{name} must hold one value at least, or be left out")
        search[name] = {"values": listed}
    return search


def search(
    collection: str,
    wanted: Mapping[str, object],
    reader: "msgspec.json.Decoder[Elements[T]]",
    *,
    page_size: int,
    sort_order: SortOrder | None,
    fields: Sequence[str] | None,
) -> Flow[Page[T]]:
    """Ask for entities that fit, page by page. Only a missing token ends such a list, never a short page.

    Source: "Cursor based pagination", learn.microsoft.com
    /linkedin/marketing/integrations/ads/cursor-based-pagination
    """
    params: dict[str, object] = {"q": "search", "pageSize": as_count(page_size, MAX_SEARCH_PAGE, name="page_size")}
    if wanted:
        params["search"] = wanted
    if sort_order is not None:
        params["sortOrder"] = sort_order
    request = Request("GET", collection, with_fields(params, fields, "id"), restli_method="FINDER")
    return (yield from pages(request, reader))


def offset_params(count: int, most: int = MAX_OFFSET_PAGE) -> dict[str, object]:
    """Return the parameters of the first page of an older finder."""
    return {"start": 0, "count": as_count(count, most)}


def action_value(response: Response, *names: str) -> Mapping[str, object]:
    """Return what an action answered, and check that it says what is needed.

    Raises:
        UnexpectedResponse: the answer is no object, or lacks one of `names`.
    """
    body: object = response.json() if response.content else {}
    value = body.get("value", {}) if is_object(body) else None
    if not is_object(value):
        raise response.unexpected("the answer to an action is no object")
    for name in names:
        if not isinstance(value.get(name), str):
            raise response.unexpected(f"the answer to an action lacks {name}")
    return value


def _read(response: Response, read: Callable[[], T]) -> T:
    try:
        return read()
    except BatchShapeError as cause:
        raise response.unexpected(f"cannot read the batch answer: {cause}") from cause
