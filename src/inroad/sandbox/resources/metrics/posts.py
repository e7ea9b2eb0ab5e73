"""How posts did, day by day.

Reactions, comments and reshares are those that happened. Impressions and clicks follow from them, from visits, and
from the author's audience: what an audience sees of a post by itself is decided by the world's seed, fades from day
to day, and is told when a day has ended, so that a fresh post without any reaction has no activity at all.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from inroad.sandbox.resources.actors import member_of, organization_of
from inroad.sandbox.resources.media.state import Media
from inroad.sandbox.resources.metrics.state import visits_of
from inroad.sandbox.resources.posts.rules import published_at
from inroad.sandbox.resources.posts.state import Post, Posts
from inroad.sandbox.resources.posts.views import lifecycle_of, media_of
from inroad.sandbox.resources.social.state import Social, reactions_to
from inroad.sandbox.resources.statistics.rules import KEPT, Interval, chance
from inroad.sandbox.world import Organization, World

_REACH: Final = 0.35  # of an audience, on a post's first day
_FADING: Final = 0.55  # from one day to the next
_FADED: Final = 30  # days
_SEEN_BY_REACTION: Final = 12
_SEEN_BY_COMMENT: Final = 25
_SEEN_BY_RESHARE: Final = 60
_UNIQUE: Final = 0.82


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What happened in some span."""

    impressions: int = 0
    unique: int = 0
    clicks: int = 0
    likes: int = 0
    comments: int = 0
    shares: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            impressions=self.impressions + other.impressions,
            unique=self.unique + other.unique,
            clicks=self.clicks + other.clicks,
            likes=self.likes + other.likes,
            comments=self.comments + other.comments,
            shares=self.shares + other.shares,
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened."""
        return not (self.impressions or self.clicks or self.likes or self.comments or self.shares)

    @property
    def engagement(self) -> float:
        """Clicks, reactions, comments and reshares per impression."""
        deeds = self.clicks + self.likes + self.comments + self.shares
        return deeds / self.impressions if self.impressions else 0.0


Days = Mapping[date, Tally]


def days_of(world: World, post: Post, *, reshares: Mapping[str, list[Post]] | None = None) -> dict[date, Tally]:
    """Return a post's days on which anything happened, of the last twelve months.

    `reshares` are those of all posts, where the caller asks for many.
    """
    if post.deleted_at is not None or lifecycle_of(world, post) != "PUBLISHED":
        return {}
    shared = (reshares if reshares is not None else reshares_by_parent(world)).get(post.urn, [])
    likes = Counter(r.created_at.date() for r in reactions_to(world, post.urn))
    comments = Counter(c.created_at.date() for c in world.state(Social).of_post(post.urn))
    shares = Counter(p.created_at.date() for p in shared)
    visits = {date.fromisoformat(day): count for day, count in visits_of(world, post.urn).items()}
    today = world.clock.now().date()
    first = published_at(post, media_of(world, post)).date()
    quiet = (first + timedelta(days=n) for n in range(min(_FADED, max(0, (today - first).days))))
    found: dict[date, Tally] = {}
    for day in sorted({*quiet, *likes, *comments, *shares, *visits}):
        if today - day > KEPT or day > today:
            continue
        seen = _seen(world, post, (day - first).days, day) if day < today else 0
        seen += _SEEN_BY_REACTION * likes[day] + _SEEN_BY_COMMENT * comments[day] + _SEEN_BY_RESHARE * shares[day]
        seen += visits.get(day, 0)
        clicks = round(seen * (0.02 + 0.03 * chance(world.seed, post.urn, day, "clicks"))) + visits.get(day, 0)
        tally = Tally(
            impressions=seen,
            unique=max(min(seen, 1), round(seen * _UNIQUE)),
            clicks=clicks,
            likes=likes[day],
            comments=comments[day],
            shares=shares[day],
        )
        if not tally.is_empty:
            found[day] = tally
    return found


def reshares_by_parent(world: World) -> dict[str, list[Post]]:
    """Return the reshares that are still there, by the post that they reshare."""
    found: dict[str, list[Post]] = defaultdict(list)
    for post in world.state(Posts).by_urn.values():
        if post.parent is not None and post.deleted_at is None:
            found[post.parent].append(post)
    return found


def days_of_page(world: World, page: Organization) -> dict[date, Tally]:
    """Return the days of all posts of a page, with the past that a seed gave it."""
    reshares = reshares_by_parent(world)
    found = _past(world, page)
    for post in world.state(Posts).of_author(f"urn:li:organization:{page.id}"):
        for day, tally in days_of(world, post, reshares=reshares).items():
            found[day] = found.get(day, Tally()) + tally
    return found


def total(days: Days, interval: Interval | None = None) -> Tally:
    """Return the sum of the days in an interval, of all without one."""
    return _sum(t for day, t in days.items() if interval is None or interval.first <= day < interval.end)


def milliseconds_of(world: World, post: Post) -> int:
    """Return the length of a post's video; 20 seconds where the file does not tell, 0 without a video."""
    media = world.state(Media).by_id
    films = [media.get(item.id) for item in post.media if item.kind == "video"]
    if not films:
        return 0
    return (films[0].milliseconds if films[0] is not None else 0) or 20_000


def _sum(tallies: Iterable[Tally]) -> Tally:
    found = Tally()
    for tally in tallies:
        found += tally
    return found


def _seen(world: World, post: Post, age: int, day: date) -> int:
    """Return how many of the audience see a post by itself on one day."""
    if not 0 <= age < _FADED:
        return 0
    page, member = organization_of(world, post.author), member_of(world, post.author)
    audience = page.followers if page is not None else member.connections if member is not None else 0
    return round(audience * _REACH * _FADING**age * (0.6 + 0.8 * chance(world.seed, post.urn, day)))


def _past(world: World, page: Organization) -> dict[date, Tally]:
    """Return what a page's posts outside this world did, on as many days as the seed says."""
    today = world.clock.now().date()
    found: dict[date, Tally] = {}
    for number in range(1, min(page.statistics_days, KEPT.days) + 1):
        day = today - timedelta(days=number)
        seen = round(page.followers * (0.08 + 0.16 * chance(world.seed, page.id, "shares", day)))
        found[day] = Tally(
            impressions=seen,
            unique=round(seen * _UNIQUE),
            clicks=round(seen * 0.03),
            likes=round(seen * 0.012),
            comments=round(seen * 0.002),
            shares=round(seen * 0.001),
        )
    return {day: tally for day, tally in found.items() if not tally.is_empty}
