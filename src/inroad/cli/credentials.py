"""Which service this person is signed in to: one file of theirs, readable by nobody else."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

import typer

from inroad.cli.exits import CommandFailed, Exit
from inroad.common.secret import Secret


@dataclass(frozen=True, slots=True)
class Credentials:
    """The address of a service and an API key for it."""

    url: str
    api_key: Secret


def default_file() -> Path:
    """Return the file where `inroad login` keeps its credentials."""
    return Path(typer.get_app_dir("inroad")) / "credentials.json"


def save(credentials: Credentials, file: Path) -> None:
    """Write the credentials so that only their owner may read them; an interrupted write leaves the old file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".new")
    draft.unlink(missing_ok=True)
    text = json.dumps({"url": credentials.url, "api_key": credentials.api_key.reveal()})
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(text)
    draft.replace(file)


def load(file: Path) -> Credentials:
    """Read what `save` wrote.

    Raises:
        CommandFailed: nobody is signed in here, or the file is not ours.
    """
    try:
        held = json.loads(file.read_text(encoding="utf-8"))
        return Credentials(url=str(held["url"]), api_key=Secret(held["api_key"]))
    except FileNotFoundError:
        raise CommandFailed(
            "you are not signed in to a service",
            hint="sign in first: inroad login --url http://127.0.0.1:8000",
            code=Exit.NOT_SIGNED_IN,
        ) from None
    except (ValueError, KeyError, TypeError) as problem:
        raise CommandFailed(
            f"{file} does not hold credentials",
            hint="sign in again: inroad login",
            code=Exit.NOT_SIGNED_IN,
        ) from problem
