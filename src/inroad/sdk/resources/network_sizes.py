"""How many follow an organization (versioned API).

Source: "Organization Lookup API", learn.microsoft.com
/linkedin/marketing/community-management/organizations/organization-lookup-api
"""

from inroad.common.urn import Urn
from inroad.sdk.flow import IO, Flow, Request, Resource, operation
from inroad.sdk.resources.entity import Entity, as_urn, decoder
from inroad.sdk.restli.encode import encode_key

# `CompanyFollowedByMember`, the older spelling, is refused by the versioned API.
_EDGE_TYPE = "COMPANY_FOLLOWED_BY_MEMBER"


class _NetworkSize(Entity, frozen=True):
    first_degree_size: int


_NETWORK_SIZE = decoder(_NetworkSize)


class NetworkSizes(Resource[IO]):
    """How many follow an organization."""

    @operation
    def get(self, organization: Urn | str) -> Flow[int]:
        """Return how many members follow an organization. Follower statistics do not hold this number.

        Scopes: any organization scope.
        """
        urn = as_urn(organization, "organization", "organizationBrand", name="organization")
        response = yield Request("GET", f"/rest/networkSizes/{encode_key(urn)}", {"edgeType": _EDGE_TYPE})
        return response.decode(_NETWORK_SIZE).first_degree_size
