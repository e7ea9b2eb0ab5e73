"""A service that publishes, as a process to be killed: `python service_process.py SETUP.json`.

It says `ready` when it has picked up what its predecessor left, and ends when every post is settled.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from inroad.common.clock import SystemClock
from inroad.common.urn import Urn
from inroad.sdk.client import AsyncClient
from inroad.sdk.wire import Environment
from inroad.service.audit.actions import Audit
from inroad.service.database import Database
from inroad.service.engine.local import LocalEngine
from inroad.service.publishing.actions import Publishing
from inroad.service.publishing.effects import Policy
from inroad.service.publishing.media import MediaStore
from inroad.service.settings import Settings
from inroad.service.who import Permission, Who
from inroad.service.worker import Worker

QUICK = Policy(first_look_after=timedelta(seconds=0.2), resend_after=timedelta(seconds=1.5))
WHO = Who(person_id="p1", workspace_id="w1", request_id="r1", address="127.0.0.1")
_OPEN = "('scheduled', 'preparing', 'prepared', 'sending', 'verifying')"


@dataclass(frozen=True, kw_only=True)
class SomeAuthor:
    id: str
    urn: Urn
    member_urn: Urn
    kind: Literal["member", "organization"]
    name: str
    role: str
    scopes: frozenset[str]
    connection_id: str
    workspace_id: str = "w1"
    app_id: str = "app1"
    products: frozenset[str] = frozenset({"Community Management API"})
    issued_at: datetime | None = None
    usable_until: datetime | None = None
    problem: str | None = None


@dataclass
class SomeConnections:
    url: str
    tokens: dict[str, str]
    by_id: dict[str, SomeAuthor]
    clients: dict[str, AsyncClient] = field(default_factory=dict)

    async def author(self, tx: AsyncConnection, author_id: str) -> SomeAuthor | None:
        return self.by_id.get(author_id)

    async def authors(self, who: Who) -> Sequence[SomeAuthor]:
        return list(self.by_id.values())

    async def client_for(self, connection_id: str) -> AsyncClient:
        if connection_id not in self.clients:
            self.clients[connection_id] = AsyncClient(
                self.tokens[connection_id], environment=Environment.sandbox(self.url)
            )
        return self.clients[connection_id]

    async def close(self) -> None:
        for client in self.clients.values():
            await client.close()


class OpenGate:
    async def check(self, tx: AsyncConnection, who: Who, permission: Permission) -> None:
        return None


@asynccontextmanager
async def opened(setup: dict[str, Any]) -> AsyncIterator[tuple[Database, LocalEngine, Publishing]]:
    """Open the service on its folder."""
    folder, clock, gate = Path(setup["folder"]), SystemClock(), OpenGate()
    settings = Settings.from_environment(
        {"INROAD_DATA_DIR": str(folder / "data"), "INROAD_ROOT_KEY_FILE": str(folder / "root.key")}
    )
    authors = {
        one["id"]: SomeAuthor(
            **{
                **one,
                "urn": Urn.parse(one["urn"]),
                "member_urn": Urn.parse(one["member_urn"]),
                "scopes": frozenset(one["scopes"]),
            }
        )
        for one in setup["authors"]
    }
    connections = SomeConnections(setup["url"], setup["tokens"], authors)
    async with Database.open(settings) as db:
        await db.migrate()
        engine = LocalEngine(db, clock=clock)
        publishing = Publishing(
            db,
            clock,
            gate,
            engine=engine,
            connections=connections,
            audit=Audit(db, clock, gate),
            media=MediaStore(settings.media_dir, max_bytes=2**20),
            policy=QUICK,
        )
        try:
            yield db, engine, publishing
        finally:
            await connections.close()


async def main(setup: dict[str, Any]) -> None:
    async with opened(setup) as (db, engine, publishing):
        worker = Worker(engine, publishing)
        working = asyncio.create_task(worker.run())
        print("ready", flush=True)  # noqa: T201
        while True:
            await asyncio.sleep(0.1)
            if working.done():
                await working
                return
            async with db.read() as tx:
                left = (await tx.execute(text(f"SELECT count(*) FROM posts WHERE state IN {_OPEN}"))).scalar()
            if not left:
                worker.stop()
                await working
                return


if __name__ == "__main__":
    asyncio.run(main(json.loads(Path(sys.argv[1]).read_text())))
