"""Statistics of pages, posts, videos and members: from what happened, and from a seeded past."""

from datetime import timedelta
from typing import Any

import pytest

from inroad.common.clock import to_millis
from inroad.sandbox.resources.posts.seed import seed_post
from inroad.sandbox.resources.posts.state import MediaItem, Post
from inroad.sandbox.world import App, Organization, Role

from .conftest import ADA, BEN, HARBOUR, NORTHWIND, NOW, Api, encoded, input_error, text_post

DAY = timedelta(days=1)
BRAND = "urn:li:organizationBrand:70412299"


def shares(*more: str, base: str = "/rest") -> str:
    return "&".join(
        (
            f"{base}/organizationalEntityShareStatistics?q=organizationalEntity"
            f"&organizationalEntity={encoded(NORTHWIND)}",
            *more,
        )
    )


def pages(*more: str, base: str = "/rest") -> str:
    return "&".join((f"{base}/organizationPageStatistics?q=organization&organization={encoded(NORTHWIND)}", *more))


def span(first: int, last: int, granularity: str = "DAY") -> str:
    """Days before today, as time intervals: from `first` days ago to `last` days ago."""
    start, end = (to_millis(NOW.replace(hour=0) - n * DAY) for n in (first, last))
    return f"timeIntervals=(timeRange:(start:{start},end:{end}),timeGranularityType:{granularity})"


async def elements(api: Api, path: str, **more: Any) -> list[dict[str, Any]]:
    answer = await api.get(path, **more)
    assert answer.status_code == 200, answer.text
    found = answer.json()["elements"]
    assert isinstance(found, list)
    return found


@pytest.fixture
def post(api: Api) -> Post:
    """A post of Ada's page, three days old, that people reacted to."""
    return seed_post(
        api.world,
        author_urn=NORTHWIND,
        text="Open day",
        published=NOW - 3 * DAY,
        reactions=14,
        comments=[(BEN, "Well done")],
    )


class TestShareStatistics:
    async def test_a_post_counts_what_happened_to_it(self, api: Api, post: Post) -> None:
        (element,) = await elements(api, shares(f"shares=List({encoded(post.urn)})"))
        counts = element["totalShareStatistics"]
        assert (element["organizationalEntity"], element["share"]) == (NORTHWIND, post.urn)
        assert (counts["likeCount"], counts["commentCount"], counts["shareCount"]) == (14, 1, 0)
        deeds = counts["clickCount"] + counts["likeCount"] + counts["commentCount"] + counts["shareCount"]
        assert counts["engagement"] == pytest.approx(deeds / counts["impressionCount"])
        assert 0 < counts["uniqueImpressionsCount"] <= counts["impressionCount"]
        assert "shareMentionsCount" not in counts

    async def test_numbers_change_with_what_happens(self, api: Api, post: Post) -> None:
        path = shares(f"shares=List({encoded(post.urn)})")
        before = (await elements(api, path))[0]["totalShareStatistics"]
        await api.post(f"/rest/reactions?actor={encoded(ADA)}", {"root": post.urn, "reactionType": "LIKE"})
        await api.post("/rest/posts", text_post("Worth a read", reshareContext={"parent": post.urn}))
        after = (await elements(api, path))[0]["totalShareStatistics"]
        assert (after["likeCount"], after["shareCount"]) == (before["likeCount"] + 1, 1)
        assert after["impressionCount"] > before["impressionCount"]

    async def test_the_same_world_gives_the_same_numbers(self, api: Api, post: Post) -> None:
        first, second = await elements(api, shares()), await elements(api, shares(base="/v2"))
        api.world.seed = 8
        other = await elements(api, shares())
        assert first == second
        assert other != first

    async def test_lifetime_totals_have_the_seeded_past_and_mentions(self, api: Api, post: Post) -> None:
        await api.post("/rest/posts", text_post("With @[Northwind Works](urn:li:organization:90210001)"))
        counts = (await elements(api, shares()))[0]["totalShareStatistics"]
        assert (counts["shareMentionsCount"], counts["commentMentionsCount"]) == (1, 0)
        assert counts["likeCount"] > 14

    async def test_buckets_have_days_and_add_up(self, api: Api, post: Post) -> None:
        days = await elements(api, shares(f"shares=List({encoded(post.urn)})", span(10, -1)))
        total = (await elements(api, shares(f"shares=List({encoded(post.urn)})")))[0]["totalShareStatistics"]
        assert sum(d["totalShareStatistics"]["likeCount"] for d in days) == 14
        assert sum(d["totalShareStatistics"]["impressionCount"] for d in days) == total["impressionCount"]
        assert all(d["timeRange"]["end"] - d["timeRange"]["start"] == 86_400_000 for d in days)
        whole = await elements(api, shares(span(3, 0)))
        assert [d["timeRange"]["start"] for d in whole] == [to_millis(NOW.replace(hour=0) - n * DAY) for n in (3, 2, 1)]

    async def test_the_older_protocol_asks_with_dots(self, api: Api) -> None:
        start = to_millis(NOW.replace(hour=0) - 2 * DAY)
        path = (
            f"/v2/organizationalEntityShareStatistics?q=organizationalEntity&organizationalEntity={NORTHWIND}"
            f"&timeIntervals.timeGranularityType=DAY&timeIntervals.timeRange.start={start}"
            f"&timeIntervals.timeRange.end={start + 86_400_000}"
        )
        found = await elements(api, path, headers={"x-restli-protocol-version": "1.0.0"})
        assert len(found) == 1

    async def test_a_fresh_post_is_left_out_or_an_error_by_switch(self, api: Api) -> None:
        urn = (await api.post("/rest/posts", text_post(author=NORTHWIND))).headers["x-restli-id"]
        path = shares(f"shares=List({encoded(urn)})")
        empty = await elements(api, path)
        api.world.switches["stats.cold_post"] = "error"
        refused = await api.get(path)
        api.pass_time(86_400)
        assert empty == []
        assert refused.json() == {"message": "Unable to get activityIds", "status": 400}
        assert len(await elements(api, path)) == 1

    async def test_posts_with_intervals_may_be_refused(self, api: Api, post: Post) -> None:
        api.world.switches["stats.posts_with_intervals"] = "400"
        answer = await api.get(shares(f"shares=List({encoded(post.urn)})", span(3, 0)))
        assert answer.status_code == 400

    async def test_a_urn_of_the_other_family_is_not_found(self, api: Api, post: Post) -> None:
        assert await elements(api, shares(f"ugcPosts=List({encoded(f'urn:li:ugcPost:{post.ugc_post}')})")) == []

    async def test_another_pages_post_is_an_unpermitted_parameter(self, api: Api) -> None:
        other = seed_post(api.world, author_urn=HARBOUR, text="Timber", published=NOW)
        answer = await api.get(shares(f"shares=List({encoded(other.urn)})"))
        assert answer.status_code == 403
        assert answer.json()["message"] == (
            "Unpermitted fields present in PARAMETER: Data Processing Exception while processing fields [/shares[0]]"
        )

    async def test_refusals(self, api: Api) -> None:
        entity = await api.get("/rest/organizationalEntityShareStatistics?q=organizationalEntity&shares=List(a)")
        week = await api.get(shares(span(14, 0, "WEEK")))
        wrong = await api.get(shares("shares=List(urn%3Ali%3AugcPost%3A1)"))
        stranger = await api.get(shares(), token=api.token(member="sBx8kQ2mWb"))
        scope = await api.get(shares(), token=api.token("r_organization_social"))
        assert entity.json()["message"] == "Parameter 'organizationalEntity' is required"
        assert [input_error(a)["code"] for a in (week, wrong)] == ["PARAM_INVALID"] * 2
        assert (stranger.status_code, scope.status_code) == (403, 403)
        assert scope.json()["message"] == (
            "Not enough permissions to access: organizationalEntityShareStatistics.FINDER-organizationalEntity.20261001"
        )


class TestPageStatistics:
    async def test_lifetime_has_sections_and_facets_and_no_unique_views(self, api: Api) -> None:
        (element,) = await elements(api, pages())
        views = element["totalPageStatistics"]["views"]
        sections = ("overview", "about", "careers", "jobs", "lifeAt", "people", "insights", "products")
        assert element["organization"] == NORTHWIND
        assert sum(views[f"{s}PageViews"]["pageViews"] for s in sections) == views["allPageViews"]["pageViews"]
        assert (
            views["allDesktopPageViews"]["pageViews"] + views["allMobilePageViews"]["pageViews"]
            == (views["allPageViews"]["pageViews"])
        )
        assert len(views) == 27
        assert "uniquePageViews" not in views["allPageViews"]
        assert element["pageStatisticsBySeniority"][0]["pageStatistics"]["views"]["allPageViews"]["pageViews"] > 0
        assert set(element["totalPageStatistics"]["clicks"]) == {
            "careersPageClicks",
            "mobileCareersPageClicks",
            "desktopCustomButtonClickCounts",
            "mobileCustomButtonClickCounts",
        }

    async def test_buckets_tell_unique_views(self, api: Api) -> None:
        found = await elements(api, pages(span(4, 0)))
        views = found[0]["totalPageStatistics"]["views"]["allPageViews"]
        assert len(found) == 4
        assert 0 < views["uniquePageViews"] <= views["pageViews"]

    async def test_what_posts_do_brings_visitors(self, api: Api) -> None:
        path = pages(span(0, -1))
        before = (await elements(api, path))[0]["totalPageStatistics"]["views"]["allPageViews"]["pageViews"]
        seed_post(api.world, author_urn=NORTHWIND, text="Hi", published=NOW - timedelta(hours=2), comments=[(BEN, "a")])
        after = (await elements(api, path))[0]["totalPageStatistics"]["views"]["allPageViews"]["pageViews"]
        assert (before, after) == (0, 1)

    async def test_a_page_without_a_past_has_none(self, api: Api) -> None:
        api.world.organizations[90210001].statistics_days = 0
        (element,) = await elements(api, pages())
        assert element["totalPageStatistics"]["views"]["allPageViews"] == {"pageViews": 0}
        assert element["pageStatisticsByGeo"] == []

    async def test_brands_have_their_own(self, api: Api) -> None:
        api.world.organizations[70412299] = Organization(
            id=70412299,
            name="Kitchens",
            parent=90210001,
            followers=500,
            statistics_days=30,
            roles=[Role(member="sBx7kQ2mWa")],
        )
        path = f"/rest/brandPageStatistics?q=brand&brand={encoded(BRAND)}"
        (element,) = await elements(api, path)
        wrong = await api.get(path.replace("organizationBrand", "organization"))
        assert element["brand"] == BRAND
        assert element["totalPageStatistics"]["views"]["allPageViews"]["pageViews"] > 0
        assert input_error(wrong)["code"] == "PARAM_INVALID"

    async def test_refusals(self, api: Api) -> None:
        week = await api.get(pages(span(14, 0, "WEEK")))
        stranger = await api.get(pages(), token=api.token(member="sBx8kQ2mWb"))
        unknown = await api.get(pages().replace("90210001", "1"))
        assert [a.status_code for a in (week, stranger, unknown)] == [400, 403, 400]


@pytest.fixture
def film(api: Api, post: Post) -> Post:
    """The page's post, with a video."""
    post.content = MediaItem(id="D4D10AQnone", kind="video")
    return post


class TestVideoAnalytics:
    @pytest.mark.parametrize("kind", ["VIDEO_VIEW", "VIEWER", "TIME_WATCHED", "TIME_WATCHED_FOR_VIDEO_VIEWS"])
    async def test_four_metrics(self, api: Api, film: Post, kind: str) -> None:
        (element,) = await elements(api, f"/rest/videoAnalytics?q=entity&entity={encoded(film.urn)}&type={kind}")
        assert (element["entity"], element["type"], element["statisticsType"]) == (film.urn, kind, kind)
        assert element["value"] > 0

    async def test_days_add_up(self, api: Api, film: Post) -> None:
        path = f"/rest/videoAnalytics?q=entity&entity={encoded(film.urn)}&type=VIDEO_VIEW"
        start = to_millis(NOW - 5 * DAY)
        days = await elements(api, f"{path}&aggregation=DAY&timeRange=(start:{start},end:{to_millis(NOW)})")
        total = (await elements(api, path))[0]["value"]
        assert len(days) == 6
        assert abs(sum(d["value"] for d in days) - total) <= len(days)

    async def test_a_post_without_a_video_has_none(self, api: Api, post: Post) -> None:
        assert await elements(api, f"/rest/videoAnalytics?q=entity&entity={encoded(post.urn)}&type=VIEWER") == []

    async def test_refusals(self, api: Api, film: Post) -> None:
        path = f"/rest/videoAnalytics?q=entity&entity={encoded(film.urn)}&type="
        kind = await api.get(f"{path}LIKES")
        page = await api.get(f"/rest/videoAnalytics?q=entity&entity={encoded(NORTHWIND)}&type=VIEWER")
        unknown = await api.get("/rest/videoAnalytics?q=entity&entity=urn%3Ali%3Ashare%3A1&type=VIEWER")
        span = await api.get(f"{path}VIEWER&aggregation=MONTH")
        broken = await api.get(f"{path}VIEWER&aggregation=DAY&timeRange=(start:x)")
        missing = await api.get("/rest/videoAnalytics?q=entity&entity=urn%3Ali%3Ashare%3A1")
        stranger = await api.get(f"{path}VIEWER", token=api.token(member="sBx8kQ2mWb"))
        scope = await api.get(f"{path}VIEWER", token=api.token("rw_organization_admin"))
        answers = (kind, page, unknown, span, broken, missing, stranger, scope)
        assert [a.status_code for a in answers] == [400, 400, 404, 400, 400, 400, 403, 403]


@pytest.fixture
def own(api: Api) -> Post:
    """A post of Ada's, three days old."""
    return seed_post(
        api.world, author_urn=ADA, text="Hello", published=NOW - 3 * DAY, reactions=9, comments=[(BEN, "Hi")]
    )


def analytics(*more: str, kind: str = "REACTION") -> str:
    return "&".join((f"/rest/memberCreatorPostAnalytics?queryType={kind}", *more))


def dates(first: int, last: int) -> str:
    start, end = (NOW - n * DAY for n in (first, last))
    return (
        f"dateRange=(start:(day:{start.day},month:{start.month},year:{start.year}),"
        f"end:(year:{end.year},month:{end.month},day:{end.day}))"
    )


class TestMemberAnalytics:
    async def test_one_post_by_its_union_key(self, api: Api, own: Post) -> None:
        body = (await api.get(analytics("q=entity", f"entity=(share:{encoded(own.urn)})"))).json()
        assert body == {
            "paging": {"start": 0, "count": 10, "links": [], "total": 1},
            "elements": [{"count": 9, "metricType": "REACTION", "targetEntity": {"share": own.urn}, "dateRange": {}}],
        }

    async def test_the_metric_was_an_object_before_202605(self, api: Api, own: Post) -> None:
        path = analytics("q=me")
        old = await elements(api, path, headers={"linkedin-version": "202604"})
        new = await elements(api, path, headers={"linkedin-version": "202605"})
        assert old[0]["metricType"] == {
            "com.linkedin.adsexternalapi.memberanalytics.v1.CreatorPostAnalyticsMetricTypeV1": "REACTION"
        }
        assert (new[0]["metricType"], new[0]["count"]) == ("REACTION", 9)

    async def test_newer_metrics_need_a_newer_version(self, api: Api, own: Post) -> None:
        path = analytics("q=me", kind="POST_SAVE")
        old = await api.get(path, headers={"linkedin-version": "202603"})
        new = await api.get(path, headers={"linkedin-version": "202604"})
        assert (old.status_code, new.status_code) == (400, 200)

    async def test_days_end_before_the_end_and_page(self, api: Api, own: Post) -> None:
        body = (await api.get(analytics("q=me", "aggregation=DAILY", dates(3, 1), kind="COMMENT"))).json()
        day = NOW - 3 * DAY
        assert [e["count"] for e in body["elements"]] == [1, 0]
        assert body["elements"][0]["dateRange"]["start"] == {"year": day.year, "month": day.month, "day": day.day}
        assert body["paging"]["total"] == 2

    async def test_numbers_change_with_what_happens(self, api: Api, own: Post) -> None:
        path = analytics("q=entity", f"entity=(share:{encoded(own.urn)})", kind="IMPRESSION")
        before = (await elements(api, path))[0]["count"]
        await api.post("/rest/posts", text_post("Again", reshareContext={"parent": own.urn}))
        assert (await elements(api, path))[0]["count"] > before

    @pytest.mark.parametrize(
        "more",
        [
            ("q=me", "aggregation=DAILY", "queryType=MEMBERS_REACHED"),
            ("q=me", "aggregation=WEEKLY", "queryType=REACTION"),
            ("q=me", "queryType=LIKES"),
            ("q=me", "queryType=REACTION", "dateRange=(start:(year:2026,month:13,day:1))"),
            ("q=me", "queryType=REACTION", "metricType=REACTION"),
            ("q=me",),
            ("q=entity", "queryType=REACTION"),
            ("q=entity", "queryType=REACTION", "entity=(ugcPost:urn%3Ali%3AugcPost%3A1)"),
            ("q=entity", "queryType=IMPRESSION", "aggregation=DAILY", "entity=(share:urn%3Ali%3Ashare%3A1)"),
        ],
    )
    async def test_wrong_parameters_are_400(self, api: Api, more: tuple[str, ...]) -> None:
        answer = await api.get(f"/rest/memberCreatorPostAnalytics?{'&'.join(more)}")
        assert answer.status_code == 400

    async def test_a_parameter_of_another_name_is_not_allowed(self, api: Api) -> None:
        answer = await api.get("/rest/memberCreatorPostAnalytics?q=me&metricType=REACTION")
        assert input_error(answer)["code"] == "QUERY_PARAM_NOT_ALLOWED"

    async def test_others_posts_and_unknown_ones(self, api: Api, post: Post) -> None:
        foreign = await api.get(analytics("q=entity", f"entity=(share:{encoded(post.urn)})"))
        unknown = await api.get(analytics("q=entity", "entity=(share:urn%3Ali%3Ashare%3A1)"))
        scope = await api.get(analytics("q=me"), token=api.token("w_member_social"))
        assert [a.status_code for a in (foreign, unknown, scope)] == [403, 404, 403]

    @pytest.mark.parametrize(
        "path", [analytics("q=me"), "/rest/memberFollowersCount?q=me", "/rest/memberCreatorVideoAnalytics?q=entity"]
    )
    async def test_apps_in_development_find_nothing_there(self, api: Api, path: str) -> None:
        api.world.apps["small"] = App(
            client_id="small", client_secret="not-a-real-one", name="small", scopes=["*"], tier="development"
        )
        token = api.token("r_member_postAnalytics r_member_profileAnalytics", app="small")
        if "Video" in path:
            path += "&entity=(ugc:x)&queryType=VIDEO_PLAY"
        answer = await api.get(path, token=token)
        api.world.switches["analytics.member_in_dev_tier"] = "serve"
        served = await api.get(path, token=token)
        assert (answer.status_code, answer.json()["code"]) == (404, "RESOURCE_NOT_FOUND")
        assert served.status_code != 404

    async def test_videos_are_watched(self, api: Api, own: Post) -> None:
        own.content = MediaItem(id="D4D10AQnone", kind="video")
        urn = f"urn:li:ugcPost:{own.ugc_post}"
        path = f"/rest/memberCreatorVideoAnalytics?q=entity&entity=(ugc:{encoded(urn)})&queryType="
        (play,) = await elements(api, f"{path}VIDEO_PLAY")
        (viewers,) = await elements(api, f"{path}VIDEO_VIEWER")
        days = await elements(api, f"{path}VIDEO_WATCH_TIME&aggregation=DAILY&{dates(3, 0)}")
        wrong = await api.get(f"{path}VIEWS")
        assert (play["metricType"], play["targetEntity"], play["dateRange"]) == ("VIDEO_PLAY", {"ugc": urn}, {})
        assert play["count"] > viewers["count"] > 0
        assert len(days) == 3
        assert wrong.status_code == 400

    async def test_followers_in_all_and_by_day(self, api: Api, own: Post) -> None:
        (total,) = await elements(api, "/rest/memberFollowersCount?q=me")
        days = await elements(api, f"/rest/memberFollowersCount?q=dateRange&{dates(5, 1)}")
        missing = await api.get("/rest/memberFollowersCount?q=dateRange")
        scope = await api.get("/rest/memberFollowersCount?q=me", token=api.token("r_member_postAnalytics"))
        assert total["memberFollowersCount"] >= 412
        assert len(days) == 4
        assert set(days[0]) == {"dateRange", "memberFollowersCount"}
        assert (missing.status_code, scope.status_code) == (400, 403)
