"""Candidates and applications that are kept in step with Recruiter."""

from contract.people import ANNEKE, ORGANIZATION, at
from contract.replay import Call, Has, call
from inroad.sdk.resources.ats_applications import (
    ApplicationKey,
    ApplicationNote,
    ApplicationStage,
    AtsApplication,
    Evaluation,
    InterviewFeedback,
    NoteAuthor,
)
from inroad.sdk.resources.ats_candidates import AtsCandidate, CandidateAddress, CandidateKey, CandidatePhone

INES, NOBODY = CandidateKey("C1", ORGANIZATION), CandidateKey("C2", ORGANIZATION)
APPLICATION = ApplicationKey("A1", ORGANIZATION)
CANDIDATE = AtsCandidate(
    first_name="Ines",
    last_name="Duarte",
    email_addresses=("ines@example.org",),
    phone_numbers=(CandidatePhone(number="+353850000000"),),
    addresses=(CandidateAddress(city="Cork", country="IE"),),
    current_job_title="Joiner",
    ats_created_at=at(1793450000000),
)
ADA = NoteAuthor(first_name="Ada", last_name="Okafor")

CALLS: dict[str, Call] = {
    "ats_candidates.batch_update": call(
        lambda linkedin: linkedin.ats_candidates.batch_update({INES: CANDIDATE}), Has(results={INES: 201}, errors={})
    ),
    "ats_candidates.match_members": call(
        lambda linkedin: linkedin.ats_candidates.match_members({INES: ANNEKE}), Has(results={INES: 204}, errors={})
    ),
    "ats_candidates.batch_get": call(
        lambda linkedin: linkedin.ats_candidates.batch_get([INES, NOBODY]),
        Has(results={INES: CANDIDATE}, errors={NOBODY: Has(status=404)}),
    ),
    "ats_candidates.batch_delete": call(
        lambda linkedin: linkedin.ats_candidates.batch_delete([INES]), Has(results={INES: 204}, errors={})
    ),
    "ats_applications.batch_update": call(
        lambda linkedin: linkedin.ats_applications.batch_update(
            {
                APPLICATION: AtsApplication(
                    ats_candidate_id="C1",
                    ats_job_posting_id="SJ-0042",
                    ats_job_posting_name="Data engineer",
                    source="LinkedIn",
                    ats_created_at=at(1793450000000),
                )
            }
        ),
        Has(results={APPLICATION: 201}),
    ),
    "ats_applications.batch_delete": call(
        lambda linkedin: linkedin.ats_applications.batch_delete([APPLICATION]), Has(results={APPLICATION: 204})
    ),
    "ats_applications.update_stages": call(
        lambda linkedin: linkedin.ats_applications.update_stages(
            APPLICATION,
            {
                "S1": ApplicationStage(stage="Phone interview", ats_created_at=at(1793450000000)),
                "S2": ApplicationStage(stage="Offer", ats_created_at=at(1793550000000)),
            },
        ),
        Has(results={"S1": 201}, errors={"S2": Has(status=422)}),
    ),
    "ats_applications.update_notes": call(
        lambda linkedin: linkedin.ats_applications.update_notes(
            APPLICATION, {"N1": ApplicationNote(note="Knows wood", author=ADA)}
        ),
        Has(results={"N1": 201}),
    ),
    "ats_applications.update_interview_feedback": call(
        lambda linkedin: linkedin.ats_applications.update_interview_feedback(
            APPLICATION,
            {
                "F1": InterviewFeedback(
                    feedback="Yes",
                    interviewer=ADA,
                    evaluations=(Evaluation(attribute="Python", result="strong"),),
                )
            },
        ),
        Has(results={"F1": 201}),
    ),
}
