"""How a creative looks (versioned API).

Source: "Ad Previews", learn.microsoft.com /linkedin/marketing/integrations/ads/ad-preview
"""

from collections.abc import Mapping

from inroad.sdk.flow import IO, Flow, Request, Resource, operation
from inroad.sdk.resources.ads.calls import ACCOUNT, CREATIVE, Key, urn_of
from inroad.sdk.resources.ads.values import given, to_wire
from inroad.sdk.resources.entity import Elements, Entity, UrnText, decoder
from inroad.sdk.restli.shape import is_list, is_object

_PATH = "/rest/adPreviews"


class AdPreview(Entity, frozen=True):
    """A picture of a creative in one place: HTML with an iframe, whose address expires (UNCONFIRMED after how long)."""

    preview: str
    creative: UrnText | None = None
    account: UrnText | None = None
    placement: str | Mapping[str, object] | None = None


_PREVIEWS = decoder(Elements[AdPreview])


class AdPreviews(Resource[IO]):
    """How a creative looks."""

    @operation
    def find_by_creative(self, creative: Key, *, account: Key, placement: str | None = None) -> Flow[list[AdPreview]]:
        """Return how a creative looks in each place, or in one.

        Args:
            creative: The creative's URN or its number.
            account: Its account's URN or number.
            placement: Only there.

        Raises:
            NotFound: there is no such creative in the account.

        Scopes: r_ads or rw_ads.
        """
        params = {
            "q": "creative",
            "creative": urn_of(creative, CREATIVE, name="creative"),
            "account": urn_of(account, ACCOUNT, name="account"),
            **given(placement=placement),
        }
        response = yield Request("GET", _PATH, params, restli_method="FINDER")
        return response.decode(_PREVIEWS).elements

    @operation
    def live_preview_for_creative(self, creative: Key, *, account: Key) -> Flow[list[Mapping[str, object]]]:
        """Return live previews of a creative as LinkedIn sends them.

        UNCONFIRMED: the parameters and the answer; only the action's name is documented.

        Scopes: r_ads or rw_ads.
        """
        body = {
            "creative": str(urn_of(creative, CREATIVE, name="creative")),
            "account": str(urn_of(account, ACCOUNT, name="account")),
        }
        return (yield from _live("livePreviewForCreative", body))

    @operation
    def live_preview_for_creative_inline(
        self, creative: Mapping[str, object], *, account: Key
    ) -> Flow[list[Mapping[str, object]]]:
        """Return live previews of a creative that does not exist yet, as LinkedIn sends them.

        Args:
            creative: What `creatives.create_inline` would send as `creative`, with LinkedIn's names.
            account: The account's URN or its number.

        UNCONFIRMED: the parameters and the answer; only the action's name is documented.

        Scopes: r_ads or rw_ads.
        """
        body = {"creative": to_wire(creative), "account": str(urn_of(account, ACCOUNT, name="account"))}
        return (yield from _live("livePreviewForCreativeInline", body))


def _live(action: str, body: Mapping[str, object]) -> Flow[list[Mapping[str, object]]]:
    # Nothing is made by it, so it may be repeated.
    response = yield Request("POST", _PATH, {"action": action}, json=body, restli_method="ACTION", repeatable=True)
    answer: object = response.json()
    value = answer.get("value", answer.get("elements")) if is_object(answer) else None
    found = value if is_list(value) else [value]
    previews = [preview for preview in found if is_object(preview)]
    if not previews:
        raise response.unexpected("the answer holds no preview")
    return previews
