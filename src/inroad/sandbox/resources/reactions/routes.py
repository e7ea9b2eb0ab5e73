"""`/rest/reactions`."""

from typing import Any, Final

from inroad.sandbox.answers import bad_parameter, bad_path
from inroad.sandbox.call import Answer, Call, Value
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.actors import to_app, to_world
from inroad.sandbox.resources.batches import batch
from inroad.sandbox.resources.paging import page
from inroad.sandbox.resources.reactions.rules import check_kind, reacted
from inroad.sandbox.resources.reactions.schema import REACTION, REACTION_TYPES
from inroad.sandbox.resources.refusals import not_found
from inroad.sandbox.resources.social import access
from inroad.sandbox.resources.social.deeds import react, reaction_urn, withdraw
from inroad.sandbox.resources.social.entity import Entity, entity_of
from inroad.sandbox.resources.social.state import Reaction, reaction_of, reactions_to
from inroad.sandbox.resources.social.views import reaction_view

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/community-management/shares/reactions-api"
_SORTS: Final = ("CHRONOLOGICAL", "REVERSE_CHRONOLOGICAL", "RELEVANCE")


def _may_create(call: Call) -> None:
    access.require_actor(call, call.params.get("actor"), place="PARAMETER")


def _create(call: Call) -> Answer:
    actor = to_world(call, call.params["actor"])
    if actor is None:
        raise bad_parameter("PARAM_INVALID", "actor")
    entity = entity_of(call, call.body["root"])
    made = reacted(call, entity, actor, call.body["reactionType"])
    return Answer.created(reaction_urn(entity, to_app(call, actor)), reaction_view(call, entity, made))


def _named(call: Call, key: Value | None) -> tuple[Entity, str]:
    """Return the entity and the actor (a world's URN) that a compound key names."""
    if not isinstance(key, dict) or set(key) != {"actor", "entity"}:
        raise bad_path()
    actor = to_world(call, key["actor"])
    if actor is None:
        raise not_found()
    return entity_of(call, key["entity"]), actor


def _found(call: Call, key: Value | None) -> tuple[Entity, Reaction]:
    entity, actor = _named(call, key)
    reaction = reaction_of(call.world, entity.key, actor)
    if reaction is None:
        raise not_found()
    return entity, reaction


def _readable(call: Call, key: Value | None) -> dict[str, Any]:
    entity, reaction = _found(call, key)
    if not access.may_write_as(call, reaction.actor):  # one's own reaction to whoever's post
        access.require_reader(call, entity)
    return reaction_view(call, entity, reaction)


def _get(call: Call) -> Answer:
    return Answer(body=_readable(call, call.key))


def _batch_get(call: Call) -> Answer:
    return batch(call, lambda key: _readable(call, key))


def _find_by_entity(call: Call) -> Answer:
    if not isinstance(call.key, dict) or set(call.key) != {"entity"}:
        raise bad_path()
    sort = call.params.get("sort", {})
    order = sort.get("value", "REVERSE_CHRONOLOGICAL") if isinstance(sort, dict) else None
    if order not in _SORTS:
        raise bad_parameter("PARAM_INVALID", "sort")
    entity = entity_of(call, call.key["entity"])
    access.require_reader(call, entity)
    found = reactions_to(call.world, entity.key)
    if order == "REVERSE_CHRONOLOGICAL":
        found.reverse()
    elif order == "RELEVANCE":  # here: the rarer its kind, the more a reaction tells
        found.sort(key=lambda r: -REACTION_TYPES.index(r.type))
    return Answer(body=page(call, found, lambda r: reaction_view(call, entity, r), total=True))


def _own(call: Call) -> tuple[Entity, str]:
    entity, actor = _named(call, call.key)
    assert isinstance(call.key, dict)
    access.require_actor(call, call.key["actor"], place="RESOURCE_KEY")
    return entity, actor


def _update(call: Call) -> Answer:
    """Change the type. UNCONFIRMED: the portal lists the method, its body and status were not seen."""
    entity, actor = _own(call)
    kind = call.body["patch"].get("$set", {}).get("reactionType")
    earlier = reaction_of(call.world, entity.key, actor)
    if earlier is None:
        raise not_found()
    if kind is not None:
        check_kind(kind)
        react(call.world, entity, actor=actor, kind=kind, agent=access.agent_of(call, actor))
    return Answer(status=204)


def _delete(call: Call) -> Answer:
    entity, actor = _own(call)
    if not withdraw(call.world, entity, actor=actor):
        raise not_found()
    return Answer(status=204)


_READ: Final[dict[str, Any]] = {
    "scopes": access.FEED_READERS | {"w_organization_social_feed"},
    "compat_scopes": access.compat_readers("rest"),
    "source": SOURCE,
}
_WRITE: Final[dict[str, Any]] = {
    "scopes": access.FEED_WRITERS,
    "compat_scopes": access.compat_writers("rest"),
    "source": SOURCE,
}

RESOURCES: Final = (
    Resource(
        path="reactions",
        bases=frozenset({"rest"}),
        permission="partnerApiReactions",
        key="compound",
        methods=(
            Method(
                name="CREATE",
                handler=_create,
                rule=_may_create,
                body=REACTION,
                params={"actor": "required"},
                **_WRITE,
            ),
            Method(name="GET", handler=_get, **_READ),
            Method(name="BATCH_GET", handler=_batch_get, **_READ),
            Method(
                name="FINDER-entity",
                handler=_find_by_entity,
                params={"sort": "optional", "start": "optional", "count": "optional"},
                **_READ,
            ),
            Method(name="PARTIAL_UPDATE", handler=_update, body=REACTION, **_WRITE),
            Method(name="DELETE", handler=_delete, **_WRITE),
        ),
    ),
)
