"""What LinkedIn would say to a registration or to the end of a multipart upload."""

from collections.abc import Mapping, Sequence
from typing import Any

from inroad.sandbox.answers import sentence
from inroad.sandbox.records import invalid_field_values
from inroad.sandbox.resources.assets.schema import OWNER_RELATIONSHIP
from inroad.sandbox.resources.media.state import Kind, Part
from inroad.sandbox.shape import is_list, is_object

PART_BYTES = 4 * 1024 * 1024  # UNCONFIRMED for this API: the step of the Videos API
MAX_FILE_BYTES = 5 * 1024**3
_RECIPE = "urn:li:digitalmediaRecipe:"
_KINDS: Mapping[str, Kind] = {
    f"{_RECIPE}feedshare-image": "image",
    f"{_RECIPE}companyUpdate-article-image": "image",
    f"{_RECIPE}ssu-carousel-card-image": "image",
    f"{_RECIPE}rightRail-logo-image": "image",
    f"{_RECIPE}ads-image": "image",
    f"{_RECIPE}feedshare-video": "video",
}
_FOR_MEMBERS = frozenset((f"{_RECIPE}feedshare-image", f"{_RECIPE}feedshare-video"))


def check_registration(request: Mapping[str, Any]) -> None:
    """Refuse recipes and relationships that the caller may not use, with the gateway's 403 that names the field.

    Recorded for an unknown recipe, a recipe given as an object, and an ads recipe for a person. Documents
    cannot be registered here, and live video is for partners.
    """
    recipes, relationships = request.get("recipes"), request.get("serviceRelationships")
    by_person = str(request.get("owner")).startswith(("urn:li:person:", "urn:li:member:"))
    for index, recipe in enumerate(recipes if is_list(recipes) else ()):
        known = isinstance(recipe, str) and recipe in (_FOR_MEMBERS if by_person else _KINDS)
        if not known:
            raise invalid_field_values([f"/registerUploadRequest/recipes/{index}"])
    for index, relationship in enumerate(relationships if is_list(relationships) else ()):
        if is_object(relationship) and relationship.get("identifier", OWNER_RELATIONSHIP) != OWNER_RELATIONSHIP:
            raise invalid_field_values([f"/registerUploadRequest/serviceRelationships/{index}/identifier"])


def kind_of(recipes: Sequence[str]) -> Kind:
    """Return what the one recipe of a registration is for."""
    if len(recipes) != 1:
        raise sentence(400, f"recipes must hold exactly one recipe, got {len(recipes)}")
    return _KINDS[recipes[0]]


def parts_of(file_bytes: int | None) -> list[Part]:
    """Return the byte ranges of a multipart upload."""
    if file_bytes is None or not 0 < file_bytes <= MAX_FILE_BYTES:
        raise sentence(400, f"fileSize must be 1 to {MAX_FILE_BYTES} with MULTIPART_UPLOAD")
    return [
        Part(first=first, last=min(first + PART_BYTES, file_bytes) - 1) for first in range(0, file_bytes, PART_BYTES)
    ]


def check_completion(parts: Sequence[Part], responses: Sequence[Mapping[str, Any]]) -> None:
    """Refuse the end of an upload whose parts are not all there, or are told under other ETags."""
    told = [_etag(response["headers"]) for response in responses if response["httpStatusCode"] == 200]
    if not parts or any(not part.etag for part in parts) or told != [part.etag for part in parts]:
        raise sentence(400, "All chunks IDs must be signed")


def _etag(headers: Mapping[str, Any]) -> str:
    return next((str(value).strip('"') for name, value in headers.items() if name.lower() == "etag"), "")
