"""Runs one or more ASGI applications in this process until it is told to stop."""

import asyncio
import contextlib
import os
import signal
import socket
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Any

import uvicorn

from inroad.cli.exits import CommandFailed, Exit


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """An application and the socket that it answers on."""

    app: Any
    listener: socket.socket


class _Quiet(uvicorn.Server):
    """A server that leaves the process's signals to whoever runs several."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield


def listen(host: str, port: int, *, what: str, option: str) -> socket.socket:
    """Return a socket that listens there.

    Args:
        host: The address.
        port: The port; 0 takes a free one.
        what: Who listens, for the message, such as "the service".
        option: How to choose another port, for the message.

    Raises:
        CommandFailed: the port is taken or not ours.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=2048)
    except (OSError, OverflowError) as problem:
        reason = os.strerror(problem.errno) if isinstance(problem, OSError) and problem.errno else str(problem)
        raise CommandFailed(
            f"{what} cannot listen on port {port} of {host}: {reason[:1].lower()}{reason[1:]}",
            hint=f"stop what uses it, or choose another port: {option}",
            code=Exit.FAILED,
        ) from problem


async def serve_together(served: Sequence[Served], *, on_ready: Callable[[], Any]) -> None:
    """Serve every application until SIGINT or SIGTERM; a second one does not wait for open requests.

    Args:
        served: The applications.
        on_ready: Called once all of them answer.
    """
    servers = [
        _Quiet(
            uvicorn.Config(
                one.app, lifespan="auto", access_log=False, log_level="warning", timeout_graceful_shutdown=5, ws="none"
            )
        )
        for one in served
    ]

    def stop() -> None:
        for server in servers:
            server.force_exit = server.should_exit
            server.should_exit = True

    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop)
    tasks = [
        asyncio.create_task(server.serve(sockets=[one.listener])) for server, one in zip(servers, served, strict=True)
    ]
    try:
        while not all(server.started for server in servers):
            if any(task.done() for task in tasks):
                break
            await asyncio.sleep(0.01)
        else:
            on_ready()
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stop()
        await asyncio.gather(*tasks)
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(name)
