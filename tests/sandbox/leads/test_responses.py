"""Leads and their subscriptions."""

import random

import pytest

from inroad.sandbox.resources.leads.deeds import submit, withdraw
from inroad.sandbox.resources.leads.notifications import payload, told_of

from ..ads.conftest import ACCOUNT, ORGANIZATION, codes, enc  # noqa: TID252 - one world for both rooms
from .conftest import Api, leads_in

SPONSORED = f"leadFormResponses?q=owner&owner=(sponsoredAccount:{enc(ACCOUNT)})&leadType=(leadType:SPONSORED)"
COMPANY = f"leadFormResponses?q=owner&owner=(organization:{enc(ORGANIZATION)})&leadType=(leadType:COMPANY)"
NOTICE = {
    "webhook": "https://hooks.fjordlicht.example/leads",
    "owner": {"sponsoredAccount": ACCOUNT},
    "leadType": "SPONSORED",
}


def new_lead(api: Api, number: int = 9127734, **more):
    form = leads_in(api).forms[number]
    more.setdefault("at", api.world.clock.now())
    return submit(api.world, form, chance=random.Random(7), **more)


class TestLeads:
    async def test_a_lead_names_form_version_campaign_and_creative(self, api: Api) -> None:
        body = (await api.get(f"{SPONSORED}&start=0&count=100&limitedToTestLeads=false")).json()
        assert (len(body["elements"]), body["paging"]["total"]) == (8, 8)
        lead = body["elements"][0]
        assert lead["owner"] == {"sponsoredAccount": ACCOUNT}
        assert lead["versionedLeadGenFormUrn"] == "urn:li:versionedLeadGenForm:(urn:li:leadGenForm:9127734,1)"
        assert lead["leadMetadata"] == {"sponsoredLeadMetadata": {"campaign": "urn:li:sponsoredCampaign:388204115"}}
        assert lead["associatedEntity"]["associatedCreative"].startswith("urn:li:sponsoredCreative:77120493")
        assert lead["formResponse"]["consentResponses"] == [{"consentId": 0, "accepted": True}]
        answers = lead["formResponse"]["answers"]
        assert [a["questionId"] for a in answers] == [109127734, 209127734, 309127734]
        assert answers[1]["answerDetails"]["textQuestionAnswer"]["answer"].endswith("@example.test")
        assert not {"form", "ownerInfo", "leadMetadataInfo"} & set(lead)

    async def test_form_campaign_and_owner_come_where_fields_name_them(self, api: Api) -> None:
        number = (await api.get(SPONSORED)).json()["elements"][0]["id"]
        fields = "id,ownerInfo,leadMetadataInfo,associatedEntityInfo,form:(name,hiddenFields)"
        body = (await api.get(f"leadFormResponses/{number}?fields={fields}")).json()
        assert list(body) == ["id", "form", "leadMetadataInfo", "associatedEntityInfo", "ownerInfo"]
        assert body["form"] == {
            "name": "Whitepaper form",
            "hiddenFields": [{"name": "utm_source", "value": "linkedin"}],
        }
        assert body["leadMetadataInfo"]["sponsoredLeadMetadataInfo"]["campaign"]["name"] == "Whitepaper leads DE"

    async def test_leads_of_a_page(self, api: Api) -> None:
        body = (await api.get(COMPANY)).json()
        assert [lead["leadType"] for lead in body["elements"]] == ["COMPANY"] * 3

    async def test_ids_are_batched(self, api: Api) -> None:
        ids = [lead["id"] for lead in (await api.get(SPONSORED)).json()["elements"]][:2]
        body = (await api.get(f"leadFormResponses?ids=List({','.join(ids)},nobody)")).json()
        assert (list(body["results"]), list(body["errors"])) == (ids, ["nobody"])

    @pytest.mark.parametrize("name", ["submittedAtTimeRange", "submittedAt"])
    async def test_a_range_is_half_open(self, api: Api, name: str) -> None:
        lead = new_lead(api)
        at = round(lead.submitted_at.timestamp() * 1000)
        inside = (await api.get(f"{SPONSORED}&{name}=(start:{at},end:{at + 1})")).json()
        before = (await api.get(f"{SPONSORED}&{name}=(start:{at - 9},end:{at})")).json()
        api.world.switches["leads.range_end"] = "inclusive"
        closed = (await api.get(f"{SPONSORED}&{name}=(start:{at - 9},end:{at})")).json()
        assert [len(b["elements"]) for b in (inside, before, closed)] == [1, 0, 1]

    async def test_a_form_and_its_version_are_asked_for(self, api: Api) -> None:
        form = "urn:li:versionedLeadGenForm:(urn:li:leadGenForm:9127734,{})"
        found = [(await api.get(f"{SPONSORED}&versionedLeadGenFormUrn={enc(form.format(n))}")).json() for n in (1, 2)]
        assert [b["paging"]["total"] for b in found] == [8, 0]

    async def test_test_leads_are_shown_hidden_or_alone(self, api: Api) -> None:
        new_lead(api, is_test=True)
        both = (await api.get(SPONSORED)).json()["paging"]["total"]
        alone = (await api.get(f"{SPONSORED}&limitedToTestLeads=true")).json()["elements"]
        api.world.switches["leads.test_leads"] = "hidden"
        hidden = (await api.get(SPONSORED)).json()["paging"]["total"]
        assert (both, [lead["testLead"] for lead in alone], hidden) == (9, [True], 8)

    async def test_leads_end_after_their_time(self, api: Api) -> None:
        ids = [(await api.get(path)).json()["elements"][0]["id"] for path in (SPONSORED, COMPANY)]
        api.world.switches["versions.accept"] = "any"
        api.pass_time(days=91)
        left = [(await api.get(f"leadFormResponses/{number}")).status_code for number in ids]
        api.pass_time(days=300)
        gone = [(await api.get(f"leadFormResponses/{number}")).status_code for number in ids]
        assert (left, gone) == ([200, 404], [404, 404])

    async def test_owner_and_type_must_fit(self, api: Api) -> None:
        path = f"leadFormResponses?q=owner&owner=(organization:{enc(ORGANIZATION)})&leadType=(leadType:SPONSORED)"
        assert (await api.get(path)).json()["message"] == f"leadType SPONSORED does not fit the owner {ORGANIZATION}"

    @pytest.mark.parametrize(
        ("path", "text"),
        [
            (SPONSORED.replace("SPONSORED", "PRODUCT"), "PARAM_INVALID"),
            (SPONSORED.partition("&leadType")[0], "Parameter 'leadType' is required"),
            (f"{SPONSORED}&colour=red", "QUERY_PARAM_NOT_ALLOWED"),
            (f"{SPONSORED}&submittedAtTimeRange=(from:1)", "FIELD_INVALID"),
        ],
    )
    async def test_bad_parameters(self, api: Api, path: str, text: str) -> None:
        answer = await api.get(path)
        assert (answer.status_code, text in answer.text) == (400, True)

    async def test_account_role_and_page_role_are_both_needed(self, api: Api) -> None:
        reader = api.token(member="sBx8kQ2mWb")
        without_page = await api.get(SPONSORED, token=reader)
        assert without_page.json()["message"] == (
            "Not enough permissions to access: partnerApiLeadFormResponses.FINDER-owner.20260901"
        )
        del api.ads.accounts[509418273].body["reference"]
        assert (await api.get(SPONSORED)).json()["message"] == "The account's reference is not an organization"

    async def test_lead_sync_is_a_product_of_its_own(self, api: Api) -> None:
        assert (await api.get(SPONSORED, token=api.token("r_ads rw_ads"))).status_code == 403

    async def test_events_ask_for_a_scope_more(self, api: Api) -> None:
        path = COMPANY.replace("COMPANY", "EVENT")
        assert (await api.get(path)).status_code == 403
        more = api.token("r_marketing_leadgen_automation r_events")
        assert (await api.get(path, token=more)).json()["elements"] == []


class TestNotifications:
    async def test_a_subscription_lives(self, api: Api) -> None:
        number = (await api.post("leadNotifications", NOTICE)).headers["x-restli-id"]
        shown = {"id": int(number), **NOTICE}
        owner = f"(value:(sponsoredAccount:{enc(ACCOUNT)}))"
        path = f"leadNotifications?q=criteria&owner={owner}&leadType=(leadType:SPONSORED)"
        assert (await api.get(f"leadNotifications/{number}")).json() == shown
        assert (await api.get(path)).json()["elements"] == [shown]
        assert (await api.get(f"leadNotifications/{number}", token=api.token(app="small-app"))).status_code == 404
        assert (await api.delete(f"leadNotifications/{number}")).status_code == 204
        assert (await api.delete(f"leadNotifications/{number}")).status_code == 404

    @pytest.mark.parametrize(
        ("change", "status"),
        [
            ({"webhook": "http://far.example/leads"}, 400),
            ({"webhook": "nonsense"}, 400),
            ({"leadType": "COMPANY"}, 400),
            ({"leadType": "PRODUCT"}, 422),
            ({"owner": {"sponsoredAccount": "urn:li:sponsoredAccount:1"}}, 403),
            ({"webhook": "http://127.0.0.1:8000/leads"}, 201),
        ],
    )
    async def test_what_a_subscription_may_be(self, api: Api, change, status: int) -> None:
        assert (await api.post("leadNotifications", {**NOTICE, **change})).status_code == status

    async def test_an_owner_has_fifteen_hundred_at_most(self, api: Api) -> None:
        for _ in range(1_500):
            await api.post("leadNotifications", NOTICE, token=None)
        assert codes(await api.post("leadNotifications", NOTICE)) == ["FIELD_VALUE_TOO_HIGH"]

    async def test_subscriptions_are_told_of_what_they_asked_for(self, api: Api) -> None:
        await api.post("leadNotifications", NOTICE)
        version = "urn:li:versionedLeadGenForm:(urn:li:leadGenForm:9127734,2)"
        await api.post("leadNotifications", {**NOTICE, "versionedForm": version})
        lead = new_lead(api, campaign=388204115, creative=771204938)
        (notice,) = leads_in(api).notices
        (told,) = told_of(leads_in(api), notice)
        assert told.form is None
        assert payload(api.world, notice) == {
            "type": "LEAD_ACTION",
            "leadAction": "CREATED",
            "leadType": "SPONSORED",
            "occurredAt": 1795424400000,
            "leadGenFormResponse": f"urn:li:leadGenFormResponse:{lead.id}",
            "leadGenForm": "urn:li:versionedLeadGenForm:(urn:li:leadGenForm:9127734, 1)",
            "owner": {"sponsoredAccount": ACCOUNT},
            "associatedEntity": {"sponsoredCreative": "urn:li:sponsoredCreative:771204938"},
        }
        api.world.switches["lead_webhook.entity_key"] = "associatedCreative"
        assert list(payload(api.world, notice)["associatedEntity"]) == ["associatedCreative"]

    async def test_a_lead_that_is_taken_back_is_gone_and_told(self, api: Api) -> None:
        lead = new_lead(api)
        withdraw(api.world, lead, at=api.world.clock.now())
        assert (await api.get(f"leadFormResponses/{lead.id}")).status_code == 404
        assert [n.action for n in leads_in(api).notices] == ["CREATED", "DELETED"]
