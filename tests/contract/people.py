"""Who and what the sample exchanges speak of."""

from datetime import UTC, datetime

from inroad.common.clock import from_millis
from inroad.common.urn import Urn

ADA = Urn("person", "Kq7_dTz3Rm")
ANNEKE = Urn("person", "Vv1_aQ8xLp")
ORGANIZATION = Urn("organization", "70412233")
BRAND = Urn("organizationBrand", "70412299")
SHARE = Urn("share", "7522266120616303830")
OLD_SHARE = Urn("share", "7521903732842615745")
UGC = Urn("ugcPost", "7521903732842615745")
GONE = Urn("share", "1")
ACTIVITY = Urn("activity", "7522266120626001129")
COMMENT = Urn("comment", f"({ACTIVITY},7522316451840101263)")
REPLY = Urn("comment", f"({ACTIVITY},7522320646145365108)")
IMAGE = Urn("image", "D4E22AQF1aaaaaaaaaa")
OTHER_IMAGE = Urn("image", "D4E22AQF1bbbbbbbbbb")
VIDEO = Urn("video", "D4D05AQH2cccccccccc")
DOCUMENT = Urn("document", "D4D1FAQE3dddddddddd")
ASSET = Urn("digitalmediaAsset", "D4E22AQGm1bq0xWk3Tw")
ACCOUNT = Urn("sponsoredAccount", "512345678")
APPLICATION = Urn("developerApplication", "221177001")

# The midnights between which the statistics of the samples lie.
OCTOBER_30 = datetime(2026, 10, 30, tzinfo=UTC)
OCTOBER_31 = datetime(2026, 10, 31, tzinfo=UTC)
NOVEMBER_1 = datetime(2026, 11, 1, tzinfo=UTC)

at = from_millis
