import base64
import json
from datetime import timedelta

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from inroad.sandbox.call import Grant
from inroad.sandbox.oauth.codes import grant_code
from inroad.sandbox.oauth.tokens import TokenProblem, issue, look_up
from sandbox.oauth.walk import CALLBACK, address, allow, exchange

ADA = "sBx7kQ2mWa"
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
MISMATCH = (
    "Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. "
    "Or authorization code expired. Or external member binding exists"
)


@pytest.fixture
def code(world):
    return grant_code(
        world, client_id="demo-app", member_id=ADA, redirect_uri=CALLBACK, scopes=["openid", "profile", "email"]
    )


async def test_a_code_becomes_a_token_of_sixty_days(http, world, code):
    response = await exchange(http, code)
    assert response.status_code == 200
    answer = response.json()
    assert answer["expires_in"] == 5184000
    assert answer["scope"] == "email,openid,profile"
    assert answer["token_type"] == "Bearer"
    assert answer["refresh_token_expires_in"] == 31536000
    assert answer["access_token"].startswith("AQ")
    assert 350 <= len(answer["access_token"]) <= 1000
    assert response.headers["cache-control"] == "no-store"
    grant = look_up(world, answer["access_token"])
    assert isinstance(grant, Grant)
    assert (grant.app.client_id, grant.member.id, grant.scopes) == (
        "demo-app",
        ADA,
        frozenset({"openid", "profile", "email"}),
    )


async def test_an_app_without_the_refresh_grant_gets_no_refresh_token(http, world):
    code = grant_code(world, client_id="other-app", member_id=ADA, redirect_uri=CALLBACK, scopes=["profile"])
    answer = (await exchange(http, code, client_id="other-app", client_secret="other-secret")).json()
    assert sorted(answer) == ["access_token", "expires_in", "scope", "token_type"]


@pytest.mark.parametrize("name", ["grant_type", "code", "redirect_uri", "client_id", "client_secret"])
async def test_a_missing_parameter_is_named(http, code, name):
    response = await exchange(http, code, **{name: None})
    assert response.status_code == 400
    assert response.json() == {
        "error": "invalid_request",
        "error_description": f'A required parameter "{name}" is missing',
    }


async def test_an_unknown_code_is_401(http):
    response = await exchange(http, "AQnothing")
    assert response.status_code == 401
    assert response.json() == {
        "error": "invalid_request",
        "error_description": "Unable to retrieve access token: authorization code not found",
    }


async def assert_mismatch(response):
    assert response.status_code == 400
    assert response.json() == {"error": "invalid_redirect_uri", "error_description": MISMATCH}


async def test_a_code_works_once(http, code):
    assert (await exchange(http, code)).status_code == 200
    await assert_mismatch(await exchange(http, code))


async def test_a_code_lives_thirty_minutes(http, world, code):
    world.clock.advance(timedelta(minutes=30))
    await assert_mismatch(await exchange(http, code))


async def test_a_code_is_bound_to_its_redirect_address(http, code):
    await assert_mismatch(await exchange(http, code, redirect_uri=CALLBACK + "?a=1"))


async def test_a_code_is_bound_to_its_app(http, code):
    await assert_mismatch(await exchange(http, code, client_id="other-app", client_secret="other-secret"))


@pytest.mark.parametrize("changes", [{"client_secret": "wrong"}, {"client_id": "nobody"}, {"code_verifier": VERIFIER}])
async def test_a_client_that_does_not_prove_itself_is_invalid_client(http, code, changes):
    response = await exchange(http, code, **changes)
    assert response.status_code == 401
    assert response.json() == {"error": "invalid_client", "error_description": "Client authentication failed"}


async def test_a_code_verifier_passes_where_the_switch_says_so(http, world, code):
    world.switches["oauth.pkce_confidential"] = "accept"
    assert (await exchange(http, code, code_verifier=VERIFIER)).status_code == 200


async def test_basic_authentication_is_invalid_client(http, code):
    header = "Basic " + base64.b64encode(b"demo-app:demo-secret").decode()
    response = await http.post(
        "/oauth/v2/accessToken",
        data={"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK},
        headers={"authorization": header},
    )
    assert (response.status_code, response.json()["error"]) == (401, "invalid_client")


async def test_a_json_body_is_not_read(http, code):
    response = await http.post("/oauth/v2/accessToken", json={"grant_type": "authorization_code", "code": code})
    assert response.json()["error_description"] == 'A required parameter "grant_type" is missing'


async def test_query_credentials_count_only_under_their_switch(http, world, code):
    query = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": CALLBACK,
        "client_id": "demo-app",
        "client_secret": "demo-secret",
    }
    assert (await http.post("/oauth/v2/accessToken", params=query)).status_code == 400
    world.switches["oauth.query_credentials"] = "on"
    assert (await http.post("/oauth/v2/accessToken", params=query)).status_code == 200


async def test_an_unknown_grant_type_is_refused(http):
    response = await http.post("/oauth/v2/accessToken", data={"grant_type": "password"})
    assert (response.status_code, response.json()["error"]) == (400, "unsupported_grant_type")


async def test_a_huge_form_is_refused(http):
    response = await http.post("/oauth/v2/accessToken", data={"grant_type": "x" * 70_000})
    assert response.status_code == 413


async def test_other_scopes_end_the_members_earlier_tokens_of_that_app_only(http, world, code):
    first = (await exchange(http, code)).json()["access_token"]
    same = issue(world, client_id="demo-app", member_id=ADA, scopes=["email", "profile", "openid"]).access_token
    elsewhere = issue(world, client_id="other-app", member_id=ADA, scopes=["profile"]).access_token
    assert isinstance(look_up(world, first), Grant)
    await allow(http, address(scope="openid profile w_member_social"))
    assert look_up(world, first) == TokenProblem("REVOKED_ACCESS_TOKEN")
    assert look_up(world, same) == TokenProblem("REVOKED_ACCESS_TOKEN")
    assert isinstance(look_up(world, elsewhere), Grant)
    world.switches["oauth.old_scope_tokens"] = "INVALID_ACCESS_TOKEN"
    assert look_up(world, first) == TokenProblem("INVALID_ACCESS_TOKEN")


async def refresh(http, text, **changes):
    fields = {"grant_type": "refresh_token", "refresh_token": text, "client_id": "demo-app", **changes}
    return await http.post("/oauth/v2/accessToken", data={"client_secret": "demo-secret", **fields})


async def test_a_refresh_token_keeps_its_end(http, world):
    issued = issue(world, client_id="demo-app", member_id=ADA, scopes=["w_member_social"])
    world.clock.advance(timedelta(days=59))
    first = (await refresh(http, issued.refresh_token)).json()
    assert first["refresh_token"] == issued.refresh_token
    assert first["expires_in"] == 5184000
    assert first["refresh_token_expires_in"] == 306 * 86400
    world.clock.advance(timedelta(days=301))
    last = (await refresh(http, issued.refresh_token)).json()
    assert last["expires_in"] == 5 * 86400
    assert last["refresh_token_expires_in"] == 5 * 86400
    assert isinstance(look_up(world, last["access_token"]), Grant)
    world.clock.advance(timedelta(days=5))
    dead = await refresh(http, issued.refresh_token)
    assert dead.status_code == 400
    assert dead.json() == {
        "error": "invalid_request",
        "error_description": "The provided authorization grant or refresh token is invalid, expired or revoked",
    }
    assert look_up(world, last["access_token"]) == TokenProblem("EXPIRED_ACCESS_TOKEN")


async def test_a_dead_refresh_token_speaks_the_standard_under_its_switch(http, world):
    world.switches["oauth.refresh_error"] = "invalid_grant"
    assert (await refresh(http, "AQnothing")).json()["error"] == "invalid_grant"


async def test_a_refresh_token_needs_its_own_apps_secret(http, world):
    text = issue(world, client_id="demo-app", member_id=ADA, scopes=["profile"]).refresh_token
    assert (await refresh(http, text, client_secret="wrong")).status_code == 401
    world.apps["other-app"].grants.append("refresh_token")
    foreign = await refresh(http, text, client_id="other-app", client_secret="other-secret")
    assert foreign.status_code == 400


async def test_client_credentials_give_a_token_of_thirty_minutes(http, world):
    fields = {"grant_type": "client_credentials", "client_id": "demo-app", "client_secret": "demo-secret"}
    answer = (await http.post("/oauth/v2/accessToken", data=fields)).json()
    assert sorted(answer) == ["access_token", "expires_in"]
    assert answer["expires_in"] == 1800
    grant = look_up(world, answer["access_token"])
    assert isinstance(grant, Grant)
    assert grant.member is None
    world.clock.advance(timedelta(minutes=30))
    assert look_up(world, answer["access_token"]) == TokenProblem("EXPIRED_ACCESS_TOKEN")


async def test_client_credentials_need_leave(http):
    fields = {"grant_type": "client_credentials", "client_id": "other-app", "client_secret": "other-secret"}
    response = await http.post("/oauth/v2/accessToken", data=fields)
    assert response.status_code == 401
    assert response.json() == {
        "error": "access_denied",
        "error_description": "This application is not allowed to create application tokens",
    }


@pytest.fixture
def native_code(world):
    return grant_code(
        world,
        client_id="native-app",
        member_id=ADA,
        redirect_uri="http://127.0.0.1:4000/back",
        scopes=["openid"],
        challenge=CHALLENGE,
    )


async def exchange_native(http, code, **changes):
    native = {"client_id": "native-app", "client_secret": None, "redirect_uri": "http://127.0.0.1:4000/back"}
    return await exchange(http, code, **native, **changes)


async def test_a_native_client_proves_itself_with_its_verifier(http, native_code):
    assert (await exchange_native(http, native_code, code_verifier=VERIFIER)).status_code == 200


async def test_a_wrong_verifier_does_not_match(http, native_code):
    await assert_mismatch(await exchange_native(http, native_code, code_verifier="x" * 43))


async def test_a_native_client_without_verifier_misses_it(http, native_code):
    response = await exchange_native(http, native_code)
    assert response.json()["error_description"] == 'A required parameter "code_verifier" is missing'


async def test_a_native_code_is_of_no_use_to_a_confidential_app(http, native_code):
    await assert_mismatch(await exchange(http, native_code, redirect_uri="http://127.0.0.1:4000/back"))


async def test_the_id_token_is_linkedins(http, world, code):
    answer = (await exchange(http, code)).json()
    keys = KeySet.import_key_set((await http.get("/oauth/openid/jwks")).json())
    token = jwt.decode(answer["id_token"], keys, algorithms=["RS256"])
    assert token.header["kid"] == keys.keys[0].kid
    assert token.claims == {
        "iss": "http://sandbox.test/oauth",
        "aud": "demo-app",
        "iat": 1795424400,
        "exp": 1795428000,
        "sub": ADA,
        "name": "Ada Okafor",
        "given_name": "Ada",
        "family_name": "Okafor",
        "locale": "en_US",
        "email": "ada.okafor@example.test",
        "email_verified": "true",
    }


async def test_the_id_token_follows_the_scopes_and_never_repeats_a_nonce(http, world):
    code = await allow(http, address(scope="openid", nonce="n-1"))
    answer = (await exchange(http, code)).json()
    body = answer["id_token"].split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    assert sorted(claims) == ["aud", "exp", "iat", "iss", "sub"]


async def test_without_openid_there_is_no_id_token(http, world):
    code = grant_code(world, client_id="demo-app", member_id=ADA, redirect_uri=CALLBACK, scopes=["w_member_social"])
    assert "id_token" not in (await exchange(http, code)).json()


async def test_every_app_knows_a_member_by_another_subject(http, world):
    code = grant_code(world, client_id="other-app", member_id=ADA, redirect_uri=CALLBACK, scopes=["openid"])
    answer = (await exchange(http, code, client_id="other-app", client_secret="other-secret")).json()
    claims = json.loads(base64.urlsafe_b64decode(answer["id_token"].split(".")[1] + "=="))
    assert claims["sub"] != ADA
    assert len(claims["sub"]) == 10


async def test_the_signing_key_survives_save_and_load(http, app, world):
    before = (await http.get("/oauth/openid/jwks")).json()
    app.state.world = type(world).from_document(world.to_document())
    assert (await http.get("/oauth/openid/jwks")).json() == before


async def test_tokens_survive_save_and_load(world):
    issued = issue(world, client_id="demo-app", member_id=ADA, scopes=["profile"])
    loaded = type(world).from_document(world.to_document())
    assert isinstance(look_up(loaded, issued.access_token), Grant)


async def test_the_discovery_document_has_linkedins_keys_and_no_others(http):
    document = (await http.get("/oauth/.well-known/openid-configuration")).json()
    assert document == {
        "issuer": "http://sandbox.test/oauth",
        "authorization_endpoint": "http://sandbox.test/oauth/v2/authorization",
        "token_endpoint": "http://sandbox.test/oauth/v2/accessToken",
        "userinfo_endpoint": "http://sandbox.test/v2/userinfo",
        "jwks_uri": "http://sandbox.test/oauth/openid/jwks",
        "response_types_supported": ["code"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "scopes_supported": ["openid", "profile", "email"],
        "claims_supported": [
            *("iss", "aud", "iat", "exp", "sub", "name", "given_name", "family_name", "picture"),
            *("email", "email_verified", "locale"),
        ],
    }


async def test_the_issuer_is_the_address_that_the_caller_sees(http, app):
    forwarded = {"x-forwarded-host": "linkedin.internal:8443", "x-forwarded-proto": "https"}
    document = (await http.get("/oauth/.well-known/openid-configuration", headers=forwarded)).json()
    assert document["issuer"] == "https://linkedin.internal:8443/oauth"
    app.state.public_url = "https://fixed.test/"
    document = (await http.get("/oauth/.well-known/openid-configuration", headers=forwarded)).json()
    assert document["issuer"] == "https://fixed.test/oauth"


@pytest.mark.parametrize("host", ['evil"><script>', "a b", ""])
async def test_a_host_that_is_none_is_not_repeated(http, host):
    headers = {"x-forwarded-host": host}
    document = (await http.get("/oauth/.well-known/openid-configuration", headers=headers)).json()
    assert document["issuer"] == "http://sandbox.test/oauth"


async def test_there_is_no_authorization_server_document(http):
    assert (await http.get("/.well-known/oauth-authorization-server")).status_code == 404
