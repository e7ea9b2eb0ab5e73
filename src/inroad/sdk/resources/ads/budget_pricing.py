"""What to bid and to spend (versioned API).

Source: "Ad Budget Pricing", learn.microsoft.com
/linkedin/marketing/integrations/ads/advertising-targeting/ad-budget-pricing
"""

from typing import Literal, TypeAlias

from inroad.sdk.flow import IO, Flow, Request, Resource, operation
from inroad.sdk.resources.ads.calls import ACCOUNT, Key, urn_of
from inroad.sdk.resources.ads.campaigns import CampaignType, CostType, OptimizationTarget
from inroad.sdk.resources.ads.targeting_criteria import TargetingCriteria, check_criteria, criteria_param
from inroad.sdk.resources.ads.values import Money, given
from inroad.sdk.resources.entity import Elements, Entity, decoder

PricedObjective: TypeAlias = Literal[
    "BRAND_AWARENESS",
    "ENGAGEMENT",
    "LEAD_GENERATION",
    "WEBSITE_VISIT",
    "WEBSITE_CONVERSION",
    "WEBSITE_TRAFFIC",
    "VIDEO_VIEW",
    "JOB_APPLICANT",
    "TALENT_LEAD",
    "CREATIVE_ENGAGEMENT",
]
MatchType: TypeAlias = Literal["EXACT", "AUDIENCE_EXPANDED"]


class MoneyRange(Entity, frozen=True):
    """From one amount to another, and what LinkedIn would set."""

    min: Money | None = None
    max: Money | None = None
    default: Money | None = None


class BudgetPricing(Entity, frozen=True):
    """Bid guidance. Below `bid_limits.min` sponsored updates may deliver poorly; other formats are refused."""

    bid_limits: MoneyRange = MoneyRange()
    suggested_bid: MoneyRange = MoneyRange()
    daily_budget_limits: MoneyRange = MoneyRange()


_PRICING = decoder(Elements[BudgetPricing])


class AdBudgetPricing(Resource[IO]):
    """Bid guidance."""

    @operation
    def find_by_criteria(
        self,
        account: Key,
        *,
        campaign_type: CampaignType,
        objective_type: PricedObjective,
        bid_type: CostType,
        criteria: TargetingCriteria,
        match_type: MatchType | None = None,
        optimization_target: OptimizationTarget | None = None,
        daily_budget: Money | None = None,
    ) -> Flow[BudgetPricing]:
        """Return what to bid and to spend in a day.

        Args:
            account: The account's URN or its number; its currency is used.
            campaign_type: The campaign's type.
            objective_type: Its objective.
            bid_type: What is bid for.
            criteria: Whom it targets.
            match_type: Whether the audience is expanded (UNCONFIRMED).
            optimization_target: Its bidding.
            daily_budget: What is to be spent in a day (UNCONFIRMED).

        Scopes: r_ads or rw_ads.
        """
        check_criteria(criteria)
        params: dict[str, object] = {
            "q": "criteriaV2",
            "account": urn_of(account, ACCOUNT, name="account"),
            "targetingCriteria": criteria_param(criteria),
            **given(
                campaignType=campaign_type,
                objectiveType=objective_type,
                bidType=bid_type,
                matchType=match_type,
                optimizationTargetType=optimization_target,
                dailyBudget=daily_budget,
            ),
        }
        response = yield Request("GET", "/rest/adBudgetPricing", params, restli_method="FINDER")
        elements = response.decode(_PRICING).elements
        if not elements:
            raise response.unexpected("the answer holds no pricing")
        return elements[0]
