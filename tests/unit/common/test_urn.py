import pytest
from hypothesis import given
from hypothesis import strategies as st

from inroad.common.urn import Urn, organization, person


@pytest.mark.parametrize(
    ("text", "kind", "id"),
    [
        ("urn:li:share:7391112223334445556", "share", "7391112223334445556"),
        ("urn:li:person:q7Hd_2-LkZ", "person", "q7Hd_2-LkZ"),
        (
            "urn:li:comment:(urn:li:activity:739,7391119998887776665)",
            "comment",
            "(urn:li:activity:739,7391119998887776665)",
        ),
        ("urn:li:ageRange:(25,34)", "ageRange", "(25,34)"),
    ],
)
def test_a_urn_is_read_and_written_as_it_was(text, kind, id):
    urn = Urn.parse(text)

    assert (urn.kind, urn.id, str(urn)) == (kind, id, text)


def test_the_other_namespace_is_kept():
    urn = Urn.parse("urn:lla:llaPartnerConversion:104012")

    assert (urn.namespace, str(urn)) == ("lla", "urn:lla:llaPartnerConversion:104012")


def test_a_tuple_has_parts_and_nested_urns_stay_whole():
    urn = Urn.parse(
        "urn:li:digitalmediaFile:(urn:li:digitalmediaAsset:X,urn:li:reaction:(urn:li:person:a,urn:li:activity:1),0)"
    )

    assert urn.parts == ("urn:li:digitalmediaAsset:X", "urn:li:reaction:(urn:li:person:a,urn:li:activity:1)", "0")
    assert Urn.parse("urn:li:share:7").parts == ("7",)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "share:7",
        "urn:li:share:",
        "urn:li::7",
        "urn:li:share:7 8",
        "urn:li:comment:(a,b",
        "urn:li:comment:)a(",
        "URN:li:share:7",
    ],
)
def test_what_is_no_urn_is_refused_and_shown(text):
    with pytest.raises(ValueError, match="URN"):
        Urn.parse(text)


def test_a_urn_has_at_most_255_characters():
    with pytest.raises(ValueError, match="at most 255 characters, got 256"):
        Urn.parse("urn:li:image:" + "a" * 243)


def test_members_and_organizations_have_short_forms():
    assert str(person("q7Hd_2-LkZ")) == "urn:li:person:q7Hd_2-LkZ"
    assert str(organization(90412)) == "urn:li:organization:90412"
    assert organization(90412).is_kind("person", "organization")


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text):
    try:
        urn = Urn.parse(text)
    except ValueError:
        return
    assert str(urn) == text
