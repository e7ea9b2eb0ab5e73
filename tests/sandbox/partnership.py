"""A partner with a child application, a member's app beside it, and a receiver of webhooks on this machine."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2

from inroad.sandbox.app import create_app
from inroad.sandbox.oauth.tokens import issue
from inroad.sandbox.resources.provisioning.routes import provision
from inroad.sandbox.switches import Switches
from inroad.sandbox.world import App, Member, Organization, Role, World

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NORTHWIND = "urn:li:organization:90210001"
ADA = "urn:li:person:ada"
LONG_TEXT = (
    "<p>At least one hundred characters of real text describing duties, team, tools and how we hire go here.</p>"
)
EVERY_PRODUCT = ["Job Posting API", "Apply Connect", "Pay for Performance Jobs"]


def new_world(profile: str = "today", **switches: Any) -> World:
    world = World(switches=Switches(profile, {k.replace("__", "."): v for k, v in switches.items()}))
    world.clock.frozen_at = NOW
    world.apps["demo-app"] = App(client_id="demo-app", client_secret="demo-secret", name="Demo", scopes=["*"])
    world.apps["partner"] = App(
        client_id="partner", client_secret="partner-secret", name="Partner", products=list(EVERY_PRODUCT)
    )
    world.apps["plain"] = App(client_id="plain", client_secret="plain-secret", name="Plain")
    world.members["ada"] = Member(
        id="ada",
        email="ada@example.test",
        first_name="Ada",
        last_name="Okafor",
        headline="Data engineer",
        vanity_name="ada-okafor",
        connections=412,
    )
    world.members["ben"] = Member(
        id="ben", email="ben@example.test", first_name="Ben", last_name="Ito", vanity_name="ben-ito", connections=9
    )
    world.members["cleo"] = Member(id="cleo", email="cleo@example.test", first_name="Cleo", last_name="Sand")
    world.organizations[90210001] = Organization(
        id=90210001,
        name="Northwind Works",
        vanity_name="northwind-works",
        industries=["urn:li:industry:4"],
        roles=[Role(member="ada")],
    )
    return world


def child_of(world: World, foreign_id: str = "acme") -> App:
    return provision(world, parent=world.apps["partner"], foreign_id=foreign_id, name="Acme Recruiting")


def job(external_id: str = "NW-1", operation: str = "CREATE", **more: Any) -> dict[str, Any]:
    element = {
        "externalJobPostingId": external_id,
        "jobPostingOperationType": operation,
        "company": NORTHWIND,
        "companyApplyUrl": "https://jobs.example.test/1",
        "title": "Backend engineer",
        "description": LONG_TEXT,
        "listedAt": 1_763_900_000_000,
        "location": "Dublin, Leinster, Ireland",
        "availability": "PUBLIC",
        "posterEmail": "hr@example.test",
        **more,
    }
    return {name: value for name, value in element.items() if value is not None}


@dataclass
class Api:
    """The sandbox as a partner's program sees it; 1.0.0 rules unless a header says otherwise."""

    world: World
    client: httpx2.AsyncClient

    def token(self, app: str, member: str | None = None, scopes: str = "") -> str:
        return issue(self.world, client_id=app, member_id=member, scopes=scopes.split()).access_token

    async def send(self, method: str, path: str, *, app: str, **more: Any) -> httpx2.Response:
        token = self.token(app, more.pop("member", None), more.pop("scopes", ""))
        headers = {"authorization": f"Bearer {token}", **more.pop("headers", {})}
        if path.startswith("/rest"):
            headers.setdefault("linkedin-version", "202604")
        return await self.client.request(method, path, headers=headers, **more)

    async def post_jobs(self, app: str, *elements: Any, base: str = "/rest", **more: Any) -> httpx2.Response:
        headers = {"x-restli-method": "batch_create", **more.pop("headers", {})}
        path = f"{base}/simpleJobPostings"
        return await self.send("POST", path, app=app, json={"elements": list(elements)}, headers=headers, **more)

    async def list_job(self, app: str, external_id: str = "NW-1", **more: Any) -> dict[str, Any]:
        """Post a job, let its task settle, and return the task."""
        answer = await self.post_jobs(app, job(external_id, **more))
        assert answer.status_code == 200, answer.text
        self.pass_time(1)
        return await self.task(app, answer.json()["elements"][0]["id"])

    async def task(self, app: str, urn: str) -> dict[str, Any]:
        answer = await self.send("GET", f"/rest/simpleJobPostingTasks?ids={urn}", app=app)
        found: dict[str, Any] = answer.json()["results"][urn]
        return found

    async def status(self, app: str, external_id: str = "NW-1") -> dict[str, Any]:
        answer = await self.send("GET", f"/v2/jobPostingStatus?ids={external_id}", app=app)
        found: dict[str, Any] = answer.json()["results"][external_id]
        return found

    def pass_time(self, seconds: float = 0, **more: float) -> None:
        self.world.clock.advance(timedelta(seconds=seconds, **more))


@contextmanager
def api_of(world: World) -> Iterator[Api]:
    app = create_app(world, public_url="http://linkedin.test")
    transport = httpx2.ASGITransport(app=app)
    yield Api(world, httpx2.AsyncClient(transport=transport, base_url="http://linkedin.test"))


@dataclass
class Receiver:
    """A small web server that answers challenges with some secrets and keeps what it is sent."""

    url: str = ""
    secrets: list[str] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)  # of the next POSTs; then 200
    received: list[dict[str, Any]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    signatures: list[str] = field(default_factory=list)
    challenges: list[dict[str, list[str]]] = field(default_factory=list)
    content_type: str = "application/json"
    challenge_status: int = 200
    has_received: threading.Event = field(default_factory=threading.Event)

    def hash(self, text: str) -> str:
        return hmac.new(self.secrets[0].encode(), text.encode(), hashlib.sha256).hexdigest()


@contextmanager
def receiving(secret: str) -> Iterator[Receiver]:
    """Run a receiver for as long as the block lasts."""
    kept = Receiver(secrets=[secret])

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            query = parse_qs(urlsplit(self.path).query)
            kept.challenges.append(query)
            code = query["challengeCode"][0]
            body = {"challengeCode": code, "challengeResponse": kept.hash(code)}
            self._answer(kept.challenge_status, json.dumps(body).encode())

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["content-length"]))
            kept.raw.append(raw)
            kept.received.append(json.loads(raw))
            kept.signatures.append(self.headers.get("x-li-signature", ""))
            self._answer(kept.statuses.pop(0) if kept.statuses else 200, b"{}")
            kept.has_received.set()

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("content-type", kept.content_type)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_said: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        kept.url = f"http://127.0.0.1:{server.server_port}/hook"
        try:
            yield kept
        finally:
            server.shutdown()
            thread.join()
