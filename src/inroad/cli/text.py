"""`inroad text`: little text as a filter, from standard input to standard output."""

import json
from typing import Annotated

import typer

from inroad.cli.exits import CommandFailed, Exit
from inroad.contract.limits import MAX_COMMENTARY
from inroad.sdk import text as little

app = typer.Typer(help="Little text, the format of a post's text at LinkedIn, as a filter.", no_args_is_help=True)


@app.command()
def escape(
    hashtags: Annotated[bool, typer.Option(help="Keep #words as hashtags; off: as plain text.")] = True,
) -> None:
    """Turn plain text into little text.

    Example: echo "Open (at last) #woodwork" | inroad text escape
    """
    typer.echo(little.escape(_read(), auto_hashtags=hashtags), nl=False)


@app.command()
def plain() -> None:
    """Turn little text into what a reader sees.

    Example: inroad text plain < commentary.txt
    """
    typer.echo(little.plain(little.LittleText(_read())), nl=False)


@app.command()
def check(as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")] = False) -> None:
    """Say how long little text is for LinkedIn, and from where LinkedIn would drop it.

    Ends with an error when LinkedIn would cut or refuse it.

    Example: inroad text check < commentary.txt
    """
    raw = little.LittleText(_read())
    length, dropped_from = little.plain_length(raw), little.unparsed_from(raw)
    if as_json:
        typer.echo(json.dumps({"length": length, "limit": MAX_COMMENTARY, "dropped_from": dropped_from}))
    else:
        typer.echo(f"{length:,} of {MAX_COMMENTARY:,} characters")
    if dropped_from is not None:
        beginning = raw[dropped_from : dropped_from + 20]
        raise CommandFailed(
            f"LinkedIn drops everything from character {dropped_from + 1} on: {beginning!r}",
            hint="put a backslash before it, or use: inroad text escape",
            code=Exit.REFUSED,
        )
    if length > MAX_COMMENTARY:
        raise CommandFailed(f"{length - MAX_COMMENTARY:,} characters too many", code=Exit.REFUSED)


def _read() -> str:
    return typer.get_text_stream("stdin").read()
