"""Roles of members on organizations' pages, and what they allow."""

from typing import Final

POSTING_ROLES: Final = (
    "ADMINISTRATOR",
    "CONTENT_ADMINISTRATOR",
    "CONTENT_ADMIN",
    "DIRECT_SPONSORED_CONTENT_POSTER",
)
"""Roles that may post for an organization, strongest first.

One role has two names: "Posts API" (learn.microsoft.com /linkedin/marketing/community-management/shares/posts-api)
writes CONTENT_ADMIN, "Organization Access Control by Role"
(/linkedin/marketing/community-management/organizations/organization-access-control-by-role) CONTENT_ADMINISTRATOR.
"""
