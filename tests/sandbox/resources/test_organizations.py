"""Pages: look-up, roles, follower numbers."""

from datetime import timedelta
from typing import Any

import pytest

from inroad.common.clock import to_millis
from inroad.sandbox.resources.statistics import rules
from inroad.sandbox.switches import Switches
from inroad.sandbox.world import Role

from .conftest import ADA, NORTHWIND, NOW, Api, encoded

FOLLOWERS = "/rest/organizationalEntityFollowerStatistics?q=organizationalEntity"
LOGO = "(id,localizedName,logoV2(original~:playableStreams))"
TUTORIAL = (
    "(id,localizedName,vanityName,tagline,description,universalName,logoV2(original~:playableStreams),companyType,"
    "companyPageUrl,confirmedLocations,industries,followerCount,staffCountRange,website, specialties)"
)


class TestLookUp:
    @pytest.mark.parametrize("base", ["/v2", "/rest"])
    async def test_administrator_sees_all_of_the_page(self, api: Api, base: str) -> None:
        body = (await api.get(f"{base}/organizations/90210001")).json()
        assert body["id"] == 90210001
        assert body["localizedName"] == "Northwind Works"
        assert body["website"]["localized"] == {"en_US": "https://www.northwind.example"}
        assert body["localizedDescription"] == "Workshops"
        assert (body["staffCountRange"], body["organizationType"]) == ("SIZE_11_TO_50", "PRIVATELY_HELD")

    async def test_without_scope_it_is_403(self, api: Api) -> None:
        answer = await api.get("/rest/organizations/90210001", token=api.token("w_member_social"))
        assert answer.json()["message"] == "Not enough permissions to access: organizations.GET.20261001"

    async def test_posting_scopes_are_not_enough_today_and_are_in_the_guide(self, api: Api) -> None:
        token = api.token("r_organization_social w_organization_social")
        today = await api.get("/v2/organizations/90210001", token=token)
        api.world.switches = Switches.for_profile("guide")
        guide = await api.get("/v2/organizations/90210001", token=token)
        assert (today.status_code, guide.status_code) == (403, 200)

    async def test_without_role_it_is_403_and_unknown_404(self, api: Api) -> None:
        assert (await api.get("/rest/organizations/55120077")).status_code == 403
        assert (await api.get("/rest/organizations/7")).status_code == 404

    async def test_key_must_be_a_number(self, api: Api) -> None:
        answer = await api.get("/rest/organizations/northwind")
        assert answer.json() == {
            "message": "Key value 'northwind' must be of type 'java.lang.Long'",
            "status": 400,
        }

    async def test_batch_tells_which_pages_are_not_the_callers(self, api: Api) -> None:
        body = (await api.get("/rest/organizations?ids=List(90210001,55120077)")).json()
        assert list(body["results"]) == ["90210001"]
        assert body["errors"]["55120077"]["status"] == 403

    async def test_anybody_looks_up_public_fields_by_number(self, api: Api) -> None:
        token = api.token("w_member_social")
        body = (await api.get("/rest/organizationsLookup?ids=List(55120077,7)", token=token)).json()
        assert body["results"]["55120077"]["localizedName"] == "Harbour Timber"
        assert "staffCountRange" not in body["results"]["55120077"]
        assert body["errors"]["7"]["status"] == 404

    async def test_look_up_by_urn_is_400(self, api: Api) -> None:
        answer = await api.get("/rest/organizationsLookup?ids=List(urn%3Ali%3Aorganization%3A1035)")
        assert answer.json() == {
            "message": "NumberFormatException parsing batch key 'urn:li:organization:1035'",
            "status": 400,
        }

    async def test_pages_are_found_by_vanity_name_and_domain(self, api: Api) -> None:
        by_name = (await api.get("/v2/organizations?q=vanityName&vanityName=Harbour-Timber")).json()
        by_domain = (await api.get("/rest/organizations?q=emailDomain&emailDomain=northwind.example")).json()
        nobody = (await api.get("/rest/organizations?q=vanityName&vanityName=nobody")).json()
        assert [e["id"] for e in by_name["elements"]] == [55120077]
        assert [e["id"] for e in by_domain["elements"]] == [90210001]
        assert nobody["elements"] == []

    async def test_tutorials_projection_gets_what_exists(self, api: Api) -> None:
        body = (await api.get(f"/v2/organizations/90210001?projection={TUTORIAL.replace(' ', '%20')}")).json()
        assert sorted(body) == [
            "description",
            "id",
            "industries",
            "localizedName",
            "logoV2",
            "specialties",
            "staffCountRange",
            "vanityName",
            "website",
        ]
        assert body["logoV2"]["original~"]["elements"][0]["identifiers"][0]["mediaType"] == "image/jpeg"

    async def test_strict_policy_refuses_names_that_do_not_exist(self, api: Api) -> None:
        api.world.switches["projection.policy"] = "strict"
        answer = await api.get("/v2/organizations/90210001?projection=(id,followerCount)")
        assert answer.status_code == 400


@pytest.mark.parametrize(("setting", "status"), [("off", 403), ("on", 204)])
async def test_pages_are_written_only_by_the_sandboxs_extension(api: Api, setting: str, status: int) -> None:
    api.world.switches["x-sandbox-extensions"] = setting
    answer = await api.patch("/rest/organizations/90210001", {"patch": {"$set": {"localizedDescription": "Benches"}}})
    body = (await api.get("/rest/organizations/90210001")).json()
    assert (answer.status_code, body["localizedDescription"]) == (status, "Benches" if status == 204 else "Workshops")


class TestRoles:
    async def test_own_roles_are_listed_with_both_field_names(self, api: Api) -> None:
        body = (await api.get("/rest/organizationAcls?q=roleAssignee&role=ADMINISTRATOR&state=APPROVED")).json()
        assert body == {
            "paging": {"start": 0, "count": 10, "links": []},
            "elements": [
                {
                    "roleAssignee": ADA,
                    "state": "APPROVED",
                    "role": "ADMINISTRATOR",
                    "organization": NORTHWIND,
                    "organizationTarget": NORTHWIND,
                }
            ],
        }

    @pytest.mark.parametrize("query", ["&role=ANALYST", "&state=REVOKED"])
    async def test_filters_hold(self, api: Api, query: str) -> None:
        assert (await api.get(f"/rest/organizationAcls?q=roleAssignee{query}")).json()["elements"] == []

    async def test_roles_of_a_page_are_for_its_administrators(self, api: Api) -> None:
        path = f"/rest/organizationAcls?q=organization&organization={encoded(NORTHWIND)}"
        body = (await api.get(path)).json()
        refused = await api.get(path, token=api.token(member="sBx8kQ2mWb"))
        assert [e["role"] for e in body["elements"]] == ["ADMINISTRATOR", "CONTENT_ADMINISTRATOR"]
        assert (body["paging"]["total"], refused.status_code) == (2, 403)

    async def test_short_spelling_is_answered_in_full(self, api: Api) -> None:
        api.world.organizations[55120077].roles.append(Role(member="sBx7kQ2mWa", role="CONTENT_ADMIN"))
        body = (await api.get("/rest/organizationAcls?q=roleAssignee&role=CONTENT_ADMINISTRATOR")).json()
        assert [e["role"] for e in body["elements"]] == ["CONTENT_ADMINISTRATOR"]

    async def test_legacy_name_and_decoration_still_work(self, api: Api) -> None:
        projection = f"(elements*(role,organizationalTarget~{LOGO.replace('id,', '')}))"
        path = f"/v2/organizationalEntityAcls?q=roleAssignee&state=APPROVED&projection={projection}"
        (element,) = (await api.get(path)).json()["elements"]
        target = element["organizationalTarget~"]
        assert (element["role"], element["organizationalTarget"]) == ("ADMINISTRATOR", NORTHWIND)
        assert target["localizedName"] == "Northwind Works"
        address = target["logoV2"]["original~"]["elements"][0]["identifiers"][0]["identifier"]
        assert (await api.client.get(address)).headers["content-type"] == "image/jpeg"

    async def test_both_sides_of_a_role_can_be_decorated(self, api: Api) -> None:
        projection = "(elements*(organization~(localizedName),roleAssignee~(localizedFirstName,localizedLastName)))"
        (element,) = (await api.get(f"/v2/organizationAcls?q=roleAssignee&projection={projection}")).json()["elements"]
        assert element["organization~"] == {"localizedName": "Northwind Works"}
        assert element["roleAssignee~"] == {"localizedFirstName": "Ada", "localizedLastName": "Okafor"}

    async def test_scope_is_needed(self, api: Api) -> None:
        answer = await api.get("/rest/organizationAcls?q=roleAssignee", token=api.token("r_organization_social"))
        assert answer.json()["message"] == (
            "Not enough permissions to access: organizationAcls.FINDER-roleAssignee.20261001"
        )


class TestFollowers:
    @pytest.mark.parametrize(
        ("path", "status"),
        [
            ("/rest/networkSizes/{urn}?edgeType=COMPANY_FOLLOWED_BY_MEMBER", 200),
            ("/v2/networkSizes/{urn}?edgeType=CompanyFollowedByMember", 200),
            ("/rest/networkSizes/{urn}?edgeType=CompanyFollowedByMember", 400),
            ("/rest/networkSizes/{urn}", 400),
            ("/v2/networkSizes/urn%3Ali%3Aperson%3AsBx7kQ2mWa?edgeType=CompanyFollowedByMember", 403),
            ("/rest/networkSizes/urn%3Ali%3Aorganization%3A7?edgeType=COMPANY_FOLLOWED_BY_MEMBER", 404),
        ],
    )
    async def test_count_is_told_by_network_sizes(self, api: Api, path: str, status: int) -> None:
        answer = await api.get(path.format(urn=encoded(NORTHWIND)))
        assert answer.status_code == status
        assert status != 200 or answer.json() == {"firstDegreeSize": 1280}

    async def test_lifetime_tells_facets_and_no_total(self, api: Api) -> None:
        body = (await api.get(f"{FOLLOWERS}&organizationalEntity={encoded(NORTHWIND)}")).json()
        (element,) = body["elements"]
        assert sorted(element) == [
            "followerCountsByAssociationType",
            "followerCountsByFunction",
            "followerCountsByGeo",
            "followerCountsByGeoCountry",
            "followerCountsByIndustry",
            "followerCountsBySeniority",
            "followerCountsByStaffCountRange",
            "organizationalEntity",
        ]
        counts = [row["followerCounts"]["organicFollowerCount"] for row in element["followerCountsBySeniority"]]
        assert 0 < sum(counts) <= 1280
        assert counts == sorted(counts, reverse=True)

    async def test_answers_are_always_the_same(self, api: Api) -> None:
        path = f"{FOLLOWERS}&organizationalEntity={encoded(NORTHWIND)}"
        assert (await api.get(path)).json() == (await api.get(path)).json()

    async def test_page_without_followers_has_empty_facets(self, api: Api) -> None:
        api.world.organizations[55120077].roles.append(Role(member="sBx7kQ2mWa"))
        urn = encoded("urn:li:organization:55120077")
        (element,) = (await api.get(f"{FOLLOWERS}&organizationalEntity={urn}")).json()["elements"]
        assert all(rows == [] for name, rows in element.items() if name != "organizationalEntity")

    @pytest.mark.parametrize("protocol", ["2.0.0", "1.0.0"])
    async def test_gains_come_by_day_in_every_spelling(self, api: Api, protocol: str) -> None:
        start, end = to_millis(NOW - timedelta(days=10)), to_millis(NOW - timedelta(days=7))
        if protocol == "2.0.0":
            times = f"timeIntervals=(timeRange:(start:{start},end:{end}),timeGranularityType:DAY)"
        else:
            times = (
                f"timeIntervals.timeGranularityType=DAY&timeIntervals.timeRange.start={start}"
                f"&timeIntervals.timeRange.end={end}"
            )
        path = f"{FOLLOWERS}&organizationalEntity={encoded(NORTHWIND)}&{times}"
        elements = (await api.get(path, headers={"x-restli-protocol-version": protocol})).json()["elements"]
        day = 24 * 3600 * 1000
        starts = [e["timeRange"]["start"] for e in elements]
        assert starts == [start // day * day + n * day for n in range(4)]
        assert elements[0]["timeRange"]["end"] - starts[0] == day
        assert all(e["followerGains"]["organicFollowerGain"] >= 0 for e in elements)
        assert sum(e["followerGains"]["organicFollowerGain"] for e in elements) > 0

    @pytest.mark.parametrize(("granularity", "count"), [("DAY", 29), ("WEEK", 5), ("MONTH", 1)])
    async def test_granularity_makes_the_buckets(self, api: Api, granularity: str, count: int) -> None:
        start = to_millis(NOW - timedelta(days=30))
        times = f"timeIntervals=(timeRange:(start:{start}),timeGranularityType:{granularity})"
        path = f"{FOLLOWERS}&organizationalEntity={encoded(NORTHWIND)}&{times}"
        assert len((await api.get(path)).json()["elements"]) == count

    async def test_broken_intervals_are_400(self, api: Api) -> None:
        path = f"{FOLLOWERS}&organizationalEntity={encoded(NORTHWIND)}&timeIntervals=(timeGranularityType:HOUR)"
        assert (await api.get(path)).status_code == 400

    async def test_raw_urn_of_the_tutorial_follows_its_switch(self, api: Api) -> None:
        path = f"/v2/organizationalEntityFollowerStatistics?q=organizationalEntity&organizationalEntity={NORTHWIND}"
        today = await api.get(path)
        api.world.switches = Switches.for_profile("guide")
        guide = await api.get(path)
        assert (today.status_code, guide.status_code) == (400, 200)

    async def test_only_administrators_read_statistics(self, api: Api) -> None:
        path = f"{FOLLOWERS}&organizationalEntity={encoded(NORTHWIND)}"
        assert (await api.get(path, token=api.token(member="sBx8kQ2mWb"))).status_code == 403


def test_days_before_the_statistics_have_no_gains() -> None:
    old: Any = rules.Interval((NOW - timedelta(days=200)).date(), (NOW - timedelta(days=199)).date())
    assert rules.follower_gains(old, seed=7, organization=1, followers=1000, days=90, now=NOW) == (0, 0)
