"""Creatives."""

from typing import Any

import pytest

from .conftest import ACCOUNT, ADA, CAMPAIGN, CREATIVE, ORGANIZATION, Api, codes, enc

CREATIVES = "adAccounts/509418273/creatives"
TEXT = {"headline": "Cobots that learn", "description": "See the demo", "landingPage": "https://fjordlicht.example/d"}


async def text_campaign(api: Api, **more: Any) -> str:
    number = await api.campaign(type="TEXT_AD", **more)
    return f"urn:li:sponsoredCampaign:{number}"


def inline(**more: Any) -> dict[str, Any]:
    post = {
        "adContext": {"dscAdAccount": ACCOUNT, "dscStatus": "ACTIVE"},
        "author": ORGANIZATION,
        "commentary": "An arm that corrects itself.",
        "visibility": "PUBLIC",
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": False,
        "content": {"article": {"source": "https://fjordlicht.example", "title": "Cell"}},
        **more,
    }
    return {
        "creative": {
            "campaign": CAMPAIGN,
            "intendedStatus": "DRAFT",
            "inlineContent": {"post": post},
            "leadgenCallToAction": {"destination": "urn:li:adForm:9127734", "label": "DOWNLOAD"},
        }
    }


class TestReading:
    async def test_ids_are_urns_and_times_are_bare(self, api: Api) -> None:
        body = (await api.get(f"{CREATIVES}/{enc(CREATIVE)}")).json()
        assert (body["id"], body["account"], body["campaign"]) == (CREATIVE, ACCOUNT, CAMPAIGN)
        assert (body["isServing"], body["review"], body["isTest"]) == (True, {"status": "APPROVED"}, False)
        assert {"createdAt", "lastModifiedAt", "createdBy", "lastModifiedBy"} <= set(body)
        assert not {"changeAuditStamps", "version", "servingHoldReasons"} & set(body)

    async def test_a_number_is_no_key(self, api: Api) -> None:
        assert (await api.get(f"{CREATIVES}/771204938")).status_code == 404

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            (f"campaigns=List({enc(CAMPAIGN)})", [771204938, 771204939]),
            (f"creatives=List({enc(CREATIVE)})", [771204938]),
            ("intendedStatuses=List(ACTIVE)", [771204938, 771204939, 771204940]),
            ("intendedStatuses=(value:List(DRAFT))", []),
            ("isTestAccount=true", []),
            (f"campaigns=List({enc(CAMPAIGN)})&sortOrder=DESCENDING", [771204939, 771204938]),
        ],
    )
    async def test_criteria_are_anded(self, api: Api, query: str, found: list[int]) -> None:
        answer = await api.get(f"{CREATIVES}?q=criteria&{query}&pageSize=100", headers={"x-restli-method": "FINDER"})
        assert [int(c["id"].rpartition(":")[2]) for c in answer.json()["elements"]] == found

    async def test_the_total_comes_when_it_is_asked_for(self, api: Api) -> None:
        body = (await api.get(f"{CREATIVES}?q=criteria&isTotalIncluded=true&pageSize=1")).json()
        assert body["metadata"]["total"] == 3
        assert len(body["elements"]) == 1

    async def test_large_pages_are_cut_or_refused(self, api: Api) -> None:
        assert (await api.get(f"{CREATIVES}?q=criteria&pageSize=1000")).status_code == 200
        api.world.switches["creatives.page_size"] = "refuse"
        assert (await api.get(f"{CREATIVES}?q=criteria&pageSize=1000")).status_code == 400

    async def test_batches_are_keyed_by_urn(self, api: Api) -> None:
        body = (await api.get(f"{CREATIVES}?ids=List({enc(CREATIVE)},{enc('urn:li:sponsoredCreative:1')})")).json()
        assert list(body["results"]) == [CREATIVE]
        assert list(body["errors"]) == ["urn:li:sponsoredCreative:1"]


class TestCreating:
    async def test_a_text_ad_sets_the_format_and_is_reviewed(self, api: Api) -> None:
        campaign = await text_campaign(api, status="ACTIVE")
        body = {"campaign": campaign, "content": {"textAd": TEXT}, "intendedStatus": "ACTIVE"}
        made = await api.post(CREATIVES, body)
        path = f"{CREATIVES}/{enc(made.headers['x-restli-id'])}"
        assert made.headers["x-restli-id"].startswith("urn:li:sponsoredCreative:")
        pending = (await api.get(path)).json()
        api.pass_time(minutes=11)
        done = (await api.get(path)).json()
        assert (pending["review"], pending["servingHoldReasons"]) == ({"status": "PENDING"}, ["UNDER_REVIEW"])
        assert (done["review"], done["isServing"]) == ({"status": "APPROVED"}, True)

    async def test_a_mark_is_rejected(self, api: Api) -> None:
        campaign = await text_campaign(api, status="ACTIVE")
        content = {"textAd": {**TEXT, "headline": "[reject] me"}}
        made = await api.post(CREATIVES, {"campaign": campaign, "content": content, "intendedStatus": "PAUSED"})
        api.pass_time(minutes=11)
        body = (await api.get(f"{CREATIVES}/{enc(made.headers['x-restli-id'])}")).json()
        assert body["review"] == {"status": "REJECTED", "rejectionReasons": ["MISLEADING_CONTENT"]}
        assert "REJECTED" in body["servingHoldReasons"]

    async def test_a_draft_has_no_review(self, api: Api) -> None:
        made = await api.post(CREATIVES, {"campaign": await text_campaign(api), "content": {"textAd": TEXT}})
        body = (await api.get(f"{CREATIVES}/{enc(made.headers['x-restli-id'])}")).json()
        assert (body["intendedStatus"], "review" in body) == ("DRAFT", False)

    @pytest.mark.parametrize(
        ("content", "expected"),
        [
            ({"textAd": {**TEXT, "headline": "x" * 26}}, ["FIELD_LENGTH_TOO_LONG"]),
            ({"textAd": {**TEXT, "description": "x" * 76}}, ["FIELD_LENGTH_TOO_LONG"]),
            ({"textAd": {**TEXT, "landingPage": "nowhere"}}, ["INVALID_VALUE_FOR_FIELD"]),
            ({"reference": "urn:li:share:1"}, ["CONDITIONAL_INVALID_VALUE"]),
        ],
    )
    async def test_faults_of_a_text_ad(self, api: Api, content: dict[str, Any], expected: list[str]) -> None:
        answer = await api.post(CREATIVES, {"campaign": await text_campaign(api), "content": content})
        assert codes(answer) == expected

    async def test_dynamic_ads_and_their_limits(self, api: Api) -> None:
        number = await api.campaign(type="DYNAMIC", format="SPOTLIGHT")
        campaign = f"urn:li:sponsoredCampaign:{number}"
        spot = {
            "headline": "See the cell at work",
            "landingPage": "https://fjordlicht.example/visit",
            "callToAction": "Book a visit",
            "description": "Twelve minutes",
        }
        bare = await api.post(CREATIVES, {"campaign": campaign, "content": {"spotlight": spot}})
        spot |= {"logo": "urn:li:image:C4D22AQGsbx0001", "organizationName": "Fjordlicht Robotics"}
        made = await api.post(CREATIVES, {"campaign": campaign, "content": {"spotlight": spot}})
        both = await api.post(
            CREATIVES, {"campaign": campaign, "content": {"spotlight": {**spot, "backgroundImage": "u"}}}
        )
        other = await api.post(CREATIVES, {"campaign": campaign, "content": {"jobs": {}}})
        assert (bare.status_code, made.status_code, other.status_code) == (404, 201, 422)
        assert codes(both) == ["CONDITIONAL_FIELD_NOT_ALLOWED"]

    async def test_a_lead_campaign_needs_a_form(self, api: Api) -> None:
        reference = api.ads.creatives[771204938].body["content"]["reference"]
        body = {"campaign": CAMPAIGN, "content": {"reference": reference}, "intendedStatus": "ACTIVE"}
        call = {"leadgenCallToAction": {"destination": "urn:li:adForm:9127734", "label": "DOWNLOAD"}}
        assert codes(await api.post(CREATIVES, body)) == ["CONDITIONAL_MISSING_FIELD"]
        assert (await api.post(CREATIVES, {**body, **call})).status_code == 201
        elsewhere = {"campaign": await text_campaign(api), "content": {"textAd": TEXT}, **call}
        assert codes(await api.post(CREATIVES, elsewhere)) == ["CONDITIONAL_FIELD_NOT_ALLOWED"]

    @pytest.mark.parametrize(
        ("body", "status", "expected"),
        [
            ({}, 400, ["MISSING_FIELD"]),
            ({"campaign": "urn:li:sponsoredCampaign:1", "content": {"textAd": TEXT}}, 404, ["NOT_FOUND"]),
            ({"campaign": CAMPAIGN}, 400, ["MISSING_FIELD", "CONDITIONAL_MISSING_FIELD"]),
            ({"campaign": CAMPAIGN, "intendedStatus": "ARCHIVED"}, 400, ["INVALID_VALUE_FOR_FIELD"]),
        ],
    )
    async def test_faults_of_a_creative(self, api: Api, body: Any, status: int, expected: list[str]) -> None:
        answer = await api.post(CREATIVES, body)
        assert (answer.status_code, codes(answer)) == (status, expected)

    async def test_a_union_has_one_member(self, api: Api) -> None:
        content = {"textAd": TEXT, "reference": "urn:li:share:1"}
        answer = await api.post(CREATIVES, {"campaign": CAMPAIGN, "content": content})
        assert "DataMap should have no more than one entry for a union type" in answer.json()["message"]

    async def test_a_draft_campaign_answers_500_to_an_active_creative(self, api: Api) -> None:
        body = {"campaign": await text_campaign(api), "content": {"textAd": TEXT}, "intendedStatus": "ACTIVE"}
        assert (await api.post(CREATIVES, body)).status_code == 500
        api.world.switches["creatives.draft_parent"] = "400"
        assert codes(await api.post(CREATIVES, body)) == ["CONDITIONAL_INVALID_VALUE"]

    async def test_a_batch_answers_in_order(self, api: Api) -> None:
        campaign = await text_campaign(api)
        elements = [{"campaign": campaign, "content": {"textAd": TEXT}}, {"campaign": campaign, "colour": 1}]
        body = (await api.batch(CREATIVES, elements)).json()
        assert [e["status"] for e in body["elements"]] == [201, 422]


class TestInline:
    async def test_post_and_creative_are_made_together(self, api: Api) -> None:
        answer = await api.post(f"{CREATIVES}?action=createInline", inline())
        assert answer.status_code == 201, answer.text
        urn = answer.headers["x-restli-id"]
        assert answer.json() == {"value": {"creative": urn}}
        creative = (await api.get(f"{CREATIVES}/{enc(urn)}")).json()
        assert creative["content"]["reference"].startswith("urn:li:share:")

    async def test_the_account_must_be_named(self, api: Api) -> None:
        answer = await api.post(f"{CREATIVES}?action=createInline", inline(adContext={}))
        (error,) = answer.json()["errorDetails"]["inputErrors"]
        assert (error["code"], error["input"]["inputPath"]["fieldPath"]) == (
            "MISSING_REQUIRED_FIELD_FOR_DSC",
            "/adContext/dscAdAccount",
        )

    async def test_a_person_cannot_be_the_author(self, api: Api) -> None:
        assert (await api.post(f"{CREATIVES}?action=createInline", inline(author=ADA))).status_code == 403

    async def test_the_ad_type_is_read_only(self, api: Api) -> None:
        context = {"dscAdAccount": ACCOUNT, "dscAdType": "VIDEO"}
        assert (await api.post(f"{CREATIVES}?action=createInline", inline(adContext=context))).status_code == 422

    async def test_a_refused_creative_leaves_no_post(self, api: Api) -> None:
        from inroad.sandbox.resources.posts.state import Posts

        before = len(api.world.state(Posts).by_urn)
        body = inline()
        del body["creative"]["leadgenCallToAction"]
        assert (await api.post(f"{CREATIVES}?action=createInline", body)).status_code == 400
        assert len(api.world.state(Posts).by_urn) == before


class TestChanging:
    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            ({"campaign": "urn:li:sponsoredCampaign:1"}, ["FIELD_NOT_ALLOWED"]),
            ({"content": {"reference": "urn:li:share:1"}}, ["FIELD_NOT_ALLOWED"]),
            ({"intendedStatus": "DRAFT"}, ["STATUS_CHANGE_NOT_ALLOWED"]),
        ],
    )
    async def test_what_a_creative_keeps(self, api: Api, change: dict[str, Any], expected: list[str]) -> None:
        assert codes(await api.patch(f"{CREATIVES}/{enc('urn:li:sponsoredCreative:771204940')}", change)) == expected

    async def test_pausing_and_deleting(self, api: Api) -> None:
        path = f"{CREATIVES}/{enc('urn:li:sponsoredCreative:771204940')}"
        assert (await api.patch(path, {"intendedStatus": "PAUSED"})).status_code == 204
        assert (await api.get(path)).json()["servingHoldReasons"] == ["STOPPED"]
        assert codes(await api.delete(path)) == ["DELETE_ALLOWED_ONLY_FOR_DRAFT_STATUS"]
        assert (await api.patch(path, {"intendedStatus": "PENDING_DELETION"})).status_code == 204
        api.pass_time(days=2)
        assert (await api.get(path)).json()["intendedStatus"] == "REMOVED"

    async def test_a_draft_is_deleted(self, api: Api) -> None:
        made = await api.post(CREATIVES, {"campaign": await text_campaign(api), "content": {"textAd": TEXT}})
        path = f"{CREATIVES}/{enc(made.headers['x-restli-id'])}"
        assert (await api.delete(path)).status_code == 204
        assert (await api.get(path)).status_code == 404


async def test_a_preview_shows_the_post(api: Api) -> None:
    path = f"adPreviews?q=creative&creative={enc(CREATIVE)}&account={enc(ACCOUNT)}"
    (element,) = (await api.get(path)).json()["elements"]
    assert element["preview"].startswith("<iframe src='http://linkedin.test/ad-preview/771204938'")
    shown = await api.client.get("/ad-preview/771204938")
    assert "Whitepaper leads DE: come and see." in shown.text
    missing = await api.get(f"adPreviews?q=creative&creative={enc(CREATIVE)}")
    assert missing.json()["message"] == "Parameter 'account' is required"
