"""Reports: one fact table behind every pivot."""

from collections import defaultdict
from typing import Any

import pytest

from inroad.sandbox.resources.ads.analytics.metrics import HIDDEN, METRICS, REVENUE
from inroad.sandbox.seeds import read_seed

from .conftest import ACCOUNT, CAMPAIGN, CREATIVE, GROUP, ORGANIZATION, SEED, Api, enc

FIELDS = "dateRange,pivotValues,impressions,clicks,costInLocalCurrency,oneClickLeads"
OCTOBER = "(start:(year:2026,month:10,day:1),end:(year:2026,month:10,day:31))"
WEEK = "(start:(year:2026,month:11,day:9),end:(year:2026,month:11,day:15))"
FILM = "urn:li:sponsoredCampaign:388204116"


def query(
    pivot: str = "CAMPAIGN", granularity: str = "DAILY", days: str = OCTOBER, fields: str = FIELDS, **more: str
) -> str:
    facets = more or {"accounts": f"List({enc(ACCOUNT)})"}
    asked = "".join(f"&{name}={value}" for name, value in facets.items())
    shown = f"&fields={fields}" if fields else ""
    pivots = f"&pivot={pivot}" if pivot else ""
    return f"adAnalytics?q=analytics{pivots}&timeGranularity={granularity}&dateRange={days}{shown}{asked}"


def statistics(pivots: str, granularity: str = "ALL", days: str = OCTOBER, fields: str = FIELDS) -> str:
    facets = f"accounts=List({enc(ACCOUNT)})"
    head = f"adAnalytics?q=statistics&pivots=List({pivots})&timeGranularity={granularity}"
    return f"{head}&dateRange={days}&fields={fields}&{facets}"


async def rows(api: Api, path: str) -> list[dict[str, Any]]:
    answer = await api.get(path)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["elements"]
    return found


def total(found: list[dict[str, Any]], name: str) -> float:
    return sum(float(row[name]) for row in found)


def one_error(answer: Any) -> tuple[str, str]:
    (error,) = answer.json()["errorDetails"]["inputErrors"]
    return error["code"], error["input"]["inputPath"]["fieldPath"]


class TestRows:
    async def test_a_row_is_what_fields_name(self, api: Api) -> None:
        found = await rows(api, query(campaigns=f"List({enc(CAMPAIGN)})"))
        assert len(found) == 31
        first = found[0]
        assert list(first) == [
            "dateRange",
            "pivotValues",
            "impressions",
            "clicks",
            "costInLocalCurrency",
            "oneClickLeads",
        ]
        assert first["dateRange"] == {
            "start": {"year": 2026, "month": 10, "day": 1},
            "end": {"year": 2026, "month": 10, "day": 1},
        }
        assert first["pivotValues"] == [CAMPAIGN]
        assert isinstance(first["costInLocalCurrency"], str)
        assert isinstance(first["impressions"], int)
        assert 0 < float(first["costInLocalCurrency"]) <= 80 * 1.5

    async def test_without_fields_there_are_impressions_and_clicks(self, api: Api) -> None:
        found = await rows(api, query(fields=""))
        assert set(found[0]) == {"dateRange", "pivotValues", "impressions", "clicks"}

    async def test_paging_says_nothing(self, api: Api) -> None:
        body = (await api.get(f"{query()}&start=40&count=7")).json()
        assert body["paging"] == {"start": 0, "count": 10, "links": []}
        assert len(body["elements"]) == 62

    async def test_all_pivots_add_up_to_the_same(self, api: Api) -> None:
        whole = await rows(api, query("ACCOUNT", "ALL"))
        assert len(whole) == 1
        for name in ("impressions", "clicks", "costInLocalCurrency", "oneClickLeads"):
            for pivot in ("CAMPAIGN_GROUP", "CAMPAIGN", "CREATIVE", "COMPANY", "SHARE", "IMPRESSION_DEVICE_TYPE",
                          "SERVING_LOCATION", "PLACEMENT_NAME"):  # fmt: skip
                parts = await rows(api, query(pivot, "ALL"))
                assert round(total(parts, name), 2) == round(total(whole, name), 2), (pivot, name)
            daily = await rows(api, query("CREATIVE", "DAILY"))
            assert round(total(daily, name), 2) == round(total(whole, name), 2)

    async def test_statistics_name_a_value_for_each_pivot_in_order(self, api: Api) -> None:
        found = await rows(api, statistics("IMPRESSION_DEVICE_TYPE,CAMPAIGN"))
        assert ["MOBILE_APP", CAMPAIGN] in [row["pivotValues"] for row in found]
        assert len(found) == 6
        objective = await rows(api, statistics("OBJECTIVE_TYPE"))
        assert [row["pivotValues"] for row in objective] == [["LEAD_GENERATION"], ["VIDEO_VIEW"]]

    async def test_months_and_years_are_whole(self, api: Api) -> None:
        found = await rows(api, query("ACCOUNT", "MONTHLY", WEEK))
        assert found[0]["dateRange"]["end"] == {"year": 2026, "month": 11, "day": 30}
        api.world.switches["adanalytics.units"] = "clipped"
        clipped = await rows(api, query("ACCOUNT", "MONTHLY", WEEK))
        assert clipped[0]["dateRange"]["start"] == {"year": 2026, "month": 11, "day": 9}
        year = await rows(api, query("ACCOUNT", "YEARLY", WEEK))
        assert len(year) == 1

    async def test_an_open_end_is_today(self, api: Api) -> None:
        found = await rows(api, query("ACCOUNT", "DAILY", "(start:(year:2026,month:11,day:20))"))
        assert [row["dateRange"]["start"]["day"] for row in found] == [20, 21, 22, 23]

    async def test_old_ranges_of_all_are_widened_to_months(self, api: Api) -> None:
        days = "(start:(year:2026,month:1,day:15),end:(year:2026,month:11,day:1))"
        (row,) = await rows(api, query("ACCOUNT", "ALL", days))
        assert row["dateRange"]["start"] == {"year": 2026, "month": 1, "day": 1}
        assert row["dateRange"]["end"] == {"year": 2026, "month": 11, "day": 1}

    async def test_row_presence_follows_the_fields(self, api: Api) -> None:
        leads = await rows(api, query("CAMPAIGN", "DAILY", fields="dateRange,pivotValues,oneClickLeads"))
        keys = await rows(api, query("CAMPAIGN", "DAILY", fields="dateRange,pivotValues"))
        assert {row["pivotValues"][0] for row in leads} == {CAMPAIGN}
        assert len(keys) == 62
        api.world.switches["adanalytics.row_presence"] = "any"
        assert len(await rows(api, query("CAMPAIGN", "DAILY", fields="dateRange,pivotValues,oneClickLeads"))) == 62

    async def test_funnels_are_funnels(self, api: Api) -> None:
        names = "videoStarts,videoViews,videoFirstQuartileCompletions,videoCompletions,totalEngagements,clicks"
        (row,) = await rows(api, query("CAMPAIGN", "ALL", fields=names, campaigns=f"List({enc(FILM)})"))
        assert (
            row["videoStarts"] > row["videoViews"] > row["videoFirstQuartileCompletions"] > row["videoCompletions"] > 0
        )
        assert row["totalEngagements"] >= row["clicks"]

    async def test_conversions_are_the_sum_of_their_parts(self, api: Api) -> None:
        api.ads.campaigns[388204115].conversions = [1]
        parts = "externalWebsitePostClickConversions,externalWebsitePostViewConversions"
        (row,) = await rows(api, query("ACCOUNT", "ALL", fields=f"externalWebsiteConversions,{parts}"))
        assert row["externalWebsiteConversions"] == sum(row[name] for name in parts.split(",")) > 0

    async def test_dollars_follow_euros(self, api: Api) -> None:
        (row,) = await rows(api, query("ACCOUNT", "ALL", fields="costInLocalCurrency,costInUsd"))
        assert float(row["costInUsd"]) == pytest.approx(float(row["costInLocalCurrency"]) * 1.09, rel=1e-4)

    async def test_reach_does_not_add_up_and_is_not_told_by_account(self, api: Api) -> None:
        names = "pivotValues,impressions,approximateMemberReach,audiencePenetration"
        campaigns = await rows(api, query("CAMPAIGN", "ALL", fields=names))
        (group,) = await rows(api, query("CAMPAIGN_GROUP", "ALL", fields=names))
        (account,) = await rows(api, query("ACCOUNT", "ALL", fields=names))
        assert total(campaigns, "approximateMemberReach") > group["approximateMemberReach"] > 0
        assert account["approximateMemberReach"] == 0
        assert 0 < campaigns[0]["audiencePenetration"] <= 1

    async def test_reach_over_a_long_range_is_absent_or_refused(self, api: Api) -> None:
        days = "(start:(year:2026,month:8,day:1),end:(year:2026,month:11,day:20))"
        names = "impressions,approximateMemberReach,audiencePenetration"
        (row,) = await rows(api, query("CAMPAIGN_GROUP", "ALL", days, names))
        assert "approximateMemberReach" not in row
        assert row["audiencePenetration"] is None
        api.world.switches["adanalytics.long_reach"] = "error"
        assert one_error(await api.get(query("CAMPAIGN_GROUP", "ALL", days, names))) == ("FIELD_INVALID", "fields")

    async def test_without_a_pivot_there_is_a_row_for_each_period(self, api: Api) -> None:
        found = await rows(api, query("", "DAILY", WEEK))
        assert len(found) == 7
        assert found[0]["pivotValues"] == []

    async def test_sorting_by_a_metric(self, api: Api) -> None:
        found = await rows(api, f"{query('CREATIVE', 'ALL')}&sortBy=(field:CLICKS,order:DESCENDING)")
        clicks = [row["clicks"] for row in found]
        assert clicks == sorted(clicks, reverse=True)

    async def test_shuffled_rows_are_the_same_rows(self, api: Api) -> None:
        plain = await rows(api, query())
        api.world.switches["adanalytics.order"] = "shuffled"
        shuffled = await rows(api, query())
        assert shuffled != plain
        assert sorted(map(str, shuffled)) == sorted(map(str, plain))

    @pytest.mark.parametrize(
        ("facet", "value", "count"),
        [
            ("creatives", CREATIVE, 1),
            ("campaigns", CAMPAIGN, 2),
            ("campaignGroups", GROUP, 3),
            ("companies", ORGANIZATION, 3),
            ("campaignGroups", "urn:li:sponsoredCampaignGroup:1", 0),
            ("campaigns", ACCOUNT, 0),
        ],
    )
    async def test_facets_choose(self, api: Api, facet: str, value: str, count: int) -> None:
        assert len(await rows(api, query("CREATIVE", "ALL", **{facet: f"List({enc(value)})"}))) == count

    async def test_facets_are_anded(self, api: Api) -> None:
        both = {"accounts": f"List({enc(ACCOUNT)})", "creatives": f"List({enc(CREATIVE)})", "campaignType": "TEXT_AD"}
        assert await rows(api, query("CREATIVE", "ALL", **both)) == []


class TestSilence:
    @pytest.mark.parametrize("number", [509000001, 7, 509990000])
    async def test_accounts_that_are_not_readable_or_never_serve_answer_nothing(self, api: Api, number: int) -> None:
        assert await rows(api, query(accounts=f"List({enc(f'urn:li:sponsoredAccount:{number}')})")) == []

    async def test_test_accounts_can_be_given_numbers(self, api: Api) -> None:
        api.world.switches["analytics.test_accounts"] = "generate"
        assert await rows(api, query(accounts=f"List({enc('urn:li:sponsoredAccount:509990000')})"))

    async def test_a_role_that_is_taken_away_silences(self, api: Api) -> None:
        token = api.token(member="sBx8kQ2mWb")
        before = (await api.get(query(), token=token)).json()["elements"]
        del api.ads.accounts[509418273].users["sBx8kQ2mWb"]
        after = (await api.get(query(), token=token)).json()["elements"]
        assert (len(before), after) == (62, [])

    async def test_reading_ads_is_not_reading_reports(self, api: Api) -> None:
        answer = await api.get(query(), token=api.token("r_ads rw_ads"))
        assert answer.json()["message"] == (
            "Not enough permissions to access: partnerApiAdAnalytics.FINDER-analytics.20260901"
        )


class TestMembers:
    async def test_values_have_the_forms_of_their_pivots(self, api: Api) -> None:
        forms = {
            "MEMBER_COMPANY_SIZE": "SIZE_",
            "MEMBER_INDUSTRY": "urn:li:industry:",
            "MEMBER_SENIORITY": "urn:li:seniority:",
            "MEMBER_JOB_TITLE": "urn:li:title:",
            "MEMBER_JOB_FUNCTION": "urn:li:function:",
            "MEMBER_COUNTRY_V2": "urn:li:geo:",
            "MEMBER_REGION_V2": "urn:li:geo:",
            "MEMBER_COUNTY": "urn:li:geo:",
            "MEMBER_COMPANY": "urn:li:organization:",
        }
        for pivot, form in forms.items():
            found = await rows(api, query(pivot, "ALL"))
            assert found, pivot
            assert all(row["pivotValues"][0].startswith(form) for row in found)

    async def test_numbers_are_near_the_truth_and_not_it(self, api: Api) -> None:
        (whole,) = await rows(api, query("ACCOUNT", "ALL"))
        parts = await rows(api, query("MEMBER_SENIORITY", "ALL"))
        assert total(parts, "impressions") == pytest.approx(whole["impressions"], abs=3 * len(parts))
        assert total(parts, "impressions") != whole["impressions"]

    async def test_rare_values_are_dropped_from_days(self, api: Api) -> None:
        daily = await rows(api, query("MEMBER_COMPANY", "DAILY"))
        (whole,) = await rows(api, query("ACCOUNT", "ALL"))
        assert total(daily, "impressions") < whole["impressions"]
        by_day: dict[int, int] = defaultdict(int)
        for row in daily:
            by_day[row["dateRange"]["start"]["day"]] += 1
        assert max(by_day.values()) <= 300

    async def test_they_come_half_a_day_late(self, api: Api) -> None:
        days = "(start:(year:2026,month:11,day:20))"
        morning = await rows(api, query("MEMBER_SENIORITY", "DAILY", days))
        api.pass_time(hours=4)
        noon = await rows(api, query("MEMBER_SENIORITY", "DAILY", days))
        assert max(row["dateRange"]["start"]["day"] for row in morning) == 21
        assert max(row["dateRange"]["start"]["day"] for row in noon) == 22

    async def test_metrics_without_demographics_are_silently_absent(self, api: Api) -> None:
        names = "pivotValues,impressions,approximateMemberReach,cardClicks"
        found = await rows(api, query("MEMBER_SENIORITY", "ALL", fields=names))
        assert set(found[0]) == {"pivotValues", "impressions"}

    async def test_statistics_refuse_them(self, api: Api) -> None:
        assert one_error(await api.get(statistics("CAMPAIGN,MEMBER_SENIORITY"))) == ("FIELD_INVALID", "pivots")

    async def test_a_pivot_appears_with_its_version(self, api: Api) -> None:
        path = query("MEMBER_DESIGNATED_MARKET_AREA", "ALL")
        assert (await api.get(path)).status_code == 200
        api.version = "202608"
        assert one_error(await api.get(path)) == ("FIELD_INVALID", "pivot")


class TestTime:
    async def test_numbers_of_a_day_rise_until_they_are_settled(self, api: Api) -> None:
        days = "(start:(year:2026,month:11,day:22),end:(year:2026,month:11,day:22))"
        seen = []
        for _ in range(10):
            (row,) = await rows(api, query("ACCOUNT", "DAILY", days))
            seen.append(row["impressions"])
            api.pass_time(days=1)
        assert seen[0] < seen[3] < seen[7]
        assert seen[8] == seen[9]
        assert seen[0] / seen[9] == pytest.approx(0.9, abs=0.02)

    async def test_a_switch_settles_days_at_once(self, api: Api) -> None:
        api.world.switches["adanalytics.restate_days"] = 0
        days = "(start:(year:2026,month:11,day:22),end:(year:2026,month:11,day:22))"
        before = await rows(api, query("ACCOUNT", "DAILY", days))
        api.pass_time(days=10)
        assert await rows(api, query("ACCOUNT", "DAILY", days)) == before

    async def test_today_grows(self, api: Api) -> None:
        today = "(start:(year:2026,month:11,day:23))"
        (morning,) = await rows(api, query("ACCOUNT", "DAILY", today))
        api.pass_time(hours=6)
        (afternoon,) = await rows(api, query("ACCOUNT", "DAILY", today))
        assert 0 < morning["impressions"] < afternoon["impressions"]

    async def test_a_paused_campaign_stops_and_the_past_stays(self, api: Api) -> None:
        before = await rows(api, query("CAMPAIGN", "ALL", OCTOBER))
        await api.patch("adAccounts/509418273/adCampaigns/388204115", {"status": "PAUSED"})
        api.pass_time(days=2)
        after = await rows(api, query("CAMPAIGN", "DAILY", "(start:(year:2026,month:11,day:24))"))
        assert {row["pivotValues"][0] for row in after} == {FILM}
        assert await rows(api, query("CAMPAIGN", "ALL", OCTOBER)) == before

    async def test_a_new_campaign_delivers_once_it_runs(self, api: Api) -> None:
        number = await api.campaign(status="ACTIVE")
        body = {
            "campaign": f"urn:li:sponsoredCampaign:{number}",
            "content": {"reference": api.ads.creatives[771204938].body["content"]["reference"]},
            "intendedStatus": "ACTIVE",
        }
        await api.post("adAccounts/509418273/creatives", body)
        path = query(
            "CAMPAIGN", "ALL", "(start:(year:2026,month:11,day:1))", campaigns=f"List({enc(body['campaign'])})"
        )
        assert await rows(api, path) == []
        api.pass_time(hours=5)
        (first,) = await rows(api, path)
        api.pass_time(days=2)
        (later,) = await rows(api, path)
        assert 0 < first["impressions"] < later["impressions"]

    async def test_the_same_seed_gives_the_same_bytes(self, api: Api) -> None:
        again = read_seed(SEED)
        again.clock.frozen_at = api.world.clock.frozen_at
        other = Api(again, api.client)
        first = (await api.get(query("CREATIVE"))).text
        api.client._transport.app.state.world = again
        assert (await other.get(query("CREATIVE"))).text == first

    async def test_a_saved_world_has_the_same_numbers(self, api: Api) -> None:
        from inroad.sandbox.world import World

        first = (await api.get(query("CREATIVE"))).text
        token = api.token()
        again = World.from_document(api.world.to_document())
        api.client._transport.app.state.world = again
        assert (await api.get(query("CREATIVE"), token=token)).text == first


class TestLimits:
    async def test_rows_are_cut_off_without_a_word(self, api: Api) -> None:
        api.world.switches["adanalytics.max_rows"] = 40
        body = (await api.get(query())).json()
        assert (len(body["elements"]), body["paging"]) == (40, {"start": 0, "count": 10, "links": []})
        api.world.switches["adanalytics.max_rows"] = 62
        assert len(await rows(api, query())) == 62

    async def test_a_next_link_can_be_planted_and_leads_nowhere(self, api: Api) -> None:
        api.world.switches["adanalytics.next_link"] = "on"
        (link,) = (await api.get(query())).json()["paging"]["links"]
        assert link["rel"] == "next"
        assert (await api.get(link["href"].removeprefix("/rest/"))).status_code == 400

    async def test_twenty_fields_with_the_keys(self, api: Api) -> None:
        names = [n for n in METRICS if n not in HIDDEN][:19]
        exact = ",".join([*names[:18], "dateRange", "pivotValues"])
        assert (await api.get(query(fields=exact))).status_code == 200
        assert (await api.get(query(fields=f"{exact},impressions,impressions"))).status_code == 200
        many = ",".join([*names, "dateRange", "pivotValues"])
        assert one_error(await api.get(query(fields=many))) == ("FIELD_INVALID", "fields")
        api.world.switches["adanalytics.count_keys"] = "off"
        assert (await api.get(query(fields=many))).status_code == 200

    async def test_too_many_values_in_five_minutes_are_throttled(self, api: Api) -> None:
        api.world.switches["adanalytics.window_values"] = 700
        statuses = [(await api.get(query())).status_code for _ in range(3)]
        refused = await api.get(query())
        assert statuses == [200, 200, 429]
        assert "data request limit has been exceeded" in refused.json()["message"]
        assert "45 million metric values" in refused.json()["message"]
        api.pass_time(minutes=5)
        assert (await api.get(query())).status_code == 200

    async def test_a_day_limit_names_itself(self, api: Api) -> None:
        from inroad.sandbox.limits import Cap, Counters

        api.world.state(Counters).caps["adAnalytics.FINDER-analytics"] = Cap(per_member=1)
        await api.get(query())
        answer = await api.get(query())
        assert answer.json()["message"] == (
            "Resource level throttle APPLICATION_AND_MEMBER DAY limit for calls to this resource is reached."
        )

    @pytest.mark.parametrize(
        ("path", "code", "place"),
        [
            (query(fields="impressions,colour"), "FIELD_INVALID", "fields"),
            (query(fields="impressions,pivotValue"), "FIELD_INVALID", "fields"),
            (query(fields="approximateUniqueImpressions"), "FIELD_INVALID", "fields"),
            (query(pivot="LEAD_GEN_FORM"), "FIELD_INVALID", "pivot"),
            (query(pivot="MEMBER_COUNTRY"), "FIELD_INVALID", "pivot"),
            (query(pivot="OBJECTIVE_TYPE"), "FIELD_INVALID", "pivot"),
            (query(granularity="HOURLY"), "PARAM_INVALID", "timeGranularity"),
            (query(days="%28start%3A%28year%3A2026%2Cmonth%3A11%2Cday%3A1%29%29"), "PARAM_INVALID", "dateRange"),
            (query(days="(start:(year:2026,month:13,day:1))"), "PARAM_INVALID", "dateRange"),
            (query(days="(end:(year:2026,month:11,day:1))"), "FIELD_INVALID", "dateRange/start"),
            (
                query(days="(start:(year:2026,month:11,day:2),end:(year:2026,month:11,day:1))"),
                "FIELD_INVALID",
                "dateRange",
            ),
            (query(days="(start:(year:2026,month:11,day:2),zone:UTC)"), "FIELD_INVALID", "dateRange/zone"),
            (f"{query()}&sortBy=(field:COLOUR)", "PARAM_INVALID", "sortBy"),
            (f"{query()}&objectiveType=VIDEO_VIEW", "QUERY_PARAM_NOT_ALLOWED", "objectiveType"),
            (f"{query()}&dateRange.start.day=20", "QUERY_PARAM_NOT_ALLOWED", "dateRange.start.day"),
            (statistics("A,B,C,D"), "FIELD_INVALID", "pivots"),
            (query(accounts="List%28urn%3Ali%3AsponsoredAccount%3A5%29"), "PARAM_INVALID", "accounts"),
        ],
    )
    async def test_bad_parameters_are_named(self, api: Api, path: str, code: str, place: str) -> None:
        answer = await api.get(path)
        assert (answer.status_code, *one_error(answer)) == (400, code, place)

    async def test_sentences_of_other_faults(self, api: Api) -> None:
        head = f"adAnalytics?q=analytics&pivot=CAMPAIGN&timeGranularity=ALL&dateRange={OCTOBER}"
        nothing = await api.get(head)
        broken = await api.get(f"{head}&accounts=List(five)")
        undated = await api.get(f"adAnalytics?q=analytics&timeGranularity=ALL&accounts=List({enc(ACCOUNT)})")
        assert nothing.json()["message"] == "At least one facet must be specified"
        assert broken.json()["message"] == (
            "Array parameter 'accounts' value 'five' is invalid. Reason: Deserializing output 'five' failed"
        )
        assert undated.json()["message"] == "Parameter 'dateRange' is required"

    async def test_encoded_commas_are_one_giant_field(self, api: Api) -> None:
        answer = await api.get(query(fields="impressions%2Cclicks"))
        assert one_error(answer) == ("PARAM_INVALID", "impressions,clicks")

    async def test_a_daily_span_can_be_limited(self, api: Api) -> None:
        api.world.switches["adanalytics.max_daily_days"] = 30
        assert one_error(await api.get(query())) == ("FIELD_INVALID", "dateRange")

    async def test_fields_appear_with_their_versions(self, api: Api) -> None:
        api.world.switches["versions.accept"] = "any"
        api.version = "202511"
        assert (await api.get(query(fields="eventViews"))).status_code == 400
        api.version = "202601"
        assert (await api.get(query(fields="eventViews"))).status_code == 200


class TestClients:
    async def test_airbytes_wrappers_are_read(self, api: Api) -> None:
        path = query(
            "(value:CAMPAIGN)", "(value:DAILY)", fields="impressions,dateRange,pivotValues,dateRange,pivotValues"
        )
        assert len(await rows(api, path)) == 62

    async def test_singers_tunnelled_older_protocol_is_read(self, api: Api) -> None:
        content = (
            "start=0&q=analytics&pivot=CAMPAIGN&timeGranularity=DAILY&count=10000&"
            "campaigns[0]=urn:li:sponsoredCampaign:388204115&dateRange.start.day=20&dateRange.start.month=11&"
            "dateRange.start.year=2026&dateRange.end.day=21&dateRange.end.month=11&dateRange.end.year=2026&"
            "fields=impressions,clicks,dateRange,pivotValues"
        )
        answer = await api.send(
            "POST",
            "adAnalytics",
            content=content,
            headers={
                "x-http-method-override": "GET",
                "content-type": "application/x-www-form-urlencoded",
                "x-restli-protocol-version": "",
            },
        )
        assert [row["dateRange"]["start"]["day"] for row in answer.json()["elements"]] == [20, 21]

    async def test_dotted_wrappers_of_the_older_protocol_are_read(self, api: Api) -> None:
        path = (
            f"adAnalytics?q=analytics&pivot.value=CAMPAIGN&timeGranularity.value=ALL&accounts[0]={ACCOUNT}"
            "&dateRange.start.year=2026&dateRange.start.month=10&dateRange.start.day=1&sortBy.field=CLICKS"
        )
        answer = await api.get(path, headers={"x-restli-protocol-version": ""})
        assert len(answer.json()["elements"]) == 2


class TestRevenue:
    PATH = f"adAnalytics?q=attributedRevenueMetrics&pivots=List(ACCOUNT)&account={enc(ACCOUNT)}"

    async def test_revenue_follows_cost(self, api: Api) -> None:
        (row,) = await rows(api, f"{self.PATH}&dateRange=(start:(year:2026,month:9,day:1))")
        assert row["pivotValues"] == [ACCOUNT]
        assert tuple(row["revenueAttributionMetrics"]) == REVENUE
        assert float(row["revenueAttributionMetrics"]["revenueWonInUsd"]) > 0

    async def test_open_opportunities_are_told_of_today_only(self, api: Api) -> None:
        days = "(start:(year:2026,month:9,day:1),end:(year:2026,month:10,day:31))"
        (row,) = await rows(api, f"{self.PATH}&dateRange={days}")
        assert not {"openOpportunities", "opportunityAmountInUsd"} & set(row["revenueAttributionMetrics"])

    async def test_inner_fields_are_chosen(self, api: Api) -> None:
        fields = "pivotValues,revenueAttributionMetrics:(revenueWonInUsd,closedWonOpportunities)"
        (row,) = await rows(api, f"{self.PATH}&dateRange=(start:(year:2026,month:9,day:1))&fields={fields}")
        assert list(row) == ["pivotValues", "revenueAttributionMetrics"]
        assert list(row["revenueAttributionMetrics"]) == ["revenueWonInUsd", "closedWonOpportunities"]

    @pytest.mark.parametrize(
        ("days", "place"),
        [
            ("(start:(year:2026,month:11,day:1),end:(year:2026,month:11,day:10))", "dateRange"),
            ("(start:(year:2025,month:11,day:1),end:(year:2026,month:10,day:31))", "dateRange"),
        ],
    )
    async def test_its_span_is_bounded(self, api: Api, days: str, place: str) -> None:
        assert one_error(await api.get(f"{self.PATH}&dateRange={days}")) == ("FIELD_INVALID", place)

    async def test_other_pivots_are_refused_and_accounts_may_be_a_list(self, api: Api) -> None:
        days = "dateRange=(start:(year:2026,month:9,day:1))"
        refused = await api.get(f"{self.PATH.replace('ACCOUNT)', 'CREATIVE)')}&{days}")
        listed = self.PATH.replace(f"account={enc(ACCOUNT)}", f"account=List({enc(ACCOUNT)})")
        assert one_error(refused) == ("FIELD_INVALID", "pivots")
        assert len(await rows(api, f"{listed}&{days}")) == 1


async def test_every_metric_can_be_asked_for(api: Api) -> None:
    names = [n for n in METRICS if n not in HIDDEN]
    assert len(names) == 116
    for at in range(0, len(names), 20):
        answer = await api.get(query("CREATIVE", "ALL", fields=",".join(names[at : at + 20])))
        assert answer.status_code == 200
        for row in answer.json()["elements"]:
            assert all(isinstance(value, int | float | str | type(None)) for value in row.values())
