"""`inroad demo`: sandbox and service in one process, with a believable world. What `make demo` starts."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from inroad.cli.exits import CommandFailed
from inroad.cli.serving import Served, listen, serve_together
from inroad.cli.up import working

if TYPE_CHECKING:
    from inroad.sandbox.world import World
    from inroad.service.settings import Settings
    from inroad.service.wiring import Services

_HOST = "127.0.0.1"
_APP = "demo-app"
_PRODUCTS = ("Sign In with LinkedIn using OpenID Connect", "Share on LinkedIn", "Community Management API")


def demo(
    service_port: Annotated[int, typer.Option(help="Port of the service.", min=1, max=65535)] = 8000,
    sandbox_port: Annotated[int, typer.Option(help="Port of the sandbox.", min=1, max=65535)] = 9100,
    data: Annotated[Path, typer.Option(help="Folder that keeps everything.")] = Path("data/demo"),
) -> None:
    """Start the whole product on this machine, with a sandbox in LinkedIn's place.

    Example: inroad demo --data data/demo
    """
    # Late: service and sandbox are extras of their own.
    from inroad.service.errors import ServiceError  # noqa: PLC0415

    try:
        asyncio.run(_run(service_port, sandbox_port, data))
    except ServiceError as problem:
        raise CommandFailed(str(problem), hint=problem.fix) from problem


async def _run(service_port: int, sandbox_port: int, data: Path) -> None:
    from inroad.sandbox.app import create_app as create_sandbox  # noqa: PLC0415 - as above
    from inroad.service.wiring import Services  # noqa: PLC0415
    from inroad.web.app import create_app as create_web  # noqa: PLC0415

    settings = _settings(service_port, sandbox_port, data)
    sandbox_url = f"http://{_HOST}:{sandbox_port}"
    kept = data / "sandbox" / "world.json"
    with (
        listen(_HOST, sandbox_port, what="the sandbox", option="make demo SANDBOX_PORT=9101") as for_sandbox,
        listen(_HOST, service_port, what="the service", option="make demo SERVICE_PORT=8001") as for_service,
    ):
        world = _world(kept, settings.callback_url)
        sandbox = create_sandbox(world, save_to=kept, public_url=sandbox_url)
        async with Services.open(settings) as services, working(services):
            link = await _sign_in_link(services)

            def tell() -> None:
                member = next(iter(world.members.values()))
                typer.echo(
                    f"\n  inroad   {settings.public_url}\n"
                    f"  sandbox  {sandbox_url}\n\n"
                    f"  Sign in: {link}\n\n"
                    f"  The sandbox's consent page knows {member.email} with the password {member.password}.\n"
                    f"  Everything is kept in {data}. Stop with Ctrl+C.\n"
                )

            await serve_together(
                [Served(app=sandbox, listener=for_sandbox), Served(app=create_web(services), listener=for_service)],
                on_ready=tell,
            )


def _settings(service_port: int, sandbox_port: int, data: Path) -> "Settings":
    from inroad.service.settings import Settings  # noqa: PLC0415 - as above

    home = data.resolve()
    return Settings.from_environment(
        {
            "INROAD_DATA_DIR": str(home / "service"),
            "INROAD_HOST": _HOST,
            "INROAD_PORT": str(service_port),
            "INROAD_PUBLIC_URL": f"http://localhost:{service_port}",
            "INROAD_ROOT_KEY_FILE": str(home / "keys" / "root.key"),
            "INROAD_LINKEDIN_URL": f"http://{_HOST}:{sandbox_port}",
            "INROAD_LINKEDIN_APP": _APP,
            "INROAD_LINKEDIN_PRODUCTS": ", ".join(_PRODUCTS),
            "INROAD_LINKEDIN_SECRET": "demo-secret-not-a-real-one",
        }
    )


def _world(kept: Path, callback_url: str) -> "World":
    from inroad.sandbox.seeds import default_seed  # noqa: PLC0415 - as above
    from inroad.sandbox.storage import load  # noqa: PLC0415

    try:
        world = load(kept) or default_seed()
    except ValueError as problem:
        raise CommandFailed(str(problem), hint="forget the demo's data: make demo-reset") from problem
    app = world.apps[_APP]
    if callback_url not in app.redirect_urls:
        app.redirect_urls.append(callback_url)
    return world


async def _sign_in_link(services: "Services") -> str:
    if await services.accounts.has_owner():
        return await services.accounts.create_sign_in_link()
    return await services.accounts.create_first_run_link()
