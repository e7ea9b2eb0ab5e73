"""A web application with its services and a sandbox, in one process, and the people who visit it."""

import io
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape

import httpx2
from argon2 import PasswordHasher
from PIL import Image

from inroad.service.accounts.passwords import Passwords
from inroad.service.wiring import Services
from inroad.testing.linkedin import ORIGIN, LinkedIn

SITE = "http://localhost:8000"
NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
OWNER = {"name": "Ada Okafor", "email": "ada@northwind.example", "password": "twelve long words"}
WEAK = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
_CSRF = re.compile(r'name="csrf" value="([^"]+)"')


@dataclass
class Visitor:
    """A browser without a screen: keeps cookies, fills the token into forms, sends the Origin header."""

    http: httpx2.AsyncClient
    page: str = ""

    async def get(self, path: str, **headers: str) -> httpx2.Response:
        response = await self.http.get(path, headers=headers)
        self.page = response.text
        return response

    async def follow(self, response: httpx2.Response) -> httpx2.Response:
        assert response.status_code == 303, response.text
        return await self.get(response.headers["location"])

    @property
    def csrf(self) -> str:
        found = _CSRF.search(self.page)
        assert found, "the page has no form"
        return found[1]

    @property
    def words(self) -> str:
        """What a person reads on the page: no tags, no runs of blanks."""
        text = re.sub(r"<(svg|select|template|noscript)\b.*?</\1>", " ", self.page, flags=re.DOTALL)
        words = " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())
        return re.sub(r" (?=[.,;])", "", words)

    async def post(self, path: str, fields: dict[str, object] | None = None, **headers: str) -> httpx2.Response:
        """Send a form with the token of the page that was looked at last."""
        data = {"csrf": self.csrf, **(fields or {})}
        response = await self.http.post(path, data=data, headers={"Origin": SITE, **headers})
        if response.status_code != 303:
            self.page = response.text
        return response


@dataclass
class House:
    """Everything that a test of the web touches."""

    linkedin: LinkedIn
    services: Services
    transport: httpx2.ASGITransport
    clients: list[httpx2.AsyncClient] = field(default_factory=list)

    def visitor(self) -> Visitor:
        client = httpx2.AsyncClient(transport=self.transport, base_url=SITE)
        self.clients.append(client)
        return Visitor(client)

    async def owner(self) -> Visitor:
        """Walk through the first run."""
        visitor = self.visitor()
        link = (await self.services.accounts.create_first_run_link()).removeprefix(SITE)
        await visitor.get(link)
        await visitor.follow(await visitor.post(link, dict(OWNER)))
        return visitor

    async def connect(self, visitor: Visitor, *, step: str = "allow") -> httpx2.Response:
        """Press Connect LinkedIn, answer the sandbox's consent page, and come back to the callback."""
        await visitor.get("/connections")
        app_id = re.search(r'name="app_id" value="([^"]+)"', visitor.page)
        assert app_id, visitor.page
        away = await visitor.post("/connections/connect", {"app_id": app_id[1]})
        assert away.status_code == 303, away.text
        url = away.headers["location"]
        transport = httpx2.ASGITransport(app=self.linkedin.app)
        async with httpx2.AsyncClient(transport=transport, base_url=ORIGIN) as consent:
            await consent.post(
                url, data={"step": "sign_in", "email": "ada.okafor@example.test", "password": "demo-password"}
            )
            page = await consent.get(url)
            if page.is_redirect:  # LinkedIn refused without asking
                return await visitor.get(page.headers["location"].removeprefix(SITE))
            token = re.search(r'name="form_token" value="([^"]+)"', page.text)
            assert token, page.text
            back = await consent.post(url, data={"step": step, "form_token": token[1]})
        return await visitor.get(back.headers["location"].removeprefix(SITE))

    async def connected(self) -> Visitor:
        """Return the owner with a connected account."""
        visitor = await self.owner()
        response = await self.connect(visitor)
        await visitor.follow(response)
        return visitor

    async def author_id(self, visitor: Visitor, name: str = "Ada Okafor") -> str:
        await visitor.get("/compose")
        found = re.search(rf'data-name="{name}"><input type="radio" name="author_id" value="([^"]+)"', visitor.page)
        assert found, visitor.page
        return found[1]

    async def plan(self, visitor: Visitor, text: str, **fields: object) -> str:
        """Compose and send; return the post's address."""
        author_id = await self.author_id(visitor)
        response = await visitor.post("/compose", {"text": text, "author_id": author_id, "when": "now", **fields})
        assert response.status_code == 303, response.text
        return str(response.headers["location"])

    async def work(self, **by: float) -> None:
        """Let time pass and the due work be done."""
        if by:
            self.linkedin.advance(**by)
        await self.services.engine.drain()

    async def api_key(self, visitor: Visitor) -> str:
        """Sign a command line in as `inroad login` does, and return its key."""
        verifier = "v" * 43
        challenge = "7w_YNF9DSfIdPf_pRjSq646_kPr-2-o9NAl16JGghdM"
        await visitor.get(f"/cli/authorize?port=50123&code_challenge={challenge}&state=abc")
        fields = {"port": "50123", "code_challenge": challenge, "state": "abc", "answer": "yes"}
        back = await visitor.post("/cli/authorize", fields)
        code = httpx2.URL(back.headers["location"]).params["code"]
        response = await visitor.http.post("/api/v1/cli/token", json={"code": code, "verifier": verifier})
        assert response.status_code == 200, response.text
        return str(response.json()["api_key"])


def jpeg(width: int = 640, height: int = 480) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "#c98a4b").save(file, "JPEG")
    return file.getvalue()
