"""`dmpSegments`: matched audiences, from lists and from streamed users and companies.

Source: "Create and Manage Segments", "... Segment Users", "... Segment Companies", learn.microsoft.com
/linkedin/marketing/matched-audiences
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final, Literal

import msgspec

from inroad.common.clock import to_millis
from inroad.sandbox.answers import sentence, throttled
from inroad.sandbox.call import Answer, Call, Refusal, Value
from inroad.sandbox.records import ANY, LONG, STRING, ArrayOf, Enum, Field, Record, Type, UrnOf
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.ads import params, shelves
from inroad.sandbox.resources.ads.access import account_named, writable
from inroad.sandbox.resources.ads.batching import ELEMENTS, checked, delete_each, get_each
from inroad.sandbox.resources.ads.refusals import Faults, coded, entity_not_found
from inroad.sandbox.resources.ads.shelves import Item
from inroad.sandbox.resources.paging import page
from inroad.sandbox.resources.patch import patched

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/matched-audiences/create-and-manage-segments"
USERS_SOURCE: Final = "learn.microsoft.com /linkedin/marketing/matched-audiences/create-and-manage-segment-users"
SEGMENTS: Final = "dmpSegments"
SCOPES: Final = frozenset({"rw_dmp_segments"})
TYPES: Final = ("USER", "COMPANY", "USER_LIST_UPLOAD", "COMPANY_LIST_UPLOAD", "RETARGETING", "ENGAGEMENT", "PREDICTIVE")
SMALLEST: Final = 300
MATCHED: Final = 0.675
MAX_BATCH: Final = 5_000  # UNCONFIRMED
MAX_LIST_BYTES: Final = 300 * 1024 * 1024  # ours
PER_MINUTE: Final = {"users": 600, "companies": 300}
"""The one place where LinkedIn documents calls per minute, of one member."""

_MOST: Final = 10_000_000


def _may(name: str, type_: Type) -> Field:
    return Field(name, type_, required=False)


def _shown(name: str) -> Field:
    return Field(name, ANY, required=False, read_only=True)


SEGMENT: Final = Record(
    "DmpSegment",
    (
        _may("name", STRING),
        _may("account", UrnOf("sponsoredAccount")),
        _may("accessPolicy", Enum("PRIVATE", "PUBLIC")),
        _may("type", Enum(*TYPES)),
        _may("sourcePlatform", STRING),
        _may("sourceSegmentId", STRING),
        _may("destinations", ArrayOf(Record("Destination", (Field("destination", Enum("LINKEDIN")),)))),
        *(_shown(n) for n in ("id", "inputCount", "matchedCount", "audienceSize", "status", "created", "lastModified")),
    ),
)
USER: Final = Record(
    "DmpSegmentUser",
    (
        Field("action", Enum("ADD", "REMOVE")),
        Field(
            "userIds",
            ArrayOf(
                Record(
                    "UserId",
                    (
                        Field(
                            "idType",
                            Enum(
                                "SHA256_EMAIL",
                                "SHA512_EMAIL",
                                "GOOGLE_AID",
                                "APPLE_IDFA",
                                "LINKEDIN_FIRST_PARTY_ADS_TRACKING_UUID",
                                "ACXIOM_ID",
                                "ORACLE_MOAT_ID",
                            ),
                        ),
                        Field("idValue", STRING),
                    ),
                )
            ),
        ),
        *(_may(name, STRING) for name in ("firstName", "lastName", "title", "company", "country")),
    ),
)
# UNCONFIRMED: the spellings; documentation, memory and derived descriptions differ (switch `dmp.company_keys`).
_PAGE_KEYS: Final = ("companyName", "companyWebsiteDomain", "companyPageUrl", "organizationUrn")
_OTHER_KEYS: Final = ("companyEmailDomain", "companyDomain")
COMPANY: Final = Record(
    "DmpSegmentCompany",
    (
        Field("action", Enum("ADD", "REMOVE")),
        *(_may(name, STRING) for name in (*_PAGE_KEYS, *_OTHER_KEYS, "companyId", "city", "state", "country")),
    ),
)
LIST: Final = Record("ListUpload", (Field("inputFile", UrnOf("media")),))
UPLOAD: Final = Record("GenerateUploadUrl", (_may("owner", UrnOf("sponsoredAccount")), _may("fileSizeInBytes", LONG)))
DESTINATION: Final = Record("Destination", (Field("destination", Enum("LINKEDIN")),))


class Upload(msgspec.Struct, kw_only=True):
    """An address for a list; `rows` are told once it was filled."""

    rows: int | None = None


class Uploads(msgspec.Struct):
    """Lists by the token in their address."""

    by_token: dict[str, Upload] = {}


class Streams(msgspec.Struct):
    """What was streamed to segments: keys of users and companies, and calls of each member in each minute."""

    members: dict[int, dict[str, str]] = {}  # by segment: fingerprint -> ADD
    calls: dict[str, int] = {}  # "users member minute" -> calls


def _ready_at(call: Call, item: Item) -> bool:
    return call.now - item.created_at >= timedelta(seconds=call.switches.number("dmp.ready_seconds"))


def _inputs(call: Call, item: Item) -> int:
    streamed = len(call.world.state(Streams).members.get(item.id, ()))
    return streamed or int(item.body.get("rows", 0))


def _view(call: Call, item: Item) -> dict[str, Any]:
    inputs = _inputs(call, item)
    matched = int(inputs * MATCHED)
    size = matched if matched >= SMALLEST else 0
    status = "READY" if _ready_at(call, item) and inputs else "BUILDING"
    body = {name: value for name, value in item.body.items() if name not in ("rows", "lists")}
    body["destinations"] = [_destination(item, d["destination"], status, size, matched) for d in _destinations(item)]
    return {
        "id": item.id,
        **body,
        "status": status,
        "inputCount": inputs,
        "matchedCount": matched,
        "audienceSize": size,
        "created": to_millis(item.created_at),
        "lastModified": to_millis(item.modified_at),
    }


def _destinations(item: Item) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = item.body.get("destinations", [])
    return found


def _destination(item: Item, name: str, status: str, size: int, matched: int) -> dict[str, Any]:
    body = {"destination": name, "status": status, "audienceSize": size, "matchedCount": matched}
    return {**body, "destinationSegmentId": f"urn:li:adSegment:{60_000_000 + item.id % 1_000_000}"}


def _create(call: Call) -> Answer:
    body, faults = call.body, Faults("DmpSegment")
    for name in ("name", "account", "accessPolicy", "type", "sourcePlatform"):
        if name not in body:
            faults.missing(name)
    faults.refuse()
    account = writable(call, account_named(call, body["account"]), "creatives")
    if account.is_test:
        message = "Segments can't be created for test accounts"
        raise coded("SEGMENT_CREATION_NOT_ALLOWED_FOR_TEST_ACCOUNTS", message)
    held = sum(1 for _ in shelves.of_account(call, SEGMENTS, account.urn))
    if held >= call.switches.number("dmp.max_segments"):
        # UNCONFIRMED: the message.
        body = {
            "status": 429,
            "code": "SEGMENT_LIMIT_EXCEEDED",
            "message": "The account has reached its number of segments.",
        }
        raise Refusal(429, body)
    kept = {"destinations": [{"destination": "LINKEDIN"}], **body}
    return Answer.created(str(shelves.put(call, SEGMENTS, kept, account=account.urn).id))


def _get(call: Call) -> Answer:
    return Answer(body=_view(call, shelves.keyed(call, SEGMENTS, call.key)))


def _batch_get(call: Call) -> Answer:
    return get_each(call, lambda key: _view(call, shelves.keyed(call, SEGMENTS, key)))


def _update(call: Call) -> Answer:
    item = shelves.keyed(call, SEGMENTS, call.key, need="creatives")
    body, faults = patched(item.body, call.body["patch"]), Faults("DmpSegment")
    for name in ("account", "type", "sourcePlatform"):
        if body.get(name) != item.body.get(name):
            faults.add("FIELD_NOT_ALLOWED", name, "cannot be changed")
    faults.refuse()
    shelves.touch(call, item, body)
    return Answer(status=204)


def _delete(call: Call, key: Value | None) -> None:
    item = shelves.keyed(call, SEGMENTS, key, need="creatives")
    shelves.drop(call, SEGMENTS, item)
    call.world.state(Streams).members.pop(item.id, None)


def _delete_one(call: Call) -> Answer:
    _delete(call, call.key)
    return Answer(status=204)


def _delete_many(call: Call) -> Answer:
    return delete_each(call, lambda key: _delete(call, key))


def _find(call: Call) -> Answer:
    found = list(shelves.of_account(call, SEGMENTS, params.urn(call, "account", "sponsoredAccount")))
    for name in ("sourcePlatform", "sourceSegmentId"):
        wanted = params.text(call, name)
        if wanted is not None:
            found = [item for item in found if item.body.get(name) == wanted]
    if "start" in call.params or "count" in call.params:
        return Answer(body=page(call, found, lambda item: _view(call, item), most=1000))
    elements = [_view(call, item) for item in found]
    return Answer(body={"elements": elements, "paging": {"start": 0, "count": len(elements), "links": []}})


def _stream(call: Call, what: Literal["users", "companies"], record: Record) -> Answer:
    _check_rate(call, what)
    elements = call.body["elements"]
    if len(elements) > MAX_BATCH:
        raise sentence(400, f"A batch takes at most {MAX_BATCH} elements")
    item = shelves.keyed(call, SEGMENTS, call.parent_keys[0], need="creatives")
    wanted = "USER" if what == "users" else "COMPANY"
    if item.body["type"] != wanted:
        raise coded("INVALID_VALUE_FOR_FIELD", f"A segment of type {item.body['type']} takes no {what}")
    if not _ready_at(call, item):
        raise entity_not_found()  # OBSERVED: for a minute or two after creation
    members = call.world.state(Streams).members.setdefault(item.id, {})
    answers: list[dict[str, Any]] = []
    for element in elements:
        try:
            entry = checked(record, element)
            for key in _fingerprints(call, what, entry):
                if entry["action"] == "ADD" and len(members) < _MOST:
                    members[key] = "ADD"
                else:
                    members.pop(key, None)
            answers.append({"status": 201})
        except Refusal as refusal:
            answers.append({"status": refusal.status, "error": refusal.body})
    return Answer(body={"elements": answers})


def _fingerprints(call: Call, what: str, entry: Mapping[str, Any]) -> list[str]:
    if what == "users":
        if not entry["userIds"]:
            raise coded("MISSING_FIELD", "/userIds is required but missing")
        first = entry["userIds"][0]
        return [f"{first['idType']}:{first['idValue'].lower()}"]
    lenient = call.switches["dmp.company_keys"] == "lenient"
    keys = (*_PAGE_KEYS, *_OTHER_KEYS, "companyId") if lenient else _PAGE_KEYS
    found = [f"{key}:{entry[key].lower()}" for key in keys if entry.get(key)]
    if not found:
        raise coded("MISSING_FIELD", "At least one of the keys that a company is matched by is required")
    return found[:1]


def _check_rate(call: Call, what: Literal["users", "companies"]) -> None:
    calls = call.world.state(Streams).calls
    minute = to_millis(call.now) // 60_000
    key = f"{what} {call.grant.app.client_id} {call.member.id} {minute}"
    if calls.get(key, 0) >= PER_MINUTE[what]:
        raise throttled("APPLICATION_AND_MEMBER", "MINUTE")
    for old in [k for k in calls if not k.endswith(f" {minute}")]:
        del calls[old]
    calls[key] = calls.get(key, 0) + 1


def _users(call: Call) -> Answer:
    return _stream(call, "users", USER)


def _companies(call: Call) -> Answer:
    return _stream(call, "companies", COMPANY)


def _upload_url(call: Call) -> Answer:
    if "owner" in call.body:
        writable(call, account_named(call, call.body["owner"]), "creatives")
    token = call.world.new_id(12)
    call.world.state(Uploads).by_token[token] = Upload()
    value = {"uploadUrl": f"{call.origin}/ad-uploads/{token}", "mediaArtifact": f"urn:li:media:{token}"}
    return Answer(body={"value": value})


def _create_list(call: Call) -> Answer:
    item = shelves.keyed(call, SEGMENTS, call.parent_keys[0], need="creatives")
    token = call.body["inputFile"].rpartition(":")[2]
    upload = call.world.state(Uploads).by_token.get(token)
    if upload is None or upload.rows is None:
        raise coded("FIELD_VALUE_DOES_NOT_EXIST", f"{call.body['inputFile']} was not uploaded")
    lists = item.body.setdefault("lists", {})
    number = str(len(lists) + 1)
    lists[number] = {"inputFile": call.body["inputFile"], "created": to_millis(call.now), "rows": upload.rows}
    item.body["rows"] = upload.rows  # each upload replaces the list
    return Answer.created(number)


def _list_view(number: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": int(number),
        "inputFile": entry["inputFile"],
        "inputCount": entry["rows"],
        "created": entry["created"],
    }


def _get_lists(call: Call) -> Answer:
    item = shelves.keyed(call, SEGMENTS, call.parent_keys[0])
    elements = [_list_view(number, entry) for number, entry in item.body.get("lists", {}).items()]
    return Answer(body={"elements": elements, "paging": {"start": 0, "count": 10, "links": []}})


def _list_key(call: Call, item: Item) -> str:
    key = str(call.key)
    if key not in item.body.get("lists", {}):
        raise entity_not_found()
    return key


def _get_list(call: Call) -> Answer:
    item = shelves.keyed(call, SEGMENTS, call.parent_keys[0])
    number = _list_key(call, item)
    return Answer(body=_list_view(number, item.body["lists"][number]))


def _delete_list(call: Call) -> Answer:
    item = shelves.keyed(call, SEGMENTS, call.parent_keys[0], need="creatives")
    del item.body["lists"][_list_key(call, item)]
    return Answer(status=204)


def _get_destinations(call: Call) -> Answer:
    found = _view(call, shelves.keyed(call, SEGMENTS, call.parent_keys[0]))["destinations"]
    return Answer(body={"elements": found, "paging": {"start": 0, "count": 10, "links": []}})


def _get_destination(call: Call) -> Answer:
    found = _view(call, shelves.keyed(call, SEGMENTS, call.parent_keys[0]))["destinations"]
    one = next((d for d in found if d["destination"] == call.key), None)
    if one is None:
        raise entity_not_found()
    return Answer(body=one)


def _create_destination(call: Call) -> Answer:
    item = shelves.keyed(call, SEGMENTS, call.parent_keys[0], need="creatives")
    if any(d["destination"] == call.body["destination"] for d in _destinations(item)):
        raise coded("ENTITY_WITH_SAME_KEY_ALREADY_EXISTS", "The segment has this destination already")
    item.body.setdefault("destinations", []).append(call.body)
    return Answer.created(call.body["destination"])


def _method(name: str, handler: Any, *, body: Record | None = None, source: str = SOURCE) -> Method:
    return Method(name=name, handler=handler, scopes=SCOPES, body=body, source=source)


def _part(path: str, key: Literal["number", "string"], *methods: Method) -> Resource:
    return Resource(
        path=f"dmpSegments/{{segment}}/{path}",
        bases=frozenset({"rest"}),
        permission=f"partnerApiDmpSegments{path[0].upper()}{path[1:]}",
        key=key,
        methods=methods,
    )


RESOURCES: Final = (
    Resource(
        path=SEGMENTS,
        bases=frozenset({"rest"}),
        permission="partnerApiDmpSegments",
        takes_raw_urns=True,
        key="number",
        methods=(
            _method("CREATE", _create, body=SEGMENT),
            _method("GET", _get),
            _method("BATCH_GET", _batch_get),
            _method("PARTIAL_UPDATE", _update, body=SEGMENT),
            _method("DELETE", _delete_one),
            _method("BATCH_DELETE", _delete_many),
            _method("ACTION-generateUploadUrl", _upload_url, body=UPLOAD),
            Method(
                name="FINDER-account",
                handler=_find,
                scopes=SCOPES,
                params={"account": "required", "sourcePlatform": "optional", "sourceSegmentId": "optional"},
                source=SOURCE,
            ),
        ),
    ),
    _part("users", "string", _method("BATCH_CREATE", _users, body=ELEMENTS, source=USERS_SOURCE)),
    _part("companies", "string", _method("BATCH_CREATE", _companies, body=ELEMENTS, source=USERS_SOURCE)),
    _part(
        "listUploads",
        "number",
        _method("CREATE", _create_list, body=LIST),
        _method("GET", _get_list),
        _method("GET_ALL", _get_lists),
        _method("DELETE", _delete_list),
    ),
    _part(
        "destinations",
        "string",
        _method("CREATE", _create_destination, body=DESTINATION),
        _method("GET", _get_destination),
        _method("GET_ALL", _get_destinations),
    ),
)
