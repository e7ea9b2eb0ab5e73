"""Believable members, pages and posts of any number; the same seed gives the same world. Nobody here exists."""

import random
import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final

from inroad.sandbox.portraits import initials_of, mark, portrait
from inroad.sandbox.resources.posts.seed import seed_post
from inroad.sandbox.world import Blob, Member, Organization, Role, World

_NAMES = (
    "Amara Bjorn Carla Dmitri Elif Farah Goran Hana Ines Jonas Kaito Leila Mateo Nadia Oskar Priya Quentin Rosa Samir "
    "Tala Ugo Vera Wim Xenia Yusuf Zofia Anika Bashir Chloe Diego"
)
_FAMILY_NAMES = (
    "Adeyemi Bergstrom Castillo Duarte Eriksen Fontaine Guzman Hoffmann Ibarra Jansen Kowalski Lindqvist Moreau Novak "
    "Okonkwo Pereira Quispe Rossi Sato Tanaka Ueda Varga Weber Yilmaz Zeman Achterberg Boateng Csonka"
)
_CRAFT_NAMES = (
    "Data engineer|Product designer|Head of operations|Field sales lead|Site reliability engineer|Content strategist|"
    "Supply chain planner|Electrical engineer|People partner|Finance controller|Customer success manager|Toolmaker"
)
_FIRST: Final = tuple(_NAMES.split())
_LAST: Final = tuple(_FAMILY_NAMES.split())
_CRAFTS: Final = tuple(_CRAFT_NAMES.split("|"))
_PLACES: Final = (
    "Alder",
    "Brightwater",
    "Cinder",
    "Dovetail",
    "Eastgate",
    "Fieldstone",
    "Granite",
    "Harbour",
    "Ironwood",
)
_TRADES: Final = ("Works", "Analytics", "Timber", "Logistics", "Instruments", "Foods", "Robotics", "Textiles", "Energy")
_SIZES: Final = ("SIZE_2_TO_10", "SIZE_11_TO_50", "SIZE_51_TO_200", "SIZE_201_TO_500", "SIZE_501_TO_1000")
_INDUSTRIES: Final = (4, 26, 48, 53, 96, 112, 135)
_OPENINGS: Final = (
    "We moved our {thing} to a new hall this week, and nobody missed a delivery.",
    "Three years ago our {thing} ran on spreadsheets. Today we switched the last one off.",
    "What we learned from a hundred visits to customers about {thing}:",
    "Meet the people behind our {thing}. They start before most of us are awake.",
    "Our apprentices rebuilt the {thing} from scratch, and it is better than ours was.",
    "A small milestone: one year of {thing} without a lost day.",
)
_THINGS: Final = ("workshop", "planning team", "night shift", "test bench", "service desk", "cutting line", "warehouse")
_CLOSINGS: Final = (
    "Thank you to everyone who made it happen.",
    "Come and see us on the open day.",
    "We are hiring for this team.",
    "The short version: ask the people who do the work.",
    "More of it next month.",
)
_TAGS: Final = ("#craft", "#team", "#engineering", "#hiring", "#sustainability", "#customers")
_COMMENTS: Final = (
    "Congratulations!",
    "Well done, all of you.",
    "This is how it should be.",
    "See you there.",
    "Impressive.",
)

_PICTURES_DRAWN: Final = 24
"""So many pictures are drawn of each sort; the rest of a large world shares them, which keeps the start quick."""


def populate(world: World, *, members: int = 0, organizations: int = 0, posts: int = 0) -> None:
    """Add so many members and organizations, and so many posts to each of these organizations."""
    chance = random.Random(f"{world.seed}:generated")  # noqa: S311 - believable data, not secrets
    people = _people(world, members, chance)
    for organization in _organizations(world, organizations, people, chance):
        _write_posts(world, organization, posts, people, chance)


def _people(world: World, number: int, chance: random.Random) -> list[Member]:
    drawn: list[str] = []
    made: list[Member] = []
    for at in range(number):
        first, last = chance.choice(_FIRST), chance.choice(_LAST)
        blob = portrait(f"{world.seed}:{at}", initials_of(first, last)) if at < _PICTURES_DRAWN else None
        picture = _kept(world, blob, drawn, at, chance)
        vanity = f"{first}-{last}-{at + 1}".lower()
        member = Member(
            id=_random_id(chance),
            email=f"{vanity.replace('-', '.')}@example.test",
            first_name=first,
            last_name=last,
            headline=chance.choice(_CRAFTS),
            vanity_name=vanity,
            picture=picture,
            connections=int(chance.lognormvariate(5.4, 0.8)),
        )
        world.members[member.id] = member
        made.append(member)
    return made


def _organizations(
    world: World, number: int, people: Sequence[Member], chance: random.Random
) -> Iterable[Organization]:
    drawn: list[str] = []
    for at in range(number):
        name = f"{chance.choice(_PLACES)} {chance.choice(_TRADES)}"
        if at >= len(_PLACES):
            name = f"{name} {at + 1}"
        vanity = re.sub(r"[^a-z0-9]+", "-", f"{name}-{at + 1}".lower())
        blob = mark(f"{world.seed}:{at}") if at < _PICTURES_DRAWN else None
        organization = Organization(
            id=_free_number(world),
            name=name,
            vanity_name=vanity,
            logo=_kept(world, blob, drawn, at, chance),
            website=f"https://{vanity}.example",
            description=f"{name} makes things that last, with people who stay.",
            industries=[f"urn:li:industry:{chance.choice(_INDUSTRIES)}"],
            size=chance.choice(_SIZES),
            followers=int(chance.lognormvariate(7.0, 1.2)),
            statistics_days=90,
            roles=[Role(member=m.id) for m in chance.sample(people, min(2, len(people)))],
        )
        world.organizations[organization.id] = organization
        yield organization


def _write_posts(
    world: World, organization: Organization, number: int, people: Sequence[Member], chance: random.Random
) -> None:
    now = world.clock.now()
    days = sorted((chance.uniform(0.2, 2.0 + number * 3.0) for _ in range(number)), reverse=True)
    for at, day in enumerate(days):
        tags = " ".join(chance.sample(_TAGS, 2))
        text = (
            f"{chance.choice(_OPENINGS).format(thing=chance.choice(_THINGS))}\n\n{chance.choice(_CLOSINGS)}\n\n{tags}"
        )
        seed_post(
            world,
            author_urn=f"urn:li:organization:{organization.id}",
            text=text,
            published=now - timedelta(days=day),
            image="generated" if at < 2 else None,
            alt_text="Hills under an evening sky" if at < 2 else None,
            reactions=int(chance.lognormvariate(3.0, 1.0)),
            comments=[
                (f"urn:li:person:{m.id}", chance.choice(_COMMENTS))
                for m in chance.sample(people, min(chance.randint(0, 3), len(people)))
            ],
        )


def _kept(world: World, blob: Blob | None, drawn: list[str], at: int, chance: random.Random) -> str:
    """Return the key of a fresh picture, or of one drawn before."""
    if blob is None:
        return drawn[at % len(drawn)]
    key = f"D4E03AQ{_random_id(chance)}"
    world.blobs[key] = blob
    drawn.append(key)
    return key


def _random_id(chance: random.Random) -> str:
    return "".join(chance.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", k=10))


def _free_number(world: World) -> int:
    number = 90_100_001
    while number in world.organizations:
        number += 1
    return number
