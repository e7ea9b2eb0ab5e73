"""What a like's body may hold.

Source: "Network Update Social Actions", learn.microsoft.com
/linkedin/marketing/community-management/shares/network-update-social-actions
"""

from inroad.sandbox.records import ANY, STRING, Field, Record, UrnOf

LIKE = Record(
    "Like",
    (
        Field("actor", STRING),
        Field("object", UrnOf()),
        Field("reactionType", ANY, required=False),  # sent by one client and ignored
        Field("$URN", UrnOf(), required=False, read_only=True),
        Field("id", STRING, required=False, read_only=True),
        Field("agent", UrnOf(), required=False, read_only=True),
        Field("created", ANY, required=False, read_only=True),
        Field("lastModified", ANY, required=False, read_only=True),
    ),
)
