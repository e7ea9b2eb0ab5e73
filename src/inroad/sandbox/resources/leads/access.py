"""Who may read whose forms and leads.

Source: "Getting Access to Lead Sync", learn.microsoft.com /linkedin/marketing/lead-sync/getting-access-leadsync;
the list of Page roles from one reader of it.
"""

from collections.abc import Mapping
from typing import Final

from inroad.common.urn import Urn
from inroad.sandbox.answers import sentence
from inroad.sandbox.call import Call, Refusal
from inroad.sandbox.resources.actors import covers, roles_on, scope_refusal
from inroad.sandbox.resources.ads import params
from inroad.sandbox.resources.ads.access import number_in, reaches, role_on
from inroad.sandbox.resources.ads.state import Account, ads_of
from inroad.sandbox.resources.leads.state import LEAD_TYPES, LeadType

LEADS: Final = frozenset({"r_marketing_leadgen_automation"})
FORMS_READ: Final = LEADS | {"r_ads", "rw_ads"}
FORMS_WRITE: Final = LEADS | {"rw_ads"}

PAGE_ROLES: Final = frozenset(
    ("ADMINISTRATOR", "LEAD_GEN_FORMS_MANAGER", "CURATOR", "CONTENT_ADMINISTRATOR", "CONTENT_ADMIN", "ANALYST")
)
MANAGING_ROLES: Final = frozenset(("ADMINISTRATOR", "LEAD_GEN_FORMS_MANAGER"))


def owner_param(call: Call) -> str:
    """Return the owner that a finder asks for."""
    sent = params.value(call, "owner")
    if not isinstance(sent, dict) or len(sent) != 1:
        raise params.invalid("owner")
    kind, urn = next(iter(sent.items()))
    return owner_of({kind: urn}, "owner")


def owner_of(union: Mapping[str, object], place: str) -> str:
    """Return the URN in an owner's union."""
    kind, urn = next(iter(union.items()))
    wanted = {"sponsoredAccount": "sponsoredAccount", "organization": "organization"}.get(kind)
    if wanted is None or number_in(urn, wanted) is None:
        raise params.invalid(place)
    return str(urn)


def type_param(call: Call) -> LeadType | None:
    """Return the lead type that a finder asks for, sent as `(leadType:X)`."""
    sent = params.value(call, "leadType")
    if isinstance(sent, dict) and list(sent) == ["leadType"]:
        sent = sent["leadType"]
    if sent is None:
        return None
    for known in LEAD_TYPES:
        if sent == known:
            return known
    raise params.invalid("leadType")


def union_of(owner: str) -> dict[str, str]:
    """Return an owner as the wire has it."""
    return {Urn.parse(owner).kind: owner}


def check_type(owner: str, lead_type: LeadType) -> None:
    """Refuse a lead type that owners of this kind do not have. UNCONFIRMED: the body."""
    if (lead_type == "SPONSORED") != Urn.parse(owner).is_kind("sponsoredAccount"):
        raise sentence(400, f"leadType {lead_type} does not fit the owner {owner}")


def check_reader(call: Call, owner: str, lead_type: LeadType | None = None) -> None:
    """Refuse who may not read an owner's leads: a role on account and Page, and `r_events` for events."""
    if lead_type == "EVENT" and not covers(call, "r_events"):
        raise scope_refusal(call)
    organization = owner
    if Urn.parse(owner).is_kind("sponsoredAccount"):
        account = _account(call, owner)
        organization = str(account.body.get("reference", ""))
        if number_in(organization, "organization") is None:
            raise sentence(403, "The account's reference is not an organization")
    if PAGE_ROLES.isdisjoint(roles_on(call, organization)):
        raise denied(call)


def check_form_reader(call: Call, owner: str) -> None:
    """Refuse who may not read an owner's forms: any role on the account is enough, or a Page role."""
    if Urn.parse(owner).is_kind("sponsoredAccount"):
        _account(call, owner)
    elif PAGE_ROLES.isdisjoint(roles_on(call, owner)):
        raise denied(call)


def check_form_writer(call: Call, owner: str) -> None:
    """Refuse who may not change an owner's forms."""
    if Urn.parse(owner).is_kind("sponsoredAccount"):
        if not reaches(role_on(call, _account(call, owner)), "creatives"):
            raise denied(call)
    elif MANAGING_ROLES.isdisjoint(roles_on(call, owner)):
        raise denied(call)


def _account(call: Call, owner: str) -> Account:
    found = ads_of(call.world).accounts.get(number_in(owner, "sponsoredAccount") or 0)
    if found is None or role_on(call, found) is None:
        raise denied(call)
    return found


def denied(call: Call) -> Refusal:
    """Return the 403 for a role that is missing."""
    name = call.resource[0].upper() + call.resource[1:]
    return scope_refusal(call, f"partnerApi{name}")
