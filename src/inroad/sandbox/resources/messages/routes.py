"""`messages`: to first-degree connections, or as a reply. Closed: approved partners only.

Source: "Messages API", learn.microsoft.com /linkedin/shared/integrations/communications/messages. What no server can
see stays with the caller: each message follows an act of the member, who saw the text and could change it.
"""

import re
from typing import Final

from inroad.sandbox.answers import sentence
from inroad.sandbox.call import Answer, Call
from inroad.sandbox.records import STRING, ArrayOf, Enum, Field, Record, UrnOf, schema_refusal
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.messages.state import Message, Messages, answer, are_connected, write
from inroad.sandbox.resources.refusals import not_found
from inroad.sandbox.world import Member

SOURCE: Final = "learn.microsoft.com /linkedin/shared/integrations/communications/messages"
MESSAGE: Final = Record(
    "Message",
    (
        Field("recipients", ArrayOf(UrnOf("person", "member")), required=False),
        Field("thread", UrnOf("messagingThread"), required=False),
        Field("subject", STRING, required=False),
        Field("body", STRING),
        Field("messageType", Enum("MEMBER_TO_MEMBER"), required=False),  # UNCONFIRMED: other values
        Field("attachments", ArrayOf(UrnOf("digitalmediaAsset")), required=False),
        Field("id", STRING, required=False, read_only=True),
    ),
)
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>")


def _create(call: Call) -> Answer:
    body = call.body
    if "recipients" in body and "thread" in body:
        raise sentence(400, "recipients must be left out when thread is present")
    if not body.get("recipients") and "thread" not in body:
        raise schema_refusal(["ERROR :: /recipients :: field is required but not found and has no default value"])
    if _MARKUP.search(body["body"]):
        raise sentence(400, "body must be plain text without HTML")
    made = _reply(call) if "thread" in body else _first(call)
    return Answer.created(made.id)


def _reply(call: Call) -> Message:
    body = call.body
    thread = call.world.state(Messages).threads.get(body["thread"])
    if thread is None or call.member.id not in thread.members:
        raise not_found()
    return answer(
        call.world,
        thread,
        author=call.member,
        body=body["body"],
        subject=body.get("subject", ""),
        attachments=body.get("attachments"),
    )


def _first(call: Call) -> Message:
    body = call.body
    return write(
        call.world,
        author=call.member,
        to=[_connection(call, urn) for urn in body["recipients"]],
        body=body["body"],
        subject=body.get("subject", ""),
        attachments=body.get("attachments"),
    )


def _connection(call: Call, urn: str) -> Member:
    found = call.member_named(urn)
    if found is None or not are_connected(call.member, found):
        raise sentence(403, "Recipients must be first-degree connections of the sender")
    return found


RESOURCES: Final = (
    Resource(
        path="messages",
        bases=frozenset({"v2"}),
        key="string",
        methods=(
            Method(name="CREATE", handler=_create, scopes=frozenset({"w_messages"}), body=MESSAGE, source=SOURCE),
        ),
    ),
)
