"""Messages of the token's member to others: closed, for approved partners only.

LinkedIn's terms tie a message to something the member just did: it must not be scheduled or sent by itself, and its
text must be shown and open to change before it goes.
Source: "Messages API", learn.microsoft.com /linkedin/shared/integrations/communications/messages
"""

from collections.abc import Sequence
from urllib.parse import unquote

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Flow, Request, Resource, Response, operation
from inroad.sdk.resources.entity import as_batch, as_urn

_MEMBER_TO_MEMBER = "MEMBER_TO_MEMBER"


class Messages(Resource[IO]):
    """Messages of the token's member to others."""

    @operation
    def create(
        self,
        recipients: Sequence[Urn | str],
        *,
        body: str,
        subject: str | None = None,
        attachments: Sequence[Urn | str] = (),
        message_type: str = _MEMBER_TO_MEMBER,
    ) -> Flow[str | None]:
        """Write to connections and return the message's id, where LinkedIn gives one. Never repeated on its own.

        Args:
            recipients: Person URNs, of the first degree.
            body: Plain text.
            subject: A subject.
            attachments: Assets to go with it.
            message_type: UNCONFIRMED: that there are others than this one.

        Raises:
            InvalidArgument: there is nothing to say, or nobody to say it to.
            Forbidden: the app is no approved partner, or a recipient is no connection.

        Scopes: w_messages.
        """
        people = as_batch([str(as_urn(each, "person", name="recipients")) for each in recipients], name="recipients")
        message = _message(body, attachments, message_type)
        if subject is not None:
            message["subject"] = subject
        return _id((yield Request("POST", "/v2/messages", json={"recipients": people, **message})))

    @operation
    def reply(
        self,
        thread: Urn | str,
        *,
        body: str,
        attachments: Sequence[Urn | str] = (),
        message_type: str = _MEMBER_TO_MEMBER,
    ) -> Flow[str | None]:
        """Answer in a thread and return the message's id, where LinkedIn gives one. Never repeated on its own.

        Args:
            thread: The urn:li:messagingThread; its members are the recipients.
            body: Plain text.
            attachments: Assets to go with it.
            message_type: As in `create`.

        Raises:
            InvalidArgument: there is nothing to say.
            Forbidden: the app is no approved partner.

        Scopes: w_messages.
        """
        urn = as_urn(thread, "messagingThread", name="thread")
        message = _message(body, attachments, message_type)
        return _id((yield Request("POST", "/v2/messages", json={"thread": str(urn), **message})))


def _message(body: str, attachments: Sequence[Urn | str], message_type: str) -> dict[str, object]:
    if not body.strip():
        raise InvalidArgument("a message needs a body")
    message: dict[str, object] = {"body": body, "messageType": message_type}
    if attachments:
        message["attachments"] = [str(as_urn(each, "digitalmediaAsset", name="attachments")) for each in attachments]
    return message


def _id(response: Response) -> str | None:
    id = response.headers.get("x-restli-id") or response.headers.get("x-linkedin-id")
    return unquote(id) if id else None
