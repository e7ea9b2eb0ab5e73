"""The token's member through the profile API, `/v2/me`. Apps with OpenID Connect only use `userinfo`.

Source: "Profile API", learn.microsoft.com /linkedin/shared/integrations/people/profile-api
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from inroad.common.urn import Urn, person
from inroad.sdk.flow import IO, Flow, Request, Resource, operation
from inroad.sdk.resources.entity import Entity, LocalizedText, UrnText, decoder

PROJECTION = (
    "(id,firstName,lastName,localizedFirstName,localizedLastName,profilePicture(displayImage~:playableStreams))"
)
"""Everything that r_liteprofile shows. A projection is a positive mask: what it does not name is not sent."""


class PictureAddress(Entity, frozen=True):
    """Where a rendition can be fetched, until `identifier_expires_in_seconds` after the epoch."""

    identifier: str | None = None
    media_type: str | None = None
    identifier_expires_in_seconds: int | None = None


class PictureRendition(Entity, frozen=True):
    """One size of a picture."""

    identifiers: tuple[PictureAddress, ...] = ()


class PictureStreams(Entity, frozen=True):
    """A picture's renditions, smallest first."""

    elements: tuple[PictureRendition, ...] = ()


class ProfilePicture(Entity, frozen=True):
    """The member's picture; `streams` holds its renditions, smallest first, when the projection asked for them.

    `failure` is LinkedIn's error when it could not decorate the picture; the rest of the answer stands.
    """

    display_image: UrnText | None = None
    streams: PictureStreams | None = msgspec.field(name="displayImage~", default=None)
    failure: Mapping[str, Any] | None = msgspec.field(name="displayImage!", default=None)


class Profile(Entity, frozen=True):
    """A member. Names are there in one form or the other, or both, as the projection asked.

    `summary`, `positions` and `educations` come with the closed scope r_fullprofile only; other apps read them with
    `member_snapshot_data`. UNCONFIRMED: their shape; an answer to a token with that scope would show it.
    """

    id: str
    first_name: LocalizedText | None = None
    last_name: LocalizedText | None = None
    localized_first_name: str | None = None
    localized_last_name: str | None = None
    headline: LocalizedText | None = None
    localized_headline: str | None = None
    maiden_name: LocalizedText | None = None
    localized_maiden_name: str | None = None
    vanity_name: str | None = None
    profile_picture: ProfilePicture | None = None
    localized_summary: str | None = None
    positions: Mapping[str, Any] | None = None
    educations: Mapping[str, Any] | None = None

    @property
    def urn(self) -> Urn:
        """The member's URN, valid for this app."""
        return person(self.id)

    @property
    def given_name(self) -> str:
        """The first name, from whichever form is there."""
        return self.localized_first_name or (self.first_name.text if self.first_name else "")

    @property
    def family_name(self) -> str:
        """The last name, from whichever form is there."""
        return self.localized_last_name or (self.last_name.text if self.last_name else "")

    @property
    def display_name(self) -> str:
        """First and last name."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def picture_url(self) -> str | None:
        """The address of the largest rendition. It expires: do not keep it."""
        if self.profile_picture is None or self.profile_picture.streams is None:
            return None
        renditions = reversed(self.profile_picture.streams.elements)
        addresses = (rendition.identifiers[0].identifier for rendition in renditions if rendition.identifiers)
        return next((address for address in addresses if address), None)


_PROFILE = decoder(Profile)


class Me(Resource[IO]):
    """The token's member through the profile API."""

    @operation
    def get(self, *, projection: str | None = PROJECTION) -> Flow[Profile]:
        """Return the token's member.

        Args:
            projection: What to ask for; None asks for all that the token may see, without renditions of the picture.

        Raises:
            Forbidden: the token has none of the scopes; `openid profile` alone gives `userinfo` only.

        Scopes: r_liteprofile or r_basicprofile.
        """
        params = None if projection is None else {"projection": projection}
        response = yield Request("GET", "/v2/me", params)
        return response.decode(_PROFILE)
