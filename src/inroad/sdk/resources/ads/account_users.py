"""Who may do what on an ad account (versioned API).

Source: "Create and Manage Account Users", learn.microsoft.com
/linkedin/marketing/integrations/ads/account-structure/create-and-manage-account-users
"""

from typing import ClassVar, Literal, TypeAlias

from inroad.common.urn import Urn
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, operation, paged
from inroad.sdk.resources.ads import calls
from inroad.sdk.resources.ads.calls import ACCOUNT, Key, urn_of
from inroad.sdk.resources.ads.values import ChangeAuditStamps, EntityVersion, Record
from inroad.sdk.resources.entity import Elements, UrnText, as_urn, decoder, pages
from inroad.sdk.restli.patch import Patch

AccountRole: TypeAlias = Literal[
    "VIEWER", "CREATIVE_MANAGER", "CAMPAIGN_MANAGER", "ACCOUNT_MANAGER", "ACCOUNT_BILLING_ADMIN"
]
"""From reading only to everything; an account has exactly one ACCOUNT_BILLING_ADMIN."""

_PATH = "/rest/adAccountUsers"


class AdAccountUser(Record, frozen=True):
    """A member's role on an ad account. The member's id is the one that this app knows."""

    READ_ONLY: ClassVar[frozenset[str]] = frozenset({"account", "user", "version", "changeAuditStamps"})

    account: UrnText
    user: UrnText
    role: str = ""
    version: EntityVersion | None = None
    change_audit_stamps: ChangeAuditStamps | None = None


_USER = decoder(AdAccountUser)
_USER_PAGE = decoder(Elements[AdAccountUser])


class AdAccountUsers(Resource[IO]):
    """Who may do what on an ad account."""

    @paged
    def find_by_authenticated_user(self) -> Flow[Page[AdAccountUser]]:
        """Yield the roles of the token's member on all ad accounts.

        Scopes: r_ads or rw_ads.
        """
        params = {"q": "authenticatedUser"}
        return (yield from pages(Request("GET", _PATH, params, restli_method="FINDER"), _USER_PAGE))

    @paged
    def find_by_accounts(self, account: Key, *, count: int = 100) -> Flow[Page[AdAccountUser]]:
        """Yield the members with a role on one ad account; below ACCOUNT_MANAGER one sees only oneself.

        Args:
            account: The account's URN or its number. LinkedIn's finder takes one, in spite of its name.
            count: Members per page, 1 to 1,000. Pages are fetched as you iterate.

        Scopes: r_ads or rw_ads.
        """
        urn = urn_of(account, ACCOUNT, name="account")
        params = {"q": "accounts", "accounts": urn, **calls.offset_params(count)}
        return (yield from pages(Request("GET", _PATH, params, restli_method="FINDER"), _USER_PAGE))

    @operation
    def get(self, account: Key, user: Urn | str) -> Flow[AdAccountUser]:
        """Return a member's role on an ad account.

        Raises:
            NotFound: the member has none, or this token's member may not see it.

        Scopes: r_ads or rw_ads.
        """
        return (yield from calls.get(_path(account, user), _USER, None))

    @operation
    def put(self, account: Key, user: Urn | str, *, role: AccountRole) -> Flow[None]:
        """Give a member a role on an ad account, in place of one the member may have.

        Args:
            account: The account's URN or its number.
            user: The member's URN, as this app knows it.
            role: The role.

        Raises:
            BadRequest: MEMBER_HAD_UNCONFIRMED_EMAIL, when the member's primary address is not confirmed.
            Forbidden: the token's member may not manage the account.

        UNCONFIRMED: whether making an ACCOUNT_BILLING_ADMIN demotes the former one or is refused.

        Scopes: rw_ads.
        Roles: ACCOUNT_MANAGER or ACCOUNT_BILLING_ADMIN.
        """
        key = _key(account, user)
        body = {**{name: str(urn) for name, urn in key.items()}, "role": role}
        yield Request("PUT", calls.entity_path(_PATH, key), json=body, restli_method="UPDATE")

    @operation
    def update(self, account: Key, user: Urn | str, *, role: AccountRole) -> Flow[None]:
        """Change the role of a member who has one.

        Raises:
            NotFound: the member has no role on the account.

        Scopes: rw_ads.
        Roles: ACCOUNT_MANAGER or ACCOUNT_BILLING_ADMIN.
        """
        yield from calls.update(_path(account, user), Patch(set={"role": role}))

    @operation
    def delete(self, account: Key, user: Urn | str) -> Flow[None]:
        """Take a member's role on an ad account away.

        Raises:
            NotFound: the member has none.

        Scopes: rw_ads.
        Roles: ACCOUNT_MANAGER or ACCOUNT_BILLING_ADMIN.
        """
        yield Request("DELETE", _path(account, user), restli_method="DELETE")


def _key(account: Key, user: Urn | str) -> dict[str, Urn]:
    return {"account": urn_of(account, ACCOUNT, name="account"), "user": as_urn(user, "person", name="user")}


def _path(account: Key, user: Urn | str) -> str:
    return calls.entity_path(_PATH, _key(account, user))
