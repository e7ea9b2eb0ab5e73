"""Ad accounts and their users."""

import pytest

from .conftest import ACCOUNT, ADA, BEN, ORGANIZATION, Api, codes, enc

NEW = {"name": "Sandbox checks", "type": "BUSINESS", "currency": "EUR", "reference": ORGANIZATION, "status": "DRAFT"}
USER = f"adAccountUsers/(account:{enc(ACCOUNT)},user:{enc(BEN)})"


class TestReading:
    async def test_only_accounts_with_a_role_are_found(self, api: Api) -> None:
        body = (await api.get("adAccounts?q=search")).json()
        assert [a["id"] for a in body["elements"]] == [509418273, 509990000]
        assert body["metadata"] == {}
        assert "paging" not in body

    async def test_an_account_is_shown_whole(self, api: Api) -> None:
        body = (await api.get("adAccounts/509418273")).json()
        assert (body["name"], body["currency"], body["servingStatuses"]) == (
            "Fjordlicht Robotics EU",
            "EUR",
            ["RUNNABLE"],
        )
        assert body["version"] == {"versionTag": "1"}
        assert body["changeAuditStamps"]["created"]["actor"] == ADA
        assert "referenceInfo" not in body

    async def test_info_comes_only_where_fields_name_it(self, api: Api) -> None:
        body = (await api.get("adAccounts/509418273?fields=id,referenceInfo")).json()
        assert list(body) == ["id", "referenceInfo"]
        assert body["referenceInfo"]["organization"]["localizedName"] == "Fjordlicht Robotics"

    @pytest.mark.parametrize("number", ["509000001", "7"])
    async def test_an_account_without_a_role_is_one_that_is_not_there(self, api: Api, number: str) -> None:
        answer = await api.get(f"adAccounts/{number}")
        assert answer.status_code == 404
        assert answer.json() == {"code": "NOT_FOUND", "message": "Not Found.", "status": 404}

    @pytest.mark.parametrize(
        ("search", "found"),
        [
            ("(test:true)", [509990000]),
            ("(status:(values:List(ACTIVE,CANCELED)),test:false)", [509418273]),
            (f"(id:(values:List({enc(ACCOUNT)})))", [509418273]),
            ("(id:(values:List(509418273)))", [509418273]),
            (f"(reference:(values:List({enc(ORGANIZATION)})))", [509418273, 509990000]),
            ("(name:(values:List(fjordlicht%20robotics%20eu)))", [509418273]),
            ("(type:(values:List(ENTERPRISE)))", []),
        ],
    )
    async def test_search_ors_values_and_ands_fields(self, api: Api, search: str, found: list[int]) -> None:
        body = (await api.get(f"adAccounts?q=search&search={search}")).json()
        assert [a["id"] for a in body["elements"]] == found

    async def test_search_is_understood_in_the_older_protocol(self, api: Api) -> None:
        path = "adAccounts?q=search&search.status.values[0]=ACTIVE&search.test=true"
        body = (await api.get(path, headers={"x-restli-protocol-version": ""})).json()
        assert [a["id"] for a in body["elements"]] == [509990000]

    async def test_records_without_the_protocol_header_are_read_as_airbyte_sends_them(self, api: Api) -> None:
        path = "adAccounts/509418273/adCampaigns?q=search&search=(status:(values:List(ACTIVE,PAUSED)))&pageSize=500"
        answer = await api.get(path, headers={"x-restli-protocol-version": ""})
        assert len(answer.json()["elements"]) == 2

    @pytest.mark.parametrize(
        ("query", "code", "place"),
        [
            ("search=%28test%3Atrue%29", "PARAM_INVALID", "search"),
            ("search=(colour:(values:List(RED)))", "FIELD_INVALID", "search/colour"),
            ("search=(status:ACTIVE)", "FIELD_INVALID", "search/status/values"),
            ("search=(test:maybe)", "FIELD_INVALID", "search/test"),
            ("pageToken=nonsense", "PARAM_INVALID", "pageToken"),
            ("pageSize=0", "PARAM_INVALID", "pageSize"),
            ("sortOrder=UP", "PARAM_INVALID", "sortOrder"),
            ("colour=red", "QUERY_PARAM_NOT_ALLOWED", "colour"),
        ],
    )
    async def test_bad_parameters_are_named(self, api: Api, query: str, code: str, place: str) -> None:
        answer = await api.get(f"adAccounts?q=search&{query}")
        (error,) = answer.json()["errorDetails"]["inputErrors"]
        assert (answer.status_code, error["code"], error["input"]["inputPath"]["fieldPath"]) == (400, code, place)
        assert "code" not in answer.json()

    async def test_a_urn_of_the_wrong_kind_has_the_validators_text_as_its_code(self, api: Api) -> None:
        answer = await api.get(f"adAccounts?q=search&search=(id:(values:List({enc(ORGANIZATION)})))")
        (error,) = answer.json()["errorDetails"]["inputErrors"]
        assert error["code"].startswith("ERROR :: /id/values/0 :: Invalid Urn Format.")
        assert error["description"] == "Invalid argument"

    async def test_missing_and_unknown_finders_are_404(self, api: Api) -> None:
        for path in ("adAccounts?q=find", "adLibrary?keyword=robot"):
            answer = await api.get(path)
            assert answer.json() == {
                "status": 404,
                "code": "RESOURCE_NOT_FOUND",
                "message": "No virtual resource found",
            }

    async def test_scopes_are_asked_for(self, api: Api) -> None:
        read = await api.get("adAccounts?q=search", token=api.token("r_ads_reporting"))
        write = await api.post("adAccounts", NEW, token=api.token("r_ads"))
        assert read.json()["message"] == "Not enough permissions to access: partnerApiAdAccounts.FINDER-search.20260901"
        assert write.status_code == 403


class TestPages:
    async def test_pages_follow_each_other_by_token(self, api: Api) -> None:
        for number in range(5):
            await api.group(name=f"Group {number}")
        path, seen, token = "adAccounts/509418273/adCampaignGroups?q=search&pageSize=3", [], ""
        for _ in range(3):
            body = (await api.get(f"{path}&pageToken={token}" if token else path)).json()
            seen += [g["id"] for g in body["elements"]]
            token = body["metadata"].get("nextPageToken", "")
            if not token:
                break
            assert len(token) == 43
        assert seen == sorted(api.ads.groups_of[509418273])

    async def test_a_token_belongs_to_its_query(self, api: Api) -> None:
        path = "adAccounts/509418273/adCampaigns?q=search"
        token = (await api.get(f"{path}&pageSize=1")).json()["metadata"]["nextPageToken"]
        answer = await api.get(f"{path}&pageToken={token}&search=(status:(values:List(DRAFT)))")
        assert answer.status_code == 400

    async def test_start_and_count_are_ignored_unless_the_switch_refuses(self, api: Api) -> None:
        path = "adAccounts/509418273/adCampaigns?q=search&start=0&count=100"
        assert (await api.get(path)).status_code == 200
        api.world.switches["token_finders.reject_start_count"] = "on"
        assert "QUERY_PARAM_NOT_ALLOWED" in (await api.get(path)).text

    async def test_falling_order_pages_too(self, api: Api) -> None:
        path = "adAccounts/509418273/adCampaigns?q=search&pageSize=1&sortOrder=DESCENDING"
        first = (await api.get(path)).json()
        second = (await api.get(f"{path}&pageToken={first['metadata']['nextPageToken']}")).json()
        assert [first["elements"][0]["id"], second["elements"][0]["id"]] == [388204116, 388204115]

    async def test_large_collections_must_be_paged(self, api: Api) -> None:
        assert (await api.get("adAccounts?count=1001")).json()["message"] == "Specified count is larger than 1000"
        for number in range(101):
            await api.group(name=f"Group {number}")
        answer = await api.get("adAccounts/509418273/adCampaignGroups")
        assert (answer.status_code, answer.json()["message"]) == (400, "Request would return too many entities. ")


class TestWriting:
    async def test_a_test_account_is_one_per_app(self, api: Api) -> None:
        made = await api.post("adAccounts", {**NEW, "test": True}, token=api.token(app="small-app"))
        again = await api.post("adAccounts", {**NEW, "test": True}, token=api.token(app="small-app"))
        assert (made.status_code, made.text) == (201, "")
        assert made.headers["location"] == f"/rest/adAccounts/{made.headers['x-restli-id']}"
        assert again.json() == {
            "message": "Cannot create another test account. Each developer application may have a maximum of 1 test "
            "account(s) associated with it.",
            "status": 400,
            "code": "TEST_ACCOUNT_LIMIT_REACHED",
        }

    async def test_a_new_account_has_a_default_group_and_a_billing_admin(self, api: Api) -> None:
        number = (await api.post("adAccounts", NEW)).headers["x-restli-id"]
        groups = (await api.get(f"adAccounts/{number}/adCampaignGroups?q=search")).json()["elements"]
        users = (await api.get("adAccountUsers?q=authenticatedUser")).json()["elements"]
        assert [g["name"] for g in groups] == ["Default Campaign Group"]
        assert users[-1]["role"] == "ACCOUNT_BILLING_ADMIN"

    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            ({"name": ...}, ["MISSING_FIELD"]),
            ({"name": ..., "type": ...}, ["MISSING_FIELD", "MISSING_FIELD"]),
            ({"name": "  "}, ["BLANK_ACCOUNT_NAME"]),
            ({"currency": "XYZ"}, ["CURRENCY_NOT_SUPPORTED"]),
            ({"type": "ENTERPRISE"}, ["MISSING_PRODUCT_TYPE_FOR_ENTERPRISE_ACCOUNT"]),
            ({"type": "ENTERPRISE", "test": True}, ["CONDITIONAL_INVALID_VALUE"]),
            ({"reference": "urn:li:organization:1"}, ["FIELD_VALUE_DOES_NOT_EXIST"]),
            ({"status": "CANCELED"}, ["INVALID_VALUE_FOR_FIELD"]),
            ({"totalBudget": {"amount": "5", "currencyCode": "USD"}}, ["CURRENCY_MISMATCH"]),
            ({"totalBudgetEndsAt": 5}, ["DATE_TOO_EARLY"]),
        ],
    )
    async def test_faults_of_a_new_account(self, api: Api, change: dict[str, object], expected: list[str]) -> None:
        body = {name: value for name, value in {**NEW, **change}.items() if value is not ...}
        answer = await api.post("adAccounts", body)
        assert (answer.status_code, codes(answer)) == (400, expected)

    async def test_wrong_types_are_the_validators(self, api: Api) -> None:
        answer = await api.post("adAccounts", {**NEW, "test": "yes", "id": 7, "colour": "red"})
        assert answer.status_code == 422
        assert answer.json()["message"] == (
            "ERROR :: /test :: yes cannot be coerced to Boolean\n"
            "ERROR :: /id :: ReadOnly field present in a create request\n"
            "ERROR :: /colour :: unrecognized field found but not allowed\n"
        )

    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            ({"test": True}, ["FIELD_NOT_EDITABLE"]),
            ({"type": "ENTERPRISE"}, ["FIELD_NOT_ALLOWED"]),
            ({"currency": "USD"}, ["FIELD_NOT_ALLOWED"]),
            ({"name": ""}, ["BLANK_ACCOUNT_NAME"]),
            ({"reference": ADA}, ["UPDATE_REFERENCE_NOT_ALLOWED"]),
            ({"status": "DRAFT"}, ["INVALID_STATUS_TRANSITION"]),
        ],
    )
    async def test_what_an_account_keeps(self, api: Api, change: dict[str, object], expected: list[str]) -> None:
        answer = await api.patch("adAccounts/509418273", change)
        assert (answer.status_code, codes(answer)) == (400, expected)

    async def test_a_change_counts_the_version_up(self, api: Api) -> None:
        answer = await api.patch("adAccounts/509418273", {"name": "Fjordlicht", "notifiedOnEndOfCampaign": True})
        body = (await api.get("adAccounts/509418273")).json()
        assert (answer.status_code, body["name"], body["version"]["versionTag"]) == (204, "Fjordlicht", "2")

    async def test_canceled_is_final_and_takes_the_campaigns_along(self, api: Api) -> None:
        await api.patch("adAccounts/509418273", {"status": "CANCELED"})
        again = await api.patch("adAccounts/509418273", {"status": "ACTIVE"})
        campaign = (await api.get("adAccounts/509418273/adCampaigns/388204115")).json()
        assert (codes(again), campaign["status"]) == (["INVALID_STATUS_TRANSITION"], "CANCELED")
        patched = await api.patch("adAccounts/509418273/adCampaigns/388204115", {"name": "x"})
        assert codes(patched) == ["ACTION_NOT_ALLOWED_FOR_CANCELLED_STATUS"]

    async def test_only_drafts_are_deleted(self, api: Api) -> None:
        draft = (await api.post("adAccounts", NEW)).headers["x-restli-id"]
        assert codes(await api.delete("adAccounts/509418273")) == ["DELETE_NOT_ALLOWED"]
        assert (await api.delete(f"adAccounts/{draft}")).status_code == 204
        assert (await api.delete(f"adAccounts/{draft}")).json()["code"] == "NOT_FOUND"

    async def test_batches_answer_each_element(self, api: Api) -> None:
        answer = await api.batch("adAccounts", [NEW, {"type": "BUSINESS"}, {"name": 7}])
        statuses = [e["status"] for e in answer.json()["elements"]]
        assert (answer.status_code, statuses) == (200, [201, 400, 422])
        both = await api.batch("adAccounts", [{**NEW, "test": True}] * 2)
        assert codes(both) == ["BATCH_CREATE_TEST_ACCOUNT_LIMIT_REACHED"]


class TestRoles:
    async def test_a_viewer_reads_and_does_not_write(self, api: Api) -> None:
        token = api.token(member="sBx8kQ2mWb")
        read = await api.get("adAccounts/509418273", token=token)
        write = await api.patch("adAccounts/509418273", {"name": "x"}, token=token)
        assert (read.status_code, write.status_code, codes(write)) == (200, 403, ["NO_PERMISSION_ON_ENTITY"])

    @pytest.mark.parametrize(
        ("role", "account", "campaign", "creative"),
        [
            ("CREATIVE_MANAGER", 403, 403, 204),
            ("CAMPAIGN_MANAGER", 403, 204, 204),
            ("ACCOUNT_MANAGER", 204, 204, 204),
        ],
    )
    async def test_each_role_reaches_further(
        self, api: Api, role: str, account: int, campaign: int, creative: int
    ) -> None:
        await api.patch(USER, {"role": role})
        token = api.token(member="sBx8kQ2mWb")
        creative_path = f"adAccounts/509418273/creatives/{enc('urn:li:sponsoredCreative:771204940')}"
        answers = [
            await api.patch("adAccounts/509418273", {"name": "x"}, token=token),
            await api.patch("adAccounts/509418273/adCampaigns/388204116", {"name": "x"}, token=token),
            await api.patch(creative_path, {"name": "x"}, token=token),
        ]
        assert [a.status_code for a in answers] == [account, campaign, creative]

    async def test_schema_comes_before_the_entity_and_the_entity_before_the_role(self, api: Api) -> None:
        token = api.token(member="sBx8kQ2mWb")
        assert (await api.patch("adAccounts/7", {"test": 5}, token=token)).status_code == 422
        assert (await api.patch("adAccounts/7", {"name": "x"}, token=token)).status_code == 404
        assert (await api.patch("adAccounts/509418273", {"name": ""}, token=token)).status_code == 403

    async def test_the_development_tier_writes_to_five_accounts(self, api: Api) -> None:
        token = api.token(app="small-app")
        refused = await api.post("adAccounts", NEW, token=token)
        assert (refused.status_code, refused.json()["code"]) == (403, "NO_PERMISSION_ON_ENTITY")
        numbers = [(await api.post("adAccounts", NEW)).headers["x-restli-id"] for _ in range(6)]
        statuses = [(await api.patch(f"adAccounts/{n}", {"name": "x"}, token=token)).status_code for n in numbers]
        assert statuses == [204] * 5 + [403]
        api.world.switches["tier.error"] = "ACCESS_DENIED"
        answer = await api.patch(f"adAccounts/{numbers[5]}", {"name": "x"}, token=token)
        assert answer.json()["code"] == "ACCESS_DENIED"


class TestUsers:
    async def test_own_accounts_have_no_pages(self, api: Api) -> None:
        body = (await api.get("adAccountUsers?q=authenticatedUser")).json()
        assert body["paging"] == {"start": 0, "count": 2, "links": [], "total": 2}
        assert body["elements"][0]["account"] == ACCOUNT

    @pytest.mark.parametrize(
        "accounts", [enc(ACCOUNT), f"List({enc(ACCOUNT)})", ACCOUNT, f"List({enc(ACCOUNT)},{enc(ORGANIZATION)})"]
    )
    async def test_accounts_are_named_in_four_ways_and_only_the_first_counts(self, api: Api, accounts: str) -> None:
        body = (await api.get(f"adAccountUsers?q=accounts&accounts={accounts}")).json()
        assert [u["user"] for u in body["elements"]] == [ADA, BEN]
        assert body["elements"][0]["version"] == {"versionTag": "1"}

    async def test_indexed_accounts_of_the_older_protocol_are_understood(self, api: Api) -> None:
        path = f"adAccountUsers?start=0&count=100&q=accounts&accounts[0]={ACCOUNT}"
        assert len((await api.get(path, headers={"x-restli-protocol-version": ""})).json()["elements"]) == 2
        assert "QUERY_PARAM_NOT_ALLOWED" in (await api.get(path)).text

    async def test_below_account_manager_one_sees_oneself(self, api: Api) -> None:
        token = api.token(member="sBx8kQ2mWb")
        body = (await api.get(f"adAccountUsers?q=accounts&accounts={enc(ACCOUNT)}", token=token)).json()
        assert [u["user"] for u in body["elements"]] == [BEN]
        other = await api.get(f"adAccountUsers/(account:{enc(ACCOUNT)},user:{enc(ADA)})", token=token)
        assert other.status_code == 403

    @pytest.mark.parametrize(
        "path",
        [
            USER,
            f"adAccountUsers/(account:{ACCOUNT},user:{BEN})",
        ],
    )
    async def test_a_user_is_named_by_encoded_and_raw_keys(self, api: Api, path: str) -> None:
        assert (await api.get(path)).json()["role"] == "VIEWER"

    async def test_keys_of_the_older_protocol_are_understood(self, api: Api) -> None:
        path = f"adAccountUsers/account={ACCOUNT}&user={BEN}"
        assert (await api.get(path, headers={"x-restli-protocol-version": ""})).json()["role"] == "VIEWER"

    async def test_put_makes_and_replaces(self, api: Api) -> None:
        body = {"account": ACCOUNT, "user": BEN, "role": "CAMPAIGN_MANAGER"}
        replaced = await api.put(USER, body)
        gone = await api.delete(USER)
        made = await api.put(USER, body)
        assert (replaced.status_code, gone.status_code, made.status_code) == (204, 204, 201)
        assert (await api.get(USER)).json()["role"] == "CAMPAIGN_MANAGER"

    @pytest.mark.parametrize(
        ("body", "expected"),
        [
            ({"account": ACCOUNT, "user": BEN}, ["MISSING_FIELD"]),
            (
                {"account": "urn:li:sponsoredAccount:1", "user": BEN, "role": "VIEWER"},
                ["ACCOUNT_ID_MISMATCH_IN_PARAM_AND_BODY"],
            ),
            ({"account": ACCOUNT, "user": ADA, "role": "VIEWER"}, ["USER_MISMATCH_IN_PARAM_AND_BODY"]),
            ({"account": ACCOUNT, "user": BEN, "role": "ACCOUNT_BILLING_ADMIN"}, ["MULTIPLE_VALUES_NOT_ALLOWED"]),
        ],
    )
    async def test_faults_of_a_user(self, api: Api, body: dict[str, str], expected: list[str]) -> None:
        answer = await api.put(USER, body)
        assert (answer.status_code, codes(answer)) == (400, expected)

    async def test_a_member_needs_a_confirmed_address(self, api: Api) -> None:
        api.world.members["sBx8kQ2mWb"].email = ""
        answer = await api.put(USER, {"account": ACCOUNT, "user": BEN, "role": "VIEWER"})
        assert codes(answer) == ["MEMBER_HAD_UNCONFIRMED_EMAIL"]

    async def test_the_last_billing_admin_stays(self, api: Api) -> None:
        answer = await api.delete(f"adAccountUsers/(account:{enc(ACCOUNT)},user:{enc(ADA)})")
        assert codes(answer) == ["CONDITIONAL_INVALID_VALUE"]

    async def test_an_unknown_user_is_404_and_a_broken_key_400(self, api: Api) -> None:
        gone = await api.get(f"adAccountUsers/(account:{enc(ACCOUNT)},user:{enc('urn:li:person:nobody')})")
        broken = await api.get(f"adAccountUsers/(account:{enc(ACCOUNT)})")
        assert (gone.status_code, broken.json()["message"]) == (404, "Syntax exception in path variables")


async def test_tunnelled_requests_are_the_same(api: Api) -> None:
    answer = await api.send(
        "POST",
        "adAccounts",
        content="pageSize=1000&q=search&search=(id:(values:List(urn%3Ali%3AsponsoredAccount%3A509418273)))",
        headers={"x-http-method-override": "GET", "content-type": "application/x-www-form-urlencoded"},
    )
    assert [a["id"] for a in answer.json()["elements"]] == [509418273]


@pytest.mark.parametrize(("switch", "status"), [("off", 404), ("on", 200)])
async def test_retired_names_answer_only_where_the_switch_says_so(api: Api, switch: str, status: int) -> None:
    api.world.switches["ads.legacy_names"] = switch
    headers = {"authorization": f"Bearer {api.token()}"}
    answer = await api.client.get("/v2/adAccountsV2?q=search", headers=headers)
    assert answer.status_code == status
