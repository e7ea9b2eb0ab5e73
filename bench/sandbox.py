"""The sandbox: how soon it is ready, how long a world takes, and how many requests per second it judges.

Beside a bare Starlette route with the same body, and beside moto's server (AWS, emulated) answering a comparable call.
moto lives in a virtual environment of its own, made here at the first run.
"""

import json
import subprocess
import sys
import venv
from pathlib import Path
from urllib.parse import quote

import httpx2

from bench.answering import POST, free_port
from bench.load import NUMBER
from bench.processes import process, sandbox
from bench.report import HERE, Row, figure_of, show

ROUNDS = 5
SECONDS = 2.0
CONNECTIONS = 8
_MOTO = Path(__file__).parent / ".moto"
_SCOPES = ["openid", "profile", "w_member_social", "w_organization_social", "r_organization_social"]
_AWS = "AWS4-HMAC-SHA256 Credential=bench/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=bench"


def main() -> None:
    """Print milliseconds and requests per second, in rounds that take turns."""
    starts: list[float] = []
    worlds: list[float] = []
    for _ in range(ROUNDS):
        port = free_port()
        with process(sandbox(port), ready=f"http://127.0.0.1:{port}/sandbox/health") as seconds:
            starts.append(seconds * 1000)
        worlds.append(figure_of(HERE, "bench.worlds"))
    show("Sandbox, from the start of its process", [Row(name="ready", figures=starts, unit="ms", aim="under 1,000 ms")])
    show("A LinkedIn for one test, after the first", [Row(name="fresh", figures=worlds, unit="ms", aim="under 1 ms")])
    _show_requests(moto_python())


def moto_python() -> str:
    """Return the interpreter of moto's own environment, making it when it is missing."""
    python = _MOTO / "bin" / "python"
    if not (_MOTO / "bin" / "moto_server").exists():
        print("making an environment for moto ...", file=sys.stderr)
        venv.create(_MOTO, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "moto[server]==5.2.5"], check=True)
    return str(python)


def _show_requests(moto: str) -> None:
    port, other, third = free_port(), free_port(), free_port()
    url, aws = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{third}"
    with (
        process(sandbox(port), ready=f"{url}/sandbox/health"),
        process([sys.executable, "-m", "bench.bare", str(other)], ready=f"http://127.0.0.1:{other}/rest/posts/x"),
        process([moto, "-m", "moto.server", "-p", str(third)], ready=f"{aws}/moto-api/"),
    ):
        token, urn = _prepare(url)
        _store(aws)
        asked = {
            "bare GET": (other, _get(urn, token)),
            "GET": (port, _get(urn, token)),
            "moto GET": (third, _raw("GET /bench/post", {"Authorization": _AWS})),
            "bare POST": (other, _create(token)),
            "POST": (port, _create(token)),
        }
        figures: dict[str, list[float]] = {name: [] for name in asked}
        for _ in range(ROUNDS):
            for name, (target, request) in asked.items():
                words = (str(target), str(SECONDS), str(CONNECTIONS))
                figures[name].append(figure_of(HERE, "bench.load", *words, given=request))
    how = f"{CONNECTIONS} connections, {ROUNDS} rounds of {SECONDS:.0f} s"
    gets, posts = figures["GET"], figures["POST"]
    show(
        f"GET one post, {how}",
        [
            Row(name="bare Starlette route, same body", figures=figures["bare GET"], unit="req/s"),
            Row(name="inroad sandbox", figures=gets, unit="req/s", reference=figures["bare GET"], aim="x0.35"),
        ],
    )
    show(
        "The same, beside another emulator: moto's server and one stored object with the same body",
        [
            Row(name="moto, S3 GetObject", figures=figures["moto GET"], unit="req/s"),
            Row(name="inroad sandbox", figures=gets, unit="req/s", reference=figures["moto GET"], aim="x10"),
        ],
    )
    show(
        f"POST a text post, another each time, {how}",
        [
            Row(name="bare Starlette route, reads the JSON", figures=figures["bare POST"], unit="req/s"),
            Row(name="inroad sandbox", figures=posts, unit="req/s", reference=figures["bare POST"]),
        ],
    )


def _get(urn: str, token: str) -> bytes:
    return _raw(f"GET /rest/posts/{quote(urn, safe='')}", _linkedin(token))


def _create(token: str) -> bytes:
    body = json.dumps(_text_post(f"Number {NUMBER.decode()} of the day")).encode()
    return _raw("POST /rest/posts", {**_linkedin(token), "Content-Type": "application/json"}, body)


def _raw(line: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """Return a request as it goes over the wire."""
    if body:
        headers = {**headers, "Content-Length": str(len(body))}
    head = [f"{line} HTTP/1.1", "Host: 127.0.0.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join((*head, "", "")).encode() + body


def _linkedin(token: str) -> dict[str, str]:
    return {
        "Authorization": f"Bearer {token}",
        "LinkedIn-Version": "202609",
        "X-Restli-Protocol-Version": "2.0.0",
    }


def _text_post(text: str) -> dict[str, object]:
    return {
        "author": "urn:li:organization:90210001",
        "commentary": text,
        "visibility": "PUBLIC",
        "distribution": {"feedDistribution": "MAIN_FEED"},
        "lifecycleState": "PUBLISHED",
    }


def _prepare(url: str) -> tuple[str, str]:
    """Return a token of the sandbox, and the URN of a post there."""
    body = {"client_id": "demo-app", "member": "sBx7kQ2mWa", "scopes": _SCOPES}
    with httpx2.Client(base_url=url) as http:
        token = http.post("/sandbox/tokens", json=body).raise_for_status().json()["access_token"]
        post = _text_post("Open day on Saturday \\(bring boots\\). {hashtag|\\#|woodwork}")
        made = http.post("/rest/posts", headers=_linkedin(token), json=post).raise_for_status()
    return token, made.headers["x-restli-id"]


def _store(aws: str) -> None:
    """Put the post that the others answer into moto's S3."""
    with httpx2.Client(base_url=aws, headers={"Authorization": _AWS}) as http:
        http.put("/bench").raise_for_status()
        http.put("/bench/post", json=POST).raise_for_status()


if __name__ == "__main__":
    main()
