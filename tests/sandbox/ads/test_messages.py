"""Message and conversation ads, brand safety, tracking parameters."""

from typing import Any

import pytest

from .conftest import ACCOUNT, ADA, BEN, CAMPAIGN, ORGANIZATION, Api, codes, enc

INMAIL = {
    "account": ACCOUNT,
    "name": "Visit invitation, November",
    "subject": "An hour in our robot lab",
    "sender": ORGANIZATION,
    "htmlBody": "<p>Dear reader, our lab opens on 3 December.</p>",
    "subContent": {
        "regular": {"callToActionText": "Reserve a seat", "callToActionLandingPageUrl": "https://fjordlicht.example"}
    },
}


class TestMessages:
    async def test_a_message_is_made_read_and_changed(self, api: Api) -> None:
        urn = (await api.post("inMailContents", INMAIL)).headers["x-restli-id"]
        await api.patch(f"inMailContents/{enc(urn)}", {"subject": "Two hours"})
        body = (await api.get(f"inMailContents/{enc(urn)}")).json()
        assert (body["id"], body["subject"], body["createdBy"]) == (urn, "Two hours", ADA)
        batch = (await api.get(f"inMailContents?ids=List({enc(urn)})")).json()
        assert list(batch["results"]) == [urn]

    async def test_a_bare_number_is_no_key(self, api: Api) -> None:
        answer = await api.get("inMailContents/55120001")
        assert (answer.status_code, answer.json()["message"]) == (400, "Key parameter value invalid")

    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            ({"subject": ..., "htmlBody": ...}, ["MISSING_FIELD", "MISSING_FIELD"]),
            ({"subject": "x" * 61}, ["FIELD_LENGTH_TOO_LONG"]),
            ({"name": "x" * 256}, ["FIELD_LENGTH_TOO_LONG"]),
            ({"subContent": {"form": {"callToActionText": "x" * 21}}}, ["FIELD_LENGTH_TOO_LONG"]),
            ({"sender": "urn:li:organization:1"}, ["FIELD_VALUE_DOES_NOT_EXIST"]),
            ({"sender": BEN}, ["SINMAIL_SENDER_NOT_APPROVED"]),
            ({"account": ...}, ["MISSING_FIELD"]),
        ],
    )
    async def test_faults_of_a_message(self, api: Api, change: dict[str, Any], expected: list[str]) -> None:
        body = {name: value for name, value in {**INMAIL, **change}.items() if value is not ...}
        assert codes(await api.post("inMailContents", body)) == expected

    async def test_a_test_is_sent(self, api: Api) -> None:
        urn = (await api.post("inMailContents", INMAIL)).headers["x-restli-id"]
        answer = await api.post(
            "inMailContents?action=sendTestInMail", {"adInMailContentId": urn, "account": ACCOUNT, "campaign": CAMPAIGN}
        )
        assert (answer.status_code, answer.json()) == (200, {})

    async def test_a_creative_shows_a_message_that_exists(self, api: Api) -> None:
        number = await api.campaign(type="SPONSORED_INMAILS", objectiveType="WEBSITE_VISIT")
        urn = (await api.post("inMailContents", INMAIL)).headers["x-restli-id"]
        campaign = f"urn:li:sponsoredCampaign:{number}"
        path = "adAccounts/509418273/creatives"
        made = await api.post(path, {"campaign": campaign, "content": {"reference": urn}})
        nothing = {"campaign": campaign, "content": {"reference": "urn:li:adInMailContent:1"}}
        assert made.status_code == 201
        assert codes(await api.post(path, nothing)) == ["FIELD_VALUE_DOES_NOT_EXIST"]

    async def test_a_conversation_is_built_in_order(self, api: Api) -> None:
        urn = (await api.post("conversationAds", {"parentAccount": ACCOUNT})).headers["x-restli-id"]
        nodes = f"conversationAds/{enc(urn)}/sponsoredMessageContents"
        option = {"replyType": "SIMPLE_REPLY", "optionText": "Tell me more"}
        faulty = await api.post(nodes, {"bodySource": {"text": "Which day?"}, "nextAction": {"options": [option]}})
        option["nextContent"] = f"urn:li:sponsoredMessageContent:({urn},2)"
        node = (
            await api.post(nodes, {"bodySource": {"text": "Which day?"}, "nextAction": {"options": [option]}})
        ).headers["x-restli-id"]
        assert codes(faulty) == ["MISSING_FIELD"]
        assert node == f"urn:li:sponsoredMessageContent:({urn},1)"
        assert (await api.patch(f"conversationAds/{enc(urn)}", {"firstMessageContent": node})).status_code == 204
        assert (await api.get(f"conversationAds/{urn.rpartition(':')[2]}")).json() == {
            "headlineText": "",
            "parentAccount": ACCOUNT,
            "firstMessageContent": node,
        }
        assert (await api.get(f"{nodes}/{enc(node)}")).json()["bodySource"] == {"text": "Which day?"}

    @pytest.mark.parametrize(
        ("body", "expected"),
        [
            ({"bodySource": {"text": "x" * 501}}, ["FIELD_LENGTH_TOO_LONG"]),
            (
                {
                    "bodySource": {"text": "x"},
                    "nextAction": {"options": [{"replyType": "LEAD_GENERATION", "optionText": "x" * 36}]},
                },
                ["SPONSORED_MESSAGE_CONTENT_AD_FORM_URN_NOT_FOUND_IN_MESSAGE_TREE"],
            ),
            (
                {
                    "bodySource": {"text": "x"},
                    "nextAction": {
                        "options": [{"replyType": "EXTERNAL_WEBSITE", "optionText": "x", "landingPage": "u"}] * 6
                    },
                },
                ["FIELD_VALUE_TOO_HIGH"],
            ),
        ],
    )
    async def test_faults_of_a_node(self, api: Api, body: dict[str, Any], expected: list[str]) -> None:
        urn = (await api.post("conversationAds", {"parentAccount": ACCOUNT})).headers["x-restli-id"]
        answer = await api.post(f"conversationAds/{enc(urn)}/sponsoredMessageContents", body)
        assert codes(answer) == expected


TRACKING = {"dynamicValueParameters": {"utm_campaign": "CAMPAIGN_NAME"}, "customValueParameters": {"utm_source": "l"}}


class TestTracking:
    PATH = f"adTrackingParameters/(adEntity:(sponsoredCampaign:{enc(CAMPAIGN)}))"

    async def test_parameters_are_put_read_and_deleted(self, api: Api) -> None:
        assert (await api.get(self.PATH)).status_code == 404
        assert (await api.put(self.PATH, TRACKING)).status_code == 204
        assert (await api.get(self.PATH)).json() == TRACKING
        assert (await api.delete(self.PATH)).status_code == 204

    async def test_values_and_keys_appear_with_versions(self, api: Api) -> None:
        body = {"dynamicValueParameters": {"utm_content": "CREATIVE_NAME"}}
        account = f"adTrackingParameters/(adEntity:(sponsoredAccount:{enc(ACCOUNT)}))"
        api.version = "202605"
        assert codes(await api.put(self.PATH, body)) == ["INVALID_VALUE_FOR_FIELD"]
        assert (await api.put(account, TRACKING)).status_code == 404
        api.version = "202608"
        assert (await api.put(self.PATH, body)).status_code == 204
        assert (await api.put(account, TRACKING)).status_code == 204

    async def test_messages_take_none(self, api: Api) -> None:
        number = await api.campaign(type="SPONSORED_INMAILS")
        path = self.PATH.replace("388204115", str(number))
        assert codes(await api.put(path, TRACKING)) == ["FIELD_NOT_ALLOWED"]


class TestBrandSafety:
    async def test_restrictions_are_kept_as_they_come(self, api: Api) -> None:
        body = {"entity": {"sponsoredAccount": ACCOUNT}, "type": "BLOCK"}
        number = (await api.post("adPublisherRestrictions", body)).headers["x-restli-id"]
        assert (await api.get(f"adPublisherRestrictions/{number}")).json() == {"id": int(number), **body}
        path = f"adPublisherRestrictions?q=entity&entity=(sponsoredAccount:{enc(ACCOUNT)})"
        assert len((await api.get(path)).json()["elements"]) == 1
        assert codes(await api.post("adPublisherRestrictions", {"type": "BLOCK"})) == ["MISSING_FIELD"]

    async def test_addresses_for_lists_work(self, api: Api) -> None:
        up = (await api.post("adPublisherRestrictions?action=generateRestrictionsUploadUrl", {})).json()["value"]
        down = (await api.post("globalPublisherList?action=generatePublisherListDownloadUrl", {})).json()["value"]
        assert (await api.client.put(up["uploadUrl"], content=b"a\nb\n")).status_code == 201
        assert (await api.client.get(down["downloadUrl"])).text.startswith("domain,name\n")

    async def test_categories_are_numbered(self, api: Api) -> None:
        body = (await api.get("iabCategories?count=2")).json()
        assert [c["urn"] for c in body["elements"]] == ["urn:li:iabCategory:1", "urn:li:iabCategory:2"]
