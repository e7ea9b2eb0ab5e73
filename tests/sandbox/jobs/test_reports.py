"""Reports of paid jobs and their budgets."""

import pytest

from sandbox.partnership import Api

V2 = {"x-restli-protocol-version": "2.0.0"}
RANGE = "dateRange=(start:(year:2026,month:11,day:23),end:(year:2026,month:11,day:25))"


@pytest.fixture
async def customer(api: Api) -> str:
    """The child application of contract 7001."""
    await api.send(
        "POST",
        "/rest/provisionedHiringContracts?action=setup",
        app="partner",
        json={"partnerContractId": 7001},
        headers=V2,
    )
    return next(name for name in api.world.apps if name.startswith("86"))


async def report(api: Api, query: str, app: str = "partner", path: str = "partnerJobReports"):
    return await api.send("GET", f"/rest/{path}?{query}", app=app, headers=V2)


async def test_reports_are_read_by_id_and_by_range(api: Api, customer: str) -> None:
    await api.list_job(customer, listedAt=1_795_424_400_000)
    body = (await report(api, f"ids=List(NW-1,NW-2)&{RANGE}&partnerContractId=7001")).json()
    found = body["results"]["NW-1"]
    assert found["jobPostingInfo"]["linkedInJobPostingId"] == 39000001
    assert [m["date"]["day"] for m in found["jobPerformanceMetrics"]] == [23, 24, 25]
    assert set(found["jobPerformanceMetrics"][0]) == {"date", "charge", "applyClickCount", "viewCount"}
    assert body["errors"]["NW-2"]["status"] == 404
    listed = (await report(api, f"q=dateRange&{RANGE}&partnerContractId=7001&start=0&count=50")).json()
    assert listed["paging"]["total"] == 1
    assert listed["elements"] == [found]


async def test_a_budget_has_its_term(api: Api, customer: str) -> None:
    body = (await report(api, "partnerContractId=7001", path="partnerBudgetReports")).json()
    assert body["partnerBudgetDetails"][0]["serviceTermBudgetSpent"] == {"amount": "0.00", "currencyCode": "EUR"}
    assert body["serviceTermStartAt"] < body["serviceTermEndAt"]


@pytest.mark.parametrize(
    ("query", "app", "status"),
    [
        (f"ids=List(A)&{RANGE}&partnerContractId=9", "partner", 403),
        (f"ids=List(A)&{RANGE}&partnerContractId=7001", "plain", 403),
        (f"ids=List(A)&{RANGE}", "partner", 400),
        ("ids=List(A)&partnerContractId=7001", "partner", 400),
        ("ids=List(A)&dateRange=today&partnerContractId=7001", "partner", 400),
        (f"ids=List(A:B)&{RANGE}&partnerContractId=7001", "partner", 400),
    ],
)
async def test_refusals(api: Api, customer: str, query: str, app: str, status: int) -> None:
    assert (await report(api, query, app)).status_code == status


async def test_joined_ids_are_split_by_the_switch(api: Api, customer: str) -> None:
    api.world.switches["jobs.sdk_report_ids"] = "split"
    body = (await report(api, f"ids=List(A:B)&{RANGE}&partnerContractId=7001")).json()
    assert set(body["errors"]) == {"A", "B"}
