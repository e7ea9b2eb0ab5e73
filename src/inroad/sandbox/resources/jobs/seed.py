"""Jobs that a seed brings."""

from datetime import timedelta

from inroad.common.clock import to_millis
from inroad.sandbox.resources.jobs.state import Job, Jobs, place_of
from inroad.sandbox.webhooks.state import enrol
from inroad.sandbox.world import Organization, World

_TITLES = ("Workshop lead", "Data engineer", "Field technician", "Office manager", "Apprentice carpenter", "Buyer")
_DESCRIPTION = (
    "<p>You join a small team that plans, builds and delivers. We train you, and we answer every application.</p>"
)
_STATES = {"LISTED": True, "CLOSED": False, "NOT_LISTED": False}


def seed_job(
    world: World,
    page: Organization,
    *,
    title: str,
    external_id: str | None = None,
    state: str = "LISTED",
    app: str = "",
) -> Job:
    """Keep a job that was posted a week ago.

    Raises:
        ValueError: the state is none, or the app has a job of this id.
    """
    jobs, now = world.state(Jobs), world.clock.now()
    if state not in _STATES:
        raise ValueError(f"a job's state is {', '.join(_STATES)}, got {state!r}")
    number = jobs.new_number()
    named = external_id or f"JOB-{number}"
    place = place_of(app, named)
    if place in jobs.jobs:
        raise ValueError(f"job {named!r} is there already")
    listed_at = now - timedelta(days=7)
    location = "Dublin, Leinster, Ireland"
    job = Job(
        external_id=named,
        owner=app,
        number=number,
        fields={
            "externalJobPostingId": named,
            "company": f"urn:li:organization:{page.id}",
            "companyApplyUrl": f"{page.website or 'https://jobs.example.test'}/jobs/{number}",
            "title": title,
            "description": _DESCRIPTION,
            "listedAt": to_millis(listed_at),
            "location": location,
        },
        organization=page.id,
        created_at=listed_at,
        listed_at=listed_at,
        expire_at=listed_at + timedelta(days=180),
        postings={location: number},
        is_open=_STATES[state],
        told_listed=_STATES[state],
    )
    jobs.jobs[place] = job
    jobs.next_expiry = min(jobs.next_expiry or job.expire_at, job.expire_at)
    return job


def take_applications(world: World, page: Organization, *, app: str, url: str) -> None:
    """Let a page's jobs take applications at LinkedIn, which an app's webhook receives; they become the app's."""
    jobs = world.state(Jobs)
    for place, job in list(jobs.jobs.items()):
        if job.organization == page.id and job.owner in ("", app):
            del jobs.jobs[place]
            job.owner = app
            jobs.jobs[place_of(app, job.external_id)] = job
            resume = {"resumeQuestions": {"resumeQuestionRequirement": "REQUIRED"}}
            job.onsite = {"jobApplicationWebhookUrl": url, "questions": resume}
    enrol(world, client_id=app, family="job_application", url=url, origin="job")


def populate(world: World, count: int) -> None:
    """Keep so many believable jobs, spread over the pages of the world."""
    pages = list(world.organizations.values())
    for index in range(count if pages else 0):
        seed_job(world, pages[index % len(pages)], title=_TITLES[index % len(_TITLES)])
