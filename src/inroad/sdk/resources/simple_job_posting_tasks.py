"""What became of job postings that were sent: each made tasks, which end some seconds to five minutes later.

Tasks are kept for 30 days. Their messages are for people: LinkedIn's templates show through, so no code should read
them.
Source: "Check Job Operation Task Status", learn.microsoft.com
/linkedin/talent/job-postings/api/check-job-taskstatus
"""

from collections.abc import Sequence
from typing import ClassVar

import msgspec

from inroad.common.urn import Urn
from inroad.contract.versions import VerifiedWith
from inroad.sdk.flow import IO, Flow, Request, Resource, operation
from inroad.sdk.resources.entity import Batch, Entity, Results, UrnText, as_batch, as_urn, decoder, read_batch
from inroad.sdk.resources.talent import PROTOCOL_1, TalentBase
from inroad.sdk.restli.legacy import encode_query

TASK = "simpleJobPostingTask"


class JobPostingTask(Entity, frozen=True):
    """One task; a job with several locations has one for each.

    `status` is IN_PROGRESS, SUCCEEDED, FAILED, or PROCESSED: accepted while the customer's jobs still come from a feed.
    """

    urn: UrnText = msgspec.field(name="id")
    status: str
    job_posting: UrnText | None = None
    external_id: str | int | None = msgspec.field(name="externalJobPostingId", default=None)
    location: str | None = None
    error_message: str | None = None

    @property
    def external_job_posting_id(self) -> str | None:
        """The partner's id of the job."""
        return None if self.external_id is None else str(self.external_id)

    @property
    def is_over(self) -> bool:
        """Whether it will not change any more."""
        return self.status != "IN_PROGRESS"

    @property
    def has_failed(self) -> bool:
        """Whether the job was refused; `error_message` says why."""
        return self.status == "FAILED" or (self.status == "PROCESSED" and bool(self.error_message))


_TASKS = decoder(Results[JobPostingTask])


class JobPostingTasks(Resource[IO]):
    """What became of job postings that were sent."""

    verified_with: ClassVar = VerifiedWith("talent", "202504", "202508")

    @operation
    def batch_get(self, tasks: Sequence[Urn | str], *, base: TalentBase = "rest") -> Flow[Batch[JobPostingTask]]:
        """Return several tasks by URN; those that LinkedIn does not know are in `missing`.

        Args:
            tasks: 1 to 100 URNs that `simple_job_postings` gave.
            base: "v2" for the unversioned API.

        Raises:
            BadRequest: a URN is malformed.
            Forbidden: the token is not of the customer's (child) app.
            RateLimited: an app has 300,000 calls a day.

        Access: client credentials of the child app, job posting product.
        """
        urns = as_batch([as_urn(task, TASK, name="tasks") for task in tasks], name="tasks")
        path = f"/{base}/simpleJobPostingTasks"
        response = yield Request("GET", path, query=encode_query({"ids": urns}), headers=PROTOCOL_1)
        return read_batch(response, _TASKS)
