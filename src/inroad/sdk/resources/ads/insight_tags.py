"""Insight tags: the script that sees conversions on web sites, its domains, and who may use it (versioned API).

UNCONFIRMED: the fields of all three; a recorded answer of each would confirm them.
Source: "Insight Tag", learn.microsoft.com /linkedin/marketing/integrations/ads-reporting/insight-tag
"""

from typing import Any, ClassVar

from inroad.sdk.flow import IO, Flow, Page, Request, Resource, operation, paged
from inroad.sdk.resources.ads import calls
from inroad.sdk.resources.ads.calls import ACCOUNT, Key, created_number, urn_of
from inroad.sdk.resources.ads.values import Record
from inroad.sdk.resources.entity import Elements, Entity, Millis, UrnText, decoder, pages
from inroad.sdk.restli.patch import Patch

MAX_DOMAINS_PAGE = 500
"""Domains per page; LinkedIn was seen to refuse more."""

_TAGS = "/rest/insightTags"
_DOMAINS = "/rest/insightTagDomains"
_PERMISSIONS = "/rest/insightTagsPermission"


class InsightTag(Record, frozen=True):
    """An insight tag of an account."""

    READ_ONLY: ClassVar[frozenset[str]] = frozenset({"id", "account", "created", "lastModified"})

    id: int
    account: UrnText | None = None
    name: str = ""
    created: Millis | None = None
    last_modified: Millis | None = None


class InsightTagDomain(Entity, frozen=True):
    """A web site on which an account's tag was seen."""

    domain_name: str
    account: UrnText | None = None
    status: str | None = None
    last_callback_at: Millis | None = None


class InsightTagPermission(Entity, frozen=True):
    """That an account may use another's tag."""

    account: UrnText | None = None
    insight_tag: int | str | None = None
    owner: UrnText | None = None


_TAG = decoder(InsightTag)
_TAG_PAGE = decoder(Elements[InsightTag])
_DOMAIN = decoder(InsightTagDomain)
_DOMAIN_PAGE = decoder(Elements[InsightTagDomain])
_PERMISSION_PAGE = decoder(Elements[InsightTagPermission])


class InsightTags(Resource[IO]):
    """Insight tags (versioned API)."""

    @operation
    def create(self, account: Key, *, name: str | None = None) -> Flow[int]:
        """Create an account's insight tag and return its number. Never repeated on its own.

        Scopes: rw_ads.
        """
        body: dict[str, Any] = {"account": str(urn_of(account, ACCOUNT, name="account"))}
        if name is not None:
            body["name"] = name
        return created_number((yield Request("POST", _TAGS, json=body, repeatable=False)))

    @operation
    def get(self, id: int) -> Flow[InsightTag]:
        """Return an insight tag.

        Scopes: r_ads or rw_ads.
        """
        return (yield from calls.get(calls.entity_path(_TAGS, id), _TAG, None))

    @paged
    def find_by_account(self, account: Key, *, count: int = 100) -> Flow[Page[InsightTag]]:
        """Yield an account's insight tags.

        Scopes: r_ads or rw_ads.
        """
        return (yield from pages(_find(_TAGS, account, count, calls.MAX_OFFSET_PAGE), _TAG_PAGE))

    @operation
    def update(self, id: int, patch: Patch) -> Flow[None]:
        """Change some of a tag's fields.

        Scopes: rw_ads.
        """
        yield from calls.update(calls.entity_path(_TAGS, id), patch)

    @paged
    def find_domains(self, account: Key, *, count: int = 100) -> Flow[Page[InsightTagDomain]]:
        """Yield the web sites on which an account's tag was seen.

        Args:
            account: The account's URN or its number.
            count: Domains per page, 1 to 500. Pages are fetched as you iterate.

        Scopes: r_ads or rw_ads.
        """
        return (yield from pages(_find(_DOMAINS, account, count, MAX_DOMAINS_PAGE), _DOMAIN_PAGE))

    @operation
    def get_domain(self, account: Key, domain_name: str) -> Flow[InsightTagDomain]:
        """Return a web site of an account's tag.

        UNCONFIRMED: that a single one can be read; the key is documented, a sample is missing.

        Scopes: r_ads or rw_ads.
        """
        key = {"account": urn_of(account, ACCOUNT, name="account"), "domainName": domain_name}
        return (yield from calls.get(calls.entity_path(_DOMAINS, key), _DOMAIN, None))

    @paged
    def find_permissions(self, account: Key, *, count: int = 100) -> Flow[Page[InsightTagPermission]]:
        """Yield which tags of others an account may use.

        Scopes: r_ads or rw_ads.
        """
        return (yield from pages(_find(_PERMISSIONS, account, count, calls.MAX_OFFSET_PAGE), _PERMISSION_PAGE))

    @operation
    def grant_access(self, tag: int, account: Key) -> Flow[None]:
        """Let an account use a tag.

        Scopes: rw_ads.
        """
        yield _permission("grantAccess", tag, account)

    @operation
    def revoke_access(self, tag: int, account: Key) -> Flow[None]:
        """Let an account use a tag no more.

        Scopes: rw_ads.
        """
        yield _permission("revokeAccess", tag, account)


def _find(path: str, account: Key, count: int, most: int) -> Request:
    params = {"q": "account", "account": urn_of(account, ACCOUNT, name="account"), **calls.offset_params(count, most)}
    return Request("GET", path, params, restli_method="FINDER")


def _permission(action: str, tag: int, account: Key) -> Request:
    body = {"insightTag": tag, "account": str(urn_of(account, ACCOUNT, name="account"))}
    # Granting or revoking twice is the same as once.
    return Request("POST", _PERMISSIONS, {"action": action}, json=body, restli_method="ACTION", repeatable=True)
