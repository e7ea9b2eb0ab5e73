"""Addresses of pictures: where a browser finds them, and the `playableStreams` decoration that lists them.

Source: "Profile Picture", learn.microsoft.com /linkedin/shared/references/v2/profile/profile-picture; recorded answers
of 2018 to 2024.
"""

from datetime import datetime, timedelta
from typing import Any

from inroad.common.clock import to_seconds
from inroad.sandbox.call import Call
from inroad.sandbox.resources.media.pictures import size_of
from inroad.sandbox.world import World

ADDRESS_LIFE = timedelta(days=60)
"""How long a picture's address opens. UNCONFIRMED: recorded addresses carried weeks to months."""

_WIDTHS = (100, 200, 400, 800)


def artifact_class(world: World, asset: str, width: int) -> str:
    """Return the name of a rendition: of a profile photo, a page's logo, or a post's picture."""
    if any(member.picture == asset for member in world.members.values()):
        return f"profile-displayphoto-shrink_{width}_{width}"
    if any(page.logo == asset for page in world.organizations.values()):
        return f"company-logo_{width}_{width}"
    return f"feedshare-shrink_{width}"


def picture_expiry(now: datetime) -> datetime:
    """Return until when an address that is handed out now opens."""
    return now + ADDRESS_LIFE


def picture_address(call: Call, asset: str, width: int) -> str:
    """Return the address of a rendition, good for a while."""
    expires = to_seconds(picture_expiry(call.now))
    name = artifact_class(call.world, asset, width)
    return f"{call.origin}/media/dms/image/{asset}/{name}/0?e={expires}&v=beta&t=sandbox"


def playable_streams(call: Call, asset: str) -> dict[str, Any]:
    """Return the renditions of a picture, smallest first; an asset without bytes has none."""
    blob = call.world.blobs.get(asset)
    width, height = (0, 0) if blob is None else size_of(blob.data)
    if blob is None or not width:
        elements = []
    else:
        widths = [w for w in _WIDTHS if w <= width] or [width]
        elements = [_element(call, asset, blob.content_type, w, w * height // width) for w in widths]
    return {"paging": {"count": 10, "start": 0, "links": []}, "elements": elements}


def _element(call: Call, asset: str, media_type: str, width: int, height: int) -> dict[str, Any]:
    name = artifact_class(call.world, asset, width)
    owner = f"urn:li:digitalmediaAsset:{asset}"
    kind = f"urn:li:digitalmediaMediaArtifactClass:{name}"
    ratio = round(width / max(1, height), 2)
    aspect = {"widthAspect": ratio, "heightAspect": 1.0, "formatted": f"{ratio:.2f}:1.00"}
    return {
        "artifact": f"urn:li:digitalmediaMediaArtifact:({owner},{kind})",
        "authorizationMethod": "PUBLIC",
        "data": {
            "com.linkedin.digitalmedia.mediaartifact.StillImage": {
                "mediaType": media_type,
                "rawCodecSpec": {"name": media_type.removeprefix("image/"), "type": "image"},
                "displaySize": {"width": float(width), "uom": "PX", "height": float(height)},
                "storageSize": {"width": width, "height": height},
                "storageAspectRatio": aspect,
                "displayAspectRatio": dict(aspect),
            }
        },
        "identifiers": [
            {
                "identifier": picture_address(call, asset, width),
                "index": 0,
                "mediaType": media_type,
                "file": f"urn:li:digitalmediaFile:({owner},{kind},0)",
                "identifierType": "EXTERNAL_URL",
                "identifierExpiresInSeconds": to_seconds(picture_expiry(call.now)),
            }
        ],
    }
