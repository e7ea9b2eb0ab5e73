"""How a job posting stands on LinkedIn, asked for by the partner's own ids (unversioned API, protocol 1.0.0).

Partners have to show `job_posting_url`, `listing_status`, `linked_in_apply_status` and `promotion_status`.
Source: "Check Job Posting Statuses", learn.microsoft.com /linkedin/talent/job-postings/api/check-job-posting-status
"""

from collections.abc import Sequence

import msgspec

from inroad.sdk.flow import IO, Flow, Request, Resource, operation
from inroad.sdk.resources.entity import Entity, Millis, Results, UrnText, decoder
from inroad.sdk.resources.talent import PROTOCOL_1, as_external_ids, read_by_text
from inroad.sdk.restli.batch import BatchResult
from inroad.sdk.restli.legacy import encode_query

EASY_APPLY_LIMIT_EXCEEDED = 1157
"""Error code: applying on LinkedIn was switched off, because the free applications are used up."""


class StatusDetail(Entity, frozen=True):
    """Why a status is what it is; `error_type` is CUSTOMER_ERROR, PARTNER_ERROR or LINKEDIN_ERROR."""

    error_code: int | None = None
    error_type: str | None = None
    status_message: str | None = None


class CompanyDetails(Entity, frozen=True):
    """Whose job it is. LinkedIn spells the fields in two ways; the properties read either."""

    name: str | None = None
    page_url: str | None = None
    company_name: str | None = None
    company_page: str | None = None

    @property
    def display_name(self) -> str | None:
        """The company's name."""
        return self.name or self.company_name

    @property
    def url(self) -> str | None:
        """The company's page."""
        return self.page_url or self.company_page


class JobPostingInfo(Entity, frozen=True):
    """What LinkedIn made of the posting."""

    listed_at: Millis | None = None
    expire_at: Millis | None = None
    location: str | None = None
    alternate_locations: tuple[str, ...] | None = None
    company_details: CompanyDetails | None = None
    visibility_tag: str | None = None


class JobPostingStatus(Entity, frozen=True):
    """How a job posting stands. Unlike most of LinkedIn this sends nulls, and ids of digits as numbers.

    `listing_status` is LISTED, NOT_LISTED or IN_PROGRESS; `linked_in_apply_status` ENABLED, NOT_ENABLED or IN_PROGRESS;
    `promotion_status` PROMOTED or NOT_PROMOTED.
    """

    id: str | int = msgspec.field(name="externalJobPostingId")
    listing_status: str
    raw_location: str | None = None
    job_posting_info: JobPostingInfo | None = None
    job_posting_url: str | None = None
    linked_in_apply_status: str | None = None
    promotion_status: str | None = None
    listing_status_detail: StatusDetail | None = None
    linked_in_apply_status_detail: StatusDetail | None = None
    promotion_status_detail: StatusDetail | None = None
    job_campaign: UrnText | None = None
    partner_job_campaign: UrnText | None = None

    @property
    def external_job_posting_id(self) -> str:
        """The partner's id of the job."""
        return str(self.id)

    @property
    def is_listed(self) -> bool:
        """Whether people can see it."""
        return self.listing_status == "LISTED"


_STATUSES = decoder(Results[JobPostingStatus])


class JobPostingStatuses(Resource[IO]):
    """How job postings stand on LinkedIn."""

    @operation
    def batch_get(self, external_job_posting_ids: Sequence[str]) -> Flow[BatchResult[str, JobPostingStatus]]:
        """Return how several jobs stand, by the partner's ids; those that LinkedIn does not know are in `errors`.

        A job with several locations has one status.

        Args:
            external_job_posting_ids: 1 to 100 of the ids the jobs were posted with.

        Raises:
            Forbidden: the token is not of the customer's (child) app.

        Access: client credentials of the child app, job posting product.
        """
        ids = as_external_ids(external_job_posting_ids)
        request = Request(
            "GET", "/v2/jobPostingStatus", query=encode_query({"ids": ids}), headers=PROTOCOL_1, repeatable=True
        )
        return read_by_text((yield request), _STATUSES)
