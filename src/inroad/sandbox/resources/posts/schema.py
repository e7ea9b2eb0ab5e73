"""What `/rest/posts` accepts in a body.

Source: "Posts API", learn.microsoft.com /linkedin/marketing/community-management/shares/posts-api
"""

from inroad.sandbox.records import ANY, BOOLEAN, LONG, STRING, ArrayOf, Enum, Field, Record, UnionOf, UrnOf

# fmt: off
_FACETS = (
    "degrees", "fieldsOfStudy", "industries", "interfaceLocales", "jobFunctions",
    "geoLocations", "schools", "organizations", "seniorities", "staffCountRanges",
)
# fmt: on

DISTRIBUTION = Record(
    "Distribution",
    (
        Field("feedDistribution", Enum("MAIN_FEED", "NONE")),
        Field(
            "targetEntities",
            ArrayOf(Record("Target", tuple(Field(name, ArrayOf(ANY), required=False) for name in _FACETS))),
            required=False,
        ),
        Field("thirdPartyDistributionChannels", ArrayOf(ANY), required=False),
    ),
)

MEDIA = Record(
    "Media",
    (
        Field("id", UrnOf()),
        Field("title", STRING, required=False),
        Field("altText", STRING, required=False),
    ),
)

MULTI_IMAGE = Record(
    "MultiImage",
    (
        Field(
            "images",
            ArrayOf(Record("Image", (Field("id", UrnOf()), Field("altText", STRING, required=False)))),
        ),
        Field("altText", STRING, required=False),
    ),
)

ARTICLE = Record(
    "Article",
    (
        Field("source", STRING),
        # UNCONFIRMED: the page calls the title required; clients leave it out or send "".
        Field("title", STRING, required=False),
        Field("description", STRING, required=False),
        Field("thumbnail", STRING, required=False),
        Field("thumbnailAltText", STRING, required=False),
    ),
)

POLL = Record(
    "Poll",
    (
        Field("question", STRING),
        Field(
            "options",
            ArrayOf(
                Record(
                    "Option",
                    (
                        Field("text", STRING),
                        Field("voteCount", LONG, required=False, read_only=True),
                        Field("isVotedByViewer", BOOLEAN, required=False, read_only=True),
                    ),
                )
            ),
        ),
        Field(
            "settings",
            Record(
                "Settings",
                (
                    Field("duration", Enum("ONE_DAY", "THREE_DAYS", "SEVEN_DAYS", "FOURTEEN_DAYS")),
                    Field("voteSelectionType", Enum("SINGLE_VOTE", "MULTIPLE_VOTE"), required=False),
                    Field("isVoterVisibleToAuthor", BOOLEAN, required=False),
                ),
            ),
        ),
        Field("uniqueVotersCount", LONG, required=False, read_only=True),
    ),
)

AD_CONTEXT = Record(
    "AdContext",
    (
        Field("dscAdAccount", UrnOf("sponsoredAccount"), required=False),
        Field(
            "dscAdType",
            Enum("VIDEO", "STANDARD", "CAROUSEL", "JOB_POSTING", "NATIVE_DOCUMENT", "EVENT"),
            required=False,
        ),
        Field("dscName", STRING, required=False),
        Field("dscStatus", Enum("ACTIVE", "ARCHIVED"), required=False),
        Field("isDsc", BOOLEAN, required=False),
    ),
)

POST = Record(
    "Post",
    (
        Field("author", STRING),
        Field("commentary", STRING),
        Field("visibility", Enum("PUBLIC", "CONNECTIONS", "LOGGED_IN", "CONTAINER")),
        Field("distribution", DISTRIBUTION),
        Field("lifecycleState", Enum("DRAFT", "PUBLISHED", "PUBLISH_REQUESTED", "PUBLISH_FAILED")),
        Field(
            "content",
            UnionOf(
                {
                    "media": MEDIA,
                    "multiImage": MULTI_IMAGE,
                    "article": ARTICLE,
                    "poll": POLL,
                    "carousel": ANY,
                    "celebration": ANY,
                    "reference": Record("Reference", (Field("id", UrnOf()),)),
                }
            ),
            required=False,
        ),
        Field("isReshareDisabledByAuthor", BOOLEAN, required=False),
        Field(
            "reshareContext",
            Record(
                "ReshareContext",
                (Field("parent", UrnOf()), Field("root", UrnOf(), required=False, read_only=True)),
            ),
            required=False,
        ),
        Field("contentLandingPage", STRING, required=False),
        Field("contentCallToActionLabel", STRING, required=False),
        Field("adContext", AD_CONTEXT, required=False),
        Field("container", UrnOf(), required=False),
        Field("id", UrnOf(), required=False, read_only=True),
        Field("createdAt", LONG, required=False, read_only=True),
        Field("publishedAt", LONG, required=False, read_only=True),
        Field("lastModifiedAt", LONG, required=False, read_only=True),
        Field("lifecycleStateInfo", ANY, required=False, read_only=True),
        Field("origin", STRING, required=False, read_only=True),
    ),
)
