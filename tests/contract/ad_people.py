"""Who and what the sample exchanges of advertising and leads speak of."""

from inroad.common.urn import Urn
from inroad.sdk.resources.ads.values import Money

ACCOUNT = Urn("sponsoredAccount", "509418273")
ORGANIZATION = Urn("organization", "70412233")
MEMBER = Urn("person", "Kq7_dTz3Rm")
GROUP = Urn("sponsoredCampaignGroup", "640117782")
CAMPAIGN = Urn("sponsoredCampaign", "388204115")
CREATIVE = Urn("sponsoredCreative", "771204938")
CONVERSION = Urn("llaPartnerConversion", "18822041", "lla")
FORM = Urn("adForm", "9127734")
GERMANY = Urn("geo", "101282230")
DIRECTOR = Urn("seniority", "8")


def eur(amount: str) -> Money:
    """An amount in euros."""
    return Money.of(amount, "EUR")
