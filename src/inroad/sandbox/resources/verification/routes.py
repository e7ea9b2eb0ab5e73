"""`identityMe`, `verificationReport`, `validationStatus`.

Source: "Verified on LinkedIn", learn.microsoft.com /linkedin/consumer/integrations/verified-on-linkedin/overview;
shapes from published clients. UNCONFIRMED: the inside of `profilePicture`.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from inroad.common.clock import to_millis
from inroad.sandbox.answers import bad_parameter, sentence
from inroad.sandbox.call import Answer, Call
from inroad.sandbox.records import STRING, ArrayOf, Field, Record
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.actors import scope_refusal
from inroad.sandbox.resources.locales import multi_locale
from inroad.sandbox.resources.media.streams import picture_address
from inroad.sandbox.resources.partners import VERIFIED_PLUS, partner
from inroad.sandbox.resources.verification.state import CATEGORIES, Verification, Verifications
from inroad.sandbox.world import Member, Organization, World

SOURCE: Final = "learn.microsoft.com /linkedin/consumer/integrations/verified-on-linkedin/overview"
MAX_QUERIES: Final = 500
QUERIES: Final = Record(
    "Validation", (Field("validationQueries", ArrayOf(Record("ValidationQuery", (Field("id", STRING),)))),)
)


def _administrators_in_development(call: Call) -> None:
    """Refuse members who do not administer an app of the development tier: that is the world's first member here."""
    first = next(iter(call.world.members), "")
    if call.grant.app.tier == "development" and call.member.id != first:
        raise scope_refusal(call)
    call.used_scopes.update(call.grant.scopes & {"r_profile_basicinfo", "r_verify", "r_verify_details"})


def _get_me(call: Call) -> Answer:
    member = call.member
    basic: dict[str, Any] = {
        "firstName": multi_locale(member.first_name, member.locale),
        "lastName": multi_locale(member.last_name, member.locale),
        "profileUrl": f"https://www.linkedin.com/in/{member.vanity_name}",
    }
    if member.email:
        basic["primaryEmailAddress"] = member.email
    if member.picture != "none":
        basic["profilePicture"] = {"croppedImage": {"downloadUrl": picture_address(call, member.picture, 100)}}
    body = {"id": _id(call, member), "lastRefreshedAt": to_millis(_refreshed_at(call.world, member, call.now))}
    body["basicInfo"] = basic
    page = _workplace(call.world, member)
    if page is not None and call.grant.has_any("r_primary_current_experience"):
        body["primaryCurrentPosition"] = {
            "title": multi_locale(member.headline, member.locale),
            "companyName": multi_locale(page.name, member.locale),
            "companyPageUrl": f"https://www.linkedin.com/company/{page.vanity_name}",
        }
    return Answer(body=body)


def _get_report(call: Call) -> Answer:
    member, kept = call.member, call.world.state(Verifications)
    asked = _criteria(call)
    since = _since(call)
    found = [v for v in _of(kept, member).values() if v.category in asked and (since is None or v.at >= since)]
    kept.read_at[_reader(call.grant.app.client_id, member.id)] = call.now
    body: dict[str, Any] = {"id": _id(call, member), "verifications": [v.category for v in found]}
    if len(_of(kept, member)) < len(CATEGORIES):
        body["verificationUrl"] = "https://www.linkedin.com/trust/verification"
    body["lastRefreshedAt"] = to_millis(_refreshed_at(call.world, member, call.now))
    if found and call.grant.has_any("r_verify_details"):
        body["verifiedDetails"] = [_detail(call.world, member, v) for v in found]
    return Answer(body=body)


def _detail(world: World, member: Member, verification: Verification) -> dict[str, Any]:
    body: dict[str, Any] = {
        "category": verification.category,
        "lastVerifiedAt": to_millis(verification.at),
        "verificationMethod": verification.method,
    }
    if verification.category == "IDENTITY":
        body["verifiedName"] = {"firstName": member.first_name, "lastName": member.last_name}
    page = None if verification.organization is None else world.organizations.get(verification.organization)
    if page is not None:
        address = f"https://www.linkedin.com/company/{page.vanity_name}"
        body["organizationInfo"] = {"name": page.name, "url": address}
    return body


def _retrieve(call: Call) -> Answer:
    queries = call.body["validationQueries"]
    if len(queries) > MAX_QUERIES:
        raise sentence(400, f"At most {MAX_QUERIES} validationQueries are allowed, got {len(queries)}")
    return Answer(body={"value": [_validated(call, query["id"]) for query in queries]})


def _validated(call: Call, identifier: str) -> dict[str, Any]:
    client_id, kept = call.grant.app.client_id, call.world.state(Verifications)
    member = call.world.member_by_scoped_id(client_id, identifier)
    read_at = None if member is None else kept.read_at.get(_reader(client_id, member.id))
    if member is None or read_at is None:  # nothing was ever read that could still be valid
        return {"id": identifier, "verificationStatus": {}, "profileInformationStatus": "INVALID"}
    changed_at = kept.changed_at.get(member.id)
    is_same = changed_at is None or changed_at <= read_at
    present = _of(kept, member)
    statuses = {
        category.lower(): ("VALID" if is_same or present[category].at <= read_at else "VALID_WITH_UPDATES")
        if category in present
        else "INVALID"
        for category in CATEGORIES
    }
    status = "VALID" if is_same else "VALID_WITH_UPDATES"
    return {"id": identifier, "verificationStatus": statuses, "profileInformationStatus": status}


def _criteria(call: Call) -> list[str]:
    sent = call.params.get("verificationCriteria", list(CATEGORIES))
    asked = [str(part) for part in (sent if isinstance(sent, list) else [sent])]
    if not set(asked) <= set(CATEGORIES):
        raise bad_parameter("PARAM_INVALID", "verificationCriteria")
    return asked


def _since(call: Call) -> datetime | None:
    sent = call.params.get("verifiedWithinDays")
    if sent is None:
        return None
    if not isinstance(sent, str) or not sent.isdecimal() or not 0 < int(sent) < 100_000:
        raise bad_parameter("PARAM_INVALID", "verifiedWithinDays")
    return call.now - timedelta(days=int(sent))


def _of(kept: Verifications, member: Member) -> dict[str, Verification]:
    return kept.by_member.get(member.id, {})


def _workplace(world: World, member: Member) -> Organization | None:
    """Return where a member works: the first page on which they have a role."""
    return next((page for page in world.organizations.values() if page.roles_of(member.id)), None)


def _refreshed_at(world: World, member: Member, now: datetime) -> datetime:
    return world.state(Verifications).changed_at.get(member.id, now)


def _id(call: Call, member: Member) -> Any:
    return call.world.scoped_id(call.grant.app.client_id, member.id)


def _reader(client_id: str, member_id: str) -> str:
    return f"{client_id} {member_id}"


def _verified(path: str, method: Method) -> Resource:
    return Resource(path=path, bases=frozenset({"rest"}), product="verified", methods=(method,))


RESOURCES: Final = (
    _verified(
        "identityMe",
        Method(
            name="GET",
            handler=_get_me,
            scopes=frozenset({"r_profile_basicinfo"}),
            gate=_administrators_in_development,
            source=SOURCE,
        ),
    ),
    _verified(
        "verificationReport",
        Method(
            name="GET",
            handler=_get_report,
            scopes=frozenset({"r_verify", "r_verify_details"}),
            gate=_administrators_in_development,
            params={"verificationCriteria": "optional", "verifiedWithinDays": "optional"},
            source=SOURCE,
        ),
    ),
    _verified(
        "validationStatus",
        Method(
            name="ACTION-retrieve",
            handler=_retrieve,
            gate=partner(VERIFIED_PLUS),
            body=QUERIES,
            application_tokens=True,
            source=SOURCE,
        ),
    ),
)
