"""What can be targeted, and how many members fit (versioned API).

Sources: "Ads Targeting" and "Audience Counts", learn.microsoft.com
/linkedin/marketing/integrations/ads/advertising-targeting/ads-targeting and /audience-counts
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal, TypeAlias

import msgspec

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, operation, paged
from inroad.sdk.resources.ads import calls
from inroad.sdk.resources.ads.calls import ACCOUNT, Key, created_number, urn_of
from inroad.sdk.resources.ads.targeting_criteria import (
    FACET,
    TargetingCriteria,
    check_criteria,
    criteria_param,
    facet_urn,
)
from inroad.sdk.resources.ads.values import Record, given, locale_param, to_wire
from inroad.sdk.resources.entity import Elements, Entity, Locale, UrnText, decoder, pages
from inroad.sdk.restli.batch import BatchResult
from inroad.sdk.restli.patch import Patch

TargetingEntityType: TypeAlias = Literal[
    "AGE",
    "COMPANY",
    "COMPANY_SIZE",
    "DEGREE",
    "FIELD_OF_STUDY",
    "FIRMOGRAPHIC",
    "FUNCTION",
    "GENDER",
    "GROUP",
    "INDUSTRY",
    "INTEREST",
    "LOCALE",
    "MEMBER_BEHAVIOR",
    "SCHOOL",
    "SENIORITY",
    "SKILL",
    "TITLE",
    "YEARS_OF_EXPERIENCE",
]
FetchType: TypeAlias = Literal["SINGLE_NODE", "LAZY"]

MIN_AUDIENCE = 300
"""Members that an audience needs to be served; smaller ones are counted as 0."""

_ENTITIES = "/rest/adTargetingEntities"
_TEMPLATES = "/rest/adTargetTemplates"
# The page's table prints QUERY_USES_VALUES, every sample of it URNS.
_QUERY_VERSION = "QUERY_USES_URNS"


class TargetingFacet(Entity, frozen=True):
    """Something by which members are told apart, and how its entities are found.

    `available_entity_finders` are of AD_TARGETING_FACET (list all), TYPEAHEAD and SIMILAR_ENTITIES.
    """

    facet_name: str
    entity_types: tuple[str, ...] = ()
    available_entity_finders: tuple[str, ...] = ()
    _facet_urn: UrnText | None = msgspec.field(name="adTargetingFacetUrn", default=None)
    _dollar_urn: UrnText | None = msgspec.field(name="$URN", default=None)

    @property
    def urn(self) -> Urn:
        """The facet's URN, from whichever field is there."""
        return self._facet_urn or self._dollar_urn or Urn(FACET, self.facet_name)


class TargetingEntity(Entity, frozen=True):
    """Something that can be targeted, such as a seniority, and its name in the locale asked for."""

    urn: UrnText
    facet_urn: UrnText | None = None
    name: str = ""


class AudienceCount(Entity, frozen=True):
    """How many members fit: rounded, and 0 below 300. `active` is 0 in all of LinkedIn's samples."""

    total: int
    active: int = 0


class TargetTemplate(Record, frozen=True):
    """Targeting criteria kept under a name. UNCONFIRMED: its fields; only its methods are documented."""

    READ_ONLY: ClassVar[frozenset[str]] = frozenset({"id", "account"})

    id: int
    account: UrnText | None = None
    name: str = ""
    description: str | None = None
    targeting_criteria: TargetingCriteria | None = None


_FACETS = decoder(Elements[TargetingFacet])
_ENTITY_PAGE = decoder(Elements[TargetingEntity])
_COUNTS = decoder(Elements[AudienceCount])
_TEMPLATE = decoder(TargetTemplate)
_TEMPLATE_PAGE = decoder(Elements[TargetTemplate])


class AdTargetingFacets(Resource[IO]):
    """What members can be told apart by."""

    @operation
    def list(self) -> Flow[list[TargetingFacet]]:
        """Return all facets; LinkedIn gives them at once.

        Scopes: none; any member's token of an app with the Advertising API.
        """
        response = yield Request("GET", "/rest/adTargetingFacets")
        return response.decode(_FACETS).elements


class AdTargetingEntities(Resource[IO]):
    """What of a facet can be targeted."""

    @operation
    def find_by_facet(self, facet: str | Urn, *, locale: Locale | None = None) -> Flow[Sequence[TargetingEntity]]:
        """Return all entities of a facet that has the finder AD_TARGETING_FACET, such as seniorities.

        Args:
            facet: The facet's name, such as `seniorities`, or its URN.
            locale: The language of the names; US English by default.

        Raises:
            BadRequest: the facet cannot be listed.

        Scopes: none.
        """
        params = {"q": "adTargetingFacet", "facet": facet_urn(facet), "queryVersion": _QUERY_VERSION, **_locale(locale)}
        return (yield from _all(params))

    @paged
    def find_by_typeahead(
        self,
        facet: str | Urn,
        query: str,
        *,
        entity_type: TargetingEntityType | None = None,
        locale: Locale | None = None,
        is_for_television: bool = False,
        count: int = 10,
    ) -> Flow[Page[TargetingEntity]]:
        """Yield the entities of a facet whose names begin like `query`.

        Args:
            facet: The facet's name, such as `titles`, or its URN.
            query: The beginning of a name.
            entity_type: Only entities of this type.
            locale: The language of the names; US English by default.
            is_for_television: Only what a campaign on connected television can target; from version 202503 on.
            count: Entities per page, 1 to 100. Pages are fetched as you iterate.

        Raises:
            BadRequest: the facet has no typeahead.

        Scopes: none.
        """
        if not query:
            raise InvalidArgument("query must not be empty")
        params: dict[str, object] = {
            "q": "typeahead",
            "facet": facet_urn(facet),
            "query": query,
            "queryVersion": _QUERY_VERSION,
            **_locale(locale),
            **calls.offset_params(count, 100),
        }
        if entity_type is not None:
            params["entityType"] = entity_type
        if is_for_television:
            params["useCase"] = "CONNECTED_TELEVISION_ONLY_CAMPAIGN"
        return (yield from pages(Request("GET", _ENTITIES, params, restli_method="FINDER"), _ENTITY_PAGE))

    @paged
    def find_by_similar_entities(
        self,
        facet: str | Urn,
        entities: Sequence[Urn | str],
        *,
        entity_type: TargetingEntityType | None = None,
        locale: Locale | None = None,
        count: int = 10,
    ) -> Flow[Page[TargetingEntity]]:
        """Yield entities of a facet that are like these.

        Args:
            facet: The facet's name, such as `titles`, or its URN.
            entities: Entities of the facet.
            entity_type: Only entities of this type.
            locale: The language of the names; US English by default.
            count: Entities per page, 1 to 100. Pages are fetched as you iterate.

        Scopes: none.
        """
        params: dict[str, object] = {
            "q": "similarEntities",
            "facet": facet_urn(facet),
            "entities": _urns(entities, "entities"),
            **_locale(locale),
            **calls.offset_params(count, 100),
        }
        if entity_type is not None:
            params["entityType"] = entity_type
        return (yield from pages(Request("GET", _ENTITIES, params, restli_method="FINDER"), _ENTITY_PAGE))

    @operation
    def find_by_urns(
        self, urns: Sequence[Urn | str], *, locale: Locale | None = None, fetch_type: FetchType = "SINGLE_NODE"
    ) -> Flow[Sequence[TargetingEntity]]:
        """Return the names of entities.

        Args:
            urns: Their URNs.
            locale: The language of the names; US English by default.
            fetch_type: LAZY brings what lies beneath as well; for a single URN only.

        Raises:
            InvalidArgument: LAZY with several URNs.

        Scopes: none.
        """
        if fetch_type == "LAZY" and len(urns) != 1:
            raise InvalidArgument("fetch_type LAZY takes a single URN")
        params: dict[str, object] = {"q": "urns", "urns": _urns(urns, "urns"), **_locale(locale)}
        if fetch_type != "SINGLE_NODE":
            params["fetchType"] = fetch_type
        return (yield from _all(params))


class AudienceCounts(Resource[IO]):
    """How many members fit."""

    @operation
    def find_by_targeting_criteria(self, criteria: TargetingCriteria) -> Flow[AudienceCount]:
        """Return how many members fit targeting criteria.

        Raises:
            InvalidArgument: the criteria include nothing.
            BadRequest: LinkedIn does not know a facet or an entity.

        Scopes: none.
        """
        check_criteria(criteria, is_location_required=False)
        params = {"q": "targetingCriteriaV2", "targetingCriteria": criteria_param(criteria)}
        response = yield Request("GET", "/rest/audienceCounts", params, restli_method="FINDER")
        elements = response.decode(_COUNTS).elements
        if not elements:
            raise response.unexpected("the answer holds no audience count")
        return elements[0]


class AdTargetTemplates(Resource[IO]):
    """Targeting criteria kept under a name. UNCONFIRMED: the fields; a recorded answer would confirm them."""

    @operation
    def create(
        self, account: Key, *, name: str, criteria: TargetingCriteria, description: str | None = None
    ) -> Flow[int]:
        """Keep targeting criteria under a name and return their number. Never repeated on its own.

        Scopes: rw_ads.
        """
        body = given(
            account=urn_of(account, ACCOUNT, name="account"),
            name=name,
            description=description,
            targetingCriteria=criteria,
        )
        return created_number((yield Request("POST", _TEMPLATES, json=body, repeatable=False)))

    @operation
    def get(self, id: int) -> Flow[TargetTemplate]:
        """Return a template.

        Scopes: r_ads or rw_ads.
        """
        return (yield from calls.get(calls.entity_path(_TEMPLATES, id), _TEMPLATE, None))

    @paged
    def find_by_account(self, account: Key, *, count: int = 100) -> Flow[Page[TargetTemplate]]:
        """Yield the templates of an account.

        Scopes: r_ads or rw_ads.
        """
        params = {"q": "account", "account": urn_of(account, ACCOUNT, name="account"), **calls.offset_params(count)}
        return (yield from pages(Request("GET", _TEMPLATES, params, restli_method="FINDER"), _TEMPLATE_PAGE))

    @operation
    def update(self, id: int, patch: Patch) -> Flow[None]:
        """Change some of a template's fields.

        Scopes: rw_ads.
        """
        yield from calls.update(calls.entity_path(_TEMPLATES, id), patch)

    @operation
    def delete(self, id: int) -> Flow[None]:
        """Delete a template.

        Scopes: rw_ads.
        """
        yield Request("DELETE", calls.entity_path(_TEMPLATES, id), restli_method="DELETE")

    @operation
    def batch_delete(self, ids: Sequence[int]) -> Flow[BatchResult[int, int]]:
        """Delete several templates; the answer says of each whether it is gone.

        Scopes: rw_ads.
        """
        return (yield from calls.batch_delete(_TEMPLATES, ids, int))


def _all(params: Mapping[str, object]) -> Flow[Sequence[TargetingEntity]]:
    # These two finders do not page, whatever the answer's `paging` says.
    response = yield Request("GET", _ENTITIES, params, restli_method="FINDER")
    return response.decode(_ENTITY_PAGE).elements


def _urns(urns: Sequence[Urn | str], name: str) -> Sequence[str]:
    if not urns:
        raise InvalidArgument(f"{name} must hold one URN at least")
    try:
        return [str(Urn.parse(urn)) for urn in urns]
    except ValueError as cause:
        raise InvalidArgument(f"{name}: {cause}") from cause


def _locale(locale: Locale | None) -> Mapping[str, object]:
    return {} if locale is None else {"locale": to_wire(locale_param(locale))}
