"""Applications made on LinkedIn, as Apply Connect delivers them to a job's webhook; and the files that come with them.

The webhook has to answer 200 exactly. LinkedIn sends an application seven times at most, and when the first one of a
job cannot be delivered, applicants are sent to the company's own page from then on. None can be asked for again.
Source: "Receive Applications", learn.microsoft.com /linkedin/talent/apply-connect/receive-applications
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Flow, Request, Resource, operation
from inroad.sdk.resources.entity import Entity, Millis, UrnText, decoder
from inroad.sdk.restli.shape import is_list, is_object

APPLICATION_EXPORT = "EXPORT_JOB_APPLICATION"


class TextAnswer(Entity, frozen=True):
    """Words."""

    value: str | None = None


class PhoneAnswer(Entity, frozen=True):
    """A telephone number, in parts."""

    country_code: str | int | None = None
    national_number: str | int | None = None
    extension: str | None = None

    @property
    def text(self) -> str | None:
        """The number as it is dialled from abroad."""
        if not self.national_number:
            return None
        return f"+{self.country_code}{self.national_number}" if self.country_code else str(self.national_number)


class FileAnswer(Entity, frozen=True):
    """A file: `job_applications.download(media_url)` brings it, for 30 days."""

    media_url: str | None = None
    media_urn: UrnText | None = None


class ContactAnswers(Entity, frozen=True):
    """How to reach the applicant. UNCONFIRMED: the inside of `location_answer`."""

    first_name_answer: TextAnswer | None = None
    middle_name_answer: TextAnswer | None = None
    last_name_answer: TextAnswer | None = None
    email_answer: TextAnswer | None = None
    cellphone_number_question_answer: PhoneAnswer | None = None
    location_answer: Mapping[str, Any] | None = None


class ResumeAnswers(Entity, frozen=True):
    """The resume, when there is one."""

    resume_question_answer: FileAnswer | None = None


class CustomAnswer(Entity, frozen=True):
    """An answer to a question of the employer's, by that question's identifier; `answer` is as LinkedIn sent it."""

    question_identifier: str
    answer: Mapping[str, Any] = {}

    @property
    def value(self) -> object:
        """The text, the number or the tuple of chosen names; other kinds of answer as LinkedIn sent them."""
        for kind, inside in self.answer.items():
            if not is_object(inside):
                continue
            names = inside.get("symbolicNames")
            if kind == "multipleChoiceAnswerValue" and is_list(names):
                return tuple(names)
            if kind in {"textAnswerValue", "numericAnswerValue"}:
                return next(iter(inside.values()), None)
        return self.answer


class CustomAnswerSet(Entity, frozen=True):
    """Answers to one set of questions."""

    custom_question_responses: tuple[CustomAnswer, ...] = ()


class AdditionalAnswers(Entity, frozen=True):
    """Answers to the employer's own questions."""

    custom_question_set_responses: tuple[CustomAnswerSet, ...] = ()


class QuestionResponses(Entity, frozen=True):
    """All answers. UNCONFIRMED: the inside of the letter, the positions and the educations, which are kept as sent."""

    contact_information_question_responses: ContactAnswers = ContactAnswers()
    resume_question_responses: ResumeAnswers = ResumeAnswers()
    cover_letter_question_responses: Mapping[str, Any] | None = None
    work_question_responses: Mapping[str, Any] | None = None
    education_question_responses: Mapping[str, Any] | None = None
    voluntary_self_identification_question_responses: Mapping[str, Any] | None = None
    additional_question_responses: AdditionalAnswers = AdditionalAnswers()


class ApplicantSkill(Entity, frozen=True):
    """A skill that LinkedIn set beside the job; at most three are sent."""

    skill_name: str = ""
    skill_urn: UrnText | None = None
    job_matched: bool | None = None
    assessment_verified: bool | None = None


class JobApplication(Entity, frozen=True):
    """An application. `job_application_id` has to be kept: it is what the applicant's progress is told by."""

    job_application_id: UrnText
    type: str = APPLICATION_EXPORT
    job_applicant: UrnText | None = None
    job_posting: UrnText | None = None
    applied_at: Millis | None = None
    question_responses: QuestionResponses = QuestionResponses()
    applicant_skills: tuple[ApplicantSkill, ...] = ()
    # UNCONFIRMED: which of the two names the partner's id of the job goes by; a recorded delivery would show it.
    _external_job_id: str | int | None = msgspec.field(name="externalJobId", default=None)
    _external_job_posting_id: str | int | None = msgspec.field(name="externalJobPostingId", default=None)

    @property
    def external_job_posting_id(self) -> str | None:
        """The partner's id of the job."""
        known = self._external_job_posting_id if self._external_job_id is None else self._external_job_id
        return None if known is None else str(known)

    @property
    def display_name(self) -> str:
        """First and last name."""
        contact = self.question_responses.contact_information_question_responses
        names = (contact.first_name_answer, contact.last_name_answer)
        return " ".join(name.value for name in names if name and name.value)

    @property
    def email(self) -> str | None:
        """The applicant's address."""
        answer = self.question_responses.contact_information_question_responses.email_answer
        return answer.value if answer else None

    @property
    def resume(self) -> FileAnswer | None:
        """The resume, when there is one."""
        return self.question_responses.resume_question_responses.resume_question_answer

    @property
    def answers(self) -> dict[str, object]:
        """Answers to the employer's questions, by identifier; of a repeated set those of its last repetition."""
        sets = self.question_responses.additional_question_responses.custom_question_set_responses
        return {answer.question_identifier: answer.value for each in sets for answer in each.custom_question_responses}


_APPLICATION = decoder(JobApplication)


def read_job_application(body: bytes) -> JobApplication:
    """Read what LinkedIn sent to a job's webhook; verify its signature first.

    Raises:
        InvalidArgument: it is something else.
    """
    try:
        return _APPLICATION.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as cause:
        raise InvalidArgument(f"not a job application: {cause}") from cause


class JobApplications(Resource[IO]):
    """Files of applications made on LinkedIn."""

    @operation
    def download(self, media_url: str) -> Flow[bytes]:
        """Return an applicant's file.

        Args:
            media_url: The address that stands in the application; it works for 30 days.

        Raises:
            InvalidArgument: the address is not one of LinkedIn's, so the token is not sent there.
            Forbidden: the token is not of the customer's (child) app, or the file is gone.

        Access: client credentials of the child app.
        """
        if not media_url.startswith(("https://", "http://")):
            raise InvalidArgument(f"media_url must be an address, got {media_url[:80]!r}")
        response = yield Request("GET", media_url)
        return response.content
