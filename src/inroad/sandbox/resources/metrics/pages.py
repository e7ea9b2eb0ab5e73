"""Views and clicks of pages, by section, by day and by who looked.

Source: "Page Statistics", learn.microsoft.com
/linkedin/marketing/community-management/organizations/page-statistics
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from inroad.sandbox.resources.metrics.posts import Days, days_of_page
from inroad.sandbox.resources.metrics.state import visits_of
from inroad.sandbox.resources.statistics.rules import FACETS, KEPT, Interval, chance
from inroad.sandbox.world import Organization, World

_SECTIONS: Final[Mapping[str, float]] = {
    "Overview": 0.55,
    "About": 0.08,
    "Careers": 0.05,
    "Jobs": 0.09,
    "LifeAt": 0.04,
    "People": 0.12,
    "Insights": 0.03,
    "Products": 0.04,
}
_DESKTOP: Final = 0.7
_UNIQUE: Final = 0.7
_FACETS: Final[Mapping[str, str]] = {
    "pageStatisticsByGeoCountry": "followerCountsByGeoCountry",
    "pageStatisticsByGeo": "followerCountsByGeo",
    "pageStatisticsBySeniority": "followerCountsBySeniority",
    "pageStatisticsByIndustryV2": "followerCountsByIndustry",
    "pageStatisticsByFunction": "followerCountsByFunction",
    "pageStatisticsByStaffCountRange": "followerCountsByStaffCountRange",
}
_MEMBERS: Final = {"pageStatisticsByIndustryV2": "industryV2"}


def views_by_day(world: World, page: Organization) -> dict[date, int]:
    """Return a page's views by day: the seeded past, real visits, and those that posts bring along."""
    today = world.clock.now().date()
    found: dict[date, int] = {}
    for number in range(1, min(page.statistics_days, KEPT.days) + 1):
        day = today - timedelta(days=number)
        found[day] = round(page.followers * (0.01 + 0.04 * chance(world.seed, page.id, "views", day)))
    for visited, count in visits_of(world, f"urn:li:organization:{page.id}").items():
        day = date.fromisoformat(visited)
        found[day] = found.get(day, 0) + count
    for day, extra in _brought(days_of_page(world, page)).items():
        found[day] = found.get(day, 0) + extra
    return {day: count for day, count in found.items() if count and today - day <= KEPT}


def lifetime(world: World, page: Organization) -> dict[str, Any]:
    """Return the statistics of a page since its beginning: a total, and who looked."""
    total = sum(views_by_day(world, page).values())
    shown: dict[str, Any] = {"totalPageStatistics": {"views": _views(total, unique=False), "clicks": _clicks(total)}}
    for name, facet in _FACETS.items():
        member, values = FACETS[facet]
        member = _MEMBERS.get(name, member)
        weights = [0.1 + chance(world.seed, page.id, name, value) for value in values]
        counts = [int(total * 0.9 * weight / sum(weights)) for weight in weights]
        shown[name] = [
            {member: value, "pageStatistics": {"views": _views(count, unique=False)}}
            for value, count in zip(values, counts, strict=True)
            if count
        ]
    return {**shown, "pageStatisticsByTargetedContent": []}


def within(views: Mapping[date, int], interval: Interval) -> dict[str, Any]:
    """Return the statistics of an interval; how many looked is told only here."""
    total = sum(count for day, count in views.items() if interval.first <= day < interval.end)
    return {"totalPageStatistics": {"views": _views(total, unique=True), "clicks": _clicks(total)}}


def _brought(days: Days) -> dict[date, int]:
    return {day: t.comments + t.shares + t.likes // 2 for day, t in days.items()}


def _views(total: int, *, unique: bool) -> dict[str, Any]:
    parts = {section: int(total * share) for section, share in _SECTIONS.items()}
    parts["Overview"] += total - sum(parts.values())  # sections add up to the whole
    desktop = {section: round(count * _DESKTOP) for section, count in parts.items()}
    on_desktop = sum(desktop.values())
    counts = {"allPageViews": total, "allDesktopPageViews": on_desktop, "allMobilePageViews": total - on_desktop}
    for section, count in parts.items():
        lower = section[0].lower() + section[1:]
        counts[f"{lower}PageViews"] = count
        counts[f"desktop{section}PageViews"] = desktop[section]
        counts[f"mobile{section}PageViews"] = count - desktop[section]
    return {
        name: {"pageViews": count, "uniquePageViews": round(count * _UNIQUE)} if unique else {"pageViews": count}
        for name, count in counts.items()
    }


def _clicks(total: int) -> dict[str, Any]:
    careers = {
        "careersPageBannerPromoClicks": total // 400,
        "careersPagePromoLinksClicks": total // 300,
        "careersPageEmployeesClicks": total // 150,
        "careersPageJobsClicks": total // 100,
    }
    buttons = [{"customButtonType": "VISIT_WEBSITE", "clicks": total // 50}] if total >= 50 else []
    mobile = [{"customButtonType": "VISIT_WEBSITE", "clicks": total // 120}] if total >= 120 else []
    return {
        "careersPageClicks": careers,
        "mobileCareersPageClicks": {name: count // 3 for name, count in careers.items()},
        "desktopCustomButtonClickCounts": buttons,
        "mobileCustomButtonClickCounts": mobile,
    }
