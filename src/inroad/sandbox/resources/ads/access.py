"""Who may do what to an ad account: roles, and what an app of the development tier may write.

Sources: "Account Access Controls", learn.microsoft.com
/linkedin/marketing/integrations/ads/account-structure/account-access-controls; "Increasing Access",
/linkedin/marketing/increasing-access. An account on which the member has no role answers as one that is not there.
"""

from collections.abc import Iterator
from typing import Final, Literal, TypeAlias

from inroad.common.urn import Urn
from inroad.sandbox.answers import sentence
from inroad.sandbox.call import Call, Value
from inroad.sandbox.resources.actors import ORGANIZATION_KINDS, organization_of, roles_on
from inroad.sandbox.resources.ads.refusals import entity_not_found, no_permission, tier_exceeded
from inroad.sandbox.resources.ads.state import ROLES, Account, Campaign, Creative, Group, ads_of

Need: TypeAlias = Literal["read", "creatives", "campaigns", "account"]

READ: Final = frozenset({"r_ads", "rw_ads"})
WRITE: Final = frozenset({"rw_ads"})

SPONSORING_ROLES: Final = frozenset({"ADMINISTRATOR", "DIRECT_SPONSORED_CONTENT_POSTER"})
"""What a member must be on a Page to sponsor its content."""

MAX_EDITED: Final = 5
"""So many accounts may an app of the development tier write to."""

_LOWEST: Final = {
    "read": "VIEWER",
    "creatives": "CREATIVE_MANAGER",
    "campaigns": "CAMPAIGN_MANAGER",
    "account": "ACCOUNT_MANAGER",
}


def role_on(call: Call, account: Account) -> str | None:
    """Return what the token's member is on an account."""
    return None if call.grant.member is None else account.role_of(call.grant.member.id)


def reaches(role: str | None, need: Need) -> bool:
    """Tell whether a role is enough."""
    return role is not None and ROLES.index(role) >= ROLES.index(_LOWEST[need])


def readable(call: Call) -> Iterator[Account]:
    """Yield the accounts on which the member has any role."""
    return (a for a in ads_of(call.world).accounts.values() if role_on(call, a) is not None)


def account_of(call: Call, number: int | None) -> Account:
    """Return the account that the member may see, or refuse with 404."""
    found = None if number is None else ads_of(call.world).accounts.get(number)
    if found is None or role_on(call, found) is None:
        raise entity_not_found()
    return found


def account_named(call: Call, urn: object) -> Account:
    """Return the account that a URN names and the member may see, or refuse with 404."""
    return account_of(call, number_in(urn, "sponsoredAccount"))


def writable(call: Call, account: Account, need: Need) -> Account:
    """Return the account when role and tier let the caller write to it."""
    if not reaches(role_on(call, account), need):
        raise no_permission()
    check_tier(call, account)
    return account


def check_tier(call: Call, account: Account) -> None:
    """Refuse the sixth account that an app of the development tier writes to."""
    app = call.grant.app
    if app.tier != "development":
        return
    edited = ads_of(call.world).edited.setdefault(app.client_id, [])
    if account.id in edited:
        return
    if len(edited) >= MAX_EDITED:
        message = f"The Development tier can edit at most {MAX_EDITED} ad accounts"
        raise tier_exceeded(call, message)
    edited.append(account.id)


def parent(call: Call) -> int | None:
    """Return the account's number that the path names, None at the top level."""
    if not call.parent_keys:
        return None
    return key_number(call.parent_keys[0])


def key_number(key: Value | None) -> int:
    """Return a key as a number."""
    if isinstance(key, str) and key.isascii() and key.isdigit():
        return int(key)
    raise sentence(400, f"Key value '{key}' must be of type 'java.lang.Long'")


def number_in(urn: object, kind: str) -> int | None:
    """Return the number of a URN of one type, None for anything else."""
    try:
        parsed = Urn.parse(urn) if isinstance(urn, str | Urn) else None
    except ValueError:
        return None
    if parsed is None or not parsed.is_kind(kind) or not (parsed.id.isascii() and parsed.id.isdigit()):
        return None
    return int(parsed.id)


def group_of(call: Call, number: int | None) -> Group:
    """Return the group that the member may see, below the account of the path where there is one."""
    found = None if number is None else ads_of(call.world).groups.get(number)
    if found is None or parent(call) not in (None, found.account):
        raise entity_not_found()
    account_of(call, found.account)
    return found


def campaign_of(call: Call, number: int | None) -> Campaign:
    """Return the campaign that the member may see, below the account of the path where there is one."""
    found = None if number is None else ads_of(call.world).campaigns.get(number)
    if found is None or parent(call) not in (None, found.account):
        raise entity_not_found()
    account_of(call, found.account)
    return found


def creative_of(call: Call, urn: object) -> Creative:
    """Return the creative that the member may see, below the account of the path where there is one."""
    number = number_in(urn, "sponsoredCreative")
    found = None if number is None else ads_of(call.world).creatives.get(number)
    if found is None or parent(call) not in (None, found.account):
        raise entity_not_found()
    account_of(call, found.account)
    return found


def may_sponsor(call: Call, urn: str) -> bool:
    """Tell whether the member may sponsor what this organization says; a person's content needs no Page role."""
    if Urn.parse(urn).kind not in ORGANIZATION_KINDS:
        return True
    return organization_of(call.world, urn) is not None and not SPONSORING_ROLES.isdisjoint(roles_on(call, urn))
