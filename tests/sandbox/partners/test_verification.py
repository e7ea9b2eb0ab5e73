"""Verified on LinkedIn: who, what is verified, and whether that still holds."""

import pytest

from inroad.sandbox.resources.verification.state import verify, withdraw
from sandbox.partnership import Api

SCOPES = "r_profile_basicinfo r_verify"
PLUS = f"{SCOPES} r_verify_details r_primary_current_experience"


async def asked(api: Api, path: str, *, scopes: str = SCOPES, member: str = "ada", version: str = "202510"):
    headers = {"linkedin-version": version, "x-restli-protocol-version": "2.0.0"}
    return await api.send("GET", path, app="demo-app", member=member, scopes=scopes, headers=headers)


async def test_identity_is_the_basic_profile(api: Api) -> None:
    body = (await asked(api, "/rest/identityMe")).json()
    assert body["id"] == "ada"
    assert body["basicInfo"] == {
        "firstName": {"localized": {"en_US": "Ada"}, "preferredLocale": {"country": "US", "language": "en"}},
        "lastName": {"localized": {"en_US": "Okafor"}, "preferredLocale": {"country": "US", "language": "en"}},
        "profileUrl": "https://www.linkedin.com/in/ada-okafor",
        "primaryEmailAddress": "ada@example.test",
    }
    assert "primaryCurrentPosition" not in body


async def test_the_position_has_a_scope_of_its_own(api: Api) -> None:
    body = (await asked(api, "/rest/identityMe", scopes=PLUS)).json()
    assert body["primaryCurrentPosition"]["companyName"]["localized"] == {"en_US": "Northwind Works"}


@pytest.mark.parametrize(("version", "status"), [("202510", 200), ("202510.03", 200), ("202601", 200), ("202509", 426)])
async def test_versions_are_those_of_the_product(api: Api, version: str, status: int) -> None:
    assert (await asked(api, "/rest/identityMe", version=version)).status_code == status


async def test_scopes_and_administrators(api: Api) -> None:
    assert (await asked(api, "/rest/identityMe", scopes="openid")).status_code == 403
    assert (await asked(api, "/rest/verificationReport", scopes="r_profile_basicinfo")).status_code == 403
    api.world.apps["demo-app"].tier = "development"
    assert (await asked(api, "/rest/identityMe", member="ada")).status_code == 200
    assert (await asked(api, "/rest/identityMe", member="ben")).status_code == 403


async def test_a_report_names_what_is_verified(api: Api) -> None:
    assert (await asked(api, "/rest/verificationReport")).json()["verifications"] == []
    verify(api.world, api.world.members["ada"], "IDENTITY")
    body = (await asked(api, "/rest/verificationReport")).json()
    assert (body["id"], body["verifications"]) == ("ada", ["IDENTITY"])
    assert body["verificationUrl"]
    assert "verifiedDetails" not in body
    verify(api.world, api.world.members["ada"], "WORKPLACE", organization=90210001)
    plus = (await asked(api, "/rest/verificationReport", scopes=PLUS)).json()
    assert "verificationUrl" not in plus
    assert plus["verifiedDetails"][0]["verifiedName"] == {"firstName": "Ada", "lastName": "Okafor"}
    assert plus["verifiedDetails"][1]["organizationInfo"]["name"] == "Northwind Works"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("verificationCriteria=WORKPLACE", ["WORKPLACE"]),
        ("verificationCriteria=IDENTITY&verificationCriteria=WORKPLACE", ["IDENTITY", "WORKPLACE"]),
        ("verificationCriteria=List(IDENTITY,WORKPLACE)", ["IDENTITY", "WORKPLACE"]),
        ("verifiedWithinDays=10", ["WORKPLACE"]),
    ],
)
async def test_criteria_are_repeated_or_listed(api: Api, query: str, found: list[str]) -> None:
    verify(api.world, api.world.members["ada"], "IDENTITY")
    api.pass_time(days=30)
    verify(api.world, api.world.members["ada"], "WORKPLACE")
    assert (await asked(api, f"/rest/verificationReport?{query}")).json()["verifications"] == found


@pytest.mark.parametrize("query", ["verificationCriteria=AGE", "verifiedWithinDays=soon"])
async def test_bad_criteria_are_400(api: Api, query: str) -> None:
    assert (await asked(api, f"/rest/verificationReport?{query}")).status_code == 400


class TestValidation:
    async def status(self, api: Api, *ids: str, app: str = "demo-app"):
        return await api.send(
            "POST",
            "/rest/validationStatus?action=retrieve",
            app=app,
            json={"validationQueries": [{"id": i} for i in ids]},
            headers={"linkedin-version": "202510", "x-restli-method": "action"},
        )

    async def test_what_was_read_holds_until_it_changes(self, api: Api) -> None:
        ada = api.world.members["ada"]
        verify(api.world, ada, "IDENTITY")
        await asked(api, "/rest/verificationReport")
        first = (await self.status(api, "ada", "nobody")).json()["value"]
        assert first[0]["verificationStatus"] == {"identity": "VALID", "workplace": "INVALID"}
        assert (first[0]["profileInformationStatus"], first[1]["profileInformationStatus"]) == ("VALID", "INVALID")
        api.pass_time(60)
        verify(api.world, ada, "WORKPLACE")
        withdraw(api.world, ada, "IDENTITY")
        (later,) = (await self.status(api, "ada")).json()["value"]
        assert later["verificationStatus"] == {"identity": "INVALID", "workplace": "VALID_WITH_UPDATES"}
        assert later["profileInformationStatus"] == "VALID_WITH_UPDATES"

    async def test_partners_only_and_five_hundred_at_most(self, api: Api) -> None:
        assert (await self.status(api, "ada", app="plain")).status_code == 403
        assert (await self.status(api, *(["ada"] * 501))).status_code == 400
