"""A service that publishes to a sandbox in this process, both on one clock that a test turns."""

import io
import random
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import pytest
from PIL import Image
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from inroad.common.clock import from_millis, to_millis
from inroad.common.urn import Urn, organization, person
from inroad.sandbox.resources.posts.state import Post as LivePost
from inroad.sdk.client import AsyncClient
from inroad.service.audit.actions import Audit
from inroad.service.database import Database
from inroad.service.engine.local import LocalEngine
from inroad.service.publishing.actions import PostPage, PostView, Publishing
from inroad.service.publishing.media import MediaStore
from inroad.service.publishing.model import State
from inroad.service.who import Permission, Who
from inroad.testing import LinkedIn

ADA = "sBx7kQ2mWa"
NORTHWIND = 90210001
NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MEMBER_SCOPES = ("openid", "profile", "w_member_social")
PAGE_SCOPES = (*MEMBER_SCOPES, "w_organization_social", "r_organization_social", "rw_organization_admin")


@dataclass(frozen=True, kw_only=True)
class SomeAuthor:
    id: str
    urn: Urn
    kind: Literal["member", "organization"]
    name: str
    role: str
    connection_id: str
    scopes: frozenset[str]
    workspace_id: str = "w1"
    app_id: str = "app1"
    products: frozenset[str] = frozenset({"Community Management API"})
    member_urn: Urn = field(default_factory=lambda: person(ADA))
    issued_at: datetime | None = NINE - timedelta(days=1)
    usable_until: datetime | None = NINE + timedelta(days=60)
    problem: str | None = None


@dataclass
class SomeConnections:
    """Connections kept in memory."""

    linkedin: LinkedIn
    by_id: dict[str, SomeAuthor] = field(default_factory=dict)
    clients: dict[str, AsyncClient] = field(default_factory=dict)

    async def author(self, tx: AsyncConnection, author_id: str) -> SomeAuthor | None:
        return self.by_id.get(author_id)

    async def authors(self, who: Who) -> Sequence[SomeAuthor]:
        return list(self.by_id.values())

    async def client_for(self, connection_id: str) -> AsyncClient:
        return self.clients[connection_id]


class OpenGate:
    async def check(self, tx: AsyncConnection, who: Who, permission: Permission) -> None:
        return None


WHO = Who(person_id="p1", workspace_id="w1", request_id="r1", address="127.0.0.1")


@dataclass
class House:
    """The service in a test."""

    db: Database
    linkedin: LinkedIn
    connections: SomeConnections
    folder: Path
    who: Who = WHO
    engine: LocalEngine = field(init=False)
    publishing: Publishing = field(init=False)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Begin again as a new process would."""
        gate = OpenGate()
        self.engine = LocalEngine(self.db, clock=self.linkedin, dice=random.Random(7))
        self.publishing = Publishing(
            self.db,
            self.linkedin,
            gate,
            engine=self.engine,
            connections=self.connections,
            audit=Audit(self.db, self.linkedin, gate),
            media=MediaStore(self.folder, max_bytes=20 * 2**20),
            dice=random.Random(7),
        )

    async def plan(self, text: str, *, author: str = "jonas", wait: timedelta | None = None, **more: Any) -> PostView:
        if wait is not None:
            more["local_time"] = (self.linkedin.now() + wait).replace(tzinfo=None)
        return await self.publishing.schedule_post(self.who, author_id=author, text=text, zone="UTC", **more)

    async def page(self, view: PostView) -> PostPage:
        return await self.publishing.post(self.who, view.post.id)

    async def state(self, view: PostView) -> State:
        return (await self.page(view)).view.post.state

    async def steps(self, view: PostView) -> list[str]:
        return [line.step for line in (await self.page(view)).timeline]

    async def live(self, **span: float) -> None:
        """Let that much time pass, every job running at its time."""
        end = self.linkedin.now() + timedelta(**span)
        while True:
            await self.engine.drain()
            at = await self._next_job()
            if at is None or at > end:
                break
            self.linkedin.clock.set(max(at, self.linkedin.now()))
        self.linkedin.clock.set(end)

    async def _next_job(self) -> datetime | None:
        async with self.db.read() as tx:
            found = await tx.execute(
                text("SELECT min(run_at) FROM jobs WHERE state = 'waiting' AND kind <> 'publish.tidy'")
            )
            at = found.scalar()
        return None if at is None else from_millis(at)

    def live_posts(self, words: str) -> list[LivePost]:
        return [post for post in self.linkedin.posts if post.text == words]

    async def picture(self, name: str = "bench.jpg", *, size: tuple[int, int] = (640, 480), form: str = "JPEG") -> str:
        out = io.BytesIO()
        Image.new("RGB", size, (20, 90, 160)).save(out, form)

        async def parts() -> AsyncIterator[bytes]:
            yield out.getvalue()

        return (await self.publishing.store_media(self.who, name, parts())).media.id


@pytest.fixture
def dialect(request: pytest.FixtureRequest) -> str:
    """SQLite, unless a test asks for `postgresql` by an indirect parameter."""
    return getattr(request, "param", "sqlite")


@pytest.fixture
async def house(db: Database, linkedin: LinkedIn, tmp_path: Path) -> House:
    linkedin.clock.set(NINE)
    linkedin.clock.freeze()
    linkedin.clock.set(NINE)
    connections = SomeConnections(linkedin)
    for connection, scopes in (("c-member", MEMBER_SCOPES), ("c-page", PAGE_SCOPES)):
        member = ADA if connection == "c-page" else "q7Hd_2-LkZ"
        connections.clients[connection] = linkedin.async_client(scopes=scopes, member=member)
    jonas = person("q7Hd_2-LkZ")
    connections.by_id["jonas"] = SomeAuthor(
        id="jonas",
        urn=jonas,
        member_urn=jonas,
        kind="member",
        name="Jonas Weber",
        role="",
        connection_id="c-member",
        scopes=frozenset(MEMBER_SCOPES),
    )
    connections.by_id["northwind"] = SomeAuthor(
        id="northwind",
        urn=organization(NORTHWIND),
        kind="organization",
        name="Northwind Works",
        role="ADMINISTRATOR",
        connection_id="c-page",
        scopes=frozenset(PAGE_SCOPES),
    )
    await _people(db, connections)
    return House(db, linkedin, connections, tmp_path / "media")


async def _people(db: Database, connections: SomeConnections) -> None:
    at = to_millis(NINE)
    async with db.write() as tx:
        await tx.execute(text("INSERT INTO workspaces (id, name, created_at) VALUES ('w1', 'Works', :at)"), {"at": at})
        await tx.execute(
            text(
                "INSERT INTO people (id, email, name, password_hash, created_at)"
                " VALUES ('p1', 'kim@example.test', 'Kim', '-', :at)"
            ),
            {"at": at},
        )
        await tx.execute(
            text(
                "INSERT INTO apps (id, workspace_id, name, client_id, client_secret, products, created_at)"
                " VALUES ('app1', 'w1', 'Demo app', 'demo-app', :secret, '', :at)"
            ),
            {"secret": b"-", "at": at},
        )
        for number, author in enumerate(connections.by_id.values()):
            await tx.execute(
                text(
                    "INSERT INTO connections (id, workspace_id, app_id, member_urn, member_name, scopes_asked,"
                    " scopes_granted, connected_by, connected_at)"
                    " VALUES (:id, 'w1', 'app1', :urn, 'Ada', '', '', 'p1', :at)"
                ),
                {"id": author.connection_id, "urn": f"{author.member_urn}{number}", "at": at},
            )
            await tx.execute(
                text(
                    "INSERT INTO authors (id, workspace_id, connection_id, urn, kind, name, role, seen_at)"
                    " VALUES (:id, 'w1', :connection_id, :urn, :kind, :name, :role, :at)"
                ),
                {
                    "id": author.id,
                    "connection_id": author.connection_id,
                    "urn": str(author.urn),
                    "kind": author.kind,
                    "name": author.name,
                    "role": author.role,
                    "at": at,
                },
            )
