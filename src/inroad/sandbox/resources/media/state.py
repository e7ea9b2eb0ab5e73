"""What a world knows of its media.

A picture's bytes are in `World.blobs` under the medium's id; those of videos and documents are files of `World.files`.
"""

from datetime import datetime, timedelta
from typing import Literal, TypeAlias

import msgspec

from inroad.common.urn import Urn
from inroad.contract.media import UPLOAD_ADDRESS_HOURS
from inroad.sandbox.files import StoredFile
from inroad.sandbox.world import World

Kind: TypeAlias = Literal["image", "video", "document"]
Status: TypeAlias = Literal["WAITING_UPLOAD", "PROCESSING", "AVAILABLE", "PROCESSING_FAILED"]

_PREFIXES = {"image": "D4E22AQ", "video": "D4D10AQ", "document": "D4D1FAQ"}


class Chunk(msgspec.Struct, kw_only=True):
    """One request's bytes of a part, until the upload is complete."""

    etag: str
    file: StoredFile


class Part(msgspec.Struct, kw_only=True):
    """One byte range of a multipart upload. Of several chunks the last counts, unless `upload.concat` is on."""

    first: int
    last: int
    chunks: list[Chunk] = []

    @property
    def etag(self) -> str:
        """What the upload was answered with, empty while there is none."""
        return self.chunks[-1].etag if self.chunks else ""

    @property
    def size(self) -> int:
        """How many bytes belong here."""
        return self.last - self.first + 1


class Library(msgspec.Struct, kw_only=True):
    """The place of a medium in an ad account's media library."""

    account: str
    name: str = ""


class Medium(msgspec.Struct, kw_only=True):
    """One picture, video or document, from its registration on."""

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
    content_type: str = ""
    file: StoredFile | None = None  # of a video or a document, once it is complete
    declared_bytes: int = 0  # what the initialization said
    milliseconds: int = 0  # of a video, where the file tells
    pages: int = 0  # of a document, where the file tells
    wants_captions: bool = False
    wants_thumbnail: bool = False
    library: Library | None = None

    @property
    def captions(self) -> str:
        """Where a video's captions are in `World.blobs`, once they are uploaded."""
        return f"{self.id}-captions"

    @property
    def thumbnail(self) -> str:
        """Where a video's thumbnail is in `World.blobs`, once it is uploaded."""
        return f"{self.id}-thumbnail"

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


def register(
    world: World,
    *,
    kind: Kind,
    owner: str,
    artifact: str,
    recipe: str = "",
    life: timedelta = timedelta(hours=UPLOAD_ADDRESS_HOURS),
) -> Medium:
    """Return a new medium that waits for its bytes; its upload address lives so long."""
    now = world.clock.now()
    medium = Medium(
        id=_PREFIXES[kind] + world.new_id(12),
        kind=kind,
        owner=owner,
        created_at=now,
        expires_at=now + life,
        signature=world.new_secret(12),
        artifact=artifact,
        recipe=recipe,
    )
    world.state(Media).by_id[medium.id] = medium
    return medium
