import pytest
from hypothesis import given
from hypothesis import strategies as st

from inroad.sdk.restli.patch import Patch, PatchError, diff

NAME = st.sampled_from(["a", "b", "c", "d.e", "urn:li:x"])
JSON = st.recursive(
    st.booleans() | st.integers(-2, 2) | st.sampled_from(["", "x"]),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(NAME, inside, max_size=3),
    max_leaves=8,
)
RECORD = st.dictionaries(NAME, JSON, max_size=4)

BEFORE = {
    "commentary": "Open day on Saturday",
    "contentLandingPage": "https://example.org",
    "adContext": {"dscName": "Autumn", "dscStatus": "ACTIVE"},
    "tags": ["a"],
}


def test_changed_fields_are_set_and_missing_ones_deleted():
    after = BEFORE | {"commentary": "Open day moved to Sunday", "tags": ["a", "b"], "new": True}
    del after["contentLandingPage"]

    assert diff(BEFORE, after).to_wire() == {
        "patch": {
            "$set": {"commentary": "Open day moved to Sunday", "tags": ["a", "b"], "new": True},
            "$delete": ["contentLandingPage"],
        }
    }


def test_record_inside_is_patched_field_by_field():
    after = BEFORE | {"adContext": {"dscStatus": "ARCHIVED"}}

    assert diff(BEFORE, after).to_wire() == {
        "patch": {"adContext": {"$set": {"dscStatus": "ARCHIVED"}, "$delete": ["dscName"]}}
    }


def test_record_inside_can_be_set_whole():
    after = BEFORE | {"adContext": {"dscStatus": "ARCHIVED"}}

    assert diff(BEFORE, after, nested=False).to_wire() == {"patch": {"$set": {"adContext": {"dscStatus": "ARCHIVED"}}}}


def test_equal_records_make_an_empty_patch():
    patch = diff(BEFORE, dict(BEFORE))

    assert not patch
    assert patch.to_wire() == {"patch": {}}


def test_true_and_one_are_different():
    assert diff({"a": [1]}, {"a": [True]}) == Patch(set={"a": [True]})


def test_patch_can_be_built_by_hand():
    patch = Patch(
        set={"commentary": "Open day moved to Sunday", "contentCallToActionLabel": "LEARN_MORE"},
        nested={"adContext": Patch(set={"dscStatus": "ARCHIVED"}), "reshareContext": Patch()},
    )

    assert patch.to_wire() == {
        "patch": {
            "$set": {"commentary": "Open day moved to Sunday", "contentCallToActionLabel": "LEARN_MORE"},
            "adContext": {"$set": {"dscStatus": "ARCHIVED"}},
        }
    }


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: Patch(set={"a": 1}, delete=("a",)), "a is changed twice"),
        (lambda: Patch(set={"a": {"b": [None]}}), r"a\.b\[0\] is None"),
        (lambda: Patch(set={"$set": 1}), r"'\$set'"),
        (lambda: diff({}, {"a": None}), "a is None"),
        (lambda: diff({"a": {}}, {"a": {"b": None}}), r"a\.b is None"),
        (lambda: diff({}, {"": 1}), "name"),
        (lambda: Patch.from_wire({"patch": {"$delete": "a"}}), r"patch\.\$delete must be a list"),
        (lambda: Patch.from_wire({"patch": {"a": 1}}), r"patch\.a must be an object"),
        (lambda: Patch.from_wire({}), "patch must be an object, got NoneType"),
    ],
)
def test_change_that_no_patch_can_say_is_refused(build, message):
    with pytest.raises(PatchError, match=message):
        build()


@given(RECORD, RECORD, st.booleans())
def test_diff_applied_to_before_gives_after(before, after, nested):
    patched = diff(before, after, nested=nested).apply(before)

    assert patched == after
    assert not diff(patched, after, nested=nested)


@given(RECORD, RECORD)
def test_patch_reads_back_from_the_wire(before, after):
    patch = diff(before, after)

    assert Patch.from_wire(patch.to_wire()) == patch
