"""The member behind a profile's address, to mention them (versioned API).

Source: "People Typeahead API", learn.microsoft.com
/linkedin/marketing/community-management/shares/posts-atmention-search-api
"""

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument, NotFound
from inroad.sdk.flow import IO, Flow, Request, Resource, operation
from inroad.sdk.resources.entity import Elements, Entity, UrnText, as_urn, decoder


class _Found(Entity, frozen=True):
    member: UrnText


_FOUND = decoder(Elements[_Found])


class VanityUrl(Resource[IO]):
    """The member behind a profile's address."""

    @operation
    def find_member(self, profile_url: str, *, organization: Urn | str) -> Flow[Urn | None]:
        """Return the URN of the member at `https://www.linkedin.com/in/...`, follower or not.

        None when LinkedIn does not say; it does not for some profiles that exist.

        Args:
            profile_url: The profile's whole address.
            organization: The organization that wants to mention the member.

        Raises:
            Forbidden: the token lacks the scope, or the member has no role at the organization.

        Scopes: r_organization_followers.
        Roles: ADMINISTRATOR or DIRECT_SPONSORED_CONTENT_POSTER of the organization.
        """
        if not profile_url.startswith("https://"):
            raise InvalidArgument(f"profile_url must begin with https://, got {profile_url[:80]!r}")
        params = {
            "q": "vanityUrlAsOrganization",
            "vanityUrl": profile_url,
            "organization": as_urn(organization, "organization", "organizationBrand", name="organization"),
        }
        try:
            response = yield Request("GET", "/rest/vanityUrl", params, restli_method="FINDER")
        except NotFound:
            return None
        elements = response.decode(_FOUND).elements
        return elements[0].member if elements else None
