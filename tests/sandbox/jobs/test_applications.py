"""Apply Connect: the job's webhook is challenged, applications go there, and partners report back."""

from collections.abc import Iterator

import pytest

from inroad.sandbox.resources.applications.deeds import apply, over_limit
from inroad.sandbox.resources.applications.state import Applications
from inroad.sandbox.resources.jobs.state import Job, Jobs
from inroad.sandbox.resources.partners import application_number
from inroad.sandbox.webhooks.engine import deliver_due
from inroad.sandbox.webhooks.state import Webhooks
from sandbox.partnership import Api, Receiver, job, receiving

QUESTIONS = {
    "resumeQuestions": {"resumeQuestionRequirement": "REQUIRED"},
    "coverLetterQuestions": {"textCoverLetterQuestionRequirement": "OPTIONAL"},
    "workQuestions": {"workExperienceQuestionSet": {"minRequired": 1}},
    "additionalQuestions": {
        "customQuestionSets": [
            {
                "questions": [
                    {
                        "partnerQuestionIdentifier": "q-visa",
                        "questionText": "Do you need a visa?",
                        "required": True,
                        "questionDetails": {
                            "multipleChoiceQuestionDetails": {
                                "choices": [
                                    {"symbolicName": "yes", "displayValue": "Yes"},
                                    {"symbolicName": "no", "displayValue": "No"},
                                ],
                                "preferredFormComponent": "RADIO_BUTTONS",
                            }
                        },
                    },
                    {
                        "partnerQuestionIdentifier": "q-years",
                        "questionText": "Years",
                        "required": True,
                        "questionDetails": {"numericQuestionDetails": {"integerQuestionDetails": {"minValue": 0}}},
                    },
                ]
            }
        ]
    },
}


@pytest.fixture
def receiver(api: Api, child: str) -> Iterator[Receiver]:
    with receiving(api.world.apps[child].client_secret) as made:
        yield made


async def onsite_job(api: Api, child: str, receiver: Receiver, **more) -> Job:
    await api.list_job(
        child, onsiteApplyConfiguration={"jobApplicationWebhookUrl": receiver.url, "questions": QUESTIONS}, **more
    )
    found = api.world.state(Jobs).find(child, "NW-1")
    assert found is not None
    return found


async def test_applying_here_begins_with_a_challenge_by_the_childs_secret(api: Api, child: str, receiver) -> None:
    await onsite_job(api, child, receiver)
    assert (await api.status(child))["linkedInApplyStatus"] == "IN_PROGRESS"
    await deliver_due(api.world)
    assert receiver.challenges[0]["applicationId"] == [str(application_number(child))]
    status = await api.status(child)
    assert (status["linkedInApplyStatus"], status["linkedInApplyStatusDetail"]) == ("ENABLED", None)


async def test_a_wrong_secret_leaves_applying_off(api: Api, child: str, receiver) -> None:
    receiver.secrets = ["another"]
    await onsite_job(api, child, receiver)
    await deliver_due(api.world)
    status = await api.status(child)
    assert status["linkedInApplyStatus"] == "NOT_ENABLED"
    assert "security challenge" in status["linkedInApplyStatusDetail"]["statusMessage"]


async def test_questions_twice_leave_applying_off(api: Api, child: str, receiver) -> None:
    twice = [QUESTIONS["additionalQuestions"]["customQuestionSets"][0]["questions"][0]] * 2
    sets = {"additionalQuestions": {"customQuestionSets": [{"questions": twice}]}}
    await api.list_job(child, onsiteApplyConfiguration={"jobApplicationWebhookUrl": receiver.url, "questions": sets})
    assert "unique" in (await api.status(child))["linkedInApplyStatusDetail"]["statusMessage"]


async def test_unknown_requirements_are_refused(api: Api, child: str, receiver) -> None:
    wrong = {"resumeQuestions": {"resumeQuestionRequirement": "NOT_AVAILABLE"}}
    answer = await api.post_jobs(
        child, job(onsiteApplyConfiguration={"jobApplicationWebhookUrl": receiver.url, "questions": wrong})
    )
    assert answer.json()["elements"][0]["status"] == 422


async def test_an_application_arrives_signed_and_whole(api: Api, child: str, receiver) -> None:
    found = await onsite_job(api, child, receiver)
    made = apply(api.world, found, member=api.world.members["ben"], answers={"q-visa": "no", "q-years": 7})
    await deliver_due(api.world)
    (body,) = receiver.received
    assert body["type"] == "EXPORT_JOB_APPLICATION"
    assert body["jobApplicationId"] == made.urn == "urn:li:jobApplication:770001"
    assert body["externalJobId"] == "NW-1"
    assert body["jobApplicant"] == f"urn:li:person:{api.world.scoped_id(child, 'ben')}"
    answers = body["questionResponses"]
    assert answers["contactInformationQuestionResponses"]["emailAnswer"] == {"value": "ben@example.test"}
    assert answers["resumeQuestionResponses"]["resumeQuestionAnswer"]["mediaUrl"].startswith(
        "https://www.linkedin.com/ambry/?x-li-ambry-ep="
    )
    custom = answers["additionalQuestionResponses"]["customQuestionSetResponses"][0]["customQuestionResponses"]
    assert custom == [
        {"questionIdentifier": "q-visa", "answer": {"multipleChoiceAnswerValue": {"symbolicNames": ["no"]}}},
        {"questionIdentifier": "q-years", "answer": {"numericAnswerValue": {"integerValue": 7}}},
    ]
    assert receiver.signatures == [receiver.hash("hmacsha256=" + receiver.raw[0].decode())]
    assert made.arrived is True


@pytest.mark.parametrize(
    ("field", "names"),
    [("externalJobPostingId", {"externalJobPostingId"}), ("both", {"externalJobId", "externalJobPostingId"})],
)
async def test_the_job_has_the_name_of_the_switch(api: Api, child: str, receiver, field, names) -> None:
    api.world.switches["apply.job_id_field"] = field
    apply(api.world, await onsite_job(api, child, receiver))
    await deliver_due(api.world)
    assert set(receiver.received[0]) & {"externalJobId", "externalJobPostingId"} == names


async def test_only_exactly_200_counts_and_six_more_tries_are_made(api: Api, child: str, receiver) -> None:
    receiver.statuses = [202] * 9
    found = await onsite_job(api, child, receiver)
    made = apply(api.world, found)
    for _ in range(70):
        await deliver_due(api.world)
        api.pass_time(1)
    (delivery,) = api.world.state(Webhooks).deliveries.values()
    assert [a.status for a in delivery.attempts] == [202] * 7
    assert delivery.state == "dropped"
    assert made.arrived is False
    assert found.onsite is None
    assert (await api.status(child))["linkedInApplyStatus"] == "NOT_ENABLED"
    with pytest.raises(ValueError, match="takes applications at https://jobs"):
        apply(api.world, found)


async def test_a_later_loss_leaves_the_job_as_it_is(api: Api, child: str, receiver) -> None:
    found = await onsite_job(api, child, receiver)
    apply(api.world, found)
    await deliver_due(api.world)
    receiver.statuses = [500] * 7
    apply(api.world, found)
    api.pass_time(3600)
    await deliver_due(api.world)
    assert found.onsite is not None


async def test_free_applications_can_run_out(api: Api, child: str, receiver) -> None:
    found = await onsite_job(api, child, receiver)
    over_limit(found)
    assert (await api.status(child))["linkedInApplyStatusDetail"]["errorCode"] == 1157


async def test_a_resume_is_downloaded_by_its_child_for_thirty_days(api: Api, child: str, receiver) -> None:
    made = apply(api.world, await onsite_job(api, child, receiver))
    path = f"/ambry/?x-li-ambry-ep={made.media}"
    good = await api.send("GET", path, app=child)
    assert (good.status_code, good.headers["content-type"]) == (200, "application/pdf")
    assert good.content.startswith(b"%PDF")
    assert (await api.client.get(path)).status_code == 401
    assert (await api.send("GET", path, app="partner")).status_code == 403
    assert (await api.send("GET", "/ambry/?x-li-ambry-ep=none", app=child)).status_code == 404
    api.pass_time(days=30)
    assert (await api.send("GET", path, app=child)).status_code == 410


class TestLifecycleActions:
    def action(self, urn: str, action: str = "APPLICATION_VIEWED") -> dict:
        return {"jobApplicationId": urn, "action": action, "performedAt": 1_763_905_000_000}

    async def test_a_deed_is_written_down(self, api: Api, child: str, receiver) -> None:
        made = apply(api.world, await onsite_job(api, child, receiver))
        headers = {"x-restli-method": "create", "x-restli-protocol-version": "2.0.0"}
        path = "/v2/jobApplicationLifecycleActions"
        answer = await api.send("POST", path, app=child, json=self.action(made.urn), headers=headers)
        assert (answer.status_code, answer.content) == (201, b"")
        assert answer.headers["x-restli-id"]
        assert api.world.state(Applications).by_urn[made.urn].deeds[0].action == "APPLICATION_VIEWED"

    async def test_unknown_actions_applications_and_callers(self, api: Api, child: str, receiver) -> None:
        made = apply(api.world, await onsite_job(api, child, receiver))
        path = "/v2/jobApplicationLifecycleActions"
        bad = await api.send("POST", path, app=child, json=self.action(made.urn, "APPLICATION_HIRED"))
        assert (bad.status_code, "is not an enum symbol" in bad.text) == (422, True)
        unknown = await api.send("POST", path, app=child, json=self.action("urn:li:jobApplication:1"))
        assert unknown.status_code == 404
        assert (await api.send("POST", path, app="plain", json=self.action(made.urn))).status_code == 403
