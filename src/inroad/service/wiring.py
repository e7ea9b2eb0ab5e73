"""Builds the service: constructs every room and hands them to each other. Nothing here decides."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Self

from inroad.common.clock import Clock, SystemClock
from inroad.sdk.drivers import AsyncTransport
from inroad.sdk.transport import AsyncHttpTransport
from inroad.sdk.wire import LINKEDIN, Environment
from inroad.service.accounts.actions import Accounts, SessionRules
from inroad.service.accounts.gate import MembershipGate
from inroad.service.accounts.passwords import Passwords
from inroad.service.audit.actions import Audit
from inroad.service.connections.actions import Connections
from inroad.service.connections.grants import Grants
from inroad.service.connections.keys import RootKeys
from inroad.service.connections.linkedin import LinkedIn
from inroad.service.connections.vault import Vault
from inroad.service.database import Database
from inroad.service.engine.local import LocalEngine
from inroad.service.engine.port import Engine
from inroad.service.errors import ConfigurationError
from inroad.service.publishing.actions import Publishing
from inroad.service.publishing.media import MediaStore
from inroad.service.settings import Settings
from inroad.service.who import Gate
from inroad.service.worker import Worker

_MAX_CONNECTIONS = 512
"""To LinkedIn at once, so that posts due in the same second do not wait for each other; half of what a process may
commonly have open."""

LINKEDIN_PAGES = "https://www.linkedin.com"
"""Where people see posts."""


@dataclass(slots=True, kw_only=True)
class Services:
    """Everything the service can do, for `web` and `cli`. Made by `Services.open`."""

    settings: Settings
    clock: Clock
    db: Database
    gate: Gate
    audit: Audit
    accounts: Accounts
    connections: Connections
    vault: Vault
    engine: Engine
    publishing: Publishing
    _workers: int = field(default=0, init=False)

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        settings: Settings,
        *,
        clock: Clock | None = None,
        transport: AsyncTransport | None = None,
        passwords: Passwords | None = None,
    ) -> AsyncGenerator[Self]:
        """Open the database, bring its tables up to date, open the vault, and build the rooms.

        Args:
            settings: What the environment says.
            clock: Whose time counts; the machine's when left out.
            transport: What LinkedIn is reached through; connections of its own when left out.
            passwords: How passwords are hashed; argon2id with its library's defaults when left out.

        Raises:
            ConfigurationError: a setting cannot be used.
            DatabaseInUse: another inroad holds the SQLite file.
            WrongRootKey: this is not the root key that the database was sealed with.
        """
        clock = clock or SystemClock()
        _make_data_dir(settings)
        async with Database.open(settings) as db, _opened(transport) as wire:
            await db.migrate()
            gate = MembershipGate()
            audit = Audit(db, clock, gate)
            root_keys = RootKeys(given=settings.root_key, file=settings.root_key_file)
            vault = await Vault.open(db, clock, root_keys)
            linkedin = LinkedIn(
                wire, environment=_environment(settings), version=settings.linkedin_version, clock=clock
            )
            grants = Grants(db, audit, clock, vault=vault, linkedin=linkedin, refresh_ahead=settings.refresh_ahead)
            connections = Connections(
                db,
                audit,
                gate,
                clock,
                grants=grants,
                linkedin=linkedin,
                callback_url=settings.callback_url,
                given_app=settings.linkedin_app,
            )
            await connections.give_apps()
            engine = LocalEngine(db, clock=clock)
            yield cls(
                settings=settings,
                clock=clock,
                db=db,
                gate=gate,
                audit=audit,
                accounts=Accounts(
                    db,
                    audit,
                    gate,
                    clock,
                    public_url=settings.public_url,
                    rules=SessionRules(idle=settings.session_idle, longest=settings.session_max),
                    passwords=passwords,
                    on_founded=connections.give_app,
                ),
                connections=connections,
                vault=vault,
                engine=engine,
                publishing=Publishing(
                    db,
                    clock,
                    gate,
                    engine=engine,
                    connections=connections,
                    audit=audit,
                    media=MediaStore(settings.media_dir, max_bytes=settings.max_upload_bytes),
                    lead_time=settings.lead_time,
                    link_base=settings.linkedin_url or LINKEDIN_PAGES,
                ),
            )

    async def run_worker(self) -> None:
        """Do the due work until this task is cancelled; what was sent by then is brought to its end.

        Of several processes on one PostgreSQL database one works and the others stand by.
        """
        async with self.db.only_one("inroad worker"):
            self._workers += 1
            try:
                await Worker(self.engine, self.publishing).run()
            finally:
                self._workers -= 1

    def is_working(self) -> bool:
        """Tell whether this process does the due work."""
        return self._workers > 0


def _make_data_dir(settings: Settings) -> None:
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError("INROAD_DATA_DIR", f"{settings.data_dir} cannot be made: {error.strerror}") from error


@asynccontextmanager
async def _opened(transport: AsyncTransport | None) -> AsyncGenerator[AsyncTransport]:
    if transport is not None:
        yield transport  # whoever gave it closes it
        return
    own = AsyncHttpTransport(max_connections=_MAX_CONNECTIONS)
    try:
        yield own
    finally:
        await own.close()


def _environment(settings: Settings) -> Environment:
    return LINKEDIN if settings.linkedin_url is None else Environment.sandbox(settings.linkedin_url)
