"""Talks to a running service over its REST API, for commands."""

from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

import httpx2

from inroad.cli.credentials import Credentials
from inroad.cli.exits import CommandFailed, Exit

_PIECE = 256 * 1024


class Service:
    """One service's API, signed in with an API key.

    Answers with an error become `CommandFailed` in the service's own words.
    """

    def __init__(self, credentials: Credentials, *, timeout_seconds: float = 30.0) -> None:
        self.url = credentials.url.rstrip("/")
        self._http = httpx2.Client(
            base_url=self.url,
            headers={"Authorization": f"Bearer {credentials.api_key.reveal()}", "Accept": "application/json"},
            timeout=timeout_seconds,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def get(self, path: str, **params: str | int) -> Any:
        """Return the JSON answer of a GET."""
        with _words(self.url):
            return _answer(self._http.get(f"/api/v1{path}", params=params))

    def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """Return the JSON answer of a POST."""
        with _words(self.url):
            return _answer(self._http.post(f"/api/v1{path}", json=body))

    def upload(self, path: str, file: Path) -> Any:
        """Send a file's bytes in pieces and return the JSON answer."""
        try:
            with file.open("rb") as source, _words(self.url):
                return _answer(
                    self._http.post(
                        f"/api/v1{path}",
                        params={"name": file.name},
                        content=_pieces(iter(lambda: source.read(_PIECE), b"")),
                        headers={
                            "Content-Type": "application/octet-stream",
                            "Content-Length": str(file.stat().st_size),
                        },
                        timeout=300.0,
                    )
                )
        except OSError as problem:
            raise CommandFailed(f"cannot read {file}: {problem.strerror}", code=Exit.USAGE) from problem


def _pieces(source: Iterator[bytes]) -> Iterator[bytes]:
    yield from source


def _answer(response: httpx2.Response) -> Any:
    if response.is_success:
        return response.json()
    problem = _problem(response)
    message = problem.get("detail") or problem.get("title") or f"the service answered {response.status_code}"
    if response.status_code == 401:
        raise CommandFailed(str(message), hint="sign in again: inroad login", code=Exit.NOT_SIGNED_IN)
    code = Exit.REFUSED if response.status_code in (400, 403, 409, 413, 415, 422) else Exit.FAILED
    raise CommandFailed(str(message), hint=str(problem.get("fix") or ""), code=code)


def _problem(response: httpx2.Response) -> Mapping[str, object]:
    try:
        read = response.json()
    except ValueError:
        return {}
    return cast("Mapping[str, object]", read) if isinstance(read, dict) else {}  # JSON's names are texts


@contextmanager
def _words(url: str) -> Generator[None]:
    try:
        yield
    except httpx2.TransportError as problem:
        raise CommandFailed(
            f"no answer from the service at {url}",
            hint="is it running? start it with `inroad up` or `make demo`",
            code=Exit.UNREACHABLE,
        ) from problem
