"""Every page in light and dark, wide and on a phone, as axe sees it: labels, order of headings, contrast, landmarks."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from browser.running import RunningService
from browser.test_story import become_owner, connect
from inroad.testing.linkedin import LinkedIn

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js"
WIDTHS = (1280, 390)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async rules => (await axe.run(document, {runOnly: rules})).violations.map(
    found => `${found.id}: ${found.nodes.slice(0, 3).map(node => node.html.slice(0, 120)).join(" | ")}`)"""


def violations(page: Page, address: str) -> list[str]:
    """Return what axe objects to, with the scheme and width in which it does."""
    page.goto(address)
    page.evaluate(f"{AXE.read_text()}\n;null")
    found: list[str] = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            found += [f"{scheme} {width} {line}" for line in page.evaluate(RUN, RULES)]
    return found


@pytest.fixture
def page(browser: Browser) -> Page:
    if not AXE.is_file():
        pytest.skip(f"no axe-core at {AXE}: run npm ci in frontend/ to check the pages' accessibility")
    return browser.new_page()


def test_no_page_of_the_dashboard_keeps_anybody_out(page: Page, service: RunningService) -> None:
    found = {
        "first run": violations(page, service.first_run_link),
        "sign-in": violations(page, f"{service.url}/sign-in"),
    }
    become_owner(page, service.first_run_link)
    page.set_viewport_size({"width": 1280, "height": 800})
    connect(page)
    for path in ("/", "/posts", "/compose", "/connections", "/connections/app", "/account", "/nothing-here"):
        found[path] = violations(page, service.url + path)
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_no_page_of_the_console_keeps_anybody_out(page: Page, linkedin: LinkedIn) -> None:
    paths = ("/feed/", "/in/ada-okafor", "/company/northwind-works", "/sandbox/console/", "/sandbox/console/journal")
    found = {path: violations(page, linkedin.url + path) for path in paths}
    assert {name: lines for name, lines in found.items() if lines} == {}
