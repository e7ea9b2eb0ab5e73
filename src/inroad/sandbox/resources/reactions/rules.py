"""What LinkedIn would say to a reaction.

Source: "Reactions API", learn.microsoft.com /linkedin/marketing/community-management/shares/reactions-api
"""

from inroad.sandbox.answers import gateway
from inroad.sandbox.call import Call
from inroad.sandbox.resources.refusals import bad_content
from inroad.sandbox.resources.social.access import agent_of
from inroad.sandbox.resources.social.deeds import react
from inroad.sandbox.resources.social.entity import Entity
from inroad.sandbox.resources.social.state import Reaction, ReactionType, reaction_of


def reacted(call: Call, entity: Entity, actor: str, kind: ReactionType) -> Reaction:
    """Let the actor react, if LinkedIn would.

    There is one reaction per actor and entity. With `reaction.repeat` = `409` the same again is a conflict and
    another type replaces it; with `ok` both are 201.
    """
    check_kind(kind)
    earlier = reaction_of(call.world, entity.key, actor)
    if earlier is not None and earlier.type == kind and call.switches["reaction.repeat"] == "409":
        raise gateway(409, "CONFLICT", "Write Conflict")
    return react(call.world, entity, actor=actor, kind=kind, agent=agent_of(call, actor))


def check_kind(kind: str) -> None:
    """Refuse the type that was deprecated with version 202307."""
    if kind == "MAYBE":
        raise bad_content(
            "INVALID_VALUE_FOR_FIELD", "reactionType MAYBE is deprecated", field="reactionType", sent="MAYBE"
        )
