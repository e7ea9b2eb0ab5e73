"""A customer's job applications and their stages, kept in step with Recruiter (unversioned API, protocol 1.0.0).

Source: LinkedIn's request collection, linkedin-developers/recruiter-system-connect-development-tools
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Flow, Request, Resource, operation
from inroad.sdk.resources.ads.values import to_wire
from inroad.sdk.resources.entity import Entity, as_batch
from inroad.sdk.resources.talent import PROTOCOL_1, asked_for, compound_ids, read_changes
from inroad.sdk.restli.batch import BatchResult
from inroad.sdk.restli.legacy import encode_key, encode_query

_PATH = "/v2/atsApplications"


class ApplicationKey(msgspec.Struct, frozen=True):
    """A job application, by the partner's id, of a customer: an organization or a contract."""

    ats_job_application_id: str
    integration_context: Urn

    @property
    def parts(self) -> dict[str, str]:
        """The key's parts, as LinkedIn names them."""
        context = str(self.integration_context)
        return {
            "atsJobApplicationId": self.ats_job_application_id,
            "dataProvider": "ATS",
            "integrationContext": context,
        }


class AtsApplication(Entity, frozen=True):
    """A job application, as the customer's system knows it."""

    ats_candidate_id: str
    ats_job_posting_id: str
    ats_job_posting_name: str
    candidate_email: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    source: str | None = None
    disposition_reason: str | None = None
    ats_created_at: datetime | None = None
    ats_last_modified_at: datetime | None = None


class ApplicationStage(Entity, frozen=True):
    """What an application came to, and when."""

    stage: str
    ats_created_at: datetime


class NoteAuthor(Entity, frozen=True):
    """Who wrote something down."""

    first_name: str
    last_name: str


class ApplicationNote(Entity, frozen=True):
    """Something written down about an application."""

    note: str
    author: NoteAuthor
    ats_created_at: datetime | None = None


class Evaluation(Entity, frozen=True):
    """What an interviewer thinks of one thing."""

    attribute: str
    result: str


class InterviewFeedback(Entity, frozen=True):
    """What an interviewer thinks."""

    feedback: str
    interviewer: NoteAuthor
    evaluations: tuple[Evaluation, ...] = ()
    ats_created_at: datetime | None = None


class AtsApplications(Resource[IO]):
    """A customer's job applications and their stages, kept in step with Recruiter."""

    @operation
    def batch_update(
        self, applications: Mapping[ApplicationKey, AtsApplication]
    ) -> Flow[BatchResult[ApplicationKey, int]]:
        """Make or replace applications; the answer says of each whether it was done.

        Access: client credentials of the customer's app, Recruiter System Connect.
        """
        keys = as_batch(list(applications), name="applications")
        entities = {encode_key(key.parts): to_wire(applications[key]) for key in keys}
        request = Request(
            "PUT",
            _PATH,
            query=compound_ids(key.parts for key in keys),
            json={"entities": entities},
            headers=PROTOCOL_1,
            restli_method="BATCH_UPDATE",
        )
        return read_changes((yield request), lambda text: asked_for(text, keys, lambda key: key.parts))

    @operation
    def batch_delete(self, keys: Sequence[ApplicationKey]) -> Flow[BatchResult[ApplicationKey, int]]:
        """Have LinkedIn forget applications; the answer says of each whether it is gone.

        Access: client credentials of the customer's app, Recruiter System Connect.
        """
        asked = as_batch(keys, name="keys")
        query = compound_ids(key.parts for key in asked)
        response = yield Request("DELETE", _PATH, query=query, headers=PROTOCOL_1, restli_method="BATCH_DELETE")
        return read_changes(response, lambda text: asked_for(text, asked, lambda key: key.parts))

    @operation
    def update_stages(
        self, application: ApplicationKey, stages: Mapping[str, ApplicationStage]
    ) -> Flow[BatchResult[str, int]]:
        """Say through which stages an application went, by the partner's ids of them.

        Access: client credentials of the customer's app, Recruiter System Connect.
        """
        return (yield from _update(application, "stages", stages))

    @operation
    def update_notes(
        self, application: ApplicationKey, notes: Mapping[str, ApplicationNote]
    ) -> Flow[BatchResult[str, int]]:
        """Say what was written down about an application, by the partner's ids of the notes.

        Access: client credentials of the customer's app, Recruiter System Connect.
        """
        return (yield from _update(application, "notes", notes))

    @operation
    def update_interview_feedback(
        self, application: ApplicationKey, feedback: Mapping[str, InterviewFeedback]
    ) -> Flow[BatchResult[str, int]]:
        """Say what interviewers thought of an applicant, by the partner's ids of what they said.

        Access: client credentials of the customer's app, Recruiter System Connect.
        """
        return (yield from _update(application, "interviewFeedback", feedback))


def _update(application: ApplicationKey, part: str, records: Mapping[str, Entity]) -> Flow[BatchResult[str, int]]:
    ids = as_batch(list(records), name=part)
    if not all(ids):
        raise InvalidArgument(f"an id of {part} is empty")
    entities: dict[str, Any] = {encode_key(id): to_wire(records[id]) for id in ids}
    request = Request(
        "PUT",
        f"{_PATH}/{encode_key(application.parts)}/{part}",
        query=encode_query({"ids": ids}),
        json={"entities": entities},
        headers=PROTOCOL_1,
        restli_method="BATCH_UPDATE",
    )
    return read_changes((yield request), str)
