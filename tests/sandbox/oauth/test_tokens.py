from datetime import timedelta

import pytest

from inroad.common.clock import to_seconds
from inroad.sandbox.call import Grant
from inroad.sandbox.oauth.codes import grant_code, redeem_code
from inroad.sandbox.oauth.tokens import (
    TokenProblem,
    issue,
    look_up,
    restrict_member,
    revoke_consent,
    settle_tokens,
)

ADA = "sBx7kQ2mWa"
DEMO = {"client_id": "demo-app", "client_secret": "demo-secret"}


@pytest.fixture
def token(world):
    return issue(world, client_id="demo-app", member_id=ADA, scopes=["profile", "w_member_social"])


def test_no_text_and_unknown_text_are_told_apart(world):
    assert look_up(world, "") == TokenProblem("EMPTY_ACCESS_TOKEN")
    assert look_up(world, "AQx") == TokenProblem("INVALID_ACCESS_TOKEN")


def test_a_code_is_no_token(world):
    code = grant_code(world, client_id="demo-app", member_id=ADA, redirect_uri="x", scopes=["profile"])
    assert look_up(world, code) == TokenProblem("INVALID_ACCESS_TOKEN")


def test_a_token_expires_after_sixty_days(world, token):
    world.clock.advance(timedelta(days=60, seconds=-1))
    assert isinstance(look_up(world, token.access_token), Grant)
    world.clock.advance(timedelta(seconds=1))
    assert look_up(world, token.access_token) == TokenProblem("EXPIRED_ACCESS_TOKEN")


def test_a_member_takes_a_consent_back(world, token):
    code = grant_code(
        world, client_id="demo-app", member_id=ADA, redirect_uri="x", scopes=["profile", "w_member_social"]
    )
    assert revoke_consent(world, client_id="demo-app", member_id=ADA)
    assert look_up(world, token.access_token) == TokenProblem("REVOKED_ACCESS_TOKEN")
    assert redeem_code(world, code, client_id="demo-app", redirect_uri="x") == "mismatch"
    assert not revoke_consent(world, client_id="demo-app", member_id=ADA)


def test_a_restricted_member_is_told_so_until_it_is_lifted(world, token):
    restrict_member(world, ADA)
    assert look_up(world, token.access_token) == TokenProblem("RESTRICTED_MEMBER")
    restrict_member(world, ADA, restricted=False)
    assert isinstance(look_up(world, token.access_token), Grant)


def test_a_settling_token_is_refused_for_so_many_calls(world):
    settle_tokens(world, calls=2)
    text = issue(world, client_id="demo-app", member_id=ADA, scopes=["profile"]).access_token
    seen = [look_up(world, text) for _ in range(3)]
    assert seen[:2] == [TokenProblem("REVOKED_ACCESS_TOKEN")] * 2
    assert isinstance(seen[2], Grant)


def test_a_settling_token_is_refused_for_so_long(world):
    settle_tokens(world, seconds=90)
    text = issue(world, client_id="demo-app", member_id=ADA, scopes=["profile"]).access_token
    assert look_up(world, text) == TokenProblem("REVOKED_ACCESS_TOKEN")
    world.clock.advance(timedelta(seconds=90))
    assert isinstance(look_up(world, text), Grant)


def test_a_token_for_nobody_cannot_be_issued(world):
    with pytest.raises(ValueError, match="no app 'x' in this world"):
        issue(world, client_id="x", member_id=ADA)
    with pytest.raises(ValueError, match="no member 'x' in this world"):
        issue(world, client_id="demo-app", member_id="x")


async def introspect(http, text, **changes):
    return await http.post("/oauth/v2/introspectToken", data={**DEMO, "token": text, **changes})


async def test_introspection_counts_in_seconds(http, world, token):
    now = to_seconds(world.clock.now())
    assert (await introspect(http, token.access_token)).json() == {
        "active": True,
        "status": "active",
        "client_id": "demo-app",
        "auth_type": "3L",
        "authorized_at": now,
        "created_at": now,
        "expires_at": now + 5184000,
        "scope": "profile,w_member_social",
    }


async def test_introspection_does_not_settle_a_token(http, world):
    settle_tokens(world, calls=1)
    text = issue(world, client_id="demo-app", member_id=ADA, scopes=["profile"]).access_token
    await introspect(http, text)
    assert look_up(world, text) == TokenProblem("REVOKED_ACCESS_TOKEN")


async def test_introspection_says_expired_and_revoked(http, world, token):
    world.clock.advance(timedelta(days=60))
    expired = (await introspect(http, token.access_token)).json()
    assert (expired["active"], expired["status"]) == (False, "expired")
    revoke_consent(world, client_id="demo-app", member_id=ADA)
    revoked = (await introspect(http, token.access_token)).json()
    assert (revoked["active"], revoked["status"]) == (False, "revoked")


async def test_introspection_of_an_application_token_has_no_scope(http, world):
    text = issue(world, client_id="demo-app", member_id=None).access_token
    facts = (await introspect(http, text)).json()
    assert facts["auth_type"] == "2L"
    assert "scope" not in facts


async def test_another_apps_token_is_inactive_and_no_more(http, token):
    answer = await introspect(http, token.access_token, client_id="other-app", client_secret="other-secret")
    assert (answer.status_code, answer.json()) == (200, {"active": False})


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "nobody"}, 400, "invalid_client"),
        ({"token": "AQnothing"}, 400, "invalid_request"),
        ({"token": ""}, 400, "invalid_request"),
    ],
)
async def test_introspection_refuses_in_oauths_shape(http, token, changes, status, error):
    answer = await introspect(http, token.access_token, **changes)
    assert (answer.status_code, answer.json()["error"]) == (status, error)


async def test_revoking_ends_one_token(http, world, token):
    answer = await http.post("/oauth/v2/revoke", data={**DEMO, "token": token.access_token})
    assert (answer.status_code, answer.content) == (200, b"")
    assert look_up(world, token.access_token) == TokenProblem("REVOKED_ACCESS_TOKEN")


async def test_revoking_a_refresh_token_takes_the_access_tokens_along(http, world, token):
    await http.post("/oauth/v2/revoke", data={**DEMO, "token": token.refresh_token})
    assert look_up(world, token.access_token) == TokenProblem("REVOKED_ACCESS_TOKEN")


async def test_revoking_another_apps_or_an_unknown_token_is_200_and_changes_nothing(http, world, token):
    other = {"client_id": "other-app", "client_secret": "other-secret"}
    for text in (token.access_token, token.refresh_token, "AQnothing"):
        assert (await http.post("/oauth/v2/revoke", data={**other, "token": text})).status_code == 200
    assert isinstance(look_up(world, token.access_token), Grant)
