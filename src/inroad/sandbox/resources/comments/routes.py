"""`socialActions/{urn}/comments`."""

from typing import Any, Final

from inroad.sandbox.call import Answer, Call, Value
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.actors import to_world
from inroad.sandbox.resources.batches import batch
from inroad.sandbox.resources.comments import rules
from inroad.sandbox.resources.comments.schema import COMMENT
from inroad.sandbox.resources.paging import page
from inroad.sandbox.resources.patch import patched
from inroad.sandbox.resources.projection import projected
from inroad.sandbox.resources.refusals import forbidden, not_found
from inroad.sandbox.resources.social import access
from inroad.sandbox.resources.social.deeds import comment_on, delete_comment, edit_comment
from inroad.sandbox.resources.social.entity import Entity, entity_of
from inroad.sandbox.resources.social.state import Comment, Social
from inroad.sandbox.resources.social.views import comment_view, person_urns_mapped
from inroad.sandbox.shape import is_object

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/community-management/shares/comments-api"


def _may_create(call: Call) -> None:
    if is_object(call.body):
        rules.check_permitted_fields(call, call.body)
        access.require_actor(call, call.body.get("actor"))


def _create(call: Call) -> Answer:
    body = call.body
    path = call.parent_keys[0]
    entity = entity_of(call, path)
    above = rules.commented(call, entity, body, path_names_comment=entity.comment is not None)
    actor = to_world(call, body["actor"])
    assert actor is not None  # the rule has looked
    rules.check_open(call, entity)
    image = rules.image_of(call, body, actor)
    rules.check_text(body["message"]["text"], may_be_empty=image is not None)
    rules.count_comment(call)
    made = comment_on(
        call.world,
        above,
        actor=actor,
        agent=access.agent_of(call, actor),
        text=body["message"]["text"],
        attributes=_attributes(call, body["message"]),
        image=image,
    )
    return Answer.created(made.id, comment_view(call, entity, made))


def _attributes(call: Call, message: dict[str, Any]) -> list[Any]:
    found: list[Any] = person_urns_mapped(message.get("attributes", []), lambda urn: to_world(call, urn) or urn)
    return found


def _found(call: Call, key: Value | None) -> tuple[Entity, Comment]:
    """Return the comment with this id in the thread that the path names."""
    entity = entity_of(call, call.parent_keys[0])
    comment = call.world.state(Social).comments.get(key) if isinstance(key, str) else None
    if comment is None or comment.post != entity.post.urn:
        raise not_found()
    return entity, comment


def _readable(call: Call, key: Value | None) -> dict[str, Any]:
    entity, comment = _found(call, key)
    if not access.may_write_as(call, comment.actor):  # one's own comment on whoever's post
        access.require_reader(call, entity)
    return comment_view(call, entity, comment)


def _get(call: Call) -> Answer:
    return Answer(body=_readable(call, call.key))


def _batch_get(call: Call) -> Answer:
    return batch(call, lambda key: _readable(call, key))


def _get_all(call: Call) -> Answer:
    entity = entity_of(call, call.parent_keys[0])
    access.require_reader(call, entity)
    comments = list(call.world.state(Social).under(entity.key))
    return Answer(body=page(call, comments, lambda c: comment_view(call, entity, c), total=True))


def _update(call: Call) -> Answer:
    entity, comment = _found(call, call.key)
    access.require_actor(call, call.params.get("actor"), place="PARAMETER")
    _require_own(call, comment)
    before = {"message": {"text": comment.text, "attributes": comment.attributes}}
    message = patched(before, call.body["patch"])["message"]
    rules.check_text(message["text"])
    attributes = _attributes(call, message) if "attributes" in message else []
    edit_comment(call.world, entity.post, comment, text=message["text"], attributes=attributes)
    return Answer(body=comment_view(call, entity, comment))


def _delete(call: Call) -> Answer:
    entity, comment = _found(call, call.key)
    access.require_actor(call, call.params.get("actor"), place="PARAMETER")
    # Whoever owns the post may delete what others wrote under it (UNCONFIRMED for the API).
    if not access.may_write_as(call, entity.post.author):
        _require_own(call, comment)
    delete_comment(call.world, entity.post, comment)
    return Answer(status=204)


def _require_own(call: Call, comment: Comment) -> None:
    """Refuse a change by another actor; without the parameter it is the token's member."""
    if access.actor_of(call, call.params.get("actor")) != comment.actor:
        raise forbidden("this comment")


def _resource(base: str) -> Resource:
    read: dict[str, Any] = {"scopes": access.readers(base), "compat_scopes": access.compat_readers(base)}
    write: dict[str, Any] = {"scopes": access.writers(base), "compat_scopes": access.compat_writers(base)}
    return Resource(
        path="socialActions/{urn}/comments",
        bases=frozenset({base}),
        permission="partnerApiSocialActions",
        key="number",
        methods=(
            Method(
                name="GET_ALL",
                handler=projected(_get_all),
                params={"start": "optional", "count": "optional", "projection": "optional"},
                source=SOURCE,
                **read,
            ),
            Method(
                name="GET",
                handler=projected(_get),
                params={"projection": "optional"},
                source=SOURCE,
                **read,
            ),
            Method(
                name="BATCH_GET",
                handler=projected(_batch_get),
                params={"projection": "optional"},
                source=SOURCE,
                **read,
            ),
            Method(name="CREATE", handler=_create, rule=_may_create, body=COMMENT, source=SOURCE, **write),
            Method(
                name="PARTIAL_UPDATE",
                handler=_update,
                body=COMMENT,
                params={"actor": "optional"},
                source=SOURCE,
                **write,
            ),
            Method(name="DELETE", handler=_delete, params={"actor": "optional"}, source=SOURCE, **write),
        ),
    )


RESOURCES: Final = (_resource("rest"), _resource("v2"))
