"""`conversionEvents`: what happened beyond LinkedIn, sent by servers.

Sources: "Conversions API" with its schema, learn.microsoft.com
/linkedin/marketing/integrations/ads-reporting/conversions-api; the refusals as measured in August 2026.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from inroad.common.clock import to_millis
from inroad.sandbox.answers import sentence
from inroad.sandbox.call import Answer, Call, Refusal
from inroad.sandbox.records import LONG, STRING, ArrayOf, Enum, Field, Record, Type, UrnOf, faults, schema_refusal
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.ads.access import number_in, role_on
from inroad.sandbox.resources.ads.batching import ELEMENTS
from inroad.sandbox.resources.ads.state import ads_of

EVENTS_SOURCE: Final = "learn.microsoft.com /linkedin/marketing/integrations/ads-reporting/conversions-api"
MAX_EVENTS: Final = 5_000
EVENT_AGE: Final = timedelta(days=90)
_SEEN: Final = 10_000


def _may(name: str, type_: Type) -> Field:
    return Field(name, type_, required=False)


_ID_TYPES: Final = {
    "SHA256_EMAIL": "",
    "LINKEDIN_FIRST_PARTY_ADS_TRACKING_UUID": "",
    "ACXIOM_ID": "",
    "PLAINTEXT_IP_ADDRESS": "",
    "GOOGLE_AID": "202605",
    "SHA256_IP_ADDRESS": "202607",
}
_MOAT_UNTIL: Final = "202608"
_HASHED_NAMES_SINCE: Final = "202609"
_LEAD_ALONE_SINCE: Final = "202605"


def event_record(version: str) -> Record:
    """Return what an event may be in a header version."""
    month = version[:6]
    types = [name for name, since in _ID_TYPES.items() if month >= since]
    if month <= _MOAT_UNTIL:
        types.append("ORACLE_MOAT_ID")
    names = ["firstName", "lastName", "title", "companyName", "countryCode"]
    if month >= _HASHED_NAMES_SINCE:
        names += ["hashedFirstName", "hashedLastName"]
    return Record(
        "ConversionEvent",
        (
            Field("conversion", UrnOf("llaPartnerConversion")),
            Field("conversionHappenedAt", LONG),
            _may("conversionValue", Record("Value", (Field("currencyCode", STRING), Field("amount", STRING)))),
            _may("eventId", STRING),
            Field(
                "user",
                Record(
                    "User",
                    (
                        _may(
                            "userIds",
                            ArrayOf(Record("UserId", (Field("idType", Enum(*types)), Field("idValue", STRING)))),
                        ),
                        _may("userInfo", Record("UserInfo", tuple(_may(name, STRING) for name in names))),
                        _may("externalIds", ArrayOf(STRING)),
                        _may("lead", UrnOf("leadGenFormResponse")),
                    ),
                ),
            ),
        ),
    )


def _event_schema(call: Call) -> None:
    """Hold single events against the schema of the request's version; batches are looked at one by one."""
    if call.method == "CREATE":
        lines = faults(event_record(call.version or ""), call.body)
        if lines:
            raise schema_refusal(lines)


def _take_event(call: Call, body: Mapping[str, Any], index: int = 0) -> None:
    now = to_millis(call.now)
    happened = body["conversionHappenedAt"]
    if not now - EVENT_AGE.total_seconds() * 1000 <= happened <= now:
        message = (
            f"Conversion time should be within 90 days and not exceed current time, indices [{index}] (0-indexed)."
        )
        raise sentence(400, message)
    if not _is_identified(call, body["user"]):
        raise sentence(400, "At least one user identifier is required")
    rule = ads_of(call.world).conversions.get(number_in(body["conversion"], "llaPartnerConversion") or 0)
    account = None if rule is None else ads_of(call.world).accounts[rule.account]
    if rule is None or account is None or role_on(call, account) is None:
        raise sentence(403, "No ad accounts found")
    if rule.body["conversionMethod"] != "CONVERSIONS_API":
        raise sentence(400, "The conversion rule does not take events of the Conversions API")
    event = body.get("eventId")
    if event is not None and event in rule.seen:
        return  # a repeated event counts once
    if event is not None:
        rule.seen = [*rule.seen[-_SEEN:], event]
    rule.events += 1
    rule.last_event_at = call.now


def _is_identified(call: Call, user: Mapping[str, Any]) -> bool:
    info = user.get("userInfo", {})
    named = {"firstName", "lastName"} <= set(info) or {"hashedFirstName", "hashedLastName"} <= set(info)
    by_lead = "lead" in user and (call.version or "")[:6] >= _LEAD_ALONE_SINCE
    return bool(user.get("userIds")) or named or by_lead or bool(user.get("externalIds"))


def _event(call: Call) -> Answer:
    _event_schema(call)
    _take_event(call, call.body)
    return Answer(status=201)


def _events(call: Call) -> Answer:
    elements = call.body["elements"]
    if len(elements) > MAX_EVENTS:
        raise sentence(400, f"A batch takes at most {MAX_EVENTS} elements")
    record, answers = event_record(call.version or ""), list[dict[str, Any]]()
    for index, element in enumerate(elements):
        try:
            lines = faults(record, element)
            if lines:
                raise schema_refusal(lines)
            _take_event(call, element, index)
            answers.append({"status": 201})
        except Refusal as refusal:
            if call.switches["capi.batch_failure"] == "all":
                raise
            answers.append({"status": refusal.status, "error": refusal.body})
    return Answer(body={"elements": answers})


RESOURCES: Final = (
    Resource(
        path="conversionEvents",
        bases=frozenset({"rest"}),
        permission="partnerApiConversionEvents",
        key="string",
        methods=(
            Method(name="CREATE", handler=_event, scopes=frozenset({"rw_conversions"}), source=EVENTS_SOURCE),
            Method(
                name="BATCH_CREATE",
                handler=_events,
                scopes=frozenset({"rw_conversions"}),
                body=ELEMENTS,
                source=EVENTS_SOURCE,
            ),
        ),
    ),
)
