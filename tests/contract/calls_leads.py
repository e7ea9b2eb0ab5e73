"""Lead forms, leads and their notifications."""

from contract.ad_people import ACCOUNT, CAMPAIGN, CREATIVE, ORGANIZATION
from contract.people import at
from contract.replay import Call, Has, call
from inroad.common.urn import Urn
from inroad.sdk.resources.entity import Locale, LocalizedText
from inroad.sdk.resources.lead_forms import (
    AnswerOption,
    CallToActionTarget,
    FormCallToAction,
    HiddenField,
    LeadConsent,
    LeadFormContent,
    LeadQuestion,
    LegalInfo,
    MultipleChoiceQuestion,
    NewLeadForm,
    PostSubmissionInfo,
    QuestionDetails,
    TextQuestion,
    versioned_form,
)
from inroad.sdk.restli.patch import Patch


def german(text: str) -> LocalizedText:
    return LocalizedText(localized={"de_DE": text})


FORM = Urn("leadGenForm", "9127734")
VERSION = versioned_form(FORM, 1)
WHITEPAPER = NewLeadForm(
    name="Whitepaper form",
    creation_locale=Locale(language="de", country="DE"),
    hidden_fields=(HiddenField(name="utm_source", value="linkedin"),),
    content=LeadFormContent(
        headline=german("Whitepaper anfordern"),
        description=german("28 Seiten zu lernenden Robotern"),
        questions=(
            LeadQuestion(
                name="Vorname",
                question=german("Vorname"),
                predefined_field="FIRST_NAME",
                response_required=True,
                question_details=QuestionDetails(text_question_details=TextQuestion(max_response_length=300)),
            ),
            LeadQuestion(
                name="Einsatz",
                question=german("Wann planen Sie den Einsatz?"),
                question_details=QuestionDetails(
                    multiple_choice_question_details=MultipleChoiceQuestion(
                        options=(AnswerOption(id=0, text=german("2026")), AnswerOption(id=1, text=german("2027")))
                    )
                ),
            ),
        ),
        legal_info=LegalInfo(
            privacy_policy_url="https://fjordlicht.example/datenschutz",
            consents=(LeadConsent(id=0, check_required=True, consent=german("Sie duerfen mich kontaktieren.")),),
        ),
        post_submission_info=PostSubmissionInfo(
            message=german("Danke!"),
            call_to_action=FormCallToAction(
                call_to_action_label="VISIT_COMPANY_WEBSITE",
                call_to_action_target=CallToActionTarget(landing_page_url="https://fjordlicht.example"),
            ),
        ),
    ),
)
FORM_READ = Has(
    id=9127734,
    urn=FORM,
    version_id=1,
    owner=Has(urn=ACCOUNT),
    state="PUBLISHED",
    hidden_fields=WHITEPAPER.hidden_fields,
    review_info=Has(review_status="APPROVED", rejection_reasons=()),
    questions={
        109127734: Has(predefined_field="FIRST_NAME", options={}),
        709127734: Has(predefined_field=None, options={0: "2026", 1: "2027"}),
    },
)
ID = "3c0d7e51-88ab-4f0e-9a55-b1f2c7d0a9e4-4"
LEAD = Urn("leadGenFormResponse", ID)
DANA = Has(
    urn=LEAD,
    lead_type="SPONSORED",
    submitted_at=at(1795260123456),
    test_lead=False,
    versioned_lead_gen_form_urn=VERSION,
    entity=CREATIVE,
    campaign=CAMPAIGN,
    form_response=Has(
        consent_responses=[Has(consent_id=0, accepted=True)],
        answers=[Has(question_id=109127734, text="Dana", options=()), Has(question_id=709127734, options=(1,))],
    ),
)
WEBHOOK = "https://hooks.fjordlicht.example/linkedin/leads"
SUBSCRIPTION = Has(id=30077, webhook=WEBHOOK, owner=Has(urn=ACCOUNT), lead_type="SPONSORED")

CALLS: dict[str, Call] = {
    "lead_forms.create": call(lambda linkedin: linkedin.lead_forms.create(ACCOUNT, WHITEPAPER), FORM),
    "lead_forms.get": call(lambda linkedin: linkedin.lead_forms.get("urn:li:adForm:9127734"), FORM_READ),
    "lead_forms.batch_get": call(lambda linkedin: linkedin.lead_forms.batch_get([FORM]), {FORM: FORM_READ}),
    "lead_forms.find_by_owner": call(lambda linkedin: linkedin.lead_forms.find_by_owner(ACCOUNT), [FORM_READ]),
    "lead_forms.update": call(lambda linkedin: linkedin.lead_forms.update(FORM, Patch(set={"state": "PUBLISHED"}))),
    "lead_form_responses.get": call(
        lambda linkedin: linkedin.lead_form_responses.get(
            LEAD,
            fields=[
                "submittedAt",
                "ownerInfo",
                "leadMetadataInfo",
                "associatedEntityInfo",
                "form:(name,hiddenFields)",
                "formResponse",
            ],
        ),
        Has(
            id=ID,
            owner=Has(urn=None),
            campaign=None,
            form=Has(name="Whitepaper form", hidden_fields=[HiddenField(name="utm_source", value="linkedin")]),
        ),
    ),
    "lead_form_responses.batch_get": call(
        lambda linkedin: linkedin.lead_form_responses.batch_get([LEAD, "gone-4"]), {LEAD: DANA}
    ),
    "lead_form_responses.find_by_owner": call(
        lambda linkedin: linkedin.lead_form_responses.find_by_owner(
            ACCOUNT, lead_type="SPONSORED", form=VERSION, start=at(1795219200000), end=at(1795305600000)
        ),
        [DANA],
    ),
    "lead_notifications.create": call(
        lambda linkedin: linkedin.lead_notifications.create(ACCOUNT, webhook=WEBHOOK, lead_type="SPONSORED"), 30077
    ),
    "lead_notifications.create.event": call(
        lambda linkedin: linkedin.lead_notifications.create(
            ORGANIZATION,
            webhook=WEBHOOK,
            lead_type="EVENT",
            associated_entity={"event": Urn("event", "7391200000000001234")},
            form=VERSION,
        ),
        30078,
    ),
    "lead_notifications.get": call(lambda linkedin: linkedin.lead_notifications.get(30077), SUBSCRIPTION),
    "lead_notifications.find_by_criteria": call(
        lambda linkedin: linkedin.lead_notifications.find_by_criteria(ACCOUNT, lead_type="SPONSORED"), [SUBSCRIPTION]
    ),
    "lead_notifications.delete": call(lambda linkedin: linkedin.lead_notifications.delete(30077)),
}
