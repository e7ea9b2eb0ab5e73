"""Sealed values."""

from dataclasses import replace

import pytest

from inroad.service.connections.seal import Key, Place, seal, unseal
from inroad.service.errors import SealBroken

PLACE = Place(purpose="linkedin", table="grants", column="access_token", workspace_id="w1", row_id="c1")
KEY = Key("0123456789abcdef0123456789abcdef", b"k" * 32)


def test_sealed_value_opens_in_its_place() -> None:
    assert unseal(KEY, PLACE, seal(KEY, PLACE, b"token")) == b"token"


def test_blob_names_its_version_and_key_and_hides_the_rest() -> None:
    blob = seal(KEY, PLACE, b"token")
    assert blob[:17] == b"\x01" + bytes.fromhex(KEY.id)
    assert len(blob) == 17 + 12 + len(b"token") + 16
    assert b"token" not in blob


def test_same_value_is_sealed_differently_each_time() -> None:
    assert seal(KEY, PLACE, b"token") != seal(KEY, PLACE, b"token")


@pytest.mark.parametrize("part", ["purpose", "table", "column", "workspace_id", "row_id"])
def test_blob_that_was_copied_elsewhere_does_not_open(part: str) -> None:
    blob = seal(KEY, PLACE, b"token")
    with pytest.raises(SealBroken, match="was changed, or was copied there from another place"):
        unseal(KEY, replace(PLACE, **{part: "other"}), blob)


def test_message_of_a_copied_blob_names_the_place() -> None:
    blob = seal(KEY, PLACE, b"token")
    with pytest.raises(SealBroken) as caught:
        unseal(KEY, replace(PLACE, row_id="c2"), blob)
    assert str(caught.value) == (
        "the sealed value in grants.access_token of c2 was changed, or was copied there from another place"
    )


def test_every_changed_byte_is_noticed() -> None:
    blob = seal(KEY, PLACE, b"token")
    for index in range(len(blob)):
        changed = blob[:index] + bytes([blob[index] ^ 1]) + blob[index + 1 :]
        with pytest.raises(SealBroken):
            unseal(KEY, PLACE, changed)


@pytest.mark.parametrize("length", [0, 1, 16, 44])
def test_short_blob_has_no_known_form(length: int) -> None:
    with pytest.raises(SealBroken, match="has no known form"):
        unseal(KEY, PLACE, seal(KEY, PLACE, b"token")[:length])


def test_another_key_is_named() -> None:
    other = Key("ffffffffffffffffffffffffffffffff", b"k" * 32)
    with pytest.raises(SealBroken, match=f"was sealed with key {KEY.id}, not with {other.id}"):
        unseal(other, PLACE, seal(KEY, PLACE, b"token"))


def test_key_does_not_show_its_bytes() -> None:
    assert repr(KEY) == "Key(0123456789abcdef0123456789abcdef, hidden)"
