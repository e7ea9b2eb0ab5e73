"""What members are matched by: hashed and other identifiers. Pure: what is given in plain text is hashed here.

Sources: "Conversions API", learn.microsoft.com /linkedin/marketing/conversions/conversions-api; "DMP Segments",
/linkedin/marketing/matched-audiences/create-and-manage-segment-users
"""

import hashlib
import ipaddress
import re
from typing import Literal, TypeAlias

from inroad.sdk.errors import InvalidArgument
from inroad.sdk.resources.entity import Entity

IdType: TypeAlias = Literal[
    "SHA256_EMAIL",
    "LINKEDIN_FIRST_PARTY_ADS_TRACKING_UUID",
    "ACXIOM_ID",
    "PLAINTEXT_IP_ADDRESS",
    "SHA256_IP_ADDRESS",
    "GOOGLE_AID",
    "APPLE_IDFA",
]
"""Conversion events take all but APPLE_IDFA, GOOGLE_AID from version 202605 and SHA256_IP_ADDRESS from 202607 on."""

_HASH = re.compile(r"[0-9a-f]{64}")
_HASHED = frozenset({"SHA256_EMAIL", "SHA256_IP_ADDRESS"})
_NOT_LETTERS = re.compile(r"[\W_]+")


class UserId(Entity, frozen=True):
    """One identifier of a member. LinkedIn does not check its form: a wrong one never matches."""

    id_type: str
    id_value: str

    def __repr__(self) -> str:
        return f"UserId({self.id_type})"


def email_id(address: str) -> UserId:
    """Return the identifier of an e-mail address: trimmed, in small letters, hashed. No dots are folded.

    Raises:
        InvalidArgument: it is no address.
    """
    plain = address.strip().lower()
    if "@" not in plain.strip("@"):
        raise InvalidArgument("an e-mail address has a name, an @ and a domain")
    return UserId(id_type="SHA256_EMAIL", id_value=_sha256(plain))


def ip_id(address: str) -> UserId:
    """Return the identifier of an IPv4 address, hashed; from version 202607 on.

    Raises:
        InvalidArgument: it is no IPv4 address.
    """
    try:
        plain = str(ipaddress.IPv4Address(address.strip()))
    except ValueError as cause:
        raise InvalidArgument("an IP address must look like 203.0.113.7") from cause
    return UserId(id_type="SHA256_IP_ADDRESS", id_value=_sha256(plain))


def tracking_id(li_fat_id: str) -> UserId:
    """Return the identifier that LinkedIn puts into the cookie or address parameter `li_fat_id`."""
    return UserId(id_type="LINKEDIN_FIRST_PARTY_ADS_TRACKING_UUID", id_value=li_fat_id)


def hashed_name(name: str) -> str:
    """Return a first or last name hashed: small letters, without blanks and punctuation; from version 202609 on."""
    return _sha256(_NOT_LETTERS.sub("", name.lower()))


def check_user_ids(user_ids: tuple[UserId, ...]) -> None:
    """Refuse identifiers that cannot match: hashes that are none, empty values."""
    for user_id in user_ids:
        if user_id.id_type in _HASHED and not _HASH.fullmatch(user_id.id_value):
            raise InvalidArgument(f"a {user_id.id_type} is 64 small hexadecimal digits; email_id and ip_id make one")
        if not user_id.id_value:
            raise InvalidArgument(f"a {user_id.id_type} must not be empty")


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
