"""Jobs and their applications, the apps of a partner's customers, and messages."""

from contract.people import ANNEKE, ASSET, OCTOBER_30, OCTOBER_31, ORGANIZATION, at
from contract.replay import Call, Has, call
from inroad.common.secret import Secret
from inroad.common.urn import Urn
from inroad.sdk.resources.ads.values import Money
from inroad.sdk.resources.ats_integrations import integration
from inroad.sdk.resources.onsite_apply import (
    AdditionalQuestions,
    ApplyQuestions,
    Choice,
    CustomQuestion,
    CustomQuestionDetails,
    CustomQuestionSet,
    FavorableChoices,
    MultipleChoiceDetails,
    NumberBounds,
    NumericDetails,
    OnsiteApply,
    ResumeQuestions,
)
from inroad.sdk.resources.simple_job_postings import JobPosting, Pay
from inroad.sdk.restli.patch import Patch

CHILD = Urn("developerApplication", "5002")
DONE = Urn("simpleJobPostingTask", "0b6f2f0e-8f0c-4a47-8a3c-7a1c1f6a2d10")
FAILED = Urn("simpleJobPostingTask", "5c1d2a77-41d0-4f5e-8c1b-2f4b9d7e6a01")
START, END = OCTOBER_30.date(), OCTOBER_31.date()

VISA = CustomQuestion(
    partner_question_identifier="q-visa",
    question_text="Do you need a visa?",
    required=True,
    question_details=CustomQuestionDetails(
        multiple_choice_question_details=MultipleChoiceDetails(
            choices=(
                Choice(symbolic_name="yes", display_value="Yes"),
                Choice(symbolic_name="no", display_value="No"),
            ),
            favorable_multiple_choice_answer=FavorableChoices(favorable_symbolic_names=("no",)),
        )
    ),
)
YEARS = CustomQuestion(
    partner_question_identifier="q-years",
    question_text="Years with Python",
    question_details=CustomQuestionDetails(
        numeric_question_details=NumericDetails(integer_question_details=NumberBounds(min_value=0, max_value=60))
    ),
)
PLAIN = JobPosting(
    external_job_posting_id="SJ-0043",
    company_apply_url="https://jobs.example.org/42",
    title="Data engineer",
    description="<p>You keep the machines of a furniture workshop talking to each other: data from the saws, the "
    "presses and the paint shop.</p>",
    listed_at=at(1793450000000),
    location="Dublin, Leinster, Ireland",
    job_posting_operation_type="UPDATE",
    company=ORGANIZATION,
    poster_email="hr@example.org",
)
FULL = JobPosting(
    external_job_posting_id="SJ-0042",
    company_apply_url=PLAIN.company_apply_url,
    title=PLAIN.title,
    description=PLAIN.description,
    listed_at=PLAIN.listed_at,
    location=PLAIN.location,
    company=ORGANIZATION,
    poster_email="hr@example.org",
    workplace_type="Hybrid",
    employment_status="FULL_TIME",
    experience_level="MID_SENIOR_LEVEL",
    industries=(Urn("industry", "96"),),
    listing_type="PREMIUM",
    contract=Urn("contract", "7002"),
    compensation=(
        Pay(period="YEARLY", start=Money.of(68000, "EUR"), end=Money.of(82000, "EUR")),
        Pay(period="YEARLY", type="BONUS", exact_amount=Money.of("1500.50", "EUR")),
    ),
    pay_for_performance_budget=Money.of(300, "EUR"),
    onsite_apply=OnsiteApply(
        job_application_webhook_url="https://hooks.example.org/apply",
        questions=ApplyQuestions(
            resume_questions=ResumeQuestions(resume_question_requirement="REQUIRED"),
            additional_questions=AdditionalQuestions(
                custom_question_sets=(CustomQuestionSet(questions=(VISA, YEARS)),)
            ),
        ),
    ),
)
CLOSED = JobPosting(
    external_job_posting_id="SJ-0042",
    company_apply_url=PLAIN.company_apply_url,
    title=PLAIN.title,
    description=PLAIN.description,
    listed_at=PLAIN.listed_at,
    location=PLAIN.location,
    company=ORGANIZATION,
    poster_email="hr@example.org",
).to("CLOSE")
APPLY_CONNECT = integration(ORGANIZATION, "APPLY_CONNECT")
REPORT = Has(
    job_posting_info=Has(
        external_job_posting_id="SJ-0042",
        linked_in_job_posting_id=39000042,
        company_details=Has(display_name="Saltmarsh Joinery"),
    ),
    job_performance_metrics=[
        Has(date=Has(date=END), charge=Money.of("12.50", "EUR"), apply_click_count=4, view_count=121)
    ],
)

CALLS: dict[str, Call] = {
    "simple_job_postings.batch_create": call(
        lambda linkedin: linkedin.simple_job_postings.batch_create([FULL, PLAIN]),
        [
            Has(external_job_posting_id="SJ-0042", status=202, task=DONE, error=None, is_accepted=True),
            Has(external_job_posting_id="SJ-0043", status=422, task=None, error=Has(status=422), is_accepted=False),
        ],
    ),
    "simple_job_postings.batch_create.v2": call(
        lambda linkedin: linkedin.simple_job_postings.batch_create([CLOSED], base="v2"),
        [Has(status=409, task=None, error=Has(code="CONFLICT"))],
    ),
    "simple_job_posting_tasks.batch_get": call(
        lambda linkedin: linkedin.simple_job_posting_tasks.batch_get([DONE, FAILED]),
        {
            DONE: Has(
                urn=DONE, status="SUCCEEDED", job_posting=Urn("jobPosting", "39000042"), is_over=True, has_failed=False
            ),
            FAILED: Has(status="FAILED", external_job_posting_id="43", location="Cork, Ireland", has_failed=True),
        },
    ),
    "simple_job_posting_tasks.batch_get.v2": call(
        lambda linkedin: linkedin.simple_job_posting_tasks.batch_get([DONE], base="v2").missing, {DONE: 404}
    ),
    "job_posting_status.batch_get": call(
        lambda linkedin: linkedin.job_posting_status.batch_get(["SJ-0042", "43", "gone"]),
        Has(
            results={
                "SJ-0042": Has(
                    external_job_posting_id="SJ-0042",
                    is_listed=True,
                    job_posting_url="https://www.linkedin.com/jobs/view/39000042",
                    listing_status_detail=None,
                    linked_in_apply_status_detail=Has(error_code=1157, error_type="PARTNER_ERROR"),
                    job_posting_info=Has(
                        listed_at=at(1793450000000),
                        alternate_locations=None,
                        company_details=Has(display_name="Saltmarsh Joinery"),
                    ),
                ),
                "43": Has(
                    external_job_posting_id="43",
                    is_listed=False,
                    job_posting_info=Has(
                        company_details=Has(url="https://www.linkedin.com/company/saltmarsh-joinery"),
                    ),
                ),
            },
            errors={"gone": Has(status=404)},
        ),
    ),
    "job_applications.download": call(
        lambda linkedin: linkedin.job_applications.download("https://www.linkedin.com/ambry/?x-li-ambry-ep=AQI42"),
        b"%PDF-1.7 a resume",
    ),
    "job_application_lifecycle_actions.create": call(
        lambda linkedin: linkedin.job_application_lifecycle_actions.create(
            "urn:li:jobApplication:770001",
            action="APPLICATION_VIEWED",
            performed_at=at(1793905000000),
            organization=ORGANIZATION,
        ),
        "5501",
    ),
    "provisioned_applications.create": call(
        lambda linkedin: linkedin.provisioned_applications.create(
            "saltmarsh-0042",
            name="Saltmarsh Recruiting",
            description="Jobs of Saltmarsh",
            valid_js_sdk_domains=["https://ats.example.org"],
            oauth2_authorized_callback_urls=["https://ats.example.org/cb"],
        ),
        Has(
            urn=CHILD,
            name="Saltmarsh Recruiting",
            client_id="86child0042",
            client_secret=Secret("shown-once"),
            valid_js_sdk_domains=("https://ats.example.org",),
        ),
    ),
    "provisioned_applications.update": call(
        lambda linkedin: linkedin.provisioned_applications.update(
            CHILD, Patch(set={"validJsSdkDomains": ["https://jobs.example.org"]})
        )
    ),
    "provisioned_applications.find_by_unique_foreign_id": call(
        lambda linkedin: linkedin.provisioned_applications.find_by_unique_foreign_id("saltmarsh-0042"),
        Has(urn=CHILD, unique_foreign_id="saltmarsh-0042", client_id="86child0042", client_secret=None),
    ),
    "ats_integrations.batch_update": call(
        lambda linkedin: linkedin.ats_integrations.batch_update({APPLY_CONNECT: "Saltmarsh jobs"}),
        Has(results={APPLY_CONNECT: Has(integration_name="Saltmarsh jobs")}, errors={}),
    ),
    "ats_integrations.batch_update.status": call(
        lambda linkedin: linkedin.ats_integrations.batch_update({APPLY_CONNECT: "Saltmarsh jobs"}),
        Has(results={APPLY_CONNECT: Has(status=204)}, errors={}),
    ),
    "ats_integrations.batch_get": call(
        lambda linkedin: linkedin.ats_integrations.batch_get([APPLY_CONNECT]),
        Has(results={APPLY_CONNECT: Has(integration_name="Saltmarsh jobs")}, errors={}),
    ),
    "provisioned_hiring_contracts.setup": call(
        lambda linkedin: linkedin.provisioned_hiring_contracts.setup(7001),
        Has(key=CHILD, contract=Urn("contract", "7002")),
    ),
    "partner_job_reports.batch_get": call(
        lambda linkedin: linkedin.partner_job_reports.batch_get(
            ["SJ-0042", "43"], start=START, end=END, partner_contract_id=7001
        ),
        Has(results={"SJ-0042": REPORT}, errors={"43": Has(status=404)}),
    ),
    "partner_job_reports.find_by_date_range": call(
        lambda linkedin: linkedin.partner_job_reports.find_by_date_range(
            start=START, end=END, partner_contract_id=7001
        ),
        [REPORT],
    ),
    "partner_budget_reports.get": call(
        lambda linkedin: linkedin.partner_budget_reports.get(7001),
        Has(
            service_term_start_at=at(1780272000000),
            partner_budget_details=[
                Has(
                    service_term_budget_spent=Money.of("812.50", "EUR"),
                    service_term_budget_limit=Money.of(5000, "EUR"),
                )
            ],
        ),
    ),
    "messages.create": call(
        lambda linkedin: linkedin.messages.create(
            [ANNEKE], subject="Hello", body="Thanks for connecting", attachments=[ASSET]
        ),
        "2-c2J4bXNn",
    ),
    "messages.reply": call(
        lambda linkedin: linkedin.messages.reply("urn:li:messagingThread:2-c2J4dGhy", body="See you on Monday"),
        "2-c2J4bXNo",
    ),
    "developer_webhooks.find_by_parent_application": call(
        lambda linkedin: linkedin.developer_webhooks.find_by_parent_application(status="BLOCKED"),
        [Has(application=CHILD, webhook="https://hooks.example.org/linkedin/5002", is_blocked=True)],
    ),
    "developer_webhooks.revalidate_webhook": call(
        lambda linkedin: linkedin.developer_webhooks.revalidate_webhook(
            CHILD, webhook="https://hooks.example.org/linkedin/5002"
        )
    ),
}
