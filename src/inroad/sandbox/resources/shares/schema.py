"""What `/v2/shares` accepts in a body.

Source: "Share API", learn.microsoft.com /linkedin/marketing/integrations/community-management/shares/share-api (legacy)
"""

from typing import Final

from inroad.sandbox.records import ANY, BOOLEAN, STRING, ArrayOf, Field, Record, UrnOf

_ENTITY = Record(
    "ContentEntity",
    (
        Field("entityLocation", STRING, required=False),
        Field("entity", UrnOf(), required=False),
        Field(
            "thumbnails",
            ArrayOf(
                Record("Thumbnail", (Field("resolvedUrl", STRING), Field("imageSpecificContent", ANY, required=False)))
            ),
            required=False,
        ),
        Field("title", STRING, required=False),
        Field("landingPageUrl", STRING, required=False),
    ),
)

SHARE: Final = Record(
    "Share",
    (
        Field("owner", STRING),
        Field("text", Record("Text", (Field("text", STRING), Field("annotations", ArrayOf(ANY), required=False)))),
        Field("subject", STRING, required=False),
        Field(
            "content",
            Record(
                "Content",
                (
                    Field("title", STRING, required=False),
                    Field("description", STRING, required=False),
                    Field("contentEntities", ArrayOf(_ENTITY), required=False),
                    Field("shareMediaCategory", STRING, required=False),
                    Field("landingPageUrl", STRING, required=False),
                ),
            ),
            required=False,
        ),
        Field(
            "distribution",
            Record(
                "Distribution",
                (
                    Field(
                        "linkedInDistributionTarget",
                        Record(
                            "Target",
                            (
                                Field("visibleToGuest", BOOLEAN, required=False),
                                Field("connectionsOnly", BOOLEAN, required=False),
                                *(
                                    Field(name, ArrayOf(ANY), required=False)
                                    for name in (
                                        "geoLocations", "industries", "seniorities", "jobFunctions", "companySizes",
                                        "schools", "locales", "staffCountRanges",
                                    )
                                ),
                            ),
                        ),
                        required=False,
                    ),
                ),
            ),
        ),
        Field("agent", UrnOf(), required=False),
        Field("resharedShare", UrnOf(), required=False),
        *(
            Field(name, ANY, required=False, read_only=True)
            for name in ("id", "activity", "created", "lastModified", "edited")
        ),
    ),
)  # fmt: skip
