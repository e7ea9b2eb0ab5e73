"""Which `LinkedIn-Version`s live, per product line, and until when.

Versions are dated data and never computed from today's date. Sources: "LinkedIn Marketing API Versioning" and
"API Migrations", learn.microsoft.com /linkedin/marketing/versioning and /linkedin/marketing/integrations/migrations;
"Versioning", /linkedin/talent/versioning. A sunset date is the day from which 426 may come, not the day it must.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

DEFAULT_VERSION = "202609"
"""What the SDK sends: the newest marketing version that a working client was seen to use (September 2026)."""

DEFAULT_VERSIONS: Mapping[str, str] = {
    "marketing": DEFAULT_VERSION,
    # The one that "Member Data Portability" documents, learn.microsoft.com /linkedin/dma/member-data-portability.
    "portability": "202312",
    # What clients of "Verified on LinkedIn" send, /linkedin/consumer/integrations/verified-on-linkedin/overview.
    "verified": "202510",
    # The newest that was seen; LinkedIn's own Java client sends 202504. "Versioning", /linkedin/talent/versioning.
    "talent": "202508",
}
"""Product line -> what the SDK sends to its resources. Lines do not share their versions: what is retired in one may be
the only one in another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One released version. `sunset` is None where no day was published."""

    name: str
    sunset: date | None
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class VerifiedWith:
    """What a resource was read and tried with: its product line, the first version and the last one."""

    line: str
    first: str
    last: str


def _version(name: str, sunset: date | None, *, confirmed: bool = True) -> Version:
    return Version(name=name, sunset=sunset, confirmed=confirmed)


_MARKETING = (
    _version("202411", date(2025, 11, 17)),
    _version("202501", date(2026, 1, 15), confirmed=False),
    _version("202502", date(2026, 2, 16), confirmed=False),
    _version("202503", date(2026, 3, 16), confirmed=False),
    _version("202504", date(2026, 4, 15)),
    _version("202505", date(2026, 5, 15)),
    _version("202506", date(2026, 6, 15)),
    _version("202507", date(2026, 7, 15)),
    _version("202508", date(2026, 8, 17)),
    _version("202509", date(2026, 9, 15)),
    _version("202510", date(2026, 10, 15)),
    _version("202511", date(2026, 11, 16)),
    # There is no 202412 and no 202512: marketing skips December.
    _version("202601", date(2027, 1, 15)),
    _version("202602", date(2027, 2, 15)),
    _version("202603", date(2027, 3, 16)),
    _version("202604", date(2027, 4, 15)),
    _version("202605", date(2027, 5, 15)),
    _version("202606", date(2027, 6, 15)),
    _version("202607", date(2027, 7, 15)),
    # UNCONFIRMED: the days of August and September 2027; LinkedIn's migrations page would confirm them.
    _version("202608", date(2027, 8, 16), confirmed=False),
    _version("202609", date(2027, 9, 15), confirmed=False),
    # UNCONFIRMED: presumed released by the monthly cadence; a recorded answer of either would confirm them.
    _version("202610", date(2027, 10, 15), confirmed=False),
    _version("202611", date(2027, 11, 15), confirmed=False),
)

VERSIONS: Mapping[str, tuple[Version, ...]] = {
    "marketing": _MARKETING,
    # Data portability: 202312 documented and seen; "any released version" beside it is UNCONFIRMED.
    "portability": (_version("202312", None), *_MARKETING),
    # Verified on LinkedIn: 202510 and later.
    "verified": (_version("202510", None), *(v for v in _MARKETING if v.name > "202510")),
    # Talent keeps two years and does have 202512; single months other than 202504, 202508 are UNCONFIRMED.
    "talent": tuple(
        _version(f"{year}{month:02}", date(year + 2, month, 15), confirmed=(year, month) in {(2025, 4), (2025, 8)})
        for year, months in ((2025, range(1, 13)), (2026, range(1, 12)))
        for month in months
    ),
}
"""Product line -> its versions, oldest first."""


def newest_common(line: str, verified: tuple[str, str], on: date) -> str | None:
    """Return the newest version of `line` within `verified` (first, last) that is not past its sunset on that day."""
    first, last = verified
    alive = [v.name for v in VERSIONS[line] if first <= v.name <= last and (v.sunset is None or on < v.sunset)]
    return alive[-1] if alive else None


def days_left(line: str, name: str, on: date) -> int | None:
    """Return the days until the version's sunset; None when none is published. Unknown names raise `KeyError`."""
    for version in VERSIONS[line]:
        if version.name == name:
            return None if version.sunset is None else (version.sunset - on).days
    raise KeyError(name)
