"""The two clients: the same resources, blocking and for asyncio."""

import threading
import time
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Self, cast

import msgspec

from inroad.common.clock import Clock, SystemClock
from inroad.common.urn import Urn
from inroad.contract.versions import DEFAULT_VERSION
from inroad.sdk.connections import Connections, open_async_transport, open_transport
from inroad.sdk.drivers import AsyncDriver, AsyncTransport, BlockingDriver, Parts, Transport
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Blocking, Body, Flow, Group, NonBlocking, Request, Response, operation, send
from inroad.sdk.policy import RetryPolicy
from inroad.sdk.tokens import AnyToken, TokenSource, to_source
from inroad.sdk.wire import LINKEDIN, Composer, Environment

if TYPE_CHECKING:
    import asyncio

    from inroad.sdk.resources.ads import Ads
    from inroad.sdk.resources.assets import Assets
    from inroad.sdk.resources.ats_applications import AtsApplications
    from inroad.sdk.resources.ats_candidates import AtsCandidates
    from inroad.sdk.resources.ats_integrations import AtsIntegrations
    from inroad.sdk.resources.brand_page_statistics import BrandPageStatistics
    from inroad.sdk.resources.client_aware_member_handles import ClientAwareMemberHandles
    from inroad.sdk.resources.comments import Comments
    from inroad.sdk.resources.connections import MemberConnections
    from inroad.sdk.resources.developer_webhooks import DeveloperWebhooks
    from inroad.sdk.resources.documents import Documents
    from inroad.sdk.resources.email_address import EmailAddress
    from inroad.sdk.resources.event_subscriptions import EventSubscriptions
    from inroad.sdk.resources.events import Events
    from inroad.sdk.resources.follower_statistics import FollowerStatistics
    from inroad.sdk.resources.identity_me import IdentityMe
    from inroad.sdk.resources.images import Images
    from inroad.sdk.resources.job_application_lifecycle_actions import JobApplicationLifecycleActions
    from inroad.sdk.resources.job_applications import JobApplications
    from inroad.sdk.resources.job_posting_status import JobPostingStatuses
    from inroad.sdk.resources.lead_form_responses import LeadFormResponses
    from inroad.sdk.resources.lead_forms import LeadForms
    from inroad.sdk.resources.lead_notifications import LeadNotifications
    from inroad.sdk.resources.me import Me
    from inroad.sdk.resources.member import Members
    from inroad.sdk.resources.member_authorizations import MemberAuthorizations
    from inroad.sdk.resources.member_change_logs import MemberChangeLogs
    from inroad.sdk.resources.member_follower_counts import MemberFollowerCounts
    from inroad.sdk.resources.member_post_analytics import MemberPostAnalytics
    from inroad.sdk.resources.member_snapshot_data import MemberSnapshotData
    from inroad.sdk.resources.member_video_analytics import MemberVideoAnalytics
    from inroad.sdk.resources.messages import Messages
    from inroad.sdk.resources.network_sizes import NetworkSizes
    from inroad.sdk.resources.organization_acls import OrganizationAcls
    from inroad.sdk.resources.organization_authorizations import OrganizationAuthorizations
    from inroad.sdk.resources.organization_brands import OrganizationBrands
    from inroad.sdk.resources.organization_notifications import OrganizationNotifications
    from inroad.sdk.resources.organizations import Organizations
    from inroad.sdk.resources.page_statistics import OrganizationPageStatistics
    from inroad.sdk.resources.partner_budget_reports import PartnerBudgetReports
    from inroad.sdk.resources.partner_job_reports import PartnerJobReports
    from inroad.sdk.resources.people import People
    from inroad.sdk.resources.people_typeahead import PeopleTypeahead
    from inroad.sdk.resources.posts import Posts
    from inroad.sdk.resources.provisioned_applications import ProvisionedApplications
    from inroad.sdk.resources.provisioned_hiring_contracts import ProvisionedHiringContracts
    from inroad.sdk.resources.reactions import Reactions
    from inroad.sdk.resources.share_statistics import OrganizationShareStatistics
    from inroad.sdk.resources.shares import Shares
    from inroad.sdk.resources.simple_job_posting_tasks import JobPostingTasks
    from inroad.sdk.resources.simple_job_postings import JobPostings
    from inroad.sdk.resources.social_actions import SocialActions
    from inroad.sdk.resources.social_metadata import SocialMetadata
    from inroad.sdk.resources.ugc_posts import UgcPosts
    from inroad.sdk.resources.userinfo import Userinfo
    from inroad.sdk.resources.validation_status import ValidationStatuses
    from inroad.sdk.resources.vanity_url import VanityUrl
    from inroad.sdk.resources.verification_report import VerificationReports
    from inroad.sdk.resources.video_analytics import VideoAnalytics
    from inroad.sdk.resources.videos import Videos

_METHODS = frozenset({"GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS"})


class Resources(Group[IO], home="inroad.sdk.resources"):
    """Everything both clients offer. A resource is loaded when it is first asked for."""

    ads: "Ads[IO]"
    assets: "Assets[IO]"
    ats_applications: "AtsApplications[IO]"
    ats_candidates: "AtsCandidates[IO]"
    ats_integrations: "AtsIntegrations[IO]"
    brand_page_statistics: "BrandPageStatistics[IO]"
    client_aware_member_handles: "ClientAwareMemberHandles[IO]"
    comments: "Comments[IO]"
    connections: "MemberConnections[IO]"
    developer_webhooks: "DeveloperWebhooks[IO]"
    documents: "Documents[IO]"
    email_address: "EmailAddress[IO]"
    event_subscriptions: "EventSubscriptions[IO]"
    events: "Events[IO]"
    follower_statistics: "FollowerStatistics[IO]"
    identity_me: "IdentityMe[IO]"
    images: "Images[IO]"
    job_application_lifecycle_actions: "JobApplicationLifecycleActions[IO]"
    job_applications: "JobApplications[IO]"
    job_posting_status: "JobPostingStatuses[IO]"
    lead_form_responses: "LeadFormResponses[IO]"
    lead_forms: "LeadForms[IO]"
    lead_notifications: "LeadNotifications[IO]"
    me: "Me[IO]"
    member: "Members[IO]"
    member_authorizations: "MemberAuthorizations[IO]"
    member_change_logs: "MemberChangeLogs[IO]"
    member_follower_counts: "MemberFollowerCounts[IO]"
    member_post_analytics: "MemberPostAnalytics[IO]"
    member_snapshot_data: "MemberSnapshotData[IO]"
    member_video_analytics: "MemberVideoAnalytics[IO]"
    messages: "Messages[IO]"
    network_sizes: "NetworkSizes[IO]"
    organization_acls: "OrganizationAcls[IO]"
    organization_authorizations: "OrganizationAuthorizations[IO]"
    organization_brands: "OrganizationBrands[IO]"
    organization_notifications: "OrganizationNotifications[IO]"
    organizations: "Organizations[IO]"
    page_statistics: "OrganizationPageStatistics[IO]"
    partner_budget_reports: "PartnerBudgetReports[IO]"
    partner_job_reports: "PartnerJobReports[IO]"
    people: "People[IO]"
    people_typeahead: "PeopleTypeahead[IO]"
    posts: "Posts[IO]"
    provisioned_applications: "ProvisionedApplications[IO]"
    provisioned_hiring_contracts: "ProvisionedHiringContracts[IO]"
    reactions: "Reactions[IO]"
    share_statistics: "OrganizationShareStatistics[IO]"
    shares: "Shares[IO]"
    simple_job_posting_tasks: "JobPostingTasks[IO]"
    simple_job_postings: "JobPostings[IO]"
    social_actions: "SocialActions[IO]"
    social_metadata: "SocialMetadata[IO]"
    ugc_posts: "UgcPosts[IO]"
    userinfo: "Userinfo[IO]"
    validation_status: "ValidationStatuses[IO]"
    vanity_url: "VanityUrl[IO]"
    verification_report: "VerificationReports[IO]"
    video_analytics: "VideoAnalytics[IO]"
    videos: "Videos[IO]"

    @operation
    def request(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, object] | None = None,
        query: str = "",
        json: object = None,
        content: Body | None = None,
        content_type: str | None = None,
        headers: Mapping[str, str | None] | None = None,
        restli_method: str | None = None,
        auth: bool = True,
        retry: bool | None = None,
    ) -> Flow[Response]:
        """Call anything of LinkedIn's that has no method here, with this client's token, version and retrying.

        Args:
            method: The HTTP method.
            path: Such as `/rest/posts`, keys percent-encoded; or an absolute address of LinkedIn's.
            params: Query parameters, encoded by Rest.li's rules: lists, maps and URNs as Python values.
            query: What to append to the query as it is, such as `projection=(id)`.
            json: The body, as JSON values; URNs in it are written as text.
            content: The body as bytes, a file or a path, instead of `json`.
            content_type: The body's type.
            headers: More headers; they replace this client's own of the same name, and None takes one away.
            restli_method: The `X-RestLi-Method`, such as `PARTIAL_UPDATE`.
            auth: Whether to send the token.
            retry: Whether the call may be repeated; by default GET, PUT and DELETE and partial updates are.

        Raises:
            InvalidArgument: the method or the path cannot be sent.
            ApiError: LinkedIn answered with an error.
            TransportError: there was no usable answer.
        """
        if method not in _METHODS:
            raise InvalidArgument(f"method must be one of {', '.join(sorted(_METHODS))}, got {method!r}")
        if not path.startswith(("/", "https://", "http://")) or not path.isascii() or not path.isprintable():
            raise InvalidArgument(f"path must begin with / and be percent-encoded, got {path[:80]!r}")
        if json is not None and content is not None:
            raise InvalidArgument("json and content are two bodies; give one")
        request = Request(
            method,
            path.replace(" ", "%20"),
            params=params,
            query=query,
            json=_with_texts(json),
            content=content,
            content_type=content_type,
            headers=headers,
            restli_method=restli_method,
            authorized=auth,
            repeatable=retry,
        )
        return (yield from send(request))


class Client(Resources[Blocking]):
    """LinkedIn's APIs, blocking.

    Safe to use from several threads. Close it, or use it as a context manager, when its connections are no longer
    needed.

    Args:
        token: An access token as text or `Secret`, a `Token`, or a source of tokens such as `OAuth.refreshing(...)`.
        environment: Where LinkedIn is; `Environment.sandbox(url)` for the sandbox.
        version: The `LinkedIn-Version` sent to the marketing resources of `/rest`.
        versions: Those sent to resources of other product lines ("talent", "verified", "portability"), whose versions
            are others; by default the ones this package was verified with.
        retry: How calls are repeated. Creates never are.
        timeout_seconds: For connecting, and for each wait for bytes.
        transport: What to send through, instead of a pool of connections of its own.
        clock: Where the time is read.
        sleep: How to wait.
    """

    def __init__(
        self,
        token: AnyToken | None = None,
        *,
        environment: Environment = LINKEDIN,
        version: str = DEFAULT_VERSION,
        versions: Mapping[str, str] = MappingProxyType({}),
        retry: RetryPolicy = RetryPolicy(),  # noqa: B008 - a frozen value
        timeout_seconds: float = 30.0,
        transport: Transport | None = None,
        clock: Clock = SystemClock(),  # noqa: B008 - without state
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        composer = Composer(
            environment=environment, version=version, versions=versions, timeout_seconds=timeout_seconds
        )
        parts = Parts(composer=composer, tokens=_source(token), policy=retry, clock=clock)
        self._set_up(parts, Connections(transport, open_transport), sleep, owner=True)

    def _set_up(
        self,
        parts: Parts,
        connections: Connections[Transport],
        sleep: Callable[[float], None],
        *,
        owner: bool,
        renewing: "threading.Lock | None" = None,
    ) -> None:
        self._parts, self._connections, self._sleep, self._owner = parts, connections, sleep, owner
        driver = BlockingDriver(parts, connections.open, sleep=sleep, renewing=renewing)
        self._renewing = driver.renewing
        super().__init__(driver)

    def with_options(
        self,
        *,
        token: AnyToken | None = None,
        version: str | None = None,
        versions: Mapping[str, str] | None = None,
        retry: RetryPolicy | None = None,
        timeout_seconds: float | None = None,
    ) -> "Client":
        """Return a client that differs in what is given and shares this one's connections.

        Closing it does nothing; close the client it was made from.
        """
        other = Client.__new__(type(self))
        parts = _varied(
            self._parts,
            token=token,
            version=version,
            versions=versions,
            retry=retry,
            timeout_seconds=timeout_seconds,
        )
        # Clients with the same token renew it together.
        renewing = self._renewing if token is None else None
        other._set_up(parts, self._connections, self._sleep, owner=False, renewing=renewing)  # noqa: SLF001 - same class
        return other

    def close(self) -> None:
        """Close the connections."""
        transport = self._connections.take() if self._owner else None
        if transport is not None:
            transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


class AsyncClient(Resources[NonBlocking]):
    """LinkedIn's APIs for asyncio.

    For one event loop. Close it, or use it as an async context manager, when its connections are no longer needed.
    The arguments are those of `Client`.
    """

    def __init__(
        self,
        token: AnyToken | None = None,
        *,
        environment: Environment = LINKEDIN,
        version: str = DEFAULT_VERSION,
        versions: Mapping[str, str] = MappingProxyType({}),
        retry: RetryPolicy = RetryPolicy(),  # noqa: B008 - a frozen value
        timeout_seconds: float = 30.0,
        transport: AsyncTransport | None = None,
        clock: Clock = SystemClock(),  # noqa: B008 - without state
        sleep: Callable[[float], Awaitable[object]] | None = None,
    ) -> None:
        composer = Composer(
            environment=environment, version=version, versions=versions, timeout_seconds=timeout_seconds
        )
        parts = Parts(composer=composer, tokens=_source(token), policy=retry, clock=clock)
        self._set_up(parts, Connections(transport, open_async_transport), sleep, owner=True)

    def _set_up(
        self,
        parts: Parts,
        connections: Connections[AsyncTransport],
        sleep: Callable[[float], Awaitable[object]] | None,
        *,
        owner: bool,
        renewing: "asyncio.Lock | None" = None,
    ) -> None:
        self._parts, self._connections, self._sleep, self._owner = parts, connections, sleep, owner
        driver = AsyncDriver(parts, connections.open, sleep=sleep, renewing=renewing)
        self._renewing = driver.renewing
        super().__init__(driver)

    def with_options(
        self,
        *,
        token: AnyToken | None = None,
        version: str | None = None,
        versions: Mapping[str, str] | None = None,
        retry: RetryPolicy | None = None,
        timeout_seconds: float | None = None,
    ) -> "AsyncClient":
        """Return a client that differs in what is given and shares this one's connections.

        Closing it does nothing; close the client it was made from.
        """
        other = AsyncClient.__new__(type(self))
        parts = _varied(
            self._parts,
            token=token,
            version=version,
            versions=versions,
            retry=retry,
            timeout_seconds=timeout_seconds,
        )
        # Clients with the same token renew it together.
        renewing = self._renewing if token is None else None
        other._set_up(parts, self._connections, self._sleep, owner=False, renewing=renewing)  # noqa: SLF001 - same class
        return other

    async def close(self) -> None:
        """Close the connections."""
        transport = self._connections.take() if self._owner else None
        if transport is not None:
            await transport.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()


def _source(token: AnyToken | None) -> TokenSource | None:
    return None if token is None else to_source(token)


def _varied(
    parts: Parts,
    *,
    token: AnyToken | None,
    version: str | None,
    versions: Mapping[str, str] | None,
    retry: RetryPolicy | None,
    timeout_seconds: float | None,
) -> Parts:
    composer = parts.composer
    if version is not None or versions is not None or timeout_seconds is not None:
        composer = Composer(
            environment=composer.environment,
            version=version or composer.version,
            versions={**composer.versions, **(versions or {})},
            timeout_seconds=composer.timeout_seconds if timeout_seconds is None else timeout_seconds,
        )
    tokens = parts.tokens if token is None else to_source(token)
    return Parts(composer=composer, tokens=tokens, policy=retry or parts.policy, clock=parts.clock)


def _with_texts(value: object) -> object:
    """Return JSON values with URNs and structs as LinkedIn writes them."""
    if isinstance(value, Urn):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): _with_texts(item) for key, item in cast("Mapping[object, object]", value).items()}
    if isinstance(value, list | tuple):
        return [_with_texts(item) for item in cast("list[object]", value)]
    if isinstance(value, msgspec.Struct):
        return _with_texts(msgspec.structs.asdict(value))
    return value
