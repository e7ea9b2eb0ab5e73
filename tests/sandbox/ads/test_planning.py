"""Targeting, forecasts, the ad library."""

import pytest

from .conftest import ACCOUNT, Api, codes, enc

SENIORITIES = "urn:li:adTargetingFacet:seniorities"
TITLES = "urn:li:adTargetingFacet:titles"
GERMANY = f"(or:({enc('urn:li:adTargetingFacet:locations')}:List({enc('urn:li:geo:101282230')})))"
VPS = f"(or:({enc(SENIORITIES)}:List({enc('urn:li:seniority:7')})))"
CRITERIA = f"(include:(and:List({GERMANY})))"


class TestTargeting:
    async def test_facets_need_no_scope_and_tell_their_finders(self, api: Api) -> None:
        body = (await api.get("adTargetingFacets", token=api.token("openid"))).json()
        by_name = {f["facetName"]: f for f in body["elements"]}
        assert by_name["seniorities"] == {
            "facetName": "seniorities",
            "adTargetingFacetUrn": SENIORITIES,
            "entityTypes": ["SENIORITY"],
            "availableEntityFinders": ["AD_TARGETING_FACET"],
            "$URN": SENIORITIES,
        }
        assert by_name["audienceMatchingSegments"]["availableEntityFinders"] == []
        assert "buyerGroups" in by_name

    async def test_a_facet_appears_with_its_version(self, api: Api) -> None:
        api.version = "202602"
        body = (await api.get("adTargetingFacets")).json()
        assert "buyerGroups" not in {f["facetName"] for f in body["elements"]}

    @pytest.mark.parametrize("facet", [enc(SENIORITIES), f"List({enc(SENIORITIES)})"])
    async def test_a_facets_entities_come_whole(self, api: Api, facet: str) -> None:
        path = f"adTargetingEntities?q=adTargetingFacet&facet={facet}&queryVersion=QUERY_USES_URNS"
        body = (await api.get(f"{path}&locale=(language:en,country:US)")).json()
        assert [e["urn"] for e in body["elements"][:3]] == [f"urn:li:seniority:{n}" for n in (1, 10, 2)]
        assert body["paging"] == {"start": 0, "count": 2147483647, "links": []}

    @pytest.mark.parametrize("q", ["typeahead", "TYPEAHEAD"])
    async def test_typeahead_finds_by_the_beginning_of_a_word(self, api: Api, q: str) -> None:
        facet = enc("urn:li:adTargetingFacet:fieldsOfStudy")
        body = (await api.get(f"adTargetingEntities?q={q}&facet={facet}&query=robo")).json()
        assert body["elements"] == [
            {
                "urn": "urn:li:fieldOfStudy:100371",
                "facetUrn": "urn:li:adTargetingFacet:fieldsOfStudy",
                "name": "Robotics Technology",
            }
        ]
        assert body["paging"]["total"] == 1

    async def test_typeahead_on_a_facet_without_it_is_400(self, api: Api) -> None:
        answer = await api.get(f"adTargetingEntities?q=typeahead&facet={enc(SENIORITIES)}&query=d")
        assert (answer.status_code, "TYPEAHEAD" in answer.json()["message"]) == (400, True)

    async def test_pages_of_the_world_are_employers(self, api: Api) -> None:
        facet = enc("urn:li:adTargetingFacet:employers")
        body = (await api.get(f"adTargetingEntities?q=typeahead&facet={facet}&query=fjord")).json()
        assert body["elements"][0]["urn"] == "urn:li:organization:70412233"

    async def test_similar_entities_are_neighbours(self, api: Api) -> None:
        path = f"adTargetingEntities?q=similarEntities&facet={enc(TITLES)}&entities=List({enc('urn:li:title:9')})"
        body = (await api.get(path)).json()
        assert body["paging"]["total"] == len(body["elements"]) == 4
        assert "urn:li:title:9" not in [e["urn"] for e in body["elements"]]

    async def test_urns_are_named_in_a_language(self, api: Api) -> None:
        path = f"adTargetingEntities?q=urns&urns=List({enc('urn:li:geo:101282230')})&locale=(language:de,country:DE)"
        (element,) = (await api.get(path)).json()["elements"]
        assert (element["name"], element["facetUrn"]) == ("Deutschland", "urn:li:adTargetingFacet:locations")

    @pytest.mark.parametrize(
        ("query", "place"),
        [
            (f"q=typeahead&facet={enc('urn:li:adTargetingFacet:colours')}&query=x", "facet"),
            (f"q=typeahead&facet={enc(TITLES)}&query=x&locale=%28language%3Ade%29", "locale"),
            (f"q=typeahead&facet={enc(TITLES)}&query=x&entityType=COLOUR", "entityType"),
            (f"q=adTargetingFacet&facet={enc(TITLES)}&queryVersion=1", "queryVersion"),
        ],
    )
    async def test_bad_parameters_are_named(self, api: Api, query: str, place: str) -> None:
        (error,) = (await api.get(f"adTargetingEntities?{query}")).json()["errorDetails"]["inputErrors"]
        assert (error["code"], error["input"]["inputPath"]["fieldPath"]) == ("PARAM_INVALID", place)

    async def test_audiences_shrink_with_clauses(self, api: Api) -> None:
        wide = (await api.get(f"audienceCounts?q=targetingCriteriaV2&targetingCriteria={CRITERIA}")).json()
        both = f"(include:(and:List({GERMANY},{VPS})))"
        narrow = (await api.get(f"audienceCounts?q=targetingCriteriaV2&targetingCriteria={both}")).json()
        assert wide["elements"][0]["total"] > narrow["elements"][0]["total"] > 300
        assert wide["elements"][0]["active"] == 0
        assert wide["elements"][0]["total"] % 1000 == 0

    async def test_an_audience_needs_a_clause(self, api: Api) -> None:
        answer = await api.get("audienceCounts?q=targetingCriteriaV2&targetingCriteria=(include:(and:List()))")
        assert answer.json()["message"] == "At least one include clause must be specified"

    @pytest.mark.parametrize(
        "criteria",
        [
            "(and:List())",
            "(include:(or:List()))",
            "(include:(and:(x:1)))",
            "(include:(and:List((or:(locations:List(a))))))",
        ],
    )
    async def test_broken_criteria_are_400(self, api: Api, criteria: str) -> None:
        assert (await api.get(f"audienceCounts?q=targetingCriteriaV2&targetingCriteria={criteria}")).status_code == 400

    async def test_a_saved_audience_lives(self, api: Api) -> None:
        facets = {"urn:li:adTargetingFacet:locations": ["urn:li:geo:101282230"]}
        body = {"account": ACCOUNT, "name": "DACH", "targetingCriteria": {"include": {"and": [{"or": facets}]}}}
        number = (await api.post("adTargetTemplates", body)).headers["x-restli-id"]
        await api.patch(f"adTargetTemplates/{number}", {"name": "Germany"})
        found = (await api.get(f"adTargetTemplates?q=account&account={enc(ACCOUNT)}")).json()["elements"]
        assert [t["name"] for t in found] == ["Germany"]
        assert codes(await api.post("adTargetTemplates", {"account": ACCOUNT})) == ["MISSING_FIELD", "MISSING_FIELD"]
        assert (await api.delete(f"adTargetTemplates/{number}")).status_code == 204
        assert (await api.get(f"adTargetTemplates/{number}")).status_code == 404


class TestForecasts:
    PRICE = f"adBudgetPricing?q=criteriaV2&account={enc(ACCOUNT)}&campaignType=SPONSORED_UPDATES&bidType=CPM"
    SUPPLY = (
        f"adSupplyForecasts?q=criteriaV2&account={enc(ACCOUNT)}&campaignType=SPONSORED_UPDATES"
        f"&timeRange=(start:1795651200000,end:1796256000000)&targetingCriteria={CRITERIA}"
    )

    async def test_prices_are_money_of_the_account(self, api: Api) -> None:
        path = f"{self.PRICE}&objectiveType=LEAD_GENERATION&targetingCriteria={CRITERIA}"
        (element,) = (await api.get(path)).json()["elements"]
        assert list(element) == ["bidLimits", "suggestedBid", "dailyBudgetLimits"]
        bid = element["suggestedBid"]
        assert bid["default"]["currencyCode"] == "EUR"
        assert float(bid["min"]["amount"]) < float(bid["default"]["amount"]) < float(bid["max"]["amount"])

    async def test_forecasts_are_ranges_of_text(self, api: Api) -> None:
        body = (await api.get(f"{self.SUPPLY}&dailyBudget=(amount:80.00,currencyCode:EUR)")).json()
        by_kind = {e["metricType"]: e for e in body["elements"] if e["granularity"] == "CUSTOM"}
        spending = by_kind["SPENDING"]["timeSeries"][0]["adForecastRange"]
        assert set(by_kind) >= {"IMPRESSION", "CLICK", "SPENDING", "MAX_POTENTIAL_BUDGET"}
        assert float(spending["highEnd"]) <= 80 * 7 * 1.2
        assert int(by_kind["IMPRESSION"]["timeSeries"][0]["adForecastRange"]["lowEnd"]) > 0

    async def test_an_objective_can_be_required(self, api: Api) -> None:
        api.world.switches["forecasts.require_objective"] = "on"
        answer = await api.get(f"{self.SUPPLY}&dailyBudget=(amount:80.00,currencyCode:EUR)")
        assert (answer.status_code, answer.json()["message"]) == (422, "The objective type is not supported")

    @pytest.mark.parametrize(
        ("more", "message"),
        [
            ("", "Either dailyBudget or totalBudget must be specified"),
            ("&dailyBudget=(amount:80.00,currencyCode:USD)", "Currency USD does not match the account's currency EUR"),
        ],
    )
    async def test_a_budget_is_needed_in_the_accounts_currency(self, api: Api, more: str, message: str) -> None:
        assert (await api.get(f"{self.SUPPLY}{more}")).json()["message"] == message

    async def test_other_accounts_are_404(self, api: Api) -> None:
        other = self.PRICE.replace("509418273", "509000001")
        assert (await api.get(f"{other}&targetingCriteria={CRITERIA}")).status_code == 404


class TestLibrary:
    async def test_ads_are_found_by_advertiser(self, api: Api) -> None:
        body = (await api.get("adLibrary?q=criteria&advertiser=%20fjordLICHT%20")).json()
        assert body["paging"] == {"start": 0, "count": 25, "links": [], "total": 3}
        ad = body["elements"][0]
        assert ad["adUrl"] == "https://www.linkedin.com/ad-library/detail/771204940"
        assert ad["details"]["type"] == "SPONSORED_VIDEO"
        assert ad["details"]["advertiser"]["advertiserUrl"] == "https://www.linkedin.com/company/70412233"

    async def test_statistics_are_steps_and_shares(self, api: Api) -> None:
        body = (await api.get("adLibrary?q=criteria&keyword=film")).json()
        (ad,) = body["elements"]
        statistics = ad["details"]["adStatistics"]
        assert statistics["totalImpressions"] == {"from": 100000, "to": 200000}
        assert statistics["impressionsDistributionByCountry"] == [
            {"country": "urn:li:country:DE", "impressionPercentage": 100.0}
        ]
        assert ad["details"]["adTargeting"][0]["includedSegments"] == ["Germany"]

    async def test_pages_have_relative_links(self, api: Api) -> None:
        body = (await api.get("adLibrary?q=criteria&advertiser=Fjordlicht&start=0&count=2")).json()
        assert body["paging"]["links"][0]["href"].startswith("/rest/adLibrary?")
        last = (await api.get(body["paging"]["links"][0]["href"].removeprefix("/rest/"))).json()
        assert (len(last["elements"]), len(last["paging"]["links"])) == (1, 1)

    @pytest.mark.parametrize(
        ("query", "count"),
        [
            ("keyword=f", 0),
            ("keyword=%20%20", 0),
            ("keyword=film&advertiser=nobody", 0),
            ("advertiser=Fjordlicht&countries=List(de)", 1),
            ("advertiser=Fjordlicht&countries=(value:List(de,nl))", 3),
            ("advertiser=Fjordlicht&dateRange=(start:(year:2026,month:11,day:1))", 0),
        ],
    )
    async def test_criteria_narrow(self, api: Api, query: str, count: int) -> None:
        answer = await api.get(f"adLibrary?q=criteria&{query}")
        assert answer.json()["paging"]["total"] == count

    @pytest.mark.parametrize(
        ("query", "text"),
        [
            ("", "Either keyword or advertiser must be specified"),
            ("advertiser=Fjord&count=26", "count must be no larger than 25"),
            ("advertiser=Fjord&start=-1", "start/count parameters must be non-negative"),
            ("advertiser=''", "ILLEGAL_ARGUMENT"),
            ("advertiser=", "ILLEGAL_ARGUMENT"),
            ("advertiser=Fjord&adType=TEXT", "QUERY_PARAM_NOT_ALLOWED"),
        ],
    )
    async def test_refusals(self, api: Api, query: str, text: str) -> None:
        answer = await api.get(f"adLibrary?q=criteria&{query}")
        assert (answer.status_code, text in answer.text) == (400, True)

    async def test_countries_can_be_refused(self, api: Api) -> None:
        api.world.switches["adlibrary.countries"] = "wrapper"
        answer = await api.get("adLibrary?q=criteria&advertiser=Fjord&countries=List(de)")
        (error,) = answer.json()["errorDetails"]["inputErrors"]
        assert (error["code"], error["input"]["inputPath"]["fieldPath"]) == ("FIELD_INVALID", "countries/value")

    async def test_no_count_at_all_and_none_of_it(self, api: Api) -> None:
        body = (await api.get("adLibrary?q=criteria&advertiser=Fjordlicht&count=0")).json()
        assert (body["elements"], body["paging"]["total"]) == ([], 3)

    async def test_a_burst_is_throttled_and_clears(self, api: Api) -> None:
        api.world.switches["adlibrary.burst"] = 2
        statuses = [(await api.get("adLibrary?q=criteria&keyword=film")).status_code for _ in range(3)]
        api.pass_time(seconds=35)
        again = await api.get("adLibrary?q=criteria&keyword=film")
        assert (statuses, again.status_code) == ([200, 200, 429], 200)

    async def test_the_apps_product_is_asked_for(self, api: Api) -> None:
        api.world.apps["small-app"].scopes = ["r_ads"]
        answer = await api.get("adLibrary?q=criteria&keyword=film", token=api.token("r_ads", app="small-app"))
        assert answer.json()["code"] == "ACCESS_DENIED"
