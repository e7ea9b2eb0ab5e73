"""`X-LI-Signature`, and the bytes that go under it.

Source: "Webhooks", learn.microsoft.com /linkedin/shared/api-guide/webhook-validation: the hash of `hmacsha256=` and
the body's JSON; the header holds the digest alone. The Apply Connect page says "the escaped Unicode version".
"""

import hashlib
import hmac
import json
from typing import Any, Final

from inroad.sandbox.world import App

HEADER: Final = "X-LI-Signature"


def secret_of(app: App) -> str:
    """Return what signs for an app: its client secret, unless the seed says otherwise."""
    return app.webhook_secret or app.client_secret


def digest(secret: str, text: bytes) -> str:
    """Return the HMAC-SHA256 in lower-case hexadecimal."""
    return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()


def written(payload: dict[str, Any], *, mode: str) -> bytes:
    """Return the body. By `raw` it is ASCII, so that both readings of the documentation agree."""
    return json.dumps(payload, ensure_ascii=mode in ("raw", "invalid"), separators=(",", ":")).encode()


def signature(secret: str, payload: dict[str, Any], *, mode: str) -> str:
    """Return the header's value for a body that `written` made."""
    signed = written(payload, mode="raw" if mode == "escaped_over_utf8" else mode)
    made = digest(secret, b"hmacsha256=" + signed)
    return digest("not the secret", made.encode()) if mode == "invalid" else made
