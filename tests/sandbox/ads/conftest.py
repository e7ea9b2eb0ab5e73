"""A small LinkedIn with ad accounts and a frozen clock, spoken to in raw HTTP through the whole pipeline."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import httpx2
import pytest

from inroad.sandbox.app import create_app
from inroad.sandbox.oauth.tokens import issue
from inroad.sandbox.resources.ads.state import Ads, ads_of
from inroad.sandbox.seeds import read_seed
from inroad.sandbox.world import World

ACCOUNT = "urn:li:sponsoredAccount:509418273"
ADA = "urn:li:person:sBx7kQ2mWa"
BEN = "urn:li:person:sBx8kQ2mWb"
ORGANIZATION = "urn:li:organization:70412233"
GROUP = "urn:li:sponsoredCampaignGroup:640117782"
CAMPAIGN = "urn:li:sponsoredCampaign:388204115"
CREATIVE = "urn:li:sponsoredCreative:771204938"
EVERYTHING = "r_ads rw_ads r_ads_reporting rw_conversions rw_dmp_segments r_marketing_leadgen_automation"

SEED = """
[world]
now = 2026-11-23T09:00:00Z
seed = 7
[switches]
adlibrary.burst = 0
[[apps]]
client_id = "demo-app"
client_secret = "demo-secret-not-a-real-one"
scopes = ["*"]
[[apps]]
client_id = "small-app"
client_secret = "demo-secret-not-a-real-one"
scopes = ["*"]
tier = "development"
[[members]]
id = "sBx7kQ2mWa"
first_name = "Ada"
last_name = "Okafor"
picture = "none"
[[members]]
id = "sBx8kQ2mWb"
first_name = "Ben"
last_name = "Ito"
picture = "none"
[[organizations]]
id = 70412233
name = "Fjordlicht Robotics"
logo = "none"
website = "https://fjordlicht.example"
roles = [{ member = "sBx7kQ2mWa", role = "ADMINISTRATOR" }]
[[ad_accounts]]
id = 509418273
name = "Fjordlicht Robotics EU"
organization = 70412233
currency = "EUR"
users = [
  { member = "sBx7kQ2mWa", role = "ACCOUNT_BILLING_ADMIN" },
  { member = "sBx8kQ2mWb", role = "VIEWER" },
]
facts_days = 90
  [[ad_accounts.campaign_groups]]
  id = 640117782
  name = "Autumn 2026 - DACH"
    [[ad_accounts.campaign_groups.campaigns]]
    id = 388204115
    name = "Whitepaper leads DE"
    objective = "LEAD_GENERATION"
    daily_budget = "80.00"
      [[ad_accounts.campaign_groups.campaigns.creatives]]
      id = 771204938
      kind = "image"
      [[ad_accounts.campaign_groups.campaigns.creatives]]
      id = 771204939
      kind = "image"
    [[ad_accounts.campaign_groups.campaigns]]
    id = 388204116
    name = "Film"
    objective = "VIDEO_VIEW"
    daily_budget = "40.00"
      [[ad_accounts.campaign_groups.campaigns.creatives]]
      id = 771204940
      kind = "video"
[[ad_accounts]]
id = 509990000
name = "Checks"
organization = 70412233
currency = "USD"
test = true
users = [{ member = "sBx7kQ2mWa" }]
facts_days = 30
  [[ad_accounts.campaign_groups]]
    [[ad_accounts.campaign_groups.campaigns]]
      [[ad_accounts.campaign_groups.campaigns.creatives]]
      kind = "image"
[[ad_accounts]]
id = 509000001
name = "Somebody else's"
currency = "USD"
facts_days = 30
"""


@dataclass
class Api:
    """The sandbox as a client sees it, and the world behind it."""

    world: World
    client: httpx2.AsyncClient
    version: str = "202609"

    @property
    def ads(self) -> Ads:
        return ads_of(self.world)

    def token(self, scopes: str = EVERYTHING, *, member: str = "sBx7kQ2mWa", app: str = "demo-app") -> str:
        return issue(self.world, client_id=app, member_id=member, scopes=scopes.split()).access_token

    async def send(self, method: str, path: str, *, token: str | None = None, **more: Any) -> httpx2.Response:
        headers = {
            "authorization": f"Bearer {token or self.token()}",
            "linkedin-version": self.version,
            "x-restli-protocol-version": "2.0.0",
            **more.pop("headers", {}),
        }
        headers = {name: value for name, value in headers.items() if value}
        return await self.client.request(method, f"/rest/{path}", headers=headers, **more)

    async def get(self, path: str, **more: Any) -> httpx2.Response:
        return await self.send("GET", path, **more)

    async def post(self, path: str, body: Any, **more: Any) -> httpx2.Response:
        return await self.send("POST", path, json=body, **more)

    async def batch(self, path: str, elements: list[Any], **more: Any) -> httpx2.Response:
        headers = {"x-restli-method": "BATCH_CREATE"}
        return await self.send("POST", path, json={"elements": elements}, headers=headers, **more)

    async def put(self, path: str, body: Any, **more: Any) -> httpx2.Response:
        return await self.send("PUT", path, json=body, **more)

    async def patch(self, path: str, changes: Any, **more: Any) -> httpx2.Response:
        body = {"patch": {"$set": changes}}
        return await self.send("POST", path, json=body, headers={"x-restli-method": "PARTIAL_UPDATE"}, **more)

    async def delete(self, path: str, **more: Any) -> httpx2.Response:
        return await self.send("DELETE", path, **more)

    def pass_time(self, **by: float) -> None:
        self.world.clock.advance(timedelta(**by))

    async def group(self, **more: Any) -> int:
        answer = await self.post("adAccounts/509418273/adCampaignGroups", group(**more))
        assert answer.status_code == 201, answer.text
        return int(answer.headers["x-restli-id"])

    async def campaign(self, **more: Any) -> int:
        answer = await self.post("adAccounts/509418273/adCampaigns", campaign(**more))
        assert answer.status_code == 201, answer.text
        return int(answer.headers["x-restli-id"])


def enc(urn: str) -> str:
    return quote(urn, safe="")


def group(**more: Any) -> dict[str, Any]:
    return {
        "account": ACCOUNT,
        "name": "Spring",
        "status": "ACTIVE",
        "runSchedule": {"start": 1795424400000},
        **more,
    }


def campaign(**more: Any) -> dict[str, Any]:
    body = {
        "account": ACCOUNT,
        "campaignGroup": GROUP,
        "associatedEntity": ORGANIZATION,
        "name": "Whitepaper leads DE",
        "type": "SPONSORED_UPDATES",
        "objectiveType": "WEBSITE_VISIT",
        "costType": "CPM",
        "dailyBudget": {"amount": "80.00", "currencyCode": "EUR"},
        "unitCost": {"amount": "14.00", "currencyCode": "EUR"},
        "locale": {"country": "DE", "language": "de"},
        "offsiteDeliveryEnabled": False,
        "politicalIntent": "NOT_POLITICAL",
        "runSchedule": {"start": 1795424400000},
        "status": "DRAFT",
        "targetingCriteria": {
            "include": {
                "and": [
                    {"or": {"urn:li:adTargetingFacet:locations": ["urn:li:geo:101282230"]}},
                    {"or": {"urn:li:adTargetingFacet:interfaceLocales": ["urn:li:locale:de_DE"]}},
                ]
            }
        },
    }
    body |= more
    return {name: value for name, value in body.items() if value is not ...}


def codes(answer: httpx2.Response) -> list[str]:
    """Return the codes of a field fault, inputs first."""
    details = answer.json().get("errorDetails", {})
    found = [*details.get("inputErrors", []), *details.get("conditionalInputErrors", [])]
    return [e["code"] for e in found] or [answer.json()["code"]]


def places(answer: httpx2.Response) -> list[str]:
    return [e["input"]["inputPath"]["fieldPath"] for e in answer.json()["errorDetails"]["inputErrors"]]


@pytest.fixture
def world() -> World:
    made = read_seed(SEED)
    made.clock.frozen_at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    return made


@pytest.fixture
async def api(world: World) -> AsyncIterator[Api]:
    app = create_app(world, public_url="http://linkedin.test")
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://linkedin.test") as client:
        yield Api(world, client)
