"""Organization brands, also called showcase pages (versioned API). LinkedIn documents reads only.

Source: "Organization Lookup API", learn.microsoft.com
/linkedin/marketing/community-management/organizations/organization-lookup-api
"""

from collections.abc import Sequence

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, operation, paged
from inroad.sdk.resources.entity import (
    Batch,
    Elements,
    Entity,
    Results,
    UrnText,
    as_batch,
    as_count,
    as_urn,
    decoder,
    pages,
    read_batch,
)
from inroad.sdk.resources.organizations import Organization

_PATH = "/rest/organizationBrands"


class ParentRelationship(Entity, frozen=True):
    """Whose brand it is. UNCONFIRMED: the values of `relationship_status`; ACCEPTED is in an example of ours."""

    parent: UrnText
    relationship_status: str | None = None


class OrganizationBrand(Organization, frozen=True):
    """A brand: an organization's fields, and whose brand it is."""

    parent_relationship: ParentRelationship | None = None

    @property
    def urn(self) -> Urn:
        """The brand's URN."""
        return _brand(self.id)


_BRAND = decoder(OrganizationBrand)
_BRAND_PAGE = decoder(Elements[OrganizationBrand])
_BRAND_BATCH = decoder(Results[OrganizationBrand])


class OrganizationBrands(Resource[IO]):
    """Organization brands."""

    @operation
    def get(self, urn: Urn | str | int) -> Flow[OrganizationBrand]:
        """Return a brand with all its fields.

        Args:
            urn: The brand's URN or its number.

        Raises:
            Forbidden: the member is no administrator; `lookup` shows the public fields.
            NotFound: there is no such brand.

        Scopes: rw_organization_admin or r_organization_admin.
        """
        response = yield Request("GET", f"{_PATH}/{_number(urn)}")
        return response.decode(_BRAND)

    @operation
    def batch_get(self, urns: Sequence[Urn | str | int]) -> Flow[Batch[OrganizationBrand]]:
        """Return several brands by URN, with all their fields; those that cannot be read are in `missing`.

        Raises:
            Forbidden: among others, in the development tier, where LinkedIn does not offer it.

        Scopes: as for `get`.
        """
        return (yield from _batch(_PATH, urns))

    @operation
    def lookup(self, urns: Sequence[Urn | str | int]) -> Flow[Batch[OrganizationBrand]]:
        """Return the public fields of several brands by URN; those that cannot be read are in `missing`."""
        return (yield from _batch("/rest/organizationBrandsLookup", urns))

    @operation
    def find_by_vanity_name(self, vanity_name: str) -> Flow[OrganizationBrand | None]:
        """Return the public fields of the brand at linkedin.com/showcase/`vanity_name`, or None.

        Scopes: any organization scope.
        """
        if not vanity_name.strip():
            raise InvalidArgument("vanity_name must not be empty")
        params = {"q": "vanityName", "vanityName": vanity_name}
        response = yield Request("GET", _PATH, params, restli_method="FINDER")
        elements = response.decode(_BRAND_PAGE).elements
        return elements[0] if elements else None

    @paged
    def find_by_parent(self, organization: Urn | str, *, count: int = 10) -> Flow[Page[OrganizationBrand]]:
        """Yield the brands of an organization.

        Args:
            organization: The organization's URN.
            count: Brands per page, 1 to 100. Pages are fetched as you iterate.

        Raises:
            Forbidden: the member is no administrator of the organization.

        Scopes: rw_organization_admin.
        """
        params = {
            "q": "parentOrganization",
            "parent": as_urn(organization, "organization", name="organization"),
            "start": 0,
            "count": as_count(count, 100),
        }
        return (yield from pages(Request("GET", _PATH, params, restli_method="FINDER"), _BRAND_PAGE))


def _batch(path: str, urns: Sequence[Urn | str | int]) -> Flow[Batch[OrganizationBrand]]:
    ids = as_batch([_number(urn) for urn in urns], name="urns")
    response = yield Request("GET", path, {"ids": ids}, restli_method="BATCH_GET")
    return read_batch(response, _BRAND_BATCH, _brand)


def _brand(id: int | str) -> Urn:
    return Urn("organizationBrand", str(id))


def _number(urn: Urn | str | int) -> int:
    # Brands and organizations share their numbers.
    id = str(urn) if isinstance(urn, int) or (isinstance(urn, str) and urn.isdigit()) else _id(urn)
    if not id.isascii() or not id.isdigit():
        raise InvalidArgument(f"urn must end in a number, got {str(urn)!r}")
    return int(id)


def _id(urn: Urn | str) -> str:
    return as_urn(urn, "organizationBrand", "organization", name="urn").id
