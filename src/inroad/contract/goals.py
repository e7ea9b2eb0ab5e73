"""What people want of LinkedIn, and what it takes: scopes, products, roles, reviews, and which products share an app.

Sources: "Getting Access", learn.microsoft.com /linkedin/shared/authentication/getting-access; "Increasing Access",
/linkedin/marketing/increasing-access; "LinkedIn Marketing API Program Access Tiers",
/linkedin/marketing/integrations/marketing-tiers; and the page of each product, named with its scopes in `scopes`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

OPENID = "Sign In with LinkedIn using OpenID Connect"
SHARE = "Share on LinkedIn"
COMMUNITY = "Community Management API"
ADVERTISING = "Advertising API"
LEADS = "Lead Sync API"
CONVERSIONS = "Conversions API"
EVENTS = "Events Management API"
AUDIENCES = "Matched Audiences"
VERIFIED = "Verified on LinkedIn"
PORTABILITY = "Member Data Portability API"

IDENTITY_SCOPES = frozenset({"openid", "profile"})
"""What an app asks for to know whose token it has, where its products include it; else `r_basicprofile` does."""

ACCESS_PAGE = "/linkedin/marketing/increasing-access"
ORGANIZATION_ADMIN = "ADMINISTRATOR of the page"
ORGANIZATION_POSTER = "ADMINISTRATOR, CONTENT_ADMINISTRATOR or DIRECT_SPONSORED_CONTENT_POSTER of the page"
ACCOUNT_ROLE = "a role on the ad account"


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """Something people want. `products` are those that serve it, the easiest to have first; none when it is closed.

    `role` is what the member has to be beside that, `note` what else is good to know before one begins.
    """

    name: str
    scopes: frozenset[str]
    products: tuple[str, ...]
    role: str | None = None
    note: str | None = None
    source: str = ACCESS_PAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How a product is had. `alone`: its app must have no other; `needs`: products that its app must have before."""

    review: str | None
    alone: bool = False
    needs: tuple[str, ...] = ()


def _goal(
    name: str, scopes: str, *products: str, role: str | None = None, note: str | None = None, source: str = ACCESS_PAGE
) -> Goal:
    return Goal(name=name, scopes=frozenset(scopes.split()), products=products, role=role, note=note, source=source)


_NO_PARTNERS = "LinkedIn takes no new partners for it."

_ALL = (
    _goal("sign in", "openid profile", OPENID),
    _goal("read my e-mail address", "openid profile email", OPENID),
    _goal("post as me", "w_member_social", SHARE, COMMUNITY, ADVERTISING),
    _goal(
        "post as my page",
        "w_organization_social rw_organization_admin",
        COMMUNITY,
        ADVERTISING,
        role=ORGANIZATION_POSTER,
    ),
    _goal("read my page's posts", "r_organization_social", COMMUNITY, ADVERTISING, role=ORGANIZATION_POSTER),
    _goal(
        "read my posts",
        "r_member_social",
        note=f"{_NO_PARTNERS} In the EEA and Switzerland, exporting one's data shows them.",
    ),
    _goal("comment as me", "w_member_social_feed", COMMUNITY),
    _goal("comment as my page", "w_organization_social_feed", COMMUNITY, role=ORGANIZATION_ADMIN),
    _goal("read comments on my posts", "r_member_social_feed", COMMUNITY),
    _goal("read comments on my page's posts", "r_organization_social_feed", COMMUNITY, role=ORGANIZATION_ADMIN),
    _goal("read my page's statistics", "rw_organization_admin", COMMUNITY, ADVERTISING, role=ORGANIZATION_ADMIN),
    _goal(
        "be told of comments on my page",
        "rw_organization_admin",
        COMMUNITY,
        role=ORGANIZATION_ADMIN,
        note="Webhooks come with the standard tier, after the second review.",
    ),
    _goal(
        "read my posts' analytics",
        "r_member_postAnalytics",
        COMMUNITY,
        note="Apps in the development tier were seen to be refused.",
    ),
    _goal("read my follower count", "r_member_profileAnalytics", COMMUNITY),
    _goal("read my connection count", "r_1st_connections_size", COMMUNITY, ADVERTISING),
    _goal("read my connections", "r_1st_connections", note="For select partners only."),
    _goal("read my headline", "r_basicprofile", COMMUNITY, ADVERTISING),
    _goal("mention followers of my page", "r_organization_followers", COMMUNITY, role=ORGANIZATION_POSTER),
    _goal("read ads", "r_ads", ADVERTISING, role=ACCOUNT_ROLE),
    _goal("manage ads", "rw_ads", ADVERTISING, role=ACCOUNT_ROLE, note="The development tier edits five accounts."),
    _goal("read ad reports", "r_ads_reporting", ADVERTISING, role=ACCOUNT_ROLE),
    _goal(
        "read leads",
        "r_marketing_leadgen_automation r_ads",
        LEADS,
        role="a role on the ad account, or ADMINISTRATOR or LEAD_GEN_FORMS_MANAGER of the page",
        note="Advertising does not include it.",
    ),
    _goal("send conversions", "rw_conversions r_ads", CONVERSIONS, role=ACCOUNT_ROLE),
    _goal("manage audiences", "rw_dmp_segments rw_ads", AUDIENCES, role=ACCOUNT_ROLE),
    _goal("manage events", "rw_events", EVENTS, role="ADMINISTRATOR or CONTENT_ADMINISTRATOR of the page"),
    _goal(
        "verify members",
        "r_profile_basicinfo r_verify",
        VERIFIED,
        note="Not for employment, credit, housing or official identification. The first tier shows admins of the app.",
    ),
    _goal(
        "export my data",
        "r_dma_portability_self_serve",
        PORTABILITY,
        note="For members in the EEA and Switzerland; the app is attached to LinkedIn's default page for this product.",
    ),
    _goal(
        "export members' data",
        "r_dma_portability_3rd_party",
        PORTABILITY,
        note="For members in the EEA and Switzerland; takes a verified page and a verified business.",
    ),
    _goal(
        "post jobs",
        "",
        note=f"{_NO_PARTNERS} New requests are led to Apply Connect, by contract.",
        source="/linkedin/talent/job-postings",
    ),
    _goal("send messages", "w_messages", note="For approved partners only; never scheduled or by itself."),
    _goal("read my positions", "r_fullprofile", note=f"{_NO_PARTNERS} Exporting one's data shows them."),
)

GOALS: Mapping[str, Goal] = {goal.name: goal for goal in _ALL}
"""What people want, in their words -> what it takes."""

TERMS: Mapping[str, Terms] = {
    OPENID: Terms(review=None),
    SHARE: Terms(review=None),
    COMMUNITY: Terms(
        review="Development tier: a registered organization states its use; a refusal is final for the app. Standard "
        "tier, within 12 months: a recording of the screen and an account to try it with.",
        alone=True,
    ),
    ADVERTISING: Terms(review="Development tier: a form in the portal. Standard tier: a second review."),
    LEADS: Terms(review="A form in the portal."),
    CONVERSIONS: Terms(review="A form in the portal."),
    EVENTS: Terms(review="A form in the portal."),
    AUDIENCES: Terms(review="A form in the portal, for apps that have Advertising.", needs=(ADVERTISING,)),
    VERIFIED: Terms(review="Development tier: none. Lite tier: a form in the portal. Plus tier: a contract."),
    PORTABILITY: Terms(review="For one's own data none; for others' the page and the business are verified."),
}
"""Product -> how it is had."""
