"""Job applications of a world."""

from datetime import datetime
from typing import Any

import msgspec


class Deed(msgspec.Struct, kw_only=True):
    """What a partner did with an application."""

    action: str
    performed_at: int
    context: str | None = None


class Application(msgspec.Struct, kw_only=True):
    """One application to one job."""

    id: int
    job: str  # the job's place
    client_id: str
    applicant: str  # the world's id of a member; empty: somebody outside this world
    first_name: str
    last_name: str
    email: str
    applied_at: datetime
    answers: dict[str, Any] = {}
    skills: list[dict[str, Any]] = []
    media: str = ""  # the resume's key in its address
    arrived: bool | None = None  # None: still on its way
    deeds: list[Deed] = []

    @property
    def urn(self) -> str:
        """Its URN, by which partners know it."""
        return f"urn:li:jobApplication:{self.id}"


class Applications(msgspec.Struct):
    """Every application of a world."""

    by_urn: dict[str, Application] = {}
    by_media: dict[str, str] = {}  # the resume's key -> the application's URN
    last_id: int = 770_000
