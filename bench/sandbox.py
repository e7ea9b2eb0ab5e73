"""The sandbox: how soon it is ready, and how many requests per second it judges, beside a bare Starlette route."""

import sys
from urllib.parse import quote

import httpx2

from bench.answering import free_port
from bench.processes import process, sandbox
from bench.report import HERE, Row, figure_of, show

ROUNDS = 5
SECONDS = 2.0
CONNECTIONS = 8
_SCOPES = ["openid", "profile", "w_member_social", "w_organization_social", "r_organization_social"]


def main() -> None:
    """Print milliseconds to ready and requests per second, in rounds that take turns."""
    starts: list[float] = []
    for _ in range(ROUNDS):
        port = free_port()
        with process(sandbox(port), ready=f"http://127.0.0.1:{port}/sandbox/health") as seconds:
            starts.append(seconds * 1000)
    judged: list[float] = []
    bare: list[float] = []
    port, other = free_port(), free_port()
    with (
        process(sandbox(port), ready=f"http://127.0.0.1:{port}/sandbox/health"),
        process([sys.executable, "-m", "bench.bare", str(other)], ready=f"http://127.0.0.1:{other}/rest/posts/x"),
    ):
        url = f"http://127.0.0.1:{port}"
        token, urn = _prepare(url)
        path = f"/rest/posts/{quote(urn, safe='')}"
        for _ in range(ROUNDS):
            for figures, target in ((judged, port), (bare, other)):
                words = (str(target), path, token, str(SECONDS), str(CONNECTIONS))
                figures.append(figure_of(HERE, "bench.load", *words))
    show("Sandbox, from the start of its process", [Row(name="ready", figures=starts, unit="ms", aim="under 1,000 ms")])
    show(
        f"GET one post, {CONNECTIONS} connections, {ROUNDS} rounds of {SECONDS:.0f} s",
        [
            Row(name="bare Starlette route, same body", figures=bare, unit="req/s"),
            Row(name="inroad sandbox", figures=judged, unit="req/s", reference=bare),
        ],
    )


def _prepare(url: str) -> tuple[str, str]:
    body = {"client_id": "demo-app", "member": "sBx7kQ2mWa", "scopes": _SCOPES}
    with httpx2.Client(base_url=url) as http:
        token = http.post("/sandbox/tokens", json=body).raise_for_status().json()["access_token"]
        headers = {"Authorization": f"Bearer {token}", "LinkedIn-Version": "202609"}
        made = http.post(
            "/rest/posts",
            headers=headers,
            json={
                "author": "urn:li:organization:90210001",
                "commentary": "Open day on Saturday \\(bring boots\\). {hashtag|\\#|woodwork}",
                "visibility": "PUBLIC",
                "distribution": {"feedDistribution": "MAIN_FEED"},
                "lifecycleState": "PUBLISHED",
            },
        ).raise_for_status()
    return token, made.headers["x-restli-id"]


if __name__ == "__main__":
    main()
