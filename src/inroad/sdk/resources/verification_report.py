"""What LinkedIn has verified of the token's member (versioned API, versions of its own).

Source: "Verified on LinkedIn", learn.microsoft.com /linkedin/consumer/integrations/verified-on-linkedin/overview
"""

from collections.abc import Sequence
from typing import ClassVar, Literal, TypeAlias

from inroad.common.urn import Urn, person
from inroad.contract.versions import VerifiedWith
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Flow, Request, Resource, operation
from inroad.sdk.resources.entity import Entity, Millis, decoder
from inroad.sdk.restli.legacy import encode_query

VerificationCategory: TypeAlias = Literal["IDENTITY", "WORKPLACE"]


class VerifiedName(Entity, frozen=True):
    """The name on the document that was shown."""

    first_name: str | None = None
    middle_name: str | None = None
    last_name: str | None = None


class VerifiedOrganization(Entity, frozen=True):
    """The workplace."""

    name: str | None = None
    url: str | None = None


class VerifiedDetail(Entity, frozen=True):
    """What is known of one verification (Plus tier)."""

    category: str = ""
    last_verified_at: Millis | None = None
    verified_name: VerifiedName | None = None
    verification_method: str | None = None
    organization_info: VerifiedOrganization | None = None


class VerificationReport(Entity, frozen=True):
    """What is verified of the member. `verification_url` is where they can verify what is left, if anything is."""

    id: str
    user_id: str | None = None
    verifications: tuple[str, ...] = ()
    verification_url: str | None = None
    last_refreshed_at: Millis | None = None
    verified_details: tuple[VerifiedDetail, ...] = ()

    @property
    def urn(self) -> Urn:
        """The member's URN, valid for this app."""
        return person(self.id)

    @property
    def has_verified_identity(self) -> bool:
        """Whether an identity document was shown."""
        return "IDENTITY" in self.verifications

    @property
    def has_verified_workplace(self) -> bool:
        """Whether the workplace is known to be theirs."""
        return "WORKPLACE" in self.verifications


_REPORT = decoder(VerificationReport)


class VerificationReports(Resource[IO]):
    """What LinkedIn has verified of the token's member."""

    verified_with: ClassVar = VerifiedWith("verified", "202510", "202510")

    @operation
    def get(
        self, *, criteria: Sequence[VerificationCategory] = (), verified_within_days: int | None = None
    ) -> Flow[VerificationReport]:
        """Return what is verified of the token's member.

        Args:
            criteria: Only these categories; all when empty.
            verified_within_days: Only what was verified in so many days.

        Raises:
            Forbidden: the scope is missing, or the app is in the development tier and the member is not its admin.

        Scopes: r_verify; r_verify_details for the details in the Plus tier.
        """
        params: dict[str, object] = {}
        if criteria:
            params["verificationCriteria"] = list(criteria)
        if verified_within_days is not None:
            if verified_within_days < 1:
                raise InvalidArgument(f"verified_within_days must be 1 or more, got {verified_within_days}")
            params["verifiedWithinDays"] = verified_within_days
        # The criteria are repeated parameters, even under protocol 2.0.0.
        response = yield Request("GET", "/rest/verificationReport", query=encode_query(params))
        return response.decode(_REPORT)
