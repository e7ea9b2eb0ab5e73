from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest

from inroad.common.urn import Urn, organization
from inroad.sdk.errors import InvalidArgument, UnexpectedResponse
from inroad.sdk.flow import Request, Response
from inroad.sdk.resources.ads.values import Money
from inroad.sdk.resources.ats_integrations import integration
from inroad.sdk.resources.developer_webhooks import DeveloperWebhooks
from inroad.sdk.resources.job_application_lifecycle_actions import JobApplicationLifecycleActions
from inroad.sdk.resources.job_applications import JobApplications, read_job_application
from inroad.sdk.resources.job_posting_status import JobPostingStatuses
from inroad.sdk.resources.messages import Messages
from inroad.sdk.resources.partner_job_reports import PartnerJobReports
from inroad.sdk.resources.provisioned_applications import ProvisionedApplications
from inroad.sdk.resources.simple_job_postings import JobPosting, JobPostings, Pay
from inroad.sdk.restli.patch import Patch

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
JOB = JobPosting(
    external_job_posting_id="A1",
    company_apply_url="https://jobs.example/1",
    title="Joiner",
    description="x" * 100,
    listed_at=NOON,
    location="Cork, Ireland",
    company=organization(7),
)
TASK = "urn:li:simpleJobPostingTask:0b6f2f0e-8f0c-4a47-8a3c-7a1c1f6a2d10"


def post(*jobs: JobPosting, answer: bytes) -> Any:
    flow = JobPostings.batch_create.flow(object(), jobs)
    next(flow)
    with pytest.raises(StopIteration) as end:
        flow.send(Response(200, {}, answer))
    return end.value.value


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"external_job_posting_id": ""}, "external_job_posting_id"),
        ({"external_job_posting_id": "x" * 201}, "external_job_posting_id"),
        ({"title": "x" * 201}, "title"),
        ({"description": "x" * 99}, "description"),
        ({"description": "x" * 25_001}, "description"),
        ({"location": " "}, "location"),
        ({"company": None}, "company"),
        ({"company": Urn("person", "x")}, "company"),
        ({"company_apply_url": "jobs.example"}, "company_apply_url"),
        ({"alternate_locations": ("x",) * 8}, "alternate_locations"),
        ({"categories": ("x",) * 4}, "categories"),
        ({"skills_description": "x" * 4_001}, "skills_description"),
        ({"listing_type": "PREMIUM"}, "contract"),
        ({"compensation": (Pay(period="YEARLY"),)}, "pay"),
        ({"listed_at": NOON.replace(tzinfo=None)}, "instant"),
    ],
)
def test_a_job_that_linkedin_would_refuse_is_refused(change: dict[str, Any], named: str) -> None:
    with pytest.raises(InvalidArgument, match=named):
        msgspec.structs.replace(JOB, **change).to_wire()


def test_pay_is_a_range_or_an_amount() -> None:
    euro = Money.of(10, "EUR")

    assert Pay(period="HOURLY", start=euro).to_wire()["value"] == {
        "range": {"start": {"amount": "10", "currencyCode": "EUR"}}
    }
    with pytest.raises(InvalidArgument):
        Pay(period="HOURLY", start=euro, exact_amount=euro).to_wire()


@pytest.mark.parametrize("jobs", [[], [JOB] * 101, [JOB, JOB.to("CLOSE")]])
def test_calls_with_none_too_many_or_repeated_jobs_are_refused(jobs: list[JobPosting]) -> None:
    with pytest.raises(InvalidArgument):
        next(JobPostings.batch_create.flow(object(), jobs))


def test_a_create_of_jobs_is_never_repeated() -> None:
    request = next(JobPostings.batch_create.flow(object(), [JOB]))

    assert isinstance(request, Request)
    assert request.repeatable is False


def test_success_does_not_mean_that_a_job_was_accepted() -> None:
    (answer,) = post(
        JOB, answer=b'{"elements": [{"status": 422, "error": {"status": 422, "message": "ERROR :: /title"}}]}'
    )

    assert (answer.is_accepted, answer.status, answer.error.message) == (False, 422, "ERROR :: /title")


@pytest.mark.parametrize(
    "answer",
    [
        b"{}",
        b'{"elements": []}',
        b'{"elements": [7]}',
        b'{"elements": [{"id": "urn:li:share:1", "status": 202}]}',
        b'{"elements": [{"id": "%s"}, {"id": "%s"}]}' % (TASK.encode(), TASK.encode()),
    ],
)
def test_answers_about_other_jobs_are_unexpected(answer: bytes) -> None:
    with pytest.raises(UnexpectedResponse):
        post(JOB, answer=answer)


@pytest.mark.parametrize(
    "flow",
    [
        lambda: JobPostingStatuses.batch_get.flow(object(), "A1"),
        lambda: JobPostingStatuses.batch_get.flow(object(), []),
        lambda: JobApplications.download.flow(object(), "/ambry/?x=1"),
        lambda: JobApplicationLifecycleActions.create.flow(
            object(), "urn:li:jobApplication:1", action="APPLICATION_VIEWED", performed_at=NOON.replace(tzinfo=None)
        ),
        lambda: ProvisionedApplications.create.flow(object(), "a", name="LinkedIn jobs", description=""),
        lambda: ProvisionedApplications.create.flow(object(), "", name="jobs", description=""),
        lambda: ProvisionedApplications.update.flow(object(), "urn:li:developerApplication:1", Patch()),
        lambda: PartnerJobReports.batch_get.flow(
            object(), ["A1"], start=date(2026, 11, 2), end=date(2026, 11, 1), partner_contract_id=1
        ),
        lambda: Messages.create.flow(object(), [], body="x"),
        lambda: Messages.create.flow(object(), ["urn:li:person:x"], body=" "),
        lambda: Messages.reply.flow(object(), "urn:li:person:x", body="x"),
        lambda: DeveloperWebhooks.revalidate_webhook.flow(
            object(), "urn:li:developerApplication:1", webhook="http://hooks.example"
        ),
    ],
)
def test_what_cannot_be_asked_is_refused(flow: Any) -> None:
    with pytest.raises(InvalidArgument):
        next(flow())


def test_a_secret_is_not_shown() -> None:
    flow = ProvisionedApplications.create.flow(object(), "a", name="Jobs", description="")
    next(flow)

    with pytest.raises(StopIteration) as end:
        flow.send(
            Response(201, {}, b'{"key": "urn:li:developerApplication:5", "credentials": {"client_secret": "hush"}}')
        )

    assert "hush" not in repr(end.value.value)
    assert end.value.value.client_secret.reveal() == "hush"


def test_an_integrations_tenant_follows_from_the_product() -> None:
    assert integration(organization(7), "APPLY_CONNECT").tenant_type == "JOBS"
    assert integration(organization(7), "ONE_CLICK_EXPORT").tenant_type == "RECRUITER"
    assert integration(Urn("contract", "9"), "CSA_API").integration_context == Urn("contract", "9")
    with pytest.raises(InvalidArgument):
        integration(Urn("contract", "9"), "APPLY_CONNECT")


def test_an_application_without_answers_is_read() -> None:
    application = read_job_application(b'{"jobApplicationId": "urn:li:jobApplication:7", "externalJobPostingId": 42}')

    assert application.external_job_posting_id == "42"
    assert (application.display_name, application.email, application.resume, application.answers) == (
        "",
        None,
        None,
        {},
    )


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b'{"jobApplicationId": 7}', b"\xff", b"[" * 100_000])
def test_what_is_no_application_is_refused(body: bytes) -> None:
    with pytest.raises(InvalidArgument):
        read_job_application(body)
