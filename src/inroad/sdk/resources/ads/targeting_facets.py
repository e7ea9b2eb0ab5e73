"""What members can be told apart by (versioned API).

Source: "Ads Targeting", learn.microsoft.com /linkedin/marketing/integrations/ads/advertising-targeting/ads-targeting
"""

import msgspec

from inroad.common.urn import Urn
from inroad.sdk.flow import IO, Flow, Request, Resource, operation
from inroad.sdk.resources.ads.targeting_criteria import FACET
from inroad.sdk.resources.entity import Elements, Entity, UrnText, decoder


class TargetingFacet(Entity, frozen=True):
    """Something by which members are told apart, and how its entities are found.

    `available_entity_finders` are of AD_TARGETING_FACET (list all), TYPEAHEAD and SIMILAR_ENTITIES.
    """

    facet_name: str
    entity_types: tuple[str, ...] = ()
    available_entity_finders: tuple[str, ...] = ()
    _facet_urn: UrnText | None = msgspec.field(name="adTargetingFacetUrn", default=None)
    _dollar_urn: UrnText | None = msgspec.field(name="$URN", default=None)

    @property
    def urn(self) -> Urn:
        """The facet's URN, from whichever field is there."""
        return self._facet_urn or self._dollar_urn or Urn(FACET, self.facet_name)


_FACETS = decoder(Elements[TargetingFacet])


class AdTargetingFacets(Resource[IO]):
    """What members can be told apart by."""

    @operation
    def list(self) -> Flow[list[TargetingFacet]]:
        """Return all facets; LinkedIn gives them at once.

        Scopes: none; any member's token of an app with the Advertising API.
        """
        response = yield Request("GET", "/rest/adTargetingFacets")
        return response.decode(_FACETS).elements
