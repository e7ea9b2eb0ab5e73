"""Ad accounts and everything under them, as one world keeps it.

Entities hold the fields that clients write as they stand on the wire, and beside them what only LinkedIn knows:
who changed them, when they ran, what they were reviewed to be. Member ids are the world's own.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from typing import Any, Final, TypeAlias

import msgspec

from inroad.common.clock import to_millis
from inroad.sandbox.world import World

Body: TypeAlias = dict[str, Any]

ROLES: Final = ("VIEWER", "CREATIVE_MANAGER", "CAMPAIGN_MANAGER", "ACCOUNT_MANAGER", "ACCOUNT_BILLING_ADMIN")
"""What a member may be on an account; each may do all that those before it may."""


class Run(msgspec.Struct, kw_only=True):
    """From `at` on, an entity was switched on or off."""

    at: datetime
    on: bool


class Budget(msgspec.Struct, kw_only=True):
    """From `at` on, a campaign might spend so much, in the account's currency; 0: no such budget."""

    at: datetime
    daily: float = 0.0
    total: float = 0.0


class Entity(msgspec.Struct, kw_only=True):
    """What accounts, groups, campaigns and creatives have in common."""

    id: int
    body: Body
    created_at: datetime
    modified_at: datetime
    created_by: str = ""
    modified_by: str = ""
    version: int = 1
    runs: list[Run] = []

    def note_run(self, at: datetime, *, on: bool) -> None:
        """Remember that it was switched on or off, unless it was so before."""
        if on != (self.runs[-1].on if self.runs else False):
            self.runs.append(Run(at=at, on=on))

    def touch(self, at: datetime, member_id: str) -> None:
        """Note who changed it last."""
        self.modified_at, self.modified_by, self.version = at, member_id, self.version + 1


class User(msgspec.Struct, kw_only=True):
    """A member's role on an account."""

    member: str
    role: str
    created_at: datetime
    modified_at: datetime
    by: str = ""
    version: int = 1


class Account(Entity, kw_only=True):
    """An ad account."""

    app: str = ""  # the app that made it
    users: dict[str, User] = {}
    default_group: int = 0

    @property
    def is_test(self) -> bool:
        """Whether it never spends and never serves."""
        return bool(self.body.get("test"))

    @property
    def urn(self) -> str:
        """Its URN."""
        return f"urn:li:sponsoredAccount:{self.id}"

    @property
    def currency(self) -> str:
        """What its money is counted in."""
        return str(self.body["currency"])

    def role_of(self, member_id: str) -> str | None:
        """Return the member's role, None without one."""
        user = self.users.get(member_id)
        return None if user is None else user.role


class Group(Entity, kw_only=True):
    """A campaign group."""

    account: int

    @property
    def urn(self) -> str:
        """Its URN."""
        return f"urn:li:sponsoredCampaignGroup:{self.id}"


class Campaign(Entity, kw_only=True):
    """A campaign."""

    account: int
    group: int
    budgets: list[Budget] = []
    conversions: list[int] = []

    @property
    def urn(self) -> str:
        """Its URN."""
        return f"urn:li:sponsoredCampaign:{self.id}"


class Creative(Entity, kw_only=True):
    """A creative."""

    account: int
    campaign: int
    reviewed_at: datetime | None = None  # when it left DRAFT
    is_rejected: bool = False

    @property
    def urn(self) -> str:
        """Its URN."""
        return f"urn:li:sponsoredCreative:{self.id}"


class Conversion(Entity, kw_only=True):
    """A conversion rule."""

    account: int
    events: int = 0
    seen: list[str] = []  # ids of the latest events, for dropping repeated ones
    last_event_at: datetime | None = None

    @property
    def urn(self) -> str:
        """Its URN, whose namespace is `lla`."""
        return f"urn:lla:llaPartnerConversion:{self.id}"


_FIRST: Final = {
    "account": 509_418_000,
    "group": 640_117_000,
    "campaign": 388_204_000,
    "creative": 771_204_000,
    "conversion": 18_822_000,
}


class Ads(msgspec.Struct, dict=True):
    """Every ad account of a world and what is in it."""

    accounts: dict[int, Account] = {}
    groups: dict[int, Group] = {}
    campaigns: dict[int, Campaign] = {}
    creatives: dict[int, Creative] = {}
    conversions: dict[int, Conversion] = {}
    groups_of: dict[int, list[int]] = {}  # by account
    campaigns_of: dict[int, list[int]] = {}  # by account
    campaigns_in: dict[int, list[int]] = {}  # by group
    creatives_of: dict[int, list[int]] = {}  # by account
    creatives_in: dict[int, list[int]] = {}  # by campaign
    conversions_of: dict[int, list[int]] = {}  # by account
    last: dict[str, int] = {}  # the latest number given away, by kind
    edited: dict[str, list[int]] = {}  # accounts that an app of the development tier has written to

    @cached_property
    def kept(self) -> dict[str, Any]:
        """What was worked out from the rest; no part of a saved world."""
        return {}

    def new_id(self, kind: str) -> int:
        """Return a number that no entity of this kind has."""
        taken: dict[int, Any] = getattr(self, f"{kind}s")
        number = self.last.get(kind, _FIRST[kind]) + 1
        while number in taken:
            number += 1
        self.last[kind] = number
        return number

    def add_account(self, account: Account) -> None:
        """Keep an account."""
        self.accounts[account.id] = account

    def add_group(self, group: Group) -> None:
        """Keep a campaign group."""
        self.groups[group.id] = group
        self.groups_of.setdefault(group.account, []).append(group.id)

    def add_campaign(self, campaign: Campaign) -> None:
        """Keep a campaign."""
        self.campaigns[campaign.id] = campaign
        self.campaigns_of.setdefault(campaign.account, []).append(campaign.id)
        self.campaigns_in.setdefault(campaign.group, []).append(campaign.id)

    def add_creative(self, creative: Creative) -> None:
        """Keep a creative."""
        self.creatives[creative.id] = creative
        self.creatives_of.setdefault(creative.account, []).append(creative.id)
        self.creatives_in.setdefault(creative.campaign, []).append(creative.id)

    def add_conversion(self, conversion: Conversion) -> None:
        """Keep a conversion rule."""
        self.conversions[conversion.id] = conversion
        self.conversions_of.setdefault(conversion.account, []).append(conversion.id)

    def drop(self, entity: Entity) -> None:
        """Forget an entity altogether, as drafts are forgotten."""
        if isinstance(entity, Creative):
            del self.creatives[entity.id]
            _take_out(entity.id, self.creatives_of[entity.account], self.creatives_in[entity.campaign])
        elif isinstance(entity, Campaign):
            for creative in list(self.in_campaign(entity.id)):
                self.drop(creative)
            del self.campaigns[entity.id]
            _take_out(entity.id, self.campaigns_of[entity.account], self.campaigns_in[entity.group])
        elif isinstance(entity, Group):
            for campaign in list(self.in_group(entity.id)):
                self.drop(campaign)
            del self.groups[entity.id]
            _take_out(entity.id, self.groups_of[entity.account])
        elif isinstance(entity, Account):
            for group in [self.groups[n] for n in self.groups_of.get(entity.id, ())]:
                self.drop(group)
            del self.accounts[entity.id]

    def in_group(self, number: int) -> Iterator[Campaign]:
        """Yield a group's campaigns."""
        return (self.campaigns[n] for n in self.campaigns_in.get(number, ()))

    def in_campaign(self, number: int) -> Iterator[Creative]:
        """Yield a campaign's creatives."""
        return (self.creatives[n] for n in self.creatives_in.get(number, ()))

    def groups_under(self, account: int) -> Iterator[Group]:
        """Yield an account's groups."""
        return (self.groups[n] for n in self.groups_of.get(account, ()))

    def campaigns_under(self, account: int) -> Iterator[Campaign]:
        """Yield an account's campaigns."""
        return (self.campaigns[n] for n in self.campaigns_of.get(account, ()))

    def creatives_under(self, account: int) -> Iterator[Creative]:
        """Yield an account's creatives."""
        return (self.creatives[n] for n in self.creatives_of.get(account, ()))

    def conversions_under(self, account: int) -> Iterator[Conversion]:
        """Yield an account's conversion rules."""
        return (self.conversions[n] for n in self.conversions_of.get(account, ()))


def ads_of(world: World) -> Ads:
    """Return the world's advertising."""
    return world.state(Ads)


def _take_out(number: int, *lists: list[int]) -> None:
    for numbers in lists:
        numbers.remove(number)


def stamps(entity: Entity, actor: str | None = None, modifier: str | None = None) -> dict[str, Any]:
    """Return `changeAuditStamps`, with actors where they are given."""
    return {
        "created": _stamp(entity.created_at, actor),
        "lastModified": _stamp(entity.modified_at, modifier or actor),
    }


def _stamp(at: datetime, who: str | None) -> dict[str, Any]:
    return {"time": to_millis(at)} if who is None else {"actor": who, "time": to_millis(at)}
