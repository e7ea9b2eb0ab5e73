import json
from pathlib import Path

import pytest

from inroad.sandbox.grammar import (
    GrammarError,
    decode,
    decode_legacy,
    decode_legacy_key,
    escape_raw_urns,
    reduced,
    unescape,
    url_key,
)

VECTORS = json.loads((Path(__file__).parents[2] / "data" / "restli-vectors.json").read_text())["vectors"]
VALUES = [v for v in VECTORS if v["kind"] in ("primitive", "urn", "list", "map", "criteria")]


def of_kind(*kinds):
    return [pytest.param(v, id=v["id"]) for v in VECTORS if v["kind"] in kinds]


@pytest.mark.parametrize("vector", [pytest.param(v, id=v["id"]) for v in VALUES])
def test_every_written_form_is_read_back(vector):
    for form in ("path", "query", "path_reference_minimal", "query_reference_minimal"):
        if vector[form] is not None:
            assert decode(vector[form]) == vector["decoded"], form


@pytest.mark.parametrize("vector", of_kind("decode_accept"))
def test_an_unusual_form_is_accepted(vector):
    assert decode(vector["input"]) == vector["decoded"]


@pytest.mark.parametrize("vector", of_kind("decode_error"))
def test_a_broken_value_is_refused_with_the_reference_reason(vector):
    with pytest.raises(GrammarError) as caught:
        decode(vector["input"])
    assert vector["error"].split(" at index")[0] == caught.value.reason


def test_a_fault_has_its_position():
    with pytest.raises(GrammarError) as caught:
        decode("List(a,%ZZ)")
    assert caught.value.position == 7


@pytest.mark.parametrize("vector", [pytest.param(v, id=v["id"]) for v in VALUES if v["header"] is not None])
def test_keys_of_answers_are_in_reduced_form(vector):
    assert reduced(vector["input"]) == vector["header"]


@pytest.mark.parametrize("vector", [pytest.param(v, id=v["id"]) for v in VALUES])
def test_locations_are_in_url_form(vector):
    assert url_key(vector["input"]) == vector["path"]


@pytest.mark.parametrize("text", ["(" * 5000, "List(" * 5000, "(a:" * 5000, "a:" * 100_000, "%41" * 100_000 + ":"])
def test_a_hostile_value_is_refused_at_once(text):
    with pytest.raises(GrammarError):
        decode(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [("", ""), ("(a:)", {"a": ""}), ("List(a,,b)", ["a", "", "b"]), ("List(a,)", ["a", ""]), ("List()", [])],
)
def test_missing_elements_pass_where_the_switch_lets_them(text, value):
    assert decode(text, empty=True) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("urn:li:share:7", "urn:li:share:7"),
        ("List(urn:li:share:7,urn%3Ali%3Ashare%3A8)", ["urn:li:share:7", "urn:li:share:8"]),
        (
            "(actor:urn:li:person:x-1,entity:urn:li:activity:9)",
            {"actor": "urn:li:person:x-1", "entity": "urn:li:activity:9"},
        ),
        ("urn:li:comment:(urn:li:activity:7,9)", "urn:li:comment:(urn:li:activity:7,9)"),
        ("List(urn:li:comment:(urn:li:activity:7,9))", ["urn:li:comment:(urn:li:activity:7,9)"]),
    ],
)
def test_raw_urns_pass_where_the_switch_lets_them(text, value):
    assert decode(escape_raw_urns(text)) == value


def legacy(query):
    pairs = (part.partition("=") for part in query.split("&") if part)
    return decode_legacy((unescape(name), unescape(value)) for name, _, value in pairs)


@pytest.mark.parametrize("vector", [v for v in of_kind("protocol_1_0_0") if v.values[0]["query"] is not None])
def test_protocol_1_parameters_mean_what_protocol_2_ones_mean(vector):
    expected = {}
    for part in (vector["protocol_2"]["query"]).split("&"):
        name, _, value = part.partition("=")
        expected[name] = decode(value)
    found = legacy(vector["query"])
    if vector["id"] == "v1-03":
        found = {"ids": [decode_legacy_key(key) for key in found["ids"]]}
    if vector["id"] == "v1-09":  # an empty list is lost in 1.0.0
        expected = {}
    assert found == expected


def test_protocol_1_compound_key_is_read():
    assert decode_legacy_key("part1=two&part2=3&part3=ORANGE") == {"part1": "two", "part2": "3", "part3": "ORANGE"}
    assert decode_legacy_key("urn:li:endorsement:(urn:li:person:q7,65)") == "urn:li:endorsement:(urn:li:person:q7,65)"


@pytest.mark.parametrize("query", ["a=1&a.b=2", "a.b=2&a=1", "a[0]=1&a=2", ".".join("a" * 200) + "=1"])
def test_protocol_1_names_that_contradict_are_refused(query):
    with pytest.raises(GrammarError):
        legacy(query)
