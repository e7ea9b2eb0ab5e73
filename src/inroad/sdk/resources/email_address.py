"""The member's e-mail address through the profile API, for tokens with r_emailaddress.

Source: "Primary Contact API", learn.microsoft.com /linkedin/shared/integrations/people/primary-contact-api
"""

import msgspec

from inroad.sdk.flow import IO, Flow, Request, Resource, operation
from inroad.sdk.resources.entity import Elements, Entity, decoder

PROJECTION = "(elements*(handle~))"
"""The address stands in the decorated handle; no shorter projection returns it."""


class _Handle(Entity, frozen=True):
    email_address: str | None = None


class _Element(Entity, frozen=True):
    handle: _Handle | None = msgspec.field(name="handle~", default=None)


_ADDRESSES = decoder(Elements[_Element])


class EmailAddress(Resource[IO]):
    """The member's e-mail address."""

    @operation
    def get(self) -> Flow[str | None]:
        """Return the member's primary address, or None when LinkedIn shows none.

        Raises:
            Forbidden: the token lacks the scope; newer apps read the address with `userinfo`.

        Scopes: r_emailaddress.
        """
        response = yield Request("GET", "/v2/emailAddress", {"q": "members", "projection": PROJECTION})
        elements = response.decode(_ADDRESSES).elements
        return next((e.handle.email_address for e in elements if e.handle and e.handle.email_address), None)
