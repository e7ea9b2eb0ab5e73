"""How each family of events is delivered: what counts as taken, when it is tried again, what signs it.

Sources, learn.microsoft.com /linkedin: "Organization Social Action Notifications",
/marketing/community-management/organizations/organization-social-action-notifications; "Receive Applications",
/talent/apply-connect/receive-applications.
"""

from collections.abc import Sequence
from typing import Final

from inroad.sandbox.webhooks.state import Family
from inroad.sandbox.world import World

MAX_BATCH: Final = 10
"""Notifications of a page in one POST."""

_SCHEDULES: Final[dict[str, Sequence[float]]] = {
    "social": (300.0,) * 95,  # every five minutes for eight hours: 96 tries
    "none": (),
    "fast": (1.0, 2.0, 4.0, 8.0, 16.0),
}
_APPLICATIONS: Final = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
"""Six more tries; how far apart is not documented."""

_CHOSEN: Final[dict[Family, str]] = {
    "lead": "leads.retry",
    "job_status": "jobs.push_retry",
    "job_resync": "jobs.push_retry",
}


def pauses(world: World, family: Family) -> Sequence[float]:
    """Return the seconds before each further try."""
    if family == "job_application":
        return _APPLICATIONS
    chosen = _CHOSEN.get(family)
    return _SCHEDULES["social" if chosen is None else str(world.switches[chosen])]


def is_taken(family: Family, status: int) -> bool:
    """Tell whether an answer's status means that the receiver has it; applications need exactly 200."""
    return status == 200 if family == "job_application" else 200 <= status < 300


def is_signed(world: World, family: Family) -> bool:
    """Tell whether the POST carries a signature. UNCONFIRMED for leads: a recorded delivery would settle it."""
    return family != "lead" or world.switches["leads.signature"] == "signed"
