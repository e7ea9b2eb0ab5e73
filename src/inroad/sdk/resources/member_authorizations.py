"""Whether LinkedIn archives for this app what the token's member does (versioned API, versions of its own).

Source: "Member Authorization Management API", learn.microsoft.com /linkedin/dma/member-data-portability/shared
"""

from typing import ClassVar

from inroad.contract.versions import VerifiedWith
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, operation, paged
from inroad.sdk.resources.entity import Elements, Entity, Millis, UrnText, decoder, pages

_PATH = "/rest/memberAuthorizations"


class MemberAuthorizationKey(Entity, frozen=True):
    """The app, and the member who consented."""

    developer_application: UrnText
    member: UrnText


class MemberAuthorization(Entity, frozen=True):
    """Since when the member's changes are kept for the app."""

    member_compliance_authorization_key: MemberAuthorizationKey
    regulated_at: Millis | None = None
    member_compliance_scopes: tuple[str, ...] = ()


_AUTHORIZATIONS = decoder(Elements[MemberAuthorization])


class MemberAuthorizations(Resource[IO]):
    """Whether LinkedIn archives for this app what the token's member does."""

    verified_with: ClassVar = VerifiedWith("portability", "202312", "202312")

    @paged
    def find_by_member_and_application(self) -> Flow[Page[MemberAuthorization]]:
        """Yield the authorization of the token's member for this app; nothing when there is none.

        Scopes: r_dma_portability_self_serve, r_dma_portability_member or r_dma_portability_3rd_party.
        """
        request = Request("GET", _PATH, {"q": "memberAndApplication"}, restli_method="FINDER")
        return (yield from pages(request, _AUTHORIZATIONS))

    @operation
    def create(self) -> Flow[None]:
        """Have LinkedIn archive from now on what the token's member does, where consent alone did not bring it about.

        Scopes: r_dma_portability_self_serve, r_dma_portability_member or r_dma_portability_3rd_party.
        """
        # The empty object is required. UNCONFIRMED: 201; either success is taken.
        yield Request("POST", _PATH, json={}, restli_method="CREATE")
