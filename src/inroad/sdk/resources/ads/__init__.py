"""Advertising: accounts, campaigns, creatives, audiences, conversions and what they brought (versioned API)."""

from typing import TYPE_CHECKING

from inroad.sdk.flow import IO, Group

if TYPE_CHECKING:
    from inroad.sdk.resources.ads.account_users import AdAccountUsers
    from inroad.sdk.resources.ads.accounts import AdAccounts
    from inroad.sdk.resources.ads.analytics import AdAnalytics
    from inroad.sdk.resources.ads.audience_counts import AudienceCounts
    from inroad.sdk.resources.ads.budget_pricing import AdBudgetPricing
    from inroad.sdk.resources.ads.campaign_conversions import CampaignConversions
    from inroad.sdk.resources.ads.campaign_groups import AdCampaignGroups
    from inroad.sdk.resources.ads.campaigns import AdCampaigns
    from inroad.sdk.resources.ads.conversation_ads import ConversationAds
    from inroad.sdk.resources.ads.conversion_events import ConversionEvents
    from inroad.sdk.resources.ads.conversions import Conversions
    from inroad.sdk.resources.ads.creatives import Creatives
    from inroad.sdk.resources.ads.dmp_segments import DmpSegments
    from inroad.sdk.resources.ads.in_mail_contents import InMailContents
    from inroad.sdk.resources.ads.insight_tags import InsightTags
    from inroad.sdk.resources.ads.library import AdLibrary
    from inroad.sdk.resources.ads.previews import AdPreviews
    from inroad.sdk.resources.ads.publisher_restrictions import AdPublisherRestrictions
    from inroad.sdk.resources.ads.supply_forecasts import AdSupplyForecasts
    from inroad.sdk.resources.ads.target_templates import AdTargetTemplates
    from inroad.sdk.resources.ads.targeting_entities import AdTargetingEntities
    from inroad.sdk.resources.ads.targeting_facets import AdTargetingFacets
    from inroad.sdk.resources.ads.tracking_parameters import AdTrackingParameters


class Ads(Group[IO], home="inroad.sdk.resources.ads"):
    """Advertising (versioned API). A resource is loaded when it is first asked for."""

    account_users: "AdAccountUsers[IO]"
    accounts: "AdAccounts[IO]"
    analytics: "AdAnalytics[IO]"
    audience_counts: "AudienceCounts[IO]"
    budget_pricing: "AdBudgetPricing[IO]"
    campaign_conversions: "CampaignConversions[IO]"
    campaign_groups: "AdCampaignGroups[IO]"
    campaigns: "AdCampaigns[IO]"
    conversation_ads: "ConversationAds[IO]"
    conversion_events: "ConversionEvents[IO]"
    conversions: "Conversions[IO]"
    creatives: "Creatives[IO]"
    dmp_segments: "DmpSegments[IO]"
    in_mail_contents: "InMailContents[IO]"
    insight_tags: "InsightTags[IO]"
    library: "AdLibrary[IO]"
    previews: "AdPreviews[IO]"
    publisher_restrictions: "AdPublisherRestrictions[IO]"
    supply_forecasts: "AdSupplyForecasts[IO]"
    target_templates: "AdTargetTemplates[IO]"
    targeting_entities: "AdTargetingEntities[IO]"
    targeting_facets: "AdTargetingFacets[IO]"
    tracking_parameters: "AdTrackingParameters[IO]"
