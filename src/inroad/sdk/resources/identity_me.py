"""The token's member as Verified on LinkedIn shows them (versioned API, versions of its own).

LinkedIn forbids using it for decisions on employment, credit or housing, for background checks and as an official
identification.
Source: "Verified on LinkedIn", learn.microsoft.com /linkedin/consumer/integrations/verified-on-linkedin/overview
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from inroad.common.urn import Urn, person
from inroad.contract.versions import VerifiedWith
from inroad.sdk.flow import IO, Flow, Request, Resource, operation
from inroad.sdk.resources.entity import Entity, LocalizedText, Millis, decoder


class BasicInfo(Entity, frozen=True):
    """Names and where the profile is. UNCONFIRMED: the inside of `profile_picture`, whose addresses expire."""

    first_name: LocalizedText = LocalizedText()
    last_name: LocalizedText = LocalizedText()
    primary_email_address: str | None = None
    profile_url: str | None = None
    profile_picture: Mapping[str, Any] | None = None


class MonthOfYear(Entity, frozen=True):
    """When something began."""

    year: int | None = None
    month: int | None = None


class VerifiedEducation(Entity, frozen=True):
    """The latest education (Plus tier)."""

    school_name: LocalizedText | None = None
    degree_name: LocalizedText | None = None
    school_logo: Mapping[str, Any] | None = None


class VerifiedPosition(Entity, frozen=True):
    """The current position (Plus tier)."""

    title: LocalizedText | None = None
    company_name: LocalizedText | None = None
    company_page_url: str | None = None
    company_logo: Mapping[str, Any] | None = None
    started_on: MonthOfYear | None = None


class Identity(Entity, frozen=True):
    """The token's member. What the app's tier does not include is None."""

    id: str
    last_refreshed_at: Millis | None = None
    basic_info: BasicInfo = BasicInfo()
    most_recent_education: VerifiedEducation | None = None
    primary_current_position: VerifiedPosition | None = None

    @property
    def urn(self) -> Urn:
        """The member's URN, valid for this app."""
        return person(self.id)

    @property
    def display_name(self) -> str:
        """First and last name."""
        return f"{self.basic_info.first_name.text} {self.basic_info.last_name.text}".strip()


_IDENTITY = decoder(Identity)


class IdentityMe(Resource[IO]):
    """The token's member as Verified on LinkedIn shows them."""

    verified_with: ClassVar = VerifiedWith("verified", "202510", "202510")

    @operation
    def get(self) -> Flow[Identity]:
        """Return the token's member.

        Raises:
            Forbidden: the scope is missing, or the app is in the development tier and the member is not its admin.

        Scopes: r_profile_basicinfo; r_primary_current_experience and r_most_recent_education in the Plus tier.
        """
        response = yield Request("GET", "/rest/identityMe")
        return response.decode(_IDENTITY)
