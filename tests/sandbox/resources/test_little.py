"""Little text as the sandbox reads and writes it."""

import pytest

from inroad.sandbox.resources.little import (
    Hashtag,
    Mention,
    Text,
    attributes,
    escape,
    from_plain,
    parse,
    plain,
    render,
)


def test_documented_vector_is_read_and_written() -> None:
    raw = r"2 \* 3 \(ok\) a\_b \~5 \<x\> \{y\} \[z\] \|p\| me\@x.org \\o/"
    text = r"2 * 3 (ok) a_b ~5 <x> {y} [z] |p| me@x.org \o/"
    assert plain(parse(raw).elements) == text
    assert escape(text) == raw


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("Now open (durable) at last", "Now open "),
        ("a|b", "a"),
        ("a {b}", "a "),
        ("mail me@x.org", "mail me"),
        ("2 * 3", "2 "),
        ("snake_case", "snake"),
        ("C# 1", "C"),
        ("ends with \\", "ends with "),
        ("a \\n b", "a "),
        ("<b>", ""),
        ("@[Name](not a urn)", ""),
        ("@[Name(urn:li:person:x)", ""),
    ],
)
def test_text_ends_at_the_first_fault(raw: str, kept: str) -> None:
    reading = parse(raw)
    assert plain(reading.elements) == kept
    assert reading.fault_at == len(kept)


def test_faults_can_be_kept() -> None:
    reading = parse("a (b) #oak", keep_faults=True)
    assert reading.elements == (Text("a (b) "), Hashtag("oak"))
    assert reading.fault_at == 2


@pytest.mark.parametrize("raw", ["#oak", "\uff03oak", "{hashtag|\\#|oak}", "{hashtag|#|oak}", "{hashtag|\\\uff03|oak}"])
def test_hashtags_of_every_spelling_are_one(raw: str) -> None:
    assert render(parse(raw).elements) == "{hashtag|\\#|oak}"


def test_escaped_sign_is_text() -> None:
    assert parse(r"\#oak C\# 1").elements == (Text("#oak C# 1"),)


def test_mention_keeps_its_escaped_name() -> None:
    raw = r"With @[Fish \(Rye\) Ltd](urn:li:organization:55)"
    assert parse(raw).elements == (Text("With "), Mention("Fish (Rye) Ltd", "urn:li:organization:55"))
    assert render(parse(raw).elements) == raw


def test_escaped_mention_is_text() -> None:
    assert parse(r"\@\[Ada\]\(urn:li:person:x\)").elements == (Text("@[Ada](urn:li:person:x)"),)


def test_plain_text_makes_hashtags_only_of_whole_words() -> None:
    found = from_plain("a #b c#d (#e), https://x.org/#f #")
    assert found == (
        Text("a "),
        Hashtag("b"),
        Text(" c#d ("),
        Hashtag("e"),
        Text("), https://x.org/#f #"),
    )
    assert plain(found) == "a #b c#d (#e), https://x.org/#f #"


def test_spans_count_utf16_units() -> None:
    spans = attributes(from_plain("\U0001f389 #oak"))
    assert [(s["start"], s["length"]) for s in spans] == [(3, 4)]


@pytest.mark.parametrize("mention", [(0, 0, "x"), (5, 9, "x"), (-1, 2, "x")])
def test_spans_outside_the_text_are_ignored(mention: tuple[int, int, str]) -> None:
    assert from_plain("abc", [mention]) == (Text("abc"),)
