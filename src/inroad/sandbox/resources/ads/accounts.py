"""`adAccounts`: who advertises, in which currency.

Source: "Create and Manage Accounts", learn.microsoft.com
/linkedin/marketing/integrations/ads/account-structure/create-and-manage-accounts
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Literal

from inroad.common.clock import from_millis, to_millis
from inroad.common.urn import Urn
from inroad.sandbox.answers import bad_parameter, sentence
from inroad.sandbox.call import Answer, Call, Refusal
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.actors import member_of, organization_of, to_app, to_world
from inroad.sandbox.resources.ads import cursors, money
from inroad.sandbox.resources.ads.access import READ, WRITE, account_of, key_number, readable, writable
from inroad.sandbox.resources.ads.batching import ELEMENTS, create_each
from inroad.sandbox.resources.ads.criteria import By, fits
from inroad.sandbox.resources.ads.projections import cut, names
from inroad.sandbox.resources.ads.refusals import Faults, coded, tier_exceeded
from inroad.sandbox.resources.ads.schema import ACCOUNT, NOTIFICATIONS
from inroad.sandbox.resources.ads.state import Account, Body, Group, User, ads_of, stamps
from inroad.sandbox.resources.locales import multi_locale
from inroad.sandbox.resources.paging import page
from inroad.sandbox.resources.patch import patched
from inroad.sandbox.shape import is_object

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/integrations/ads/account-structure/create-and-manage-accounts"
MAX_PAGE: Final = 1000
UNKNOWN_ACTOR: Final = "urn:li:unknown:0"
DEFAULT_GROUP_NAME: Final = "Default Campaign Group"

Params: Final[Mapping[str, Literal["required", "optional"]]] = {
    "search": "optional",
    "pageSize": "optional",
    "pageToken": "optional",
    "sortOrder": "optional",
    "fields": "optional",
}
FIELDS_ONLY: Final[Mapping[str, Literal["required", "optional"]]] = {"fields": "optional"}

_MOVES: Final = {
    "DRAFT": {"ACTIVE", "CANCELED", "PENDING_DELETION"},
    "ACTIVE": {"CANCELED", "PENDING_DELETION"},
    "CANCELED": set[str](),
    "PENDING_DELETION": set[str](),
    "REMOVED": set[str](),
}


def serving_statuses(account: Account, now: datetime) -> list[str]:
    """Return why an account serves or does not."""
    held: list[str] = []
    if account.body["status"] != "ACTIVE" or account.is_test:
        held.append("STOPPED")
    end = account.body.get("totalBudgetEndsAt")
    if end is not None and now >= from_millis(end):
        held.append("ACCOUNT_END_DATE_HOLD")
    return held or ["RUNNABLE"]


def account_view(call: Call, account: Account) -> dict[str, Any]:
    """Return an account as the API shows it."""
    actor = call.person_urn(account.created_by) if account.created_by else UNKNOWN_ACTOR
    modifier = call.person_urn(account.modified_by) if account.modified_by else UNKNOWN_ACTOR
    body: Body = {
        "id": account.id,
        **account.body,
        "servingStatuses": serving_statuses(account, call.now),
        "version": {"versionTag": str(account.version)},
        "changeAuditStamps": stamps(account, actor, modifier),
    }
    reference = body.get("reference")
    if reference is not None:
        body["reference"] = to_app(call, reference)
        if names(call, "referenceInfo"):
            body["referenceInfo"] = _reference_info(call, reference)
    return body


def _reference_info(call: Call, urn: str) -> dict[str, Any]:
    page_of, person = organization_of(call.world, urn), member_of(call.world, urn)
    if page_of is not None:
        info: dict[str, Any] = {
            "id": page_of.id,
            "name": multi_locale(page_of.name),
            "vanityName": page_of.vanity_name,
            "localizedName": page_of.name,
        }
        if page_of.logo != "none":
            info["logo"] = f"urn:li:image:{page_of.logo}"
        return {"organization": info}
    assert person is not None  # checked when it was written
    return {
        "person": {
            "id": Urn.parse(call.person_urn(person.id)).id,
            "localizedFirstName": person.first_name,
            "localizedLastName": person.last_name,
        }
    }


def new_account(
    *, number: int, body: Body, at: datetime, member_id: str, app: str, default_group: int, default_run: bool = True
) -> tuple[Account, Group]:
    """Return an account with the group that every account begins with."""
    full: Body = {
        "name": "",
        "type": "BUSINESS",
        "currency": "USD",
        "status": "ACTIVE",
        "test": False,
        **dict.fromkeys(NOTIFICATIONS, False),
        **body,
    }
    account = Account(
        id=number,
        body=full,
        created_at=at,
        modified_at=at,
        created_by=member_id,
        modified_by=member_id,
        app=app,
        default_group=default_group,
    )
    account.note_run(at, on=full["status"] == "ACTIVE")
    group = Group(
        id=default_group,
        account=number,
        body={
            "account": account.urn,
            "name": DEFAULT_GROUP_NAME,
            "status": "ACTIVE",
            "runSchedule": {"start": to_millis(at)},
        },
        created_at=at,
        modified_at=at,
        created_by=member_id,
        modified_by=member_id,
    )
    group.note_run(at, on=default_run)
    return account, group


def _create(call: Call, body: Body) -> str:
    ads, app = ads_of(call.world), call.grant.app
    faults = Faults("Account")
    for name in ("name", "type"):
        if name not in body:
            faults.missing(name)
    if "name" in body and not body["name"].strip():
        raise coded("BLANK_ACCOUNT_NAME", "Account name can't be blank")
    if body.get("type") == "ENTERPRISE":
        if body.get("test"):
            said = "/Account/test cannot be set to true if /Account/type is set to ENTERPRISE"
            faults.conditional("CONDITIONAL_INVALID_VALUE", said)
        else:
            message = "Product type is required for enterprise accounts"
            raise coded("MISSING_PRODUCT_TYPE_FOR_ENTERPRISE_ACCOUNT", message)
    _check_fields(call, faults, body, currency=body.get("currency", "USD"))
    if body.get("status", "ACTIVE") not in ("ACTIVE", "DRAFT"):
        faults.add("INVALID_VALUE_FOR_FIELD", "status", f"cannot be {body['status']} on creation")
    faults.refuse()
    if app.tier == "development" and not body.get("test"):
        raise tier_exceeded(call, "The Development tier can create test accounts only")
    if body.get("test") and any(a.is_test and a.app == app.client_id for a in ads.accounts.values()):
        message = (
            "Cannot create another test account. Each developer application may have a maximum of 1 test account(s) "
            "associated with it."
        )
        raise coded("TEST_ACCOUNT_LIMIT_REACHED", message)
    account, group = new_account(
        number=ads.new_id("account"),
        body={**body, "reference": to_world(call, body["reference"])} if "reference" in body else body,
        at=call.now,
        member_id=call.member.id,
        app=app.client_id,
        default_group=ads.new_id("group"),
    )
    role = "ACCOUNT_BILLING_ADMIN"
    account.users[call.member.id] = User(
        member=call.member.id, role=role, created_at=call.now, modified_at=call.now, by=call.member.id
    )
    ads.add_account(account)
    ads.add_group(group)
    return str(account.id)


def _check_fields(call: Call, faults: Faults, body: Mapping[str, Any], *, currency: str) -> None:
    if "currency" in body and body["currency"] not in money.DOLLARS:
        faults.add("CURRENCY_NOT_SUPPORTED", "currency", f"value {body['currency']} is not supported")
    if "reference" in body and to_world(call, body["reference"]) is None:
        faults.add("FIELD_VALUE_DOES_NOT_EXIST", "reference", f"value {body['reference']} does not exist")
    if "totalBudget" in body:
        money.check(faults, "totalBudget", body["totalBudget"], currency)
    end = body.get("totalBudgetEndsAt")
    if end is not None and end <= to_millis(call.now):
        faults.add("DATE_TOO_EARLY", "totalBudgetEndsAt", f"value {end} must be no earlier than {to_millis(call.now)}")


def _create_one(call: Call) -> Answer:
    return Answer.created(_create(call, call.body))


def _create_many(call: Call) -> Answer:
    elements = call.body["elements"]
    if sum(1 for e in elements if is_object(e) and e.get("test") is True) > 1:
        message = "Cannot create more than 1 test account in a batch"
        raise coded("BATCH_CREATE_TEST_ACCOUNT_LIMIT_REACHED", message)
    return create_each(call, ACCOUNT, lambda body: _create(call, body))


def _get(call: Call) -> Answer:
    return Answer(body=account_view(call, account_of(call, key_number(call.key))))


def _update(call: Call) -> Answer:
    patch = call.body["patch"]
    after = patched({}, patch)
    account = account_of(call, key_number(call.key))
    writable(call, account, "account")
    _check_update(call, account, patch, after)
    body = patched(account.body, patch)
    if "reference" in after:
        body["reference"] = to_world(call, after["reference"])
    account.body = body
    account.note_run(call.now, on=body["status"] == "ACTIVE")
    account.touch(call.now, call.member.id)
    return Answer(status=204)


def _check_update(call: Call, account: Account, patch: Mapping[str, Any], changes: Mapping[str, Any]) -> None:
    faults = Faults("Account")
    if "test" in changes and changes["test"] != account.body["test"]:
        faults.add("FIELD_NOT_EDITABLE", "test", "cannot be changed")
    for name in ("type", "currency"):
        if name in changes and changes[name] != account.body[name]:
            faults.add("FIELD_NOT_ALLOWED", name, "cannot be changed")
    for name in patch.get("$delete", []):
        if name in ("name", "type", "status", "currency"):
            faults.missing(name)
    if "name" in changes and not changes["name"].strip():
        raise coded("BLANK_ACCOUNT_NAME", "Account name can't be blank")
    fields = {name: value for name, value in changes.items() if name != "currency"}
    _check_fields(call, faults, fields, currency=account.currency)
    has_campaigns = any(True for _ in ads_of(call.world).campaigns_under(account.id))
    if (
        "reference" in changes
        and has_campaigns
        and to_world(call, changes["reference"]) != account.body.get("reference")
    ):
        raise coded("UPDATE_REFERENCE_NOT_ALLOWED", "Account reference can't be updated once it has campaigns")
    old, new = account.body["status"], changes.get("status", account.body["status"])
    if new != old and new not in _MOVES[old]:
        raise coded("INVALID_STATUS_TRANSITION", f"Account status can't be changed from {old} to {new}")
    faults.refuse()


def _delete(call: Call) -> Answer:
    account = writable(call, account_of(call, key_number(call.key)), "account")
    if account.body["status"] != "DRAFT":
        raise coded("DELETE_NOT_ALLOWED", "Only accounts in DRAFT status can be deleted")
    ads_of(call.world).drop(account)
    return Answer(status=204)


_SEARCH: Final[Mapping[str, By[Account]]] = {
    "id": By(lambda a: a.urn, ("sponsoredAccount",), numbers=True),
    "name": By(lambda a: str(a.body["name"]), fragment=True),
    "status": By(lambda a: str(a.body["status"])),
    "type": By(lambda a: str(a.body["type"])),
    "reference": By(lambda a: a.body.get("reference"), ("organization", "person")),
}


def _search(call: Call) -> Answer:
    if "search" in call.params and "pageToken" in call.params and call.switches["accounts.token_search"] == "refuse":
        raise bad_parameter("QUERY_PARAM_NOT_ALLOWED", "pageToken")
    fitting = fits(call, {**_SEARCH, "reference": _by_reference(call)}, is_test=lambda a: a.is_test)
    found = [a for a in readable(call) if fitting(a)]
    return Answer(
        body=cursors.page(call, found, lambda a: a.id, lambda a: account_view(call, a), most=MAX_PAGE, clamps=True)
    )


def _by_reference(call: Call) -> By[Account]:
    def reference(account: Account) -> str | None:
        kept = account.body.get("reference")
        return None if kept is None else to_app(call, kept)

    return By(reference, ("organization", "person"))


def listed(call: Call, found: list[Any]) -> None:
    """Hold a collection without a search to its bounds: 1,000 a page, and paging above 100.

    Source: "Pagination", learn.microsoft.com /linkedin/marketing/integrations/ads/cursor-based-pagination
    """
    count = call.params.get("count")
    if isinstance(count, str) and count.isdigit() and int(count) > MAX_PAGE:
        raise sentence(400, "Specified count is larger than 1000")
    if len(found) > cursors.DEFAULT_SIZE and "count" not in call.params and "start" not in call.params:
        raise too_many()


def too_many() -> Refusal:
    """Return the 400 for more entities than one answer may hold; the blank at its end is LinkedIn's."""
    return sentence(400, "Request would return too many entities. ")


def _get_all(call: Call) -> Answer:
    found = list(readable(call))
    listed(call, found)
    return Answer(body=page(call, found, lambda a: account_view(call, a), total=True, most=MAX_PAGE))


RESOURCES: Final = (
    Resource(
        path="adAccounts",
        bases=frozenset({"rest"}),
        permission="partnerApiAdAccounts",
        key="number",
        methods=(
            Method(name="CREATE", handler=_create_one, scopes=WRITE, body=ACCOUNT, source=SOURCE),
            Method(name="BATCH_CREATE", handler=_create_many, scopes=WRITE, body=ELEMENTS, source=SOURCE),
            Method(name="GET", handler=cut(_get), scopes=READ, params=FIELDS_ONLY, source=SOURCE),
            Method(name="GET_ALL", handler=cut(_get_all), scopes=READ, params=FIELDS_ONLY, source=SOURCE),
            Method(name="PARTIAL_UPDATE", handler=_update, scopes=WRITE, body=ACCOUNT, source=SOURCE),
            Method(name="DELETE", handler=_delete, scopes=WRITE, source=SOURCE),
            Method(name="FINDER-search", handler=cut(_search), scopes=READ, params=Params, source=SOURCE),
        ),
    ),
)
