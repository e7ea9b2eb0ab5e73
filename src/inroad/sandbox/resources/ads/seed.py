"""Ad accounts with what is under them, that a seed brings along or that are generated."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Protocol

from inroad.common.clock import to_millis
from inroad.sandbox.resources import little
from inroad.sandbox.resources.ads.accounts import new_account
from inroad.sandbox.resources.ads.creatives import dsc_type, keep_dark
from inroad.sandbox.resources.ads.money import DOLLARS, written
from inroad.sandbox.resources.ads.schema import ACCOUNT_STATUSES, CAMPAIGN_STATUSES, CAMPAIGN_TYPES, OBJECTIVES
from inroad.sandbox.resources.ads.state import (
    Account,
    Body,
    Budget,
    Campaign,
    Conversion,
    Creative,
    Group,
    User,
    ads_of,
)
from inroad.sandbox.resources.media.pictures import facts, painted
from inroad.sandbox.resources.media.state import register
from inroad.sandbox.resources.posts.state import Article, MediaItem, Posts, new_post
from inroad.sandbox.world import World

__all__ = ["SeedFault", "ads_of", "populate", "seed"]

DEFAULT_DAILY: Final = 50.0
_GEOS: Final = ("101282230", "101165590", "103644278", "105015875", "103883259", "102890719")


class CreativeSeed(Protocol):
    """One creative as a seed describes it."""

    id: int | None
    kind: Any
    status: str


class CampaignSeed(Protocol):
    """One campaign as a seed describes it."""

    id: int | None
    name: str
    type: str
    objective: str
    status: str
    daily_budget: str | None

    @property
    def creatives(self) -> Sequence[CreativeSeed]:
        """Its creatives."""
        ...


class GroupSeed(Protocol):
    """One campaign group as a seed describes it."""

    id: int | None
    name: str
    status: str

    @property
    def campaigns(self) -> Sequence[CampaignSeed]:
        """Its campaigns."""
        ...


class UserSeed(Protocol):
    """A member's role on an account."""

    member: str
    role: Any


class AccountSeed(Protocol):
    """One account as a seed describes it."""

    id: int | None
    name: str
    organization: int | None
    currency: str
    test: bool
    facts_days: int

    @property
    def users(self) -> Sequence[UserSeed]:
        """Who may do what."""
        ...

    @property
    def campaign_groups(self) -> Sequence[GroupSeed]:
        """Its groups."""
        ...


class SeedFault(ValueError):
    """A seed's account cannot be made; `place` leads to the key at fault inside the account's table."""

    def __init__(self, reason: str, *place: str | int) -> None:
        super().__init__(reason)
        self.place = place


def seed(world: World, table: AccountSeed) -> Account:
    """Keep an ad account whose campaigns have delivered for `facts_days` days.

    Raises:
        SeedFault: a number is taken, or a value is none that LinkedIn has.
    """
    return _Seeding(world, table).account()


class _Seeding:
    """One account on its way into a world."""

    def __init__(self, world: World, table: AccountSeed) -> None:
        self.world = world
        self.ads = ads_of(world)
        self.table = table
        self.now = world.clock.now()
        # Whole days, so that a world that starts a moment later has the same numbers.
        today = self.now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        self.begun = today - timedelta(days=table.facts_days)
        self.born = self.begun - timedelta(days=30)
        self.by = next((u.member for u in table.users), "")

    def account(self) -> Account:
        table, ads = self.table, self.ads
        if table.currency not in DOLLARS:
            raise SeedFault(f"no currency {table.currency!r}: there are {', '.join(DOLLARS)}", "currency")
        number = self.number("account", table.id)
        body: Body = {"name": table.name or f"Account {number}", "currency": table.currency, "test": table.test}
        if table.organization is not None:
            body["reference"] = f"urn:li:organization:{table.organization}"
        account, group = new_account(
            number=number,
            body=body,
            at=self.born,
            member_id=self.by,
            app=next(iter(self.world.apps), ""),
            default_group=ads.new_id("group"),
        )
        for user in table.users:
            account.users[user.member] = User(
                member=user.member, role=user.role, created_at=self.born, modified_at=self.born, by=self.by
            )
        ads.add_account(account)
        ads.add_group(group)
        for at, group_table in enumerate(table.campaign_groups):
            self.group(account, group_table, ("campaign_groups", at))
        self.conversion(account)
        return account

    def number(self, kind: str, wanted: int | None, *place: str | int) -> int:
        if wanted is None:
            return self.ads.new_id(kind)
        if wanted in getattr(self.ads, f"{kind}s"):
            raise SeedFault(f"{kind} {wanted} is there already", *place, "id")
        return wanted

    def group(self, account: Account, table: GroupSeed, place: tuple[str | int, ...]) -> None:
        if table.status not in ACCOUNT_STATUSES and table.status not in CAMPAIGN_STATUSES:
            raise SeedFault(f"no status {table.status!r}", *place, "status")
        number = self.number("group", table.id, *place)
        group = Group(
            id=number,
            account=account.id,
            body={
                "account": account.urn,
                "name": table.name or f"Group {number}",
                "status": table.status,
                "runSchedule": {"start": to_millis(self.begun)},
            },
            created_at=self.born,
            modified_at=self.born,
            created_by=self.by,
            modified_by=self.by,
        )
        self.ran(group, table.status)
        self.ads.add_group(group)
        for at, campaign in enumerate(table.campaigns):
            self.campaign(account, group, campaign, (*place, "campaigns", at))

    def ran(self, entity: Group | Campaign | Creative, status: str) -> None:
        """Note when an entity ran: until now if active, until two days ago if stopped, never as a draft."""
        if status == "DRAFT" or not self.table.facts_days:
            entity.note_run(self.now, on=status == "ACTIVE")
            return
        entity.note_run(self.begun, on=True)
        if status != "ACTIVE":
            entity.note_run(max(self.begun, self.begun + timedelta(days=self.table.facts_days - 2)), on=False)

    def campaign(self, account: Account, group: Group, table: CampaignSeed, place: tuple[str | int, ...]) -> None:
        for name, value, known in (
            ("type", table.type, CAMPAIGN_TYPES),
            ("objective", table.objective, OBJECTIVES),
            ("status", table.status, CAMPAIGN_STATUSES),
        ):
            if value not in known:
                raise SeedFault(f"no {name} {value!r}: there are {', '.join(known)}", *place, name)
        try:
            daily = DEFAULT_DAILY if table.daily_budget is None else float(table.daily_budget)
        except ValueError as problem:
            raise SeedFault(
                f"daily_budget is a number, got {table.daily_budget!r}", *place, "daily_budget"
            ) from problem
        number = self.number("campaign", table.id, *place)
        campaign = Campaign(
            id=number,
            account=account.id,
            group=group.id,
            body=_campaign_body(account, group, table, daily=daily, begun=self.begun, number=number),
            created_at=self.born,
            modified_at=self.born,
            created_by=self.by,
            modified_by=self.by,
            budgets=[Budget(at=self.born, daily=daily)],
        )
        self.ran(campaign, table.status)
        self.ads.add_campaign(campaign)
        for at, creative in enumerate(table.creatives):
            self.creative(account, campaign, creative, (*place, "creatives", at))

    def creative(self, account: Account, campaign: Campaign, table: CreativeSeed, place: tuple[str | int, ...]) -> None:
        number = self.number("creative", table.id, *place)
        creative = Creative(
            id=number,
            account=account.id,
            campaign=campaign.id,
            body={
                "campaign": campaign.urn,
                "content": self.content(account, campaign, table),
                "intendedStatus": table.status,
                "name": f"{campaign.body['name']}, {table.kind}",
            },
            created_at=self.born,
            modified_at=self.born,
            created_by=self.by,
            modified_by=self.by,
            reviewed_at=None if table.status == "DRAFT" else self.born,
        )
        formats = {"video": "SINGLE_VIDEO", "document": "SPONSORED_UPDATE_NATIVE_DOCUMENT", "text": "TEXT_AD"}
        campaign.body.setdefault("format", formats.get(table.kind, "STANDARD_UPDATE"))
        self.ran(creative, table.status)
        self.ads.add_creative(creative)

    def content(self, account: Account, campaign: Campaign, table: CreativeSeed) -> Body:
        page = "https://northwind.example"
        if campaign.body["type"] == "TEXT_AD" or table.kind == "text":
            return {"textAd": {"headline": "Built to last", "description": "See the workshop", "landingPage": page}}
        author = account.body.get("reference") or "urn:li:organization:0"
        post = new_post(self.world, family="share", author=author, actor=author, at=self.born)
        post.feed = "NONE"
        post.elements = little.from_plain(f"{campaign.body['name']}: come and see.")
        if table.kind == "article":
            post.content = Article(source=page, title=campaign.body["name"])
        elif table.kind == "image":
            post.content = MediaItem(id=self.picture(author))
        post.ad_context = {
            "dscAdAccount": account.urn,
            "dscStatus": "ACTIVE",
            "dscName": campaign.body["name"],
            "isDsc": True,
            "dscAdType": {"video": "VIDEO", "document": "NATIVE_DOCUMENT"}.get(table.kind, dsc_type(post)),
        }
        keep_dark(self.world.state(Posts), post)
        return {"reference": post.urn}

    def picture(self, owner: str) -> str:
        """Return the one picture that all seeded creatives of an account show."""
        known = self.ads.kept.setdefault("seeded pictures", {})
        if owner not in known:
            medium = register(self.world, kind="image", owner=owner, artifact="uploaded-image")
            image = painted(f"{self.world.seed}:{owner}:ads")
            read = facts(image.data)
            medium.created_at = medium.uploaded_at = medium.ready_at = self.born
            medium.width, medium.height, medium.failure = read.width, read.height, read.failure
            self.world.blobs[medium.id] = image
            known[owner] = medium.id
        found: str = known[owner]
        return found

    def conversion(self, account: Account) -> None:
        """Give an account with website conversion campaigns the rule that these need."""
        campaigns = [
            c for c in self.ads.campaigns_under(account.id) if c.body.get("objectiveType") == "WEBSITE_CONVERSION"
        ]
        if not campaigns:
            return
        rule = Conversion(
            id=self.ads.new_id("conversion"),
            account=account.id,
            body={
                "account": account.urn,
                "name": "Demo booked",
                "type": "BOOK_APPOINTMENT",
                "conversionMethod": "CONVERSIONS_API",
                "enabled": True,
                "postClickAttributionWindowSize": 30,
                "viewThroughAttributionWindowSize": 7,
                "attributionType": "LAST_TOUCH_BY_CAMPAIGN",
                "valueType": "DYNAMIC",
                "urlRules": [],
            },
            created_at=self.born,
            modified_at=self.born,
        )
        self.ads.add_conversion(rule)
        for campaign in campaigns:
            campaign.conversions.append(rule.id)


def _campaign_body(
    account: Account, group: Group, table: CampaignSeed, *, daily: float, begun: datetime, number: int
) -> Body:
    geo = _GEOS[number % len(_GEOS)]
    body: Body = {
        "account": account.urn,
        "campaignGroup": group.urn,
        "name": table.name or f"Campaign {number}",
        "type": table.type,
        "objectiveType": table.objective,
        "costType": "CPM",
        "unitCost": written(0, account.currency),
        "dailyBudget": written(daily, account.currency),
        "locale": {"country": "US", "language": "en"},
        "runSchedule": {"start": to_millis(begun)},
        "offsiteDeliveryEnabled": number % 3 == 0,
        "politicalIntent": "NOT_POLITICAL",
        "audienceExpansionEnabled": False,
        "connectedTelevisionOnly": False,
        "storyDeliveryEnabled": False,
        "creativeSelection": "OPTIMIZED",
        "optimizationTargetType": "NONE",
        "status": table.status,
        "targetingCriteria": {
            "include": {
                "and": [
                    {"or": {"urn:li:adTargetingFacet:locations": [f"urn:li:geo:{geo}"]}},
                    {"or": {"urn:li:adTargetingFacet:interfaceLocales": ["urn:li:locale:en_US"]}},
                ]
            }
        },
    }
    if "reference" in account.body:
        body["associatedEntity"] = account.body["reference"]
    if table.type == "DYNAMIC":
        body["format"] = "SPOTLIGHT"
    return body


_KINDS: Final = ("image", "video", "article", "document")
_WANTED: Final = ("BRAND_AWARENESS", "LEAD_GENERATION", "WEBSITE_VISIT", "VIDEO_VIEW", "WEBSITE_CONVERSION")
_CAMPAIGNS_IN_GROUP: Final = 6
_CREATIVES: Final = 4
_CURRENCIES: Final = ("EUR", "USD", "GBP", "SEK")


class _Made:
    """A table that is made up, with the attributes that seeding asks for."""

    def __init__(self, **values: Any) -> None:
        self.__dict__.update(values)


def populate(world: World, *, accounts: int, campaigns: int, facts_days: int = 90) -> list[Account]:
    """Add so many accounts with so many campaigns each, four creatives to a campaign."""
    chance = random.Random(f"{world.seed}:ad accounts")  # noqa: S311 - believable data, not secrets
    pages, members = list(world.organizations.values()), list(world.members)
    made: list[Account] = []
    for at in range(accounts):
        page = pages[at % len(pages)] if pages else None
        managers = [r.member for r in page.roles] if page is not None and page.roles else members[:1]
        groups = [
            _Made(
                id=None,
                name=f"Season {first // _CAMPAIGNS_IN_GROUP + 1}",
                status="ACTIVE",
                campaigns=[_campaign(chance, n) for n in range(first, min(first + _CAMPAIGNS_IN_GROUP, campaigns))],
            )
            for first in range(0, campaigns, _CAMPAIGNS_IN_GROUP)
        ]
        table: Any = _Made(
            id=None,
            name=f"{page.name if page is not None else 'Account'} {at + 1}",
            organization=None if page is None else page.id,
            currency=_CURRENCIES[at % len(_CURRENCIES)],
            test=False,
            facts_days=facts_days,
            users=[_Made(member=m, role="ACCOUNT_MANAGER") for m in managers],
            campaign_groups=groups,
        )
        made.append(seed(world, table))
    return made


def _campaign(chance: random.Random, number: int) -> _Made:
    objective = _WANTED[number % len(_WANTED)]
    kind = "video" if objective == "VIDEO_VIEW" else _KINDS[number % 3 if number % 3 != 1 else 2]
    return _Made(
        id=None,
        name=f"Campaign {number + 1}",
        type="SPONSORED_UPDATES",
        objective=objective,
        status=chance.choices(("ACTIVE", "PAUSED", "COMPLETED"), (8, 1, 1))[0],
        daily_budget=f"{chance.randint(20, 180)}.00",
        creatives=[_Made(id=None, kind=kind, status="ACTIVE") for _ in range(_CREATIVES)],
    )
