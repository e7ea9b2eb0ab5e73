from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args

import pytest

from inroad.common.urn import Urn, organization, person
from inroad.service.publishing.model import (
    CANCELLABLE,
    TRANSITIONS,
    Attachment,
    Finding,
    Media,
    Plan,
    State,
    preflight,
)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ADA_URN = person("sBx7kQ2mWa")


@dataclass(frozen=True, kw_only=True)
class SomeAuthor:
    id: str = "a1"
    workspace_id: str = "w1"
    connection_id: str = "c1"
    app_id: str = "app1"
    products: frozenset[str] = frozenset({"Share on LinkedIn"})
    member_urn: Urn = ADA_URN
    urn: Urn = ADA_URN
    kind: Literal["member", "organization"] = "member"
    name: str = "Ada Okafor"
    role: str = ""
    scopes: frozenset[str] = frozenset({"w_member_social"})
    issued_at: datetime | None = NOW
    usable_until: datetime | None = NOW + timedelta(days=60)
    problem: str | None = None


ADA = SomeAuthor()
NORTHWIND = SomeAuthor(
    urn=organization(90210001),
    kind="organization",
    name="Northwind Works",
    role="ADMINISTRATOR",
    scopes=frozenset({"w_organization_social"}),
)
PICTURE = Media(
    id="m1", sha256="0" * 64, name="bench.jpg", content_type="image/jpeg", size=90_000, width=1200, height=800
)
FINE = Attachment(PICTURE, "A row of workbenches")


def check(
    author: SomeAuthor = ADA, *, same_text_at: datetime | None = None, markup: int = 0, **plan: object
) -> list[Finding]:
    wanted = {"text": "We opened our second workshop.", "visibility": "PUBLIC", **plan}
    return preflight(Plan(**wanted), author, now=NOW, markup_length=markup, same_text_at=same_text_at)  # type: ignore[arg-type]


def said(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return [(finding.severity, finding.where, finding.message) for finding in findings]


def test_good_post_has_no_findings() -> None:
    assert check(attachments=[FINE], due_at=NOW + timedelta(hours=1)) == []
    assert check(NORTHWIND) == []


def test_text_may_have_exactly_3000_characters() -> None:
    assert check(text="x" * 3000) == []


def test_longer_text_is_an_error_that_says_by_how_much() -> None:
    (finding,) = check(text="x" * 3001)

    assert finding == Finding(
        severity="error",
        where="text",
        message="the text has 3,001 characters; LinkedIn takes 3,000",
        fix="shorten it by 1 character",
    )


def test_emoji_count_as_two() -> None:
    (finding,) = check(text="x" * 2999 + "\N{PARTY POPPER}")

    assert finding.message == "the text has 3,001 characters; LinkedIn takes 3,000"


def test_text_that_only_escapes_make_too_long_is_a_warning() -> None:
    (finding,) = check(text="(" * 2000, markup=4000)

    assert (finding.severity, finding.where) == ("warning", "text")


def test_empty_post_is_an_error_unless_it_has_a_picture() -> None:
    assert said(check(text=" \n")) == [("error", "text", "the post is empty")]
    assert check(text="", attachments=[FINE]) == []


def test_picture_of_40_megapixels_is_an_error() -> None:
    picture = replace(PICTURE, name="huge.png", content_type="image/png", width=8000, height=5000)

    assert said(check(attachments=[Attachment(picture, "x")])) == [
        ("error", "media[0]", "huge.png has 8000 x 5000 = 40.0 megapixels; LinkedIn takes fewer than 36.15")
    ]


def test_picture_of_9_mb_is_a_warning() -> None:
    picture = replace(PICTURE, size=9 * 2**20)

    assert said(check(attachments=[Attachment(picture, "x")])) == [
        ("warning", "media[0]", "bench.jpg has 9.0 MB; above 8 MB LinkedIn may refuse it")
    ]


def test_gif_named_jpg_is_said_to_go_out_as_a_gif() -> None:
    picture = replace(PICTURE, content_type="image/gif")
    (finding,) = check(attachments=[Attachment(picture, "x")])

    assert finding.message == ("bench.jpg is named like a JPEG, but its content is a GIF: it goes out as a GIF")
    assert finding.fix == "if that is meant, rename it to .gif; else choose another file"


@pytest.mark.parametrize("name", ["bench.jpeg", "bench.JPG", "bench", "bench.holiday"])
def test_name_that_fits_or_says_nothing_is_fine(name: str) -> None:
    assert check(attachments=[Attachment(replace(PICTURE, name=name), "x")]) == []


def test_gif_with_too_many_frames_is_an_error() -> None:
    picture = replace(PICTURE, name="a.gif", content_type="image/gif", frames=251)

    assert said(check(attachments=[Attachment(picture, "x")])) == [
        ("error", "media[0]", "a.gif has 251 frames; LinkedIn takes 250")
    ]


def test_picture_without_alternative_text_is_a_warning() -> None:
    assert said(check(attachments=[Attachment(PICTURE)])) == [
        ("warning", "media[0].alt_text", "bench.jpg has no alternative text")
    ]


def test_alternative_text_over_4086_characters_is_an_error() -> None:
    assert said(check(attachments=[FINE, Attachment(PICTURE, "x" * 4087)])) == [
        (
            "error",
            "media[1].alt_text",
            "the alternative text of bench.jpg has 4,087 characters; LinkedIn takes 4,086",
        )
    ]


def test_more_than_20_pictures_are_an_error() -> None:
    assert said(check(attachments=[FINE] * 21)) == [("error", "media", "the post has 21 pictures; LinkedIn takes 20")]


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(hours=2, minutes=59), "2 hours"),
        (timedelta(days=1), "1 day"),
        (timedelta(seconds=61), "1 minute"),
        (timedelta(milliseconds=1), "a moment"),
    ],
)
def test_time_in_the_past_is_an_error(ago: timedelta, words: str) -> None:
    assert said(check(due_at=NOW - ago)) == [("error", "time", f"that time was {words} ago")]


def test_connection_that_has_ended_is_an_error() -> None:
    author = replace(ADA, usable_until=NOW - timedelta(days=1), problem="the LinkedIn connection has expired")

    assert said(check(author)) == [
        ("error", "author", "the connection for Ada Okafor ended on 2026-11-22 at 09:00 UTC")
    ]


def test_connection_that_ends_before_the_post_is_due_is_a_warning() -> None:
    author = replace(ADA, usable_until=NOW + timedelta(days=3))
    (finding,) = check(author, due_at=NOW + timedelta(days=4))

    assert finding.severity == "warning"
    assert finding.message == ("the connection for Ada Okafor ends on 2026-11-26 at 09:00 UTC, before this post is due")


def test_missing_scope_is_an_error() -> None:
    assert said(check(replace(ADA, scopes=frozenset({"openid"})))) == [
        ("error", "author", "the connection may not post as Ada Okafor: LinkedIn did not grant w_member_social")
    ]


@pytest.mark.parametrize(
    ("role", "words"), [("", "has no role on its page"), ("ANALYST", "has the role ANALYST, which may not post")]
)
def test_organization_that_the_member_may_not_post_for_is_an_error(role: str, words: str) -> None:
    assert said(check(replace(NORTHWIND, role=role))) == [
        ("error", "author", f"the connected member {words} for Northwind Works")
    ]


def test_connection_that_cannot_be_used_is_an_error_in_its_own_words() -> None:
    author = replace(ADA, usable_until=None, problem="the LinkedIn connection was disconnected")

    assert said(check(author)) == [
        ("error", "author", "nothing can be posted as Ada Okafor: the LinkedIn connection was disconnected")
    ]


def test_organization_cannot_post_to_connections() -> None:
    assert said(check(NORTHWIND, visibility="CONNECTIONS")) == [
        ("error", "visibility", "an organization has no connections to show a post to")
    ]


def test_same_text_within_ten_minutes_is_a_warning() -> None:
    near, far = NOW + timedelta(minutes=9), NOW + timedelta(minutes=10)

    assert [finding.severity for finding in check(same_text_at=near)] == ["warning"]
    assert check(same_text_at=far) == []


def test_errors_come_before_warnings() -> None:
    findings = check(text="x" * 3001, attachments=[Attachment(PICTURE)], due_at=NOW - timedelta(days=1))

    assert [finding.severity for finding in findings] == ["error", "error", "warning"]


def test_every_state_has_its_transitions_and_every_target_exists() -> None:
    states = frozenset(get_args(State))

    assert frozenset(TRANSITIONS) == states
    assert all(targets <= states for targets in TRANSITIONS.values())


def test_what_may_be_cancelled_leads_to_cancelled_and_what_was_sent_does_not() -> None:
    assert {state for state in CANCELLABLE if "cancelled" in TRANSITIONS[state]} == CANCELLABLE
    assert not CANCELLABLE & {"sending", "verifying", "published"}
