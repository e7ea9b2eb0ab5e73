"""Numbers of the last thirty days as small bar charts; the bars are plain SVG, without script or style."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from inroad.sandbox.resources.metrics.pages import views_by_day
from inroad.sandbox.resources.metrics.posts import Days, Tally, days_of, days_of_page, reshares_by_parent
from inroad.sandbox.resources.posts.state import Posts
from inroad.sandbox.world import Member, Organization, World

DAYS: Final = 30
HEIGHT: Final = 40


@dataclass(frozen=True, slots=True)
class Bar:
    """One day: its height of `HEIGHT`, and what it says."""

    x: int
    height: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Thirty days of one number."""

    title: str
    total: int
    bars: tuple[Bar, ...]


def charts_of_page(world: World, page: Organization) -> list[Chart]:
    """Return how a page did: how often it and its posts were seen, and what people did."""
    days = days_of_page(world, page)
    return [_chart(world, "Page views", views_by_day(world, page)), *_charts_of_posts(world, days)]


def charts_of_member(world: World, member: Member) -> list[Chart]:
    """Return how a member's posts did."""
    reshares = reshares_by_parent(world)
    days: dict[date, Tally] = {}
    for post in world.state(Posts).of_author(f"urn:li:person:{member.id}"):
        for day, tally in days_of(world, post, reshares=reshares).items():
            days[day] = days.get(day, Tally()) + tally
    return _charts_of_posts(world, days)


def _charts_of_posts(world: World, days: Days) -> list[Chart]:
    return [
        _chart(world, "Impressions", {day: t.impressions for day, t in days.items()}),
        _chart(world, "Reactions", {day: t.likes for day, t in days.items()}),
    ]


def _chart(world: World, title: str, counts: Mapping[date, int]) -> Chart:
    first = world.clock.now().date() - timedelta(days=DAYS - 1)
    days = [first + timedelta(days=n) for n in range(DAYS)]
    most = max((counts.get(day, 0) for day in days), default=0) or 1
    bars = tuple(
        Bar(8 * n, -(-HEIGHT * counts.get(day, 0) // most), f"{day.day} {day:%b}: {counts.get(day, 0)}")
        for n, day in enumerate(days)
    )
    return Chart(title=title, total=sum(counts.get(day, 0) for day in days), bars=bars)
