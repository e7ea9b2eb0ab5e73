import pytest
from hypothesis import given
from hypothesis import strategies as st

from inroad.common.urn import Urn
from inroad.sdk.restli.decode import DecodeError
from inroad.sdk.restli.encode import EncodeError
from inroad.sdk.restli.legacy import decode_key, encode_key, encode_query, escape_name, unescape_name

from .vectors import of_kind

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]))


@of_kind("protocol_1_0_0")
def test_request_is_written_the_older_way(vector):
    if vector["query"] is None:
        key = vector["input"].get("key", vector["input"])
        assert vector["path"].endswith("/" + encode_key(key))
    else:
        # Brackets may be bare or escaped; an address allows only the second.
        assert encode_query(vector["input"]) == vector["query"].replace("[", "%5B").replace("]", "%5D")


def test_parts_of_a_compound_key_keep_their_separators_apart():
    key = {"note": "a=1&b", "user": Urn("person", "q7")}

    assert encode_key(key) == "note=a%3D1%26b&user=urn:li:person:q7"
    assert encode_query({"ids": [key]}) == "ids=note%3Da%253D1%2526b%26user%3Durn:li:person:q7"


def test_list_of_single_values_is_a_repeated_parameter():
    accounts = [Urn("sponsoredAccount", "5"), Urn("sponsoredAccount", "6")]

    assert encode_query({"q": "x", "accounts": accounts}) == (
        "accounts=urn:li:sponsoredAccount:5&accounts=urn:li:sponsoredAccount:6&q=x"
    )


def test_list_of_records_is_indexed():
    assert encode_query({"a": [{"b": 1}, {"b": True}]}) == "a%5B0%5D.b=1&a%5B1%5D.b=true"


def test_projections_are_sent_raw_and_last():
    assert encode_query({"q": "x"}, projection="(elements*(handle~))") == "q=x&projection=(elements*(handle~))"


@pytest.mark.parametrize(
    ("params", "path"),
    [
        ({"a": None}, "a"),
        ({"ids": [1, None]}, "ids[1]"),
        ({"ids": [{"a": None}]}, "ids[0].a"),
        ({"a": {"b": [{"c": None}]}}, "a.b[0].c"),
        ({"a": {"b": b"x"}}, "a.b"),
    ],
)
def test_value_that_cannot_be_written_is_refused_where_it_stands(params, path):
    with pytest.raises(EncodeError) as refused:
        encode_query(params)

    assert refused.value.path == path


def test_complex_key_has_no_path_form():
    with pytest.raises(EncodeError, match=r"\$params must be text"):
        encode_key({"$params": {"a": 1}, "b": 2})


def test_endless_record_is_refused():
    endless: dict[str, object] = {}
    endless["me"] = endless

    with pytest.raises(EncodeError, match="nested more than 100 deep"):
        encode_query({"a": endless})


def test_names_are_escaped_with_tildes():
    assert escape_name("a.b[0]~") == "a~2Eb~5B0~5D~7E"


@given(TEXT)
def test_escaped_name_reads_back(name):
    assert unescape_name(escape_name(name)) == name


@given(st.dictionaries(TEXT, TEXT, min_size=1))
def test_compound_key_reads_back(key):
    assert decode_key(encode_key(key)) == key


def test_simple_key_reads_back_as_text():
    assert decode_key("urn:li:share:7") == "urn:li:share:7"


@pytest.mark.parametrize("text", ["a=1&a=2", "a=1&b", "a=%zz"])
def test_malformed_compound_key_is_refused(text):
    with pytest.raises(DecodeError):
        decode_key(text)
