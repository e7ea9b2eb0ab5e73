"""A small LinkedIn with a frozen clock, spoken to in raw HTTP through the whole pipeline."""

import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import httpx2
import pytest
from PIL import Image

from inroad.sandbox import uploads
from inroad.sandbox.app import create_app
from inroad.sandbox.oauth.tokens import issue
from inroad.sandbox.resources.media.pictures import painted
from inroad.sandbox.switches import Switches
from inroad.sandbox.world import App, Member, Organization, Role, World

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ADA = "urn:li:person:sBx7kQ2mWa"
BEN = "urn:li:person:sBx8kQ2mWb"
NORTHWIND = "urn:li:organization:90210001"
HARBOUR = "urn:li:organization:55120077"
EVERYTHING = (
    "openid profile email r_basicprofile r_liteprofile r_emailaddress w_member_social r_member_social "
    "w_organization_social r_organization_social rw_organization_admin r_1st_connections_size "
    "w_member_social_feed r_member_social_feed w_organization_social_feed r_organization_social_feed "
    "r_organization_followers r_member_postAnalytics r_member_profileAnalytics r_events rw_events"
)


@dataclass
class Api:
    """The sandbox as a client sees it, and the world behind it."""

    world: World
    client: httpx2.AsyncClient

    def token(self, scopes: str = EVERYTHING, *, member: str = "sBx7kQ2mWa", app: str = "demo-app") -> str:
        return issue(self.world, client_id=app, member_id=member, scopes=scopes.split()).access_token

    async def send(self, method: str, path: str, *, token: str | None = None, **more: Any) -> httpx2.Response:
        headers = {
            "authorization": f"Bearer {token or self.token()}",
            "x-restli-protocol-version": "2.0.0",
            **more.pop("headers", {}),
        }
        if path.startswith("/rest"):
            headers.setdefault("linkedin-version", "202610")
        return await self.client.request(method, path, headers=headers, **more)

    async def get(self, path: str, **more: Any) -> httpx2.Response:
        return await self.send("GET", path, **more)

    async def post(self, path: str, body: Any, **more: Any) -> httpx2.Response:
        return await self.send("POST", path, json=body, **more)

    async def patch(self, path: str, body: Any, **more: Any) -> httpx2.Response:
        return await self.send("POST", path, json=body, headers={"x-restli-method": "PARTIAL_UPDATE"}, **more)

    def pass_time(self, seconds: float) -> None:
        self.world.clock.advance(timedelta(seconds=seconds))

    async def image(self, *, owner: str = ADA, data: bytes | None = None, wait: float = 5) -> str:
        """Upload a picture through the versioned API and return its URN."""
        begun = await self.post("/rest/images?action=initializeUpload", {"initializeUploadRequest": {"owner": owner}})
        value = begun.json()["value"]
        answer = await self.client.put(value["uploadUrl"], content=data or picture())
        assert answer.status_code == 201
        self.pass_time(wait)
        return str(value["image"])


def text_post(text: str = "Hello", **more: Any) -> dict[str, Any]:
    return {
        "author": ADA,
        "commentary": text,
        "visibility": "PUBLIC",
        "distribution": {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []},
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": False,
        **more,
    }


def share(text: str = "Hello", *, author: str = ADA, **content: Any) -> dict[str, Any]:
    return {
        "author": author,
        "lifecycleState": "PUBLISHED",
        "specificContent": {
            "com.linkedin.ugc.ShareContent": {
                "shareCommentary": {"text": text},
                "shareMediaCategory": "NONE",
                **content,
            }
        },
        "visibility": {"com.linkedin.ugc.MemberNetworkVisibility": "PUBLIC"},
    }


def picture(width: int = 64, height: int = 48, kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (90, 140, 190)).save(out, kind)
    return out.getvalue()


def encoded(urn: str) -> str:
    return quote(urn, safe="")


def input_error(answer: httpx2.Response) -> dict[str, Any]:
    """Return the one entry of `errorDetails` (the content back end's shape)."""
    body = answer.json()
    assert body["errorDetailType"] == "com.linkedin.common.error.BadRequest"
    assert body["status"] == answer.status_code
    (error,) = body["errorDetails"]["inputErrors"]
    assert isinstance(error, dict)
    return error


@pytest.fixture
def world() -> World:
    made = World(switches=Switches.for_profile("today"))
    made.clock.frozen_at = NOW
    for name in ("demo-app", "other-app"):
        made.apps[name] = App(client_id=name, client_secret="not-a-real-one", name=name, scopes=["*"])
    made.members["sBx7kQ2mWa"] = Member(
        id="sBx7kQ2mWa",
        email="ada.okafor@example.test",
        first_name="Ada",
        last_name="Okafor",
        headline="Data engineer",
        vanity_name="ada-okafor",
        picture="C5603AQEada",
        connections=412,
    )
    made.members["sBx8kQ2mWb"] = Member(id="sBx8kQ2mWb", email="ben@example.test", first_name="Ben", last_name="Ito")
    made.blobs["C5603AQEada"] = painted("ada", width=800, height=800)
    made.organizations[90210001] = Organization(
        id=90210001,
        name="Northwind Works",
        vanity_name="northwind-works",
        website="https://www.northwind.example",
        description="Workshops",
        logo="C4D0BAQEnorthwind",
        followers=1280,
        statistics_days=90,
        roles=[
            Role(member="sBx7kQ2mWa"),
            Role(member="sBx8kQ2mWb", role="CONTENT_ADMINISTRATOR"),
        ],
    )
    made.blobs["C4D0BAQEnorthwind"] = painted("northwind", width=400, height=400)
    made.organizations[55120077] = Organization(id=55120077, name="Harbour Timber", vanity_name="harbour-timber")
    return made


@pytest.fixture
async def api(world: World) -> AsyncIterator[Api]:
    app = create_app(world, routes=uploads.routes(), public_url="http://linkedin.test")
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://linkedin.test") as client:
        yield Api(world, client)
