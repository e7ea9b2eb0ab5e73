"""`adAccountUsers`: who may do what on an account.

Source: "Create and Manage Account Users", learn.microsoft.com
/linkedin/marketing/integrations/ads/account-structure/create-and-manage-account-users
"""

from collections.abc import Mapping
from typing import Any, Final

from inroad.common.clock import to_millis
from inroad.sandbox.answers import bad_path, missing_parameter
from inroad.sandbox.call import Answer, Call
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.ads import params
from inroad.sandbox.resources.ads.access import (
    READ,
    WRITE,
    account_named,
    account_of,
    check_tier,
    number_in,
    reaches,
    readable,
    role_on,
    writable,
)
from inroad.sandbox.resources.ads.accounts import FIELDS_ONLY
from inroad.sandbox.resources.ads.projections import cut
from inroad.sandbox.resources.ads.refusals import Faults, coded, entity_not_found, no_permission
from inroad.sandbox.resources.ads.schema import ACCOUNT_USER
from inroad.sandbox.resources.ads.state import Account, User
from inroad.sandbox.resources.paging import page
from inroad.sandbox.resources.patch import patched
from inroad.sandbox.world import Member

SOURCE: Final = (
    "learn.microsoft.com /linkedin/marketing/integrations/ads/account-structure/create-and-manage-account-users"
)
BILLING: Final = "ACCOUNT_BILLING_ADMIN"


def _view(call: Call, account: Account, user: User) -> dict[str, Any]:
    actor = call.person_urn(user.by or user.member)
    return {
        "account": account.urn,
        "user": call.person_urn(user.member),
        "role": user.role,
        "version": {"versionTag": str(user.version)},
        "changeAuditStamps": {
            "created": {"actor": actor, "time": to_millis(user.created_at)},
            "lastModified": {"actor": actor, "time": to_millis(user.modified_at)},
        },
    }


def _keyed(call: Call) -> tuple[str, str]:
    """Return the URNs of account and user that the key names."""
    key: Mapping[str, Any] = call.key if isinstance(call.key, dict) else {}
    account, user = key.get("account"), key.get("user")
    if not isinstance(account, str) or not isinstance(user, str) or len(key) != 2:
        raise bad_path()
    return account, user


def _member(call: Call, urn: str) -> Member | None:
    try:
        return call.member_named(urn)
    except ValueError:
        return None


def _found(call: Call) -> tuple[Account, User]:
    account_urn, user_urn = _keyed(call)
    account = account_named(call, account_urn)
    member = _member(call, user_urn)
    user = None if member is None else account.users.get(member.id)
    if user is None:
        raise entity_not_found()
    if user.member != call.member.id and not reaches(role_on(call, account), "account"):
        raise no_permission()
    return account, user


def _get(call: Call) -> Answer:
    account, user = _found(call)
    return Answer(body=_view(call, account, user))


def _own(call: Call) -> Answer:
    found = [_view(call, a, a.users[call.member.id]) for a in readable(call)]
    return Answer(
        body={"elements": found, "paging": {"start": 0, "count": len(found), "links": [], "total": len(found)}}
    )


def _of_account(call: Call) -> Answer:
    sent = params.urns(call, "accounts")
    if not sent:
        raise missing_parameter("accounts")
    # Further accounts are left out without a word.
    account = account_of(call, number_in(sent[0], "sponsoredAccount"))
    users = list(account.users.values())
    if not reaches(role_on(call, account), "account"):
        users = [u for u in users if u.member == call.member.id]
    return Answer(body=page(call, users, lambda u: _view(call, account, u), total=True, most=1000))


def _put(call: Call) -> Answer:
    account_urn, user_urn = _keyed(call)
    body = call.body
    faults = Faults("AccountUser")
    for name in ("account", "user", "role"):
        if name not in body:
            faults.missing(name)
    faults.refuse()
    if body["account"] != account_urn:
        raise coded("ACCOUNT_ID_MISMATCH_IN_PARAM_AND_BODY", "Account in the path and in the body differ")
    if body["user"] != user_urn:
        raise coded("USER_MISMATCH_IN_PARAM_AND_BODY", "User in the path and in the body differ")
    account = account_named(call, account_urn)
    member = _member(call, user_urn)
    if member is None:
        raise entity_not_found()
    if not member.email:
        raise coded("MEMBER_HAD_UNCONFIRMED_EMAIL", "The member has no confirmed primary email address")
    writable(call, account, "account")
    known = account.users.get(member.id)
    _check_billing(account, member.id, body["role"])
    if known is not None:
        known.role, known.modified_at, known.version = body["role"], call.now, known.version + 1
        return Answer(status=204)
    account.users[member.id] = User(
        member=member.id, role=body["role"], created_at=call.now, modified_at=call.now, by=call.member.id
    )
    return Answer(status=201)


def _update(call: Call) -> Answer:
    changes = patched({}, call.body["patch"])
    account, user = _found(call)
    writable(call, account, "account")
    if "account" in changes or "user" in changes:
        faults = Faults("AccountUser")
        for name in ("account", "user"):
            if name in changes:
                faults.add("FIELD_NOT_ALLOWED", name, "cannot be changed")
        faults.refuse()
    role = changes.get("role", user.role)
    _check_billing(account, user.member, role)
    user.role, user.modified_at, user.version = role, call.now, user.version + 1
    return Answer(status=204)


def _delete(call: Call) -> Answer:
    account, user = _found(call)
    if user.member != call.member.id:
        writable(call, account, "account")
    else:
        check_tier(call, account)
    _check_billing(account, user.member, None)
    del account.users[user.member]
    return Answer(status=204)


def _check_billing(account: Account, member_id: str, role: str | None) -> None:
    """Keep exactly one billing administrator. UNCONFIRMED: LinkedIn may demote the former one instead."""
    holders = {u.member for u in account.users.values() if u.role == BILLING}
    if role == BILLING:
        holders.add(member_id)
    else:
        had = member_id in holders
        holders.discard(member_id)
        if not had:
            return
    if len(holders) != 1:
        message = "An account has exactly one billing administrator"
        faults = Faults("AccountUser")
        faults.conditional("MULTIPLE_VALUES_NOT_ALLOWED" if holders else "CONDITIONAL_INVALID_VALUE", message)
        faults.refuse()


RESOURCES: Final = (
    Resource(
        path="adAccountUsers",
        bases=frozenset({"rest"}),
        permission="partnerApiAdAccountUsers",
        takes_raw_urns=True,
        key="compound",
        methods=(
            Method(name="GET", handler=cut(_get), scopes=READ, params=FIELDS_ONLY, source=SOURCE),
            Method(name="FINDER-authenticatedUser", handler=cut(_own), scopes=READ, params=FIELDS_ONLY, source=SOURCE),
            Method(
                name="FINDER-accounts",
                handler=cut(_of_account),
                scopes=READ,
                params={"accounts": "required", "fields": "optional"},
                source=SOURCE,
            ),
            Method(name="UPDATE", handler=_put, scopes=WRITE, body=ACCOUNT_USER, source=SOURCE),
            Method(name="PARTIAL_UPDATE", handler=_update, scopes=WRITE, body=ACCOUNT_USER, source=SOURCE),
            Method(name="DELETE", handler=_delete, scopes=WRITE, source=SOURCE),
        ),
    ),
)
