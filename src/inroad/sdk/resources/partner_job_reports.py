"""What jobs cost and brought that are paid for by what they bring (versioned API). There is no report of basic jobs.

Source: linkedin/talent-solutions-java-sdk, its models and fixtures
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

import msgspec

from inroad.contract.versions import VerifiedWith
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, operation, paged
from inroad.sdk.resources.ads.values import Money
from inroad.sdk.resources.entity import Elements, Entity, Millis, Results, as_count, decoder, pages
from inroad.sdk.resources.interval import Day
from inroad.sdk.resources.job_posting_status import CompanyDetails
from inroad.sdk.resources.talent import as_external_ids, read_by_text
from inroad.sdk.restli.batch import BatchResult

_PATH = "/rest/partnerJobReports"


class ReportedJob(Entity, frozen=True):
    """Which job it is."""

    id: str | int = msgspec.field(name="externalJobPostingId")
    linked_in_job_posting_id: int | None = None
    close_at: Millis | None = None
    company_details: CompanyDetails | None = None
    company_apply_url: str | None = None
    job_title: str | None = None

    @property
    def external_job_posting_id(self) -> str:
        """The partner's id of the job."""
        return str(self.id)


class JobPerformance(Entity, frozen=True):
    """What a job cost and brought on a day."""

    date: Day
    charge: Money | None = None
    apply_click_count: int = 0
    view_count: int = 0


class PartnerJobReport(Entity, frozen=True):
    """What a job cost and brought, day by day. UNCONFIRMED: the inside of `lifetime_job_budget_info`."""

    job_posting_info: ReportedJob
    job_performance_metrics: tuple[JobPerformance, ...] = ()
    lifetime_job_budget_info: Mapping[str, Any] | None = None


_REPORTS = decoder(Results[PartnerJobReport])
_REPORT_PAGE = decoder(Elements[PartnerJobReport])


class PartnerJobReports(Resource[IO]):
    """What jobs cost and brought."""

    verified_with: ClassVar = VerifiedWith("talent", "202504", "202508")

    @operation
    def batch_get(
        self, external_job_posting_ids: Sequence[str], *, start: date, end: date, partner_contract_id: int
    ) -> Flow[BatchResult[str, PartnerJobReport]]:
        """Return the reports of several jobs, by the partner's ids; jobs without one are in `errors`.

        Args:
            external_job_posting_ids: 1 to 100 of the ids the jobs were posted with.
            start: The first day.
            end: The last day. UNCONFIRMED: that it counts itself.
            partner_contract_id: The partner's contract.

        Access: client credentials of the child app, pay-for-performance product.
        """
        params = {
            "ids": as_external_ids(external_job_posting_ids),
            "dateRange": _days(start, end),
            "partnerContractId": partner_contract_id,
        }
        return read_by_text((yield Request("GET", _PATH, params)), _REPORTS)

    @paged
    def find_by_date_range(
        self, *, start: date, end: date, partner_contract_id: int, count: int = 50
    ) -> Flow[Page[PartnerJobReport]]:
        """Yield the reports of all jobs under a contract.

        Args:
            start: The first day.
            end: The last day. UNCONFIRMED: that it counts itself.
            partner_contract_id: The partner's contract.
            count: Reports per page, 1 to 100. Pages are fetched as you iterate. UNCONFIRMED: the most.

        Access: client credentials of the child app, pay-for-performance product.
        """
        params = {
            "q": "dateRange",
            "dateRange": _days(start, end),
            "partnerContractId": partner_contract_id,
            "start": 0,
            "count": as_count(count, 100),
        }
        return (yield from pages(Request("GET", _PATH, params, restli_method="FINDER"), _REPORT_PAGE))


def _days(start: date, end: date) -> dict[str, object]:
    if start > end:
        raise InvalidArgument(f"start must not be after end, got {start.isoformat()} and {end.isoformat()}")
    named = (("start", start), ("end", end))
    return {name: {"year": day.year, "month": day.month, "day": day.day} for name, day in named}
