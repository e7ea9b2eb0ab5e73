"""Jobs posted on LinkedIn by partners, for customers, under the customer's (child) app.

One call creates, changes, renews and closes up to 100 jobs by the partner's own ids, and only acknowledges: what
becomes of each is read with `simple_job_posting_tasks`. LinkedIn takes no new partners for it; who asks is led to Apply
Connect.
Sources: "Create Jobs", "Job Posting Schema", learn.microsoft.com /linkedin/talent/job-postings/api/create-jobs and
/linkedin/talent/job-postings/api/job-posting-api-schema; linkedin/talent-solutions-java-sdk
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar, Literal, TypeAlias

import msgspec

from inroad.common.urn import Urn
from inroad.contract.versions import VerifiedWith
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Flow, Request, Resource, Response, operation
from inroad.sdk.resources.ads.values import Money, to_wire
from inroad.sdk.resources.entity import Entity, as_urn
from inroad.sdk.resources.onsite_apply import OnsiteApply
from inroad.sdk.resources.simple_job_posting_tasks import TASK
from inroad.sdk.resources.talent import PROTOCOL_1, TalentBase
from inroad.sdk.restli.batch import BatchError, BatchShapeError
from inroad.sdk.restli.shape import is_int, is_list, is_object

JobOperation: TypeAlias = Literal["CREATE", "UPDATE", "RENEW", "CLOSE", "UPGRADE", "DOWNGRADE"]
EmploymentStatus: TypeAlias = Literal["FULL_TIME", "PART_TIME", "CONTRACT", "INTERNSHIP", "TEMPORARY", "VOLUNTEER"]
ExperienceLevel: TypeAlias = Literal[
    "ENTRY_LEVEL", "MID_SENIOR_LEVEL", "DIRECTOR", "EXECUTIVE", "INTERNSHIP", "ASSOCIATE", "NOT_APPLICABLE"
]
WorkplaceType: TypeAlias = Literal["On-site", "Hybrid", "Remote"]
PayPeriod: TypeAlias = Literal["YEARLY", "MONTHLY", "SEMIMONTHLY", "BIWEEKLY", "WEEKLY", "DAILY", "HOURLY"]
PayType: TypeAlias = Literal[
    "BASE_SALARY",
    "TIPS",
    "COMMISSION",
    "PROFIT_SHARING",
    "STOCK_OPTIONS",
    "STOCK",
    "BONUS",
    "SIGN_ON_BONUS",
    "OVER_TIME",
    "OTHER",
]

MAX_JOBS = 100
"""Jobs per call."""

MAX_EXTERNAL_ID = 200
"""Characters of a partner's id. The schema page of March 2026 says 75, "Create Jobs" 200: stay under 75."""

MIN_DESCRIPTION, MAX_DESCRIPTION = 100, 25_000
MAX_TITLE, MAX_SKILLS, MAX_LOCATIONS, MAX_CATEGORIES = 200, 4_000, 7, 3

_PATH = "simpleJobPostings"


class Pay(Entity, frozen=True):
    """What is paid: between `start` and `end`, or exactly `exact_amount`."""

    period: PayPeriod
    type: PayType = "BASE_SALARY"
    start: Money | None = None
    end: Money | None = None
    exact_amount: Money | None = None

    def to_wire(self) -> dict[str, object]:
        """Return it as LinkedIn writes it.

        Raises:
            InvalidArgument: it says neither a range nor an amount, or both.
        """
        ranged = {name: to_wire(each) for name, each in (("start", self.start), ("end", self.end)) if each is not None}
        if bool(ranged) == (self.exact_amount is not None):
            raise InvalidArgument("pay is a range or an exact amount")
        value = {"range": ranged} if ranged else {"exactAmount": to_wire(self.exact_amount)}
        return {"period": self.period, "type": self.type, "value": value}


class JobPosting(Entity, frozen=True):
    """A job, and what is to be done with it.

    `external_job_posting_id` is the partner's, and the only key for later changes. One of `company`, `company_name` and
    `company_page_url` says whose job it is. `location` reads "City, State, Country", "City, Country" or "Postal code,
    Country code". Each of `alternate_locations`, `location` among them, gets a task of its own. `listing_type` is
    BASIC, or PREMIUM with a `contract`. In the description the tags b, strong, u, i, br, p, ul and li are kept.
    """

    external_job_posting_id: str
    company_apply_url: str
    title: str
    description: str
    listed_at: datetime
    location: str
    job_posting_operation_type: JobOperation = "CREATE"
    company: Urn | None = None
    company_name: str | None = None
    company_page_url: str | None = None
    poster_email: str | None = None
    availability: Literal["PUBLIC", "INTERNAL"] = "PUBLIC"
    alternate_locations: tuple[str, ...] | None = None
    workplace_type: WorkplaceType | None = None
    employment_status: EmploymentStatus | None = None
    experience_level: ExperienceLevel | None = None
    categories: tuple[str, ...] | None = None
    industries: tuple[Urn, ...] | None = None
    skills_description: str | None = None
    company_job_code: str | None = None
    tracking_pixel_url: str | None = None
    compensation: tuple[Pay, ...] | None = None
    expire_at: datetime | None = None
    listing_type: Literal["BASIC", "PREMIUM"] | None = None
    contract: Urn | None = None
    pay_for_performance_budget: Money | None = None
    partner_requisition_id: str | None = None
    show_poster_info: bool | None = None
    onsite_apply: OnsiteApply | None = None

    def to(self, operation: JobOperation) -> "JobPosting":
        """Return the same job with something else to be done, such as `job.to("CLOSE")`."""
        return msgspec.structs.replace(self, job_posting_operation_type=operation)

    def to_wire(self, base: TalentBase = "rest") -> dict[str, Any]:
        """Return the job as LinkedIn writes it at one of its bases.

        Raises:
            InvalidArgument: LinkedIn would refuse it.
        """
        _check(self)
        plain = msgspec.structs.replace(
            self, workplace_type=None, compensation=None, pay_for_performance_budget=None, onsite_apply=None
        )
        wire: dict[str, Any] = to_wire(plain)
        if base == "v2" and "company" in wire:
            wire["integrationContext"] = wire.pop("company")
        if self.workplace_type is not None:
            wire["workplaceTypes"] = [self.workplace_type]
        if self.compensation is not None:
            wire["compensation"] = {"compensations": [pay.to_wire() for pay in self.compensation]}
        if self.pay_for_performance_budget is not None:
            wire["budget"] = {"payForPerformanceTotalBudget": to_wire(self.pay_for_performance_budget)}
        if self.onsite_apply is not None:
            wire["onsiteApplyConfiguration"] = to_wire(self.onsite_apply)
        return wire


class JobPostingAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What LinkedIn said to one job: accepted, with the task to look at; or an error."""

    external_job_posting_id: str
    status: int
    task: Urn | None = None
    error: BatchError | None = None

    @property
    def is_accepted(self) -> bool:
        """Whether there is a task. The job may fail yet."""
        return self.task is not None


class JobPostings(Resource[IO]):
    """Jobs posted on LinkedIn."""

    verified_with: ClassVar = VerifiedWith("talent", "202504", "202508")

    @operation
    def batch_create(self, jobs: Sequence[JobPosting], *, base: TalentBase = "rest") -> Flow[list[JobPostingAnswer]]:
        """Create, change, renew or close jobs and return what LinkedIn said to each, in order.

        No exception does not mean success: look at each answer, and at each task later on. Never repeated on its own.

        Args:
            jobs: 1 to 100 jobs, none of them twice; each says what is to be done with it.
            base: "v2" for the unversioned API.

        Raises:
            InvalidArgument: LinkedIn would refuse a job, or an id is there twice.
            Forbidden: the token is not of the customer's (child) app, or the contract is somebody else's.
            ApiError: among others 402, when the contract has no slot left; 409, when a closed job is to be closed.

        Access: client credentials of the child app, job posting product.
        """
        if not 1 <= len(jobs) <= MAX_JOBS:
            raise InvalidArgument(f"jobs must be 1 to {MAX_JOBS}, got {len(jobs)}")
        ids = [job.external_job_posting_id for job in jobs]
        twice = next((id for id in ids if ids.count(id) > 1), None)
        if twice is not None:
            raise InvalidArgument(f"a job stands once in a call, {twice[:80]!r} is there twice")
        request = Request(
            "POST",
            f"/{base}/{_PATH}",
            json={"elements": [job.to_wire(base) for job in jobs]},
            headers=PROTOCOL_1,
            restli_method="BATCH_CREATE",  # without it: 403, "Unpermitted fields present in REQUEST_BODY"
            repeatable=False,
        )
        return _answers((yield request), ids)


def _check(job: JobPosting) -> None:
    if not any((job.company, job.company_name, job.company_page_url)):
        raise InvalidArgument("a job needs one of company, company_name and company_page_url")
    if job.company is not None:
        as_urn(job.company, "organization", name="company")
    if not job.location.strip():
        raise InvalidArgument("location must not be empty")
    for name, text, least, most in (
        ("external_job_posting_id", job.external_job_posting_id, 1, MAX_EXTERNAL_ID),
        ("title", job.title, 1, MAX_TITLE),
        ("description", job.description, MIN_DESCRIPTION, MAX_DESCRIPTION),
        ("skills_description", job.skills_description or "", 0, MAX_SKILLS),
    ):
        if not least <= len(text) <= most:
            raise InvalidArgument(f"{name} must have {least:,} to {most:,} characters, got {len(text):,}")
    for name, values, most in (
        ("alternate_locations", job.alternate_locations or (), MAX_LOCATIONS),
        ("categories", job.categories or (), MAX_CATEGORIES),
    ):
        if len(values) > most:
            raise InvalidArgument(f"{name} must be at most {most}, got {len(values)}")
    if not job.company_apply_url.startswith(("https://", "http://")):
        raise InvalidArgument(f"company_apply_url must be an address, got {job.company_apply_url[:80]!r}")
    if job.listing_type == "PREMIUM" and job.contract is None:
        raise InvalidArgument("a PREMIUM job needs a contract")


def _answers(response: Response, ids: Sequence[str]) -> list[JobPostingAnswer]:
    body: object = response.json()
    elements = body.get("elements") if is_object(body) else None
    if not is_list(elements) or len(elements) != len(ids):
        raise response.unexpected(f"asked about {len(ids)} jobs, answered something else")
    try:
        return [_answer(element, id) for element, id in zip(elements, ids, strict=True)]
    except (BatchShapeError, ValueError) as cause:
        raise response.unexpected(f"cannot read what was said to a job: {cause}") from cause


def _answer(element: object, id: str) -> JobPostingAnswer:
    if not is_object(element):
        raise BatchShapeError(f"an element must be an object, got {type(element).__name__}")
    # The page says `error`, LinkedIn's own client `jobPostingError`. UNCONFIRMED: which of them is sent.
    said = element.get("error") or element.get("jobPostingError")
    error = None if said is None else BatchError.from_wire(said)
    status, task = element.get("status"), element.get("id")
    if not is_int(status):
        status = 0 if error is None else error.status
    urn = None if task is None else Urn.parse(str(task))
    if urn is not None and not urn.is_kind(TASK):
        raise BatchShapeError(f"expected a task, got {str(urn)!r}")
    return JobPostingAnswer(external_job_posting_id=id, status=status, task=urn, error=error)
