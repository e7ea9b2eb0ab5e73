"""What the three media APIs share: initialization by owner, reading, and the ad accounts' media library.

Sources: "Images API", "Videos API", "Documents API", learn.microsoft.com
/linkedin/marketing/community-management/shares/
"""

from collections.abc import Callable
from typing import Any, Final, TypeAlias

from inroad.common.clock import to_millis
from inroad.sandbox.answers import bad_parameter
from inroad.sandbox.call import Answer, Call, Value
from inroad.sandbox.records import ANY, STRING, Field, Record, UrnOf
from inroad.sandbox.resource import Method
from inroad.sandbox.resources.actors import UPLOADING_ROLES, WRITE_SCOPES, may_act, require_author, to_app
from inroad.sandbox.resources.batches import batch
from inroad.sandbox.resources.media.access import MEDIA_SCOPES, may_read, require_reader
from inroad.sandbox.resources.media.state import Kind, Library, Media, Medium
from inroad.sandbox.resources.media.streams import picture_expiry
from inroad.sandbox.resources.paging import page
from inroad.sandbox.resources.patch import patched
from inroad.sandbox.resources.refusals import forbidden, not_found
from inroad.sandbox.shape import member_of

Show: TypeAlias = Callable[[Call, Medium], dict[str, Any]]

UPLOADERS: Final = frozenset({"w_member_social", "w_organization_social", "rw_ads"})

LIBRARY_METADATA: Final = Record(
    "MediaLibraryMetadata",
    (
        Field("associatedAccount", UrnOf("sponsoredAccount")),
        Field("assetName", STRING, required=False),
    ),
)

ENTITY: Final = Record(
    "Medium",
    (
        Field("mediaLibraryMetadata", LIBRARY_METADATA),
        *(Field(name, ANY, required=False, read_only=True) for name in ("id", "owner", "status", "downloadUrl")),
    ),
)


def initialization(*fields: Field) -> Record:
    """Return what the body of `initializeUpload` may hold, with a medium's own fields."""
    request = Record(
        "InitializeUploadRequest",
        (Field("owner", STRING), *fields, Field("mediaLibraryMetadata", LIBRARY_METADATA, required=False)),
    )
    return Record("InitializeUpload", (Field("initializeUploadRequest", request),))


def may_initialize(call: Call) -> None:
    """Refuse an owner that the caller may not be."""
    owner = member_of(member_of(call.body, "initializeUploadRequest"), "owner")
    require_author(call, owner, word="owner", path="/initializeUploadRequest/owner", roles=UPLOADING_ROLES)


def library_of(request: dict[str, Any]) -> Library | None:
    """Return the library's place that an initialization asks for."""
    metadata = request.get("mediaLibraryMetadata")
    if metadata is None:
        return None
    return Library(account=metadata["associatedAccount"], name=metadata.get("assetName", ""))


def found(call: Call, key: Value | None, kind: Kind) -> Medium:
    """Return the medium with this URN that the caller may read."""
    medium = call.world.state(Media).named(key, kind) if isinstance(key, str) else None
    if medium is None:
        raise not_found()
    require_reader(call, medium)
    return medium


def require_uploader(call: Call, medium: Medium) -> None:
    """Refuse to let anybody but the owner go on with an upload."""
    if not may_act(call, medium.owner, scopes=WRITE_SCOPES, roles=UPLOADING_ROLES):
        raise forbidden(f"this {medium.kind}")


def head(call: Call, medium: Medium) -> dict[str, Any]:
    """Return the fields that every medium shows."""
    view: dict[str, Any] = {
        "id": f"urn:li:{medium.kind}:{medium.id}",
        "owner": to_app(call, medium.owner),
        "status": medium.status(call.now),
    }
    if medium.library is not None:
        view["mediaLibraryMetadata"] = {"associatedAccount": medium.library.account, "assetName": medium.library.name}
    return view


def download(call: Call, address: str) -> dict[str, Any]:
    """Return a download address with its end."""
    return {"downloadUrl": address, "downloadUrlExpiresAt": to_millis(picture_expiry(call.now))}


def methods(kind: Kind, show: Show, source: str) -> tuple[Method, ...]:
    """Return the methods that read media of a kind, find them in a library and change their place there."""

    def get(call: Call) -> Answer:
        return Answer(body=show(call, found(call, call.key, kind)))

    def batch_get(call: Call) -> Answer:
        return batch(call, lambda key: show(call, found(call, key, kind)))

    def find(call: Call) -> Answer:
        account = call.params.get("associatedAccount")
        if not isinstance(account, str) or not account.startswith("urn:li:sponsoredAccount:"):
            raise bad_parameter("PARAM_INVALID", "associatedAccount")
        order = call.params.get("sortOrder", "DESCENDING")
        if order not in ("ASCENDING", "DESCENDING"):
            raise bad_parameter("PARAM_INVALID", "sortOrder")
        kept = [m for m in call.world.state(Media).by_id.values() if m.kind == kind and _is_in(m, account)]
        media = sorted(
            (m for m in kept if may_read(call, m)), key=lambda m: m.created_at, reverse=order == "DESCENDING"
        )
        return Answer(body=page(call, media, lambda m: show(call, m)))

    def update(call: Call) -> Answer:
        medium = found(call, call.key, kind)
        before = {} if medium.library is None else {"mediaLibraryMetadata": head(call, medium)["mediaLibraryMetadata"]}
        medium.library = library_of(patched(before, call.body["patch"]))
        return Answer(status=204)

    return (
        Method(name="GET", handler=get, scopes=MEDIA_SCOPES, source=source),
        Method(name="BATCH_GET", handler=batch_get, scopes=MEDIA_SCOPES, source=source),
        Method(
            name="FINDER-associatedAccount",
            handler=find,
            scopes=frozenset({"r_ads", "rw_ads"}),
            params={
                "associatedAccount": "required",
                "sortOrder": "optional",
                "start": "optional",
                "count": "optional",
            },
            source=source,
        ),
        Method(name="PARTIAL_UPDATE", handler=update, scopes=frozenset({"rw_ads"}), body=ENTITY, source=source),
    )


def _is_in(medium: Medium, account: str) -> bool:
    return medium.library is not None and medium.library.account == account
