"""What partners provisioned: child applications, integrations with an ATS, hiring contracts."""

from typing import Any

import msgspec


class Child(msgspec.Struct, kw_only=True):
    """An application that a partner has for one customer; the credentials are the world's app of this client id."""

    client_id: str
    parent: str
    foreign_id: str
    description: str = ""
    domains: list[str] = []
    callbacks: list[str] = []


class Contract(msgspec.Struct, kw_only=True):
    """A hiring contract: paid jobs of an app are held against its slots and its budget."""

    id: int
    client_id: str
    partner_contract: int | None = None
    spent: float = 0.0


class Integration(msgspec.Struct, kw_only=True):
    """One integration of an ATS with a company's jobs or seats."""

    key: dict[str, str]
    fields: dict[str, Any] = {}


class Provisioning(msgspec.Struct):
    """Everything provisioned in a world."""

    children: dict[str, Child] = {}  # by client id
    integrations: dict[str, Integration] = {}  # by parent and key
    contracts: dict[int, Contract] = {}
    last_contract: int = 7_001

    def of_parent(self, parent: str) -> list[Child]:
        """Return the children of an app."""
        return [child for child in self.children.values() if child.parent == parent]
