"""Lead forms: what members are asked in an ad, at an event or on a page (versioned API).

Source: "Lead Sync API", learn.microsoft.com /linkedin/marketing/lead-sync/leadsync
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal, TypeAlias

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, operation, paged
from inroad.sdk.resources.ads import calls
from inroad.sdk.resources.ads.calls import ACCOUNT, Key, created_urn, number_of, urn_of
from inroad.sdk.resources.ads.values import Record, to_wire
from inroad.sdk.resources.entity import (
    Batch,
    Elements,
    Entity,
    Locale,
    LocalizedText,
    Millis,
    Results,
    UrnText,
    as_urn,
    decoder,
    pages,
)
from inroad.sdk.restli.patch import Patch

LEAD_FORM = "leadGenForm"
VERSIONED_LEAD_FORM = "versionedLeadGenForm"

LeadFormState: TypeAlias = Literal["DRAFT", "PUBLISHED", "ARCHIVED"]
PredefinedField: TypeAlias = Literal[
    "FIRST_NAME",
    "LAST_NAME",
    "EMAIL",
    "WORK_EMAIL",
    "PHONE_NUMBER",
    "JOB_TITLE",
    "JOB_FUNCTION",
    "COMPANY_NAME",
    "WORK_PHONE_NUMBER",
    "LINKEDIN_PROFILE_LINK",
]
"""What LinkedIn fills in from the profile; there are more. The last two are UNCONFIRMED."""

_PATH = "/rest/leadForms"


class LeadOwner(Entity, frozen=True):
    """Whose form or lead it is: an ad account's, or an organization's."""

    sponsored_account: UrnText | None = None
    organization: UrnText | None = None

    @property
    def urn(self) -> Urn | None:
        """The owner's URN, of whichever kind."""
        return self.sponsored_account or self.organization


class TextQuestion(Entity, frozen=True):
    """A question that is answered with a text."""

    max_response_length: int | None = None


class AnswerOption(Entity, frozen=True):
    """One of the answers to choose from."""

    id: int
    text: LocalizedText = LocalizedText()


class MultipleChoiceQuestion(Entity, frozen=True):
    """A question that is answered by choosing."""

    options: tuple[AnswerOption, ...] = ()


class QuestionDetails(Entity, frozen=True):
    """How a question is answered: one of both."""

    text_question_details: TextQuestion | None = None
    multiple_choice_question_details: MultipleChoiceQuestion | None = None


class LeadQuestion(Entity, frozen=True):
    """A question of a form. `predefined_field` is missing on questions of one's own."""

    name: str | None = None
    question: LocalizedText = LocalizedText()
    question_id: int | None = None
    predefined_field: str | None = None
    response_required: bool = False
    response_editable: bool = True
    question_details: QuestionDetails | None = None

    @property
    def options(self) -> Mapping[int, str]:
        """The answers to choose from, by number; none for a question that is answered with a text."""
        details = self.question_details
        choice = None if details is None else details.multiple_choice_question_details
        return {} if choice is None else {option.id: option.text.text for option in choice.options}


class LeadConsent(Entity, frozen=True):
    """A box to check. Numbers count from 0."""

    id: int
    consent: LocalizedText = LocalizedText()
    check_required: bool = False


class LegalInfo(Entity, frozen=True):
    """What the form says of privacy."""

    privacy_policy_url: str | None = None
    legal_info_id: int | None = None
    legal_disclaimer: LocalizedText | None = None
    consents: tuple[LeadConsent, ...] = ()


class CallToActionTarget(Entity, frozen=True):
    """Where the last button leads."""

    landing_page_url: str | None = None


class FormCallToAction(Entity, frozen=True):
    """The last button, such as VISIT_COMPANY_WEBSITE, LEARN_MORE or DOWNLOAD."""

    call_to_action_label: str | None = None
    call_to_action_target: CallToActionTarget | None = None


class PostSubmissionInfo(Entity, frozen=True):
    """What is shown when the form has been sent."""

    message: LocalizedText = LocalizedText()
    call_to_action: FormCallToAction | None = None


class LeadFormContent(Entity, frozen=True):
    """What a form shows."""

    headline: LocalizedText = LocalizedText()
    description: LocalizedText | None = None
    questions: tuple[LeadQuestion, ...] = ()
    legal_info: LegalInfo | None = None
    post_submission_info: PostSubmissionInfo | None = None


class HiddenField(Entity, frozen=True):
    """Something that a form carries along, such as `utm_source`."""

    name: str
    value: str | None = None


class ReviewInfo(Entity, frozen=True):
    """What LinkedIn thinks of a form: PENDING, APPROVED, REJECTED or NEEDS_REVIEW."""

    review_status: str | None = None
    rejection_reasons: tuple[str, ...] = ()
    last_updated: Millis | None = None


class LeadForm(Record, frozen=True):
    """A form. `version_id` grows when a published one is edited; a lead names the form and the version.

    `review_info` is missing before the review.
    """

    READ_ONLY: ClassVar[frozenset[str]] = frozenset(
        {"id", "versionId", "owner", "creationLocale", "reviewInfo", "created", "lastModified"}
    )

    id: int
    version_id: int | None = None
    owner: LeadOwner = LeadOwner()
    name: str = ""
    creation_locale: Locale | None = None
    state: str = ""
    content: LeadFormContent = LeadFormContent()
    hidden_fields: tuple[HiddenField, ...] = ()
    review_info: ReviewInfo | None = None
    created: Millis | None = None
    last_modified: Millis | None = None

    @property
    def urn(self) -> Urn:
        """The form's URN."""
        return Urn(LEAD_FORM, str(self.id))

    @property
    def questions(self) -> Mapping[int, LeadQuestion]:
        """The questions by number, for reading a lead's answers: of this version of the form only."""
        return {each.question_id: each for each in self.content.questions if each.question_id is not None}


class NewLeadForm(Entity, frozen=True):
    """What a form is created of. UNCONFIRMED: at most 12 questions, 3 of one's own, 5 consents, 20 hidden fields."""

    name: str
    creation_locale: Locale
    content: LeadFormContent
    state: LeadFormState = "DRAFT"
    hidden_fields: tuple[HiddenField, ...] = ()


_FORM = decoder(LeadForm)
_FORM_PAGE = decoder(Elements[LeadForm])
_FORM_BATCH = decoder(Results[LeadForm])


def versioned_form(form: Key, version: int) -> Urn:
    """Return the URN of one version of a form, as leads name it."""
    return Urn(VERSIONED_LEAD_FORM, f"({urn_of(form, LEAD_FORM, name='form')},{version:d})")


def read_versioned_form(urn: Urn | str) -> tuple[Urn, int]:
    """Return the form and the version that a versioned form's URN names; blanks after the comma are tolerated.

    Raises:
        InvalidArgument: it is no such URN.
    """
    text = "".join(urn.split()) if isinstance(urn, str) else str(urn)
    known = as_urn(text, VERSIONED_LEAD_FORM, name="urn")
    if len(known.parts) != 2 or not (known.parts[1].isascii() and known.parts[1].isdigit()):
        raise InvalidArgument(f"a versioned form names a form and a version, got {text!r}")
    return urn_of(known.parts[0], LEAD_FORM, name="urn"), int(known.parts[1])


class LeadForms(Resource[IO]):
    """Lead forms (versioned API)."""

    @operation
    def create(self, owner: Urn | str, form: NewLeadForm) -> Flow[Urn]:
        """Create a form and return its URN. Never repeated on its own.

        Args:
            owner: An ad account's or an organization's URN; new forms of pages cannot be created any more.
            form: What to create.

        Raises:
            InvalidArgument: the owner is neither, or the form asks nothing or names no privacy policy.
            Forbidden: the member has no role on the account or the page.

        Scopes: rw_ads, or r_marketing_leadgen_automation with the Lead Sync API.
        """
        if not form.content.questions:
            raise InvalidArgument("a form needs one question at least")
        if form.content.legal_info is None or not form.content.legal_info.privacy_policy_url:
            raise InvalidArgument("a form needs a privacy_policy_url")
        body = {"owner": to_wire(owner_param(owner)), **to_wire(form)}
        return created_urn((yield Request("POST", _PATH, json=body, repeatable=False)), LEAD_FORM)

    @operation
    def get(self, form: Key, *, fields: Sequence[str] | None = None) -> Flow[LeadForm]:
        """Return a form, in its current version: compare `version_id` with the lead's before joining answers.

        Raises:
            NotFound: there is no such form.

        Scopes: r_ads, rw_ads or r_marketing_leadgen_automation.
        """
        return (yield from calls.get(_entity(form), _FORM, fields, "id"))

    @operation
    def batch_get(self, forms: Sequence[Key], *, fields: Sequence[str] | None = None) -> Flow[Batch[LeadForm]]:
        """Return several forms by URN, in their current versions; those that cannot be read are in `missing`.

        Scopes: as for `get`.
        """
        keys = [_number(form) for form in forms]
        return (yield from calls.batch_get(_PATH, keys, _FORM_BATCH, _urn, fields, "id"))

    @paged
    def find_by_owner(
        self, owner: Urn | str, *, count: int = 100, fields: Sequence[str] | None = None
    ) -> Flow[Page[LeadForm]]:
        """Yield the forms of an ad account or an organization.

        Args:
            owner: An ad account's or an organization's URN.
            count: Forms per page, 1 to 1,000. Pages are fetched as you iterate.
            fields: Only these of LinkedIn's names.

        Scopes: as for `get`.
        """
        params = {"q": "owner", "owner": owner_param(owner), **calls.offset_params(count)}
        request = Request("GET", _PATH, calls.with_fields(params, fields, "id"), restli_method="FINDER")
        return (yield from pages(request, _FORM_PAGE))

    @operation
    def update(self, form: Key, patch: Patch) -> Flow[None]:
        """Change some of a form's fields, such as its state.

        UNCONFIRMED: whether the questions of a published form can be changed.

        Scopes: rw_ads, or r_marketing_leadgen_automation with the Lead Sync API.
        """
        yield from calls.update(_entity(form), patch)


def owner_param(owner: Urn | str) -> Mapping[str, Urn]:
    """Return an owner as the lead resources name it.

    Raises:
        InvalidArgument: it is neither an ad account nor an organization.
    """
    urn = as_urn(owner, ACCOUNT, "organization", name="owner")
    return {"sponsoredAccount" if urn.kind == ACCOUNT else "organization": urn}


def _number(form: Key) -> int:
    # Creatives name the same form `urn:li:adForm:...`.
    if isinstance(form, Urn | str) and str(form).startswith("urn:li:adForm:"):
        return number_of(form, "adForm", name="form")
    return number_of(form, LEAD_FORM, name="form")


def _urn(key: str) -> Urn:
    return urn_of(key, LEAD_FORM, name="form")


def _entity(form: Key) -> str:
    return calls.entity_path(_PATH, _number(form))
