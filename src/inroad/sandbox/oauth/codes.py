"""Authorization codes: made at the consent, redeemed once within 30 minutes.

Source: "Authorization Code Flow", learn.microsoft.com /linkedin/shared/authentication/authorization-code-flow
"""

import hmac
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256
from typing import Literal, TypeAlias

from inroad.sandbox.oauth.state import Code, Codes
from inroad.sandbox.oauth.tokens import consent_to
from inroad.sandbox.world import World

CODE_LIFE = timedelta(minutes=30)

CodeProblem: TypeAlias = Literal["unknown", "mismatch"]

_VERIFIER = re.compile(r"[A-Za-z0-9\-._~]{43,128}")  # RFC 7636, 4.1


def grant_code(
    world: World, *, client_id: str, member_id: str, redirect_uri: str, scopes: Iterable[str], challenge: str = ""
) -> str:
    """Let a member allow an app `scopes` and return the authorization code that follows.

    `challenge` is a native client's PKCE challenge (S256).
    """
    consent = consent_to(world, client_id=client_id, member_id=member_id, scopes=scopes)
    text = "AQ" + world.new_secret(126)
    world.state(Codes).codes[text] = Code(
        client_id=client_id,
        member_id=member_id,
        redirect_uri=redirect_uri,
        scopes=list(consent.scopes),
        created_at=world.clock.now(),
        challenge=challenge,
    )
    return text


def peek_code(world: World, text: str) -> Code | None:
    """Return a code's record without using it up."""
    return world.state(Codes).codes.get(text)


def redeem_code(
    world: World, text: str, *, client_id: str, redirect_uri: str, verifier: str | None = None
) -> Code | CodeProblem:
    """Use a code up and return it; `mismatch` covers expired, used, another app's, another redirect or verifier."""
    code = peek_code(world, text)
    if code is None:
        return "unknown"
    is_fresh = not code.used and world.clock.now() < code.created_at + CODE_LIFE
    is_bound = code.client_id == client_id and code.redirect_uri == redirect_uri
    if not (is_fresh and is_bound and _answers_challenge(code.challenge, verifier)):
        return "mismatch"
    code.used = True
    return code


def _answers_challenge(challenge: str, verifier: str | None) -> bool:
    if not challenge:
        return True
    if verifier is None or not _VERIFIER.fullmatch(verifier):
        return False
    digest = urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=")
    return hmac.compare_digest(digest, challenge.encode())
