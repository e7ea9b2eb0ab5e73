"""What a comment's body may hold.

Source: "Comments API", learn.microsoft.com /linkedin/marketing/community-management/shares/comments-api
"""

from inroad.sandbox.records import ANY, INT, STRING, ArrayOf, Field, MapOf, Record, UrnOf

MESSAGE = Record(
    "Message",
    (
        Field("text", STRING),
        Field(
            "attributes",
            ArrayOf(Record("Attribute", (Field("start", INT), Field("length", INT), Field("value", MapOf(ANY))))),
            required=False,
        ),
    ),
)

COMMENT = Record(
    "Comment",
    (
        Field("actor", STRING, create_only=True),
        # Documented as required; two published clients leave it out where the path names the post.
        Field("object", UrnOf(), required=False, create_only=True),
        Field("message", MESSAGE),
        Field("parentComment", UrnOf("comment"), required=False, create_only=True),
        Field(
            "content",
            ArrayOf(Record("Content", (Field("entity", MapOf(STRING)), Field("type", STRING, required=False)))),
            required=False,
            create_only=True,
        ),
        Field("id", STRING, required=False, read_only=True),
        Field("$URN", UrnOf(), required=False, read_only=True),
        Field("commentUrn", UrnOf(), required=False, read_only=True),
        Field("agent", UrnOf(), required=False, read_only=True),
        Field("created", ANY, required=False, read_only=True),
        Field("lastModified", ANY, required=False, read_only=True),
        Field("likesSummary", ANY, required=False, read_only=True),
        Field("commentsSummary", ANY, required=False, read_only=True),
    ),
)
