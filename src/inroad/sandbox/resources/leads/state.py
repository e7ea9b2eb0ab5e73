"""Lead forms, leads and their subscriptions, as one world keeps them. URNs hold the world's own member ids."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final, Literal, TypeAlias

import msgspec

from inroad.sandbox.switches import Switches
from inroad.sandbox.world import World

LeadType: TypeAlias = Literal["SPONSORED", "EVENT", "COMPANY", "ORGANIZATION_PRODUCT"]
Action: TypeAlias = Literal["CREATED", "DELETED"]

LEAD_TYPES: Final[tuple[LeadType, ...]] = ("SPONSORED", "EVENT", "COMPANY", "ORGANIZATION_PRODUCT")


class Form(msgspec.Struct, kw_only=True):
    """A lead form. `owner` is an account's or an organization's URN."""

    id: int
    owner: str
    body: dict[str, Any]  # name, creationLocale, state, content, hiddenFields
    created_at: datetime
    modified_at: datetime
    version: int = 1
    published_at: datetime | None = None
    lead_type: LeadType = "SPONSORED"

    @property
    def urn(self) -> str:
        """Its URN without a version."""
        return f"urn:li:leadGenForm:{self.id}"

    @property
    def questions(self) -> list[dict[str, Any]]:
        """Its questions."""
        found: list[dict[str, Any]] = self.body.get("content", {}).get("questions", [])
        return found


class Lead(msgspec.Struct, kw_only=True):
    """One person's answers to one version of a form."""

    id: str
    form: int
    version: int
    owner: str
    lead_type: LeadType
    submitted_at: datetime
    answers: list[dict[str, Any]] = []
    consents: list[dict[str, Any]] = []
    submitter: str | None = None  # the world's id of the member
    is_test: bool = False
    campaign: int | None = None
    creative: int | None = None
    event: str | None = None

    @property
    def urn(self) -> str:
        """Its URN, as notifications carry it."""
        return f"urn:li:leadGenFormResponse:{self.id}"

    @property
    def form_urn(self) -> str:
        """The version of the form that was answered."""
        return f"urn:li:versionedLeadGenForm:(urn:li:leadGenForm:{self.form},{self.version})"


class Subscription(msgspec.Struct, kw_only=True):
    """Who is told of new leads: of an owner, of one of its events, or of one form."""

    id: int
    app: str
    webhook: str
    owner: str
    lead_type: LeadType
    event: str | None = None
    form: str | None = None


class Notice(msgspec.Struct, kw_only=True):
    """Something happened to a lead that subscriptions are to be told of."""

    lead: Lead
    action: Action
    at: datetime


class Leads(msgspec.Struct):
    """Everything of Lead Sync."""

    forms: dict[int, Form] = {}
    leads: dict[str, Lead] = {}
    by_owner: dict[str, list[str]] = {}  # ids of leads
    subscriptions: dict[int, Subscription] = {}
    notices: list[Notice] = []  # in order; the oldest are dropped
    last_form: int = 9_127_000
    last_subscription: int = 30_000

    def new_form_id(self) -> int:
        """Return a number that no form has."""
        self.last_form += 1
        while self.last_form in self.forms:
            self.last_form += 1
        return self.last_form

    def add(self, lead: Lead) -> None:
        """Keep a lead."""
        self.leads[lead.id] = lead
        self.by_owner.setdefault(lead.owner, []).append(lead.id)

    def forget(self, lead: Lead) -> None:
        """Forget a lead, as LinkedIn does when its member asks for it."""
        del self.leads[lead.id]
        self.by_owner[lead.owner].remove(lead.id)

    def of_owner(self, owner: str) -> Iterator[Lead]:
        """Yield an owner's leads in the order of their coming."""
        return (self.leads[number] for number in self.by_owner.get(owner, ()))

    def note(self, notice: Notice) -> None:
        """Remember something that subscriptions are to be told of."""
        self.notices.append(notice)
        del self.notices[:-MAX_NOTICES]


MAX_NOTICES: Final = 10_000


def leads_of(world: World) -> Leads:
    """Return the world's leads."""
    return world.state(Leads)


def kept_for(switches: Switches, lead_type: LeadType) -> timedelta:
    """Return how long a lead can be read. UNCONFIRMED: which types have the shorter time."""
    name = "leads.sponsored_days" if lead_type == "SPONSORED" else "leads.other_days"
    return timedelta(days=switches.number(name))
