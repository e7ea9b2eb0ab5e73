"""Members to mention, by the beginning of their name (versioned API). For organizations there is no such search.

Source: "People Typeahead API", learn.microsoft.com
/linkedin/marketing/community-management/shares/posts-atmention-search-api
"""

from collections.abc import Mapping

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Flow, Request, Resource, operation
from inroad.sdk.resources.entity import Elements, Entity, UrnText, as_urn, decoder

_PATH = "/rest/peopleTypeahead"


class FoundMember(Entity, frozen=True):
    """A member whom a post can mention. May be cached for 24 hours, not stored."""

    member: UrnText
    first_name: str = ""
    last_name: str = ""
    headline: str | None = None
    photo: UrnText | None = None

    @property
    def display_name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()


_MEMBERS = decoder(Elements[FoundMember])


class PeopleTypeahead(Resource[IO]):
    """Members to mention."""

    @operation
    def find_organization_followers(self, keywords: str, *, organization: Urn | str) -> Flow[tuple[FoundMember, ...]]:
        """Return up to ten followers of a page whose first or last name begins so.

        Args:
            keywords: The beginning of a name. One client sends at most one space, and at least six characters when
                there is a space or a full stop in it (UNCONFIRMED: that LinkedIn insists).
            organization: The organization's URN.

        Raises:
            Forbidden: the token lacks the scope, or the member has no role at the organization.

        Scopes: r_organization_followers.
        Roles: ADMINISTRATOR or DIRECT_SPONSORED_CONTENT_POSTER of the organization.
        """
        params = {
            "q": "organizationFollowers",
            "keywords": _keywords(keywords),
            "organization": as_urn(organization, "organization", "organizationBrand", name="organization"),
        }
        return (yield from _find(params))

    @operation
    def find_member_connections(self, keywords: str) -> Flow[tuple[FoundMember, ...]]:
        """Return connections of the token's member whose first or last name begins so.

        UNCONFIRMED: LinkedIn's page names the finder; its scope and its answer were not seen.
        """
        return (yield from _find({"q": "memberConnections", "keywords": _keywords(keywords)}))


def _find(params: Mapping[str, object]) -> Flow[tuple[FoundMember, ...]]:
    response = yield Request("GET", _PATH, params, restli_method="FINDER")
    return tuple(response.decode(_MEMBERS).elements)


def _keywords(keywords: str) -> str:
    if not keywords.strip():
        raise InvalidArgument("keywords must not be empty")
    return keywords
