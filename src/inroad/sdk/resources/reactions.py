"""Reactions to posts and comments (versioned API): one per actor and entity.

Source: "Reactions API", learn.microsoft.com /linkedin/marketing/community-management/shares/reactions-api
"""

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument, NotFound
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, Response, operation, paged
from inroad.sdk.resources.comments import ACTORS, POSTS, SocialStamp
from inroad.sdk.resources.entity import (
    Batch,
    Elements,
    Entity,
    Results,
    UrnText,
    as_batch,
    as_count,
    as_urn,
    decoder,
    pages,
    read_batch,
)
from inroad.sdk.restli.batch import key_reader
from inroad.sdk.restli.encode import encode_key

ReactionType: TypeAlias = Literal["LIKE", "PRAISE", "APPRECIATION", "EMPATHY", "INTEREST", "ENTERTAINMENT"]
"""What members see as Like, Celebrate, Support, Love, Insightful and Funny. MAYBE, Curious, can only be read."""

ReactionOrder: TypeAlias = Literal["CHRONOLOGICAL", "REVERSE_CHRONOLOGICAL", "RELEVANCE"]

_PATH = "/rest/reactions"
_ENTITIES = (*POSTS, "comment")


class Reaction(Entity, frozen=True):
    """A reaction. `root` is what it is to; `id` names the actor too."""

    id: UrnText
    reaction_type: str
    root: UrnText | None = None
    created: SocialStamp | None = None
    last_modified: SocialStamp | None = None

    @property
    def actor(self) -> Urn | None:
        """Who reacted; None when LinkedIn names nobody."""
        if self.created is not None and self.created.actor is not None:
            return self.created.actor
        try:
            return Urn.parse(self.id.parts[0])
        except ValueError:
            return None


_REACTION = decoder(Reaction)
_REACTION_PAGE = decoder(Elements[Reaction])
_REACTION_BATCH = decoder(Results[Reaction])


def reaction_urn(*, actor: Urn | str, entity: Urn | str) -> Urn:
    """Return the URN of an actor's reaction to a post or a comment.

    Raises:
        InvalidArgument: the actor is no person or organization, or the entity no post or comment.
    """
    return Urn("reaction", f"({as_urn(actor, *ACTORS, name='actor')},{as_urn(entity, *_ENTITIES, name='entity')})")


class Reactions(Resource[IO]):
    """Reactions to posts and comments."""

    @operation
    def create(self, *, actor: Urn | str, entity: Urn | str, reaction_type: ReactionType = "LIKE") -> Flow[Reaction]:
        """React to a post or a comment and return the reaction. Never repeated on its own.

        Args:
            actor: The person or organization that reacts.
            entity: A share, ugcPost, activity or comment URN.
            reaction_type: LinkedIn's name for it; the words of its pages, such as CELEBRATE, are no symbols.

        Raises:
            Conflict: the actor has this reaction already (UNCONFIRMED: one client treats 409 so).
            Unprocessable: LinkedIn does not know the reaction.
            Forbidden: the token lacks the scope or the product.

        Scopes: w_member_social_feed, or w_organization_social_feed for an organization.
        Roles: ADMINISTRATOR, DIRECT_SPONSORED_CONTENT_POSTER or RECRUITING_POSTER of the organization.
        """
        target = as_urn(entity, *_ENTITIES, name="entity")
        params = {"actor": as_urn(actor, *ACTORS, name="actor")}
        body = {"root": str(target), "reactionType": reaction_type}
        response = yield Request("POST", _PATH, params, json=body)
        if response.content:
            return response.decode(_REACTION)
        return Reaction(id=_named(response, actor, entity), reaction_type=reaction_type, root=target)

    @operation
    def get(self, *, actor: Urn | str, entity: Urn | str) -> Flow[Reaction]:
        """Return an actor's reaction to a post or a comment.

        Raises:
            NotFound: the actor has not reacted.

        Scopes: r_organization_social_feed, or r_member_social_feed.
        """
        response = yield Request("GET", _path(actor, entity))
        return response.decode(_REACTION)

    @operation
    def batch_get(self, urns: Sequence[Urn | str]) -> Flow[Batch[Reaction]]:
        """Return several reactions by URN, see `reaction_urn`; those that cannot be read are in `missing`.

        Raises:
            Forbidden: among others, in the development tier, where LinkedIn does not offer it.

        Scopes: as for `get`.
        """
        asked = as_batch([as_urn(urn, "reaction", name="urns") for urn in urns], name="urns")
        keys = [_key_of(urn) for urn in asked]
        response = yield Request("GET", _PATH, {"ids": keys}, restli_method="BATCH_GET")
        return read_batch(response, _REACTION_BATCH, key_reader(asked, _key_of))

    @paged
    def find_by_entity(
        self, entity: Urn | str, *, order: ReactionOrder = "REVERSE_CHRONOLOGICAL", count: int = 10
    ) -> Flow[Page[Reaction]]:
        """Yield the reactions to a post or a comment.

        Args:
            entity: A share, ugcPost, activity or comment URN.
            order: Newest or oldest first, or those that matter to the reader.
            count: Reactions per page, 1 to 100. Pages are fetched as you iterate.

        Scopes: as for `get`.
        Roles: ADMINISTRATOR or DIRECT_SPONSORED_CONTENT_POSTER of the organization.
        """
        key = encode_key({"entity": as_urn(entity, *_ENTITIES, name="entity")})
        params = {"q": "entity", "sort": {"value": order}, "start": 0, "count": as_count(count, 100)}
        return (yield from pages(Request("GET", f"{_PATH}/{key}", params, restli_method="FINDER"), _REACTION_PAGE))

    @operation
    def update(self, *, actor: Urn | str, entity: Urn | str, reaction_type: ReactionType) -> Flow[None]:
        """Change a reaction into another.

        UNCONFIRMED: body and answer; LinkedIn's portal lists the method and documents no more. `delete` and `create`
        do the same on documented ground.

        Raises:
            NotFound: the actor has not reacted.

        Scopes: as for `create`.
        """
        body = {"patch": {"$set": {"reactionType": reaction_type}}}
        yield Request("POST", _path(actor, entity), json=body, restli_method="PARTIAL_UPDATE")

    @operation
    def delete(self, *, actor: Urn | str, entity: Urn | str) -> Flow[None]:
        """Take a reaction back. One that is gone already is no error.

        Scopes: as for `create`.
        """
        try:
            yield Request("DELETE", _path(actor, entity))
        except NotFound:
            return


def _path(actor: Urn | str, entity: Urn | str) -> str:
    return f"{_PATH}/{encode_key(_key_of(reaction_urn(actor=actor, entity=entity)))}"


def _key_of(urn: Urn) -> Mapping[str, Urn]:
    if len(urn.parts) != 2:
        raise InvalidArgument(f"a reaction URN names its actor and its entity, got {str(urn)!r}")
    actor, entity = urn.parts
    return {"actor": as_urn(actor, *ACTORS, name="actor"), "entity": as_urn(entity, *_ENTITIES, name="entity")}


def _named(response: Response, actor: Urn | str, entity: Urn | str) -> Urn:
    try:
        return Urn.parse(response.headers.get("x-restli-id", ""))
    except ValueError:
        return reaction_urn(actor=actor, entity=entity)
