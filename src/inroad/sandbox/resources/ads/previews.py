"""`adPreviews`: how a creative looks, as HTML that holds an iframe.

Source: "Ad Preview", learn.microsoft.com /linkedin/marketing/integrations/ads/account-structure/ad-preview
"""

from typing import Any, Final

from inroad.sandbox.answers import missing_parameter
from inroad.sandbox.call import Answer, Call
from inroad.sandbox.records import ANY, STRING, Field, Record, UrnOf
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.ads import params
from inroad.sandbox.resources.ads.access import READ, account_named, account_of, creative_of
from inroad.sandbox.resources.ads.refusals import coded
from inroad.sandbox.resources.ads.state import Creative

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/integrations/ads/account-structure/ad-preview"
LIVE: Final = Record(
    "LivePreview",
    (
        Field("account", UrnOf("sponsoredAccount")),
        Field("creative", UrnOf("sponsoredCreative")),
        Field("placement", STRING, required=False),
    ),
)
LIVE_INLINE: Final = Record(
    "LivePreviewInline",
    (Field("account", UrnOf("sponsoredAccount")), Field("creative", ANY), Field("placement", STRING, required=False)),
)


def _element(call: Call, creative: Creative, placement: str | None) -> dict[str, Any]:
    frame = f"<iframe src='{call.origin}/ad-preview/{creative.id}' width='580' height='640'></iframe>"
    body = {
        "creative": creative.urn,
        "account": f"urn:li:sponsoredAccount:{creative.account}",
        "preview": frame,
    }
    return body if placement is None else {**body, "placement": placement}


def _find(call: Call) -> Answer:
    urn, account = (
        params.urn(call, "creative", "sponsoredCreative"),
        params.number_of(call, "account", "sponsoredAccount"),
    )
    if urn is None:
        raise missing_parameter("creative")
    creative = creative_of(call, urn)
    if account_of(call, account).id != creative.account:
        raise coded("MISMATCH_FIELDS", "account does not match the account of the creative")
    element = _element(call, creative, params.text(call, "placement"))
    return Answer(body={"elements": [element], "paging": {"start": 0, "count": 10, "links": []}})


def _live(call: Call) -> Answer:
    account_named(call, call.body["account"])
    creative = creative_of(call, call.body["creative"])
    return Answer(body={"value": {"elements": [_element(call, creative, call.body.get("placement"))]}})


def _live_inline(call: Call) -> Answer:
    """Answer with a frame that shows nothing yet: the creative is in the request only."""
    account = account_named(call, call.body["account"])
    frame = "<iframe srcdoc='Preview of an unsaved creative' width='580' height='640'></iframe>"
    return Answer(body={"value": {"elements": [{"account": account.urn, "preview": frame}]}})


RESOURCES: Final = (
    Resource(
        path="adPreviews",
        bases=frozenset({"rest"}),
        permission="partnerApiAdPreviews",
        key="number",
        methods=(
            Method(
                name="FINDER-creative",
                handler=_find,
                scopes=READ,
                params={"creative": "required", "account": "required", "placement": "optional"},
                source=SOURCE,
            ),
            Method(name="ACTION-livePreviewForCreative", handler=_live, scopes=READ, body=LIVE, source=SOURCE),
            Method(
                name="ACTION-livePreviewForCreativeInline",
                handler=_live_inline,
                scopes=READ,
                body=LIVE_INLINE,
                source=SOURCE,
            ),
        ),
    ),
)
