"""Message and conversation ads: `inMailContents`, `conversationAds` and their nodes.

Source: "Message Ads", "Conversation Ads", learn.microsoft.com /linkedin/marketing/integrations/ads
"""

from typing import Any, Final

from inroad.common.clock import to_millis
from inroad.common.urn import Urn
from inroad.sandbox.answers import sentence
from inroad.sandbox.call import Answer, Call, Value
from inroad.sandbox.records import ANY, STRING, ArrayOf, Enum, Field, Record, UnionOf, UrnOf
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.actors import is_organization, to_app, to_world
from inroad.sandbox.resources.ads import shelves
from inroad.sandbox.resources.ads.access import READ, WRITE, account_named, creative_of, may_sponsor, writable
from inroad.sandbox.resources.ads.batching import get_each
from inroad.sandbox.resources.ads.refusals import Faults, coded, entity_not_found, no_permission
from inroad.sandbox.resources.ads.shelves import Item
from inroad.sandbox.resources.patch import patched

SOURCE: Final = (
    "learn.microsoft.com /linkedin/marketing/integrations/ads/advertising-targeting/message-ads-integrations"
)
INMAILS: Final = "inMailContents"
CONVERSATIONS: Final = "conversationAds"
MAX_NODES: Final = 25
MAX_OPTIONS: Final = 5
MAX_TEXT: Final = 500
MAX_OPTION: Final = 35


def _may(name: str, type_: Any) -> Field:
    return Field(name, type_, required=False)


INMAIL: Final = Record(
    "AdInMailContent",
    (
        _may("account", UrnOf("sponsoredAccount")),
        _may("name", STRING),
        _may("subject", STRING),
        _may("sender", UrnOf("organization", "person")),
        _may("htmlBody", STRING),
        _may("customFooter", STRING),
        _may(
            "subContent",
            UnionOf(
                {
                    "regular": Record(
                        "Regular",
                        (
                            Field("callToActionText", STRING),
                            Field("callToActionLandingPageUrl", STRING),
                            _may("rightRailAdPicture", STRING),
                        ),
                    ),
                    "form": Record("Form", (Field("callToActionText", STRING), _may("rightRailAdPicture", STRING))),
                    "guidedReplies": Record(
                        "GuidedReplies",
                        (
                            Field("sponsoredConversation", UrnOf("sponsoredConversation")),
                            _may("rightRailAdPicture", STRING),
                        ),
                    ),
                }
            ),
        ),
        *(
            Field(name, ANY, required=False, read_only=True)
            for name in ("id", "createdAt", "createdBy", "lastModifiedAt", "lastModifiedBy")
        ),
    ),
)
TEST_SEND: Final = Record(
    "SendTestInMail",
    (
        Field("adInMailContentId", UrnOf("adInMailContent")),
        _may("campaign", UrnOf("sponsoredCampaign")),
        _may("creative", UrnOf("sponsoredCreative")),
        _may("account", UrnOf("sponsoredAccount")),
    ),
)
CONVERSATION: Final = Record(
    "ConversationAd",
    (
        _may("parentAccount", UrnOf("sponsoredAccount")),
        _may("headlineText", STRING),
        _may("firstMessageContent", UrnOf("sponsoredMessageContent")),
    ),
)
NODE: Final = Record(
    "SponsoredMessageContent",
    (
        Field(
            "bodySource",
            UnionOf({"text": STRING, "leadGenerationForm": UrnOf("adForm", "leadGenForm")}),
        ),
        _may(
            "nextAction",
            Record(
                "NextAction",
                (
                    _may(
                        "options",
                        ArrayOf(
                            Record(
                                "Option",
                                (
                                    Field(
                                        "replyType",
                                        Enum(
                                            "SIMPLE_REPLY",
                                            "EXTERNAL_WEBSITE",
                                            "LEAD_GENERATION",
                                            "LEAD_GENERATION_THANK_YOU",
                                        ),
                                    ),
                                    Field("optionText", STRING),
                                    _may("landingPage", STRING),
                                    _may("nextContent", UrnOf("sponsoredMessageContent")),
                                    _may("adForm", UrnOf("adForm", "leadGenForm")),
                                ),
                            )
                        ),
                    ),
                ),
            ),
        ),
    ),
)


def _check_inmail(call: Call, faults: Faults, body: dict[str, Any]) -> None:
    for name in ("account", "subject", "sender", "subContent"):
        if name not in body:
            faults.missing(name)
    is_guided = "guidedReplies" in body.get("subContent", {})
    if "htmlBody" not in body and not is_guided:
        faults.missing("htmlBody")
    for name, most in (("name", 255), ("subject", 60)):
        if len(body.get(name, "")) > most:
            faults.add("FIELD_LENGTH_TOO_LONG", name, f"length must be no longer than {most}")
    for kind, part in body.get("subContent", {}).items():
        if len(part.get("callToActionText", "")) > 20:
            faults.add(
                "FIELD_LENGTH_TOO_LONG", f"subContent/{kind}/callToActionText", "length must be no longer than 20"
            )
    faults.refuse()
    sender = to_world(call, body["sender"])
    if sender is None:
        faults.add("FIELD_VALUE_DOES_NOT_EXIST", "sender", f"value {body['sender']} does not exist")
        faults.refuse()
    elif is_organization(sender) and not may_sponsor(call, sender):
        raise no_permission(what=sender)
    elif not is_organization(sender) and sender != f"urn:li:person:{call.member.id}":
        raise coded("SINMAIL_SENDER_NOT_APPROVED", "The sender has not approved this account")


def _create_inmail(call: Call) -> Answer:
    body, faults = call.body, Faults("AdInMailContent")
    if "account" not in body:
        faults.missing("account")
        faults.refuse()
    account = writable(call, account_named(call, body["account"]), "creatives")
    _check_inmail(call, faults, body)
    kept = {**body, "sender": to_world(call, body["sender"])}
    if "guidedReplies" in body["subContent"]:
        kept.setdefault("htmlBody", "n/a")
    item = shelves.put(call, INMAILS, kept, account=account.urn)
    return Answer.created(f"urn:li:adInMailContent:{item.id}")


def _inmail(call: Call, key: Value | None, *, writes: bool = False) -> Item:
    """Return the content that a URN names; a bare number is none."""
    if not isinstance(key, str) or not key.startswith("urn:li:adInMailContent:"):
        raise sentence(400, "Key parameter value invalid")
    number = key.rpartition(":")[2]
    return shelves.take(
        call, INMAILS, int(number) if number.isdigit() else None, need="creatives" if writes else "read"
    )


def _inmail_view(call: Call, item: Item) -> dict[str, Any]:
    return {
        "id": f"urn:li:adInMailContent:{item.id}",
        **item.body,
        "sender": to_app(call, item.body["sender"]),
        "createdAt": to_millis(item.created_at),
        "createdBy": call.person_urn(item.created_by),
        "lastModifiedAt": to_millis(item.modified_at),
        "lastModifiedBy": call.person_urn(item.modified_by),
    }


def _get_inmail(call: Call) -> Answer:
    return Answer(body=_inmail_view(call, _inmail(call, call.key)))


def _get_inmails(call: Call) -> Answer:
    return get_each(call, lambda key: _inmail_view(call, _inmail(call, key)))


def _update_inmail(call: Call) -> Answer:
    item = _inmail(call, call.key, writes=True)
    before = {**item.body, "sender": to_app(call, item.body["sender"])}
    body, faults = patched(before, call.body["patch"]), Faults("AdInMailContent")
    if body.get("account") != item.account:
        faults.add("FIELD_NOT_ALLOWED", "account", "cannot be changed")
    _check_inmail(call, faults, body)
    shelves.touch(call, item, {**body, "sender": to_world(call, body["sender"])})
    return Answer(status=204)


def _send_test(call: Call) -> Answer:
    item = _inmail(call, call.body["adInMailContentId"], writes=True)
    if call.body.get("account", item.account) != item.account:
        raise coded("MISMATCH_FIELDS", "account does not match the account of the content")
    if "creative" in call.body:
        creative_of(call, call.body["creative"])
    return Answer(body={})  # UNCONFIRMED: the body


def _create_conversation(call: Call) -> Answer:
    body = call.body
    shelves.required("ConversationAd", body, "parentAccount")
    account = writable(call, account_named(call, body["parentAccount"]), "creatives")
    kept: dict[str, Any] = {"headlineText": "", **body, "nodes": {}}
    item = shelves.put(call, CONVERSATIONS, kept, account=account.urn)
    return Answer.created(f"urn:li:sponsoredConversation:{item.id}")


def _conversation(call: Call, key: Value | None, *, writes: bool = False) -> Item:
    """Return a conversation by its URN or number. UNCONFIRMED: which of the two LinkedIn takes."""
    text = key if isinstance(key, str) else ""
    number = text.removeprefix("urn:li:sponsoredConversation:")
    if not number.isdigit():
        raise sentence(400, "Key parameter value invalid")
    return shelves.take(call, CONVERSATIONS, int(number), need="creatives" if writes else "read")


def _get_conversation(call: Call) -> Answer:
    item = _conversation(call, call.key)
    return Answer(body={name: value for name, value in item.body.items() if name != "nodes"})


def _update_conversation(call: Call) -> Answer:
    item = _conversation(call, call.key, writes=True)
    body = patched(item.body, call.body["patch"])
    if body.get("parentAccount") != item.account:
        faults = Faults("ConversationAd")
        faults.add("FIELD_NOT_ALLOWED", "parentAccount", "cannot be changed")
        faults.refuse()
    first = body.get("firstMessageContent")
    if first is not None and not _has_node(item, first):
        raise coded("FIELD_VALUE_DOES_NOT_EXIST", f"{first} is no node of this conversation")
    shelves.touch(call, item, body)
    return Answer(status=204)


def _has_node(item: Item, urn: str) -> bool:
    conversation, _, node = ",".join(Urn.parse(urn).parts).partition(",")
    return conversation == f"urn:li:sponsoredConversation:{item.id}" and node in item.body["nodes"]


def _check_node(item: Item, body: dict[str, Any]) -> None:
    faults = Faults("SponsoredMessageContent")
    if len(item.body["nodes"]) >= MAX_NODES:
        faults.conditional("CONDITIONAL_VALUE_TOO_HIGH", f"A conversation has at most {MAX_NODES} nodes")
    if len(body["bodySource"].get("text", "")) > MAX_TEXT:
        faults.add("FIELD_LENGTH_TOO_LONG", "bodySource/text", f"length must be no longer than {MAX_TEXT}")
    options = body.get("nextAction", {}).get("options", [])
    if len(options) > MAX_OPTIONS:
        faults.add("FIELD_VALUE_TOO_HIGH", "nextAction/options", f"takes at most {MAX_OPTIONS} options")
    forms = {
        n["bodySource"]["leadGenerationForm"]
        for n in item.body["nodes"].values()
        if "leadGenerationForm" in n["bodySource"]
    }
    for at, option in enumerate(options):
        path = f"nextAction/options/{at}"
        if len(option["optionText"]) > MAX_OPTION:
            faults.add("FIELD_LENGTH_TOO_LONG", f"{path}/optionText", f"length must be no longer than {MAX_OPTION}")
        if option["replyType"] == "EXTERNAL_WEBSITE" and "landingPage" not in option:
            faults.missing(f"{path}/landingPage")
        if option["replyType"] == "SIMPLE_REPLY" and "nextContent" not in option:
            faults.missing(f"{path}/nextContent")
        if option["replyType"] == "LEAD_GENERATION" and not forms:
            message = "The lead form of this option is not in the message tree"
            raise coded("SPONSORED_MESSAGE_CONTENT_AD_FORM_URN_NOT_FOUND_IN_MESSAGE_TREE", message)
    faults.refuse()


def _create_node(call: Call) -> Answer:
    item = _conversation(call, call.parent_keys[0], writes=True)
    _check_node(item, call.body)
    number = str(len(item.body["nodes"]) + 1)
    item.body["nodes"][number] = call.body
    return Answer.created(f"urn:li:sponsoredMessageContent:(urn:li:sponsoredConversation:{item.id},{number})")


def _node_key(call: Call, item: Item) -> str:
    key = call.key if isinstance(call.key, str) else ""
    number = key
    if key.startswith("urn:li:sponsoredMessageContent:("):
        number = Urn.parse(key).parts[-1]
    if number not in item.body["nodes"]:
        raise entity_not_found()
    return number


def _get_node(call: Call) -> Answer:
    item = _conversation(call, call.parent_keys[0])
    number = _node_key(call, item)
    urn = f"urn:li:sponsoredMessageContent:(urn:li:sponsoredConversation:{item.id},{number})"
    return Answer(body={"id": urn, **item.body["nodes"][number]})


def _get_nodes(call: Call) -> Answer:
    item = _conversation(call, call.parent_keys[0])
    nodes = [
        {"id": f"urn:li:sponsoredMessageContent:(urn:li:sponsoredConversation:{item.id},{number})", **body}
        for number, body in item.body["nodes"].items()
    ]
    return Answer(body={"elements": nodes, "paging": {"start": 0, "count": 10, "links": []}})


def _update_node(call: Call) -> Answer:
    item = _conversation(call, call.parent_keys[0], writes=True)
    number = _node_key(call, item)
    item.body["nodes"][number] = patched(item.body["nodes"][number], call.body["patch"])
    return Answer(status=204)


RESOURCES: Final = (
    Resource(
        path=INMAILS,
        bases=frozenset({"rest"}),
        permission="partnerApiInMailContents",
        key="urn",
        methods=(
            Method(name="CREATE", handler=_create_inmail, scopes=WRITE, body=INMAIL, source=SOURCE),
            Method(name="GET", handler=_get_inmail, scopes=READ, source=SOURCE),
            Method(name="BATCH_GET", handler=_get_inmails, scopes=READ, source=SOURCE),
            Method(name="PARTIAL_UPDATE", handler=_update_inmail, scopes=WRITE, body=INMAIL, source=SOURCE),
            Method(name="ACTION-sendTestInMail", handler=_send_test, scopes=WRITE, body=TEST_SEND, source=SOURCE),
        ),
    ),
    Resource(
        path=CONVERSATIONS,
        bases=frozenset({"rest"}),
        permission="partnerApiConversationAds",
        takes_raw_urns=True,
        key="urn",
        methods=(
            Method(name="CREATE", handler=_create_conversation, scopes=WRITE, body=CONVERSATION, source=SOURCE),
            Method(name="GET", handler=_get_conversation, scopes=READ, source=SOURCE),
            Method(name="PARTIAL_UPDATE", handler=_update_conversation, scopes=WRITE, body=CONVERSATION, source=SOURCE),
        ),
    ),
    Resource(
        path="conversationAds/{conversation}/sponsoredMessageContents",
        bases=frozenset({"rest"}),
        permission="partnerApiSponsoredMessageContents",
        key="urn",
        methods=(
            Method(name="CREATE", handler=_create_node, scopes=WRITE, body=NODE, source=SOURCE),
            Method(name="GET", handler=_get_node, scopes=READ, source=SOURCE),
            Method(name="GET_ALL", handler=_get_nodes, scopes=READ, source=SOURCE),
            Method(name="PARTIAL_UPDATE", handler=_update_node, scopes=WRITE, body=NODE, source=SOURCE),
        ),
    ),
)
