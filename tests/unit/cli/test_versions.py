import json

from typer.testing import CliRunner

from inroad.cli.exits import CommandFailed
from inroad.cli.main import app


def run(*words):
    return CliRunner().invoke(app, ["versions", *words])


def test_the_default_is_marked_and_december_is_not_there():
    rows = json.loads(run("--line", "marketing", "--json").stdout)

    assert [row["version"] for row in rows if row["default"]] == ["202609"]
    assert not any(row["version"].endswith("12") for row in rows)
    assert all(row["days_left"] > 0 for row in rows)


def test_a_default_that_dies_soon_is_an_error():
    done = run("--fail-under", "100000")

    assert isinstance(done.exception, CommandFailed)
    assert str(done.exception).startswith("the default version 202609 has ")


def test_an_unknown_line_is_named():
    assert str(run("--line", "sales").exception) == (
        "no product line 'sales': there are marketing, portability, verified, talent"
    )
