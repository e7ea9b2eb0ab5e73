"""Who may do what for an organization (versioned API).

Source: "Organization Access Control by Role", learn.microsoft.com
/linkedin/marketing/community-management/organizations/organization-access-control-by-role
"""

from typing import Literal, TypeAlias

import msgspec

from inroad.common.urn import Urn
from inroad.contract.roles import POSTING_ROLES
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, paged
from inroad.sdk.resources.entity import Elements, Entity, UrnText, as_count, as_urn, decoder, pages

OrganizationRole: TypeAlias = Literal[
    "ADMINISTRATOR",
    "DIRECT_SPONSORED_CONTENT_POSTER",
    "RECRUITING_POSTER",
    "LEAD_CAPTURE_ADMINISTRATOR",
    "LEAD_GEN_FORMS_MANAGER",
    "ANALYST",
    "CURATOR",
    "CONTENT_ADMINISTRATOR",
]
RoleState: TypeAlias = Literal["APPROVED", "REJECTED", "REQUESTED", "REVOKED"]


class OrganizationAcl(Entity, frozen=True):
    """One member's role at one organization. LinkedIn names the organization in one of three fields."""

    role: str
    state: str
    role_assignee: UrnText
    _organization: UrnText | None = msgspec.field(name="organization", default=None)
    _organization_target: UrnText | None = msgspec.field(name="organizationTarget", default=None)
    _organizational_target: UrnText | None = msgspec.field(name="organizationalTarget", default=None)

    @property
    def organization(self) -> Urn | None:
        """The organization, whichever field LinkedIn named it in."""
        return self._organization or self._organization_target or self._organizational_target

    @property
    def may_post(self) -> bool:
        """Whether the role, once approved, lets the member post for the organization."""
        return self.state == "APPROVED" and self.role in POSTING_ROLES


_ACLS = decoder(Elements[OrganizationAcl])


class OrganizationAcls(Resource[IO]):
    """Who may do what for an organization."""

    @paged
    def find_by_role_assignee(
        self, *, role: OrganizationRole | None = None, state: RoleState | None = "APPROVED", count: int = 100
    ) -> Flow[Page[OrganizationAcl]]:
        """Yield the roles of the token's member at organizations.

        Args:
            role: Only this role.
            state: Only this state; None for all.
            count: Roles per page, 1 to 100. Pages are fetched as you iterate.

        Scopes: rw_organization_admin or r_organization_admin.
        """
        return (yield from _find({"q": "roleAssignee"}, role, state, count))

    @paged
    def find_by_organization(
        self,
        *,
        organization: Urn | str,
        role: OrganizationRole | None = None,
        state: RoleState | None = "APPROVED",
        count: int = 100,
    ) -> Flow[Page[OrganizationAcl]]:
        """Yield the members with a role at an organization.

        Args:
            organization: The organization's URN.
            role: Only this role.
            state: Only this state; None for all.
            count: Roles per page, 1 to 100. Pages are fetched as you iterate.

        Raises:
            Forbidden: the member is no administrator of the organization.

        Scopes: rw_organization_admin or r_organization_admin.
        """
        urn = as_urn(organization, "organization", "organizationBrand", name="organization")
        return (yield from _find({"q": "organization", "organization": urn}, role, state, count))


def _find(
    params: dict[str, object], role: OrganizationRole | None, state: RoleState | None, count: int
) -> Flow[Page[OrganizationAcl]]:
    params["count"] = as_count(count, 100)
    params["start"] = 0
    if role is not None:
        params["role"] = role
    if state is not None:
        params["state"] = state
    return (yield from pages(Request("GET", "/rest/organizationAcls", params, restli_method="FINDER"), _ACLS))
