"""The main job as a new user does it, in a real browser: connect, compose, schedule, publish, see the proof."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.request import urlopen

import pytest
from PIL import Image
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, expect

from browser.running import RunningService
from inroad.testing.linkedin import LinkedIn

pytestmark = pytest.mark.browser

PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)
ALT_TEXT = "The new workshop, its door open"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a person in Berlin; whatever the console complains of fails the test."""
    context = browser.new_context(timezone_id="Europe/Berlin", locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def photograph(tmp_path: Path) -> Path:
    file = tmp_path / "workshop.jpg"
    Image.new("RGB", (1200, 800), "#c98a4b").save(file, "JPEG")
    return file


def become_owner(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_label("Your name").fill("Ada Okafor")
    page.get_by_label("E-mail address").fill("ada@northwind.example")
    page.get_by_label("Password").fill("twelve long words")
    page.get_by_role("button", name="Create the owner and sign in").click()
    expect(page.get_by_text("You are the owner of this inroad.")).to_be_visible()


def connect(page: Page) -> None:
    page.get_by_role("link", name="Go to Connections").click()
    page.get_by_role("button", name="Connect LinkedIn").click()
    page.locator("[name=email]").fill("ada.okafor@example.test")
    page.locator("[name=password]").fill("demo-password")
    page.locator("button[value=sign_in]").click()
    page.locator("button[value=allow]").click()
    expect(page.get_by_text("You can post as Ada Okafor and Northwind Works.")).to_be_visible()


def compose(page: Page, text: str, photograph: Path) -> None:
    page.get_by_role("link", name="Compose").first.click()
    page.get_by_label("Text", exact=True).fill(text)
    page.locator("[data-file]").set_input_files(photograph)
    expect(page.get_by_text("1200 by 800 pixels, JPEG")).to_be_visible()
    page.get_by_placeholder("Alt text").fill(ALT_TEXT)
    page.get_by_text("Northwind Works").first.click()


def next_minute() -> datetime:
    """Return the next full minute that is far enough away to be chosen without haste."""
    return (datetime.now(UTC) + timedelta(seconds=75)).replace(second=0, microsecond=0)


def choose_time(page: Page, local: datetime) -> None:
    page.locator("[name=date]").fill(f"{local:%Y-%m-%d}")
    page.locator("[name=time]").fill(f"{local:%H:%M}")
    page.locator("[name=zone]").select_option("UTC")


def test_new_user_connects_schedules_and_sees_the_proof(
    page: Page,
    service: RunningService,
    linkedin: LinkedIn,
    photograph: Path,
) -> None:
    text = "Our second workshop is open on Saturdays. #woodwork"

    become_owner(page, service.first_run_link)
    connect(page)
    compose(page, text, photograph)
    expect(page.locator("[data-count]")).to_have_text("51 of 3,000")
    expect(page.locator("[data-preview-text]")).to_have_text(text)
    expect(page.locator("[data-preview-name]")).to_have_text("Northwind Works")
    page.reload()
    expect(page.get_by_label("Text", exact=True)).to_have_value(text)
    expect(page.get_by_placeholder("Alt text")).to_have_value(ALT_TEXT)
    at = next_minute()
    choose_time(page, at)
    button = page.locator("[data-send]")
    expect(button).to_have_text(re.compile(rf"^Schedule for \w+ \d+ \w+, {at:%H:%M} UTC$"))
    button.click()
    expect(page.get_by_text(f"{at:%H:%M} UTC").first).to_be_visible()

    live = page.get_by_role("link", name="See it live")
    expect(live).to_be_visible(timeout=120_000)
    for step in ("Planned", "Picture at LinkedIn", "Prepared; its bytes are fixed", "Sent", "Confirmed by LinkedIn"):
        expect(page.get_by_text(step, exact=True)).to_be_visible()
    expect(page.get_by_text("Read back", exact=True)).to_be_visible()
    expect(page.get_by_text("LinkedIn shows exactly what was sent.")).to_be_visible()
    address = live.get_attribute("href")
    assert address is not None

    page.goto(address)
    expect(page.get_by_text("Our second workshop is open on Saturdays.").first).to_be_visible()
    picture = page.get_by_role("img", name=ALT_TEXT)
    expect(picture).to_be_visible()
    source = picture.evaluate("image => image.currentSrc")
    with urlopen(source) as response:
        assert response.headers["Content-Type"].startswith("image/")
    (post,) = [post for post in linkedin.posts if "open on Saturdays" in post.text]
    assert post.author == "urn:li:organization:90210001"


@pytest.mark.parametrize("width", [360, 390, 720, 960, 1280])
def test_no_page_is_wider_than_its_window(page: Page, service: RunningService, width: int) -> None:
    become_owner(page, service.first_run_link)
    connect(page)
    page.set_viewport_size({"width": width, "height": 800})
    for path in ("/", "/posts", "/compose", "/connections", "/connections/app", "/account"):
        page.goto(service.url + path)
        too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert too_wide == 0, path


def test_picture_chosen_before_the_script_has_come_is_taken(
    page: Page, service: RunningService, photograph: Path
) -> None:
    become_owner(page, service.first_run_link)
    connect(page)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/composer-*.js", hold)
    page.goto(service.url + "/compose", wait_until="commit")
    page.locator("[data-file]").set_input_files(photograph)
    expect(page.get_by_label("Text", exact=True)).to_be_visible()
    for route in held:
        route.continue_()
    expect(page.get_by_text("1200 by 800 pixels, JPEG")).to_be_visible()


def test_composer_is_used_with_the_keyboard_alone(page: Page, service: RunningService) -> None:
    become_owner(page, service.first_run_link)
    connect(page)
    page.goto(service.url + "/compose")
    page.keyboard.type("Typed without a mouse")
    expect(page.get_by_label("Text", exact=True)).to_have_value("Typed without a mouse")
    page.get_by_label("Now").focus()
    page.keyboard.press("Space")
    expect(page.locator("[data-send]")).to_have_text("Publish now as Ada Okafor")
    page.get_by_label("Text", exact=True).focus()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("link", name="See it live")).to_be_visible(timeout=60_000)


def test_composer_counts_like_the_service_and_holds_back_what_cannot_go_out(
    page: Page, service: RunningService
) -> None:
    become_owner(page, service.first_run_link)
    connect(page)
    page.goto(service.url + "/compose")
    text, send, why = (
        page.get_by_label("Text", exact=True),
        page.locator("[data-send]"),
        page.locator("[data-consequence]"),
    )

    text.fill("  \n ")
    expect(why).to_have_text("Write something or add a picture first.")
    text.fill("\U0001f389" * 1501)
    expect(page.locator("[data-count]")).to_have_text("3,002 of 3,000")
    expect(send).to_be_disabled()
    text.fill("For our connections")
    page.get_by_text("Northwind Works").first.click()
    page.get_by_text("Connections only").click()
    expect(why).to_have_text("It cannot go out like this: see what is marked above.")
    expect(send).to_be_disabled()
    page.get_by_text("Members of LinkedIn", exact=True).click()
    expect(send).to_be_enabled()
