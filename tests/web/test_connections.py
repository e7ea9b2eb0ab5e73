"""Connecting LinkedIn: the way there and back, and every way in which it fails, in words."""

import re

from web.house import SITE, House


async def test_page_offers_the_one_next_step_before_anything_is_connected(house: House) -> None:
    visitor = await house.owner()
    await visitor.get("/connections")
    assert "Connect a LinkedIn account" in visitor.words


async def test_page_lets_its_form_end_at_linkedin(house: House) -> None:
    visitor = await house.owner()
    response = await visitor.get("/connections")
    assert "form-action 'self' http://linkedin.test;" in response.headers["content-security-policy"]


async def test_consent_connects_the_member_and_the_pages_that_they_administer(house: House) -> None:
    visitor = await house.connected()

    assert "Ada Okafor is connected. You can post as Ada Okafor and Northwind Works." in visitor.words
    assert "Northwind Works administrator" in visitor.words
    assert "Agreed Mon 23 Nov" in visitor.words
    assert "Ends Tue 23 Nov 2027" in visitor.words


async def test_declined_consent_says_what_to_do(house: House) -> None:
    visitor = await house.owner()
    response = await house.connect(visitor, step="cancel")
    assert response.status_code == 400
    assert "LinkedIn did not connect the account" in visitor.words
    assert "The consent at LinkedIn was declined; nothing was connected." in visitor.words
    assert "Start again and press Allow." in visitor.words


async def test_callback_with_a_foreign_state_is_refused(house: House) -> None:
    visitor = await house.owner()
    response = await visitor.get("/connect/callback?code=abc&state=never-handed-out")
    assert response.status_code == 400
    assert "LinkedIn came back with a state that this service did not hand out; nothing was connected." in visitor.words


async def test_replayed_callback_is_refused(house: House) -> None:
    visitor = await house.owner()
    first = await house.connect(visitor)

    response = await visitor.get(str(first.url).removeprefix(SITE))

    assert first.status_code == 303
    assert response.status_code == 400
    assert "This answer from LinkedIn was used already; nothing was connected again." in visitor.words


async def test_missing_scope_is_named_with_its_product(house: House) -> None:
    app = house.linkedin.world.apps["demo-app"]
    app.products = [product for product in app.products if product != "Community Management API"]
    visitor = await house.owner()

    response = await house.connect(visitor)

    assert response.status_code == 400
    assert "Community Management API" in visitor.words
    assert "nothing was connected" in visitor.words


async def test_disconnecting_names_what_ends(house: House) -> None:
    visitor = await house.connected()
    found = re.search(r"/connections/[0-9a-f]+/disconnect", visitor.page)
    assert found
    await visitor.get(found[0])
    asked = visitor.words

    await visitor.follow(await visitor.post(found[0]))

    assert "Disconnect Ada Okafor?" in asked
    assert "can no longer post as Ada Okafor, Northwind Works" in asked
    assert "Ada Okafor is disconnected." in visitor.words
    assert "Connect a LinkedIn account" in visitor.words


async def test_unknown_connection_is_not_here(house: House) -> None:
    visitor = await house.owner()
    response = await visitor.get("/connections/nothing/disconnect")
    assert response.status_code == 404


async def test_connection_near_its_end_needs_somebody(house: House) -> None:
    visitor = await house.connected()
    house.linkedin.advance(days=360)
    await visitor.get("/sign-in")
    await visitor.post("/sign-in", {"email": "ada@northwind.example", "password": "twelve long words"})

    await visitor.get("/")
    home = visitor.words
    await visitor.get("/connections")

    assert "The LinkedIn connection of Ada Okafor ends in" in home
    assert "Ends soon" in visitor.words


async def test_app_can_be_entered_by_hand(house: House) -> None:
    visitor = await house.owner()
    await visitor.get("/connections/app")
    assert f"{SITE}/connect/callback" in visitor.words

    fields = {
        "name": "Second app",
        "client_id": "legacy-app",
        "client_secret": "legacy-secret-not-a-real-one",
        "products": ["Sign In with LinkedIn using OpenID Connect", "Share on LinkedIn"],
    }
    await visitor.follow(await visitor.post("/connections/app", fields))

    assert "The app Second app is saved. Now connect an account." in visitor.words


async def test_app_form_says_which_field_is_wrong_and_never_repeats_the_secret(house: House) -> None:
    visitor = await house.owner()
    await visitor.get("/connections/app")

    response = await visitor.post(
        "/connections/app",
        {
            "name": "Second app",
            "client_id": "not an id",
            "client_secret": "so-secret",
            "products": ["Sign In with LinkedIn using OpenID Connect"],
        },
    )

    assert response.status_code == 422
    assert "A client id is the short text of letters and digits on the app's Auth tab." in visitor.words
    assert 'value="Second app"' in visitor.page
    assert "so-secret" not in visitor.page


async def test_connecting_again_tells_how_to_connect_somebody_else(house: House) -> None:
    visitor = await house.connected()
    await visitor.follow(await house.connect(visitor))
    assert "Ada Okafor is connected again. You can post as Ada Okafor and Northwind Works." in visitor.words
    assert "To connect somebody else, sign out at LinkedIn first" in visitor.words
