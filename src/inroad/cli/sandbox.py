"""`inroad sandbox`: LinkedIn on localhost."""

from pathlib import Path
from typing import Annotated

import typer

from inroad.cli.exits import CommandFailed, Exit

app = typer.Typer(help="LinkedIn on localhost: stateful and strict, with a clock to turn.")


@app.callback(invoke_without_command=True)
def run(
    context: typer.Context,
    port: Annotated[int, typer.Option(help="Port to listen on.", min=0, max=65535)] = 9100,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    profile: Annotated[
        str | None, typer.Option(help="today, guide or lenient; wins over the seed's own.", show_default="today")
    ] = None,
    seed: Annotated[
        Path | None, typer.Option(help="A world to start from, as TOML.", show_default="three people")
    ] = None,
    data: Annotated[
        Path | None, typer.Option(help="Folder to keep the world in; left out: forgotten at the end.")
    ] = None,
) -> None:
    """Start the sandbox.

    Example: inroad sandbox --port 9100 --profile today --seed world.toml
    """
    if context.invoked_subcommand is not None:
        return
    # Late: the sandbox is an extra of its own.
    try:
        from inroad.sandbox.serve import CannotServe, serve  # noqa: PLC0415
        from inroad.sandbox.switches import PROFILES  # noqa: PLC0415
    except ModuleNotFoundError as missing:
        raise CommandFailed(
            f"the sandbox needs {missing.name}", hint="install it: pip install 'inroad[sandbox]'"
        ) from missing
    if profile is not None and profile not in PROFILES:
        raise CommandFailed(f"no profile {profile!r}: there are {', '.join(PROFILES)}", code=Exit.USAGE)
    try:
        serve(
            port,
            host,
            profile,
            seed,
            data=None if data is None else data / "world.json",
            on_ready=lambda url: typer.echo(f"LinkedIn's sandbox answers at {url} (console: {url}/sandbox/console/)"),
        )
    except (CannotServe, ValueError) as problem:
        raise CommandFailed(str(problem)) from problem
