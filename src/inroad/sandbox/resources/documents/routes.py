"""`/rest/documents`: the versioned Documents API. One upload of the whole file, and nothing to finalize."""

from typing import Any, Final

from inroad.common.clock import to_millis, to_seconds
from inroad.sandbox.call import Answer, Call
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.actors import to_world
from inroad.sandbox.resources.media import library
from inroad.sandbox.resources.media.state import Medium, register
from inroad.sandbox.resources.media.streams import picture_expiry

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/community-management/shares/documents-api"


def _initialize(call: Call) -> Answer:
    request = call.body["initializeUploadRequest"]
    owner = to_world(call, request["owner"])
    assert owner is not None  # the rule has looked
    medium = register(call.world, kind="document", owner=owner, artifact="ads-uploadedDocument")
    medium.library = library.library_of(request)
    query = f"ca=vector_ads&cn=uploads&sync=0&v=beta&ut=sandbox&sau={medium.signature}"
    value = {
        "uploadUrlExpiresAt": to_millis(medium.expires_at),
        "uploadUrl": f"{call.origin}/dms-uploads/{medium.id}/{medium.artifact}/0?{query}",
        "document": f"urn:li:document:{medium.id}",
    }
    return Answer(body={"value": value})


def _view(call: Call, medium: Medium) -> dict[str, Any]:
    """Show a document. UNCONFIRMED: `pageCount`; a recorded answer would confirm it."""
    view = library.head(call, medium)
    if view["status"] == "AVAILABLE":
        expires = to_seconds(picture_expiry(call.now))
        address = f"{call.origin}/media/dms/document/{medium.id}/0?e={expires}&v=beta&t=sandbox"
        view |= library.download(call, address)
        if medium.pages:
            view["pageCount"] = medium.pages
    return view


RESOURCES: Final = (
    Resource(
        path="documents",
        bases=frozenset({"rest"}),
        key="urn",
        methods=(
            Method(
                name="ACTION-initializeUpload",
                handler=_initialize,
                scopes=library.UPLOADERS,
                rule=library.may_initialize,
                body=library.initialization(),
                source=SOURCE,
            ),
            *library.methods("document", _view, SOURCE),
        ),
    ),
)
