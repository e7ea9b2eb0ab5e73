"""`inroad up`: the service, with the worker in the same process."""

import asyncio
import contextlib
import os
from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING

import typer

from inroad.cli.exits import CommandFailed
from inroad.cli.serving import Served, listen, serve_together

if TYPE_CHECKING:
    from inroad.service.settings import Settings
    from inroad.service.wiring import Services


def up() -> None:
    """Start the service. Settings are environment variables; see the documentation's page on settings.

    Example: INROAD_DATA_DIR=/var/lib/inroad INROAD_PUBLIC_URL=https://inroad.example.org inroad up
    """
    # Late: the service is an extra of its own.
    try:
        from inroad.service.errors import ServiceError  # noqa: PLC0415
        from inroad.service.settings import Settings  # noqa: PLC0415
    except ModuleNotFoundError as missing:
        raise CommandFailed(
            f"the service needs {missing.name}", hint="install it: pip install 'inroad[service]'"
        ) from missing
    try:
        asyncio.run(_run(Settings.from_environment(os.environ)))
    except ServiceError as problem:
        raise CommandFailed(str(problem), hint=problem.fix) from problem


async def _run(settings: "Settings") -> None:
    from inroad.service.wiring import Services  # noqa: PLC0415 - as above
    from inroad.web.app import create_app  # noqa: PLC0415

    with listen(settings.host, settings.port, what="the service", option="INROAD_PORT=8001") as listener:
        async with Services.open(settings) as services, working(services):
            entry = await entry_link(services)

            def tell() -> None:
                typer.echo(f"inroad answers at {settings.public_url}")
                if entry is not None:
                    typer.echo(f"Introduce the owner (works once): {entry}")

            await serve_together([Served(app=create_app(services), listener=listener)], on_ready=tell)


@contextlib.asynccontextmanager
async def working(services: "Services") -> AsyncGenerator[None]:
    """Do the due work beside whatever happens inside, where the settings ask this process to."""
    if not services.settings.worker:
        yield
        return
    task = asyncio.create_task(services.run_worker(), name="worker")
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def entry_link(services: "Services") -> str | None:
    """Return the first-run link while nobody owns this installation."""
    if await services.accounts.has_owner():
        return None
    return await services.accounts.create_first_run_link()
