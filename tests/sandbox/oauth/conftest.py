from datetime import UTC, date, datetime

import httpx2
import pytest
from starlette.applications import Starlette

from inroad.sandbox.console import routes as console
from inroad.sandbox.oauth import routes as oauth
from inroad.sandbox.switches import Switches
from inroad.sandbox.world import App, Member, World
from sandbox.oauth.walk import CALLBACK

OIDC = "Sign In with LinkedIn using OpenID Connect"


@pytest.fixture
def world():
    made = World(switches=Switches.for_profile("today"))
    made.clock.frozen_at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    made.apps["demo-app"] = App(
        client_id="demo-app",
        client_secret="demo-secret",
        name="Demo app",
        products=[OIDC, "Share on LinkedIn"],
        redirect_urls=[CALLBACK, "https://app.example.test/cb?id=1"],
    )
    made.apps["other-app"] = App(
        client_id="other-app",
        client_secret="other-secret",
        name="Other app",
        created=date(2022, 5, 1),
        products=[OIDC],
        redirect_urls=[CALLBACK],
        grants=["authorization_code"],
    )
    made.apps["native-app"] = App(
        client_id="native-app", client_secret="native-secret", name="Native app", products=[OIDC], native=True
    )
    made.members["sBx7kQ2mWa"] = Member(
        id="sBx7kQ2mWa", email="ada.okafor@example.test", first_name="Ada", last_name="Okafor", headline="Data engineer"
    )
    made.members["Kq7dTz3RmX"] = Member(
        id="Kq7dTz3RmX", email="tomas.lind@example.test", first_name="Tomas", last_name="Lind", password="another"
    )
    return made


@pytest.fixture
def app(world):
    made = Starlette(routes=[*oauth.routes(), *console.routes()])
    made.state.world = world
    return made


@pytest.fixture
async def http(app):
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://sandbox.test") as client:
        yield client
