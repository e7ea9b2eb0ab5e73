import json

import pytest
from typer.testing import CliRunner

from inroad.cli.exits import CommandFailed, Exit
from inroad.cli.main import app


def run(*words, given=""):
    return CliRunner().invoke(app, ["text", *words], input=given)


def test_plain_text_becomes_little_text():
    assert run("escape", given="Open (at last) #woodwork\n").stdout == "Open \\(at last\\) #woodwork\n"


def test_hashtags_may_be_escaped_too():
    assert run("escape", "--no-hashtags", given="#woodwork").stdout == "\\#woodwork"


def test_little_text_becomes_plain_text():
    given = "With @[Harbour Timber](urn:li:organization:55120077) \\(ok\\) {hashtag|\\#|woodwork}"

    assert run("plain", given=given).stdout == "With Harbour Timber (ok) #woodwork"


def test_a_good_text_tells_its_length():
    done = run("check", given="Open \\(at last\\)")

    assert (done.exit_code, done.stdout) == (0, "14 of 3,000 characters\n")


def test_where_linkedin_would_cut_is_an_error():
    done = run("check", "--json", given="Now open (durable) at last")

    assert json.loads(done.stdout)["dropped_from"] == 9
    assert isinstance(done.exception, CommandFailed)
    assert str(done.exception) == "LinkedIn drops everything from character 10 on: '(durable) at last'"
    assert done.exception.code == Exit.REFUSED


@pytest.mark.parametrize(("length", "code"), [(3000, 0), (3001, 1)])
def test_the_limit_is_3000(length, code):
    assert run("check", given="x" * length).exit_code == code
