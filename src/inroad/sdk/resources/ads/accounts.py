"""Ad accounts (versioned API).

Source: "Create and Manage Ad Accounts", learn.microsoft.com
/linkedin/marketing/integrations/ads/account-structure/create-and-manage-accounts
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal, TypeAlias

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, operation, paged
from inroad.sdk.resources.ads import calls
from inroad.sdk.resources.ads.calls import ACCOUNT, Key, SortOrder, created_urn, number_of, urn_of
from inroad.sdk.resources.ads.values import STAMPED, ChangeAuditStamps, EntityVersion, Money, Record, to_wire
from inroad.sdk.resources.entity import Elements, Entity, Millis, UrnText, decoder
from inroad.sdk.restli.batch import BatchCreated
from inroad.sdk.restli.patch import Patch

AccountStatus: TypeAlias = Literal["ACTIVE", "DRAFT", "CANCELED", "PENDING_DELETION", "REMOVED"]
AccountType: TypeAlias = Literal["BUSINESS", "ENTERPRISE"]

_PATH = "/rest/adAccounts"


class AdAccount(Record, frozen=True):
    """An ad account. Every field but the id is missing when it was not asked for.

    `reference` is the organization or person that it advertises; without an organization its leads cannot be read.
    `serving_statuses` is RUNNABLE alone, or what holds it: STOPPED, BILLING_HOLD, ACCOUNT_TOTAL_BUDGET_HOLD,
    ACCOUNT_END_DATE_HOLD, RESTRICTED_HOLD, INTERNAL_HOLD. `total_budget` and its end are UNCONFIRMED in detail.
    """

    READ_ONLY: ClassVar[frozenset[str]] = STAMPED | {"type", "currency", "referenceInfo"}

    id: int
    name: str = ""
    type: str = ""
    currency: str = "USD"
    status: str = ""
    reference: UrnText | None = None
    reference_info: Mapping[str, Any] | None = None
    serving_statuses: tuple[str, ...] = ()
    test: bool = False
    notified_on_campaign_optimization: bool = False
    notified_on_creative_approval: bool = False
    notified_on_creative_rejection: bool = False
    notified_on_end_of_campaign: bool = False
    notified_on_new_features_enabled: bool = False
    total_budget: Money | None = None
    total_budget_ends_at: Millis | None = None
    version: EntityVersion | None = None
    change_audit_stamps: ChangeAuditStamps | None = None

    @property
    def urn(self) -> Urn:
        """The account's URN."""
        return Urn(ACCOUNT, str(self.id))

    @property
    def is_running(self) -> bool:
        """Whether nothing on the account's level keeps its ads from being shown."""
        return self.serving_statuses == ("RUNNABLE",)


class NewAdAccount(Entity, frozen=True):
    """What an ad account is created of. A test account never spends and never serves; an app may have one."""

    name: str
    type: AccountType = "BUSINESS"
    currency: str = "USD"
    reference: UrnText | None = None
    status: AccountStatus = "ACTIVE"
    test: bool = False
    notified_on_campaign_optimization: bool | None = None
    notified_on_creative_approval: bool | None = None
    notified_on_creative_rejection: bool | None = None
    notified_on_end_of_campaign: bool | None = None
    notified_on_new_features_enabled: bool | None = None
    total_budget: Money | None = None
    total_budget_ends_at: Millis | None = None


_ACCOUNT = decoder(AdAccount)
_ACCOUNT_PAGE = decoder(Elements[AdAccount])


class AdAccounts(Resource[IO]):
    """Ad accounts (versioned API). A token sees those on which its member has a role."""

    @operation
    def create(self, account: NewAdAccount) -> Flow[Urn]:
        """Create an ad account and return its URN; a default campaign group comes with it. Never repeated on its own.

        Raises:
            InvalidArgument: the name is blank.
            BadRequest: among others TEST_ACCOUNT_LIMIT_REACHED, when the app has its test account already.
            Forbidden: the app is in the development tier, which creates its one test account only.

        Scopes: rw_ads.
        """
        response = yield Request("POST", _PATH, json=_body(account), repeatable=False)
        return created_urn(response, ACCOUNT)

    @operation
    def batch_create(self, accounts: Sequence[NewAdAccount]) -> Flow[list[BatchCreated]]:
        """Create several ad accounts; the answer says of each, in order, its number or what is wrong.

        Scopes: rw_ads.
        """
        return (yield from calls.batch_create(_PATH, [_body(account) for account in accounts]))

    @operation
    def get(self, account: Key, *, fields: Sequence[str] | None = None) -> Flow[AdAccount]:
        """Return an ad account.

        Args:
            account: Its URN or its number.
            fields: Only these of LinkedIn's names; `referenceInfo` comes only when it is named.

        Raises:
            NotFound: there is no such account, or the member has no role on it.

        Scopes: r_ads or rw_ads.
        Roles: any on the account.
        """
        return (yield from calls.get(_path(account), _ACCOUNT, fields, "id"))

    @paged
    def find_by_search(
        self,
        *,
        ids: Sequence[Key] | None = None,
        names: Sequence[str] | None = None,
        references: Sequence[Urn | str] | None = None,
        types: Sequence[AccountType] | None = None,
        statuses: Sequence[AccountStatus] | None = None,
        test: bool | None = None,
        sort_order: SortOrder | None = None,
        page_size: int = 100,
        fields: Sequence[str] | None = None,
    ) -> Flow[Page[AdAccount]]:
        """Yield the ad accounts on which the member has a role, canceled and removed ones included.

        Args:
            ids: One of these accounts.
            names: One of these names.
            references: One of these organizations or persons.
            types: One of these types.
            statuses: One of these statuses.
            test: Only test accounts, or only others.
            sort_order: By number.
            page_size: Accounts per page, 1 to 1,000. Pages are fetched as you iterate.
            fields: Only these of LinkedIn's names.

        UNCONFIRMED: one client says that criteria and a page token cannot be combined; a page size of 1,000 avoids it.

        Scopes: r_ads or rw_ads.
        """
        wanted = calls.criteria(
            id=None if ids is None else [urn_of(id, ACCOUNT, name="ids") for id in ids],
            name=names,
            reference=references,
            type=types,
            status=statuses,
            test=test,
        )
        return (
            yield from calls.search(
                _PATH, wanted, _ACCOUNT_PAGE, page_size=page_size, sort_order=sort_order, fields=fields
            )
        )

    @operation
    def update(self, account: Key, patch: Patch) -> Flow[None]:
        """Change some of an account's fields.

        Args:
            account: Its URN or its number.
            patch: What `change(before, after)` returned, or a `Patch` with LinkedIn's names.

        Raises:
            BadRequest: INVALID_STATUS_TRANSITION out of CANCELED, UPDATE_REFERENCE_NOT_ALLOWED once it has campaigns.
            Forbidden: the member's role does not change accounts, or the app's tier not this many.

        Scopes: rw_ads.
        Roles: ACCOUNT_MANAGER or ACCOUNT_BILLING_ADMIN.
        """
        yield from calls.update(_path(account), patch)

    @operation
    def delete(self, account: Key) -> Flow[None]:
        """Delete a draft account; any other is set to PENDING_DELETION or CANCELED with `update`.

        Raises:
            BadRequest: DELETE_NOT_ALLOWED, when it is no draft.
            NotFound: there is no such account.

        Scopes: rw_ads.
        Roles: ACCOUNT_MANAGER or ACCOUNT_BILLING_ADMIN.
        """
        yield Request("DELETE", _path(account), restli_method="DELETE")


def _path(account: Key) -> str:
    return calls.entity_path(_PATH, number_of(account, ACCOUNT, name="account"))


def _body(account: NewAdAccount) -> object:
    if not account.name.strip():
        raise InvalidArgument("an ad account needs a name")
    return to_wire(account)
