"""What is added to the addresses of a campaign's links: dynamic UTM parameters (versioned API).

Not for message and conversation ads.
Source: "Dynamic UTM parameters", learn.microsoft.com
/linkedin/marketing/integrations/ads/account-structure/ad-tracking-parameters
"""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Flow, Request, Resource, operation
from inroad.sdk.resources.ads import calls
from inroad.sdk.resources.ads.calls import ACCOUNT, CAMPAIGN, CAMPAIGN_GROUP, CREATIVE
from inroad.sdk.resources.entity import Entity, as_urn, decoder

DynamicValue: TypeAlias = Literal[
    "ACCOUNT_ID",
    "ACCOUNT_NAME",
    "CAMPAIGN_GROUP_ID",
    "CAMPAIGN_GROUP_NAME",
    "CAMPAIGN_ID",
    "CAMPAIGN_NAME",
    "CREATIVE_ID",
    "CREATIVE_NAME",
]
"""What LinkedIn fills in; CREATIVE_NAME from version 202606 on."""

_PATH = "/rest/adTrackingParameters"


class TrackingParameters(Entity, frozen=True):
    """Names of parameters, and what LinkedIn fills in or a text of one's own."""

    dynamic_value_parameters: Mapping[str, str] = {}
    custom_value_parameters: Mapping[str, str] = {}


_PARAMETERS = decoder(TrackingParameters)


class AdTrackingParameters(Resource[IO]):
    """What is added to the addresses of links."""

    @operation
    def get(self, entity: Urn | str) -> Flow[TrackingParameters]:
        """Return what is added for a campaign; for an account from version 202608 on.

        Args:
            entity: The campaign's URN, or the account's.

        Raises:
            NotFound: nothing is.

        Scopes: r_ads or rw_ads.
        """
        return (yield from calls.get(_entity(entity), _PARAMETERS, None))

    @operation
    def put(
        self,
        entity: Urn | str,
        *,
        dynamic: Mapping[str, DynamicValue] | None = None,
        custom: Mapping[str, str] | None = None,
    ) -> Flow[None]:
        """Say what is to be added, in place of what was.

        Args:
            entity: The campaign's URN, or the account's.
            dynamic: Names, and what LinkedIn fills in.
            custom: Names, and texts of one's own.

        Raises:
            InvalidArgument: nothing is given.
            ServerError: one operator met repeated ones here.

        Scopes: rw_ads.
        Roles: CAMPAIGN_MANAGER and above.
        """
        if not (dynamic or custom):
            raise InvalidArgument("give dynamic or custom parameters; delete takes them away")
        body = {"dynamicValueParameters": dict(dynamic or {}), "customValueParameters": dict(custom or {})}
        yield Request("PUT", _entity(entity), json=body, restli_method="UPDATE")

    @operation
    def delete(self, entity: Urn | str) -> Flow[None]:
        """Add nothing any more.

        Scopes: rw_ads.
        Roles: CAMPAIGN_MANAGER and above.
        """
        yield Request("DELETE", _entity(entity), restli_method="DELETE")


def _entity(entity: Urn | str) -> str:
    urn = as_urn(entity, ACCOUNT, CAMPAIGN_GROUP, CAMPAIGN, CREATIVE, name="entity")
    return calls.entity_path(_PATH, {"adEntity": {urn.kind: urn}})
