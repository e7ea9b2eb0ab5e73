"""What goes around every answer."""

import logging

import httpx2
import pytest

from inroad.service.publishing.actions import Publishing
from inroad.web.dashboard.assets import read_assets
from inroad.web.envelope import MAX_FORM_BYTES
from web.house import SITE, House


async def test_health_is_well_when_the_database_answers(house: House) -> None:
    response = await house.visitor().get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": "ok"}


async def test_health_fails_while_the_worker_does_not_live(house: House) -> None:
    object.__setattr__(house.services.settings, "worker", True)
    response = await house.visitor().get("/healthz")
    assert response.status_code == 503
    assert response.json() == {"status": "failing", "database": "ok", "worker": "failing"}


async def test_health_fails_when_the_database_does_not_answer(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail() -> bool:
        raise OSError("gone")

    monkeypatch.setattr(house.services.accounts, "has_owner", fail)
    response = await house.visitor().get("/healthz")
    assert response.status_code == 503
    assert response.json()["database"] == "failing"


@pytest.mark.parametrize("path", ["/", "/sign-in", "/posts", "/nothing-here", "/healthz", "/api/v1/posts"])
async def test_every_answer_carries_the_security_headers(house: House, path: str) -> None:
    headers = (await house.visitor().get(path)).headers

    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert len(headers["x-request-id"]) == 16


async def test_pages_hold_no_inline_script_or_style(house: House) -> None:
    visitor = await house.connected()
    for path in ("/", "/posts", "/compose", "/connections", "/connections/app", "/account", "/nothing-here"):
        await visitor.get(path)
        assert "<style" not in visitor.page
        assert " style=" not in visitor.page
        assert "<script>" not in visitor.page
        assert " on" + "click=" not in visitor.page
        assert "http://" not in visitor.page.replace(SITE, "").replace("http://linkedin.test", "")


async def test_static_files_are_kept_for_good(house: House) -> None:
    (style,) = read_assets().styles
    response = await house.visitor().get(style)
    assert response.status_code == 200
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"


async def test_unknown_page_says_so_in_words(house: House) -> None:
    visitor = await house.owner()
    response = await visitor.get("/nothing-here")
    assert response.status_code == 404
    assert "There is no such page" in visitor.words
    assert response.headers["x-request-id"] in visitor.page


async def test_unforeseen_failure_shows_no_inside_and_a_request_id(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    visitor = await house.owner()

    async def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the secret inside")

    monkeypatch.setattr(Publishing, "list_posts", fail)
    with caplog.at_level(logging.ERROR, logger="inroad.web.envelope"):
        response = await visitor.get("/posts")

    assert response.status_code == 500
    assert "Something went wrong in here" in visitor.words
    assert "the secret inside" not in visitor.page
    assert response.headers["x-request-id"] in visitor.page
    assert response.headers["x-request-id"] in caplog.text
    assert "default-src 'none'" in response.headers["content-security-policy"]


async def test_large_form_is_refused(house: House) -> None:
    visitor = await house.owner()
    await visitor.get("/account")

    response = await visitor.post("/account/appearance", {"theme": "x" * MAX_FORM_BYTES})

    assert response.status_code == 413
    assert "larger than 1 MB" in visitor.words


async def test_page_that_refreshes_itself_is_sent_to_the_sign_in_when_the_session_is_over(house: House) -> None:
    async with httpx2.AsyncClient(transport=house.transport, base_url=SITE) as client:
        response = await client.get("/posts", headers={"HX-Request": "true"})
    assert response.status_code == 204
    assert response.headers["hx-redirect"] == "/sign-in?next=%2Fposts"
