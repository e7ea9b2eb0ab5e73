"""Sandbox and service on free ports of this machine, and the system's Chromium to look at them with."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from browser.running import RunningService, start_service
from inroad.testing.linkedin import LinkedIn

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"


@pytest.fixture
def service(linkedin: LinkedIn, tmp_path: Path) -> Iterator[RunningService]:
    """A service with its worker, connected to the test's sandbox."""
    running = start_service(linkedin, tmp_path)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium; without one the tests are skipped, and fail where that must not be (CI).

    Not pytest-playwright's fixture of this name: that one keeps its event loop running for the whole session, and
    every asyncio test after it would fail.
    """
    if not Path(CHROMIUM).is_file():
        message = "no Chromium at /usr/bin/chromium: install the system's chromium package to run the browser tests"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield found
        found.close()
