"""What people do: react, comment, edit, delete, close a thread. Every API and the console do it through here."""

from typing import Any

from inroad.common.urn import Urn
from inroad.sandbox.resources.actors import is_organization
from inroad.sandbox.resources.little import Mention
from inroad.sandbox.resources.organizational_entity_notifications.state import Action, notify
from inroad.sandbox.resources.posts.state import Post, Posts
from inroad.sandbox.resources.social.entity import Entity, comment_urn
from inroad.sandbox.resources.social.state import Comment, Reaction, ReactionType, Social
from inroad.sandbox.world import World


def react(world: World, entity: Entity, *, actor: str, kind: ReactionType, agent: str | None = None) -> Reaction:
    """Let an actor react to an entity; an earlier reaction of theirs is replaced."""
    now = world.clock.now()
    thread = world.state(Social).open_thread(entity.key)
    earlier = thread.reactions.get(actor)
    made = Reaction(
        actor=actor, agent=agent, type=kind, created_at=earlier.created_at if earlier else now, modified_at=now
    )
    thread.reactions[actor] = made
    if earlier is None and entity.comment is None:
        tell_page(world, entity.post, "LIKE", generated=reaction_urn(entity, actor), actor=actor)
    return made


def withdraw(world: World, entity: Entity, *, actor: str) -> bool:
    """Take an actor's reaction back; False when there is none."""
    return world.state(Social).thread(entity.key).reactions.pop(actor, None) is not None


def comment_on(
    world: World,
    entity: Entity,
    *,
    actor: str,
    text: str,
    agent: str | None = None,
    attributes: list[Any] | None = None,
    image: str | None = None,
) -> Comment:
    """Keep a comment on a post, or a reply to a comment.

    There is one level of replies: a reply to a reply goes to the first-level comment (UNCONFIRMED).
    """
    now = world.clock.now()
    parent = None if entity.comment is None else entity.comment.parent or entity.comment.id
    made = Comment(
        id=str(world.new_number()),
        post=entity.post.urn,
        parent=parent,
        actor=actor,
        agent=agent,
        text=text,
        attributes=attributes or [],
        image=image,
        created_at=now,
        modified_at=now,
    )
    world.state(Social).add_comment(made)
    action: Action = "ADMIN_COMMENT" if actor == entity.post.author else "COMMENT"
    tell_page(world, entity.post, action, generated=comment_urn(entity.post, made), actor=actor, text=text)
    return made


def edit_comment(world: World, post: Post, comment: Comment, *, text: str, attributes: list[Any] | None) -> None:
    """Give a comment another text."""
    comment.text, comment.modified_at = text, world.clock.now()
    if attributes is not None:
        comment.attributes = attributes
    urn = comment_urn(post, comment)
    tell_page(world, post, "COMMENT_EDIT", generated=urn, actor=comment.actor, text=text)


def delete_comment(world: World, post: Post, comment: Comment) -> None:
    """Remove a comment with its replies."""
    urn = comment_urn(post, comment)
    world.state(Social).remove_comment(comment)
    tell_page(world, post, "COMMENT_DELETE", generated=urn, actor=comment.actor)


def set_closed(world: World, post: Post, *, closed: bool) -> None:
    """Open or close a post's thread; closing deletes the comments that are there."""
    social = world.state(Social)
    social.open_thread(post.urn).is_closed = closed
    if closed:
        social.remove_comments(post.urn)


def tell_of_post(world: World, post: Post) -> None:
    """Tell the pages that a new post concerns: the one whose post it reshares, and those that it mentions."""
    parent = world.state(Posts).live(post.parent) if post.parent is not None else None
    if parent is not None and parent.author != post.author:
        tell_page(world, parent, "SHARE", generated=post.urn, actor=post.author)
    for element in post.elements:
        mentioned = _page_number(element.urn) if isinstance(element, Mention) else None
        if mentioned is not None and mentioned in world.organizations:
            notify(
                world,
                organization=mentioned,
                action="SHARE_MENTION",
                source_post=post.urn,
                generated=post.urn,
                actor=post.author,
                is_public=post.visibility == "PUBLIC",
            )


def tell_page(world: World, post: Post, action: Action, *, generated: str, actor: str, text: str = "") -> None:
    """Write down what happened to a page's post; members' posts notify nobody here."""
    number = _page_number(post.author)
    if number is not None:
        notify(
            world,
            organization=number,
            action=action,
            source_post=post.urn,
            generated=generated,
            actor=actor,
            text=text,
            is_public=post.visibility == "PUBLIC",
        )


def reaction_urn(entity: Entity, actor: str) -> str:
    """Return a reaction's URN with an actor as whoever asks knows them."""
    return f"urn:li:reaction:({actor},{entity.urn})"


def _page_number(urn: str) -> int | None:
    return int(Urn.parse(urn).id) if is_organization(urn) else None
