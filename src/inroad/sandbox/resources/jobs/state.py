"""Jobs and the tasks that make them.

A partner's id is known to its child application alone; jobs of a seed without an app are everybody's.
"""

from datetime import datetime, timedelta
from typing import Any, Final, Literal, TypeAlias

import msgspec

Operation: TypeAlias = Literal["CREATE", "UPDATE", "RENEW", "CLOSE", "UPGRADE", "DOWNGRADE"]
TaskState: TypeAlias = Literal["IN_PROGRESS", "SUCCEEDED", "FAILED", "PROCESSED"]
FaultType: TypeAlias = Literal["CUSTOMER_ERROR", "PARTNER_ERROR", "LINKEDIN_ERROR"]

OPERATIONS: Final[tuple[Operation, ...]] = ("CREATE", "UPDATE", "RENEW", "CLOSE", "UPGRADE", "DOWNGRADE")
TASKS_KEPT: Final = timedelta(days=30)
"""Task ids live so long ("Check Job Operation Task Status"); another page says 24 hours."""


class Detail(msgspec.Struct, kw_only=True):
    """Why a status is what it is."""

    message: str
    type: FaultType = "PARTNER_ERROR"
    code: int | None = None


class Job(msgspec.Struct, kw_only=True):
    """One job posting, by its partner's id."""

    external_id: str
    owner: str  # client id; empty: of a seed, for every app
    number: int
    fields: dict[str, Any]  # of the element that made it what it is
    organization: int | None
    created_at: datetime
    listed_at: datetime
    expire_at: datetime
    group: str = ""  # of the element that made it: its other locations are no duplicates
    postings: dict[str, int] = {}  # by location: the number of the posting there
    is_open: bool = True
    detail: Detail | None = None  # of the listing
    onsite: dict[str, Any] | None = None
    apply_detail: Detail | None = None
    applications: int = 0
    has_delivered: bool = False  # an application reached its partner
    told_listed: bool | None = None  # what status notifications last told

    def is_listed(self, now: datetime) -> bool:
        """Tell whether people see the job."""
        return self.is_open and now < self.expire_at

    @property
    def urn(self) -> str:
        """Its posting's URN."""
        return f"urn:li:jobPosting:{self.number}"

    @property
    def is_premium(self) -> bool:
        """Whether it stands in a paid slot."""
        return self.fields.get("listingType") == "PREMIUM"


class Task(msgspec.Struct, kw_only=True):
    """One operation on its way: what was asked, and what came of it."""

    id: str
    owner: str
    external_id: str
    operation: Operation
    element: dict[str, Any]
    location: str
    group: str
    made_at: datetime
    due_at: datetime
    state: TaskState = "IN_PROGRESS"
    posting: str | None = None
    error: str | None = None
    shows_location: bool = False

    @property
    def urn(self) -> str:
        """Its URN."""
        return f"urn:li:simpleJobPostingTask:{self.id}"


class Jobs(msgspec.Struct):
    """Every job and every task of a world."""

    jobs: dict[str, Job] = {}  # by owner and external id
    tasks: dict[str, Task] = {}  # by id, in the order of asking
    waiting: list[str] = []  # ids of tasks that are not settled
    failures: list[str] = []  # kinds of failure that the next tasks meet
    last_number: int = 39_000_000
    next_expiry: datetime | None = None  # no listed job ends before

    def find(self, owner: str, external_id: str) -> Job | None:
        """Return the job that an app knows by this id."""
        return self.jobs.get(place_of(owner, external_id)) or self.jobs.get(place_of("", external_id))

    def new_number(self) -> int:
        """Return a number that no posting has."""
        self.last_number += 1
        return self.last_number

    def pending(self, owner: str, external_id: str) -> bool:
        """Tell whether a task for this job is not settled."""
        waiting = (self.tasks[key] for key in self.waiting)
        return any((task.owner, task.external_id) == (owner, external_id) for task in waiting)


def place_of(owner: str, external_id: str) -> str:
    """Return where a job is kept."""
    return f"{owner} {external_id}"
