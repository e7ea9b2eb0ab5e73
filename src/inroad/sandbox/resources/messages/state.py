"""Messages and their threads."""

from datetime import datetime

import msgspec

from inroad.sandbox.world import Member, World


class Message(msgspec.Struct, kw_only=True):
    """One message."""

    id: str
    thread: str
    author: str  # the world's id of a member
    body: str
    sent_at: datetime
    subject: str = ""
    attachments: list[str] = []


class Thread(msgspec.Struct, kw_only=True):
    """A conversation of some members."""

    id: str
    members: list[str]
    messages: list[str] = []

    @property
    def urn(self) -> str:
        """Its URN."""
        return f"urn:li:messagingThread:{self.id}"


class Messages(msgspec.Struct):
    """Everything written in a world."""

    threads: dict[str, Thread] = {}  # by URN
    messages: dict[str, Message] = {}  # by id

    def of_member(self, member_id: str) -> list[Message]:
        """Return what a member wrote or received, oldest first."""
        return [m for m in self.messages.values() if member_id in self.threads[m.thread].members]


def are_connected(one: Member, other: Member) -> bool:
    """Tell whether two members are first-degree connections: members of one world who have connections at all are."""
    return one.id != other.id and one.connections > 0 and other.connections > 0


def connections_of(world: World, member: Member) -> list[Member]:
    """Return the members of this world to whom a member is connected."""
    return [other for other in world.members.values() if are_connected(member, other)]


def write(
    world: World,
    *,
    author: Member,
    to: list[Member],
    body: str,
    subject: str = "",
    attachments: list[str] | None = None,
) -> Message:
    """Write to some members: in the thread that they have, or in a new one."""
    kept, present = world.state(Messages), sorted({author.id, *(m.id for m in to)})
    thread = next((t for t in kept.threads.values() if t.members == present), None)
    if thread is None:
        thread = Thread(id=f"2-{world.new_id(12)}", members=present)
        kept.threads[thread.urn] = thread
    return answer(world, thread, author=author, body=body, subject=subject, attachments=attachments)


def answer(
    world: World,
    thread: Thread,
    *,
    author: Member,
    body: str,
    subject: str = "",
    attachments: list[str] | None = None,
) -> Message:
    """Write in a thread."""
    made = Message(
        id=f"2-{world.new_id(14)}",
        thread=thread.urn,
        author=author.id,
        body=body,
        sent_at=world.clock.now(),
        subject=subject,
        attachments=attachments or [],
    )
    world.state(Messages).messages[made.id] = made
    thread.messages.append(made.id)
    return made
