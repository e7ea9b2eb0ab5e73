"""A small fixed taxonomy: what targeting offers, and what members are counted by in reports.

Names and numbers of seniorities are LinkedIn's; the rest is a selection, with numbers that LinkedIn uses where they
are public (geographies, functions, industries) and the sandbox's own elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final


@dataclass(frozen=True, slots=True)
class Facet:
    """One targeting facet: what its entities are, and which finders know them."""

    name: str
    entity_types: tuple[str, ...]
    finders: tuple[str, ...]

    @property
    def urn(self) -> str:
        """Its URN."""
        return f"urn:li:adTargetingFacet:{self.name}"


@dataclass(frozen=True, slots=True)
class Node:
    """One entity that can be targeted."""

    urn: str
    name: str
    names: tuple[tuple[str, str], ...] = ()  # by language

    def named(self, language: str) -> str:
        """Return its name in a language, the English one where there is no other."""
        return dict(self.names).get(language, self.name)


_LIST, _TYPE, _SIMILAR = "AD_TARGETING_FACET", "TYPEAHEAD", "SIMILAR_ENTITIES"


def _facets(names: str, types: str, *finders: str) -> tuple[Facet, ...]:
    return tuple(Facet(n, (t,), finders) for n, t in zip(names.split(), types.split(), strict=True))


_FACETS: Final = (
    *_facets(
        "genders jobFunctions seniorities ageRanges staffCountRanges interfaceLocales yearsOfExperienceRanges",
        "GENDER FUNCTION SENIORITY AGE COMPANY_SIZE LOCALE YEARS_OF_EXPERIENCE",
        _LIST,
    ),
    *_facets(
        "industries titles titlesPast titlesAll skills", "INDUSTRY TITLE TITLE TITLE SKILL", _LIST, _TYPE, _SIMILAR
    ),
    *_facets(
        "degrees fieldsOfStudy interests memberBehaviors companyCategory growthRate revenue",
        "DEGREE FIELD_OF_STUDY INTEREST MEMBER_BEHAVIOR FIRMOGRAPHIC FIRMOGRAPHIC FIRMOGRAPHIC",
        _LIST,
        _TYPE,
    ),
    *_facets("locations profileLocations ipLocations schools", "LOCATION LOCATION LOCATION SCHOOL", _TYPE),
    *_facets(
        "employers employersPast employersAll groups followedCompanies firstDegreeConnectionCompanies",
        "COMPANY COMPANY COMPANY GROUP COMPANY COMPANY",
        _TYPE,
        _SIMILAR,
    ),
    *_facets("audienceMatchingSegments dynamicSegments", "SEGMENT SEGMENT"),
    *_facets("buyerGroups", "BUYER_GROUP", _TYPE),
)
FACETS: Final[Mapping[str, Facet]] = {f.urn: f for f in _FACETS}
"""Facet URN -> facet."""

BUYER_GROUPS_SINCE: Final = "202603"

_SENIORITIES: Final = (
    "Unpaid",
    "Training",
    "Entry",
    "Senior",
    "Manager",
    "Director",
    "VP",
    "CXO",
    "Partner",
    "Owner",
)
_FUNCTIONS: Final = [
    "Accounting",
    "Administrative",
    "Arts and Design",
    "Business Development",
    "Community and Social Services",
    "Consulting",
    "Education",
    "Engineering",
    "Entrepreneurship",
    "Finance",
    "Healthcare Services",
    "Human Resources",
    "Information Technology",
    "Legal",
    "Marketing",
    "Media and Communication",
    "Military and Protective Services",
    "Operations",
    "Product Management",
    "Program and Project Management",
    "Purchasing",
    "Quality Assurance",
    "Real Estate",
    "Research",
    "Sales",
    "Customer Success",
]
_GEOS: Final = (
    ("90009492", "Worldwide", "Weltweit"),
    ("103644278", "United States", "Vereinigte Staaten"),
    ("101165590", "United Kingdom", "Vereinigtes Königreich"),
    ("101282230", "Germany", "Deutschland"),
    ("103883259", "Austria", "Österreich"),
    ("106693272", "Switzerland", "Schweiz"),
    ("105015875", "France", "Frankreich"),
    ("102890719", "Netherlands", "Niederlande"),
    ("105646813", "Spain", "Spanien"),
    ("103350119", "Italy", "Italien"),
    ("105117694", "Sweden", "Schweden"),
    ("103819153", "Norway", "Norwegen"),
    ("104514075", "Denmark", "Dänemark"),
    ("105072130", "Poland", "Polen"),
    ("104738515", "Ireland", "Irland"),
    ("100565514", "Belgium", "Belgien"),
    ("101174742", "Canada", "Kanada"),
    ("101452733", "Australia", "Australien"),
    ("102713980", "India", "Indien"),
    ("101355337", "Japan", "Japan"),
    ("102454443", "Singapore", "Singapur"),
    ("106057199", "Brazil", "Brasilien"),
    ("103323778", "Mexico", "Mexiko"),
    ("105365761", "Nigeria", "Nigeria"),
    ("104035573", "South Africa", "Südafrika"),
    ("90009496", "Greater London", "Großraum London"),
    ("90009712", "Berlin Metropolitan Area", "Metropolregion Berlin"),
    ("90009735", "Munich Metropolitan Region", "Metropolregion München"),
    ("90000084", "San Francisco Bay Area", "San Francisco Bay Area"),
    ("90000070", "New York City Metropolitan Area", "Großraum New York"),
    ("90009659", "Greater Paris Metropolitan Region", "Großraum Paris"),
    ("90010383", "Greater Oslo Region", "Großraum Oslo"),
)
COUNTRIES: Final = tuple(number for number, *_ in _GEOS[1:25])
REGIONS: Final = tuple(number for number, *_ in _GEOS[25:])
_INDUSTRIES: Final = (
    ("4", "Software Development"),
    ("6", "Technology, Information and Internet"),
    ("12", "Biotechnology Research"),
    ("14", "Hospitals and Health Care"),
    ("25", "Manufacturing"),
    ("26", "Furniture and Home Furnishings Manufacturing"),
    ("43", "Financial Services"),
    ("47", "Accounting"),
    ("48", "Construction"),
    ("53", "Motor Vehicle Manufacturing"),
    ("55", "Machinery Manufacturing"),
    ("68", "Higher Education"),
    ("80", "Advertising Services"),
    ("84", "Information Services"),
    ("96", "IT Services and IT Consulting"),
    ("112", "Appliances, Electrical, and Electronics Manufacturing"),
    ("116", "Transportation, Logistics, Supply Chain and Storage"),
    ("135", "Industrial Machinery Manufacturing"),
    ("147", "Automation Machinery Manufacturing"),
    ("3102", "IT System Data Services"),
)
_TITLES: Final = (
    ("1", "Owner"),
    ("2", "Project Manager"),
    ("5", "Sales Manager"),
    ("8", "Chief Executive Officer"),
    ("9", "Software Engineer"),
    ("10", "Consultant"),
    ("16", "Operations Manager"),
    ("25", "Mechanical Engineer"),
    ("26", "Marketing Manager"),
    ("39", "Senior Software Engineer"),
    ("117", "Research Engineer"),
    ("279", "Production Manager"),
    ("340", "Head of Procurement"),
    ("835", "Plant Manager"),
    ("1083", "Automation Engineer"),
    ("1414", "Robotics Engineer"),
    ("25201", "Data Engineer"),
    ("25190", "Data Scientist"),
    ("30128", "Site Reliability Engineer"),
    ("30209", "Product Designer"),
)
_SKILLS: Final = [
    "Robotics",
    "Python (Programming Language)",
    "Woodworking",
    "Lean Manufacturing",
    "Machine Learning",
    "Supply Chain Management",
    "Project Management",
    "Sales",
    "SQL",
    "Kubernetes",
    "CAD",
    "Negotiation",
    "Copywriting",
    "Logistics Management",
    "Embedded Systems",
]
_SIZES: Final = (
    (1, 1, "Myself Only"),
    (2, 10, "2-10 employees"),
    (11, 50, "11-50 employees"),
    (51, 200, "51-200 employees"),
    (201, 500, "201-500 employees"),
    (501, 1000, "501-1,000 employees"),
    (1001, 5000, "1,001-5,000 employees"),
    (5001, 10000, "5,001-10,000 employees"),
    (10001, 2147483647, "10,001+ employees"),
)
SIZE_TOKENS: Final = (
    "SIZE_1",
    "SIZE_2_TO_10",
    "SIZE_11_TO_50",
    "SIZE_51_TO_200",
    "SIZE_201_TO_500",
    "SIZE_501_TO_1000",
    "SIZE_1001_TO_5000",
    "SIZE_5001_TO_10000",
    "SIZE_10001_OR_MORE",
)
_AGES: Final = ((18, 24, "18 to 24"), (25, 34, "25 to 34"), (35, 54, "35 to 54"), (55, 2147483647, "55+"))
LOCALES: Final = [
    "en_US",
    "en_GB",
    "de_DE",
    "fr_FR",
    "es_ES",
    "it_IT",
    "pt_BR",
    "nl_NL",
    "sv_SE",
    "no_NO",
    "da_DK",
    "pl_PL",
    "ja_JP",
    "zh_CN",
    "ko_KR",
    "tr_TR",
    "ar_AE",
    "id_ID",
]
_FIELDS: Final = (
    ("100371", "Robotics Technology"),
    ("100347", "Computer Engineering"),
    ("100990", "Business Administration"),
    ("101408", "Industrial Design"),
    ("101485", "Mechanical Engineering"),
    ("100189", "Computer Science"),
)


def _nodes(kind: str, pairs: tuple[tuple[str, str], ...]) -> tuple[Node, ...]:
    return tuple(Node(f"urn:li:{kind}:{number}", name) for number, name in pairs)


def _numbered(kind: str, names: list[str] | tuple[str, ...], first: int = 1) -> tuple[Node, ...]:
    return tuple(Node(f"urn:li:{kind}:{first + at}", name) for at, name in enumerate(names))


_GEO_NODES: Final = tuple(Node(f"urn:li:geo:{n}", en, (("de", de),)) for n, en, de in _GEOS)
_TITLE_NODES: Final = _nodes("title", _TITLES)

NODES: Final[Mapping[str, tuple[Node, ...]]] = {
    "genders": (Node("urn:li:gender:MALE", "Male"), Node("urn:li:gender:FEMALE", "Female")),
    "jobFunctions": _numbered("function", _FUNCTIONS),
    "seniorities": tuple(
        sorted(_numbered("seniority", _SENIORITIES), key=lambda n: n.urn)
    ),  # samples list them in the order of their texts
    "ageRanges": tuple(Node(f"urn:li:ageRange:({low},{high})", name) for low, high, name in _AGES),
    "staffCountRanges": tuple(Node(f"urn:li:staffCountRange:({low},{high})", name) for low, high, name in _SIZES),
    "interfaceLocales": tuple(Node(f"urn:li:locale:{name}", name) for name in LOCALES),
    "yearsOfExperienceRanges": tuple(Node(f"urn:li:yearsOfExperience:{n}", f"{n} years") for n in range(1, 13)),
    "industries": _nodes("industry", _INDUSTRIES),
    "titles": _TITLE_NODES,
    "titlesPast": _TITLE_NODES,
    "titlesAll": _TITLE_NODES,
    "skills": _numbered("skill", _SKILLS, 101),
    "degrees": _numbered("degree", ("Bachelor's Degree", "Master's Degree", "Doctorate", "Apprenticeship"), 200),
    "fieldsOfStudy": _nodes("fieldOfStudy", _FIELDS),
    "interests": _numbered("interest", ("Manufacturing", "Sustainability", "Marketing Technology", "Careers"), 5_001),
    "memberBehaviors": _numbered("memberBehavior", ("Frequent Traveler", "Job Seeker", "Mobile User"), 1),
    "companyCategory": _numbered("organizationRankingList", ("Top Startups", "Fortune 500", "Top Companies"), 11),
    "growthRate": tuple(
        Node(f"urn:li:growthRate:({a},{b})", f"{a}% to {b}%") for a, b in ((0, 10), (10, 20), (20, 50))
    ),
    "revenue": tuple(
        Node(f"urn:li:revenue:({a},{b})", f"${a}M to ${b}M") for a, b in ((1, 10), (10, 100), (100, 1000))
    ),
    "locations": _GEO_NODES,
    "profileLocations": _GEO_NODES,
    "ipLocations": _GEO_NODES,
    "schools": _numbered("organization", ("Northern Institute of Technology", "Harbour School of Design"), 15_090_001),
    "groups": _numbered("group", ("Woodworkers of the North", "Industrial Automation Forum"), 8_100_001),
    "buyerGroups": _numbered("buyerGroup", ("IT Buying Committee", "Procurement Leaders"), 1),
}
"""Facet name -> its entities; facets of organizations are answered from the world's pages."""

ORGANIZATION_FACETS: Final = frozenset(
    ("employers", "employersPast", "employersAll", "followedCompanies", "firstDegreeConnectionCompanies", "schools")
)


@cache
def node_of(urn: str) -> tuple[str, Node] | None:
    """Return the facet's name and the entity that a URN names."""
    for facet, nodes in NODES.items():
        for node in nodes:
            if node.urn == urn:
                return facet, node
    return None
