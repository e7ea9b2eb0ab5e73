"""Which campaigns count which conversion rules (versioned API).

Source: "Conversion Tracking", learn.microsoft.com
/linkedin/marketing/integrations/ads-reporting/conversion-tracking
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, operation, paged
from inroad.sdk.resources.ads import calls
from inroad.sdk.resources.ads.calls import CAMPAIGN, CONVERSION, Key, urn_of
from inroad.sdk.resources.ads.values import to_wire
from inroad.sdk.resources.entity import Elements, Entity, Millis, Results, UrnText, decoder, pages
from inroad.sdk.restli.batch import BatchResult, BatchShapeError, key_reader, read_batch_change
from inroad.sdk.restli.encode import reduced_key

_PATH = "/rest/campaignConversions"


class CampaignConversion(Entity, frozen=True):
    """That a campaign counts a conversion rule."""

    campaign: UrnText
    conversion: UrnText
    associated_at: Millis | None = None


class CampaignConversionKey(NamedTuple):
    """What names such a link."""

    campaign: Urn
    conversion: Urn


_LINK = decoder(CampaignConversion)
_LINK_PAGE = decoder(Elements[CampaignConversion])
_LINK_BATCH = decoder(Results[CampaignConversion])


class CampaignConversions(Resource[IO]):
    """Which campaigns count which conversion rules (versioned API)."""

    @operation
    def put(self, campaign: Key, conversion: Key) -> Flow[None]:
        """Have a campaign count a conversion rule.

        Scopes: rw_ads.
        """
        key = _key(campaign, conversion)
        yield Request("PUT", _link(key), json=to_wire(key._asdict()), restli_method="UPDATE")

    @operation
    def batch_put(self, pairs: Sequence[tuple[Key, Key]]) -> Flow[BatchResult[CampaignConversionKey, int]]:
        """Have campaigns count conversion rules; the answer says of each pair whether it does.

        Scopes: rw_ads.
        """
        keys = _keys(pairs)
        entities = {_reduced(key): to_wire(key._asdict()) for key in keys}
        params = {"ids": [key._asdict() for key in keys]}
        response = yield Request("PUT", _PATH, params, json={"entities": entities}, restli_method="BATCH_UPDATE")
        try:
            return read_batch_change(response.json(), key=key_reader(keys, CampaignConversionKey._asdict))
        except BatchShapeError as cause:
            raise response.unexpected(f"cannot read the batch answer: {cause}") from cause

    @operation
    def get(self, campaign: Key, conversion: Key) -> Flow[CampaignConversion]:
        """Return the link of a campaign and a conversion rule.

        Raises:
            NotFound: the campaign does not count the rule.

        Scopes: r_ads or rw_ads.
        """
        return (yield from calls.get(_link(_key(campaign, conversion)), _LINK, None))

    @operation
    def batch_get(self, pairs: Sequence[tuple[Key, Key]]) -> Flow[Mapping[CampaignConversionKey, CampaignConversion]]:
        """Return the links that there are of pairs of a campaign and a conversion rule.

        Scopes: rw_ads.
        """
        keys = _keys(pairs)
        params = {"ids": [key._asdict() for key in keys]}
        response = yield Request("GET", _PATH, params, restli_method="BATCH_GET")
        find = key_reader(keys, CampaignConversionKey._asdict)
        try:
            return {find(text): link for text, link in response.decode(_LINK_BATCH).results.items()}
        except BatchShapeError as cause:
            raise response.unexpected(f"cannot read the batch answer: {cause}") from cause

    @paged
    def find_by_campaigns(self, campaigns: Sequence[Key], *, count: int = 100) -> Flow[Page[CampaignConversion]]:
        """Yield the conversion rules that campaigns count.

        Scopes: rw_ads.
        """
        if not campaigns:
            raise InvalidArgument("campaigns must hold one campaign at least")
        urns = [urn_of(campaign, CAMPAIGN, name="campaigns") for campaign in campaigns]
        params = {"q": "campaigns", "campaigns": urns, **calls.offset_params(count)}
        return (yield from pages(Request("GET", _PATH, params, restli_method="FINDER"), _LINK_PAGE))

    @operation
    def delete(self, campaign: Key, conversion: Key) -> Flow[None]:
        """Have a campaign count a conversion rule no more.

        Scopes: rw_ads.
        """
        yield Request("DELETE", _link(_key(campaign, conversion)), restli_method="DELETE")

    @operation
    def batch_delete(self, pairs: Sequence[tuple[Key, Key]]) -> Flow[BatchResult[CampaignConversionKey, int]]:
        """Have campaigns count conversion rules no more; the answer says of each pair whether it is gone.

        Scopes: rw_ads.
        """
        return (yield from calls.batch_delete(_PATH, _keys(pairs), CampaignConversionKey._asdict))


def _key(campaign: Key, conversion: Key) -> CampaignConversionKey:
    return CampaignConversionKey(
        urn_of(campaign, CAMPAIGN, name="campaign"), urn_of(conversion, CONVERSION, name="conversion")
    )


def _keys(pairs: Sequence[tuple[Key, Key]]) -> list[CampaignConversionKey]:
    if not pairs:
        raise InvalidArgument("pairs must hold one pair at least")
    return list(dict.fromkeys(_key(campaign, conversion) for campaign, conversion in pairs))


def _link(key: CampaignConversionKey) -> str:
    return calls.entity_path(_PATH, key._asdict())


def _reduced(key: CampaignConversionKey) -> str:
    return reduced_key(key._asdict())
