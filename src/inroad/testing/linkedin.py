"""A LinkedIn for one test: a sandbox in this process, clients bound to it, its clock and its faults.

Calls do not touch the network: they go straight into the sandbox. `url` starts a real server on a free port of this
machine for whatever else should talk to the same world.
"""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any

import httpx2
import uvicorn

from inroad.common.clock import SystemClock
from inroad.common.secret import Secret
from inroad.sandbox import faults
from inroad.sandbox.app import Sandbox, create_app
from inroad.sandbox.faults import ConnectionDropped
from inroad.sandbox.mould import Mould
from inroad.sandbox.oauth import tokens
from inroad.sandbox.resources.posts.state import Post, Posts
from inroad.sandbox.seeds import default_seed, read_seed, read_seed_file
from inroad.sandbox.world import App, Member, World, WorldClock
from inroad.sdk.client import AsyncClient, Client
from inroad.sdk.errors import ConnectionFailed
from inroad.sdk.flow import Response
from inroad.sdk.policy import RetryPolicy
from inroad.sdk.tokens import Token
from inroad.sdk.transport import MountedTransport
from inroad.sdk.wire import Environment, Wire

ORIGIN = "http://linkedin.test"
"""The origin of a sandbox that is reached without a network."""

NO_WAITING = RetryPolicy(first_wait_seconds=0.0, longest_wait_seconds=0.0)
"""Retries as ever, but at once: a test does not wait."""


class LinkedIn(AbstractContextManager["LinkedIn"]):
    """One emulated LinkedIn, alone in its test.

    Args:
        profile: `today` (strict), `guide` or `lenient`; the seed's own when left out.
        seed: A world as TOML text or a path of a TOML file; three members and two organizations when left out.
    """

    def __init__(self, *, profile: str | None = None, seed: str | Path | None = None) -> None:
        if seed is None:
            fresh = _mould(profile, SystemClock().now().isoformat(timespec="hours")).cast
            self.world = fresh()
            self.app: Sandbox = create_app(self.world, seed=fresh)
        else:
            self.world = _seeded(profile, seed)
            self.app = create_app(self.world)
        self._loop: _LoopThread | None = None
        self._server: _ServerThread | None = None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop what was started."""
        if self._server is not None:
            self._server.stop()
            self._server = None
        if self._loop is not None:
            self._loop.stop()
            self._loop = None

    @property
    def clock(self) -> WorldClock:
        """The sandbox's clock: `freeze()`, `set(instant)`, `advance(timedelta)`."""
        return self.world.clock

    def now(self) -> datetime:
        """Return the sandbox's instant; this object is a `Clock`."""
        return self.world.clock.now()

    def advance(self, **by: float) -> None:
        """Move the clock, as in `linkedin.advance(days=75)`."""
        self.world.clock.advance(timedelta(**by))

    @property
    def url(self) -> str:
        """The address of a real server on this machine, for other clients; it is started when first asked for."""
        if self._server is None:
            self._server = _ServerThread(self.app)
        return self._server.url

    @property
    def posts(self) -> list[Post]:
        """Every post that is there, newest first."""
        kept = self.world.state(Posts).by_urn.values()
        return sorted((p for p in kept if p.deleted_at is None), key=lambda p: p.created_at, reverse=True)

    @property
    def calls(self) -> list[dict[str, Any]]:
        """What was asked of the sandbox, oldest first, with what each call used and what was wrong with it."""
        return [entry.shown() for entry in self.app.state.journal.entries()]

    def fault(self, name: str, **details: Any) -> str:
        """Plan a fault and return its id, as in `linkedin.fault("answer_lost", method="POST", path="/rest/posts")`.

        Raises:
            ValueError: no fault of that name, or a detail that it does not take.
        """
        return str(faults.plan(self.world, {"name": name, **details})["id"])

    def token(
        self,
        *,
        scopes: Iterable[str] = ("openid", "profile", "email", "w_member_social"),
        member: str | Member | None = None,
        app: str | App | None = None,
    ) -> Token:
        """Return a fresh token without a consent page: of the first member and the first app when left out.

        Asking for other scopes ends the member's earlier tokens of that app, as at LinkedIn.
        """
        wanted_app = app.client_id if isinstance(app, App) else app or next(iter(self.world.apps))
        wanted_member = member.id if isinstance(member, Member) else member or next(iter(self.world.members))
        issued = tokens.issue(self.world, client_id=wanted_app, member_id=wanted_member, scopes=scopes)
        now = self.now()
        return Token(
            access=Secret(issued.access_token),
            issued_at=now,
            expires_at=now + timedelta(seconds=issued.expires_in),
            scopes=frozenset(issued.scopes),
        )

    def client(self, token: Token | str | None = None, **asked: Any) -> Client:
        """Return a blocking client bound to this sandbox; without a token, with `self.token(**asked)`."""
        return Client(
            self.token(**asked) if token is None else token,
            environment=Environment.sandbox(ORIGIN),
            retry=NO_WAITING,
            transport=_BlockingDoor(self.app, self._loop_thread),
            clock=self,
        )

    def async_client(self, token: Token | str | None = None, **asked: Any) -> AsyncClient:
        """Return an async client bound to this sandbox; without a token, with `self.token(**asked)`."""
        return AsyncClient(
            self.token(**asked) if token is None else token,
            environment=Environment.sandbox(ORIGIN),
            retry=NO_WAITING,
            transport=_Door(self.app),
            clock=self,
        )

    def _loop_thread(self) -> "_LoopThread":
        if self._loop is None:
            self._loop = _LoopThread()
        return self._loop


@lru_cache(maxsize=3)
def _mould(profile: str | None, _hour: str) -> Mould:
    """Return what every default world of a process is cast from; it is made anew every hour.

    The one thing that tests of a process share. Nothing can change it: it is text, and each cast reads it anew.
    """
    return Mould(default_seed(profile))


def _seeded(profile: str | None, seed: str | Path) -> World:
    return read_seed_file(seed, profile=profile) if isinstance(seed, Path) else read_seed(seed, profile=profile)


class _Door:
    """Hands an async client's requests to the sandbox."""

    def __init__(self, app: Sandbox) -> None:
        self._mounted = MountedTransport(httpx2.ASGITransport(app=app))

    async def send(self, wire: Wire) -> Response:
        try:
            return await self._mounted.send(wire)
        except ConnectionDropped as cause:
            raise ConnectionFailed(f"the sandbox broke the connection: {cause}", sent=None) from cause

    async def close(self) -> None:
        await self._mounted.close()


class _BlockingDoor:
    """Hands a blocking client's requests to the sandbox, on a loop of its own."""

    def __init__(self, app: Sandbox, loop: "Callable[[], _LoopThread]") -> None:
        self._door = _Door(app)
        self._loop = loop  # started by the first request only

    def send(self, wire: Wire) -> Response:
        return self._loop().run(self._door.send(wire))

    def close(self) -> None:
        """Keep the sandbox: it belongs to the test, not to the client."""


class _LoopThread:
    """An event loop beside the test, so that blocking clients also work where a loop runs already."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="linkedin sandbox", daemon=True)
        self._thread.start()

    def run(self, work: Any) -> Response:
        answer: Response = asyncio.run_coroutine_threadsafe(work, self._loop).result()
        return answer

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


class _ServerThread:
    """The sandbox on a free port of this machine."""

    def __init__(self, app: Sandbox) -> None:
        # It listens from here on, so that whoever connects before the server has started waits instead of failing.
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, ws="none"))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._socket]}, name="linkedin sandbox server", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()
