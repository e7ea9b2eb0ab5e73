"""`adAccounts/{id}/creatives`: what is shown, with its review. Keys are URNs here.

Source: "Create and Manage Creatives", learn.microsoft.com
/linkedin/marketing/integrations/ads/account-structure/create-and-manage-creatives
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal

from inroad.common.clock import to_millis
from inroad.sandbox.answers import BAD_REQUEST_TYPE
from inroad.sandbox.call import Answer, Call, Refusal, Value
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.actors import is_organization, name_check, to_world
from inroad.sandbox.resources.ads import creative_rules as rules
from inroad.sandbox.resources.ads import cursors, params, serving
from inroad.sandbox.resources.ads.access import (
    READ,
    WRITE,
    account_of,
    campaign_of,
    creative_of,
    may_sponsor,
    number_in,
    parent,
    readable,
    writable,
)
from inroad.sandbox.resources.ads.accounts import FIELDS_ONLY
from inroad.sandbox.resources.ads.batching import ELEMENTS, ENTITIES, create_each, delete_each, get_each, patch_each
from inroad.sandbox.resources.ads.campaign_groups import after
from inroad.sandbox.resources.ads.projections import cut
from inroad.sandbox.resources.ads.refusals import Faults, coded, no_permission
from inroad.sandbox.resources.ads.schema import CREATIVE, INLINE
from inroad.sandbox.resources.ads.state import Body, Creative, ads_of
from inroad.sandbox.resources.media.state import Media
from inroad.sandbox.resources.patch import patched
from inroad.sandbox.resources.posts import rules as post_rules
from inroad.sandbox.resources.posts.state import Post, Posts, new_post

SOURCE: Final = "learn.microsoft.com /linkedin/marketing/integrations/ads/account-structure/create-and-manage-creatives"
MAX_PAGE: Final = 100
REJECTION: Final = "MISLEADING_CONTENT"


def creative_view(call: Call, creative: Creative) -> dict[str, Any]:
    """Return a creative as the API shows it: no audit stamps, no version."""
    holds = serving.creative_holds(call.world, creative, call.now)
    body: dict[str, Any] = {
        "id": creative.urn,
        "account": f"urn:li:sponsoredAccount:{creative.account}",
        **creative.body,
        "intendedStatus": serving.creative_status(creative, call.now),
        "isServing": not holds,
        "isTest": ads_of(call.world).accounts[creative.account].is_test,
        "createdAt": to_millis(creative.created_at),
        "lastModifiedAt": to_millis(creative.modified_at),
    }
    for name, who in (("createdBy", creative.created_by), ("lastModifiedBy", creative.modified_by)):
        if who:
            body[name] = call.person_urn(who)
    if holds:
        body["servingHoldReasons"] = holds
    review = serving.review_of(call.world, creative, call.now)
    if review is not None:
        reasons = {"rejectionReasons": [REJECTION]} if review == "REJECTED" else {}
        body["review"] = {"status": review, **reasons}
    return body


def _create(call: Call, sent: Body) -> str:
    body, faults = sent, Faults("Creative")
    if "campaign" not in body:
        faults.missing("campaign")
    status = body.get("intendedStatus", "DRAFT")
    if status not in ("ACTIVE", "PAUSED", "DRAFT"):
        faults.add("INVALID_VALUE_FOR_FIELD", "intendedStatus", f"cannot be {status} on creation")
    faults.refuse()
    number = number_in(body["campaign"], "sponsoredCampaign")
    campaign = after(faults, lambda: campaign_of(call, number))
    account = after(faults, lambda: writable(call, account_of(call, campaign.account), "creatives"))
    rules.check_content(call, faults, body, campaign)
    rules.check_lead_call(faults, body, campaign)
    rules.check_room(call, faults, account, campaign)
    rules.check_status(call, status, campaign, faults)
    faults.refuse()
    ads = ads_of(call.world)
    creative = Creative(
        id=ads.new_id("creative"),
        account=account.id,
        campaign=campaign.id,
        body={**body, "intendedStatus": status},
        created_at=call.now,
        modified_at=call.now,
        created_by=call.member.id,
        modified_by=call.member.id,
    )
    _note_status(call, creative, status)
    ads.add_creative(creative)
    made = rules.settled_format(call, body)
    if made is not None:
        campaign.body.setdefault("format", made)
    return creative.urn


def _note_status(call: Call, creative: Creative, status: str) -> None:
    """Note what a status starts: the review when DRAFT is left, delivery when it is ACTIVE."""
    if status != "DRAFT" and creative.reviewed_at is None:
        creative.reviewed_at, creative.is_rejected = call.now, rules.is_rejected(creative.body)
        if "reference" in creative.body["content"]:
            post = call.world.state(Posts).live(creative.body["content"]["reference"])
            creative.is_rejected = creative.is_rejected or (post is not None and "[reject]" in post.text.lower())
    creative.note_run(call.now, on=status == "ACTIVE")


def _create_inline(call: Call) -> Answer:
    sent: Body = call.body["creative"]
    inline = sent["inlineContent"]["post"]
    if "dscAdAccount" not in inline.get("adContext", {}):
        raise _missing_account()
    campaign = campaign_of(call, number_in(sent.get("campaign"), "sponsoredCampaign"))
    account = writable(call, account_of(call, campaign.account), "creatives")
    if number_in(inline["adContext"]["dscAdAccount"], "sponsoredAccount") != account.id:
        raise coded("MISMATCH_FIELDS", "dscAdAccount does not match the account of the campaign")
    author = to_world(call, inline["author"])
    if author is None or not is_organization(author) or not may_sponsor(call, author):
        # OBSERVED, and said by LinkedIn's support: a person cannot be the author of a dark post.
        raise no_permission(what=inline["author"])
    post = _dark_post(call, inline, author)
    content = {"content": {"reference": post.urn}}
    body = {name: value for name, value in sent.items() if name != "inlineContent"} | content
    posts = call.world.state(Posts)
    keep_dark(posts, post)
    try:
        urn = _create(call, body)
    except Refusal:
        forget_dark(posts, post)
        raise
    # UNCONFIRMED: the body; the header is what every client reads.
    shown = {"value": {"creative": urn}} if call.switches["creatives.inline_body"] == "object" else None
    return Answer.created(urn, shown)


def _dark_post(call: Call, inline: Body, author: str) -> Post:
    content = post_rules.content(
        inline.get("content"),
        media=call.world.state(Media),
        author=author,
        now=call.now,
        readiness=str(call.switches["media.readiness"]),
    )
    post_rules.check_links(inline)
    _, elements = post_rules.commentary(
        inline["commentary"],
        policy=str(call.switches["little.policy"]),
        documented=False,
        is_name_of=name_check(call),
    )
    post = new_post(
        call.world,
        family=post_rules.family(content, video_kind=str(call.switches["ids.video_post"])),
        author=author,
        actor=call.member.id,
        at=call.now,
    )
    post.elements, post.content, post.feed = elements, content, "NONE"
    post.landing_page, post.call_to_action = inline.get("contentLandingPage"), inline.get("contentCallToActionLabel")
    post.is_reshare_disabled = inline.get("isReshareDisabledByAuthor", False)
    post.ad_context = {"dscStatus": "ACTIVE", **inline["adContext"], "isDsc": True, "dscAdType": dsc_type(post)}
    return post


def dsc_type(post: Post) -> str:
    """Return what kind of dark post this is."""
    made = rules.format_of_post(post)
    return {
        "SINGLE_VIDEO": "VIDEO",
        "CAROUSEL": "CAROUSEL",
        "SPONSORED_UPDATE_NATIVE_DOCUMENT": "NATIVE_DOCUMENT",
    }.get(made, "STANDARD")


def keep_dark(posts: Posts, post: Post) -> None:
    """Keep a dark post: found by its URN, in no author's list."""
    posts.by_urn[post.urn] = post
    posts.names.update(dict.fromkeys(post.urns, post.urn))


def forget_dark(posts: Posts, post: Post) -> None:
    """Forget a dark post whose creative was refused."""
    del posts.by_urn[post.urn]
    for urn in post.urns:
        del posts.names[urn]


def _missing_account() -> Refusal:
    code, path = "MISSING_REQUIRED_FIELD_FOR_DSC", "/adContext/dscAdAccount"
    error = {"code": code, "description": f"{path} is required", "input": {"inputPath": {"fieldPath": path}}}
    return Refusal(
        400,
        {
            "errorDetailType": BAD_REQUEST_TYPE,
            "message": f"{path} is required",
            "errorDetails": {"inputErrors": [error]},
            "status": 400,
        },
    )


def _update(call: Call, key: Value | None, patch: Mapping[str, Any]) -> None:
    creative = creative_of(call, key)
    writable(call, account_of(call, creative.account), "creatives")
    campaign = ads_of(call.world).campaigns[creative.campaign]
    old = serving.creative_status(creative, call.now)
    if old == "CANCELED":
        raise coded("ACTION_NOT_ALLOWED_FOR_CANCELLED_STATUS", "A canceled creative can't be updated")
    body, faults = patched(creative.body, patch), Faults("Creative")
    for name in ("campaign", "content"):
        if name not in body:
            faults.missing(name)
    new = body.get("intendedStatus", "DRAFT")
    rules.check_move(old, new)
    rules.check_patch(creative, creative.body, body, faults)
    faults.refuse()
    if body["content"] != creative.body["content"]:
        rules.check_content(call, faults, body, campaign)
    if new != old:
        rules.check_status(call, new, campaign, faults)
    rules.check_lead_call(faults, body, campaign)
    faults.refuse()
    creative.body = {**body, "intendedStatus": new}
    _note_status(call, creative, new)
    creative.touch(call.now, call.member.id)


def _delete(call: Call, key: Value | None) -> None:
    creative = creative_of(call, key)
    writable(call, account_of(call, creative.account), "creatives")
    campaign = ads_of(call.world).campaigns[creative.campaign]
    if creative.body["intendedStatus"] != "DRAFT" and campaign.body["status"] != "DRAFT":
        message = "Only creatives in DRAFT status can be deleted; set intendedStatus to PENDING_DELETION instead"
        raise coded("DELETE_ALLOWED_ONLY_FOR_DRAFT_STATUS", message)
    ads_of(call.world).drop(creative)


def _get(call: Call) -> Answer:
    return Answer(body=creative_view(call, creative_of(call, call.key)))


def _batch_get(call: Call) -> Answer:
    return get_each(call, lambda key: creative_view(call, creative_of(call, key)))


def _create_one(call: Call) -> Answer:
    return Answer.created(_create(call, call.body))


def _create_many(call: Call) -> Answer:
    return create_each(call, CREATIVE, lambda body: _create(call, body))


def _update_one(call: Call) -> Answer:
    _update(call, call.key, call.body["patch"])
    return Answer(status=204)


def _update_many(call: Call) -> Answer:
    return patch_each(call, CREATIVE, lambda key, patch: _update(call, key, patch))


def _delete_one(call: Call) -> Answer:
    _delete(call, call.key)
    return Answer(status=204)


def _delete_many(call: Call) -> Answer:
    return delete_each(call, lambda key: _delete(call, key))


def _find(call: Call) -> Answer:
    of_path, ads = parent(call), ads_of(call.world)
    accounts = list(readable(call)) if of_path is None else [account_of(call, of_path)]
    found = [c for a in accounts for c in ads.creatives_under(a.id)]
    for name, of in _criteria(call).items():
        wanted = params.items(call, name)
        if wanted is not None:
            found = [c for c in found if of(c) in wanted]
    is_test = None if call.params.get("isTestAccount") == "null" else params.flag(call, "isTestAccount")
    if is_test is not None:
        found = [c for c in found if ads.accounts[c.account].is_test == is_test]
    clamps = call.switches["creatives.page_size"] == "clamp"
    body = cursors.page(call, found, lambda c: c.id, lambda c: creative_view(call, c), most=MAX_PAGE, clamps=clamps)
    if params.flag(call, "isTotalIncluded"):
        body["metadata"]["total"] = len(found)
    return Answer(body=body)


def _criteria(call: Call) -> Mapping[str, Callable[[Creative], object]]:
    return {
        "campaigns": lambda creative: f"urn:li:sponsoredCampaign:{creative.campaign}",
        "creatives": lambda creative: creative.urn,
        "contentReferences": lambda creative: creative.body["content"].get("reference"),
        "intendedStatuses": lambda creative: serving.creative_status(creative, call.now),
        "leadgenCreativeCallToActionDestinations": lambda creative: creative.body.get("leadgenCallToAction", {}).get(
            "destination"
        ),
    }


_CRITERIA: Final[Mapping[str, Literal["required", "optional"]]] = {
    "campaigns": "optional",
    "creatives": "optional",
    "contentReferences": "optional",
    "intendedStatuses": "optional",
    "leadgenCreativeCallToActionDestinations": "optional",
    "isTestAccount": "optional",
    "isTotalIncluded": "optional",
    "sortOrder": "optional",
    "pageSize": "optional",
    "pageToken": "optional",
    "fields": "optional",
}

_METHODS: Final = (
    Method(name="CREATE", handler=_create_one, scopes=WRITE, body=CREATIVE, source=SOURCE),
    Method(name="BATCH_CREATE", handler=_create_many, scopes=WRITE, body=ELEMENTS, source=SOURCE),
    Method(name="ACTION-createInline", handler=_create_inline, scopes=WRITE, body=INLINE, source=SOURCE),
    Method(name="GET", handler=cut(_get), scopes=READ, params=FIELDS_ONLY, source=SOURCE),
    Method(name="BATCH_GET", handler=cut(_batch_get), scopes=READ, params=FIELDS_ONLY, source=SOURCE),
    Method(name="PARTIAL_UPDATE", handler=_update_one, scopes=WRITE, body=CREATIVE, source=SOURCE),
    Method(name="BATCH_PARTIAL_UPDATE", handler=_update_many, scopes=WRITE, body=ENTITIES, source=SOURCE),
    Method(name="DELETE", handler=_delete_one, scopes=WRITE, source=SOURCE),
    Method(name="BATCH_DELETE", handler=_delete_many, scopes=WRITE, source=SOURCE),
    Method(name="FINDER-criteria", handler=cut(_find), scopes=READ, params=_CRITERIA, source=SOURCE),
)


def _resource(path: str) -> Resource:
    return Resource(path=path, bases=frozenset({"rest"}), permission="partnerApiCreatives", key="urn", methods=_METHODS)


RESOURCES: Final = (_resource("adAccounts/{account}/creatives"), _resource("creatives"))
