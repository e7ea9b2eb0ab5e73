"""What advertising would cost and bring: `adBudgetPricing`, `adSupplyForecasts`.

Sources: "Ad Budget Pricing", learn.microsoft.com /linkedin/marketing/integrations/ads-reporting/ad-budget-pricing;
"Ad Supply Forecasts", /linkedin/marketing/integrations/ads/advertising-targeting/ad-supply-forecasts
"""

from typing import Any, Final

from inroad.sandbox.answers import missing_parameter, sentence
from inroad.sandbox.call import Answer, Call
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.ads import audience, params
from inroad.sandbox.resources.ads.access import READ, account_of
from inroad.sandbox.resources.ads.facts import chance
from inroad.sandbox.resources.ads.money import DOLLARS, written
from inroad.sandbox.resources.ads.schema import CAMPAIGN_TYPES, OBJECTIVES, TARGET_TYPES
from inroad.sandbox.resources.ads.state import Account

PRICING: Final = "learn.microsoft.com /linkedin/marketing/integrations/ads-reporting/ad-budget-pricing"
SUPPLY: Final = "learn.microsoft.com /linkedin/marketing/integrations/ads/advertising-targeting/ad-supply-forecasts"
PRICED_OBJECTIVES: Final = frozenset({*OBJECTIVES, "WEBSITE_TRAFFIC", "CREATIVE_ENGAGEMENT"})
_DAY_MS: Final = 86_400_000
_OVERSPEND: Final = 1.2
_PER_CLICK: Final = 0.34
_PER_VIEW: Final = 0.006


def _account(call: Call) -> Account:
    number = params.number_of(call, "account", "sponsoredAccount")
    if number is None:
        raise missing_parameter("account")
    return account_of(call, number)


def _criteria(call: Call) -> audience.Criteria:
    criteria = audience.from_param(call)
    if not any(True for _ in audience.included(criteria)):
        raise params.invalid("targetingCriteria")
    return criteria


def _price(call: Call, account: Account, criteria: audience.Criteria) -> float:
    """Return what a thousand impressions cost this audience, in the account's currency."""
    values = [v for facets in audience.included(criteria) for v in facets]
    return (11 + 22 * chance(call.world.seed, "cpm", *sorted(values))) / DOLLARS.get(account.currency, 1.0)


def _pricing(call: Call) -> Answer:
    account = _account(call)
    for name, symbols in (
        ("campaignType", CAMPAIGN_TYPES),
        ("objectiveType", PRICED_OBJECTIVES),
        ("optimizationTargetType", TARGET_TYPES),
        ("matchType", ("EXACT", "AUDIENCE_EXPANDED")),  # UNCONFIRMED symbols
    ):
        params.symbol(call, name, symbols)
    bid = params.symbol(call, "bidType", ("CPM", "CPC", "CPV"))
    if bid is None:
        raise missing_parameter("bidType")
    params.money(call, "dailyBudget")
    price = _price(call, account, _criteria(call)) * {"CPM": 1.0, "CPC": _PER_CLICK, "CPV": _PER_VIEW}[bid]
    rate = DOLLARS.get(account.currency, 1.0)

    def money(amount: float) -> dict[str, str]:
        return written(amount, account.currency)

    element = {
        "bidLimits": {"min": money(max(0.01, price * 0.3)), "max": money(price * 9)},
        "suggestedBid": {"default": money(price), "min": money(price * 0.84), "max": money(price * 1.37)},
        "dailyBudgetLimits": {"default": money(54 / rate), "min": money(10 / rate), "max": money(27_000 / rate)},
    }
    return Answer(body={"elements": [element], "paging": {"start": 0, "count": 10, "links": []}})


def _supply(call: Call) -> Answer:
    account, criteria = _account(call), _criteria(call)
    if params.symbol(call, "campaignType", CAMPAIGN_TYPES) is None:
        raise missing_parameter("campaignType")
    if params.symbol(call, "objectiveType", PRICED_OBJECTIVES) is None and call.switches.is_on(
        "forecasts.require_objective"
    ):
        raise sentence(422, "The objective type is not supported")
    span = params.time_range(call, "timeRange")
    if span is None or span[0] is None or span[1] is None or span[0] >= span[1]:
        raise params.invalid("timeRange")
    daily, total = params.money(call, "dailyBudget"), params.money(call, "totalBudget")
    if daily is None and total is None:
        raise sentence(400, "Either dailyBudget or totalBudget must be specified")
    for money in (daily, total):
        if money is not None and money[1] != account.currency:
            raise sentence(400, f"Currency {money[1]} does not match the account's currency {account.currency}")
    days = max(1.0, (span[1] - span[0]).total_seconds() * 1000 / _DAY_MS)
    spending = min(daily[0] * days * _OVERSPEND if daily else float("inf"), total[0] if total else float("inf"))
    return Answer(
        body={
            "elements": list(_series(call, account, criteria, spending, days)),
            "paging": {"start": 0, "count": 10, "links": []},
        }
    )


def _series(
    call: Call, account: Account, criteria: audience.Criteria, spending: float, days: float
) -> list[dict[str, Any]]:
    size = audience.size(call.world.seed, criteria)
    price = _price(call, account, criteria)
    impressions = min(spending / price * 1000, size * 0.8 * days)
    spent = impressions * price / 1000
    clicks = impressions * (0.004 + 0.006 * chance(call.world.seed, "ctr", account.id))
    per_million = clicks / impressions * 1_000_000 if impressions else 0.0

    def row(kind: str, amount: float, granularity: str = "CUSTOM", *, whole: bool = True) -> dict[str, Any]:
        low, high = amount * 0.78, amount * 1.2
        ends = {"lowEnd": str(round(low)), "highEnd": str(round(high))}
        if not whole:
            ends = {"lowEnd": str(round(low, 1)), "highEnd": str(round(high, 1))}
        return {"metricType": kind, "granularity": granularity, "timeSeries": [{"adForecastRange": ends}]}

    rows = [
        row("IMPRESSION", impressions),
        row("CLICK", clicks),
        row("SPENDING", spent / _OVERSPEND, whole=False),
        row("MAX_POTENTIAL_BUDGET", size * 0.8 * days * price / 1000, whole=False),
        row("COST_PER_MILLION_IMPRESSIONS", price * 1000, whole=False),
        row("CLICK_PER_MILLION_IMPRESSIONS", per_million, whole=False),
    ]
    for granularity, length in (("DAILY", 1), ("SEVEN_DAY", 7), ("THIRTY_DAY", 30)):
        share = min(1.0, length / days)
        rows.append(row("IMPRESSION", impressions * share, granularity))
        rows.append(row("SPENDING", spent / _OVERSPEND * share, granularity, whole=False))
    return rows


RESOURCES: Final = (
    Resource(
        path="adBudgetPricing",
        bases=frozenset({"rest"}),
        permission="partnerApiAdBudgetPricing",
        key="number",
        methods=(
            Method(
                name="FINDER-criteriaV2",
                handler=_pricing,
                scopes=READ,
                params={
                    "account": "required",
                    "bidType": "required",
                    "targetingCriteria": "required",
                    "campaignType": "optional",
                    "objectiveType": "optional",
                    "matchType": "optional",
                    "optimizationTargetType": "optional",
                    "dailyBudget": "optional",
                },
                source=PRICING,
            ),
        ),
    ),
    Resource(
        path="adSupplyForecasts",
        bases=frozenset({"rest"}),
        permission="partnerApiAdSupplyForecasts",
        key="number",
        methods=(
            Method(
                name="FINDER-criteriaV2",
                handler=_supply,
                scopes=READ,
                params={
                    "account": "required",
                    "campaignType": "required",
                    "timeRange": "required",
                    "targetingCriteria": "required",
                    "dailyBudget": "optional",
                    "totalBudget": "optional",
                    "objectiveType": "optional",
                    "optimizationTarget": "optional",
                    "competingBid": "optional",
                    "enableAudienceExpansion": "optional",
                    "enableAudienceNetwork": "optional",
                },
                source=SUPPLY,
            ),
        ),
    ),
)
