"""Who visits a brand's page, and what they click there (versioned API). The counts are those of `page_statistics`.

Source: "Brand Page Statistics", learn.microsoft.com
/linkedin/marketing/community-management/organizations/brand-page-statistics
"""

from collections.abc import Mapping
from datetime import datetime

from inroad.common.urn import Urn
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, operation, paged
from inroad.sdk.resources.entity import as_urn
from inroad.sdk.resources.interval import time_intervals
from inroad.sdk.resources.page_statistics import PageGranularity, PageStatistics, find_statistics, get_statistics

_PATH = "/rest/brandPageStatistics"


class BrandPageStatistics(Resource[IO]):
    """Who visits a brand's page."""

    @operation
    def get(self, brand: Urn | str) -> Flow[PageStatistics | None]:
        """Return the counts of all time with their facets; None when LinkedIn has nothing.

        Raises:
            Forbidden: the member is no administrator of the brand's page.

        Scopes: rw_organization_admin or r_organization_admin.
        """
        return (yield from get_statistics(Request("GET", _PATH, _finder(brand), restli_method="FINDER")))

    @paged
    def find_intervals(
        self, brand: Urn | str, *, start: datetime, end: datetime, granularity: PageGranularity = "DAY"
    ) -> Flow[Page[PageStatistics]]:
        """Yield the counts of each day or month.

        Args:
            brand: The brand's URN.
            start: The beginning, aware.
            end: The end, aware.
            granularity: How long each stretch is.

        Raises:
            Forbidden: the member is no administrator of the brand's page.

        Scopes: rw_organization_admin or r_organization_admin.
        """
        params = {**_finder(brand), "timeIntervals": time_intervals(start, end, granularity)}
        return (yield from find_statistics(Request("GET", _PATH, params, restli_method="FINDER")))


def _finder(brand: Urn | str) -> Mapping[str, object]:
    return {"q": "brand", "brand": as_urn(brand, "organizationBrand", name="brand")}
