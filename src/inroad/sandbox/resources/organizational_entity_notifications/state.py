"""Notifications of pages, written down when something happens; asked for by pull, and sent out by whoever delivers."""

from datetime import datetime, timedelta
from typing import Literal, TypeAlias

import msgspec

from inroad.common.clock import to_millis
from inroad.sandbox.world import World

Action: TypeAlias = Literal[
    "LIKE", "COMMENT", "SHARE", "SHARE_MENTION", "ADMIN_COMMENT", "COMMENT_EDIT", "COMMENT_DELETE"
]

KEPT = timedelta(days=60)


class Notification(msgspec.Struct, kw_only=True):
    """One deed that concerns a page. URNs hold the world's own ids."""

    id: int
    organization: int
    action: Action
    source_post: str
    generated: str  # the comment, reaction or share that the deed made
    at: datetime
    actor: str = ""
    text: str = ""  # of the comment, as it was
    is_public: bool = True  # the source post's visibility: others are not pushed


class Notifications(msgspec.Struct):
    """Every page's notifications, oldest first."""

    by_organization: dict[int, list[Notification]] = {}

    def of(self, organization: int, now: datetime) -> list[Notification]:
        """Return a page's notifications that are still kept, newest first."""
        return [n for n in reversed(self.by_organization.get(organization, ())) if now - n.at < KEPT]


def notify(
    world: World,
    *,
    organization: int,
    action: Action,
    source_post: str,
    generated: str,
    actor: str,
    text: str = "",
    is_public: bool = True,
) -> None:
    """Write a notification down; those that are too old to be asked for are dropped."""
    now = world.clock.now()
    kept = world.state(Notifications).by_organization.setdefault(organization, [])
    while kept and now - kept[0].at >= KEPT:
        kept.pop(0)
    number = (to_millis(now) << 20 | world.random.getrandbits(20)) & (2**53 - 1)
    kept.append(
        Notification(
            id=number,
            organization=organization,
            action=action,
            source_post=source_post,
            generated=generated,
            at=now,
            actor=actor,
            text=text,
            is_public=is_public,
        )
    )
