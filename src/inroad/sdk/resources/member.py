"""The token's member, from whichever of LinkedIn's two APIs the token opens."""

import msgspec

from inroad.common.urn import Urn
from inroad.sdk.errors import Forbidden
from inroad.sdk.flow import IO, Flow, Resource, operation
from inroad.sdk.resources.me import Me
from inroad.sdk.resources.userinfo import Userinfo


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A LinkedIn member, as far as the token shows them."""

    urn: Urn
    display_name: str
    given_name: str | None = None
    family_name: str | None = None
    picture_url: str | None = None
    email: str | None = None


class Members(Resource[IO]):
    """The token's member."""

    @operation
    def get(self) -> Flow[Member]:
        """Return the token's member: by OpenID Connect, or by the profile API when the token is of the older kind.

        Raises:
            Forbidden: the token opens neither.

        Scopes: openid and profile, or r_liteprofile, or r_basicprofile.
        """
        try:
            claims = yield from Userinfo.get.flow(self)
        except Forbidden:
            profile = yield from Me.get.flow(self)
            return Member(
                urn=profile.urn,
                display_name=profile.display_name,
                given_name=profile.given_name or None,
                family_name=profile.family_name or None,
                picture_url=profile.picture_url,
            )
        return Member(
            urn=claims.urn,
            display_name=claims.display_name,
            given_name=claims.given_name,
            family_name=claims.family_name,
            picture_url=claims.picture,
            email=claims.email,
        )
