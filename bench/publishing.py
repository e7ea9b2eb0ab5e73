"""How late posts go out: 1,000 posts due in the same second, a sandbox that takes 100 ms for each answer.

Service and sandbox are processes of their own, wired as in production, on SQLite. Late is the time from a post's due
instant to the moment at which its send was written down, and to the moment at which its request reached the sandbox.
"""

import asyncio
import re
import statistics
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

import httpx2
from sqlalchemy import text

from bench.answering import free_port
from bench.processes import process, sandbox
from bench.report import Row, show
from inroad.common.clock import from_millis
from inroad.common.secret import Secret
from inroad.service.settings import Settings
from inroad.service.who import Who
from inroad.service.wiring import Services

POSTS = 1_000
ANSWER_SECONDS = 0.1
AHEAD = timedelta(seconds=75)
"""From the first plan to the common due instant: time to plan and prepare them all."""

_LATE = """
SELECT p.due_at, e.sent_at FROM posts p JOIN effects e ON e.post_id = p.id
WHERE e.kind = 'post' ORDER BY e.sent_at
"""


def main() -> None:
    """Print the lateness of the sends."""
    port = free_port()
    with process(sandbox(port), ready=f"http://127.0.0.1:{port}/sandbox/health"):
        late = asyncio.run(_measure(port))
    for what, figures in late.items():
        ordered = sorted(figures)
        show(
            f"Late {what}, {len(ordered):,} posts due in the same second, {ANSWER_SECONDS * 1000:.0f} ms an answer",
            [
                Row(name="p50", figures=[statistics.median(ordered)], unit="ms"),
                Row(name="p99", figures=[ordered[int(len(ordered) * 0.99) - 1]], unit="ms", aim="under 500 ms"),
                Row(name="max", figures=[ordered[-1]], unit="ms"),
            ],
        )


async def _measure(sandbox_port: int) -> dict[str, list[float]]:
    url = f"http://127.0.0.1:{sandbox_port}"
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.from_environment(
            {
                "INROAD_DATA_DIR": f"{folder}/data",
                "INROAD_ROOT_KEY_FILE": f"{folder}/root.key",
                "INROAD_LINKEDIN_URL": url,
                "INROAD_LINKEDIN_APP": "demo-app",
                "INROAD_LINKEDIN_SECRET": "demo-secret-not-a-real-one",
                "INROAD_LINKEDIN_PRODUCTS": "Sign In with LinkedIn using OpenID Connect, Community Management API",
            }
        )
        async with Services.open(settings) as services:
            who = await _owner(services)
            author = await _connect(services, who, url)
            worker = asyncio.create_task(services.run_worker())
            await _slow_down(url)
            due = datetime.now(ZoneInfo("UTC")).replace(microsecond=0, tzinfo=None) + AHEAD
            for number in range(POSTS):
                await services.publishing.schedule_post(
                    who, author_id=author, text=f"Post number {number} of the morning", local_time=due, zone="UTC"
                )
            print(
                f"planned, {(due - datetime.now(ZoneInfo('UTC')).replace(tzinfo=None)).seconds} s ahead",
                file=sys.stderr,
            )
            rows = await _until_sent(services)
            await asyncio.sleep(5)
            arrived = await _arrivals(url)
            worker.cancel()
            await asyncio.gather(worker, return_exceptions=True)
    due_at = due.replace(tzinfo=UTC)
    return {
        "at the mark": [(from_millis(sent) - from_millis(due)) / timedelta(milliseconds=1) for due, sent in rows],
        "at LinkedIn": [(at - due_at) / timedelta(milliseconds=1) for at in arrived],
    }


async def _arrivals(url: str) -> list[datetime]:
    async with httpx2.AsyncClient(timeout=60) as http:
        entries = (await http.get(f"{url}/sandbox/journal", params={"path": "/rest/posts"})).json()["entries"]
    made = [datetime.fromisoformat(e["at"]) for e in entries if e["method"] == "POST" and e["status"] == 201]
    if len(made) < POSTS * 0.95:
        raise RuntimeError(f"the sandbox saw {len(made)} of {POSTS} posts")
    return made


async def _until_sent(services: Services) -> list[tuple[int, int]]:
    for _ in range(120):
        await asyncio.sleep(1)
        async with services.db.read() as tx:
            rows = [(row.due_at, row.sent_at) for row in await tx.execute(text(_LATE)) if row.sent_at is not None]
        if len(rows) >= POSTS:
            return rows
    raise RuntimeError(f"only {len(rows)} of {POSTS} posts were sent")


async def _owner(services: Services) -> Who:
    link = await services.accounts.create_first_run_link()
    signed_in = await services.accounts.redeem_link(
        link.rsplit("/", 1)[-1],
        email="owner@example.test",
        name="Owner",
        password=Secret("a long enough password"),
        request_id="bench",
        address="127.0.0.1",
    )
    session = await services.accounts.session_of(signed_in.cookie)
    assert session is not None
    return session.who(request_id="bench", address="127.0.0.1")


async def _connect(services: Services, who: Who, url: str) -> str:
    (app,) = await services.connections.list_apps(who)
    page = await services.connections.begin_connect(who, app_id=app.id)
    async with httpx2.AsyncClient() as http:
        callback = f"{services.settings.callback_url}"
        await http.get(url + "/sandbox/health")
        answer = await _agree(http, page, callback)
    await services.connections.finish_connect(who, answer)
    author, *_ = await services.connections.authors(who)
    return author.id


async def _agree(http: httpx2.AsyncClient, page: str, callback: str) -> dict[str, str]:
    response = await http.get(page)
    for _ in range(5):
        if response.is_redirect:
            target = response.headers["location"]
            if target.startswith(callback):
                return dict(parse_qsl(urlsplit(target).query))
            response = await http.get(str(response.url.join(target)))
            continue
        form = re.search(r'<form[^>]*method="post".*?</form>', response.text, re.DOTALL | re.IGNORECASE)
        if form is None:
            raise RuntimeError(response.text)
        fields: dict[str, str] = {}
        for tag in re.findall(r"<(?:input|button)[^>]*>", form[0]):
            name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
            if name and name[1] not in fields:
                fields[name[1]] = unescape(value[1]) if value else ""
        if "password" in fields:
            fields |= {"email": "ada.okafor@example.test", "password": "demo-password"}
        response = await http.post(str(response.url), data=fields)
    raise RuntimeError("the consent page never ended")


async def _slow_down(url: str) -> None:
    fault = {"name": "latency", "method": "POST", "path": "/rest/posts", "times": None, "seconds": ANSWER_SECONDS}
    async with httpx2.AsyncClient() as http:
        (await http.post(f"{url}/sandbox/faults", json=fault)).raise_for_status()


if __name__ == "__main__":
    main()
