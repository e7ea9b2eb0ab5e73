"""What is wrong with an element at once; what is found later is in `tasks.py`.

Source: "Create Jobs", learn.microsoft.com /linkedin/talent/job-postings/api/create-jobs, its table of errors.
"""

import re
from collections.abc import Collection
from typing import Any, Final

from inroad.common.clock import to_millis
from inroad.common.urn import Urn
from inroad.sandbox.call import Call
from inroad.sandbox.records import faults
from inroad.sandbox.resources.jobs.schema import COMPANY_FIELDS, EMPLOYMENT, EXPERIENCE, element_schema
from inroad.sandbox.resources.jobs.state import Jobs
from inroad.sandbox.resources.partners import parent_of
from inroad.sandbox.resources.posts.rules import is_web_address
from inroad.sandbox.resources.provisioning.state import Contract, Provisioning
from inroad.sandbox.shape import is_object

MAX_LOCATIONS: Final = 7
MAX_ID: Final = 200
WORKPLACES: Final = {"on-site": "On-site", "hybrid": "Hybrid", "remote": "Remote"}
_SECONDS: Final = 10_000_000_000
_ENUM_FAULT = re.compile(r"ERROR :: /(employmentStatus|experienceLevel|state) :: ")


class Rejected(Exception):
    """An element is refused. `is_whole`: the documentation's table shows it as the whole request's status."""

    def __init__(self, status: int, message: str, *, is_whole: bool = False) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.is_whole = is_whole


def judged(call: Call, element: object, before: Collection[str]) -> dict[str, Any]:
    """Return an element in the form in which tasks read it; `before` are ids of the same request.

    Raises:
        Rejected: the first thing that is wrong, missing fields and types before everything else.
    """
    if not is_object(element):
        raise Rejected(422, "ERROR ::  :: record type is not backed by a DataMap\n")
    if isinstance(element.get("externalJobPostingId"), int | float):
        raise Rejected(500, "Internal Server Error", is_whole=True)
    _map_enums(call, element)
    lines = faults(element_schema(element.get("jobPostingOperationType"), call.switches), element)
    if lines:
        raise Rejected(422, "".join(f"{line}\n" for line in lines), is_whole=_ENUM_FAULT.match(lines[0]) is not None)
    _check_id(call, element["externalJobPostingId"], before)
    _check_company(element)
    if "companyApplyUrl" in element and not is_web_address(element["companyApplyUrl"]):
        external_id = element["externalJobPostingId"]
        raise Rejected(400, f"Invalid company apply url for job with externalPartnerId {external_id}", is_whole=True)
    _check_workplace(element)
    _check_locations(element)
    _check_listed_at(call, element)
    _check_contract(call, element)
    _check_operation(call, element)
    return element


def _map_enums(call: Call, element: dict[str, Any]) -> None:
    """Turn values that are no symbols into the nearest, as the schema page says of LinkedIn."""
    if call.switches["jobs.nonstandard_enum"] != "map":
        return
    for name, symbols, other in (
        ("employmentStatus", EMPLOYMENT, "OTHER"),
        ("experienceLevel", EXPERIENCE, "NOT_APPLICABLE"),
    ):
        sent = element.get(name)
        if isinstance(sent, str):
            wanted = re.sub(r"[^A-Z]+", "_", sent.upper())
            element[name] = next((s for s in symbols if s == wanted or s.startswith(wanted)), other)


def _check_id(call: Call, external_id: str, before: Collection[str]) -> None:
    longest = min(MAX_ID, int(str(call.switches["jobs.external_id_max"])))
    if not 1 <= len(external_id) <= longest:
        text = f'length of "{external_id}" is out of range 1...{longest}'
        raise Rejected(422, f"ERROR :: /externalJobPostingId :: {text}\n")
    if external_id in before:
        raise Rejected(400, f"Duplicate externalJobPostingId in the request: {external_id}")


def _check_company(element: dict[str, Any]) -> None:
    if not any(element.get(name) for name in COMPANY_FIELDS):
        message = "Either context or company or companyPageUrl or companyName must be provided"
        raise Rejected(400, message, is_whole=True)


def _check_workplace(element: dict[str, Any]) -> None:
    sent = element.get("workplaceTypes")
    if sent is None:
        return
    if len(sent) != 1 or sent[0].lower() not in WORKPLACES:
        raise Rejected(400, f"workplaceTypes takes exactly one of {', '.join(WORKPLACES.values())}, got {sent}")
    element["workplaceTypes"] = [WORKPLACES[sent[0].lower()]]


def _check_locations(element: dict[str, Any]) -> None:
    sent = element.get("alternateLocations", [])
    if len(sent) > MAX_LOCATIONS:
        reason = f"length of array is out of range 0...{MAX_LOCATIONS}"
        raise Rejected(422, f"ERROR :: /alternateLocations :: {reason}\n", is_whole=True)


def _check_listed_at(call: Call, element: dict[str, Any]) -> None:
    listed_at = element.get("listedAt")
    if listed_at is None:
        return
    if 0 < listed_at < _SECONDS and call.switches["jobs.required_fields"] == "lenient":
        listed_at = element["listedAt"] = listed_at * 1000
        call.remarks.append("listedAt came in seconds; it was let pass")
    if not 0 < listed_at <= to_millis(call.now):
        raise Rejected(422, "ERROR :: /listedAt :: must be positive and not in the future\n")


def _check_contract(call: Call, element: dict[str, Any]) -> None:
    """Hold paid jobs against their contract: whose it is, its slots, its budget."""
    named = element.get("contract")
    if named is None:
        if element.get("listingType") == "PREMIUM" or element["jobPostingOperationType"] == "UPGRADE":
            raise Rejected(422, "ERROR :: /contract :: field is required but not found and has no default value\n")
        return
    contract = contract_of(call, named)
    if contract is None:
        raise Rejected(403, f"Caller is not authorized to access the jobs for contract: {named}", is_whole=True)
    if element["jobPostingOperationType"] not in ("CREATE", "UPGRADE"):
        return
    owner = call.grant.app.client_id
    used = sum(
        1
        for job in call.world.state(Jobs).jobs.values()
        if job.owner == owner and job.is_premium and job.fields.get("contract") == named and job.is_listed(call.now)
    )
    if used >= call.switches.number("jobs.contract_slots"):
        raise Rejected(402, f"Insufficient job slots for contract = {named}", is_whole=True)
    if contract.spent >= call.switches.number("jobs.contract_budget"):
        raise Rejected(402, f"Insufficient lifetime budget for contract: {named}", is_whole=True)


def contract_of(call: Call, urn: str) -> Contract | None:
    """Return a contract that the calling app, or the partner above it, has."""
    number = Urn.parse(urn).id
    found = call.world.state(Provisioning).contracts.get(int(number)) if number.isdecimal() else None
    client_id = call.grant.app.client_id
    return found if found is not None and found.client_id in (client_id, parent_of(call.world, client_id)) else None


def _check_operation(call: Call, element: dict[str, Any]) -> None:
    if element["jobPostingOperationType"] != "CLOSE":
        return
    jobs, owner = call.world.state(Jobs), call.grant.app.client_id
    job = jobs.find(owner, element["externalJobPostingId"])
    is_coming = jobs.pending(owner, element["externalJobPostingId"])
    if (job is None or not job.is_listed(call.now)) and not is_coming:
        raise Rejected(409, "Cannot close job which is already closed or does not exist", is_whole=True)
