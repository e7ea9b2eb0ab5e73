"""What an entity's state is now: status after budgets, dates and deletions, and what holds it back.

Everything here follows from what was written and from the clock; nothing is stored.
"""

from datetime import datetime, timedelta
from typing import Final

from inroad.common.clock import from_millis, to_millis
from inroad.sandbox.resources.ads.facts import facts_of
from inroad.sandbox.resources.ads.money import amount_of
from inroad.sandbox.resources.ads.state import Account, Campaign, Creative, Group, ads_of
from inroad.sandbox.world import World

REMOVED_AFTER: Final = timedelta(days=1)
"""From PENDING_DELETION to REMOVED: the sandbox's choice."""


def status_of(world: World, entity: Group | Campaign, now: datetime) -> str:
    """Return a group's or campaign's status: the one written, or what the system made of it since."""
    status = str(entity.body["status"])
    account = ads_of(world).accounts[entity.account]
    if account.body["status"] == "CANCELED":
        return "CANCELED"
    if status == "PENDING_DELETION" and now - entity.modified_at >= REMOVED_AFTER:
        return "REMOVED"
    if isinstance(entity, Campaign) and status == "ACTIVE" and _is_over(world, entity, now):
        return "COMPLETED"
    return status


def _is_over(world: World, campaign: Campaign, now: datetime) -> bool:
    end = campaign.body.get("runSchedule", {}).get("end")
    if end is not None and to_millis(now) >= end:
        return True
    return is_spent(world, campaign, now)


def is_spent(world: World, campaign: Campaign, now: datetime) -> bool:
    """Tell whether a campaign has used its total budget."""
    total = amount_of(campaign.body.get("totalBudget"))
    return total > 0 and facts_of(world).spent(campaign, now) >= total * 0.999


def account_holds(account: Account, now: datetime) -> list[str]:
    """Return what holds an account's campaigns back."""
    held: list[str] = []
    if account.body["status"] != "ACTIVE" or account.is_test:
        held.append("ACCOUNT_SERVING_HOLD")
    end = account.body.get("totalBudgetEndsAt")
    if end is not None and now >= from_millis(end):
        held.append("ACCOUNT_END_DATE_HOLD")
    return held


def _group_holds(world: World, group: Group, now: datetime) -> list[str]:
    held: list[str] = []
    schedule, at = group.body.get("runSchedule", {}), to_millis(now)
    if schedule.get("start", 0) > at:
        held.append("CAMPAIGN_GROUP_START_DATE_HOLD")
    if schedule.get("end") is not None and schedule["end"] <= at:
        held.append("CAMPAIGN_GROUP_END_DATE_HOLD")
    total = amount_of(group.body.get("totalBudget"))
    if total > 0 and facts_of(world).group_spent(group, now) >= total * 0.999:
        held.append("CAMPAIGN_GROUP_TOTAL_BUDGET_HOLD")
    return held


def group_statuses(world: World, group: Group, now: datetime) -> list[str]:
    """Return a group's `servingStatuses`."""
    account = ads_of(world).accounts[group.account]
    held = ["STOPPED"] if status_of(world, group, now) != "ACTIVE" or account.body["status"] != "ACTIVE" else []
    held += [h for h in account_holds(account, now) if h != "ACCOUNT_SERVING_HOLD"]
    return [*held, *_group_holds(world, group, now)] or ["RUNNABLE"]


def campaign_statuses(world: World, campaign: Campaign, now: datetime) -> list[str]:
    """Return a campaign's `servingStatuses`."""
    ads = ads_of(world)
    account, group = ads.accounts[campaign.account], ads.groups[campaign.group]
    held = ["STOPPED"] if status_of(world, campaign, now) not in ("ACTIVE", "COMPLETED") else []
    held += account_holds(account, now)
    if status_of(world, group, now) != "ACTIVE":
        held.append("CAMPAIGN_GROUP_STATUS_HOLD")
    held += _group_holds(world, group, now)
    schedule, at = campaign.body.get("runSchedule", {}), to_millis(now)
    if schedule.get("start", 0) > at:
        held.append("CAMPAIGN_START_DATE_HOLD")
    if schedule.get("end") is not None and schedule["end"] <= at:
        held.append("CAMPAIGN_END_DATE_HOLD")
    if is_spent(world, campaign, now):
        held.append("CAMPAIGN_TOTAL_BUDGET_HOLD")
    return held or ["RUNNABLE"]


def review_delay(world: World) -> timedelta:
    """Return how long a review takes."""
    return timedelta(seconds=world.switches.number("ads.review_seconds"))


def review_of(world: World, creative: Creative, now: datetime) -> str | None:
    """Return a creative's review status, None while it has not left DRAFT."""
    if creative.reviewed_at is None:
        return None
    if now - creative.reviewed_at < review_delay(world):
        return "PENDING"
    return "REJECTED" if creative.is_rejected else "APPROVED"


def creative_status(creative: Creative, now: datetime) -> str:
    """Return a creative's `intendedStatus`."""
    status = str(creative.body["intendedStatus"])
    if status == "PENDING_DELETION" and now - creative.modified_at >= REMOVED_AFTER:
        return "REMOVED"
    return status


def creative_holds(world: World, creative: Creative, now: datetime) -> list[str]:
    """Return a creative's `servingHoldReasons`; none while it serves."""
    campaign = ads_of(world).campaigns[creative.campaign]
    held: list[str] = []
    if creative_status(creative, now) != "ACTIVE":
        held.append("STOPPED")
    review = review_of(world, creative, now)
    if review == "PENDING":
        held.append("UNDER_REVIEW")
    if review == "REJECTED":
        held.append("REJECTED")
    reasons = [r for r in campaign_statuses(world, campaign, now) if r != "RUNNABLE"]
    return [*held, *("CAMPAIGN_STOPPED" if r == "STOPPED" else r for r in reasons)]
