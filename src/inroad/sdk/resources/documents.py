"""Documents for posts (versioned API): PDF, PPT, PPTX, DOC and DOCX, up to 100 MB and 300 pages.

Source: "Documents API", learn.microsoft.com /linkedin/marketing/community-management/shares/documents-api
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Body, Flow, Page, Request, Resource, operation, paged
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
from inroad.sdk.resources.uploads import OWNERS, wait_until_available
from inroad.sdk.restli.encode import encode_key

MAX_DOCUMENT_BYTES = 100 * 1024 * 1024
"""LinkedIn's page says 100 MB."""

_PATH = "/rest/documents"


class Document(Entity, frozen=True):
    """A document at LinkedIn. `status` is WAITING_UPLOAD, PROCESSING, AVAILABLE or PROCESSING_FAILED.

    UNCONFIRMED: `page_count`; a recorded answer would show it.
    """

    id: UrnText
    status: str
    owner: UrnText | None = None
    download_url: str | None = None
    download_url_expires_at: Millis | None = None
    page_count: int | None = None

    @property
    def is_available(self) -> bool:
        """Whether it can be shown."""
        return self.status == "AVAILABLE"

    @property
    def is_failed(self) -> bool:
        """Whether LinkedIn gave it up; it must be uploaded again."""
        return self.status == "PROCESSING_FAILED"


class DocumentUpload(msgspec.Struct, frozen=True):
    """Where to send a document's bytes, and the URN that it will have."""

    upload_url: str
    urn: Urn
    expires_at: datetime | None = None


class _Initialized(Entity, frozen=True):
    upload_url: str
    document: UrnText
    upload_url_expires_at: Millis | None = None


class _InitializedValue(Entity, frozen=True):
    value: _Initialized


_INITIALIZED = decoder(_InitializedValue)
_DOCUMENT = decoder(Document)
_DOCUMENT_PAGE = decoder(Elements[Document])
_DOCUMENT_BATCH = decoder(Results[Document])


class Documents(Resource[IO]):
    """Documents for posts."""

    @operation
    def initialize_upload(self, owner: Urn | str) -> Flow[DocumentUpload]:
        """Start an upload and return where its bytes go.

        Args:
            owner: The person or organization that will be the post's author.

        Raises:
            BadRequest: the token's scopes do not cover this kind of owner.

        Scopes: w_member_social, or w_organization_social for an organization.
        """
        return (yield from _initialize(owner))

    @operation
    def put(self, upload: DocumentUpload, data: Body, *, content_type: str = "application/octet-stream") -> Flow[None]:
        """Send a document's bytes to where `initialize_upload` said. Sending them again replaces them.

        Raises:
            InvalidArgument: there are no bytes, or more than LinkedIn takes.
            BadRequest: the upload address has expired.
        """
        yield _put(upload, data, content_type)

    @operation
    def upload(self, *, owner: Urn | str, data: Body, content_type: str = "application/octet-stream") -> Flow[Urn]:
        """Upload a document and return its URN. LinkedIn processes it afterwards; `wait` waits for that.

        In the post that shows it, a document needs a title.

        Args:
            owner: The person or organization that will be the post's author.
            data: Bytes, a path, an open binary file, or parts.
            content_type: Such as application/pdf.

        Scopes: w_member_social, or w_organization_social for an organization.
        """
        _check(data)
        upload = yield from _initialize(owner)
        yield _put(upload, data, content_type)
        return upload.urn

    @operation
    def get(self, urn: Urn | str) -> Flow[Document]:
        """Return a document's state and, once it is available, where it can be downloaded.

        Raises:
            Forbidden: the token may not see it.
        """
        return (yield from _get(urn))

    @operation
    def batch_get(self, urns: Sequence[Urn | str]) -> Flow[Batch[Document]]:
        """Return several documents by URN; those that cannot be read are in `missing`."""
        keys = as_batch([as_urn(urn, "document", name="urns") for urn in urns], name="urns")
        response = yield Request("GET", _PATH, {"ids": keys}, restli_method="BATCH_GET")
        return read_batch(response, _DOCUMENT_BATCH)

    @paged
    def find_by_associated_account(self, account: Urn | str, *, count: int = 10) -> Flow[Page[Document]]:
        """Yield the documents in an ad account's media library, newest first.

        Args:
            account: A urn:li:sponsoredAccount.
            count: Documents per page, 1 to 100. Pages are fetched as you iterate.

        Scopes: r_ads or rw_ads.
        """
        params = {
            "q": "associatedAccount",
            "associatedAccount": as_urn(account, "sponsoredAccount", name="account"),
            "sortOrder": "DESCENDING",
            "start": 0,
            "count": as_count(count, 100),
        }
        return (yield from pages(Request("GET", _PATH, params, restli_method="FINDER"), _DOCUMENT_PAGE))

    @operation
    def wait(self, urn: Urn | str, *, timeout_seconds: float = 120.0) -> Flow[Document]:
        """Wait until a document is available and return it, asking at growing intervals.

        Raises:
            MediaNotReady: LinkedIn failed to process it, or `timeout_seconds` of waiting were not enough.
        """
        return (yield from wait_until_available(lambda: _get(urn), timeout_seconds))


def _initialize(owner: Urn | str) -> Flow[DocumentUpload]:
    body = {"initializeUploadRequest": {"owner": str(as_urn(owner, *OWNERS, name="owner"))}}
    response = yield Request("POST", _PATH, {"action": "initializeUpload"}, json=body)
    value = response.decode(_INITIALIZED).value
    return DocumentUpload(value.upload_url, value.document, value.upload_url_expires_at)


def _put(upload: DocumentUpload, data: Body, content_type: str) -> Request:
    _check(data)
    return Request("PUT", upload.upload_url, content=data, content_type=content_type)


def _get(urn: Urn | str) -> Flow[Document]:
    response = yield Request("GET", f"{_PATH}/{encode_key(as_urn(urn, 'document', name='urn'))}")
    return response.decode(_DOCUMENT)


def _check(data: Body) -> None:
    if isinstance(data, bytes) and not 0 < len(data) <= MAX_DOCUMENT_BYTES:
        raise InvalidArgument(f"a document has 1 to {MAX_DOCUMENT_BYTES:,} bytes, got {len(data):,}")
