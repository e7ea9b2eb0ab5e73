"""Brand safety and tracking: publisher restrictions, IAB categories, dynamic tracking parameters.

Sources: "Manage Audience Restrictions", "Dynamic UTM Tracking", learn.microsoft.com
/linkedin/marketing/integrations/ads. UNCONFIRMED: the restriction's fields, which no source names; they are kept and
shown as they were sent.
"""

from typing import Any, Final

import msgspec

from inroad.sandbox.answers import bad_path, missing_parameter
from inroad.sandbox.call import Answer, Call
from inroad.sandbox.records import ANY, STRING, Enum, Field, MapOf, Record
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.ads import params, shelves
from inroad.sandbox.resources.ads.access import (
    READ,
    WRITE,
    account_named,
    account_of,
    campaign_of,
    number_in,
    readable,
    writable,
)
from inroad.sandbox.resources.ads.refusals import Faults, coded, entity_not_found
from inroad.sandbox.resources.ads.segments import Upload, Uploads
from inroad.sandbox.resources.ads.state import Account, ads_of
from inroad.sandbox.resources.paging import page
from inroad.sandbox.shape import is_object

SOURCE: Final = (
    "learn.microsoft.com /linkedin/marketing/integrations/ads/advertising-targeting/manage-audience-restrictions"
)
TRACKING_SOURCE: Final = "learn.microsoft.com /linkedin/marketing/integrations/ads/dynamic-utm-tracking"
RESTRICTIONS: Final = "adPublisherRestrictions"
CATEGORIES: Final = (
    "Arts & Entertainment",
    "Automotive",
    "Business",
    "Careers",
    "Education",
    "Family & Parenting",
    "Health & Fitness",
    "Food & Drink",
    "Hobbies & Interests",
    "Home & Garden",
    "Law, Government & Politics",
    "News",
    "Personal Finance",
    "Society",
    "Science",
    "Pets",
    "Sports",
    "Style & Fashion",
    "Technology & Computing",
    "Travel",
)
_ACCOUNT_KEYS_SINCE: Final = "202608"
_CREATIVE_NAME_SINCE: Final = "202606"
DYNAMIC_VALUES: Final = (
    "ACCOUNT_ID",
    "ACCOUNT_NAME",
    "CAMPAIGN_GROUP_ID",
    "CAMPAIGN_GROUP_NAME",
    "CAMPAIGN_ID",
    "CAMPAIGN_NAME",
    "CREATIVE_ID",
    "CREATIVE_NAME",
)
PARAMETERS: Final = Record(
    "AdTrackingParameters",
    (
        Field("dynamicValueParameters", MapOf(Enum(*DYNAMIC_VALUES)), required=False),
        Field("customValueParameters", MapOf(STRING), required=False),
        Field("adEntity", ANY, required=False),
    ),
)


class Tracking(msgspec.Struct):
    """Tracking parameters by the URN of the entity that they are for."""

    by_entity: dict[str, dict[str, Any]] = {}


def _account_in(body: Any) -> str | None:
    """Return the first ad account that a body of unknown fields names."""
    if isinstance(body, str):
        return body if number_in(body, "sponsoredAccount") is not None else None
    if is_object(body):
        return next((found for value in body.values() if (found := _account_in(value)) is not None), None)
    return None


def _create(call: Call) -> Answer:
    if not is_object(call.body):
        raise missing_parameter("account")
    named = _account_in(call.body)
    if named is None:
        faults = Faults("AdPublisherRestriction")
        faults.missing("account")
        faults.refuse()
    account = writable(call, account_named(call, named), "account")
    return Answer.created(str(shelves.put(call, RESTRICTIONS, call.body, account=account.urn).id))


def _get(call: Call) -> Answer:
    return Answer(body=shelves.shown(shelves.keyed(call, RESTRICTIONS, call.key)))


def _update(call: Call) -> Answer:
    item = shelves.keyed(call, RESTRICTIONS, call.key, need="account")
    patch: dict[str, Any] = call.body.get("patch", {}) if is_object(call.body) else {}
    kept = {name: value for name, value in item.body.items() if name not in patch.get("$delete", [])}
    shelves.touch(call, item, {**kept, **patch.get("$set", {})})
    return Answer(status=204)


def _find(call: Call) -> Answer:
    sent = params.value(call, "entity")
    named = _account_in(sent)
    if named is None:
        raise params.invalid("entity")
    return Answer(body=page(call, list(shelves.of_account(call, RESTRICTIONS, named)), shelves.shown, total=True))


def _upload_url(call: Call) -> Answer:
    token = call.world.new_id(12)
    call.world.state(Uploads).by_token[token] = Upload()
    return Answer(body={"value": {"uploadUrl": f"{call.origin}/ad-uploads/{token}"}})


def _download_url(call: Call) -> Answer:
    return Answer(body={"value": {"downloadUrl": f"{call.origin}/ad-downloads/publishers.csv"}})


def _categories(call: Call) -> Answer:
    elements = [{"id": at, "urn": f"urn:li:iabCategory:{at}", "name": name} for at, name in enumerate(CATEGORIES, 1)]
    return Answer(body=page(call, elements, lambda element: element, total=True))


def _entity(call: Call, *, writes: bool) -> str:
    """Return the URN of the entity that the key names, which the member may see or write to."""
    key = call.key if isinstance(call.key, dict) else {}
    entity = key.get("adEntity")
    if len(key) != 1 or not isinstance(entity, dict) or len(entity) != 1:
        raise bad_path()
    kind, urn = next(iter(entity.items()))
    if not isinstance(urn, str):
        raise bad_path()
    account = _account_of(call, kind, urn)
    if writes:
        writable(call, account, "campaigns")
    return urn


def _account_of(call: Call, kind: str, urn: str) -> Account:
    if kind == "sponsoredAccount" and (call.version or "")[:6] >= _ACCOUNT_KEYS_SINCE:
        return account_named(call, urn)
    if kind == "sponsoredCampaign":
        campaign = campaign_of(call, number_in(urn, kind))
        if campaign.body["type"] == "SPONSORED_INMAILS":
            raise coded("FIELD_NOT_ALLOWED", "Message and conversation ads take no tracking parameters")
        return account_of(call, campaign.account)
    if kind == "sponsoredCampaignGroup":
        group = ads_of(call.world).groups.get(number_in(urn, kind) or 0)
        if group is not None:
            return account_of(call, group.account)
    if kind == "sponsoredCreative":
        creative = ads_of(call.world).creatives.get(number_in(urn, kind) or 0)
        if creative is not None:
            return account_of(call, creative.account)
    raise entity_not_found()


def _put_tracking(call: Call) -> Answer:
    urn = _entity(call, writes=True)
    values = call.body.get("dynamicValueParameters", {}).values()
    if "CREATIVE_NAME" in values and (call.version or "")[:6] < _CREATIVE_NAME_SINCE:
        faults = Faults("AdTrackingParameters")
        faults.add("INVALID_VALUE_FOR_FIELD", "dynamicValueParameters", "value CREATIVE_NAME is not valid")
        faults.refuse()
    call.world.state(Tracking).by_entity[urn] = call.body
    return Answer(status=204)


def _get_tracking(call: Call) -> Answer:
    found = call.world.state(Tracking).by_entity.get(_entity(call, writes=False))
    if found is None:
        raise entity_not_found()
    return Answer(body=found)


def _delete_tracking(call: Call) -> Answer:
    tracking, urn = call.world.state(Tracking).by_entity, _entity(call, writes=True)
    if tracking.pop(urn, None) is None:
        raise entity_not_found()
    return Answer(status=204)


def _lists(call: Call) -> Answer:
    if not any(True for _ in readable(call)):
        raise entity_not_found()
    return _download_url(call)


RESOURCES: Final = (
    Resource(
        path=RESTRICTIONS,
        bases=frozenset({"rest"}),
        permission="partnerApiAdPublisherRestrictions",
        takes_raw_urns=True,
        key="number",
        methods=(
            Method(name="CREATE", handler=_create, scopes=WRITE, source=SOURCE),
            Method(name="GET", handler=_get, scopes=READ, source=SOURCE),
            Method(name="PARTIAL_UPDATE", handler=_update, scopes=WRITE, source=SOURCE),
            Method(name="FINDER-entity", handler=_find, scopes=READ, params={"entity": "required"}, source=SOURCE),
            Method(name="ACTION-generateRestrictionsUploadUrl", handler=_upload_url, scopes=WRITE, source=SOURCE),
            Method(name="ACTION-generateRestrictionsDownloadUrl", handler=_download_url, scopes=WRITE, source=SOURCE),
            Method(name="ACTION-generatePublisherListDownloadUrl", handler=_lists, scopes=WRITE, source=SOURCE),
        ),
    ),
    Resource(
        path="globalPublisherList",
        bases=frozenset({"rest"}),
        permission="partnerApiGlobalPublisherList",
        key="number",
        methods=(Method(name="ACTION-generatePublisherListDownloadUrl", handler=_lists, scopes=READ, source=SOURCE),),
    ),
    Resource(
        path="iabCategories",
        bases=frozenset({"rest"}),
        permission="partnerApiIabCategories",
        key="number",
        methods=(Method(name="GET_ALL", handler=_categories, scopes=READ, source=SOURCE),),
    ),
    Resource(
        path="adTrackingParameters",
        bases=frozenset({"rest"}),
        permission="partnerApiAdTrackingParameters",
        takes_raw_urns=True,
        key="compound",
        methods=(
            Method(name="GET", handler=_get_tracking, scopes=READ, source=TRACKING_SOURCE),
            Method(name="UPDATE", handler=_put_tracking, scopes=WRITE, body=PARAMETERS, source=TRACKING_SOURCE),
            Method(name="DELETE", handler=_delete_tracking, scopes=WRITE, source=TRACKING_SOURCE),
        ),
    ),
)
