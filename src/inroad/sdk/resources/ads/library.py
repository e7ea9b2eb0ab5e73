"""Ads that anybody has run in about the last year (versioned API). It shows no texts and no pictures.

LinkedIn was seen to answer 429 after about ten calls in 30 seconds, and to recover within 35.
Source: "Ad Library API", learn.microsoft.com /linkedin/marketing/ad-library; recorded answers of July 2026
"""

from collections.abc import Sequence
from datetime import date

from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, paged
from inroad.sdk.resources.ads import calls
from inroad.sdk.resources.ads.values import given
from inroad.sdk.resources.entity import Elements, Entity, Millis, UrnText, decoder, pages

MAX_LIBRARY_PAGE = 25
"""Ads per page; LinkedIn refuses more."""


class Advertiser(Entity, frozen=True):
    """Who advertised, and who paid where that is said."""

    advertiser_name: str = ""
    advertiser_url: str | None = None
    ad_payer: str | None = None


class LibraryTargeting(Entity, frozen=True):
    """Whether a facet was targeted; `included_segments` are names, filled for Location and Language only."""

    facet_name: str
    is_included: bool = False
    is_excluded: bool = False
    included_segments: tuple[str, ...] = ()
    excluded_segments: tuple[str, ...] = ()


class ImpressionRange(Entity, frozen=True, rename={"start": "from", "end": "to"}):
    """From one of LinkedIn's twelve steps to the next; an open end is None."""

    start: int | None = None
    end: int | None = None


class CountryShare(Entity, frozen=True):
    """A country's part of the impressions, in percent; the parts may add up to more than 100."""

    country: UrnText
    impression_percentage: float = 0.0


class LibraryStatistics(Entity, frozen=True):
    """How often an ad was shown in the EU and the EEA."""

    first_impression_at: Millis | None = None
    latest_impression_at: Millis | None = None
    total_impressions: ImpressionRange | None = None
    impressions_distribution_by_country: tuple[CountryShare, ...] = ()


class LibraryDetails(Entity, frozen=True):
    """What is known of an ad. Statistics and targeting are missing for ads never shown in the EU or the EEA."""

    type: str = ""
    advertiser: Advertiser = Advertiser()
    ad_targeting: tuple[LibraryTargeting, ...] = ()
    ad_statistics: LibraryStatistics | None = None


class LibraryAd(Entity, frozen=True):
    """An ad of the library; of a restricted one the details are withheld. Its address is its only id."""

    ad_url: str
    is_restricted: bool = False
    details: LibraryDetails | None = None


_ADS = decoder(Elements[LibraryAd])


class AdLibrary(Resource[IO]):
    """Ads that anybody has run."""

    @paged
    def find_by_criteria(
        self,
        *,
        keyword: str | None = None,
        advertiser: str | None = None,
        countries: Sequence[str] | None = None,
        start: date | None = None,
        end: date | None = None,
        count: int = MAX_LIBRARY_PAGE,
    ) -> Flow[Page[LibraryAd]]:
        """Yield the ads that fit, roughly the newest first.

        Args:
            keyword: What stands in the ad; fuzzy, without phrases or operators. This or `advertiser`, or both.
            advertiser: Whose ad it is; fuzzy.
            countries: Shown in one of these, two small letters each. UNCONFIRMED: the plain list of the page was
                refused in every recording, so the wrapped form that the refusals point to is sent.
            start: Shown from this day on (UNCONFIRMED).
            end: Shown up to this day (UNCONFIRMED).
            count: Ads per page, 1 to 25. Pages are fetched as you iterate.

        Raises:
            InvalidArgument: there is neither a keyword nor an advertiser.
            RateLimited: after about ten calls in half a minute.
            Forbidden: the app has no access to the library.

        Scopes: none; any member's token of an app with the Ad Library product.
        """
        if not (keyword or advertiser):
            raise InvalidArgument("the ad library is asked by keyword, by advertiser, or by both")
        params: dict[str, object] = {"q": "criteria", **calls.offset_params(count, MAX_LIBRARY_PAGE)}
        params.update(given(keyword=keyword or None, advertiser=advertiser or None))
        if countries is not None:
            params["countries"] = {"value": list(countries)}
        if start is not None or end is not None:
            params["dateRange"] = given(start=start, end=end)
        return (yield from pages(Request("GET", "/rest/adLibrary", params, restli_method="FINDER"), _ADS))
