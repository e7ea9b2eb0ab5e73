"""What LinkedIn says to a creative: its content against its campaign, lengths, lead forms, life.

Sources: "Create and Manage Creatives", "Text Ads", "Spotlight Ads", learn.microsoft.com
/linkedin/marketing/integrations/ads
"""

from collections.abc import Mapping
from typing import Any, Final

from inroad.sandbox.answers import server_error
from inroad.sandbox.call import Call
from inroad.sandbox.resources.actors import is_organization, organization_of
from inroad.sandbox.resources.ads import serving
from inroad.sandbox.resources.ads.access import may_sponsor
from inroad.sandbox.resources.ads.refusals import Faults, coded, entity_not_found, no_permission
from inroad.sandbox.resources.ads.shelves import Shelves
from inroad.sandbox.resources.ads.state import Account, Body, Campaign, Creative, ads_of
from inroad.sandbox.resources.posts.rules import is_web_address
from inroad.sandbox.resources.posts.state import Article, MediaItem, Poll, Post, Posts
from inroad.sandbox.shape import is_object

MAX_IN_CAMPAIGN: Final = 100
MAX_IN_ACCOUNT: Final = 15_000

_LENGTHS: Final[Mapping[str, Mapping[str, int]]] = {
    "textAd": {"headline": 25, "description": 75},
    "spotlight": {"headline": 50, "description": 70, "callToAction": 18, "organizationName": 25},
    "follow": {"organizationName": 25},
    "jobs": {"organizationName": 25},
}
_CUSTOM: Final = {"headline": 50, "description": 70, "buttonLabel": 50}  # UNCONFIRMED lengths of custom texts

_TYPES: Final[Mapping[str, frozenset[str]]] = {
    "TEXT_AD": frozenset({"textAd"}),
    "DYNAMIC": frozenset({"spotlight", "follow", "jobs"}),
    "SPONSORED_UPDATES": frozenset({"reference", "eventAd", "thirdPartyVastTagVideoAd"}),
    "SPONSORED_INMAILS": frozenset({"reference"}),
}
FORMATS: Final = {
    "textAd": "TEXT_AD",
    "spotlight": "SPOTLIGHT",
    "follow": "FOLLOW_COMPANY",
    "jobs": "JOBS",
    "eventAd": "SPONSORED_UPDATE_EVENT",
    "thirdPartyVastTagVideoAd": "SINGLE_VIDEO",
}
_MOVES: Final[Mapping[str, frozenset[str]]] = {
    "DRAFT": frozenset({"ACTIVE", "PAUSED", "ARCHIVED"}),
    "ACTIVE": frozenset({"PAUSED", "ARCHIVED", "PENDING_DELETION"}),
    "PAUSED": frozenset({"ACTIVE", "ARCHIVED", "PENDING_DELETION"}),
    "ARCHIVED": frozenset({"ACTIVE", "PAUSED", "PENDING_DELETION"}),
}


def is_rejected(body: Mapping[str, Any]) -> bool:
    """Tell whether the review will reject this creative: the sandbox's mark `[reject]` stands in a text of it."""
    return "[reject]" in str(body).lower()


def check_content(call: Call, faults: Faults, body: Mapping[str, Any], campaign: Campaign) -> None:
    """Note content that does not fit its campaign or its own limits."""
    content = body.get("content")
    if content is None:
        faults.missing("content")
        return
    kind: str
    value: Any
    kind, value = next(iter(content.items()))
    if kind not in _TYPES[campaign.body["type"]]:
        said = f"/Creative/content/{kind} does not match /Campaign/type {campaign.body['type']}"
        faults.conditional("CONDITIONAL_INVALID_VALUE", said)
        return
    made = FORMATS.get(kind) or _format_of(call, value)
    known = campaign.body.get("format")
    if made is not None and known is not None and known not in (made, "SPONSORED_MESSAGE"):
        said = f"/Creative/content does not match /Campaign/format {known}"
        faults.conditional("CONDITIONAL_INVALID_VALUE", said)
    if is_object(value):
        _check_lengths(faults, kind, value)
    if kind == "reference":
        _check_reference(call, faults, str(value), campaign)
    elif kind in ("spotlight", "follow", "jobs"):
        _check_brand(call, value, campaign)
    if kind == "spotlight" and ("description" in value) == ("backgroundImage" in value):
        faults.conditional(
            "CONDITIONAL_FIELD_NOT_ALLOWED" if "description" in value else "CONDITIONAL_MISSING_FIELD",
            "/Creative/content/spotlight takes either description or backgroundImage",
        )


def _check_lengths(faults: Faults, kind: str, value: Mapping[str, Any]) -> None:
    for name, most in _LENGTHS.get(kind, {}).items():
        if isinstance(value.get(name), str) and len(value[name]) > most:
            faults.add("FIELD_LENGTH_TOO_LONG", f"content/{kind}/{name}", f"length must be no longer than {most}")
    for name, most in _CUSTOM.items():
        part = value.get(name)
        if is_object(part) and len(str(part.get("custom", ""))) > most:
            faults.add("FIELD_LENGTH_TOO_LONG", f"content/{kind}/{name}", f"length must be no longer than {most}")
    page = value.get("landingPage")
    if page is not None and not is_web_address(page):
        faults.add("INVALID_VALUE_FOR_FIELD", f"content/{kind}/landingPage", f"value {page} is not a URL")


def _check_reference(call: Call, faults: Faults, urn: str, campaign: Campaign) -> None:
    is_message = campaign.body["type"] == "SPONSORED_INMAILS"
    if is_message != urn.startswith("urn:li:adInMailContent:"):
        said = f"/Creative/content/reference {urn} does not match /Campaign/type {campaign.body['type']}"
        faults.conditional("CONDITIONAL_INVALID_VALUE", said)
        return
    if is_message:
        number = urn.rpartition(":")[2]
        if not number.isdigit() or int(number) not in call.world.state(Shelves).of("inMailContents"):
            faults.add("FIELD_VALUE_DOES_NOT_EXIST", "content/reference", f"value {urn} does not exist")
        return
    post = call.world.state(Posts).live(urn)
    if post is None:
        faults.add("FIELD_VALUE_DOES_NOT_EXIST", "content/reference", f"value {urn} does not exist")
        return
    if post.lifecycle == "DRAFT":
        raise server_error(500)  # OBSERVED: this 500 is permanent
    if not is_organization(post.author):
        # OBSERVED: a member's post needs the member's consent, which this sandbox has no way to give.
        raise coded("INVALID_VALUE_FOR_FIELD", "Sponsoring a member's post needs the member's consent", status=422)
    if not may_sponsor(call, post.author):
        raise no_permission(what=post.author)


def _check_brand(call: Call, value: Mapping[str, Any], campaign: Campaign) -> None:
    """Refuse a dynamic ad without logo or name that its Page has none of either. OBSERVED: 404."""
    page = organization_of(call.world, campaign.body["associatedEntity"])
    if "logo" not in value and (page is None or page.logo == "none"):
        raise entity_not_found()


def _format_of(call: Call, reference: object) -> str | None:
    """Return the campaign format that a post has; None for what is not known."""
    if not isinstance(reference, str) or reference.startswith("urn:li:adInMailContent:"):
        return None
    post = call.world.state(Posts).live(reference)
    return None if post is None else format_of_post(post)


def format_of_post(post: Post) -> str:
    """Return the campaign format that a post has."""
    shown = post.content
    if isinstance(shown, MediaItem):
        return {"video": "SINGLE_VIDEO", "document": "SPONSORED_UPDATE_NATIVE_DOCUMENT"}.get(
            shown.kind, "STANDARD_UPDATE"
        )
    return "STANDARD_UPDATE" if shown is None or isinstance(shown, Article | Poll) else "CAROUSEL"


def settled_format(call: Call, body: Mapping[str, Any]) -> str | None:
    """Return the format that a campaign takes from its first creative."""
    kind, value = next(iter(body["content"].items()))
    return FORMATS.get(kind) or _format_of(call, value)


def check_lead_call(faults: Faults, body: Mapping[str, Any], campaign: Campaign) -> None:
    """Note a missing or misplaced lead form."""
    needs = campaign.body.get("objectiveType") == "LEAD_GENERATION" and campaign.body["type"] != "SPONSORED_INMAILS"
    if needs and "leadgenCallToAction" not in body:
        said = "/Creative/leadgenCallToAction is required if /Campaign/objectiveType is set to LEAD_GENERATION"
        faults.conditional("CONDITIONAL_MISSING_FIELD", said)
    if "leadgenCallToAction" in body and campaign.body.get("objectiveType") != "LEAD_GENERATION":
        said = "/Creative/leadgenCallToAction is not allowed unless /Campaign/objectiveType is LEAD_GENERATION"
        faults.conditional("CONDITIONAL_FIELD_NOT_ALLOWED", said)


def check_status(call: Call, status: str, campaign: Campaign, faults: Faults) -> None:
    """Refuse or note a status that the campaign's state forbids."""
    if status == "ACTIVE" and serving.status_of(call.world, campaign, call.now) == "DRAFT":
        if call.switches["creatives.draft_parent"] == "500":
            raise server_error(500)  # OBSERVED: this 500 is permanent
        said = "/Creative/intendedStatus cannot be set to ACTIVE if /Campaign/status is set to DRAFT"
        faults.conditional("CONDITIONAL_INVALID_VALUE", said)


def check_move(old: str, new: str) -> None:
    """Refuse a status that cannot follow."""
    if new != old and new not in _MOVES.get(old, frozenset()):
        raise coded("STATUS_CHANGE_NOT_ALLOWED", f"Creative status can't be changed from {old} to {new}")


def check_room(call: Call, faults: Faults, account: Account, campaign: Campaign) -> None:
    """Note a campaign or an account that is full."""
    ads = ads_of(call.world)
    if len(ads.creatives_in.get(campaign.id, ())) >= MAX_IN_CAMPAIGN:
        faults.conditional("CONDITIONAL_VALUE_TOO_HIGH", f"A campaign holds at most {MAX_IN_CAMPAIGN} creatives")
    if len(ads.creatives_of.get(account.id, ())) >= MAX_IN_ACCOUNT:
        faults.conditional("CONDITIONAL_VALUE_TOO_HIGH", f"An account holds at most {MAX_IN_ACCOUNT} creatives")


def check_patch(creative: Creative, before: Body, body: Body, faults: Faults) -> None:
    """Note changes of what a creative keeps."""
    if body.get("campaign") != before["campaign"]:
        faults.add("FIELD_NOT_ALLOWED", "campaign", "cannot be changed")
    if "reference" in before["content"] and body.get("content") != before["content"]:
        faults.add("FIELD_NOT_ALLOWED", "content/reference", "cannot be changed")
    elif list(body.get("content", {})) != list(before["content"]):
        faults.add("FIELD_NOT_ALLOWED", "content", "cannot be changed to another kind")
    changed = body.get("leadgenCallToAction", {}).get("destination") != before.get("leadgenCallToAction", {}).get(
        "destination"
    )
    if changed and creative.body["intendedStatus"] != "DRAFT":
        said = "can be changed in DRAFT only"
        faults.add("FIELD_IMMUTABLE_FOR_NON_DRAFT_CAMPAIGNS", "leadgenCallToAction/destination", said)
