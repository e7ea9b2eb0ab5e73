"""`adAccounts/{id}/adCampaignGroups`: budgets and dates over campaigns.

Source: "Create and Manage Campaign Groups", learn.microsoft.com
/linkedin/marketing/integrations/ads/account-structure/create-and-manage-campaign-groups
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from inroad.common.clock import to_millis
from inroad.sandbox.call import Answer, Call, Refusal, Value
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.ads import cursors, money, serving
from inroad.sandbox.resources.ads.access import (
    READ,
    WRITE,
    account_of,
    group_of,
    key_number,
    number_in,
    parent,
    readable,
    writable,
)
from inroad.sandbox.resources.ads.accounts import FIELDS_ONLY, MAX_PAGE, Params, listed
from inroad.sandbox.resources.ads.batching import ELEMENTS, ENTITIES, create_each, delete_each, get_each, patch_each
from inroad.sandbox.resources.ads.criteria import By, fits
from inroad.sandbox.resources.ads.projections import cut
from inroad.sandbox.resources.ads.refusals import Faults, coded
from inroad.sandbox.resources.ads.schema import CAMPAIGN_GROUP, PLURALS
from inroad.sandbox.resources.ads.state import Account, Body, Group, ads_of, stamps
from inroad.sandbox.resources.paging import page
from inroad.sandbox.resources.patch import patched

T = TypeVar("T")

SOURCE: Final = (
    "learn.microsoft.com /linkedin/marketing/integrations/ads/account-structure/create-and-manage-campaign-groups"
)
MAX_NAME: Final = 100
REQUIRED: Final = ("account", "name", "status", "runSchedule")
_SETTABLE: Final = ("ACTIVE", "ARCHIVED", "DRAFT", "PAUSED", "PENDING_DELETION")


def group_view(call: Call, group: Group) -> dict[str, Any]:
    """Return a group as the API shows it."""
    account = ads_of(call.world).accounts[group.account]
    return {
        "id": group.id,
        **group.body,
        "status": serving.status_of(call.world, group, call.now),
        "backfilled": False,
        "test": account.is_test,
        "allowedCampaignTypes": ["SPONSORED_UPDATES", "TEXT_AD", "SPONSORED_INMAILS", "DYNAMIC"],
        "servingStatuses": serving.group_statuses(call.world, group, call.now),
        "changeAuditStamps": stamps(group),
    }


def objective(call: Call, body: Body) -> Body:
    """Return the body with its objective in the spelling of the switch `objective.spelling`.

    Raises:
        Refusal: 400 for a plural where only singulars are taken.
    """
    sent = body.get("objectiveType")
    if sent not in PLURALS or call.switches["objective.spelling"] == "as_sent":
        return body
    if call.switches["objective.spelling"] == "strict_singular":
        faults = Faults("Campaign")
        faults.add("INVALID_VALUE_FOR_FIELD", "objectiveType", f"value {sent} is not valid")
        faults.refuse()
    return {**body, "objectiveType": PLURALS[sent]}


def account_in(call: Call, faults: Faults, body: Body) -> Account:
    """Return the account that a new entity goes to: the path's, or the body's at the top level.

    A fault of the body is told before an account that is not there.
    """
    of_path, of_body = parent(call), number_in(body.get("account"), "sponsoredAccount")
    if of_path is not None and "account" in body and of_body != of_path:
        faults.add("MISMATCH_FIELDS", "account", f"value {body['account']} does not match the account of the path")
    return after(faults, lambda: account_of(call, of_body if of_path is None else of_path))


def after(faults: Faults, look_up: Callable[[], T]) -> T:
    """Return what `look_up` finds; what it refuses comes after the faults that are noted by then."""
    try:
        return look_up()
    except Refusal:
        faults.refuse()
        raise


def _create(call: Call, sent: Body) -> str:
    body, faults = objective(call, sent), Faults("CampaignGroup")
    for name in REQUIRED:
        if name not in body:
            faults.missing(name)
    if "start" not in body.get("runSchedule", {"start": 0}):
        faults.missing("runSchedule/start")
    _check_name(faults, body)
    account = account_in(call, faults, body)
    after(faults, lambda: writable(call, account, "campaigns"))
    status = _status(body)
    starting = {"ACTIVE", "DRAFT"}
    if call.switches["groups.create_paused"] == "accept":
        starting.add("PAUSED")
    if status is not None and status not in starting:
        faults.add("INVALID_VALUE_FOR_FIELD", "status", f"cannot be {status} on creation")
    _check(faults, body, account)
    faults.refuse()
    ads = ads_of(call.world)
    group = Group(
        id=ads.new_id("group"),
        account=account.id,
        body={**body, "status": status},
        created_at=call.now,
        modified_at=call.now,
        created_by=call.member.id,
        modified_by=call.member.id,
    )
    group.note_run(call.now, on=status == "ACTIVE")
    ads.add_group(group)
    return str(group.id)


def _status(body: Mapping[str, Any]) -> str | None:
    status = body.get("status")
    return "CANCELED" if status == "CANCELLED" else status


def _check_name(faults: Faults, body: Mapping[str, Any]) -> None:
    if "name" not in body:
        return
    if not body["name"].strip():
        faults.add("INVALID_VALUE_BLANK_FIELD", "name", "cannot be blank")
    elif len(body["name"]) > MAX_NAME:
        faults.add("FIELD_LENGTH_TOO_LONG", "name", f"length must be no longer than {MAX_NAME}")


def _check(faults: Faults, body: Mapping[str, Any], account: Account) -> None:
    """Note what is wrong between the fields of a whole group."""
    schedule = body.get("runSchedule", {})
    start, end = schedule.get("start"), schedule.get("end")
    if start is not None and end is not None and start >= end:
        faults.add("START_DATE_AFTER_END_DATE", "runSchedule/start", f"value {start} must be before the end {end}")
    if "totalBudget" in body:
        money.check(faults, "totalBudget", body["totalBudget"], account.currency)
        if end is None:
            said = "/CampaignGroup/runSchedule/end is required if /CampaignGroup/totalBudget is set"
            faults.conditional("CONDITIONAL_MISSING_FIELD", said)
    optimization = body.get("budgetOptimization", {})
    if "dailyBudget" in body:
        money.check(faults, "dailyBudget", body["dailyBudget"], account.currency)
        if optimization.get("budgetOptimizationStrategy") != "DYNAMIC":
            said = "/CampaignGroup/dailyBudget is not allowed unless the budget optimization is DYNAMIC"
            faults.conditional("CONDITIONAL_FIELD_NOT_ALLOWED", said)
    if "budgetOptimization" in body:
        for name in ("budgetOptimizationStrategy", "bidStrategy"):
            if name not in optimization:
                faults.missing(f"budgetOptimization/{name}")


def _get(call: Call) -> Answer:
    return Answer(body=group_view(call, group_of(call, key_number(call.key))))


def _batch_get(call: Call) -> Answer:
    return get_each(call, lambda key: group_view(call, group_of(call, key_number(key))))


def _update(call: Call, key: Value | None, patch: Mapping[str, Any]) -> None:
    group = group_of(call, key_number(key))
    account = writable(call, account_of(call, group.account), "campaigns")
    old = serving.status_of(call.world, group, call.now)
    if old == "CANCELED":
        raise coded("ACTION_NOT_ALLOWED_FOR_CANCELLED_STATUS", "A canceled campaign group can't be updated")
    if account.body["type"] == "ENTERPRISE" and account.default_group == group.id:
        raise coded("CANNOT_UPDATE_BACKFILLED_CAMPAIGN_GROUPS", "The default campaign group can't be updated")
    body, faults = objective(call, patched(group.body, patch)), Faults("CampaignGroup")
    for name in REQUIRED:
        if name not in body:
            faults.missing(name)
    if body.get("account") != group.body["account"]:
        faults.add("FIELD_NOT_ALLOWED", "account", "cannot be changed")
    if "objectiveType" in group.body and body.get("objectiveType") != group.body["objectiveType"]:
        raise coded("OBJECTIVE_CHANGE_NOT_ALLOWED", "Campaign group objective type can't be updated once set")
    _check_name(faults, body)
    status = _status(body) or old
    if status != old and not _may_move(old, status):
        raise coded("STATUS_CHANGE_NOT_ALLOWED", f"Campaign group status can't be changed from {old} to {status}")
    start = group.body.get("runSchedule", {}).get("start")
    if start is not None and start < to_millis(call.now) and old != "DRAFT":
        moved = body.get("runSchedule", {}).get("start")
        if moved is not None and moved != start:
            faults.add("DATE_IMMUTABLE_WHEN_PASSED", "runSchedule/start", f"value {start} has passed")
    _check(faults, body, account)
    faults.refuse()
    group.body = {**body, "status": status}
    group.note_run(call.now, on=status == "ACTIVE")
    group.touch(call.now, call.member.id)


def _may_move(old: str, new: str) -> bool:
    if new not in _SETTABLE or old in ("PENDING_DELETION", "REMOVED", "CANCELED"):
        return False
    if new == "DRAFT":
        return False
    return not (old == "DRAFT" and new == "PENDING_DELETION")


def _delete(call: Call, key: Value | None) -> None:
    group = group_of(call, key_number(key))
    writable(call, account_of(call, group.account), "campaigns")
    if group.body["status"] != "DRAFT":
        message = "Only campaign groups in DRAFT status can be deleted; set the status to PENDING_DELETION instead"
        raise coded("DELETE_ALLOWED_ONLY_FOR_DRAFT_STATUS", message)
    ads_of(call.world).drop(group)


def _create_one(call: Call) -> Answer:
    return Answer.created(_create(call, call.body))


def _create_many(call: Call) -> Answer:
    return create_each(call, CAMPAIGN_GROUP, lambda body: _create(call, body))


def _update_one(call: Call) -> Answer:
    _update(call, call.key, call.body["patch"])
    return Answer(status=204)


def _update_many(call: Call) -> Answer:
    return patch_each(call, CAMPAIGN_GROUP, lambda key, patch: _update(call, key, patch))


def _delete_one(call: Call) -> Answer:
    _delete(call, call.key)
    return Answer(status=204)


def _delete_many(call: Call) -> Answer:
    return delete_each(call, lambda key: _delete(call, key))


def _in_scope(call: Call) -> list[Group]:
    of_path, ads = parent(call), ads_of(call.world)
    accounts = list(readable(call)) if of_path is None else [account_of(call, of_path)]
    return [g for a in accounts for g in ads.groups_under(a.id)]


def _search(call: Call) -> Answer:
    search: Mapping[str, By[Group]] = {
        "id": By(lambda g: g.urn, ("sponsoredCampaignGroup",), numbers=True),
        "name": By(lambda g: str(g.body["name"]), fragment=True),
        "status": By(lambda g: serving.status_of(call.world, g, call.now)),
        "account": By(lambda g: str(g.body["account"]), ("sponsoredAccount",)),
    }
    accounts = ads_of(call.world).accounts
    fitting = fits(call, search, is_test=lambda g: accounts[g.account].is_test)
    found = [g for g in _in_scope(call) if fitting(g)]
    return Answer(
        body=cursors.page(call, found, lambda g: g.id, lambda g: group_view(call, g), most=MAX_PAGE, clamps=True)
    )


def _get_all(call: Call) -> Answer:
    found = _in_scope(call)
    listed(call, found)
    return Answer(body=page(call, found, lambda g: group_view(call, g), total=True, most=MAX_PAGE))


_METHODS: Final = (
    Method(name="CREATE", handler=_create_one, scopes=WRITE, body=CAMPAIGN_GROUP, source=SOURCE),
    Method(name="BATCH_CREATE", handler=_create_many, scopes=WRITE, body=ELEMENTS, source=SOURCE),
    Method(name="GET", handler=cut(_get), scopes=READ, params=FIELDS_ONLY, source=SOURCE),
    Method(name="BATCH_GET", handler=cut(_batch_get), scopes=READ, params=FIELDS_ONLY, source=SOURCE),
    Method(name="GET_ALL", handler=cut(_get_all), scopes=READ, params=FIELDS_ONLY, source=SOURCE),
    Method(name="PARTIAL_UPDATE", handler=_update_one, scopes=WRITE, body=CAMPAIGN_GROUP, source=SOURCE),
    Method(name="BATCH_PARTIAL_UPDATE", handler=_update_many, scopes=WRITE, body=ENTITIES, source=SOURCE),
    Method(name="DELETE", handler=_delete_one, scopes=WRITE, source=SOURCE),
    Method(name="BATCH_DELETE", handler=_delete_many, scopes=WRITE, source=SOURCE),
    Method(name="FINDER-search", handler=cut(_search), scopes=READ, params=Params, source=SOURCE),
)


def _resource(path: str) -> Resource:
    return Resource(
        path=path,
        bases=frozenset({"rest"}),
        permission="partnerApiAdCampaignGroups",
        key="number",
        methods=_METHODS,
    )


# The developer portal still lists the top-level form beside the nested one.
RESOURCES: Final = (_resource("adAccounts/{account}/adCampaignGroups"), _resource("adCampaignGroups"))
