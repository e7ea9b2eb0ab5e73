"""LinkedIn's resources, each in a folder: routes, schema, rules, state."""

from inroad.sandbox.resource import Resource
from inroad.sandbox.resources.assets.routes import RESOURCES as ASSETS
from inroad.sandbox.resources.comments.routes import RESOURCES as COMMENTS
from inroad.sandbox.resources.documents.routes import RESOURCES as DOCUMENTS
from inroad.sandbox.resources.images.routes import RESOURCES as IMAGES
from inroad.sandbox.resources.likes.routes import RESOURCES as LIKES
from inroad.sandbox.resources.organization_acls.routes import RESOURCES as ORGANIZATION_ACLS
from inroad.sandbox.resources.organizations.routes import RESOURCES as ORGANIZATIONS
from inroad.sandbox.resources.posts.routes import RESOURCES as POSTS
from inroad.sandbox.resources.profile.routes import RESOURCES as PROFILE
from inroad.sandbox.resources.reactions.routes import RESOURCES as REACTIONS
from inroad.sandbox.resources.social_metadata.routes import RESOURCES as SOCIAL_METADATA
from inroad.sandbox.resources.statistics.routes import RESOURCES as STATISTICS
from inroad.sandbox.resources.ugc_posts.routes import RESOURCES as UGC_POSTS
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
)
"""Everything that is modelled. What is not listed here answers 501 where LinkedIn has it, 404 elsewhere."""
