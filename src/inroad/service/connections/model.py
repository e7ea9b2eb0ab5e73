"""Apps, grants, connections and authors as values, and the decisions about them."""

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from inroad.common.urn import Urn
from inroad.contract.roles import POSTING_ROLES
from inroad.contract.scopes import PRODUCTS, WRITE_SCOPE, products_granting, scopes_of
from inroad.service.connections.seal import Place
from inroad.service.errors import InvalidInput

STATE_LIFE = timedelta(minutes=10)
LEASE_LIFE = timedelta(seconds=60)
REFRESH_PAUSE = timedelta(hours=1)  # after LinkedIn refused a refresh, while the access token still works
PERMITTED_SERVICES = "https://www.linkedin.com/psettings/permitted-services"
"""Where a member ends an app's access at LinkedIn."""

DEFAULT_PRODUCTS = frozenset({"Sign In with LinkedIn using OpenID Connect", "Share on LinkedIn"})
"""What any app can have by itself."""

IDENTITY_SCOPES = ("openid", "r_liteprofile", "r_basicprofile")
"""Any one of these tells who the member is; the first that an app has is asked for."""

ADMIN_SCOPES = ("rw_organization_admin", "r_organization_admin")
"""Any one of these lists the organizations that the member administers."""

ACCESS_LIFE = timedelta(days=60)
"""How long an access token lives when LinkedIn does not say.

Source: "Authorization Code Flow (3-legged OAuth)", learn.microsoft.com
/linkedin/shared/authentication/authorization-code-flow
"""

Kind: TypeAlias = Literal["member", "organization"]

Goal: TypeAlias = Literal["post_as_member", "post_as_organization", "read_organization_posts"]
GOALS: Mapping[Goal, tuple[str, ...]] = {
    "post_as_member": ("w_member_social",),
    "post_as_organization": ("w_organization_social", "rw_organization_admin"),
    "read_organization_posts": ("r_organization_social",),
}
"""What a person wants to do -> the scopes that it takes, beside knowing who the member is."""

_CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_REFUSED_SCOPE = re.compile(r'[Ss]cope "(?P<scope>[^"]+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyEncryptionKey:
    """A key that wraps workspaces' keys, itself wrapped by the root key."""

    id: str
    version: int
    root_key_id: str
    wrapped: bytes
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceKey:
    """A workspace's data key, wrapped by a key-encryption key."""

    id: str
    workspace_id: str
    kek_id: str
    wrapped: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """An app of LinkedIn's developer portal that a workspace connects through. Its secret is sealed elsewhere."""

    id: str
    workspace_id: str
    name: str
    client_id: str
    products: frozenset[str]
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectState:
    """What a callback's `state` stands for."""

    session_id: str
    workspace_id: str
    app_id: str
    scopes: frozenset[str]
    redirect_url: str
    return_path: str
    expires_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """A member of LinkedIn who agreed that an app may act for them."""

    id: str
    workspace_id: str
    app_id: str
    member_urn: Urn
    member_name: str
    scopes_asked: frozenset[str]
    scopes_granted: frozenset[str]
    connected_by: str
    connected_at: datetime
    disconnected_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """The sealed tokens of a connection and how long they live."""

    connection_id: str
    workspace_id: str
    access_token: bytes
    refresh_token: bytes | None
    issued_at: datetime
    access_expires_at: datetime
    refresh_expires_at: datetime | None
    refused_at: datetime | None = None
    refusal: str | None = None

    def may_refresh(self, at: datetime) -> bool:
        """Tell whether there is a refresh token that still lives."""
        return self.refresh_token is not None and (self.refresh_expires_at is None or at < self.refresh_expires_at)

    @property
    def usable_until(self) -> datetime:
        """When a person must consent again: the end of the refresh token, or else of the access token."""
        if self.refresh_token is None:
            return self.access_expires_at
        return max(self.access_expires_at, self.refresh_expires_at or self.access_expires_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A member or organization that a connection posts as.

    `problem` says in words why nothing can be posted as it now; None: it can. `usable_until` is when a person must
    connect again; None after disconnecting.
    """

    id: str
    workspace_id: str
    connection_id: str
    app_id: str
    products: frozenset[str]
    member_urn: Urn
    member_name: str
    urn: Urn
    kind: Kind
    name: str
    role: str
    picture_url: str | None
    scopes: frozenset[str]
    issued_at: datetime
    usable_until: datetime | None
    problem: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAuthor:
    """An author as LinkedIn tells it, before it is written down."""

    urn: Urn
    kind: Kind
    name: str
    role: str = ""
    picture_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingScope:
    """A scope that was asked for and not granted, and the products that it comes with."""

    scope: str
    products: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionView:
    """A connection as a page shows it."""

    connection: Connection
    app: App
    state: Literal["live", "expiring", "expired", "refused"]
    issued_at: datetime
    access_expires_at: datetime
    refresh_expires_at: datetime | None
    usable_until: datetime
    renews_itself: bool
    refusal: str | None
    missing: tuple[MissingScope, ...]
    authors: tuple[Author, ...]


EXPIRES_SOON = timedelta(days=14)
"""From here on a page urges to connect again.

Source: "Best Practices for Application Development", learn.microsoft.com
/linkedin/shared/api-guide/best-practices/application-development
"""


def next_step(grant: Grant, at: datetime, *, ahead: timedelta) -> Literal["use", "refresh", "expired"]:
    """Decide what to do before a call.

    A refresh token's life does not slide, and an access token never outlives it, so near its end a refresh gains
    nothing and is left out. Source: "Refresh Tokens with OAuth 2.0", learn.microsoft.com
    /linkedin/shared/authentication/programmatic-refresh-tokens
    """
    if at >= grant.access_expires_at:
        return "refresh" if grant.may_refresh(at) else "expired"
    near_its_end = grant.access_expires_at - at <= ahead
    gains = grant.refresh_expires_at is None or grant.refresh_expires_at - grant.access_expires_at > timedelta(hours=1)
    rested = grant.refused_at is None or at - grant.refused_at >= REFRESH_PAUSE
    return "refresh" if near_its_end and gains and rested and grant.may_refresh(at) else "use"


def state_of(grant: Grant, at: datetime) -> Literal["live", "expiring", "expired", "refused"]:
    """Return how a connection stands, for a page."""
    if at >= grant.usable_until:
        return "expired"
    if grant.refusal is not None:
        return "refused"
    return "expiring" if grant.usable_until - at <= EXPIRES_SOON else "live"


def scopes_to_ask(products: frozenset[str], goals: Iterable[Goal] = tuple(GOALS)) -> frozenset[str]:
    """Return the scopes that serve these goals, out of what the app's products grant.

    The whole set is asked for at once: another set later would end the member's earlier tokens.
    """
    available = scopes_of(products)
    wanted = {scope for goal in goals for scope in GOALS[goal]}
    if "rw_organization_admin" in wanted and "rw_organization_admin" not in available:
        wanted.add("r_organization_admin")
    identity = next((scope for scope in IDENTITY_SCOPES if scope in available), None)
    if identity is not None:
        wanted.add(identity)
    if identity == "openid":
        wanted.add("profile")
    return frozenset(wanted) & available


def missing_scopes(asked: frozenset[str], granted: frozenset[str]) -> tuple[MissingScope, ...]:
    """Return what was asked for and not granted, with the products that it comes with."""
    return tuple(MissingScope(scope=scope, products=_product_names(scope)) for scope in sorted(asked - granted))


def author_problem(
    kind: Kind, *, granted: frozenset[str], lost_at: datetime | None, usable_until: datetime | None, at: datetime
) -> str | None:
    """Return why nothing can be posted as this author now, in words, or None."""
    if usable_until is None:
        return "the LinkedIn connection was disconnected"
    if lost_at is not None:
        return "the connected member does not administer this page any more"
    if at >= usable_until:
        return "the LinkedIn connection has expired"
    scope = WRITE_SCOPE[kind]
    if scope not in granted:
        return f"the scope {scope} was not granted; it comes with {' or '.join(_product_names(scope))}"
    return None


def consent_problem(error: str, description: str, *, app_name: str) -> tuple[str, str]:
    """Return what LinkedIn's refusal at the consent page means, and what to do about it.

    Source: "Authorization Code Flow (3-legged OAuth)", learn.microsoft.com
    /linkedin/shared/authentication/authorization-code-flow; quotes arrive as HTML entities.
    """
    words = html.unescape(description).strip()
    if error == "user_cancelled_login":
        return "the sign-in at LinkedIn was cancelled; nothing was connected", "start again when you are ready"
    if error == "user_cancelled_authorize":
        return "the consent at LinkedIn was declined; nothing was connected", "start again and press Allow"
    if error in {"unauthorized_scope_error", "invalid_scope_error"}:
        found = _REFUSED_SCOPE.search(words)
        scope = found["scope"] if found else ""
        products = " or ".join(_product_names(scope)) or "a product that the app does not have"
        named = f"the scope {scope}" if scope else "one of the scopes"
        return (
            f'the app "{app_name}" does not have {named}, which comes with {products}; nothing was connected',
            "add the product to the app in LinkedIn's developer portal, or take it off the app's products here",
        )
    return f"LinkedIn answered {error}{f': {words}' if words else ''}; nothing was connected", "start again"


def check_return_path(path: str) -> str:
    """Return the path when it leads nowhere but to this service."""
    parts = urlsplit(path)
    own = path.startswith("/") and not path.startswith("//") and not parts.scheme and not parts.netloc
    if not own or "\\" in path or not path.isprintable() or len(path) > 500:
        raise InvalidInput(
            "return_path", f"a return path begins with one / and stays on this service, got {path[:80]!r}"
        )
    return path


def check_app(name: str, client_id: str, products: Iterable[str]) -> tuple[str, str, frozenset[str]]:
    """Return an app's fields when they can be used."""
    name, client_id, chosen = name.strip(), client_id.strip(), frozenset(products)
    if not 1 <= len(name) <= 200:
        raise InvalidInput("name", f"a name has 1 to 200 characters, got {len(name)}")
    if not _CLIENT_ID.fullmatch(client_id):
        raise InvalidInput("client_id", "a client id is the short text of letters and digits on the app's Auth tab")
    unknown = sorted(chosen - set(PRODUCTS))
    if unknown:
        raise InvalidInput("products", f"no such product at LinkedIn: {', '.join(unknown)}")
    if not set(IDENTITY_SCOPES) & scopes_of(chosen):
        raise InvalidInput(
            "products",
            "none of these products tells who the member is; connecting needs"
            " Sign In with LinkedIn using OpenID Connect",
        )
    return name, client_id, chosen


def strongest_role(roles: Iterable[str]) -> str:
    """Return the role that allows the most, out of those that may post."""
    return min(roles, key=POSTING_ROLES.index)


def place_of(column: str, *, table: str, workspace_id: str, row_id: str) -> Place:
    """Return where a sealed field belongs."""
    return Place(purpose="linkedin", table=table, column=column, workspace_id=workspace_id, row_id=row_id)


def _product_names(scope: str) -> tuple[str, ...]:
    return tuple(product.name for product in products_granting(scope) if product.closed_since is None)
