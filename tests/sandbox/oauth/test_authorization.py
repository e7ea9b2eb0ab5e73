from datetime import timedelta

import pytest

from inroad.sandbox.oauth.tokens import issue
from sandbox.oauth.walk import CALLBACK, address, allow, answer_of, exchange, form_token_of, sign_in

SCOPES = ["openid", "profile", "email", "w_member_social"]


async def test_sign_in_and_consent_lead_back_with_code_and_state(http):
    url = address(state="a b&c=d#e")
    first = await http.get(url)
    assert first.status_code == 200
    assert "Sign in" in first.text
    assert "ada.okafor@example.test" in first.text
    back = await sign_in(http, url)
    assert back.status_code == 303
    consent = await http.get(back.headers["location"])
    assert "Allow Demo app?" in consent.text
    assert "Create, change and delete posts on your behalf" in consent.text
    done = await http.post(url, data={"step": "allow", "form_token": form_token_of(consent)})
    assert done.headers["location"].startswith(CALLBACK + "?")
    answer = answer_of(done)
    assert answer["state"] == "a b&c=d#e"
    assert answer["code"].startswith("AQ")
    assert 150 <= len(answer["code"]) <= 200


async def test_without_state_none_comes_back(http):
    answer = answer_of(await http.get(address(state=None, scope="r_ads")))
    assert "state" not in answer


async def test_a_member_of_the_list_fills_the_form_in(http):
    page = await http.get(address(sandbox_member="Kq7dTz3RmX"))
    assert 'value="tomas.lind@example.test"' in page.text
    assert 'value="another"' in page.text


async def test_a_wrong_password_shows_the_form_again_and_keeps_the_email(http):
    page = await sign_in(http, address(), password="wrong")
    assert page.status_code == 401
    assert "No member of this world has this e-mail and password" in page.text
    assert 'value="ada.okafor@example.test"' in page.text
    assert "set-cookie" not in page.headers


async def test_the_session_cookie_is_for_http_only_and_lax(http):
    back = await sign_in(http, address())
    cookie = back.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/oauth" in cookie


async def test_leaving_the_sign_in_page_is_user_cancelled_login(http):
    answer = answer_of(await http.post(address(), data={"step": "leave"}))
    assert answer == {
        "error": "user_cancelled_login",
        "error_description": "The user cancelled LinkedIn login",
        "state": "s-1",
    }


async def test_cancel_on_the_consent_page_is_user_cancelled_authorize(http):
    back = await sign_in(http, address())
    page = await http.get(back.headers["location"])
    answer = answer_of(await http.post(address(), data={"step": "cancel", "form_token": form_token_of(page)}))
    assert answer["error"] == "user_cancelled_authorize"
    assert answer["state"] == "s-1"


async def test_the_same_permissions_again_skip_the_page_while_a_token_lives(http, world):
    code = await allow(http, address())
    assert (await exchange(http, code)).status_code == 200
    again = await http.get(address(scope="w_member_social email profile openid"))
    assert answer_of(again)["code"] != code
    world.clock.advance(timedelta(days=60))
    late = await http.get(address())
    assert late.status_code == 200
    assert "Allow Demo app?" in late.text


async def test_other_permissions_show_what_they_replace(http, world):
    await exchange(http, await allow(http, address()))
    page = await http.get(address(scope="openid profile"))
    assert "Replaces what was allowed before" in page.text
    assert "<code>w_member_social</code>" in page.text


async def test_a_consent_without_the_form_token_is_not_one(http, world):
    await sign_in(http, address())
    page = await http.post(address(), data={"step": "allow"})
    assert page.status_code == 403
    assert "Allow Demo app?" in page.text


async def test_a_form_of_another_site_is_refused(http):
    page = await http.post(address(), data={"step": "leave"}, headers={"sec-fetch-site": "cross-site"})
    assert page.status_code == 403


async def test_another_member_can_take_over(http):
    await sign_in(http, address())
    back = await http.post(address(), data={"step": "switch"})
    assert back.status_code == 303
    assert "Sign in" in (await http.get(address())).text


@pytest.mark.parametrize(
    "separated",
    ["openid%20profile%20email", "openid,profile,email", "openid+profile+email", "openid%2Bprofile%2Cemail"],
)
async def test_scopes_are_read_with_any_separator(http, separated):
    url = address(scope=None) + f"&scope={separated}"
    code = await allow(http, url)
    assert (await exchange(http, code)).json()["scope"] == "email,openid,profile"


async def test_an_unencoded_address_of_the_official_javascript_client_is_read(http):
    url = f"/oauth/v2/authorization?response_type=code&client_id=demo-app&redirect_uri={CALLBACK}&scope=openid,profile"
    assert (await http.get(url)).status_code == 200


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"client_id": "nobody"}, "client_id does not match"),
        ({"client_id": None}, "client_id does not match"),
        ({"redirect_uri": None}, "redirect_uri does not match"),
        ({"redirect_uri": "https://evil.example/connect/callback"}, "redirect_uri does not match"),
        ({"redirect_uri": CALLBACK + "/"}, "redirect_uri does not match"),
        ({"redirect_uri": CALLBACK + "#part"}, "redirect_uri does not match"),
        ({"redirect_uri": "http://localhost:8001/connect/callback"}, "redirect_uri does not match"),
        ({"redirect_uri": "http://localhost:8000/Connect/callback"}, "redirect_uri does not match"),
        ({"redirect_uri": "http://localhost:8000@evil.example/connect/callback"}, "redirect_uri does not match"),
        ({"redirect_uri": "/connect/callback"}, "redirect_uri does not match"),
    ],
)
async def test_a_doubtful_sender_stays_on_a_401_page(http, changes, reason):
    page = await http.get(address(**changes))
    assert page.status_code == 401
    assert reason in page.text
    assert "location" not in page.headers


async def test_queries_are_left_out_of_the_comparison_and_kept_on_the_redirect(http):
    answer = await http.get(address(redirect_uri="https://app.example.test/cb?tenant=7", scope="r_ads"))
    assert answer.headers["location"].startswith("https://app.example.test/cb?tenant=7&error=")


async def test_a_registered_address_that_linkedin_would_not_take_matches_nothing(http, world):
    for url in ("javascript:alert(1)", "http://app.example.test/cb", "https://app.example.test/cb#x"):
        world.apps["demo-app"].redirect_urls = [url]
        assert (await http.get(address(redirect_uri=url))).status_code == 401


async def test_a_scope_the_app_lacks_goes_back_with_html_entities(http):
    response = await http.get(address(scope="openid r_liteprofile"))
    assert "%26quot%3Br_liteprofile%26quot%3B" in response.headers["location"]
    assert answer_of(response) == {
        "error": "unauthorized_scope_error",
        "error_description": "Scope &quot;r_liteprofile&quot; is not authorized for your application",
        "state": "s-1",
    }


@pytest.mark.parametrize("scope", ["", "r_nonsense", "openid <script>"])
async def test_an_unknown_or_missing_scope_is_invalid_scope_error(http, scope):
    assert answer_of(await http.get(address(scope=scope)))["error"] == "invalid_scope_error"


async def test_an_app_from_before_august_2023_keeps_the_legacy_scopes(http):
    page = await http.get(address(client_id="other-app", scope="r_liteprofile r_emailaddress"))
    assert page.status_code == 200


async def test_the_tutorial_profile_opens_the_legacy_scopes_to_every_app(http, world):
    world.switches["scope.policy"] = "compat"
    assert (await http.get(address(scope="r_liteprofile w_member_social"))).status_code == 200


async def test_a_star_in_the_apps_scopes_means_all(http, world):
    world.apps["demo-app"].scopes = ["*"]
    assert (await http.get(address(scope="rw_ads r_member_social r_compliance"))).status_code == 200


async def test_another_response_type_goes_back(http):
    assert answer_of(await http.get(address(response_type="token")))["error"] == "unsupported_response_type"


async def test_pages_cannot_be_framed_and_run_no_script(http):
    for url in (address(), address(client_id="x")):
        headers = (await http.get(url)).headers
        assert headers["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "script-src" not in headers["content-security-policy"]
        assert "default-src 'none'" in headers["content-security-policy"]


async def test_names_are_escaped(http, world):
    world.apps["demo-app"].name = "<script>alert(1)</script>"
    page = await http.get(address())
    assert "<script>" not in page.text


async def test_a_native_client_goes_to_loopback_numbers_only(http, world):
    native = "/oauth/native-pkce/authorization"
    challenge = {"code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "code_challenge_method": "S256"}

    async def status(**changes):
        wanted = {"client_id": "native-app", "scope": "openid", **challenge, **changes}
        return (await http.get(address(path=native, **wanted))).status_code

    assert await status(redirect_uri="http://127.0.0.1:53211/back") == 200
    assert await status(redirect_uri="http://[::1]:53211/back") == 200
    assert await status(redirect_uri="http://localhost:53211/back") == 401
    assert await status(redirect_uri="https://app.example.test/back") == 401
    assert await status(redirect_uri="http://127.0.0.1:53211/back", client_id="demo-app") == 401


@pytest.mark.parametrize(
    "changes",
    [{"code_challenge": None}, {"code_challenge": "short"}, {"code_challenge_method": "plain"}],
)
async def test_a_native_client_needs_an_s256_challenge(http, changes):
    wanted = {
        "client_id": "native-app",
        "redirect_uri": "http://127.0.0.1:53211/back",
        "scope": "openid",
        "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        "code_challenge_method": "S256",
        **changes,
    }
    answer = answer_of(await http.get(address(path="/oauth/native-pkce/authorization", **wanted)))
    assert answer["error"] == "invalid_request"


async def test_a_token_from_elsewhere_also_counts_as_consent(http, world):
    issue(world, client_id="demo-app", member_id="sBx7kQ2mWa", scopes=SCOPES)
    back = await sign_in(http, address())
    assert "code" in answer_of(await http.get(back.headers["location"]))
