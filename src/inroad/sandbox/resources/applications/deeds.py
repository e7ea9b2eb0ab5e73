"""People apply at LinkedIn, and their applications go out.

Source: "Receive Applications", learn.microsoft.com /linkedin/talent/apply-connect/receive-applications.
UNCONFIRMED: the name of the external job's id (`apply.job_id_field`), the insides of work, education, location and
document answers.
"""

from collections.abc import Mapping
from typing import Any, Final

from inroad.common.clock import to_millis
from inroad.sandbox.resources.applications.state import Application, Applications
from inroad.sandbox.resources.jobs.state import Job, Jobs, place_of
from inroad.sandbox.resources.jobs.tasks import questions_of, refuse_onsite
from inroad.sandbox.shape import is_object
from inroad.sandbox.webhooks.state import enrol, queue
from inroad.sandbox.world import Member, World

TOO_MANY: Final = 1157
_SECTION: Final = "QuestionRequirement"


def apply(
    world: World,
    job: Job,
    *,
    member: Member | None = None,
    first_name: str = "Ines",
    last_name: str = "Duarte",
    email: str = "ines.duarte@example.test",
    answers: Mapping[str, Any] | None = None,
) -> Application:
    """Let somebody apply at LinkedIn, and owe the application to the job's webhook.

    Args:
        world: Where.
        job: To what.
        member: Who; left out, somebody outside this world with the names given.
        first_name: Of somebody outside.
        last_name: Of somebody outside.
        email: Of somebody outside.
        answers: Answers to custom questions by `partnerQuestionIdentifier`; left out, believable ones.

    Raises:
        ValueError: the job is closed, or takes applications at its own address.
    """
    if not job.is_listed(world.clock.now()):
        raise ValueError(f"job {job.external_id!r} is not listed")
    if job.onsite is None or job.owner not in world.apps:
        raise ValueError(
            f"job {job.external_id!r} takes applications at {job.fields.get('companyApplyUrl', 'its own')}"
        )
    kept = world.state(Applications)
    kept.last_id += 1
    made = Application(
        id=kept.last_id,
        job=place_of(job.owner, job.external_id),
        client_id=job.owner,
        applicant="" if member is None else member.id,
        first_name=first_name if member is None else member.first_name,
        last_name=last_name if member is None else member.last_name,
        email=email if member is None else member.email,
        applied_at=world.clock.now(),
        answers=dict(answers or {}),
        skills=[
            {"skillUrn": "urn:li:skill:1346", "skillName": "Python", "jobMatched": True, "assessmentVerified": False}
        ],
        media=world.new_id(16),
    )
    kept.by_urn[made.urn] = made
    kept.by_media[made.media] = made.urn
    job.applications += 1
    url = job.onsite["jobApplicationWebhookUrl"]
    hook = enrol(world, client_id=job.owner, family="job_application", url=url, origin="job")
    queue(world, hook, payload(world, job, made), subject=made.urn)
    return made


def note_delivery(world: World, urn: str, *, arrived: bool) -> None:
    """Write down whether an application arrived; a job whose very first one is lost takes no more of them here."""
    application = world.state(Applications).by_urn.get(urn)
    job = None if application is None else world.state(Jobs).jobs.get(application.job)
    if application is None or job is None:
        return
    application.arrived = arrived
    if arrived:
        job.has_delivered = True
    elif not job.has_delivered:
        refuse_onsite(job, "The first application could not be delivered; the job takes applications off-site.")


def payload(world: World, job: Job, application: Application) -> dict[str, Any]:
    """Return what the job's webhook is sent. Sections that were not asked for are not there."""
    person = f"urn:li:person:{application.applicant or application.media[:10]}"
    if application.applicant:
        person = f"urn:li:person:{world.scoped_id(job.owner, application.applicant)}"
    body: dict[str, Any] = {
        "type": "EXPORT_JOB_APPLICATION",
        "jobApplicationId": application.urn,
        "jobApplicant": person,
        "appliedAt": to_millis(application.applied_at),
        "questionResponses": _responses(job, application),
        "applicantSkills": application.skills,
    }
    named = world.switches["apply.job_id_field"]
    for name in ("externalJobId", "externalJobPostingId"):
        if named in (name, "both"):
            body[name] = job.external_id
    return body


def resume_address(application: Application) -> str:
    """Return where a resume is fetched, at LinkedIn's own host; a sandbox answers the same path."""
    return f"https://www.linkedin.com/ambry/?x-li-ambry-ep={application.media}"


def _responses(job: Job, application: Application) -> dict[str, Any]:
    onsite = job.onsite or {}
    asked = onsite.get("questions", {})
    contact: dict[str, Any] = {
        "firstNameAnswer": {"value": application.first_name},
        "lastNameAnswer": {"value": application.last_name},
        "emailAnswer": {"value": application.email},
        "cellphoneNumberQuestionAnswer": {"countryCode": "353", "nationalNumber": "850000000"},
    }
    found: dict[str, Any] = {"contactInformationQuestionResponses": contact}
    if _is_asked(asked, "resumeQuestions", "resume"):
        found["resumeQuestionResponses"] = {
            "resumeQuestionAnswer": {
                "mediaUrl": resume_address(application),
                "mediaUrn": f"urn:li:media:{application.media}",
            }
        }
    if _is_asked(asked, "coverLetterQuestions", "textCoverLetter", default="SKIP"):
        found["coverLetterQuestionResponses"] = {
            "textCoverLetterQuestionAnswer": {"answer": {"value": "I would like to work with you."}}
        }
    if "workQuestions" in asked:
        found["workQuestionResponses"] = {"workExperienceQuestionSetResponses": []}
    if "educationQuestions" in asked:
        found["educationQuestionResponses"] = {"educationExperienceQuestionSetResponses": []}
    custom = [_answered(question, application.answers) for question in questions_of(onsite)]
    if custom:
        found["additionalQuestionResponses"] = {"customQuestionSetResponses": [{"customQuestionResponses": custom}]}
    return found


def _is_asked(asked: Mapping[str, Any], section: str, name: str, *, default: str = "OPTIONAL") -> bool:
    return section in asked and asked[section].get(f"{name}{_SECTION}", default) != "SKIP"


def _answered(question: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, Any]:
    identifier = question["partnerQuestionIdentifier"]
    (kind, details), *_ = question["questionDetails"].items()
    given = answers.get(identifier)
    if is_object(given):
        answer: dict[str, Any] = given
    elif kind == "multipleChoiceQuestionDetails":
        names = [given] if isinstance(given, str) else given or [details["choices"][0]["symbolicName"]]
        answer = {"multipleChoiceAnswerValue": {"symbolicNames": names}}
    elif kind == "numericQuestionDetails":
        is_whole = "decimalQuestionDetails" not in details
        answer = {"numericAnswerValue": {"integerValue" if is_whole else "decimalValue": 7 if given is None else given}}
    elif kind == "dateRangeQuestionDetails":
        answer = {"dateAnswerValue": given or {"year": 2024, "month": 3, "day": 1}}
    elif kind == "documentQuestionDetails":
        answer = {"DocumentAnswerValue": given or {"mediaUrn": "urn:li:media:document"}}
    else:
        answer = {"textAnswerValue": {"value": "The team." if given is None else str(given)}}
    return {"questionIdentifier": identifier, "answer": answer}


def over_limit(job: Job) -> None:
    """Switch a job's applications off as LinkedIn does when the free ones are used up (May 2025)."""
    refuse_onsite(job, "The limit of free applications was exceeded.", code=TOO_MANY)
