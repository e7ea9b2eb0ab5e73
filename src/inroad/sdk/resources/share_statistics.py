"""What an organization's posts achieved (versioned API). Organic only, of the last twelve months.

A post that is not there proves nothing: posts without any activity are left out, or refused with "Unable to get
activityIds", also when they are visible.
Source: "Organization Share Statistics", learn.microsoft.com
/linkedin/marketing/community-management/organizations/share-statistics
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, TypeAlias

from inroad.common.urn import Urn
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, operation, paged
from inroad.sdk.resources.entity import Elements, Entity, UrnText, as_batch, as_urn, decoder
from inroad.sdk.resources.interval import TimeRange, time_intervals, whole_pages

ShareGranularity: TypeAlias = Literal["DAY", "MONTH"]

_PATH = "/rest/organizationalEntityShareStatistics"
_PARAMETERS = {"share": "shares", "ugcPost": "ugcPosts"}


class ShareCounts(Entity, frozen=True):
    """Counts of posts. They can go down. `like_count` counts every kind of reaction.

    `engagement` is clicks, likes, comments and shares, per impression. Mentions are counted of all time only.
    """

    impression_count: int = 0
    unique_impressions_count: int = 0
    click_count: int = 0
    like_count: int = 0
    comment_count: int = 0
    share_count: int = 0
    engagement: float = 0.0
    share_mentions_count: int | None = None
    comment_mentions_count: int | None = None


class ShareStatistics(Entity, frozen=True):
    """The counts of all posts, or of one; of all time, or of one stretch of it."""

    organizational_entity: UrnText
    share: UrnText | None = None
    ugc_post: UrnText | None = None
    time_range: TimeRange | None = None
    total_share_statistics: ShareCounts = ShareCounts()

    @property
    def post(self) -> Urn | None:
        """The post that is counted, None when all are."""
        return self.share or self.ugc_post


_STATISTICS = decoder(Elements[ShareStatistics])


class OrganizationShareStatistics(Resource[IO]):
    """What an organization's posts achieved."""

    @operation
    def get(self, organization: Urn | str) -> Flow[ShareStatistics | None]:
        """Return the counts of all posts, of all time that LinkedIn keeps; None when it has nothing.

        Raises:
            Forbidden: the member is no administrator of the organization.

        Scopes: rw_organization_admin or r_organization_admin.
        """
        response = yield Request("GET", _PATH, _finder(organization, ()), restli_method="FINDER")
        elements = response.decode(_STATISTICS).elements
        return elements[0] if elements else None

    @paged
    def find_by_posts(self, organization: Urn | str, *, posts: Sequence[Urn | str]) -> Flow[Page[ShareStatistics]]:
        """Yield the counts of single posts.

        Args:
            organization: The organization that posted them.
            posts: Share and ugcPost URNs, up to 100. A share whose own URN is a ugcPost is not found as a share.

        Raises:
            BadRequest: "Unable to get activityIds", for a post without activity.
            Forbidden: a post is another organization's, or the member is no administrator.

        Scopes: rw_organization_admin or r_organization_admin.
        """
        params = _finder(organization, as_batch([_post(post) for post in posts], name="posts"))
        return (yield from whole_pages(Request("GET", _PATH, params, restli_method="FINDER"), _STATISTICS))

    @paged
    def find_intervals(
        self,
        organization: Urn | str,
        *,
        start: datetime,
        end: datetime,
        granularity: ShareGranularity = "DAY",
        posts: Sequence[Urn | str] = (),
    ) -> Flow[Page[ShareStatistics]]:
        """Yield the counts of each day or month.

        Args:
            organization: The organization's URN.
            start: The beginning, aware; itself not in the range, by LinkedIn's page.
            end: The end, aware.
            granularity: How long each stretch is.
            posts: Only these posts. LinkedIn's page says that this is not supported together with a range; it was
                seen to work.

        Raises:
            Forbidden: the member is no administrator of the organization.

        Scopes: rw_organization_admin or r_organization_admin.
        """
        params = _finder(organization, [_post(post) for post in posts])
        params["timeIntervals"] = time_intervals(start, end, granularity)
        return (yield from whole_pages(Request("GET", _PATH, params, restli_method="FINDER"), _STATISTICS))


def _post(urn: Urn | str) -> Urn:
    return as_urn(urn, *_PARAMETERS, name="posts")


def _finder(organization: Urn | str, posts: Sequence[Urn]) -> dict[str, object]:
    urn = as_urn(organization, "organization", "organizationBrand", name="organization")
    params: dict[str, object] = {"q": "organizationalEntity", "organizationalEntity": urn}
    for kind, parameter in _PARAMETERS.items():
        named = [post for post in posts if post.is_kind(kind)]
        if named:
            params[parameter] = named
    return params
