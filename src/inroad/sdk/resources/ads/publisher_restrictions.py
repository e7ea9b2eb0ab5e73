"""Where in the Audience Network ads must not run (versioned API).

They are attached by a campaign's `offsite_preferences`.

UNCONFIRMED: the fields of the restriction entity; no source shows them, so it is given and taken as JSON values.
Source: "Brand safety", learn.microsoft.com
/linkedin/marketing/integrations/ads/account-structure/manage-audience-restrictions
"""

from collections.abc import Mapping
from typing import Any

from inroad.common.urn import Urn
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, operation, paged
from inroad.sdk.resources.ads import calls
from inroad.sdk.resources.ads.values import to_wire
from inroad.sdk.resources.entity import Elements, Entity, decoder, pages
from inroad.sdk.restli.patch import Patch

_PATH = "/rest/adPublisherRestrictions"


class IabCategory(Entity, frozen=True):
    """A category of publishers, as `urn:li:iabCategory:{id}`. UNCONFIRMED: its fields."""

    id: int | str
    name: str | Mapping[str, Any] | None = None

    @property
    def urn(self) -> Urn:
        """The category's URN."""
        return Urn("iabCategory", str(self.id).rpartition(":")[2])


_RESTRICTION = decoder(dict[str, Any])
_RESTRICTION_PAGE = decoder(Elements[dict[str, Any]])
_CATEGORY_PAGE = decoder(Elements[IabCategory])


class AdPublisherRestrictions(Resource[IO]):
    """Where in the Audience Network ads must not run."""

    @operation
    def create(self, restriction: Mapping[str, object]) -> Flow[str]:
        """Create a restriction of JSON values with LinkedIn's names; return its key. Never repeated on its own.

        Scopes: rw_ads.
        """
        return calls.created_id((yield Request("POST", _PATH, json=to_wire(restriction), repeatable=False)))

    @operation
    def get(self, key: str | int | Urn) -> Flow[Mapping[str, Any]]:
        """Return a restriction as LinkedIn sends it.

        Scopes: r_ads or rw_ads.
        """
        response = yield Request("GET", calls.entity_path(_PATH, key))
        return response.decode(_RESTRICTION)

    @paged
    def find_by_entity(self, entity: Urn | str) -> Flow[Page[dict[str, Any]]]:
        """Yield the restrictions of an account, a group or a campaign, as LinkedIn sends them.

        Scopes: r_ads or rw_ads.
        """
        params = {"q": "entity", "entity": Urn.parse(entity)}
        return (yield from pages(Request("GET", _PATH, params, restli_method="FINDER"), _RESTRICTION_PAGE))

    @operation
    def update(self, key: str | int | Urn, patch: Patch) -> Flow[None]:
        """Change some of a restriction's fields.

        Scopes: rw_ads.
        """
        yield from calls.update(calls.entity_path(_PATH, key), patch)

    @operation
    def generate_restrictions_upload_url(self, parameters: Mapping[str, object] | None = None) -> Flow[str]:
        """Return where to upload a list of restrictions.

        Scopes: rw_ads.
        """
        return (yield from _url(_PATH, "generateRestrictionsUploadUrl", parameters, "uploadUrl"))

    @operation
    def generate_restrictions_download_url(self, parameters: Mapping[str, object] | None = None) -> Flow[str]:
        """Return where to download a list of restrictions.

        Scopes: rw_ads.
        """
        return (yield from _url(_PATH, "generateRestrictionsDownloadUrl", parameters, "downloadUrl"))

    @operation
    def generate_publisher_list_download_url(self, parameters: Mapping[str, object] | None = None) -> Flow[str]:
        """Return where to download the list of all publishers.

        Scopes: rw_ads.
        """
        return (yield from _url(_PATH, "generatePublisherListDownloadUrl", parameters, "downloadUrl"))

    @paged
    def list_iab_categories(self) -> Flow[Page[IabCategory]]:
        """Yield the categories of publishers.

        Scopes: r_ads or rw_ads.
        """
        return (yield from pages(Request("GET", "/rest/iabCategories"), _CATEGORY_PAGE))


def _url(path: str, action: str, parameters: Mapping[str, object] | None, name: str) -> Flow[str]:
    # An address is made, nothing else: it may be repeated.
    body = to_wire(parameters or {})
    response = yield Request("POST", path, {"action": action}, json=body, restli_method="ACTION", repeatable=True)
    return str(calls.action_value(response, name)[name])
