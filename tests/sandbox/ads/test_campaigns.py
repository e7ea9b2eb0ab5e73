"""Campaign groups and campaigns."""

from typing import Any

import pytest

from .conftest import ACCOUNT, CAMPAIGN, CREATIVE, GROUP, Api, campaign, codes, enc, group, places

GROUPS = "adAccounts/509418273/adCampaignGroups"
CAMPAIGNS = "adAccounts/509418273/adCampaigns"
NOW_MS = 1795424400000
DAY_MS = 86_400_000
TEN = {"amount": "10000.00", "currencyCode": "EUR"}


class TestGroups:
    async def test_a_group_is_made_and_read(self, api: Api) -> None:
        number = await api.group(name="Autumn", totalBudget=TEN, runSchedule={"start": NOW_MS, "end": NOW_MS + DAY_MS})
        body = (await api.get(f"{GROUPS}/{number}")).json()
        assert (body["name"], body["totalBudget"], body["test"], body["backfilled"]) == ("Autumn", TEN, False, False)
        assert body["changeAuditStamps"] == {"created": {"time": NOW_MS}, "lastModified": {"time": NOW_MS}}
        assert "version" not in body

    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            ({"name": "x" * 101}, ["FIELD_LENGTH_TOO_LONG"]),
            ({"name": " "}, ["INVALID_VALUE_BLANK_FIELD"]),
            ({"status": "ARCHIVED"}, ["INVALID_VALUE_FOR_FIELD"]),
            ({"totalBudget": TEN}, ["CONDITIONAL_MISSING_FIELD"]),
            ({"dailyBudget": TEN}, ["CONDITIONAL_FIELD_NOT_ALLOWED"]),
            ({"runSchedule": {"start": 2, "end": 1}}, ["START_DATE_AFTER_END_DATE"]),
            ({"runSchedule": {}}, ["MISSING_FIELD"]),
            ({"account": "urn:li:sponsoredAccount:509990000"}, ["MISMATCH_FIELDS"]),
            ({"budgetOptimization": {"bidStrategy": "MANUAL"}}, ["MISSING_FIELD"]),
            (
                {"totalBudget": {"amount": "5", "currencyCode": "USD"}, "runSchedule": {"start": 1, "end": 2}},
                ["CURRENCY_MISMATCH"],
            ),
        ],
    )
    async def test_faults_of_a_group(self, api: Api, change: dict[str, Any], expected: list[str]) -> None:
        answer = await api.post(GROUPS, group(**change))
        assert (answer.status_code, codes(answer)) == (400, expected)

    async def test_an_empty_group_is_told_everything_at_once(self, api: Api) -> None:
        answer = await api.post(GROUPS, {})
        assert answer.json()["code"] == "MULTIPLE_VALIDATIONS_FAILED"
        assert places(answer) == ["account", "name", "status", "runSchedule"]
        assert (
            answer.json()["errorDetails"]["inputErrors"][1]["description"]
            == "/CampaignGroup/name is required but missing"
        )

    async def test_faults_come_before_an_account_that_is_not_there(self, api: Api) -> None:
        assert (await api.post("adAccounts/7/adCampaignGroups", {})).status_code == 400
        body = group(account="urn:li:sponsoredAccount:7")
        assert (await api.post("adAccounts/7/adCampaignGroups", body)).status_code == 404

    async def test_paused_at_birth_is_the_switchs(self, api: Api) -> None:
        assert (await api.post(GROUPS, group(status="PAUSED"))).status_code == 201
        api.world.switches["groups.create_paused"] = "refuse"
        assert codes(await api.post(GROUPS, group(status="PAUSED"))) == ["INVALID_VALUE_FOR_FIELD"]

    async def test_batch_get_tells_what_is_missing(self, api: Api) -> None:
        body = (await api.get(f"{GROUPS}?ids=List(640117782,999)")).json()
        assert list(body["results"]) == ["640117782"]
        assert body["statuses"] == {"640117782": 200}
        assert body["errors"] == {"999": {"status": 404, "code": "NOT_FOUND", "message": "Not Found."}}

    async def test_patch_sets_and_deletes(self, api: Api) -> None:
        number = await api.group(
            totalBudget=TEN,
            runSchedule={"start": NOW_MS + DAY_MS, "end": NOW_MS + 2 * DAY_MS},
        )
        answer = await api.post(
            f"{GROUPS}/{number}", {"patch": {"$set": {"status": "PAUSED"}, "$delete": ["totalBudget"]}}
        )
        body = (await api.get(f"{GROUPS}/{number}")).json()
        assert (answer.status_code, body["status"], "totalBudget" in body) == (204, "PAUSED", False)

    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            ({"status": "REMOVED"}, ["STATUS_CHANGE_NOT_ALLOWED"]),
            ({"status": "DRAFT"}, ["STATUS_CHANGE_NOT_ALLOWED"]),
            ({"runSchedule": {"start": NOW_MS + DAY_MS}}, ["DATE_IMMUTABLE_WHEN_PASSED"]),
            ({"account": "urn:li:sponsoredAccount:1"}, ["FIELD_NOT_ALLOWED"]),
        ],
    )
    async def test_what_a_group_keeps(self, api: Api, change: dict[str, Any], expected: list[str]) -> None:
        answer = await api.patch(f"{GROUPS}/640117782", change)
        assert codes(answer) == expected

    async def test_an_objective_stays(self, api: Api) -> None:
        number = await api.group(objectiveType="VIDEO_VIEWS")
        assert (await api.get(f"{GROUPS}/{number}")).json()["objectiveType"] == "VIDEO_VIEW"
        answer = await api.patch(f"{GROUPS}/{number}", {"objectiveType": "ENGAGEMENT"})
        assert codes(answer) == ["OBJECTIVE_CHANGE_NOT_ALLOWED"]

    async def test_both_spellings_of_canceled_are_searched(self, api: Api) -> None:
        await api.patch("adAccounts/509418273", {"status": "CANCELED"})
        for spelling in ("CANCELED", "CANCELLED"):
            path = f"{GROUPS}?q=search&search=(status:(values:List({spelling})))"
            assert len((await api.get(path)).json()["elements"]) == 2

    async def test_only_drafts_are_deleted_and_the_rest_goes_by_status(self, api: Api) -> None:
        draft = await api.group(status="DRAFT")
        assert codes(await api.delete(f"{GROUPS}/640117782")) == ["DELETE_ALLOWED_ONLY_FOR_DRAFT_STATUS"]
        both = (await api.delete(f"{GROUPS}?ids=List({draft},640117782)")).json()
        assert both["results"] == {str(draft): {"status": 204}}
        assert both["errors"]["640117782"]["code"] == "DELETE_ALLOWED_ONLY_FOR_DRAFT_STATUS"
        await api.patch(f"{GROUPS}/640117782", {"status": "PENDING_DELETION"})
        api.pass_time(days=2)
        assert (await api.get(f"{GROUPS}/640117782")).json()["status"] == "REMOVED"

    async def test_the_top_level_form_finds_the_account_by_itself(self, api: Api) -> None:
        made = await api.post("adCampaignGroups", group())
        read = await api.get(f"adCampaignGroups/{made.headers['x-restli-id']}")
        assert (made.status_code, read.json()["account"]) == (201, ACCOUNT)


class TestCreating:
    async def test_a_campaign_is_made_with_defaults(self, api: Api) -> None:
        number = await api.campaign(runSchedule=...)
        body = (await api.get(f"{CAMPAIGNS}/{number}")).json()
        assert (body["status"], body["creativeSelection"], body["optimizationTargetType"]) == (
            "DRAFT",
            "OPTIMIZED",
            "NONE",
        )
        assert body["runSchedule"] == {"start": NOW_MS}
        assert body["version"] == {"versionTag": "1"}
        assert body["servingStatuses"] == ["STOPPED"]

    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            ({"politicalIntent": ...}, ["MISSING_FIELD"]),
            ({"offsiteDeliveryEnabled": ...}, ["MISSING_FIELD"]),
            ({"campaignGroup": ...}, ["MISSING_CAMPAIGN_GROUP_ID"]),
            ({"name": " "}, ["INVALID_VALUE_BLANK_FIELD"]),
            ({"locale": {"country": "XX", "language": "xx"}}, ["INVALID_VALUE_FOR_FIELD"]),
            ({"targeting": {}}, ["TARGETING_FIELD_DEPRECATED"]),
            ({"associatedEntity": ...}, ["CONDITIONAL_MISSING_FIELD"]),
            ({"associatedEntity": "urn:li:organization:1"}, ["FIELD_VALUE_DOES_NOT_EXIST"]),
            ({"type": "DYNAMIC"}, ["CONDITIONAL_MISSING_FIELD"]),
            ({"connectedTelevisionOnly": True}, ["CONDITIONAL_INVALID_VALUE"]),
            ({"pacingStrategy": "LIFETIME"}, ["CONDITIONAL_MISSING_FIELD"]),
            ({"dailyBudget": ...}, ["CONDITIONAL_MISSING_FIELD"]),
            ({"dailyBudget": {"amount": "5.00", "currencyCode": "EUR"}}, ["FIELD_VALUE_TOO_LOW"]),
            ({"dailyBudget": {"amount": "-5", "currencyCode": "EUR"}}, ["FIELD_VALUE_TOO_LOW"]),
            ({"dailyBudget": {"amount": "much", "currencyCode": "EUR"}}, ["INVALID_VALUE_FOR_FIELD"]),
            ({"totalBudget": {"amount": "50.00", "currencyCode": "EUR"}}, ["FIELD_VALUE_TOO_LOW"]),
            ({"unitCost": {"amount": "5.00", "currencyCode": "USD"}}, ["CURRENCY_MISMATCH"]),
            ({"campaignGroup": "urn:li:sponsoredCampaignGroup:1"}, ["FIELD_VALUE_DOES_NOT_EXIST"]),
            ({"status": "ARCHIVED"}, ["INVALID_VALUE_FOR_FIELD"]),
            ({"runSchedule": {"start": NOW_MS + 2, "end": NOW_MS + 1}}, ["START_DATE_AFTER_END_DATE"]),
            ({"runSchedule": {"start": NOW_MS - DAY_MS}}, ["DATE_TOO_EARLY"]),
            (
                {"objectiveType": "WEBSITE_CONVERSION", "status": "ACTIVE"},
                ["CONVERSION_CAMPAIGN_MISSING_ASSOCIATED_CONVERSION"],
            ),
            ({"targetingCriteria": {"include": {"and": []}}}, ["MISSING_FIELD"]),
        ],
    )
    async def test_faults_of_a_campaign(self, api: Api, change: dict[str, Any], expected: list[str]) -> None:
        answer = await api.post(CAMPAIGNS, campaign(**change))
        assert (answer.status_code, codes(answer)) == (400, expected)

    @pytest.mark.parametrize(
        ("facets", "excluded", "expected"),
        [
            ({"locations": ["urn:li:geo:1"]}, None, ["INVALID_VALUE_FOR_FIELD"]),
            ({"urn:li:adTargetingFacet:locations": ["Germany"]}, None, ["INVALID_VALUE_FOR_FIELD"]),
            (
                {"urn:li:adTargetingFacet:locations": ["urn:li:geo:1"]},
                {"urn:li:adTargetingFacet:locations": ["urn:li:geo:1"]},
                ["FIELD_CANNOT_BE_BOTH_IN_INCLUDED_AND_EXCLUDED_TARGETING"],
            ),
            (
                {"urn:li:adTargetingFacet:locations": ["urn:li:geo:1"]},
                {"urn:li:adTargetingFacet:genders": ["urn:li:gender:MALE"]},
                ["INVALID_VALUE_FOR_FIELD"],
            ),
            (
                {
                    "urn:li:adTargetingFacet:locations": ["urn:li:geo:1"],
                    "urn:li:adTargetingFacet:titles": [f"urn:li:title:{n}" for n in range(101)],
                },
                None,
                ["FIELD_VALUE_TOO_HIGH"],
            ),
        ],
    )
    async def test_faults_of_targeting(
        self, api: Api, facets: dict[str, Any], excluded: dict[str, Any] | None, expected: list[str]
    ) -> None:
        criteria: dict[str, Any] = {"include": {"and": [{"or": facets}]}}
        if excluded is not None:
            criteria["exclude"] = {"or": excluded}
        answer = await api.post(CAMPAIGNS, campaign(targetingCriteria=criteria))
        assert codes(answer) == expected

    async def test_incompatible_facets_are_the_switchs(self, api: Api) -> None:
        clauses = [
            {"or": {"urn:li:adTargetingFacet:locations": ["urn:li:geo:1"]}},
            {"or": {"urn:li:adTargetingFacet:titles": ["urn:li:title:1"]}},
            {"or": {"urn:li:adTargetingFacet:seniorities": ["urn:li:seniority:7"]}},
        ]
        body = campaign(targetingCriteria={"include": {"and": clauses}})
        assert (await api.post(CAMPAIGNS, body)).status_code == 201
        api.world.switches["targeting.strict"] = "on"
        assert codes(await api.post(CAMPAIGNS, body)) == ["INCOMPATIBLE_TARGETING_COMBINATION"]

    async def test_a_list_where_an_object_belongs_is_the_validators(self, api: Api) -> None:
        criteria = {"include": {"and": []}, "exclude": {"or": []}}
        answer = await api.post(CAMPAIGNS, campaign(targetingCriteria=criteria))
        assert (
            "ERROR :: /targetingCriteria/exclude/or :: map type is not backed by a DataMap" in answer.json()["message"]
        )

    async def test_a_boolean_political_intent_is_no_enum(self, api: Api) -> None:
        answer = await api.post(CAMPAIGNS, campaign(politicalIntent=False))
        assert (answer.status_code, answer.json()["message"]) == (
            422,
            "ERROR :: /politicalIntent :: enum type is not backed by a String\n",
        )

    async def test_money_is_text(self, api: Api) -> None:
        answer = await api.post(CAMPAIGNS, campaign(dailyBudget={"amount": 80, "currencyCode": "EUR"}))
        assert answer.json()["message"] == "ERROR :: /dailyBudget/amount :: 80 cannot be coerced to String\n"

    async def test_a_small_audience_cannot_be_activated(self, api: Api) -> None:
        clauses = [{"or": {"urn:li:adTargetingFacet:locations": ["urn:li:geo:1"]}}] + [
            {"or": {"urn:li:adTargetingFacet:skills": [f"urn:li:skill:{n}"]}} for n in range(14)
        ]
        answer = await api.post(CAMPAIGNS, campaign(status="ACTIVE", targetingCriteria={"include": {"and": clauses}}))
        assert codes(answer) == ["AUDIENCE_SIZE_TOO_SMALL"]

    async def test_plural_objectives_are_turned_or_refused(self, api: Api) -> None:
        number = await api.campaign(objectiveType="WEBSITE_VISITS")
        assert (await api.get(f"{CAMPAIGNS}/{number}")).json()["objectiveType"] == "WEBSITE_VISIT"
        api.world.switches["objective.spelling"] = "strict_singular"
        answer = await api.post(CAMPAIGNS, campaign(objectiveType="WEBSITE_VISITS"))
        assert codes(answer) == ["INVALID_VALUE_FOR_FIELD"]

    async def test_bids_that_do_not_fit_are_remarked_or_refused(self, api: Api) -> None:
        body = campaign(optimizationTargetType="MAX_LEAD")
        assert (await api.post(CAMPAIGNS, body)).status_code == 201
        api.world.switches["bidding.strict"] = "on"
        assert codes(await api.post(CAMPAIGNS, body)) == ["INVALID_CAMPAIGN_CONFIGURATION"]

    async def test_a_symbol_appears_with_its_version(self, api: Api) -> None:
        body = campaign(objectiveType="LEAD_GENERATION", optimizationTargetType="MAX_QUALIFIED_LEAD")
        api.version = "202601"
        assert (await api.post(CAMPAIGNS, body)).status_code == 422
        api.version = "202602"
        assert (await api.post(CAMPAIGNS, body)).status_code == 201

    async def test_messages_are_optimized_since_july(self, api: Api) -> None:
        body = campaign(type="SPONSORED_INMAILS", objectiveType="LEAD_GENERATION", creativeSelection="OPTIMIZED")
        api.version = "202606"
        assert codes(await api.post(CAMPAIGNS, body)) == ["CONDITIONAL_INVALID_VALUE"]
        api.version = "202607"
        assert (await api.post(CAMPAIGNS, body)).status_code == 201

    async def test_a_draft_group_takes_drafts_only(self, api: Api) -> None:
        number = await api.group(status="DRAFT")
        urn = f"urn:li:sponsoredCampaignGroup:{number}"
        answer = await api.post(CAMPAIGNS, campaign(campaignGroup=urn, status="ACTIVE"))
        assert codes(answer) == ["ONLY_DRAFT_CAMPAIGNS_ALLOWED_IN_DRAFT_CAMPAIGN_GROUPS"]
        draft = await api.campaign(campaignGroup=urn)
        archived = await api.patch(f"{CAMPAIGNS}/{draft}", {"status": "ARCHIVED"})
        assert archived.json()["errorDetails"]["conditionalInputErrors"][0]["description"] == (
            "/Campaign/status cannot be set to ARCHIVED if /CampaignGroup/status is set to DRAFT"
        )

    async def test_a_budget_over_the_groups_is_refused(self, api: Api) -> None:
        number = await api.group(
            totalBudget={"amount": "500", "currencyCode": "EUR"}, runSchedule={"start": 1, "end": 2}
        )
        urn = f"urn:li:sponsoredCampaignGroup:{number}"
        body = campaign(campaignGroup=urn, totalBudget={"amount": "600", "currencyCode": "EUR"})
        assert codes(await api.post(CAMPAIGNS, body)) == ["INSUFFICIENT_CAMPAIGN_GROUP_BUDGET"]

    async def test_sponsoring_a_page_needs_a_role_there(self, api: Api) -> None:
        api.world.organizations[70412233].roles.clear()
        answer = await api.post(CAMPAIGNS, campaign())
        assert (answer.status_code, codes(answer)) == (403, ["NO_PERMISSION_ON_ENTITY"])

    async def test_several_faults_are_told_together(self, api: Api) -> None:
        answer = await api.post(CAMPAIGNS, campaign(politicalIntent=..., runSchedule={"start": 1790000000000}))
        assert answer.json() == {
            "message": "Multiple errors occurred during the input validation. Please see errorDetails for more "
            "information.",
            "status": 400,
            "code": "MULTIPLE_VALIDATIONS_FAILED",
            "errorDetailType": "com.linkedin.common.error.BadRequest",
            "errorDetails": {
                "inputErrors": [
                    {
                        "code": "MISSING_FIELD",
                        "description": "/Campaign/politicalIntent is required but missing",
                        "input": {"inputPath": {"fieldPath": "politicalIntent"}},
                    },
                    {
                        "code": "DATE_TOO_EARLY",
                        "description": "/Campaign/runSchedule/start value 1790000000000 must be no earlier than "
                        f"{NOW_MS}",
                        "input": {"inputPath": {"fieldPath": "runSchedule/start"}},
                    },
                ]
            },
        }


class TestLife:
    async def test_arrows_that_exist_and_one_that_does_not(self, api: Api) -> None:
        number = await api.campaign()
        path = f"{CAMPAIGNS}/{number}"
        for status in ("PAUSED", "ACTIVE", "PAUSED", "ARCHIVED", "PAUSED", "PENDING_DELETION"):
            assert (await api.patch(path, {"status": status})).status_code == 204, status
        assert codes(await api.patch(path, {"status": "ACTIVE"})) == ["STATUS_CHANGE_NOT_ALLOWED"]
        api.pass_time(days=2)
        assert (await api.get(path)).json()["status"] == "REMOVED"

    async def test_a_late_draft_needs_a_new_start(self, api: Api) -> None:
        number = await api.campaign()
        api.pass_time(days=1)
        assert codes(await api.patch(f"{CAMPAIGNS}/{number}", {"status": "ACTIVE"})) == ["DATE_TOO_EARLY"]
        start = {"runSchedule": {"start": NOW_MS + 2 * DAY_MS}, "status": "ACTIVE"}
        assert (await api.patch(f"{CAMPAIGNS}/{number}", start)).status_code == 204
        body = (await api.get(f"{CAMPAIGNS}/{number}")).json()
        assert body["servingStatuses"] == ["CAMPAIGN_START_DATE_HOLD"]

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"objectiveType": "VIDEO_VIEW"}, "IMMUTABLE_CAMPAIGN_OBJECTIVE_TYPE"),
            ({"associatedEntity": "urn:li:person:sBx7kQ2mWa"}, "IMMUTABLE_ASSOCIATED_ENTITY"),
            ({"type": "TEXT_AD"}, "FIELD_NOT_ALLOWED"),
            ({"pacingStrategy": "ACCELERATED"}, "FIELD_NOT_ALLOWED"),
            ({"format": "CAROUSEL"}, "FIELD_IMMUTABLE_FOR_NON_DRAFT_CAMPAIGNS"),
            ({"runSchedule": {"start": NOW_MS + DAY_MS}}, "DATE_IMMUTABLE_WHEN_PASSED"),
            ({"status": "COMPLETED"}, "STATUS_CHANGE_NOT_ALLOWED"),
        ],
    )
    async def test_what_a_campaign_keeps(self, api: Api, change: dict[str, Any], code: str) -> None:
        answer = await api.patch(f"{CAMPAIGNS}/388204115", change)
        assert codes(answer) == [code]

    async def test_a_batch_of_patches_answers_each(self, api: Api) -> None:
        body = {
            "entities": {
                "388204115": {"patch": {"$set": {"status": "PAUSED"}}},
                "388204116": {"patch": {"$set": {"objectiveType": "ENGAGEMENT"}}},
            }
        }
        headers = {"x-restli-method": "BATCH_PARTIAL_UPDATE"}
        answer = await api.post(f"{CAMPAIGNS}?ids=List(388204115,388204116)", body, headers=headers)
        assert answer.json() == {
            "results": {"388204115": {"status": 204}},
            "errors": {
                "388204116": {
                    "status": 400,
                    "message": "Campaign objective type can't be updated once set",
                    "code": "IMMUTABLE_CAMPAIGN_OBJECTIVE_TYPE",
                }
            },
        }

    async def test_an_end_completes_a_campaign(self, api: Api) -> None:
        await api.patch(f"{CAMPAIGNS}/388204115", {"runSchedule": {"start": 1787616000000, "end": NOW_MS + DAY_MS}})
        api.pass_time(days=2)
        body = (await api.get(f"{CAMPAIGNS}/388204115")).json()
        assert (body["status"], body["servingStatuses"]) == ("COMPLETED", ["CAMPAIGN_END_DATE_HOLD"])
        found = await api.get(f"{CAMPAIGNS}?q=search&search=(status:(values:List(COMPLETED)))")
        assert [c["id"] for c in found.json()["elements"]] == [388204115]

    async def test_a_total_budget_is_used_up_and_not_exceeded(self, api: Api) -> None:
        number = await api.campaign(
            status="ACTIVE",
            dailyBudget={"amount": "100.00", "currencyCode": "EUR"},
            totalBudget={"amount": "300.00", "currencyCode": "EUR"},
        )
        made = await api.post(
            "adAccounts/509418273/creatives",
            {
                "campaign": f"urn:li:sponsoredCampaign:{number}",
                "content": {"reference": api.ads.creatives[771204938].body["content"]["reference"]},
                "intendedStatus": "ACTIVE",
            },
        )
        assert made.status_code == 201, made.text
        api.pass_time(days=12)
        body = (await api.get(f"{CAMPAIGNS}/{number}")).json()
        assert (body["status"], body["servingStatuses"]) == ("COMPLETED", ["CAMPAIGN_TOTAL_BUDGET_HOLD"])

    async def test_a_stopped_group_holds_its_campaigns(self, api: Api) -> None:
        await api.patch(f"{GROUPS}/640117782", {"status": "PAUSED"})
        body = (await api.get(f"{CAMPAIGNS}/388204115")).json()
        creative = (await api.get(f"adAccounts/509418273/creatives/{enc(CREATIVE)}")).json()
        assert body["servingStatuses"] == ["CAMPAIGN_GROUP_STATUS_HOLD"]
        assert (creative["isServing"], creative["servingHoldReasons"]) == (False, ["CAMPAIGN_GROUP_STATUS_HOLD"])

    async def test_info_fields_come_when_they_are_named(self, api: Api) -> None:
        path = f"{CAMPAIGNS}/388204115?fields=id,accountInfo,campaignGroupInfo,associatedEntityInfo"
        body = (await api.get(path)).json()
        assert body["accountInfo"]["currency"] == "EUR"
        assert body["campaignGroupInfo"]["name"] == "Autumn 2026 - DACH"
        assert body["associatedEntityInfo"]["organization"]["id"] == 70412233

    async def test_campaigns_are_found_by_group(self, api: Api) -> None:
        await api.campaign(campaignGroup=f"urn:li:sponsoredCampaignGroup:{await api.group()}")
        found = await api.get(f"{CAMPAIGNS}?q=search&search=(campaignGroup:(values:List({enc(GROUP)})))")
        assert [c["id"] for c in found.json()["elements"]] == [388204115, 388204116]

    async def test_a_deleted_draft_is_gone(self, api: Api) -> None:
        number = await api.campaign()
        assert (await api.delete(f"{CAMPAIGNS}/{number}")).status_code == 204
        assert (await api.delete(f"{CAMPAIGNS}/{number}")).status_code == 404
        assert codes(await api.delete(f"{CAMPAIGNS}/388204115")) == ["DELETE_ALLOWED_ONLY_FOR_DRAFT_STATUS"]

    async def test_another_accounts_path_does_not_reach_it(self, api: Api) -> None:
        assert (await api.get("adAccounts/509990000/adCampaigns/388204115")).status_code == 404
        assert (await api.get("adCampaigns/388204115")).json()["account"] == ACCOUNT

    async def test_a_campaign_has_its_urn_nowhere_and_its_number_everywhere(self, api: Api) -> None:
        body = (await api.get(f"{CAMPAIGNS}?q=search")).json()["elements"][0]
        assert (body["id"], f"urn:li:sponsoredCampaign:{body['id']}") == (388204115, CAMPAIGN)
