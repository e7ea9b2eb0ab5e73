from enum import Enum, StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inroad.common.secret import Secret
from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.restli.decode import decode, decode_query, reduced_decode
from inroad.sdk.restli.encode import EncodeError, encode_key, encode_query, encode_value, reduced_key
from inroad.sdk.restli.projection import field, fields, projection

from .vectors import ALL, VALUES, of_kind, stringified

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
VALUE = st.recursive(
    TEXT | st.integers(-(2**63), 2**63 - 1) | st.booleans(),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(TEXT, inside, max_size=4),
    max_leaves=12,
)


class Sort(StrEnum):
    NEWEST = "LAST_MODIFIED"


class Level(Enum):
    HIGH = 3


@of_kind(*VALUES)
def test_value_is_written_strictly_for_a_query(vector):
    assert encode_value(vector["input"]) == vector["query"]


@of_kind(*VALUES)
def test_value_is_written_strictly_for_a_path(vector):
    assert encode_key(vector["input"]) == vector["path"]


@of_kind(*VALUES)
def test_key_is_written_reduced(vector):
    if vector["header"] is None:
        with pytest.raises(EncodeError, match="control character"):
            reduced_key(vector["input"])
    else:
        assert reduced_key(vector["input"]) == vector["header"]


@of_kind("urn")
def test_urn_object_is_written_as_its_text(vector):
    assert encode_value(Urn.parse(vector["input"])) == vector["query"]


@of_kind("query_string")
def test_query_is_written_sorted_with_projections_last(vector):
    assert encode_query(vector["input"]["params"], fields=vector["input"].get("fields")) == vector["query"]


@of_kind("protocol_1_0_0")
def test_protocol_2_twin_of_an_older_request_is_written(vector):
    two = vector["protocol_2"]
    if "query" in two:
        # The twins are written in the minimal form, which leaves the dollar sign bare.
        assert encode_query(vector["input"]) == two["query"].replace("$", "%24")
    else:
        key = vector["input"].get("key", vector["input"])
        assert two["path"].endswith("/" + encode_key(key))


def test_vectors_are_all_there():
    assert len(ALL) == 206


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.0, "0.0"),
        (-0.0, "-0.0"),
        (2.0, "2.0"),
        (0.001, "0.001"),
        (0.00025, "2.5E-4"),
        (9999999.0, "9999999.0"),
        (1e7, "1.0E7"),
        (-12345678.9, "-1.23456789E7"),
        (1e22, "1.0E22"),
        (5e-324, "5.0E-324"),
    ],
)
def test_float_is_written_as_java_writes_it(number, text):
    assert encode_value(number) == text


def test_enum_is_written_as_its_value():
    assert encode_value([Sort.NEWEST, Level.HIGH]) == "List(LAST_MODIFIED,3)"


def test_urn_can_be_a_key_of_a_map():
    facet = Urn.parse("urn:li:adTargetingFacet:locations")

    assert (
        encode_value({facet: ("urn:li:geo:1",)}) == "(urn%3Ali%3AadTargetingFacet%3Alocations:List(urn%3Ali%3Ageo%3A1))"
    )


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"q": None}, "q is None"),
        ({"search": {"status": {"values": ["ACTIVE", None]}}}, "search.status.values[1] is None"),
        ({"a": b"x"}, "a must be text, a number, a bool, a URN, a list or a map, got bytes"),
        ({"a": [{1: "x"}]}, "a[0] has a key that must be text or a URN, got int"),
        ({"a": {"urn:li:geo:1": 1, Urn("geo", "1"): 2}}, "a has the key 'urn:li:geo:1' twice"),
        ({"a": {"b": 2**63}}, "a.b is a whole number outside 64 bits"),
        ({"a": [float("nan")]}, "a[0] must be a finite number, got nan"),
        ({"a": ["\ud800"]}, "a[0] holds half of a surrogate pair, which is no character"),
        ({"": 1}, "the query has a parameter whose name is not text: ''"),
        ({"fields": "id&admin=1"}, "fields is no projection: 'id&admin=1'"),
        ({"fields": ""}, "fields is no projection: ''"),
        ({"projection": 7}, "projection must be a projection, got int"),
        ([("ids", [1]), ("ids", [2])], "ids is given twice"),
    ],
)
def test_value_that_cannot_be_written_is_refused_where_it_stands(params, message):
    with pytest.raises(EncodeError) as refused:
        encode_query(params)

    assert str(refused.value).startswith(message)
    assert isinstance(refused.value, InvalidArgument)


def test_fields_given_twice_are_refused():
    with pytest.raises(EncodeError, match="fields is given twice"):
        encode_query({"fields": "id"}, fields="name")


def test_refusal_never_shows_a_secret():
    with pytest.raises(EncodeError) as refused:
        encode_value({"token": Secret("hush")})

    assert str(refused.value).endswith("token must be text, a number, a bool, a URN, a list or a map, got Secret")


def test_map_that_holds_itself_is_refused():
    endless: dict[str, object] = {}
    endless["me"] = endless

    with pytest.raises(EncodeError, match="nested more than 100 deep"):
        encode_value(endless)


@pytest.mark.parametrize("key", [".", ".."])
def test_key_that_means_a_folder_is_refused(key):
    with pytest.raises(EncodeError, match="cannot be a path segment"):
        encode_key(key)


def test_projection_objects_and_lists_of_names_are_sent_raw():
    query = encode_query({"q": "x"}, fields=fields("id", field("message", "id")), projection=projection("id"))

    assert query == "q=x&fields=id,message:(id)&projection=(id)"
    assert encode_query(fields=["id", "name"]) == "fields=id,name"


def test_paging_masks_are_sent_raw_too():
    assert (
        encode_query({"zeta": "a,b", "pagingFields": "total,links:(rel)"})
        == "zeta=a%2Cb&pagingFields=total,links:(rel)"
    )


@given(VALUE)
def test_encoded_value_decodes_to_its_text(value):
    assert decode(encode_value(value)) == stringified(value)


@given(st.dictionaries(TEXT.filter(bool), VALUE, max_size=4))
def test_encoded_query_decodes_to_its_texts(params):
    params = {f"p{name}": value for name, value in params.items()}

    assert decode_query(encode_query(params)) == stringified(params)


@given(st.lists(VALUE, max_size=4) | st.dictionaries(TEXT, VALUE, max_size=4))
def test_reduced_key_decodes_to_its_texts(key):
    try:
        written = reduced_key(key)
    except EncodeError:
        return
    assert reduced_decode(written) == stringified(key)
