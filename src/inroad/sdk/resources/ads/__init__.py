"""Advertising: accounts, campaigns, creatives, audiences, conversions and what they brought (versioned API).

Each resource is loaded when it is first asked for: there are many, and most programs use none or few of them.
"""
# ruff: noqa: PLC0415

from functools import cached_property
from typing import TYPE_CHECKING

from inroad.sdk.flow import IO, Resource

if TYPE_CHECKING:
    from inroad.sdk.resources.ads.ad_account_users import AdAccountUsers
    from inroad.sdk.resources.ads.ad_accounts import AdAccounts
    from inroad.sdk.resources.ads.ad_analytics import AdAnalytics
    from inroad.sdk.resources.ads.ad_campaign_groups import AdCampaignGroups
    from inroad.sdk.resources.ads.ad_campaigns import AdCampaigns
    from inroad.sdk.resources.ads.ad_library import AdLibrary
    from inroad.sdk.resources.ads.ad_previews import AdPreviews
    from inroad.sdk.resources.ads.ad_publisher_restrictions import AdPublisherRestrictions
    from inroad.sdk.resources.ads.ad_tracking_parameters import AdTracking
    from inroad.sdk.resources.ads.conversation_ads import ConversationAds
    from inroad.sdk.resources.ads.conversion_events import ConversionEvents
    from inroad.sdk.resources.ads.conversions import CampaignConversions, Conversions
    from inroad.sdk.resources.ads.creatives import Creatives
    from inroad.sdk.resources.ads.dmp_segments import DmpSegments
    from inroad.sdk.resources.ads.in_mail_contents import InMailContents
    from inroad.sdk.resources.ads.insight_tags import InsightTags
    from inroad.sdk.resources.ads.pricing import AdBudgetPricing, AdSupplyForecasts
    from inroad.sdk.resources.ads.targeting import (
        AdTargetingEntities,
        AdTargetingFacets,
        AdTargetTemplates,
        AudienceCounts,
    )


class Ads(Resource[IO]):
    """Advertising (versioned API)."""

    @cached_property
    def accounts(self) -> "AdAccounts[IO]":
        """Ad accounts."""
        from inroad.sdk.resources.ads.ad_accounts import AdAccounts

        return AdAccounts(self.driver)

    @cached_property
    def account_users(self) -> "AdAccountUsers[IO]":
        """Who may do what on an ad account."""
        from inroad.sdk.resources.ads.ad_account_users import AdAccountUsers

        return AdAccountUsers(self.driver)

    @cached_property
    def analytics(self) -> "AdAnalytics[IO]":
        """What ads brought."""
        from inroad.sdk.resources.ads.ad_analytics import AdAnalytics

        return AdAnalytics(self.driver)

    @cached_property
    def audience_counts(self) -> "AudienceCounts[IO]":
        """How many members fit targeting criteria."""
        from inroad.sdk.resources.ads.targeting import AudienceCounts

        return AudienceCounts(self.driver)

    @cached_property
    def budget_pricing(self) -> "AdBudgetPricing[IO]":
        """Bid guidance."""
        from inroad.sdk.resources.ads.pricing import AdBudgetPricing

        return AdBudgetPricing(self.driver)

    @cached_property
    def campaign_conversions(self) -> "CampaignConversions[IO]":
        """Which campaigns count which conversion rules."""
        from inroad.sdk.resources.ads.conversions import CampaignConversions

        return CampaignConversions(self.driver)

    @cached_property
    def campaign_groups(self) -> "AdCampaignGroups[IO]":
        """Campaign groups."""
        from inroad.sdk.resources.ads.ad_campaign_groups import AdCampaignGroups

        return AdCampaignGroups(self.driver)

    @cached_property
    def campaigns(self) -> "AdCampaigns[IO]":
        """Campaigns."""
        from inroad.sdk.resources.ads.ad_campaigns import AdCampaigns

        return AdCampaigns(self.driver)

    @cached_property
    def conversation_ads(self) -> "ConversationAds[IO]":
        """Conversation ads: trees of messages and replies."""
        from inroad.sdk.resources.ads.conversation_ads import ConversationAds

        return ConversationAds(self.driver)

    @cached_property
    def conversion_events(self) -> "ConversionEvents[IO]":
        """Conversion events: what happened outside LinkedIn."""
        from inroad.sdk.resources.ads.conversion_events import ConversionEvents

        return ConversionEvents(self.driver)

    @cached_property
    def conversions(self) -> "Conversions[IO]":
        """Conversion rules."""
        from inroad.sdk.resources.ads.conversions import Conversions

        return Conversions(self.driver)

    @cached_property
    def creatives(self) -> "Creatives[IO]":
        """Creatives: what of a campaign is shown."""
        from inroad.sdk.resources.ads.creatives import Creatives

        return Creatives(self.driver)

    @cached_property
    def dmp_segments(self) -> "DmpSegments[IO]":
        """Matched audiences."""
        from inroad.sdk.resources.ads.dmp_segments import DmpSegments

        return DmpSegments(self.driver)

    @cached_property
    def in_mail_contents(self) -> "InMailContents[IO]":
        """The texts of message ads."""
        from inroad.sdk.resources.ads.in_mail_contents import InMailContents

        return InMailContents(self.driver)

    @cached_property
    def insight_tags(self) -> "InsightTags[IO]":
        """Insight tags, their domains, and who may use them."""
        from inroad.sdk.resources.ads.insight_tags import InsightTags

        return InsightTags(self.driver)

    @cached_property
    def library(self) -> "AdLibrary[IO]":
        """Ads that anybody has run."""
        from inroad.sdk.resources.ads.ad_library import AdLibrary

        return AdLibrary(self.driver)

    @cached_property
    def previews(self) -> "AdPreviews[IO]":
        """How a creative looks."""
        from inroad.sdk.resources.ads.ad_previews import AdPreviews

        return AdPreviews(self.driver)

    @cached_property
    def publisher_restrictions(self) -> "AdPublisherRestrictions[IO]":
        """Where in the Audience Network ads must not run."""
        from inroad.sdk.resources.ads.ad_publisher_restrictions import AdPublisherRestrictions

        return AdPublisherRestrictions(self.driver)

    @cached_property
    def supply_forecasts(self) -> "AdSupplyForecasts[IO]":
        """What a campaign can be expected to bring."""
        from inroad.sdk.resources.ads.pricing import AdSupplyForecasts

        return AdSupplyForecasts(self.driver)

    @cached_property
    def target_templates(self) -> "AdTargetTemplates[IO]":
        """Targeting criteria kept under a name."""
        from inroad.sdk.resources.ads.targeting import AdTargetTemplates

        return AdTargetTemplates(self.driver)

    @cached_property
    def targeting_entities(self) -> "AdTargetingEntities[IO]":
        """What of a facet can be targeted."""
        from inroad.sdk.resources.ads.targeting import AdTargetingEntities

        return AdTargetingEntities(self.driver)

    @cached_property
    def targeting_facets(self) -> "AdTargetingFacets[IO]":
        """What members can be told apart by."""
        from inroad.sdk.resources.ads.targeting import AdTargetingFacets

        return AdTargetingFacets(self.driver)

    @cached_property
    def tracking(self) -> "AdTracking[IO]":
        """What is added to the addresses of links."""
        from inroad.sdk.resources.ads.ad_tracking_parameters import AdTracking

        return AdTracking(self.driver)
