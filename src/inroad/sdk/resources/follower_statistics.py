"""Who follows an organization, and how that changes (versioned API). Two answers of one resource, kept apart.

How many follow it in all is neither: see `network_sizes`.
Source: "Organization Follower Statistics", learn.microsoft.com
/linkedin/marketing/community-management/organizations/follower-statistics
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from inroad.common.urn import Urn
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, operation, paged
from inroad.sdk.resources.entity import Elements, Entity, UrnText, as_urn, decoder
from inroad.sdk.resources.interval import Granularity, TimeRange, time_intervals, whole_pages

_PATH = "/rest/organizationalEntityFollowerStatistics"


class FollowerCounts(Entity, frozen=True):
    """Followers of one facet's value. `organic_follower_count` holds paid ones as well."""

    organic_follower_count: int = 0
    paid_follower_count: int = 0


class FacetCount(Entity, frozen=True):
    """One value of a facet and its followers; the field of the facet that it is counted by holds the value."""

    follower_counts: FollowerCounts = FollowerCounts()
    association_type: str | None = None
    seniority: str | None = None
    industry: str | None = None
    function: str | None = None
    staff_count_range: str | None = None
    geo: str | None = None

    @property
    def value(self) -> str:
        """The facet's value: a URN or a symbol."""
        values = (self.association_type, self.seniority, self.industry, self.function, self.staff_count_range, self.geo)
        return next((value for value in values if value is not None), "")


class FollowerDemographics(Entity, frozen=True):
    """Who follows an organization, counted by what they are. There is no total."""

    organizational_entity: UrnText
    follower_counts_by_association_type: tuple[FacetCount, ...] = ()
    follower_counts_by_seniority: tuple[FacetCount, ...] = ()
    follower_counts_by_industry: tuple[FacetCount, ...] = ()
    follower_counts_by_function: tuple[FacetCount, ...] = ()
    follower_counts_by_staff_count_range: tuple[FacetCount, ...] = ()
    follower_counts_by_geo_country: tuple[FacetCount, ...] = ()
    follower_counts_by_geo: tuple[FacetCount, ...] = ()


class Gains(Entity, frozen=True):
    """Followers won; fewer than none when more left than came (UNCONFIRMED: a recorded answer would show it)."""

    organic_follower_gain: int = 0
    paid_follower_gain: int = 0


class FollowerGain(Entity, frozen=True):
    """How an organization's followers changed in one stretch of time."""

    organizational_entity: UrnText
    time_range: TimeRange
    follower_gains: Gains = Gains()


_DEMOGRAPHICS = decoder(Elements[FollowerDemographics])
_GAINS = decoder(Elements[FollowerGain])


class FollowerStatistics(Resource[IO]):
    """Who follows an organization, and how that changes."""

    @operation
    def get_demographics(self, organization: Urn | str) -> Flow[FollowerDemographics | None]:
        """Return who follows an organization, of all time; None when LinkedIn has nothing.

        Raises:
            Forbidden: the member is no administrator of the organization.

        Scopes: rw_organization_admin or r_organization_admin.
        """
        response = yield Request("GET", _PATH, _finder(organization), restli_method="FINDER")
        elements = response.decode(_DEMOGRAPHICS).elements
        return elements[0] if elements else None

    @paged
    def find_gains(
        self, *, organization: Urn | str, start: datetime, end: datetime, granularity: Granularity = "DAY"
    ) -> Flow[Page[FollowerGain]]:
        """Yield how an organization's followers changed, one element per day, week or month.

        Args:
            organization: The organization's URN.
            start: The beginning, aware. LinkedIn keeps about a year.
            end: The end, aware. The last two days are not there yet.
            granularity: How long each stretch is.

        Raises:
            Forbidden: the member is no administrator of the organization.

        Scopes: rw_organization_admin or r_organization_admin.
        """
        params = {**_finder(organization), "timeIntervals": time_intervals(start, end, granularity)}
        return (yield from whole_pages(Request("GET", _PATH, params, restli_method="FINDER"), _GAINS))


def _finder(organization: Urn | str) -> Mapping[str, Any]:
    urn = as_urn(organization, "organization", "organizationBrand", name="organization")
    return {"q": "organizationalEntity", "organizationalEntity": urn}
