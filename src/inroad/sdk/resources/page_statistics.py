"""Who visits an organization's page, and what they click there (versioned API).

Source: "Organization Page Statistics", learn.microsoft.com
/linkedin/marketing/community-management/organizations/page-statistics
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

from inroad.common.urn import Urn
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, operation, paged
from inroad.sdk.resources.entity import Elements, Entity, UrnText, as_urn, decoder
from inroad.sdk.resources.interval import TimeRange, time_intervals, whole_pages

PageGranularity: TypeAlias = Literal["DAY", "MONTH"]

_PATH = "/rest/organizationPageStatistics"


class Views(Entity, frozen=True):
    """How often a part of the page was seen, and by how many; the latter only for a stretch of time."""

    page_views: int = 0
    unique_page_views: int | None = None


class ButtonClicks(Entity, frozen=True):
    """Clicks on the page's own button."""

    custom_button_type: str
    clicks: int = 0


class PageClicks(Entity, frozen=True):
    """Clicks on the careers page, by LinkedIn's names such as `careersPageEmployeesClicks`, and on the button."""

    careers_page_clicks: Mapping[str, int] = {}
    mobile_careers_page_clicks: Mapping[str, int] = {}
    desktop_custom_button_click_counts: tuple[ButtonClicks, ...] = ()
    mobile_custom_button_click_counts: tuple[ButtonClicks, ...] = ()


class PageCounts(Entity, frozen=True):
    """Views by part of the page, under LinkedIn's names such as `allPageViews` or `mobileJobsPageViews`; and clicks."""

    views: Mapping[str, Views] = {}
    clicks: PageClicks = PageClicks()

    @property
    def all_views(self) -> int:
        """Views of all parts on all devices."""
        return self.views["allPageViews"].page_views if "allPageViews" in self.views else 0


class PageFacet(Entity, frozen=True):
    """The counts of one value of a facet; the field of the facet that it is counted by holds the value."""

    page_statistics: PageCounts = PageCounts()
    geo: str | None = None
    seniority: str | None = None
    industry: str | None = None
    industry_v2: str | None = msgspec.field(name="industryV2", default=None)
    function: str | None = None
    staff_count_range: str | None = None
    targeted_content: str | None = None

    @property
    def value(self) -> str:
        """The facet's value: a URN or a symbol."""
        values = (
            self.geo,
            self.seniority,
            self.industry,
            self.industry_v2,
            self.function,
            self.staff_count_range,
            self.targeted_content,
        )
        return next((value for value in values if value is not None), "")


class PageStatistics(Entity, frozen=True):
    """A page's counts: of all time with its facets, or of one stretch of time without."""

    organization: UrnText | None = None
    brand: UrnText | None = None
    time_range: TimeRange | None = None
    total_page_statistics: PageCounts = PageCounts()
    page_statistics_by_geo_country: tuple[PageFacet, ...] = ()
    page_statistics_by_geo: tuple[PageFacet, ...] = ()
    page_statistics_by_seniority: tuple[PageFacet, ...] = ()
    page_statistics_by_industry: tuple[PageFacet, ...] = ()
    page_statistics_by_industry_v2: tuple[PageFacet, ...] = msgspec.field(name="pageStatisticsByIndustryV2", default=())
    page_statistics_by_function: tuple[PageFacet, ...] = ()
    page_statistics_by_staff_count_range: tuple[PageFacet, ...] = ()
    page_statistics_by_targeted_content: tuple[PageFacet, ...] = ()


_STATISTICS = decoder(Elements[PageStatistics])


class OrganizationPageStatistics(Resource[IO]):
    """Who visits an organization's page."""

    @operation
    def get(self, organization: Urn | str) -> Flow[PageStatistics | None]:
        """Return the counts of all time with their facets; None when LinkedIn has nothing.

        Raises:
            Forbidden: the member is no administrator of the organization.

        Scopes: rw_organization_admin or r_organization_admin.
        """
        return (yield from get_statistics(Request("GET", _PATH, _finder(organization), restli_method="FINDER")))

    @paged
    def find_intervals(
        self, organization: Urn | str, *, start: datetime, end: datetime, granularity: PageGranularity = "DAY"
    ) -> Flow[Page[PageStatistics]]:
        """Yield the counts of each day or month.

        Args:
            organization: The organization's URN.
            start: The beginning, aware.
            end: The end, aware.
            granularity: How long each stretch is.

        Raises:
            Forbidden: the member is no administrator of the organization.

        Scopes: rw_organization_admin or r_organization_admin.
        """
        params = {**_finder(organization), "timeIntervals": time_intervals(start, end, granularity)}
        return (yield from find_statistics(Request("GET", _PATH, params, restli_method="FINDER")))


def get_statistics(request: Request) -> Flow[PageStatistics | None]:
    """Ask for the counts of all time, of an organization's page or a brand's."""
    response = yield request
    elements = response.decode(_STATISTICS).elements
    return elements[0] if elements else None


def find_statistics(request: Request) -> Flow[Page[PageStatistics]]:
    """Ask for the counts of stretches of time, of an organization's page or a brand's."""
    return (yield from whole_pages(request, _STATISTICS))


def _finder(organization: Urn | str) -> Mapping[str, object]:
    return {"q": "organization", "organization": as_urn(organization, "organization", name="organization")}
