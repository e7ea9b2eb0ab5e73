"""`adLibrary`: public ads of the last year, found by advertiser and keyword.

Source: "Ad Library", learn.microsoft.com /linkedin/marketing/integrations/ads/ad-library; the bounds and refusals are
from recorded answers of July 2026. The API tells no text of an ad.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec

from inroad.common.clock import to_millis
from inroad.sandbox.answers import not_permitted, sentence, throttled
from inroad.sandbox.call import Answer, Call
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.ads import audience, params
from inroad.sandbox.resources.ads.analytics.metrics import METRICS
from inroad.sandbox.resources.ads.facts import chance, facts_of
from inroad.sandbox.resources.ads.refusals import bad_argument, several_parameters
from inroad.sandbox.resources.ads.state import Campaign, Creative, ads_of
from inroad.sandbox.resources.ads.taxonomy import node_of
from inroad.sandbox.resources.paging import page
from inroad.sandbox.resources.posts.state import Posts
from inroad.sandbox.world import Organization

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/integrations/ads/ad-library"
MAX_COUNT: Final = 25
KEPT: Final = timedelta(days=365)
_BURST_SECONDS: Final = 30
_TYPES: Final = {
    "STANDARD_UPDATE": "SPONSORED_STATUS_UPDATE",
    "SINGLE_VIDEO": "SPONSORED_VIDEO",
    "CAROUSEL": "SPONSORED_UPDATE_CAROUSEL",
    "SPONSORED_UPDATE_NATIVE_DOCUMENT": "SPONSORED_UPDATE_NATIVE_DOCUMENT",
    "SPONSORED_UPDATE_EVENT": "SPONSORED_UPDATE_EVENT",
    "SPOTLIGHT": "SPOTLIGHT_V2",
    "FOLLOW_COMPANY": "FOLLOW_COMPANY_V2",
    "JOBS": "JOBS_V2",
    "TEXT_AD": "TEXT_AD",
    "SPONSORED_INMAIL": "SPONSORED_INMAILS",
    "SPONSORED_MESSAGE": "SPONSORED_MESSAGE",
}
_STEPS: Final = (0, 1_000, 5_000, 10_000, 50_000, 100_000, 200_000, 300_000, 400_000, 500_000, 1_000_000, 5_000_000)
_EU: Final = {
    "101282230": "DE",
    "103883259": "AT",
    "105015875": "FR",
    "102890719": "NL",
    "105646813": "ES",
    "103350119": "IT",
    "105117694": "SE",
    "103819153": "NO",
    "104514075": "DK",
    "105072130": "PL",
    "104738515": "IE",
    "100565514": "BE",
}
_FACETS: Final = {
    "locations": "Location",
    "profileLocations": "Location",
    "interfaceLocales": "Language",
    "titles": "Job",
    "jobFunctions": "Job",
    "seniorities": "Job",
    "skills": "Job",
    "yearsOfExperienceRanges": "Job",
    "employers": "Company",
    "industries": "Company",
    "staffCountRanges": "Company",
    "audienceMatchingSegments": "Audience",
    "dynamicSegments": "Audience",
    "genders": "Demographic",
    "ageRanges": "Demographic",
    "interests": "Member Interests and Traits",
    "groups": "Member Interests and Traits",
    "degrees": "Education",
    "schools": "Education",
    "fieldsOfStudy": "Education",
}


class Bursts(msgspec.Struct):
    """When each app asked the library lately, in epoch seconds."""

    by_app: dict[str, list[float]] = {}


@dataclass(frozen=True, slots=True)
class _Ad:
    creative: Creative
    campaign: Campaign
    advertiser: Organization
    text: str


def _ads(call: Call) -> Iterator[_Ad]:
    """Yield what the library shows: every creative of the last year that is no draft and no test."""
    ads, posts = ads_of(call.world), call.world.state(Posts)
    for creative in reversed(ads.creatives.values()):
        campaign, account = ads.campaigns[creative.campaign], ads.accounts[creative.account]
        entity = str(campaign.body.get("associatedEntity") or account.body.get("reference") or "")
        number = entity.rpartition(":")[2]
        page_of = call.world.organizations.get(int(number)) if number.isdigit() else None
        if account.is_test or page_of is None or creative.reviewed_at is None:
            continue
        if call.now - creative.modified_at > KEPT:
            continue
        content = creative.body["content"]
        post = posts.live(content["reference"]) if "reference" in content else None
        yield _Ad(creative, campaign, page_of, post.text if post is not None else str(content))


def _check_burst(call: Call) -> None:
    """Refuse more than about ten calls in thirty seconds. OBSERVED."""
    most = call.switches.number("adlibrary.burst")
    log = call.world.state(Bursts).by_app.setdefault(call.grant.app.client_id, [])
    now = call.now.timestamp()
    log[:] = [at for at in log if at > now - _BURST_SECONDS]
    if most and len(log) >= most:
        raise throttled()
    log.append(now)


def _check_product(call: Call) -> None:
    """Ask for the app-level product. UNCONFIRMED: whether an app without it gets 403 or 404."""
    app = call.grant.app
    if "*" not in app.scopes and "Ad Library" not in app.products and call.switches["scope.policy"] != "compat":
        raise not_permitted(f"partnerApiAdLibrary.FINDER-criteria.{call.version}")


def _find(call: Call) -> Answer:
    _check_burst(call)
    keyword, advertiser = params.text(call, "keyword"), params.text(call, "advertiser")
    if keyword is None and advertiser is None:
        raise sentence(400, "Either keyword or advertiser must be specified")
    if "" in (keyword, advertiser):
        raise bad_argument("Invalid query parameters passed to request")
    count = params.number(call, "count")
    if count is not None and count > MAX_COUNT:
        raise sentence(400, f"count must be no larger than {MAX_COUNT}")
    countries, days = _countries(call), params.days(call, "dateRange")
    found: list[_Ad] = []
    for ad in _ads(call):
        if not _fits(keyword, ad.text) or not _fits(advertiser, ad.advertiser.name):
            continue
        if countries is not None and not countries & set(_shares(call, ad)):
            continue
        if days is not None and not days.start <= ad.creative.created_at.date() <= (days.end or call.now.date()):
            continue
        found.append(ad)
    if count is None:
        call.params = {**call.params, "count": str(MAX_COUNT)}
    return Answer(body=page(call, found, lambda ad: _view(call, ad), total=True, most=MAX_COUNT))


def _fits(wanted: str | None, text: str) -> bool:
    """Tell whether all words stand in a text, without case; a single letter and blanks find nothing (recorded)."""
    if wanted is None:
        return True
    words = wanted.casefold().split()
    return len(wanted.strip()) > 1 and all(word in text.casefold() for word in words)


def _countries(call: Call) -> set[str] | None:
    """Return the countries asked for. UNCONFIRMED: plain lists were refused, the wrapper was not tried."""
    sent, allowed = call.params.get("countries"), call.switches["adlibrary.countries"]
    if sent is None:
        return None
    is_wrapped = isinstance(sent, dict)
    if allowed == "refuse" or (allowed == "wrapper" and not is_wrapped) or (allowed == "list" and is_wrapped):
        said = "ERROR :: /value :: array type is not backed by a DataList"
        raise several_parameters([("FIELD_INVALID", "countries/value", said)])
    return {code.upper() for code in params.items(call, "countries") or ()}


def _view(call: Call, ad: _Ad) -> dict[str, Any]:
    statistics = _statistics(call, ad)
    details: dict[str, Any] = {
        "type": _TYPES.get(ad.campaign.body.get("format", ""), "$UNKNOWN"),
        "advertiser": {
            "advertiserName": ad.advertiser.name,
            "adPayer": ad.advertiser.name,
            "advertiserUrl": f"https://www.linkedin.com/company/{ad.advertiser.id}",
        },
        # Ads that were never shown in the EU tell neither whom they aimed at nor how often they were seen.
        "adTargeting": _targeting(ad.campaign) if statistics else [],
    }
    if statistics:
        details["adStatistics"] = statistics
    return {
        "adUrl": f"https://www.linkedin.com/ad-library/detail/{ad.creative.id}",
        "isRestricted": False,
        "details": details,
    }


def _statistics(call: Call, ad: _Ad) -> dict[str, Any] | None:
    shares = _shares(call, ad)
    facts = facts_of(call.world)
    reading = next((r for _, r in facts.readings([ad.creative], call.now)), None)
    if not shares or reading is None:
        return None
    days = range(reading.first, reading.end + 1)
    totals = reading.totals(METRICS["impressions"].driver, days)
    seen = [day for day, low, high in zip(days, totals, totals[1:], strict=False) if high > low]
    if not seen:
        return None
    return {
        "firstImpressionAt": to_millis(_midnight(seen[0])),
        "latestImpressionAt": to_millis(_midnight(seen[-1])),
        "totalImpressions": _step(int(totals[-1])),
        "impressionsDistributionByCountry": [
            {"country": f"urn:li:country:{code}", "impressionPercentage": part} for code, part in shares.items()
        ],
    }


def _midnight(day: int) -> datetime:
    return datetime.fromordinal(day).replace(tzinfo=UTC)


def _step(number: int) -> dict[str, int]:
    low = max(step for step in _STEPS if step <= number)
    higher = [step for step in _STEPS if step > number]
    return {"from": low, "to": higher[0]} if higher else {"from": low, "to": low * 2}


def _shares(call: Call, ad: _Ad) -> dict[str, float]:
    """Return how the ad's impressions in the EU are spread over countries; rounding may take the sum over 100."""
    geos = [
        urn.rpartition(":")[2]
        for facets in audience.included(ad.campaign.body["targetingCriteria"])
        for facet, values in facets.items()
        if audience.short(facet) in audience.LOCATIONS
        for urn in values
    ]
    codes = [_EU[geo] for geo in geos if geo in _EU]
    weights = {code: 0.2 + chance(call.world.seed, ad.creative.id, code) for code in codes}
    total = sum(weights.values())
    return {code: round(weight / total * 100 + 0.04, 1) for code, weight in weights.items()}


def _targeting(campaign: Campaign) -> list[dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {}
    criteria = campaign.body["targetingCriteria"]
    for is_in, parts in ((True, list(audience.included(criteria))), (False, [audience.excluded(criteria)])):
        for facets in parts:
            for facet, values in facets.items():
                name = _FACETS.get(audience.short(facet), "Audience")
                row = rows.setdefault(
                    name,
                    {
                        "facetName": name,
                        "isIncluded": False,
                        "isExcluded": False,
                        "includedSegments": [],
                        "excludedSegments": [],
                    },
                )
                row["isIncluded" if is_in else "isExcluded"] = True
                if name in ("Location", "Language"):
                    row["includedSegments" if is_in else "excludedSegments"] += [_name(urn) for urn in values]
    return list(rows.values())


def _name(urn: str) -> str:
    known = node_of(urn)
    return urn.rpartition(":")[2] if known is None else known[1].name


RESOURCES: Final = (
    Resource(
        path="adLibrary",
        bases=frozenset({"rest"}),
        permission="partnerApiAdLibrary",
        key="number",
        methods=(
            Method(
                name="FINDER-criteria",
                handler=_find,
                rule=_check_product,
                params={
                    "keyword": "optional",
                    "advertiser": "optional",
                    "countries": "optional",
                    "dateRange": "optional",
                    "start": "optional",
                    "count": "optional",
                },
                source=SOURCE,
            ),
        ),
    ),
)
