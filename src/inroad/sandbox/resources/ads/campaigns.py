"""`adAccounts/{id}/adCampaigns`: whom to reach, for how much, until when.

Source: "Create and Manage Campaigns", learn.microsoft.com
/linkedin/marketing/integrations/ads/account-structure/create-and-manage-campaigns
"""

from collections.abc import Mapping
from typing import Any, Final

from inroad.sandbox.call import Answer, Call, Value
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.actors import to_app, to_world
from inroad.sandbox.resources.ads import campaign_rules as rules
from inroad.sandbox.resources.ads import cursors, serving
from inroad.sandbox.resources.ads.access import (
    READ,
    WRITE,
    account_of,
    campaign_of,
    key_number,
    may_sponsor,
    number_in,
    parent,
    readable,
    writable,
)
from inroad.sandbox.resources.ads.accounts import FIELDS_ONLY, MAX_PAGE, Params, listed, too_many
from inroad.sandbox.resources.ads.batching import ELEMENTS, ENTITIES, create_each, delete_each, get_each, patch_each
from inroad.sandbox.resources.ads.campaign_groups import account_in, after, objective
from inroad.sandbox.resources.ads.criteria import By, fits
from inroad.sandbox.resources.ads.money import amount_of
from inroad.sandbox.resources.ads.projections import cut, names
from inroad.sandbox.resources.ads.refusals import Faults, coded, no_permission
from inroad.sandbox.resources.ads.schema import CAMPAIGN
from inroad.sandbox.resources.ads.state import Account, Body, Budget, Campaign, Group, ads_of, stamps
from inroad.sandbox.resources.paging import page
from inroad.sandbox.resources.patch import patched

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/integrations/ads/account-structure/create-and-manage-campaigns"


def campaign_view(call: Call, campaign: Campaign) -> dict[str, Any]:
    """Return a campaign as the API shows it."""
    ads = ads_of(call.world)
    account = ads.accounts[campaign.account]
    body: Body = {
        "id": campaign.id,
        **campaign.body,
        "status": serving.status_of(call.world, campaign, call.now),
        "servingStatuses": serving.campaign_statuses(call.world, campaign, call.now),
        "test": account.is_test,
        "version": {"versionTag": str(campaign.version)},
        "changeAuditStamps": stamps(campaign),
    }
    if "associatedEntity" in body:
        body["associatedEntity"] = to_app(call, body["associatedEntity"])
    if names(call, "accountInfo"):
        body["accountInfo"] = {"id": account.id, "name": account.body["name"], "currency": account.currency}
    if names(call, "campaignGroupInfo"):
        group = ads.groups[campaign.group]
        body["campaignGroupInfo"] = {"id": group.id, "name": group.body["name"], "status": group.body["status"]}
    if names(call, "associatedEntityInfo") and "associatedEntity" in body:
        body["associatedEntityInfo"] = _entity_info(call, body["associatedEntity"])
    return body


def _entity_info(call: Call, urn: str) -> dict[str, Any]:
    number = number_in(urn, "organization")
    found = None if number is None else call.world.organizations.get(number)
    if found is None:
        return {"urn": urn}
    return {"organization": {"id": found.id, "localizedName": found.name, "vanityName": found.vanity_name}}


def _create(call: Call, sent: Body) -> str:
    rules.check_version(call, sent)
    body, faults = objective(call, sent), Faults("Campaign")
    rules.check_fields(call, faults, body)
    rules.check_start(call, faults, body)
    account: Account = account_in(call, faults, body)
    after(faults, lambda: writable(call, account, "campaigns"))
    group = _group(call, faults, body, account)
    status = body.get("status")
    if status is not None and status not in ("ACTIVE", "DRAFT", "PAUSED"):
        faults.add("INVALID_VALUE_FOR_FIELD", "status", f"cannot be {status} on creation")
    rules.check_money(faults, body, account, group)
    if group is not None:
        rules.check_group(call, faults, status, group)
        rules.check_room(call, faults, account, group)
        if "objectiveType" in group.body and body.get("objectiveType") not in (None, group.body["objectiveType"]):
            faults.add("MISMATCH_FIELDS", "objectiveType", "does not match the campaign group's objective")
    if status == "ACTIVE":
        rules.check_activation(call, faults, body, [])
    _check_entity(call, faults, body)
    faults.refuse()
    assert group is not None  # refused above
    if "associatedEntity" in body:
        if not may_sponsor(call, body["associatedEntity"]):
            raise no_permission(what=body["associatedEntity"])
        body = {**body, "associatedEntity": to_world(call, body["associatedEntity"])}
    if "objectiveType" in group.body:
        body = {**body, "objectiveType": group.body["objectiveType"]}
    campaign = Campaign(
        id=ads_of(call.world).new_id("campaign"),
        account=account.id,
        group=group.id,
        body=rules.completed(call, body),
        created_at=call.now,
        modified_at=call.now,
        created_by=call.member.id,
        modified_by=call.member.id,
    )
    campaign.budgets.append(_budget(call, campaign.body))
    campaign.note_run(call.now, on=status == "ACTIVE")
    ads_of(call.world).add_campaign(campaign)
    return str(campaign.id)


def _budget(call: Call, body: Mapping[str, Any]) -> Budget:
    """Return what a campaign may spend; a total without a daily budget is used in thirty days."""
    total = amount_of(body.get("totalBudget"))
    return Budget(at=call.now, daily=amount_of(body.get("dailyBudget")) or total / 30, total=total)


def _group(call: Call, faults: Faults, body: Mapping[str, Any], account: Account) -> Group | None:
    if "campaignGroup" not in body:
        return None
    number = number_in(body["campaignGroup"], "sponsoredCampaignGroup")
    found = None if number is None else ads_of(call.world).groups.get(number)
    if found is None or found.account != account.id:
        faults.add("FIELD_VALUE_DOES_NOT_EXIST", "campaignGroup", f"value {body['campaignGroup']} does not exist")
        return None
    return found


def _check_entity(call: Call, faults: Faults, body: Mapping[str, Any]) -> None:
    urn = body.get("associatedEntity")
    if urn is not None and to_world(call, urn) is None:
        faults.add("FIELD_VALUE_DOES_NOT_EXIST", "associatedEntity", f"value {urn} does not exist")


def _update(call: Call, key: Value | None, patch: Mapping[str, Any]) -> None:
    campaign = campaign_of(call, key_number(key))
    account = writable(call, account_of(call, campaign.account), "campaigns")
    if serving.status_of(call.world, campaign, call.now) == "CANCELED":
        raise coded("ACTION_NOT_ALLOWED_FOR_CANCELLED_STATUS", "A canceled campaign can't be updated")
    rules.check_version(call, patched({}, patch))
    body = objective(call, patched(campaign.body, patch))
    if patched({}, patch).get("associatedEntity") is not None:
        body["associatedEntity"] = to_world(call, body["associatedEntity"]) or body["associatedEntity"]
    faults = Faults("Campaign")
    if call.version is not None and "politicalIntent" not in campaign.body:
        body.setdefault("politicalIntent", "NOT_DECLARED")  # older campaigns lack it
    rules.check_fields(call, faults, body)
    rules.check_immutable(campaign, faults, body)
    group = _group(call, faults, body, account)
    rules.check_move(call, campaign, faults, body)
    rules.check_money(faults, body, account, group)
    if group is not None and body.get("status") != campaign.body["status"]:
        rules.check_group(call, faults, body.get("status"), group)
    if body.get("status") == "ACTIVE" and campaign.body["status"] != "ACTIVE":
        rules.check_activation(call, faults, body, campaign.conversions)
    faults.refuse()
    _keep(call, campaign, body, group)


def _keep(call: Call, campaign: Campaign, body: Body, group: Group | None) -> None:
    ads = ads_of(call.world)
    if group is not None and group.id != campaign.group:
        ads.campaigns_in[campaign.group].remove(campaign.id)
        ads.campaigns_in.setdefault(group.id, []).append(campaign.id)
        campaign.group = group.id
    campaign.body = body
    budget = _budget(call, body)
    if (budget.daily, budget.total) != (campaign.budgets[-1].daily, campaign.budgets[-1].total):
        campaign.budgets.append(budget)
    campaign.note_run(call.now, on=body["status"] == "ACTIVE")
    campaign.touch(call.now, call.member.id)


def _delete(call: Call, key: Value | None) -> None:
    campaign = campaign_of(call, key_number(key))
    writable(call, account_of(call, campaign.account), "campaigns")
    if campaign.body["status"] != "DRAFT":
        message = "Only campaigns in DRAFT status can be deleted; set the status to PENDING_DELETION instead"
        raise coded("DELETE_ALLOWED_ONLY_FOR_DRAFT_STATUS", message)
    ads_of(call.world).drop(campaign)


def _get(call: Call) -> Answer:
    return Answer(body=campaign_view(call, campaign_of(call, key_number(call.key))))


def _batch_get(call: Call) -> Answer:
    return get_each(call, lambda key: campaign_view(call, campaign_of(call, key_number(key))))


def _create_one(call: Call) -> Answer:
    return Answer.created(_create(call, call.body))


def _create_many(call: Call) -> Answer:
    return create_each(call, CAMPAIGN, lambda body: _create(call, body))


def _update_one(call: Call) -> Answer:
    _update(call, call.key, call.body["patch"])
    return Answer(status=204)


def _update_many(call: Call) -> Answer:
    return patch_each(call, CAMPAIGN, lambda key, patch: _update(call, key, patch))


def _delete_one(call: Call) -> Answer:
    _delete(call, call.key)
    return Answer(status=204)


def _delete_many(call: Call) -> Answer:
    return delete_each(call, lambda key: _delete(call, key))


def _in_scope(call: Call) -> list[Campaign]:
    of_path, ads = parent(call), ads_of(call.world)
    accounts = list(readable(call)) if of_path is None else [account_of(call, of_path)]
    return [c for a in accounts for c in ads.campaigns_under(a.id)]


def _search(call: Call) -> Answer:
    search: Mapping[str, By[Campaign]] = {
        "id": By(lambda c: c.urn, ("sponsoredCampaign",), numbers=True),
        "campaignGroup": By(lambda c: str(c.body["campaignGroup"]), ("sponsoredCampaignGroup",), numbers=True),
        "associatedEntity": By(lambda c: _entity(call, c), ("organization", "person")),
        "name": By(lambda c: str(c.body["name"]), fragment=True),
        "type": By(lambda c: str(c.body["type"])),
        "status": By(lambda c: serving.status_of(call.world, c, call.now)),
        "account": By(lambda c: str(c.body["account"]), ("sponsoredAccount",)),
    }
    accounts = ads_of(call.world).accounts
    fitting = fits(call, search, is_test=lambda c: accounts[c.account].is_test)
    found = [c for c in _in_scope(call) if fitting(c)]
    if len(found) > MAX_PAGE and not cursors.is_paged(call):
        raise too_many()
    return Answer(
        body=cursors.page(call, found, lambda c: c.id, lambda c: campaign_view(call, c), most=MAX_PAGE, clamps=True)
    )


def _entity(call: Call, campaign: Campaign) -> str | None:
    urn = campaign.body.get("associatedEntity")
    return None if urn is None else to_app(call, urn)


def _get_all(call: Call) -> Answer:
    found = _in_scope(call)
    listed(call, found)
    return Answer(body=page(call, found, lambda c: campaign_view(call, c), total=True, most=MAX_PAGE))


_METHODS: Final = (
    Method(name="CREATE", handler=_create_one, scopes=WRITE, body=CAMPAIGN, source=SOURCE),
    Method(name="BATCH_CREATE", handler=_create_many, scopes=WRITE, body=ELEMENTS, source=SOURCE),
    Method(name="GET", handler=cut(_get), scopes=READ, params=FIELDS_ONLY, source=SOURCE),
    Method(name="BATCH_GET", handler=cut(_batch_get), scopes=READ, params=FIELDS_ONLY, source=SOURCE),
    Method(name="GET_ALL", handler=cut(_get_all), scopes=READ, params=FIELDS_ONLY, source=SOURCE),
    Method(name="PARTIAL_UPDATE", handler=_update_one, scopes=WRITE, body=CAMPAIGN, source=SOURCE),
    Method(name="BATCH_PARTIAL_UPDATE", handler=_update_many, scopes=WRITE, body=ENTITIES, source=SOURCE),
    Method(name="DELETE", handler=_delete_one, scopes=WRITE, source=SOURCE),
    Method(name="BATCH_DELETE", handler=_delete_many, scopes=WRITE, source=SOURCE),
    Method(name="FINDER-search", handler=cut(_search), scopes=READ, params=Params, source=SOURCE),
)


def _resource(path: str) -> Resource:
    return Resource(
        path=path,
        bases=frozenset({"rest"}),
        permission="partnerApiAdCampaigns",
        key="number",
        methods=_METHODS,
    )


RESOURCES: Final = (_resource("adAccounts/{account}/adCampaigns"), _resource("adCampaigns"))
