"""The web application over real services and a sandbox, in one process, on one clock that a test turns."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from inroad.sdk.transport import MountedTransport
from inroad.service.settings import Settings
from inroad.service.wiring import Services
from inroad.testing.linkedin import ORIGIN, LinkedIn
from inroad.web.app import create_app
from web.house import NINE, SITE, WEAK, House


@pytest.fixture
def settings(linkedin: LinkedIn, tmp_path: Path) -> Settings:
    app = linkedin.world.apps["demo-app"]
    return Settings.from_environment(
        {
            "INROAD_DATA_DIR": str(tmp_path / "data"),
            "INROAD_ROOT_KEY_FILE": str(tmp_path / "root.key"),
            "INROAD_PUBLIC_URL": SITE,
            "INROAD_LINKEDIN_URL": ORIGIN,
            "INROAD_LINKEDIN_APP": app.client_id,
            "INROAD_LINKEDIN_SECRET": app.client_secret,
            "INROAD_LINKEDIN_PRODUCTS": ",".join(app.products),
            "INROAD_WORKER": "off",
            "INROAD_MAX_UPLOAD_MB": "1",
        }
    )


@pytest.fixture
async def house(linkedin: LinkedIn, settings: Settings) -> AsyncIterator[House]:
    linkedin.clock.freeze()
    linkedin.clock.set(NINE)
    transport = MountedTransport(httpx2.ASGITransport(app=linkedin.app))
    async with Services.open(settings, clock=linkedin, transport=transport, passwords=WEAK) as services:
        app = create_app(services)
        found = House(linkedin, services, httpx2.ASGITransport(app=app, client=("192.0.2.7", 4711)))
        yield found
        for client in found.clients:
            await client.aclose()
