"""How many follow the member, and how many came by day (versioned API).

Source: "Member Follower Statistics", learn.microsoft.com
/linkedin/marketing/community-management/members/follower-statistics
"""

from datetime import date

from inroad.sdk.flow import IO, Flow, Page, Request, Resource, operation, paged
from inroad.sdk.resources.entity import Elements, Entity, decoder
from inroad.sdk.resources.interval import DateRange, date_range, whole_pages

_PATH = "/rest/memberFollowersCount"


class MemberFollowers(Entity, frozen=True):
    """Followers in all, or the gain of a day when `date_range` names one."""

    member_followers_count: int
    date_range: DateRange = DateRange()


_FOLLOWERS = decoder(Elements[MemberFollowers])


class MemberFollowerCounts(Resource[IO]):
    """How many follow the member."""

    @operation
    def get(self) -> Flow[int | None]:
        """Return how many follow the token's member; None when LinkedIn does not say. Version 202504 or later.

        Raises:
            NotFound: the app is in the development tier, or the version is older than the resource.

        Scopes: r_member_profileAnalytics.
        """
        response = yield Request("GET", _PATH, {"q": "me"}, restli_method="FINDER")
        elements = response.decode(_FOLLOWERS).elements
        return elements[0].member_followers_count if elements else None

    @paged
    def find_by_date_range(self, *, start: date, end: date) -> Flow[Page[MemberFollowers]]:
        """Yield how many followers the member won, day by day. Version 202505 or later.

        Args:
            start: The first day.
            end: The day after the last.

        Raises:
            InvalidArgument: the end is not after the start.
            NotFound: the app is in the development tier, or the version is older than the resource.

        Scopes: r_member_profileAnalytics.
        """
        params = {"q": "dateRange", "dateRange": date_range(start, end)}
        return (yield from whole_pages(Request("GET", _PATH, params, restli_method="FINDER"), _FOLLOWERS))
