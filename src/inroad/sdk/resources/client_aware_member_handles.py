"""The member's addresses and telephone numbers through the profile API, for tokens with r_emailaddress.

Source: "Primary Contact API", learn.microsoft.com /linkedin/shared/integrations/people/primary-contact-api
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from inroad.sdk.flow import IO, Flow, Request, Resource, operation
from inroad.sdk.resources.entity import Elements, Entity, UrnText, decoder

PROJECTION = "(elements*(primary,type,handle~))"
"""The address stands in the decorated handle; without a projection there are URNs only."""


class PhoneNumber(Entity, frozen=True):
    """A telephone number. UNCONFIRMED: its shape; only partners are shown any."""

    number: str | None = None


class Handle(Entity, frozen=True):
    """What a handle's URN stands for: an address or a number."""

    email_address: str | None = None
    phone_number: PhoneNumber | None = None


class MemberHandle(Entity, frozen=True):
    """A way to reach the member; `type` is EMAIL or PHONE. `failure` is there when LinkedIn could not decorate it."""

    handle: UrnText | None = None
    type: str = ""
    primary: bool = False
    details: Handle | None = msgspec.field(name="handle~", default=None)
    failure: Mapping[str, Any] | None = msgspec.field(name="handle!", default=None)

    @property
    def email_address(self) -> str | None:
        """The address, when this is one."""
        return self.details.email_address if self.details else None

    @property
    def phone_number(self) -> str | None:
        """The telephone number, when this is one."""
        return self.details.phone_number.number if self.details and self.details.phone_number else None


_HANDLES = decoder(Elements[MemberHandle])


class ClientAwareMemberHandles(Resource[IO]):
    """The member's addresses and telephone numbers."""

    @operation
    def find_by_members(self) -> Flow[list[MemberHandle]]:
        """Return every way to reach the token's member that LinkedIn shows this app.

        Raises:
            Forbidden: the token lacks the scope; newer apps read the address with `userinfo`.

        Scopes: r_emailaddress; telephone numbers are for partners only.
        """
        params = {"q": "members", "projection": PROJECTION}
        response = yield Request("GET", "/v2/clientAwareMemberHandles", params)
        return response.decode(_HANDLES).elements
