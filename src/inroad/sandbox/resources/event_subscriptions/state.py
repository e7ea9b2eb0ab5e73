"""Subscriptions to a page's social actions. Who delivers reads them here."""

from datetime import datetime

import msgspec


class Subscription(msgspec.Struct, kw_only=True):
    """One subscription: of an app, for a member, to a page."""

    client_id: str
    application: str  # the URN under which the app named itself
    member: str
    organization: int
    webhook: str
    created_at: datetime
    expires_at: datetime


class Subscriptions(msgspec.Struct):
    """Every subscription of a world."""

    by_key: dict[str, Subscription] = {}

    def of_page(self, organization: int, now: datetime) -> list[Subscription]:
        """Return the living subscriptions to a page."""
        return [s for s in self.by_key.values() if s.organization == organization and now < s.expires_at]


def key_of(client_id: str, member: str, organization: int) -> str:
    """Return where a subscription is kept: there is one per app, member and page."""
    return f"{client_id} {member} {organization}"
