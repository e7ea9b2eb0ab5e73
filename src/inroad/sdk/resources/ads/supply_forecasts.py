"""What a campaign can be expected to bring (versioned API).

Source: "Ad Supply Forecasts", learn.microsoft.com
/linkedin/marketing/integrations/ads/advertising-targeting/ad-supply-forecasts
"""

from datetime import datetime
from decimal import Decimal

from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Flow, Request, Resource, operation
from inroad.sdk.resources.ads.budget_pricing import PricedObjective
from inroad.sdk.resources.ads.calls import ACCOUNT, Key, urn_of
from inroad.sdk.resources.ads.campaigns import CampaignType, CostType, OptimizationTarget
from inroad.sdk.resources.ads.targeting_criteria import TargetingCriteria, check_criteria, criteria_param
from inroad.sdk.resources.ads.values import Money, given, to_wire
from inroad.sdk.resources.entity import Elements, Entity, Millis, decoder
from inroad.sdk.resources.interval import time_range


class ForecastRange(Entity, frozen=True):
    """From one number to another, exact."""

    low_end: Decimal
    high_end: Decimal


class ForecastPoint(Entity, frozen=True):
    """What is expected, from an instant on where there are several."""

    ad_forecast_range: ForecastRange
    timestamp: Millis | None = None


class SupplyForecast(Entity, frozen=True):
    """What is expected of one metric. Rates are per million. `granularity` CUSTOM is the whole range."""

    metric_type: str
    granularity: str
    time_series: tuple[ForecastPoint, ...] = ()


_FORECASTS = decoder(Elements[SupplyForecast])


class AdSupplyForecasts(Resource[IO]):
    """What a campaign can be expected to bring."""

    @operation
    def find_by_criteria(
        self,
        account: Key,
        *,
        campaign_type: CampaignType,
        objective_type: PricedObjective,
        start: datetime,
        end: datetime,
        criteria: TargetingCriteria,
        daily_budget: Money | None = None,
        total_budget: Money | None = None,
        optimization_target: OptimizationTarget | None = None,
        bid_type: CostType | None = None,
        bid: Money | None = None,
        is_audience_expanded: bool | None = None,
        is_on_audience_network: bool | None = None,
    ) -> Flow[list[SupplyForecast]]:
        """Return what a campaign can be expected to bring, by metric and granularity.

        Args:
            account: The account's URN or its number.
            campaign_type: The campaign's type.
            objective_type: Its objective. The page calls it optional; without it LinkedIn was seen to refuse.
            start: The first instant.
            end: The instant after the last.
            criteria: Whom it targets.
            daily_budget: What may be spent in a day; this or `total_budget`.
            total_budget: What may be spent in all.
            optimization_target: Its bidding; with a target cost send no bid (UNCONFIRMED).
            bid_type: What is bid for; with `bid`.
            bid: The bid; with `bid_type`.
            is_audience_expanded: Whether the audience is expanded.
            is_on_audience_network: Whether the Audience Network shows it.

        Raises:
            InvalidArgument: there is no budget, half a bid, or no time between start and end.
            Unprocessable: the objective is not supported for the campaign type.

        Scopes: r_ads or rw_ads.
        """
        check_criteria(criteria)
        if daily_budget is None and total_budget is None:
            raise InvalidArgument("a forecast needs a daily_budget or a total_budget")
        if (bid is None) != (bid_type is None):
            raise InvalidArgument("bid and bid_type belong together")
        competing = None if bid is None else {"bidType": bid_type, "bidPrice": bid}
        params: dict[str, object] = {
            "q": "criteriaV2",
            "account": urn_of(account, ACCOUNT, name="account"),
            "timeRange": time_range(start, end),
            "targetingCriteria": criteria_param(criteria),
            **given(
                campaignType=campaign_type,
                objectiveType=objective_type,
                dailyBudget=daily_budget,
                totalBudget=total_budget,
                optimizationTarget=optimization_target,
                competingBid=to_wire(competing),
                enableAudienceExpansion=is_audience_expanded,
                enableAudienceNetwork=is_on_audience_network,
            ),
        }
        response = yield Request("GET", "/rest/adSupplyForecasts", params, restli_method="FINDER")
        return response.decode(_FORECASTS).elements
