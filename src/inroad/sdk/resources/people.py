"""Members by their id, for approved apps: the token's own, and others as far as their privacy settings show them.

There is no finder by name, address or profile page. What is read of other members may not be kept.
Source: "Profile API", learn.microsoft.com /linkedin/shared/integrations/people/profile-api
"""

from collections.abc import Sequence

from inroad.common.urn import Urn, person
from inroad.sdk.flow import IO, Flow, Request, Resource, operation
from inroad.sdk.resources.entity import Batch, Results, as_batch, as_urn, decoder, read_batch
from inroad.sdk.resources.me import Profile
from inroad.sdk.restli.decode import reduced_decode
from inroad.sdk.restli.encode import encode_key
from inroad.sdk.restli.shape import is_object

PRIVATE = "private"
"""The id of a member who does not show themselves. UNCONFIRMED for today; an older revision of the page says so."""

_PATH = "/v2/people"
_PROFILE = decoder(Profile)
_PROFILES = decoder(Results[Profile])


class People(Resource[IO]):
    """Members by their id."""

    @operation
    def get(self, member: Urn | str, *, projection: str | None = None) -> Flow[Profile]:
        """Return a member; one who hides comes without names and with the id `private`.

        Args:
            member: The person URN, as this app knows the member: ids of other apps are unknown here.
            projection: What to ask for; None asks for all that the token may see.

        Raises:
            Forbidden: the token has none of the scopes, or the app may not read other members.
            NotFound: there is no such member for this app.

        Scopes: r_basicprofile or r_liteprofile.
        """
        urn = as_urn(member, "person", name="member")
        params = None if projection is None else {"projection": projection}
        response = yield Request("GET", f"{_PATH}/{encode_key({'id': urn.id})}", params)
        return response.decode(_PROFILE)

    @operation
    def batch_get(self, members: Sequence[Urn | str]) -> Flow[Batch[Profile]]:
        """Return several members by URN; those that cannot be read are in `missing`.

        Raises:
            Forbidden: the token has none of the scopes, or the app may not read other members.

        Scopes: r_basicprofile or r_liteprofile.
        """
        ids = as_batch([as_urn(member, "person", name="members").id for member in members], name="members")
        response = yield Request("GET", _PATH, {"ids": [{"id": id} for id in ids]}, restli_method="BATCH_GET")
        return read_batch(response, _PROFILES, _to_urn)


def _to_urn(key: str) -> Urn:
    read = reduced_decode(key)
    id = read.get("id") if is_object(read) else None
    if not isinstance(id, str) or not id:
        raise ValueError(f"{key!r} is no key of a member")
    return person(id)
