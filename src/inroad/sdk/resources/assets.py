"""Pictures and videos for the legacy posts API, `/v2/assets`. New programs use `images`.

Source: "Vector Asset API", learn.microsoft.com /linkedin/marketing/community-management/shares/vector-asset-api
"""

from collections.abc import Mapping
from typing import Literal, TypeAlias

import msgspec

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Body, Flow, Request, Resource, operation
from inroad.sdk.resources.entity import Entity, UrnText, as_urn, decoder
from inroad.sdk.restli.encode import encode_key

AssetKind: TypeAlias = Literal["image", "video"]

_RECIPES: Mapping[str, str] = {
    "image": "urn:li:digitalmediaRecipe:feedshare-image",
    "video": "urn:li:digitalmediaRecipe:feedshare-video",
}
_HTTP_UPLOAD = "com.linkedin.digitalmedia.uploading.MediaUploadHttpRequest"


class AssetUpload(msgspec.Struct, frozen=True):
    """Where to send an asset's bytes, the headers to send with them, and the URN that it has."""

    upload_url: str
    urn: Urn
    headers: Mapping[str, str]


class AssetRecipe(Entity, frozen=True):
    """What LinkedIn makes of an asset, and how far it is."""

    recipe: str = ""
    status: str = ""


class Asset(Entity, frozen=True):
    """A picture or video at LinkedIn."""

    id: str
    status: str | None = None
    recipes: tuple[AssetRecipe, ...] = ()
    media_type_family: str | None = None

    @property
    def is_available(self) -> bool:
        """Whether every recipe is done; the asset's own `status` does not say so."""
        return bool(self.recipes) and all(recipe.status == "AVAILABLE" for recipe in self.recipes)


class _HttpUpload(Entity, frozen=True):
    upload_url: str
    headers: Mapping[str, str] = {}


class _Mechanism(Entity, frozen=True):
    http: _HttpUpload = msgspec.field(name=_HTTP_UPLOAD)


class _Registered(Entity, frozen=True):
    asset: UrnText
    upload_mechanism: _Mechanism


class _RegisteredValue(Entity, frozen=True):
    value: _Registered


_REGISTERED = decoder(_RegisteredValue)
_ASSET = decoder(Asset)


class Assets(Resource[IO]):
    """Pictures and videos for the legacy posts API."""

    @operation
    def register_upload(self, owner: Urn | str, *, kind: AssetKind = "image") -> Flow[AssetUpload]:
        """Start an upload and return where its bytes go.

        Args:
            owner: The person or organization that will be the post's author.
            kind: A picture or a video.

        Raises:
            Forbidden: the token's member may not own it.

        Scopes: w_member_social, or w_organization_social for an organization.
        """
        return (yield from _register(owner, kind))

    @operation
    def put(self, upload: AssetUpload, data: Body) -> Flow[None]:
        """Send an asset's bytes to where `register_upload` said. Sending them again replaces them."""
        yield _put(upload, data)

    @operation
    def upload(self, *, owner: Urn | str, data: Body, kind: AssetKind = "image") -> Flow[Urn]:
        """Upload a picture or a video in one request and return its URN.

        Args:
            owner: The person or organization that will be the post's author.
            data: Bytes, a path, an open binary file, or parts.
            kind: A picture or a video.

        Scopes: w_member_social, or w_organization_social for an organization.
        """
        upload = yield from _register(owner, kind)
        yield _put(upload, data)
        return upload.urn

    @operation
    def get(self, urn: Urn | str) -> Flow[Asset]:
        """Return an asset's state. Works with a write scope, unlike the versioned API's."""
        # The key is the bare id, the last part of the URN.
        key = encode_key(as_urn(urn, "digitalmediaAsset", name="urn").id)
        response = yield Request("GET", f"/v2/assets/{key}")
        return response.decode(_ASSET)


def _register(owner: Urn | str, kind: AssetKind) -> Flow[AssetUpload]:
    if kind not in _RECIPES:
        raise InvalidArgument(f"kind must be image or video, got {kind!r}")
    wanted = {
        "owner": str(as_urn(owner, "person", "organization", name="owner")),
        "recipes": [_RECIPES[kind]],
        "serviceRelationships": [{"relationshipType": "OWNER", "identifier": "urn:li:userGeneratedContent"}],
    }
    body = {"registerUploadRequest": wanted}
    response = yield Request("POST", "/v2/assets", {"action": "registerUpload"}, json=body)
    value = response.decode(_REGISTERED).value
    mechanism = value.upload_mechanism.http
    return AssetUpload(mechanism.upload_url, value.asset, mechanism.headers)


def _put(upload: AssetUpload, data: Body) -> Request:
    if isinstance(data, bytes) and not data:
        raise InvalidArgument("data must not be empty")
    return Request(
        "PUT", upload.upload_url, content=data, content_type="application/octet-stream", headers=upload.headers or None
    )
