"""What rows of a report are grouped by: the entity, a slot of its delivery, or a trait of the members it reached.

An event of a creative belongs to one of its slots; slots tell device, place, card and the like. The n-th event goes
to slot n modulo their number, so that any grouping of slots adds up to the whole exactly.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, TypeAlias

from inroad.sandbox.resources.ads.facts import chance
from inroad.sandbox.resources.ads.state import Ads, Campaign, Creative
from inroad.sandbox.resources.ads.taxonomy import COUNTRIES, NODES, REGIONS, SIZE_TOKENS
from inroad.sandbox.world import World

ENTITY_PIVOTS: Final = (
    "ACCOUNT",
    "CAMPAIGN_GROUP",
    "CAMPAIGN",
    "CREATIVE",
    "SHARE",
    "COMPANY",
    "OBJECTIVE_TYPE",
)
SLOT_PIVOTS: Final = (
    "CONVERSION",
    "CONVERSATION_NODE",
    "CONVERSATION_NODE_OPTION_INDEX",
    "SERVING_LOCATION",
    "CARD_INDEX",
    "PLACEMENT_NAME",
    "IMPRESSION_DEVICE_TYPE",
    "EVENT_STAGE",
)
MEMBER_PIVOTS: Final = (
    "MEMBER_COMPANY_SIZE",
    "MEMBER_INDUSTRY",
    "MEMBER_SENIORITY",
    "MEMBER_JOB_TITLE",
    "MEMBER_JOB_FUNCTION",
    "MEMBER_COUNTRY_V2",
    "MEMBER_REGION_V2",
    "MEMBER_COUNTY",
    "MEMBER_COMPANY",
    "MEMBER_DESIGNATED_MARKET_AREA",
)
STATISTICS_ONLY: Final = frozenset({"OBJECTIVE_TYPE"})
SINCE: Final = {"MEMBER_DESIGNATED_MARKET_AREA": "202609"}
REVENUE_PIVOTS: Final = ("ACCOUNT", "CAMPAIGN_GROUP", "CAMPAIGN")

SLOTS: Final = 120
MAX_MEMBER_VALUES: Final = 100
"""So many values of a creative are told for one day."""

_COMPANIES: Final = 160


@dataclass(frozen=True, slots=True)
class Part:
    """Some slots of a creative: of the first n events, how many fall into them."""

    count: int
    before: Sequence[int]

    def of(self, events: int) -> int:
        """Return how many of the first `events` belong here."""
        rounds, rest = divmod(events, len(self.before) - 1)
        return rounds * self.count + self.before[rest]


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a creative's members. Unlike slots, shares add up nearly, as demographics do."""

    weight: float
    phase: float

    def of(self, events: int) -> int:
        """Return how many of the first `events` are theirs."""
        return int(self.weight * events + self.phase)


Values: TypeAlias = tuple[str, ...]


class Grouping:
    """How one request groups: which of its pivots are told by the entity, which by slots, which by members."""

    def __init__(self, world: World, ads: Ads, pivots: Sequence[str]) -> None:
        self._world = world
        self._ads = ads
        self.pivots = tuple(pivots)
        self.slots = tuple(p for p in pivots if p in SLOT_PIVOTS)
        self.member = next((p for p in pivots if p in MEMBER_PIVOTS), None)

    @property
    def is_whole(self) -> bool:
        """Whether every event of a creative goes to one row."""
        return not self.slots and self.member is None

    def head(self, creative: Creative) -> Values | None:
        """Return the values that the entity tells, with blanks for the others; None leaves the creative out."""
        campaign = self._ads.campaigns[creative.campaign]
        values: list[str] = []
        for pivot in self.pivots:
            found = self._entity(pivot, creative, campaign) if pivot in ENTITY_PIVOTS else ""
            if found is None:
                return None
            values.append(found)
        return tuple(values)

    def _entity(self, pivot: str, creative: Creative, campaign: Campaign) -> str | None:
        ads = self._ads
        find: Mapping[str, Callable[[], str | None]] = {
            "ACCOUNT": lambda: ads.accounts[creative.account].urn,
            "CAMPAIGN_GROUP": lambda: ads.groups[campaign.group].urn,
            "CAMPAIGN": lambda: campaign.urn,
            "CREATIVE": lambda: creative.urn,
            "SHARE": lambda: share_of(creative),
            "COMPANY": lambda: company_of(ads, creative),
            "OBJECTIVE_TYPE": lambda: campaign.body.get("objectiveType"),
        }
        return find[pivot]()

    def parts(self, creative: Creative, head: Values) -> list[tuple[Values, Part | Share]]:
        """Return the rows that a creative's events are shared among."""
        if self.member is not None:
            shares = member_shares(self._world, creative, self.member)
            return [(_filled(head, self.pivots, (value,)), share) for value, share in shares]
        table = self._table(creative)
        named = [tuple(slot[p] for p in self.slots) for slot in table if all(slot[p] for p in self.slots)]
        if len(named) < len(table):
            return []  # the creative has no such thing as cards, nodes or stages
        found: dict[Values, list[int]] = {}
        for at, values in enumerate(named):
            found.setdefault(values, [0] * len(named))[at] = 1
        return [
            (_filled(head, self.pivots, values), Part(sum(marks), (0, *accumulate(marks))))
            for values, marks in found.items()
        ]

    def _table(self, creative: Creative) -> list[dict[str, str]]:
        """Return what each slot of a creative stands for."""
        campaign = self._ads.campaigns[creative.campaign]
        source = random.Random(f"{self._world.seed}:{creative.id}:slots")  # noqa: S311 - believable data
        off_site = campaign.body.get("offsiteDeliveryEnabled", False)
        rules = [self._ads.conversions[n].urn for n in campaign.conversions if n in self._ads.conversions]
        kind = campaign.body.get("format", "")
        nodes = _nodes(creative) if campaign.body["type"] == "SPONSORED_INMAILS" else []
        table: list[dict[str, str]] = []
        for _ in range(SLOTS):
            outside = off_site and source.random() < 0.14
            table.append(
                {
                    "IMPRESSION_DEVICE_TYPE": source.choices(_DEVICES, (52, 31, 17))[0],
                    "SERVING_LOCATION": "OFF_SITE" if outside else "ON_SITE",
                    "PLACEMENT_NAME": "LINKEDIN_AUDIENCE_NETWORK" if outside else _placement(campaign, source),
                    "CARD_INDEX": str(min(4, int(source.expovariate(0.7)))) if kind == "CAROUSEL" else "",
                    "CONVERSION": source.choice(rules) if rules else "",
                    "EVENT_STAGE": source.choices(_STAGES, (60, 25, 15))[0] if kind == "SPONSORED_UPDATE_EVENT" else "",
                    "CONVERSATION_NODE": source.choice(nodes) if nodes else "",
                    "CONVERSATION_NODE_OPTION_INDEX": str(source.randrange(2)) if nodes else "",
                }
            )
        return table


# UNCONFIRMED: the tokens of devices and stages; a recorded answer with either pivot would confirm them.
_DEVICES: Final = ("MOBILE_APP", "DESKTOP_WEB", "MOBILE_WEB")
_STAGES: Final = ("PRE_LIVE", "LIVE", "POST_LIVE")
_PLACES: Final = {"TEXT_AD": "RIGHT_RAIL", "DYNAMIC": "RIGHT_RAIL", "SPONSORED_INMAILS": "MESSAGING"}


def _placement(campaign: Campaign, source: random.Random) -> str:
    return _PLACES.get(campaign.body["type"]) or source.choices(("FEED", "FEED_COMMENTS"), (9, 1))[0]


def _nodes(creative: Creative) -> list[str]:
    reference = str(creative.body["content"].get("reference", ""))
    number = reference.rpartition(":")[2] or "0"
    return [f"urn:li:sponsoredMessageContent:(urn:li:sponsoredConversation:{number},{n})" for n in (1, 2)]


def _filled(head: Values, pivots: Values, values: Values) -> Values:
    """Return the head with its blanks filled, in the order of the request."""
    left = iter(values)
    return tuple(known if pivot in ENTITY_PIVOTS else next(left) for pivot, known in zip(pivots, head, strict=True))


def share_of(creative: Creative) -> str | None:
    """Return the post that a creative shows."""
    reference = creative.body["content"].get("reference")
    return reference if isinstance(reference, str) and not reference.startswith("urn:li:adInMail") else None


def company_of(ads: Ads, creative: Creative) -> str | None:
    """Return the organization that advertises."""
    entity = ads.campaigns[creative.campaign].body.get("associatedEntity")
    found = entity or ads.accounts[creative.account].body.get("reference")
    return found if isinstance(found, str) and found.startswith("urn:li:organization:") else None


def member_shares(world: World, creative: Creative, pivot: str) -> list[tuple[str, Share]]:
    """Return how many of a creative's events each value of a member pivot has; a few values have most."""
    values = list(member_values(world, pivot))
    source = random.Random(f"{world.seed}:{creative.id}:{pivot}")  # noqa: S311 - believable data
    source.shuffle(values)
    values = values[:MAX_MEMBER_VALUES]
    weights = [1 / (at + 1) ** 0.9 * (0.6 + 0.8 * source.random()) for at in range(len(values))]
    whole = sum(weights)
    return [(value, Share(weight / whole, source.random())) for value, weight in zip(values, weights, strict=True)]


def member_values(world: World, pivot: str) -> Sequence[str]:
    """Return every value of a member pivot."""
    if pivot == "MEMBER_COMPANY_SIZE":
        return SIZE_TOKENS
    if pivot in ("MEMBER_COUNTRY_V2", "MEMBER_REGION_V2"):
        return [f"urn:li:geo:{n}" for n in (COUNTRIES if pivot == "MEMBER_COUNTRY_V2" else REGIONS)]
    if pivot == "MEMBER_COUNTY":
        return [f"urn:li:geo:{102_000_000 + int(chance('county', n) * 900_000)}" for n in range(30)]
    if pivot == "MEMBER_DESIGNATED_MARKET_AREA":
        return [f"urn:li:geo:{n}" for n in REGIONS]  # UNCONFIRMED: what its values look like
    if pivot == "MEMBER_COMPANY":
        known = [f"urn:li:organization:{n}" for n in list(world.organizations)[:_COMPANIES]]
        return [*known, *(f"urn:li:organization:{70_990_000 + n}" for n in range(_COMPANIES - len(known)))]
    facet = {
        "MEMBER_INDUSTRY": "industries",
        "MEMBER_SENIORITY": "seniorities",
        "MEMBER_JOB_TITLE": "titles",
        "MEMBER_JOB_FUNCTION": "jobFunctions",
    }[pivot]
    return [node.urn for node in NODES[facet]]
