"""The sandbox as a process: one world, one port, a file to keep it in."""

import errno
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Final

import uvicorn

from inroad.sandbox.app import create_app
from inroad.sandbox.seeds import default_seed, read_seed_file
from inroad.sandbox.storage import load
from inroad.sandbox.switches import Switches
from inroad.sandbox.world import World

DEFAULT_PORT: Final = 9100


class CannotServe(Exception):
    """The sandbox cannot start; the message is one line that says what to do."""


class _Server(uvicorn.Server):
    """Uvicorn's server, telling somebody when it listens."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_ready()


def serve(
    port: int = DEFAULT_PORT,
    host: str = "127.0.0.1",
    profile: str | None = None,
    seed_file: Path | None = None,
    *,
    data: Path | None = None,
    public_url: str | None = None,
    access_log: bool = False,
    on_ready: Callable[[str], None] | None = None,
) -> None:
    """Run a sandbox until the process is told to stop.

    Args:
        port: Where to listen; 0 takes a free one.
        host: The address to listen at.
        profile: `today`, `guide` or `lenient`; wins over the seed's and over a saved world's.
        seed_file: A TOML seed; left out, a small world of its own.
        data: A file that keeps the world: loaded when it is there, written soon after each change and at the end.
        public_url: The address that callers see, where it is not the one they call.
        access_log: Print a line for each request.
        on_ready: Called with the sandbox's address once it answers.

    Raises:
        CannotServe: the port is taken, or the address is not this machine's.
        ValueError: the seed or the saved world is no good; says where.
    """

    def seed() -> World:
        return default_seed(profile) if seed_file is None else read_seed_file(seed_file, profile=profile)

    listener = listen(host, port)
    with listener:
        world = _first_world(seed, data, profile)
        app = create_app(world, seed=seed, save_to=data, public_url=public_url)
        config = uvicorn.Config(
            app,
            access_log=access_log,
            log_level="info" if access_log else "warning",
            lifespan="on",
            timeout_graceful_shutdown=3,
        )
        address = public_url or f"http://{_shown(host)}:{listener.getsockname()[1]}"
        _Server(config, lambda: on_ready(address) if on_ready is not None else None).run(sockets=[listener])


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens there.

    Raises:
        CannotServe: says which port is taken and what to do.
    """
    if not 0 <= port <= 65_535:
        raise CannotServe(f"port must be 0 to 65535, got {port}")
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            raise CannotServe(
                f"port {port} at {host} is in use: stop what listens there, or choose another port"
            ) from problem
        if problem.errno == errno.EACCES:
            raise CannotServe(
                f"port {port} needs more rights than this process has: choose one above 1023"
            ) from problem
        raise CannotServe(f"cannot listen at {host}:{port}: {problem.strerror or problem}") from problem


def _first_world(seed: Callable[[], World], data: Path | None, profile: str | None) -> World:
    saved = None if data is None else load(data)
    if saved is None:
        return seed()
    if profile is not None and profile != saved.switches.profile:
        saved.switches = Switches(profile, saved.switches.to_values()["set"])
    return saved


def _shown(host: str) -> str:
    if host in ("0.0.0.0", "::"):  # noqa: S104 - only shown
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
