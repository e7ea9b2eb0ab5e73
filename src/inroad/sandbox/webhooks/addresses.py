"""Which addresses LinkedIn would call, and in this sandbox which on this machine besides.

Source: "Webhooks", learn.microsoft.com /linkedin/shared/api-guide/webhook-validation: HTTPS, public, no tunnels.
"""

from typing import Final
from urllib.parse import urlsplit

from inroad.sandbox.switches import Switches

_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_TUNNELS: Final = ("ngrok.io", "ngrok.app", "ngrok.dev", "ngrok-free.app", "ngrok-free.dev")


def address_problem(url: str, switches: Switches) -> str:
    """Return why this is no address for a webhook, empty when it is one."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        _ = parts.port
    except ValueError:
        return f"{url!r} is not a valid URL"
    if not host or parts.scheme not in ("http", "https"):
        return f"{url!r} is not a valid URL"
    if parts.scheme == "http" and not (host in _LOOPBACK and switches["webhooks.loopback_http"] == "allow"):
        return "The webhook must be an HTTPS URL"
    if host.endswith(_TUNNELS):
        return f"{host} is a tunnel: the webhook must be publicly reachable by itself"
    return ""
