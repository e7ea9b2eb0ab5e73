import pytest
from hypothesis import given
from hypothesis import strategies as st

from inroad.sdk.errors import InvalidArgument
from inroad.sdk.restli.encode import encode_query
from inroad.sdk.restli.projection import (
    Decoration,
    FieldMask,
    Part,
    Projection,
    ProjectionError,
    array,
    decorated,
    field,
    fields,
    part,
    projection,
    without,
)

from .vectors import of_kind

MASKS = {
    "mask-01": fields("id"),
    "mask-02": fields("id", "name", "status"),
    "mask-03": fields(field("message", "id")),
    "mask-04": fields("id", field("elements", "id", "name")),
    "mask-05": fields(array("elements", "id")),
    "mask-06": fields("$*"),
    "mask-07": fields(without("secret")),
    "mask-08": fields("a", field("b", "$*", without("c"))),
    "mask-09": fields("a", array("b", "c", start=2, count=4)),
}
PROJECTIONS = {
    "proj-01": projection("id", "firstName", "lastName"),
    "proj-02": projection(part("elements", decorated("organization"), each=True)),
    "proj-03": projection("id", part("profilePicture", decorated("displayImage", via="playableStreams"))),
    "proj-04": projection(part("emailAddress", each=True)),
    "proj-05": projection(part("elements", decorated("handle"), each=True)),
    "proj-06": projection(
        part(
            "elements",
            "*",
            decorated("roleAssignee", "localizedFirstName", "localizedLastName"),
            decorated("organization", "localizedName"),
            each=True,
        ),
        "paging",
    ),
    "proj-07": projection(part("person", part("position_history", part("*", "company")))),
    "proj-08": Projection(
        (
            Part(
                "entities",
                each=True,
                decorations=(
                    Decoration((Part("a"), Part("b")), kind="foo"),
                    Decoration((Part("c"), Part("d")), kind="bar"),
                ),
            ),
        ),
        bare=True,
    ),
}


@of_kind("projection_fields")
def test_mask_is_written(vector):
    assert encode_query(fields=MASKS[vector["id"]]) == vector["query"]


@of_kind("projection_fields")
def test_mask_is_read(vector):
    assert FieldMask.parse(vector["query"].removeprefix("fields=")) == MASKS[vector["id"]]


@of_kind("projection_legacy")
def test_projection_is_written(vector):
    assert encode_query(projection=PROJECTIONS[vector["id"]]) == vector["query"]


@of_kind("projection_legacy")
def test_projection_is_read(vector):
    found = Projection.parse(vector["query"].removeprefix("projection="))

    assert str(found) == vector["query"].removeprefix("projection=")
    assert found == PROJECTIONS[vector["id"]]


@pytest.mark.parametrize(
    "text",
    [
        "",
        ",",
        "a,",
        "a,,b",
        "a:",
        "a:()",
        "a:(b",
        "a:b",
        "a)",
        "(a)",
        "-",
        "$start:1",
        "a:($start)",
        "a:($start:x)",
        "a b",
        "a:($start:1,$start:2)",
        "-a:(b)",
        pytest.param("a:(" * 200_000, id="deep"),
    ],
)
def test_malformed_mask_is_refused(text):
    with pytest.raises(ProjectionError):
        FieldMask.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "()",
        "(a",
        "(a,)",
        "(a))",
        "(a b)",
        "a,b",
        "(a~:)",
        "(a:b)",
        "(a(b)~)",
        "(~a)",
        pytest.param("(a(" * 200_000, id="deep"),
    ],
)
def test_malformed_projection_is_refused(text):
    with pytest.raises(ProjectionError):
        Projection.parse(text)


def test_refusal_names_the_position():
    with pytest.raises(ProjectionError) as refused:
        FieldMask.parse("id,message:(id,)")

    assert refused.value.position == 15


@pytest.mark.parametrize("build", [fields, lambda: fields("a,b"), lambda: projection("a(b)"), projection])
def test_builder_refuses_what_is_no_name(build):
    with pytest.raises(InvalidArgument):
        build()


@given(st.text(alphabet="ab$*,:()-~.12 "))
def test_any_text_is_read_back_or_refused(text):
    for kind in (FieldMask, Projection):
        try:
            found = kind.parse(text)
        except ProjectionError:
            continue
        assert kind.parse(str(found)) == found
