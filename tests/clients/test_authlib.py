"""Authlib, unmodified, signs a member in by OpenID Connect."""

import pytest

PACKAGES = ("authlib==1.9.9", "starlette", "httpx", "itsdangerous")


def given(linkedin, callback):
    app, member = linkedin.world.apps["demo-app"], next(iter(linkedin.world.members.values()))
    return {
        "url": linkedin.url,
        "client_id": app.client_id,
        "client_secret": app.client_secret,
        "redirect_url": app.redirect_urls[0],
        "email": member.email,
        "password": member.password,
        "callback": callback,
    }


@pytest.mark.timeout(300)
def test_authlib_signs_a_member_in(linkedin, run_client):
    said = run_client("authlib_sign_in.py", given(linkedin, "/callback"), *PACKAGES)

    assert said["scope"] == "email,openid,profile"
    assert {name: said["claims"][name] for name in ("sub", "name", "email", "email_verified", "aud")} == {
        "sub": "sBx7kQ2mWa",
        "name": "Ada Okafor",
        "email": "ada.okafor@example.test",
        "email_verified": "true",
        "aud": "demo-app",
    }
    assert (said["userinfo"]["sub"], said["userinfo"]["email_verified"]) == ("sBx7kQ2mWa", True)


@pytest.mark.timeout(300)
def test_authlibs_one_step_misses_the_nonce_as_it_does_at_linkedin(linkedin, run_client):
    said = run_client("authlib_sign_in.py", given(linkedin, "/one-step"), *PACKAGES)

    assert "nonce" in said["problem"]
