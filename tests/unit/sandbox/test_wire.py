import json
from pathlib import Path

import pytest

from inroad.sandbox.call import Refusal
from inroad.sandbox.switches import Switches
from inroad.sandbox.wire import (
    Wire,
    batch_keys,
    check_protocol,
    check_size,
    entities_of,
    json_body,
    pairs_of,
    parameters,
    path_key,
    unfold,
)

VECTORS = json.loads((Path(__file__).parents[2] / "data" / "restli-vectors.json").read_text())["vectors"]
STRICT = Switches.for_profile("today")
LENIENT = Switches.for_profile("lenient")


def request(method="GET", url="/rest/posts", headers=None, body=b""):
    path, _, query = url.partition("?")
    lowered = {n.lower(): v for n, v in (headers or {}).items()}
    return Wire(method=method, path=path, query=query, headers=lowered, body=body)


def v2(url, switches=STRICT):
    return parameters(request(url=url, headers={"X-RestLi-Protocol-Version": "2.0.0"}), switches)


def refusal(call, *args):
    with pytest.raises(Refusal) as caught:
        call(*args)
    return caught.value


TUNNELS = [v for v in VECTORS if v["kind"] == "tunnel" and "body" in v.get("tunnelled", {})]


@pytest.mark.parametrize("vector", [pytest.param(v, id=v["id"]) for v in TUNNELS])
def test_a_tunnelled_request_is_unfolded(vector):
    sent = vector["tunnelled"]
    wire, remarks = unfold(request(sent["method"], sent["path"], sent["headers"], sent["body"].encode()), STRICT)
    original = vector["input"]
    assert (wire.method, wire.path, wire.query) == (original["method"], original["path"], original["query"])
    assert json.loads(wire.body or b"null") == original.get("body")
    assert remarks[0] == "tunnelled"
    assert "x-http-method-override" not in wire.headers


@pytest.mark.parametrize("vector", [pytest.param(v, id=v["id"]) for v in VECTORS if v["kind"] == "tunnel_error"])
def test_a_malformed_tunnel_is_refused(vector):
    sent = vector["input"]
    wire = request(sent["method"], vector["path"], sent["headers"], sent["body"].encode())
    assert refusal(unfold, wire, STRICT).status == 400


def tunnelled(body, headers=None, boundary="b1"):
    return request(
        "POST",
        "/rest/x",
        {"X-HTTP-Method-Override": "PUT", "Content-Type": f"multipart/mixed; boundary={boundary}", **(headers or {})},
        body,
    )


def test_a_multipart_tunnel_may_use_bare_newlines_and_lack_the_last_one():
    body = (
        b"--b1\nContent-Type: application/x-www-form-urlencoded\n\nids=List(1)\n"
        b'--b1\nContent-Type: application/json\n\n{"a": "x\\n"}\n--b1--'
    )
    wire, _ = unfold(tunnelled(body), STRICT)
    assert (wire.method, wire.query, wire.body) == ("PUT", "ids=List(1)", b'{"a": "x\\n"}')
    assert wire.headers["content-type"] == "application/json"


def test_the_first_query_and_the_first_entity_of_a_tunnel_count():
    part = "--b1\r\nContent-Type: {}\r\n\r\n{}\r\n"
    body = "".join(
        part.format(kind, text)
        for kind, text in (
            ("multipart/mixed; boundary=b2", "--b2\r\n\r\nx\r\n--b2--"),
            ("application/x-www-form-urlencoded", "q=a"),
            ("application/json", "{}"),
            ("application/x-www-form-urlencoded", "q=b"),
        )
    )
    wire, _ = unfold(tunnelled(f"{body}--b1--".encode()), STRICT)
    assert wire.query == "q=a"
    assert wire.headers["content-type"] == "multipart/mixed; boundary=b2"
    assert wire.body == b"--b2\r\n\r\nx\r\n--b2--"


def test_a_delete_tunnelled_as_get_is_let_pass_with_a_remark():
    headers = {
        "X-HTTP-Method-Override": "GET",
        "Content-Type": "application/x-www-form-urlencoded",
        "X-RestLi-Method": "batch_delete",
    }
    wire, remarks = unfold(request("POST", "/rest/x", headers, b"ids=List(1)"), STRICT)
    assert wire.method == "DELETE"
    assert "official clients" in remarks[1]
    strict = Switches("today", {"lenient.tunnel_get_delete": "off"})
    assert unfold(request("POST", "/rest/x", headers, b"ids=List(1)"), strict)[0].method == "GET"


@pytest.mark.parametrize(
    ("url", "headers"),
    [
        ("/rest/x?" + "a" * 4097, {}),
        ("/rest/" + "a" * 4097, {}),
        ("/rest/" + "/".join(["a" * 1000] * 5) + "?" + "b" * 3500, {}),
        ("/rest/x", {"X-Big": "a" * 28 * 1024}),
    ],
)
def test_a_request_over_a_limit_is_414(url, headers):
    assert refusal(check_size, request(url=url, headers=headers)).status == 414


def test_a_request_at_the_limits_passes():
    check_size(request(url="/rest/" + "a" * 4000 + "?" + "b" * 4096))


def test_the_limit_of_an_address_can_be_halved():
    wire = request(url="/rest/" + "/".join(["a" * 1000] * 5))
    check_size(wire)
    assert refusal(check_size, wire, 4096).status == 414


def test_a_post_without_a_length_is_411():
    assert refusal(check_size, request("POST")).status == 411
    check_size(request("POST", headers={"Content-Length": "0"}))


def test_a_missing_protocol_header_means_1():
    assert request().protocol == "1.0.0"
    check_protocol(request(headers={"x-restli-protocol-VERSION": "2.0.0"}))
    body = refusal(check_protocol, request(headers={"X-Restli-Protocol-Version": "3.0.0"})).body
    assert body["message"] == "Rest.li protocol version 3.0.0 used by the client is not supported!"


def test_empty_pairs_and_a_stray_question_mark_are_ignored():
    assert pairs_of("?&a=1&&fields=x") == [("a", "1"), ("fields", "x")]
    assert v2("/rest/x?&fields=a,b:(c)") == {"fields": "a,b:(c)"}


def test_a_raw_urn_is_refused_under_2_and_read_under_1():
    url = "/rest/x?q=author&author=urn:li:organization:7"
    assert refusal(v2, url).body == {
        "status": 400,
        "code": "ILLEGAL_ARGUMENT",
        "message": "Invalid query parameters passed to request",
    }
    assert parameters(request(url=url), STRICT) == {"q": "author", "author": "urn:li:organization:7"}
    assert v2(url, LENIENT) == {"q": "author", "author": "urn:li:organization:7"}


def test_a_repeated_parameter_is_an_error_under_2_and_a_list_under_1():
    assert refusal(v2, "/rest/x?ids=List(1)&ids=List(2)").body["message"] == (
        "unexpected repeated query param in URI: ids"
    )
    assert parameters(request(url="/v2/x?ids=1&ids=2"), STRICT) == {"ids": ["1", "2"]}


def test_an_empty_value_is_refused_under_2_unless_switched():
    assert refusal(v2, "/rest/x?a=").status == 400
    assert v2("/rest/x?a=", LENIENT) == {"a": ""}


@pytest.mark.parametrize(
    ("segment", "key"),
    [
        ("551", "551"),
        ("urn%3Ali%3Ashare%3A73", "urn:li:share:73"),
        ("(id:q7Hd)", {"id": "q7Hd"}),
        ("urn%3Ali%3Acomment%3A%28urn%3Ali%3Aactivity%3A7%2C9%29", "urn:li:comment:(urn:li:activity:7,9)"),
    ],
)
def test_a_path_key_is_read_under_2(segment, key):
    assert path_key(segment, "2.0.0", STRICT, compound=segment.startswith("(")) == key


@pytest.mark.parametrize("segment", ["urn:li:share:73", "(a:", "%zz", "List(1,2)"])
def test_a_broken_path_key_is_a_syntax_exception(segment):
    assert (
        refusal(lambda: path_key(segment, "2.0.0", STRICT, compound=False)).body["message"]
        == "Syntax exception in path variables"
    )


def test_a_raw_path_key_is_read_under_1_or_where_switched():
    assert path_key("urn:li:share:73", "1.0.0", STRICT, compound=False) == "urn:li:share:73"
    assert path_key("urn:li:share:73", "2.0.0", LENIENT, compound=False) == "urn:li:share:73"
    assert path_key("D4E22=", "1.0.0", STRICT, compound=False) == "D4E22="
    assert path_key("a=1&b=2", "1.0.0", STRICT, compound=True) == {"a": "1", "b": "2"}
    assert path_key("(id:q7)", "1.0.0", STRICT, compound=True) == {"id": "q7"}


def test_batch_keys_come_once_each_and_in_order():
    assert batch_keys(["2", "1", "2"], "2.0.0", compound=False) == ["2", "1"]
    assert batch_keys("7", "1.0.0", compound=False) == ["7"]
    assert batch_keys(["a=1&b=2"], "1.0.0", compound=True) == [{"a": "1", "b": "2"}]
    assert refusal(lambda: batch_keys("7", "2.0.0", compound=False)).status == 400


def test_entities_of_a_batch_are_found_by_raw_and_by_encoded_keys():
    keys = ["urn:li:share:1", "100%25", {"a": "x:y", "b": "2"}]
    body = {"entities": {"urn%3Ali%3Ashare%3A1": 1, "100%25": 2, "(a:x%3Ay,b:2)": 3}}
    assert entities_of(body, keys) == [("urn:li:share:1", 1), ("100%25", 2), ({"a": "x:y", "b": "2"}, 3)]
    unsorted = {"entities": {"urn:li:share:1": 1, "100%25": 2, "(b:2,a:x%3Ay)": 3}}
    assert entities_of(unsorted, keys)[2] == ({"a": "x:y", "b": "2"}, 3)


@pytest.mark.parametrize(
    ("entities", "words"),
    [
        ({"a": 1}, "Batch request mismatch. "),
        ({"a": 1, "b": 2, "c": 3}, "Batch request mismatch. "),
        ({"a": 1, "b": 2, "%61": 3}, "Duplicate key in batch request body: '%61'"),
        ([], "Request body could not be converted to data map"),
    ],
)
def test_a_batch_body_that_names_other_keys_is_refused(entities, words):
    assert refusal(lambda: entities_of({"entities": entities}, ["a", "b"])).body["message"].startswith(words)


def test_the_commas_of_a_mask_must_be_bare_unless_switched():
    assert refusal(v2, "/rest/x?fields=id%2Cname").body["errorDetails"]["inputErrors"][0]["code"] == "PARAM_INVALID"
    assert v2("/rest/x?fields=id%2Cname", LENIENT) == {"fields": "id,name"}
    assert v2("/rest/x?fields=id,name") == {"fields": "id,name"}


def test_encoded_grammar_is_a_text_unless_switched():
    url = "/rest/x?search=%28status%3A%28values%3AList%28ACTIVE%29%29%29&ids=List%28a%2Cb%29"
    assert v2(url)["ids"] == "List(a,b)"
    assert v2(url, LENIENT) == {"search": {"status": {"values": ["ACTIVE"]}}, "ids": ["a", "b"]}


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'"x"', b"\xff", b"[" * 100_000])
def test_a_body_that_is_no_object_is_refused(body):
    wire = request("POST", body=body)
    assert refusal(lambda: json_body(wire, strict_content_type=False)).body == {
        "status": 400,
        "code": "ILLEGAL_ARGUMENT",
        "message": "Request body could not be converted to data map",
    }


def test_another_content_type_is_refused_only_where_switched():
    wire = request("POST", headers={"Content-Type": "text/plain"}, body=b"{}")
    assert json_body(wire, strict_content_type=False) == {}
    assert refusal(lambda: json_body(wire, strict_content_type=True)).status == 415
