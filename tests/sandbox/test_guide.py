"""The founding tutorial's own steps, in plain HTTP as it does them, against the profile `guide`.

Only the base addresses differ from the tutorial. Where the tutorial reads a field, the same field is read here.
"""

import io
import re
import secrets
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx2
import pytest
from PIL import Image

from inroad.sandbox.app import create_app
from inroad.sandbox.seeds import read_seed

SEED = """
[world]
profile = "guide"

[[apps]]
client_id = "guide-app"
client_secret = "guide-secret-not-a-real-one"
name = "Guide app"
created = 2026-01-10
products = ["Sign In with LinkedIn using OpenID Connect", "Share on LinkedIn"]
redirect_urls = ["http://localhost:3000/oauth/callback"]

[[members]]
id = "sBx7kQ2mWa"
email = "ada.okafor@example.test"
password = "demo-password"
first_name = "Ada"
last_name = "Okafor"
picture = "generated"

[[organizations]]
id = 1234567
name = "Northwind Works"
vanity_name = "northwind-works"
followers = 1280
statistics_days = 30
roles = [{ member = "sBx7kQ2mWa", role = "ADMINISTRATOR", state = "APPROVED" }]
"""

REDIRECT_URI = "http://localhost:3000/oauth/callback"


def jpeg():
    held = io.BytesIO()
    Image.new("RGB", (64, 48), (15, 110, 102)).save(held, "JPEG")
    return held.getvalue()


@pytest.fixture
async def linkedin():
    world = read_seed(SEED)
    async with httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app=create_app(world)), base_url="http://sandbox.test"
    ) as http:
        yield http


async def agree(http, page):
    """Sign in and press Allow, as a person does on whatever forms the pages show."""
    for _ in range(4):
        if page.is_redirect and page.headers["location"].startswith(REDIRECT_URI):
            return parse_qs(urlsplit(page.headers["location"]).query)
        if page.is_redirect:
            page = await http.get(page.headers["location"])
            continue
        form = re.search(r'<form[^>]*method="post"[^>]*>.*?</form>', page.text, re.DOTALL | re.IGNORECASE)
        assert form, page.text
        action = re.search(r'action="([^"]*)"', form[0])
        fields = {}
        for tag in re.findall(r"<(?:input|button)[^>]*>", form[0]):
            name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
            if name and name[1] not in fields:
                fields[name[1]] = unescape(value[1]) if value else ""
        fields |= {
            n: v for n, v in (("email", "ada.okafor@example.test"), ("password", "demo-password")) if n in fields
        }
        page = await http.post(unescape(action[1]) if action else str(page.url), data=fields)
    raise AssertionError(page.text)


async def access_token(http, scopes):
    state = secrets.token_hex(16)
    query = {
        "response_type": "code",
        "client_id": "guide-app",
        "redirect_uri": REDIRECT_URI,
        "scope": " ".join(scopes),
        "state": state,
    }
    answer = await agree(http, await http.get(f"/oauth/v2/authorization?{urlencode(query)}"))
    assert answer["state"] == [state]
    exchanged = await http.post(
        "/oauth/v2/accessToken",
        data={
            "grant_type": "authorization_code",
            "code": answer["code"][0],
            "client_id": "guide-app",
            "client_secret": "guide-secret-not-a-real-one",
            "redirect_uri": REDIRECT_URI,
        },
    )
    assert exchanged.status_code == 200, exchanged.text
    assert exchanged.json()["expires_in"] == 60 * 24 * 3600
    return exchanged.json()["access_token"]


@pytest.fixture
async def call(linkedin):
    token = await access_token(
        linkedin,
        ["r_liteprofile", "r_emailaddress", "w_member_social", "r_organization_social", "w_organization_social"],
    )

    async def request(endpoint, method="GET", **options):
        response = await linkedin.request(
            method,
            f"/v2{endpoint}",
            headers={
                "Authorization": f"Bearer {token}",
                "Content-Type": "application/json",
                "X-Restli-Protocol-Version": "2.0.0",
            },
            **options,
        )
        assert response.is_success, f"LinkedIn API Error: {response.text}"
        return response.json()

    request.token = token
    return request


async def test_the_profile_prints_name_id_and_photo(call):
    profile = await call("/me?projection=(id,firstName,lastName,profilePicture(displayImage~:playableStreams))")

    assert f"{profile['localizedFirstName']} {profile['localizedLastName']}" == "Ada Okafor"
    assert profile["id"] == "sBx7kQ2mWa"
    assert profile["profilePicture"]["displayImage~"]["elements"][0]["identifiers"][0]["identifier"].startswith("http")


async def test_the_profile_without_a_projection_has_localized_names(call):
    profile = await call("/me")

    assert (profile["localizedFirstName"], profile["localizedLastName"]) == ("Ada", "Okafor")


async def test_the_email_prints(call):
    email = await call("/emailAddress?q=members&projection=(emailAddress*)")

    assert email["elements"][0]["emailAddress"] == "ada.okafor@example.test"


def ugc_post(author, text, category="NONE", media=None):
    content = {"shareCommentary": {"text": text}, "shareMediaCategory": category}
    if media is not None:
        content["media"] = media
    return {
        "author": author,
        "lifecycleState": "PUBLISHED",
        "specificContent": {"com.linkedin.ugc.ShareContent": content},
        "visibility": {"com.linkedin.ugc.MemberNetworkVisibility": "PUBLIC"},
    }


async def test_a_text_post_prints_its_id(call):
    body = ugc_post("urn:li:person:sBx7kQ2mWa", "Excited to announce our new product launch! 🚀 #innovation #startup")

    post = await call("/ugcPosts", "POST", json=body)

    assert re.fullmatch(r"urn:li:(share|ugcPost):\d{19}", post["id"])


async def test_an_image_post_shows_its_picture_in_the_feed(linkedin, call):
    author = "urn:li:person:sBx7kQ2mWa"
    registered = await call(
        "/assets?action=registerUpload",
        "POST",
        json={
            "registerUploadRequest": {
                "recipes": ["urn:li:digitalmediaRecipe:feedshare-image"],
                "owner": author,
                "serviceRelationships": [{"relationshipType": "OWNER", "identifier": "urn:li:userGeneratedContent"}],
            }
        },
    )
    mechanism = registered["value"]["uploadMechanism"]["com.linkedin.digitalmedia.uploading.MediaUploadHttpRequest"]
    uploaded = await linkedin.post(
        mechanism["uploadUrl"],
        headers={"Authorization": f"Bearer {call.token}", "Content-Type": "application/octet-stream"},
        content=jpeg(),
    )
    assert uploaded.status_code == 201, uploaded.text
    media = {
        "status": "READY",
        "description": {"text": "One pixel"},
        "media": registered["value"]["asset"],
        "title": {"text": ""},
    }

    post = await call("/ugcPosts", "POST", json=ugc_post(author, "First light", "IMAGE", [media]))

    page = await linkedin.get(f"/feed/update/{post['id']}")
    picture = next(
        s for s in re.findall(r'<img[^>]*src="([^"]*)"', page.text) if "/media/" in s and "First light" in page.text
    )
    assert (await linkedin.get(unescape(picture))).headers["content-type"] == "image/jpeg"


async def test_the_company_prints_its_name(call):
    company = await call(
        "/organizations/1234567?projection=(id,localizedName,vanityName,tagline,description,universalName,"
        "logoV2(original~:playableStreams),companyType,companyPageUrl,confirmedLocations,industries,followerCount,"
        "staffCountRange,website, specialties)"
    )

    assert company["localizedName"] == "Northwind Works"
    assert "tagline" not in company  # a field of v1 that never came back


@pytest.mark.parametrize("media", [None, []])
async def test_a_company_post_is_made(call, media):
    body = ugc_post("urn:li:organization:1234567", "We're hiring! Join our growing team. #careers #hiring", media=media)

    post = await call("/ugcPosts", "POST", json=body)

    assert post["id"].startswith("urn:li:")


async def test_the_followers_are_told_apart_by_facets(call):
    answer = await call(
        "/organizationalEntityFollowerStatistics?q=organizationalEntity"
        "&organizationalEntity=urn:li:organization:1234567"
    )

    (element,) = answer["elements"]
    assert element["organizationalEntity"] == "urn:li:organization:1234567"
    assert element["followerCountsBySeniority"]


async def test_the_tutorials_quota_headers_are_sent(linkedin, call):
    response = await linkedin.get("/v2/me", headers={"Authorization": f"Bearer {call.token}"})

    assert int(response.headers["X-Restli-Quota-Remaining"]) < 100
    assert 0 < int(response.headers["X-Restli-Quota-Reset"]) <= 24 * 3600
