"""Leads: what members answered to lead forms (versioned API).

LinkedIn keeps them for 365 or 90 days, by their type (UNCONFIRMED for which).

Source: "Lead Sync API", learn.microsoft.com /linkedin/marketing/lead-sync/leadsync
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, TypeAlias

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, operation, paged
from inroad.sdk.resources.ads import calls
from inroad.sdk.resources.entity import (
    Batch,
    Elements,
    Entity,
    Locale,
    Millis,
    Results,
    UrnText,
    as_urn,
    decoder,
    pages,
)
from inroad.sdk.resources.interval import time_range
from inroad.sdk.resources.lead_forms import (
    VERSIONED_LEAD_FORM,
    HiddenField,
    LeadForm,
    LeadFormContent,
    LeadOwner,
    owner_param,
    read_versioned_form,
)
from inroad.sdk.restli.shape import is_object

LEAD = "leadGenFormResponse"

LeadType: TypeAlias = Literal["SPONSORED", "EVENT", "COMPANY", "ORGANIZATION_PRODUCT"]

_PATH = "/rest/leadFormResponses"


class TextAnswer(Entity, frozen=True):
    """An answer in words."""

    answer: str = ""


class ChoiceAnswer(Entity, frozen=True):
    """An answer by the numbers of options."""

    options: tuple[int, ...] = ()


class AnswerDetails(Entity, frozen=True):
    """An answer: one of both."""

    text_question_answer: TextAnswer | None = None
    multiple_choice_answer: ChoiceAnswer | None = None


class LeadAnswer(Entity, frozen=True):
    """An answer and the number of its question, which only the form's version can name."""

    question_id: int
    name: str | None = None
    answer_details: AnswerDetails = AnswerDetails()

    @property
    def text(self) -> str | None:
        """The answer in words, None when it was chosen."""
        answer = self.answer_details.text_question_answer
        return None if answer is None else answer.answer

    @property
    def options(self) -> tuple[int, ...]:
        """The numbers of the options that were chosen."""
        answer = self.answer_details.multiple_choice_answer
        return () if answer is None else answer.options


class ConsentResponse(Entity, frozen=True):
    """Whether a box was checked."""

    consent_id: int
    accepted: bool = False


class FormResponse(Entity, frozen=True):
    """What was answered."""

    answers: tuple[LeadAnswer, ...] = ()
    consent_responses: tuple[ConsentResponse, ...] = ()


class LeadFormOfResponse(Entity, frozen=True):
    """The form as it comes with a lead: what was asked for of it, hidden fields among others."""

    id: int | None = None
    name: str | None = None
    creation_locale: Locale | None = None
    hidden_fields: tuple[HiddenField, ...] = ()
    content: LeadFormContent | None = None


class Lead(Entity, frozen=True):
    """A lead. Every field but the id is missing when it was not asked for, the last four unless it was.

    `associated_entity` names a creative or an event under a key of LinkedIn's; `entity` reads either.
    """

    id: str
    owner: LeadOwner = LeadOwner()
    lead_type: str = ""
    submitter: UrnText | None = None
    submitted_at: Millis | None = None
    test_lead: bool = False
    versioned_lead_gen_form_urn: UrnText | None = None
    lead_metadata: Mapping[str, Any] | None = None
    associated_entity: Mapping[str, Any] | None = None
    form_response: FormResponse = FormResponse()
    lead_metadata_info: Mapping[str, Any] | None = None
    associated_entity_info: Mapping[str, Any] | None = None
    owner_info: Mapping[str, Any] | None = None
    form: LeadFormOfResponse | None = None

    @property
    def urn(self) -> Urn:
        """The lead's URN, as notifications and conversion events name it."""
        return Urn(LEAD, self.id)

    @property
    def entity(self) -> Urn | None:
        """What the lead came from: a creative, an event; None when LinkedIn does not say."""
        return first_urn(self.associated_entity)

    @property
    def campaign(self) -> Urn | None:
        """The campaign of a sponsored lead."""
        metadata: object = (self.lead_metadata or {}).get("sponsoredLeadMetadata")
        return first_urn({"campaign": metadata.get("campaign")}) if is_object(metadata) else None

    def answers_of(self, form: LeadForm) -> Mapping[str, str]:
        """Return the answers by the questions' names, chosen options as their texts; several with commas between.

        Raises:
            InvalidArgument: the form is another one, or another version of it.
        """
        if self.versioned_lead_gen_form_urn is not None:
            urn, version = read_versioned_form(self.versioned_lead_gen_form_urn)
            if urn != form.urn or version != (form.version_id or version):
                raise InvalidArgument(f"the lead answers {urn} version {version}, not {form.urn} {form.version_id}")
        questions = form.questions
        found: dict[str, str] = {}
        for answer in self.form_response.answers:
            question = questions.get(answer.question_id)
            name = (question.name or question.question.text if question else answer.name) or str(answer.question_id)
            options: Mapping[int, str] = question.options if question else {}
            chosen = ", ".join(options.get(option, str(option)) for option in answer.options)
            found[name] = answer.text if answer.text is not None else chosen
        return found


_LEAD = decoder(Lead)
_LEAD_PAGE = decoder(Elements[Lead])
_LEAD_BATCH = decoder(Results[Lead])


class LeadFormResponses(Resource[IO]):
    """Leads (versioned API). They can be read only."""

    @operation
    def get(self, lead: Urn | str, *, fields: Sequence[str] | None = None) -> Flow[Lead]:
        """Return a lead.

        Args:
            lead: Its id, or its URN as a notification names it; all of what follows the kind is the id.
            fields: Only these of LinkedIn's names; `form:(name,hiddenFields)`, `ownerInfo`, `leadMetadataInfo` and
                `associatedEntityInfo` come only when they are named.

        Raises:
            NotFound: there is no such lead: deleted, or older than LinkedIn keeps.
            Forbidden: the product, the scope or the role on the page is missing.

        Scopes: r_marketing_leadgen_automation.
        Roles: for SPONSORED one on the account and, on its organization's page, ADMINISTRATOR, LEAD_GEN_FORMS_MANAGER,
            CURATOR, CONTENT_ADMINISTRATOR or ANALYST.
        """
        return (yield from calls.get(calls.entity_path(_PATH, lead_id(lead)), _LEAD, fields, "id"))

    @operation
    def batch_get(self, leads: Sequence[Urn | str], *, fields: Sequence[str] | None = None) -> Flow[Batch[Lead]]:
        """Return several leads by URN; those that cannot be read are in `missing`.

        Scopes: as for `get`.
        """
        keys = [lead_id(lead) for lead in leads]
        return (yield from calls.batch_get(_PATH, keys, _LEAD_BATCH, lambda key: Urn(LEAD, key), fields, "id"))

    @paged
    def find_by_owner(
        self,
        owner: Urn | str,
        *,
        lead_type: LeadType,
        form: Urn | str | None = None,
        associated_entity: Mapping[str, Urn] | None = None,
        start: datetime | None = None,
        end: datetime | None = None,
        is_test: bool = False,
        count: int = 100,
        fields: Sequence[str] | None = None,
    ) -> Flow[Page[Lead]]:
        """Yield the leads of an ad account or an organization, in no particular order.

        UNCONFIRMED: whether `end` is in the range: ask with an overlap and tell leads apart by their ids. Whether test
        leads come with the others: look at `test_lead`.

        Args:
            owner: An ad account's URN for SPONSORED, else an organization's.
            lead_type: Where they came from.
            form: Only answers to this version of a form; `lead_forms.versioned_form` makes its URN.
            associated_entity: Only from this, such as `{"event": urn}`.
            start: Submitted from this instant on.
            end: Submitted before this instant.
            is_test: Only test leads.
            count: Leads per page, 1 to 1,000. Pages are fetched as you iterate.
            fields: Only these of LinkedIn's names; see `get`.

        Raises:
            InvalidArgument: the owner does not fit the type.
            Forbidden: the product, the scope or the role on the page is missing.

        Scopes: r_marketing_leadgen_automation; for EVENT also r_events.
        Roles: as for `get`.
        """
        params: dict[str, object] = {
            "q": "owner",
            "owner": owner_for(owner, lead_type),
            "leadType": {"leadType": lead_type},
            "limitedToTestLeads": is_test,
            **calls.offset_params(count),
        }
        if form is not None:
            params["versionedLeadGenFormUrn"] = as_urn(form, VERSIONED_LEAD_FORM, name="form")
        if associated_entity is not None:
            params["associatedEntity"] = dict(associated_entity)
        if start is not None or end is not None:
            params["submittedAtTimeRange"] = time_range(start, end)
        request = Request("GET", _PATH, calls.with_fields(params, fields, "id"), restli_method="FINDER")
        return (yield from pages(request, _LEAD_PAGE))


def lead_id(lead: Urn | str) -> str:
    """Return a lead's id from its URN or from itself.

    Raises:
        InvalidArgument: it is the URN of something else, or nothing.
    """
    text = str(lead)
    if text.startswith("urn:"):
        return as_urn(lead, LEAD, name="lead").id
    if not text:
        raise InvalidArgument("lead must not be empty")
    return text


def owner_for(owner: Urn | str, lead_type: str) -> Mapping[str, Urn]:
    """Return an owner as a parameter, refused when it does not fit the type of lead."""
    param = owner_param(owner)
    if ("sponsoredAccount" in param) != (lead_type == "SPONSORED"):
        raise InvalidArgument(f"leads of the type {lead_type} are not of {next(iter(param.values()))}")
    return param


def first_urn(named: Mapping[str, Any] | None) -> Urn | None:
    """Return the first URN among an object's values, whatever its key."""
    for value in (named or {}).values():
        if isinstance(value, str) and value.startswith("urn:"):
            try:
                return Urn.parse(value)
            except ValueError:
                continue
    return None
