"""What a resource's handler receives and gives back: `Call`, `Answer`, `Refusal`.

The judgement pipeline (`app.py`) makes the `Call`; the handlers in `resources/` never see HTTP.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

import msgspec

from inroad.common.urn import Urn
from inroad.sandbox.switches import Switches
from inroad.sandbox.world import App, Member, World

Value: TypeAlias = str | list["Value"] | dict[str, "Value"]
"""What a Rest.li query or key decodes to: every scalar is a text, the schema decides what it means."""


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """Whom the bearer token speaks for.

    `member` is None for an application (2-legged) token.
    """

    app: App
    member: Member | None
    scopes: frozenset[str]

    def has_any(self, *scopes: str) -> bool:
        """Tell whether one of `scopes` was granted."""
        return not self.scopes.isdisjoint(scopes)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What goes back: a status, a JSON value (None for an empty body), and headers of the resource's own."""

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = {}

    @classmethod
    def created(cls, key: str, body: Any = None) -> "Answer":
        """Return a 201 for a new entity; the pipeline writes the id headers that the switches ask for."""
        return cls(status=201, body=body, headers={"x-restli-id": key})


class Refusal(Exception):
    """An error that LinkedIn would answer; carries status and body exactly as they go out."""

    def __init__(self, status: int, body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> None:
        super().__init__(f"{status} {body.get('code') or body.get('message')}")
        self.status = status
        self.body = dict(body)
        self.headers = dict(headers or {})


class Call(msgspec.Struct, kw_only=True):
    """One request, decoded and allowed so far.

    `method` is the Rest.li method in the words of permission messages: `GET`, `BATCH_GET`, `CREATE`,
    `PARTIAL_UPDATE`, `DELETE`, `FINDER-author`, `ACTION-initializeUpload`.
    """

    world: World
    grant: Grant
    base: str  # "v2" or "rest"
    resource: str  # the path's name, such as "posts"
    method: str
    key: Value | None = None  # the decoded path key of the entity
    parent_keys: Sequence[Value] = ()  # keys of the path before the resource, outermost first
    keys: Sequence[Value] = ()  # the decoded `ids` of a batch
    params: Mapping[str, Value] = {}
    body: Any = None
    version: str | None = None  # normalised YYYYMMRR under /rest, None under /v2
    protocol: str = "1.0.0"
    tell_origin: Callable[[], str] = str  # most calls never ask for `origin`
    used_scopes: set[str] = set()  # written down in the journal
    remarks: list[str] = []  # what was wrong but let pass; written in the journal
    work: Callable[[], None] | None = None  # what takes long: done in a thread before the answer goes out

    @property
    def now(self) -> datetime:
        """The world's instant."""
        return self.world.clock.now()

    @property
    def origin(self) -> str:
        """Public base address of this sandbox, for upload and picture addresses."""
        return self.tell_origin()

    @property
    def switches(self) -> Switches:
        """The switches in force."""
        return self.world.switches

    @property
    def member(self) -> Member:
        """The member whose token this is; routes that need one are declared so and refuse others before."""
        if self.grant.member is None:
            raise LookupError("this call has no member: the route must ask for a 3-legged token")
        return self.grant.member

    def person_urn(self, member_id: str) -> str:
        """Return the URN under which the calling app knows the member with this world id."""
        return f"urn:li:person:{self.world.scoped_id(self.grant.app.client_id, member_id)}"

    def member_named(self, urn: str | Urn) -> Member | None:
        """Return the member that a person URN names *for the calling app*, None for another app's id."""
        parsed = Urn.parse(urn)
        if parsed.kind not in ("person", "member"):
            return None
        return self.world.member_by_scoped_id(self.grant.app.client_id, parsed.id)
