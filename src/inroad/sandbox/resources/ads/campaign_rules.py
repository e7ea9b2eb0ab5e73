"""What LinkedIn says to a campaign: required fields, budgets and bids, dates, life.

Sources: "Create and Manage Campaigns" and "Ad Budget Pricing Type Combinations", learn.microsoft.com
/linkedin/marketing/integrations/ads; the registry of codes in "Error Handling", /linkedin/marketing/error-responses.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from inroad.common.clock import to_millis
from inroad.sandbox.call import Call
from inroad.sandbox.records import schema_refusal
from inroad.sandbox.resources.ads import audience, money, serving
from inroad.sandbox.resources.ads.refusals import Faults, coded
from inroad.sandbox.resources.ads.state import Account, Body, Campaign, Group, ads_of
from inroad.sandbox.resources.ads.taxonomy import LOCALES

REQUIRED: Final = ("account", "name", "type", "costType", "unitCost", "locale", "targetingCriteria", "status")
GRACE: Final = timedelta(minutes=10)
"""A start so little in the past is the sender's now."""

MAX_IN_ACCOUNT: Final = 5_000
MAX_IN_GROUP: Final = 2_000
POLITICS_SINCE: Final = "202508"  # OBSERVED: the version that first required politicalIntent
QUALIFIED_LEADS_SINCE: Final = "202602"
OPTIMIZED_MESSAGES_SINCE: Final = "202607"

MANUAL: Final = frozenset({"NONE", "ENHANCED_CONVERSION"})
_CLICKS: Final = frozenset(
    {"MAX_CLICK", "TARGET_COST_PER_CLICK", "CAP_COST_AND_MAXIMIZE_CLICKS", "ENHANCED_CONVERSION"}
)
BIDDING: Final[Mapping[str, frozenset[str]]] = {
    "BRAND_AWARENESS": frozenset(
        {"MAX_IMPRESSION", "MAX_REACH", "TARGET_COST_PER_IMPRESSION", "CAP_COST_AND_MAXIMIZE_IMPRESSIONS"}
    ),
    "ENGAGEMENT": _CLICKS,
    "WEBSITE_VISIT": _CLICKS,
    "JOB_APPLICANT": _CLICKS,
    "WEBSITE_CONVERSION": frozenset({"MAX_CONVERSION", "ENHANCED_CONVERSION"}),
    "VIDEO_VIEW": frozenset({"MAX_VIDEO_VIEW", "TARGET_COST_PER_VIDEO_VIEW", "CAP_COST_AND_MAXIMIZE_VIDEO_VIEWS"}),
    "LEAD_GENERATION": frozenset(
        {"MAX_LEAD", "MAX_QUALIFIED_LEAD", "CAP_COST_AND_MAXIMIZE_LEADS", "ENHANCED_CONVERSION"}
    ),
    "TALENT_LEAD": frozenset({"MAX_CLICK"}),
}
"""Objective -> optimization targets beside NONE. UNCONFIRMED in its single cells: two editions of a page, merged."""

_MOVES: Final[Mapping[str, frozenset[str]]] = {
    "DRAFT": frozenset({"ACTIVE", "PAUSED", "ARCHIVED"}),
    "ACTIVE": frozenset({"PAUSED", "ARCHIVED", "PENDING_DELETION"}),
    "PAUSED": frozenset({"ACTIVE", "ARCHIVED", "PENDING_DELETION"}),
    "ARCHIVED": frozenset({"ACTIVE", "PAUSED", "PENDING_DELETION"}),
    "COMPLETED": frozenset({"ACTIVE", "PAUSED", "ARCHIVED", "PENDING_DELETION"}),
    "PENDING_DELETION": frozenset(),
    "REMOVED": frozenset(),
}


def check_version(call: Call, body: Mapping[str, Any]) -> None:
    """Refuse values that the request's version does not have yet."""
    sent = body.get("optimizationTargetType")
    if sent == "MAX_QUALIFIED_LEAD" and (call.version or "") < QUALIFIED_LEADS_SINCE:
        raise schema_refusal([f'ERROR :: /optimizationTargetType :: "{sent}" is not an enum symbol'])


def check_fields(call: Call, faults: Faults, body: Mapping[str, Any]) -> None:
    """Note what a campaign's own fields lack or contradict."""
    for name in REQUIRED:
        if name not in body:
            faults.missing(name)
    if "campaignGroup" not in body:
        faults.add("MISSING_CAMPAIGN_GROUP_ID", "campaignGroup", "is required but missing")
    if "offsiteDeliveryEnabled" not in body:
        faults.missing("offsiteDeliveryEnabled")
    if "politicalIntent" not in body and (call.version or "")[:6] >= POLITICS_SINCE:
        faults.missing("politicalIntent")
    if "name" in body and not body["name"].strip():
        faults.add("INVALID_VALUE_BLANK_FIELD", "name", "cannot be blank")
    locale = body.get("locale")
    if locale is not None and f"{locale.get('language')}_{locale.get('country')}" not in LOCALES:
        faults.add("INVALID_VALUE_FOR_FIELD", "locale", "value is not a supported locale")
    if "targeting" in body:
        faults.add("TARGETING_FIELD_DEPRECATED", "targeting", "is deprecated, use targetingCriteria")
    if "targetingCriteria" in body:
        audience.check(faults, body["targetingCriteria"], strict=call.switches.is_on("targeting.strict"))
    _check_conditions(call, faults, body)


def _check_conditions(call: Call, faults: Faults, body: Mapping[str, Any]) -> None:
    kind, objective = body.get("type"), body.get("objectiveType")
    if "associatedEntity" not in body and (kind in ("SPONSORED_UPDATES", "DYNAMIC") or objective == "LEAD_GENERATION"):
        said = f"/Campaign/associatedEntity is required if /Campaign/type is set to {kind}"
        faults.conditional("CONDITIONAL_MISSING_FIELD", said)
    if kind == "DYNAMIC" and "format" not in body:
        said = "/Campaign/format is required if /Campaign/type is set to DYNAMIC"
        faults.conditional("CONDITIONAL_MISSING_FIELD", said)
    if body.get("connectedTelevisionOnly") and body.get("offsiteDeliveryEnabled") is False:
        said = "/Campaign/connectedTelevisionOnly cannot be true if /Campaign/offsiteDeliveryEnabled is set to false"
        faults.conditional("CONDITIONAL_INVALID_VALUE", said)
    if body.get("pacingStrategy") == "LIFETIME" and "totalBudget" not in body:
        said = "/Campaign/totalBudget is required if /Campaign/pacingStrategy is set to LIFETIME"
        faults.conditional("CONDITIONAL_MISSING_FIELD", said)
    is_message = kind == "SPONSORED_INMAILS" and objective == "LEAD_GENERATION"
    old = (call.version or "")[:6] < OPTIMIZED_MESSAGES_SINCE
    if is_message and old and body.get("creativeSelection") == "OPTIMIZED":
        said = "/Campaign/creativeSelection cannot be OPTIMIZED if /Campaign/type is set to SPONSORED_INMAILS"
        faults.conditional("CONDITIONAL_INVALID_VALUE", said)
    target = body.get("optimizationTargetType", "NONE")
    if objective is not None and objective in BIDDING and target not in BIDDING[objective] | {"NONE"}:
        said = f"optimizationTargetType {target} does not fit objectiveType {objective}"
        if call.switches.is_on("bidding.strict"):
            faults.conditional("INVALID_CAMPAIGN_CONFIGURATION", said)
        else:
            call.remarks.append(f"campaign: {said}; let pass")
    schedule = body.get("runSchedule", {})
    start, end = schedule.get("start"), schedule.get("end")
    if start is not None and end is not None and start >= end:
        faults.add("START_DATE_AFTER_END_DATE", "runSchedule/start", f"value {start} must be before the end {end}")


def check_start(call: Call, faults: Faults, body: Mapping[str, Any]) -> None:
    """Note a start in the past."""
    start, earliest = body.get("runSchedule", {}).get("start"), to_millis(call.now)
    if start is not None and start < to_millis(call.now - GRACE):
        faults.add("DATE_TOO_EARLY", "runSchedule/start", f"value {start} must be no earlier than {earliest}")


def check_money(faults: Faults, body: Mapping[str, Any], account: Account, group: Group | None) -> None:
    """Note budgets and bids that are missing, of another currency, or too low."""
    currency = account.currency
    if "unitCost" in body:
        money.check(faults, "unitCost", body["unitCost"], currency)
    for name, lowest in (("dailyBudget", money.LOWEST_DAILY_USD), ("totalBudget", money.LOWEST_TOTAL_USD)):
        if name in body:
            money.check(faults, name, body[name], currency, lowest_usd=lowest)
    shares = group is not None and "budgetOptimization" in group.body
    if "dailyBudget" not in body and "totalBudget" not in body and not shares:
        said = "/Campaign/dailyBudget is required if /Campaign/totalBudget is missing"
        faults.conditional("CONDITIONAL_MISSING_FIELD", said)
    limit = 0.0 if group is None else money.amount_of(group.body.get("totalBudget"))
    if limit and money.amount_of(body.get("totalBudget")) > limit:
        said = "/Campaign/totalBudget cannot exceed /CampaignGroup/totalBudget"
        faults.conditional("INSUFFICIENT_CAMPAIGN_GROUP_BUDGET", said)


def check_group(call: Call, faults: Faults, status: str | None, group: Group) -> None:
    """Note what the group's state forbids."""
    of_group = serving.status_of(call.world, group, call.now)
    if of_group == "DRAFT" and status is not None and status != "DRAFT":
        if status == "ARCHIVED":
            said = "/Campaign/status cannot be set to ARCHIVED if /CampaignGroup/status is set to DRAFT"
            faults.conditional("CONDITIONAL_INVALID_VALUE", said)
        else:
            said = f"/Campaign/status cannot be set to {status} if /CampaignGroup/status is set to DRAFT"
            faults.conditional("ONLY_DRAFT_CAMPAIGNS_ALLOWED_IN_DRAFT_CAMPAIGN_GROUPS", said)
    if of_group in ("CANCELED", "REMOVED", "PENDING_DELETION"):
        faults.add("FIELD_VALUE_NOT_ACTIVE", "campaignGroup", f"value {group.urn} is not active")


def check_room(call: Call, faults: Faults, account: Account, group: Group) -> None:
    """Note an account or a group that is full."""
    ads = ads_of(call.world)
    if len(ads.campaigns_of.get(account.id, ())) >= MAX_IN_ACCOUNT:
        faults.conditional("CONDITIONAL_VALUE_TOO_HIGH", f"An account holds at most {MAX_IN_ACCOUNT} campaigns")
    in_group = len(ads.campaigns_in.get(group.id, ()))
    if group.id != account.default_group and in_group >= MAX_IN_GROUP:
        faults.conditional("CONDITIONAL_VALUE_TOO_HIGH", f"A campaign group holds at most {MAX_IN_GROUP} campaigns")


def check_activation(call: Call, faults: Faults, body: Mapping[str, Any], conversions: list[int]) -> None:
    """Note what an active campaign needs: an audience, and a conversion where it is to bring conversions."""
    if body.get("objectiveType") == "WEBSITE_CONVERSION" and not conversions:
        said = "/Campaign/status cannot be ACTIVE if /Campaign/objectiveType is WEBSITE_CONVERSION without a conversion"
        faults.conditional("CONVERSION_CAMPAIGN_MISSING_ASSOCIATED_CONVERSION", said)
    criteria = body.get("targetingCriteria")
    if criteria is not None and audience.size(call.world.seed, criteria) < audience.SMALLEST:
        faults.add("AUDIENCE_SIZE_TOO_SMALL", "targetingCriteria", f"reaches fewer than {audience.SMALLEST} members")


def check_move(call: Call, campaign: Campaign, faults: Faults, body: Mapping[str, Any]) -> None:
    """Refuse a status that cannot follow, and note dates that cannot be."""
    old, new = serving.status_of(call.world, campaign, call.now), body.get("status")
    moved = body.get("runSchedule", {}).get("start") != campaign.body.get("runSchedule", {}).get("start")
    start = campaign.body.get("runSchedule", {}).get("start")
    passed = start is not None and start <= to_millis(call.now)
    if new is not None and new != campaign.body["status"]:
        if new not in _MOVES.get(old, frozenset()):
            raise coded("STATUS_CHANGE_NOT_ALLOWED", f"Campaign status can't be changed from {old} to {new}")
        if old == "DRAFT" and passed and new in ("ACTIVE", "ARCHIVED", "PAUSED"):
            check_start(call, faults, body)
            return
    if old == "DRAFT":
        if moved:
            check_start(call, faults, body)
    elif moved and passed:
        faults.add("DATE_IMMUTABLE_WHEN_PASSED", "runSchedule/start", f"value {start} has passed")


def check_immutable(campaign: Campaign, faults: Faults, body: Mapping[str, Any]) -> None:
    """Refuse changes of what a campaign keeps for life."""
    before = campaign.body
    if "objectiveType" in before and body.get("objectiveType") != before["objectiveType"]:
        raise coded("IMMUTABLE_CAMPAIGN_OBJECTIVE_TYPE", "Campaign objective type can't be updated once set")
    if (
        before["type"] == "SPONSORED_UPDATES"
        and "associatedEntity" in before
        and body.get("associatedEntity") != before["associatedEntity"]
    ):
        raise coded("IMMUTABLE_ASSOCIATED_ENTITY", "Campaign associated entity can't be updated once set")
    for name in ("account", "type"):
        if body.get(name) != before[name]:
            faults.add("FIELD_NOT_ALLOWED", name, "cannot be changed")
    if body.get("pacingStrategy") != before.get("pacingStrategy"):
        faults.add("FIELD_NOT_ALLOWED", "pacingStrategy", "can be set on creation only")
    if before["status"] != "DRAFT" and "format" in before and body.get("format") != before["format"]:
        faults.add("FIELD_IMMUTABLE_FOR_NON_DRAFT_CAMPAIGNS", "format", "can be changed in DRAFT only")


def completed(call: Call, body: Body) -> Body:
    """Return a new campaign with LinkedIn's defaults."""
    is_message = body["type"] == "SPONSORED_INMAILS" and body.get("objectiveType") == "LEAD_GENERATION"
    old = (call.version or "")[:6] < OPTIMIZED_MESSAGES_SINCE
    full: Body = {
        "audienceExpansionEnabled": False,
        "connectedTelevisionOnly": False,
        "storyDeliveryEnabled": False,
        "creativeSelection": "ROUND_ROBIN" if is_message and old else "OPTIMIZED",
        "optimizationTargetType": "NONE",
        "runSchedule": {"start": to_millis(call.now)},
        **body,
    }
    if full.get("format") == "TEXT":
        full["format"] = "TEXT_AD"
    if full["type"] == "TEXT_AD":
        full.setdefault("format", "TEXT_AD")
    full["runSchedule"].setdefault("start", to_millis(call.now))
    preferences = full.get("offsitePreferences")
    if preferences is not None:
        for name in ("iabCategories", "publisherRestrictionFiles"):
            preferences.setdefault(name, {}).setdefault("exclude", [])
    return full
