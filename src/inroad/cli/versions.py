"""`inroad versions`: which LinkedIn-Versions live, and for how long."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from inroad.cli.exits import CommandFailed, Exit
from inroad.common.clock import SystemClock
from inroad.contract.versions import DEFAULT_VERSION, VERSIONS, Version


def versions(
    line: Annotated[str | None, typer.Option(help="Only this product line, such as marketing.")] = None,
    fail_under: Annotated[
        int | None, typer.Option(help="End with an error when the default has fewer days left.", min=0)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")] = False,
) -> None:
    """Show LinkedIn's API versions with the days that they have left, and the default of this release.

    Example: inroad versions --line marketing
    """
    if line is not None and line not in VERSIONS:
        raise CommandFailed(f"no product line {line!r}: there are {', '.join(VERSIONS)}", code=Exit.USAGE)
    today = SystemClock().now().date()
    rows = [
        {
            "line": name,
            "version": version.name,
            "sunset": version.sunset.isoformat() if version.sunset else None,
            "days_left": _days(version, today),
            "confirmed": version.confirmed,
            "default": name == "marketing" and version.name == DEFAULT_VERSION,
        }
        for name, found in VERSIONS.items()
        if line in (None, name)
        for version in found
        if version.sunset is None or version.sunset > today
    ]
    if as_json:
        typer.echo(json.dumps(rows))
    else:
        _show(rows)
    _check_default(today, fail_under)


def _days(version: Version, today: date) -> int | None:
    return None if version.sunset is None else (version.sunset - today).days


def _show(rows: Sequence[Mapping[str, object]]) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("Line", "Version", "Sunset", "Days left", ""):
        table.add_column(heading, justify="right" if heading == "Days left" else "left")
    for row in rows:
        notes = [word for word, said in (("default", row["default"]), ("unconfirmed", not row["confirmed"])) if said]
        shown = (row["line"], row["version"], row["sunset"] or "not known", row["days_left"] or "", ", ".join(notes))
        table.add_row(*(str(cell) for cell in shown))
    Console().print(table)


def _check_default(today: date, fail_under: int | None) -> None:
    default = next(v for v in VERSIONS["marketing"] if v.name == DEFAULT_VERSION)
    left = _days(default, today)
    if fail_under is not None and left is not None and left < fail_under:
        raise CommandFailed(
            f"the default version {DEFAULT_VERSION} has {left} days left, fewer than {fail_under}",
            hint="LinkedIn will answer 426 from its sunset on: move DEFAULT_VERSION to a newer one",
        )
