"""Kill the service again and again around its sends, with answers lost: no duplicate, and no lost post.

The service and the sandbox are processes of their own. What nobody could know is left to a person, whom the test
plays at the end by looking at LinkedIn.
"""

import asyncio
import importlib.util
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx2
import pytest
from sqlalchemy import text

from inroad.sandbox.resources.posts.state import Posts
from inroad.sandbox.world import World
from inroad.service.publishing.actions import PostView

KILLS = int(os.environ.get("INROAD_CHAOS_ROUNDS", "10"))  # `make chaos` asks for more
POSTS_PER_ROUND = 4
ADA, NORTHWIND = "urn:li:person:sBx7kQ2mWa", "urn:li:organization:90210001"
JONAS = "urn:li:person:q7Hd_2-LkZ"
SCRIPT = Path(__file__).with_name("service_process.py")
SERVE = "from inroad.sandbox.serve import serve; serve(port=0, on_ready=lambda url: print(url, flush=True))"
MEMBER_SCOPES = ["openid", "profile", "w_member_social"]
PAGE_SCOPES = [*MEMBER_SCOPES, "w_organization_social", "r_organization_social", "rw_organization_admin"]

pytestmark = pytest.mark.chaos


def _service() -> ModuleType:
    spec = importlib.util.spec_from_file_location("service_process", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


service = _service()


@pytest.fixture
def sandbox() -> Iterator[httpx2.Client]:
    process = subprocess.Popen([sys.executable, "-c", SERVE], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        with httpx2.Client(base_url=url, timeout=10) as client:
            yield client
    finally:
        process.terminate()
        process.wait(10)
        if process.stdout is not None:
            process.stdout.close()


def mint(sandbox: httpx2.Client, member: str, scopes: list[str]) -> str:
    answer = sandbox.post("/sandbox/tokens", json={"member": member, "scopes": scopes})
    assert answer.is_success, answer.text
    return str(answer.json()["access_token"])


@pytest.fixture
def setup(sandbox: httpx2.Client, tmp_path: Path) -> dict[str, Any]:
    member = {"id": "jonas", "urn": JONAS, "member_urn": JONAS, "kind": "member", "name": "Jonas Weber", "role": ""}
    page = {"id": "northwind", "urn": NORTHWIND, "member_urn": ADA, "kind": "organization", "name": "Northwind Works"}
    return {
        "folder": str(tmp_path),
        "url": str(sandbox.base_url).rstrip("/"),
        "tokens": {
            "c-member": mint(sandbox, "q7Hd_2-LkZ", MEMBER_SCOPES),
            "c-page": mint(sandbox, "sBx7kQ2mWa", PAGE_SCOPES),
        },
        "authors": [
            {**member, "connection_id": "c-member", "scopes": MEMBER_SCOPES},
            {**page, "role": "ADMINISTRATOR", "connection_id": "c-page", "scopes": PAGE_SCOPES},
        ],
    }


async def plan(setup: dict[str, Any], words: list[str]) -> list[str]:
    """Plan posts for now, half of them for the member and half for the organization; return their ids."""
    async with service.opened(setup) as (db, _, publishing):
        async with db.write() as tx:
            for statement in PEOPLE:
                await tx.execute(text(statement))
        views: list[PostView] = [
            await publishing.schedule_post(
                service.WHO, author_id=("jonas", "northwind")[number % 2], text=one, zone="UTC"
            )
            for number, one in enumerate(words)
        ]
    return [view.post.id for view in views]


PEOPLE = (
    "INSERT INTO workspaces (id, name, created_at) VALUES ('w1', 'Works', 0) ON CONFLICT DO NOTHING",
    "INSERT INTO people (id, email, name, password_hash, created_at) VALUES ('p1', 'kim@example.test', 'Kim', '-', 0)"
    " ON CONFLICT DO NOTHING",
    "INSERT INTO apps (id, workspace_id, name, client_id, client_secret, products, created_at)"
    " VALUES ('app1', 'w1', 'Demo app', 'demo-app', x'2d', '', 0) ON CONFLICT DO NOTHING",
    *(
        "INSERT INTO connections (id, workspace_id, app_id, member_urn, member_name, scopes_asked, scopes_granted,"
        f" connected_by, connected_at) VALUES ('{connection}', 'w1', 'app1', '{urn}', '-', '', '', 'p1', 0)"
        " ON CONFLICT DO NOTHING"
        for connection, urn in (("c-member", JONAS), ("c-page", ADA))
    ),
    *(
        "INSERT INTO authors (id, workspace_id, connection_id, urn, kind, name, role, seen_at)"
        f" VALUES ('{author}', 'w1', '{connection}', '{urn}', '{kind}', '-', '', 0) ON CONFLICT DO NOTHING"
        for author, connection, urn, kind in (
            ("jonas", "c-member", JONAS, "member"),
            ("northwind", "c-page", NORTHWIND, "organization"),
        )
    ),
)


def start(setup: dict[str, Any]) -> "subprocess.Popen[str]":
    file = Path(setup["folder"]) / "setup.json"
    file.write_text(json.dumps(setup))
    process = subprocess.Popen([sys.executable, str(SCRIPT), str(file)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def run_to_the_end(setup: dict[str, Any], *, seconds: float = 40) -> None:
    process = start(setup)
    try:
        assert process.wait(seconds) == 0, "the service did not end well"
    finally:
        end(process)


def end(process: "subprocess.Popen[str]") -> None:
    if process.poll() is None:
        os.kill(process.pid, signal.SIGKILL)
        process.wait(10)
    if process.stdout is not None:
        process.stdout.close()


def live_posts(sandbox: httpx2.Client) -> dict[str, list[str]]:
    """Return what LinkedIn shows: text -> URNs."""
    world = World.from_document(sandbox.get("/sandbox/world").content)
    shown: dict[str, list[str]] = {}
    for post in world.state(Posts).by_urn.values():
        if post.deleted_at is None:
            shown.setdefault(post.text, []).append(post.urn)
    return shown


async def states(setup: dict[str, Any]) -> dict[str, tuple[str, str, str | None, str]]:
    """Return each post's text -> (state, author, URN, id)."""
    async with service.opened(setup) as (_, _, publishing):
        views = await publishing.list_posts(service.WHO, limit=1000)
    return {v.post.text: (v.post.state, v.post.author_id, v.post.urn, v.post.id) for v in views}


async def decide(setup: dict[str, Any], shown: dict[str, list[str]]) -> None:
    """Do what a person would: look at LinkedIn, and say of each open post whether it is there."""
    unsure = {t: id for t, (state, _, _, id) in (await states(setup)).items() if state == "needs_review"}
    async with service.opened(setup) as (_, _, publishing):
        for words, post_id in unsure.items():
            urns = shown.get(words, [])
            decision = "it_is_there" if urns else "send_again"
            await publishing.resolve_review(service.WHO, post_id, decision, urn=urns[0] if urns else None)


@pytest.mark.timeout(120)
def test_kills_around_the_send_leave_no_duplicate_and_no_lost_post(
    sandbox: httpx2.Client, setup: dict[str, Any]
) -> None:
    seed = int(os.environ.get("INROAD_CHAOS_SEED") or random.SystemRandom().randrange(10**6))
    again = f"repeat with INROAD_CHAOS_SEED={seed}"
    dice = random.Random(seed)
    creates = {"method": "POST", "path": "/rest/posts", "times": None}
    for fault in ({"name": "answer_lost", "probability": 0.3}, {"name": "latency", "seconds": 0.15}):
        assert sandbox.post("/sandbox/faults", json={**fault, **creates}).is_success
    words: list[str] = []
    for kill in range(KILLS):
        fresh = [f"Round {kill}, post {number}" for number in range(POSTS_PER_ROUND)]
        asyncio.run(plan(setup, fresh))
        words += fresh
        process = start(setup)
        time.sleep(dice.uniform(0.0, 0.5))
        end(process)
    run_to_the_end(setup)

    before = asyncio.run(states(setup))
    shown = live_posts(sandbox)
    sandbox.delete("/sandbox/faults")
    asyncio.run(decide(setup, shown))
    run_to_the_end(setup)
    after, shown = asyncio.run(states(setup)), live_posts(sandbox)

    assert {t: shown.get(t) for t in words} == {t: [after[t][2]] for t in words}, again
    assert {state for state, *_ in after.values()} == {"published"}, again
    unsure_authors = {author for state, author, *_ in before.values() if state == "needs_review"}
    assert "northwind" not in unsure_authors, f"what can be listed needs no person; {again}"
