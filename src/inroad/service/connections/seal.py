"""Sealed values: AES-256-GCM, bound to the place where they are kept.

A blob is: version (1 byte), key id (16 bytes), nonce (12 bytes), ciphertext with its tag. Version, key id and place are
authenticated, so a blob that is copied to another row, column, table or workspace does not open there. Not Fernet: that
has neither associated data nor a key id.
"""

import json
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from inroad.service.errors import SealBroken

VERSION = 1
KEY_BYTES = 32
_ID_BYTES, _NONCE_BYTES, _TAG_BYTES = 16, 12, 16
_HEAD_BYTES = 1 + _ID_BYTES + _NONCE_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a sealed value belongs: it opens there and nowhere else."""

    purpose: str
    table: str
    column: str
    workspace_id: str
    row_id: str

    def __str__(self) -> str:
        return f"{self.table}.{self.column} of {self.row_id}"


class Key:
    """A 256-bit key and its id, 32 hexadecimal digits. Its bytes are never shown."""

    __slots__ = ("_bytes", "id")

    def __init__(self, id: str, key: bytes) -> None:
        if len(key) != KEY_BYTES or len(bytes.fromhex(id)) != _ID_BYTES:
            raise ValueError(f"a key has {KEY_BYTES} bytes and an id of {2 * _ID_BYTES} hexadecimal digits")
        self.id = id
        self._bytes = key

    @classmethod
    def new(cls) -> "Key":
        """Make a key of random bits."""
        return cls(secrets.token_hex(_ID_BYTES), secrets.token_bytes(KEY_BYTES))

    def reveal(self) -> bytes:
        """Return the key's bytes, to be wrapped by another key."""
        return self._bytes

    def __repr__(self) -> str:
        return f"Key({self.id}, hidden)"


def seal(key: Key, place: Place, content: bytes) -> bytes:
    """Return the content sealed for this place."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = AESGCM(key.reveal()).encrypt(nonce, content, _associated(key.id, place))
    return bytes([VERSION]) + bytes.fromhex(key.id) + nonce + sealed


def unseal(key: Key, place: Place, blob: bytes) -> bytes:
    """Return the content of a blob that was sealed with this key for this place.

    Raises:
        SealBroken: the blob was changed, was sealed with another key, or belongs to another place.
    """
    if key_id(blob, place) != key.id:
        raise SealBroken(f"the sealed value in {place} was sealed with key {key_id(blob, place)}, not with {key.id}")
    nonce, sealed = blob[1 + _ID_BYTES : _HEAD_BYTES], blob[_HEAD_BYTES:]
    try:
        return AESGCM(key.reveal()).decrypt(nonce, sealed, _associated(key.id, place))
    except InvalidTag as error:
        raise SealBroken(f"the sealed value in {place} was changed, or was copied there from another place") from error


def key_id(blob: bytes, place: Place) -> str:
    """Return the id of the key that sealed the blob."""
    if len(blob) < _HEAD_BYTES + _TAG_BYTES or blob[0] != VERSION:
        raise SealBroken(f"the sealed value in {place} has no known form")
    return blob[1 : 1 + _ID_BYTES].hex()


def _associated(key_id: str, place: Place) -> bytes:
    names = [VERSION, key_id, place.purpose, place.table, place.column, place.workspace_id, place.row_id]
    return json.dumps(names, separators=(",", ":")).encode()
