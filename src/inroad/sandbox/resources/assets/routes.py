"""`/v2/assets` and `/rest/assets`: legacy registration of pictures and videos."""

from functools import partial
from typing import Any, Final

from inroad.common.clock import to_millis
from inroad.common.urn import Urn
from inroad.sandbox.answers import sentence
from inroad.sandbox.call import Answer, Call
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.actors import UPLOADING_ROLES, require_author_field, to_app, to_world
from inroad.sandbox.resources.assets import rules
from inroad.sandbox.resources.assets.schema import COMPLETE_MULTIPART_UPLOAD, OWNER_RELATIONSHIP, REGISTER_UPLOAD
from inroad.sandbox.resources.media.access import MEDIA_SCOPES, require_reader
from inroad.sandbox.resources.media.rules import changed_at, join_parts
from inroad.sandbox.resources.media.state import Media, Medium, register
from inroad.sandbox.resources.projection import projected
from inroad.sandbox.resources.refusals import not_found
from inroad.sandbox.shape import is_object, member_of

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/community-management/shares/vector-asset-api"

_SINGLE: Final = "com.linkedin.digitalmedia.uploading.MediaUploadHttpRequest"
_MULTIPART: Final = "com.linkedin.digitalmedia.uploading.MultipartUpload"
_ARTIFACTS: Final = {"image": "feedshare-uploadedImage", "video": "uploadedVideo"}
_FAMILIES: Final = {"image": "STILLIMAGE", "video": "VIDEO", "document": "PAGINATEDDOCUMENT"}


def _may_register(call: Call) -> None:
    request = member_of(call.body, "registerUploadRequest")
    if not is_object(request):
        return
    require_author_field(call, request.get("owner"), path="/registerUploadRequest/owner", roles=UPLOADING_ROLES)
    rules.check_registration(request)


def _register(call: Call) -> Answer:
    request = call.body["registerUploadRequest"]
    owner = to_world(call, request["owner"])
    assert owner is not None  # the rule has looked
    kind = rules.kind_of(request["recipes"])
    in_parts = "MULTIPART_UPLOAD" in request.get("supportedUploadMechanism", ())
    parts = rules.parts_of(request.get("fileSize")) if in_parts else []
    medium = register(call.world, kind=kind, owner=owner, artifact=_ARTIFACTS[kind], recipe=request["recipes"][0])
    medium.parts, medium.declared_bytes = parts, request.get("fileSize", 0)
    mechanism = _multipart(call, medium) if in_parts else _single(call, medium)
    asset = f"urn:li:digitalmediaAsset:{medium.id}"
    value = {
        "asset": asset,
        "mediaArtifact": _artifact(medium),
        "uploadMechanism": mechanism,
        "assetRealTimeTopic": f"urn:li-realtime:digitalmediaAssetUpdatesTopic:{asset}",
    }
    return Answer(body={"value": value})


def _single(call: Call, medium: Medium) -> dict[str, Any]:
    query = f"ca=vector_feedshare&cn=uploads&m=AQI9&app=221177001&sync=0&v=beta&ut=sandbox&sau={medium.signature}"
    return {
        _SINGLE: {
            "uploadUrl": f"{call.origin}/mediaUpload/{medium.id}/{medium.artifact}/0?{query}",
            "headers": {"media-type-family": "VIDEO"} if medium.kind == "video" else {},
        }
    }


def _multipart(call: Call, medium: Medium) -> dict[str, Any]:
    medium.metadata = call.world.new_id(24)
    requests = [
        {
            "byteRange": {"firstByte": part.first, "lastByte": part.last},
            "headers": {"Content-Type": "application/octet-stream"},
            "url": f"{call.origin}/dms-uploads/{medium.id}/{medium.artifact}?part={n}&sau={medium.signature}",
            "urlExpiresAt": to_millis(medium.expires_at),
        }
        for n, part in enumerate(medium.parts)
    ]
    return {_MULTIPART: {"metadata": medium.metadata, "partUploadRequests": requests}}


def _complete(call: Call) -> Answer:
    request = call.body["completeMultipartUploadRequest"]
    parts = Urn.parse(request["mediaArtifact"]).parts
    medium = call.world.state(Media).named(parts[0], "digitalmediaAsset")
    if medium is None or request["mediaArtifact"] != _artifact(medium):
        raise not_found()
    require_reader(call, medium)
    if request.get("metadata", request.get("metaData")) != medium.metadata:
        raise sentence(400, "metadata is not the one of the registration")
    rules.check_completion(medium.parts, request["partUploadResponses"])
    chunks = [part.chunks[-1] for part in medium.parts]
    call.work = partial(join_parts, call.world, medium, chunks, expected=medium.declared_bytes)
    return Answer()


def _get(call: Call) -> Answer:
    key = call.key if isinstance(call.key, str) else ""
    medium = call.world.state(Media).by_id.get(key.rpartition(":")[2])  # the bare id, or the whole URN
    if medium is None:
        raise not_found()
    require_reader(call, medium)
    recipe = medium.recipe or f"urn:li:digitalmediaRecipe:feedshare-{medium.kind}"
    view = {
        "id": medium.id,
        "owner": to_app(call, medium.owner),
        "mediaTypeFamily": _FAMILIES[medium.kind],
        "status": "ALLOWED",
        "recipes": [{"recipe": recipe, "status": medium.status(call.now)}],
        "serviceRelationships": [{"identifier": OWNER_RELATIONSHIP, "relationshipType": "OWNER"}],
        "resourceRelationships": [],
        "created": to_millis(medium.created_at),
        "lastModified": to_millis(changed_at(medium, call.now)),
    }
    return Answer(body=view)


def _artifact(medium: Medium) -> str:
    artifact_class = f"urn:li:digitalmediaMediaArtifactClass:{medium.artifact}"
    return f"urn:li:digitalmediaMediaArtifact:(urn:li:digitalmediaAsset:{medium.id},{artifact_class})"


_WRITERS: Final = frozenset({"w_member_social", "w_organization_social", "rw_ads"})

RESOURCES: Final = (
    Resource(
        path="assets",
        bases=frozenset({"v2", "rest"}),
        permission="partnerApiAssets",
        key="string",
        methods=(
            Method(
                name="ACTION-registerUpload",
                handler=_register,
                scopes=_WRITERS,
                rule=_may_register,
                body=REGISTER_UPLOAD,
                source=SOURCE,
            ),
            Method(
                name="ACTION-completeMultiPartUpload",
                handler=_complete,
                scopes=_WRITERS,
                body=COMPLETE_MULTIPART_UPLOAD,
                source=SOURCE,
            ),
            Method(
                name="GET",
                handler=projected(_get),
                scopes=MEDIA_SCOPES,
                params={"projection": "optional"},
                source=SOURCE,
            ),
        ),
    ),
)
