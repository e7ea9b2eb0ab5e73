"""Products of LinkedIn's developer portal and the scopes that come with them.

Sources: "Getting Access", learn.microsoft.com /linkedin/shared/authentication/getting-access; "Increasing Access",
/linkedin/marketing/increasing-access; consent addresses of approved apps where LinkedIn publishes no list.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

LEGACY_SIGN_IN_CLOSED = date(2023, 8, 1)
"""From this day new apps could no longer get `r_liteprofile` and `r_emailaddress`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """One product: what it grants and how it is had."""

    name: str
    scopes: frozenset[str]
    self_service: bool
    source: str
    closed_since: date | None = None
    confirmed: bool = True  # False: the scope list is read from third parties


def _product(
    name: str,
    scopes: str,
    source: str,
    *,
    self_service: bool = False,
    closed_since: date | None = None,
    confirmed: bool = True,
) -> Product:
    return Product(
        name=name,
        scopes=frozenset(scopes.split()),
        self_service=self_service,
        source=source,
        closed_since=closed_since,
        confirmed=confirmed,
    )


_ALL = (
    _product(
        "Sign In with LinkedIn using OpenID Connect",
        "openid profile email",
        "/linkedin/consumer/integrations/self-serve/sign-in-with-linkedin-v2",
        self_service=True,
    ),
    _product(
        "Share on LinkedIn",
        "w_member_social",
        "/linkedin/consumer/integrations/self-serve/share-on-linkedin",
        self_service=True,
    ),
    _product(
        "Sign In with LinkedIn",
        "r_liteprofile r_emailaddress",
        "/linkedin/consumer/integrations/self-serve/sign-in-with-linkedin",
        self_service=True,
        closed_since=LEGACY_SIGN_IN_CLOSED,
    ),
    _product(
        "Advertising API",
        "r_ads rw_ads r_ads_reporting r_basicprofile r_1st_connections_size r_organization_admin "
        "rw_organization_admin r_organization_social w_organization_social w_member_social",
        "/linkedin/marketing/increasing-access",
    ),
    _product(
        "Community Management API",
        "r_basicprofile rw_organization_admin r_organization_admin r_organization_social w_organization_social "
        "w_member_social r_organization_social_feed w_organization_social_feed w_member_social_feed "
        "r_member_social_feed r_organization_followers r_1st_connections_size r_member_postAnalytics "
        "r_member_profileAnalytics",
        "/linkedin/marketing/community-management/community-management-overview",
        confirmed=False,
    ),
    _product(
        "Lead Sync API",
        "r_marketing_leadgen_automation r_ads r_organization_admin rw_organization_admin",
        "/linkedin/marketing/lead-sync/leadsync",
    ),
    _product(
        "Conversions API",
        "rw_conversions r_ads",
        "/linkedin/marketing/conversions/conversions-overview",
        confirmed=False,
    ),
    _product("Events Management API", "r_events rw_events", "/linkedin/marketing/integrations/recent-changes"),
    _product("Matched Audiences", "rw_dmp_segments", "/linkedin/marketing/matched-audiences/matched-audiences"),
    _product(
        "Verified on LinkedIn",
        "r_profile_basicinfo r_verify r_verify_details r_primary_current_experience r_most_recent_education",
        "/linkedin/consumer/integrations/verified-on-linkedin/overview",
    ),
    _product(
        "Member Data Portability API",
        "r_dma_portability_self_serve r_dma_portability_member r_dma_portability_3rd_party",
        "/linkedin/dma/member-data-portability/",
        confirmed=False,
    ),
    # Partner programmes, whose application tokens carry no scopes: the product alone opens their resources.
    _product("Job Posting API", "", "/linkedin/talent/job-postings"),
    _product("Apply Connect", "", "/linkedin/talent/apply-connect"),
    _product("Pay for Performance Jobs", "", "/linkedin/talent/job-postings", confirmed=False),
    _product("Recruiter System Connect", "", "/linkedin/talent/recruiter-system-connect"),
    _product("Verified on LinkedIn Plus", "", "/linkedin/consumer/integrations/verified-on-linkedin/overview"),
    _product("Pages Data Portability API", "", "/linkedin/dma", confirmed=False),
    _product("Compliance", "r_compliance w_compliance", "/linkedin/compliance"),
    _product("Messaging (partner)", "w_messages", "/linkedin/shared/integrations/communications/messages"),
    _product("Full Profile (legacy)", "r_fullprofile", "/linkedin/shared/references/v2/profile/full-profile"),
    _product(
        "Reading member posts (closed)",
        "r_member_social",
        "/linkedin/marketing/community-management/shares/posts-api",
    ),
)

PRODUCTS: Mapping[str, Product] = {p.name: p for p in _ALL}
"""Portal name -> product."""

SCOPES: Mapping[str, str] = {
    "openid": "Know who you are on LinkedIn",
    "profile": "Use your name and photo",
    "email": "Use the primary e-mail address of your account",
    "r_liteprofile": "Use your name and photo",
    "r_emailaddress": "Use the primary e-mail address of your account",
    "r_basicprofile": "Use your basic profile: name, photo, headline and public profile address",
    "r_fullprofile": "Use your full profile",
    "w_member_social": "Create, change and delete posts on your behalf",
    "r_member_social": "Read the posts that you published",
    "w_member_social_feed": "Comment and react on your behalf",
    "r_member_social_feed": "Read comments and reactions on your posts",
    "w_organization_social": "Create, change and delete posts for pages that you manage",
    "r_organization_social": "Read posts of pages that you manage",
    "w_organization_social_feed": "Comment and react for pages that you manage",
    "r_organization_social_feed": "Read comments and reactions on posts of pages that you manage",
    "rw_organization_admin": "Manage pages that you administer and read their reports",
    "r_organization_admin": "Read pages that you administer and their reports",
    "r_organization_followers": "Find followers of your pages to mention them",
    "r_1st_connections_size": "Know how many connections you have",
    "r_1st_connections": "Read your list of connections",
    "r_member_postAnalytics": "Read the analytics of your posts",
    "r_member_profileAnalytics": "Read how many people follow you",
    "r_ads": "Read your advertising accounts",
    "rw_ads": "Manage your advertising accounts",
    "r_ads_reporting": "Read the reports of your advertising accounts",
    "r_marketing_leadgen_automation": "Read your lead forms and their leads",
    "rw_conversions": "Send conversions of your advertising",
    "r_events": "Read your events",
    "rw_events": "Manage your events",
    "rw_dmp_segments": "Manage your matched audiences",
    "r_profile_basicinfo": "Use your name, photo and profile address",
    "r_verify": "Know which of your details are verified",
    "r_verify_details": "Know the details of your verifications",
    "r_primary_current_experience": "Use your current position",
    "r_most_recent_education": "Use your latest education",
    "r_dma_portability_self_serve": "Export your own LinkedIn data",
    "r_dma_portability_member": "Export your own LinkedIn data",
    "r_dma_portability_3rd_party": "Export your LinkedIn data to this app",
    "r_compliance": "Archive your LinkedIn activity for your employer",
    "w_compliance": "Manage your LinkedIn activity for your employer",
    "w_messages": "Send messages on your behalf",
}
"""Every scope that any document names -> what a consent page says of it, in our own words."""

_GRANTING: Mapping[str, tuple[Product, ...]] = {
    scope: tuple(
        sorted(
            (p for p in PRODUCTS.values() if scope in p.scopes),
            key=lambda p: (p.closed_since is not None, not p.self_service),
        )
    )
    for scope in frozenset[str]().union(*(p.scopes for p in PRODUCTS.values()))
}

WRITE_SCOPE: Mapping[str, str] = {"member": "w_member_social", "organization": "w_organization_social"}
"""Kind of author -> the scope that posts, edits and deletes as it.

Source: "Posts API", learn.microsoft.com /linkedin/marketing/community-management/shares/posts-api
"""

READ_SCOPE: Mapping[str, str] = {"member": "r_member_social", "organization": "r_organization_social"}
"""Kind of author -> the scope that reads its posts; the member's is closed to new apps. Source: "Posts API"."""


def scopes_of(products: Iterable[str]) -> frozenset[str]:
    """Return what the named products grant together. An unknown name raises `KeyError`."""
    return frozenset[str]().union(*(PRODUCTS[name].scopes for name in products))


def products_granting(scope: str) -> tuple[Product, ...]:
    """Return the products that grant a scope, those anyone can have first."""
    return _GRANTING.get(scope, ())
