"""Redirect addresses: which may be registered, which match, how an answer is written into one.

Sources, learn.microsoft.com /linkedin/shared/authentication/: "Authorization Code Flow", authorization-code-flow;
"Authenticating with OAuth 2.0 for Native Clients", authorization-code-flow-native.
"""

from collections.abc import Iterable, Mapping
from urllib.parse import SplitResult, urlencode, urlsplit

_LOOPBACK_NUMBERS = frozenset({"127.0.0.1", "::1"})


def registration_fault(url: str) -> str | None:
    """Return why LinkedIn would not register a redirect address, None when it would.

    Plain `http` on loopback is let pass: developers do register it and it works (UNCONFIRMED as policy).
    """
    parts = _split(url)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        return "a redirect URL is absolute, https://..."
    if "#" in url:
        return "a redirect URL has no fragment"
    if parts.scheme == "http" and parts.hostname not in _LOOPBACK_NUMBERS | {"localhost"}:
        return "a redirect URL is https, or http on this machine"
    return None


def is_registered(registered: Iterable[str], asked: str) -> bool:
    """Tell whether `asked` is one of the registered addresses: scheme, host, port and path to the letter.

    Queries are left out of the comparison: LinkedIn drops them at registration, and the request keeps its own.
    """
    if registration_fault(asked) is not None:
        return False
    return any(_without_query(url) == _without_query(asked) for url in registered if registration_fault(url) is None)


def is_native(asked: str) -> bool:
    """Tell whether a native app may be answered at `asked`: a loopback number, any port.

    UNCONFIRMED: `localhost` by name; refused here.
    """
    parts = _split(asked)
    return registration_fault(asked) is None and parts is not None and parts.hostname in _LOOPBACK_NUMBERS


def with_answer(redirect_uri: str, answer: Mapping[str, str]) -> str:
    """Return the redirect address with the answer added to the query it already has."""
    return f"{redirect_uri}{'&' if '?' in redirect_uri else '?'}{urlencode(answer)}"


def _without_query(url: str) -> str:
    return url.split("?", 1)[0]


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it checks it
    except ValueError:
        return None
    return parts
