"""Who is to see an ad: targeting criteria, built and checked. Values only; the lookups are in `targeting_entities`.

Source: "Ads Targeting", learn.microsoft.com /linkedin/marketing/integrations/ads/advertising-targeting/ads-targeting
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import msgspec

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.resources.ads.values import to_wire
from inroad.sdk.resources.entity import Entity, as_urn

FACET = "adTargetingFacet"

WHOLE_WORLD = Urn("geo", "90009492")
"""The location that holds all others."""

LOCATION_FACETS = frozenset({"locations", "profileLocations", "ipLocations"})
"""One clause of one of these is required."""

INCLUDE_ONLY_FACETS = frozenset({"ageRanges", "genders", "groups", "interfaceLocales"})
"""Facets that cannot be excluded."""

_MANY = frozenset({"employers", "employersPast", "employersAll", "geos", "profileGeos"})
_MAX_ENTITIES, _MAX_ENTITIES_OF_MANY = 100, 200

Facets: TypeAlias = Mapping[str | Urn, Sequence[Urn | str]]
"""Entities by facet; a facet is its name, such as `seniorities`, or its URN."""


class Clause(Entity, frozen=True):
    """Alternatives: facet URNs and their entities' URNs, as texts. Whoever fits one of them fits the clause."""

    any_of: Mapping[str, tuple[str, ...]] = msgspec.field(name="or", default={})


class Inclusion(Entity, frozen=True):
    """Clauses that must all fit."""

    all_of: tuple[Clause, ...] = msgspec.field(name="and", default=())


class TargetingCriteria(Entity, frozen=True):
    """Who is to see an ad: whoever fits all included clauses and none of the excluded alternatives.

    An update replaces the whole tree; LinkedIn merges nothing. `targeting(...)` builds one from names.
    """

    include: Inclusion
    exclude: Clause | None = None


def targeting(*clauses: Facets, exclude: Facets | None = None) -> TargetingCriteria:
    """Return targeting criteria: each clause holds alternatives, and all clauses must fit.

    `targeting({"locations": [germany]}, {"seniorities": [director, vp]}, exclude={"employers": [us]})`.

    Raises:
        InvalidArgument: there is no clause of a location, an entity is both included and excluded, a facet has too
            many entities or cannot be excluded, or something is no URN.
    """
    criteria = TargetingCriteria(
        include=Inclusion(all_of=tuple(_clause(clause) for clause in clauses)),
        exclude=None if exclude is None else _clause(exclude),
    )
    check_criteria(criteria)
    return criteria


def check_criteria(criteria: TargetingCriteria, *, is_location_required: bool = True) -> None:
    """Refuse what LinkedIn is known to refuse of targeting criteria."""
    included = [(_name(facet), urns) for clause in criteria.include.all_of for facet, urns in clause.any_of.items()]
    excluded = (
        [] if criteria.exclude is None else [(_name(facet), urns) for facet, urns in criteria.exclude.any_of.items()]
    )
    if not included:
        raise InvalidArgument("targeting criteria include one clause at least")
    if is_location_required and not any(facet in LOCATION_FACETS for facet, _ in included):
        raise InvalidArgument(
            "targeting criteria need a clause of locations, profileLocations or ipLocations; "
            f"for the whole world {WHOLE_WORLD}"
        )
    for facet, urns in (*included, *excluded):
        most = _MAX_ENTITIES_OF_MANY if facet in _MANY else _MAX_ENTITIES
        if not 1 <= len(urns) <= most:
            raise InvalidArgument(f"the facet {facet} takes 1 to {most} entities, got {len(urns)}")
    fixed = sorted(facet for facet, _ in excluded if facet in INCLUDE_ONLY_FACETS)
    if fixed:
        raise InvalidArgument(f"{', '.join(fixed)} cannot be excluded")
    inside = {(facet, urn) for facet, urns in included for urn in urns}
    both = sorted(urn for facet, urns in excluded for urn in urns if (facet, urn) in inside)
    if both:
        raise InvalidArgument(f"{both[0]} is both included and excluded")


def criteria_param(criteria: TargetingCriteria) -> object:
    """Return targeting criteria as a query parameter."""
    return to_wire(criteria)


def facet_urn(facet: str | Urn) -> Urn:
    """Return a facet's URN from its name or its URN.

    Raises:
        InvalidArgument: it is neither.
    """
    if isinstance(facet, str) and facet.isascii() and facet.isidentifier():
        return Urn(FACET, facet)
    return as_urn(facet, FACET, name="facet")


def _clause(facets: Facets) -> Clause:
    return Clause(any_of={str(facet_urn(facet)): tuple(map(_entity, urns)) for facet, urns in facets.items()})


def _entity(urn: Urn | str) -> str:
    try:
        return str(Urn.parse(urn))
    except ValueError as cause:
        raise InvalidArgument(f"a targeted entity must be a URN: {cause}") from cause


def _name(facet: str) -> str:
    return facet.rpartition(":")[2]
