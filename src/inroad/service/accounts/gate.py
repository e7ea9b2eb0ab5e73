"""The gate before every action: a membership whose role includes the permission, or no."""

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncConnection

from inroad.service.accounts import store
from inroad.service.errors import NotAllowed
from inroad.service.who import Permission, Who, permits


class MembershipGate:
    """Looks up the membership in the caller's transaction; what is not granted is refused."""

    async def check(self, tx: AsyncConnection, who: Who, permission: Permission) -> None:
        """Return when `who` may do this in their workspace.

        Raises:
            NotAllowed: no membership, or a role or an API key that does not include it.
        """
        role = await store.role_of(tx, who.workspace_id, who.person_id)
        if role is None:
            raise NotAllowed("you are not a member of this workspace")
        if permits(role, who, permission):
            return
        if permits(role, replace(who, scopes=None), permission):
            raise NotAllowed(
                f"this API key does not include {permission}", fix=f"issue a key whose scopes include {permission}"
            )
        raise NotAllowed(f"your role ({role}) does not include {permission}")
