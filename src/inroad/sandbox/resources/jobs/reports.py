"""`partnerJobReports` and `partnerBudgetReports`: what paid jobs cost and brought.

Source: LinkedIn's Talent Solutions SDK for Java. The numbers of a day are made from the job's number and the day:
nothing in a world looks at jobs.
"""

import hashlib
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from inroad.common.clock import to_millis
from inroad.sandbox.answers import bad_parameter
from inroad.sandbox.call import Answer, Call, Value
from inroad.sandbox.grammar import reduced
from inroad.sandbox.records import unpermitted_fields
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.actors import scope_refusal
from inroad.sandbox.resources.jobs.state import Job, Jobs
from inroad.sandbox.resources.paging import page
from inroad.sandbox.resources.partners import HIRING_CONTRACTS, partner
from inroad.sandbox.resources.provisioning.state import Contract, Provisioning

SOURCE: Final = "github.com/linkedin/talent-solutions-java-sdk"
MAX_DAYS: Final = 366
CHARGE_OF_CLICK: Final = 3.125
_CURRENCY: Final = "EUR"


def _get_reports(call: Call) -> Answer:
    contract, first, last = _contract(call), *_range(call)
    results: dict[str, Any] = {}
    errors: dict[str, Any] = {}
    for key in call.keys:
        job = call.world.state(Jobs).find(contract.client_id, str(key))
        if job is None:
            errors[reduced(key)] = {"status": 404, "message": f"No job with externalJobPostingId {reduced(key)}"}
        else:
            results[reduced(key)] = _report(job, first, last)
    return Answer(body={"results": results, "errors": errors})


def _find_reports(call: Call) -> Answer:
    contract, first, last = _contract(call), *_range(call)
    own = [job for job in call.world.state(Jobs).jobs.values() if job.owner == contract.client_id]
    return Answer(body=page(call, own, lambda job: _report(job, first, last), total=True))


def _get_budget(call: Call) -> Answer:
    contract = _contract(call)
    start = datetime(call.now.year, 1, 1, tzinfo=UTC)
    spent = contract.spent + sum(
        _clicks(job, day) * CHARGE_OF_CLICK
        for job in call.world.state(Jobs).jobs.values()
        if job.owner == contract.client_id
        for day in _days(max(start.date(), job.listed_at.date()), min(call.now, job.expire_at).date())
    )
    limit = call.switches.number("jobs.contract_budget")
    return Answer(
        body={
            "serviceTermStartAt": to_millis(start),
            "serviceTermEndAt": to_millis(datetime(call.now.year + 1, 1, 1, tzinfo=UTC)),
            "partnerBudgetDetails": [
                {"serviceTermBudgetSpent": _money(spent), "serviceTermBudgetLimit": _money(limit)}
            ],
        }
    )


def _report(job: Job, first: date, last: date) -> dict[str, Any]:
    info: dict[str, Any] = {
        "externalJobPostingId": job.external_id,
        "linkedInJobPostingId": job.number,
        "companyDetails": {"companyName": job.fields.get("companyName", "")},
        "companyApplyUrl": job.fields.get("companyApplyUrl", ""),
        "jobTitle": job.fields.get("title", ""),
    }
    if not job.is_open:
        info["closeAt"] = to_millis(job.expire_at)
    days = _days(max(first, job.listed_at.date()), min(last, job.expire_at.date()))
    return {
        "jobPostingInfo": info,
        "lifetimeJobBudgetInfo": job.fields.get("budget", {}),
        "jobPerformanceMetrics": [_metrics(job, day) for day in days],
    }


def _metrics(job: Job, day: date) -> dict[str, Any]:
    clicks = _clicks(job, day)
    return {
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "charge": _money(clicks * CHARGE_OF_CLICK),
        "applyClickCount": clicks,
        "viewCount": clicks * 11 + _chance(job, day, "views") % 90,
    }


def _clicks(job: Job, day: date) -> int:
    return _chance(job, day, "clicks") % 9


def _chance(job: Job, day: date, what: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{job.number}\0{day}\0{what}".encode()).digest()[:4])


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _money(amount: float) -> dict[str, str]:
    return {"amount": f"{amount:.2f}", "currencyCode": _CURRENCY}


def _contract(call: Call) -> Contract:
    sent = call.params["partnerContractId"]
    contracts = call.world.state(Provisioning).contracts.values()
    found = next((c for c in contracts if str(c.partner_contract) == sent), None)
    if found is None:
        raise unpermitted_fields(["/partnerContractId"], "PARAMETER")
    children = call.world.state(Provisioning).children
    if call.grant.app.client_id not in (found.client_id, children[found.client_id].parent):
        raise scope_refusal(call)
    return found


def _range(call: Call) -> tuple[date, date]:
    sent = call.params["dateRange"]
    try:
        assert isinstance(sent, dict)
        first, last = _day(sent.get("start")), _day(sent.get("end"))
    except (ValueError, AssertionError, KeyError) as problem:
        raise bad_parameter("PARAM_INVALID", "dateRange") from problem
    if not 0 <= (last - first).days <= MAX_DAYS:
        raise bad_parameter("PARAM_INVALID", "dateRange")
    return first, last


def _day(sent: Value | None) -> date:
    if not isinstance(sent, dict):
        raise ValueError(f"not a day: {sent!r}")
    return date(*(int(str(sent[name])) for name in ("year", "month", "day")))


_PAID: Final[dict[str, Any]] = {
    "application_tokens": True,
    "gate": partner(HIRING_CONTRACTS),
    "source": SOURCE,
}
RESOURCES: Final = (
    Resource(
        path="partnerJobReports",
        bases=frozenset({"rest"}),
        key="string",
        product="talent",
        methods=(
            Method(
                name="BATCH_GET",
                handler=_get_reports,
                params={"dateRange": "required", "partnerContractId": "required"},
                **_PAID,
            ),
            Method(
                name="FINDER-dateRange",
                handler=_find_reports,
                params={
                    "dateRange": "required",
                    "partnerContractId": "required",
                    "start": "optional",
                    "count": "optional",
                },
                **_PAID,
            ),
        ),
    ),
    Resource(
        path="partnerBudgetReports",
        bases=frozenset({"rest"}),
        product="talent",
        methods=(Method(name="GET", handler=_get_budget, params={"partnerContractId": "required"}, **_PAID),),
    ),
)
