"""Which organization a key names, and who may see all of it."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from inroad.sandbox.answers import sentence
from inroad.sandbox.call import Value
from inroad.sandbox.world import Organization

ADMIN_SCOPES = ("rw_organization_admin", "r_organization_admin")
# fmt: off
ANY_ORGANIZATION_SCOPE = frozenset((
    *ADMIN_SCOPES, "r_organization_social", "w_organization_social", "r_organization_social_feed",
    "w_organization_social_feed", "r_organization_followers",
))
# fmt: on


def number_of(key: Value | None) -> int:
    """Return the number that a key is; the pipeline has refused what is none, apart from negative ones."""
    if isinstance(key, str) and key.isascii() and key.isdigit():
        return int(key)
    raise sentence(400, f"Key value '{key}' must be of type 'java.lang.Long'")


def with_vanity_name(pages: Iterable[Organization], name: str) -> list[Organization]:
    """Return the page of that vanity name; case does not count."""
    return [p for p in pages if p.vanity_name and p.vanity_name.lower() == name.lower()]


def with_email_domain(pages: Iterable[Organization], domain: str) -> list[Organization]:
    """Return the pages whose web address is of that domain; case does not count."""
    return [p for p in pages if p.website and _domain(p.website) == domain.lower()]


def _domain(address: str) -> str:
    host = urlsplit(address).hostname or ""
    return host.lower().removeprefix("www.")
