import hashlib
import hmac
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inroad.common.clock import from_millis
from inroad.common.secret import Secret
from inroad.common.urn import Urn, organization, person
from inroad.sdk.errors import InvalidArgument, InvalidSignature
from inroad.sdk.resources.job_applications import JobApplication
from inroad.sdk.resources.lead_notifications import LeadAction
from inroad.sdk.resources.organization_notifications import OrganizationNotification
from inroad.sdk.webhooks import (
    JobPostingStatusChange,
    JobResync,
    UnknownEvent,
    answer_challenge,
    challenge_response,
    content_key,
    read_events,
    verify_signature,
)

SECRET = "sandbox-client-secret-7Qm"
CODE = "5f2d3c1e-8a4b-4c6d-9e0f-1a2b3c4d5e6f"
LEAD = b'{"type":"LEAD_ACTION","leadAction":"CREATED","occurredAt":1763900000000}'
LEAD_DIGEST = "37a8f842e1c80d59b5f6605a031c3fbd259d6f66e3289bd2c39f2247ea747a6c"
CAFE = '{"text":"café"}'.encode()
CAFE_RAW = "1536aac6a11699bc57a0c9a870134dcf960b7d2a67b3ed0f4ec671009b046b82"
CAFE_ESCAPED = "6430e45ad013a8934656c8d08bc72be68995e7a239e62ecfc5c13eaf77065b42"


def digest(signed: bytes, secret: str = SECRET) -> str:
    return hmac.new(secret.encode(), b"hmacsha256=" + signed, hashlib.sha256).hexdigest()


def test_a_challenge_is_answered_with_the_codes_digest() -> None:
    assert json.loads(answer_challenge(CODE, Secret(SECRET))) == {
        "challengeCode": CODE,
        "challengeResponse": "b637afc9a6f3a89e11b2d4bc0c03817bc138ce387b69125735cae415b246e36b",
    }


@pytest.mark.parametrize(
    "code", ["", "hmacsha256={}", 'hmacsha256={"type":"LEAD_ACTION"}', "a=b", "é", "x" * 129, "a\n"]
)
def test_a_code_that_could_be_an_event_is_not_answered(code: str) -> None:
    with pytest.raises(InvalidArgument):
        challenge_response(code, SECRET)


@pytest.mark.parametrize(("body", "header"), [(LEAD, LEAD_DIGEST), (CAFE, CAFE_RAW)])
@pytest.mark.parametrize("mode", ["strict", "escaped", "lenient"])
def test_the_body_as_received_is_verified(body: bytes, header: str, mode: Any) -> None:
    assert verify_signature(body, header, SECRET, mode) == "raw"


def test_the_escaped_body_is_verified_where_it_is_asked_for() -> None:
    assert verify_signature(CAFE, CAFE_ESCAPED, SECRET, "escaped") == "escaped"
    with pytest.raises(InvalidSignature):
        verify_signature(CAFE, CAFE_ESCAPED, SECRET)


def test_characters_beyond_16_bits_are_escaped_as_two_units() -> None:
    body = '{"text":"\U0001f600é"}'.encode()

    assert verify_signature(body, digest(b'{"text":"\\ud83d\\ude00\\u00e9"}'), SECRET, "escaped") == "escaped"
    assert (
        verify_signature(body, digest(b'{"text":"\\uD83D\\uDE00\\u00E9"}'), SECRET, "escaped") == "escaped in capitals"
    )


def test_format_characters_are_left_out_in_lenient_mode_only() -> None:
    body, signed = '{"text":"a\u200bé"}'.encode(), '{"text":"aé"}'.encode()

    assert verify_signature(body, digest(signed), SECRET, "lenient") == "without format characters"
    with pytest.raises(InvalidSignature):
        verify_signature(body, digest(signed), SECRET, "escaped")


def test_headers_with_the_prefix_pass_in_lenient_mode_only() -> None:
    header = f"hmacsha256={LEAD_DIGEST.upper()}"

    assert verify_signature(LEAD, header, SECRET, "lenient") == "raw"
    for mode in ("strict", "escaped"):
        with pytest.raises(InvalidSignature):
            verify_signature(LEAD, header, SECRET, mode)


def test_the_secret_before_the_present_one_still_verifies() -> None:
    assert verify_signature(LEAD, LEAD_DIGEST, [Secret("the new one"), Secret(SECRET)]) == "raw"


@pytest.mark.parametrize("header", [None, "", "x", LEAD_DIGEST[:-1], LEAD_DIGEST + "0", "é" * 64, CAFE_RAW])
@pytest.mark.parametrize("mode", ["strict", "escaped", "lenient"])
def test_other_headers_are_no_signature(header: str | None, mode: Any) -> None:
    with pytest.raises(InvalidSignature):
        verify_signature(LEAD, header, SECRET, mode)


@pytest.mark.parametrize(
    "wrong",
    [
        hmac.new(SECRET.encode(), LEAD, hashlib.sha256).hexdigest(),
        digest(LEAD + b"\n"),
        digest(LEAD, "another secret"),
    ],
)
def test_other_digests_are_no_signature(wrong: str) -> None:
    with pytest.raises(InvalidSignature):
        verify_signature(LEAD, wrong, SECRET, "lenient")


@pytest.mark.parametrize("secret", ["", Secret(""), [], ["", SECRET]])
def test_nothing_is_verified_without_a_secret(secret: Any) -> None:
    with pytest.raises(InvalidArgument):
        verify_signature(LEAD, LEAD_DIGEST, secret)


@given(st.binary(max_size=200), st.text(max_size=80))
def test_no_bytes_and_no_header_make_it_fail_otherwise(body: bytes, header: str) -> None:
    with pytest.raises(InvalidSignature):
        verify_signature(body, header, SECRET, "lenient")


NOTIFICATION: dict[str, Any] = {
    "notificationId": 880000001,
    "organizationalEntity": "urn:li:organization:5001",
    "action": "COMMENT",
    "sourcePost": "urn:li:activity:7300000000000000001",
    "generatedActivity": "urn:li:comment:(activity:7300000000000000001,7300000000000000099)",
    "lastModifiedAt": 1763900100000,
    "subscriber": "urn:li:person:sBx7kQ2mWa",
}


def read(body: object) -> Any:
    (event,) = read_events(json.dumps(body).encode())
    return event


def test_each_notification_of_a_delivery_is_an_event() -> None:
    other = {**NOTIFICATION, "notificationId": 880000002, "action": "ADDED_LATER"}
    body = {"type": "ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS", "notifications": [NOTIFICATION, other]}

    events = read_events(json.dumps(body).encode())

    assert [event.key.rpartition(":")[2] for event in events] == ["880000001", "880000002"]
    first = events[0].content
    assert isinstance(first, OrganizationNotification)
    assert first.organizational_entity == organization(5001)
    assert first.generated_activity == Urn("comment", "(activity:7300000000000000001,7300000000000000099)")


def test_a_lead_that_was_made_and_deleted_is_two_events() -> None:
    made = {
        "type": "LEAD_ACTION",
        "leadAction": "CREATED",
        "leadType": "SPONSORED",
        "leadGenFormResponse": "urn:li:leadGenFormResponse:9f3a-sbx-1",
        "leadGenForm": "urn:li:versionedLeadGenForm:(urn:li:leadGenForm:3162,1)",
        "owner": {"sponsoredAccount": "urn:li:sponsoredAccount:512"},
        "associatedEntity": {"sponsoredCreative": "urn:li:sponsoredCreative:77"},
        "occurredAt": 1763900000000,
    }

    event, again, deleted = read(made), read(dict(reversed(made.items()))), read({**made, "leadAction": "DELETED"})

    assert isinstance(event.content, LeadAction)
    assert event.key == again.key == "LEAD_ACTION:urn:li:leadGenFormResponse:9f3a-sbx-1:CREATED:1763900000000"
    assert deleted.key != event.key
    assert deleted.content.is_deletion


def test_an_application_is_read_with_its_answers() -> None:
    event = read(
        {
            "type": "EXPORT_JOB_APPLICATION",
            "jobApplicationId": "urn:li:jobApplication:770001",
            "jobApplicant": "urn:li:person:sBx4mNp8Vc",
            "externalJobId": "SBX-REQ-0042",
            "appliedAt": 1763901234000,
            "questionResponses": {
                "contactInformationQuestionResponses": {
                    "firstNameAnswer": {"value": "Ines"},
                    "lastNameAnswer": {"value": "Duarte"},
                    "emailAnswer": {"value": "ines@example.org"},
                    "cellphoneNumberQuestionAnswer": {"countryCode": "353", "nationalNumber": "850000000"},
                },
                "resumeQuestionResponses": {
                    "resumeQuestionAnswer": {
                        "mediaUrl": "https://www.linkedin.com/ambry/?x-li-ambry-ep=SBX",
                        "mediaUrn": "urn:li:media:sbx-1",
                    }
                },
                "additionalQuestionResponses": {
                    "customQuestionSetResponses": [
                        {
                            "customQuestionResponses": [
                                {
                                    "questionIdentifier": "q-visa",
                                    "answer": {"multipleChoiceAnswerValue": {"symbolicNames": ["no"]}},
                                },
                                {
                                    "questionIdentifier": "q-years",
                                    "answer": {"numericAnswerValue": {"integerValue": 7}},
                                },
                                {"questionIdentifier": "q-why", "answer": {"textAnswerValue": {"value": "The team."}}},
                                {"questionIdentifier": "q-file", "answer": {"DocumentAnswerValue": {"urn": "x"}}},
                            ]
                        }
                    ]
                },
            },
            "applicantSkills": [{"skillUrn": "urn:li:skill:1346", "skillName": "Python", "jobMatched": True}],
        }
    )

    application = event.content
    assert isinstance(application, JobApplication)
    assert event.key == "EXPORT_JOB_APPLICATION:urn:li:jobApplication:770001"
    assert application.external_job_posting_id == "SBX-REQ-0042"
    assert application.job_applicant == person("sBx4mNp8Vc")
    assert (application.display_name, application.email) == ("Ines Duarte", "ines@example.org")
    phone = application.question_responses.contact_information_question_responses.cellphone_number_question_answer
    assert phone is not None
    assert phone.text == "+353850000000"
    assert application.resume is not None
    assert application.resume.media_urn == Urn("media", "sbx-1")
    assert application.answers == {
        "q-visa": ("no",),
        "q-years": 7,
        "q-why": "The team.",
        "q-file": {"DocumentAnswerValue": {"urn": "x"}},
    }
    assert application.applicant_skills[0].skill_name == "Python"


def test_a_status_is_known_by_what_it_says() -> None:
    closed: dict[str, object] = {
        "type": "JOB_POSTING_STATUS",
        "developerApplicationUrn": "urn:li:developerApplication:5002",
        "externalJobPostingId": 42,
        "listingStatus": "NOT_LISTED",
        "listingStatusDetail": {"errorCode": None, "errorType": "LINKEDIN_ERROR", "statusMessage": "Closed."},
        "jobPostingInfo": {"listedAt": 1763900000000, "alternateLocations": []},
    }

    event, again, other = read(closed), read(closed), read({**closed, "listingStatus": "LISTED"})

    assert isinstance(event.content, JobPostingStatusChange)
    assert event.content.application == Urn("developerApplication", "5002")
    assert event.content.external_job_posting_id == "42"
    assert event.content.job_posting_info is not None
    assert event.content.job_posting_info.listed_at == from_millis(1763900000000)
    assert event.key == again.key != other.key


def test_jobs_that_are_asked_for_again_are_named() -> None:
    event = read(
        {
            "type": "RESYNC_JOBS",
            "developerApplicationUrn": "urn:li:developerApplication:5002",
            "syncAllOpenJobs": False,
            "externalJobPostingIds": ["SBX-REQ-0042"],
        }
    )

    assert isinstance(event.content, JobResync)
    assert event.content.external_job_posting_ids == ("SBX-REQ-0042",)


@pytest.mark.parametrize("body", [{"type": "PAGE_MESSAGE", "a": [1, {"b": None}]}, {"eventId": "x"}, {"type": 7}, {}])
def test_what_nobody_knows_is_kept(body: dict[str, object]) -> None:
    event = read(body)

    assert event.content == UnknownEvent(body)


def test_content_is_the_same_in_any_order() -> None:
    assert content_key({"a": 1, "b": {"c": [1, 2], "d": "é"}}) == content_key({"b": {"d": "é", "c": [1, 2]}, "a": 1})
    assert content_key({"a": [1, 2]}) != content_key({"a": [2, 1]})
    assert content_key({"a": 1}) != content_key({"a": "1"})


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"\xff",
        b'{"type":"LEAD_ACTION"}',
        b'{"type":"ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS"}',
        b'{"type":"ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS","notifications":[{}]}',
        b'{"type":"EXPORT_JOB_APPLICATION","jobApplicationId":"x"}',
        b'{"type":"JOB_POSTING_STATUS"}',
        b'{"type":"RESYNC_JOBS","syncAllOpenJobs":1}',
        b'{"a":' * 100_000,
        b'{"a":"\\ud800"}',
    ],
)
def test_what_is_no_event_is_refused(body: bytes) -> None:
    with pytest.raises(InvalidArgument):
        read_events(body)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
        lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
        max_leaves=8,
    )
)
def test_any_json_is_events_or_refused(body: object) -> None:
    try:
        events = read_events(json.dumps(body).encode())
    except InvalidArgument:
        return
    assert [event.key for event in events] == [event.key for event in read_events(json.dumps(body, indent=1).encode())]
