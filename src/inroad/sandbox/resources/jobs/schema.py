"""What a job posting's element may say.

Source: "Job Posting Schema", learn.microsoft.com /linkedin/talent/job-postings/api/job-posting-api-schema; names and
enums of Apply Connect from LinkedIn's Talent Solutions SDK for Java.
"""

from typing import Final

from inroad.sandbox.records import ANY, BOOLEAN, INT, LONG, STRING, ArrayOf, Enum, Field, Record, Type, UnionOf, UrnOf
from inroad.sandbox.resources.jobs.state import OPERATIONS
from inroad.sandbox.switches import Switches

EMPLOYMENT: Final = ("FULL_TIME", "PART_TIME", "CONTRACT", "INTERNSHIP", "TEMPORARY", "VOLUNTEER", "OTHER")
EXPERIENCE: Final = (
    "ENTRY_LEVEL",
    "MID_SENIOR_LEVEL",
    "DIRECTOR",
    "EXECUTIVE",
    "INTERNSHIP",
    "ASSOCIATE",
    "NOT_APPLICABLE",
)
COMPANY_FIELDS: Final = ("integrationContext", "company", "companyName", "companyPageUrl")
_FULL: Final = frozenset({"companyApplyUrl", "title", "description", "listedAt", "location"})
_STRICT: Final = frozenset({"availability", "posterEmail"})
_REQUIREMENT: Final = Enum("REQUIRED", "OPTIONAL", "SKIP")


def _optional(**types: Type) -> tuple[Field, ...]:
    return tuple(Field(name, type_, required=False) for name, type_ in types.items())


def _requirements(*names: str) -> tuple[Field, ...]:
    return tuple(Field(f"{name}QuestionRequirement", _REQUIREMENT, required=False) for name in names)


MONEY: Final = Record("Money", (Field("amount", STRING), Field("currencyCode", STRING)))
RANGE: Final = Record("Range", _optional(start=MONEY, end=MONEY))
CUSTOM_QUESTION: Final = Record(
    "CustomQuestion",
    (
        Field("partnerQuestionIdentifier", STRING),
        Field("questionText", STRING),
        Field("required", BOOLEAN),
        *_optional(helpMessage=STRING, expandedHelpMessage=STRING, prerequisiteQuestionResponse=ANY),
        Field(
            "questionDetails",
            UnionOf(
                {
                    "multipleChoiceQuestionDetails": Record(
                        "MultipleChoice",
                        (
                            Field(
                                "choices",
                                ArrayOf(
                                    Record("Choice", (Field("symbolicName", STRING), Field("displayValue", STRING)))
                                ),
                            ),
                            Field("preferredFormComponent", Enum("RADIO_BUTTONS", "DROPDOWN", "CHECKBOXES", "BUTTONS")),
                            *_optional(
                                selectMultiple=BOOLEAN,
                                defaultValueSymbolicName=STRING,
                                favorableMultipleChoiceAnswer=Record(
                                    "Favorable", (Field("favorableSymbolicNames", ArrayOf(STRING)),)
                                ),
                            ),
                        ),
                    ),
                    "textQuestionDetails": Record(
                        "Text",
                        _optional(
                            suggestedValue=STRING,
                            minLength=INT,
                            maxLength=INT,
                            preferredFormComponent=Enum("TEXT", "MULTILINE_TEXT"),
                        ),
                    ),
                    "numericQuestionDetails": Record(
                        "Numeric",
                        _optional(integerQuestionDetails=ANY, decimalQuestionDetails=ANY, favorableNumericAnswer=ANY),
                    ),
                    "dateRangeQuestionDetails": Record(
                        "DateRange", _optional(startLabel=STRING, endLabel=STRING, hideEndDateLabel=BOOLEAN)
                    ),
                    "documentQuestionDetails": Record(
                        "Document", _optional(maximumSize=LONG, acceptableFileExtensions=ArrayOf(STRING))
                    ),
                }
            ),
        ),
    ),
)
_CUSTOM: Final = Field("customQuestions", ArrayOf(CUSTOM_QUESTION), required=False)
_WORK_SET: Final = Record(
    "WorkExperienceQuestionSet",
    (
        *_optional(minRequired=INT, repeatLimit=INT),
        *_requirements("title", "employmentDates", "city", "company", "description"),
    ),
)
_EDUCATION_SET: Final = Record(
    "EducationExperienceQuestionSet",
    (
        *_optional(minRequired=INT, repeatLimit=INT),
        *_requirements("school", "datesAttended", "city", "degree", "fieldOfStudy"),
    ),
)
QUESTIONS: Final = Record(
    "Questions",
    _optional(
        contactInformationQuestions=Record(
            "Contact", (*_requirements("middleName", "cellphoneNumber", "location"), _CUSTOM)
        ),
        resumeQuestions=Record("Resume", (*_requirements("resume"), _CUSTOM)),
        coverLetterQuestions=Record("CoverLetter", (*_requirements("coverLetter", "textCoverLetter"), _CUSTOM)),
        workQuestions=Record("Work", (*_optional(workExperienceQuestionSet=_WORK_SET), _CUSTOM)),
        educationQuestions=Record("Education", (*_optional(educationExperienceQuestionSet=_EDUCATION_SET), _CUSTOM)),
        voluntarySelfIdentificationQuestions=Record(
            "SelfIdentification", (*_requirements("disability", "gender", "race", "veteranStatus"), _CUSTOM)
        ),
        additionalQuestions=Record(
            "Additional",
            (
                *_optional(
                    customQuestionSets=ArrayOf(
                        Record(
                            "CustomQuestionSet",
                            (Field("questions", ArrayOf(CUSTOM_QUESTION)), *_optional(repeatLimit=INT)),
                        )
                    )
                ),
                _CUSTOM,
            ),
        ),
    ),
)
ONSITE: Final = Record(
    "OnsiteApplyConfiguration", (Field("jobApplicationWebhookUrl", STRING), *_optional(questions=QUESTIONS))
)


def element_schema(operation: object, switches: Switches) -> Record:
    """Return what an element of this operation must look like; closing and moving ask for less."""
    required = {"externalJobPostingId", "jobPostingOperationType"}
    if operation not in OPERATIONS or operation in ("CREATE", "UPDATE"):
        required |= _FULL | (_STRICT if switches["jobs.required_fields"] == "strict" else frozenset())
    is_mapped = switches["jobs.nonstandard_enum"] == "map"
    exact: dict[str, Type] = {"range": RANGE, "exactAmount": MONEY}
    is_both = switches["jobs.compensation_shape"] == "both"
    compensation = Record(
        "Compensation",
        (
            Field("period", Enum("YEARLY", "MONTHLY", "SEMIMONTHLY", "BIWEEKLY", "WEEKLY", "DAILY", "HOURLY")),
            Field(
                "type",
                Enum(
                    "BASE_SALARY",
                    "TIPS",
                    "COMMISSION",
                    "PROFIT_SHARING",
                    "STOCK_OPTIONS",
                    "STOCK",
                    "BONUS",
                    "SIGN_ON_BONUS",
                    "OVER_TIME",
                    "OTHER",
                ),
            ),
            # The Java SDK writes start and end without `range`.
            Field("value", Record("Value", _optional(**exact, start=MONEY, end=MONEY)) if is_both else UnionOf(exact)),
            *_optional(amount=ANY),
        ),
    )
    types: dict[str, Type] = {
        "externalJobPostingId": STRING,
        "jobPostingOperationType": Enum(*OPERATIONS),
        "integrationContext": UrnOf("organization", "company"),
        "company": UrnOf("organization", "company"),
        "companyName": STRING,
        "companyPageUrl": STRING,
        "companyApplyUrl": STRING,
        "title": STRING,
        "description": STRING,
        "listedAt": LONG,
        "location": STRING,
        "alternateLocations": ArrayOf(STRING),
        "workplaceTypes": ArrayOf(STRING),
        "employmentStatus": STRING if is_mapped else Enum(*EMPLOYMENT),
        "experienceLevel": STRING if is_mapped else Enum(*EXPERIENCE),
        "categories": ArrayOf(STRING),
        "industries": ArrayOf(UrnOf("industry")),
        "skillsDescription": STRING,
        "companyJobCode": STRING,
        "trackingPixelUrl": STRING,
        "compensation": Record("Compensations", (Field("compensations", ArrayOf(compensation)),)),
        "expireAt": LONG,
        "listingType": Enum("BASIC", "PREMIUM"),
        "availability": Enum("PUBLIC", "INTERNAL", "PRIVATE_TO_ATS_INTEGRATION"),
        "posterEmail": STRING,
        "contract": UrnOf("contract"),
        "partnerRequisitionId": STRING,
        "showPosterInfo": BOOLEAN,
        "state": Enum("LISTED", "CLOSED"),
        "budget": Record("Budget", _optional(payForPerformanceTotalBudget=MONEY)),
        "accessRestricted": BOOLEAN,
        "requisitionOwnerEmail": STRING,
        "requisitionOwnerFirstName": STRING,
        "requisitionOwnerLastName": STRING,
        "onsiteApplyConfiguration": ONSITE,
    }
    fields = tuple(Field(name, type_, required=name in required) for name, type_ in types.items())
    return Record("SimpleJobPosting", fields)
