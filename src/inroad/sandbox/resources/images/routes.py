"""`/rest/images`: the versioned Images API."""

from typing import Any, Final

from inroad.common.clock import to_millis
from inroad.sandbox.call import Answer, Call
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.actors import to_world
from inroad.sandbox.resources.media import library
from inroad.sandbox.resources.media.state import Medium, register
from inroad.sandbox.resources.media.streams import picture_address

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/community-management/shares/images-api"


def _initialize(call: Call) -> Answer:
    request = call.body["initializeUploadRequest"]
    owner = to_world(call, request["owner"])
    assert owner is not None  # the rule has looked
    medium = register(call.world, kind="image", owner=owner, artifact="uploaded-image")
    medium.library = library.library_of(request)
    query = f"ca=vector_feedshare&cn=uploads&sync=0&v=beta&ut=sandbox&sau={medium.signature}"
    value = {
        "uploadUrlExpiresAt": to_millis(medium.expires_at),
        "uploadUrl": f"{call.origin}/dms-uploads/{medium.id}/{medium.artifact}/0?{query}",
        "image": f"urn:li:image:{medium.id}",
    }
    return Answer(body={"value": value})


def _view(call: Call, medium: Medium) -> dict[str, Any]:
    view = library.head(call, medium)
    if view["status"] == "AVAILABLE":
        view |= library.download(call, picture_address(call, medium.id, medium.width))
    return view


RESOURCES: Final = (
    Resource(
        path="images",
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
            *library.methods("image", _view, SOURCE),
        ),
    ),
)
