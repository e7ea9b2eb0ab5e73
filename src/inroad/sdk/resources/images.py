"""Pictures for posts (versioned API): start an upload, send the bytes, wait until LinkedIn has processed them.

Source: "Images API", learn.microsoft.com /linkedin/marketing/community-management/shares/images-api
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, TypeAlias

import msgspec

from inroad.common.urn import Urn
from inroad.sdk.errors import Error, InvalidArgument
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, Sleep, operation, paged
from inroad.sdk.resources.entity import (
    Batch,
    Elements,
    Entity,
    Millis,
    Results,
    UrnText,
    as_batch,
    as_count,
    as_urn,
    decoder,
    pages,
    read_batch,
)
from inroad.sdk.restli.encode import encode_key

ImageData: TypeAlias = bytes | Path | BinaryIO | Iterable[bytes]

_OWNERS = ("person", "organization", "sponsoredAccount")


class Image(Entity, frozen=True):
    """A picture at LinkedIn. `status` is WAITING_UPLOAD, PROCESSING, AVAILABLE or PROCESSING_FAILED."""

    id: UrnText
    status: str
    owner: UrnText | None = None
    download_url: str | None = None
    download_url_expires_at: Millis | None = None
    alt_text: str | None = None

    @property
    def is_available(self) -> bool:
        """Whether it can be shown."""
        return self.status == "AVAILABLE"

    @property
    def is_failed(self) -> bool:
        """Whether LinkedIn gave it up; it must be uploaded again."""
        return self.status == "PROCESSING_FAILED"


class ImageUpload(msgspec.Struct, frozen=True):
    """Where to send a picture's bytes, and the URN that it will have."""

    upload_url: str
    urn: Urn
    expires_at: datetime | None = None


class MediaNotReady(Error):
    """The wait for a picture ended before LinkedIn had it ready. `status` is what LinkedIn said last."""

    def __init__(self, urn: Urn, status: str) -> None:
        super().__init__(f"{urn} is {status}")
        self.urn = urn
        self.status = status


class _Initialized(Entity, frozen=True):
    upload_url: str
    image: UrnText
    upload_url_expires_at: Millis | None = None


class _InitializedValue(Entity, frozen=True):
    value: _Initialized


_INITIALIZED = decoder(_InitializedValue)
_IMAGE = decoder(Image)
_IMAGE_PAGE = decoder(Elements[Image])
_IMAGE_BATCH = decoder(Results[Image])


class Images(Resource[IO]):
    """Pictures for posts (versioned API)."""

    @operation
    def initialize_upload(self, owner: Urn | str) -> Flow[ImageUpload]:
        """Start an upload and return where its bytes go.

        Args:
            owner: The person or organization that will be the post's author.

        Raises:
            BadRequest: the token's scopes do not cover this kind of owner.

        Scopes: w_member_social, or w_organization_social for an organization.
        """
        return (yield from _initialize(owner))

    @operation
    def put(
        self, upload: ImageUpload, data: ImageData, *, content_type: str = "application/octet-stream"
    ) -> Flow[None]:
        """Send a picture's bytes to where `initialize_upload` said. Sending them again replaces them.

        Raises:
            InvalidArgument: there are no bytes.
            BadRequest: the upload address has expired.
        """
        yield _put(upload, data, content_type)

    @operation
    def upload(self, *, owner: Urn | str, data: ImageData, content_type: str = "application/octet-stream") -> Flow[Urn]:
        """Upload a picture and return its URN. LinkedIn processes it afterwards; `wait` waits for that.

        Args:
            owner: The person or organization that will be the post's author.
            data: Bytes, a path, an open binary file, or parts.
            content_type: Such as image/jpeg.

        Scopes: w_member_social, or w_organization_social for an organization.
        """
        _check_data(data)
        upload = yield from _initialize(owner)
        yield _put(upload, data, content_type)
        return upload.urn

    @operation
    def get(self, urn: Urn | str) -> Flow[Image]:
        """Return a picture's state and, once it is available, where it can be downloaded.

        Raises:
            Forbidden: the token may not see it; the documentation says so of w_member_social alone.
        """
        return (yield from _get(urn))

    @operation
    def batch_get(self, urns: Sequence[Urn | str]) -> Flow[Batch[Image]]:
        """Return several pictures by URN; those that cannot be read are in `missing`."""
        keys = as_batch([as_urn(urn, "image", name="urns") for urn in urns], name="urns")
        response = yield Request("GET", "/rest/images", {"ids": keys}, restli_method="BATCH_GET")
        return read_batch(response, _IMAGE_BATCH)

    @paged
    def find_by_associated_account(self, account: Urn | str, *, count: int = 10) -> Flow[Page[Image]]:
        """Yield the pictures in an ad account's media library, newest first.

        Args:
            account: A urn:li:sponsoredAccount.
            count: Pictures per page, 1 to 100. Pages are fetched as you iterate.

        Scopes: r_ads or rw_ads.
        """
        params = {
            "q": "associatedAccount",
            "associatedAccount": as_urn(account, "sponsoredAccount", name="account"),
            "sortOrder": "DESCENDING",
            "start": 0,
            "count": as_count(count, 100),
        }
        return (yield from pages(Request("GET", "/rest/images", params, restli_method="FINDER"), _IMAGE_PAGE))

    @operation
    def wait(self, urn: Urn | str, *, timeout_seconds: float = 60.0) -> Flow[Image]:
        """Wait until a picture is available and return it, asking at growing intervals.

        Raises:
            MediaNotReady: LinkedIn failed to process it, or `timeout_seconds` of waiting were not enough.
        """
        waited, pause = 0.0, 1.0
        while True:
            image = yield from _get(urn)
            if image.is_available:
                return image
            if image.is_failed or waited >= timeout_seconds:
                raise MediaNotReady(image.id, image.status)
            pause = min(pause, timeout_seconds - waited)
            yield Sleep(pause)
            waited += pause
            pause = min(pause * 1.5, 10.0)


def _initialize(owner: Urn | str) -> Flow[ImageUpload]:
    body = {"initializeUploadRequest": {"owner": str(as_urn(owner, *_OWNERS, name="owner"))}}
    response = yield Request("POST", "/rest/images", {"action": "initializeUpload"}, json=body)
    value = response.decode(_INITIALIZED).value
    return ImageUpload(value.upload_url, value.image, value.upload_url_expires_at)


def _put(upload: ImageUpload, data: ImageData, content_type: str) -> Request:
    _check_data(data)
    return Request("PUT", upload.upload_url, content=data, content_type=content_type)


def _get(urn: Urn | str) -> Flow[Image]:
    response = yield Request("GET", f"/rest/images/{encode_key(as_urn(urn, 'image', name='urn'))}")
    return response.decode(_IMAGE)


def _check_data(data: ImageData) -> None:
    if isinstance(data, bytes) and not data:
        raise InvalidArgument("data must not be empty")
