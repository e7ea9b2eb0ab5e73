"""`organizationalEntityShareStatistics`."""

from datetime import timedelta
from typing import Any, Final

from inroad.sandbox.answers import bad_parameter, sentence
from inroad.sandbox.call import Answer, Call
from inroad.sandbox.records import unpermitted_fields
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.little import Mention
from inroad.sandbox.resources.metrics.access import ADMINISTRATION, administered_page, elements, intervals_of
from inroad.sandbox.resources.metrics.posts import Tally, days_of, days_of_page, reshares_by_parent, total
from inroad.sandbox.resources.posts.state import Post, Posts
from inroad.sandbox.resources.projection import projected
from inroad.sandbox.resources.social.state import Social
from inroad.sandbox.resources.statistics.rules import Interval, buckets, to_wire
from inroad.sandbox.world import Organization, World

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/community-management/organizations/share-statistics"
_LISTS: Final = {"shares": "share", "ugcPosts": "ugcPost"}


def _find(call: Call) -> Answer:
    page = administered_page(call, "organizationalEntity", "organization", "organizationBrand", "company")
    head = {"organizationalEntity": str(call.params["organizationalEntity"])}
    wanted = intervals_of(call, "DAY", "MONTH")
    spans = None if wanted is None else buckets(wanted, now=call.now, delay=timedelta())
    if any(name in call.params for name in _LISTS):
        if spans is not None and call.switches["stats.posts_with_intervals"] == "400":
            # UNCONFIRMED: the wording; the page says that the combination is not supported.
            raise sentence(400, "timeIntervals cannot be combined with shares or ugcPosts")
        return Answer(body=elements([{**head, **shown} for shown in _of_posts(call, page, spans)]))
    days = days_of_page(call.world, page)
    if spans is None:
        counts = {**_view(total(days)), **_mentions(call.world, page)}
        return Answer(body=elements([{**head, "totalShareStatistics": counts}]))
    found = [{**head, "timeRange": to_wire(span), "totalShareStatistics": _view(total(days, span))} for span in spans]
    return Answer(body=elements(found))


def _of_posts(call: Call, page: Organization, spans: list[Interval] | None) -> list[dict[str, Any]]:
    """Return the statistics of single posts; those without any action are left out."""
    reshares = reshares_by_parent(call.world)
    found: list[dict[str, Any]] = []
    for param, kind in _LISTS.items():
        for urn, post in _asked(call, param, kind, page):
            days = days_of(call.world, post, reshares=reshares)
            if not days and call.switches["stats.cold_post"] == "error":
                raise sentence(400, "Unable to get activityIds")
            if spans is None and days:
                found.append({kind: urn, "totalShareStatistics": _view(total(days))})
            for span in spans or ():
                tally = total(days, span)
                if not tally.is_empty:
                    shown = {"timeRange": to_wire(span), "totalShareStatistics": _view(tally)}
                    found.append({kind: urn, **shown})
    return found


def _asked(call: Call, param: str, kind: str, page: Organization) -> list[tuple[str, Post]]:
    """Return the posts that a list names; one whose own id is of the other kind is not found."""
    sent = call.params.get(param, [])
    urns = [sent] if isinstance(sent, str) else sent
    if not isinstance(urns, list):
        raise bad_parameter("PARAM_INVALID", param)
    found: list[tuple[str, Post]] = []
    for index, urn in enumerate(urns):
        if not isinstance(urn, str) or not urn.startswith(f"urn:li:{kind}:"):
            raise bad_parameter("PARAM_INVALID", f"{param}[{index}]")
        post = call.world.state(Posts).live(urn)
        if post is not None and post.author != f"urn:li:organization:{page.id}":
            raise unpermitted_fields([f"/{param}[{index}]"], "PARAMETER")
        if post is not None and post.urn == urn:
            found.append((urn, post))
    return found


def _view(tally: Tally) -> dict[str, Any]:
    return {
        "uniqueImpressionsCount": tally.unique,
        "impressionCount": tally.impressions,
        "clickCount": tally.clicks,
        "likeCount": tally.likes,
        "commentCount": tally.comments,
        "shareCount": tally.shares,
        "engagement": round(tally.engagement, 10),
    }


def _mentions(world: World, page: Organization) -> dict[str, int]:
    """Return how often others' posts and comments mention the page; recorded on lifetime totals only."""
    urn = f"urn:li:organization:{page.id}"
    posts = sum(
        1
        for post in world.state(Posts).by_urn.values()
        if post.deleted_at is None
        and post.author != urn
        and any(isinstance(e, Mention) and e.urn == urn for e in post.elements)
    )
    comments = sum(1 for comment in world.state(Social).comments.values() if urn in str(comment.attributes))
    return {"shareMentionsCount": posts, "commentMentionsCount": comments}


RESOURCES: Final = (
    Resource(
        path="organizationalEntityShareStatistics",
        bases=frozenset({"v2", "rest"}),
        key="urn",
        methods=(
            Method(
                name="FINDER-organizationalEntity",
                handler=projected(_find),
                params={
                    "organizationalEntity": "required",
                    "shares": "optional",
                    "ugcPosts": "optional",
                    "timeIntervals": "optional",
                    "start": "optional",
                    "count": "optional",
                    "projection": "optional",
                },
                source=SOURCE,
                **ADMINISTRATION,
            ),
        ),
    ),
)
