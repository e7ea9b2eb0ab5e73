"""Who is asking, and what a role may do: the values that every room's actions begin with."""

from dataclasses import dataclass
from typing import Literal, Protocol, get_args

from sqlalchemy.ext.asyncio import AsyncConnection

Permission = Literal[
    "posts.read",
    "posts.write",
    "connections.read",
    "connections.manage",
    "keys.manage",
    "audit.read",
]
PERMISSIONS: frozenset[Permission] = frozenset(get_args(Permission))

ROLES: dict[str, frozenset[Permission]] = {"owner": PERMISSIONS}
"""What each role may do. What is not listed is refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """A person at work in one workspace, for the length of one request.

    `scopes` narrows an API key to part of what its person may do; None narrows nothing.
    """

    person_id: str
    workspace_id: str
    request_id: str
    address: str
    session_id: str | None = None
    scopes: frozenset[Permission] | None = None


class Gate(Protocol):
    """What every action asks first, inside its own transaction."""

    async def check(self, tx: AsyncConnection, who: Who, permission: Permission) -> None:
        """Return when `who` may do this in their workspace.

        Raises:
            NotAllowed: no membership, or a role or an API key that does not include it.
        """
        ...


def permits(role: str | None, who: Who, permission: Permission) -> bool:
    """Tell whether this role, narrowed by the caller's API key, includes the permission."""
    return permission in ROLES.get(role or "", frozenset()) and (who.scopes is None or permission in who.scopes)
