"""The root key: where it comes from, and how it is made at the first start.

It lives outside the database and outside the data folder, so that no backup holds lock and key together.
"""

import base64
import binascii
import hashlib
import os
import secrets
import stat
from pathlib import Path

from inroad.common.secret import Secret
from inroad.service.connections.seal import KEY_BYTES, Key
from inroad.service.errors import ConfigurationError, WrongRootKey


class RootKeys:
    """Gives the root key from the environment, or else from its file."""

    def __init__(self, *, given: Secret | None, file: Path) -> None:
        self._given = given
        self._file = file

    @property
    def place(self) -> str:
        """Where the key is looked for, for messages."""
        return "INROAD_ROOT_KEY" if self._given is not None else str(self._file)

    def load_or_make(self) -> Key:
        """Return the root key of a new database; its file is made when missing."""
        if self._given is None and not self._file.exists():
            self._make()
        return self.load()

    def load(self) -> Key:
        """Return the root key of a database that was sealed before.

        Raises:
            WrongRootKey: the file is gone. It is never replaced by a new one, which could open nothing.
            ConfigurationError: the file cannot be read, holds no key, or may be read by others.
        """
        if self._given is not None:
            return _key(base64.b64decode(self._given.reveal()))
        return _key(self._read())

    def _read(self) -> bytes:
        variable = "INROAD_ROOT_KEY_FILE"
        try:
            mode = stat.S_IMODE(self._file.stat().st_mode)
            text = self._file.read_text("ascii").strip()
        except FileNotFoundError:
            raise WrongRootKey(
                f"the root key {self._file} is missing, and the database was sealed with it",
                fix="put the file back from your copy; without it no token can be read",
            ) from None
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigurationError(variable, f"{self._file} cannot be read: {error}") from error
        if mode & 0o077:
            raise ConfigurationError(
                variable, f"{self._file} may be read by others (mode {mode:04o}); run: chmod 600 {self._file}"
            )
        try:
            key = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            key = b""
        if len(key) != KEY_BYTES:
            raise ConfigurationError(variable, f"{self._file} does not hold {KEY_BYTES} bytes in base64")
        return key

    def _make(self) -> None:
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return  # another process was first
        except OSError as error:
            raise ConfigurationError("INROAD_ROOT_KEY_FILE", f"{self._file} cannot be made: {error}") from error
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode() + "\n")
            file.flush()
            os.fsync(file.fileno())


def _key(content: bytes) -> Key:
    # The id is a fingerprint: with 256 random bits below it, it tells nothing about them.
    return Key(hashlib.sha256(b"inroad root key\0" + content).hexdigest()[:32], content)
