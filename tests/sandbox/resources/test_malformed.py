"""Bodies and queries that nobody thought of get a refusal of LinkedIn's, never a failure of the sandbox."""

import random
from copy import deepcopy
from typing import Any

import pytest

from .conftest import ADA, NORTHWIND, Api, encoded, share, text_post

ODD: tuple[Any, ...] = (None, "", 0, -1, 1.5, True, [], {}, [None], {"x": 1}, "urn:li:image:x", "urn:li:", "a" * 5000)

POLL = {"question": "q", "options": [{"text": "a"}, {"text": "b"}], "settings": {"duration": "ONE_DAY"}}
KEY = "com.linkedin.ugc.ShareContent"
ATTRIBUTE = {
    "start": 0,
    "length": 2,
    "value": {"com.linkedin.common.CompanyAttributedEntity": {"company": NORTHWIND}},
}
SHARE = share("Hello", media=[{"status": "READY", "media": "urn:li:digitalmediaAsset:x", "title": {"text": ""}}])
SHARE["specificContent"][KEY]["shareCommentary"]["attributes"] = [ATTRIBUTE]

BODIES: tuple[tuple[str, Any], ...] = (
    ("/rest/posts", text_post(content={"media": {"id": "urn:li:image:x", "altText": "x"}})),
    (
        "/rest/posts",
        text_post(content={"multiImage": {"images": [{"id": "urn:li:image:x"}, {"id": "urn:li:image:y"}]}}),
    ),
    ("/rest/posts", text_post(content={"article": {"source": "https://example.org", "thumbnail": "urn:li:image:x"}})),
    ("/rest/posts", text_post(content={"poll": POLL}, reshareContext={"parent": "urn:li:share:1"})),
    ("/v2/ugcPosts", SHARE | {"responseContext": {"parent": "urn:li:share:1"}, "distribution": {}}),
    ("/rest/images?action=initializeUpload", {"initializeUploadRequest": {"owner": ADA}}),
    (
        "/v2/assets?action=registerUpload",
        {
            "registerUploadRequest": {
                "owner": ADA,
                "recipes": ["urn:li:digitalmediaRecipe:feedshare-video"],
                "serviceRelationships": [{"relationshipType": "OWNER", "identifier": "urn:li:userGeneratedContent"}],
                "supportedUploadMechanism": ["MULTIPART_UPLOAD"],
                "fileSize": 10,
            }
        },
    ),
    (
        "/v2/assets?action=completeMultiPartUpload",
        {
            "completeMultipartUploadRequest": {
                "mediaArtifact": "urn:li:digitalmediaMediaArtifact:(urn:li:digitalmediaAsset:x,urn:li:y:z)",
                "metadata": "x",
                "partUploadResponses": [{"headers": {"ETag": "x"}, "httpStatusCode": 200}],
            }
        },
    ),
)

PATCHES: tuple[tuple[str, Any], ...] = (
    (
        "/rest/posts",
        {
            "patch": {
                "$set": {"commentary": "x", "lifecycleState": "PUBLISHED"},
                "$delete": ["contentLandingPage"],
                "adContext": {"$set": {"dscStatus": "ARCHIVED"}},
            }
        },
    ),
    ("/v2/ugcPosts", {"patch": {"specificContent": {KEY: {"$set": {"shareCommentary": {"text": "x"}}}}}}),
    ("/v2/ugcPosts", {"patch": {"specificContent": {"$set": {KEY: {"shareCommentary": {"text": "x"}}}}}}),
    ("/v2/ugcPosts", {"patch": {"specificContent": {KEY: {"$delete": ["media"]}}}}),
)


def changed(body: Any, chance: random.Random) -> Any:
    """Return the body with one place of it made odd, renamed or left out."""
    made = deepcopy(body)
    place, parent, key = made, None, None
    while isinstance(place, dict | list) and place and chance.random() < 0.8:
        parent = place
        key = chance.choice(list(place)) if isinstance(place, dict) else chance.randrange(len(place))
        place = place[key]
    if parent is None:
        return chance.choice(ODD)
    how = chance.random()
    if how < 0.15:
        del parent[key]
    elif how < 0.3 and isinstance(parent, dict):
        parent[f"{key}x"] = parent.pop(key)
    else:
        parent[key] = chance.choice(ODD)
    return made


@pytest.mark.parametrize(("path", "body"), BODIES)
async def test_odd_bodies_of_creates_are_refused_or_taken(api: Api, path: str, body: Any) -> None:
    chance, token = random.Random(path), api.token()
    api.world.switches["duplicate_window"] = 0
    for _ in range(150):
        sent = changed(body, chance)
        answer = await api.post(path, sent, token=token)
        assert answer.status_code < 500, (sent, answer.text)


@pytest.mark.parametrize(("path", "body"), PATCHES)
async def test_odd_patches_are_refused_or_taken(api: Api, path: str, body: Any) -> None:
    chance, token = random.Random(path), api.token()
    urn = (await api.post("/v2/ugcPosts", share("Hello"), token=token)).json()["id"]
    for _ in range(150):
        sent = changed(body, chance)
        answer = await api.patch(f"{path}/{encoded(urn)}", sent, token=token)
        assert answer.status_code < 500, (sent, answer.text)
        seen = await api.get(f"{path}/{encoded(urn)}?viewContext=AUTHOR", token=token)
        assert seen.status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/rest/posts?q=author&author=x",
        "/rest/posts?q=author&author=List(x)",
        "/rest/posts?q=author&author=urn%3Ali%3Aperson%3AsBx7kQ2mWa&sortBy=OLDEST",
        "/rest/posts?q=author&author=urn%3Ali%3Aperson%3AsBx7kQ2mWa&viewContext=(a:b)",
        "/rest/posts?q=author&author=urn%3Ali%3Aperson%3AsBx7kQ2mWa&count=List(1)",
        "/rest/posts/x",
        "/rest/posts?ids=List(x,(a:b))",
        "/v2/ugcPosts?q=authors&authors=List((a:b))",
        "/v2/ugcPosts?q=authors&authors=List()",
        "/rest/images/x",
        "/rest/images?ids=List((a:b))",
        "/v2/assets/x",
        "/v2/people/(name:x)",
        "/v2/people/(id:List(a))",
        "/v2/connections/x",
        "/v2/networkSizes/x?edgeType=CompanyFollowedByMember",
        "/v2/organizations?q=vanityName&vanityName=List(x)",
        "/rest/organizations/-5",
        "/rest/organizationAcls?q=organization&organization=x",
        "/rest/organizationAcls?q=roleAssignee&roleAssignee=(a:b)",
        "/rest/organizationalEntityFollowerStatistics?q=organizationalEntity&organizationalEntity="
        "urn%3Ali%3Aorganization%3A90210001&timeIntervals=(timeRange:(start:x),timeGranularityType:DAY)",
    ],
)
async def test_odd_queries_are_refused(api: Api, path: str) -> None:
    answer = await api.get(path)
    partly = answer.status_code == 200 and answer.json().get("errors")
    assert partly or 400 <= answer.status_code < 500, answer.text


async def test_intervals_beyond_all_calendars_are_no_failure(api: Api) -> None:
    urn = encoded(NORTHWIND)
    path = f"/rest/organizationalEntityFollowerStatistics?q=organizationalEntity&organizationalEntity={urn}"
    for end in ("253402300799999", "99999999999999999999", "-99999999999999999999"):
        times = f"timeIntervals=(timeRange:(start:0,end:{end}),timeGranularityType:MONTH)"
        assert (await api.get(f"{path}&{times}")).status_code in (200, 400)
