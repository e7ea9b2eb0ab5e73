"""How an organization is shown.

Source: "Organization Lookup API", learn.microsoft.com
/linkedin/marketing/community-management/organizations/organization-lookup-api
"""

from typing import Any

from inroad.sandbox.resources.locales import locale_of, multi_locale
from inroad.sandbox.world import Organization

LOCALE = "en_US"

# fmt: off
STAFF_RANGES = (
    "SIZE_1", "SIZE_2_TO_10", "SIZE_11_TO_50", "SIZE_51_TO_200", "SIZE_201_TO_500", "SIZE_501_TO_1000",
    "SIZE_1001_TO_5000", "SIZE_5001_TO_10000", "SIZE_10001_OR_MORE",
)
# fmt: on


def public_view(page: Organization) -> dict[str, Any]:
    """Return the fields that anybody may see."""
    view: dict[str, Any] = {
        "id": page.id,
        "name": multi_locale(page.name, LOCALE),
        "localizedName": page.name,
        "localizedWebsite": page.website,
        "vanityName": page.vanity_name,
        "locations": [],
        "primaryOrganizationType": "NONE" if page.parent is None else "BRAND",
    }
    if page.logo != "none":
        logo = f"urn:li:digitalmediaAsset:{page.logo}"
        view["logoV2"] = {
            "original": logo,
            "cropped": logo,
            "cropInfo": {"x": 0, "y": 0, "width": 0, "height": 0},
        }
    return {name: value for name, value in view.items() if value != ""}


def admin_view(page: Organization) -> dict[str, Any]:
    """Return the fields that an administrator sees."""
    view: dict[str, Any] = {
        **public_view(page),
        "organizationType": "PRIVATELY_HELD",
        "staffCountRange": page.size,
        "industries": page.industries,
        "localizedSpecialties": [],
        "specialties": [],
        "defaultLocale": locale_of(LOCALE),
        "groups": [],
        "alternativeNames": [],
        "autoCreated": False,
        "versionTag": "1",
    }
    if page.parent is not None:
        # UNCONFIRMED: the value of `relationshipStatus`.
        parent = f"urn:li:organization:{page.parent}"
        view["parentRelationship"] = {"parent": parent, "relationshipStatus": "ACCEPTED"}
    if page.website:
        view["website"] = multi_locale(page.website, LOCALE)
    if page.description:
        view |= {"description": multi_locale(page.description, LOCALE), "localizedDescription": page.description}
    return view
