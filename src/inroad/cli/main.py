"""The front door of the command line: `inroad`."""

import sys
from importlib import metadata

import typer

from inroad.cli import demo, login, posts, sandbox, text, up, versions
from inroad.cli.exits import CommandFailed, end_with

app = typer.Typer(
    name="inroad",
    help="LinkedIn integration platform: SDK, self-hosted service, sandbox, testing kit.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


@app.callback(invoke_without_command=True)
def _root(version: bool = typer.Option(False, "--version", help="Print the version and end.")) -> None:
    if version:
        typer.echo(f"inroad {metadata.version('inroad')}")
        raise typer.Exit


app.command()(login.login)
app.command()(login.logout)
app.command()(posts.post)
app.command()(posts.posts)
app.command()(up.up)
app.command()(demo.demo)
app.command()(versions.versions)
app.add_typer(sandbox.app, name="sandbox")
app.add_typer(text.app, name="text")


def main() -> None:
    """Run the command line; errors are one line on stderr and an exit code of `exits.Exit`."""
    try:
        app()
    except CommandFailed as failure:
        end_with(failure)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
