from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inroad.sdk.errors import Error
from inroad.sdk.restli.decode import DecodeError, decode, decode_query, reduced_decode

from .vectors import VALUES, of_kind, stringified

# A simple key is not escaped in a header, so these three cannot be told from a map, a list or an escaped colon.
AMBIGUOUS_HEADERS = {"prim-str-04", "prim-str-12", "prim-str-34", "prim-str-35"}


@of_kind(*VALUES)
@pytest.mark.parametrize("form", ["path", "query", "path_reference_minimal", "query_reference_minimal"])
def test_strict_and_minimal_forms_are_read(vector, form):
    assert decode(vector[form]) == vector["decoded"]


@of_kind("decode_accept")
def test_liberal_forms_are_read(vector):
    assert decode(vector["input"]) == vector["decoded"]


@of_kind("decode_reduced")
def test_reduced_form_is_read(vector):
    assert reduced_decode(vector["input"]) == vector["decoded"]


@of_kind(*VALUES)
def test_header_is_read(vector):
    if vector["header"] is not None and vector["id"] not in AMBIGUOUS_HEADERS:
        assert reduced_decode(vector["header"]) == vector["decoded"]


@of_kind("query_string")
def test_query_is_read(vector):
    expected = stringified(vector["input"]["params"])
    if "fields" in vector["input"]:
        expected["fields"] = vector["input"]["fields"]

    assert decode_query(vector["query"]) == expected


@of_kind("decode_error")
def test_malformed_value_is_refused_with_its_reason(vector):
    with pytest.raises(DecodeError) as refused:
        decode(vector["input"])

    assert refused.value.reason == vector["error"]
    assert isinstance(refused.value, Error)


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("", 0),
        ("urn:li:organization:90412", 3),
        ("(a:b", 4),
        ("List(a,,b)", 7),
        ("(a::b)", 3),
        ("List(a))", 7),
        ("100%", 3),
        ("(a:1,a:2)", 5),
    ],
)
def test_refusal_names_the_position(text, position):
    with pytest.raises(DecodeError) as refused:
        decode(text)

    assert refused.value.position == position


@pytest.mark.parametrize(
    ("query", "reason", "position"),
    [
        ("ids=List(1)&ids=List(2)", "unexpected repeated query param in URI: ids", 12),
        ("a=1&b=", "unexpected end of input", 6),
        ("a=1&b", "expected '='", 5),
        ("a=1&", "expected the name of a parameter", 4),
        ("a=1&b=List(1,)", "unexpected token ')' at start of element", 13),
        ("%zz=1", "malformed percent-encoding in a name", 0),
    ],
)
def test_malformed_query_is_refused_where_it_breaks(query, reason, position):
    with pytest.raises(DecodeError) as refused:
        decode_query(query)

    assert (refused.value.reason, refused.value.position) == (reason, position)


def test_bad_utf_8_becomes_the_replacement_character():
    assert decode("a%FFb") == "a\ufffdb"


@pytest.mark.parametrize("piece", ["(", "List(", "(a:", "List(List(),", "((a:b),", "''", "a,", "%25("])
def test_pathological_text_is_refused_without_recursion(piece):
    with pytest.raises(DecodeError):
        decode(piece * 200_000 + ")")


def test_long_value_is_read():
    assert decode("List(" + ",".join(["a%20b"] * 200_000) + ")") == ["a b"] * 200_000


GRAMMAR_SOUP = st.lists(st.sampled_from(["(", ")", ",", ":", "List", "''", "%", "%2", "%3A", "a", "é"])).map("".join)


@given(st.text() | GRAMMAR_SOUP)
def test_any_text_is_read_or_refused(text):
    for reader in (decode, reduced_decode, decode_query):
        with suppress(DecodeError):
            reader(text)
