"""Whether what was read of verified members still holds, for many at once (versioned API, versions of its own).

For apps in the Plus tier, with a token of the app itself (client credentials).
Source: "Verified on LinkedIn", learn.microsoft.com /linkedin/consumer/integrations/verified-on-linkedin/overview
"""

from collections.abc import Sequence
from typing import ClassVar

from inroad.common.urn import Urn, person
from inroad.contract.versions import VerifiedWith
from inroad.sdk.flow import IO, Flow, Request, Resource, operation
from inroad.sdk.resources.entity import Entity, as_batch, as_urn, decoder

MAX_VALIDATIONS = 500
"""Members per call."""


class CategoryStatuses(Entity, frozen=True):
    """VALID, INVALID or VALID_WITH_UPDATES for each category that was verified."""

    identity: str | None = None
    workplace: str | None = None


class ValidationStatus(Entity, frozen=True):
    """Whether what was read of a member still holds."""

    id: str
    verification_status: CategoryStatuses = CategoryStatuses()
    profile_information_status: str | None = None

    @property
    def urn(self) -> Urn:
        """The member's URN, valid for this app."""
        return person(self.id)

    @property
    def is_current(self) -> bool:
        """Whether nothing has to be read again or forgotten."""
        known = (
            self.verification_status.identity,
            self.verification_status.workplace,
            self.profile_information_status,
        )
        return all(status in {None, "VALID"} for status in known)


class _Answer(Entity, frozen=True):
    value: tuple[ValidationStatus, ...] = ()


_STATUSES = decoder(_Answer)


class ValidationStatuses(Resource[IO]):
    """Whether what was read of verified members still holds."""

    verified_with: ClassVar = VerifiedWith("verified", "202510", "202510")

    @operation
    def retrieve(self, members: Sequence[Urn | str]) -> Flow[list[ValidationStatus]]:
        """Return for each member whether the verifications and the profile that were read still hold.

        Args:
            members: 1 to 500 person URNs.

        Raises:
            Forbidden: the app is not in the Plus tier, or the token is a member's.
        """
        ids = as_batch(
            [as_urn(member, "person", name="members").id for member in members], name="members", most=MAX_VALIDATIONS
        )
        request = Request(
            "POST",
            "/rest/validationStatus",
            {"action": "retrieve"},
            json={"validationQueries": [{"id": id} for id in ids]},
            restli_method="ACTION",
            repeatable=True,  # it only reads
        )
        response = yield request
        return list(response.decode(_STATUSES).value)
