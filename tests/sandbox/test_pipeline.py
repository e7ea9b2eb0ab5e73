"""The judgement of API requests, spoken to in raw HTTP over a small resource of the tests' own."""

import json
import re
from base64 import b64decode
from datetime import timedelta

import pytest

from inroad.sandbox.answers import throttled
from inroad.sandbox.oauth.tokens import revoke_consent
from inroad.sandbox.world import App
from sandbox.workbench import CALLS, new_world, speaking_to, token_of

GOOD = {"owner": "urn:li:person:ada", "name": "n"}


@pytest.fixture
def world():
    return new_world()


@pytest.fixture
async def http(world):
    async with speaking_to(world) as client:
        yield client


def without(http, *names):
    return {name: value for name, value in http.headers.items() if name not in names}


async def bare(http, method, url, drop=(), **options):
    request = http.build_request(method, url, **options)
    for name in drop:
        del request.headers[name]
    return await http.send(request)


# --- tokens


async def test_a_call_without_a_token_is_401(http):
    answer = await bare(http, "GET", "/rest/things/x", drop=["authorization"])
    assert answer.status_code == 401
    assert answer.json() == {
        "status": 401,
        "serviceErrorCode": 65604,
        "code": "EMPTY_ACCESS_TOKEN",
        "message": "Empty oauth2 access token",
    }
    assert answer.headers["x-restli-gateway-error"] == "true"


async def test_an_unknown_path_without_a_token_is_401_too(http):
    assert (await bare(http, "GET", "/rest/nothing", drop=["authorization"])).status_code == 401


async def test_an_unknown_token_and_another_scheme_are_401(http):
    answer = await http.get("/rest/things/x", headers={"authorization": "Bearer nonsense"})
    assert answer.json()["code"] == "INVALID_ACCESS_TOKEN"
    answer = await http.get("/rest/things/x", headers={"authorization": "Basic YTpi"})
    assert answer.json()["message"] == "Unknown authentication schema"


async def test_expired_and_revoked_tokens_are_401(http, world):
    world.clock.advance(timedelta(days=61))
    assert (await http.get("/v2/self")).json()["code"] == "EXPIRED_ACCESS_TOKEN"
    world.clock.advance(timedelta(days=-61))
    revoke_consent(world, client_id="app-1", member_id="ada")
    assert (await http.get("/v2/self")).json()["serviceErrorCode"] == 65601


async def test_a_token_in_the_query_is_taken_only_where_switched(http, world):
    url = f"/v2/self?oauth2_access_token={token_of(world)}"
    assert (await bare(http, "GET", url, drop=["authorization"])).status_code == 401
    world.switches["auth.query_token"] = "v2"
    assert (await bare(http, "GET", url, drop=["authorization"])).status_code == 200


# --- the order of judgement


async def test_the_first_of_two_faults_is_told(http):
    unversioned = await bare(http, "GET", "/rest/things/urn:li:share:7", drop=["linkedin-version"])
    assert unversioned.json()["code"] == "VERSION_MISSING"
    assert (await http.get("/rest/nothing/urn:li:share:7")).json()["message"] == "Syntax exception in path variables"
    assert (await http.get("/rest/nothing?q=x")).json() == {
        "status": 404,
        "code": "RESOURCE_NOT_FOUND",
        "message": "No virtual resource found",
    }


async def test_scopes_come_before_the_body(world):
    async with speaking_to(world, token=token_of(world, scopes=["openid"])) as http:
        answer = await http.post("/rest/things", content=b"not json")
    assert answer.status_code == 403
    assert answer.json() == {
        "status": 403,
        "serviceErrorCode": 100,
        "code": "ACCESS_DENIED",
        "message": "Not enough permissions to access: partnerApiThings.CREATE.20260901",
    }


async def test_nulls_come_before_the_schema_and_roles_before_it_too(http):
    answer = await http.post("/rest/things", json={"name": None, "nope": 1})
    assert answer.json()["message"] == (
        "Unpermitted fields present in REQUEST_BODY: Data Processing Exception while processing fields [/name]"
    )
    answer = await http.post("/rest/things", json={"owner": "urn:li:person:jonas", "nope": 1})
    assert answer.json()["message"] == (
        "Field Value validation failed in REQUEST_BODY: Data Processing Exception while processing fields [/owner]"
    )


async def test_all_faults_of_the_schema_are_told_at_once(http):
    answer = await http.post("/rest/things", json={"owner": 7, "colour": "GREEN", "comentary": ""})
    assert answer.status_code == 422
    assert answer.json() == {
        "message": "ERROR :: /name :: field is required but not found and has no default value\n"
        "ERROR :: /owner :: 7 cannot be coerced to String\n"
        'ERROR :: /colour :: "GREEN" is not an enum symbol\n'
        "ERROR :: /comentary :: unrecognized field found but not allowed\n",
        "status": 422,
    }
    assert answer.headers["x-restli-error-response"] == "true"
    assert "x-restli-gateway-error" not in answer.headers
    assert not CALLS


async def test_a_body_that_is_no_object_is_400(http):
    answer = await http.post("/rest/things", content=b"[1]")
    assert answer.json()["message"] == "Request body could not be converted to data map"


# --- versions


async def test_v2_ignores_the_version(http):
    assert (await http.get("/v2/self", headers={"linkedin-version": "junk"})).json()["version"] is None
    assert (await bare(http, "GET", "/v2/self", drop=["linkedin-version"])).status_code == 200


async def test_a_dead_version_is_426_and_prints_eight_digits(http):
    answer = await http.get("/rest/things/x", headers={"linkedin-version": "202504"})
    assert answer.status_code == 426
    assert answer.json() == {
        "status": 426,
        "code": "NONEXISTENT_VERSION",
        "message": "Requested version 20250401 is not active",
    }


async def test_a_version_dies_when_the_clock_passes_its_sunset(http, world):
    ask = {"linkedin-version": "202601"}
    assert (await http.get("/rest/numbers/1", headers=ask)).json()["version"] == "20260101"
    world.clock.advance(timedelta(days=53))  # 15 January 2027
    fresh = {"authorization": f"Bearer {token_of(world)}"}
    assert (await http.get("/rest/numbers/1", headers={**ask, **fresh})).status_code == 426


# --- routes and methods


@pytest.mark.parametrize(
    ("method", "url", "header", "found"),
    [
        ("GET", "/rest/things/x", "", "GET"),
        ("GET", "/rest/things/x", "get", "GET"),
        ("GET", "/rest/things?ids=List(a,b)", "BATCH_GET", "BATCH_GET"),
        ("GET", "/rest/things?q=echo", "finder", "FINDER-echo"),
        ("POST", "/rest/things?action=poke", "", "ACTION-poke"),
        ("POST", "/rest/things?action=POKE", "action", "ACTION-poke"),
        ("POST", "/rest/things", "batch_create", "BATCH_CREATE"),
        ("GET", "/v2/self", "", "GET"),
        ("GET", "/rest/numbers/7/parts/p1", "", "GET"),
        ("GET", "/rest/things/x/", "", "GET"),
    ],
)
async def test_a_method_is_found_by_verb_query_and_header(http, method, url, header, found):
    headers = {"x-restli-method": header} if header else {}
    answer = await http.request(method, url, headers=headers, json={} if method == "POST" else None)
    assert answer.status_code == 200, answer.text
    assert answer.json()["method"] == found


@pytest.mark.parametrize(
    ("method", "url", "header", "status", "message"),
    [
        ("GET", "/rest/things/x", "DELETE", 400, "Method 'DELETE' is not supported for URI '/rest/things/x'"),
        ("PUT", "/rest/things", "", 400, "Resource method could not be resolved from request parameters."),
        ("DELETE", "/rest/numbers/1", "", 400, "Resource method could not be resolved from request parameters."),
        ("POST", "/rest/things?action=nope", "", 400, "Resource method could not be resolved from request parameters."),
        (
            "GET",
            "/rest/things?action=poke",
            "",
            400,
            "All action methods (specified via 'action' in URI) must be submitted as a POST (was GET)",
        ),
        ("GET", "/rest/things?q=nope", "", 404, "No virtual resource found"),
        ("GET", "/rest/things", "", 404, "No virtual resource found"),
        ("PATCH", "/rest/things/x", "", 405, "Method Not Allowed"),
        ("GET", "/rest/self", "", 404, "No virtual resource found"),
        ("GET", "/rest/things/x/y", "", 404, "No virtual resource found"),
        ("GET", "/rest/numbers/abc", "", 400, "Key value 'abc' must be of type 'java.lang.Long'"),
        (
            "GET",
            "/rest/numbers?ids=List(urn%3Ali%3Aorganization%3A1035)",
            "",
            400,
            "NumberFormatException parsing batch key 'urn:li:organization:1035'",
        ),
        ("GET", "/rest/pairs/plain", "", 400, "Syntax exception in path variables"),
        ("GET", "/rest/things/(a:b)", "", 400, "Syntax exception in path variables"),
    ],
)
async def test_a_method_that_does_not_fit_is_refused(http, method, url, header, status, message):
    answer = await http.request(method, url, headers={"x-restli-method": header} if header else {})
    assert (answer.status_code, answer.json()["message"]) == (status, message)


async def test_what_linkedin_has_and_the_sandbox_lacks_names_itself(http):
    answer = await http.get("/rest/adAnalytics?q=analytics")
    assert answer.status_code == 501
    assert answer.json()["message"] == "/rest/adAnalytics exists at LinkedIn but is not modelled by this sandbox"
    assert (await http.get("/v2/adAnalytics")).status_code == 404


async def test_a_path_below_a_modelled_resource_is_404_where_there_is_nothing():
    async with speaking_to(new_world(), offered=None) as http:
        assert (await http.get("/v2/me/photo")).status_code == 404
        assert (
            (await http.get("/v2/atsJobPostings/7/notes"))
            .json()["message"]
            .startswith("/v2/atsJobPostings/notes exists at LinkedIn")
        )


async def test_an_unknown_finder_is_400_where_switched(http, world):
    world.switches["finder.unknown"] = "400"
    assert (await http.get("/rest/things?q=nope")).status_code == 400


async def test_keys_reach_the_handler_decoded(http):
    one = (await http.get("/rest/things/urn%3Ali%3Ashare%3A73")).json()
    assert one["key"] == "urn:li:share:73"
    pair = (await http.get("/rest/pairs/(b:2,a:x%20y)")).json()
    assert pair["key"] == {"a": "x y", "b": "2"}
    part = (await http.get("/rest/numbers/7/parts/p%201")).json()
    assert (part["parents"], part["key"]) == (["7"], "p 1")
    many = (await http.get("/rest/things?ids=List(urn%3Ali%3Ashare%3A1,b,b)")).json()
    assert many["keys"] == ["urn:li:share:1", "b"]


async def test_protocol_1_is_read_by_its_own_rules(http):
    old = {"x-restli-protocol-version": "1.0.0"}
    many = await http.get("/rest/things?ids=urn:li:share:1&ids=b", headers=old)
    assert many.json()["keys"] == ["urn:li:share:1", "b"]
    pair = await http.get("/rest/pairs/a=1&b=2", headers=old)
    assert pair.json()["key"] == {"a": "1", "b": "2"}
    found = await http.get("/rest/things?q=echo&search.status.values[0]=A&search.status.values[1]=B", headers=old)
    assert found.json()["params"] == {"search": {"status": {"values": ["A", "B"]}}}
    assert found.headers["x-restli-protocol-version"] == "1.0.0"


# --- parameters


async def test_a_parameter_that_the_method_does_not_know_is_refused(http):
    answer = await http.get("/rest/things?q=echo&dateRange.start.day=1")
    assert answer.status_code == 400
    assert answer.json() == {
        "errorDetailType": "com.linkedin.common.error.BadRequest",
        "message": "Invalid param. Please see errorDetails for more information.",
        "errorDetails": {
            "inputErrors": [
                {"input": {"inputPath": {"fieldPath": "dateRange.start.day"}}, "code": "QUERY_PARAM_NOT_ALLOWED"}
            ]
        },
        "status": 400,
    }
    old = await http.get("/v2/self?format=json")
    assert old.json()["message"] == (
        "Unpermitted fields present in PARAMETER: Data Processing Exception while processing fields [/format]"
    )


async def test_a_required_parameter_is_asked_for(http):
    answer = await http.get("/rest/things?q=owner&count=3")
    assert answer.json() == {"message": "Parameter 'owner' is required", "status": 400}


async def test_stray_ampersands_do_not_matter(http):
    assert (await http.get("/rest/things/x?&fields=key")).json() == {"key": "x"}


# --- tunnels


async def test_a_tunnelled_finder_is_answered(http):
    answer = await http.post(
        "/rest/things",
        content="q=echo&text=" + "a" * 5000,
        headers={"x-http-method-override": "GET", "content-type": "application/x-www-form-urlencoded"},
    )
    assert answer.json()["params"] == {"text": "a" * 5000}


async def test_a_long_query_is_414(http):
    assert (await http.get("/rest/things?q=echo&text=" + "a" * 4097)).status_code == 414


# --- answers


async def test_a_create_names_its_id_in_the_headers_and_has_no_body(http, world):
    answer = await http.post("/rest/things", json=GOOD)
    assert (answer.status_code, answer.content, answer.headers["content-length"]) == (201, b"", "0")
    assert answer.headers["x-restli-id"] == answer.headers["x-linkedin-id"] == "urn:li:share:7"
    assert answer.headers["location"] == "/rest/things/urn%3Ali%3Ashare%3A7"
    world.switches["headers.id"] = "by_protocol"
    answer = await http.post("/rest/things", json=GOOD)
    assert "x-linkedin-id" not in answer.headers


async def test_a_compound_key_is_answered_in_both_forms(http):
    answer = await http.post("/rest/pairs", json={})
    assert answer.headers["x-restli-id"] == "(a:x y,b:2)"
    assert answer.headers["location"] == "/rest/pairs/(a:x%20y,b:2)"
    assert answer.json() == {"a": "x y", "b": 2}
    assert (await http.post("/rest/pairs?$returnEntity=false", json={})).content == b""


async def test_every_answer_carries_what_support_asks_for(http):
    for answer in (await http.get("/v2/self"), await http.get("/v2/nothing")):
        assert len(b64decode(answer.headers["x-li-uuid"])) == 16
        assert {"x-li-fabric", "x-li-pop", "x-li-proto", "x-restli-protocol-version"} <= set(answer.headers)
        assert not [name for name in answer.headers if "quota" in name or name == "retry-after"]


async def test_a_delete_is_204_without_a_body(http):
    answer = await http.delete("/rest/things/x", headers={"content-type": "application/json"})
    assert (answer.status_code, answer.content) == (204, b"")


async def test_fields_cut_entities_and_leave_what_is_around_them(http):
    answer = await http.get("/rest/things?q=owner&owner=x&fields=id")
    assert answer.json()["elements"] == [{"id": 0}, {"id": 1}, {"id": 2}]
    assert answer.json()["paging"]["count"] == 10
    answer = await http.get("/rest/things?q=owner&owner=x&fields=id&pagingFields=start")
    assert answer.json()["paging"] == {"start": 0}
    assert (await http.get("/rest/things/x?fields=a,(")).json()["code"] == "ILLEGAL_ARGUMENT"


async def test_a_projection_cuts_the_whole_answer_and_decorates_under_v2():
    world = new_world()

    def person(call, urn, decorator):
        if decorator == "busy":
            raise throttled()
        return {"id": urn, "localizedLastName": "Okafor"}

    async with speaking_to(world, decorators={"person": person}) as http:
        url = "/v2/things?q=owner&owner=x&projection=(elements*(owner~(localizedLastName)))"
        assert (await http.get(url)).json()["elements"][0] == {
            "owner": "urn:li:person:a",
            "owner~": {"localizedLastName": "Okafor"},
        }
        failed = await http.get("/v2/things?q=owner&owner=x&projection=(elements*(owner~:busy))")
        assert failed.status_code == 200
        assert failed.json()["elements"][0]["owner!"]["status"] == 429
        assert (await http.get("/v2/self?projection=(nothing*)")).json() == {}
        assert (await http.get("/v2/self?projection=(a")).status_code == 400


async def test_a_partial_update_is_held_against_the_entity(http):
    answer = await http.post("/rest/things/x", json={"patch": {"$set": {"name": 7}, "$delete": ["name"]}})
    assert answer.json()["message"] == (
        "ERROR :: /name :: 7 cannot be coerced to String\nERROR :: /name :: cannot delete a required field\n"
    )


# --- scopes and products


async def test_a_scope_without_its_product_opens_nothing(world):
    world.apps["app-1"].products = []
    async with speaking_to(world) as http:
        assert (await http.get("/rest/things/x")).status_code == 403
        world.apps["app-1"].scopes = ["*"]
        assert (await http.get("/rest/things/x")).status_code == 200


async def test_permission_messages_had_another_wording_once(world):
    world.switches["errors.wording"] = "old"
    async with speaking_to(world, token=token_of(world, scopes=["openid"])) as http:
        assert (await http.get("/v2/things/x")).json()["message"] == "Not enough permissions to access: GET /things"


async def test_an_application_token_opens_only_what_is_declared_so(world):
    async with speaking_to(world, token=token_of(world, member=None, scopes=())) as http:
        assert (await http.get("/rest/numbers/1")).status_code == 200
        assert (await http.get("/v2/self")).json()["message"] == "Not enough permissions to access: self.GET.NO_VERSION"


async def test_the_development_tier_may_not_get_batches(world):
    world.apps["app-1"].tier = "development"
    async with speaking_to(world) as http:
        assert (await http.get("/rest/numbers?ids=List(1)")).status_code == 403
        world.switches["tier.dev_blocks_push_and_batch"] = "off"
        assert (await http.get("/rest/numbers?ids=List(1)")).status_code == 200


async def test_person_ids_are_the_apps_own(world):
    world.apps["app-2"] = App(client_id="app-2", client_secret="s", name="B", products=["Share on LinkedIn"])
    async with speaking_to(world, token=token_of(world, app="app-2")) as http:
        answer = await http.post("/rest/things", json=GOOD)
        assert "[/owner]" in answer.json()["message"]


# --- the sandbox's own failures


async def test_a_bug_of_the_sandbox_says_so(http, caplog):
    answer = await http.put("/v2/self", json={})
    assert answer.status_code == 500
    assert answer.json()["code"] == "SANDBOX_FAILED"
    assert "RuntimeError" in caplog.text


async def test_an_address_that_is_nobodys_is_told_in_json(http):
    answer = await http.get("/nothing/here")
    assert (answer.status_code, answer.json()["code"]) == (404, "RESOURCE_NOT_FOUND")


async def test_numbers_in_a_body_keep_their_size(http):
    body = {**GOOD, "weight": 7391112223334445556}
    await http.put("/rest/things/x", content=json.dumps(body))
    assert CALLS[-1].body["weight"] == 7391112223334445556


async def test_an_unsupported_protocol_is_named(http):
    answer = await http.get("/v2/self", headers={"x-restli-protocol-version": "9.0.0"})
    assert re.search("9.0.0 used by the client is not supported", answer.json()["message"])
