"""Requests to webhooks: the only module of the sandbox that opens connections."""

from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Final, Protocol, Self

if TYPE_CHECKING:
    import httpx2

SECONDS_TO_TAKE: Final = 10.0
"""Ours, for events: LinkedIn documents no time for their acknowledgement."""

MAX_ANSWER_BYTES: Final = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a webhook answered; `status` is None when nothing came, and `problem` says why."""

    status: int | None
    content_type: str = ""
    body: bytes = b""
    problem: str = ""


class Sender(Protocol):
    """Whatever carries requests to webhooks."""

    async def get(self, url: str, *, seconds: float) -> Reply:
        """Ask a webhook."""
        ...

    async def post(self, url: str, body: bytes, headers: dict[str, str]) -> Reply:
        """Tell a webhook."""
        ...


class HttpSender:
    """Real connections. Redirects are not followed, and proxies of the environment are not used."""

    def __init__(self) -> None:
        import httpx2  # noqa: PLC0415 - heavy, and only needed once something is sent

        self._client = httpx2.AsyncClient(trust_env=False, follow_redirects=False)
        self._failure = (httpx2.HTTPError, httpx2.InvalidURL)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def get(self, url: str, *, seconds: float) -> Reply:
        """Ask a webhook."""
        return await self._exchange(self._client.build_request("GET", url, timeout=seconds))

    async def post(self, url: str, body: bytes, headers: dict[str, str]) -> Reply:
        """Tell a webhook."""
        return await self._exchange(
            self._client.build_request("POST", url, content=body, headers=headers, timeout=SECONDS_TO_TAKE)
        )

    async def _exchange(self, request: "httpx2.Request") -> Reply:
        try:
            response = await self._client.send(request, stream=True)
            try:
                body = b""
                async for chunk in response.aiter_bytes():
                    body += chunk
                    if len(body) > MAX_ANSWER_BYTES:
                        break
            finally:
                await response.aclose()
        except (*self._failure, OSError) as problem:
            return Reply(status=None, problem=f"{type(problem).__name__}: {problem}".removesuffix(": "))
        return Reply(status=response.status_code, content_type=_media_type(response), body=body)


def _media_type(response: "httpx2.Response") -> str:
    return str(response.headers.get("content-type", "")).partition(";")[0].strip().lower()


def ask(url: str, *, seconds: float) -> Reply:
    """Ask a webhook and wait for it: for registrations, which are answered after the challenge."""
    import httpx2  # noqa: PLC0415 - heavy, and only needed once something is sent

    try:
        with httpx2.Client(trust_env=False, follow_redirects=False, timeout=seconds) as client:
            response = client.get(url)
            return Reply(
                status=response.status_code,
                content_type=_media_type(response),
                body=response.content[:MAX_ANSWER_BYTES],
            )
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as problem:
        return Reply(status=None, problem=f"{type(problem).__name__}: {problem}".removesuffix(": "))
