"""Campaign groups (versioned API).

Source: "Create and Manage Campaign Groups", learn.microsoft.com
/linkedin/marketing/integrations/ads/account-structure/create-and-manage-campaign-groups
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar, Literal, TypeAlias

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, operation, paged
from inroad.sdk.resources.ads import calls
from inroad.sdk.resources.ads.calls import ACCOUNT, CAMPAIGN_GROUP, Key, SortOrder, created_urn, number_of, urn_of
from inroad.sdk.resources.ads.values import (
    STAMPED,
    ChangeAuditStamps,
    Money,
    Record,
    RunSchedule,
    check_length,
    to_wire,
)
from inroad.sdk.resources.entity import Batch, Elements, Entity, Results, UrnText, decoder
from inroad.sdk.restli.batch import BatchCreated, BatchResult
from inroad.sdk.restli.patch import Patch

CampaignGroupStatus: TypeAlias = Literal[
    "ACTIVE", "ARCHIVED", "DRAFT", "PAUSED", "PENDING_DELETION", "CANCELED", "REMOVED"
]
"""CANCELED and REMOVED are LinkedIn's to set. Its table spells CANCELLED, its search CANCELED."""

GroupBidStrategy: TypeAlias = Literal["MAXIMUM_DELIVERY", "MANUAL", "COST_CAP"]

MAX_GROUP_NAME = 100
"""Characters of a campaign group's name."""


class BudgetOptimization(Entity, frozen=True):
    """One budget for all campaigns of a group, which then share the bid strategy; from version 202501 on."""

    bid_strategy: GroupBidStrategy | str
    budget_optimization_strategy: str = "DYNAMIC"


class AdCampaignGroup(Record, frozen=True):
    """A campaign group. Every field but the id is missing when it was not asked for.

    `status` may be spelled CANCELLED; `is_canceled` reads both. `total_budget` is a ceiling over all its campaigns,
    and the shared budget when the optimization is DYNAMIC; `daily_budget` comes with that only.
    """

    READ_ONLY: ClassVar[frozenset[str]] = STAMPED | {"account", "allowedCampaignTypes", "backfilled", "objectiveType"}

    id: int
    account: UrnText | None = None
    name: str = ""
    status: str = ""
    run_schedule: RunSchedule | None = None
    total_budget: Money | None = None
    daily_budget: Money | None = None
    budget_optimization: BudgetOptimization | None = None
    objective_type: str | None = None
    allowed_campaign_types: tuple[str, ...] = ()
    serving_statuses: tuple[str, ...] = ()
    backfilled: bool = False
    test: bool = False
    change_audit_stamps: ChangeAuditStamps | None = None

    @property
    def urn(self) -> Urn:
        """The group's URN."""
        return Urn(CAMPAIGN_GROUP, str(self.id))

    @property
    def is_canceled(self) -> bool:
        """Whether LinkedIn has canceled it, in either of its spellings."""
        return self.status in {"CANCELED", "CANCELLED"}


class NewCampaignGroup(Entity, frozen=True):
    """What a campaign group is created of. `run_schedule` needs an end when there is a total budget.

    UNCONFIRMED: whether LinkedIn creates a group that is PAUSED; two clients know ACTIVE and DRAFT only.
    """

    name: str
    run_schedule: RunSchedule
    status: CampaignGroupStatus = "DRAFT"
    total_budget: Money | None = None
    daily_budget: Money | None = None
    budget_optimization: BudgetOptimization | None = None
    objective_type: str | None = None


_GROUP = decoder(AdCampaignGroup)
_GROUP_PAGE = decoder(Elements[AdCampaignGroup])
_GROUP_BATCH = decoder(Results[AdCampaignGroup])


class AdCampaignGroups(Resource[IO]):
    """Campaign groups of an ad account (versioned API)."""

    @operation
    def create(self, account: Key, group: NewCampaignGroup) -> Flow[Urn]:
        """Create a campaign group and return its URN. Never repeated on its own.

        Args:
            account: The account's URN or its number.
            group: What to create.

        Raises:
            InvalidArgument: the name is too long, or a total budget has no end.
            BadRequest: CURRENCY_MISMATCH and others; `fields` names the places.

        Scopes: rw_ads.
        Roles: CAMPAIGN_MANAGER and above.
        """
        response = yield Request("POST", _collection(account), json=_body(account, group), repeatable=False)
        return created_urn(response, CAMPAIGN_GROUP)

    @operation
    def batch_create(self, account: Key, groups: Sequence[NewCampaignGroup]) -> Flow[list[BatchCreated]]:
        """Create several campaign groups; the answer says of each, in order, its number or what is wrong.

        Scopes: rw_ads.
        """
        return (yield from calls.batch_create(_collection(account), [_body(account, group) for group in groups]))

    @operation
    def get(self, account: Key, group: Key, *, fields: Sequence[str] | None = None) -> Flow[AdCampaignGroup]:
        """Return a campaign group.

        Args:
            account: The account's URN or its number.
            group: The group's URN or its number.
            fields: Only these of LinkedIn's names; `accountInfo` comes only when it is named.

        Raises:
            NotFound: there is no such group in the account, or the member has no role on it.

        Scopes: r_ads or rw_ads.
        """
        return (yield from calls.get(_path(account, group), _GROUP, fields, "id"))

    @operation
    def batch_get(
        self, account: Key, groups: Sequence[Key], *, fields: Sequence[str] | None = None
    ) -> Flow[Batch[AdCampaignGroup]]:
        """Return several campaign groups by URN; those that cannot be read are in `missing`.

        Scopes: r_ads or rw_ads.
        """
        keys = [_number(group) for group in groups]
        return (yield from calls.batch_get(_collection(account), keys, _GROUP_BATCH, _urn, fields, "id"))

    @paged
    def find_by_search(
        self,
        account: Key,
        *,
        ids: Sequence[Key] | None = None,
        names: Sequence[str] | None = None,
        statuses: Sequence[CampaignGroupStatus] | None = None,
        test: bool | None = None,
        sort_order: SortOrder | None = None,
        page_size: int = 100,
        fields: Sequence[str] | None = None,
    ) -> Flow[Page[AdCampaignGroup]]:
        """Yield the campaign groups of an account that fit; without criteria all of them.

        Args:
            account: The account's URN or its number.
            ids: One of these groups.
            names: One of these names.
            statuses: One of these statuses.
            test: Only test groups, or only others.
            sort_order: By number.
            page_size: Groups per page, 1 to 1,000. Pages are fetched as you iterate.
            fields: Only these of LinkedIn's names.

        Scopes: r_ads or rw_ads.
        """
        wanted = calls.criteria(
            id=None if ids is None else [urn_of(id, CAMPAIGN_GROUP, name="ids") for id in ids],
            name=names,
            status=statuses,
            test=test,
        )
        return (
            yield from calls.search(
                _collection(account), wanted, _GROUP_PAGE, page_size=page_size, sort_order=sort_order, fields=fields
            )
        )

    @operation
    def update(self, account: Key, group: Key, patch: Patch) -> Flow[None]:
        """Change some of a group's fields.

        Args:
            account: The account's URN or its number.
            group: The group's URN or its number.
            patch: What `change(before, after)` returned, or a `Patch` with LinkedIn's names.

        Raises:
            BadRequest: STATUS_CHANGE_NOT_ALLOWED, CANNOT_UPDATE_BACKFILLED_CAMPAIGN_GROUPS and others.

        Scopes: rw_ads.
        Roles: CAMPAIGN_MANAGER and above.
        """
        yield from calls.update(_path(account, group), patch)

    @operation
    def batch_update(self, account: Key, changes: Mapping[Key, Patch]) -> Flow[BatchResult[Key, int]]:
        """Change several groups; the answer says of each whether it was, by the key that was given.

        Scopes: rw_ads.
        Roles: CAMPAIGN_MANAGER and above.
        """
        return (yield from calls.batch_update(_collection(account), changes, _number))

    @operation
    def delete(self, account: Key, group: Key) -> Flow[None]:
        """Delete a draft group; any other is set to PENDING_DELETION with `update`.

        Raises:
            BadRequest: DELETE_ALLOWED_ONLY_FOR_DRAFT_STATUS.
            NotFound: there is no such group.

        Scopes: rw_ads.
        Roles: CAMPAIGN_MANAGER and above.
        """
        yield Request("DELETE", _path(account, group), restli_method="DELETE")

    @operation
    def batch_delete(self, account: Key, groups: Sequence[Key]) -> Flow[BatchResult[Key, int]]:
        """Delete several draft groups; the answer says of each whether it is gone.

        Scopes: rw_ads.
        """
        return (yield from calls.batch_delete(_collection(account), groups, _number))


def _collection(account: Key) -> str:
    return f"/rest/adAccounts/{number_of(account, ACCOUNT, name='account')}/adCampaignGroups"


def _path(account: Key, group: Key) -> str:
    return calls.entity_path(_collection(account), _number(group))


def _number(group: Key) -> int:
    return number_of(group, CAMPAIGN_GROUP, name="group")


def _urn(key: str) -> Urn:
    return urn_of(key, CAMPAIGN_GROUP, name="group")


def _body(account: Key, group: NewCampaignGroup) -> object:
    check_length(group.name, MAX_GROUP_NAME, name="name")
    if not group.name.strip():
        raise InvalidArgument("a campaign group needs a name")
    end: datetime | None = group.run_schedule.end
    if group.total_budget is not None and end is None:
        raise InvalidArgument("run_schedule needs an end when there is a total_budget")
    return {"account": str(urn_of(account, ACCOUNT, name="account")), **to_wire(group)}
