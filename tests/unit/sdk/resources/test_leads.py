import json
from typing import Any

import msgspec
import pytest

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import Request, Response
from inroad.sdk.resources.lead_form_responses import _LEAD, LeadFormResponses, lead_id, owner_for
from inroad.sdk.resources.lead_forms import _FORM, LeadForms, read_versioned_form, versioned_form
from inroad.sdk.resources.lead_notifications import LeadNotifications, read_lead_action

ACCOUNT, ORGANIZATION = Urn("sponsoredAccount", "5"), Urn("organization", "7")
FORM = _FORM.decode(
    json.dumps(
        {
            "id": 9,
            "versionId": 2,
            "content": {
                "questions": [
                    {"questionId": 1, "name": "Vorname"},
                    {
                        "questionId": 2,
                        "question": {"localized": {"de_DE": "Wann?"}},
                        "questionDetails": {
                            "multipleChoiceQuestionDetails": {
                                "options": [{"id": 0, "text": {"localized": {"de_DE": "2026"}}}]
                            }
                        },
                    },
                ]
            },
        }
    ).encode()
)
LEAD: dict[str, Any] = {
    "id": "3c0d-4",
    "versionedLeadGenFormUrn": "urn:li:versionedLeadGenForm:(urn:li:leadGenForm:9,2)",
    "formResponse": {
        "answers": [
            {"questionId": 1, "answerDetails": {"textQuestionAnswer": {"answer": "Dana"}}},
            {"questionId": 2, "answerDetails": {"multipleChoiceAnswer": {"options": [0, 8]}}},
            {"questionId": 3, "name": "Extra", "answerDetails": {"textQuestionAnswer": {"answer": ""}}},
        ]
    },
}
ACTION: dict[str, Any] = {
    "type": "LEAD_ACTION",
    "leadAction": "CREATED",
    "leadType": "SPONSORED",
    "occurredAt": 1795260125001,
    "leadGenFormResponse": "urn:li:leadGenFormResponse:3c0d-4",
    "leadGenForm": "urn:li:versionedLeadGenForm:(urn:li:leadGenForm:9, 2)",
    "owner": {"sponsoredAccount": "urn:li:sponsoredAccount:5"},
    "associatedEntity": {"sponsoredCreative": "urn:li:sponsoredCreative:6"},
}


def test_answers_are_read_by_the_form_they_answer() -> None:
    lead = _LEAD.decode(json.dumps(LEAD).encode())

    assert lead.answers_of(FORM) == {"Vorname": "Dana", "Wann?": "2026, 8", "Extra": ""}


def test_answers_are_not_read_by_another_version_of_the_form() -> None:
    lead = _LEAD.decode(json.dumps(LEAD).encode())

    with pytest.raises(InvalidArgument, match="version 2, not urn:li:leadGenForm:9 3"):
        lead.answers_of(msgspec.structs.replace(FORM, version_id=3))


def test_a_version_of_a_form_survives_a_blank() -> None:
    assert str(versioned_form(9, 2)) == "urn:li:versionedLeadGenForm:(urn:li:leadGenForm:9,2)"
    assert read_versioned_form("urn:li:versionedLeadGenForm:(urn:li:leadGenForm:9, 2)") == (Urn("leadGenForm", "9"), 2)


@pytest.mark.parametrize("urn", ["urn:li:leadGenForm:9", "urn:li:versionedLeadGenForm:(a,b)", "x", ""])
def test_what_is_no_version_of_a_form_is_refused(urn: str) -> None:
    with pytest.raises(InvalidArgument):
        read_versioned_form(urn)


def test_a_notification_is_read() -> None:
    action = read_lead_action(json.dumps(ACTION).encode())

    assert action.lead == Urn("leadGenFormResponse", "3c0d-4")
    assert action.form == (Urn("leadGenForm", "9"), 2)
    assert action.entity == Urn("sponsoredCreative", "6")
    assert action.owner.urn == ACCOUNT
    assert not action.is_deletion
    assert action.key == ("urn:li:leadGenFormResponse:3c0d-4", "CREATED", 1795260125001)


@pytest.mark.parametrize("key", ["creative", "associatedCreative", "sponsoredCreative"])
def test_a_notifications_entity_is_found_under_any_key(key: str) -> None:
    action = read_lead_action(json.dumps({**ACTION, "associatedEntity": {key: "urn:li:sponsoredCreative:6"}}).encode())

    assert action.entity == Urn("sponsoredCreative", "6")


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", b"\xff", json.dumps({**ACTION, "leadGenForm": "urn:li:x:1"}).encode()],
)
def test_what_is_no_notification_is_refused(body: bytes) -> None:
    with pytest.raises(InvalidArgument, match="not a lead notification"):
        read_lead_action(body)


def test_all_that_follows_is_the_leads_id() -> None:
    assert lead_id("urn:li:leadGenFormResponse:3c0d-4:17") == "3c0d-4:17"
    with pytest.raises(InvalidArgument):
        lead_id("urn:li:leadGenForm:9")


def test_sponsored_leads_are_an_accounts_and_others_an_organizations() -> None:
    assert owner_for(ACCOUNT, "SPONSORED") == {"sponsoredAccount": ACCOUNT}
    with pytest.raises(InvalidArgument, match="SPONSORED are not of"):
        owner_for(ORGANIZATION, "SPONSORED")
    with pytest.raises(InvalidArgument, match="EVENT are not of"):
        owner_for(ACCOUNT, "EVENT")


def test_a_total_of_zero_does_not_end_the_leads() -> None:
    flow = LeadFormResponses.find_by_owner.flow(None, ACCOUNT, lead_type="SPONSORED", count=1)
    next(flow)
    body = {"elements": [LEAD], "paging": {"start": 0, "count": 1, "total": 0}}

    with pytest.raises(StopIteration) as end:
        flow.send(Response(200, {}, json.dumps(body).encode()))

    following = end.value.value.following
    assert following is not None
    step = next(following())
    assert isinstance(step, Request)
    assert (step.params or {})["start"] == 1


def test_a_webhook_is_https() -> None:
    with pytest.raises(InvalidArgument, match="must begin with https"):
        next(LeadNotifications.create.flow(None, ACCOUNT, webhook="http://x", lead_type="SPONSORED"))


def test_a_form_is_a_forms_key() -> None:
    with pytest.raises(InvalidArgument):
        next(LeadForms.get.flow(None, "urn:li:sponsoredCampaign:9"))
