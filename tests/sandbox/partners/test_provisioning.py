"""Child applications, integrations, contracts, blocked webhooks, messages, and what is closed."""

import pytest

from inroad.sandbox.webhooks.engine import deliver_due
from inroad.sandbox.webhooks.state import Webhooks, enrol
from sandbox.partnership import ADA, NORTHWIND, Api, child_of, receiving

CHILD = {
    "uniqueForeignId": "acme-0042",
    "name": "Acme Recruiting",
    "description": "Jobs of Acme",
    "validJsSdkDomains": ["https://ats.example.test"],
    "oauth2AuthorizedCallbackUrls": ["https://ats.example.test/cb"],
}
PATH = "/v2/provisionedApplications"


class TestApplications:
    async def test_a_child_gets_credentials_that_are_shown_once(self, api: Api) -> None:
        made = await api.send("POST", f"{PATH}/", app="partner", json=CHILD)
        assert made.status_code == 201
        credentials = made.json()["credentials"]
        token = await api.client.post("/oauth/v2/accessToken", data={"grant_type": "client_credentials", **credentials})
        assert token.json()["expires_in"] == 1800
        found = await api.send(
            "GET", f"{PATH}/?q=credentialsByUniqueForeignId&uniqueForeignId=acme-0042", app="partner"
        )
        (element,) = found.json()["elements"]
        assert element == {**CHILD, "key": made.json()["key"], "credentials": {"client_id": credentials["client_id"]}}

    async def test_a_child_is_changed_under_its_raw_urn(self, api: Api) -> None:
        key = (await api.send("POST", PATH, app="partner", json=CHILD)).json()["key"]
        patch = {"patch": {"$set": {"validJsSdkDomains": ["https://b.example.test"]}}}
        assert (await api.send("POST", f"{PATH}/{key}", app="partner", json=patch)).status_code == 204
        found = await api.send("GET", f"{PATH}?q=credentialsByUniqueForeignId&uniqueForeignId=acme-0042", app="partner")
        assert found.json()["elements"][0]["validJsSdkDomains"] == ["https://b.example.test"]
        unknown = await api.send("POST", f"{PATH}/urn:li:developerApplication:1", app="partner", json=patch)
        assert unknown.status_code == 404

    async def test_refusals(self, api: Api) -> None:
        await api.send("POST", PATH, app="partner", json=CHILD)
        assert (await api.send("POST", PATH, app="partner", json=CHILD)).status_code == 409
        named = {**CHILD, "uniqueForeignId": "b", "name": "LinkedIn jobs"}
        assert (await api.send("POST", PATH, app="partner", json=named)).status_code == 400
        assert (await api.send("POST", PATH, app="plain", json=CHILD)).status_code == 403
        assert (await api.send("POST", PATH, app=child_of(api.world).client_id, json=CHILD)).status_code == 403
        assert (await api.send("POST", PATH, app="partner", json={"name": "A"})).status_code == 422


class TestIntegrations:
    KEY = (
        "ids[0].integrationContext=urn:li:organization:90210001&ids[0].integrationType=APPLY_CONNECT"
        "&ids[0].tenantType=JOBS&ids[0].dataProvider=ATS"
    )
    NAME = f"integrationContext={NORTHWIND}&integrationType=APPLY_CONNECT&tenantType=JOBS&dataProvider=ATS"
    SORTED = f"dataProvider=ATS&integrationContext={NORTHWIND}&integrationType=APPLY_CONNECT&tenantType=JOBS"

    async def patch(self, api: Api, query: str = KEY, name: str = NAME):
        body = {"entities": {name: {"patch": {"$set": {"integrationName": "Apply Connect of Acme"}}}}}
        headers = {"x-restli-method": "batch_partial_update"}
        return await api.send("POST", f"/v2/atsIntegrations?{query}", app="partner", json=body, headers=headers)

    async def test_keys_of_the_old_protocol_are_read_in_any_order(self, api: Api) -> None:
        made = await self.patch(api)
        assert made.status_code == 200, made.text
        assert made.json()["results"][self.SORTED]["integrationName"] == "Apply Connect of Acme"
        found = (await api.send("GET", f"/v2/atsIntegrations?{self.KEY}", app="partner")).json()
        assert found["results"][self.SORTED]["integrationContext"] == NORTHWIND
        assert found["statuses"] == {}

    async def test_unknown_ones_are_errors_and_bad_ones_400(self, api: Api) -> None:
        found = (await api.send("GET", f"/v2/atsIntegrations?{self.KEY}", app="partner")).json()
        assert found["errors"][self.SORTED]["status"] == 404
        assert (await self.patch(api, name=self.NAME.replace("JOBS", "RECRUITER"))).status_code == 400
        assert (await self.patch(api, query=self.KEY.replace("90210001", "1"))).status_code == 400
        assert (
            await self.patch(api, name=self.NAME.replace("APPLY_CONNECT", "APPLY_WITH_LINKEDIN"))
        ).status_code == 400


async def test_a_contract_is_set_up_once(api: Api) -> None:
    answers = [
        await api.send(
            "POST",
            "/rest/provisionedHiringContracts?action=setup",
            app="partner",
            json={"partnerContractId": 7001},
            headers={"x-restli-protocol-version": "2.0.0"},
        )
        for _ in range(2)
    ]
    assert answers[0].status_code == 200
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["value"]["contract"] == "urn:li:contract:7002"
    plain = await api.send(
        "POST", "/rest/provisionedHiringContracts?action=setup", app="plain", json={"partnerContractId": 1}
    )
    assert plain.status_code == 403


class TestDeveloperWebhooks:
    async def test_a_block_is_found_and_lifted(self, api: Api) -> None:
        child = child_of(api.world)
        with receiving("wrong") as receiver:
            enrol(api.world, client_id=child.client_id, family="job_application", url=receiver.url, origin="job")
            api.pass_time(hours=7)
            await deliver_due(api.world)
            headers = {"x-restli-protocol-version": "2.0.0"}
            path = "/v2/developerWebhooks"
            query = "?q=parentApplication&queryCriteria=(webhookStatus:BLOCKED)"
            found = (await api.send("GET", path + query, app="partner", headers=headers)).json()["elements"]
            assert [(e["webhook"], e["webhookStatus"]) for e in found] == [(receiver.url, "BLOCKED")]
            again = {"application": found[0]["application"], "webhook": receiver.url}
            action = f"{path}?action=revalidateWebhook"
            failed = await api.send("POST", action, app="partner", json=again, headers=headers)
            assert (failed.status_code, failed.json()["message"]) == (
                400,
                "This URL did not pass the security challenge check",
            )
            receiver.secrets = [child.client_secret]
            assert (await api.send("POST", action, app="partner", json=again, headers=headers)).status_code == 200
            assert next(iter(api.world.state(Webhooks).hooks.values())).state == "VALIDATED"
            assert (await api.send("GET", path + query, app="partner", headers=headers)).json()["elements"] == []

    async def test_bad_criteria_and_unknown_webhooks(self, api: Api) -> None:
        headers = {"x-restli-protocol-version": "2.0.0"}
        bad = "/v2/developerWebhooks?q=parentApplication&queryCriteria=(webhookStatus:GONE)"
        assert (await api.send("GET", bad, app="partner", headers=headers)).status_code == 400
        unknown = {"application": "urn:li:developerApplication:1", "webhook": "https://x.example.test"}
        action = "/v2/developerWebhooks?action=revalidateWebhook"
        assert (await api.send("POST", action, app="partner", json=unknown, headers=headers)).status_code == 404
        assert (await api.send("POST", action, app="plain", json=unknown, headers=headers)).status_code == 403


class TestMessages:
    async def write(self, api: Api, *, member: str = "ada", scopes: str = "w_messages", app="demo-app", **body):
        return await api.send("POST", "/v2/messages", app=app, member=member, scopes=scopes, json=body)

    async def test_a_connection_is_written_to_and_answers(self, api: Api) -> None:
        first = await self.write(
            api, recipients=["urn:li:person:ben"], subject="Hello", body="Hi", messageType="MEMBER_TO_MEMBER"
        )
        assert (first.status_code, first.content) == (201, b"")
        assert first.headers["x-linkedin-id"]
        from inroad.sandbox.resources.messages.state import Messages

        (thread,) = api.world.state(Messages).threads
        assert (await self.write(api, member="ben", thread=thread, body="Hello")).status_code == 201
        assert (await self.write(api, member="cleo", thread=thread, body="Me too")).status_code == 404

    @pytest.mark.parametrize(
        ("body", "status"),
        [
            ({"recipients": ["urn:li:person:cleo"], "body": "Hi"}, 403),
            ({"recipients": ["urn:li:person:nobody"], "body": "Hi"}, 403),
            ({"recipients": ["urn:li:person:ben"], "thread": "urn:li:messagingThread:1", "body": "Hi"}, 400),
            ({"recipients": ["urn:li:person:ben"], "body": "<b>Hi</b>"}, 400),
            ({"body": "Hi"}, 422),
            ({"recipients": ["urn:li:person:ben"]}, 422),
            ({"recipients": ["urn:li:person:ben"], "message": {"subject": "a", "body": "b"}}, 422),
            ({"recipients": {"values": []}, "body": "Hi"}, 422),
            ({"recipients": [{"person": {"id": "ben"}}], "body": "Hi"}, 422),
            ({"recipients": ["urn:li:person:ben"], "body": "Hi", "messageType": "INMAIL"}, 422),
        ],
    )
    async def test_refusals(self, api: Api, body, status: int) -> None:
        assert (await self.write(api, **body)).status_code == status

    async def test_partners_only(self, api: Api) -> None:
        answer = await self.write(api, app="plain", recipients=[ADA], body="Hi")
        assert answer.status_code == 403


class TestClosedProgrammes:
    @pytest.mark.parametrize(
        "path",
        [
            "/v2/atsCandidates",
            "/v2/exportedCandidates?q=request&requestId=1",
            "/v2/seats?q=seatsByAttributes&active=true",
            "/v2/complianceEvents?q=memberAndApplication&startTime=1&count=10",
            "/rest/dmaPosts?q=author&author=urn:li:organization:1",
            "/rest/dmaOrganizations/90210001",
        ],
    )
    async def test_403_outside_and_501_inside(self, api: Api, path: str) -> None:
        assert (await api.send("GET", path, app="plain", member="ada")).status_code == 403
        inside = await api.send("GET", path, app="demo-app", member="ada")
        assert (inside.status_code, inside.json()["code"]) == (501, "NOT_IMPLEMENTED")
