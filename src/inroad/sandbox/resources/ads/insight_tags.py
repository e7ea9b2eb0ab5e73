"""`insightTags`, `insightTagDomains`, `insightTagsPermission`. UNCONFIRMED: their fields.

Source: "Conversion Tracking", learn.microsoft.com /linkedin/marketing/integrations/ads-reporting/conversion-tracking
"""

from collections.abc import Mapping
from typing import Any, Final, Literal

from inroad.sandbox.answers import sentence
from inroad.sandbox.call import Answer, Call
from inroad.sandbox.records import ANY, STRING, Field, Record, Type, UrnOf
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.ads import params, shelves
from inroad.sandbox.resources.ads.access import READ, WRITE, account_named, account_of, number_in, writable
from inroad.sandbox.resources.ads.refusals import Faults, coded
from inroad.sandbox.resources.paging import page
from inroad.sandbox.resources.patch import patched

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/integrations/ads-reporting/conversion-tracking"


def _may(name: str, type_: Type) -> Field:
    return Field(name, type_, required=False)


def _shown(name: str) -> Field:
    return Field(name, ANY, required=False, read_only=True)


TAG: Final = Record(
    "InsightTag", (_may("account", UrnOf("sponsoredAccount")), _may("name", STRING), _shown("id"))
)  # UNCONFIRMED: its fields
TAGS: Final = "insightTags"
PERMISSION: Final = Record(
    "InsightTagPermission",
    (_may("account", UrnOf("sponsoredAccount")), _may("insightTag", ANY), _may("owner", ANY)),
)
MAX_DOMAINS: Final = 500


def _create_tag(call: Call) -> Answer:
    shelves.required("InsightTag", call.body, "account")
    account = writable(call, account_named(call, call.body["account"]), "account")
    if any(True for _ in shelves.of_account(call, TAGS, account.urn)):
        raise coded("ENTITY_WITH_SAME_KEY_ALREADY_EXISTS", "The account has an insight tag already")
    return Answer.created(str(shelves.put(call, TAGS, call.body, account=account.urn).id))


def _get_tag(call: Call) -> Answer:
    return Answer(body=shelves.shown(shelves.keyed(call, TAGS, call.key)))


def _update_tag(call: Call) -> Answer:
    item = shelves.keyed(call, TAGS, call.key, need="account")
    body, found = patched(item.body, call.body["patch"]), Faults("InsightTag")
    if body.get("account") != item.account:
        found.add("FIELD_NOT_ALLOWED", "account", "cannot be changed")
    found.refuse()
    shelves.touch(call, item, body)
    return Answer(status=204)


def _tags(call: Call) -> Answer:
    account = params.urn(call, "account", "sponsoredAccount")
    return Answer(body=page(call, list(shelves.of_account(call, TAGS, account)), shelves.shown, most=1000))


def _domains(call: Call) -> list[dict[str, Any]]:
    account = account_of(call, params.number_of(call, "account", "sponsoredAccount"))
    number = number_in(account.body.get("reference"), "organization")
    found = None if number is None else call.world.organizations.get(number)
    if found is None or not found.website or not any(True for _ in shelves.of_account(call, TAGS, account.urn)):
        return []
    domain = found.website.partition("//")[2].partition("/")[0].removeprefix("www.")
    return [{"account": account.urn, "domainName": domain}]


def _find_domains(call: Call) -> Answer:
    count = params.number(call, "count")
    if count is not None and count > MAX_DOMAINS:
        raise sentence(400, f"count must be no larger than {MAX_DOMAINS}")  # OBSERVED
    return Answer(body=page(call, _domains(call), lambda domain: domain, most=MAX_DOMAINS))


def _permissions(call: Call) -> Answer:
    account = params.urn(call, "account", "sponsoredAccount")
    tags = list(shelves.of_account(call, TAGS, account))
    grants = [
        {"insightTag": tag.id, "account": urn} for tag in tags for urn in (tag.account, *tag.body.get("shared", ()))
    ]
    return Answer(body=page(call, grants, lambda grant: grant, most=1000))


def _permit(call: Call) -> Answer:
    """Share an account's tag with another account, or stop sharing it."""
    shelves.required("InsightTagPermission", call.body, "insightTag", "account")
    item = shelves.keyed(call, TAGS, str(call.body["insightTag"]).rpartition(":")[2], need="account")
    shared = [urn for urn in item.body.get("shared", []) if urn != call.body["account"]]
    if call.method.lower().endswith("grantaccess"):
        shared.append(call.body["account"])
    shelves.touch(call, item, {**item.body, "shared": shared})
    return Answer(body={})


_ACCOUNT: Final[Mapping[str, Literal["required", "optional"]]] = {"account": "required"}

RESOURCES: Final = (
    Resource(
        path=TAGS,
        bases=frozenset({"rest"}),
        permission="partnerApiInsightTags",
        takes_raw_urns=True,
        key="number",
        methods=(
            Method(name="CREATE", handler=_create_tag, scopes=WRITE, body=TAG, source=SOURCE),
            Method(name="GET", handler=_get_tag, scopes=READ, source=SOURCE),
            Method(name="PARTIAL_UPDATE", handler=_update_tag, scopes=WRITE, body=TAG, source=SOURCE),
            Method(name="FINDER-account", handler=_tags, scopes=READ, params=_ACCOUNT, source=SOURCE),
        ),
    ),
    Resource(
        path="insightTagDomains",
        bases=frozenset({"rest"}),
        permission="partnerApiInsightTagDomains",
        takes_raw_urns=True,
        key="compound",
        methods=(Method(name="FINDER-account", handler=_find_domains, scopes=READ, params=_ACCOUNT, source=SOURCE),),
    ),
    Resource(
        path="insightTagsPermission",
        bases=frozenset({"rest"}),
        permission="partnerApiInsightTagsPermission",
        takes_raw_urns=True,
        key="number",
        methods=(
            Method(name="FINDER-account", handler=_permissions, scopes=READ, params=_ACCOUNT, source=SOURCE),
            Method(name="ACTION-grantAccess", handler=_permit, scopes=WRITE, body=PERMISSION, source=SOURCE),
            Method(name="ACTION-revokeAccess", handler=_permit, scopes=WRITE, body=PERMISSION, source=SOURCE),
        ),
    ),
)
