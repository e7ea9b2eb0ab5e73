import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import inroad
from inroad.common.urn import Urn, organization, person
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.text import (
    Hashtag,
    LittleText,
    Mention,
    Parsed,
    Text,
    compose,
    escape,
    find_hashtags,
    parse,
    plain,
    plain_length,
    split_hashtags,
    unparsed_from,
    utf16_length,
)

HARBOUR = Mention("Harbour Timber", organization(55120077))
SOUP = st.text(alphabet="|{}@[]()<>#\\*_~\uff03 abé1,\n\u0939\u093f🚀:urnlihashtag")
WORD = st.text(alphabet="abé\u0939\u093f1🚀-,.", min_size=1)
ELEMENT = (
    (st.text() | SOUP)
    | (st.text() | SOUP).map(Text)
    | st.builds(Mention, SOUP.filter(bool), st.sampled_from([person("q7Hd_2-LkZ"), organization(11)]))
    | st.builds(Hashtag, WORD)
    | st.builds(Hashtag, WORD, st.just("\uff03"))
)


def shown(element):
    if isinstance(element, str):
        return element
    if isinstance(element, Text):
        return element.text
    return element.name if isinstance(element, Mention) else element.sign + element.word


@pytest.mark.parametrize(
    ("text", "little"),
    [
        (
            r"2 * 3 (ok) a_b ~5 <x> {y} [z] |p| me@x.org \o/",
            r"2 \* 3 \(ok\) a\_b \~5 \<x\> \{y\} \[z\] \|p\| me\@x.org \\o/",
        ),
        ("C# 1", r"C\# 1"),
        ("two\nlines", "two\nlines"),
        ("", ""),
    ],
)
def test_plain_text_is_escaped(text, little):
    assert escape(text) == little
    assert plain(escape(text)) == text


def test_mention_is_written():
    assert compose([HARBOUR]) == "@[Harbour Timber](urn:li:organization:55120077)"


def test_hashtag_is_written_as_a_template():
    assert compose([Hashtag("woodwork")]) == r"{hashtag|\#|woodwork}"


def test_elements_are_written_in_order():
    little = compose(["Open day (bring boots). With ", HARBOUR, Text(" "), Hashtag("woodwork")])

    assert little == (
        r"Open day \(bring boots\). With @[Harbour Timber](urn:li:organization:55120077) {hashtag|\#|woodwork}"
    )


def test_name_of_a_mention_is_escaped():
    fish = Mention("Fish (Rye) [Ltd]", organization(7))

    assert compose([fish]) == r"@[Fish \(Rye\) \[Ltd\]](urn:li:organization:7)"
    assert parse(compose([fish])) == Parsed((fish,))


@pytest.mark.parametrize(
    ("elements", "little"),
    [
        ([Hashtag("a"), " b"], "#a b"),
        ([Hashtag("a"), Hashtag("b")], "#a#b"),
        ([Hashtag("a"), "(b)"], r"#a\(b\)"),
        ([Hashtag("a"), "b"], r"{hashtag|\#|a}b"),
        ([Hashtag("a"), Text(""), "b"], r"{hashtag|\#|a}b"),
        ([Hashtag("a-b")], r"{hashtag|\#|a-b}"),
    ],
)
def test_bare_hashtags_never_run_into_what_follows(elements, little):
    assert compose(elements, hashtags="bare") == little


@pytest.mark.parametrize(
    ("raw", "elements"),
    [
        (r"{hashtag|\#|woodwork}", (Hashtag("woodwork"),)),
        ("{hashtag|#|woodwork}", (Hashtag("woodwork"),)),
        ("{hashtag|\uff03|woodwork}", (Hashtag("woodwork", "\uff03"),)),
        ("#woodwork, today", (Hashtag("woodwork"), Text(", today"))),
        ("\uff03woodwork", (Hashtag("woodwork", "\uff03"),)),
        ("\uff03 alone", (Text("\uff03 alone"),)),
        ("#🚀", (Hashtag("🚀"),)),
        ("#हिन्दी!", (Hashtag("हिन्दी"), Text("!"))),
        ("@[Ada](urn:li:person:q7Hd_2-LkZ)!", (Mention("Ada", person("q7Hd_2-LkZ")), Text("!"))),
        (r"\@\[Ada\]\(urn:li:person:q7\)", (Text("@[Ada](urn:li:person:q7)"),)),
        ("", ()),
    ],
)
def test_little_text_is_read(raw, elements):
    assert parse(LittleText(raw)) == Parsed(elements)


@pytest.mark.parametrize(
    ("raw", "position"),
    [
        ("Now open (durable) at last", 9),
        ("snake_case", 5),
        ("C# 1", 1),
        ("me@x.org", 2),
        ("@[Ada] (urn:li:person:q7)", 0),
        ("@[](urn:li:person:q7)", 0),
        ("@[Ada](not-a-urn)", 0),
        (f"@[Ada](urn:li:person:{'x' * 300})", 0),
        (r"\@[Ada](urn:li:person:q7)", 2),
        ("{hashtag|x|woodwork}", 0),
        (r"{hashtag|\#|wood work}", 0),
        (r"a\n", 1),
        ("ends with \\", 10),
        (r"all \(well\)", None),
    ],
)
def test_what_linkedin_would_drop_is_told(raw, position):
    assert unparsed_from(LittleText(raw)) == position


def test_dropped_text_is_kept_apart():
    found = parse(LittleText("Now open (durable) at last"))

    assert found == Parsed((Text("Now open "),), 9, "(durable) at last")
    assert found.plain == "Now open "


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("#one and #two", ["one", "two"]),
        ("(#one),#two.", ["one", "two"]),
        ("C#5 and F#", []),
        ("We are #1 of #2nd", ["2nd"]),
        ("#snake_case #a#b #a@b", []),
        ("https://example.org/#top https://example.org/x#top &#39;", []),
        ("#Größe #日本語、#हिन्दी", ["Größe", "日本語", "हिन्दी"]),
        ("#launch🚀", ["launch"]),
        ("\uff03東京", ["東京"]),
    ],
)
def test_hashtags_of_a_plain_text_are_found(text, tags):
    assert [tag.word for tag in find_hashtags(text)] == tags


def test_hashtags_stay_live_on_request():
    little = escape("#Wood_work? No: #woodwork (C# 1, #1)", auto_hashtags=True)

    assert little == r"\#Wood\_work? No: #woodwork \(C\# 1, \#1\)"


def test_hashtags_are_split_from_words():
    assert split_hashtags("Hi #a, C#") == (Text("Hi "), Hashtag("a"), Text(", C#"))


def test_length_counts_what_a_reader_sees():
    little = compose(["(ok) ", HARBOUR, " ", Hashtag("woodwork")])

    assert plain_length(little) == len("(ok) Harbour Timber #woodwork")


def test_length_counts_utf_16_units_unless_told():
    little = escape("go 🚀 (é)")

    assert plain_length(little) == 9
    assert plain_length(little, unit="code-point") == 8
    assert utf16_length("\ud800") == 1


@pytest.mark.parametrize("word", ["", "a b", "#a", "a_b", "a}", "a\uff03"])
def test_word_that_is_no_hashtag_is_refused(word):
    with pytest.raises(InvalidArgument, match="hashtag"):
        Hashtag(word)


def test_mention_without_a_name_is_refused():
    with pytest.raises(InvalidArgument, match="needs the name"):
        Mention("", organization(1))


@pytest.mark.parametrize("urn", [Urn("share", "1"), Urn("person", "(a,b)"), Urn("person", "a)b")])
def test_mention_of_what_cannot_be_mentioned_is_refused(urn):
    with pytest.raises(InvalidArgument, match="a mention"):
        compose([Mention("Ada", urn)])


@pytest.mark.parametrize(
    "piece", ["(", "\\(", "@[", "@[a](", "\uff03", "#a", "{hashtag|", "a\\", "@[a](urn:li:person:b)"]
)
def test_long_text_is_read_in_one_pass(piece):
    raw = LittleText(piece * 100_000)

    found = parse(raw)

    assert found.unparsed_from is None or raw[found.unparsed_from :] == found.dropped
    assert plain(escape(raw, auto_hashtags=True)) == raw


@given(st.text() | SOUP, st.booleans())
@example("\uff03#a\uff03", True)
def test_escaped_text_reads_back_as_it_was(text, auto_hashtags):
    found = parse(escape(text, auto_hashtags=auto_hashtags))

    assert found.unparsed_from is None
    assert found.plain == text


@given(st.lists(ELEMENT, max_size=6), st.sampled_from(["template", "bare"]))
def test_composed_elements_show_what_they_are(elements, hashtags):
    found = parse(compose(elements, hashtags=hashtags))

    assert found.unparsed_from is None
    assert found.plain == "".join(map(shown, elements))
    named = [e for e in elements if isinstance(e, Mention)]
    assert [e for e in found.elements if isinstance(e, Mention)] == named


@given(st.lists(ELEMENT, max_size=6))
def test_composing_what_was_read_changes_nothing_more(elements):
    found = parse(compose(elements)).elements

    assert parse(compose(found)).elements == found


@given(SOUP)
def test_split_text_joins_to_itself(text):
    assert "".join(map(shown, split_hashtags(text))) == text
    assert tuple(e for e in split_hashtags(text) if isinstance(e, Hashtag)) == find_hashtags(text)


@given(st.text() | SOUP)
def test_any_raw_text_is_read(raw):
    found = parse(LittleText(raw))

    assert raw.endswith(found.dropped)
    assert (found.unparsed_from is None) == (found.dropped == "")


MISUSE = """
from inroad.sdk.text import LittleText, PlainText, escape, plain

def post(commentary: LittleText) -> None: ...
def comment(message: PlainText) -> None: ...

post(escape("fine"))
comment(PlainText("fine"))
comment(plain(escape("fine")))
post("raw text")
post(PlainText("plain text"))
comment(escape("little text"))
"""


def test_little_and_plain_text_do_not_type_check_for_each_other(tmp_path):
    (tmp_path / "misuse.py").write_text(MISUSE)
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--config-file=",
        f"--cache-dir={tmp_path / 'cache'}",
        "misuse.py",
    ]
    environment = os.environ | {"MYPYPATH": str(Path(inroad.__file__).parents[1])}

    ran = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    errors = [line for line in ran.stdout.splitlines() if ": error:" in line]
    assert [line.split(":")[1] for line in errors] == ["10", "11", "12"], ran.stdout + ran.stderr
    assert all("[arg-type]" in line for line in errors)
