"""`leadForms`: what is asked of people.

Source: "Lead Sync Schema", learn.microsoft.com /linkedin/marketing/lead-sync/lead-sync-schema
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final, Literal

from inroad.common.clock import to_millis
from inroad.sandbox.answers import missing_parameter
from inroad.sandbox.call import Answer, Call, Value
from inroad.sandbox.records import (
    ANY,
    BOOLEAN,
    LONG,
    STRING,
    ArrayOf,
    Enum,
    Field,
    MapOf,
    Record,
    Type,
    UnionOf,
    UrnOf,
)
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.ads.access import key_number
from inroad.sandbox.resources.ads.batching import get_each
from inroad.sandbox.resources.ads.refusals import Faults, coded, entity_not_found
from inroad.sandbox.resources.leads.access import (
    FORMS_READ,
    FORMS_WRITE,
    check_form_reader,
    check_form_writer,
    owner_of,
    owner_param,
    union_of,
)
from inroad.sandbox.resources.leads.state import Form, leads_of
from inroad.sandbox.resources.paging import page
from inroad.sandbox.resources.patch import patched

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/lead-sync/lead-sync-schema"
MAX_PAGE: Final = 1_000
# UNCONFIRMED, all of them: an answer to a form that exceeds one would confirm it.
MAX_HEADLINE: Final = 60
MAX_DESCRIPTION: Final = 160
MAX_QUESTIONS: Final = 12
MAX_CUSTOM: Final = 3
MAX_CONSENTS: Final = 5
MAX_HIDDEN: Final = 20


def _may(name: str, type_: Type) -> Field:
    return Field(name, type_, required=False)


LOCALIZED: Final = Record("MultiLocaleString", (Field("localized", MapOf(STRING)), _may("preferredLocale", ANY)))
QUESTION: Final = Record(
    "Question",
    (
        _may("questionId", LONG),
        _may("name", STRING),
        Field("question", LOCALIZED),
        _may("predefinedField", STRING),
        _may("responseRequired", BOOLEAN),
        _may("responseEditable", BOOLEAN),
        Field(
            "questionDetails",
            UnionOf(
                {
                    "textQuestionDetails": Record("TextQuestionDetails", (_may("maxResponseLength", LONG),)),
                    "multipleChoiceQuestionDetails": Record(
                        "MultipleChoiceQuestionDetails",
                        (Field("options", ArrayOf(Record("Option", (_may("id", LONG), Field("text", LOCALIZED))))),),
                    ),
                }
            ),
        ),
    ),
)
FORM: Final = Record(
    "LeadForm",
    (
        _may("owner", UnionOf({"sponsoredAccount": UrnOf("sponsoredAccount"), "organization": UrnOf("organization")})),
        _may("name", STRING),
        _may("creationLocale", Record("Locale", (_may("country", STRING), Field("language", STRING)))),
        _may("state", Enum("DRAFT", "PUBLISHED", "ARCHIVED")),
        _may(
            "content",
            Record(
                "Content",
                (
                    _may("headline", LOCALIZED),
                    _may("description", LOCALIZED),
                    _may("questions", ArrayOf(QUESTION)),
                    _may(
                        "legalInfo",
                        Record(
                            "LegalInfo",
                            (
                                _may("legalInfoId", LONG),
                                _may("privacyPolicyUrl", STRING),
                                _may("legalDisclaimer", LOCALIZED),
                                _may(
                                    "consents",
                                    ArrayOf(
                                        Record(
                                            "Consent",
                                            (
                                                _may("id", LONG),
                                                _may("checkRequired", BOOLEAN),
                                                Field("consent", LOCALIZED),
                                            ),
                                        )
                                    ),
                                ),
                            ),
                        ),
                    ),
                    _may(
                        "postSubmissionInfo",
                        Record("PostSubmissionInfo", (_may("message", LOCALIZED), _may("callToAction", ANY))),
                    ),
                ),
            ),
        ),
        _may("hiddenFields", ArrayOf(Record("HiddenField", (Field("name", STRING), Field("value", STRING))))),
        *(
            Field(name, ANY, required=False, read_only=True)
            for name in ("id", "versionId", "reviewInfo", "created", "lastModified")
        ),
    ),
)


def form_view(call: Call, form: Form) -> dict[str, Any]:
    """Return the current version of a form as the API shows it."""
    body = {
        "id": form.id,
        "versionId": form.version,
        "owner": union_of(form.owner),
        **form.body,
        "created": to_millis(form.created_at),
        "lastModified": to_millis(form.modified_at),
    }
    if form.published_at is not None:
        delay = timedelta(seconds=call.switches.number("ads.review_seconds"))
        done = call.now - form.published_at >= delay
        body["reviewInfo"] = {
            "reviewStatus": "APPROVED" if done else "PENDING",
            "rejectionReasons": [],
            "lastUpdated": to_millis(form.published_at + delay if done else form.published_at),
        }
    return body


def numbered(form_id: int, content: dict[str, Any]) -> dict[str, Any]:
    """Return a form's content with ids for its questions, options, consents and legal text."""
    questions: list[dict[str, Any]] = [
        {"questionId": at * 100_000_000 + form_id, "responseRequired": False, "responseEditable": True, **question}
        for at, question in enumerate(content.get("questions", []), 1)
    ]
    for question in questions:
        choices = question["questionDetails"].get("multipleChoiceQuestionDetails")
        if choices is not None:
            choices["options"] = [{"id": at, **option} for at, option in enumerate(choices["options"])]
    legal: dict[str, Any] = {"legalInfoId": form_id % 100_000, "consents": [], **content.get("legalInfo", {})}
    legal["consents"] = [{"id": at, "checkRequired": False, **c} for at, c in enumerate(legal["consents"])]
    return {**content, "questions": questions, "legalInfo": legal}


def _check(call: Call, faults: Faults, body: Mapping[str, Any], *, is_new: bool) -> None:
    for name in ("owner", "name", "creationLocale", "content"):
        if name not in body:
            faults.missing(name)
    content = body.get("content", {})
    if "content" in body:
        for name in ("headline", "description", "questions", "legalInfo", "postSubmissionInfo"):
            if name not in content:
                faults.missing(f"content/{name}")
        if "legalInfo" in content and "privacyPolicyUrl" not in content["legalInfo"]:
            faults.missing("content/legalInfo/privacyPolicyUrl")
    for name, most in (("headline", MAX_HEADLINE), ("description", MAX_DESCRIPTION)):
        texts = content.get(name, {}).get("localized", {}).values()
        if any(len(text) > most for text in texts):
            faults.add("FIELD_LENGTH_TOO_LONG", f"content/{name}", f"length must be no longer than {most}")
    questions = content.get("questions", [])
    custom = [q for q in questions if "predefinedField" not in q]
    consents = content.get("legalInfo", {}).get("consents", [])
    hidden = body.get("hiddenFields", [])
    for place, found, most in (
        ("content/questions", questions, MAX_QUESTIONS),
        ("content/questions", custom, MAX_CUSTOM),
        ("content/legalInfo/consents", consents, MAX_CONSENTS),
        ("hiddenFields", hidden, MAX_HIDDEN),
    ):
        if len(found) > most:
            faults.add("FIELD_VALUE_TOO_HIGH", place, f"takes at most {most} entries")
    if is_new and call.switches["leadforms.predefined_on_create"] == "reject" and len(custom) < len(questions):
        faults.add("FIELD_NOT_ALLOWED", "content/questions", "predefined fields cannot be created through the API")


def _create(call: Call) -> Answer:
    body, faults = call.body, Faults("LeadForm")
    _check(call, faults, body, is_new=True)
    faults.refuse()
    owner = owner_of(body["owner"], "owner")
    check_form_writer(call, owner)
    leads = leads_of(call.world)
    number = leads.new_form_id()
    state = body.get("state", "DRAFT")
    if state == "ARCHIVED":
        faults.add("INVALID_VALUE_FOR_FIELD", "state", "cannot be ARCHIVED on creation")
        faults.refuse()
    kept: dict[str, Any] = {"hiddenFields": [], **body, "state": state, "content": numbered(number, body["content"])}
    del kept["owner"]
    form = Form(
        id=number,
        owner=owner,
        body=kept,
        created_at=call.now,
        modified_at=call.now,
        lead_type="SPONSORED" if "sponsoredAccount" in body["owner"] else "COMPANY",
        published_at=call.now if state == "PUBLISHED" else None,
    )
    leads.forms[number] = form
    return Answer.created(str(number))


def _form(call: Call, key: Value | None) -> Form:
    form = leads_of(call.world).forms.get(key_number(key))
    if form is None:
        raise entity_not_found()
    check_form_reader(call, form.owner)
    return form


def _get(call: Call) -> Answer:
    return Answer(body=form_view(call, _form(call, call.key)))


def _batch_get(call: Call) -> Answer:
    return get_each(call, lambda key: form_view(call, _form(call, key)))


_MOVES: Final = {"DRAFT": ("PUBLISHED", "ARCHIVED"), "PUBLISHED": ("ARCHIVED",), "ARCHIVED": ("PUBLISHED",)}


def _update(call: Call) -> Answer:
    form, patch = _form(call, call.key), call.body["patch"]
    check_form_writer(call, form.owner)
    body = patched({"owner": union_of(form.owner), **form.body}, patch)
    faults = Faults("LeadForm")
    _check(call, faults, body, is_new=False)
    if body.get("owner") != union_of(form.owner):
        faults.add("FIELD_NOT_ALLOWED", "owner", "cannot be changed")
    old, new = form.body["state"], body.get("state", form.body["state"])
    if new != old and new not in _MOVES[old]:
        raise coded("STATUS_CHANGE_NOT_ALLOWED", f"Form state can't be changed from {old} to {new}")
    content = numbered(form.id, body.get("content", {}))
    changed = content != form.body["content"]
    if old == "PUBLISHED" and content["questions"] != form.body["content"]["questions"]:
        # UNCONFIRMED: whether the questions of a published form can be changed.
        faults.add("FIELD_NOT_ALLOWED", "content/questions", "cannot be changed once the form is published")
    faults.refuse()
    if old == "PUBLISHED" and changed:
        form.version += 1
    del body["owner"]
    form.body = {**body, "content": content}
    form.modified_at = call.now
    if new == "PUBLISHED" and form.published_at is None:
        form.published_at = call.now
    return Answer(status=204)


def _by_owner(call: Call) -> Answer:
    if "owner" not in call.params:
        raise missing_parameter("owner")
    owner = owner_param(call)
    check_form_reader(call, owner)
    found = [f for f in leads_of(call.world).forms.values() if f.owner == owner]
    return Answer(body=page(call, found, lambda form: form_view(call, form), total=True, most=MAX_PAGE))


_OWNER: Final[Mapping[str, Literal["required", "optional"]]] = {"owner": "required", "leadType": "optional"}

RESOURCES: Final = (
    Resource(
        path="leadForms",
        bases=frozenset({"rest"}),
        permission="partnerApiLeadForms",
        takes_raw_urns=True,
        key="number",
        methods=(
            Method(name="CREATE", handler=_create, scopes=FORMS_WRITE, body=FORM, source=SOURCE),
            Method(name="GET", handler=_get, scopes=FORMS_READ, source=SOURCE),
            Method(name="BATCH_GET", handler=_batch_get, scopes=FORMS_READ, source=SOURCE),
            Method(name="PARTIAL_UPDATE", handler=_update, scopes=FORMS_WRITE, body=FORM, source=SOURCE),
            Method(name="FINDER-owner", handler=_by_owner, scopes=FORMS_READ, params=_OWNER, source=SOURCE),
        ),
    ),
)
