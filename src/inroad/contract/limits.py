"""Lengths, sizes and quotas that LinkedIn publishes or that were seen.

Sources: "Rate Limiting", learn.microsoft.com /linkedin/shared/api-guide/concepts/rate-limits; "Query Tunneling",
/linkedin/shared/api-guide/concepts/query-tunneling; "Posts API",
/linkedin/marketing/community-management/shares/posts-api; "Share on LinkedIn",
/linkedin/consumer/integrations/self-serve/share-on-linkedin.
"""

from collections.abc import Mapping
from dataclasses import dataclass

MAX_COMMENTARY = 3_000
"""Characters of a post's text, counted after little text is parsed (that escapes do not count is UNCONFIRMED)."""

MAX_URL_BYTES = 8 * 1024
MAX_QUERY_BYTES = 4 * 1024
MAX_PATH_SEGMENT_BYTES = 4 * 1024
MAX_HEAD_BYTES = 28 * 1024
"""Whole request line and headers, without the body."""

TUNNEL_ABOVE_QUERY_CHARACTERS = 4_000
"""Both official clients tunnel from 4,001 characters of query."""

ACCESS_TOKEN_SECONDS = 60 * 24 * 3600
REFRESH_TOKEN_SECONDS = 365 * 24 * 3600
APPLICATION_TOKEN_SECONDS = 30 * 60
AUTHORIZATION_CODE_SECONDS = 30 * 60
ID_TOKEN_SECONDS = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """Calls per UTC day; None where nothing is published."""

    per_app: int | None
    per_member: int | None


QUOTAS: Mapping[str, Quota] = {
    "self-serve": Quota(per_app=100_000, per_member=150),
    "development": Quota(per_app=500, per_member=100),
    "standard": Quota(per_app=None, per_member=None),
    "off": Quota(per_app=None, per_member=None),
}
"""Tier -> quota of each endpoint. `self-serve` is the product Share on LinkedIn."""

GUIDE_QUOTAS: Mapping[str, Quota] = {
    "me": Quota(per_app=100, per_member=None),
    "ugcPosts": Quota(per_app=50, per_member=None),
    "organizations": Quota(per_app=500, per_member=None),
}
"""The founding tutorial's table, by resource. A preset for trying things out, not what LinkedIn does."""
