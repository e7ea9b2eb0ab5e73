"""What may be changed of a thread.

Source: "Social Metadata API", learn.microsoft.com
/linkedin/marketing/community-management/shares/social-metadata-api
"""

from inroad.sandbox.records import ANY, Enum, Field, Record, UrnOf

SOCIAL_METADATA = Record(
    "SocialMetadata",
    (
        Field("commentsState", Enum("OPEN", "CLOSED")),
        Field("entity", UrnOf(), read_only=True),
        Field("commentSummary", ANY, required=False, read_only=True),
        Field("reactionSummaries", ANY, required=False, read_only=True),
    ),
)
