"""`simpleJobPostings`: what is taken, what each element answers, which errors come when."""

import pytest

from inroad.sandbox.resources.jobs.state import Jobs
from inroad.sandbox.resources.provisioning.state import Contract, Provisioning
from sandbox.partnership import LONG_TEXT, NORTHWIND, Api, job

MISSING = "field is required but not found and has no default value"


def error_of(answer, index=0):
    assert answer.status_code == 200, answer.text
    element = answer.json()["elements"][index]
    assert "id" not in element
    assert element["error"]["status"] == element["status"]
    return element["status"], element["error"]["message"]


class TestBatchCreate:
    async def test_a_job_is_only_acknowledged(self, api: Api, child: str) -> None:
        answer = await api.post_jobs(child, job())
        (element,) = answer.json()["elements"]
        assert answer.status_code == 200
        assert element["status"] == 202
        assert element["id"].startswith("urn:li:simpleJobPostingTask:")
        assert element["location"] == f"/simpleJobPostings/{element['id'].replace(':', '%3A')}"
        assert (await api.task(child, element["id"]))["status"] == "IN_PROGRESS"
        assert (await api.status(child))["listingStatus"] == "IN_PROGRESS"

    @pytest.mark.parametrize("base", ["/v2", "/rest"])
    async def test_both_bases_take_jobs_and_the_header_in_any_case(self, api: Api, child: str, base: str) -> None:
        answer = await api.post_jobs(child, job(), base=base, headers={"x-restli-method": "Batch_Create"})
        assert answer.json()["elements"][0]["status"] == 202

    async def test_mixed_elements_answer_in_their_order(self, api: Api, child: str) -> None:
        answer = await api.post_jobs(child, job("a"), job("b", title=None), job("c"))
        assert [e["status"] for e in answer.json()["elements"]] == [202, 422, 202]

    async def test_two_hundred_can_mean_that_every_job_failed(self, api: Api, child: str) -> None:
        answer = await api.post_jobs(child, job("a", title=None), job("b", listedAt="soon"))
        assert answer.status_code == 200
        assert [e["status"] for e in answer.json()["elements"]] == [422, 422]
        assert error_of(answer) == (422, f"ERROR :: /title :: {MISSING}\n")
        assert error_of(answer, 1) == (422, "ERROR :: /listedAt :: soon cannot be coerced to Long\n")
        assert answer.json()["elements"][0]["error"]["errorDetails"] == {"externalJobPostingId": "a"}

    async def test_each_location_is_a_task(self, api: Api, child: str) -> None:
        answer = await api.post_jobs(child, job(alternateLocations=["Dublin, Leinster, Ireland", "Cork, Ireland"]))
        api.pass_time(1)
        tasks = [await api.task(child, e["id"]) for e in answer.json()["elements"]]
        assert [t["location"] for t in tasks] == ["Dublin, Leinster, Ireland", "Cork, Ireland"]
        assert {t["status"] for t in tasks} == {"SUCCEEDED"}
        assert len({t["jobPosting"] for t in tasks}) == 2
        assert (await api.status(child))["jobPostingInfo"]["alternateLocations"] == ["Cork, Ireland"]


class TestElementErrors:
    @pytest.mark.parametrize(
        ("change", "status", "message"),
        [
            ({"availability": None}, 422, f"ERROR :: /availability :: {MISSING}\n"),
            ({"posterEmail": None}, 422, f"ERROR :: /posterEmail :: {MISSING}\n"),
            (
                {"jobPostingOperationType": "OPEN"},
                422,
                'ERROR :: /jobPostingOperationType :: "OPEN" is not an enum symbol\n',
            ),
            ({"employmentStatus": "NEVER"}, 422, 'ERROR :: /employmentStatus :: "NEVER" is not an enum symbol\n'),
            ({"experienceLevel": "GURU"}, 422, 'ERROR :: /experienceLevel :: "GURU" is not an enum symbol\n'),
            ({"applyMethod": {}}, 422, "ERROR :: /applyMethod :: unrecognized field found but not allowed\n"),
            ({"listedAt": 4_000_000_000_000}, 422, "ERROR :: /listedAt :: must be positive and not in the future\n"),
            (
                {"workplaceTypes": ["Hybrid", "Remote"]},
                400,
                "workplaceTypes takes exactly one of On-site, Hybrid, Remote, got ['Hybrid', 'Remote']",
            ),
            (
                {"companyApplyUrl": "nowhere"},
                400,
                "Invalid company apply url for job with externalPartnerId NW-1",
            ),
            (
                {"company": None},
                400,
                "Either context or company or companyPageUrl or companyName must be provided",
            ),
            (
                {"alternateLocations": ["Cork, Ireland"] * 8},
                422,
                "ERROR :: /alternateLocations :: length of array is out of range 0...7\n",
            ),
            ({"listingType": "PREMIUM"}, 422, f"ERROR :: /contract :: {MISSING}\n"),
        ],
    )
    async def test_element_is_refused(self, api: Api, child: str, change, status, message) -> None:
        assert error_of(await api.post_jobs(child, job(**change))) == (status, message)

    @pytest.mark.parametrize("change", [{"description": {"text": "x"}}, {"location": {"city": "Cork"}}])
    async def test_objects_where_texts_belong_are_refused(self, api: Api, child: str, change) -> None:
        status, message = error_of(await api.post_jobs(child, job(**change)))
        assert (status, message.startswith(f"ERROR :: /{next(iter(change))} :: ")) == (422, True)

    async def test_long_ids_are_refused(self, api: Api, child: str) -> None:
        status, message = error_of(await api.post_jobs(child, job("x" * 76)))
        assert (status, message.endswith("is out of range 1...75\n")) == (422, True)
        api.world.switches["jobs.external_id_max"] = "200"
        assert (await api.post_jobs(child, job("x" * 76))).json()["elements"][0]["status"] == 202
        assert error_of(await api.post_jobs(child, job("x" * 201)))[0] == 422

    async def test_an_id_twice_in_a_request_is_refused(self, api: Api, child: str) -> None:
        answer = await api.post_jobs(child, job(), job())
        assert error_of(answer, 1) == (400, "Duplicate externalJobPostingId in the request: NW-1")

    async def test_required_fields_are_fewer_when_lenient(self, api: Api, child: str) -> None:
        api.world.switches["jobs.required_fields"] = "lenient"
        answer = await api.post_jobs(child, job(availability=None, posterEmail=None, listedAt=1_763_900_000))
        assert answer.json()["elements"][0]["status"] == 202

    async def test_enums_are_mapped_by_the_switch(self, api: Api, child: str) -> None:
        api.world.switches["jobs.nonstandard_enum"] = "map"
        await api.list_job(child, employmentStatus="full-time", experienceLevel="Guru")
        fields = next(iter(api.world.state(Jobs).jobs.values())).fields
        assert (fields["employmentStatus"], fields["experienceLevel"]) == ("FULL_TIME", "NOT_APPLICABLE")

    @pytest.mark.parametrize(("shape", "status"), [("both", 202), ("range_only", 422)])
    async def test_a_range_without_its_name(self, api: Api, child: str, shape: str, status: int) -> None:
        api.world.switches["jobs.compensation_shape"] = shape
        pay = {"period": "YEARLY", "type": "BASE_SALARY", "value": {"start": {"amount": "1", "currencyCode": "EUR"}}}
        answer = await api.post_jobs(child, job(compensation={"compensations": [pay]}))
        assert answer.json()["elements"][0]["status"] == status


class TestWholeRequestErrors:
    async def test_a_forgotten_method_header_is_403(self, api: Api, child: str) -> None:
        answer = await api.send("POST", "/rest/simpleJobPostings", app=child, json={"elements": [job()]})
        message = (
            "Unpermitted fields present in REQUEST_BODY: Data Processing Exception while processing fields [/elements]"
        )
        assert (answer.status_code, answer.json()["message"]) == (403, message)
        bare = await api.send("POST", "/v2/simpleJobPostings", app=child, json=job())
        assert bare.status_code == 403
        assert bare.json()["message"] == "Not enough permissions to access: simpleJobPostings.CREATE.NO_VERSION"
        api.world.switches["errors.wording"] = "old"
        old = await api.send("POST", "/v2/simpleJobPostings", app=child, json=job())
        assert old.json()["message"] == "Not enough permissions to access: POST /simpleJobPostings"

    async def test_parents_plain_apps_and_members_are_refused(self, api: Api, child: str) -> None:
        for app in ("partner", "plain"):
            assert (await api.post_jobs(app, job())).status_code == 403
        api.world.switches["jobs.token"] = "any"
        assert (await api.post_jobs("partner", job())).status_code == 200
        assert (await api.post_jobs("plain", job())).status_code == 403

    async def test_a_number_as_id_breaks_the_server(self, api: Api, child: str) -> None:
        answer = await api.post_jobs(child, job(42))
        assert (answer.status_code, answer.json()["message"]) == (500, "Internal Server Error")

    async def test_closing_what_is_closed_or_unknown_is_409(self, api: Api, child: str) -> None:
        answer = await api.post_jobs(child, job(operation="CLOSE"))
        assert answer.status_code == 409
        assert answer.json()["message"] == "Cannot close job which is already closed or does not exist"
        mixed = await api.post_jobs(child, job(operation="CLOSE"), job("NW-2"))
        assert [e["status"] for e in mixed.json()["elements"]] == [409, 202]

    async def test_errors_become_the_requests_by_the_switch(self, api: Api, child: str) -> None:
        api.world.switches["jobs.error_level"] = "request"
        answer = await api.post_jobs(child, job("NW-2"), job(company=None))
        assert answer.status_code == 400
        assert error_of(await api.post_jobs(child, job(title=None)))[0] == 422

    async def test_contracts_have_owners_slots_and_budgets(self, api: Api, child: str) -> None:
        paid = {"listingType": "PREMIUM", "contract": "urn:li:contract:7002"}
        stranger = await api.post_jobs(child, job(**paid))
        assert stranger.status_code == 403
        assert stranger.json()["message"] == (
            "Caller is not authorized to access the jobs for contract: urn:li:contract:7002"
        )
        contract = Contract(id=7002, client_id="partner")
        api.world.state(Provisioning).contracts[7002] = contract
        api.world.switches["jobs.contract_slots"] = 1
        assert (await api.list_job(child, **paid))["status"] == "SUCCEEDED"
        assert (await api.status(child))["promotionStatus"] == "PROMOTED"
        full = await api.post_jobs(child, job("NW-2", **paid))
        assert (full.status_code, full.json()["message"]) == (
            402,
            "Insufficient job slots for contract = urn:li:contract:7002",
        )
        api.world.switches["jobs.contract_slots"] = 5
        contract.spent = 2_000_000
        spent = await api.post_jobs(child, job("NW-2", **paid))
        assert (spent.status_code, spent.json()["message"]) == (
            402,
            "Insufficient lifetime budget for contract: urn:li:contract:7002",
        )

    async def test_a_batch_has_its_limit(self, api: Api, child: str) -> None:
        answer = await api.post_jobs(child, *[job(str(n)) for n in range(101)])
        assert answer.status_code == 400

    async def test_other_bodies_and_paths(self, api: Api, child: str) -> None:
        bare = await api.send(
            "POST", "/rest/simpleJobPostings", app=child, json=job(), headers={"x-restli-method": "batch_create"}
        )
        assert bare.status_code == 422
        assert (await api.send("GET", "/rest/simpleJobPostings/7", app=child)).status_code == 404
        assert (await api.send("POST", "/rest/simpleJobPostings/7", app=child, json={})).status_code == 404
        assert (await api.send("GET", "/rest/simpleJobPostingTasks/7", app=child)).status_code == 404

    async def test_talent_has_versions_of_its_own(self, api: Api, child: str) -> None:
        for version, status in (("202504", 200), ("202512", 200), ("202412", 426)):
            answer = await api.post_jobs(child, job(version), headers={"linkedin-version": version})
            assert answer.status_code == status


class TestTasks:
    async def test_a_task_settles_into_a_posting(self, api: Api, child: str) -> None:
        task = await api.list_job(child)
        assert task == {
            "id": task["id"],
            "externalJobPostingId": "NW-1",
            "status": "SUCCEEDED",
            "jobPosting": "urn:li:jobPosting:39000001",
        }

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"description": "Too short"}, "The description length should be at least 100 characters"),
            ({"description": f"<script>{LONG_TEXT}"[:104]}, "The description length should be at least 100 characters"),
            ({"title": "x" * 201}, "[JOB_FIELD_PROCESSOR_TITLE]"),
            ({"location": "Ireland"}, "[JOB_FIELD_PROCESSOR_GEO_LOCATION]"),
            ({"company": "urn:li:organization:1"}, "[JOB_FIELD_PROCESSOR_COMPANY]"),
            (
                {"company": None, "companyPageUrl": "https://www.linkedin.com/company/nobody"},
                "[JOB_FIELD_PROCESSOR_COMPANY]",
            ),
            ({"company": None, "companyName": " "}, "[JOB_FIELD_PROCESSOR_COMPANY_NAME]"),
            ({"company": None, "companyName": "Nobody"}, "[MISSING_INDUSTRY_CODES]"),
            ({"categories": ["a", "b", "c", "d"]}, "[JOB_FIELD_PROCESSOR_JOB_CATEGORY]"),
            ({"companyApplyUrl": "https://intranet/jobs"}, "[JOB_FIELD_PROCESSOR_COMPANY_APPLY_URL]"),
            ({"expireAt": 1_763_900_000_000}, "Invalid Expiration Date"),
            ({"description": "x" * 25_001}, "[JOB_FIELD_PROCESSOR_DESCRIPTION]"),
        ],
    )
    async def test_a_task_fails_in_its_own_words(self, api: Api, child: str, change, message: str) -> None:
        task = await api.list_job(child, **change)
        assert task["status"] == "FAILED"
        assert message in task["errorMessage"]
        assert "jobPosting" not in task

    async def test_a_country_alone_is_for_remote_work(self, api: Api, child: str) -> None:
        task = await api.list_job(child, location="Ireland", workplaceTypes=["remote"])
        assert task["status"] == "SUCCEEDED"

    async def test_a_live_job_is_not_created_again(self, api: Api, child: str) -> None:
        await api.list_job(child)
        task = await api.list_job(child)
        assert task["status"] == "FAILED"
        assert "urn:li:jobPosting:39000001" in task["errorMessage"]
        assert "NW-1" in task["errorMessage"]

    @pytest.mark.parametrize("operation", ["UPDATE", "RENEW", "UPGRADE"])
    async def test_unknown_jobs_cannot_be_changed(self, api: Api, child: str, operation: str) -> None:
        api.world.state(Provisioning).contracts[7002] = Contract(id=7002, client_id="partner")
        task = await api.list_job(child, jobPostingOperationType=operation, contract="urn:li:contract:7002")
        text = f"Operation type `{operation}` is not allowed for a non-existing job"
        assert (task["status"], task["errorMessage"].startswith(text)) == ("FAILED", True)

    async def test_planned_failures_come_first(self, api: Api, child: str) -> None:
        api.world.state(Jobs).failures = ["trust"]
        assert (await api.list_job(child))["errorMessage"].startswith("The job was taken down")
        assert (await api.list_job(child))["status"] == "SUCCEEDED"

    async def test_task_ids_are_checked_and_unknown_ones_are_errors(self, api: Api, child: str) -> None:
        bad = await api.send("GET", "/v2/simpleJobPostingTasks?ids=7", app=child)
        assert (bad.status_code, bad.json()["message"]) == (400, "Batch key parameter value is invalid")
        urn = "urn:li:simpleJobPostingTask:0b6f2f0e-8f0c-4a47-8a3c-7a1c1f6a2d10"
        unknown = (await api.send("GET", f"/v2/simpleJobPostingTasks?ids={urn}", app=child)).json()
        assert unknown["errors"][urn]["status"] == 404
        assert (await api.send("GET", f"/v2/simpleJobPostingTasks?ids={urn}", app="partner")).status_code == 403

    async def test_task_ids_live_thirty_days(self, api: Api, child: str) -> None:
        task = await api.list_job(child)
        api.pass_time(days=30)
        found = (await api.send("GET", f"/v2/simpleJobPostingTasks?ids={task['id']}", app=child)).json()
        assert found["errors"][task["id"]]["status"] == 404


class TestStatus:
    async def test_a_status_is_full_of_nulls(self, api: Api, child: str) -> None:
        await api.list_job(child)
        assert await api.status(child) == {
            "externalJobPostingId": "NW-1",
            "listingStatus": "LISTED",
            "listingStatusDetail": None,
            "jobPostingInfo": {
                "listedAt": 1_763_900_000_000,
                "expireAt": 1_810_976_400_200,
                "location": "Dublin, Leinster, Ireland",
                "alternateLocations": None,
                "companyDetails": {
                    "name": "Northwind Works",
                    "pageUrl": "https://www.linkedin.com/company/northwind-works",
                },
                "visibilityTag": None,
            },
            "linkedInApplyStatus": "NOT_ENABLED",
            "linkedInApplyStatusDetail": {
                "errorCode": None,
                "errorType": "PARTNER_ERROR",
                "statusMessage": "Onsite apply was not requested for this job.",
            },
            "promotionStatus": "NOT_PROMOTED",
            "promotionStatusDetail": None,
            "jobCampaign": None,
            "partnerJobCampaign": None,
            "jobPostingUrl": "https://www.linkedin.com/jobs/view/39000001",
            "rawLocation": "Dublin, Leinster, Ireland",
        }

    async def test_ids_are_repeated_and_unknown_ones_are_errors(self, api: Api, child: str) -> None:
        await api.list_job(child, "17")
        answer = (await api.send("GET", "/rest/jobPostingStatus?ids=17&ids=none", app=child)).json()
        assert answer["results"]["17"]["externalJobPostingId"] == 17
        assert answer["errors"]["none"]["status"] == 404
        assert answer["statuses"] == {}

    async def test_jobs_end_by_closing_and_by_time(self, api: Api, child: str) -> None:
        await api.list_job(child)
        await api.post_jobs(child, job(operation="CLOSE"))
        api.pass_time(1)
        closed = await api.status(child)
        assert closed["listingStatus"] == "NOT_LISTED"
        assert "jobPostingUrl" not in closed
        assert (await api.list_job(child, jobPostingOperationType="RENEW"))["status"] == "SUCCEEDED"
        assert (await api.status(child))["listingStatus"] == "LISTED"
        api.pass_time(days=181)
        assert (await api.status(child))["listingStatus"] == "NOT_LISTED"

    async def test_jobs_of_other_children_are_not_there(self, api: Api, child: str) -> None:
        await api.list_job(child)
        answer = await api.send("GET", "/v2/jobPostingStatus?ids=NW-1", app="partner")
        assert answer.status_code == 403

    async def test_company_details_have_two_spellings(self, api: Api, child: str) -> None:
        api.world.switches["jobs.company_details"] = "companyName_companyPage"
        await api.list_job(child, company=None, integrationContext=NORTHWIND)
        details = (await api.status(child))["jobPostingInfo"]["companyDetails"]
        assert set(details) == {"companyName", "companyPage"}
