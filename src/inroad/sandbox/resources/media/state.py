"""What a world knows of its media; the bytes are in `World.blobs` under the medium's id."""

from datetime import datetime, timedelta
from typing import Literal, TypeAlias

import msgspec

from inroad.common.urn import Urn
from inroad.contract.media import UPLOAD_ADDRESS_HOURS
from inroad.sandbox.world import World

Kind: TypeAlias = Literal["image", "video", "document"]
Status: TypeAlias = Literal["WAITING_UPLOAD", "PROCESSING", "AVAILABLE", "PROCESSING_FAILED"]

_PREFIXES = {"image": "D4E22AQ", "video": "D4D10AQ", "document": "D4D1FAQ"}


class Part(msgspec.Struct, kw_only=True):
    """One byte range of a multipart upload."""

    first: int
    last: int
    etag: str = ""  # empty: not uploaded


class Medium(msgspec.Struct, kw_only=True):
    """One picture or video, from its registration on."""

    id: str
    kind: Kind
    owner: str  # a URN with the world's own member id
    created_at: datetime
    expires_at: datetime  # of the upload address
    signature: str  # what the upload address carries
    artifact: str = "uploaded-image"  # class in the upload address
    recipe: str = ""  # legacy: what it was registered for
    metadata: str = ""  # legacy multipart: the text to echo
    parts: list[Part] = []
    uploaded_at: datetime | None = None
    ready_at: datetime | None = None
    failure: str = ""  # why processing fails; empty: it does not
    width: int = 0
    height: int = 0

    def status(self, now: datetime) -> Status:
        """Return how far the medium is at `now`."""
        if self.ready_at is None:
            return "WAITING_UPLOAD"
        if now < self.ready_at:
            return "PROCESSING"
        return "PROCESSING_FAILED" if self.failure else "AVAILABLE"


class Media(msgspec.Struct):
    """Every medium of a world, by id."""

    by_id: dict[str, Medium] = {}

    def named(self, urn: str, *kinds: str) -> Medium | None:
        """Return the medium with this URN, if the URN is of one of `kinds` and fits the medium."""
        try:
            parsed = Urn.parse(urn)
        except ValueError:
            return None
        medium = self.by_id.get(parsed.id)
        if medium is None or not parsed.is_kind(*kinds):
            return None
        return medium if parsed.kind in (medium.kind, "digitalmediaAsset") else None


def register(world: World, *, kind: Kind, owner: str, artifact: str, recipe: str = "") -> Medium:
    """Return a new medium that waits for its bytes."""
    now = world.clock.now()
    medium = Medium(
        id=_PREFIXES[kind] + world.new_id(12),
        kind=kind,
        owner=owner,
        created_at=now,
        expires_at=now + timedelta(hours=UPLOAD_ADDRESS_HOURS),
        signature=world.new_secret(12),
        artifact=artifact,
        recipe=recipe,
    )
    world.state(Media).by_id[medium.id] = medium
    return medium
