"""What stands behind a URN, for `~` in projections.

Source: "Response Decoration", learn.microsoft.com /linkedin/shared/api-guide/concepts/decoration
"""

from typing import Any

from inroad.common.urn import Urn
from inroad.sandbox.call import Call
from inroad.sandbox.resources.actors import organization_of, roles_on
from inroad.sandbox.resources.media.state import Media
from inroad.sandbox.resources.media.streams import playable_streams
from inroad.sandbox.resources.organizations.views import admin_view, public_view
from inroad.sandbox.resources.profile.views import email_urn, member_view
from inroad.sandbox.resources.refusals import not_found


def decorated(call: Call, urn: str, decorator: str) -> Any:
    """Return the entity that the URN names, as far as the caller may see it."""
    try:
        parsed = Urn.parse(urn)
    except ValueError:
        raise not_found() from None
    if parsed.is_kind("digitalmediaAsset"):
        return _asset(call, parsed.id, decorator)
    if parsed.is_kind("person"):
        return _person(call, parsed)
    if parsed.is_kind("organization", "organizationBrand"):
        page = organization_of(call.world, urn)
        if page is None:
            raise not_found()
        is_admin = "ADMINISTRATOR" in roles_on(call, f"urn:li:organization:{page.id}")
        return admin_view(page) if is_admin else public_view(page)
    if parsed.is_kind("emailAddress") and urn == email_urn(call.member):
        return {"emailAddress": call.member.email}
    raise not_found()


def _asset(call: Call, asset: str, decorator: str) -> Any:
    known = call.world.state(Media).by_id
    if asset not in call.world.blobs and asset not in known:
        raise not_found()
    if decorator == "playableStreams":
        return playable_streams(call, asset)
    return {"id": asset}


def _person(call: Call, urn: Urn) -> Any:
    member = call.member_named(urn)
    if member is None:
        raise not_found()
    own = member is call.grant.member
    return member_view(call, member, is_basic=own and call.grant.has_any("r_basicprofile"))
