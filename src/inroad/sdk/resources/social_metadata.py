"""Counts of comments and reactions, and whether a post takes comments (versioned API).

Source: "Social Metadata API", learn.microsoft.com
/linkedin/marketing/community-management/shares/social-metadata-api
"""

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

from inroad.common.urn import Urn
from inroad.sdk.flow import IO, Flow, Request, Resource, operation
from inroad.sdk.resources.comments import ACTORS, POSTS
from inroad.sdk.resources.entity import Batch, Entity, Results, UrnText, as_batch, as_urn, decoder, read_batch
from inroad.sdk.restli.encode import encode_key

CommentsState: TypeAlias = Literal["OPEN", "CLOSED"]
"""What a post can be set to. PROCESSING and DELETED can be read as well."""

_PATH = "/rest/socialMetadata"
_ENTITIES = (*POSTS, "comment")


class CommentCount(Entity, frozen=True):
    """Comments with all replies, and those of the first level."""

    count: int = 0
    top_level_count: int = 0


class ReactionCount(Entity, frozen=True):
    """Reactions of one type."""

    reaction_type: str
    count: int = 0


class SocialCounts(Entity, frozen=True):
    """What happened to a post or a comment, in numbers.

    Best effort: of one member's 23 posts LinkedIn's own export showed more than twice the reactions (July 2026). Types
    without a reaction are not in `reaction_summaries`.
    """

    entity: UrnText
    comments_state: str | None = None
    comment_summary: CommentCount = CommentCount()
    reaction_summaries: Mapping[str, ReactionCount] = {}

    @property
    def reactions(self) -> int:
        """Reactions of all types."""
        return sum(reaction.count for reaction in self.reaction_summaries.values())


_METADATA = decoder(SocialCounts)
_METADATA_BATCH = decoder(Results[SocialCounts])


class SocialMetadata(Resource[IO]):
    """Counts of comments and reactions, and whether a post takes comments."""

    @operation
    def get(self, urn: Urn | str) -> Flow[SocialCounts]:
        """Return the numbers of a share, ugcPost, activity or comment.

        Raises:
            Forbidden: the token lacks the scope, or the post is a stranger's.

        Scopes: r_organization_social_feed, or r_member_social_feed or w_member_social_feed for the member's own posts.
        Roles: ADMINISTRATOR or DIRECT_SPONSORED_CONTENT_POSTER of the organization.
        """
        response = yield Request("GET", f"{_PATH}/{encode_key(as_urn(urn, *_ENTITIES, name='urn'))}")
        return response.decode(_METADATA)

    @operation
    def batch_get(self, urns: Sequence[Urn | str]) -> Flow[Batch[SocialCounts]]:
        """Return the numbers of several posts or comments by URN; those that cannot be read are in `missing`.

        Raises:
            Forbidden: among others, in the development tier, where LinkedIn does not offer it.

        Scopes: as for `get`.
        """
        keys = as_batch([as_urn(urn, *_ENTITIES, name="urns") for urn in urns], name="urns")
        response = yield Request("GET", _PATH, {"ids": keys}, restli_method="BATCH_GET")
        return read_batch(response, _METADATA_BATCH)

    @operation
    def update(self, urn: Urn | str, *, actor: Urn | str, comments_state: CommentsState) -> Flow[None]:
        """Open a post for comments, or close it. Closing deletes the comments that are there.

        Args:
            urn: A share, ugcPost or activity URN.
            actor: The post's author.
            comments_state: OPEN or CLOSED.

        Scopes: w_member_social_feed, or w_organization_social_feed for an organization.
        Roles: ADMINISTRATOR, DIRECT_SPONSORED_CONTENT_POSTER or RECRUITING_POSTER of the organization.
        """
        yield Request(
            "POST",
            f"{_PATH}/{encode_key(as_urn(urn, *POSTS, name='urn'))}",
            {"actor": as_urn(actor, *ACTORS, name="actor")},
            json={"patch": {"$set": {"commentsState": comments_state}}},
            restli_method="PARTIAL_UPDATE",
        )
