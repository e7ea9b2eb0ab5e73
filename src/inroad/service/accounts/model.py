"""People, sessions, links and keys as values, and the decisions about them."""

import hashlib
import re
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta

from inroad.common.secret import Secret
from inroad.service.errors import InvalidInput
from inroad.service.who import PERMISSIONS, Permission, Who

MIN_PASSWORD = 12
MAX_PASSWORD = 1024  # more only keeps argon2 busy
MAX_NAME = 200
FIRST_RUN_LINK_LIFE = timedelta(hours=24)
SIGN_IN_LINK_LIFE = timedelta(minutes=15)
CLI_CODE_LIFE = timedelta(minutes=5)
ATTEMPT_WINDOW = timedelta(minutes=15)
MAX_ATTEMPTS = {"account": 10, "address": 50}
SEEN_GRAIN = timedelta(minutes=1)  # how stale `seen_at` may be, so that not every request writes

API_KEY_PREFIX = "inr_"
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.?[^@\s]*")
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")  # RFC 7636 section 4.2: BASE64URL(SHA256(verifier))
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")  # RFC 7636 section 4.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone who signs in."""

    id: str
    email: str
    name: str
    password_hash: Secret
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """Where people, apps, authors and posts belong together."""

    id: str
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session as it is kept. The cookie's value is not: only its hash is."""

    id: str
    person_id: str
    workspace_id: str
    address: str
    created_at: datetime
    seen_at: datetime
    ends_at: datetime
    revoked_at: datetime | None = None

    def is_alive(self, at: datetime, *, idle: timedelta) -> bool:
        """Tell whether the session still counts: not revoked, not idle too long, not past its absolute end."""
        return self.revoked_at is None and at < self.ends_at and at - self.seen_at < idle


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A session that was just made. The cookie's value exists only here and in the browser."""

    cookie: Secret
    session: Session


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionView:
    """A live session and whom it speaks for."""

    session: Session
    person: Person
    workspace: Workspace
    role: str
    csrf_token: Secret

    def who(self, *, request_id: str, address: str) -> Who:
        """Return the value that actions take."""
        return Who(
            person_id=self.person.id,
            workspace_id=self.workspace.id,
            session_id=self.session.id,
            request_id=request_id,
            address=address,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInLink:
    """A one-time link as it is kept: `kind` is first_run or sign_in."""

    id: str
    kind: str
    person_id: str | None
    expires_at: datetime
    used_at: datetime | None

    def fault(self, at: datetime) -> str | None:
        """Return why the link does not count any more, in words, or None."""
        if self.used_at is not None:
            return "this link was used already"
        return "this link is too old" if at >= self.expires_at else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key as it is kept and listed; `prefix` is its readable beginning."""

    id: str
    workspace_id: str
    person_id: str
    name: str
    prefix: str
    scopes: frozenset[Permission]
    created_at: datetime
    expires_at: datetime | None
    used_at: datetime | None
    revoked_at: datetime | None

    def is_alive(self, at: datetime) -> bool:
        """Tell whether the key still counts."""
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedKey:
    """A key that was just made. `text` exists only here and with whom it is shown to."""

    text: Secret
    key: ApiKey


@dataclass(frozen=True, slots=True, kw_only=True)
class CliCode:
    """A code that a command line exchanges for an API key, bound to its PKCE challenge."""

    workspace_id: str
    person_id: str
    challenge: str
    expires_at: datetime
    used_at: datetime | None


def new_secret() -> Secret:
    """Return 256 random bits as URL-safe text."""
    return Secret(secrets.token_urlsafe(32))


def new_api_key() -> Secret:
    """Return a key's text: a prefix that secret scanners can find, then 256 random bits."""
    return Secret(API_KEY_PREFIX + secrets.token_urlsafe(32))


def readable_prefix(key: Secret) -> str:
    """Return the beginning of an API key that may be shown in lists."""
    return key.reveal()[: len(API_KEY_PREFIX) + 6]


def hash_of(secret: Secret) -> str:
    """Return the form in which a random secret is kept; never for passwords, which are guessable."""
    return hashlib.sha256(secret.reveal().encode()).hexdigest()


def csrf_token(cookie: Secret) -> Secret:
    """Return the session's CSRF token. It is derived, so the database holds nothing that could forge one."""
    return Secret(hashlib.sha256(b"inroad csrf\0" + cookie.reveal().encode()).hexdigest())


def s256(verifier: str) -> str:
    """Return the PKCE challenge of a verifier. Source: RFC 7636 section 4.2."""
    return urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def is_verifier(text: str) -> bool:
    """Tell whether the text has a PKCE verifier's form."""
    return _VERIFIER.fullmatch(text) is not None


def check_email(email: str) -> str:
    """Return the address as it is kept, in lower case."""
    folded = email.strip().lower()
    if len(folded) > MAX_NAME or not _EMAIL.fullmatch(folded):
        raise InvalidInput("email", "an e-mail address looks like ada@example.com")
    return folded


def check_password(password: Secret) -> Secret:
    """Return the password when it is long enough to keep."""
    length = len(password.reveal())
    if length < MIN_PASSWORD:
        raise InvalidInput("password", f"a password has at least {MIN_PASSWORD} characters, got {length}")
    if length > MAX_PASSWORD:
        raise InvalidInput("password", f"a password has at most {MAX_PASSWORD} characters, got {length}")
    return password


def check_name(field: str, name: str) -> str:
    """Return the name without blanks around it."""
    name = name.strip()
    if not name or len(name) > MAX_NAME:
        raise InvalidInput(field, f"a name has 1 to {MAX_NAME} characters, got {len(name)}")
    return name


def check_scopes(scopes: frozenset[str]) -> frozenset[Permission]:
    """Return the scopes when each is a permission that exists."""
    unknown = sorted(scopes - PERMISSIONS)
    if unknown or not scopes:
        got = ", ".join(unknown) or "none"
        raise InvalidInput("scopes", f"a key's scopes are some of {', '.join(sorted(PERMISSIONS))}; got {got}")
    return frozenset(permission for permission in PERMISSIONS if permission in scopes)


def check_challenge(challenge: str) -> str:
    """Return the PKCE challenge when it has an S256 challenge's form."""
    if not _CHALLENGE.fullmatch(challenge):
        raise InvalidInput("code_challenge", "a code challenge is 43 characters of base64url (S256)")
    return challenge


def check_port(port: int) -> int:
    """Return the loopback port when a program may listen on it without privileges."""
    if not 1024 <= port <= 65535:
        raise InvalidInput("port", f"a loopback port is a number from 1024 to 65535, got {port}")
    return port
