"""Matched audiences: segments of members and companies, streamed or uploaded as a list (versioned API).

A segment takes nothing for the first seconds: LinkedIn says to wait five, and was seen to answer 404 for up to two
minutes. Streaming has its own limits: 600 calls a minute and member for users, 300 for companies.
Source: "Matched Audiences", learn.microsoft.com /linkedin/marketing/matched-audiences/matched-audiences
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal, TypeAlias

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument, NotFound
from inroad.sdk.flow import IO, Body, Flow, Page, Request, Resource, Sleep, operation, paged
from inroad.sdk.resources.ads import calls
from inroad.sdk.resources.ads.calls import ACCOUNT, Key, created_number, created_urn, number_of, urn_of
from inroad.sdk.resources.ads.identifiers import UserId, check_user_ids
from inroad.sdk.resources.ads.values import Record, given, to_wire
from inroad.sdk.resources.entity import Batch, Elements, Entity, Results, UrnText, as_urn, decoder, pages
from inroad.sdk.restli.batch import BatchCreated, BatchResult
from inroad.sdk.restli.patch import Patch

SEGMENT = "dmpSegment"

SegmentType: TypeAlias = Literal["USER", "COMPANY", "USER_LIST_UPLOAD", "COMPANY_LIST_UPLOAD"]
AccessPolicy: TypeAlias = Literal["PRIVATE", "PUBLIC"]
StreamAction: TypeAlias = Literal["ADD", "REMOVE"]

MAX_STREAMED = 5_000
"""Users or companies per call. UNCONFIRMED: the page's own number would confirm it."""

_PATH = "/rest/dmpSegments"
_FIRST_WAIT, _LONGEST_WAIT = 5.0, 30.0


class SegmentDestination(Entity, frozen=True):
    """Where a segment is built; `destination_segment_id` is what campaigns target, `urn:li:adSegment:...`."""

    destination: str
    status: str | None = None
    audience_size: int | None = None
    matched_count: int | None = None
    destination_segment_id: str | None = None


class DmpSegment(Record, frozen=True):
    """A segment. `status` is PROCESSING, BUILDING, READY, EXPIRED, FAILED, ERROR or ARCHIVED (UNCONFIRMED)."""

    READ_ONLY: ClassVar[frozenset[str]] = frozenset(
        {"id", "account", "type", "status", "inputCount", "matchedCount", "audienceSize"}
    )

    id: int
    name: str = ""
    account: UrnText | None = None
    access_policy: str = ""
    type: str = ""
    source_platform: str | None = None
    source_segment_id: str | None = None
    status: str | None = None
    input_count: int | None = None
    matched_count: int | None = None
    audience_size: int | None = None
    destinations: tuple[SegmentDestination, ...] = ()

    @property
    def urn(self) -> Urn:
        """The segment's URN."""
        return Urn(SEGMENT, str(self.id))

    @property
    def target(self) -> Urn | None:
        """What campaigns target, once it is built at LinkedIn."""
        for destination in self.destinations:
            if destination.destination == "LINKEDIN" and destination.destination_segment_id:
                return Urn("adSegment", destination.destination_segment_id.rpartition(":")[2])
        return None


class SegmentUser(Entity, frozen=True):
    """A member to add or to remove, by identifiers; names, title, company and country help the matching."""

    user_ids: tuple[UserId, ...]
    action: StreamAction = "ADD"
    first_name: str | None = None
    last_name: str | None = None
    title: str | None = None
    company: str | None = None
    country: str | None = None


class SegmentCompany(Entity, frozen=True):
    """A company to add or to remove. UNCONFIRMED: the wire's names of all but `company_name`."""

    company_name: str | None = None
    company_website_domain: str | None = None
    company_page_url: str | None = None
    organization_urn: UrnText | None = None
    action: StreamAction = "ADD"


class ListUploadTarget(Entity, frozen=True):
    """Where a list goes, and what it is called once it is there."""

    upload_url: str
    input_file: str


class ListUpload(Entity, frozen=True):
    """A list that was uploaded. UNCONFIRMED: its fields."""

    id: int | str | None = None
    input_file: str | None = None
    status: str | None = None


_SEGMENT = decoder(DmpSegment)
_SEGMENT_PAGE = decoder(Elements[DmpSegment])
_SEGMENT_BATCH = decoder(Results[DmpSegment])
_DESTINATION = decoder(SegmentDestination)
_DESTINATIONS = decoder(Elements[SegmentDestination])
_UPLOAD = decoder(ListUpload)
_UPLOADS = decoder(Elements[ListUpload])


class DmpSegments(Resource[IO]):
    """Matched audiences (versioned API). Not on test accounts."""

    @operation
    def create(
        self,
        account: Key,
        *,
        name: str,
        type: SegmentType,
        source_platform: str,
        access_policy: AccessPolicy = "PRIVATE",
        source_segment_id: str | None = None,
        destinations: Sequence[str] = ("LINKEDIN",),
    ) -> Flow[Urn]:
        """Create a segment and return its URN. Never repeated on its own; wait five seconds before adding to it.

        Args:
            account: The account's URN or its number.
            name: What people see.
            type: What it holds, and how that comes.
            source_platform: LIST_UPLOAD, or what LinkedIn assigned to the partner.
            access_policy: Whether other accounts may use it.
            source_segment_id: The caller's own key; look it up before creating.
            destinations: Where it is built.

        Raises:
            RateLimited: SEGMENT_LIMIT_EXCEEDED, when the account has its 1,000 segments; waiting does not help.
            BadRequest: SEGMENT_CREATION_NOT_ALLOWED_FOR_TEST_ACCOUNTS.

        Scopes: rw_dmp_segments.
        Roles: any on the account but VIEWER.
        """
        body = given(
            name=name,
            account=urn_of(account, ACCOUNT, name="account"),
            accessPolicy=access_policy,
            type=type,
            sourcePlatform=source_platform,
            sourceSegmentId=source_segment_id,
            destinations=[{"destination": destination} for destination in destinations],
        )
        return created_urn((yield Request("POST", _PATH, json=body, repeatable=False)), SEGMENT)

    @operation
    def get(self, segment: Key) -> Flow[DmpSegment]:
        """Return a segment.

        Raises:
            NotFound: there is no such segment.

        Scopes: rw_dmp_segments.
        """
        return (yield from calls.get(_entity(segment), _SEGMENT, None))

    @operation
    def batch_get(self, segments: Sequence[Key]) -> Flow[Batch[DmpSegment]]:
        """Return several segments by URN; those that cannot be read are in `missing`.

        Scopes: rw_dmp_segments.
        """
        keys = [_number(segment) for segment in segments]
        return (yield from calls.batch_get(_PATH, keys, _SEGMENT_BATCH, lambda key: urn_of(key, SEGMENT, name="key")))

    @paged
    def find_by_account(
        self,
        account: Key,
        *,
        source_platform: str | None = None,
        source_segment_id: str | None = None,
        count: int = 100,
    ) -> Flow[Page[DmpSegment]]:
        """Yield the segments of an account.

        Args:
            account: The account's URN or its number.
            source_platform: Only of this platform.
            source_segment_id: Only with this key of the caller's.
            count: Segments per page, 1 to 1,000. Pages are fetched as you iterate.

        Scopes: rw_dmp_segments.
        """
        params = {
            "q": "account",
            "account": urn_of(account, ACCOUNT, name="account"),
            **given(sourcePlatform=source_platform, sourceSegmentId=source_segment_id),
            **calls.offset_params(count),
        }
        return (yield from pages(Request("GET", _PATH, params, restli_method="FINDER"), _SEGMENT_PAGE))

    @operation
    def update(self, segment: Key, patch: Patch) -> Flow[None]:
        """Change some of a segment's fields.

        Scopes: rw_dmp_segments.
        """
        yield from calls.update(_entity(segment), patch)

    @operation
    def delete(self, segment: Key) -> Flow[None]:
        """Delete a segment.

        Scopes: rw_dmp_segments.
        """
        yield Request("DELETE", _entity(segment), restli_method="DELETE")

    @operation
    def batch_delete(self, segments: Sequence[Key]) -> Flow[BatchResult[Key, int]]:
        """Delete several segments; the answer says of each whether it is gone.

        Scopes: rw_dmp_segments.
        """
        return (yield from calls.batch_delete(_PATH, segments, _number))

    @operation
    def send_users(
        self, segment: Key, users: Sequence[SegmentUser], *, patience_seconds: float = 0.0
    ) -> Flow[list[BatchCreated]]:
        """Add members to a segment, or remove them; the answer says of each, in order, whether it was taken.

        Args:
            segment: The segment's URN or its number.
            users: At most 5,000 (UNCONFIRMED); an empty list does nothing.
            patience_seconds: How long to go on trying while LinkedIn does not know a new segment yet.

        Raises:
            InvalidArgument: there are too many, one has no identifier, or a hash is none.
            NotFound: there is no such segment, or it is too young.
            RateLimited: more than 600 calls in a minute.

        Scopes: rw_dmp_segments.
        """
        for user in users:
            if not user.user_ids:
                raise InvalidArgument("a user needs an identifier; names alone do not do")
            check_user_ids(user.user_ids)
        bodies = [to_wire(user) for user in users]
        return (yield from _stream(f"{_entity(segment)}/users", bodies, patience_seconds))

    @operation
    def send_companies(
        self, segment: Key, companies: Sequence[SegmentCompany], *, patience_seconds: float = 0.0
    ) -> Flow[list[BatchCreated]]:
        """Add companies to a segment, or remove them; the answer says of each, in order, whether it was taken.

        Args:
            segment: The segment's URN or its number.
            companies: At most 5,000 (UNCONFIRMED); an empty list does nothing.
            patience_seconds: How long to go on trying while LinkedIn does not know a new segment yet.

        Raises:
            InvalidArgument: there are too many, or one has nothing to match by.
            NotFound: there is no such segment, or it is too young.
            RateLimited: more than 300 calls in a minute.

        Scopes: rw_dmp_segments.
        """
        for company in companies:
            if not any(
                (
                    company.company_name,
                    company.company_website_domain,
                    company.company_page_url,
                    company.organization_urn,
                )
            ):
                raise InvalidArgument("a company needs a name, a domain, a page or an organization URN")
        bodies = [to_wire(company) for company in companies]
        return (yield from _stream(f"{_entity(segment)}/companies", bodies, patience_seconds))

    @operation
    def generate_upload_url(self, account: Key) -> Flow[ListUploadTarget]:
        """Return where a list for an account is uploaded to, and what it is called then.

        UNCONFIRMED: the names of the parameter and of the answer's fields.

        Scopes: rw_dmp_segments.
        """
        body = {"owner": str(urn_of(account, ACCOUNT, name="account"))}
        params = {"action": "generateUploadUrl"}
        response = yield Request("POST", _PATH, params, json=body, restli_method="ACTION", repeatable=True)
        value = calls.action_value(response, "uploadUrl", "mediaArtifact")
        return ListUploadTarget(upload_url=str(value["uploadUrl"]), input_file=str(value["mediaArtifact"]))

    @operation
    def put_list(self, target: ListUploadTarget, data: Body, *, content_type: str = "text/csv") -> Flow[None]:
        """Upload a list, as CSV."""
        yield Request("PUT", target.upload_url, content=data, content_type=content_type)

    @operation
    def create_list_upload(self, segment: Key, input_file: str) -> Flow[int]:
        """Give a segment an uploaded list, in place of the one that it had; return the upload's number.

        Args:
            segment: The segment's URN or its number; its type is one of list uploads.
            input_file: `ListUploadTarget.input_file`.

        Scopes: rw_dmp_segments.
        """
        as_urn(input_file, "media", "digitalmediaMediaArtifact", "digitalmediaAsset", name="input_file")
        path = f"{_entity(segment)}/listUploads"
        return created_number((yield Request("POST", path, json={"inputFile": input_file}, repeatable=False)))

    @operation
    def list_uploads(self, segment: Key) -> Flow[list[ListUpload]]:
        """Return the lists that a segment was given.

        Scopes: rw_dmp_segments.
        """
        response = yield Request("GET", f"{_entity(segment)}/listUploads")
        return response.decode(_UPLOADS).elements

    @operation
    def get_list_upload(self, segment: Key, upload: int) -> Flow[ListUpload]:
        """Return a list that a segment was given.

        Scopes: rw_dmp_segments.
        """
        return (yield from calls.get(f"{_entity(segment)}/listUploads/{upload:d}", _UPLOAD, None))

    @operation
    def delete_list_upload(self, segment: Key, upload: int) -> Flow[None]:
        """Take a list away from a segment.

        Scopes: rw_dmp_segments.
        """
        yield Request("DELETE", f"{_entity(segment)}/listUploads/{upload:d}", restli_method="DELETE")

    @operation
    def create_destination(self, segment: Key, destination: str = "LINKEDIN") -> Flow[str]:
        """Have a segment built somewhere; return the destination's key.

        Scopes: rw_dmp_segments.
        """
        path = f"{_entity(segment)}/destinations"
        return calls.created_id((yield Request("POST", path, json={"destination": destination}, repeatable=False)))

    @operation
    def list_destinations(self, segment: Key) -> Flow[list[SegmentDestination]]:
        """Return where a segment is built, and how far that is.

        Scopes: rw_dmp_segments.
        """
        response = yield Request("GET", f"{_entity(segment)}/destinations")
        return response.decode(_DESTINATIONS).elements

    @operation
    def get_destination(self, segment: Key, destination: str = "LINKEDIN") -> Flow[SegmentDestination]:
        """Return how far a segment is built at one destination.

        Scopes: rw_dmp_segments.
        """
        path = calls.entity_path(f"{_entity(segment)}/destinations", destination)
        return (yield from calls.get(path, _DESTINATION, None))


def _number(segment: Key) -> int:
    return number_of(segment, SEGMENT, name="segment")


def _entity(segment: Key) -> str:
    return calls.entity_path(_PATH, _number(segment))


def _stream(path: str, bodies: Sequence[Mapping[str, Any]], patience_seconds: float) -> Flow[list[BatchCreated]]:
    """Send users or companies; while their segment is too young, wait and send them again."""
    if not bodies:
        return []
    pause, left = _FIRST_WAIT, patience_seconds
    while True:
        try:
            return (yield from calls.batch_create(path, bodies, most=MAX_STREAMED))
        except NotFound:
            # Nothing was taken: the segment is not there yet.
            if left <= 0:
                raise
        pause = min(pause, left)
        yield Sleep(pause)
        left -= pause
        pause = min(pause * 2, _LONGEST_WAIT)
