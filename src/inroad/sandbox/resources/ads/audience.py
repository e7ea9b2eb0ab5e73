"""Targeting criteria: what is wrong with them, and how many members they reach.

Source: "Ads Targeting", learn.microsoft.com /linkedin/marketing/integrations/ads/advertising-targeting/ads-targeting
"""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, Final

from inroad.common.urn import Urn
from inroad.sandbox.call import Call, Value
from inroad.sandbox.resources.ads import params
from inroad.sandbox.resources.ads.facts import chance
from inroad.sandbox.resources.ads.refusals import Faults
from inroad.sandbox.resources.ads.taxonomy import FACETS
from inroad.sandbox.shape import is_list, is_object

Criteria = Mapping[str, Any]

LOCATIONS: Final = frozenset(("locations", "profileLocations", "ipLocations"))
INCLUDE_ONLY: Final = frozenset(("ageRanges", "genders", "groups", "interfaceLocales"))
MAX_ENTITIES: Final = 100
MAX_MANY_ENTITIES: Final = 200
_MANY: Final = frozenset(("employers", "employersPast", "employersAll", "locations", "profileLocations"))
SMALLEST: Final = 300
"""Fewer members are told as none, and cannot be advertised to."""

_MEMBERS: Final = 1_100_000_000
_CLASHES: Final = (
    ({"titles", "titlesPast", "titlesAll"}, {"jobFunctions", "seniorities"}),
    ({"employers", "employersPast", "employersAll"}, {"industries", "staffCountRanges"}),
)


def included(criteria: Criteria) -> Iterator[Mapping[str, Any]]:
    """Yield the facets of each clause that a member must fit."""
    for clause in criteria.get("include", {}).get("and", ()):
        yield clause.get("or", {})


def excluded(criteria: Criteria) -> Mapping[str, Any]:
    """Return the facets of which a member must fit none."""
    found: Mapping[str, Any] = criteria.get("exclude", {}).get("or", {})
    return found


def short(facet: str) -> str:
    """Return a facet's name without its URN."""
    return facet.rpartition(":")[2]


def check(faults: Faults, criteria: Criteria, *, strict: bool) -> None:
    """Note what is wrong with a campaign's criteria.

    `strict` is the switch `targeting.strict`: combinations that one knowledge file calls incompatible (UNCONFIRMED).
    """
    field = "targetingCriteria"
    clauses = list(included(criteria))
    used = {short(facet) for clause in clauses for facet in clause}
    if not used & LOCATIONS:
        faults.missing(f"{field}/include/and/locations")
    inside: set[str] = set()
    for facets in clauses:
        _check_facets(faults, facets, f"{field}/include", inside)
    outside: set[str] = set()
    _check_facets(faults, excluded(criteria), f"{field}/exclude", outside)
    for facet in excluded(criteria):
        if short(facet) in INCLUDE_ONLY:
            faults.add("INVALID_VALUE_FOR_FIELD", f"{field}/exclude", f"cannot exclude {short(facet)}")
    for entity in sorted(inside & outside):
        code = "FIELD_CANNOT_BE_BOTH_IN_INCLUDED_AND_EXCLUDED_TARGETING"
        faults.add(code, field, f"value {entity} is both included and excluded")
    if strict:
        for one, other in _CLASHES:
            if used & one and used & other:
                said = f"{', '.join(sorted(used & one))} cannot be combined with {', '.join(sorted(used & other))}"
                faults.add("INCOMPATIBLE_TARGETING_COMBINATION", field, said)


def _check_facets(faults: Faults, facets: Mapping[str, Any], path: str, found: set[str]) -> None:
    for facet, entities in facets.items():
        if facet not in FACETS:
            faults.add("INVALID_VALUE_FOR_FIELD", path, f"value {facet} is not a targeting facet")
            continue
        most = MAX_MANY_ENTITIES if short(facet) in _MANY else MAX_ENTITIES
        if len(entities) > most:
            faults.add("FIELD_VALUE_TOO_HIGH", path, f"{short(facet)} takes at most {most} entities")
        for entity in entities:
            if not _is_urn(entity):
                faults.add("INVALID_VALUE_FOR_FIELD", path, f"value {entity} is not a URN")
        found.update(entities)


def _is_urn(text: object) -> bool:
    try:
        Urn.parse(str(text))
    except ValueError:
        return False
    return True


def size(seed: int, criteria: Criteria) -> int:
    """Return how many members criteria reach: rounded, and 0 below the smallest audience."""
    total = float(_MEMBERS)
    for facets in included(criteria):
        values = sorted(chain.from_iterable(facets.values()))
        whole = "urn:li:geo:90009492" in values
        share = 1.0 if whole else min(0.5, 0.01 + 0.12 * len(values) * (0.3 + 0.7 * chance(seed, "audience", *values)))
        total *= share
    for values in excluded(criteria).values():
        total *= 1 - 0.02 * len(values)
    if total < SMALLEST:
        return 0
    step = int("1" + "0" * max(0, len(str(int(total))) - 3))
    return int(total) // step * step


def from_param(call: Call, name: str = "targetingCriteria") -> Criteria:
    """Return criteria from a query, where facets are keys of records."""
    sent = params.record(call, name)
    if sent is None:
        return {}
    for part in sent:
        if part not in ("include", "exclude"):
            raise params.unknown_field(name, part)
    criteria: dict[str, Any] = {}
    if "include" in sent:
        clauses = _member(sent["include"], "and", name)
        if not is_list(clauses):
            said = "ERROR :: /include/and :: array type is not backed by a DataList"
            raise params.field_invalid(f"{name}/include/and", said)
        criteria["include"] = {"and": [{"or": _facets(_member(c, "or", name), name)} for c in clauses]}
    if "exclude" in sent:
        criteria["exclude"] = {"or": _facets(_member(sent["exclude"], "or", name), name)}
    return criteria


def _member(value: Value, key: str, name: str) -> Value:
    if not is_object(value) or key not in value:
        raise params.invalid(name)
    found: Value = value[key]
    return found


def _facets(value: Value, name: str) -> dict[str, list[str]]:
    if not is_object(value):
        raise params.invalid(name)
    found: dict[str, list[str]] = {}
    for facet, entities in value.items():
        if not is_list(entities) or facet not in FACETS:
            raise params.invalid(name)
        found[facet] = [str(e) for e in entities]
    return found
