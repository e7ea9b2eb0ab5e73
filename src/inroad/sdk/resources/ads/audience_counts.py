"""How many members fit (versioned API).

Source: "Audience Counts", learn.microsoft.com
/linkedin/marketing/integrations/ads/advertising-targeting/audience-counts
"""

from inroad.sdk.flow import IO, Flow, Request, Resource, operation
from inroad.sdk.resources.ads.targeting_criteria import TargetingCriteria, check_criteria, criteria_param
from inroad.sdk.resources.entity import Elements, Entity, decoder

MIN_AUDIENCE = 300
"""Members that an audience needs to be served; smaller ones are counted as 0."""


class AudienceCount(Entity, frozen=True):
    """How many members fit: rounded, and 0 below 300. `active` is 0 in all of LinkedIn's samples."""

    total: int
    active: int = 0


_COUNTS = decoder(Elements[AudienceCount])


class AudienceCounts(Resource[IO]):
    """How many members fit."""

    @operation
    def find_by_targeting_criteria(self, criteria: TargetingCriteria) -> Flow[AudienceCount]:
        """Return how many members fit targeting criteria.

        Raises:
            InvalidArgument: the criteria include nothing.
            BadRequest: LinkedIn does not know a facet or an entity.

        Scopes: none.
        """
        check_criteria(criteria, is_location_required=False)
        params = {"q": "targetingCriteriaV2", "targetingCriteria": criteria_param(criteria)}
        response = yield Request("GET", "/rest/audienceCounts", params, restli_method="FINDER")
        elements = response.decode(_COUNTS).elements
        if not elements:
            raise response.unexpected("the answer holds no audience count")
        return elements[0]
