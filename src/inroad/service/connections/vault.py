"""The vault: seals values with the workspace's data key.

The root key wraps key-encryption keys, the newest of these wraps one data key per workspace, and that seals the fields.
Only the root key stays in memory; the others are unwrapped for each use, so a rotation holds everywhere at once.
"""

from sqlalchemy.ext.asyncio import AsyncConnection

from inroad.common.clock import Clock
from inroad.common.secret import Secret
from inroad.service.connections import store
from inroad.service.connections.keys import RootKeys
from inroad.service.connections.model import KeyEncryptionKey, WorkspaceKey
from inroad.service.connections.seal import Key, Place, seal, unseal
from inroad.service.database import Database
from inroad.service.errors import SealBroken, WrongRootKey


class Vault:
    """Seals and opens. Made by `Vault.open`, which checks that the root key is the right one."""

    def __init__(self, db: Database, clock: Clock, root: Key) -> None:
        self._db = db
        self._clock = clock
        self._root = root

    @classmethod
    async def open(cls, db: Database, clock: Clock, root_keys: RootKeys) -> "Vault":
        """Return the vault; at the first start its keys are made.

        Raises:
            WrongRootKey: this is not the root key that the database was sealed with.
        """
        async with db.write() as tx:
            await db.serialize(tx, "vault keys")
            newest = await store.newest_kek(tx)
            if newest is None:
                vault = cls(db, clock, root_keys.load_or_make())
                await store.insert_kek(tx, vault._new_kek(version=1)[0])
                return vault
        vault = cls(db, clock, root_keys.load())
        if newest.root_key_id != vault._root.id:
            raise WrongRootKey(
                f"the root key in {root_keys.place} ({vault._root.id[:8]}) is not the one that this database was"
                f" sealed with ({newest.root_key_id[:8]})",
                fix="put the right key back from your copy; nothing was changed",
            )
        vault._unwrap_kek(newest)
        return vault

    async def seal(self, tx: AsyncConnection, place: Place, secret: Secret) -> bytes:
        """Return the secret sealed for this place; the workspace's data key is made when it has none."""
        key = await self._data_key(tx, place.workspace_id) or await self._make_data_key(tx, place.workspace_id)
        return seal(key, place, secret.reveal().encode())

    async def unseal(self, tx: AsyncConnection, place: Place, blob: bytes) -> Secret:
        """Return the secret that was sealed for this place.

        Raises:
            SealBroken: it was changed, belongs to another place, or the workspace's key is gone.
        """
        key = await self._data_key(tx, place.workspace_id)
        if key is None:
            raise SealBroken(f"the sealed value in {place} cannot be opened: the workspace has no key")
        return Secret(unseal(key, place, blob).decode())

    async def rotate_key(self) -> int:
        """Wrap every workspace's data key with a fresh key-encryption key; return its version.

        Sealed fields stay as they are, and everything keeps working meanwhile.
        """
        async with self._db.write() as tx:
            await self._db.serialize(tx, "vault keys")
            newest = await store.newest_kek(tx)
            kek, key = self._new_kek(version=1 if newest is None else newest.version + 1)
            await store.insert_kek(tx, kek)
            for wrapped in await store.workspace_keys(tx):
                data_key = await self._unwrap_data_key(tx, wrapped)
                await store.rewrap_workspace_key(
                    tx,
                    wrapped.id,
                    kek_id=kek.id,
                    wrapped=seal(key, _data_key_place(wrapped.id, wrapped.workspace_id), data_key.reveal()),
                    at=self._clock.now(),
                )
            await store.retire_keks(tx, before_version=kek.version, at=self._clock.now())
            return kek.version

    def _new_kek(self, *, version: int) -> tuple[KeyEncryptionKey, Key]:
        key = Key.new()
        kek = KeyEncryptionKey(
            id=key.id,
            version=version,
            root_key_id=self._root.id,
            wrapped=seal(self._root, _kek_place(key.id), key.reveal()),
            created_at=self._clock.now(),
        )
        return kek, key

    def _unwrap_kek(self, kek: KeyEncryptionKey) -> Key:
        return Key(kek.id, unseal(self._root, _kek_place(kek.id), kek.wrapped))

    async def _data_key(self, tx: AsyncConnection, workspace_id: str) -> Key | None:
        wrapped = await store.workspace_key(tx, workspace_id)
        return None if wrapped is None else await self._unwrap_data_key(tx, wrapped)

    async def _unwrap_data_key(self, tx: AsyncConnection, wrapped: WorkspaceKey) -> Key:
        kek = await store.kek(tx, wrapped.kek_id)
        place = _data_key_place(wrapped.id, wrapped.workspace_id)
        return Key(wrapped.id, unseal(self._unwrap_kek(kek), place, wrapped.wrapped))

    async def _make_data_key(self, tx: AsyncConnection, workspace_id: str) -> Key:
        newest = await store.newest_kek(tx)
        assert newest is not None  # made when the vault was opened, and never deleted
        key, now = Key.new(), self._clock.now()
        wrapped = WorkspaceKey(
            id=key.id,
            workspace_id=workspace_id,
            kek_id=newest.id,
            wrapped=seal(self._unwrap_kek(newest), _data_key_place(key.id, workspace_id), key.reveal()),
        )
        await store.insert_workspace_key(tx, wrapped, created_at=now)
        kept = await self._data_key(tx, workspace_id)  # another transaction may have been first
        assert kept is not None
        return kept


def _kek_place(key_id: str) -> Place:
    return Place(purpose="wrap", table="key_encryption_keys", column="wrapped", workspace_id="-", row_id=key_id)


def _data_key_place(key_id: str, workspace_id: str) -> Place:
    return Place(purpose="wrap", table="workspace_keys", column="wrapped", workspace_id=workspace_id, row_id=key_id)
