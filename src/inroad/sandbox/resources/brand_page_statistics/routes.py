"""`brandPageStatistics`: page statistics with `brand` in place of `organization`."""

from typing import Final

from inroad.sandbox.resources.page_statistics.routes import resource

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/community-management/organizations/brand-page-statistics"

RESOURCES: Final = (resource("brandPageStatistics", "brand", "organizationBrand", source=SOURCE),)
