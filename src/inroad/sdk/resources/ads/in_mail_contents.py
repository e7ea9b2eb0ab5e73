"""The texts of message ads, and what wraps a conversation ad (versioned API).

Source: "Message Ads", learn.microsoft.com /linkedin/marketing/integrations/ads/advertising-formats/message-ads
"""

from collections.abc import Sequence
from typing import Any, ClassVar

import msgspec

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Flow, Request, Resource, operation
from inroad.sdk.resources.ads import calls
from inroad.sdk.resources.ads.calls import ACCOUNT, CAMPAIGN, CREATIVE, Key, created_urn, urn_of
from inroad.sdk.resources.ads.values import Record, check_length, to_wire
from inroad.sdk.resources.entity import Batch, Entity, Millis, Results, UrnText, as_urn, decoder
from inroad.sdk.restli.patch import Patch

IN_MAIL = "adInMailContent"

MAX_IN_MAIL_NAME, MAX_IN_MAIL_SUBJECT, MAX_IN_MAIL_BUTTON = 255, 60, 20

_PATH = "/rest/inMailContents"


class LinkButton(Entity, frozen=True):
    """A button of at most 20 characters that opens a page."""

    call_to_action_text: str
    call_to_action_landing_page_url: str
    right_rail_ad_picture: UrnText | None = None


class FormButton(Entity, frozen=True):
    """A button of at most 20 characters that opens the lead form named on the creative."""

    call_to_action_text: str
    right_rail_ad_picture: UrnText | None = None


class GuidedReplies(Entity, frozen=True):
    """A conversation to go through, of `conversation_ads`."""

    sponsored_conversation: UrnText
    right_rail_ad_picture: UrnText | None = None


class InMailSubContent(Entity, frozen=True):
    """What follows the text: exactly one of these."""

    regular: LinkButton | None = None
    form: FormButton | None = None
    guided_replies: GuidedReplies | None = None


class InMailContent(Record, frozen=True):
    """The text of a message ad; of a conversation ad `html_body` reads `n/a`."""

    READ_ONLY: ClassVar[frozenset[str]] = frozenset(
        {"id", "account", "createdAt", "createdBy", "lastModifiedAt", "lastModifiedBy"}
    )

    # Written as a URN; some answers hold the bare number.
    _id: str | int | None = msgspec.field(name="id", default=None)
    account: UrnText | None = None
    name: str = ""
    subject: str = ""
    sender: UrnText | None = None
    html_body: str | None = None
    custom_footer: str | None = None
    sub_content: InMailSubContent | None = None
    created_at: Millis | None = None
    created_by: UrnText | None = None
    last_modified_at: Millis | None = None
    last_modified_by: UrnText | None = None

    @property
    def urn(self) -> Urn | None:
        """The content's URN, when LinkedIn says it."""
        return None if self._id is None else urn_of(self._id, IN_MAIL, name="id")


class NewInMailContent(Entity, frozen=True):
    """What a message's text is created of. The sender is an organization, or a person who has approved."""

    name: str
    subject: str
    sender: Urn
    sub_content: InMailSubContent
    html_body: str | None = None
    custom_footer: str | None = None


_CONTENT = decoder(InMailContent)
_CONTENT_BATCH = decoder(Results[InMailContent])


class InMailContents(Resource[IO]):
    """The texts of message ads (versioned API)."""

    @operation
    def create(self, account: Key, content: NewInMailContent) -> Flow[Urn]:
        """Create the text of a message ad and return its URN, for a creative to refer to. Never repeated on its own.

        Args:
            account: The account's URN or its number.
            content: What to create; a message ad's needs `html_body`.

        Raises:
            InvalidArgument: a text is too long or missing, or there is not exactly one sub-content.
            BadRequest: SINMAIL_SENDER_NOT_APPROVED, when the sender is a person who has not approved.

        Scopes: rw_ads.
        Roles: CREATIVE_MANAGER and above.
        """
        _check(content)
        body = {"account": str(urn_of(account, ACCOUNT, name="account")), **to_wire(content)}
        return created_urn((yield Request("POST", _PATH, json=body, repeatable=False)), IN_MAIL)

    @operation
    def get(self, urn: Key) -> Flow[InMailContent]:
        """Return the text of a message ad.

        Raises:
            NotFound: there is none.

        Scopes: r_ads or rw_ads.
        """
        return (yield from calls.get(_entity(urn), _CONTENT, None))

    @operation
    def batch_get(self, urns: Sequence[Key]) -> Flow[Batch[InMailContent]]:
        """Return several by URN; those that cannot be read are in `missing`.

        Scopes: r_ads or rw_ads.
        """
        return (yield from calls.batch_get(_PATH, [_urn(urn) for urn in urns], _CONTENT_BATCH, _urn))

    @operation
    def update(self, urn: Key, patch: Patch) -> Flow[None]:
        """Change some of its fields.

        Scopes: rw_ads.
        Roles: CREATIVE_MANAGER and above.
        """
        yield from calls.update(_entity(urn), patch)

    @operation
    def send_test_in_mail(self, urn: Key, *, account: Key, campaign: Key, creative: Key) -> Flow[dict[str, Any]]:
        """Send the message to the token's member, as a test; return what LinkedIn says (UNCONFIRMED what).

        Scopes: rw_ads.
        """
        body = {
            "adInMailContentId": str(_urn(urn)),
            "campaign": str(urn_of(campaign, CAMPAIGN, name="campaign")),
            "creative": str(urn_of(creative, CREATIVE, name="creative")),
            "account": str(urn_of(account, ACCOUNT, name="account")),
        }
        params = {"action": "sendTestInMail"}
        response = yield Request("POST", _PATH, params, json=body, restli_method="ACTION", repeatable=False)
        return dict(calls.action_value(response))


def _urn(key: Key) -> Urn:
    return urn_of(key, IN_MAIL, name="urn")


def _entity(urn: Key) -> str:
    # The path takes the URN; a bare number is answered "Key parameter value invalid".
    return calls.entity_path(_PATH, _urn(urn))


def _check(content: NewInMailContent) -> None:
    check_length(content.name, MAX_IN_MAIL_NAME, name="name")
    check_length(content.subject, MAX_IN_MAIL_SUBJECT, name="subject")
    as_urn(content.sender, "organization", "person", name="sender")
    sub = content.sub_content
    given = [part for part in (sub.regular, sub.form, sub.guided_replies) if part is not None]
    if len(given) != 1:
        raise InvalidArgument(f"sub_content is exactly one of regular, form and guided_replies, got {len(given)}")
    for button in (sub.regular, sub.form):
        if button is not None:
            check_length(button.call_to_action_text, MAX_IN_MAIL_BUTTON, name="call_to_action_text")
    if sub.guided_replies is None and not content.html_body:
        raise InvalidArgument("a message ad needs html_body")
