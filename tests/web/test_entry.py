"""The ways in and out, and what keeps strangers' forms away."""

import httpx2
import pytest

from web.house import OWNER, SITE, House


async def test_first_run_link_makes_the_owner_and_signs_them_in(house: House) -> None:
    visitor = await house.owner()

    assert "Welcome, Ada Okafor. You are the owner of this inroad." in visitor.words
    cookie = next(c for c in visitor.http.cookies.jar if c.name == "inroad_session")
    assert cookie.has_nonstandard_attr("HttpOnly")
    assert cookie.get_nonstandard_attr("SameSite") == "lax"


async def test_first_run_form_keeps_what_was_typed_when_the_password_is_short(house: House) -> None:
    visitor = house.visitor()
    link = (await house.services.accounts.create_first_run_link()).removeprefix(SITE)
    await visitor.get(link)

    response = await visitor.post(link, {**OWNER, "password": "short"})

    assert response.status_code == 422
    assert "A password has at least 12 characters, got 5." in visitor.words
    assert 'value="ada@northwind.example"' in visitor.page


async def test_used_first_run_link_says_so(house: House) -> None:
    link = (await house.services.accounts.create_first_run_link()).removeprefix(SITE)
    first = house.visitor()
    await first.get(link)
    await first.post(link, dict(OWNER))

    response = await house.visitor().get(link)

    assert response.status_code == 410
    assert "This link was used already." in response.text


async def test_sign_in_leads_to_the_page_that_was_wanted(house: House) -> None:
    await house.owner()
    visitor = house.visitor()
    turned_away = await visitor.get("/posts?state=published")
    await visitor.follow(turned_away)

    response = await visitor.post(
        "/sign-in",
        {"email": OWNER["email"], "password": OWNER["password"], "next": "/posts?state=published"},
    )

    assert turned_away.headers["location"] == "/sign-in?next=%2Fposts%3Fstate%3Dpublished"
    assert response.headers["location"] == "/posts?state=published"


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example"])
async def test_sign_in_never_leads_to_another_site(house: House, elsewhere: str) -> None:
    await house.owner()
    visitor = house.visitor()
    await visitor.get("/sign-in")

    response = await visitor.post(
        "/sign-in", {"email": OWNER["email"], "password": OWNER["password"], "next": elsewhere}
    )

    assert response.headers["location"] == "/"


async def test_wrong_password_does_not_say_which_of_the_two_is_wrong(house: House) -> None:
    await house.owner()
    visitor = house.visitor()
    await visitor.get("/sign-in")

    response = await visitor.post("/sign-in", {"email": OWNER["email"], "password": "something else"})

    assert response.status_code == 401
    assert "The e-mail address or the password is wrong." in visitor.words
    assert 'value="ada@northwind.example"' in visitor.page


async def test_many_attempts_are_held_back(house: House) -> None:
    await house.owner()
    visitor = house.visitor()
    await visitor.get("/sign-in")
    for _ in range(10):
        await visitor.post("/sign-in", {"email": OWNER["email"], "password": "something else"})

    response = await visitor.post("/sign-in", {"email": OWNER["email"], "password": OWNER["password"]})

    assert response.status_code == 429
    assert "Too many attempts to sign in; try again in 15 minutes." in visitor.words


async def test_sign_in_page_says_where_the_first_owner_comes_from(house: House) -> None:
    visitor = house.visitor()
    await visitor.get("/sign-in")
    assert "Open the first-run link that the service printed when it started" in visitor.words


async def test_sign_in_link_is_spent_by_the_button_and_not_by_looking(house: House) -> None:
    await house.owner()
    link = (await house.services.accounts.create_sign_in_link()).removeprefix(SITE)
    await house.visitor().get(link)
    visitor = house.visitor()
    await visitor.get(link)

    response = await visitor.post(link)

    assert response.status_code == 303
    await visitor.follow(response)
    assert "Good morning, Ada" in visitor.words


async def test_sign_out_ends_the_session(house: House) -> None:
    visitor = await house.owner()
    cookie = visitor.http.cookies["inroad_session"]
    await visitor.get("/account")

    await visitor.follow(await visitor.post("/sign-out"))

    response = await house.visitor().http.get("/", headers={"Cookie": f"inroad_session={cookie}"})
    assert response.headers["location"].startswith("/sign-in")


async def test_form_of_another_origin_is_refused(house: House) -> None:
    visitor = await house.owner()
    await visitor.get("/account")

    response = await visitor.post("/sign-out", Origin="https://evil.example")

    assert response.status_code == 403
    assert "This request did not come from here" in visitor.words
    assert (await visitor.get("/account")).status_code == 200


async def test_form_that_the_browser_calls_cross_site_is_refused(house: House) -> None:
    visitor = await house.owner()
    await visitor.get("/account")

    response = await visitor.post("/sign-out", **{"Sec-Fetch-Site": "cross-site"})

    assert response.status_code == 403


@pytest.mark.parametrize("token", ["", "0" * 64])
async def test_form_without_the_sessions_token_is_refused(house: House, token: str) -> None:
    visitor = await house.owner()

    response = await visitor.http.post("/sign-out", data={"csrf": token}, headers={"Origin": SITE})

    assert response.status_code == 403


async def test_sign_in_form_needs_the_token_of_its_own_cookie(house: House) -> None:
    await house.owner()
    client = httpx2.AsyncClient(transport=house.transport, base_url=SITE)

    response = await client.post("/sign-in", data={**OWNER, "csrf": "x" * 43}, headers={"Origin": SITE})

    assert response.status_code == 403
    await client.aclose()


async def test_command_line_gets_a_code_on_its_loopback_address(house: House) -> None:
    visitor = await house.owner()

    key = await house.api_key(visitor)

    assert key.startswith("inr_")
    await visitor.get("/account")
    assert "command line" in visitor.words


async def test_command_line_page_lets_its_form_end_at_the_loopback_address_only(house: House) -> None:
    visitor = await house.owner()
    response = await visitor.get(f"/cli/authorize?port=50123&code_challenge={'a' * 43}&state=abc")
    assert "form-action 'self' http://127.0.0.1:50123;" in response.headers["content-security-policy"]


async def test_refused_command_line_is_told(house: House) -> None:
    visitor = await house.owner()
    await visitor.get(f"/cli/authorize?port=50123&code_challenge={'a' * 43}&state=abc")

    response = await visitor.post(
        "/cli/authorize", {"port": "50123", "code_challenge": "a" * 43, "state": "abc", "answer": "no"}
    )

    assert response.headers["location"] == "http://127.0.0.1:50123/?error=access_denied&state=abc"


async def test_command_line_with_a_privileged_port_is_refused(house: House) -> None:
    visitor = await house.owner()
    response = await visitor.get(f"/cli/authorize?port=80&code_challenge={'a' * 43}&state=abc")
    assert response.status_code == 422
    assert "A loopback port is a number from 1024 to 65535, got 80." in visitor.words


async def test_account_page_lists_sessions_and_keys_and_ends_them(house: House) -> None:
    visitor = await house.owner()
    key = await house.api_key(visitor)
    await visitor.get("/account")
    start = visitor.page.index("/account/keys/")
    path = visitor.page[start : visitor.page.index('"', start)]

    await visitor.follow(await visitor.post(path, {"name": "inr_x"}))

    refused = await visitor.http.get("/api/v1/posts", headers={"Authorization": f"Bearer {key}"})
    assert refused.status_code == 401
    assert "No keys." in visitor.words


async def test_chosen_colours_hold_on_the_next_page(house: House) -> None:
    visitor = await house.owner()
    await visitor.get("/account")

    await visitor.follow(await visitor.post("/account/appearance", {"theme": "dark", "density": "compact"}))

    assert '<html lang="en" data-theme="dark" data-density="compact">' in visitor.page
