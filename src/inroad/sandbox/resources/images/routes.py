"""`/rest/images`: the versioned Images API."""

from typing import Any, Final

from inroad.common.clock import to_millis
from inroad.sandbox.call import Answer, Call, Value
from inroad.sandbox.records import STRING, Field, Record, UrnOf
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.actors import UPLOADING_ROLES, require_author, to_app, to_world
from inroad.sandbox.resources.batches import batch
from inroad.sandbox.resources.media.access import MEDIA_SCOPES, require_reader
from inroad.sandbox.resources.media.state import Media, Medium, register
from inroad.sandbox.resources.media.streams import picture_address, picture_expiry
from inroad.sandbox.resources.refusals import not_found
from inroad.sandbox.resources.shape import member_of

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/community-management/shares/images-api"

INITIALIZE_UPLOAD: Final = Record(
    "InitializeUpload",
    (
        Field(
            "initializeUploadRequest",
            Record(
                "InitializeUploadRequest",
                (
                    Field("owner", STRING),
                    Field(
                        "mediaLibraryMetadata",
                        Record(
                            "MediaLibraryMetadata",
                            (
                                Field("associatedAccount", UrnOf("sponsoredAccount")),
                                Field("assetName", STRING, required=False),
                            ),
                        ),
                        required=False,
                    ),
                ),
            ),
        ),
    ),
)


def _may_initialize(call: Call) -> None:
    owner = member_of(member_of(call.body, "initializeUploadRequest"), "owner")
    require_author(call, owner, word="owner", path="/initializeUploadRequest/owner", roles=UPLOADING_ROLES)


def _initialize(call: Call) -> Answer:
    owner = to_world(call, call.body["initializeUploadRequest"]["owner"])
    assert owner is not None  # the rule has looked
    medium = register(call.world, kind="image", owner=owner, artifact="uploaded-image")
    query = f"ca=vector_feedshare&cn=uploads&sync=0&v=beta&ut=sandbox&sau={medium.signature}"
    value = {
        "uploadUrlExpiresAt": to_millis(medium.expires_at),
        "uploadUrl": f"{call.origin}/dms-uploads/{medium.id}/{medium.artifact}/0?{query}",
        "image": f"urn:li:image:{medium.id}",
    }
    return Answer(body={"value": value})


def _view(call: Call, medium: Medium) -> dict[str, Any]:
    view: dict[str, Any] = {
        "id": f"urn:li:image:{medium.id}",
        "owner": to_app(call, medium.owner),
        "status": medium.status(call.now),
    }
    if view["status"] == "AVAILABLE":
        view |= {
            "downloadUrl": picture_address(call, medium.id, medium.width),
            "downloadUrlExpiresAt": to_millis(picture_expiry(call.now)),
        }
    return view


def _found(call: Call, key: Value | None) -> Medium:
    medium = call.world.state(Media).named(key, "image") if isinstance(key, str) else None
    if medium is None:
        raise not_found()
    require_reader(call, medium)
    return medium


def _get(call: Call) -> Answer:
    return Answer(body=_view(call, _found(call, call.key)))


def _batch_get(call: Call) -> Answer:
    return batch(call, lambda key: _view(call, _found(call, key)))


RESOURCES: Final = (
    Resource(
        path="images",
        bases=frozenset({"rest"}),
        key="urn",
        methods=(
            Method(
                name="ACTION-initializeUpload",
                handler=_initialize,
                scopes=frozenset({"w_member_social", "w_organization_social", "rw_ads"}),
                rule=_may_initialize,
                body=INITIALIZE_UPLOAD,
                source=SOURCE,
            ),
            Method(name="GET", handler=_get, scopes=MEDIA_SCOPES, source=SOURCE),
            Method(name="BATCH_GET", handler=_batch_get, scopes=MEDIA_SCOPES, source=SOURCE),
        ),
    ),
)
