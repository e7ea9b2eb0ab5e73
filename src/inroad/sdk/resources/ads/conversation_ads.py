"""Conversation ads: a tree of messages and replies (versioned API). They are not shown to members in the EU.

The order of creation: the conversation, its messages, `set_first_message`, an in-mail content with `GuidedReplies`, and
a creative that refers to that. Messages that are replied with must exist before those whose options name them.
Source: "Conversation Ads", learn.microsoft.com
/linkedin/marketing/integrations/ads/advertising-formats/conversation-ads
"""

from collections.abc import Sequence
from typing import Any, Literal, TypeAlias

import msgspec

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Flow, Request, Resource, Response, operation
from inroad.sdk.resources.ads import calls
from inroad.sdk.resources.ads.calls import ACCOUNT, Key, created_urn, urn_of
from inroad.sdk.resources.ads.values import check_length, to_wire
from inroad.sdk.resources.entity import Entity, UrnText, as_urn, decoder
from inroad.sdk.restli.patch import Patch

CONVERSATION = "sponsoredConversation"
MESSAGE = "sponsoredMessageContent"

ReplyType: TypeAlias = Literal["SIMPLE_REPLY", "EXTERNAL_WEBSITE", "LEAD_GENERATION", "LEAD_GENERATION_THANK_YOU"]

MAX_OPTIONS, MAX_MESSAGE_TEXT, MAX_OPTION_TEXT = 5, 500, 35

_PATH = "/rest/conversationAds"


class ReplyOption(Entity, frozen=True):
    """A button of at most 35 characters: goes on to another message, or opens a page or a form."""

    reply_type: str
    option_text: str
    next_content: UrnText | None = None
    landing_page: str | None = None


class ReplyOptions(Entity, frozen=True):
    """What a member can reply: at most five options."""

    options: tuple[ReplyOption, ...] = ()


class MessageSource(Entity, frozen=True):
    """What a message says: a text of at most 500 characters, or a lead form."""

    text: str | None = None
    lead_generation_form: UrnText | None = None


class Message(Entity, frozen=True):
    """One message of a conversation and what can be replied to it."""

    body_source: MessageSource
    next_action: ReplyOptions | None = None
    # Written as a URN in samples (UNCONFIRMED for every read).
    _id: str | int | None = msgspec.field(name="id", default=None)


class ConversationAd(Entity, frozen=True):
    """A conversation: where it begins, and whose it is."""

    parent_account: UrnText | None = None
    first_message_content: UrnText | None = None
    headline_text: str = ""


_CONVERSATION = decoder(ConversationAd)
_MESSAGE = decoder(Message)


class ConversationAds(Resource[IO]):
    """Conversation ads (versioned API)."""

    @operation
    def create(self, account: Key) -> Flow[Urn]:
        """Create an empty conversation and return its URN. Never repeated on its own.

        Scopes: rw_ads.
        Roles: CREATIVE_MANAGER and above.
        """
        body = {"parentAccount": str(urn_of(account, ACCOUNT, name="account"))}
        return created_urn((yield Request("POST", _PATH, json=body, repeatable=False)), CONVERSATION)

    @operation
    def get(self, conversation: Key) -> Flow[ConversationAd]:
        """Return a conversation.

        UNCONFIRMED: whether the path takes the URN only; one client sends it.

        Scopes: r_ads or rw_ads.
        """
        return (yield from calls.get(_entity(conversation), _CONVERSATION, None))

    @operation
    def add_message(
        self,
        conversation: Key,
        *,
        text: str | None = None,
        lead_form: Urn | str | None = None,
        options: Sequence[ReplyOption] = (),
    ) -> Flow[Urn]:
        """Add a message to a conversation and return its URN. Never repeated on its own.

        Args:
            conversation: The conversation's URN or its number.
            text: What it says; this or `lead_form`.
            lead_form: The form it shows, as `urn:li:adForm:{id}`.
            options: What can be replied.

        Raises:
            InvalidArgument: a text is too long, there are more than five options, or not one of text and form.
            BadRequest: SPONSORED_MESSAGE_CONTENT_AD_FORM_URN_NOT_FOUND_IN_MESSAGE_TREE.

        Scopes: rw_ads.
        Roles: CREATIVE_MANAGER and above.
        """
        message = Message(body_source=_source(text, lead_form), next_action=_options(options))
        collection = f"{_entity(conversation)}/sponsoredMessageContents"
        return _message_urn((yield Request("POST", collection, json=to_wire(message), repeatable=False)))

    @operation
    def get_message(self, message: Urn | str) -> Flow[Message]:
        """Return a message of a conversation.

        UNCONFIRMED: the path; it is what the collection's own form suggests.

        Scopes: r_ads or rw_ads.
        """
        urn = as_urn(message, MESSAGE, name="message")
        collection = f"{_entity(urn.parts[0])}/sponsoredMessageContents"
        return (yield from calls.get(calls.entity_path(collection, urn), _MESSAGE, None))

    @operation
    def set_first_message(self, conversation: Key, message: Urn | str) -> Flow[None]:
        """Say where a conversation begins.

        Scopes: rw_ads.
        Roles: CREATIVE_MANAGER and above.
        """
        urn = as_urn(message, MESSAGE, name="message")
        yield from calls.update(_entity(conversation), Patch(set={"firstMessageContent": str(urn)}))


def _entity(conversation: Key) -> str:
    return calls.entity_path(_PATH, urn_of(conversation, CONVERSATION, name="conversation"))


def _source(text: str | None, lead_form: Urn | str | None) -> MessageSource:
    if (text is None) == (lead_form is None):
        raise InvalidArgument("a message is a text or a lead form")
    check_length(text, MAX_MESSAGE_TEXT, name="text")
    form = None if lead_form is None else as_urn(lead_form, "adForm", "leadGenForm", name="lead_form")
    return MessageSource(text=text, lead_generation_form=form)


def _options(options: Sequence[ReplyOption]) -> ReplyOptions | None:
    if len(options) > MAX_OPTIONS:
        raise InvalidArgument(f"a message has at most {MAX_OPTIONS} options, got {len(options)}")
    for option in options:
        check_length(option.option_text, MAX_OPTION_TEXT, name="option_text")
        if option.reply_type == "EXTERNAL_WEBSITE" and not option.landing_page:
            raise InvalidArgument("an option that opens a website needs a landing_page")
        if option.reply_type == "SIMPLE_REPLY" and option.next_content is None:
            raise InvalidArgument("an option that replies needs next_content")
    return ReplyOptions(options=tuple(options)) if options else None


def _message_urn(response: Response) -> Urn:
    text: Any = calls.created_id(response)
    try:
        return as_urn(text, MESSAGE, name="the id of the message")
    except InvalidArgument as cause:
        raise response.unexpected(str(cause)) from cause
