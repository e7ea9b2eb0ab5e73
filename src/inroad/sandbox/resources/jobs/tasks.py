"""Tasks: operations on jobs that settle a while after they were asked for.

Source: "Check Job Operation Task Status", learn.microsoft.com /linkedin/talent/job-postings/api/check-job-taskstatus
"""

import re
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from inroad.common.clock import from_millis
from inroad.common.urn import Urn
from inroad.sandbox.resources.jobs.rules import WORKPLACES
from inroad.sandbox.resources.jobs.state import TASKS_KEPT, Detail, Job, Jobs, Task, place_of
from inroad.sandbox.resources.jobs.views import status_payload
from inroad.sandbox.resources.partners import application_urn, parent_of
from inroad.sandbox.webhooks.addresses import address_problem
from inroad.sandbox.webhooks.state import Webhooks, enrol, queue
from inroad.sandbox.world import Organization, World

_INVALID: Final = (
    "This job is blocked as its {} is marked invalid. Failure reason reference code: [JOB_FIELD_PROCESSOR_{}]."
)
FAILURES: Final[Mapping[str, str]] = {
    "location": _INVALID.format("location", "STANDARDIZED_LOCATION"),
    "apply_url": _INVALID.format("companyApplyUrl", "COMPANY_APPLY_URL"),
    "description": "The description repeats itself and says too little about the job.",
    "industries": "The job could not be listed: [MISSING_INDUSTRY_CODES]",
    "campaign": "The job could not be promoted: [MISSING_JOB_CAMPAIGN] [MISSING_SOURCE_DOMAIN]",
    "duplicate": "The same job is on LinkedIn already: {:duplicateJobPostingUrl,anchor,text#view it}\n",
    "company_page": "The company's page does not exist or does not take jobs from this partner.",
    "opt_out": "Job {partner=urn:li:jobPostingPartner:7, partnerJobCode=...} was dropped: true",
    "trust": "The job was taken down after a review by LinkedIn's trust team.",
    "payment": "The payment for this job did not go through.",
}
"""Kinds of failure that can be planned. LinkedIn documents some 45; the wordings here are ours."""

_TAGS: Final = frozenset({"b", "strong", "u", "i", "br", "p", "ul", "li"})
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)\b[^>]*>")
MIN_DESCRIPTION: Final = 100
MAX_DESCRIPTION: Final = 25_000
MAX_TITLE: Final = 200
MAX_SKILLS: Final = 4_000
MAX_CATEGORIES: Final = 3


class TaskFailed(Exception):
    """A task cannot do what it was asked for; the message is the task's."""


def ask_for(world: World, *, owner: str, element: dict[str, Any]) -> list[Task]:
    """Start the tasks of an element, one for each of its locations, and return them."""
    jobs, now = world.state(Jobs), world.clock.now()
    group = _new_uuid(world)
    listed = element.get("location", "")
    others = [place for place in element.get("alternateLocations", []) if place != listed]
    made: list[Task] = []
    for place in (listed, *others):
        task = Task(
            id=_new_uuid(world),
            owner=owner,
            external_id=element["externalJobPostingId"],
            operation=element["jobPostingOperationType"],
            element=element,
            location=place,
            group=group,
            made_at=now,
            due_at=now + timedelta(seconds=world.switches.number("jobs.task_delay")),
            shows_location=bool(others),
        )
        jobs.tasks[task.id] = task
        jobs.waiting.append(task.id)
        made.append(task)
    return made


def settle(world: World) -> None:
    """Let every task that is due do its work, in order, and jobs end whose time is over; webhooks are told of both."""
    jobs, now = world.state(Jobs), world.clock.now()
    due = [jobs.tasks[key] for key in jobs.waiting if jobs.tasks[key].due_at <= now]
    if due:
        for task in sorted(due, key=lambda t: t.due_at):
            _carry_out(world, jobs, task)
        settled = {task.id for task in due}
        jobs.waiting = [key for key in jobs.waiting if key not in settled]
    while jobs.tasks and now - next(iter(jobs.tasks.values())).made_at >= TASKS_KEPT:
        jobs.tasks.pop(next(iter(jobs.tasks)))
    if jobs.next_expiry is not None and jobs.next_expiry <= now:
        for job in jobs.jobs.values():
            _tell(world, job)
        jobs.next_expiry = min((j.expire_at for j in jobs.jobs.values() if j.is_listed(now)), default=None)


def take_down(world: World, job: Job, message: str) -> None:
    """Let LinkedIn close a job by itself."""
    job.detail = Detail(message=message, type="LINKEDIN_ERROR")
    job.is_open = False
    _tell(world, job)


def ask_for_resync(world: World, client_id: str, external_ids: list[str] | None) -> int:
    """Ask an app to send its jobs again, all open ones without ids; return how many webhooks are told."""
    hooks = world.state(Webhooks).of_app(parent_of(world, client_id), "job_resync")
    payload: dict[str, Any] = {
        "type": "RESYNC_JOBS",
        "developerApplicationUrn": application_urn(client_id),
        "syncAllOpenJobs": external_ids is None,
    }
    if external_ids is not None:
        payload["externalJobPostingIds"] = external_ids
    for hook in hooks:
        queue(world, hook, payload)
    return len(hooks)


def _carry_out(world: World, jobs: Jobs, task: Task) -> None:
    try:
        if jobs.failures:
            raise TaskFailed(FAILURES[jobs.failures.pop(0)])
        job = _worked(world, jobs, task)
    except TaskFailed as failure:
        task.state, task.error = "FAILED", str(failure)
        return
    task.state = "SUCCEEDED"
    task.posting = f"urn:li:jobPosting:{job.postings.get(task.location, job.number)}"
    jobs.next_expiry = job.expire_at if jobs.next_expiry is None else min(jobs.next_expiry, job.expire_at)
    _tell(world, job)


def _worked(world: World, jobs: Jobs, task: Task) -> Job:
    job = jobs.find(task.owner, task.external_id)
    if task.operation == "CREATE":
        return _created(world, jobs, task, job)
    if job is None:
        tail = f" with externalJobPostingId {task.external_id}" if task.operation == "UPDATE" else ""
        raise TaskFailed(f"Operation type `{task.operation}` is not allowed for a non-existing job{tail}")
    if task.operation == "UPDATE":
        _fill(world, job, task)
    elif task.operation == "RENEW":
        job.is_open, job.listed_at, job.detail = True, task.due_at, None
        job.expire_at = _expiry(task.element, task.due_at, is_premium=job.is_premium)
    elif task.operation == "CLOSE":
        job.is_open = False
    else:
        job.fields["listingType"] = "PREMIUM" if task.operation == "UPGRADE" else "BASIC"
        if "contract" in task.element:
            job.fields["contract"] = task.element["contract"]
    return job


def _created(world: World, jobs: Jobs, task: Task, job: Job | None) -> Job:
    if job is not None and job.group == task.group:  # another location of the same job
        _check_location(task.element, task.location)
        job.postings[task.location] = jobs.new_number()
        return job
    if job is not None and job.is_listed(task.due_at):
        raise TaskFailed(
            f"The job {job.urn} with externalJobPostingId {task.external_id} already exists: "
            "a duplicate cannot be created"
        )
    number = jobs.new_number()
    made = Job(
        external_id=task.external_id,
        owner=task.owner,
        number=number,
        fields={},
        organization=None,
        created_at=task.due_at,
        listed_at=task.due_at,
        expire_at=task.due_at,
        group=task.group,
        postings={task.location: number},
    )
    _fill(world, made, task)
    jobs.jobs[place_of(task.owner, task.external_id)] = made
    return made


def _fill(world: World, job: Job, task: Task) -> None:
    """Put an element's fields into a job, or say which of them is invalid."""
    element = dict(task.element)
    element["description"] = _cleaned(element["description"])
    page = _company(world, element)
    _check_texts(element)
    _check_location(element, task.location)
    if not element.get("industries") and not (page is not None and page.industries):
        raise TaskFailed(FAILURES["industries"])
    is_premium = element.get("listingType") == "PREMIUM"
    job.expire_at = _expiry(element, task.due_at, is_premium=is_premium)
    job.listed_at = from_millis(element["listedAt"])
    job.organization = None if page is None else page.id
    job.fields, job.is_open, job.detail = element, True, None
    _take_onsite(world, job, element.get("onsiteApplyConfiguration"))


def _take_onsite(world: World, job: Job, configuration: dict[str, Any] | None) -> None:
    """Let people apply at LinkedIn; the webhook is challenged before that holds."""
    job.onsite, job.apply_detail = None, None
    if configuration is None:
        return
    url = configuration["jobApplicationWebhookUrl"]
    refused = address_problem(url, world.switches)
    names = [q["partnerQuestionIdentifier"] for q in questions_of(configuration)]
    if refused:
        refuse_onsite(job, refused)
    elif len(names) != len(set(names)):
        refuse_onsite(job, "partnerQuestionIdentifier must be unique within a job.")
    else:
        job.onsite = configuration
        if job.owner in world.apps:
            enrol(world, client_id=job.owner, family="job_application", url=url, origin="job")


def questions_of(configuration: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return a job's custom questions, in their order."""
    found: list[dict[str, Any]] = []
    for section in configuration.get("questions", {}).values():
        found += section.get("customQuestions", [])
        for part in section.get("customQuestionSets", []):
            found += part["questions"]
    return found


def refuse_onsite(job: Job, message: str, *, code: int | None = None) -> None:
    """Say why nobody can apply at LinkedIn."""
    job.onsite = None
    job.apply_detail = Detail(message=message, code=code)


def _company(world: World, element: Mapping[str, Any]) -> Organization | None:
    for name in ("integrationContext", "company"):
        if name in element:
            number = Urn.parse(element[name]).id
            page = world.organizations.get(int(number)) if number.isdecimal() else None
            if page is None:
                raise _invalid(name, "COMPANY")
            return page
    if "companyPageUrl" in element:
        vanity = urlsplit(str(element["companyPageUrl"])).path.rstrip("/").rsplit("/", 1)[-1]
        found = next((o for o in world.organizations.values() if vanity in (o.vanity_name, str(o.id))), None)
        if found is None:
            raise _invalid("companyPageUrl", "COMPANY")
        return found
    wanted = element["companyName"].strip().lower()
    if not wanted:
        raise _invalid("companyName", "COMPANY_NAME")
    # A name is matched as well as it goes; without a match the job stands under the name alone.
    return next((o for o in world.organizations.values() if o.name.lower() == wanted), None)


def _check_texts(element: Mapping[str, Any]) -> None:
    if len(element["description"]) < MIN_DESCRIPTION:
        raise TaskFailed("The description length should be at least 100 characters")
    if len(element["description"]) > MAX_DESCRIPTION or len(element.get("skillsDescription", "")) > MAX_SKILLS:
        raise _invalid("description", "DESCRIPTION")
    if not 1 <= len(element["title"].strip()) <= MAX_TITLE:
        raise _invalid("title", "TITLE")
    if len(element.get("categories", [])) > MAX_CATEGORIES:
        raise _invalid("categories", "JOB_CATEGORY")
    if "." not in (urlsplit(str(element["companyApplyUrl"])).hostname or ""):
        raise _invalid("companyApplyUrl", "COMPANY_APPLY_URL")


def _check_location(element: Mapping[str, Any], location: str) -> None:
    """Refuse what is not city and country, or postal code and country; a country alone is for remote work."""
    parts = [part.strip() for part in location.split(",")]
    is_remote = element.get("workplaceTypes") == [WORKPLACES["remote"]]
    if not all(parts) or not (1 if is_remote else 2) <= len(parts) <= 3:
        raise _invalid("location", "GEO_LOCATION")


def _expiry(element: Mapping[str, Any], now: datetime, *, is_premium: bool) -> datetime:
    days, default = (90, 30) if is_premium else (365, 180)
    if "expireAt" not in element:
        return now + timedelta(days=default)
    try:
        wanted = from_millis(element["expireAt"])
    except OverflowError as problem:
        raise TaskFailed("Invalid Expiration Date") from problem
    if not timedelta(hours=24) < wanted - now <= timedelta(days=days):
        raise TaskFailed("Invalid Expiration Date")
    return wanted


def _tell(world: World, job: Job) -> None:
    """Queue a status notification where a job's listing is another than the one last told."""
    listed = job.is_listed(world.clock.now())
    if job.told_listed is listed:
        return
    job.told_listed = listed
    for hook in world.state(Webhooks).of_app(parent_of(world, job.owner), "job_status"):
        queue(world, hook, status_payload(world, job), subject=job.external_id)


def _cleaned(description: str) -> str:
    """Return the text with the tags that LinkedIn keeps; of others their text stays."""
    return _TAG.sub(lambda match: match[0] if match[1].lower() in _TAGS else "", description)


def _invalid(field: str, code: str) -> TaskFailed:
    return TaskFailed(_INVALID.format(field, code))


def _new_uuid(world: World) -> str:
    return str(uuid.UUID(int=world.random.getrandbits(128), version=4))
