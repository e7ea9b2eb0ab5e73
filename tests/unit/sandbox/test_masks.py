import pytest

from inroad.sandbox.masks import MaskError, masked, parse_fields, parse_projection, projected

ENTITY = {"id": 1, "name": "n", "tags": [{"a": 1, "b": 2}, {"a": 3, "b": 4}], "deep": {"x": 1, "y": {"z": 2}}}


@pytest.mark.parametrize(
    ("mask", "kept"),
    [
        ("id", {"id": 1}),
        ("id,name,unknown", {"id": 1, "name": "n"}),
        ("deep:(y)", {"deep": {"y": {"z": 2}}}),
        ("tags:(a)", {"tags": [{"a": 1}, {"a": 3}]}),
        ("tags:($*:(b))", {"tags": [{"b": 2}, {"b": 4}]}),
        ("tags:($*:(b),$start:1,$count:4)", {"tags": [{"b": 4}]}),
        ("-tags,-deep", {"id": 1, "name": "n"}),
        ("deep:($*,-x)", {"deep": {"y": {"z": 2}}}),
        ("unknown", {}),
    ],
)
def test_a_mask_keeps_what_it_names(mask, kept):
    assert masked(ENTITY, parse_fields(mask)) == kept


@pytest.mark.parametrize("text", ["", "a,", "a:(b", "a:b", "a)", "$start:x", "a:()", "(" * 100, "a:(" * 100])
def test_a_broken_mask_is_refused(text):
    with pytest.raises(MaskError):
        parse_fields(text)


def no_decoration(urn, decorator):
    raise AssertionError("nothing to decorate")


@pytest.mark.parametrize(
    ("text", "value", "kept"),
    [
        ("(id,name)", ENTITY, {"id": 1, "name": "n"}),
        ("id,name", ENTITY, {"id": 1, "name": "n"}),
        ("(tags*(a))", ENTITY, {"tags": [{"a": 1}, {"a": 3}]}),
        ("(tags(*(a)))", ENTITY, {"tags": [{"a": 1}, {"a": 3}]}),
        ("(results*(id))", {"results": {"7": {"id": 7, "b": 1}}}, {"results": {"7": {"id": 7}}}),
        ("(emailAddress*)", {"elements": [1]}, {}),
        ("(*)", ENTITY, ENTITY),
    ],
)
def test_a_projection_keeps_what_it_names(text, value, kept):
    assert projected(value, parse_projection(text), no_decoration) == kept


def resolve(urn, decorator):
    if urn.endswith(":0"):
        return "!", {"status": 404, "message": "gone"}
    return "~", {"urn": urn, "decorator": decorator, "more": True}


def test_a_decoration_stands_beside_its_urn():
    value = {"elements": [{"organization": "urn:li:organization:7", "role": "ADMINISTRATOR"}], "paging": {}}
    assert projected(value, parse_projection("(elements*(*,organization~(urn)),paging)"), resolve) == {
        "elements": [
            {
                "organization": "urn:li:organization:7",
                "role": "ADMINISTRATOR",
                "organization~": {"urn": "urn:li:organization:7"},
            }
        ],
        "paging": {},
    }


def test_a_decorator_is_named_behind_a_colon():
    value = {"picture": {"image": "urn:li:digitalmediaAsset:7", "x": 1}}
    shown = projected(value, parse_projection("(picture(image~:playableStreams))"), resolve)
    assert shown["picture"]["image~"]["decorator"] == "playableStreams"
    assert "x" not in shown["picture"]


def test_a_failed_decoration_is_an_error_beside_the_urn():
    assert projected({"a": "urn:li:x:0"}, parse_projection("(a~)"), resolve) == {
        "a": "urn:li:x:0",
        "a!": {"status": 404, "message": "gone"},
    }


def test_lists_of_urns_are_decorated_by_type():
    value = {"entities": ["urn:li:foo:1", "urn:li:bar:2", "urn:li:baz:3"]}
    shown = projected(value, parse_projection("entities*~foo(urn)~bar(decorator)"), resolve)
    assert shown["entities~"] == {"urn:li:foo:1": {"urn": "urn:li:foo:1"}, "urn:li:bar:2": {"decorator": ""}}


@pytest.mark.parametrize("text", ["", "(", "(a", "(a,)", "(a~", "(a))", "(,a)", "(a(b)", "(" * 99])
def test_a_broken_projection_is_refused(text):
    with pytest.raises(MaskError):
        parse_projection(text)
