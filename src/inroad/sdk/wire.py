"""A request as it leaves: LinkedIn's hosts, headers and versions added to what a flow asked for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

import msgspec

from inroad.contract.catalog import line_of
from inroad.contract.versions import DEFAULT_VERSION, DEFAULT_VERSIONS
from inroad.sdk.errors import ConfigurationError, InvalidArgument
from inroad.sdk.flow import Body, Request
from inroad.sdk.restli.encode import EncodeError, encode_query
from inroad.sdk.restli.tunnel import OVERRIDE, THRESHOLD, is_needed, tunnel

USER_AGENT: Final = b"inroad"
PROTOCOL_VERSION: Final = b"2.0.0"

_VERSION = re.compile(r"\d{6}(\d{2}|\.\d{2})?")
_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_HEADER_VALUE = re.compile(r"[\t -~\x80-\xff]*")
_DEFAULT_PORTS = {"http": 80, "https": 443}


class Origin(msgspec.Struct, frozen=True):
    """Scheme, host and port, and the host as the Host header spells it."""

    scheme: bytes
    host: bytes
    port: int
    authority: bytes


class Wire(msgspec.Struct, frozen=True):
    """One request, ready for a transport. Never shown: its headers hold the token."""

    method: bytes
    origin: Origin
    target: bytes
    headers: list[tuple[bytes, bytes]]
    content: Body | None
    timeout_seconds: float

    def __repr__(self) -> str:
        return f"Wire({self.method.decode()} {self.origin.authority.decode()})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """Where LinkedIn is. `LINKEDIN` is the real one; `Environment.sandbox(...)` puts every base on one origin.

    `upload_domains` are the domains besides the bases' own hosts to which upload addresses may lead with the token.
    """

    api: str = "https://api.linkedin.com"
    oauth: str = "https://www.linkedin.com/oauth"
    issuer: str = "https://www.linkedin.com/oauth"
    upload_domains: tuple[str, ...] = ("linkedin.com",)
    _origins: Mapping[str, tuple[Origin, str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        origins = {"api": _base("api", self.api), "oauth": _base("oauth", self.oauth)}
        object.__setattr__(self, "_origins", origins)

    @classmethod
    def sandbox(cls, url: str) -> "Environment":
        """Return LinkedIn as emulated at `url`: paths as at LinkedIn, everything on one origin."""
        base = url.rstrip("/")
        return cls(api=base, oauth=f"{base}/oauth", issuer=f"{base}/oauth", upload_domains=())

    @property
    def jwks_url(self) -> str:
        """Where the keys of id_tokens are published."""
        return f"{self.oauth}/openid/jwks"

    def base(self, host: str) -> tuple[Origin, str]:
        """Return the origin and the path prefix of "api" or "oauth"."""
        return self._origins[host]

    def trusts(self, origin: Origin) -> bool:
        """Tell whether a token may be sent to an address that LinkedIn's answer named."""
        if any(origin == known for known, _ in self._origins.values()):
            return True
        host = origin.host.decode("ascii")
        return origin.scheme == b"https" and any(
            host == domain or host.endswith(f".{domain}") for domain in self.upload_domains
        )


class Composer:
    """Turns what flows ask for into what is sent, for one environment and one version of each product line.

    `version` is marketing's, and that of resources nobody knows; `versions` are those of other lines, where they are
    not to be the ones this package was verified with.
    """

    def __init__(
        self,
        *,
        environment: Environment,
        version: str = DEFAULT_VERSION,
        versions: Mapping[str, str] = MappingProxyType({}),
        timeout_seconds: float = 30.0,
    ) -> None:
        _check_versions(version, versions)
        if not timeout_seconds > 0:
            raise ConfigurationError(f"timeout_seconds must be above zero, got {timeout_seconds!r}")
        self.environment = environment
        self.version = version
        self.versions = versions
        self.timeout_seconds = timeout_seconds
        self._api, self._api_prefix = environment.base("api")
        self._unversioned = [*_plain(self._api), (b"X-Restli-Protocol-Version", PROTOCOL_VERSION)]
        lines = {**DEFAULT_VERSIONS, **versions, "marketing": version}
        self._versioned = {
            line: [*self._unversioned, (b"LinkedIn-Version", name.encode("ascii"))] for line, name in lines.items()
        }

    def compose(self, request: Request, authorization: bytes | None) -> Wire:
        """Return the request as it leaves.

        Raises:
            InvalidArgument: a header cannot be sent, or an address is not one of LinkedIn's.
        """
        path = request.path
        if request.host == "api" and path.startswith("/"):
            origin = self._api
            target = self._api_prefix + path
            # Versioned and legacy resources differ by base: /rest wants a version, /v2 ignores one.
            headers = (self._versioned[line_of(path)] if path.startswith("/rest/") else self._unversioned).copy()
        else:
            origin, target = self._elsewhere(request)
            headers = _plain(origin)
        if authorization is not None and request.authorized:
            if origin is not self._api and not self.environment.trusts(origin):
                raise InvalidArgument(f"the token is not sent to {origin.authority.decode()}, which is not LinkedIn's")
            headers.append((b"Authorization", authorization))
        if request.restli_method is not None:
            headers.append((b"X-RestLi-Method", request.restli_method.encode("ascii")))

        content, content_type = request.content, request.content_type
        if request.json is not None:
            content, content_type = msgspec.json.encode(request.json), content_type or "application/json"
        method = request.method
        if request.params or request.query:
            target = _with_query(target, request)
        if len(target) > THRESHOLD and isinstance(content, bytes | None):
            method, target, content, content_type = _folded(headers, method, target, content, content_type)
        if content_type is not None:
            headers.append((b"Content-Type", content_type.encode("latin-1")))
        if request.headers:
            headers = _overridden(headers, request.headers)
        if isinstance(content, bytes):
            headers.append((b"Content-Length", b"%d" % len(content)))
        elif content is None and method in _WITH_BODY:
            headers.append((b"Content-Length", b"0"))
        return Wire(method.encode("ascii"), origin, target.encode("ascii"), headers, content, self.timeout_seconds)

    def _elsewhere(self, request: Request) -> tuple[Origin, str]:
        if request.path.startswith("/"):
            origin, prefix = self.environment.base(request.host)
            return origin, prefix + request.path
        return split_address(request.path)


_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})


def _check_versions(version: str, versions: Mapping[str, str]) -> None:
    for line, name in {**versions, "marketing": version}.items():
        if line not in DEFAULT_VERSIONS:
            raise ConfigurationError(f"versions must name {', '.join(DEFAULT_VERSIONS)}; {line!r} is no product line")
        if not _VERSION.fullmatch(name):
            raise ConfigurationError(f"version must look like 202609, got {name!r}")
    if "marketing" in versions:
        raise ConfigurationError("the version of marketing is given as version, not among versions")


def split_address(address: str) -> tuple[Origin, str]:
    """Return the origin and the target of an absolute address.

    Raises:
        InvalidArgument: it is no http or https address.
    """
    try:
        parts = urlsplit(address)
        port = parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)
    except ValueError as cause:
        raise InvalidArgument(f"not an address: {cause}") from cause
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or not address.isascii():
        raise InvalidArgument("an address must begin with http:// or https:// and name a host")
    if parts.username is not None:
        raise InvalidArgument("an address must not carry a user name")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    authority = host if port == _DEFAULT_PORTS[parts.scheme] else f"{host}:{port}"
    origin = Origin(parts.scheme.encode(), parts.hostname.encode(), port, authority.encode())
    target = parts.path or "/"
    return origin, f"{target}?{parts.query}" if parts.query else target


def _base(name: str, url: str) -> tuple[Origin, str]:
    try:
        origin, target = split_address(url)
    except InvalidArgument as cause:
        raise ConfigurationError(f"environment.{name}: {cause}") from cause
    if "?" in target or "#" in url:
        raise ConfigurationError(f"environment.{name} must not have a query or a fragment")
    return origin, target.rstrip("/")


def _plain(origin: Origin) -> list[tuple[bytes, bytes]]:
    return [(b"Host", origin.authority), (b"User-Agent", USER_AGENT)]


def _with_query(target: str, request: Request) -> str:
    path, _, query = target.partition("?")
    try:
        encoded = encode_query(request.params) if request.params else ""
    except EncodeError as cause:
        raise InvalidArgument(f"{request.call}: {cause}") from cause
    return f"{path}?{'&'.join(part for part in (query, encoded, request.query) if part)}"


def _folded(
    headers: list[tuple[bytes, bytes]], method: str, target: str, content: bytes | None, content_type: str | None
) -> tuple[str, str, bytes | None, str | None]:
    """Return method, target, body and type of the request, tunnelled when its query is too long for an address."""
    path, _, query = target.partition("?")
    if not is_needed(query):
        return method, target, content, content_type
    folded = tunnel(method, query, content, content_type)
    headers.append((OVERRIDE.encode("ascii"), method.encode("ascii")))
    return "POST", path, folded.body, folded.content_type


def _overridden(headers: list[tuple[bytes, bytes]], given: Mapping[str, str | None]) -> list[tuple[bytes, bytes]]:
    """Return the headers with the given ones in place of their namesakes; None takes a header away."""
    for name, value in given.items():
        if not _HEADER_NAME.fullmatch(name) or not _HEADER_VALUE.fullmatch(value or ""):
            raise InvalidArgument(f"header {name!r} holds characters that cannot be sent")
    replaced = {name.lower().encode("ascii") for name in given}
    kept = [(name, value) for name, value in headers if name.lower() not in replaced]
    added = [(name.encode("ascii"), value.encode("latin-1")) for name, value in given.items() if value is not None]
    return kept + added


LINKEDIN: Final = Environment()
