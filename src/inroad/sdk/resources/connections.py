"""The token's member's connections: how many, and for select partners who. Nobody else's, and none of second degree.

Source: "Connections API", learn.microsoft.com /linkedin/shared/integrations/people/connections-api
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from inroad.common.urn import Urn
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, operation, paged
from inroad.sdk.resources.entity import Elements, Entity, UrnText, as_count, as_urn, decoder, pages
from inroad.sdk.resources.me import Profile
from inroad.sdk.restli.encode import encode_key

_PATH = "/v2/connections"
_NAMED = "(elements*(to~),paging)"


class Connection(Entity, frozen=True):
    """A member of the first degree; `profile` when it was asked for and could be decorated, else perhaps `failure`."""

    to: UrnText
    profile: Profile | None = msgspec.field(name="to~", default=None)
    failure: Mapping[str, Any] | None = msgspec.field(name="to!", default=None)


class _Size(Entity, frozen=True):
    first_degree_size: int


_SIZE = decoder(_Size)
_CONNECTIONS = decoder(Elements[Connection])


class MemberConnections(Resource[IO]):
    """The token's member's connections."""

    @operation
    def get(self, member: Urn | str) -> Flow[int]:
        """Return how many connections the token's member has.

        Args:
            member: The token's member.

        Raises:
            Forbidden: the token lacks the scope, or the member is somebody else.

        Scopes: r_1st_connections_size.
        """
        urn = as_urn(member, "person", name="member")
        response = yield Request("GET", f"{_PATH}/{encode_key(urn)}")
        return response.decode(_SIZE).first_degree_size

    @paged
    def find_by_viewer(self, *, profiles: bool = False, count: int = 50) -> Flow[Page[Connection]]:
        """Yield the connections of the token's member.

        Args:
            profiles: Whether to have their names too, which counts as calls of the profile API.
            count: Connections per page, 1 to 100. Pages are fetched as you iterate. UNCONFIRMED: the most.

        Raises:
            Forbidden: the scope is LinkedIn's to give to select partners only.

        Scopes: r_1st_connections or r_compliance.
        """
        params: dict[str, object] = {"q": "viewer", "start": 0, "count": as_count(count, 100)}
        if profiles:
            params["projection"] = _NAMED
        return (yield from pages(Request("GET", _PATH, params, restli_method="FINDER"), _CONNECTIONS))
