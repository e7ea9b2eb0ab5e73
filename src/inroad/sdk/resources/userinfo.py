"""The token's member through OpenID Connect, `/v2/userinfo`.

Source: "Sign In with LinkedIn using OpenID Connect", learn.microsoft.com
/linkedin/consumer/integrations/self-serve/sign-in-with-linkedin-v2
"""

import msgspec

from inroad.common.urn import Urn, person
from inroad.sdk.flow import IO, Flow, Request, Resource, operation
from inroad.sdk.resources.entity import Locale, decoder


class UserInfo(msgspec.Struct, frozen=True, kw_only=True):
    """What OpenID Connect says about the member. `sub` is the id of their person URN."""

    sub: str
    name: str | None = None
    given_name: str | None = None
    family_name: str | None = None
    picture: str | None = None
    email: str | None = None
    email_verified: bool | str | None = None
    locale: Locale | str | None = None

    @property
    def urn(self) -> Urn:
        """The member's URN, valid for this app."""
        return person(self.sub)

    @property
    def display_name(self) -> str:
        """The whole name."""
        return self.name or f"{self.given_name or ''} {self.family_name or ''}".strip()

    @property
    def is_email_verified(self) -> bool:
        """Whether LinkedIn has verified the address; sent as a bool here and as a text in the id_token."""
        return self.email_verified is True or str(self.email_verified).lower() == "true"

    @property
    def locale_key(self) -> str | None:
        """The locale as `en_US`, whichever form LinkedIn sent."""
        if isinstance(self.locale, Locale):
            return self.locale.key
        return self.locale.replace("-", "_") if self.locale else None


_USERINFO = decoder(UserInfo)


class Userinfo(Resource[IO]):
    """The token's member through OpenID Connect."""

    @operation
    def get(self) -> Flow[UserInfo]:
        """Return what the token's scopes show of its member.

        Raises:
            Forbidden: the token lacks `openid`.

        Scopes: openid; profile for names and picture, email for the address.
        """
        response = yield Request("GET", "/v2/userinfo")
        return response.decode(_USERINFO)
