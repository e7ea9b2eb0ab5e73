"""Which `LinkedIn-Version` a request speaks, and whether that version lives on the world's day.

Source: "LinkedIn Marketing API Versioning", learn.microsoft.com /linkedin/marketing/versioning; the forms as both
official clients and the Talent documentation write them.
"""

import re
from datetime import date

from inroad.contract.versions import VERSIONS
from inroad.sandbox import answers
from inroad.sandbox.call import Refusal
from inroad.sandbox.switches import Switches

_FORM = re.compile(r"(\d{4}(?:0[1-9]|1[0-2]))(?:\.?(\d\d))?")
_GATEWAY = {"x-restli-gateway-error": "true"}  # UNCONFIRMED: the name was measured, the value was not


def normalised(header: str) -> str | None:
    """Return `YYYYMM`, `YYYYMM.RR` or eight digits as `YYYYMMRR`, None for any other text."""
    match = _FORM.fullmatch(header.strip())
    return None if match is None else f"{match[1]}{match[2] or '01'}"


def judge(header: str | None, line: str, switches: Switches, today: date) -> str:
    """Return the resolved version, `YYYYMMRR`.

    Args:
        header: What the request sent; None without the header.
        line: The product line that the resource belongs to; each has versions of its own.
        switches: `versions.accept`, `.overdue`, `.malformed`, `.catalogue`, `.eight_digits`.
        today: The world's day. A version is refused from its sunset date on.

    Raises:
        Refusal: 400 VERSION_MISSING, or 426 NONEXISTENT_VERSION for what is sunset, unknown or malformed.
    """
    if header is None or not header.strip():
        message = "A version must be present. Please specify a version by adding the LinkedIn-Version header."
        raise answers.gateway(400, "VERSION_MISSING", message, headers=_GATEWAY)
    resolved = normalised(header)
    if resolved is None or (header.strip() == resolved and switches["versions.eight_digits"] == "refuse"):
        raise _malformed(header, switches)
    if switches["versions.accept"] == "any" or _is_alive(resolved[:6], line, switches, today):
        return resolved
    raise _inactive(resolved)


def _is_alive(name: str, line: str, switches: Switches, today: date) -> bool:
    if name in str(switches["versions.overdue"]).replace(" ", "").split(","):
        return True
    lines = VERSIONS if switches["versions.catalogue"] == "any" else (line,)
    return any(
        version.name == name and (version.sunset is None or today < version.sunset)
        for key in lines
        for version in VERSIONS[key]
    )


def _malformed(header: str, switches: Switches) -> Refusal:
    # UNCONFIRMED: no answer to a malformed version was seen; a recorded one would settle the switch.
    if switches["versions.malformed"] == "400":
        return answers.gateway(400, "INVALID_VERSION", f"Version {header.strip()} is invalid", headers=_GATEWAY)
    return _inactive(header.strip())


def _inactive(version: str) -> Refusal:
    return answers.gateway(426, "NONEXISTENT_VERSION", f"Requested version {version} is not active", headers=_GATEWAY)
