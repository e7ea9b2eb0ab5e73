"""`inroad login` and `inroad logout`: a browser agrees, the command line gets an API key."""

import base64
import hashlib
import secrets
import webbrowser
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Annotated
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx2
import typer

from inroad.cli.credentials import Credentials, default_file, save
from inroad.cli.exits import CommandFailed, Exit
from inroad.common.secret import Secret

_WAIT_SECONDS = 300


def login(
    url: Annotated[str, typer.Option(help="Address of the service.", envvar="INROAD_URL")] = "http://127.0.0.1:8000",
    browser: Annotated[bool, typer.Option(help="Open the page in a browser; off: only print its address.")] = True,
    credentials: Annotated[
        Path | None, typer.Option(help="Where to keep the credentials.", envvar="INROAD_CREDENTIALS")
    ] = None,
) -> None:
    """Sign in to a service, in the browser.

    Example: inroad login --url http://127.0.0.1:8000
    """
    url = url.rstrip("/")
    verifier = secrets.token_urlsafe(48)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    state = secrets.token_urlsafe(24)
    with _Loopback(state) as loopback:
        query = urlencode({"port": loopback.server_port, "code_challenge": challenge, "state": state})
        page = f"{url}/cli/authorize?{query}"
        typer.echo(f"Confirm in your browser:\n  {page}")
        if browser:
            webbrowser.open(page)
        code = loopback.wait_for_code(_WAIT_SECONDS)
    api_key = _redeem(url, code, verifier)
    file = credentials or default_file()
    save(Credentials(url=url, api_key=api_key), file)
    typer.echo(f"Signed in to {url}. The key is kept in {file}.")


def logout(
    credentials: Annotated[
        Path | None, typer.Option(help="Where the credentials are kept.", envvar="INROAD_CREDENTIALS")
    ] = None,
) -> None:
    """Forget the credentials of this computer.

    Example: inroad logout
    """
    file = credentials or default_file()
    file.unlink(missing_ok=True)
    typer.echo("Signed out.")


def _redeem(url: str, code: str, verifier: str) -> Secret:
    try:
        response = httpx2.post(f"{url}/api/v1/cli/token", json={"code": code, "verifier": verifier}, timeout=30.0)
    except httpx2.TransportError as problem:
        raise CommandFailed(f"no answer from the service at {url}", code=Exit.UNREACHABLE) from problem
    if not response.is_success:
        raise CommandFailed(
            "the service did not accept the sign-in",
            hint="codes live for minutes and work once: run inroad login again",
        )
    return Secret(str(response.json()["api_key"]))


class _Loopback(HTTPServer):
    """Waits on 127.0.0.1 for the browser to come back with a code."""

    def __init__(self, state: str) -> None:
        super().__init__(("127.0.0.1", 0), _Callback)
        self.state = state
        self.code: str | None = None
        self.failure: CommandFailed | None = None

    def wait_for_code(self, seconds: float) -> str:
        self.timeout = seconds
        while (code := self.code) is None:
            self.handle_request()
            if self.failure is not None:
                raise self.failure
        return code

    def handle_timeout(self) -> None:
        self.failure = CommandFailed("nobody confirmed the sign-in in time", hint="run inroad login again")


class _Callback(BaseHTTPRequestHandler):
    server: _Loopback  # pyright: ignore[reportIncompatibleVariableOverride] - nobody else makes these handlers

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        answer = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path != "/" or not secrets.compare_digest(answer.get("state", ""), self.server.state):
            self._page(HTTPStatus.BAD_REQUEST, "This is not the sign-in that the command line waits for.")
            return
        if "code" in answer:
            self.server.code = answer["code"]
            self._page(HTTPStatus.OK, "You are signed in. Go back to the command line; this page can be closed.")
        else:
            self.server.failure = CommandFailed("the sign-in was refused in the browser")
            self._page(HTTPStatus.OK, "The sign-in was refused. This page can be closed.")

    def _page(self, status: HTTPStatus, text: str) -> None:
        body = f"<!doctype html><meta charset=utf-8><title>inroad</title><p>{text}</p>".encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
        """Say nothing: the query holds a code."""
