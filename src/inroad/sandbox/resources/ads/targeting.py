"""What targeting offers: facets, entities, audience counts, saved audiences.

Sources: "Ads Targeting", "Audience Counts", learn.microsoft.com
/linkedin/marketing/integrations/ads/advertising-targeting
"""

from collections.abc import Iterable
from typing import Any, Final

from inroad.common.urn import Urn
from inroad.sandbox.answers import missing_parameter, sentence
from inroad.sandbox.call import Answer, Call
from inroad.sandbox.records import STRING, Field, Record, UrnOf
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.ads import audience, params, shelves
from inroad.sandbox.resources.ads.access import READ, WRITE, account_named, writable
from inroad.sandbox.resources.ads.batching import delete_each
from inroad.sandbox.resources.ads.refusals import Faults
from inroad.sandbox.resources.ads.schema import TARGETING
from inroad.sandbox.resources.ads.taxonomy import (
    BUYER_GROUPS_SINCE,
    FACETS,
    NODES,
    ORGANIZATION_FACETS,
    Facet,
    Node,
    node_of,
)
from inroad.sandbox.resources.paging import page
from inroad.sandbox.resources.patch import patched

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/integrations/ads/advertising-targeting/ads-targeting"
ENTITY_TYPES: Final = frozenset(
    [
        "AGE",
        "COMPANY",
        "COMPANY_SIZE",
        "DEGREE",
        "FIELD_OF_STUDY",
        "FUNCTION",
        "GENDER",
        "GROUP",
        "INDUSTRY",
        "INTEREST",
        "LOCALE",
        "SCHOOL",
        "SENIORITY",
        "SKILL",
        "TITLE",
        "YEARS_OF_EXPERIENCE",
        "MEMBER_BEHAVIOR",
        "FIRMOGRAPHIC",
        "LOCATION",
        "BUYER_GROUP",
    ]
)
_NOT_SIMILAR: Final = frozenset({"INTEREST", "MEMBER_BEHAVIOR"})
_EVERYTHING: Final = 2_147_483_647
TEMPLATES: Final = "adTargetTemplates"

TEMPLATE: Final = Record(
    "AdTargetTemplate",
    (
        Field("account", UrnOf("sponsoredAccount"), required=False),
        Field("name", STRING, required=False),
        Field("targetingCriteria", TARGETING, required=False),
        Field("description", STRING, required=False),
        Field("id", STRING, required=False, read_only=True),
    ),
)
"""UNCONFIRMED: its fields; the portal lists the methods only."""


def _facets(call: Call) -> Answer:
    found = [f for f in FACETS.values() if _is_there(call, f)]
    elements = [_facet_view(call, facet) for facet in found]
    return Answer(body={"elements": elements, "paging": {"start": 0, "count": 10, "links": []}})


def _is_there(call: Call, facet: Facet) -> bool:
    return facet.name != "buyerGroups" or (call.version or "")[:6] >= BUYER_GROUPS_SINCE


def _facet_view(call: Call, facet: Facet) -> dict[str, Any]:
    body = {
        "facetName": facet.name,
        "adTargetingFacetUrn": facet.urn,
        "entityTypes": list(facet.entity_types),
        "availableEntityFinders": list(facet.finders),
    }
    if call.switches.is_on("facets.dollar_urn"):
        body["$URN"] = facet.urn
    return body


def _facet(call: Call, finder: str) -> Facet:
    sent = params.urns(call, "facet")
    if not sent:
        raise missing_parameter("facet")
    found = FACETS.get(str(sent[0]))
    if found is None or not _is_there(call, found):
        raise params.invalid("facet")
    if finder not in found.finders:
        raise sentence(400, f"Facet {found.urn} does not support the finder {finder}")
    return found


def _nodes(call: Call, facet: Facet) -> list[Node]:
    nodes = list(NODES.get(facet.name, ()))
    if facet.name in ORGANIZATION_FACETS:
        pages = call.world.organizations.values()
        nodes += [Node(f"urn:li:organization:{p.id}", p.name) for p in pages]
    return nodes


def _shown(node: Node, facet: str, locale: str) -> dict[str, str]:
    return {"urn": node.urn, "facetUrn": facet, "name": node.named(locale.partition("_")[0])}


def _whole(elements: Iterable[dict[str, str]]) -> Answer:
    return Answer(body={"elements": list(elements), "paging": {"start": 0, "count": _EVERYTHING, "links": []}})


def _check_query_version(call: Call) -> None:
    # The table prints one of these values, every sample the other.
    params.symbol(call, "queryVersion", ("QUERY_USES_URNS", "QUERY_USES_VALUES"))


def _by_facet(call: Call) -> Answer:
    _check_query_version(call)
    facet, locale = _facet(call, "AD_TARGETING_FACET"), params.locale(call)
    return _whole(_shown(node, facet.urn, locale) for node in _nodes(call, facet))


def _typeahead(call: Call) -> Answer:
    _check_query_version(call)
    facet, locale = _facet(call, "TYPEAHEAD"), params.locale(call)
    params.symbol(call, "entityType", ENTITY_TYPES)
    params.symbol(call, "useCase", ("CONNECTED_TELEVISION_ONLY_CAMPAIGN",))
    wanted = (params.text(call, "query") or "").casefold()
    language = locale.partition("_")[0]
    found = [
        node
        for node in _nodes(call, facet)
        if any(word.startswith(wanted) for word in node.named(language).casefold().split())
        or node.named(language).casefold().startswith(wanted)
    ]
    return Answer(body=page(call, found, lambda node: _shown(node, facet.urn, locale), total=True))


def _similar(call: Call) -> Answer:
    facet, locale = _facet(call, "SIMILAR_ENTITIES"), params.locale(call)
    params.symbol(call, "entityType", ENTITY_TYPES - _NOT_SIMILAR)
    entities = {str(urn) for urn in params.urns(call, "entities") or ()}
    nodes = _nodes(call, facet)
    places = [at for at, node in enumerate(nodes) if node.urn in entities]
    near = {at + step for at in places for step in (-2, -1, 1, 2)}
    found = [node for at, node in enumerate(nodes) if at in near and node.urn not in entities]
    return Answer(body=page(call, found, lambda node: _shown(node, facet.urn, locale), total=True))


def _by_urn(call: Call) -> Answer:
    sent, locale = params.urns(call, "urns"), params.locale(call)
    if not sent:
        raise missing_parameter("urns")
    fetch = params.symbol(call, "fetchType", ("SINGLE_NODE", "LAZY"))
    if fetch == "LAZY" and len(sent) > 1:
        raise sentence(400, "fetchType LAZY takes a single URN")
    found: list[dict[str, str]] = []
    for urn in sent:
        known = node_of(str(urn))
        if known is not None:
            facet, node = known
            found.append(_shown(node, f"urn:li:adTargetingFacet:{facet}", locale))
        elif (name := _page_name(call, urn)) is not None:
            found.append({"urn": str(urn), "facetUrn": "urn:li:adTargetingFacet:employers", "name": name})
    return _whole(found)


def _page_name(call: Call, urn: Urn) -> str | None:
    number = params.id_number(urn)
    found = None if number is None or not urn.is_kind("organization") else call.world.organizations.get(number)
    return None if found is None else found.name


def _count(call: Call) -> Answer:
    criteria = audience.from_param(call)
    if not any(True for _ in audience.included(criteria)):
        raise sentence(400, "At least one include clause must be specified")
    total = audience.size(call.world.seed, criteria)
    return Answer(body={"elements": [{"active": 0, "total": total}], "paging": {"start": 0, "count": 10, "links": []}})


def _create_template(call: Call) -> Answer:
    body = call.body
    shelves.required("AdTargetTemplate", body, "account", "name", "targetingCriteria")
    faults = Faults("AdTargetTemplate")
    audience.check(faults, body["targetingCriteria"], strict=call.switches.is_on("targeting.strict"))
    account = writable(call, account_named(call, body["account"]), "campaigns")
    faults.refuse()
    return Answer.created(str(shelves.put(call, TEMPLATES, body, account=account.urn).id))


def _get_template(call: Call) -> Answer:
    return Answer(body=shelves.shown(shelves.keyed(call, TEMPLATES, call.key)))


def _update_template(call: Call) -> Answer:
    item = shelves.keyed(call, TEMPLATES, call.key, need="campaigns")
    body, faults = patched(item.body, call.body["patch"]), Faults("AdTargetTemplate")
    shelves.required("AdTargetTemplate", body, "account", "name", "targetingCriteria")
    if body["account"] != item.account:
        faults.add("FIELD_NOT_ALLOWED", "account", "cannot be changed")
    audience.check(faults, body["targetingCriteria"], strict=call.switches.is_on("targeting.strict"))
    faults.refuse()
    shelves.touch(call, item, body)
    return Answer(status=204)


def _delete_template(call: Call) -> Answer:
    shelves.drop(call, TEMPLATES, shelves.keyed(call, TEMPLATES, call.key, need="campaigns"))
    return Answer(status=204)


def _delete_templates(call: Call) -> Answer:
    return delete_each(
        call, lambda key: shelves.drop(call, TEMPLATES, shelves.keyed(call, TEMPLATES, key, need="campaigns"))
    )


def _templates(call: Call) -> Answer:
    account = params.urn(call, "account", "sponsoredAccount")
    return Answer(body=page(call, list(shelves.of_account(call, TEMPLATES, account)), shelves.shown, total=True))


RESOURCES: Final = (
    Resource(
        path="adTargetingFacets",
        bases=frozenset({"rest"}),
        permission="partnerApiAdTargetingFacets",
        key="urn",
        methods=(Method(name="GET_ALL", handler=_facets, source=SOURCE),),
    ),
    Resource(
        path="adTargetingEntities",
        bases=frozenset({"rest"}),
        permission="partnerApiAdTargetingEntities",
        key="urn",
        methods=(
            Method(
                name="FINDER-adTargetingFacet",
                handler=_by_facet,
                params={"facet": "required", "locale": "optional", "queryVersion": "optional", "totals": "optional"},
                source=SOURCE,
            ),
            Method(
                name="FINDER-typeahead",
                handler=_typeahead,
                params={
                    "facet": "required",
                    "query": "required",
                    "entityType": "optional",
                    "locale": "optional",
                    "queryVersion": "optional",
                    "useCase": "optional",
                },
                source=SOURCE,
            ),
            Method(
                name="FINDER-similarEntities",
                handler=_similar,
                params={
                    "facet": "required",
                    "entities": "required",
                    "entityType": "optional",
                    "locale": "optional",
                    "queryVersion": "optional",
                },
                source=SOURCE,
            ),
            Method(
                name="FINDER-urns",
                handler=_by_urn,
                params={"urns": "required", "locale": "optional", "fetchType": "optional", "queryVersion": "optional"},
                source=SOURCE,
            ),
        ),
    ),
    Resource(
        path="audienceCounts",
        bases=frozenset({"rest"}),
        permission="partnerApiAudienceCounts",
        key="number",
        methods=tuple(
            Method(name=name, handler=_count, params={"targetingCriteria": "required"}, source=SOURCE)
            for name in ("FINDER-targetingCriteriaV2", "FINDER-targetingCriteria")
        ),
    ),
    Resource(
        path=TEMPLATES,
        bases=frozenset({"rest"}),
        permission="partnerApiAdTargetTemplates",
        key="number",
        methods=(
            Method(name="CREATE", handler=_create_template, scopes=WRITE, body=TEMPLATE, source=SOURCE),
            Method(name="GET", handler=_get_template, scopes=READ, source=SOURCE),
            Method(name="PARTIAL_UPDATE", handler=_update_template, scopes=WRITE, body=TEMPLATE, source=SOURCE),
            Method(name="DELETE", handler=_delete_template, scopes=WRITE, source=SOURCE),
            Method(name="BATCH_DELETE", handler=_delete_templates, scopes=WRITE, source=SOURCE),
            Method(
                name="FINDER-account",
                handler=_templates,
                scopes=READ,
                params={"account": "required"},
                source=SOURCE,
            ),
        ),
    ),
)
