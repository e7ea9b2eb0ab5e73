"""What of a facet can be targeted (versioned API).

Source: "Ads Targeting", learn.microsoft.com /linkedin/marketing/integrations/ads/advertising-targeting/ads-targeting
"""

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, operation, paged
from inroad.sdk.resources.ads import calls
from inroad.sdk.resources.ads.targeting_criteria import (
    facet_urn,
)
from inroad.sdk.resources.ads.values import locale_param, to_wire
from inroad.sdk.resources.entity import Elements, Entity, Locale, UrnText, decoder, pages

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

_ENTITIES = "/rest/adTargetingEntities"
# The page's table prints QUERY_USES_VALUES, every sample of it URNS.
_QUERY_VERSION = "QUERY_USES_URNS"


class TargetingEntity(Entity, frozen=True):
    """Something that can be targeted, such as a seniority, and its name in the locale asked for."""

    urn: UrnText
    facet_urn: UrnText | None = None
    name: str = ""


_ENTITY_PAGE = decoder(Elements[TargetingEntity])


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
