"""What a reaction's body may hold.

Source: "Reactions API", learn.microsoft.com /linkedin/marketing/community-management/shares/reactions-api
"""

from inroad.sandbox.records import ANY, Enum, Field, Record, UrnOf

REACTION_TYPES = ("LIKE", "PRAISE", "APPRECIATION", "EMPATHY", "INTEREST", "ENTERTAINMENT", "MAYBE")

REACTION = Record(
    "Reaction",
    (
        Field("root", UrnOf(), create_only=True),
        Field("reactionType", Enum(*REACTION_TYPES)),
        Field("id", UrnOf(), required=False, read_only=True),
        Field("created", ANY, required=False, read_only=True),
        Field("lastModified", ANY, required=False, read_only=True),
    ),
)
