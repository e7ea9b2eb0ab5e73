"""What organizations, members and their posts achieved."""

from datetime import date
from typing import Any

from contract.people import BRAND, NOVEMBER_1, OCTOBER_30, OCTOBER_31, OLD_SHARE, ORGANIZATION, SHARE, UGC
from contract.replay import Call, Has, call

TWO_DAYS: dict[str, Any] = {"start": OCTOBER_30, "end": NOVEMBER_1}
FIRST_DAYS: dict[str, Any] = {"start": date(2026, 10, 1), "end": date(2026, 10, 3)}
FIRST_DAY = Has(start=Has(date=date(2026, 10, 1)), end=Has(date=date(2026, 10, 2)))
SECOND_DAY = Has(start=Has(date=date(2026, 10, 2)), end=Has(date=date(2026, 10, 3)))
OF_ALL_TIME = Has(start=None, end=None)

COUNTS = Has(
    unique_impressions_count=610,
    impression_count=745,
    click_count=31,
    like_count=14,
    comment_count=5,
    share_count=2,
    engagement=0.0697986577,
    share_mentions_count=None,
)
DAY_OF_VIEWS = Has(
    all_views=41,
    views={
        "allPageViews": Has(page_views=41, unique_page_views=29),
        "allDesktopPageViews": Has(page_views=30, unique_page_views=21),
        "allMobilePageViews": Has(page_views=11, unique_page_views=8),
    },
)
OCTOBER_30_ALONE = Has(start=OCTOBER_30, end=OCTOBER_31)
IMPRESSIONS = Has(count=4120, metric="IMPRESSION", post=OLD_SHARE, date_range=OF_ALL_TIME)


def facet(value: str, followers: int) -> list[Has]:
    return [Has(value=value, follower_counts=Has(organic_follower_count=followers, paid_follower_count=0))]


CALLS: dict[str, Call] = {
    "network_sizes.get": call(lambda linkedin: linkedin.network_sizes.get(ORGANIZATION), 1834),
    "follower_statistics.get_demographics": call(
        lambda linkedin: linkedin.follower_statistics.get_demographics(ORGANIZATION),
        Has(
            organizational_entity=ORGANIZATION,
            follower_counts_by_association_type=facet("EMPLOYEE", 14),
            follower_counts_by_seniority=facet("urn:li:seniority:4", 402),
            follower_counts_by_industry=facet("urn:li:industry:26", 231),
            follower_counts_by_function=facet("urn:li:function:8", 118),
            follower_counts_by_staff_count_range=facet("SIZE_2_TO_10", 77),
            follower_counts_by_geo_country=facet("urn:li:geo:101165590", 901),
            follower_counts_by_geo=facet("urn:li:geo:90009496", 310),
        ),
    ),
    "follower_statistics.find_gains": call(
        lambda linkedin: linkedin.follower_statistics.find_gains(organization=ORGANIZATION, **TWO_DAYS),
        [
            Has(time_range=OCTOBER_30_ALONE, follower_gains=Has(organic_follower_gain=5, paid_follower_gain=0)),
            Has(
                time_range=Has(start=OCTOBER_31, end=NOVEMBER_1),
                follower_gains=Has(organic_follower_gain=2, paid_follower_gain=1),
            ),
        ],
    ),
    "page_statistics.get": call(
        lambda linkedin: linkedin.page_statistics.get(ORGANIZATION),
        Has(
            organization=ORGANIZATION,
            time_range=None,
            total_page_statistics=Has(
                all_views=412,
                clicks=Has(
                    careers_page_clicks={"careersPageEmployeesClicks": 3},
                    desktop_custom_button_click_counts=[Has(custom_button_type="LEARN_MORE", clicks=7)],
                ),
            ),
            page_statistics_by_seniority=[Has(value="urn:li:seniority:5", page_statistics=Has(all_views=40))],
            page_statistics_by_industry_v2=[Has(value="urn:li:industry:26", page_statistics=Has(all_views=31))],
        ),
    ),
    "page_statistics.find_intervals": call(
        lambda linkedin: linkedin.page_statistics.find_intervals(ORGANIZATION, **TWO_DAYS),
        [Has(organization=ORGANIZATION, time_range=OCTOBER_30_ALONE, total_page_statistics=DAY_OF_VIEWS)],
    ),
    "brand_page_statistics.get": call(
        lambda linkedin: linkedin.brand_page_statistics.get(BRAND),
        Has(
            brand=BRAND,
            organization=None,
            total_page_statistics=Has(all_views=88),
            page_statistics_by_seniority=[Has(value="urn:li:seniority:5", page_statistics=Has(all_views=12))],
        ),
    ),
    "brand_page_statistics.find_intervals": call(
        lambda linkedin: linkedin.brand_page_statistics.find_intervals(BRAND, **TWO_DAYS),
        [Has(brand=BRAND, time_range=OCTOBER_30_ALONE, total_page_statistics=DAY_OF_VIEWS)],
    ),
    "share_statistics.get": call(
        lambda linkedin: linkedin.share_statistics.get(ORGANIZATION),
        Has(
            organizational_entity=ORGANIZATION,
            post=None,
            time_range=None,
            total_share_statistics=Has(impression_count=745, share_mentions_count=0, comment_mentions_count=1),
        ),
    ),
    "share_statistics.find_by_posts": call(
        lambda linkedin: linkedin.share_statistics.find_by_posts(ORGANIZATION, posts=[SHARE, UGC]),
        [Has(post=SHARE, total_share_statistics=COUNTS), Has(post=UGC, total_share_statistics=COUNTS)],
    ),
    "share_statistics.find_intervals": call(
        lambda linkedin: linkedin.share_statistics.find_intervals(ORGANIZATION, **TWO_DAYS),
        [Has(post=None, time_range=Has(start=OCTOBER_31, end=NOVEMBER_1), total_share_statistics=COUNTS)],
    ),
    "video_analytics.find_by_entity": call(
        lambda linkedin: linkedin.video_analytics.find_by_entity(UGC, aggregation="ALL"),
        [Has(entity=UGC, metric="VIDEO_VIEW", value=812, time_range=None)],
    ),
    "member_post_analytics.find_mine": call(
        lambda linkedin: linkedin.member_post_analytics.find_mine("IMPRESSION", aggregation="DAILY", **FIRST_DAYS),
        [
            Has(count=310, metric="IMPRESSION", post=None, date_range=FIRST_DAY),
            Has(count=275, metric="IMPRESSION", post=None, date_range=SECOND_DAY),
        ],
    ),
    "member_post_analytics.find_by_entity": call(
        lambda linkedin: linkedin.member_post_analytics.find_by_entity(OLD_SHARE, metric="IMPRESSION"), [IMPRESSIONS]
    ),
    "member_post_analytics.find_by_entity.202604": call(
        lambda linkedin: linkedin.member_post_analytics.find_by_entity(OLD_SHARE, metric="IMPRESSION"), [IMPRESSIONS]
    ),
    "member_video_analytics.find_by_entity": call(
        lambda linkedin: linkedin.member_video_analytics.find_by_entity(UGC),
        [Has(count=640, metric="VIDEO_PLAY", post=UGC, date_range=OF_ALL_TIME)],
    ),
    "member_follower_counts.get": call(lambda linkedin: linkedin.member_follower_counts.get(), 961),
    "member_follower_counts.find_by_date_range": call(
        lambda linkedin: linkedin.member_follower_counts.find_by_date_range(**FIRST_DAYS),
        [
            Has(member_followers_count=4, date_range=FIRST_DAY),
            Has(member_followers_count=1, date_range=SECOND_DAY),
        ],
    ),
}
