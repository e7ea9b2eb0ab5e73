"""`socialActions`, and `socialActions/{urn}/likes`."""

from typing import Any, Final

from inroad.sandbox.answers import sentence
from inroad.sandbox.call import Answer, Call, Value
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.actors import to_app, to_world
from inroad.sandbox.resources.batches import batch
from inroad.sandbox.resources.likes.schema import LIKE
from inroad.sandbox.resources.paging import page
from inroad.sandbox.resources.projection import projected
from inroad.sandbox.resources.reactions.rules import reacted
from inroad.sandbox.resources.refusals import not_found
from inroad.sandbox.resources.social import access
from inroad.sandbox.resources.social.deeds import withdraw
from inroad.sandbox.resources.social.entity import Entity, entity_in, entity_of, same_thread
from inroad.sandbox.resources.social.state import reaction_of, reactions_to
from inroad.sandbox.resources.social.views import like_view, social_actions_view
from inroad.sandbox.shape import member_of

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/community-management/shares/network-update-social-actions"


def _summary(call: Call, key: Value | None) -> dict[str, Any]:
    entity = entity_of(call, key)
    access.require_reader(call, entity)
    return social_actions_view(call, entity, str(key))


def _get_summary(call: Call) -> Answer:
    return Answer(body=_summary(call, call.key))


def _batch_get_summaries(call: Call) -> Answer:
    return batch(call, lambda key: _summary(call, key))


def _may_like(call: Call) -> None:
    access.require_actor(call, member_of(call.body, "actor"))


def _create(call: Call) -> Answer:
    entity = entity_of(call, call.parent_keys[0])
    wanted = call.body["object"]
    if not same_thread(entity, wanted):
        if entity_in(call.world, wanted) is None:
            raise not_found()
        # UNCONFIRMED: the wording for an object that is another thread's.
        raise sentence(400, f"object {wanted} is not of the thread {entity.activity}")
    actor = to_world(call, call.body["actor"])
    assert actor is not None  # the rule has looked
    reaction = reacted(call, entity, actor, "LIKE")
    return Answer.created(to_app(call, actor), like_view(call, entity, reaction))


def _get_all(call: Call) -> Answer:
    entity = _readable(call)
    return Answer(
        body=page(call, reactions_to(call.world, entity.key), lambda r: like_view(call, entity, r), total=True)
    )


def _get(call: Call) -> Answer:
    return Answer(body=_like(call, call.key))


def _batch_get(call: Call) -> Answer:
    return batch(call, lambda key: _like(call, key))


def _like(call: Call, key: Value | None) -> dict[str, Any]:
    entity = _readable(call)
    actor = to_world(call, key)
    found = None if actor is None else reaction_of(call.world, entity.key, actor)
    if found is None:
        raise not_found()
    return like_view(call, entity, found)


def _delete(call: Call) -> Answer:
    entity = entity_of(call, call.parent_keys[0])
    # The parameter is needed for organizations; without it the key's actor must be the token's member.
    sent = call.params.get("actor", call.key)
    access.require_actor(call, sent, place="PARAMETER" if "actor" in call.params else "RESOURCE_KEY")
    actor = to_world(call, call.key)
    if actor is None or actor != to_world(call, sent) or not withdraw(call.world, entity, actor=actor):
        raise not_found()
    return Answer(status=204)


def _readable(call: Call) -> Entity:
    entity = entity_of(call, call.parent_keys[0])
    access.require_reader(call, entity)
    return entity


def _summaries(base: str) -> Resource:
    # Under /v2 the summary asks for a scope that reads; likes and comments do with one that writes.
    scopes = access.readers(base) if base == "rest" else access.PLAIN_READERS
    compat = access.compat_readers(base) if base == "rest" else access.FEED_READERS
    methods = tuple(
        Method(
            name=name,
            handler=projected(handler),
            scopes=scopes,
            compat_scopes=compat,
            params={"projection": "optional"},
            source=SOURCE,
        )
        for name, handler in (("GET", _get_summary), ("BATCH_GET", _batch_get_summaries))
    )
    return Resource(
        path="socialActions",
        bases=frozenset({base}),
        permission="partnerApiSocialActions",
        key="urn",
        methods=methods,
    )


def _likes(base: str) -> Resource:
    read: dict[str, Any] = {"scopes": access.readers(base), "compat_scopes": access.compat_readers(base)}
    write: dict[str, Any] = {"scopes": access.writers(base), "compat_scopes": access.compat_writers(base)}
    return Resource(
        path="socialActions/{urn}/likes",
        bases=frozenset({base}),
        permission="partnerApiSocialActions",
        key="urn",
        methods=(
            Method(
                name="GET_ALL",
                handler=projected(_get_all),
                params={"start": "optional", "count": "optional", "projection": "optional"},
                source=SOURCE,
                **read,
            ),
            Method(name="GET", handler=projected(_get), params={"projection": "optional"}, source=SOURCE, **read),
            Method(name="BATCH_GET", handler=_batch_get, source=SOURCE, **read),
            Method(name="CREATE", handler=_create, rule=_may_like, body=LIKE, source=SOURCE, **write),
            Method(name="DELETE", handler=_delete, params={"actor": "optional"}, source=SOURCE, **write),
        ),
    )


RESOURCES: Final = tuple(make(base) for base in ("rest", "v2") for make in (_summaries, _likes))
