from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from starlette.applications import Starlette

from inroad.sandbox import uploads
from inroad.sandbox.console import routes
from inroad.sandbox.journal import Journal
from inroad.sandbox.resources.media.pictures import painted
from inroad.sandbox.resources.posts.seed import seed_post
from inroad.sandbox.switches import Switches
from inroad.sandbox.world import App, Member, Organization, Role, World

ADA = "urn:li:person:sBx7kQ2mWa"
NORTHWIND = "urn:li:organization:90210001"


@pytest.fixture
def world():
    made = World(switches=Switches.for_profile("today"))
    made.clock.frozen_at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    made.apps["demo-app"] = App(
        client_id="demo-app", client_secret="demo-secret", name="Demo app", products=["Share on LinkedIn"]
    )
    made.members["sBx7kQ2mWa"] = Member(
        id="sBx7kQ2mWa",
        email="ada.okafor@example.test",
        first_name="Ada",
        last_name="Okafor",
        headline="Data engineer",
        vanity_name="ada-okafor",
        picture="ada-picture",
    )
    made.blobs["ada-picture"] = painted("ada", width=40, height=40)
    made.organizations[90210001] = Organization(
        id=90210001,
        name="Northwind Works",
        vanity_name="northwind-works",
        followers=1280,
        roles=[Role(member="sBx7kQ2mWa")],
    )
    return made


@pytest.fixture
def post(world):
    """Keep a post, so many minutes old."""

    def keep(text="Hello", *, author=ADA, minutes=5, **details):
        published = world.clock.now() - timedelta(minutes=minutes)
        return seed_post(world, author_urn=author, text=text, published=published, **details)

    return keep


@pytest.fixture
def journal():
    return Journal()


@pytest.fixture
async def http(world, journal):
    app = Starlette(routes=[*routes.routes(), *uploads.routes()])
    app.state.world, app.state.journal = world, journal
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://sandbox.test") as client:
        yield client
