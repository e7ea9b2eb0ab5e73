"""`/rest/socialMetadata`."""

from collections import Counter
from typing import Any, Final

from inroad.sandbox.answers import bad_parameter, sentence
from inroad.sandbox.call import Answer, Call, Value
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.actors import to_world
from inroad.sandbox.resources.batches import batch
from inroad.sandbox.resources.refusals import forbidden
from inroad.sandbox.resources.social import access
from inroad.sandbox.resources.social.deeds import set_closed
from inroad.sandbox.resources.social.entity import entity_of
from inroad.sandbox.resources.social.state import Social, comment_count, reactions_to
from inroad.sandbox.resources.social_metadata.schema import SOCIAL_METADATA

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/community-management/shares/social-metadata-api"


def _view(call: Call, key: Value | None) -> dict[str, Any]:
    entity = entity_of(call, key)
    access.require_reader(call, entity)
    direct, all_of_them = comment_count(call.world, entity.key)
    kinds = Counter(reaction.type for reaction in reactions_to(call.world, entity.key))
    return {
        "entity": str(key),
        "commentsState": "CLOSED" if call.world.state(Social).thread(entity.post.urn).is_closed else "OPEN",
        "commentSummary": {"count": all_of_them, "topLevelCount": direct},
        "reactionSummaries": {kind: {"reactionType": kind, "count": count} for kind, count in kinds.items()},
    }


def _get(call: Call) -> Answer:
    return Answer(body=_view(call, call.key))


def _batch_get(call: Call) -> Answer:
    return batch(call, lambda key: _view(call, key))


def _may_update(call: Call) -> None:
    access.require_actor(call, call.params.get("actor"), place="PARAMETER")


def _update(call: Call) -> Answer:
    actor = to_world(call, call.params["actor"])
    if actor is None:
        raise bad_parameter("PARAM_INVALID", "actor")
    entity = entity_of(call, call.key)
    if entity.comment is not None:
        # UNCONFIRMED: the wording; the page says that only threads can be closed.
        raise sentence(400, f"commentsState cannot be changed on {call.key}")
    if actor != entity.post.author:
        raise forbidden("the UGC")
    state = call.body["patch"].get("$set", {}).get("commentsState")
    if state is not None:
        set_closed(call.world, entity.post, closed=state == "CLOSED")
    return Answer(status=202)


_READ: Final[dict[str, Any]] = {
    "scopes": access.FEED_READERS,
    "compat_scopes": access.compat_readers("rest"),
    "source": SOURCE,
}

RESOURCES: Final = (
    Resource(
        path="socialMetadata",
        bases=frozenset({"rest"}),
        key="urn",
        methods=(
            Method(name="GET", handler=_get, **_READ),
            Method(name="BATCH_GET", handler=_batch_get, **_READ),
            Method(
                name="PARTIAL_UPDATE",
                handler=_update,
                rule=_may_update,
                scopes=access.FEED_WRITERS,
                compat_scopes=access.compat_writers("rest"),
                body=SOCIAL_METADATA,
                params={"actor": "required"},
                source=SOURCE,
            ),
        ),
    ),
)
