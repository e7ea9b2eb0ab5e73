"""`leadFormResponses`: the leads.

Source: "Lead Sync", learn.microsoft.com /linkedin/marketing/lead-sync/leadsync
"""

from typing import Any, Final

from inroad.common.clock import to_millis
from inroad.common.urn import Urn
from inroad.sandbox.answers import missing_parameter
from inroad.sandbox.call import Answer, Call, Value
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.ads import params
from inroad.sandbox.resources.ads.batching import get_each
from inroad.sandbox.resources.ads.projections import cut, names
from inroad.sandbox.resources.ads.refusals import entity_not_found
from inroad.sandbox.resources.ads.state import ads_of
from inroad.sandbox.resources.leads.access import LEADS, check_reader, check_type, owner_param, type_param, union_of
from inroad.sandbox.resources.leads.state import Lead, kept_for, leads_of
from inroad.sandbox.resources.paging import page

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/lead-sync/leadsync"
MAX_PAGE: Final = 1_000


def lead_view(call: Call, lead: Lead) -> dict[str, Any]:
    """Return a lead as the API shows it; form, campaign and owner come along where `fields` names them."""
    body: dict[str, Any] = {
        "id": lead.id,
        "owner": union_of(lead.owner),
        "leadType": lead.lead_type,
        "submittedAt": to_millis(lead.submitted_at),
        "testLead": lead.is_test,
        "versionedLeadGenFormUrn": lead.form_urn,
        "formResponse": {"answers": lead.answers, "consentResponses": lead.consents},
    }
    if lead.submitter is not None:
        body["submitter"] = call.person_urn(lead.submitter)
    if lead.campaign is not None:
        body["leadMetadata"] = {"sponsoredLeadMetadata": {"campaign": f"urn:li:sponsoredCampaign:{lead.campaign}"}}
    if lead.creative is not None:
        body["associatedEntity"] = {"associatedCreative": f"urn:li:sponsoredCreative:{lead.creative}"}
    elif lead.event is not None:
        body["associatedEntity"] = {"event": lead.event}
    return body | _decorations(call, lead)


def _decorations(call: Call, lead: Lead) -> dict[str, Any]:
    ads, found = ads_of(call.world), dict[str, Any]()
    if names(call, "form") and (form := leads_of(call.world).forms.get(lead.form)) is not None:
        found["form"] = {"id": form.id, **form.body}
    campaign = None if lead.campaign is None else ads.campaigns.get(lead.campaign)
    if names(call, "leadMetadataInfo") and campaign is not None:
        told = {"id": campaign.urn, "name": campaign.body["name"], "type": campaign.body["type"]}
        found["leadMetadataInfo"] = {"sponsoredLeadMetadataInfo": {"campaign": told}}
    creative = None if lead.creative is None else ads.creatives.get(lead.creative)
    if names(call, "associatedEntityInfo") and creative is not None:
        told = {"id": creative.urn, "intendedStatus": creative.body["intendedStatus"]}
        found["associatedEntityInfo"] = {"associatedCreative": told}
    if names(call, "ownerInfo"):
        found["ownerInfo"] = _owner_info(call, lead.owner)
    return found


def _owner_info(call: Call, owner: str) -> dict[str, Any]:
    urn = Urn.parse(owner)
    if urn.is_kind("sponsoredAccount"):
        account = ads_of(call.world).accounts[int(urn.id)]
        return {"sponsoredAccount": {"id": account.id, "name": account.body["name"]}}
    found = call.world.organizations[int(urn.id)]
    return {"organization": {"id": found.id, "localizedName": found.name, "vanityName": found.vanity_name}}


def is_kept(call: Call, lead: Lead) -> bool:
    """Tell whether LinkedIn still has the lead."""
    return call.now - lead.submitted_at < kept_for(call.switches, lead.lead_type)


def _lead(call: Call, key: Value | None) -> Lead:
    lead = leads_of(call.world).leads.get(key) if isinstance(key, str) else None
    if lead is None or not is_kept(call, lead):
        raise entity_not_found()
    check_reader(call, lead.owner, lead.lead_type)
    return lead


def _get(call: Call) -> Answer:
    return Answer(body=lead_view(call, _lead(call, call.key)))


def _batch_get(call: Call) -> Answer:
    return get_each(call, lambda key: lead_view(call, _lead(call, key)))


def _by_owner(call: Call) -> Answer:
    lead_type = type_param(call)
    if lead_type is None:
        raise missing_parameter("leadType")
    owner = owner_param(call)
    span = params.time_range(call, "submittedAtTimeRange") or params.time_range(call, "submittedAt")
    only_tests = params.flag(call, "limitedToTestLeads") or False
    form, entity = params.urn(call, "versionedLeadGenFormUrn"), params.record(call, "associatedEntity")
    check_type(owner, lead_type)
    check_reader(call, owner, lead_type)
    found = [
        lead
        for lead in leads_of(call.world).of_owner(owner)
        if lead.lead_type == lead_type and is_kept(call, lead) and _is_shown(call, lead, only_tests=only_tests)
    ]
    if form is not None:
        wanted = str(form).replace(" ", "")
        found = [lead for lead in found if lead.form_urn == wanted]
    if entity is not None:
        values = set(map(str, entity.values()))
        found = [lead for lead in found if lead.event in values or _creative(lead) in values]
    if span is not None:
        found = [lead for lead in found if _is_within(call, lead, span)]
    return Answer(body=page(call, found, lambda lead: lead_view(call, lead), total=True, most=MAX_PAGE))


def _creative(lead: Lead) -> str | None:
    return None if lead.creative is None else f"urn:li:sponsoredCreative:{lead.creative}"


def _is_shown(call: Call, lead: Lead, *, only_tests: bool) -> bool:
    if only_tests:
        return lead.is_test
    return not lead.is_test or call.switches["leads.test_leads"] == "shown"


def _is_within(call: Call, lead: Lead, span: tuple[Any, Any]) -> bool:
    start, end = span
    if start is not None and lead.submitted_at < start:
        return False
    if end is None:
        return True
    if call.switches["leads.range_end"] == "inclusive":
        return bool(lead.submitted_at <= end)
    return bool(lead.submitted_at < end)


RESOURCES: Final = (
    Resource(
        path="leadFormResponses",
        bases=frozenset({"rest"}),
        permission="partnerApiLeadFormResponses",
        takes_raw_urns=True,
        key="string",
        methods=(
            Method(name="GET", handler=cut(_get), scopes=LEADS, params={"fields": "optional"}, source=SOURCE),
            Method(
                name="BATCH_GET", handler=cut(_batch_get), scopes=LEADS, params={"fields": "optional"}, source=SOURCE
            ),
            Method(
                name="FINDER-owner",
                handler=cut(_by_owner),
                scopes=LEADS,
                params={
                    "owner": "required",
                    "leadType": "required",
                    "versionedLeadGenFormUrn": "optional",
                    "associatedEntity": "optional",
                    "submittedAtTimeRange": "optional",
                    "submittedAt": "optional",  # one client sends it; not documented
                    "limitedToTestLeads": "optional",
                    "fields": "optional",
                },
                source=SOURCE,
            ),
        ),
    ),
)
