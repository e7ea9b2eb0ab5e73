"""Organizations: pages of companies and schools (versioned API). LinkedIn documents reads only.

Source: "Organization Lookup API", learn.microsoft.com
/linkedin/marketing/community-management/organizations/organization-lookup-api
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from inroad.common.urn import Urn, organization
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, operation, paged
from inroad.sdk.resources.entity import (
    Batch,
    Elements,
    Entity,
    LocalizedText,
    Results,
    UrnText,
    as_batch,
    as_count,
    as_urn,
    decoder,
    pages,
    read_batch,
)

_PATH = "/rest/organizations"


class Logo(Entity, frozen=True):
    """A page's picture; read it with the images API."""

    original: UrnText | None = None
    cropped: UrnText | None = None


class FoundedOn(Entity, frozen=True):
    """When an organization was founded, as far as it says."""

    year: int
    month: int | None = None
    day: int | None = None


class Organization(Entity, frozen=True):
    """An organization. Administrators see all fields; others the name, the address, the logo and the locations."""

    id: int
    localized_name: str = ""
    vanity_name: str | None = None
    name: LocalizedText | None = None
    localized_description: str | None = None
    localized_website: str | None = None
    organization_type: str | None = None
    primary_organization_type: str | None = None
    staff_count_range: str | None = None
    industries: tuple[str, ...] = ()
    localized_specialties: tuple[str, ...] = ()
    locations: tuple[Mapping[str, Any], ...] = ()
    founded_on: FoundedOn | None = None
    logo: Logo | None = msgspec.field(name="logoV2", default=None)

    @property
    def urn(self) -> Urn:
        """The organization's URN."""
        return organization(self.id)

    @property
    def display_name(self) -> str:
        """The name, from whichever form is there."""
        return self.localized_name or (self.name.text if self.name else "")


_ORGANIZATION = decoder(Organization)
_ORGANIZATION_PAGE = decoder(Elements[Organization])
_ORGANIZATION_BATCH = decoder(Results[Organization])


class Organizations(Resource[IO]):
    """Organizations (versioned API)."""

    @operation
    def get(self, urn: Urn | str | int) -> Flow[Organization]:
        """Return an organization with all its fields.

        Args:
            urn: The organization's URN or its number.

        Raises:
            Forbidden: the member is no administrator; `lookup` shows the public fields.
            NotFound: there is no such organization.

        Scopes: rw_organization_admin or r_organization_admin.
        """
        response = yield Request("GET", f"{_PATH}/{_number(urn)}")
        return response.decode(_ORGANIZATION)

    @operation
    def batch_get(self, urns: Sequence[Urn | str | int]) -> Flow[Batch[Organization]]:
        """Return several organizations by URN, with all their fields; those that cannot be read are in `missing`.

        Raises:
            Forbidden: among others, in the development tier, where LinkedIn does not offer it.

        Scopes: as for `get`.
        """
        return (yield from _batch(_PATH, urns))

    @operation
    def lookup(self, urns: Sequence[Urn | str | int]) -> Flow[Batch[Organization]]:
        """Return the public fields of several organizations by URN; those that cannot be read are in `missing`."""
        return (yield from _batch("/rest/organizationsLookup", urns))

    @operation
    def find_by_vanity_name(self, vanity_name: str) -> Flow[Organization | None]:
        """Return the public fields of the organization at linkedin.com/company/`vanity_name`, or None.

        Scopes: any organization scope.
        """
        if not vanity_name.strip():
            raise InvalidArgument("vanity_name must not be empty")
        params = {"q": "vanityName", "vanityName": vanity_name}
        response = yield Request("GET", _PATH, params, restli_method="FINDER")
        elements = response.decode(_ORGANIZATION_PAGE).elements
        return elements[0] if elements else None

    @paged
    def find_by_email_domain(self, email_domain: str, *, count: int = 10) -> Flow[Page[Organization]]:
        """Yield the public fields of the organizations whose people have addresses at a domain.

        Args:
            email_domain: Such as `example.org`; no wildcards.
            count: Organizations per page, 1 to 100. Pages are fetched as you iterate.

        Scopes: any organization scope.
        """
        if not email_domain.strip():
            raise InvalidArgument("email_domain must not be empty")
        return (yield from _find({"q": "emailDomain", "emailDomain": email_domain}, count))

    @paged
    def find_by_parent(self, parent: Urn | str, *, count: int = 10) -> Flow[Page[Organization]]:
        """Yield the brands and children of an organization.

        Args:
            parent: The organization's URN.
            count: Organizations per page, 1 to 100. Pages are fetched as you iterate.

        Raises:
            Forbidden: the member is no administrator of the organization.

        Scopes: rw_organization_admin.
        """
        urn = as_urn(parent, "organization", name="parent")
        return (yield from _find({"q": "parentOrganization", "parent": urn}, count))


def _batch(path: str, urns: Sequence[Urn | str | int]) -> Flow[Batch[Organization]]:
    # Numbers only: a URN is refused here.
    ids = as_batch([_number(urn) for urn in urns], name="urns")
    response = yield Request("GET", path, {"ids": ids}, restli_method="BATCH_GET")
    return read_batch(response, _ORGANIZATION_BATCH, organization)


def _find(finder: Mapping[str, object], count: int) -> Flow[Page[Organization]]:
    params = {**finder, "start": 0, "count": as_count(count, 100)}
    return (yield from pages(Request("GET", _PATH, params, restli_method="FINDER"), _ORGANIZATION_PAGE))


def _number(urn: Urn | str | int) -> int:
    if isinstance(urn, int):
        return urn
    if isinstance(urn, str) and urn.isascii() and urn.isdigit():
        return int(urn)
    known = as_urn(urn, "organization", "organizationBrand", name="urn")
    if not known.id.isascii() or not known.id.isdigit():
        raise InvalidArgument(f"urn must end in a number, got {str(known)!r}")
    return int(known.id)
