"""`conversions` and `campaignConversions`: conversion rules, and the campaigns that they count for.

Source: "Conversion Tracking", learn.microsoft.com /linkedin/marketing/integrations/ads-reporting/conversion-tracking
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

from inroad.common.clock import to_millis
from inroad.sandbox.answers import bad_path, missing_parameter, sentence
from inroad.sandbox.call import Answer, Call, Value
from inroad.sandbox.records import (
    ANY,
    BOOLEAN,
    LONG,
    STRING,
    ArrayOf,
    Enum,
    Field,
    Record,
    Type,
    UrnOf,
    schema_refusal,
)
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.ads import params
from inroad.sandbox.resources.ads.access import (
    READ,
    WRITE,
    account_named,
    account_of,
    campaign_of,
    key_number,
    number_in,
    writable,
)
from inroad.sandbox.resources.ads.batching import (
    ELEMENTS,
    ENTITIES,
    create_each,
    delete_each,
    get_each,
    patch_each,
    put_each,
)
from inroad.sandbox.resources.ads.money import MONEY
from inroad.sandbox.resources.ads.refusals import Faults, entity_not_found
from inroad.sandbox.resources.ads.state import Body, Campaign, Conversion, ads_of
from inroad.sandbox.resources.paging import page
from inroad.sandbox.resources.patch import patched

RULES_SOURCE: Final = "learn.microsoft.com /linkedin/marketing/integrations/ads-reporting/conversion-tracking"
RULE_READ: Final = READ | {"rw_conversions"}
RULE_WRITE: Final = WRITE | {"rw_conversions"}

TYPES: Final = frozenset(
    [
        "ADD_TO_CART",
        "DOWNLOAD",
        "INSTALL",
        "KEY_PAGE_VIEW",
        "LEAD",
        "PURCHASE",
        "SIGN_UP",
        "OTHER",
        "TALENT_LEAD",
        "JOB_APPLY",
        "SAVE",
        "START_CHECKOUT",
        "SCHEDULE",
        "VIEW_CONTENT",
        "VIEW_VIDEO",
        "ADD_BILLING_INFO",
        "BOOK_APPOINTMENT",
        "REQUEST_QUOTE",
        "SEARCH",
        "SUBSCRIBE",
        "AD_CLICK",
        "AD_VIEW",
        "COMPLETE_SIGNUP",
        "SUBMIT_APPLICATION",
        "PHONE_CALL",
        "INVITE",
        "LOGIN",
        "SHARE",
        "DONATE",
        "ADD_TO_LIST",
        "RATE",
        "START_TRIAL",
        "OUTBOUND_CLICK",
        "CONTACT",
        "MARKETING_QUALIFIED_LEAD",
        "SALES_QUALIFIED_LEAD",
        "QUALIFIED_LEAD",
    ]
)
WINDOWS: Final = (1, 7, 30, 90, 365)
YEAR_TYPES: Final = frozenset({"SUBMIT_APPLICATION", "PURCHASE", "ADD_TO_CART", "QUALIFIED_LEAD", "LEAD"})
MAX_CAMPAIGNS: Final = 600  # OBSERVED: above, the answer is a 500 although the write lands


def _may(name: str, type_: Type) -> Field:
    return Field(name, type_, required=False)


def _shown(name: str) -> Field:
    return Field(name, ANY, required=False, read_only=True)


RULE: Final = Record(
    "Conversion",
    (
        _may("account", UrnOf("sponsoredAccount")),
        _may("name", STRING),
        _may("type", STRING),
        _may(
            "conversionMethod",
            Enum("CONVERSIONS_API", "INSIGHT_TAG_URL_MATCH_RULES", "INSIGHT_TAG_JAVASCRIPT_EVENT"),
        ),
        _may("enabled", BOOLEAN),
        _may("postClickAttributionWindowSize", LONG),
        _may("viewThroughAttributionWindowSize", LONG),
        # UNCONFIRMED: the second name.
        _may("attributionType", Enum("LAST_TOUCH_BY_CAMPAIGN", "LAST_TOUCH_BY_CONVERSION")),
        _may("valueType", Enum("DYNAMIC", "FIXED", "NO_VALUE")),
        _may("value", MONEY),
        _may("urlRules", ArrayOf(ANY)),
        _may("urlMatchRuleExpression", ANY),
        _may("campaigns", ArrayOf(UrnOf("sponsoredCampaign"))),
        *(_shown(name) for name in ("id", "associatedCampaigns", "created", "lastModified", "lastCallbackAt")),
    ),
)
ASSOCIATION: Final = Record(
    "CampaignConversion",
    (
        Field("campaign", UrnOf("sponsoredCampaign")),
        Field("conversion", UrnOf("llaPartnerConversion")),
        _shown("associatedAt"),
    ),
)


def rule_view(call: Call, rule: Conversion) -> dict[str, Any]:
    """Return a rule as the API shows it: bare times, no audit stamps."""
    campaigns = [f"urn:li:sponsoredCampaign:{c.id}" for c in _campaigns_of(call, rule)]
    body = {
        "id": rule.id,
        **rule.body,
        "campaigns": campaigns,
        "associatedCampaigns": [{"campaign": urn} for urn in campaigns],
        "created": to_millis(rule.created_at),
        "lastModified": to_millis(rule.modified_at),
    }
    if rule.last_event_at is not None:
        body["lastCallbackAt"] = to_millis(rule.last_event_at)
    return body


def _campaigns_of(call: Call, rule: Conversion) -> Iterable[Campaign]:
    return (c for c in ads_of(call.world).campaigns_under(rule.account) if rule.id in c.conversions)


def _rule(call: Call, number: int | None, *, writes: bool = False) -> Conversion:
    rule = None if number is None else ads_of(call.world).conversions.get(number)
    if rule is None:
        raise entity_not_found()
    account = account_of(call, rule.account)
    if writes:
        writable(call, account, "campaigns")
    return rule


def _check_rule(call: Call, found: Faults, body: Mapping[str, Any]) -> None:
    for name in ("account", "name", "type", "conversionMethod"):
        if name not in body:
            found.missing(name)
    if call.switches.is_on("conversions.strict_types") and body.get("type", "OTHER") not in TYPES:
        raise schema_refusal([f'ERROR :: /type :: "{body["type"]}" is not an enum symbol'])
    for name in ("postClickAttributionWindowSize", "viewThroughAttributionWindowSize"):
        size = body.get(name)
        if size is not None and size not in WINDOWS:
            found.add("INVALID_VALUE_FOR_FIELD", name, f"value {size} must be one of {', '.join(map(str, WINDOWS))}")
        if size == 365 and body.get("type") not in YEAR_TYPES:
            said = f"/Conversion/{name} cannot be 365 if /Conversion/type is set to {body.get('type')}"
            found.conditional("CONDITIONAL_INVALID_VALUE", said)
    if body.get("valueType") == "FIXED" and "value" not in body:
        said = "/Conversion/value is required if /Conversion/valueType is set to FIXED"
        found.conditional("CONDITIONAL_MISSING_FIELD", said)


def _create(call: Call, sent: Body, association: str | None = None) -> Conversion:
    found = Faults("Conversion")
    _check_rule(call, found, sent)
    found.refuse()
    account = writable(call, account_named(call, sent["account"]), "campaigns")
    campaigns = _wanted(call, account.id, sent.get("campaigns", []))
    body: Body = {
        "enabled": True,
        "postClickAttributionWindowSize": 30,
        "viewThroughAttributionWindowSize": 7,
        "attributionType": "LAST_TOUCH_BY_CAMPAIGN",
        "valueType": "DYNAMIC",
        "urlRules": [],
        **{name: value for name, value in sent.items() if name != "campaigns"},
    }
    ads = ads_of(call.world)
    rule = Conversion(
        id=ads.new_id("conversion"), account=account.id, body=body, created_at=call.now, modified_at=call.now
    )
    ads.add_conversion(rule)
    if association == "ALL_CAMPAIGNS":
        campaigns = list(ads.campaigns_under(account.id))
    elif association == "OBJECTIVE_BASED":
        wanted = ("WEBSITE_CONVERSION", "LEAD_GENERATION")
        campaigns = [c for c in ads.campaigns_under(account.id) if c.body.get("objectiveType") in wanted]
    for campaign in campaigns:
        campaign.conversions.append(rule.id)
    return rule


def _wanted(call: Call, account: int, urns: Iterable[str]) -> list[Campaign]:
    found: list[Campaign] = []
    for urn in urns:
        campaign = campaign_of(call, number_in(urn, "sponsoredCampaign"))
        if campaign.account != account:
            raise entity_not_found()
        found.append(campaign)
    return found


def _create_one(call: Call) -> Answer:
    association = params.symbol(call, "autoAssociationType", ("ALL_CAMPAIGNS", "OBJECTIVE_BASED", "NONE"))
    rule = _create(call, call.body, association)
    return Answer.created(str(rule.id), rule_view(call, rule))


def _create_many(call: Call) -> Answer:
    association = params.symbol(call, "autoAssociationType", ("ALL_CAMPAIGNS", "OBJECTIVE_BASED", "NONE"))
    return create_each(call, RULE, lambda body: str(_create(call, body, association).id))


def _get(call: Call) -> Answer:
    return Answer(body=rule_view(call, _rule(call, key_number(call.key))))


def _batch_get(call: Call) -> Answer:
    return get_each(call, lambda key: rule_view(call, _rule(call, key_number(key))))


def _update(call: Call, key: Value | None, patch: Mapping[str, Any]) -> None:
    rule = _rule(call, key_number(key), writes=True)
    changes = patched({}, patch)
    body, found = patched(rule.body, patch), Faults("Conversion")
    body.pop("campaigns", None)
    _check_rule(call, found, body)
    for name in ("account", "conversionMethod"):
        if body.get(name) != rule.body[name]:
            found.add("FIELD_NOT_ALLOWED", name, "cannot be changed")
    found.refuse()
    if "campaigns" in changes:
        campaigns = {c.id for c in _wanted(call, rule.account, changes["campaigns"])}
        for campaign in ads_of(call.world).campaigns_under(rule.account):
            others = [n for n in campaign.conversions if n != rule.id]
            campaign.conversions = [*others, rule.id] if campaign.id in campaigns else others
    rule.body = body
    rule.touch(call.now, call.member.id)
    if len(changes.get("campaigns", [])) > MAX_CAMPAIGNS:
        raise sentence(500, "Internal Server Error")


def _update_one(call: Call) -> Answer:
    _update(call, call.key, call.body["patch"])
    return Answer(status=204)


def _update_many(call: Call) -> Answer:
    return patch_each(call, RULE, lambda key, patch: _update(call, key, patch))


def _page(call: Call, found: list[Conversion]) -> Answer:
    body = page(call, found, lambda rule: rule_view(call, rule), most=1000)
    body["paging"]["total"] = -1
    return Answer(body=body)


def _by_account(call: Call) -> Answer:
    number = params.number_of(call, "account", "sponsoredAccount")
    return _page(call, list(ads_of(call.world).conversions_under(account_of(call, number).id)))


def _by_campaign(call: Call) -> Answer:
    campaign = campaign_of(call, params.number_of(call, "campaign", "sponsoredCampaign"))
    rules = ads_of(call.world).conversions
    return _page(call, [rules[n] for n in campaign.conversions if n in rules])


def _pair(call: Call, key: Value | None, *, writes: bool) -> tuple[Campaign, Conversion]:
    named: Mapping[str, Any] = key if isinstance(key, dict) else {}
    if set(named) != {"campaign", "conversion"}:
        raise bad_path()
    rule = _rule(call, number_in(named["conversion"], "llaPartnerConversion"), writes=writes)
    campaign = campaign_of(call, number_in(named["campaign"], "sponsoredCampaign"))
    if campaign.account != rule.account:
        raise entity_not_found()
    return campaign, rule


def _association(call: Call, key: Value | None) -> dict[str, Any]:
    campaign, rule = _pair(call, key, writes=False)
    if rule.id not in campaign.conversions:
        raise entity_not_found()
    # UNCONFIRMED: the name of the time at which they were associated.
    return {"campaign": campaign.urn, "conversion": rule.urn, "associatedAt": to_millis(rule.modified_at)}


def _associate(call: Call, key: Value | None, body: Mapping[str, Any]) -> None:
    campaign, rule = _pair(call, key, writes=True)
    if body.get("campaign", campaign.urn) != campaign.urn or body.get("conversion", rule.urn) != rule.urn:
        found = Faults("CampaignConversion")
        found.add("MISMATCH_FIELDS", "campaign", "does not match the key of the path")
        found.refuse()
    if rule.id not in campaign.conversions:
        campaign.conversions.append(rule.id)
        rule.modified_at = call.now


def _dissociate(call: Call, key: Value | None) -> None:
    campaign, rule = _pair(call, key, writes=True)
    if rule.id not in campaign.conversions:
        raise entity_not_found()
    campaign.conversions.remove(rule.id)


def _put_association(call: Call) -> Answer:
    _associate(call, call.key, call.body)
    return Answer(status=204)


def _delete_association(call: Call) -> Answer:
    _dissociate(call, call.key)
    return Answer(status=204)


def _by_campaigns(call: Call) -> Answer:
    wanted = params.urns(call, "campaigns")
    if not wanted:
        raise missing_parameter("campaigns")
    campaigns = [campaign_of(call, number_in(urn, "sponsoredCampaign")) for urn in wanted]
    pairs = [(c, ads_of(call.world).conversions[n]) for c in campaigns for n in c.conversions]
    return Answer(
        body=page(
            call,
            pairs,
            lambda p: {"campaign": p[0].urn, "conversion": p[1].urn, "associatedAt": to_millis(p[1].modified_at)},
            most=1000,
        )
    )


_ACCOUNT: Final[Mapping[str, Literal["required", "optional"]]] = {"account": "required"}

RESOURCES: Final = (
    Resource(
        path="conversions",
        bases=frozenset({"rest"}),
        permission="partnerApiConversions",
        takes_raw_urns=True,
        key="number",
        methods=(
            Method(
                name="CREATE",
                handler=_create_one,
                scopes=RULE_WRITE,
                body=RULE,
                params={"autoAssociationType": "optional"},
                source=RULES_SOURCE,
            ),
            Method(
                name="BATCH_CREATE",
                handler=_create_many,
                scopes=RULE_WRITE,
                body=ELEMENTS,
                params={"autoAssociationType": "optional"},
                source=RULES_SOURCE,
            ),
            Method(name="GET", handler=_get, scopes=RULE_READ, source=RULES_SOURCE),
            Method(name="BATCH_GET", handler=_batch_get, scopes=RULE_READ, source=RULES_SOURCE),
            Method(name="PARTIAL_UPDATE", handler=_update_one, scopes=RULE_WRITE, body=RULE, source=RULES_SOURCE),
            Method(
                name="BATCH_PARTIAL_UPDATE",
                handler=_update_many,
                scopes=RULE_WRITE,
                body=ENTITIES,
                source=RULES_SOURCE,
            ),
            Method(name="FINDER-account", handler=_by_account, scopes=RULE_READ, params=_ACCOUNT, source=RULES_SOURCE),
            Method(
                name="FINDER-campaign",
                handler=_by_campaign,
                scopes=RULE_READ,
                params={"campaign": "required"},
                source=RULES_SOURCE,
            ),
        ),
    ),
    Resource(
        path="campaignConversions",
        bases=frozenset({"rest"}),
        permission="partnerApiCampaignConversions",
        takes_raw_urns=True,
        key="compound",
        methods=(
            Method(
                name="GET",
                handler=lambda call: Answer(body=_association(call, call.key)),
                scopes=RULE_READ,
                source=RULES_SOURCE,
            ),
            Method(
                name="BATCH_GET",
                handler=lambda call: get_each(call, lambda key: _association(call, key)),
                scopes=RULE_WRITE,
                source=RULES_SOURCE,
            ),
            Method(
                name="FINDER-campaigns",
                handler=_by_campaigns,
                scopes=RULE_WRITE,
                params={"campaigns": "required"},
                source=RULES_SOURCE,
            ),
            Method(name="UPDATE", handler=_put_association, scopes=RULE_WRITE, body=ASSOCIATION, source=RULES_SOURCE),
            Method(
                name="BATCH_UPDATE",
                handler=lambda call: put_each(call, ASSOCIATION, lambda key, body: _associate(call, key, body)),
                scopes=RULE_WRITE,
                body=ENTITIES,
                source=RULES_SOURCE,
            ),
            Method(name="DELETE", handler=_delete_association, scopes=RULE_WRITE, source=RULES_SOURCE),
            Method(
                name="BATCH_DELETE",
                handler=lambda call: delete_each(call, lambda key: _dissociate(call, key)),
                scopes=RULE_WRITE,
                source=RULES_SOURCE,
            ),
        ),
    ),
)
