"""Applying on LinkedIn, as a job posting asks for it: where applications are delivered, and what applicants are asked.

A section that is left out is not asked; one that is there and empty is asked with LinkedIn's defaults.
Source: "OnsiteApplyConfiguration Schema", learn.microsoft.com /linkedin/talent/apply-connect
"""

from typing import Literal, TypeAlias

from inroad.sdk.resources.entity import Entity

QuestionRequirement: TypeAlias = Literal["REQUIRED", "OPTIONAL", "SKIP"]
FormComponent: TypeAlias = Literal["RADIO_BUTTONS", "DROPDOWN", "CHECKBOXES", "BUTTONS", "TEXT", "MULTILINE_TEXT"]


class Choice(Entity, frozen=True):
    """An answer to choose; `symbolic_name` comes back with the application."""

    symbolic_name: str
    display_value: str


class FavorableChoices(Entity, frozen=True):
    """Answers the employer would like."""

    favorable_symbolic_names: tuple[str, ...]


class MultipleChoiceDetails(Entity, frozen=True):
    """One answer of several, or some of them with CHECKBOXES only."""

    choices: tuple[Choice, ...]
    preferred_form_component: FormComponent = "RADIO_BUTTONS"
    select_multiple: bool = False
    default_value_symbolic_name: str | None = None
    favorable_multiple_choice_answer: FavorableChoices | None = None


class TextDetails(Entity, frozen=True):
    """Words."""

    suggested_value: str | None = None
    min_length: int | None = None
    max_length: int | None = None
    preferred_form_component: FormComponent | None = None


class NumberBounds(Entity, frozen=True):
    """Between which numbers the answer lies."""

    suggested_value: float | None = None
    min_value: float | None = None
    max_value: float | None = None


class FavorableNumbers(Entity, frozen=True):
    """Between which numbers the employer would like the answer."""

    favorable_floor: float | None = None
    favorable_ceiling: float | None = None


class NumericDetails(Entity, frozen=True):
    """A whole number or a decimal one: give one of the two."""

    integer_question_details: NumberBounds | None = None
    decimal_question_details: NumberBounds | None = None
    favorable_numeric_answer: FavorableNumbers | None = None


class DateRangeDetails(Entity, frozen=True):
    """From one date to another."""

    start_label: str | None = None
    end_label: str | None = None
    hide_end_date_label: bool | None = None


class DocumentDetails(Entity, frozen=True):
    """A file; at most 100 MB. Extensions are in lower case."""

    maximum_size: int | None = None
    acceptable_file_extensions: tuple[str, ...] | None = None


class CustomQuestionDetails(Entity, frozen=True):
    """What kind of question it is: exactly one of these."""

    multiple_choice_question_details: MultipleChoiceDetails | None = None
    text_question_details: TextDetails | None = None
    numeric_question_details: NumericDetails | None = None
    date_range_question_details: DateRangeDetails | None = None
    document_question_details: DocumentDetails | None = None


class AskedBefore(Entity, frozen=True):
    """Another question, by its identifier."""

    partner_question_identifier: str


class ChosenNames(Entity, frozen=True):
    """Choices, by their symbolic names."""

    symbolic_names: tuple[str, ...]


class ChosenAnswer(Entity, frozen=True):
    """What was chosen."""

    multiple_choice_answer_value: ChosenNames


class Prerequisite(Entity, frozen=True):
    """The answer to another question, one of RADIO_BUTTONS, without which a question is not asked."""

    prerequisite_question: AskedBefore
    prerequisite_response: ChosenAnswer


class CustomQuestion(Entity, frozen=True):
    """A question of the employer's. The identifier is unique in the job, else the job loses applying on LinkedIn."""

    partner_question_identifier: str
    question_text: str
    question_details: CustomQuestionDetails
    required: bool = False
    help_message: str | None = None
    expanded_help_message: str | None = None
    prerequisite_question_response: Prerequisite | None = None


class ContactQuestions(Entity, frozen=True):
    """About reaching the applicant; name and address are always asked."""

    middle_name_question_requirement: QuestionRequirement | None = None
    cellphone_number_question_requirement: QuestionRequirement | None = None
    location_question_requirement: QuestionRequirement | None = None
    custom_questions: tuple[CustomQuestion, ...] | None = None


class ResumeQuestions(Entity, frozen=True):
    """About the resume, of 2 MB at most."""

    resume_question_requirement: QuestionRequirement | None = None
    custom_questions: tuple[CustomQuestion, ...] | None = None


class CoverLetterQuestions(Entity, frozen=True):
    """About a letter: a file of 512 KB at most, or a text."""

    cover_letter_question_requirement: QuestionRequirement | None = None
    text_cover_letter_question_requirement: QuestionRequirement | None = None
    custom_questions: tuple[CustomQuestion, ...] | None = None


class WorkExperienceSet(Entity, frozen=True):
    """What is asked of each position, 1 to 10 of them."""

    min_required: int | None = None
    repeat_limit: int | None = None
    title_question_requirement: QuestionRequirement | None = None
    employment_dates_question_requirement: QuestionRequirement | None = None
    city_question_requirement: QuestionRequirement | None = None
    company_question_requirement: QuestionRequirement | None = None
    description_question_requirement: QuestionRequirement | None = None


class WorkQuestions(Entity, frozen=True):
    """About positions."""

    work_experience_question_set: WorkExperienceSet | None = None
    custom_questions: tuple[CustomQuestion, ...] | None = None


class EducationExperienceSet(Entity, frozen=True):
    """What is asked of each education."""

    min_required: int | None = None
    repeat_limit: int | None = None
    school_question_requirement: QuestionRequirement | None = None
    dates_attended_question_requirement: QuestionRequirement | None = None
    city_question_requirement: QuestionRequirement | None = None
    degree_question_requirement: QuestionRequirement | None = None
    field_of_study_question_requirement: QuestionRequirement | None = None


class EducationQuestions(Entity, frozen=True):
    """About educations."""

    education_experience_question_set: EducationExperienceSet | None = None
    custom_questions: tuple[CustomQuestion, ...] | None = None


class SelfIdentificationQuestions(Entity, frozen=True):
    """What applicants may say of themselves of their own will."""

    disability_question_requirement: QuestionRequirement | None = None
    gender_question_requirement: QuestionRequirement | None = None
    race_question_requirement: QuestionRequirement | None = None
    veteran_status_question_requirement: QuestionRequirement | None = None
    custom_questions: tuple[CustomQuestion, ...] | None = None


class CustomQuestionSet(Entity, frozen=True):
    """Questions that belong together, in order; answered up to `repeat_limit` times, 1 to 10."""

    questions: tuple[CustomQuestion, ...]
    repeat_limit: int | None = None


class AdditionalQuestions(Entity, frozen=True):
    """The employer's own questions."""

    custom_question_sets: tuple[CustomQuestionSet, ...]


class ApplyQuestions(Entity, frozen=True):
    """What applicants are asked. Without any of it: name, address and telephone number only."""

    contact_information_questions: ContactQuestions | None = None
    resume_questions: ResumeQuestions | None = None
    cover_letter_questions: CoverLetterQuestions | None = None
    work_questions: WorkQuestions | None = None
    education_questions: EducationQuestions | None = None
    voluntary_self_identification_questions: SelfIdentificationQuestions | None = None
    additional_questions: AdditionalQuestions | None = None


class OnsiteApply(Entity, frozen=True):
    """Where LinkedIn delivers applications, which must answer its challenge first; and what applicants are asked."""

    job_application_webhook_url: str
    questions: ApplyQuestions | None = None
