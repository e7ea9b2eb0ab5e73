"""Conversion rules, their events, insight tags, matched audiences."""

from typing import Any

import pytest

from .conftest import ACCOUNT, CAMPAIGN, Api, codes, enc

NOW_MS = 1795424400000
EMAIL = {"idType": "SHA256_EMAIL", "idValue": "4e6de5f5b3772fbb53f116791de2ea4a8ebb9262d6cf260f8e6bc65474237667"}
RULE = {
    "account": ACCOUNT,
    "name": "Demo booked (CRM)",
    "type": "BOOK_APPOINTMENT",
    "conversionMethod": "CONVERSIONS_API",
}


async def rule(api: Api, **more: Any) -> str:
    answer = await api.post("conversions?autoAssociationType=NONE", {**RULE, **more})
    assert answer.status_code == 201, answer.text
    return f"urn:lla:llaPartnerConversion:{answer.headers['x-restli-id']}"


def event(conversion: str, **more: Any) -> dict[str, Any]:
    body = {"conversion": conversion, "conversionHappenedAt": NOW_MS - 60_000, "user": {"userIds": [EMAIL]}, **more}
    return {name: value for name, value in body.items() if value is not ...}


class TestRules:
    async def test_a_rule_comes_back_with_its_creation(self, api: Api) -> None:
        answer = await api.post("conversions?autoAssociationType=NONE", RULE)
        body = answer.json()
        assert (answer.status_code, body["id"]) == (201, int(answer.headers["x-restli-id"]))
        assert (body["postClickAttributionWindowSize"], body["valueType"], body["campaigns"]) == (30, "DYNAMIC", [])
        assert (body["created"], body["lastModified"]) == (NOW_MS, NOW_MS)

    async def test_rules_are_listed_with_a_total_of_minus_one(self, api: Api) -> None:
        await rule(api)
        for account in (enc(ACCOUNT), ACCOUNT):
            body = (await api.get(f"conversions?q=account&account={account}&start=0&count=100")).json()
            assert (len(body["elements"]), body["paging"]["total"]) == (1, -1)

    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            ({"name": ..., "type": ...}, ["MISSING_FIELD", "MISSING_FIELD"]),
            ({"postClickAttributionWindowSize": 31}, ["INVALID_VALUE_FOR_FIELD"]),
            ({"viewThroughAttributionWindowSize": 365}, ["CONDITIONAL_INVALID_VALUE"]),
            ({"valueType": "FIXED"}, ["CONDITIONAL_MISSING_FIELD"]),
        ],
    )
    async def test_faults_of_a_rule(self, api: Api, change: dict[str, Any], expected: list[str]) -> None:
        body = {name: value for name, value in {**RULE, **change}.items() if value is not ...}
        assert codes(await api.post("conversions", body)) == expected

    async def test_unknown_types_are_the_switchs(self, api: Api) -> None:
        await rule(api, type="TELEPATHY")
        api.world.switches["conversions.strict_types"] = "on"
        answer = await api.post("conversions", {**RULE, "type": "TELEPATHY"})
        assert answer.json()["message"] == 'ERROR :: /type :: "TELEPATHY" is not an enum symbol\n'

    async def test_there_is_no_delete(self, api: Api) -> None:
        number = (await rule(api)).rpartition(":")[2]
        assert (await api.delete(f"conversions/{number}")).status_code == 400
        assert (await api.patch(f"conversions/{number}", {"enabled": False})).status_code == 204

    @pytest.mark.parametrize("raw", [False, True])
    async def test_a_campaign_is_attached_and_detached(self, api: Api, raw: bool) -> None:
        urn = await rule(api)
        key = f"(campaign:{CAMPAIGN},conversion:{urn})" if raw else f"(campaign:{enc(CAMPAIGN)},conversion:{enc(urn)})"
        path = f"campaignConversions/{key}"
        assert (await api.get(path)).status_code == 404
        assert (await api.put(path, {"campaign": CAMPAIGN, "conversion": urn})).status_code == 204
        assert (await api.get(path)).json() == {"campaign": CAMPAIGN, "conversion": urn, "associatedAt": NOW_MS}
        found = (await api.get(f"conversions?q=campaign&campaign={enc(CAMPAIGN)}")).json()["elements"]
        assert [r["campaigns"] for r in found] == [[CAMPAIGN]]
        assert (await api.delete(path)).status_code == 204
        assert (await api.delete(path)).status_code == 404

    async def test_batches_of_associations(self, api: Api) -> None:
        urn = await rule(api)
        other = "urn:li:sponsoredCampaign:388204116"
        keys = [f"(campaign:{enc(c)},conversion:{enc(urn)})" for c in (CAMPAIGN, other)]
        bodies = {
            key: {"campaign": campaign, "conversion": urn}
            for key, campaign in zip(keys, (CAMPAIGN, other), strict=True)
        }
        answer = await api.put(f"campaignConversions?ids=List({','.join(keys)})", {"entities": bodies})
        assert [r["status"] for r in answer.json()["results"].values()] == [204, 204]
        found = await api.get(f"campaignConversions?q=campaigns&campaigns=List({enc(CAMPAIGN)},{enc(other)})")
        assert len(found.json()["elements"]) == 2

    async def test_a_patch_replaces_all_campaigns(self, api: Api) -> None:
        number = (await rule(api, campaigns=[CAMPAIGN])).rpartition(":")[2]
        await api.patch(f"conversions/{number}", {"campaigns": ["urn:li:sponsoredCampaign:388204116"]})
        body = (await api.get(f"conversions/{number}")).json()
        assert body["campaigns"] == ["urn:li:sponsoredCampaign:388204116"]

    async def test_the_conversion_pivot_names_rules(self, api: Api) -> None:
        urn = await rule(api, campaigns=[CAMPAIGN])
        path = (
            "adAnalytics?q=analytics&pivot=CONVERSION&timeGranularity=ALL&fields=pivotValues,externalWebsiteConversions,"
            f"impressions&dateRange=(start:(year:2026,month:10,day:1))&accounts=List({enc(ACCOUNT)})"
        )
        (row,) = (await api.get(path)).json()["elements"]
        assert (row["pivotValues"], row["impressions"]) == ([urn], 0)
        assert row["externalWebsiteConversions"] > 0


class TestEvents:
    async def test_an_event_is_a_201_without_a_body(self, api: Api) -> None:
        answer = await api.post("conversionEvents", event(await rule(api)))
        assert (answer.status_code, answer.content, answer.headers["content-length"]) == (201, b"", "0")

    async def test_a_repeated_event_counts_once(self, api: Api) -> None:
        urn = await rule(api)
        for _ in range(2):
            await api.post("conversionEvents", event(urn, eventId="ord-1"))
        assert api.ads.conversions[int(urn.rpartition(":")[2])].events == 1

    @pytest.mark.parametrize(
        ("change", "status", "message"),
        [
            ({"conversion": "urn:li:share:7"}, 422, "ERROR :: /conversion :: Invalid Urn format. Invalid prefix.\n"),
            ({"conversion": "urn:lla:llaPartnerConversion:7"}, 403, "No ad accounts found"),
            (
                {"conversionHappenedAt": NOW_MS - 91 * 86_400_000},
                400,
                "Conversion time should be within 90 days and not exceed current time, indices [0] (0-indexed).",
            ),
            (
                {"conversionHappenedAt": NOW_MS + 60_000},
                400,
                "Conversion time should be within 90 days and not exceed current time, indices [0] (0-indexed).",
            ),
            (
                {"conversionValue": {"currencyCode": "EUR", "amount": 5}},
                422,
                "ERROR :: /conversionValue/amount :: 5 cannot be coerced to String\n",
            ),
            ({"colour": "red"}, 422, "ERROR :: /colour :: unrecognized field found but not allowed\n"),
            (
                {"user": {"userIds": [{"idType": "SHOE_SIZE", "idValue": "44"}]}},
                422,
                'ERROR :: /user/userIds/0/idType :: "SHOE_SIZE" is not an enum symbol\n',
            ),
            ({"user": {}}, 400, "At least one user identifier is required"),
            ({"user": ...}, 422, "ERROR :: /user :: field is required but not found and has no default value\n"),
        ],
    )
    async def test_refusals_of_an_event(self, api: Api, change: dict[str, Any], status: int, message: str) -> None:
        urn = await rule(api)
        answer = await api.post("conversionEvents", event(**{"conversion": urn, **change}))
        assert (answer.status_code, answer.json()["message"]) == (status, message)

    @pytest.mark.parametrize(
        ("version", "kind", "status"),
        [
            ("202608", "ORACLE_MOAT_ID", 201),
            ("202609", "ORACLE_MOAT_ID", 422),
            ("202604", "GOOGLE_AID", 422),
            ("202605", "GOOGLE_AID", 201),
            ("202606", "SHA256_IP_ADDRESS", 422),
            ("202607", "SHA256_IP_ADDRESS", 201),
        ],
    )
    async def test_identifiers_come_and_go_with_versions(self, api: Api, version: str, kind: str, status: int) -> None:
        urn = await rule(api)
        api.version = version
        answer = await api.post("conversionEvents", event(urn, user={"userIds": [{"idType": kind, "idValue": "x"}]}))
        assert answer.status_code == status

    @pytest.mark.parametrize(
        "user",
        [
            {"userInfo": {"firstName": "Ines", "lastName": "Falk", "countryCode": "DE"}},
            {"userInfo": {"hashedFirstName": "a", "hashedLastName": "b"}},
            {"lead": "urn:li:leadGenFormResponse:3c0d7e51-4"},
            {"externalIds": ["crm-8817"]},
        ],
    )
    async def test_each_identifier_is_enough(self, api: Api, user: dict[str, Any]) -> None:
        assert (await api.post("conversionEvents", event(await rule(api), user=user))).status_code == 201

    async def test_a_batch_tells_each_element_or_fails_as_one(self, api: Api) -> None:
        urn = await rule(api)
        elements = [event(urn), event(urn, user={}), event(urn)]
        parts = await api.batch("conversionEvents", elements)
        assert [e["status"] for e in parts.json()["elements"]] == [201, 400, 201]
        api.world.switches["capi.batch_failure"] = "all"
        assert (await api.batch("conversionEvents", elements)).status_code == 400

    async def test_a_batch_has_five_thousand_at_most(self, api: Api) -> None:
        answer = await api.batch("conversionEvents", [{}] * 5_001)
        assert answer.json()["message"] == "A batch takes at most 5000 elements"

    async def test_the_scope_is_asked_for(self, api: Api) -> None:
        answer = await api.post("conversionEvents", {}, token=api.token("rw_ads"))
        assert (
            answer.json()["message"] == "Not enough permissions to access: partnerApiConversionEvents.CREATE.20260901"
        )


class TestTags:
    async def test_a_tag_is_one_per_account_and_shared(self, api: Api) -> None:
        number = (await api.post("insightTags", {"account": ACCOUNT, "name": "Main tag"})).headers["x-restli-id"]
        again = await api.post("insightTags", {"account": ACCOUNT, "name": "Second"})
        found = (await api.get(f"insightTags?q=account&account={enc(ACCOUNT)}")).json()["elements"]
        domains = (await api.get(f"insightTagDomains?q=account&account={enc(ACCOUNT)}")).json()["elements"]
        assert found == [{"id": int(number), "account": ACCOUNT, "name": "Main tag"}]
        assert codes(again) == ["ENTITY_WITH_SAME_KEY_ALREADY_EXISTS"]
        assert domains == [{"account": ACCOUNT, "domainName": "fjordlicht.example"}]
        body = {"insightTag": f"urn:li:insightTag:{number}", "account": "urn:li:sponsoredAccount:509990000"}
        assert (await api.post("insightTagsPermission?action=grantAccess", body)).status_code == 200
        shared = (await api.get(f"insightTagsPermission?q=account&account={enc(ACCOUNT)}")).json()["elements"]
        assert [s["account"] for s in shared] == [ACCOUNT, "urn:li:sponsoredAccount:509990000"]

    async def test_domains_have_five_hundred_a_page_at_most(self, api: Api) -> None:
        answer = await api.get(f"insightTagDomains?q=account&account={enc(ACCOUNT)}&count=501")
        assert answer.status_code == 400


SEGMENT = {
    "name": "Trade fair visitors 2026",
    "account": ACCOUNT,
    "accessPolicy": "PRIVATE",
    "type": "USER",
    "sourcePlatform": "FJORDLICHT_CDP",
    "sourceSegmentId": "fair-2026",
}


async def segment(api: Api, **more: Any) -> str:
    answer = await api.post("dmpSegments", {**SEGMENT, **more})
    assert answer.status_code == 201, answer.text
    api.pass_time(minutes=2)
    return answer.headers["x-linkedin-id"]


class TestSegments:
    async def test_a_segment_is_found_by_the_partners_own_key(self, api: Api) -> None:
        number = await segment(api)
        await segment(api, sourceSegmentId="other")
        path = f"dmpSegments?q=account&account={enc(ACCOUNT)}"
        body = (await api.get(f"{path}&sourcePlatform=FJORDLICHT_CDP&sourceSegmentId=fair-2026")).json()
        assert [s["id"] for s in body["elements"]] == [int(number)]
        assert body["paging"] == {"start": 0, "count": 1, "links": []}
        assert len((await api.get(f"{path}&start=0&count=1")).json()["elements"]) == 1

    async def test_streamed_users_are_matched_from_three_hundred_on(self, api: Api) -> None:
        number = await segment(api)
        users = [{"action": "ADD", "userIds": [{**EMAIL, "idValue": f"{n:064x}"}]} for n in range(600)]
        answer = await api.batch(f"dmpSegments/{number}/users", users)
        body = (await api.get(f"dmpSegments/{number}")).json()
        assert answer.json()["elements"][0] == {"status": 201}
        assert (body["inputCount"], body["matchedCount"], body["audienceSize"], body["status"]) == (
            600,
            405,
            405,
            "READY",
        )
        assert body["destinations"][0]["destinationSegmentId"].startswith("urn:li:adSegment:")
        await api.batch(f"dmpSegments/{number}/users", [{**u, "action": "REMOVE"} for u in users[:300]])
        assert (await api.get(f"dmpSegments/{number}")).json()["audienceSize"] == 0

    async def test_a_young_segment_takes_no_data(self, api: Api) -> None:
        number = (await api.post("dmpSegments", SEGMENT)).headers["x-restli-id"]
        users = [{"action": "ADD", "userIds": [EMAIL]}]
        early = await api.batch(f"dmpSegments/{number}/users", users)
        api.pass_time(minutes=2)
        later = await api.batch(f"dmpSegments/{number}/users", users)
        assert (early.status_code, later.status_code) == (404, 200)
        assert (await api.batch(f"dmpSegments/{number}/users", [])).json() == {"elements": []}

    async def test_bad_elements_are_told_one_by_one(self, api: Api) -> None:
        number = await segment(api)
        elements = [{"action": "ADD", "userIds": [EMAIL]}, {"action": "KEEP", "userIds": []}, {"action": "ADD"}]
        body = (await api.batch(f"dmpSegments/{number}/users", elements)).json()
        assert [e["status"] for e in body["elements"]] == [201, 422, 422]

    async def test_companies_need_a_key(self, api: Api) -> None:
        number = await segment(api, type="COMPANY")
        elements = [
            {"action": "ADD", "companyName": "Nordwind Motoren"},
            {"action": "ADD", "companyEmailDomain": "nordwind.example"},
            {"action": "ADD"},
        ]
        lenient = (await api.batch(f"dmpSegments/{number}/companies", elements)).json()
        api.world.switches["dmp.company_keys"] = "page"
        strict = (await api.batch(f"dmpSegments/{number}/companies", elements)).json()
        assert [e["status"] for e in lenient["elements"]] == [201, 201, 400]
        assert [e["status"] for e in strict["elements"]] == [201, 400, 400]

    async def test_calls_per_minute_are_limited(self, api: Api) -> None:
        number = await segment(api, type="COMPANY")
        for _ in range(300):
            assert (await api.batch(f"dmpSegments/{number}/companies", [])).status_code == 200
        refused = await api.batch(f"dmpSegments/{number}/companies", [])
        api.pass_time(minutes=1)
        assert (refused.status_code, (await api.batch(f"dmpSegments/{number}/companies", [])).status_code) == (429, 200)

    async def test_a_list_is_uploaded_and_replaces_the_one_before(self, api: Api) -> None:
        number = await segment(api, type="USER_LIST_UPLOAD")
        for rows in (500, 1000):
            value = (await api.post("dmpSegments?action=generateUploadUrl", {"owner": ACCOUNT})).json()["value"]
            early = await api.post(f"dmpSegments/{number}/listUploads", {"inputFile": value["mediaArtifact"]})
            content = "email\n" + "\n".join(f"{n:064x}" for n in range(rows))
            assert (await api.client.put(value["uploadUrl"], content=content)).status_code == 201
            made = await api.post(f"dmpSegments/{number}/listUploads", {"inputFile": value["mediaArtifact"]})
            assert (codes(early), made.status_code) == (["FIELD_VALUE_DOES_NOT_EXIST"], 201)
        assert (await api.get(f"dmpSegments/{number}")).json()["inputCount"] == 1000
        lists = (await api.get(f"dmpSegments/{number}/listUploads")).json()["elements"]
        assert [entry["inputCount"] for entry in lists] == [500, 1000]
        assert (await api.delete(f"dmpSegments/{number}/listUploads/1")).status_code == 204

    async def test_destinations_are_read(self, api: Api) -> None:
        number = await segment(api)
        found = (await api.get(f"dmpSegments/{number}/destinations")).json()["elements"]
        again = await api.post(f"dmpSegments/{number}/destinations", {"destination": "LINKEDIN"})
        assert [d["destination"] for d in found] == ["LINKEDIN"]
        assert codes(again) == ["ENTITY_WITH_SAME_KEY_ALREADY_EXISTS"]

    async def test_limits_of_accounts(self, api: Api) -> None:
        test = await api.post("dmpSegments", {**SEGMENT, "account": "urn:li:sponsoredAccount:509990000"})
        api.world.switches["dmp.max_segments"] = 1
        await segment(api)
        full = await api.post("dmpSegments", SEGMENT)
        assert codes(test) == ["SEGMENT_CREATION_NOT_ALLOWED_FOR_TEST_ACCOUNTS"]
        assert (full.status_code, full.json()["code"]) == (429, "SEGMENT_LIMIT_EXCEEDED")

    async def test_a_viewer_makes_none(self, api: Api) -> None:
        answer = await api.post("dmpSegments", SEGMENT, token=api.token(member="sBx8kQ2mWb"))
        assert answer.status_code == 403
