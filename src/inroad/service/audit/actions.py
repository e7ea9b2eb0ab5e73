"""Write the audit chain, in the caller's transaction, and check that it holds."""

from sqlalchemy.ext.asyncio import AsyncConnection

from inroad.common.clock import Clock, to_millis
from inroad.service.audit import store
from inroad.service.audit.model import GENESIS, Break, Entry, Facts, broken_end, canonical, first_break, hash_of
from inroad.service.database import Database
from inroad.service.who import Gate, Who

_PAGE = 1000


class Audit:
    """The workspaces' audit chains."""

    def __init__(self, db: Database, clock: Clock, gate: Gate) -> None:
        self._db = db
        self._clock = clock
        self._gate = gate

    async def record(
        self,
        tx: AsyncConnection,
        *,
        workspace_id: str,
        person_id: str | None,
        action: str,
        subject: str,
        before: Facts | None = None,
        after: Facts | None = None,
        request_id: str = "",
    ) -> None:
        """Append an entry in the caller's transaction, so that the deed and its entry stand or fall together.

        Args:
            tx: The transaction that does the deed.
            workspace_id: Whose chain; `INSTALLATION` for what belongs to none.
            person_id: Who did it; None for the service itself.
            action: Verb and noun as in the code: `connect_account`, `cancel_post`.
            subject: What it was done to: `connection:4f..`, `post:9a..`.
            before: The facts that changed, as they were. Never a secret.
            after: The same facts, as they are.
            request_id: The request that led to it.
        """
        seq, previous_hash = await store.take_place(tx, workspace_id)
        at, old, new = to_millis(self._clock.now()), canonical(before), canonical(after)
        digest = hash_of(
            workspace_id=workspace_id,
            seq=seq,
            at=at,
            person_id=person_id,
            action=action,
            subject=subject,
            before=old,
            after=new,
            request_id=request_id,
            previous_hash=previous_hash,
        )
        entry = Entry(
            workspace_id=workspace_id,
            seq=seq,
            at=at,
            person_id=person_id,
            action=action,
            subject=subject,
            before=old,
            after=new,
            request_id=request_id,
            previous_hash=previous_hash,
            hash=digest,
        )
        await store.append(tx, entry)

    async def list_entries(self, who: Who, *, subject: str | None = None, count: int = 100) -> list[Entry]:
        """Return the workspace's last entries, newest first."""
        async with self._db.read() as tx:
            await self._gate.check(tx, who, "audit.read")
            return await store.newest(tx, who.workspace_id, subject, count)

    async def verify(self, workspace_id: str) -> Break | None:
        """Return the first place where the workspace's chain is broken, or None when it holds."""
        async with self._db.read() as tx:
            head = await store.head(tx, workspace_id)
            last = (0, GENESIS)
            while page := await store.page_between(tx, workspace_id, last[0], head[0], _PAGE):
                broken = first_break(page, after=last)
                if broken is not None:
                    return broken
                last = (page[-1].seq, page[-1].hash)
        return broken_end(last, head=head)
