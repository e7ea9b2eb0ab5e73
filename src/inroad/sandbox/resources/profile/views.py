"""How a member is shown.

Sources, learn.microsoft.com: "Lite Profile Fields" and "Basic Profile Fields",
/linkedin/shared/references/v2/profile/; "Sign In with LinkedIn using OpenID Connect",
/linkedin/consumer/integrations/self-serve/sign-in-with-linkedin-v2
"""

import hashlib
from typing import Any

from inroad.sandbox.call import Call
from inroad.sandbox.resources.locales import locale_of, multi_locale
from inroad.sandbox.resources.media.streams import picture_address
from inroad.sandbox.world import Member

LITE_FIELDS = frozenset(
    ("id", "firstName", "lastName", "localizedFirstName", "localizedLastName", "profilePicture", "maidenName")
)
BASIC_FIELDS = LITE_FIELDS | {"headline", "localizedHeadline", "vanityName", "localizedMaidenName"}
FULL_FIELDS = frozenset(
    ("summary", "localizedSummary", "positions", "educations", "skills", "industryName", "location")
)
"""Fields of the closed `r_fullprofile`; nothing here holds them."""


def member_view(call: Call, member: Member, *, is_basic: bool) -> dict[str, Any]:
    """Return the lite or the basic profile; what is not set is left out."""
    view: dict[str, Any] = {
        "id": call.world.scoped_id(call.grant.app.client_id, member.id),
        "firstName": multi_locale(member.first_name, member.locale),
        "lastName": multi_locale(member.last_name, member.locale),
        "localizedFirstName": member.first_name,
        "localizedLastName": member.last_name,
    }
    if member.picture != "none":
        view["profilePicture"] = {"displayImage": f"urn:li:digitalmediaAsset:{member.picture}"}
    elif call.switches["profile.no_photo"] == "null":
        view["profilePicture"] = None
    if is_basic and member.headline:
        view |= {"headline": multi_locale(member.headline, member.locale), "localizedHeadline": member.headline}
    if is_basic and member.vanity_name:
        view["vanityName"] = member.vanity_name
    return view


def claims(call: Call, member: Member) -> dict[str, Any]:
    """Return the claims of userinfo that the grant's scopes open.

    `locale` is an object and `email_verified` a boolean here, a text in the id_token: recorded answers,
    while the page shows a text here too.
    """
    shown: dict[str, Any] = {"sub": call.world.scoped_id(call.grant.app.client_id, member.id)}
    if call.grant.has_any("profile"):
        as_text = call.switches["userinfo.locale"] == "string"
        shown |= {
            "name": f"{member.first_name} {member.last_name}".strip(),
            "given_name": member.first_name,
            "family_name": member.last_name,
            "locale": member.locale.replace("_", "-") if as_text else locale_of(member.locale),
        }
        if member.picture != "none":
            shown["picture"] = picture_address(call, member.picture, 100)
    if call.grant.has_any("email") and member.email:
        shown |= {"email": member.email, "email_verified": True}
    return shown


def email_urn(member: Member) -> str:
    """Return the URN of the member's e-mail address; it says nothing about the address."""
    number = int.from_bytes(hashlib.sha256(f"{member.id}\0{member.email}".encode()).digest()[:4])
    return f"urn:li:emailAddress:{number}"
