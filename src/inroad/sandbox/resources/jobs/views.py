"""How jobs and tasks are shown. Unlike most of LinkedIn, a job's status is full of explicit nulls.

Source: "Check Job Posting Statuses", learn.microsoft.com /linkedin/talent/job-postings/api/check-job-posting-status;
models and fixtures of LinkedIn's Talent Solutions SDK for Java.
"""

from typing import Any

from inroad.common.clock import to_millis
from inroad.sandbox.resources.jobs.state import Detail, Job, Jobs, Task
from inroad.sandbox.resources.partners import application_urn
from inroad.sandbox.webhooks.state import Webhooks, hook_id
from inroad.sandbox.world import World


def task_view(task: Task) -> dict[str, Any]:
    """Return a task; what it does not have is left out."""
    view: dict[str, Any] = {"id": task.urn, "externalJobPostingId": task.external_id, "status": task.state}
    if task.posting is not None:
        view["jobPosting"] = task.posting
    if task.shows_location:
        view["location"] = task.location
    if task.error is not None:
        view["errorMessage"] = task.error
    return view


def status_view(world: World, job: Job) -> dict[str, Any]:
    """Return a job's status. A numeric id is a bare number, as in the Java SDK's fixtures."""
    listing = _listing(world, job)
    apply_status, apply_detail = apply_status_of(world, job)
    view: dict[str, Any] = {
        "externalJobPostingId": int(job.external_id) if job.external_id.isdecimal() else job.external_id,
        "listingStatus": listing,
        "listingStatusDetail": _detail(job.detail),
        "jobPostingInfo": _info(world, job, locations=[p for p in job.postings if p != _location(job)] or None),
        "linkedInApplyStatus": apply_status,
        "linkedInApplyStatusDetail": _detail(apply_detail),
        "promotionStatus": "PROMOTED" if job.is_premium and listing == "LISTED" else "NOT_PROMOTED",
        "promotionStatusDetail": None,
        "jobCampaign": None,
        "partnerJobCampaign": None,
        "rawLocation": _location(job),
    }
    if listing == "LISTED":
        view["jobPostingUrl"] = f"https://www.linkedin.com/jobs/view/{job.number}"
    return view


def coming_view(task: Task) -> dict[str, Any]:
    """Return the status of a job whose first task is not settled."""
    return {
        "externalJobPostingId": int(task.external_id) if task.external_id.isdecimal() else task.external_id,
        "listingStatus": "IN_PROGRESS",
        "listingStatusDetail": None,
        "jobPostingInfo": None,
        "linkedInApplyStatus": "IN_PROGRESS",
        "linkedInApplyStatusDetail": None,
        "promotionStatus": "NOT_PROMOTED",
        "promotionStatusDetail": None,
        "jobCampaign": None,
        "partnerJobCampaign": None,
        "rawLocation": task.location,
    }


def status_payload(world: World, job: Job) -> dict[str, Any]:
    """Return what a status webhook is sent: a status's fields at the top, alternate locations always there.

    Source: "Job Status Change Notifications", learn.microsoft.com /linkedin/talent/job-postings
    """
    view = status_view(world, job)
    info: dict[str, Any] = view["jobPostingInfo"]
    view["jobPostingInfo"] = {**info, "alternateLocations": info["alternateLocations"] or []}
    named = {
        "type": "JOB_POSTING_STATUS",
        "developerApplicationUrn": application_urn(job.owner),
        "externalJobPostingId": job.external_id,
    }
    shown = {n: v for n, v in view.items() if v is not None and n not in ("rawLocation", "externalJobPostingId")}
    return {**named, **shown}


def apply_status_of(world: World, job: Job) -> tuple[str, Detail | None]:
    """Tell whether people can apply at LinkedIn, and why not."""
    if job.onsite is None:
        asked = job.apply_detail or Detail(message="Onsite apply was not requested for this job.")
        return "NOT_ENABLED", asked
    hook = world.state(Webhooks).hooks.get(
        hook_id(job.owner, "job_application", job.onsite["jobApplicationWebhookUrl"])
    )
    if hook is None or hook.state == "BLOCKED":
        return "NOT_ENABLED", Detail(message="The webhook is blocked.")
    if hook.state == "VALIDATED":
        return "ENABLED", None
    if hook.misses:
        return "NOT_ENABLED", Detail(message="This URL did not pass the security challenge check")
    return "IN_PROGRESS", None


def _listing(world: World, job: Job) -> str:
    return "LISTED" if job.is_listed(world.clock.now()) else "NOT_LISTED"


def _location(job: Job) -> str:
    return str(job.fields.get("location", ""))


def _info(world: World, job: Job, *, locations: list[str] | None) -> dict[str, Any]:
    page = None if job.organization is None else world.organizations.get(job.organization)
    name = job.fields.get("companyName") if page is None else page.name
    address = None if page is None else f"https://www.linkedin.com/company/{page.vanity_name or page.id}"
    names = ("name", "pageUrl")
    if world.switches["jobs.company_details"] == "companyName_companyPage":
        names = ("companyName", "companyPage")
    return {
        "listedAt": to_millis(job.listed_at),
        "expireAt": to_millis(job.expire_at),
        "location": _location(job),
        "alternateLocations": locations,
        "companyDetails": dict(zip(names, (name, address), strict=True)),
        "visibilityTag": None,
    }


def _detail(detail: Detail | None) -> dict[str, Any] | None:
    if detail is None:
        return None
    return {"errorCode": detail.code, "errorType": detail.type, "statusMessage": detail.message}


def coming(jobs: Jobs, owner: str, external_id: str) -> Task | None:
    """Return the task that is about to make a job."""
    waiting = (jobs.tasks[key] for key in jobs.waiting)
    return next((t for t in waiting if (t.owner, t.external_id, t.operation) == (owner, external_id, "CREATE")), None)
