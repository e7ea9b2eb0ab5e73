"""What publishing needs from the rooms beside it; `wiring.py` hands it over."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, Protocol, TypeAlias

from sqlalchemy.ext.asyncio import AsyncConnection

from inroad.common.urn import Urn
from inroad.sdk.client import AsyncClient
from inroad.service.who import Who

Facts: TypeAlias = Mapping[str, "str | int | bool | list[str] | None"]


class Author(Protocol):
    """A member or organization that a connection may post as."""

    @property
    def id(self) -> str:
        """Id."""
        ...

    @property
    def workspace_id(self) -> str:
        """Workspace id."""
        ...

    @property
    def connection_id(self) -> str:
        """Connection id."""
        ...

    @property
    def app_id(self) -> str:
        """App id."""
        ...

    @property
    def products(self) -> frozenset[str]:
        """Products."""
        ...

    @property
    def member_urn(self) -> Urn:
        """The member whose grant it is."""
        ...

    @property
    def urn(self) -> Urn:
        """Urn."""
        ...

    @property
    def kind(self) -> Literal["member", "organization"]:
        """Kind."""
        ...

    @property
    def name(self) -> str:
        """Name."""
        ...

    @property
    def role(self) -> str:
        """The member's role on the organization's page; empty for members."""
        ...

    @property
    def scopes(self) -> frozenset[str]:
        """What LinkedIn granted."""
        ...

    @property
    def issued_at(self) -> datetime | None:
        """When the token was issued."""
        ...

    @property
    def usable_until(self) -> datetime | None:
        """When a person must connect again; None: disconnected."""
        ...

    @property
    def problem(self) -> str | None:
        """Why nothing can be posted as this author now; None: it can."""
        ...


class Connections(Protocol):
    """Who may be posted as, and with what."""

    async def author(self, tx: AsyncConnection, author_id: str) -> Author | None:
        """Return the author with this id, whether it is still usable or not."""
        ...

    async def authors(self, who: Who) -> Sequence[Author]:
        """Return the workspace's authors."""
        ...

    async def client_for(self, connection_id: str) -> AsyncClient:
        """Return a client with a fresh token; it is not closed by its user.

        Raises:
            LinkError: the grant is over.
        """
        ...


class AuditLog(Protocol):
    """Where deeds of people are written down."""

    async def record(
        self,
        tx: AsyncConnection,
        *,
        workspace_id: str,
        person_id: str | None,
        action: str,
        subject: str,
        before: Facts | None = None,
        after: Facts | None = None,
        request_id: str = "",
    ) -> None:
        """Append an entry in the caller's transaction."""
        ...
