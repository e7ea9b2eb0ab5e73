"""`inroad post` and `inroad posts`: plan a post from the command line, and see what became of them."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from inroad.cli.credentials import default_file, load
from inroad.cli.exits import CommandFailed, Exit
from inroad.cli.service import Service

CredentialsFile = Annotated[
    Path | None, typer.Option(help="Where the credentials are kept.", envvar="INROAD_CREDENTIALS", show_default=False)
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]


def post(
    text: Annotated[str, typer.Argument(help="The text; '-' reads it from standard input.")],
    image: Annotated[list[Path] | None, typer.Option(help="A picture (JPEG, PNG, GIF); may be given again.")] = None,
    alt: Annotated[list[str] | None, typer.Option(help="Alternative text, one per picture, in their order.")] = None,
    at: Annotated[str | None, typer.Option(help="Wall-clock time, such as '2026-12-01 09:00'; left out: now.")] = None,
    zone: Annotated[str | None, typer.Option(help="Time zone of --at, such as Europe/Berlin.")] = None,
    author: Annotated[str | None, typer.Option(help="Name, URN or id of the author; left out: the only one.")] = None,
    visibility: Annotated[str, typer.Option(help="PUBLIC, CONNECTIONS or LOGGED_IN.")] = "PUBLIC",
    as_json: AsJson = False,
    credentials: CredentialsFile = None,
) -> None:
    """Publish a post, now or at a time.

    Example: inroad post "We opened our second workshop." --image a.jpg --at "2026-12-01 09:00" --zone Europe/Berlin
    """
    images, alts = image or [], alt or []
    if len(alts) > len(images):
        raise CommandFailed("there are more --alt texts than pictures", code=Exit.USAGE)
    if at is not None and zone is None:
        raise CommandFailed(
            f"--at {at!r} needs its time zone", hint="add for example --zone Europe/Berlin", code=Exit.USAGE
        )
    if text == "-":
        text = typer.get_text_stream("stdin").read().rstrip("\n")
    with Service(load(credentials or default_file())) as service:
        media: list[dict[str, Any]] = []
        for position, file in enumerate(images):
            stored = service.upload("/media", file)
            media.append({"id": stored["id"], "alt_text": alts[position] if position < len(alts) else ""})
        body: dict[str, Any] = {"text": text, "media": media, "visibility": visibility.upper()}
        if author is not None:
            body["author"] = author
        if at is not None:
            body |= {"at": at, "zone": zone}
        planned = service.post("/posts", body)
        if as_json:
            typer.echo(json.dumps(planned, ensure_ascii=False))
            return
        when = f"Scheduled for {planned['when']}" if at is not None else "On its way"
        typer.echo(f"{when}, as {planned['author']['name']}.")
        for finding in planned.get("findings", []):
            typer.echo(f"  note: {finding['message']}")
        typer.echo(f"  {service.url}/posts/{planned['id']}")


def posts(
    state: Annotated[str | None, typer.Option(help="Only posts in this state, such as scheduled or published.")] = None,
    limit: Annotated[int, typer.Option(help="How many at the most.", min=1, max=200)] = 50,
    as_json: AsJson = False,
    credentials: CredentialsFile = None,
) -> None:
    """List posts with their time, author and state.

    Example: inroad posts --state scheduled
    """
    with Service(load(credentials or default_file())) as service:
        filters: dict[str, str | int] = {"limit": limit}
        if state is not None:
            filters["state"] = state
        found = service.get("/posts", **filters)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
        return
    if not found["posts"]:
        typer.echo('No posts yet. Write one: inroad post "Hello"')
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("When", "Author", "State", "Text", "LinkedIn"):
        table.add_column(heading, no_wrap=heading != "Text", overflow="ellipsis")
    for one in found["posts"]:
        table.add_row(one["when"], one["author"]["name"], one["state"], one["text"], one.get("urn") or "")
    Console().print(table)
