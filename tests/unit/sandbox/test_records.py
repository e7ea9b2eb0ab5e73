import pytest

from inroad.sandbox.records import (
    ANY,
    BOOLEAN,
    DOUBLE,
    INT,
    LONG,
    STRING,
    ArrayOf,
    Enum,
    Field,
    MapOf,
    Record,
    UnionOf,
    UrnOf,
    faults,
    null_paths,
    patch_faults,
    schema_refusal,
    unpermitted_fields,
)

IMAGE = Record("Image", (Field("id", UrnOf("image")), Field("altText", STRING, required=False)))
POST = Record(
    "Post",
    (
        Field("author", UrnOf("person", "organization"), create_only=True),
        Field("commentary", STRING),
        Field("visibility", Enum("PUBLIC", "CONNECTIONS")),
        Field("content", UnionOf({"media": IMAGE, "text": STRING}), required=False),
        Field("tags", ArrayOf(STRING), required=False),
        Field("prices", MapOf(LONG), required=False),
        Field("dsc", BOOLEAN, required=False),
        Field("weight", DOUBLE, required=False),
        Field("rank", INT, required=False),
        Field("extra", ANY, required=False),
        Field("image", IMAGE, required=False),
        Field("createdAt", LONG, read_only=True),
    ),
)
GOOD = {"author": "urn:li:person:q7Hd_2-LkZ", "commentary": "", "visibility": "PUBLIC"}


def test_a_good_body_has_no_faults():
    body = {**GOOD, "content": {"media": {"id": "urn:li:image:D4E1"}}, "tags": ["a"], "extra": {"any": [None]}}
    assert faults(POST, body) == []


def test_all_faults_are_told_missing_fields_first():
    assert faults(POST, {"comentary": "hello", "visibility": "public"}) == [
        "ERROR :: /author :: field is required but not found and has no default value",
        "ERROR :: /commentary :: field is required but not found and has no default value",
        "ERROR :: /comentary :: unrecognized field found but not allowed",
        'ERROR :: /visibility :: "public" is not an enum symbol',
    ]


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("commentary", 5, "ERROR :: /commentary :: 5 cannot be coerced to String"),
        ("commentary", True, "ERROR :: /commentary :: true cannot be coerced to String"),
        ("commentary", {"a": [1, None]}, "ERROR :: /commentary :: {a=[1, null]} cannot be coerced to String"),
        ("dsc", "true", "ERROR :: /dsc :: true cannot be coerced to Boolean"),
        ("rank", "7", "ERROR :: /rank :: 7 cannot be coerced to Integer"),
        ("rank", True, "ERROR :: /rank :: true cannot be coerced to Integer"),
        ("author", "ada", "ERROR :: /author :: Invalid Urn format. Invalid prefix."),
        ("author", "urn:li:share:7", "ERROR :: /author :: Invalid Urn format. Invalid prefix."),
        ("visibility", 1, "ERROR :: /visibility :: enum type is not backed by a String"),
        ("tags", "a", "ERROR :: /tags :: array type is not backed by a DataList"),
        ("tags", ["a", 2], "ERROR :: /tags/1 :: 2 cannot be coerced to String"),
        ("prices", [], "ERROR :: /prices :: map type is not backed by a DataMap"),
        ("prices", {"eur": "x"}, "ERROR :: /prices/eur :: x cannot be coerced to Long"),
        ("image", [], "ERROR :: /image :: record type is not backed by a DataMap"),
        ("content", "x", "ERROR :: /content :: union type is not backed by a DataMap or null"),
        ("content", {}, "ERROR :: /content :: DataMap should have at least one entry for a union type"),
        (
            "content",
            {"media": {"id": "urn:li:image:1"}, "text": ""},
            "ERROR :: /content :: DataMap should have no more than one entry for a union type",
        ),
        ("content", {"poll": {}}, 'ERROR :: /content :: "poll" is not a member type of union [ "media", "text" ]'),
        (
            "content",
            {"media": {}},
            "ERROR :: /content/media/id :: field is required but not found and has no default value",
        ),
        ("createdAt", 1, "ERROR :: /createdAt :: ReadOnly field present in a create request"),
    ],
)
def test_a_fault_has_its_path_and_rest_li_words(name, value, line):
    assert faults(POST, {**GOOD, name: value}) == [line]


def test_numbers_of_another_kind_are_turned_in_place():
    body = {**GOOD, "prices": {"a": 3.9, "b": 2**63}, "rank": 2**31 + 1, "weight": 2}
    assert faults(POST, body) == []
    assert body["prices"] == {"a": 3, "b": -(2**63)}
    assert body["rank"] == -(2**31) + 1
    assert isinstance(body["weight"], float)


def test_a_body_that_is_no_object_is_one_fault():
    assert faults(POST, []) == ["ERROR ::  :: record type is not backed by a DataMap"]


def test_the_refusal_ends_every_line_with_a_newline():
    refusal = schema_refusal(["ERROR :: /a :: x", "ERROR :: /b :: y"])
    assert refusal.status == 422
    assert refusal.body == {"message": "ERROR :: /a :: x\nERROR :: /b :: y\n", "status": 422}


def test_explicit_nulls_are_found_but_not_inside_unread_values():
    body = {**GOOD, "content": None, "tags": ["a", None], "image": {"id": None}, "extra": {"a": None}, "new": None}
    assert null_paths(POST, body) == ["/content", "/tags/1", "/image/id", "/new"]
    assert unpermitted_fields(["/content"]).body == {
        "status": 403,
        "serviceErrorCode": 100,
        "code": "ACCESS_DENIED",
        "message": "Unpermitted fields present in REQUEST_BODY: "
        "Data Processing Exception while processing fields [/content]",
    }


def test_a_patch_is_held_against_the_entity():
    patch = {
        "$set": {"commentary": 5, "author": "urn:li:person:a", "nope": 1, "createdAt": 1},
        "$delete": ["commentary", "tags", "what"],
        "image": {"$set": {"altText": 1}},
        "tags": {"$set": {}},
    }
    assert patch_faults(POST, {"patch": patch}) == [
        "ERROR :: /commentary :: 5 cannot be coerced to String",
        "ERROR :: /author :: CreateOnly field present in a partial_update request",
        "ERROR :: /nope :: unrecognized field found but not allowed",
        "ERROR :: /createdAt :: ReadOnly field present in a partial_update request",
        "ERROR :: /commentary :: cannot delete a required field",
        "ERROR :: /what :: unrecognized field found but not allowed",
        "ERROR :: /image/altText :: 1 cannot be coerced to String",
        "ERROR :: /tags :: record type is not backed by a DataMap",
    ]


def test_a_patch_without_its_wrapper_is_a_fault():
    assert patch_faults(POST, {"$set": {}}) == [
        "ERROR :: /$set :: unrecognized field found but not allowed",
        "ERROR :: /patch :: field is required but not found and has no default value",
    ]
