"""Everything of advertising that is reached over the API."""

from inroad.sandbox.resources.ads.account_users import RESOURCES as ACCOUNT_USERS
from inroad.sandbox.resources.ads.accounts import RESOURCES as ACCOUNTS
from inroad.sandbox.resources.ads.analytics.routes import RESOURCES as ANALYTICS
from inroad.sandbox.resources.ads.brand_safety import RESOURCES as BRAND_SAFETY
from inroad.sandbox.resources.ads.campaign_groups import RESOURCES as CAMPAIGN_GROUPS
from inroad.sandbox.resources.ads.campaigns import RESOURCES as CAMPAIGNS
from inroad.sandbox.resources.ads.conversion_events import RESOURCES as CONVERSION_EVENTS
from inroad.sandbox.resources.ads.conversions import RESOURCES as CONVERSIONS
from inroad.sandbox.resources.ads.creatives import RESOURCES as CREATIVES
from inroad.sandbox.resources.ads.forecasts import RESOURCES as FORECASTS
from inroad.sandbox.resources.ads.insight_tags import RESOURCES as INSIGHT_TAGS
from inroad.sandbox.resources.ads.legacy import RESOURCES as LEGACY
from inroad.sandbox.resources.ads.library import RESOURCES as LIBRARY
from inroad.sandbox.resources.ads.messages import RESOURCES as MESSAGES
from inroad.sandbox.resources.ads.previews import RESOURCES as PREVIEWS
from inroad.sandbox.resources.ads.segments import RESOURCES as SEGMENTS
from inroad.sandbox.resources.ads.targeting import RESOURCES as TARGETING

RESOURCES = (
    *ACCOUNTS,
    *ACCOUNT_USERS,
    *CAMPAIGN_GROUPS,
    *CAMPAIGNS,
    *CREATIVES,
    *TARGETING,
    *FORECASTS,
    *LIBRARY,
    *PREVIEWS,
    *MESSAGES,
    *BRAND_SAFETY,
    *SEGMENTS,
    *CONVERSIONS,
    *CONVERSION_EVENTS,
    *INSIGHT_TAGS,
    *ANALYTICS,
    *LEGACY,
)
