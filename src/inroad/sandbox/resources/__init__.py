"""LinkedIn's resources, each in a folder: routes, schema, rules, state."""

from inroad.sandbox.resource import Resource
from inroad.sandbox.resources.ads.routes import RESOURCES as ADS
from inroad.sandbox.resources.applications.routes import RESOURCES as APPLICATIONS
from inroad.sandbox.resources.assets.routes import RESOURCES as ASSETS
from inroad.sandbox.resources.brand_page_statistics.routes import RESOURCES as BRAND_PAGE_STATISTICS
from inroad.sandbox.resources.comments.routes import RESOURCES as COMMENTS
from inroad.sandbox.resources.company_search.routes import RESOURCES as COMPANY_SEARCH
from inroad.sandbox.resources.developer_webhooks.routes import RESOURCES as DEVELOPER_WEBHOOKS
from inroad.sandbox.resources.documents.routes import RESOURCES as DOCUMENTS
from inroad.sandbox.resources.event_subscriptions.routes import RESOURCES as EVENT_SUBSCRIPTIONS
from inroad.sandbox.resources.events.routes import RESOURCES as EVENTS
from inroad.sandbox.resources.images.routes import RESOURCES as IMAGES
from inroad.sandbox.resources.jobs.reports import RESOURCES as JOB_REPORTS
from inroad.sandbox.resources.jobs.routes import RESOURCES as JOBS
from inroad.sandbox.resources.leads.routes import RESOURCES as LEADS
from inroad.sandbox.resources.likes.routes import RESOURCES as LIKES
from inroad.sandbox.resources.member_creator_post_analytics.routes import RESOURCES as MEMBER_CREATOR_POST_ANALYTICS
from inroad.sandbox.resources.member_creator_video_analytics.routes import RESOURCES as MEMBER_CREATOR_VIDEO_ANALYTICS
from inroad.sandbox.resources.member_followers_count.routes import RESOURCES as MEMBER_FOLLOWERS_COUNT
from inroad.sandbox.resources.messages.routes import RESOURCES as MESSAGES
from inroad.sandbox.resources.organization_acls.routes import RESOURCES as ORGANIZATION_ACLS
from inroad.sandbox.resources.organization_authorizations.routes import RESOURCES as ORGANIZATION_AUTHORIZATIONS
from inroad.sandbox.resources.organization_brands.routes import RESOURCES as ORGANIZATION_BRANDS
from inroad.sandbox.resources.organizational_entity_notifications.routes import (
    RESOURCES as ORGANIZATIONAL_ENTITY_NOTIFICATIONS,
)
from inroad.sandbox.resources.organizations.routes import RESOURCES as ORGANIZATIONS
from inroad.sandbox.resources.page_statistics.routes import RESOURCES as PAGE_STATISTICS
from inroad.sandbox.resources.partner_only.routes import RESOURCES as PARTNER_ONLY
from inroad.sandbox.resources.people_typeahead.routes import RESOURCES as PEOPLE_TYPEAHEAD
from inroad.sandbox.resources.portability.routes import RESOURCES as PORTABILITY
from inroad.sandbox.resources.posts.routes import RESOURCES as POSTS
from inroad.sandbox.resources.profile.routes import RESOURCES as PROFILE
from inroad.sandbox.resources.provisioning.routes import RESOURCES as PROVISIONING
from inroad.sandbox.resources.reactions.routes import RESOURCES as REACTIONS
from inroad.sandbox.resources.share_statistics.routes import RESOURCES as SHARE_STATISTICS
from inroad.sandbox.resources.shares.routes import RESOURCES as SHARES
from inroad.sandbox.resources.social_metadata.routes import RESOURCES as SOCIAL_METADATA
from inroad.sandbox.resources.stages.routes import RESOURCES as STAGES
from inroad.sandbox.resources.statistics.routes import RESOURCES as STATISTICS
from inroad.sandbox.resources.ugc_posts.routes import RESOURCES as UGC_POSTS
from inroad.sandbox.resources.vanity_url.routes import RESOURCES as VANITY_URL
from inroad.sandbox.resources.verification.routes import RESOURCES as VERIFICATION
from inroad.sandbox.resources.video_analytics.routes import RESOURCES as VIDEO_ANALYTICS
from inroad.sandbox.resources.videos.routes import RESOURCES as VIDEOS

RESOURCES: tuple[Resource, ...] = (
    *POSTS,
    *UGC_POSTS,
    *IMAGES,
    *VIDEOS,
    *DOCUMENTS,
    *ASSETS,
    *PROFILE,
    *ORGANIZATIONS,
    *ORGANIZATION_ACLS,
    *STATISTICS,
    *COMMENTS,
    *LIKES,
    *REACTIONS,
    *SOCIAL_METADATA,
    *BRAND_PAGE_STATISTICS,
    *EVENT_SUBSCRIPTIONS,
    *EVENTS,
    *COMPANY_SEARCH,
    *MEMBER_CREATOR_POST_ANALYTICS,
    *MEMBER_CREATOR_VIDEO_ANALYTICS,
    *MEMBER_FOLLOWERS_COUNT,
    *ORGANIZATION_AUTHORIZATIONS,
    *ORGANIZATION_BRANDS,
    *ORGANIZATIONAL_ENTITY_NOTIFICATIONS,
    *PAGE_STATISTICS,
    *PEOPLE_TYPEAHEAD,
    *SHARE_STATISTICS,
    *SHARES,
    *VANITY_URL,
    *VIDEO_ANALYTICS,
    *ADS,
    *LEADS,
    *PROVISIONING,
    *JOBS,
    *JOB_REPORTS,
    *APPLICATIONS,
    *DEVELOPER_WEBHOOKS,
    *MESSAGES,
    *VERIFICATION,
    *PORTABILITY,
    *PARTNER_ONLY,
    *STAGES,
)
"""Everything that is modelled. What is not listed here answers 501 where LinkedIn has it, 404 elsewhere."""
