"""What `/v2/ugcPosts` accepts in a body.

Source: "UGC Post API", learn.microsoft.com /linkedin/marketing/community-management/shares/ugc-post-api (legacy)
"""

from inroad.sandbox.records import ANY, BOOLEAN, INT, LONG, STRING, ArrayOf, Enum, Field, Record, UnionOf, UrnOf

SHARE_CONTENT_KEY = "com.linkedin.ugc.ShareContent"
MEMBER_VISIBILITY_KEY = "com.linkedin.ugc.MemberNetworkVisibility"
SPONSORED_VISIBILITY_KEY = "com.linkedin.ugc.SponsoredContentVisibility"

# fmt: off
CATEGORIES = (
    "NONE", "ARTICLE", "IMAGE", "VIDEO", "RICH", "NATIVE_DOCUMENT", "URN_REFERENCE", "LIVE_VIDEO", "CAROUSEL",
)
# fmt: on

_ATTRIBUTE = Record(
    "Attribute",
    (
        Field("start", INT),
        Field("length", INT),
        Field(
            "value",
            UnionOf(
                {
                    "com.linkedin.common.MemberAttributedEntity": Record("Member", (Field("member", UrnOf()),)),
                    "com.linkedin.common.CompanyAttributedEntity": Record("Company", (Field("company", UrnOf()),)),
                    "com.linkedin.common.SchoolAttributedEntity": Record("School", (Field("school", UrnOf()),)),
                    "com.linkedin.common.HashtagAttributedEntity": Record("Hashtag", (Field("hashtag", UrnOf()),)),
                }
            ),
        ),
    ),
)

_TEXT = Record(
    "AttributedText",
    (
        Field("text", STRING),
        Field("attributes", ArrayOf(_ATTRIBUTE), required=False),
        Field("inferredLocale", STRING, required=False),
    ),
)

_MEDIA = Record(
    "ShareMedia",
    (
        Field("status", Enum("READY", "PROCESSING", "FAILED")),
        Field("media", STRING, required=False),
        Field("originalUrl", STRING, required=False),
        Field("title", _TEXT, required=False),
        Field("description", _TEXT, required=False),
        Field("thumbnails", ArrayOf(ANY), required=False),
        Field("landingPage", ANY, required=False),
        Field("callToAction", ANY, required=False),
    ),
)

SHARE_CONTENT = Record(
    "ShareContent",
    (
        Field("shareCommentary", _TEXT),
        Field("shareMediaCategory", Enum(*CATEGORIES)),
        Field("media", ArrayOf(_MEDIA), required=False),
        # Read-only and ignored on input: clients send `shareCategorization: {}`.
        Field("shareFeatures", ANY, required=False),
        Field("shareCategorization", ANY, required=False),
        Field("primaryLandingPageUrl", STRING, required=False),
    ),
)

_AUDIT_STAMP = Record("AuditStamp", (Field("actor", UrnOf()), Field("time", LONG)))

UGC_POST = Record(
    "UgcPost",
    (
        Field("author", STRING),
        Field("lifecycleState", Enum("DRAFT", "PUBLISHED", "PROCESSING", "PROCESSING_FAILED", "DELETED")),
        Field("specificContent", UnionOf({SHARE_CONTENT_KEY: SHARE_CONTENT})),
        Field(
            "visibility",
            UnionOf(
                {
                    MEMBER_VISIBILITY_KEY: Enum("PUBLIC", "CONNECTIONS", "LOGGED_IN", "CONTAINER"),
                    SPONSORED_VISIBILITY_KEY: Enum("DARK"),
                }
            ),
        ),
        Field(
            "distribution",
            Record(
                "Distribution",
                (
                    Field("feedDistribution", Enum("MAIN_FEED", "NONE"), required=False),
                    Field("externalDistributionChannels", ArrayOf(ANY), required=False),
                    Field("distributedViaFollowFeed", BOOLEAN, required=False),
                ),
            ),
            required=False,
        ),
        Field(
            "targetAudience",
            Record("TargetAudience", (Field("targetedEntities", ArrayOf(ANY)),)),
            required=False,
        ),
        Field("containerEntity", UrnOf(), required=False),
        Field(
            "responseContext",
            Record("ResponseContext", (Field("parent", UrnOf()), Field("root", UrnOf(), required=False))),
            required=False,
        ),
        Field("id", UrnOf(), required=False, read_only=True),
        Field("created", _AUDIT_STAMP, required=False, read_only=True),
        Field("lastModified", _AUDIT_STAMP, required=False, read_only=True),
        Field("firstPublishedAt", LONG, required=False, read_only=True),
        Field("versionTag", STRING, required=False, read_only=True),
        Field("clientApplication", UrnOf(), required=False, read_only=True),
        Field("ugcOrigin", STRING, required=False, read_only=True),
        Field("contentCertificationRecord", STRING, required=False, read_only=True),
        Field("deleted", _AUDIT_STAMP, required=False, read_only=True),
    ),
)

EDITED = Record(
    "EditedUgcPost",
    tuple(f for f in UGC_POST.fields if f.name in ("lifecycleState", "specificContent", "targetAudience")),
)
"""What a partial update may reach, checked again as a whole once the patch is laid over it."""
