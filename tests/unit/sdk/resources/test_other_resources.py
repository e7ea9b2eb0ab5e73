from datetime import UTC, datetime
from typing import Any

import pytest

from inroad.common.urn import Urn
from inroad.sdk.client import Client
from inroad.sdk.errors import Forbidden, InvalidArgument, error_from_answer
from inroad.sdk.flow import Request, Sleep
from inroad.sdk.resources.assets import Assets, AssetUpload
from inroad.sdk.resources.email_address import EmailAddress
from inroad.sdk.resources.follower_statistics import FollowerStatistics
from inroad.sdk.resources.images import Images, ImageUpload, MediaNotReady
from inroad.sdk.resources.me import Me
from inroad.sdk.resources.member import Member, Members
from inroad.sdk.resources.network_sizes import NetworkSizes
from inroad.sdk.resources.organizations import Organizations
from inroad.sdk.resources.ugc_posts import UgcArticle, UgcMedia, UgcPosts
from inroad.sdk.resources.userinfo import Userinfo

ADA = Urn("person", "sBx7kQ2mWa")
ORGANIZATION = Urn("organization", "70412233")
ASSET = Urn("digitalmediaAsset", "D4E22AQGm1bq0xWk3Tw")
UPLOAD_URL = "https://www.linkedin.com/dms-uploads/D4/uploaded-image/0?sau=x"
INITIALIZED = {"value": {"uploadUrlExpiresAt": 1793534400000, "uploadUrl": UPLOAD_URL, "image": "urn:li:image:D4"}}
FORBIDDEN = error_from_answer(403, {}, b"{}", call="c")


def image(status: str) -> dict[str, str]:
    return {"id": "urn:li:image:D4", "owner": str(ADA), "status": status}


# images


def test_an_image_is_uploaded_in_two_requests(steps: Any, answer: Any) -> None:
    asked, urn = steps(
        Images.upload.flow(None, owner=ADA, data=b"png", content_type="image/png"),
        answer(200, INITIALIZED),
        answer(201),
    )

    assert asked[0].json == {"initializeUploadRequest": {"owner": str(ADA)}}
    assert asked[0].params == {"action": "initializeUpload"}
    assert (asked[1].method, asked[1].path, asked[1].content, asked[1].content_type) == (
        "PUT",
        UPLOAD_URL,
        b"png",
        "image/png",
    )
    assert urn == Urn("image", "D4")


def test_the_steps_of_an_upload_can_be_made_alone(steps: Any, answer: Any) -> None:
    _, upload = steps(Images.initialize_upload.flow(None, ORGANIZATION), answer(200, INITIALIZED))

    assert upload == ImageUpload(UPLOAD_URL, Urn("image", "D4"), datetime(2026, 11, 1, 12, tzinfo=UTC))
    asked, _ = steps(Images.put.flow(None, upload, b"png"), answer(201))
    assert asked[0].path == UPLOAD_URL


def test_an_upload_needs_bytes_and_an_owner(first: Any) -> None:
    with pytest.raises(InvalidArgument, match="empty"):
        first(Images.upload.flow(None, owner=ADA, data=b""))
    with pytest.raises(InvalidArgument, match="owner must be"):
        first(Images.upload.flow(None, owner="urn:li:share:1", data=b"x"))


def test_waiting_asks_until_the_image_is_available(steps: Any, answer: Any) -> None:
    asked, seen = steps(
        Images.wait.flow(None, "urn:li:image:D4"),
        answer(200, image("WAITING_UPLOAD")),
        None,
        answer(200, image("PROCESSING")),
        None,
        answer(200, image("AVAILABLE")),
    )

    assert seen.is_available
    assert [step.seconds for step in asked if isinstance(step, Sleep)] == [1.0, 1.5]
    assert [step.path for step in asked if isinstance(step, Request)] == ["/rest/images/urn%3Ali%3Aimage%3AD4"] * 3


def test_waiting_ends(answers: Any, answer: Any, clock: Any) -> None:
    waits: list[float] = []
    transport = answers(*[answer(200, image("PROCESSING")) for _ in range(50)])
    client = Client("t", transport=transport, clock=clock, sleep=waits.append)

    with pytest.raises(MediaNotReady) as caught:
        client.images.wait("urn:li:image:D4", timeout_seconds=7)
    assert caught.value.status == "PROCESSING"
    assert sum(waits) == 7


def test_a_failed_image_ends_the_wait_at_once(answer: Any) -> None:
    flow = Images.wait.flow(None, "urn:li:image:D4")
    next(flow)

    with pytest.raises(MediaNotReady, match="PROCESSING_FAILED"):
        flow.send(answer(200, image("PROCESSING_FAILED")))


# assets

REGISTERED = {
    "value": {
        "asset": str(ASSET),
        "mediaArtifact": "urn:li:digitalmediaMediaArtifact:(urn:li:digitalmediaAsset:D4,urn:li:x:y)",
        "uploadMechanism": {
            "com.linkedin.digitalmedia.uploading.MediaUploadHttpRequest": {
                "uploadUrl": "https://api.linkedin.com/mediaUpload/D4/0",
                "headers": {"media-type-family": "VIDEO"},
            }
        },
    }
}


def test_an_asset_is_registered_and_sent_with_its_headers(steps: Any, answer: Any) -> None:
    asked, urn = steps(
        Assets.upload.flow(None, owner=ADA, data=b"mp4", kind="video"), answer(200, REGISTERED), answer(201)
    )

    wanted = asked[0].json["registerUploadRequest"]
    assert wanted["recipes"] == ["urn:li:digitalmediaRecipe:feedshare-video"]
    assert wanted["serviceRelationships"] == [
        {"relationshipType": "OWNER", "identifier": "urn:li:userGeneratedContent"}
    ]
    assert asked[1].headers == {"media-type-family": "VIDEO"}
    assert urn == ASSET


def test_an_asset_is_read_by_its_bare_id(steps: Any, answer: Any) -> None:
    body = {"id": "D4", "status": "ALLOWED", "recipes": [{"recipe": "r", "status": "AVAILABLE"}]}

    asked, asset = steps(Assets.get.flow(None, ASSET), answer(200, body))

    assert asked[0].path == "/v2/assets/D4E22AQGm1bq0xWk3Tw"
    assert asset.is_available


def test_an_asset_without_done_recipes_is_not_available(steps: Any, answer: Any) -> None:
    for recipes in ([], [{"status": "PROCESSING"}]):
        _, asset = steps(
            Assets.get.flow(None, ASSET), answer(200, {"id": "D4", "status": "ALLOWED", "recipes": recipes})
        )
        assert not asset.is_available


def test_an_empty_asset_is_refused(first: Any) -> None:
    with pytest.raises(InvalidArgument):
        first(Assets.put.flow(None, AssetUpload("https://api.linkedin.com/x", ASSET, {}), b""))


# ugc posts


def share(asked: Any) -> Any:
    return asked.json["specificContent"]["com.linkedin.ugc.ShareContent"]


def test_a_text_is_posted_unescaped(steps: Any, answer: Any) -> None:
    asked, created = steps(
        UgcPosts.create.flow(None, author=ADA, text="Oak (ash)"), answer(201, {"id": "urn:li:share:1"})
    )

    assert asked[0].json == {
        "author": str(ADA),
        "lifecycleState": "PUBLISHED",
        "specificContent": {
            "com.linkedin.ugc.ShareContent": {
                "shareCommentary": {"text": "Oak (ash)"},
                "shareMediaCategory": "NONE",
            }
        },
        "visibility": {"com.linkedin.ugc.MemberNetworkVisibility": "PUBLIC"},
    }
    assert asked[0].repeatable is False
    assert created == Urn("share", "1")


@pytest.mark.parametrize(
    ("values", "category", "media"),
    [
        (
            {"images": [UgcMedia(asset=ASSET, title="Bench")]},
            "IMAGE",
            {"status": "READY", "media": str(ASSET), "title": {"text": "Bench"}},
        ),
        ({"video": UgcMedia(asset=ASSET)}, "VIDEO", {"status": "READY", "media": str(ASSET)}),
        (
            {"article": UgcArticle(url="https://example.org/oak", description="d")},
            "ARTICLE",
            {"status": "READY", "originalUrl": "https://example.org/oak", "description": {"text": "d"}},
        ),
    ],
)
def test_media_are_posted(first: Any, values: dict[str, Any], category: str, media: object) -> None:
    asked = first(UgcPosts.create.flow(None, author=ORGANIZATION, text="", **values))

    assert share(asked)["shareMediaCategory"] == category
    assert share(asked)["media"] == [media]


@pytest.mark.parametrize(
    "values",
    [
        {"text": ""},
        {"text": "x" * 3001},
        {"author": "urn:li:company:1"},
        {"visibility": "FRIENDS"},
        {"images": [UgcMedia(asset=Urn("image", "D4"))]},
        {"images": [UgcMedia(asset=ASSET)] * 21},
        {"images": [UgcMedia(asset=ASSET)], "video": UgcMedia(asset=ASSET)},
        {"article": UgcArticle(url="javascript:alert(1)")},
    ],
)
def test_bad_ugc_values_are_refused(first: Any, values: dict[str, Any]) -> None:
    with pytest.raises(InvalidArgument):
        first(UgcPosts.create.flow(None, **{"author": ADA, "text": "Hello", **values}))


def test_a_ugc_post_is_read(steps: Any, answer: Any) -> None:
    body = {
        "id": "urn:li:ugcPost:7",
        "author": str(ORGANIZATION),
        "lifecycleState": "PUBLISHED",
        "created": {"actor": str(ADA), "time": 1793361600123},
        "specificContent": {
            "com.linkedin.ugc.ShareContent": {
                "shareCommentary": {"attributes": [], "text": "Doors open at nine."},
                "media": [{"media": str(ASSET), "status": "READY", "thumbnails": []}],
                "shareMediaCategory": "VIDEO",
            }
        },
        "visibility": {"com.linkedin.ugc.MemberNetworkVisibility": "PUBLIC"},
    }

    asked, post = steps(UgcPosts.get.flow(None, "urn:li:ugcPost:7"), answer(200, body))

    assert asked[0].path == "/v2/ugcPosts/urn%3Ali%3AugcPost%3A7"
    assert (post.text, post.media_category, post.media[0].media) == ("Doors open at nine.", "VIDEO", ASSET)
    assert post.created.actor == ADA


# member

ME = {
    "id": "sBx7kQ2mWa",
    "firstName": {"localized": {"en_US": "Ada"}, "preferredLocale": {"country": "US", "language": "en"}},
    "lastName": {"localized": {"de_DE": "Okafor"}},
    "profilePicture": {
        "displayImage": "urn:li:digitalmediaAsset:C5603AQEsbx01demo",
        "displayImage~": {
            "elements": [
                {"identifiers": [{"identifier": "https://media/100", "mediaType": "image/jpeg"}]},
                {"identifiers": [{"identifier": "https://media/800"}]},
                {"identifiers": []},
            ]
        },
    },
}


def test_names_are_found_in_the_localized_form(steps: Any, answer: Any) -> None:
    asked, profile = steps(Me.get.flow(None), answer(200, ME))

    assert "localizedFirstName" in asked[0].params["projection"]
    assert (profile.display_name, profile.urn) == ("Ada Okafor", ADA)
    assert profile.picture_url == "https://media/800"


def test_names_are_found_in_the_flat_form(steps: Any, answer: Any) -> None:
    body = {"id": "a", "localizedFirstName": "Ada", "localizedLastName": "Okafor"}

    _, profile = steps(Me.get.flow(None, projection=None), answer(200, body))

    assert profile.display_name == "Ada Okafor"
    assert profile.picture_url is None


def test_a_picture_that_could_not_be_decorated_keeps_its_failure(steps: Any, answer: Any) -> None:
    picture = {"displayImage": "urn:li:digitalmediaAsset:C5", "displayImage!": {"status": 429, "message": "throttled"}}

    _, profile = steps(Me.get.flow(None), answer(200, {"id": "a", "profilePicture": picture}))

    assert profile.profile_picture.failure["status"] == 429
    assert profile.picture_url is None


@pytest.mark.parametrize(
    ("locale", "verified", "key", "is_verified"),
    [
        ({"country": "US", "language": "en"}, True, "en_US", True),
        ("en-US", "true", "en_US", True),
        (None, None, None, False),
    ],
)
def test_userinfo_is_read_in_both_forms(
    steps: Any, answer: Any, locale: object, verified: object, key: str | None, is_verified: bool
) -> None:
    body = {"sub": "sBx7kQ2mWa", "name": "Ada Okafor", "locale": locale, "email_verified": verified}

    _, info = steps(Userinfo.get.flow(None), answer(200, body))

    assert (info.urn, info.display_name, info.locale_key, info.is_email_verified) == (
        ADA,
        "Ada Okafor",
        key,
        is_verified,
    )


def test_a_member_is_found_by_openid_connect(steps: Any, answer: Any) -> None:
    body = {"sub": "sBx7kQ2mWa", "given_name": "Ada", "family_name": "Okafor", "email": "ada@example.test"}

    asked, member = steps(Members.get.flow(None), answer(200, body))

    assert len(asked) == 1
    assert member == Member(
        urn=ADA, display_name="Ada Okafor", given_name="Ada", family_name="Okafor", email="ada@example.test"
    )


def test_a_member_is_found_by_the_profile_api_otherwise(steps: Any, answer: Any) -> None:
    asked, member = steps(Members.get.flow(None), FORBIDDEN, answer(200, ME))

    assert [step.path for step in asked] == ["/v2/userinfo", "/v2/me"]
    assert (member.urn, member.display_name, member.picture_url) == (ADA, "Ada Okafor", "https://media/800")


def test_a_token_that_opens_neither_is_forbidden() -> None:
    flow = Members.get.flow(None)
    next(flow)
    flow.throw(FORBIDDEN)

    with pytest.raises(Forbidden):
        flow.throw(error_from_answer(403, {}, b"{}", call="second"))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            {"elements": [{"handle": "urn:li:emailAddress:3", "handle~": {"emailAddress": "ada@example.test"}}]},
            "ada@example.test",
        ),
        ({"elements": []}, None),
        ({}, None),
        ({"elements": [{"handle": "urn:li:emailAddress:3"}]}, None),
    ],
)
def test_the_address_stands_in_the_handle(steps: Any, answer: Any, body: object, expected: str | None) -> None:
    asked, address = steps(EmailAddress.get.flow(None), answer(200, body))

    assert asked[0].params == {"q": "members", "projection": "(elements*(handle~))"}
    assert address == expected


# organizations


@pytest.mark.parametrize("urn", [ORGANIZATION, "urn:li:organization:70412233", 70412233, "70412233"])
def test_an_organization_is_asked_for_by_number(steps: Any, answer: Any, urn: Any) -> None:
    body = {"id": 70412233, "localizedName": "Saltmarsh Joinery", "foundedOn": {"year": 2011}, "groups": []}

    asked, organization = steps(Organizations.get.flow(None, urn), answer(200, body))

    assert asked[0].path == "/rest/organizations/70412233"
    assert (organization.urn, organization.display_name) == (ORGANIZATION, "Saltmarsh Joinery")


@pytest.mark.parametrize("urn", [ADA, "saltmarsh", "urn:li:organization:x"])
def test_what_is_no_organization_is_refused(first: Any, urn: Any) -> None:
    with pytest.raises(InvalidArgument, match="urn must"):
        first(Organizations.get.flow(None, urn))


def test_a_lookup_asks_with_numbers_and_answers_with_urns(steps: Any, answer: Any) -> None:
    body = {"results": {"70412233": {"id": 70412233, "localizedName": "S"}}, "errors": {"2": {"status": 404}}}

    asked, found = steps(Organizations.lookup.flow(None, [ORGANIZATION, 2]), answer(200, body))

    assert asked[0].params == {"ids": [70412233, 2]}
    assert found[ORGANIZATION].localized_name == "S"
    assert found.missing == {Urn("organization", "2"): 404}


@pytest.mark.parametrize(("elements", "expected"), [([{"id": 1, "localizedName": "S"}], "S"), ([], None)])
def test_a_vanity_name_finds_one_or_none(steps: Any, answer: Any, elements: list[Any], expected: str | None) -> None:
    _, found = steps(Organizations.find_by_vanity_name.flow(None, "saltmarsh"), answer(200, {"elements": elements}))

    assert (found.localized_name if found else None) == expected


@pytest.mark.parametrize("field", ["organization", "organizationTarget", "organizationalTarget"])
def test_a_role_names_its_organization_in_any_field(answers: Any, answer: Any, clock: Any, field: str) -> None:
    element = {"roleAssignee": str(ADA), "state": "APPROVED", "role": "ADMINISTRATOR", field: str(ORGANIZATION)}
    transport = answers(answer(200, {"elements": [element], "paging": {"start": 0, "count": 100, "links": []}}))

    (role,) = Client("t", transport=transport, clock=clock).organization_acls.find_by_role_assignee()

    assert (role.organization, role.role, role.may_post) == (ORGANIZATION, "ADMINISTRATOR", True)
    assert transport.wires[0].target == b"/rest/organizationAcls?count=100&q=roleAssignee&start=0&state=APPROVED"


def test_followers_are_counted_by_the_network(steps: Any, answer: Any) -> None:
    asked, count = steps(NetworkSizes.get.flow(None, ORGANIZATION), answer(200, {"firstDegreeSize": 1834}))

    assert asked[0].path == "/rest/networkSizes/urn%3Ali%3Aorganization%3A70412233"
    assert asked[0].params == {"edgeType": "COMPANY_FOLLOWED_BY_MEMBER"}
    assert count == 1834


def test_demographics_are_counted_by_facet(steps: Any, answer: Any) -> None:
    counts = {"organicFollowerCount": 402, "paidFollowerCount": 0}
    element = {
        "organizationalEntity": str(ORGANIZATION),
        "followerCountsBySeniority": [{"seniority": "urn:li:seniority:4", "followerCounts": counts}],
    }

    _, seen = steps(FollowerStatistics.get_demographics.flow(None, ORGANIZATION), answer(200, {"elements": [element]}))

    (facet,) = seen.follower_counts_by_seniority
    assert (facet.value, facet.follower_counts.organic_follower_count) == ("urn:li:seniority:4", 402)


def test_gains_are_asked_for_a_stretch_of_time(answers: Any, answer: Any, clock: Any) -> None:
    element = {
        "organizationalEntity": str(ORGANIZATION),
        "timeRange": {"start": 1793318400000, "end": 1793404800000},
        "followerGains": {"organicFollowerGain": 5, "paidFollowerGain": 0},
    }
    transport = answers(answer(200, {"elements": [element]}))
    start, end = datetime(2026, 10, 30, tzinfo=UTC), datetime(2026, 10, 31, tzinfo=UTC)

    (gain,) = Client("t", transport=transport, clock=clock).follower_statistics.find_gains(
        organization=ORGANIZATION, start=start, end=end
    )

    assert gain.follower_gains.organic_follower_gain == 5
    assert gain.time_range.start == start
    assert b"timeIntervals=(timeGranularityType:DAY,timeRange:(end:1793404800000,start:1793318400000))" in (
        transport.wires[0].target
    )


def test_a_stretch_of_time_has_a_direction_and_a_zone(first: Any) -> None:
    start = datetime(2026, 10, 30, tzinfo=UTC)

    for wrong_start, end in ((start, start), (start.replace(tzinfo=None), start)):
        with pytest.raises(InvalidArgument, match="start"):
            first(FollowerStatistics.find_gains.flow(None, organization=ORGANIZATION, start=wrong_start, end=end))
