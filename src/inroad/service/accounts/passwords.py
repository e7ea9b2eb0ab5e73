"""Passwords, hashed with argon2id outside the event loop."""

import asyncio
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from inroad.common.secret import Secret


class Passwords:
    """Hashes and checks passwords; a check takes the same time whether or not the person exists."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._decoy: Secret | None = None
        self._busy = asyncio.Semaphore(2)  # each takes 64 MiB while it runs

    async def hash(self, password: Secret) -> Secret:
        """Return the text to keep for this password."""
        async with self._busy:
            return Secret(await asyncio.to_thread(self._hasher.hash, password.reveal()))

    async def fits(self, password: Secret, kept: Secret | None) -> bool:
        """Tell whether the password is the kept one; with None kept, work as long and say no."""
        if self._decoy is None:  # made for the known and the unknown alike: its time tells nothing
            self._decoy = await self.hash(Secret(secrets.token_urlsafe(16)))
        return await self._verify(password, kept or self._decoy) and kept is not None

    def is_outdated(self, kept: Secret) -> bool:
        """Tell whether the kept text was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(kept.reveal())

    async def _verify(self, password: Secret, kept: Secret) -> bool:
        async with self._busy:
            try:
                return await asyncio.to_thread(self._hasher.verify, kept.reveal(), password.reveal())
            except (VerifyMismatchError, InvalidHashError):
                return False
