import pytest

from inroad.common.urn import Urn
from inroad.sdk.restli.batch import (
    BatchCreated,
    BatchError,
    BatchShapeError,
    key_reader,
    patches,
    read_batch_change,
    read_batch_create,
    read_batch_get,
)
from inroad.sdk.restli.patch import Patch

GONE = {"status": 404, "code": "NOT_FOUND", "serviceErrorCode": 65604, "message": "no such post"}


def test_batch_get_has_results_and_errors_by_key():
    body = {"results": {"11": {"name": "A"}}, "statuses": {"11": 200}, "errors": {"12": GONE}}

    found = read_batch_get(body, key=int, entity=lambda entity: entity["name"])

    assert found.results == {11: "A"}
    assert found.errors == {12: BatchError(404, "NOT_FOUND", "no such post", 65604, GONE)}
    assert [found.status(key) for key in (11, 12, 13)] == [200, 404, None]
    assert found.missing([11, 12, 13]) == [13]


def test_batch_change_has_a_status_by_key():
    body = {"results": {"urn:li:share:1": {"status": 204}, "urn:li:share:2": {"status": 404}}, "errors": {}}

    changed = read_batch_change(body, key=Urn.parse)

    assert changed.results == {Urn("share", "1"): 204}
    assert changed.errors == {Urn("share", "2"): BatchError(404)}
    assert changed.status(Urn("share", "2")) == 404


def test_batch_create_keeps_the_order_of_the_request():
    body = {"elements": [{"status": 201, "id": "7"}, {"status": 400, "error": {"status": 400, "message": "no"}}]}

    created = read_batch_create(body)

    assert created == [
        BatchCreated(201, "7"),
        BatchCreated(400, None, BatchError(400, "", "no", None, {"status": 400, "message": "no"})),
    ]


@pytest.mark.parametrize(
    "body", [None, [], {"results": []}, {"results": {"1": {}}, "errors": {"2": 404}}, {"errors": 1}]
)
def test_answer_of_another_shape_is_refused(body):
    with pytest.raises(BatchShapeError):
        read_batch_get(body, key=str, entity=lambda entity: entity)


@pytest.mark.parametrize("body", [{"results": {"1": {}}}, {"results": {"1": {"status": "204"}}}])
def test_change_without_a_status_is_refused(body):
    with pytest.raises(BatchShapeError):
        read_batch_change(body, key=str)


def test_create_without_elements_is_refused():
    with pytest.raises(BatchShapeError):
        read_batch_create({})


@pytest.mark.parametrize("text", ["urn:li:share:1", "urn%3Ali%3Ashare%3A1"])
def test_simple_key_is_found_raw_and_escaped(text):
    find = key_reader([Urn("share", "1"), Urn("share", "2")])

    assert find(text) == Urn("share", "1")


@pytest.mark.parametrize(
    "text",
    [
        "(account:urn%3Ali%3AsponsoredAccount%3A5,user:urn%3Ali%3Aperson%3Aa)",
        "(user:urn%3Ali%3Aperson%3Aa,account:urn%3Ali%3AsponsoredAccount%3A5)",
    ],
)
def test_compound_key_is_found_in_any_order(text):
    asked = [(Urn("sponsoredAccount", "5"), Urn("person", "a"))]
    find = key_reader(asked, lambda key: {"account": key[0], "user": key[1]})

    assert find(text) == asked[0]


@pytest.mark.parametrize("text", ["urn:li:share:9", "(broken", ""])
def test_key_that_was_not_asked_for_is_refused(text):
    with pytest.raises(BatchShapeError, match="not asked for"):
        key_reader([Urn("share", "1")])(text)


def test_patches_are_keyed_by_reduced_keys():
    assert patches({Urn("share", "1"): Patch(set={"commentary": "Hi"})}) == {
        "entities": {"urn:li:share:1": {"patch": {"$set": {"commentary": "Hi"}}}}
    }
